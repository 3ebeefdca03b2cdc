//! Blobs that no dossier names. Those that dossiers name were read with them.

use super::{Progress, Report};
use crate::office::Office;
use crate::store::ledger::Failure;
use crate::store::reader::Reader;
use crate::store::tables::BLOBS;

pub(super) fn check(
    office: &Office,
    reader: &Reader,
    report: &mut Report,
    progress: Progress<'_>,
) -> Result<(), Failure> {
    let listed = match office.blobs().list() {
        Ok(listed) => listed,
        Err(fault) => {
            report.problem(format!("files: {fault}; make the folder readable"));
            return Ok(());
        }
    };
    let mut seen = 0;
    for blob in listed {
        match blob {
            Ok(blob) => {
                seen += 1;
                if reader.get(BLOBS, &blob.id.0)?.is_none() {
                    let id = blob.id;
                    report.remark(format!("files: {id} belongs to no dossier (yet)"));
                }
            }
            Err(fault) => report.problem(format!("files: {fault}; make the folder readable")),
        }
    }
    progress("files", seen, seen);
    Ok(())
}
