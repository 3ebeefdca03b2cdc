//! Test support: a disk in memory that loses power, fills up or turns read-only on demand.
//!
//! Killing a process proves little about durability, since the system's page cache survives it.
//! This disk keeps what was written since the last sync apart, as a disk's own cache does, and can
//! forget it, or forget parts of it in any order, down to single sectors. Nothing outside tests
//! uses this module; it is public so that the tests in `tests/` reach it.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ::redb::StorageBackend;

/// What a disk writes wholly or not at all, in bytes.
const SECTOR: usize = 512;

/// What becomes of data that was written but not synced when the power fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsynced {
    /// All of it is gone.
    Lost,
    /// Some sectors of it reached the disk and others did not, in no order; the seed decides which.
    Scattered {
        /// The same seed gives the same outcome.
        seed: u64,
    },
}

/// What goes wrong with a disk that has power.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The storage cannot grow.
    Full,
    /// The storage cannot be written.
    ReadOnly,
    /// Syncs fail.
    SyncFails,
}

/// The disk. Clones are the same disk.
#[derive(Clone, Debug, Default)]
pub struct CrashDisk {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    /// What reads see.
    current: Vec<u8>,
    /// What certainly survives.
    durable: Vec<u8>,
    /// What was done since the last sync.
    unsynced: Vec<Operation>,
    /// Writes, changes of length and syncs so far.
    operations: u64,
    /// The operation at which the power fails.
    cut_at: Option<u64>,
    is_down: bool,
    trouble: Option<Trouble>,
}

enum Operation {
    Write { offset: usize, data: Vec<u8> },
    SetLen(usize),
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("State")
            .field("bytes", &self.current.len())
            .field("unsynced", &self.unsynced.len())
            .field("operations", &self.operations)
            .field("is_down", &self.is_down)
            .finish()
    }
}

impl CrashDisk {
    /// An empty disk.
    pub fn new() -> Self {
        Self::default()
    }

    /// A disk that holds these bytes, durably.
    pub fn holding(bytes: Vec<u8>) -> Self {
        let disk = Self::new();
        disk.state().durable.clone_from(&bytes);
        disk.state().current = bytes;
        disk
    }

    /// Lets the power fail at the operation with this number, counted from 1: it and all later
    /// ones fail, reads too.
    pub fn cut_at(&self, operation: u64) {
        self.state().cut_at = Some(operation);
    }

    /// The number of writes, changes of length and syncs so far.
    pub fn operations(&self) -> u64 {
        self.state().operations
    }

    /// Begins or ends a trouble.
    pub fn trouble(&self, trouble: Option<Trouble>) {
        self.state().trouble = trouble;
    }

    /// The bytes that a new start finds if the power fails now, or failed before.
    pub fn surviving(&self, unsynced: Unsynced) -> Vec<u8> {
        let state = self.state();
        let mut bytes = state.durable.clone();
        if let Unsynced::Scattered { seed } = unsynced {
            let mut dice = Dice(seed);
            for operation in &state.unsynced {
                scatter(operation, &mut bytes, &mut dice);
            }
        }
        bytes
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Counts an operation, and lets it fail if it must.
    fn begin(&mut self, trouble: impl Fn(Trouble) -> Option<io::ErrorKind>) -> io::Result<()> {
        self.operations += 1;
        self.is_down |= self.cut_at.is_some_and(|cut| self.operations >= cut);
        self.powered()?;
        match self.trouble.and_then(trouble) {
            Some(kind) => Err(kind.into()),
            None => Ok(()),
        }
    }

    fn powered(&self) -> io::Result<()> {
        if self.is_down { Err(io::Error::other("the power is off")) } else { Ok(()) }
    }
}

impl StorageBackend for CrashDisk {
    fn len(&self) -> io::Result<u64> {
        let state = self.state();
        state.powered()?;
        Ok(state.current.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let state = self.state();
        state.powered()?;
        let start = index(offset)?;
        let found = start.checked_add(out.len()).and_then(|end| state.current.get(start..end));
        out.copy_from_slice(found.ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let len = index(len)?;
        let mut state = self.state();
        let grows = len > state.current.len();
        state.begin(|trouble| match trouble {
            Trouble::Full => grows.then_some(io::ErrorKind::StorageFull),
            Trouble::ReadOnly => Some(io::ErrorKind::ReadOnlyFilesystem),
            Trouble::SyncFails => None,
        })?;
        state.current.resize(len, 0);
        state.unsynced.push(Operation::SetLen(len));
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        let mut state = self.state();
        // A real sync of a read-only file system has nothing to write and succeeds.
        state.begin(|trouble| (trouble == Trouble::SyncFails).then_some(io::ErrorKind::Other))?;
        let State { durable, unsynced, .. } = &mut *state;
        for operation in unsynced.drain(..) {
            match operation {
                Operation::Write { offset, data } => write_at(durable, offset, &data),
                Operation::SetLen(len) => durable.resize(len, 0),
            }
        }
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let offset = index(offset)?;
        let mut state = self.state();
        let grows = offset + data.len() > state.current.len();
        let outcome = state.begin(|trouble| match trouble {
            Trouble::Full => grows.then_some(io::ErrorKind::StorageFull),
            Trouble::ReadOnly => Some(io::ErrorKind::ReadOnlyFilesystem),
            Trouble::SyncFails => None,
        });
        // The write under way when the power fails may still reach the disk in part.
        let is_last = state.cut_at == Some(state.operations);
        if outcome.is_ok() || is_last {
            state.unsynced.push(Operation::Write { offset, data: data.to_vec() });
        }
        outcome?;
        write_at(&mut state.current, offset, data);
        Ok(())
    }
}

fn index(offset: u64) -> io::Result<usize> {
    usize::try_from(offset).map_err(|_| io::ErrorKind::InvalidInput.into())
}

fn write_at(bytes: &mut Vec<u8>, offset: usize, data: &[u8]) {
    let end = offset + data.len();
    if bytes.len() < end {
        bytes.resize(end, 0);
    }
    bytes[offset..end].copy_from_slice(data);
}

/// Applies an operation wholly, in part or not at all, with equal chances.
fn scatter(operation: &Operation, bytes: &mut Vec<u8>, dice: &mut Dice) {
    let fate = dice.roll() % 3;
    match operation {
        // A length is all or nothing.
        Operation::SetLen(len) if fate != 0 => bytes.resize(*len, 0),
        Operation::SetLen(_) => {}
        Operation::Write { .. } if fate == 0 => {}
        Operation::Write { offset, data } => {
            let (mut from, end) = (*offset, offset + data.len());
            while from < end {
                let to = ((from / SECTOR + 1) * SECTOR).min(end);
                if fate == 1 || dice.roll().is_multiple_of(2) {
                    write_at(bytes, from, &data[from - offset..to - offset]);
                }
                from = to;
            }
        }
    }
}

/// The SplitMix64 sequence: the same seed, the same outcome.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use ::redb::StorageBackend;

    use super::{CrashDisk, SECTOR, Unsynced};

    #[test]
    fn unsynced_sectors_survive_in_part_and_synced_ones_always() {
        let disk = CrashDisk::new();
        disk.write(0, &[1; 3 * SECTOR]).unwrap();
        disk.sync_data().unwrap();
        disk.write(100, &[2; 2 * SECTOR]).unwrap();
        let mut seen = std::collections::BTreeSet::new();
        for seed in 0..200 {
            let bytes = disk.surviving(Unsynced::Scattered { seed });
            let changed = [100, SECTOR, 2 * SECTOR].map(|place| bytes[place] == 2);
            assert_eq!((bytes.len(), bytes[99], bytes[3 * SECTOR - 1]), (3 * SECTOR, 1, 1));
            seen.insert(changed);
        }
        assert_eq!(seen.len(), 8, "every combination of the three sectors");
        assert_eq!(disk.surviving(Unsynced::Lost), [1; 3 * SECTOR]);
    }

    #[test]
    fn a_disk_without_power_answers_nothing() {
        let disk = CrashDisk::new();
        disk.cut_at(2);
        disk.write(0, b"one").unwrap();
        assert!(disk.write(0, b"two").is_err());
        assert!(disk.sync_data().is_err());
        assert!(disk.read(0, &mut [0]).is_err());
        assert_eq!(disk.surviving(Unsynced::Lost), b"");
    }
}
