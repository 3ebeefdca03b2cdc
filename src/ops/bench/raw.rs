//! The same puts, with the same boundaries of commits, on redb and nothing else.

use std::path::Path;
use std::time::{Duration, Instant};

use redb::{Database, Durability, TableDefinition};

use super::BenchError;
use super::observed::{Batches, Noted};

/// A file of raw redb.
pub(super) struct Raw {
    database: Database,
    /// What values are cut from.
    values: Vec<u8>,
}

impl Raw {
    /// A new one.
    pub fn create(path: &Path) -> Result<Self, BenchError> {
        let database = Database::builder()
            .set_cache_size(crate::store::engine::redb::Options::durable().cache_bytes)
            .create(path)
            .map_err(|error| BenchError::Raw(error.to_string()))?;
        Ok(Self { database, values: Vec::new() })
    }

    /// Commits the batches, durably, and says how long it took.
    pub fn replay(&mut self, batches: &Batches) -> Result<Duration, BenchError> {
        let longest = batches.longest().max(self.values.len());
        self.values = (0..longest).map(|at| (at * 151 % 251) as u8).collect();
        let begun = Instant::now();
        for batch in batches.iter() {
            commit(&self.database, batch, &self.values)
                .map_err(|error| BenchError::Raw(error.to_string()))?;
        }
        Ok(begun.elapsed())
    }
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
