//! Publishing a catalogue: files are read, compared with what is stored, and written.

use super::Office;
use super::catalogue::{self, Format, Stored};
use crate::domain::ids::ProcedureCode;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::store::codec::wire::Damaged;
use crate::store::ledger::Failure;
use crate::store::reader::Reader;
use crate::store::tables::{Key, PROCEDURES};

use super::words;

/// Procedures written by one command: a big catalogue never holds the writer for long.
const CHUNK: usize = 500;
/// Most procedures.
const MAX_ROWS: usize = 1_000_000;

/// How an import goes about its work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Import {
    /// Only tell what would change.
    pub is_dry_run: bool,
    /// A rejected row refuses all of it.
    pub is_strict: bool,
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

    /// Imports one catalogue file.
    ///
    /// # Errors
    /// Nothing of the file can be read; a row is rejected and the import is strict; or the store
    /// fails. Nothing was written then, but in the last case.
    pub fn import_catalogue(
        &self,
        file: &str,
        bytes: &[u8],
        how: Import,
    ) -> Result<catalogue::Report, Failure> {
        let parsed = catalogue::parse(file, bytes)?;
        let reader = self.ledger.reader()?;
        let stored = |code: &ProcedureCode| read(&reader, code).ok().flatten();
        let plan = catalogue::plan(stored, parsed);
        drop(reader);
        if let Some(first) = plan.report.rejected.first().filter(|_| how.is_strict) {
            let (row, count) = (first.row.to_string(), plan.report.rejected.len().to_string());
            let reason = (&first.reason.vi, &first.reason.en);
            let slots =
                |reason| [("row", row.as_str()), ("count", count.as_str()), ("reason", reason)];
            let mut text = words::ROWS_REJECTED.text(&slots(reason.0));
            text.en = words::ROWS_REJECTED.text(&slots(reason.1)).en;
            return Err(Refusal::new(RefusalKind::Invalid, text).into());
        }
        if !how.is_dry_run {
            self.put_procedures(&plan.writes)?;
        }
        Ok(plan.report)
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
