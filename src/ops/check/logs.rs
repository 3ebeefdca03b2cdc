//! The log: of every agency's own no gap, every link of the chain, every digest; and the places by
//! which its events are found.

use std::collections::HashMap;

use jiff::Timestamp;

use super::{CHUNK, Progress, RESTORE, Report};
use crate::domain::ids::AgencyCode;
use crate::store::codec::wire::Wire;
use crate::store::event_log::{Hash, Logged, link};
use crate::store::ledger::Failure;
use crate::store::places::{Block, EventRef, Place};
use crate::store::reader::Reader;
use crate::store::tables::{LOG, PLACES};

pub(super) fn check(
    reader: &Reader,
    report: &mut Report,
    progress: Progress<'_>,
) -> Result<(), Failure> {
    let total = reader.len(LOG)?;
    let mut chains = Chains { reader, report, of: HashMap::new(), commit: 0, next: 0 };
    let mut after: Option<Vec<u8>> = None;
    loop {
        let rows = reader.scan(LOG, &[], after.as_deref(), CHUNK)?;
        let Some((last, _)) = rows.last() else { break };
        after = Some(last.clone());
        for (key, value) in &rows {
            chains.report.events += 1;
            match Place::from_key(key) {
                Ok(place) => chains.row(place, value)?,
                Err(_) => chains.problem("log: a row with a malformed key"),
            }
        }
        progress("logs", chains.report.events, total);
    }
    let ends: Vec<(AgencyCode, Chain)> = chains.of.into_iter().collect();
    check_ends(reader, ends, report)?;
    check_places(reader, report)
}

/// The chains of all agencies while the log is read.
struct Chains<'a> {
    reader: &'a Reader,
    report: &'a mut Report,
    of: HashMap<AgencyCode, Chain>,
    /// The commit that is being read, and the index in it that comes next.
    commit: u64,
    next: u32,
}

/// One agency's log while it is read.
struct Chain {
    /// The sequence that comes next.
    next: u64,
    /// The hash of the event before; none after a row that cannot be read.
    before: Option<Hash>,
    last_at: Timestamp,
}

impl Default for Chain {
    fn default() -> Self {
        Self { next: 1, before: Some([0; 32]), last_at: Timestamp::MIN }
    }
}

impl Chains<'_> {
    fn problem(&mut self, what: &str) {
        self.report.problem(format!("{what}; {RESTORE}"));
    }

    fn row(&mut self, place: Place, value: &[u8]) -> Result<(), Failure> {
        let Place { commit, index } = place;
        if commit != self.commit {
            self.report.commits += 1;
            (self.commit, self.next) = (commit, 0);
        }
        if index != self.next {
            self.problem(&format!("commit {commit}: event {} is missing", self.next));
        }
        self.next = index.wrapping_add(1);
        match Logged::from_bytes(place, value) {
            Ok(logged) => self.logged(&logged),
            Err(damaged) => {
                self.problem(&format!("commit {commit}, event {index}: {damaged}"));
                Ok(())
            }
        }
    }

    fn logged(&mut self, logged: &Logged) -> Result<(), Failure> {
        let EventRef { agency, sequence, .. } = &logged.event;
        let (header, place) = (&logged.header, format!("log of {agency}, event {sequence}"));
        let chain = self.of.remove(agency).unwrap_or_default();
        if *sequence != chain.next {
            let (next, missing) = (chain.next, sequence.wrapping_sub(1));
            self.problem(&format!("log of {agency}: events {next} to {missing} are missing"));
        }
        let before = chain.before.filter(|_| *sequence == chain.next);
        if before.is_some_and(|before| link(&before, &logged.header_bytes) != logged.hash) {
            self.problem(&format!(
                "{place}, dossier {}: the chain is broken, its header, its sealed part or a hash was \
                 altered",
                header.code
            ));
        }
        if header.at < chain.last_at {
            self.problem(&format!("{place}: is older than the event before it"));
        }
        let found = self.reader.place(agency, *sequence).unwrap_or_default();
        if found != Some(logged.event.place) {
            self.problem(&format!("{place}: the places do not lead to it"));
        }
        let (next, before) = (sequence.wrapping_add(1), Some(logged.hash));
        self.of.insert(agency.clone(), Chain { next, before, last_at: header.at });
        Ok(())
    }
}

/// Notes where each log ends, and looks whether places go on.
fn check_ends(
    reader: &Reader,
    mut ends: Vec<(AgencyCode, Chain)>,
    report: &mut Report,
) -> Result<(), Failure> {
    ends.sort_by(|a, b| a.0.cmp(&b.0));
    for (agency, chain) in ends {
        let last = chain.next.wrapping_sub(1);
        if let Some(hash) = chain.before {
            report.checkpoints.push(checkpoint(&agency, last, &hash));
        }
        let (key, at) = Block::of(&agency, chain.next);
        let row = reader.get(PLACES, key.bytes())?;
        let more = row.and_then(|row| Block::from_bytes(&row).ok());
        if more.is_some_and(|block| block.0.len() > at) {
            report.problem(format!("log of {agency}: events after {last} are missing; {RESTORE}"));
        }
    }
    Ok(())
}

/// There are as many places as events. That each event has its own was seen while the log was read.
fn check_places(reader: &Reader, report: &mut Report) -> Result<(), Failure> {
    let mut listed = 0;
    each_block(reader, |_, block| {
        listed += block.map_or(0, |block| block.0.len() as u64);
        Ok(())
    })?;
    if listed == report.events {
        return Ok(());
    }
    let events = report.events;
    report.problem(format!("places: they list {listed} events, the log holds {events}; {RESTORE}"));
    each_block(reader, |first, block| {
        let (Some((agency, first)), Some(block)) = (first, block) else {
            report.problem(format!("places: a malformed row; {RESTORE}"));
            return Ok(());
        };
        for (sequence, place) in (first..).zip(block.0) {
            if reader.get(LOG, place.key().bytes())?.is_none() {
                report.problem(format!(
                    "log of {agency}, event {sequence}: is not in the log; {RESTORE}"
                ));
            }
        }
        Ok(())
    })
}

/// Reads the places: agency and first sequence of each row, and what it holds.
fn each_block(
    reader: &Reader,
    mut each: impl FnMut(Option<(AgencyCode, u64)>, Option<Block>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    super::views::each_row(reader, PLACES, |key, value| {
        each(Block::first_of(key).ok(), Block::from_bytes(value).ok())
    })
}

/// A place of a log with its hash, as people note it: agency, sequence and hash.
fn checkpoint(agency: &AgencyCode, sequence: u64, hash: &Hash) -> String {
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{agency}/{sequence}/{hash}")
}

/// The agency, sequence and hash that somebody noted.
pub(super) fn place(noted: &str) -> Option<(AgencyCode, u64, &str)> {
    let parts: Vec<&str> = noted.trim().split('/').collect();
    let [agency, sequence, hash] = parts.as_slice() else { return None };
    let is_hash = (16..=64).contains(&hash.len()) && hash.bytes().all(|b| b.is_ascii_hexdigit());
    let number = sequence.parse::<u64>().ok().filter(|_| is_hash && !agency.is_empty())?;
    Some((AgencyCode::from(*agency), number, hash))
}

/// Whether the logs still have the hash that somebody noted; a receipt's first 16 digits will do.
pub(super) fn compare(reader: &Reader, noted: &str, report: &mut Report) -> Result<(), Failure> {
    let Some((agency, number, hash)) = place(noted) else {
        report.problem(format!("“{noted}” is no checkpoint; write AGENCY/SEQUENCE/HASH"));
        return Ok(());
    };
    let logged = reader.logged(&agency, number).ok().flatten();
    let now = logged.map(|logged| checkpoint(&agency, number, &logged.hash));
    let wanted = format!("{agency}/{number}/{}", hash.to_ascii_lowercase());
    if now.is_none_or(|now| !now.starts_with(&wanted)) {
        report.problem(format!("log of {agency}: event {number} is not the one noted; {RESTORE}"));
    }
    Ok(())
}
