//! Records in a chain of hashes beside the events' logs: numbered from 1 without gaps, each hashed with
//! the one before it.

use super::codec::wire::{Damaged, Reader as Bytes, Wire, record};
use super::engine::Table;
use super::event_log::{Hash, link};
use super::ledger::Failure;
use super::reader::Reader;
use super::tables::{Key, META};
use super::txn::Txn;

/// Where a chain lies: the table of its rows, and the row of `meta` that says where it ends.
#[derive(Clone, Copy, Debug)]
pub struct Chain {
    /// `number → hash, record`.
    pub rows: Table,
    /// The row of `meta`.
    pub end: &'static [u8],
}

/// Where a chain ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct End {
    /// How many records there are.
    pub count: u64,
    /// The hash at the last one; zeros when there is none.
    pub hash: Hash,
}

record! { End { count, hash } }

/// A record as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked<T> {
    /// Its place.
    pub number: u64,
    /// What it says.
    pub record: T,
    /// The hash that its row states.
    pub hash: Hash,
}

/// What is hashed of a record: its place, then its bytes.
fn hashed(number: u64, record: &[u8]) -> Vec<u8> {
    [&number.to_be_bytes(), record].concat()
}

impl<T: Wire> Linked<T> {
    /// The record of a row, and its hash as the row and the hash before give it.
    ///
    /// # Errors
    /// The row is damaged.
    pub fn of_row(key: &[u8], value: &[u8], before: &Hash) -> Result<(Self, Hash), Damaged> {
        let number = u64::from_be_bytes(Bytes::new(key).array()?);
        let mut input = Bytes::new(value);
        let hash = input.array()?;
        let bytes = input.rest();
        let record = T::from_bytes(bytes)?;
        Ok((Self { number, record, hash }, link(before, &hashed(number, bytes))))
    }
}

impl Txn<'_> {
    /// Appends a record to a chain; the answer is its place.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub(super) fn chain(&mut self, chain: Chain, record: &[u8]) -> Result<u64, Failure> {
        let end = self.get(META, chain.end)?.map(|row| End::from_bytes(&row)).transpose()?;
        let end = end.unwrap_or_default();
        let number = end.count + 1;
        let hash = link(&end.hash, &hashed(number, record));
        self.put(chain.rows, Key::new().number(number), [&hash[..], record].concat());
        self.put(META, chain.end, End { count: number, hash }.to_bytes());
        Ok(number)
    }
}

impl Reader {
    /// Where a chain ends.
    ///
    /// # Errors
    /// The engine cannot be read, or the row is damaged.
    pub fn chain_end(&self, chain: Chain) -> Result<End, Failure> {
        let row = self.get(META, chain.end)?;
        Ok(row.map(|row| End::from_bytes(&row)).transpose()?.unwrap_or_default())
    }

    /// A record of a chain by its place.
    ///
    /// # Errors
    /// The engine cannot be read, or the row is damaged.
    pub fn linked<T: Wire>(&self, chain: Chain, number: u64) -> Result<Option<Linked<T>>, Failure> {
        let key = Key::new().number(number);
        let Some(row) = self.get(chain.rows, key.bytes())? else { return Ok(None) };
        Ok(Some(Linked::of_row(key.bytes(), &row, &[0; 32])?.0))
    }
}
