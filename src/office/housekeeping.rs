//! What a running instance does beside its requests, and what it tells of itself.

use super::{Failure, Office};
use crate::store::engine::Engine;
use crate::store::tables::DOSSIERS;

/// How busy an instance is; counters begin at zero with the process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Commands decided.
    pub commands: u64,
    /// Batches made durable.
    pub batches: u64,
    /// Commands that wait for the writer.
    pub waiting: u64,
    /// The number of the last commit that has events.
    pub last_commit: u64,
    /// The commit up to which the search index has read.
    pub indexed_commit: u64,
    /// Dossiers in the store.
    pub dossiers: u64,
    /// Size of the durable file, in bytes.
    pub store_bytes: u64,
}

impl Office {
    /// Makes sessions, drafts and waiting uploads durable; the server calls it each second and at
    /// its end.
    ///
    /// # Errors
    /// The disk fails.
    pub fn flush_relaxed(&self) -> Result<(), Failure> {
        Ok(self.relaxed.flush()?)
    }

    /// Makes everything durable, for an instance that was opened without waiting for the disk.
    ///
    /// # Errors
    /// The disk fails.
    pub fn flush(&self) -> Result<(), Failure> {
        self.durable.flush()?;
        self.flush_relaxed()
    }

    /// The number of the last commit that has events; another one means that a dossier changed.
    pub fn last_commit(&self) -> u64 {
        *self.ledger.commits().borrow()
    }

    /// How busy the instance is.
    ///
    /// # Errors
    /// The store or the index cannot be read.
    pub fn load(&self) -> Result<Load, Failure> {
        let reader = self.ledger.reader()?;
        let (commands, waiting) = self.ledger.traffic();
        let stats = self.durable.stats()?;
        Ok(Load {
            commands,
            batches: stats.commits,
            waiting,
            last_commit: reader.last_commit()?.map_or(0, |row| row.commit),
            indexed_commit: self.indexed_commit()?,
            dossiers: reader.len(DOSSIERS)?,
            store_bytes: stats.file_bytes,
        })
    }
}
