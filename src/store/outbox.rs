//! Letters to be carried, written in the commit of their event and carried from there.
//!
//! A letter's row has what the carrier must know in clear (kind, reader, how far each delivery is);
//! subject, texts and addresses are sealed under the dossier's key, so that disposing of a dossier
//! disposes of what was said about it. A second table holds a row for each delivery that waits or
//! was given up, in the order of its instant: carrying is a range scan.

use jiff::Timestamp;

use super::codec::wire::{Damaged, Reader as Bytes, Wire, instant_bytes, instant_from, record};
use super::engine::Table;
use super::keyring::{SealKey, Unsealable, associated};
use super::ledger::Failure;
use super::packing::{Known, pack, unpack};
use super::reader::Reader;
use super::tables::{DELIVERIES, Key, OUTBOX, STAFF_LETTERS};
use super::txn::Txn;
use crate::domain::dossier::{Dossier, Event};
use crate::domain::ids::{DossierId, UserName};
use crate::domain::notice::{Addressee, Channel, Delivery, DeliveryState, Kind, Letter};
use crate::env::Env;

/// Letters of one version that come from its event; those of the clock have places from here on.
const FROM_CLOCK: u8 = 128;
/// Most letters of a dossier that are read at once.
const MOST: usize = 1_000;

/// Makes the letters of an event while it is written.
pub trait Notifier: Send + Sync {
    /// What is said of `event`, which `actor` did at `now`; `dossier` is as the event left it.
    fn letters(&self, dossier: &Dossier, event: &Event, actor: &str, now: Timestamp)
    -> Vec<Letter>;
}

/// A letter's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LetterId {
    /// Its dossier.
    pub dossier: DossierId,
    /// The dossier's version that it speaks of.
    pub version: u64,
    /// Its place among those of that version.
    pub place: u8,
}

impl LetterId {
    fn key(self) -> Key {
        Key::new().dossier(self.dossier).number(self.version).fixed(&[self.place])
    }

    fn from_key(key: &[u8]) -> Result<Self, Damaged> {
        let mut input = Bytes::new(key);
        let dossier = DossierId::take(&mut input)?;
        let version = u64::from_be_bytes(input.array()?);
        let [place] = input.array()?;
        Ok(Self { dossier, version, place })
    }

    fn associated(self) -> Vec<u8> {
        let mut about = associated(self.dossier, self.version, b"letter");
        about.push(self.place);
        about
    }
}

/// The clear part of a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Progress {
    channel: Channel,
    state: DeliveryState,
    tries: u32,
    at: Timestamp,
    error: String,
}

impl Progress {
    fn delivery(self, address: String) -> Delivery {
        Delivery {
            channel: self.channel,
            address,
            state: self.state,
            tries: self.tries,
            at: self.at,
            error: self.error,
        }
    }
}

/// The clear part of a letter's row.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Outside {
    kind: Kind,
    staff: Option<UserName>,
    about: Option<Timestamp>,
    created_at: Timestamp,
    deliveries: Vec<Progress>,
}

/// The sealed part.
struct Inside {
    subject: String,
    long: String,
    short: String,
    addresses: Vec<String>,
}

record! {
    Progress { channel, state, tries, at, error }
    Outside { kind, staff, about, created_at, deliveries }
    Inside { subject, long, short, addresses }
}

/// A letter that waits for its seal.
pub(super) struct UnsealedLetter {
    pub id: LetterId,
    pub letter: Letter,
    pub created_at: Timestamp,
    pub key: SealKey,
}

impl UnsealedLetter {
    /// The row's key.
    pub fn row_key(&self) -> Key {
        self.id.key()
    }

    /// The row's value.
    pub fn to_bytes(&self, env: &Env) -> Vec<u8> {
        let letter = &self.letter;
        let inside = Inside {
            subject: letter.subject.clone(),
            long: letter.long.clone(),
            short: letter.short.clone(),
            addresses: letter.deliveries.iter().map(|d| d.address.clone()).collect(),
        };
        let mut out = outside(letter, self.created_at).to_bytes();
        let packed = pack(&inside.to_bytes(), Known::Dictionary);
        out.extend_from_slice(&self.key.seal(env, &self.id.associated(), &packed));
        out
    }
}

fn outside(letter: &Letter, created_at: Timestamp) -> Outside {
    let progress = |delivery: &Delivery| Progress {
        channel: delivery.channel,
        state: delivery.state,
        tries: delivery.tries,
        at: delivery.at,
        error: delivery.error.clone(),
    };
    Outside {
        kind: letter.kind,
        staff: match &letter.to {
            Addressee::Staff(name) => Some(name.clone()),
            Addressee::Applicant => None,
        },
        about: letter.about,
        created_at,
        deliveries: letter.deliveries.iter().map(progress).collect(),
    }
}

/// A letter with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    /// Its place.
    pub id: LetterId,
    /// When it was written.
    pub created_at: Timestamp,
    /// The letter.
    pub letter: Letter,
}

impl Posted {
    fn open(id: LetterId, bytes: &[u8], key: &SealKey) -> Result<Self, Failure> {
        let mut input = Bytes::new(bytes);
        let outside = Outside::take(&mut input)?;
        let packed = key.open(&id.associated(), input.rest())?;
        let inside = Inside::from_bytes(&unpack(&packed, Known::Dictionary)?)?;
        if inside.addresses.len() != outside.deliveries.len() {
            return Err(Unsealable("addresses of a letter").into());
        }
        let deliveries = outside.deliveries.into_iter().zip(inside.addresses);
        let deliveries = deliveries.map(|(progress, address)| progress.delivery(address));
        let letter = Letter {
            kind: outside.kind,
            to: outside.staff.map_or(Addressee::Applicant, Addressee::Staff),
            about: outside.about,
            subject: inside.subject,
            long: inside.long,
            short: inside.short,
            deliveries: deliveries.collect(),
        };
        Ok(Self { id, created_at: outside.created_at, letter })
    }
}

/// A delivery of the list of those that wait or were given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its letter.
    pub letter: LetterId,
    /// Its way.
    pub channel: Channel,
    /// When it is tried next, or was given up.
    pub at: Timestamp,
}

impl Listed {
    fn from_key(key: &[u8]) -> Result<Self, Damaged> {
        let mut input = Bytes::new(key);
        input.array::<1>()?;
        let at = instant_from(input.array()?)?;
        let rest = input.rest();
        let (letter, channel) = rest.split_at_checked(25).ok_or(Damaged("delivery row"))?;
        Ok(Self { letter: LetterId::from_key(letter)?, channel: Channel::from_bytes(channel)?, at })
    }
}

/// The row of a delivery in the list, if it stands there.
fn listed_key(id: LetterId, channel: Channel, state: DeliveryState, at: Timestamp) -> Option<Key> {
    let first = list_prefix(state)?;
    let key = first.fixed(&instant_bytes(at)).fixed(id.key().bytes());
    Some(key.fixed(&channel.to_bytes()))
}

fn list_prefix(state: DeliveryState) -> Option<Key> {
    match state {
        DeliveryState::Waiting | DeliveryState::Dead => Some(Key::new().fixed(&state.to_bytes())),
        DeliveryState::Sent | DeliveryState::Withheld => None,
    }
}

/// The rows of lists that name a letter, by the letter's own row.
///
/// # Errors
/// The row is damaged.
pub(super) fn listed_in(key: &[u8], value: &[u8]) -> Result<Vec<(Table, Vec<u8>)>, Damaged> {
    let id = LetterId::from_key(key)?;
    let outside = Outside::take(&mut Bytes::new(value))?;
    let rows = outside.deliveries.iter();
    let rows = rows.filter_map(|d| listed_key(id, d.channel, d.state, d.at));
    let mut named: Vec<(Table, Vec<u8>)> = rows.map(|row| (DELIVERIES, row.into())).collect();
    let staff = outside.staff.map(|name| staff_key(&name, outside.created_at, id));
    named.extend(staff.map(|row| (STAFF_LETTERS, row.into())));
    Ok(named)
}

/// A letter in the list of an account: newest last.
fn staff_key(name: &UserName, at: Timestamp, id: LetterId) -> Key {
    Key::new().text(name.as_str()).fixed(&instant_bytes(at)).fixed(id.key().bytes())
}

impl Txn<'_> {
    /// Writes the lists of a letter; the letter itself is sealed at the end of the batch.
    pub(super) fn post(&mut self, id: LetterId, letter: Letter, key: SealKey) -> UnsealedLetter {
        for delivery in &letter.deliveries {
            let row = listed_key(id, delivery.channel, delivery.state, delivery.at);
            if let Some(row) = row {
                self.put(DELIVERIES, row, Vec::new());
            }
        }
        let created_at = self.now();
        if let Addressee::Staff(name) = &letter.to {
            self.put(STAFF_LETTERS, staff_key(name, created_at, id), Vec::new());
        }
        UnsealedLetter { id, letter, created_at, key }
    }

    /// Writes a letter that the clock and not an event has brought, unless the same reader was told
    /// of the same date before. Whether it was written.
    ///
    /// # Errors
    /// The engine cannot be read, or the dossier was disposed of.
    pub fn post_reminder(&mut self, dossier: &Dossier, letter: Letter) -> Result<bool, Failure> {
        let Some(key) = self.key(dossier.id)? else { return Ok(false) };
        let staff = match &letter.to {
            Addressee::Staff(name) => Some(name.clone()),
            Addressee::Applicant => None,
        };
        let mut id = LetterId { dossier: dossier.id, version: dossier.version, place: FROM_CLOCK };
        while let Some(bytes) = self.get(OUTBOX, id.key().bytes())? {
            let known = Outside::take(&mut Bytes::new(&bytes))?;
            let same = known.kind == letter.kind && known.staff == staff;
            if (same && known.about == letter.about) || id.place == u8::MAX {
                return Ok(false);
            }
            id.place += 1;
        }
        let unsealed = self.post(id, letter, key);
        let (row, value) = (unsealed.row_key(), unsealed.to_bytes(self.env()));
        self.put(OUTBOX, row, value);
        Ok(true)
    }

    /// A delivery as it stands, without its address; none when it is no longer as it was listed.
    ///
    /// # Errors
    /// The engine cannot be read, or the row is damaged.
    pub fn delivery(&self, listed: &Listed) -> Result<Option<Delivery>, Failure> {
        let row = self.get(OUTBOX, listed.letter.key().bytes())?;
        let Some(bytes) = row else { return Ok(None) };
        let outside = Outside::take(&mut Bytes::new(&bytes))?;
        let found = outside.deliveries.into_iter();
        let found = found.filter(|d| d.channel == listed.channel && d.at == listed.at);
        let mut with_address = found.map(|progress| progress.delivery(String::new()));
        Ok(with_address.next_back())
    }

    /// Writes down how a delivery went. Nothing happens when it is no longer as `before` says: then
    /// somebody else has written it down.
    ///
    /// # Errors
    /// The engine cannot be read, or the row is damaged.
    pub fn settle_delivery(&mut self, before: &Listed, after: &Delivery) -> Result<bool, Failure> {
        let key = before.letter.key();
        let Some(bytes) = self.get(OUTBOX, key.bytes())? else { return Ok(false) };
        let mut input = Bytes::new(&bytes);
        let mut outside = Outside::take(&mut input)?;
        let sealed = input.rest();
        let found = outside.deliveries.iter_mut().find(|d| d.channel == before.channel);
        let Some(progress) = found.filter(|progress| progress.at == before.at) else {
            return Ok(false);
        };
        let old = listed_key(before.letter, progress.channel, progress.state, progress.at);
        progress.state = after.state;
        progress.tries = after.tries;
        progress.at = after.at;
        progress.error.clone_from(&after.error);
        let mut value = outside.to_bytes();
        value.extend_from_slice(sealed);
        if let Some(old) = old {
            self.delete(DELIVERIES, old);
        }
        if let Some(new) = listed_key(before.letter, before.channel, after.state, after.at) {
            self.put(DELIVERIES, new, Vec::new());
        }
        self.put(OUTBOX, key, value);
        Ok(true)
    }
}

impl Reader {
    /// Everything that was said of a dossier, oldest first; nothing once it was disposed of.
    ///
    /// # Errors
    /// The engine cannot be read, or a row is damaged.
    pub fn letters(&self, dossier: DossierId) -> Result<Vec<Posted>, Failure> {
        let Some(key) = self.key(dossier)? else { return Ok(Vec::new()) };
        let rows = self.scan(OUTBOX, &dossier.0, None, MOST)?;
        rows.iter().map(|(id, value)| Posted::open(LetterId::from_key(id)?, value, &key)).collect()
    }

    /// One letter.
    ///
    /// # Errors
    /// The engine cannot be read, or the row is damaged.
    pub fn letter(&self, id: LetterId) -> Result<Option<Posted>, Failure> {
        let Some(key) = self.key(id.dossier)? else { return Ok(None) };
        let row = self.get(OUTBOX, id.key().bytes())?;
        row.map(|bytes| Posted::open(id, &bytes, &key)).transpose()
    }

    /// Deliveries that wait or were given up, in the order of their instants.
    ///
    /// # Errors
    /// The engine cannot be read, or a row is damaged.
    pub fn deliveries(&self, state: DeliveryState, limit: usize) -> Result<Vec<Listed>, Failure> {
        let Some(prefix) = list_prefix(state) else { return Ok(Vec::new()) };
        let rows = self.scan(DELIVERIES, prefix.bytes(), None, limit)?;
        Ok(rows.iter().map(|(key, _)| Listed::from_key(key)).collect::<Result<_, _>>()?)
    }

    /// The newest letters to an account.
    ///
    /// # Errors
    /// The engine cannot be read, or a row is damaged.
    pub fn staff_letters(&self, name: &UserName, limit: usize) -> Result<Vec<Posted>, Failure> {
        let prefix = Key::new().text(name.as_str());
        let rows = self.scan_back(STAFF_LETTERS, prefix.bytes(), limit)?;
        let mut letters = Vec::with_capacity(rows.len());
        for (key, _) in rows {
            let id = key.get(prefix.bytes().len() + 8..).ok_or(Damaged("letter row"))?;
            letters.extend(self.letter(LetterId::from_key(id)?)?);
        }
        Ok(letters)
    }
}

/// The dossier of a letter's row, and the rows of the list for which it accounts.
///
/// # Errors
/// The row is damaged.
pub fn accounts_for(key: &[u8], value: &[u8]) -> Result<(DossierId, Vec<Vec<u8>>), Damaged> {
    let id = LetterId::from_key(key)?;
    let outside = Outside::take(&mut Bytes::new(value))?;
    let rows = outside.deliveries.iter();
    let rows = rows.filter_map(|d| listed_key(id, d.channel, d.state, d.at).map(Vec::from));
    Ok((id.dossier, rows.collect()))
}
