//! The record of what people agreed to, took back and asked for about their data (table `privacy`), a
//! chain of its own. It names persons by keyed digests and stays when what it is about is gone.

use super::chained::{Chain, Linked};
use super::codec::wire::{Damaged, Reader as Bytes, Wire, record, tagged};
use super::ledger::Failure;
use super::persons::PersonId;
use super::reader::Reader;
use super::tables::{Key, PRIVACY, PRIVACY_OF};
use super::txn::Txn;
use crate::domain::privacy::{Act, Entry, Purpose, Way};

/// The chain.
pub const CHAIN: Chain = Chain { rows: PRIVACY, end: b"privacy" };

tagged! {
    Act {
        1 = Agreed, 2 = Withdrew, 3 = Exported, 4 = Asked, 5 = Told, 6 = Extended, 7 = Granted,
        8 = Refused, 9 = TookBack, 10 = Restricted, 11 = Released, 12 = Erased, 13 = Closed,
    }
    Purpose { 1 = Remember, 2 = Papers }
    Way { 1 = Filing, 2 = Account, 3 = Papers, 4 = Counter, 5 = Office }
}

record! { Entry { at, person, actor, act, purpose, version, text, way, request } }

impl Txn<'_> {
    /// Appends a line to the record.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn note_privacy(&mut self, entry: &Entry) -> Result<(), Failure> {
        let number = self.chain(CHAIN, &entry.to_bytes())?;
        self.put(PRIVACY_OF, Key::new().fixed(&entry.person).number(number), Vec::new());
        Ok(())
    }
}

impl Reader {
    /// The record of a person, the oldest line first.
    ///
    /// # Errors
    /// The engine cannot be read, or a row is damaged.
    pub fn privacy_of(&self, person: PersonId) -> Result<Vec<Entry>, Failure> {
        let rows = self.scan(PRIVACY_OF, &person.0, None, usize::MAX)?;
        let mut entries = Vec::with_capacity(rows.len());
        for (key, _) in rows {
            let place = Bytes::new(key.get(person.0.len()..).unwrap_or_default()).array();
            let number = u64::from_be_bytes(place?);
            let found: Option<Linked<Entry>> = self.linked(CHAIN, number)?;
            entries.push(found.ok_or(Damaged("a line of the record of data is missing"))?.record);
        }
        Ok(entries)
    }
}
