//! Whether an instance can read and write now, and what a fault means to those who meet it.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::{Failure, Office, words};
use crate::domain::words::Message;
use crate::store::engine::{Fault, FaultKind};
use crate::store::tables::META;

/// How long an answer holds before the disk is asked again.
const HOLDS: SignedDuration = SignedDuration::from_secs(1);
/// Bytes written to find out whether the disk takes any: more than filing a dossier takes, with the
/// pages that it touches.
const TRIAL: usize = 512 << 10;
/// The row of the trial, and its file.
const TRIAL_NAME: &str = "trial";

/// What a fault means to the person who meets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outage {
    /// Nothing can be written for now, for this reason; reading goes on.
    ReadOnly(Message),
    /// A file is damaged or lost: trying again cannot help.
    LostFile,
    /// Something else, which the log tells.
    Other,
}

impl Outage {
    /// What a fault means.
    pub fn of(fault: &Fault) -> Self {
        match fault.kind() {
            FaultKind::FullDisk => Self::ReadOnly(words::DISK_FULL),
            FaultKind::ReadOnly => Self::ReadOnly(words::DISK_READ_ONLY),
            FaultKind::ClockBehind => Self::ReadOnly(words::CLOCK_BEHIND),
            FaultKind::LostFile => Self::LostFile,
            _ => Self::Other,
        }
    }
}

/// The last answer, and when it was given.
#[derive(Default)]
pub(super) struct Standing(Mutex<Option<Tried>>);

/// When it was tried, and what came of it.
type Tried = (Timestamp, Result<(), Arc<Fault>>);

impl Office {
    /// Whether the instance can read and write now. Asks the disk at most once a second, and not on
    /// an async thread.
    ///
    /// # Errors
    /// What keeps it from reading or writing.
    pub fn is_ready(&self) -> Result<(), Arc<Fault>> {
        let now = self.env.now();
        let mut last = self.standing.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_hindered = self.ledger.hindrance().is_some();
        if let Some((at, answer)) = last.as_ref()
            && now.duration_since(*at).abs() < HOLDS
            && !(answer.is_ok() && is_hindered)
        {
            return answer.clone();
        }
        let answer = self.try_all().map_err(|failure| match failure {
            Failure::Fault(fault) => fault,
            Failure::Refused(refusal) => {
                Arc::new(Fault::new(FaultKind::Misuse, "trying the store", refusal.to_string()))
            }
        });
        *last = Some((now, answer.clone()));
        answer
    }

    fn try_all(&self) -> Result<(), Failure> {
        self.ledger.reader()?.last_commit()?;
        self.relaxed.snapshot()?;
        self.folder
            .try_write(TRIAL_NAME, TRIAL)
            .map_err(|error| Fault::io("writing to the data folder", error))?;
        // Only after a failure: a store that works is not written to without need.
        if self.ledger.hindrance().is_some() {
            self.ledger.run_blocking(|txn| {
                txn.put(META, TRIAL_NAME, vec![0; TRIAL]);
                Ok(())
            })?;
            self.ledger.run_blocking(|txn| {
                txn.delete(META, TRIAL_NAME);
                Ok(())
            })?;
        }
        Ok(())
    }
}
