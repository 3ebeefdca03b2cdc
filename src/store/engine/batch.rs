//! What one commit writes.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use super::Table;

/// What happens to one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The key gets this value, whether or not it had one.
    Put(Vec<u8>),
    /// The key is removed, if it is there.
    Delete,
}

/// Changes of any number of keys and tables that are committed together.
///
/// Kept sorted by table and key, since an engine that applies changes in key order touches each
/// page once. The last change of a key wins. Copies share their tables until one is changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    tables: BTreeMap<Table, Arc<BTreeMap<Vec<u8>, Change>>>,
    len: usize,
    bytes: usize,
}

impl Batch {
    /// A batch without changes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the value of a key.
    pub fn put(&mut self, table: Table, key: impl Into<Vec<u8>>, value: impl Into<Vec<u8>>) {
        self.change(table, key.into(), Change::Put(value.into()));
    }

    /// Removes a key.
    pub fn delete(&mut self, table: Table, key: impl Into<Vec<u8>>) {
        self.change(table, key.into(), Change::Delete);
    }

    /// Adds the changes of a later batch; where both change a key, the later one wins.
    pub fn append(&mut self, later: Self) {
        for (table, changes) in later.tables {
            if let Entry::Vacant(place) = self.tables.entry(table) {
                self.len += changes.len();
                let bytes = |(key, change): (&Vec<u8>, &Change)| key.len() + value_bytes(change);
                self.bytes += changes.iter().map(bytes).sum::<usize>();
                place.insert(changes);
                continue;
            }
            for (key, change) in Arc::unwrap_or_clone(changes) {
                self.change(table, key, change);
            }
        }
    }

    fn change(&mut self, table: Table, key: Vec<u8>, change: Change) {
        let (key_bytes, new_bytes) = (key.len(), value_bytes(&change));
        match Arc::make_mut(self.tables.entry(table).or_default()).insert(key, change) {
            Some(old) => self.bytes = self.bytes - value_bytes(&old) + new_bytes,
            None => {
                self.len += 1;
                self.bytes += key_bytes + new_bytes;
            }
        }
    }

    /// What this batch does to a key, if anything.
    pub fn get(&self, table: Table, key: &[u8]) -> Option<&Change> {
        self.tables.get(&table)?.get(key)
    }

    /// The number of keys changed.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing is changed.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The bytes of all keys and values.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// The changes of each table, tables and keys in order.
    pub fn tables(&self) -> impl Iterator<Item = (Table, &BTreeMap<Vec<u8>, Change>)> {
        self.tables.iter().map(|(table, changes)| (*table, &**changes))
    }

    /// All changes, in order of table and key.
    pub fn iter(&self) -> impl Iterator<Item = (Table, &[u8], &Change)> {
        self.tables().flat_map(|(table, changes)| {
            changes.iter().map(move |(key, change)| (table, key.as_slice(), change))
        })
    }

    /// The numbers of puts and of deletes.
    pub fn counts(&self) -> (usize, usize) {
        let puts = self.iter().filter(|(_, _, change)| matches!(change, Change::Put(_))).count();
        (puts, self.len - puts)
    }
}

fn value_bytes(change: &Change) -> usize {
    match change {
        Change::Put(value) => value.len(),
        Change::Delete => 0,
    }
}
