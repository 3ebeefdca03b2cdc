//! A snapshot: one read transaction and the tables opened in it.

use std::ops::Bound;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, OnceLock};

use ::redb::{
    AccessGuard, Error, ReadOnlyTable, ReadTransaction, ReadableTableMetadata, StorageError,
};

use super::definition;
use super::health::Health;
use crate::store::engine::{Direction, Fault, FaultKind, Row, Snapshot, Table, crossed};

/// What was being done when reading failed.
const READ: &str = "read";

type Rows = ReadOnlyTable<&'static [u8], &'static [u8]>;

/// A view of a redb file.
pub(super) struct RedbSnapshot {
    transaction: ReadTransaction,
    /// Sorted by name; `opened` has the same order.
    tables: Arc<[Table]>,
    opened: Box<[OnceLock<Rows>]>,
    health: Arc<Health>,
}

impl RedbSnapshot {
    pub(super) fn new(
        transaction: ReadTransaction,
        tables: Arc<[Table]>,
        health: Arc<Health>,
    ) -> Self {
        let opened = tables.iter().map(|_| OnceLock::new()).collect();
        Self { transaction, tables, opened, health }
    }

    fn rows(&self, table: Table) -> Result<&Rows, Fault> {
        let place = self.tables.binary_search(&table).map_err(|_| Fault::unknown_table(table))?;
        let cell = &self.opened[place];
        if let Some(rows) = cell.get() {
            return Ok(rows);
        }
        let rows = self.transaction.open_table(definition(table)).map_err(|e| self.fault(e))?;
        Ok(cell.get_or_init(|| rows))
    }

    fn fault(&self, error: impl Into<Error>) -> Fault {
        self.health.judge(READ, error)
    }

    /// Reads. A damaged page can make redb panic; that is a fault like any other, and nothing of
    /// ours is half done then.
    fn reading<T>(&self, read: impl FnOnce(&Self) -> Result<T, Fault>) -> Result<T, Fault> {
        panic::catch_unwind(AssertUnwindSafe(|| read(self))).unwrap_or_else(|_| {
            Err(Fault::new(FaultKind::Damaged, READ, "the file's structure is broken"))
        })
    }
}

impl Snapshot for RedbSnapshot {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        self.reading(|this| {
            let found = this.rows(table)?.get(key).map_err(|error| this.fault(error))?;
            Ok(found.map(|value| value.value().to_vec()))
        })
    }

    fn range(
        &self,
        table: Table,
        from: Bound<&[u8]>,
        to: Bound<&[u8]>,
        direction: Direction,
        limit: usize,
    ) -> Result<Vec<Row>, Fault> {
        self.reading(|this| {
            let rows = this.rows(table)?;
            if limit == 0 || crossed(from, to) {
                return Ok(Vec::new());
            }
            let found = rows.range::<&[u8]>((from, to)).map_err(|error| this.fault(error))?;
            let taken: Result<Vec<Row>, StorageError> = match direction {
                Direction::Forward => found.take(limit).map(owned).collect(),
                Direction::Backward => found.rev().take(limit).map(owned).collect(),
            };
            taken.map_err(|error| this.fault(error))
        })
    }

    fn len(&self, table: Table) -> Result<u64, Fault> {
        self.reading(|this| this.rows(table)?.len().map_err(|error| this.fault(error)))
    }
}

type Guard = AccessGuard<'static, &'static [u8]>;

fn owned(row: Result<(Guard, Guard), StorageError>) -> Result<Row, StorageError> {
    row.map(|(key, value)| (key.value().to_vec(), value.value().to_vec()))
}
