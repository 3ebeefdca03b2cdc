//! The same puts, with the same boundaries of commits, on redb and nothing else.

use std::path::Path;
use std::time::{Duration, Instant};

use redb::{Database, Durability, TableDefinition};

use super::BenchError;
use crate::store::engine::{Batch, Change};

/// Commits the batches to a new file, durably, and says how long it took. The first ones lay down
/// what the measured ones build on and are not timed.
pub(super) fn replay(
    path: &Path,
    before: &[Batch],
    batches: &[Batch],
) -> Result<Duration, BenchError> {
    let raw = |error: &dyn std::fmt::Display| BenchError::Raw(error.to_string());
    let database = Database::builder()
        .set_cache_size(crate::store::engine::redb::Options::durable().cache_bytes)
        .create(path)
        .map_err(|error| raw(&error))?;
    for batch in before {
        commit(&database, batch).map_err(|error| raw(&error))?;
    }
    let begun = Instant::now();
    for batch in batches {
        commit(&database, batch).map_err(|error| raw(&error))?;
    }
    Ok(begun.elapsed())
}

fn commit(database: &Database, batch: &Batch) -> Result<(), redb::Error> {
    let mut transaction = database.begin_write()?;
    transaction.set_durability(Durability::Immediate)?;
    for (table, changes) in batch.tables() {
        let definition: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new(table.0);
        let mut rows = transaction.open_table(definition)?;
        for (key, change) in changes {
            match change {
                Change::Put(value) => drop(rows.insert(key.as_slice(), value.as_slice())?),
                Change::Delete => drop(rows.remove(key.as_slice())?),
            }
        }
    }
    Ok(transaction.commit()?)
}
