//! Every agency's log: no gap, every link of the chain, every digest; and the commits that list its
//! events.

use std::collections::HashMap;

use jiff::Timestamp;

use super::{CHUNK, Progress, RESTORE, Report};
use crate::domain::ids::AgencyCode;
use crate::store::codec::wire::Wire;
use crate::store::event_log::{Hash, Logged, link, sha256};
use crate::store::ledger::Failure;
use crate::store::reader::{CommitRow, Reader};
use crate::store::tables::{COMMITS, Key, LOG};

pub(super) fn check(
    reader: &Reader,
    report: &mut Report,
    progress: Progress<'_>,
) -> Result<(), Failure> {
    let total = reader.len(LOG)?;
    for agency in reader.logs()? {
        Chain::new(&agency).check(reader, report, &mut |done| progress("logs", done, total))?;
    }
    progress("logs", total, total);
    if report.events != total {
        report.problem(format!(
            "logs: {total} rows, but {} in logs with readable names; {RESTORE}",
            report.events
        ));
    }
    let listed = check_commits(reader, report, progress)?;
    if listed != total {
        report.problem(format!(
            "commits: they list {listed} events, the logs hold {total}; {RESTORE}"
        ));
    }
    Ok(())
}

/// One agency's log while it is read.
struct Chain<'a> {
    agency: &'a AgencyCode,
    /// The sequence that comes next.
    next: u64,
    /// The hash of the event before; none after a row that cannot be read.
    before: Option<Hash>,
    last_at: Timestamp,
}

impl<'a> Chain<'a> {
    fn new(agency: &'a AgencyCode) -> Self {
        Self { agency, next: 1, before: Some([0; 32]), last_at: Timestamp::MIN }
    }

    fn check(
        mut self,
        reader: &Reader,
        report: &mut Report,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(), Failure> {
        let prefix = Key::new().agency(self.agency);
        let mut after: Option<Vec<u8>> = None;
        loop {
            let rows = reader.scan(LOG, prefix.bytes(), after.as_deref(), CHUNK)?;
            let Some((last, _)) = rows.last() else { break };
            after = Some(last.clone());
            for (key, value) in &rows {
                report.events += 1;
                match key.get(prefix.bytes().len()..).map(<[u8; 8]>::try_from) {
                    Some(Ok(sequence)) => self.row(u64::from_be_bytes(sequence), value, report),
                    _ => report.problem(format!(
                        "log of {}: a row with a malformed key; {RESTORE}",
                        self.agency
                    )),
                }
            }
            progress(report.events);
        }
        if let Some(hash) = self.before {
            report.checkpoints.push(checkpoint(self.agency, self.next - 1, &hash));
        }
        Ok(())
    }

    fn row(&mut self, sequence: u64, value: &[u8], report: &mut Report) {
        let place = format!("log of {}, event {sequence}", self.agency);
        if sequence != self.next {
            let (agency, next) = (self.agency, self.next);
            let missing = sequence.wrapping_sub(1);
            report.problem(format!(
                "log of {agency}: events {next} to {missing} are missing; {RESTORE}"
            ));
            self.before = None;
        }
        self.next = sequence.wrapping_add(1);
        let logged = match Logged::from_bytes(value) {
            Ok(logged) => logged,
            Err(damaged) => {
                report.problem(format!("{place}: {damaged}; {RESTORE}"));
                self.before = None;
                return;
            }
        };
        let header = &logged.header;
        if header.sequence != sequence {
            report
                .problem(format!("{place}: says that it is event {}; {RESTORE}", header.sequence));
        }
        if self.before.is_some_and(|before| link(&before, &logged.header_bytes) != logged.hash) {
            report.problem(format!(
                "{place}, dossier {}: the chain is broken, its header or a hash was altered; \
                 {RESTORE}",
                header.code
            ));
        }
        if sha256(&logged.sealed) != header.sealed_sha256 {
            report.problem(format!(
                "{place}, dossier {}: the sealed part was altered; {RESTORE}",
                header.code
            ));
        }
        if header.at < self.last_at {
            report.problem(format!("{place}: is older than the event before it; {RESTORE}"));
        }
        self.last_at = header.at;
        self.before = Some(logged.hash);
    }
}

/// Reads the commits and returns how many events they list.
fn check_commits(
    reader: &Reader,
    report: &mut Report,
    progress: Progress<'_>,
) -> Result<u64, Failure> {
    let total = reader.len(COMMITS)?;
    let (mut next, mut listed) = (1, 0);
    let mut after: Option<Vec<u8>> = None;
    let mut ends: HashMap<AgencyCode, u64> = HashMap::new();
    loop {
        let rows = reader.scan(COMMITS, &[], after.as_deref(), CHUNK)?;
        let Some((last, _)) = rows.last() else { return Ok(listed) };
        after = Some(last.clone());
        for (key, value) in &rows {
            report.commits += 1;
            let number = key.as_slice().try_into().map_or(0, u64::from_be_bytes);
            if number != next {
                report.problem(format!("commit {next}: is missing; {RESTORE}"));
            }
            next = number.wrapping_add(1);
            let row = match CommitRow::from_bytes(value) {
                Ok(row) if row.commit == number => row,
                Ok(_) => {
                    report.problem(format!("commit {number}: says another number; {RESTORE}"));
                    continue;
                }
                Err(damaged) => {
                    report.problem(format!("commit {number}: {damaged}; {RESTORE}"));
                    continue;
                }
            };
            listed += row.events.len() as u64;
            check_commit(reader, &row, &mut ends, report)?;
        }
        progress("commits", report.commits, total);
    }
}

/// Compares a commit with the events that it lists, which go on where earlier commits ended.
fn check_commit(
    reader: &Reader,
    row: &CommitRow,
    ends: &mut HashMap<AgencyCode, u64>,
    report: &mut Report,
) -> Result<(), Failure> {
    let mut last = None;
    for event in &row.events {
        let place = format!("commit {}, event {} of {}", row.commit, event.sequence, event.agency);
        let end = ends.entry(event.agency.clone()).or_default();
        if event.sequence != *end + 1 {
            report.problem(format!("{place}: does not follow event {end}; {RESTORE}"));
        }
        *end = event.sequence;
        match reader.logged(&event.agency, event.sequence) {
            Ok(Some(logged)) => {
                if logged.header.commit != row.commit {
                    let own = logged.header.commit;
                    report.problem(format!("{place}: belongs to commit {own}; {RESTORE}"));
                }
                last = Some((logged.hash, logged.header.at));
            }
            Ok(None) => report.problem(format!("{place}: is not in the log; {RESTORE}")),
            // The log's own check has told what is wrong with the row.
            Err(_) => last = None,
        }
    }
    if row.events.is_empty() {
        report.problem(format!("commit {}: lists no event; {RESTORE}", row.commit));
    }
    if last.is_some_and(|last| last != (row.hash, row.at)) {
        report.problem(format!(
            "commit {}: its hash or instant is not that of its last event; {RESTORE}",
            row.commit
        ));
    }
    Ok(())
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
