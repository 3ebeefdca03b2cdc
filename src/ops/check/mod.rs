//! `motcua check`: reads everything, believes nothing that can be computed again.
//!
//! Every part compares one thing with its source: [`logs`] the hash chains with the stored bytes and
//! the commits with the logs, [`dossiers`] the state with its replayed events and every projection
//! with the state, [`views`] what no dossier accounts for, [`books`] those of certification,
//! [`takings`] the cashiers' books, [`persons`] what persons keep, [`letters`] the outbox, [`files`] the attachments' ciphertext,
//! [`proof`] checkpoints, looks and consents, [`index`] the search index, [`relaxed`] the rows that wait. All of it streams: memory does not grow with the store.

mod books;
mod disposed;
mod dossiers;
mod files;
mod findings;
mod index;
mod letters;
mod logs;
mod persons;
mod proof;
mod relaxed;
mod takings;
#[cfg(test)]
mod tests;
mod views;

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::Progress;
use crate::documents::blobs::BlobStore;
use crate::office::{Failure, Office};
use crate::store::engine::FaultKind;
use crate::store::ledger::Ledger;
use crate::store::reader::Reader;
pub use findings::Report;

/// Rows read at once.
const CHUNK: usize = 512;

/// What to do when stored data contradict themselves.
const RESTORE: &str = "keep a copy of the folder and restore the last backup";

/// Reads the whole instance and says what does not fit.
///
/// What was found is in the report, damaged rows too; a folder being served may be checked, and is
/// seen as it was when the check began.
///
/// # Errors
/// The store cannot be read at all.
pub fn run(office: &Office, progress: Progress<'_>) -> Result<Report, Failure> {
    let mut report = Report::default();
    check_engine(office, &mut report, progress);
    let reader = office.ledger().reader()?;
    let mut parts = |report: &mut Report| -> Result<(), Failure> {
        check_ledger(&reader, Some(office.blobs()), report, progress)?;
        proof::check_checkpoints(office, &reader, report)?;
        files::check(office, &reader, report, progress)?;
        index::check(office, report, progress)?;
        index::check_catalogue(office, report)?;
        relaxed::check(office, report, progress)
    };
    // Broken pages can make the engine panic; what was found until then is worth telling.
    match catch_unwind(AssertUnwindSafe(|| parts(&mut report))) {
        Ok(Ok(())) => {}
        Ok(Err(failure)) => {
            report.problem(format!("reading stopped before the end: {failure}; {RESTORE}"));
        }
        Err(_) => {
            report.problem(format!("reading stopped before the end: broken pages; {RESTORE}"));
        }
    }
    Ok(report)
}

/// Reads what a ledger holds, without the files and the search index of an instance.
///
/// # Errors
/// The store cannot be read at all.
pub fn run_on_ledger(ledger: &Ledger) -> Result<Report, Failure> {
    let mut report = Report::default();
    check_ledger(&ledger.reader()?, None, &mut report, &mut |_, _, _| {})?;
    Ok(report)
}

fn check_ledger(
    reader: &Reader,
    files: Option<&BlobStore>,
    report: &mut Report,
    progress: Progress<'_>,
) -> Result<(), Failure> {
    logs::check(reader, report, progress)?;
    proof::check_looks(reader, report)?;
    proof::check_privacy(reader, report)?;
    let mut expected = dossiers::check(files, reader, report, progress)?;
    expected.blobs += persons::check(files, reader, report)?.blobs;
    persons::check_requests(reader, report)?;
    views::check(reader, &expected, report)?;
    books::check(reader, report)?;
    takings::check(reader, expected.entries, report)?;
    letters::check(reader, report)
}

/// Whether a text is a place of a log with its hash, as [`compare`] takes it.
pub fn is_checkpoint(text: &str) -> bool {
    logs::place(text).is_some()
}

/// Compares the logs with what somebody kept of them, each a checkpoint's text, or agency, sequence and
/// hash: so a log that was written anew from its beginning is found out.
///
/// # Errors
/// The store cannot be read at all.
pub fn compare(office: &Office, noted: &[String], report: &mut Report) -> Result<(), Failure> {
    let reader = office.ledger().reader()?;
    noted.iter().try_for_each(|one| match logs::place(one) {
        Some(_) => logs::compare(&reader, one, report),
        None => proof::compare(office, &reader, one, report),
    })
}

/// Compares the checksums of the engine's pages, which needs the store for itself.
fn check_engine(office: &Office, report: &mut Report, progress: Progress<'_>) {
    progress("engine", 0, 1);
    match catch_unwind(AssertUnwindSafe(|| office.engine().check_integrity())) {
        Ok(Ok(true)) => {}
        Ok(Ok(false)) => {
            report.problem("engine: pages had to be repaired; check again".to_owned());
        }
        Ok(Err(fault)) if fault.kind() == FaultKind::Busy => report.remark(
            "engine: the checksums of pages were not compared, since the store is being read; \
             check the folder at rest for that"
                .to_owned(),
        ),
        Ok(Err(fault)) => report.problem(format!("engine: {fault}; {RESTORE}")),
        Err(_) => report.problem(format!("engine: the file's structure is broken; {RESTORE}")),
    }
    progress("engine", 1, 1);
}
