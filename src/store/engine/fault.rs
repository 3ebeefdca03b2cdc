//! What can go wrong below the seam, for the log and for whoever runs the machine.

use std::error::Error;
use std::io;

use super::{Table, words};
use crate::domain::words::Message;

/// The kinds of faults that call for different actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// No space is left for the file, or a quota is used up.
    FullDisk,
    /// The file or its folder may not be written.
    ReadOnly,
    /// The clock jumped back behind what is stored; nothing is written until it is right.
    ClockBehind,
    /// Another process has the file open.
    InUse,
    /// The file holds what no version has written.
    Damaged,
    /// One attachment is missing or damaged; everything else is sound.
    LostFile,
    /// The file was written by a newer version.
    NewerVersion,
    /// The file was written by a version too old to be read.
    OlderVersion,
    /// The store was closed or opened again under a snapshot; a new snapshot works.
    Interrupted,
    /// A task that needs the store for itself found readers or a writer.
    Busy,
    /// The storage failed otherwise.
    Storage,
    /// The caller named an unknown table or a value that is too large.
    Misuse,
}

/// A failure of the storage: what was being done, what happened, what to do about it.
#[derive(Debug, thiserror::Error)]
#[error("{doing}: {what}. {}", self.advice().en)]
pub struct Fault {
    kind: FaultKind,
    doing: &'static str,
    what: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl Fault {
    /// A fault that no other error caused; `doing` and `what` are for the log and must not contain
    /// personal data.
    pub fn new(kind: FaultKind, doing: &'static str, what: impl Into<String>) -> Self {
        Self { kind, doing, what: what.into(), source: None }
    }

    /// A fault caused by another error.
    pub fn caused(
        kind: FaultKind,
        doing: &'static str,
        source: impl Into<Box<dyn Error + Send + Sync>>,
    ) -> Self {
        let source = source.into();
        Self { kind, doing, what: source.to_string(), source: Some(source) }
    }

    /// A fault of the file system.
    pub fn io(doing: &'static str, error: io::Error) -> Self {
        Self::caused(FaultKind::of_io(error.kind()), doing, error)
    }

    /// A table that was not named when the engine was opened.
    pub fn unknown_table(table: Table) -> Self {
        Self::new(FaultKind::Misuse, "open a table", format!("there is no table “{}”", table.0))
    }

    /// The kind, by which programs decide.
    pub fn kind(&self) -> FaultKind {
        self.kind
    }

    /// What was being done.
    pub fn doing(&self) -> &'static str {
        self.doing
    }

    /// What to do about it, for whoever runs the machine.
    pub fn advice(&self) -> Message {
        match self.kind {
            FaultKind::FullDisk => words::FULL_DISK,
            FaultKind::ReadOnly => words::READ_ONLY,
            FaultKind::ClockBehind => words::CLOCK_BEHIND,
            FaultKind::LostFile => words::LOST_FILE,
            FaultKind::InUse => words::IN_USE,
            FaultKind::Damaged => words::DAMAGED,
            FaultKind::NewerVersion => words::NEWER_VERSION,
            FaultKind::OlderVersion => words::OLDER_VERSION,
            FaultKind::Interrupted => words::INTERRUPTED,
            FaultKind::Busy => words::BUSY,
            FaultKind::Storage => words::STORAGE,
            FaultKind::Misuse => words::MISUSE,
        }
    }

    /// No space is left.
    pub fn is_full_disk(&self) -> bool {
        self.kind == FaultKind::FullDisk
    }

    /// The file or folder may not be written.
    pub fn is_read_only(&self) -> bool {
        self.kind == FaultKind::ReadOnly
    }

    /// Another process has the file open.
    pub fn is_in_use(&self) -> bool {
        self.kind == FaultKind::InUse
    }

    /// The stored bytes are damaged.
    pub fn is_damaged(&self) -> bool {
        self.kind == FaultKind::Damaged
    }

    /// A newer version wrote the data.
    pub fn needs_newer_version(&self) -> bool {
        self.kind == FaultKind::NewerVersion
    }

    /// The same action on a new snapshot may succeed at once.
    pub fn is_interrupted(&self) -> bool {
        self.kind == FaultKind::Interrupted
    }
}

impl FaultKind {
    /// The kind of fault that an error of the file system is.
    pub fn of_io(kind: io::ErrorKind) -> Self {
        use io::ErrorKind;
        match kind {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                Self::FullDisk
            }
            ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Self::ReadOnly,
            // A file that is shorter than its own header says, or that is no database at all.
            ErrorKind::InvalidData | ErrorKind::UnexpectedEof => Self::Damaged,
            _ => Self::Storage,
        }
    }
}
