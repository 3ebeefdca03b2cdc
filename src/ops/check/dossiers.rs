//! Every dossier: its events, replayed, give its stored state; its code, its places in
//! the queues and its files are where the state says.

use std::collections::HashMap;

use super::{CHUNK, Progress, RESTORE, Report};
use crate::documents::blobs::BlobStore;
use crate::domain::calendar::local;
use crate::domain::dossier::{CodeFormat, Dossier, Event, Queue, entries, parts_of};
use crate::domain::ids::DossierId;
use crate::store::codec::wire::Wire;
use crate::store::keyring::{SealKey, Unsealable};
use crate::store::ledger::Failure;
use crate::store::places::Place;
use crate::store::reader::{Head, Reader, Stored};
use crate::store::tables::{BLOBS, CODES, DOSSIERS, Key, LOG, NUMBERS, QUEUES};
use crate::store::views;

/// What the tables beside the dossiers must hold.
#[derive(Default)]
pub(super) struct Expected {
    pub codes: u64,
    pub queue_rows: u64,
    pub blobs: u64,
    pub counts: HashMap<Vec<u8>, u64>,
    /// Entries of the cashiers' books.
    pub entries: u64,
}

pub(super) fn check(
    files: Option<&BlobStore>,
    reader: &Reader,
    report: &mut Report,
    progress: Progress<'_>,
) -> Result<Expected, Failure> {
    let total = reader.len(DOSSIERS)?;
    let mut pass = Pass { files, reader, report, expected: Expected::default(), events: 0 };
    let mut after: Option<Vec<u8>> = None;
    loop {
        let rows = reader.scan(DOSSIERS, &[], after.as_deref(), CHUNK)?;
        let Some((last, _)) = rows.last() else { break };
        after = Some(last.clone());
        for (key, value) in &rows {
            pass.report.dossiers += 1;
            match DossierId::from_bytes(key) {
                Ok(id) => pass.row(id, value)?,
                Err(_) => pass.problem("dossiers: a row with a malformed key"),
            }
        }
        progress("dossiers", pass.report.dossiers, total);
    }
    let (replayed, logged) = (pass.events, pass.report.events);
    if replayed != logged {
        pass.problem(&format!(
            "dossiers: their states name {replayed} events, the logs hold {logged}"
        ));
    }
    Ok(pass.expected)
}

pub(super) struct Pass<'a> {
    /// Where the ciphertext of attachments is, if it is to be read.
    pub files: Option<&'a BlobStore>,
    pub reader: &'a Reader,
    pub report: &'a mut Report,
    pub expected: Expected,
    events: u64,
}

impl Pass<'_> {
    pub(super) fn problem(&mut self, what: &str) {
        self.report.problem(format!("{what}; {RESTORE}"));
    }

    fn row(&mut self, id: DossierId, value: &[u8]) -> Result<(), Failure> {
        let (head, is_bare) = match Head::split(value) {
            Ok((head, rest)) => (head, rest.is_empty()),
            Err(damaged) => {
                self.problem(&format!("dossier {id}: {damaged}"));
                return Ok(());
            }
        };
        self.events += head.refs.0.len() as u64;
        let place = format!("dossier {}", head.code);
        if head.id != id {
            self.problem(&format!("{place}: its row says that it is {}", head.id));
        }
        let key = match self.reader.key(id) {
            Ok(Some(key)) => key,
            Ok(None) => return self.disposed(&place, &head, is_bare),
            Err(failure) => {
                self.problem(&format!("{place}: its key cannot be used ({failure})"));
                return Ok(());
            }
        };
        let first = |place: Place| self.reader.get(LOG, place.key().bytes());
        let stored = match Stored::open(value, &key, first) {
            Ok(stored) => stored,
            Err(failure) => {
                self.problem(&format!("{place}: its state: {failure}"));
                return Ok(());
            }
        };
        let Some(replayed) = self.replay(&place, &head, &key)? else { return Ok(()) };
        if stored.dossier != replayed {
            self.problem(&format!("{place}: its state is not what its events give"));
        }
        let clear = (head.code.as_str(), head.version, head.status, head.due_at);
        if clear
            != (replayed.code.as_str(), replayed.version, replayed.status, replayed.clock.due_at)
        {
            self.problem(&format!("{place}: the head of its row is not that of its state"));
        }
        self.expected.entries += super::takings::expected(&replayed);
        self.check_code(&place, &replayed)?;
        self.check_queues(&place, &replayed)?;
        self.check_files(&place, &replayed)
    }

    /// The state that the events give; none when one of them cannot be read.
    fn replay(
        &mut self,
        place: &str,
        head: &Head,
        key: &SealKey,
    ) -> Result<Option<Dossier>, Failure> {
        let mut state: Option<Dossier> = None;
        let mut submission = Vec::new();
        for (at, event) in head.refs.0.iter().enumerate() {
            let event_place = format!("{place}, event {} of {}", event.sequence, event.agency);
            let logged = match self.reader.event(event) {
                Ok(Some(logged)) => logged,
                Ok(None) => {
                    self.problem(&format!("{event_place}: is not in the log"));
                    return Ok(None);
                }
                // The log's own check has told what is wrong with the row.
                Err(_) => return Ok(None),
            };
            let header = &logged.header;
            if (header.dossier, header.version) != (head.id, at as u64 + 1) {
                self.problem(&format!("{event_place}: is not event {} of this dossier", at + 1));
                return Ok(None);
            }
            let opened = logged.plain(key, &submission).and_then(|plain| {
                if at == 0 {
                    submission.clone_from(&plain);
                }
                Event::from_bytes(&plain).map_err(|damaged| Unsealable(damaged.0))
            });
            let opened = match opened {
                Ok(opened) => opened,
                Err(unsealable) => {
                    self.problem(&format!("{event_place}: {unsealable}"));
                    return Ok(None);
                }
            };
            let blobs = opened.attachments().iter().map(|a| (a.id, a.cipher_sha256));
            if !blobs.eq(header.blobs.iter().copied()) {
                self.problem(&format!("{event_place}: its header names other files"));
            }
            match (&mut state, opened) {
                (None, Event::Submitted(first)) => state = Some(Dossier::open(*first, header.at)),
                (None, _) => {
                    self.problem(&format!("{event_place}: is first, but no submission"));
                    return Ok(None);
                }
                (Some(state), event) => state.apply(header.at, &event),
            }
        }
        if state.is_none() {
            self.problem(&format!("{place}: it has no event"));
        }
        Ok(state)
    }

    fn check_code(&mut self, place: &str, dossier: &Dossier) -> Result<(), Failure> {
        let codes = dossier.external_codes.iter().map(String::as_str);
        for code in codes.chain([dossier.code.as_str()]) {
            self.expected.codes += 1;
            let row = self.reader.get(CODES, Key::new().text(code).bytes())?;
            let own = row.as_deref() == Some(dossier.id.0.as_slice());
            // A program may number two dossiers alike; the later one has the row then.
            if !own && code == dossier.code.as_str() {
                self.problem(&format!("{place}: its code leads to no or another dossier"));
            } else if !own {
                self.expected.codes -= 1;
                self.report.remark(format!("{place}: {code} is another dossier's number too"));
            }
        }
        let day = local(dossier.submitted_at).date();
        let Some((agency, number)) = parts_of(&dossier.code) else {
            self.problem(&format!("{place}: its code is malformed"));
            return Ok(());
        };
        let key = Key::new().agency(&agency).fixed(&Wire::to_bytes(&day));
        let last = self.reader.get(NUMBERS, key.bytes())?;
        let last = last.and_then(|bytes| u32::from_bytes(&bytes).ok()).unwrap_or(0);
        let is_ours = CodeFormat::spellings(&agency, day, number).any(|code| code == dossier.code);
        if !is_ours || !(1..=last).contains(&number) {
            self.problem(&format!(
                "{place}: {agency} gave only {last} numbers on {day}, the day of its submission"
            ));
        }
        Ok(())
    }

    fn check_queues(&mut self, place: &str, dossier: &Dossier) -> Result<(), Failure> {
        for entry in entries(dossier) {
            self.expected.queue_rows += 1;
            let (agency, queue) = (&entry.agency, entry.queue);
            if self.reader.get(QUEUES, views::queue_key(&entry, dossier.id).bytes())?.is_none() {
                let id = queue.id();
                self.problem(&format!("{place}: is missing from the queue {id} of {agency}"));
            }
            let mut count = |key: Key| *self.expected.counts.entry(key.into()).or_default() += 1;
            count(views::count_key(agency, queue, &entry.holder));
            if queue == Queue::Open {
                count(views::due_key(agency, local(entry.instant).date()));
            }
        }
        if let Some(key) = views::filed_key(dossier) {
            *self.expected.counts.entry(key.into()).or_default() += 1;
        }
        Ok(())
    }

    fn check_files(&mut self, place: &str, dossier: &Dossier) -> Result<(), Failure> {
        for attachment in dossier.files() {
            self.expected.blobs += 1;
            let id = attachment.id;
            let owner = self.reader.get(BLOBS, &id.0)?;
            if owner.as_deref() != Some(dossier.id.0.as_slice()) {
                self.problem(&format!("{place}: its file {id} is not booked to it"));
            }
            let Some(files) = self.files else { continue };
            self.report.blobs += 1;
            if let Err(fault) = files.verify(id, &attachment.cipher_sha256) {
                self.report.problem(format!(
                    "{place}, file “{}”: {fault}; put the file back from a backup",
                    attachment.name
                ));
            }
        }
        Ok(())
    }
}
