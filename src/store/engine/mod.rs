//! The key-value seam: snapshots, gets, bounded ranges and atomic batches over ordered byte keys
//! in named tables.
//!
//! The engine sees bytes only. What a key means is written in `store/tables.rs`, how a value is
//! encoded in `store/codec.rs`; nothing above this folder knows which engine is below, and no
//! engine imports anything of ours but the two languages of its faults.
//!
//! - [`Engine`] and [`Snapshot`] are the seam, [`Batch`] what is written, [`Fault`] what fails.
//! - [`redb`] keeps the tables in one file and is what runs in an office.
//! - [`memory`] keeps them in maps, for tests.
//! - [`crash`] is test support: a disk that loses power, fills up or turns read-only.
//!
//! One suite of tests (`tests.rs`) runs on every engine.

mod batch;
pub mod crash;
mod fault;
pub mod memory;
pub mod redb;
#[cfg(test)]
mod tests;
pub mod words;

use std::ops::Bound;

pub use batch::{Batch, Change};
pub use fault::{Fault, FaultKind};

/// A key and its value.
pub type Row = (Vec<u8>, Vec<u8>);

/// The name of an ordered table of byte keys and byte values.
///
/// Names are part of the stored format: renaming a table loses its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Table(pub &'static str);

/// The order in which a range is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// Ascending keys.
    #[default]
    Forward,
    /// Descending keys; a limit counts from the upper end.
    Backward,
}

/// What an engine has done since it was opened, and how large it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Batches committed.
    pub commits: u64,
    /// Rows put by them.
    pub puts: u64,
    /// Rows deleted by them, whether or not they existed.
    pub deletes: u64,
    /// Bytes of keys and values in them.
    pub batch_bytes: u64,
    /// Bytes that reached the storage, which is more: whole pages are written. 0 in memory.
    pub written_bytes: u64,
    /// Writes to the storage; redb makes one for each dirty page, and one or two for its header.
    pub writes: u64,
    /// Times the storage was asked to make everything durable.
    pub syncs: u64,
    /// Length of the storage in bytes, free pages included. 0 in memory.
    pub file_bytes: u64,
}

impl Stats {
    /// Adds a committed batch.
    fn count(&mut self, batch: &Batch) {
        let (puts, deletes) = batch.counts();
        self.commits += 1;
        self.puts += puts as u64;
        self.deletes += deletes as u64;
        self.batch_bytes += batch.bytes() as u64;
    }
}

/// An ordered key-value store.
pub trait Engine: Send + Sync + 'static {
    /// A view of all tables as the last finished commit left them; later commits don't show in it.
    ///
    /// A snapshot keeps the pages it sees from being used again: drop it within seconds.
    ///
    /// # Errors
    /// When the storage failed earlier and cannot be opened again.
    fn snapshot(&self) -> Result<Box<dyn Snapshot>, Fault>;

    /// Applies a batch, all of it or nothing. When this returns `Ok`, the batch is visible to new
    /// snapshots and, unless the engine was opened as relaxed, survives the loss of power.
    ///
    /// An empty batch costs nothing. Commits from several threads happen one after the other.
    ///
    /// # Errors
    /// After an error the batch is there wholly or not at all; a new snapshot tells which.
    fn apply(&self, batch: &Batch) -> Result<(), Fault>;

    /// As [`Engine::apply`], for a batch that is not needed any more.
    ///
    /// # Errors
    /// As for [`Engine::apply`].
    fn commit(&self, batch: Batch) -> Result<(), Fault> {
        self.apply(&batch)
    }

    /// Makes every earlier commit durable, for engines opened as relaxed.
    ///
    /// # Errors
    /// When the storage cannot be written.
    fn flush(&self) -> Result<(), Fault>;

    /// Counters and size.
    ///
    /// # Errors
    /// When the size of the storage cannot be read.
    fn stats(&self) -> Result<Stats, Fault>;
}

/// A consistent view of all tables.
pub trait Snapshot: Send + Sync {
    /// The value of a key.
    ///
    /// # Errors
    /// When the table was not named at the opening, or its pages cannot be read.
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, Fault>;

    /// The values of several keys, in the order of the keys.
    ///
    /// # Errors
    /// As for [`Snapshot::get`].
    fn multi_get(&self, table: Table, keys: &[&[u8]]) -> Result<Vec<Option<Vec<u8>>>, Fault> {
        keys.iter().map(|key| self.get(table, key)).collect()
    }

    /// At most `limit` rows between two bounds, in the given order. Bounds that cross give no row.
    ///
    /// # Errors
    /// As for [`Snapshot::get`].
    fn range(
        &self,
        table: Table,
        from: Bound<&[u8]>,
        to: Bound<&[u8]>,
        direction: Direction,
        limit: usize,
    ) -> Result<Vec<Row>, Fault>;

    /// The number of rows in a table, known without counting.
    ///
    /// # Errors
    /// As for [`Snapshot::get`].
    fn len(&self, table: Table) -> Result<u64, Fault>;
}

/// The upper bound of all keys that begin with `prefix`: the next prefix of the same length, or
/// none when every byte is `0xff`.
pub fn prefix_end(prefix: &[u8]) -> Bound<Vec<u8>> {
    match prefix.iter().rposition(|byte| *byte != u8::MAX) {
        Some(last) => {
            let mut end = prefix[..=last].to_vec();
            end[last] += 1;
            Bound::Excluded(end)
        }
        None => Bound::Unbounded,
    }
}

/// At most `limit` rows whose keys begin with `prefix`, strictly after the key `after` in the given
/// direction: the next page of a list.
///
/// A cursor outside the prefix gives what lies on its far side, so a forged one shows no foreign
/// row.
///
/// # Errors
/// As for [`Snapshot::get`].
pub fn scan_prefix(
    snapshot: &dyn Snapshot,
    table: Table,
    prefix: &[u8],
    after: Option<&[u8]>,
    direction: Direction,
    limit: usize,
) -> Result<Vec<Row>, Fault> {
    let end = prefix_end(prefix);
    let mut from = Bound::Included(prefix);
    let mut to = end.as_ref().map(Vec::as_slice);
    match (after, direction) {
        (Some(key), Direction::Forward) if key >= prefix => from = Bound::Excluded(key),
        (Some(key), Direction::Backward) if below(key, to) => to = Bound::Excluded(key),
        _ => {}
    }
    snapshot.range(table, from, to, direction, limit)
}

/// Whether a key lies before an upper bound.
fn below(key: &[u8], to: Bound<&[u8]>) -> bool {
    match to {
        Bound::Included(end) => key <= end,
        Bound::Excluded(end) => key < end,
        Bound::Unbounded => true,
    }
}

/// Whether no key can lie between two bounds.
fn crossed(from: Bound<&[u8]>, to: Bound<&[u8]>) -> bool {
    match (from, to) {
        (Bound::Unbounded, _) | (_, Bound::Unbounded) => false,
        (Bound::Included(a), Bound::Included(b)) => a > b,
        (Bound::Included(a) | Bound::Excluded(a), Bound::Included(b) | Bound::Excluded(b)) => {
            a >= b
        }
    }
}
