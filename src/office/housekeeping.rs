//! What a running instance does beside its requests, and what it tells of itself.

use jiff::Timestamp;

use super::{Failure, Office};
use crate::store::codec::wire::Damaged;
use crate::store::engine::{Batch, Direction, Engine, Table, scan_prefix};
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

/// Judges a row by its key and its value.
type IsOld<'a> = dyn Fn(&[u8], &[u8]) -> Result<bool, Damaged> + 'a;

impl Office {
    /// Makes sessions, drafts and waiting uploads durable; the server calls it each second and at
    /// its end.
    ///
    /// # Errors
    /// The disk fails.
    pub fn flush_relaxed(&self) -> Result<(), Failure> {
        Ok(self.relaxed.flush()?)
    }

    /// When the last event happened, if there is one.
    ///
    /// # Errors
    /// The store fails.
    pub fn last_instant(&self) -> Result<Option<Timestamp>, Failure> {
        Ok(self.ledger.reader()?.last_commit()?.map(|row| row.at))
    }

    /// Removes rows of a relaxed table that nobody needs any more, some at a time.
    ///
    /// # Errors
    /// The store fails, or a row cannot be read.
    pub(super) fn sweep_relaxed(&self, table: Table, is_old: &IsOld<'_>) -> Result<(), Failure> {
        const PORTION: usize = 1_000;
        let mut after: Option<Vec<u8>> = None;
        loop {
            let snapshot = self.relaxed.snapshot()?;
            let (from, forward) = (after.as_deref(), Direction::Forward);
            let rows = scan_prefix(snapshot.as_ref(), table, &[], from, forward, PORTION)?;
            let mut batch = Batch::new();
            for (key, bytes) in &rows {
                if is_old(key, bytes)? {
                    batch.delete(table, key.clone());
                }
            }
            self.relaxed.commit(batch)?;
            match rows.last() {
                Some((key, _)) if rows.len() == PORTION => after = Some(key.clone()),
                _ => return Ok(()),
            }
        }
    }

    /// Forgets sessions that are over, one-time codes that are too old, and answers that no repeated
    /// request asks for any more.
    ///
    /// # Errors
    /// The store fails.
    pub fn sweep(&self) -> Result<(), Failure> {
        const PORTION: usize = 1_000;
        self.sweep_sessions()?;
        self.sweep_replies()?;
        self.sweep_drafts()?;
        self.sweep_uploads()?;
        self.sweep_tickets()?;
        self.sweep_asked()?;
        let mut after = self.sweep_answers(None, PORTION)?;
        while after.is_some() {
            after = self.sweep_answers(after, PORTION)?;
        }
        Ok(())
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
