//! Counts what reaches the storage, and remembers whether a sync ever failed.

use std::io;
use std::ops::Bound;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use ::redb::{BackendError, StorageBackend};

use crate::store::engine::Stats;

/// A storage that counts. Clones share the storage and the counts, so that a database that was
/// closed can be opened again on the same open file.
#[derive(Clone, Debug)]
pub(super) struct Meter(Arc<Metered>);

#[derive(Debug)]
struct Metered {
    storage: Box<dyn StorageBackend>,
    writes: AtomicU64,
    written_bytes: AtomicU64,
    syncs: AtomicU64,
    sync_failed: AtomicBool,
}

impl Meter {
    pub(super) fn new(storage: impl StorageBackend) -> Self {
        Self(Arc::new(Metered {
            storage: Box::new(storage),
            writes: AtomicU64::new(0),
            written_bytes: AtomicU64::new(0),
            syncs: AtomicU64::new(0),
            sync_failed: AtomicBool::new(false),
        }))
    }

    pub(super) fn sync_failed(&self) -> bool {
        self.0.sync_failed.load(Ordering::Acquire)
    }

    /// The counts of the storage beside those of the batches.
    pub(super) fn fill(&self, counted: Stats) -> io::Result<Stats> {
        Ok(Stats {
            writes: self.0.writes.load(Ordering::Relaxed),
            written_bytes: self.0.written_bytes.load(Ordering::Relaxed),
            syncs: self.0.syncs.load(Ordering::Relaxed),
            file_bytes: self.0.storage.len()?,
            ..counted
        })
    }
}

impl StorageBackend for Meter {
    fn len(&self) -> io::Result<u64> {
        self.0.storage.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.0.storage.read(offset, out)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.0.storage.set_len(len)
    }

    fn sync_data(&self) -> io::Result<()> {
        self.0.syncs.fetch_add(1, Ordering::Relaxed);
        let result = self.0.storage.sync_data();
        if result.is_err() {
            self.0.sync_failed.store(true, Ordering::Release);
        }
        result
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.0.writes.fetch_add(1, Ordering::Relaxed);
        self.0.written_bytes.fetch_add(data.len() as u64, Ordering::Relaxed);
        self.0.storage.write(offset, data)
    }

    fn close(&self) -> io::Result<()> {
        self.0.storage.close()
    }

    fn try_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.0.storage.try_lock_range(start, end)
    }

    fn try_lock_shared_range(
        &self,
        start: Bound<u64>,
        end: Bound<u64>,
    ) -> Result<bool, BackendError> {
        self.0.storage.try_lock_shared_range(start, end)
    }

    fn lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.0.storage.lock_range(start, end)
    }

    fn lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.0.storage.lock_shared_range(start, end)
    }

    fn unlock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.0.storage.unlock_range(start, end)
    }

    fn query_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.0.storage.query_lock_range(start, end)
    }
}
