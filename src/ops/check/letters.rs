//! Letters: each leads to a dossier, and the list of deliveries that wait or were given up has
//! exactly those of the letters.

use super::views::each_row;
use super::{RESTORE, Report};
use crate::store::ledger::Failure;
use crate::store::outbox::accounts_for;
use crate::store::reader::Reader;
use crate::store::tables::{DELIVERIES, DOSSIERS, OUTBOX};

pub(super) fn check(reader: &Reader, report: &mut Report) -> Result<(), Failure> {
    let mut listed = 0;
    each_row(reader, OUTBOX, |key, value| {
        let Ok((dossier, rows)) = accounts_for(key, value) else {
            report.problem(format!("letters: a malformed row; {RESTORE}"));
            return Ok(());
        };
        if reader.get(DOSSIERS, &dossier.0)?.is_none() {
            report.problem(format!("letters: one leads to no dossier ({dossier}); {RESTORE}"));
        }
        for row in rows {
            listed += 1;
            if reader.get(DELIVERIES, &row)?.is_none() {
                report.problem(format!(
                    "letters: a delivery of dossier {dossier} waits and is not listed; {RESTORE}"
                ));
            }
        }
        Ok(())
    })?;
    let rows = reader.len(DELIVERIES)?;
    if rows != listed {
        let what = format!("letters: {rows} deliveries are listed, {listed} wait; {RESTORE}");
        report.problem(what);
    }
    Ok(())
}
