//! Publishing a catalogue: files are read, compared with what is stored, and written.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::Office;
use super::catalogue::{self, Format, NotStored, Stored};
use crate::domain::catalogue::Procedure;
use crate::domain::ids::ProcedureCode;
use crate::store::engine::{Fault, FaultKind};
use crate::store::event_log::{Hash, sha256};
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
        if procedures.is_empty() {
            return Ok(());
        }
        let mut known = self.world().published.clone();
        for chunk in procedures.chunks(CHUNK) {
            let mut rows: Vec<(Key, Vec<u8>)> = Vec::with_capacity(chunk.len());
            for stored in chunk {
                let bytes = stored.to_bytes();
                known.insert(sha256(&bytes), Arc::new(stored.procedure.clone()));
                rows.push((key(stored.code()), bytes));
            }
            self.ledger.run_blocking(move |txn| {
                for (key, bytes) in rows {
                    txn.put(PROCEDURES, key, bytes);
                }
                Ok(())
            })?;
        }
        self.refresh_world_with(&known)
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

    /// What the catalogue has of a procedure.
    ///
    /// # Errors
    /// The store cannot be read.
    pub(super) fn stored_procedure(&self, code: &ProcedureCode) -> Result<Option<Stored>, Failure> {
        read(&self.ledger.reader()?, code)
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

/// Procedures as their rows give them, by the digests of the rows.
pub(super) type Published = HashMap<Hash, Arc<Procedure>>;

/// Reads the whole catalogue, and a stamp that changes with it. To understand thousands of rows takes
/// a second, so what is known is not read again.
///
/// # Errors
/// The store cannot be read, or a row is damaged.
pub(super) fn published(
    reader: &Reader,
    known: &Published,
) -> Result<(Published, String), Failure> {
    let rows = reader.scan(PROCEDURES, &[], None, MAX_ROWS)?;
    let read = |(_, value): &(Vec<u8>, Vec<u8>)| {
        let digest = sha256(value);
        let procedure = match known.get(&digest) {
            Some(procedure) => procedure.clone(),
            None => Arc::new(Stored::procedure(value).map_err(unreadable)?),
        };
        Ok((digest, procedure))
    };
    let read: Vec<(Hash, Arc<Procedure>)> =
        rows.par_iter().map(read).collect::<Result<_, Failure>>()?;
    let digests: Vec<u8> = read.iter().flat_map(|(digest, _)| *digest).collect();
    let stamp = sha256(&digests).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((read.into_iter().collect(), stamp))
}

fn key(code: &ProcedureCode) -> Key {
    Key::new().text(code.as_str())
}

fn read(reader: &Reader, code: &ProcedureCode) -> Result<Option<Stored>, Failure> {
    reader.get(PROCEDURES, key(code).bytes())?.map(|value| decode(&value)).transpose()
}

fn decode(value: &[u8]) -> Result<Stored, Failure> {
    Stored::from_bytes(value).map_err(unreadable)
}

fn unreadable(error: NotStored) -> Failure {
    Fault::new(FaultKind::Damaged, "reading the catalogue", error.to_string()).into()
}
