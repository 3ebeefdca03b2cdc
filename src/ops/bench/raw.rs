//! The same puts, with the same boundaries of commits, on redb and nothing else.

use std::path::Path;
use std::time::{Duration, Instant};

use redb::{Database, Durability, TableDefinition};

use super::BenchError;
use super::observed::{Batches, Noted};

/// Commits the batches to a new file, durably, and says how long it took. The first ones lay down
/// what the measured ones build on and are not timed.
pub(super) fn replay(
    path: &Path,
    before: &Batches,
    batches: &Batches,
) -> Result<Duration, BenchError> {
    let raw = |error: &dyn std::fmt::Display| BenchError::Raw(error.to_string());
    let longest = before.longest().max(batches.longest());
    let values: Vec<u8> = (0..longest).map(|at| (at * 151 % 251) as u8).collect();
    let database = Database::builder()
        .set_cache_size(crate::store::engine::redb::Options::durable().cache_bytes)
        .create(path)
        .map_err(|error| raw(&error))?;
    for batch in before.iter() {
        commit(&database, batch, &values).map_err(|error| raw(&error))?;
    }
    let begun = Instant::now();
    for batch in batches.iter() {
        commit(&database, batch, &values).map_err(|error| raw(&error))?;
    }
    Ok(begun.elapsed())
}

fn commit<'a>(
    database: &Database,
    batch: impl Iterator<Item = Noted<'a>>,
    values: &[u8],
) -> Result<(), redb::Error> {
    let mut transaction = database.begin_write()?;
    transaction.set_durability(Durability::Immediate)?;
    let mut batch = batch.peekable();
    while let Some(Noted { table, .. }) = batch.peek().copied() {
        let definition: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new(table.0);
        let mut rows = transaction.open_table(definition)?;
        while let Some(row) = batch.next_if(|row| row.table == table) {
            match row.value {
                Some(length) => drop(rows.insert(row.key, &values[..length])?),
                None => drop(rows.remove(row.key)?),
            }
        }
    }
    Ok(transaction.commit()?)
}
