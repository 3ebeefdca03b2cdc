//! What a command sees and changes inside the writer: the snapshot, under the changes of the
//! commands before it in the batch, under its own. A refused command's own changes are dropped.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::codec::wire::Wire;
use super::engine::{Batch, Change, Fault, Snapshot, Table};
use super::event_log::{Hash, Logged, Place};
use super::keyring::SealKey;
use super::ledger::{Failure, Shared};
use super::reader::{self, CommitRow, EventRef, Stored};
use super::tables::{BLOBS, CODES, COMMITS, DOSSIERS, KEYRING, Key, LOG, NUMBERS};
use super::views;
use crate::domain::dossier::{Dossier, Event, Submitted};
use crate::domain::ids::{AgencyCode, AttachmentId, DossierCode, DossierId};
use crate::env::Env;

/// The end of an agency's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LogHead {
    pub sequence: u64,
    pub hash: Hash,
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
    batch: Batch,
    heads: HashMap<AgencyCode, LogHead>,
    events: Vec<(EventRef, Hash)>,
    local: Local,
}

/// What a batch leaves behind in the writer.
pub(super) struct Closed {
    pub batch: Batch,
    pub heads: HashMap<AgencyCode, LogHead>,
    pub last_at: Timestamp,
    pub has_events: bool,
}

/// The changes of one command.
#[derive(Default)]
struct Local {
    batch: Batch,
    heads: HashMap<AgencyCode, LogHead>,
    events: Vec<(EventRef, Hash)>,
    /// When it is not the batch's instant.
    at: Option<Timestamp>,
}

impl<'a> Txn<'a> {
    pub(super) fn new(
        snapshot: &'a dyn Snapshot,
        shared: &'a Arc<Shared>,
        stamp: Timestamp,
        last: (Timestamp, u64),
        heads: &HashMap<AgencyCode, LogHead>,
    ) -> Self {
        Self {
            snapshot,
            shared,
            stamp,
            last_at: last.0,
            commit: last.1 + 1,
            batch: Batch::new(),
            heads: heads.clone(),
            events: Vec::new(),
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
            self.heads.extend(local.heads);
            self.events.extend(local.events);
        }
    }

    /// The whole batch and where it ends.
    pub(super) fn close(mut self) -> Closed {
        let has_events = !self.events.is_empty();
        if let Some((_, hash)) = self.events.last() {
            let hash = *hash;
            let events = self.events.drain(..).map(|(event, _)| event).collect();
            let row = CommitRow { commit: self.commit, at: self.last_at, hash, events };
            self.batch.put(COMMITS, Key::new().number(self.commit), row.to_bytes());
        }
        Closed { batch: self.batch, heads: self.heads, last_at: self.last_at, has_events }
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

    /// Clock and randomness.
    pub fn env(&self) -> &Env {
        &self.shared.env
    }

    /// A row's value as this command sees it.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        for batch in [&self.local.batch, &self.batch] {
            match batch.get(table, key) {
                Some(Change::Put(value)) => return Ok(Some(value.clone())),
                Some(Change::Delete) => return Ok(None),
                None => {}
            }
        }
        self.snapshot.get(table, key)
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
        let Some(bytes) = self.get(DOSSIERS, &id.0)? else { return Ok(None) };
        let Some(key) = self.key(id)? else { return Ok(None) };
        Stored::from_bytes(&bytes, &key).map(Some)
    }

    fn key(&self, id: DossierId) -> Result<Option<SealKey>, Failure> {
        let Some(wrapped) = self.get(KEYRING, &id.0)? else { return Ok(None) };
        Ok(Some(SealKey::unwrap(&wrapped, &self.shared.wrapping, id)?))
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

    /// Writes the first events of a dossier.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn create(
        &mut self,
        submitted: Submitted,
        later: &[Event],
        actor: &str,
    ) -> Result<Dossier, Failure> {
        let key = SealKey::generate(self.env());
        let id = submitted.id;
        self.put(KEYRING, id.0, key.wrap(self.env(), &self.shared.wrapping, id));
        for code in submitted.external_codes.iter().map(String::as_str) {
            self.put(CODES, Key::new().text(code), id.to_bytes());
        }
        self.put(CODES, Key::new().text(submitted.code.as_str()), id.to_bytes());
        let first = Event::Submitted(Box::new(submitted.clone()));
        let dossier = Dossier::open(submitted, self.now());
        let mut stored = Stored { dossier, refs: Vec::new() };
        self.log(&mut stored, &first, actor, &key)?;
        for event in later {
            stored.dossier.apply(self.now(), event);
            self.log(&mut stored, event, actor, &key)?;
        }
        self.save(None, &stored, &key)?;
        Ok(stored.dossier)
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
        let Some(key) = self.key(stored.dossier.id)? else {
            return Err(super::codec::wire::Damaged("the dossier has no key").into());
        };
        let before = stored.dossier.clone();
        let mut stored = stored;
        for event in events {
            stored.dossier.apply(self.now(), event);
            self.log(&mut stored, event, actor, &key)?;
        }
        self.save(Some(&before), &stored, &key)?;
        Ok(stored.dossier)
    }

    fn log(
        &mut self,
        stored: &mut Stored,
        event: &Event,
        actor: &str,
        key: &SealKey,
    ) -> Result<(), Failure> {
        let agency = stored.dossier.competent_agency.clone();
        let head = self.head(&agency)?;
        let place = Place {
            sequence: head.sequence + 1,
            before: head.hash,
            commit: self.commit,
            at: self.now(),
        };
        let logged = Logged::seal(event, &stored.dossier, actor, place, key, self.env());
        self.put(LOG, Key::new().agency(&agency).number(place.sequence), logged.to_bytes());
        for attachment in event.attachments() {
            self.put(BLOBS, attachment.id.0, stored.dossier.id.to_bytes());
        }
        let head = LogHead { sequence: place.sequence, hash: logged.hash };
        self.local.heads.insert(agency.clone(), head);
        let event = EventRef { agency, sequence: place.sequence };
        stored.refs.push(event.clone());
        self.local.events.push((event, logged.hash));
        Ok(())
    }

    fn head(&self, agency: &AgencyCode) -> Result<LogHead, Failure> {
        let known = self.local.heads.get(agency).or_else(|| self.heads.get(agency));
        if let Some(head) = known {
            return Ok(*head);
        }
        let last = reader::last_logged(self.snapshot, agency)?;
        Ok(last.map_or(LogHead { sequence: 0, hash: [0; 32] }, |logged| LogHead {
            sequence: logged.header.sequence,
            hash: logged.hash,
        }))
    }

    fn save(
        &mut self,
        before: Option<&Dossier>,
        stored: &Stored,
        key: &SealKey,
    ) -> Result<(), Failure> {
        self.put(DOSSIERS, stored.dossier.id.0, stored.to_bytes(key, self.env()));
        views::project(self, before, &stored.dossier)?;
        Ok(())
    }
}
