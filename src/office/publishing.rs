//! Publishing procedures: they are written, and what they said before is kept for the dossiers that were
//! received under it.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Office;
use super::catalogue::{self, Format, NotStored, Stored};
use super::settings::{self, Row};
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

impl Office {
    /// Writes procedures, new or changed, and publishes them.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn put_procedures(&self, procedures: &[Stored]) -> Result<(), Failure> {
        if procedures.is_empty() {
            return Ok(());
        }
        let world = self.world();
        let mut known = world.published.clone();
        let before: HashMap<&ProcedureCode, &Procedure> =
            world.published.values().map(|said| (&said.code, said.as_ref())).collect();
        for chunk in procedures.chunks(CHUNK) {
            let mut rows: Vec<(Key, Vec<u8>)> = Vec::with_capacity(chunk.len());
            let mut earlier = Vec::new();
            for stored in chunk {
                let bytes = stored.to_bytes();
                if let Some(before) = before.get(stored.code()) {
                    let (before, now) = (remembered(before), remembered(&stored.procedure));
                    earlier.extend((before != now).then_some(before));
                }
                known.insert(sha256(&bytes), Arc::new(stored.procedure.clone()));
                rows.push((key(stored.code()), bytes));
            }
            self.ledger.run_blocking(move |txn| {
                for before in &earlier {
                    let row = EarlierRow::new(before, txn.now());
                    settings::put(txn, &row)?;
                }
                for (key, bytes) in rows {
                    txn.put(PROCEDURES, key, bytes);
                }
                Ok(())
            })?;
        }
        self.refresh_world_with(&known)
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
        let exported = catalogue::export(&stored, format)?;
        Ok(match format {
            Format::Lines => self.world().with_carried(exported),
            Format::List => exported,
        })
    }
}

/// What a procedure said until it changed, as far as dossiers that were received under it need it.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct EarlierRow {
    id: String,
    procedure: String,
    until: Timestamp,
    said: Value,
}

impl Row for EarlierRow {
    const KIND: &'static str = "procedure_earlier";
    fn key(&self) -> &str {
        &self.id
    }
}

impl EarlierRow {
    fn new(before: &Procedure, until: Timestamp) -> Self {
        // Keys of one procedure lie in the order of time.
        let id = format!("{}/{:020}", before.code, until.as_microsecond());
        let said = catalogue::wire::to_json(before);
        Self { id, procedure: before.code.to_string(), until, said }
    }
}

/// The facts that papers and steps of running dossiers ask for; long texts are left out.
fn remembered(procedure: &Procedure) -> Procedure {
    Procedure {
        steps: String::new(),
        requirements: String::new(),
        legal_basis: Vec::new(),
        subjects: Vec::new(),
        ..procedure.clone()
    }
}

/// What a procedure said until it changed; understood when it is asked for.
#[derive(Debug)]
pub(super) struct EarlierProcedure {
    /// When it changed.
    pub until: Timestamp,
    said: Value,
    read: OnceLock<Option<Procedure>>,
}

impl EarlierProcedure {
    /// What it said.
    pub fn said(&self) -> Option<&Procedure> {
        self.read.get_or_init(|| Stored::procedure_of(&self.said).ok()).as_ref()
    }
}

/// By procedure, oldest first.
pub(super) type Earlier = BTreeMap<ProcedureCode, Vec<EarlierProcedure>>;

pub(super) fn earlier(reader: &Reader) -> Result<Earlier, Failure> {
    let mut earlier = Earlier::new();
    for EarlierRow { procedure, until, said, .. } in settings::all::<EarlierRow>(reader)? {
        let known = EarlierProcedure { until, said, read: OnceLock::new() };
        earlier.entry(ProcedureCode::new(procedure)).or_default().push(known);
    }
    Ok(earlier)
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

pub(super) fn read(reader: &Reader, code: &ProcedureCode) -> Result<Option<Stored>, Failure> {
    reader.get(PROCEDURES, key(code).bytes())?.map(|value| decode(&value)).transpose()
}

fn decode(value: &[u8]) -> Result<Stored, Failure> {
    Stored::from_bytes(value).map_err(unreadable)
}

fn unreadable(error: NotStored) -> Failure {
    Fault::new(FaultKind::Damaged, "reading the catalogue", error.to_string()).into()
}
