//! What reads ask of a snapshot: dossiers, lists, counts, logs.

use std::ops::Bound;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::codec::wire::{Damaged, Reader as Bytes, Wire, instant_from, record};
use super::engine::{Direction, Fault, Row, Snapshot, Table, prefix_end, scan_prefix};
use super::event_log::{Hash, Logged};
use super::keyring::{SealKey, associated};
use super::ledger::{Failure, Shared};
use super::packing::{Known, pack, unpack};
use super::places::{Block, EventRef, Place, Refs};
use super::tables::{CODES, COUNTS, DOSSIERS, KEYRING, Key, LOG, PLACES, QUEUES};
use super::views;
use crate::domain::dossier::{Dossier, Event, Queue, Status};
use crate::domain::ids::{AgencyCode, DossierCode, DossierId};
use crate::env::Env;

/// Where the log ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tip {
    /// The last commit that has events.
    pub commit: u64,
    /// When its last event happened.
    pub at: Timestamp,
    /// The hash of that event in its agency's chain.
    pub hash: Hash,
}

impl Tip {
    fn of(logged: &Logged) -> Self {
        Self { commit: logged.header.commit, at: logged.header.at, hash: logged.hash }
    }
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
    pub refs: Refs,
}

record! {
    Head { id, code, version, status, due_at, refs }
}

/// A dossier with the places of its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The state.
    pub dossier: Dossier,
    /// Where its events lie, in order.
    pub refs: Vec<EventRef>,
    /// Its first event, encoded: its other parts are packed as differences to it.
    pub submission: Arc<[u8]>,
}

impl Stored {
    /// The row's value: the head in clear, the state sealed. A dossier that was only submitted has
    /// no state but its submission, which lies in its event.
    pub fn to_bytes(&self, key: &SealKey, env: &Env) -> Vec<u8> {
        let dossier = &self.dossier;
        let head = Head {
            id: dossier.id,
            code: dossier.code.clone(),
            version: dossier.version,
            status: dossier.status,
            due_at: dossier.clock.due_at,
            refs: Refs(self.refs.clone()),
        };
        let mut out = head.to_bytes();
        if dossier.version == 1 {
            return out;
        }
        let about = associated(dossier.id, dossier.version, b"state");
        let packed = pack(&dossier.to_bytes(), Known::Submission(&self.submission));
        out.extend_from_slice(&key.seal(env, &about, &packed));
        out
    }

    /// The dossier of a row's value; `first` reads the row of its first event.
    ///
    /// # Errors
    /// The bytes are damaged or sealed under another key, or the first event is.
    pub fn open(
        bytes: &[u8],
        key: &SealKey,
        first: impl FnOnce(Place) -> Result<Option<Vec<u8>>, Fault>,
    ) -> Result<Self, Failure> {
        let (head, sealed) = Head::split(bytes)?;
        let place = head.refs.0.first().ok_or(Damaged("a dossier without events"))?.place;
        let row = first(place)?.ok_or(Damaged("an event is missing"))?;
        let logged = Logged::from_bytes(place, &row)?;
        let submission: Arc<[u8]> = logged.plain(key, &[])?.into();
        if head.version == 1 && sealed.is_empty() {
            let Event::Submitted(submitted) = Event::from_bytes(&submission)? else {
                return Err(Damaged("the first event of a dossier").into());
            };
            let dossier = Dossier::open(*submitted, logged.header.at);
            return Ok(Self { dossier, refs: head.refs.0, submission });
        }
        let packed = key.open(&associated(head.id, head.version, b"state"), sealed)?;
        let plain = unpack(&packed, Known::Submission(&submission))?;
        Ok(Self { dossier: Dossier::from_bytes(&plain)?, refs: head.refs.0, submission })
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
    let rows = scan_prefix(snapshot, PLACES, prefix.bytes(), None, Direction::Backward, 1)?;
    let Some((_, value)) = rows.first() else { return Ok(None) };
    let place = *Block::from_bytes(value)?.0.last().ok_or(Damaged("places of events"))?;
    let row = snapshot.get(LOG, place.key().bytes())?.ok_or(Damaged("an event is missing"))?;
    Ok(Some(Logged::from_bytes(place, &row)?))
}

/// The event of a row of the log.
fn logged((key, value): &Row) -> Result<Logged, Damaged> {
    Logged::from_bytes(Place::from_key(key)?, value)
}

/// One place of a list, from which the next page goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cursor(pub Vec<u8>);

impl Cursor {
    /// The instant of a place in a queue.
    pub fn instant(&self) -> Option<Timestamp> {
        let end = self.0.len().checked_sub(size_of::<DossierId>())?;
        let instant = self.0.get(end.checked_sub(8)?..end)?;
        instant_from(instant.try_into().ok()?).ok()
    }
}

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

    /// Rows of any table whose keys are a prefix and a number below `before`, the last one first.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn scan_before(
        &self,
        table: Table,
        prefix: &Key,
        before: u64,
        limit: usize,
    ) -> Result<Vec<Row>, Fault> {
        let (from, to) = (prefix.clone(), prefix.clone().number(before));
        let range = (Bound::Included(from.bytes()), Bound::Excluded(to.bytes()));
        self.snapshot.range(table, range.0, range.1, Direction::Backward, limit)
    }

    /// The number of rows of a table.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn len(&self, table: Table) -> Result<u64, Fault> {
        self.snapshot.len(table)
    }

    /// Engine, keys and environment.
    pub(super) fn shared(&self) -> &Shared {
        &self.shared
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
        Stored::open(&bytes, &key, |first| self.get(LOG, first.key().bytes())).map(Some)
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
        Ok(Some(self.shared.wrapping.unwrap(&wrapped, &id.0)?))
    }

    /// A dossier's events, oldest first.
    ///
    /// # Errors
    /// The engine cannot be read, or an event is damaged.
    pub fn history(&self, stored: &Stored) -> Result<Vec<(Logged, Hash, Event)>, Failure> {
        let Some(key) = self.key(stored.dossier.id)? else { return Ok(Vec::new()) };
        let mut history = Vec::with_capacity(stored.refs.len());
        for place in &stored.refs {
            let logged = self.event(place)?.ok_or(Damaged("an event is missing"))?;
            let before = match place.sequence {
                1 => Some([0; 32]),
                sequence => self.logged(&place.agency, sequence - 1)?.map(|before| before.hash),
            };
            let event = logged.open(&key, &stored.submission)?;
            history.push((logged, before.ok_or(Damaged("an event is missing"))?, event));
        }
        Ok(history)
    }

    /// The event at a place.
    ///
    /// # Errors
    /// The engine cannot be read, the event is damaged, or another one lies there.
    pub fn event(&self, at: &EventRef) -> Result<Option<Logged>, Failure> {
        let Some(row) = self.get(LOG, at.place.key().bytes())? else { return Ok(None) };
        let logged = Logged::from_bytes(at.place, &row)?;
        if logged.event == *at { Ok(Some(logged)) } else { Err(Damaged("another event").into()) }
    }

    /// One event of an agency's log.
    ///
    /// # Errors
    /// The engine cannot be read, or the event is damaged.
    pub fn logged(&self, agency: &AgencyCode, sequence: u64) -> Result<Option<Logged>, Failure> {
        let Some(place) = self.place(agency, sequence)? else { return Ok(None) };
        self.event(&EventRef { agency: agency.clone(), sequence, place })
    }

    /// Where an event of an agency's log lies.
    ///
    /// # Errors
    /// The engine cannot be read, or the row is damaged.
    pub fn place(&self, agency: &AgencyCode, sequence: u64) -> Result<Option<Place>, Failure> {
        let (key, at) = Block::of(agency, sequence);
        let Some(row) = self.get(PLACES, key.bytes())? else { return Ok(None) };
        Ok(Block::from_bytes(&row)?.0.get(at).copied())
    }

    /// The last event of an agency's log.
    ///
    /// # Errors
    /// The engine cannot be read, or the event is damaged.
    pub fn last_of(&self, agency: &AgencyCode) -> Result<Option<Logged>, Failure> {
        let blocks = self.scan_back(PLACES, Key::new().agency(agency).bytes(), 1)?;
        let Some((_, block)) = blocks.first() else { return Ok(None) };
        let Some(place) = Block::from_bytes(block)?.0.last().copied() else { return Ok(None) };
        let row = self.get(LOG, place.key().bytes())?;
        Ok(row.map(|row| Logged::from_bytes(place, &row)).transpose()?)
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
        let mut found = Vec::new();
        let mut sequence = after.saturating_add(1);
        while found.len() < limit {
            let (key, at) = Block::of(agency, sequence);
            let Some(row) = self.get(PLACES, key.bytes())? else { break };
            let block = Block::from_bytes(&row)?;
            let places = block.0.iter().skip(at).take(limit - found.len());
            let before = found.len();
            for place in places {
                let event = EventRef { agency: agency.clone(), sequence, place: *place };
                found.push(self.event(&event)?.ok_or(Damaged("an event is missing"))?);
                sequence += 1;
            }
            if found.len() == before {
                break;
            }
        }
        Ok(found)
    }

    /// Events of the whole instance after a commit: whole commits, at least one of them, and more
    /// while there are fewer than `enough` events.
    ///
    /// # Errors
    /// The engine cannot be read, or an event is damaged.
    pub fn events_after(&self, commit: u64, enough: usize) -> Result<Vec<Logged>, Failure> {
        let start = Place { commit: commit.saturating_add(1), index: 0 }.key();
        let from = Bound::Included(start.bytes());
        let mut rows =
            self.snapshot.range(LOG, from, Bound::Unbounded, Direction::Forward, enough)?;
        if let Some((last, _)) = rows.last().filter(|_| rows.len() == enough) {
            // The rest of the last commit.
            let prefix = Key::new().number(Place::from_key(last)?.commit);
            let rest = self.scan(LOG, prefix.bytes(), Some(&last.clone()), usize::MAX)?;
            rows.extend(rest);
        }
        Ok(rows.iter().map(logged).collect::<Result<_, _>>()?)
    }

    /// Where the log ends.
    ///
    /// # Errors
    /// The engine cannot be read, or the row is damaged.
    pub fn last_commit(&self) -> Result<Option<Tip>, Failure> {
        self.end_of(&[])
    }

    /// Where the log ended with a commit; none when it has no events.
    ///
    /// # Errors
    /// The engine cannot be read, or the row is damaged.
    pub fn end_of_commit(&self, commit: u64) -> Result<Option<Tip>, Failure> {
        self.end_of(Key::new().number(commit).bytes())
    }

    fn end_of(&self, prefix: &[u8]) -> Result<Option<Tip>, Failure> {
        let rows = self.scan_back(LOG, prefix, 1)?;
        Ok(rows.first().map(logged).transpose()?.as_ref().map(Tip::of))
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
            let rows =
                self.snapshot.range(PLACES, start, Bound::Unbounded, Direction::Forward, 1)?;
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
