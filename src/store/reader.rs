//! What reads ask of a snapshot: dossiers, lists, counts, logs.

use std::ops::Bound;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::codec::wire::{Damaged, Reader as Bytes, Wire, record};
use super::engine::{Direction, Fault, Row, Snapshot, Table, prefix_end, scan_prefix};
use super::event_log::{Hash, Logged};
use super::keyring::{SealKey, associated};
use super::ledger::{Failure, Shared};
use super::tables::{CODES, COMMITS, COUNTS, DOSSIERS, KEYRING, Key, LOG, QUEUES};
use super::views;
use crate::domain::dossier::{Dossier, Event, Queue, Status};
use crate::domain::ids::{AgencyCode, DossierCode, DossierId};
use crate::env::Env;

/// Where an event lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRef {
    /// In this agency's log.
    pub agency: AgencyCode,
    /// At this place.
    pub sequence: u64,
}

/// The events of one commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitRow {
    /// Its number, from 1 without gaps.
    pub commit: u64,
    /// When.
    pub at: Timestamp,
    /// The chain's hash at its last event.
    pub hash: Hash,
    /// Its events, in order.
    pub events: Vec<EventRef>,
}

/// The clear part of a dossier's row: enough for lists, rights and checks without any key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Internal id.
    pub id: DossierId,
    /// Code on paper.
    pub code: DossierCode,
    /// Number of events.
    pub version: u64,
    /// Status.
    pub status: Status,
    /// When it is due.
    pub due_at: Option<Timestamp>,
    /// Where its events lie, in order.
    pub refs: Vec<EventRef>,
}

record! {
    EventRef { agency, sequence }
    CommitRow { commit, at, hash, events }
    Head { id, code, version, status, due_at, refs }
}

/// A dossier with the places of its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The state.
    pub dossier: Dossier,
    /// Where its events lie, in order.
    pub refs: Vec<EventRef>,
}

impl Stored {
    /// The row's value: the head in clear, the state sealed.
    pub fn to_bytes(&self, key: &SealKey, env: &Env) -> Vec<u8> {
        let dossier = &self.dossier;
        let head = Head {
            id: dossier.id,
            code: dossier.code.clone(),
            version: dossier.version,
            status: dossier.status,
            due_at: dossier.clock.due_at,
            refs: self.refs.clone(),
        };
        let mut out = head.to_bytes();
        let about = associated(dossier.id, dossier.version, b"state");
        out.extend_from_slice(&key.seal(env, &about, &dossier.to_bytes()));
        out
    }

    /// The dossier of a row's value.
    ///
    /// # Errors
    /// The bytes are damaged or sealed under another key.
    pub fn from_bytes(bytes: &[u8], key: &SealKey) -> Result<Self, Failure> {
        let (head, sealed) = Head::split(bytes)?;
        let plain = key.open(&associated(head.id, head.version, b"state"), sealed)?;
        Ok(Self { dossier: Dossier::from_bytes(&plain)?, refs: head.refs })
    }
}

impl Head {
    /// The head and the sealed rest of a dossier's row.
    ///
    /// # Errors
    /// The bytes are damaged.
    pub fn split(bytes: &[u8]) -> Result<(Self, &[u8]), Damaged> {
        let mut input = Bytes::new(bytes);
        let head = Self::take(&mut input)?;
        Ok((head, input.rest()))
    }
}

/// The last event of an agency's log.
pub(super) fn last_logged(
    snapshot: &dyn Snapshot,
    agency: &AgencyCode,
) -> Result<Option<Logged>, Failure> {
    let prefix = Key::new().agency(agency);
    let rows = scan_prefix(snapshot, LOG, prefix.bytes(), None, Direction::Backward, 1)?;
    Ok(rows.first().map(|(_, value)| Logged::from_bytes(value)).transpose()?)
}

/// One place of a list, from which the next page goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cursor(pub Vec<u8>);

/// A page of a queue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The dossiers, in order, each with its own place.
    pub ids: Vec<(DossierId, Cursor)>,
    /// Where the next page begins, if there may be one.
    pub next: Option<Cursor>,
}

/// A consistent view of everything committed.
pub struct Reader {
    snapshot: Box<dyn Snapshot>,
    shared: Arc<Shared>,
}

impl Reader {
    pub(super) fn new(shared: Arc<Shared>) -> Result<Self, Failure> {
        Ok(Self { snapshot: shared.engine.snapshot()?, shared })
    }

    /// A row of any table.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        self.snapshot.get(table, key)
    }

    /// Rows of any table whose keys begin with `prefix`, after `after`.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn scan(
        &self,
        table: Table,
        prefix: &[u8],
        after: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<Row>, Fault> {
        scan_prefix(self.snapshot.as_ref(), table, prefix, after, Direction::Forward, limit)
    }

    /// The last rows of any table whose keys begin with `prefix`, the last one first.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn scan_back(&self, table: Table, prefix: &[u8], limit: usize) -> Result<Vec<Row>, Fault> {
        scan_prefix(self.snapshot.as_ref(), table, prefix, None, Direction::Backward, limit)
    }

    /// The number of rows of a table.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn len(&self, table: Table) -> Result<u64, Fault> {
        self.snapshot.len(table)
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

    /// The clear part of a dossier's row.
    ///
    /// # Errors
    /// The engine cannot be read, or the row is damaged.
    pub fn head(&self, id: DossierId) -> Result<Option<Head>, Failure> {
        let Some(bytes) = self.get(DOSSIERS, &id.0)? else { return Ok(None) };
        Ok(Some(Head::split(&bytes)?.0))
    }

    /// The key of a dossier; none once it was disposed of.
    ///
    /// # Errors
    /// The engine cannot be read, or the keyring is under another key.
    pub fn key(&self, id: DossierId) -> Result<Option<SealKey>, Failure> {
        let Some(wrapped) = self.get(KEYRING, &id.0)? else { return Ok(None) };
        Ok(Some(SealKey::unwrap(&wrapped, &self.shared.wrapping, id)?))
    }

    /// A dossier's events, oldest first.
    ///
    /// # Errors
    /// The engine cannot be read, or an event is damaged.
    pub fn history(&self, stored: &Stored) -> Result<Vec<(Logged, Hash, Event)>, Failure> {
        let Some(key) = self.key(stored.dossier.id)? else { return Ok(Vec::new()) };
        let mut history = Vec::with_capacity(stored.refs.len());
        for place in &stored.refs {
            let logged = self.logged(&place.agency, place.sequence)?;
            let logged = logged.ok_or(Damaged("an event is missing"))?;
            let before = match place.sequence {
                1 => Some([0; 32]),
                sequence => self.logged(&place.agency, sequence - 1)?.map(|before| before.hash),
            };
            let event = logged.open(&key)?;
            history.push((logged, before.ok_or(Damaged("an event is missing"))?, event));
        }
        Ok(history)
    }

    /// One event of a log.
    ///
    /// # Errors
    /// The engine cannot be read, or the event is damaged.
    pub fn logged(&self, agency: &AgencyCode, sequence: u64) -> Result<Option<Logged>, Failure> {
        let row = self.get(LOG, Key::new().agency(agency).number(sequence).bytes())?;
        Ok(row.map(|bytes| Logged::from_bytes(&bytes)).transpose()?)
    }

    /// The last event of an agency's log.
    ///
    /// # Errors
    /// The engine cannot be read, or the event is damaged.
    pub fn last_of(&self, agency: &AgencyCode) -> Result<Option<Logged>, Failure> {
        let rows = self.scan_back(LOG, Key::new().agency(agency).bytes(), 1)?;
        Ok(rows.first().map(|(_, value)| Logged::from_bytes(value)).transpose()?)
    }

    /// Events of an agency's log after a sequence, at most `limit`.
    ///
    /// # Errors
    /// The engine cannot be read, or an event is damaged.
    pub fn log_after(
        &self,
        agency: &AgencyCode,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Logged>, Failure> {
        let prefix = Key::new().agency(agency);
        let after = prefix.clone().number(after);
        let rows = self.scan(LOG, prefix.bytes(), Some(after.bytes()), limit)?;
        rows.iter().map(|(_, value)| Ok(Logged::from_bytes(value)?)).collect()
    }

    /// Commits after a number, at most `limit`.
    ///
    /// # Errors
    /// The engine cannot be read, or a row is damaged.
    pub fn commits_after(&self, after: u64, limit: usize) -> Result<Vec<CommitRow>, Failure> {
        let after = Key::new().number(after);
        let rows = self.scan(COMMITS, &[], Some(after.bytes()), limit)?;
        rows.iter().map(|(_, value)| Ok(CommitRow::from_bytes(value)?)).collect()
    }

    /// The last commit that has events.
    ///
    /// # Errors
    /// The engine cannot be read, or the row is damaged.
    pub fn last_commit(&self) -> Result<Option<CommitRow>, Failure> {
        let snapshot = self.snapshot.as_ref();
        let rows = scan_prefix(snapshot, COMMITS, &[], None, Direction::Backward, 1)?;
        Ok(rows.first().map(|(_, value)| CommitRow::from_bytes(value)).transpose()?)
    }

    /// A page of a queue, in the order of its instants or newest first.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn queue(
        &self,
        agency: &AgencyCode,
        queue: Queue,
        holder: &str,
        direction: Direction,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Page, Failure> {
        let prefix = views::queue_prefix(agency, queue, holder);
        let snapshot = self.snapshot.as_ref();
        let after = after.map(|cursor| cursor.0.as_slice());
        let rows = scan_prefix(snapshot, QUEUES, prefix.bytes(), after, direction, limit + 1)?;
        let more = rows.len() > limit;
        let rows = &rows[..rows.len().min(limit)];
        let next = rows.last().filter(|_| more).map(|(key, _)| Cursor(key.clone()));
        let ids = rows.iter().map(|(key, _)| Ok((id_at_end(key)?, Cursor(key.clone()))));
        let ids = ids.collect::<Result<_, Damaged>>()?;
        Ok(Page { ids, next })
    }

    /// The cursor that stands just before an instant in a queue, for lists that begin there.
    pub fn cursor_at(agency: &AgencyCode, queue: Queue, holder: &str, at: Timestamp) -> Cursor {
        let key = views::queue_prefix(agency, queue, holder);
        Cursor(key.fixed(&super::codec::wire::instant_bytes(at)).into())
    }

    /// How many dossiers stand in a queue.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn count(&self, agency: &AgencyCode, queue: Queue, holder: &str) -> Result<u64, Fault> {
        let row = self.get(COUNTS, views::count_key(agency, queue, holder).bytes())?;
        Ok(row.map_or(0, |bytes| views::count_from(&bytes)))
    }

    /// How many rows of a queue lie between two places.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn count_between(&self, from: &Cursor, to: &Cursor) -> Result<u64, Fault> {
        let (from, to) = (Bound::Included(from.0.as_slice()), Bound::Excluded(to.0.as_slice()));
        let rows = self.snapshot.range(QUEUES, from, to, Direction::Forward, usize::MAX)?;
        Ok(rows.len() as u64)
    }

    /// How many open dossiers of an agency were due on days before `day`.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn due_before(&self, agency: &AgencyCode, day: Date) -> Result<u64, Fault> {
        let prefix = views::due_prefix(agency);
        let end = views::due_key(agency, day);
        let range = (Bound::Included(prefix.bytes()), Bound::Excluded(end.bytes()));
        let snapshot = self.snapshot.as_ref();
        let rows = snapshot.range(COUNTS, range.0, range.1, Direction::Forward, usize::MAX)?;
        Ok(rows.iter().map(|(_, value)| views::count_from(value)).sum())
    }

    /// All agencies that have a log.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn logs(&self) -> Result<Vec<AgencyCode>, Failure> {
        let (mut found, mut from) = (Vec::new(), Bound::Included(Vec::new()));
        loop {
            let start = from.as_ref().map(Vec::as_slice);
            let rows = self.snapshot.range(LOG, start, Bound::Unbounded, Direction::Forward, 1)?;
            let Some((key, _)) = rows.first() else { return Ok(found) };
            let agency = AgencyCode::take(&mut Bytes::new(key))?;
            from = match prefix_end(Key::new().agency(&agency).bytes()) {
                Bound::Excluded(end) => Bound::Included(end),
                _ => return Ok(found),
            };
            found.push(agency);
        }
    }
}

fn id_at_end(key: &[u8]) -> Result<DossierId, Damaged> {
    let start = key.len().checked_sub(16).ok_or(Damaged("queue row"))?;
    DossierId::from_bytes(&key[start..])
}
