//! Which fault an error of redb is, and whether opening the file again can help.

use std::sync::atomic::{AtomicBool, Ordering};

use ::redb::Error;

use super::meter::Meter;
use crate::store::engine::{Fault, FaultKind};

/// The health of one opening, shared with its snapshots.
#[derive(Debug)]
pub(super) struct Health {
    failed: AtomicBool,
    meter: Meter,
}

impl Health {
    pub(super) fn new(meter: Meter) -> Self {
        Self { failed: AtomicBool::new(false), meter }
    }

    /// The fault that an error is; remembers that this opening is spent, if that is what it says.
    pub(super) fn judge(&self, doing: &'static str, error: impl Into<Error>) -> Fault {
        use FaultKind::{FullDisk, Interrupted, ReadOnly, Storage};
        let fault = fault(doing, error);
        if matches!(fault.kind(), FullDisk | ReadOnly | Interrupted | Storage) {
            self.failed.store(true, Ordering::Release);
        }
        if fault.is_interrupted() && self.meter.sync_failed() {
            let what = "an earlier sync failed, so what is on the disk is uncertain";
            return Fault::new(Storage, doing, what);
        }
        fault
    }

    /// Whether the storage failed and opening it again may help. Not after a failed sync: the
    /// system may then show pages that never reached the disk.
    pub(super) fn can_recover(&self) -> bool {
        self.failed.load(Ordering::Acquire) && !self.meter.sync_failed()
    }
}

/// The fault that an error of redb is.
pub(super) fn fault(doing: &'static str, error: impl Into<Error>) -> Fault {
    let error = match error.into() {
        Error::Io(error) => return Fault::io(doing, error),
        error => error,
    };
    let kind = match &error {
        Error::DatabaseAlreadyOpen | Error::LockProtocolMismatch => FaultKind::InUse,
        Error::UpgradeRequired(_) => FaultKind::OlderVersion,
        // The only sign that redb gives of a file of its future.
        Error::Corrupted(what) if what.starts_with("Expected file format version") => {
            FaultKind::NewerVersion
        }
        Error::Corrupted(_) => FaultKind::Damaged,
        Error::PreviousIo | Error::DatabaseClosed => FaultKind::Interrupted,
        Error::TransactionInProgress => FaultKind::Busy,
        Error::ValueTooLarge(_) => FaultKind::Misuse,
        _ => FaultKind::Storage,
    };
    Fault::caused(kind, doing, error)
}
