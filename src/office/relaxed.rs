//! The relaxed store: sessions, drafts, one-time codes, waiting uploads. Its rows are sealed, and named by
//! keyed digests where they would be named by a person. After a disposal it is written anew all the same,
//! so that nothing stays in its free pages.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::folder::Folder;
use super::{Failure, Office, OpenError};
use crate::store::codec::wire::Wire;
use crate::store::engine::redb::{Options, RedbEngine};
use crate::store::engine::{Batch, Direction, Engine, Fault, FaultKind, scan_prefix};
use crate::store::tables;

/// Says that the store is to be written anew at the next start.
const STALE: &str = "relaxed.stale";
/// What a damaged store is called, before the time at which it was found.
const ASIDE: &str = "relaxed.redb.damaged-";
/// Rows that are copied at once.
const PORTION: usize = 1_000;

/// The relaxed store. A damaged one is set aside under another name, and a new one begun: no dossier
/// lies in it.
pub(super) fn open(
    folder: &Folder,
    now: Timestamp,
) -> Result<(RedbEngine, Option<PathBuf>), OpenError> {
    let path = folder.path("relaxed.redb");
    renew(folder)?;
    let open = || RedbEngine::open(&path, &tables::RELAXED, Options::relaxed());
    let told = |fault| OpenError::File { path: path.clone(), fault };
    match open() {
        Ok(engine) => Ok((engine, None)),
        Err(fault) if matches!(fault.kind(), FaultKind::Damaged | FaultKind::OlderVersion) => {
            let when = now.strftime("%Y%m%dT%H%M%SZ");
            let aside = folder.path(&format!("{ASIDE}{when}"));
            folder.rename(&path, &aside)?;
            Ok((open().map_err(told)?, Some(aside)))
        }
        Err(fault) => Err(told(fault)),
    }
}

/// What was done with a damaged store, for whoever runs the machine.
pub(super) fn set_aside(aside: &Path) -> String {
    format!(
        "relaxed.redb was damaged; it is now {}, and a new one was begun. No dossier is lost: people \
         sign in again, and drafts and files not yet filed are gone. Find out what happened, then remove \
         that file",
        aside.display()
    )
}

/// Notes that the store is to be written anew at the next start.
pub(super) fn note_stale(folder: &Folder) -> Result<(), Failure> {
    let written = std::fs::write(folder.path(STALE), b"");
    Ok(written
        .map_err(|error| Fault::new(FaultKind::Storage, "noting a disposal", error.to_string()))?)
}

impl Office {
    /// What rows of somebody are named by: without the instance key nobody tries out telephone numbers.
    pub(super) fn row_name(&self, what: &str, name: &str) -> [u8; 32] {
        let text = format!("{what}\0{name}");
        *blake3::keyed_hash(self.person_key.bytes(), text.as_bytes()).as_bytes()
    }

    /// A row, sealed and bound to its key.
    pub(super) fn seal_row<T: Wire>(&self, key: &[u8], row: &T) -> Vec<u8> {
        self.draft_key.seal(&self.env, key, &row.to_bytes())
    }

    /// A row, opened; none when it is of another key, and so of no use to anybody.
    pub(super) fn open_row<T: Wire>(&self, key: &[u8], sealed: &[u8]) -> Option<T> {
        T::from_bytes(&self.draft_key.open(key, sealed).ok()?).ok()
    }

    /// The damaged stores that were set aside and lie in the folder still. For `check`.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn relaxed_set_aside(&self) -> Result<Vec<PathBuf>, Failure> {
        let failed = |error: std::io::Error| {
            Fault::new(FaultKind::Storage, "listing the data folder", error.to_string())
        };
        let mut found = Vec::new();
        for entry in std::fs::read_dir(self.folder.path("")).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            if entry.file_name().to_string_lossy().starts_with(ASIDE) {
                found.push(entry.path());
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    /// How many sealed rows cannot be opened, by table: somebody altered them. What others hold the key
    /// of, as of drafts, is not looked at. For `check`.
    ///
    /// # Errors
    /// The relaxed store cannot be read.
    pub fn unreadable_rows(&self) -> Result<Vec<(&'static str, usize)>, Failure> {
        let snapshot = self.relaxed.snapshot()?;
        let mut found = Vec::new();
        let sealed = [tables::SESSIONS, tables::SIGN_ONS, tables::UPLOADS, tables::PARTIAL_UPLOADS];
        for table in sealed {
            let (mut after, mut number) = (None::<Vec<u8>>, 0);
            loop {
                let (last, forward) = (after.as_deref(), Direction::Forward);
                let rows = scan_prefix(snapshot.as_ref(), table, &[], last, forward, PORTION)?;
                let Some((key, _)) = rows.last() else { break };
                after = Some(key.clone());
                let altered =
                    |(key, row): &&(Vec<u8>, Vec<u8>)| self.draft_key.open(key, row).is_err();
                number += rows.iter().filter(altered).count();
            }
            if number > 0 {
                found.push((table.0, number));
            }
        }
        Ok(found)
    }
}

/// Writes the store anew, if that was noted: its rows alone, none of its free pages.
fn renew(folder: &Folder) -> Result<(), OpenError> {
    let (stale, path) = (folder.path(STALE), folder.path("relaxed.redb"));
    if !stale.exists() {
        return Ok(());
    }
    let anew = folder.path("relaxed.redb.new");
    folder.remove(&anew)?;
    if path.exists() && copy(&path, &anew).is_ok() {
        folder.replace(&path, &anew)?;
    }
    folder.remove(&anew)?;
    Ok(folder.remove(&stale)?)
}

/// Copies rows; a damaged store is left to whoever opens it.
fn copy(from: &Path, to: &Path) -> Result<(), Fault> {
    let open = |path: &Path| RedbEngine::open(path, &tables::RELAXED, Options::relaxed());
    let (old, new) = (open(from)?, open(to)?);
    let snapshot = old.snapshot()?;
    for table in tables::RELAXED {
        let mut after: Option<Vec<u8>> = None;
        loop {
            let (last, forward) = (after.as_deref(), Direction::Forward);
            let rows = scan_prefix(snapshot.as_ref(), table, &[], last, forward, PORTION)?;
            let Some((key, _)) = rows.last() else { break };
            after = Some(key.clone());
            let mut batch = Batch::new();
            rows.into_iter().for_each(|(key, value)| batch.put(table, key, value));
            new.commit(batch)?;
        }
    }
    new.flush()
}
