//! An engine that notes every batch, so that the same puts can be measured without us. It notes keys
//! and the lengths of values, which is what they cost; keeping the values too would slow down what
//! is measured.

use std::sync::{Arc, Mutex, PoisonError};

use crate::store::engine::redb::RedbEngine;
use crate::store::engine::{Batch, Change, Engine, Fault, Snapshot, Stats, Table};

/// Batches as they were committed, in order.
#[derive(Default)]
pub(super) struct Batches {
    keys: Vec<u8>,
    /// Table, end of the key, and the length of the value; none when the key was deleted.
    rows: Vec<(Table, usize, Option<usize>)>,
    /// How many rows there were at the end of each batch.
    ends: Vec<usize>,
}

/// A noted change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Noted<'a> {
    pub table: Table,
    pub key: &'a [u8],
    /// The length of the value; none when the key was deleted.
    pub value: Option<usize>,
}

impl Batches {
    fn note(&mut self, batch: &Batch) {
        for (table, key, change) in batch.iter() {
            self.keys.extend_from_slice(key);
            let value = match change {
                Change::Put(value) => Some(value.len()),
                Change::Delete => None,
            };
            self.rows.push((table, self.keys.len(), value));
        }
        if !batch.is_empty() {
            self.ends.push(self.rows.len());
        }
    }

    /// Each batch's changes, in order of table and key.
    pub fn iter(&self) -> impl Iterator<Item = impl Iterator<Item = Noted<'_>>> {
        (0..self.ends.len()).map(move |batch| {
            let start = batch.checked_sub(1).map_or(0, |before| self.ends[before]);
            (start..self.ends[batch]).map(move |row| {
                let begin = row.checked_sub(1).map_or(0, |before| self.rows[before].1);
                let (table, end, value) = self.rows[row];
                Noted { table, key: &self.keys[begin..end], value }
            })
        })
    }

    /// How many commits there were, and how many puts and deletes in them.
    #[cfg(test)]
    pub fn counts(&self) -> (usize, usize, usize) {
        let puts = self.rows.iter().filter(|(_, _, value)| value.is_some()).count();
        (self.ends.len(), puts, self.rows.len() - puts)
    }

    /// The length of the longest value.
    pub fn longest(&self) -> usize {
        self.rows.iter().filter_map(|(_, _, value)| *value).max().unwrap_or(0)
    }
}

/// Notes what is committed.
#[derive(Clone, Default)]
pub(super) struct Tape(Arc<Mutex<Batches>>);

impl Tape {
    /// Takes what was noted.
    pub fn take(&self) -> Batches {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The engine, observed.
    pub fn observe(&self, engine: Arc<RedbEngine>) -> Arc<dyn Engine> {
        Arc::new(Observed { engine, tape: self.clone() })
    }
}

struct Observed {
    engine: Arc<RedbEngine>,
    tape: Tape,
}

impl Engine for Observed {
    fn snapshot(&self) -> Result<Box<dyn Snapshot>, Fault> {
        self.engine.snapshot()
    }

    fn apply(&self, batch: &Batch) -> Result<(), Fault> {
        self.tape.0.lock().unwrap_or_else(PoisonError::into_inner).note(batch);
        self.engine.apply(batch)
    }

    fn flush(&self) -> Result<(), Fault> {
        self.engine.flush()
    }

    fn stats(&self) -> Result<Stats, Fault> {
        self.engine.stats()
    }
}

#[cfg(test)]
mod tests {
    use super::{Batches, Noted};
    use crate::store::engine::{Batch, Table};

    #[test]
    fn batches_come_back_with_keys_and_lengths() {
        let (a, b) = (Table("a"), Table("b"));
        let mut batches = Batches::default();
        let mut first = Batch::new();
        first.put(b, *b"xy", *b"12345");
        first.delete(a, *b"gone");
        batches.note(&first);
        batches.note(&Batch::new());
        let mut second = Batch::new();
        second.put(a, *b"z", *b"");
        batches.note(&second);
        let found: Vec<Vec<Noted<'_>>> = batches.iter().map(Iterator::collect).collect();
        let noted = |table, key, value| Noted { table, key, value };
        assert_eq!(
            found,
            [
                vec![noted(a, b"gone", None), noted(b, b"xy", Some(5))],
                vec![noted(a, b"z", Some(0))],
            ]
        );
        assert_eq!(batches.longest(), 5);
    }
}
