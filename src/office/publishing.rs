//! Publishing a catalogue: files are read, compared with what is stored, and written.

use std::collections::BTreeMap;

use super::Office;
use super::catalogue::{self, Format, Stored};
use crate::domain::ids::ProcedureCode;
use crate::store::codec::wire::Damaged;
use crate::store::ledger::Failure;
use crate::store::reader::Reader;
use crate::store::tables::{Key, PROCEDURES};

/// Procedures written by one command: a big catalogue never holds the writer for long.
const CHUNK: usize = 500;
/// Most procedures.
const MAX_ROWS: usize = 1_000_000;

/// How an import goes about its work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Import {
    /// Only tell what would change.
    pub is_dry_run: bool,
    /// A rejected row keeps everything from being written.
    pub is_strict: bool,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// One for each file, in their order.
    pub reports: Vec<catalogue::Report>,
    /// Whether it was written.
    pub is_written: bool,
}

impl Office {
    /// Writes procedures, new or changed, and publishes them.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn put_procedures(&self, procedures: &[Stored]) -> Result<(), Failure> {
        for chunk in procedures.chunks(CHUNK) {
            let rows: Vec<(Key, Vec<u8>)> =
                chunk.iter().map(|stored| (key(stored.code()), stored.to_bytes())).collect();
            self.ledger.run_blocking(move |txn| {
                for (key, bytes) in rows {
                    txn.put(PROCEDURES, key, bytes);
                }
                Ok(())
            })?;
        }
        if procedures.is_empty() { Ok(()) } else { self.refresh_world() }
    }

    /// Imports catalogue files, given by name and contents, as if they were one.
    ///
    /// # Errors
    /// Nothing of a file can be read, or the store fails. Nothing was written in the first case.
    pub fn import_catalogue(
        &self,
        files: &[(String, Vec<u8>)],
        how: Import,
    ) -> Result<Imported, Failure> {
        let reader = self.ledger.reader()?;
        let mut writes: BTreeMap<ProcedureCode, Stored> = BTreeMap::new();
        let mut reports = Vec::with_capacity(files.len());
        for (name, bytes) in files {
            let parsed = catalogue::parse(name, bytes).map_err(|refusal| match files.len() {
                1 => refusal,
                _ => catalogue::of_file(name, refusal),
            })?;
            let before = |code: &ProcedureCode| match writes.get(code) {
                Some(stored) => Some(stored.clone()),
                // A row that cannot be read is written anew.
                None => read(&reader, code).ok().flatten(),
            };
            let plan = catalogue::plan(before, parsed);
            let planned = plan.writes.into_iter();
            writes.extend(planned.map(|stored| (stored.code().clone(), stored)));
            reports.push(plan.report);
        }
        drop(reader);
        let is_rejected = reports.iter().any(|report| !report.rejected.is_empty());
        let is_written = !(how.is_dry_run || how.is_strict && is_rejected);
        if is_written {
            let writes: Vec<Stored> = writes.into_values().collect();
            self.put_procedures(&writes)?;
        }
        Ok(Imported { reports, is_written })
    }

    /// The whole catalogue as a file.
    ///
    /// # Errors
    /// The store cannot be read, or a text does not fit the format.
    pub fn export_catalogue(&self, format: Format) -> Result<Vec<u8>, Failure> {
        let rows = self.ledger.reader()?.scan(PROCEDURES, &[], None, MAX_ROWS)?;
        let stored: Vec<Stored> =
            rows.iter().map(|(_, value)| decode(value)).collect::<Result<_, Failure>>()?;
        Ok(catalogue::export(&stored, format)?)
    }
}

fn key(code: &ProcedureCode) -> Key {
    Key::new().text(code.as_str())
}

fn read(reader: &Reader, code: &ProcedureCode) -> Result<Option<Stored>, Failure> {
    reader.get(PROCEDURES, key(code).bytes())?.map(|value| decode(&value)).transpose()
}

fn decode(value: &[u8]) -> Result<Stored, Failure> {
    Ok(Stored::from_bytes(value).map_err(|_| Damaged("a stored procedure"))?)
}
