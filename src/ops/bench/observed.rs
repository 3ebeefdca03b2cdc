//! An engine that keeps a copy of every batch, so that the same puts can be measured without us.

use std::sync::{Arc, Mutex, PoisonError};

use crate::store::engine::redb::RedbEngine;
use crate::store::engine::{Batch, Engine, Fault, Snapshot, Stats};

/// The batches that were committed, in order.
#[derive(Clone, Default)]
pub(super) struct Tape(Arc<Mutex<Vec<Batch>>>);

impl Tape {
    /// Takes what was recorded.
    pub fn take(&self) -> Vec<Batch> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The engine, recorded.
    pub fn record(&self, engine: Arc<RedbEngine>) -> Arc<dyn Engine> {
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
        self.tape.0.lock().unwrap_or_else(PoisonError::into_inner).push(batch.clone());
        self.engine.apply(batch)
    }

    fn flush(&self) -> Result<(), Fault> {
        self.engine.flush()
    }

    fn stats(&self) -> Result<Stats, Fault> {
        self.engine.stats()
    }
}
