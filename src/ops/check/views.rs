//! What the projections hold beyond what the dossiers account for. Each pass over rows runs only
//! when the totals differ.

use super::dossiers::Expected;
use super::{CHUNK, RESTORE, Report};
use jiff::civil::Date;

use crate::domain::dossier::{CodeFormat, entries};
use crate::domain::ids::{AgencyCode, DossierId};
use crate::store::codec::wire::{Reader as Bytes, Wire};
use crate::store::engine::Table;
use crate::store::ledger::Failure;
use crate::store::reader::Reader;
use crate::store::tables::{BLOBS, CODES, COUNTS, DISPOSED, DOSSIERS, KEYRING, NUMBERS, QUEUES};
use crate::store::views;

pub(super) fn check(
    reader: &Reader,
    expected: &Expected,
    report: &mut Report,
) -> Result<(), Failure> {
    check_numbers(reader, report)?;
    check_counts(reader, expected, report)?;
    if reader.len(QUEUES)? != expected.queue_rows {
        name_queue_rows(reader, report)?;
    }
    if reader.len(CODES)? != expected.codes {
        name_strays(reader, CODES, "codes", report, |_, value| value.to_vec())?;
    }
    if reader.len(BLOBS)? != expected.blobs {
        name_strays(reader, BLOBS, "files", report, |_, value| value.to_vec())?;
    }
    // Those of dossiers that were disposed of are destroyed.
    if reader.len(KEYRING)? + reader.len(DISPOSED)? != report.dossiers {
        name_strays(reader, KEYRING, "keyring", report, |key, _| key.to_vec())?;
    }
    Ok(())
}

/// Reads a table in chunks.
pub(super) fn each_row(
    reader: &Reader,
    table: Table,
    mut each: impl FnMut(&[u8], &[u8]) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut after: Option<Vec<u8>> = None;
    loop {
        let rows = reader.scan(table, &[], after.as_deref(), CHUNK)?;
        let Some((last, _)) = rows.last() else { return Ok(()) };
        after = Some(last.clone());
        for (key, value) in &rows {
            each(key, value)?;
        }
    }
}

/// Numbers 1 to the last one of each agency and day have a dossier each. That no dossier has a
/// number beyond was seen while the dossiers were read.
fn check_numbers(reader: &Reader, report: &mut Report) -> Result<(), Failure> {
    each_row(reader, NUMBERS, |key, value| {
        let mut input = Bytes::new(key);
        let named = AgencyCode::take(&mut input)
            .and_then(|agency| Ok((agency, Wire::from_bytes(input.rest())?)));
        let (Ok((agency, day)), Ok(last)) = (named, u32::from_bytes(value)) else {
            report.problem(format!("numbers: a malformed row; {RESTORE}"));
            return Ok(());
        };
        for number in 1..=last {
            if !has_dossier(reader, &agency, day, number)? {
                let code = CodeFormat::default().code(&agency, day, number);
                report.problem(format!(
                    "numbers: {code} was given, but no dossier has it; {RESTORE}"
                ));
            }
        }
        Ok(())
    })
}

/// Whether a dossier bears a number, in whatever spelling its rule pack had.
fn has_dossier(
    reader: &Reader,
    agency: &AgencyCode,
    day: Date,
    number: u32,
) -> Result<bool, Failure> {
    for code in CodeFormat::spellings(agency, day, number) {
        let head = match reader.find(&code)? {
            Some(id) => reader.head(id).ok().flatten(),
            None => None,
        };
        if head.is_some_and(|head| head.code == code) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn check_counts(reader: &Reader, expected: &Expected, report: &mut Report) -> Result<(), Failure> {
    let mut found = 0;
    each_row(reader, COUNTS, |key, value| {
        let stored = u64::from_bytes(value).ok();
        match expected.counts.get(key) {
            Some(count) => {
                found += 1;
                if stored != Some(*count) {
                    let stored = stored.map_or("a damaged number".to_owned(), |n| n.to_string());
                    let name = count_name(key);
                    report.problem(format!("counts: {name} says {stored}, not {count}; {RESTORE}"));
                }
            }
            None => {
                let name = count_name(key);
                report.problem(format!("counts: {name} counts what is not there; {RESTORE}"));
            }
        }
        Ok(())
    })?;
    if found < expected.counts.len() {
        let mut missing = Vec::new();
        for key in expected.counts.keys() {
            if reader.get(COUNTS, key)?.is_none() {
                missing.push(count_name(key));
            }
        }
        missing.sort_unstable();
        for name in missing {
            report.problem(format!("counts: {name} is missing; {RESTORE}"));
        }
    }
    Ok(())
}

/// A counter's key as far as it is text.
fn count_name(key: &[u8]) -> String {
    let mut input = Bytes::new(key);
    let mut parts = Vec::new();
    while let Ok(part) = String::take(&mut input) {
        if !part.is_empty() {
            parts.push(part);
        }
        if input.is_empty()
            || parts.len() == 3
            || parts.get(1).is_some_and(|kind| ["due", "filed"].contains(&kind.as_str()))
        {
            break;
        }
    }
    if let Ok(day) = jiff::civil::Date::take(&mut input) {
        parts.push(day.to_string());
        parts.extend(String::take(&mut input));
    }
    parts.join(" ")
}

fn name_queue_rows(reader: &Reader, report: &mut Report) -> Result<(), Failure> {
    each_row(reader, QUEUES, |key, _| {
        let id = key.len().checked_sub(16).and_then(|start| key.get(start..));
        let id = id.and_then(|id| DossierId::from_bytes(id).ok());
        let stored = match id {
            Some(id) => reader.dossier(id).ok().flatten(),
            None => None,
        };
        let stands = stored.is_some_and(|stored| {
            let dossier = &stored.dossier;
            entries(dossier).iter().any(|e| views::queue_key(e, dossier.id).bytes() == key)
        });
        if !stands {
            let name = count_name(key);
            let id = id.map_or("no dossier".to_owned(), |id| format!("dossier {id}"));
            report.problem(format!("queues: {name} lists {id}, which is not there; {RESTORE}"));
        }
        Ok(())
    })
}

/// Names rows of a table that lead to no dossier, or says that the totals differ.
fn name_strays(
    reader: &Reader,
    table: Table,
    name: &str,
    report: &mut Report,
    owner: impl Fn(&[u8], &[u8]) -> Vec<u8>,
) -> Result<(), Failure> {
    let before = report.problems.len();
    each_row(reader, table, |key, value| {
        if reader.get(DOSSIERS, &owner(key, value))?.is_none() {
            let key: String = match String::from_bytes(key) {
                Ok(text) => text,
                Err(_) => key.iter().map(|byte| format!("{byte:02x}")).collect(),
            };
            report.problem(format!("{name}: {key} leads to no dossier; {RESTORE}"));
        }
        Ok(())
    })?;
    if report.problems.len() == before {
        report.problem(format!("{name}: there are rows that no dossier names; {RESTORE}"));
    }
    Ok(())
}
