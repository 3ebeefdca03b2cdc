//! The cashiers' books: each entry is money of a dossier, each day's sums are those of its entries, and
//! nothing that a dossier took in is missing.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::views::each_row;
use super::{RESTORE, Report};
use crate::domain::dossier::Dossier;
use crate::domain::fee::takings::{DayBook, Entry};
use crate::store::books::{BookRow, row};
use crate::store::ledger::Failure;
use crate::store::reader::Reader;
use crate::store::tables::TAKINGS;

/// The entries that a dossier must have: one a taking, one a reversal.
pub(super) fn expected(dossier: &Dossier) -> u64 {
    let reversed = dossier.takings.iter().filter(|taking| taking.reversed.is_some()).count();
    (dossier.takings.len() + reversed) as u64
}

pub(super) fn check(reader: &Reader, expected: u64, report: &mut Report) -> Result<(), Failure> {
    let mut entries = 0;
    let mut found: BTreeMap<(String, Date), DayBook> = BTreeMap::new();
    let mut stored: BTreeMap<(String, Date), DayBook> = BTreeMap::new();
    each_row(reader, TAKINGS, |key, value| {
        match row(key, value) {
            Ok((_, BookRow::Book(_))) => {}
            Ok((account, BookRow::Day(day, book))) => {
                stored.insert((account, day), book);
            }
            Ok((account, BookRow::Entry(entry))) => {
                entries += 1;
                if !is_of_dossier(reader, &entry)? {
                    report.problem(format!(
                        "books: an entry of {account} on {} is not of {}; {RESTORE}",
                        entry.day, entry.code
                    ));
                }
                found.entry((account, entry.day)).or_default().add(&entry);
            }
            Err(_) => report.problem(format!("books: a malformed row; {RESTORE}")),
        }
        Ok(())
    })?;
    for ((account, day), book) in &stored {
        let sums = found.remove(&(account.clone(), *day)).unwrap_or_default().sums;
        if sums != book.sums {
            report.problem(format!(
                "books: the sums of {account} on {day} are not those of the entries; {RESTORE}"
            ));
        }
    }
    for (account, day) in found.keys() {
        report.problem(format!("books: {account} has no sums on {day}; {RESTORE}"));
    }
    if entries != expected {
        report.problem(format!(
            "books: they have {entries} entries, the dossiers account for {expected}; {RESTORE}"
        ));
    }
    Ok(())
}

fn is_of_dossier(reader: &Reader, entry: &Entry) -> Result<bool, Failure> {
    let Some(stored) = reader.dossier(entry.dossier)? else {
        return Ok(reader.disposed(entry.dossier)?.is_some());
    };
    let takings = &stored.dossier.takings;
    Ok(takings.iter().any(|taking| {
        taking.number == entry.taking
            && (taking.amount, taking.method) == (entry.amount, entry.method)
            && (!entry.is_reversal || taking.reversed.is_some())
    }))
}
