//! Tables in maps, for tests: the same answers as on disk, and nothing survives.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Batch, Change, Direction, Engine, Fault, Row, Snapshot, Stats, Table, crossed};

type Rows = BTreeMap<Vec<u8>, Vec<u8>>;
type Tables = BTreeMap<Table, Arc<Rows>>;

/// An engine in memory.
///
/// A snapshot shares the maps; a commit copies the tables that it changes if a snapshot still sees
/// them.
#[derive(Debug)]
pub struct MemoryEngine {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    tables: Arc<Tables>,
    stats: Stats,
}

impl MemoryEngine {
    /// An engine with these tables, all empty.
    pub fn new(tables: &[Table]) -> Self {
        let tables = tables.iter().map(|table| (*table, Arc::default())).collect();
        Self { state: Mutex::new(State { tables: Arc::new(tables), stats: Stats::default() }) }
    }
}

impl Engine for MemoryEngine {
    fn snapshot(&self) -> Result<Box<dyn Snapshot>, Fault> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Box::new(MemorySnapshot { tables: Arc::clone(&state.tables) }))
    }

    fn apply(&self, batch: &Batch) -> Result<(), Fault> {
        if batch.is_empty() {
            return Ok(());
        }
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((table, _)) = batch.tables().find(|(name, _)| !state.tables.contains_key(name))
        {
            return Err(Fault::unknown_table(table));
        }
        state.stats.count(batch);
        let tables = Arc::make_mut(&mut state.tables);
        for (table, changes) in batch.tables() {
            let rows = Arc::make_mut(tables.entry(table).or_default());
            for (key, change) in changes {
                match change {
                    Change::Put(value) => rows.insert(key.clone(), value.clone()),
                    Change::Delete => rows.remove(key),
                };
            }
        }
        Ok(())
    }

    fn flush(&self) -> Result<(), Fault> {
        Ok(())
    }

    fn stats(&self) -> Result<Stats, Fault> {
        Ok(self.state.lock().unwrap_or_else(PoisonError::into_inner).stats)
    }
}

#[derive(Debug)]
struct MemorySnapshot {
    tables: Arc<Tables>,
}

impl MemorySnapshot {
    fn rows(&self, table: Table) -> Result<&Rows, Fault> {
        self.tables.get(&table).map(Arc::as_ref).ok_or_else(|| Fault::unknown_table(table))
    }
}

impl Snapshot for MemorySnapshot {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        Ok(self.rows(table)?.get(key).cloned())
    }

    fn range(
        &self,
        table: Table,
        from: Bound<&[u8]>,
        to: Bound<&[u8]>,
        direction: Direction,
        limit: usize,
    ) -> Result<Vec<Row>, Fault> {
        let rows = self.rows(table)?;
        if crossed(from, to) {
            return Ok(Vec::new());
        }
        let found = rows.range::<[u8], _>((from, to));
        let owned = |(key, value): (&Vec<u8>, &Vec<u8>)| (key.clone(), value.clone());
        Ok(match direction {
            Direction::Forward => found.take(limit).map(owned).collect(),
            Direction::Backward => found.rev().take(limit).map(owned).collect(),
        })
    }

    fn len(&self, table: Table) -> Result<u64, Fault> {
        Ok(self.rows(table)?.len() as u64)
    }
}
