//! What a command sees and changes inside the writer: the snapshot, under the changes of the
//! commands before it in the batch, under its own. A refused command's own changes are dropped.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use jiff::civil::Date;

use super::books;
use super::codec::event;
use super::codec::wire::Wire;
use super::engine::{Batch, Change, Fault, FaultKind, Snapshot, Table};
use super::event_log::{Hash, Header};
use super::keyring::{NewKey, SealKey};
use super::ledger::{Failure, Shared};
use super::outbox::{LetterId, UnsealedLetter};
use super::places::{self, EventRef, Place};
use super::reader::{self, Stored};
use super::sealing::{Changed, Sealed, Unsealed};
use super::tables::{
    BLOBS, BOOK_LINES, BOOKS, CODES, DOSSIERS, KEYRING, Key, LOG, NUMBERS, book_key,
};
use super::views;
use crate::domain::dossier::{Dossier, Entry, Event, entries};
use crate::domain::ids::{AgencyCode, AttachmentId, DossierCode, DossierId};
use crate::env::Env;

/// The ends of the logs that a writer knows: the last sequences, and the hashes there.
#[derive(Clone, Default)]
pub(super) struct Heads {
    sequences: HashMap<AgencyCode, u64>,
    hashes: HashMap<AgencyCode, Hash>,
}

impl Heads {
    /// Forgets them; they are read again.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

/// A command's view of the store.
pub struct Txn<'a> {
    snapshot: &'a dyn Snapshot,
    shared: &'a Arc<Shared>,
    /// What commands are stamped with unless they go back.
    stamp: Timestamp,
    /// The instant of the last event that stands; none goes before it.
    last_at: Timestamp,
    commit: u64,
    /// The batches on their way to the disk, the last one first.
    in_flight: Vec<InFlight>,
    batch: Batch,
    sealed: Sealed,
    heads: Heads,
    events: Vec<Unsealed>,
    letters: Vec<UnsealedLetter>,
    changed: HashMap<DossierId, Changed>,
    local: Local,
}

/// A decided batch on its way to the disk.
#[derive(Clone)]
pub(super) struct InFlight {
    /// All but the letters.
    pub batch: Arc<Batch>,
    /// The letters, once they are sealed; nobody looks for one before its commit.
    pub letters: Arc<OnceLock<Batch>>,
}

impl InFlight {
    fn get(&self, table: Table, key: &[u8]) -> Option<&Change> {
        let in_letters = || self.letters.get().and_then(|letters| letters.get(table, key));
        self.batch.get(table, key).or_else(in_letters)
    }
}

/// What a batch leaves behind in the writer.
pub(super) struct Closed {
    pub batch: Batch,
    pub letters: Vec<UnsealedLetter>,
    pub heads: Heads,
    pub last_at: Timestamp,
    pub has_events: bool,
}

/// The changes of one command.
#[derive(Default)]
struct Local {
    batch: Batch,
    sequences: HashMap<AgencyCode, u64>,
    events: Vec<Unsealed>,
    letters: Vec<UnsealedLetter>,
    changed: HashMap<DossierId, Changed>,
    /// When it is not the batch's instant.
    at: Option<Timestamp>,
}

impl<'a> Txn<'a> {
    pub(super) fn new(
        snapshot: &'a dyn Snapshot,
        shared: &'a Arc<Shared>,
        stamp: Timestamp,
        last: (Timestamp, u64),
        heads: &Heads,
        in_flight: Vec<InFlight>,
    ) -> Self {
        Self {
            snapshot,
            shared,
            stamp,
            last_at: last.0,
            commit: last.1 + 1,
            in_flight,
            batch: Batch::new(),
            sealed: Sealed::default(),
            heads: heads.clone(),
            events: Vec::new(),
            letters: Vec::new(),
            changed: HashMap::new(),
            local: Local::default(),
        }
    }

    /// Keeps or drops what the last command changed.
    pub(super) fn settle(&mut self, keep: bool) {
        let local = std::mem::take(&mut self.local);
        if keep {
            if !local.events.is_empty() {
                self.last_at = local.at.unwrap_or(self.stamp);
            }
            self.batch.append(local.batch);
            self.heads.sequences.extend(local.sequences);
            self.events.extend(local.events);
            self.letters.extend(local.letters);
            self.changed.extend(local.changed);
        }
    }

    /// How many events the batch has.
    pub(super) fn events(&self) -> usize {
        self.sealed.0.len() + self.events.len()
    }

    /// Seals what was decided, while the disk is busy with something else; letters are sealed by the
    /// thread that commits, since nothing that is decided reads them.
    pub(super) fn seal_so_far(&mut self) {
        let events = std::mem::take(&mut self.events);
        let (hashes, env) = (&mut self.heads.hashes, &self.shared.env);
        self.sealed.seal(events, &mut self.changed, hashes, env, &mut self.batch);
    }

    /// The whole batch and where it ends.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub(super) fn close(mut self) -> Result<Closed, Fault> {
        self.seal_so_far();
        let mut places = Batch::new();
        places::append(&self.sealed.0, |table, key| self.get(table, key), &mut places)?;
        self.batch.append(places);
        let has_events = !self.sealed.0.is_empty();
        Ok(Closed {
            batch: self.batch,
            letters: self.letters,
            heads: self.heads,
            last_at: self.last_at,
            has_events,
        })
    }

    /// The instant that this command is stamped with; never before an earlier event.
    pub fn now(&self) -> Timestamp {
        self.local.at.unwrap_or(self.stamp)
    }

    /// Stamps what this command writes from here on with an earlier instant, to lay down a history
    /// that was not recorded as it happened. Logs stay in the order of time: an instant before the
    /// last event, or after the present one, is moved to it. Returns the instant that counts.
    pub fn go_back_to(&mut self, at: Timestamp) -> Timestamp {
        let floor = if self.local.events.is_empty() { self.last_at } else { self.now() };
        let at = at.max(floor).min(self.stamp);
        self.local.at = Some(at);
        at
    }

    /// Engine, keys and environment.
    pub(super) fn shared(&self) -> &Arc<Shared> {
        self.shared
    }

    /// Clock and randomness.
    pub fn env(&self) -> &Env {
        &self.shared.env
    }

    /// A row's value as this command sees it.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        let mut decided = [&self.local.batch, &self.batch].into_iter();
        let found = decided.find_map(|batch| batch.get(table, key));
        let in_flight = || self.in_flight.iter().find_map(|batch| batch.get(table, key));
        match found.or_else(in_flight) {
            Some(Change::Put(value)) => Ok(Some(value.clone())),
            Some(Change::Delete) => Ok(None),
            None => self.snapshot.get(table, key),
        }
    }

    /// Writes a row.
    pub fn put(&mut self, table: Table, key: impl Into<Vec<u8>>, value: impl Into<Vec<u8>>) {
        self.local.batch.put(table, key, value);
    }

    /// Deletes a row.
    pub fn delete(&mut self, table: Table, key: impl Into<Vec<u8>>) {
        self.local.batch.delete(table, key);
    }

    /// The dossier with this code.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn find(&self, code: &DossierCode) -> Result<Option<DossierId>, Failure> {
        let row = self.get(CODES, Key::new().text(code.as_str()).bytes())?;
        row.map(|bytes| DossierId::from_bytes(&bytes)).transpose().map_err(Into::into)
    }

    /// A dossier's present state.
    ///
    /// # Errors
    /// The engine cannot be read, or the row is damaged.
    pub fn dossier(&self, id: DossierId) -> Result<Option<Stored>, Failure> {
        if let Some(changed) = self.changed(id) {
            return Ok(Some(changed.stored.clone()));
        }
        let Some(bytes) = self.get(DOSSIERS, &id.0)? else { return Ok(None) };
        let Some(key) = self.key(id)? else { return Ok(None) };
        Stored::open(&bytes, &key, |first| self.get(LOG, first.key().bytes())).map(Some)
    }

    /// A dossier that this batch has changed; its row is written at the end.
    fn changed(&self, id: DossierId) -> Option<&Changed> {
        self.local.changed.get(&id).or_else(|| self.changed.get(&id))
    }

    pub(super) fn key(&self, id: DossierId) -> Result<Option<SealKey>, Failure> {
        if let Some(changed) = self.changed(id) {
            return Ok(Some(changed.key.clone()));
        }
        let Some(wrapped) = self.get(KEYRING, &id.0)? else { return Ok(None) };
        Ok(Some(self.shared.wrapping.unwrap(&wrapped, &id.0)?))
    }

    /// The next number of an agency on a day in Vietnam; used only if the command is accepted.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn next_number(&mut self, agency: &AgencyCode, day: Date) -> Result<u32, Failure> {
        let key = Key::new().agency(agency).fixed(&Wire::to_bytes(&day));
        let last = self.get(NUMBERS, key.bytes())?;
        let last = last.map(|bytes| u32::from_bytes(&bytes)).transpose()?.unwrap_or(0);
        let next = last + 1;
        self.put(NUMBERS, key, next.to_bytes());
        Ok(next)
    }

    /// The next number in a book of certification of an agency and year; used only if the command
    /// is accepted, so that the book has no gaps.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn next_in_book(
        &mut self,
        agency: &AgencyCode,
        book: &str,
        year: i16,
    ) -> Result<u32, Failure> {
        let key = book_key(agency, book, year);
        let last = self.get(BOOKS, key.bytes())?;
        let next = last.map(|bytes| u32::from_bytes(&bytes)).transpose()?.unwrap_or(0) + 1;
        self.put(BOOKS, key, next.to_bytes());
        Ok(next)
    }

    /// Writes the lines of a certification into their books.
    fn enter(&mut self, dossier: &Dossier, event: &Event) {
        let Event::Certified { lines, on, .. } = event else { return };
        for line in lines {
            let Some(number) = line.number else { continue };
            let key = book_key(&dossier.competent_agency, &line.book, on.year());
            self.put(BOOK_LINES, key.number(u64::from(number)), dossier.id.to_bytes());
        }
    }

    /// As [`Ledger::new_key`](super::ledger::Ledger::new_key), for dossiers that are thought of only
    /// now.
    pub fn new_key(&self, id: DossierId) -> NewKey {
        NewKey::generate(self.env(), &self.shared.wrapping, id)
    }

    /// Writes the first events of a dossier: its submission, and what follows from it.
    ///
    /// # Errors
    /// The engine cannot be read; the events do not begin with the submission of the key's dossier.
    pub fn create(
        &mut self,
        new: NewKey,
        events: &[Event],
        actor: &str,
    ) -> Result<Dossier, Failure> {
        let NewKey { id, key, mut wrapped, under } = new;
        let wrapping = &self.shared.wrapping;
        if under != wrapping.mark() {
            // The keyring went under another key since this one was made.
            wrapped = key.wrap(self.env(), &wrapping.present(), &id.0);
        }
        let (first, submitted, later) = match events {
            [first @ Event::Submitted(submitted), later @ ..] if submitted.id == id => {
                (first, submitted, later)
            }
            _ => {
                let what = "its events do not begin with its submission";
                return Err(Fault::new(FaultKind::Misuse, "opening a dossier", what).into());
            }
        };
        self.put(KEYRING, id.0, wrapped);
        for code in submitted.external_codes.iter().map(String::as_str) {
            let key = Key::new().text(code);
            // Another program's number never leads away from a dossier that has it.
            if self.get(CODES, key.bytes())?.is_none() {
                self.put(CODES, key, id.to_bytes());
            }
        }
        self.put(CODES, Key::new().text(submitted.code.as_str()), id.to_bytes());
        let dossier = Dossier::open(submitted.as_ref().clone(), self.now());
        let submission = first.to_bytes().into();
        let mut stored = Stored { dossier, refs: Vec::new(), submission };
        self.log(&mut stored, first, actor, &key)?;
        for event in later {
            stored.dossier.apply(self.now(), event);
            self.log(&mut stored, event, actor, &key)?;
        }
        views::count_filed(self, None, views::filed_key(&stored.dossier))?;
        self.save(&[], stored, key)
    }

    /// Whether a blob belongs to a dossier already.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn is_claimed(&self, blob: AttachmentId) -> Result<bool, Failure> {
        Ok(self.get(BLOBS, &blob.0)?.is_some())
    }

    /// Writes further events of a dossier and returns its new state.
    ///
    /// # Errors
    /// The engine cannot be read, or the dossier was disposed of.
    pub fn append(
        &mut self,
        stored: Stored,
        events: &[Event],
        actor: &str,
    ) -> Result<Dossier, Failure> {
        self.append_by(stored, events.iter().map(|event| (event, actor)))
    }

    /// As [`Txn::append`], for events with an actor each.
    ///
    /// # Errors
    /// As for [`Txn::append`].
    pub fn append_by<'e>(
        &mut self,
        stored: Stored,
        events: impl IntoIterator<Item = (&'e Event, &'e str)>,
    ) -> Result<Dossier, Failure> {
        let Some(key) = self.key(stored.dossier.id)? else {
            return Err(super::codec::wire::Damaged("the dossier has no key").into());
        };
        let before = entries(&stored.dossier);
        let mut stored = stored;
        let filed = views::filed_key(&stored.dossier);
        for (event, actor) in events {
            stored.dossier.apply(self.now(), event);
            self.log(&mut stored, event, actor, &key)?;
        }
        views::count_filed(self, filed, views::filed_key(&stored.dossier))?;
        self.save(&before, stored, key)
    }

    fn log(
        &mut self,
        stored: &mut Stored,
        event: &Event,
        actor: &str,
        key: &SealKey,
    ) -> Result<(), Failure> {
        let dossier = &stored.dossier;
        let agency = dossier.competent_agency.clone();
        let header = Header {
            sequence: self.head(&agency)? + 1,
            commit: self.commit,
            at: self.now(),
            tag: event::tag(event),
            status: dossier.status,
            dossier: dossier.id,
            version: dossier.version,
            sealed_sha256: [0; 32],
            code: dossier.code.clone(),
            procedure: dossier.procedure.clone(),
            actor: actor.to_owned(),
            due_at: dossier.clock.due_at,
            blobs: event.attachments().iter().map(|a| (a.id, a.cipher_sha256)).collect(),
        };
        self.enter(&stored.dossier, event);
        for attachment in event.attachments() {
            self.put(BLOBS, attachment.id.0, stored.dossier.id.to_bytes());
        }
        self.local.sequences.insert(agency.clone(), header.sequence);
        books::enter(self, &stored.dossier, event, actor)?;
        let index = (self.events() + self.local.events.len()) as u32;
        let place = Place { commit: self.commit, index };
        let logged = EventRef { agency, sequence: header.sequence, place };
        stored.refs.push(logged.clone());
        let submission = stored.submission.clone();
        let is_first = header.version == 1;
        let plain = if is_first { submission.clone() } else { event.to_bytes().into() };
        self.tell(&stored.dossier, event, actor, key);
        let key = key.clone();
        self.local.events.push(Unsealed { header, event: logged, plain, submission, key });
        Ok(())
    }

    /// Writes the letters of an event. Of a history that is laid down afterwards nobody is told.
    fn tell(&mut self, dossier: &Dossier, event: &Event, actor: &str, key: &SealKey) {
        if self.local.at.is_some() {
            return;
        }
        let Some(notifier) = self.shared.notifier() else { return };
        let letters = notifier.letters(dossier, event, actor, self.now());
        for (place, letter) in (0..).zip(letters) {
            let id = LetterId { dossier: dossier.id, version: dossier.version, place };
            let unsealed = self.post(id, letter, key.clone());
            self.local.letters.push(unsealed);
        }
    }

    /// The last sequence of an agency's log.
    fn head(&mut self, agency: &AgencyCode) -> Result<u64, Failure> {
        let known = self.local.sequences.get(agency).or_else(|| self.heads.sequences.get(agency));
        if let Some(sequence) = known {
            return Ok(*sequence);
        }
        let last = reader::last_logged(self.snapshot, agency)?;
        let (sequence, hash) =
            last.map_or((0, [0; 32]), |logged| (logged.header.sequence, logged.hash));
        self.heads.sequences.insert(agency.clone(), sequence);
        self.heads.hashes.insert(agency.clone(), hash);
        Ok(sequence)
    }

    /// Moves the dossier's places and keeps its state for the end of the batch.
    fn save(&mut self, before: &[Entry], stored: Stored, key: SealKey) -> Result<Dossier, Failure> {
        views::project(self, before, &stored.dossier)?;
        let dossier = stored.dossier.clone();
        self.local.changed.insert(dossier.id, Changed { stored, key, is_sealed: false });
        Ok(dossier)
    }
}
