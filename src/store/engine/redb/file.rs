//! Opening the file, or making it so that a first start which loses power can be repeated.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::OPEN;
use crate::store::engine::{Fault, FaultKind};

/// Opens the file at `path` with `open`.
///
/// A file that is not there yet is made beside its place and renamed when it is complete, since redb
/// cannot open a file whose making was cut short. One process makes it at a time.
pub(super) fn open_or_make<T>(
    path: &Path,
    open: impl FnOnce(File) -> Result<T, Fault>,
) -> Result<T, Fault> {
    if exists(path)? {
        return open(read_write(path, false)?);
    }
    let lock_path = beside(path, ".lock");
    let lock = read_write(&lock_path, false)?;
    match lock.try_lock() {
        // Another process made it and removed the lock file meanwhile.
        Ok(()) if exists(path)? => open(read_write(path, false)?),
        Ok(()) => {
            let unfinished = beside(path, ".new");
            let opened = open(read_write(&unfinished, true)?)?;
            put_in_place(&unfinished, path, &lock_path).map_err(fault)?;
            Ok(opened)
        }
        Err(TryLockError::WouldBlock) => {
            Err(Fault::new(FaultKind::InUse, OPEN, "another process is making it"))
        }
        Err(TryLockError::Error(error)) => Err(fault(error)),
    }
}

/// Gives the complete file its name, durably. The lock file goes last: whoever still holds it then
/// finds the file.
fn put_in_place(unfinished: &Path, path: &Path, lock: &Path) -> io::Result<()> {
    fs::rename(unfinished, path)?;
    fs::remove_file(lock)?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// A file for reading and writing, which only its owner may open if it is new.
fn read_write(path: &Path, truncate: bool) -> Result<File, Fault> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(truncate);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(fault)
}

fn exists(path: &Path) -> Result<bool, Fault> {
    path.try_exists().map_err(fault)
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

fn fault(error: io::Error) -> Fault {
    Fault::io(OPEN, error)
}
