//! The relaxed store: no dossier lies in it, but who alters it may take over a session or a file.

use super::{Progress, Report};
use crate::office::Office;
use crate::store::ledger::Failure;

/// What to do when rows of it were altered.
const LEAVE: &str =
    "who they belong to signs in or sends the file again; find out who could write them";

pub(super) fn check(
    office: &Office,
    report: &mut Report,
    progress: Progress<'_>,
) -> Result<(), Failure> {
    progress("relaxed", 0, 1);
    for aside in office.relaxed_set_aside()? {
        let name = aside.file_name().unwrap_or_default().to_string_lossy();
        report.problem(format!(
            "relaxed.redb was damaged and lies aside as {name}: people had to sign in again, and drafts \
             and files not yet filed were lost; find out what happened, then remove that file"
        ));
    }
    for (table, number) in office.unreadable_rows()? {
        report.problem(format!("relaxed.redb: {number} rows of {table} were altered; {LEAVE}"));
    }
    progress("relaxed", 1, 1);
    Ok(())
}
