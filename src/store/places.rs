//! Where events lie. The log of the whole instance is kept in the order of commits, so that it only
//! grows at its end and its pages are full; the order of an agency's own log is kept beside it, in
//! rows of [`BLOCK`] places, so that an event is found by its sequence in two reads.

use std::collections::BTreeMap;

use super::codec::wire::{Damaged, Reader as Bytes, Wire};
use super::engine::{Batch, Fault, Table};
use super::tables::{Key, PLACES};
use crate::domain::ids::AgencyCode;

/// Places of one row.
const BLOCK: u64 = 64;

/// Where an event lies in the log of the instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The commit that made it durable.
    pub commit: u64,
    /// Its place among the events of that commit, from 0 without gaps.
    pub index: u32,
}

impl Place {
    /// The key of its row.
    pub fn key(self) -> Key {
        Key::new().number(self.commit).fixed(&self.index.to_be_bytes())
    }

    /// The place that a row's key names.
    ///
    /// # Errors
    /// The key is malformed.
    pub fn from_key(key: &[u8]) -> Result<Self, Damaged> {
        let mut input = Bytes::new(key);
        let commit = u64::from_be_bytes(input.array()?);
        let index = u32::from_be_bytes(input.array()?);
        if input.is_empty() { Ok(Self { commit, index }) } else { Err(Damaged("key of an event")) }
    }

    /// Appends it as a difference to the one before.
    fn put_after(self, before: Self, out: &mut Vec<u8>) {
        self.commit.wrapping_sub(before.commit).put(out);
        self.index.put(out);
    }

    fn take_after(before: Self, input: &mut Bytes<'_>) -> Result<Self, Damaged> {
        let commit = before.commit.wrapping_add(u64::take(input)?);
        Ok(Self { commit, index: u32::take(input)? })
    }

    const START: Self = Self { commit: 0, index: 0 };
}

/// An event by its agency's log, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRef {
    /// In this agency's log.
    pub agency: AgencyCode,
    /// At this sequence.
    pub sequence: u64,
    /// Where it lies.
    pub place: Place,
}

/// The events of a dossier, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refs(pub Vec<EventRef>);

impl Wire for Refs {
    fn put(&self, out: &mut Vec<u8>) {
        (self.0.len() as u64).put(out);
        let mut before: Option<&EventRef> = None;
        for event in &self.0 {
            // Most events lie in the same log as the one before.
            let same = before.filter(|before| before.agency == event.agency);
            match same {
                Some(_) => out.push(0),
                None => event.agency.put(out),
            }
            event.sequence.wrapping_sub(same.map_or(0, |same| same.sequence)).put(out);
            event.place.put_after(before.map_or(Place::START, |before| before.place), out);
            before = Some(event);
        }
    }

    fn take(input: &mut Bytes<'_>) -> Result<Self, Damaged> {
        let count = u64::take(input)?;
        let mut refs: Vec<EventRef> = Vec::new();
        for _ in 0..count {
            let before = refs.last();
            let named = AgencyCode::take(input)?;
            let (agency, start) = match before {
                Some(before) if named.as_str().is_empty() => {
                    (before.agency.clone(), before.sequence)
                }
                _ => (named, 0),
            };
            let sequence = start.wrapping_add(u64::take(input)?);
            let place = Place::take_after(before.map_or(Place::START, |b| b.place), input)?;
            refs.push(EventRef { agency, sequence, place });
        }
        Ok(Self(refs))
    }
}

/// Places of consecutive events of one log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block(pub Vec<Place>);

impl Wire for Block {
    fn put(&self, out: &mut Vec<u8>) {
        let mut before = Place::START;
        for place in &self.0 {
            place.put_after(before, out);
            before = *place;
        }
    }

    fn take(input: &mut Bytes<'_>) -> Result<Self, Damaged> {
        let (mut places, mut before) = (Vec::new(), Place::START);
        while !input.is_empty() {
            before = Place::take_after(before, input)?;
            places.push(before);
        }
        Ok(Self(places))
    }
}

impl Block {
    /// The key of the row that has a sequence's place, and which one of it.
    pub fn of(agency: &AgencyCode, sequence: u64) -> (Key, usize) {
        let at = sequence.saturating_sub(1);
        (Key::new().agency(agency).number(at / BLOCK), (at % BLOCK) as usize)
    }

    /// The sequence of the first event of a row, by the row's key.
    ///
    /// # Errors
    /// The key is malformed.
    pub fn first_of(key: &[u8]) -> Result<(AgencyCode, u64), Damaged> {
        let mut input = Bytes::new(key);
        let agency = AgencyCode::take(&mut input)?;
        let block = u64::from_be_bytes(input.array()?);
        let first = block.checked_mul(BLOCK).and_then(|first| first.checked_add(1));
        Ok((agency, first.ok_or(Damaged("key of places"))?))
    }
}

/// Writes the places of a batch's events, which follow those that `get` knows.
pub(super) fn append(
    events: &[EventRef],
    get: impl Fn(Table, &[u8]) -> Result<Option<Vec<u8>>, Fault>,
    batch: &mut Batch,
) -> Result<(), Fault> {
    let mut blocks: BTreeMap<Vec<u8>, Block> = BTreeMap::new();
    for event in events {
        let (key, at) = Block::of(&event.agency, event.sequence);
        let key = Vec::from(key);
        let block = match blocks.entry(key) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(new) => {
                let row = if at > 0 { get(PLACES, new.key())? } else { None };
                // A damaged row is written anew as far as it goes; `check` tells of it.
                let known = row.and_then(|bytes| Block::from_bytes(&bytes).ok());
                new.insert(known.unwrap_or_default())
            }
        };
        block.0.resize(at, Place::START);
        block.0.push(event.place);
    }
    for (key, block) in blocks {
        batch.put(PLACES, key, block.to_bytes());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Block, EventRef, Place, Refs};
    use crate::domain::ids::AgencyCode;
    use crate::store::codec::wire::Wire;

    fn event(agency: &str, sequence: u64, commit: u64, index: u32) -> EventRef {
        let place = Place { commit, index };
        EventRef { agency: AgencyCode::from(agency), sequence, place }
    }

    #[test]
    fn references_come_back_and_are_short() {
        let refs = Refs(vec![
            event("H40.12", 90_000, 1_000_000, 3),
            event("H40.12", 90_001, 1_000_000, 4),
            event("H40.01", 7, 1_000_090, 0),
            event("H40.12", 90_500, 1_000_400, 200),
        ]);
        let bytes = refs.to_bytes();
        assert_eq!(Refs::from_bytes(&bytes), Ok(refs));
        assert!(bytes.len() < 50, "{}", bytes.len());
        assert!(Refs::from_bytes(&bytes[..bytes.len() - 1]).is_err());
        assert!(Refs::from_bytes(&u64::MAX.to_bytes()).is_err());
    }

    #[test]
    fn a_sequence_has_one_place_in_one_block() {
        let agency = AgencyCode::from("H40.12");
        for (sequence, first, at) in [(1, 1, 0), (64, 1, 63), (65, 65, 0), (130, 129, 1)] {
            let (key, found) = Block::of(&agency, sequence);
            assert_eq!(Block::first_of(key.bytes()), Ok((agency.clone(), first)));
            assert_eq!(found, at);
        }
        let block = Block(vec![Place { commit: 5, index: 9 }, Place { commit: 700, index: 0 }]);
        assert_eq!(Block::from_bytes(&block.to_bytes()), Ok(block));
    }
}
