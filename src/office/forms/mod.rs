//! The declared forms of procedures: published in versions, none of which is ever changed. Dossiers and
//! drafts keep the one that they began with.

mod case_wire;
pub(in crate::office) mod lost;
mod official_wire;
pub mod shipped;
pub(in crate::office) mod trying;
mod unasked;
pub mod wire;
pub mod words;
mod working;

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::settings::{self, Row};
use super::world::World;
use super::{Failure, Office};
use crate::domain::calendar::local;
use crate::domain::dossier::words as dossier_words;
use crate::domain::form::{Declaration, DeclaredForm, FormVersion, check};
use crate::domain::ids::ProcedureCode;
use crate::domain::process::Process;
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::office::fees::Origin;
use crate::store::engine::{Fault, FaultKind};
use crate::store::reader::Reader;
pub use lost::{Lost, Release, in_use};
pub use trying::Tests;
pub use unasked::Unasked;
use wire::DeclarationRow;
pub use working::Working;

/// A version, as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct FormRow {
    /// Procedure and version: the key.
    key: String,
    procedure: String,
    version: u32,
    declaration: DeclarationRow,
    by: String,
    at: Timestamp,
    /// Why it was published.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
}

impl Row for FormRow {
    const KIND: &'static str = "form";
    fn key(&self) -> &str {
        &self.key
    }
}

/// A published version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The form.
    pub form: DeclaredForm,
    /// Who published it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why; or empty.
    pub note: String,
}

/// What an administrator wants to publish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// For which procedure.
    pub procedure: ProcedureCode,
    /// What it declares.
    pub declaration: DeclarationRow,
    /// The newest version that was seen, 0 when there was none; none when nobody looked.
    pub seen: Option<u32>,
    /// Why it is published; or empty.
    pub note: String,
    /// The state of the form in work that this is, which ends with its publication; none when it was
    /// never in work.
    pub working: Option<u64>,
    /// What is done about its test cases.
    pub tests: Tests,
}

/// Every version of each procedure's form, by its number.
pub(super) type Forms = HashMap<ProcedureCode, BTreeMap<u32, Published>>;

/// Reads every version.
///
/// # Errors
/// The store cannot be read, or a row is damaged.
pub(super) fn read(reader: &Reader) -> Result<Forms, Failure> {
    let mut forms = Forms::new();
    for row in settings::all::<FormRow>(reader)? {
        let published = Published::try_from(row)?;
        let FormVersion { procedure, version } = published.form.version.clone();
        forms.entry(procedure).or_default().insert(version, published);
    }
    Ok(forms)
}

impl TryFrom<FormRow> for Published {
    type Error = Failure;

    fn try_from(row: FormRow) -> Result<Self, Failure> {
        let declaration = wire::declaration(&row.declaration).map_err(|refusal| {
            let what = format!("the form {}: {}", row.key, refusal.text.en);
            Fault::new(FaultKind::Damaged, "reading settings", what)
        })?;
        let version =
            FormVersion { procedure: ProcedureCode::new(row.procedure), version: row.version };
        Ok(Self {
            form: DeclaredForm { version, declaration },
            by: row.by,
            at: row.at,
            note: row.note,
        })
    }
}

fn key(procedure: &ProcedureCode, version: u32) -> String {
    format!("{procedure}/{version:06}")
}

impl World {
    /// Every version of a procedure's form, the newest first.
    pub fn form_versions(&self, procedure: &ProcedureCode) -> Vec<&Published> {
        self.forms.get(procedure).into_iter().flat_map(|all| all.values().rev()).collect()
    }

    /// The form that answers were given in.
    pub fn form_of(&self, version: &FormVersion) -> Option<&DeclaredForm> {
        let versions = self.forms.get(&version.procedure)?;
        versions.get(&version.version).map(|published| &published.form)
    }
}

impl Office {
    /// What a draft declares, when it can be a form and its test cases come out.
    ///
    /// # Errors
    /// There is no such procedure, or a place is wrong; each is named.
    pub fn check_form(&self, draft: &Draft) -> Result<Declaration, Refusal> {
        if self.world().shared_procedure(&draft.procedure).is_none() {
            let values = [("procedure", draft.procedure.as_str())];
            let text = dossier_words::UNKNOWN_PROCEDURE.text(&values);
            return Err(Refusal::new(RefusalKind::NotFound, text));
        }
        let mut declaration = wire::declaration(&draft.declaration)?;
        check(&declaration)?;
        if draft.tests == Tests::Tried {
            return Ok(declaration);
        }
        let world = self.world();
        let around = world.around(&draft.procedure, local(self.now()).date());
        if draft.tests == Tests::Renew {
            declaration.renew_cases(&around);
        }
        trying::tried(&declaration, &around)?;
        let processes = world.processes_of(&draft.procedure);
        self.check_used(&draft.procedure, &declaration, processes)?;
        world.check_asked(&draft.procedure, &declaration)?;
        Ok(declaration)
    }

    /// Refuses a form without an answer that a process or fees in use look at.
    pub(in crate::office) fn check_used<'a>(
        &self,
        procedure: &ProcedureCode,
        declaration: &Declaration,
        processes: impl Iterator<Item = &'a Process>,
    ) -> Result<(), Refusal> {
        let world = self.world();
        let mut errors: Vec<FieldError> = unasked::among(&world, procedure, declaration, processes)
            .iter()
            .map(Unasked::error)
            .collect();
        // What ships counts by the forms that ship; what was set here was set for this form.
        if let (fees, Origin::Instance) = world.inherited_fees(procedure)
            && let Err(refusal) = trying::check_counted(&fees, declaration)
        {
            errors.extend(
                refusal
                    .fields
                    .into_iter()
                    .map(|error| FieldError { field: "fees".to_owned(), text: error.text }),
            );
        }
        if errors.is_empty() { Ok(()) } else { Err(Refusal::fields(errors)) }
    }

    /// What keeps a form in work from being published, each with its place.
    pub fn form_problems(&self, working: &Working) -> Vec<FieldError> {
        let draft = Draft {
            procedure: working.procedure.clone(),
            declaration: wire::row(&working.declaration),
            seen: None,
            note: String::new(),
            working: None,
            tests: Tests::Hold,
        };
        self.check_form(&draft).err().map(|refusal| refusal.fields).unwrap_or_default()
    }

    /// Publishes a draft as the next version; dossiers and drafts that began keep theirs.
    ///
    /// # Errors
    /// As [`Office::check_form`]; or there is a newer version than the one seen. Nothing has changed
    /// then.
    pub fn publish_form(&self, draft: &Draft, by: &str) -> Result<FormVersion, Failure> {
        let declaration = self.check_form(draft)?;
        let (procedure, seen, by) = (draft.procedure.clone(), draft.seen, by.to_owned());
        let (note, working) = (draft.note.clone(), draft.working);
        let newest =
            self.world().form_versions(&procedure).first().map_or(0, |p| p.form.version.version);
        let kept = wire::row(&declaration);
        let done = self.ledger.run_blocking(move |txn| {
            // Versions are only ever added, so the newest one is found by asking for the next.
            let mut version = newest + 1;
            while settings::get::<FormRow>(txn, &key(&procedure, version))?.is_some() {
                version += 1;
            }
            if seen.is_some_and(|seen| seen + 1 != version) {
                let text = words::CHANGED.text(&[("version", &(version - 1).to_string())]);
                return Err(Refusal::new(RefusalKind::Conflict, text).into());
            }
            let row = FormRow {
                key: key(&procedure, version),
                procedure: procedure.to_string(),
                version,
                declaration: kept.clone(),
                by: by.clone(),
                at: txn.now(),
                note: note.clone(),
            };
            settings::put(txn, &row)?;
            if let Some(revision) = working {
                working::finish(txn, procedure.as_str(), revision)?;
            }
            Ok(version)
        })?;
        self.refresh_world()?;
        Ok(FormVersion { procedure: draft.procedure.clone(), version: done.value })
    }
}
