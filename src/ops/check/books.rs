//! The yearly books of certification: numbered from 1 without gaps, each number a dossier's own.

use std::collections::BTreeMap;

use super::views::each_row;
use super::{RESTORE, Report};
use crate::domain::ids::{AgencyCode, DossierId};
use crate::store::codec::wire::{Reader as Bytes, Wire};
use crate::store::ledger::Failure;
use crate::store::reader::Reader;
use crate::store::tables::{BOOK_LINES, BOOKS};

pub(super) fn check(reader: &Reader, report: &mut Report) -> Result<(), Failure> {
    let mut last: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
    each_row(reader, BOOK_LINES, |key, value| {
        let Some((book, number)) = key.split_last_chunk::<8>() else {
            report.problem(format!("books: a line has no number; {RESTORE}"));
            return Ok(());
        };
        let number = u64::from_be_bytes(*number);
        let before = last.entry(book.to_vec()).or_default();
        if number != *before + 1 {
            let name = name(book);
            report.problem(format!("books: {name} has no number after {before}; {RESTORE}"));
        }
        *before = number;
        let stored = reader.dossier(DossierId::from_bytes(value)?)?;
        let sign = sign(book);
        let entered = stored.is_some_and(|stored| {
            let certification = stored.dossier.certification;
            let mut lines = certification.iter().flat_map(|certification| &certification.lines);
            lines.any(|line| line.book == sign && line.number.map(u64::from) == Some(number))
        });
        if !entered {
            let name = name(book);
            report.problem(format!("books: number {number} of {name} is no dossier's; {RESTORE}"));
        }
        Ok(())
    })?;
    each_row(reader, BOOKS, |key, value| {
        let given = u64::from(u32::from_bytes(value)?);
        let entered = last.remove(key).unwrap_or(0);
        if given != entered {
            let name = name(key);
            report.problem(format!(
                "books: {name} gave {given} numbers and has {entered} lines; {RESTORE}"
            ));
        }
        Ok(())
    })?;
    for book in last.keys() {
        report.problem(format!("books: nothing counts the numbers of {}; {RESTORE}", name(book)));
    }
    Ok(())
}

/// The sign of a book in its key: after the agency, before the year.
fn sign(book: &[u8]) -> String {
    let mut input = Bytes::new(book);
    let sign = AgencyCode::take(&mut input).and_then(|_| String::take(&mut input));
    sign.unwrap_or_default()
}

fn name(book: &[u8]) -> String {
    let year = book.last_chunk::<2>().map_or(0, |bytes| i16::from_be_bytes(*bytes));
    format!("{}/{year}", sign(book))
}
