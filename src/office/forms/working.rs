//! The form of a procedure that an administrator works on: kept beside the published versions until it
//! is published or thrown away, so that nothing is lost on the way.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::wire::{self, DeclarationRow, QuestionRow};
use super::words;
use crate::domain::form::{Declaration, Kind, Question, placed};
use crate::domain::ids::ProcedureCode;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::office::settings::{self, Row};
use crate::office::{Failure, Office};
use crate::store::engine::{Fault, FaultKind};
use crate::store::txn::Txn;

/// Most changes that can be taken back.
const UNDO_STEPS: usize = 20;

/// A form in work, as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct WorkingRow {
    /// The procedure: the key.
    procedure: String,
    /// The version that it began from; 0 without one.
    based_on: u32,
    /// Grows by one with each change.
    revision: u64,
    declaration: DeclarationRow,
    /// What it was before each of the last changes, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    before: Vec<DeclarationRow>,
    /// Questions whose kind was changed, by the paths of their answers, as they were with each kind.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    aside: BTreeMap<String, Vec<QuestionRow>>,
    by: String,
    at: Timestamp,
}

impl Row for WorkingRow {
    const KIND: &'static str = "form_in_work";
    fn key(&self) -> &str {
        &self.procedure
    }
}

/// A form in work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Working {
    /// Whose it will be.
    pub procedure: ProcedureCode,
    /// The version that it began from; 0 without one.
    pub based_on: u32,
    /// Which state of it this is: whoever changes it says which one was seen.
    pub revision: u64,
    /// What it declares so far; it need not be fit to be published.
    pub declaration: Declaration,
    /// How many changes can be taken back.
    pub undo_steps: usize,
    /// Who changed it last.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl TryFrom<WorkingRow> for Working {
    type Error = Failure;

    fn try_from(row: WorkingRow) -> Result<Self, Failure> {
        let declaration = wire::declaration(&row.declaration).map_err(|refusal| {
            let what = format!("the form in work of {}: {}", row.procedure, refusal.text.en);
            Fault::new(FaultKind::Damaged, "reading settings", what)
        })?;
        Ok(Self {
            procedure: ProcedureCode::new(row.procedure),
            based_on: row.based_on,
            revision: row.revision,
            declaration,
            undo_steps: row.before.len(),
            by: row.by,
            at: row.at,
        })
    }
}

impl Office {
    /// The form in work of a procedure.
    ///
    /// # Errors
    /// The store cannot be read, or the row is damaged.
    pub fn working_form(&self, procedure: &ProcedureCode) -> Result<Option<Working>, Failure> {
        let row = settings::read::<WorkingRow>(&self.ledger.reader()?, procedure.as_str())?;
        row.map(Working::try_from).transpose()
    }

    /// The procedures whose form is worked on.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn forms_in_work(&self) -> Result<Vec<ProcedureCode>, Failure> {
        let rows = settings::all::<WorkingRow>(&self.ledger.reader()?)?;
        Ok(rows.into_iter().map(|row| ProcedureCode::new(row.procedure)).collect())
    }

    /// Begins to work on a form, with what it begins with.
    ///
    /// # Errors
    /// There is one in work already: it would be lost.
    pub fn begin_form(
        &self,
        procedure: &ProcedureCode,
        declaration: &Declaration,
        by: &str,
    ) -> Result<(), Failure> {
        let versions =
            self.world().form_versions(procedure).first().map(|p| p.form.version.version);
        let row = WorkingRow {
            procedure: procedure.to_string(),
            based_on: versions.unwrap_or(0),
            revision: 1,
            declaration: wire::row(declaration),
            before: Vec::new(),
            aside: BTreeMap::new(),
            by: by.to_owned(),
            at: self.now(),
        };
        self.ledger.run_blocking(move |txn| {
            if settings::get::<WorkingRow>(txn, &row.procedure)?.is_some() {
                return Err(Refusal::new(RefusalKind::Conflict, words::IN_WORK).into());
            }
            settings::put(txn, &row)
        })?;
        Ok(())
    }

    /// Changes the form in work, as it was seen.
    ///
    /// # Errors
    /// There is none, somebody else changed it meanwhile, or the change is refused. Nothing has changed
    /// then.
    pub fn change_form(
        &self,
        seen: &Working,
        by: &str,
        change: impl FnOnce(&mut Declaration) -> Result<(), Refusal>,
    ) -> Result<(), Failure> {
        let mut declaration = seen.declaration.clone();
        change(&mut declaration)?;
        if declaration == seen.declaration {
            return Ok(());
        }
        let (by, revision, old) = (by.to_owned(), seen.revision, seen.declaration.clone());
        let procedure = seen.procedure.to_string();
        self.ledger.run_blocking(move |txn| {
            let mut row = unchanged(txn, &procedure, revision)?;
            let mut declaration = declaration;
            set_aside(&mut row.aside, &old, &mut declaration);
            let before = std::mem::replace(&mut row.declaration, wire::row(&declaration));
            row.before.push(before);
            let surplus = row.before.len().saturating_sub(UNDO_STEPS);
            row.before.drain(..surplus);
            row.revision += 1;
            (row.by, row.at) = (by, txn.now());
            settings::put(txn, &row)
        })?;
        Ok(())
    }

    /// Takes the last change of the form in work back.
    ///
    /// # Errors
    /// As [`Office::change_form`].
    pub fn undo_form(&self, seen: &Working, by: &str) -> Result<(), Failure> {
        let (procedure, revision) = (seen.procedure.to_string(), seen.revision);
        let by = by.to_owned();
        self.ledger.run_blocking(move |txn| {
            let mut row = unchanged(txn, &procedure, revision)?;
            if let Some(before) = row.before.pop() {
                row.declaration = before;
            }
            row.revision += 1;
            (row.by, row.at) = (by, txn.now());
            settings::put(txn, &row)
        })?;
        Ok(())
    }

    /// Throws the form in work away.
    ///
    /// # Errors
    /// As [`Office::change_form`].
    pub fn drop_form(&self, seen: &Working) -> Result<(), Failure> {
        let (procedure, revision) = (seen.procedure.to_string(), seen.revision);
        self.ledger.run_blocking(move |txn| finish(txn, &procedure, revision))?;
        Ok(())
    }
}

/// A question whose kind is changed is set aside as it was; one that gets back a kind it had, gets back its
/// columns, choices and limits with it.
fn set_aside(
    aside: &mut BTreeMap<String, Vec<QuestionRow>>,
    old: &Declaration,
    new: &mut Declaration,
) {
    let known: Vec<(String, Question)> =
        placed(old).iter().map(|placed| (placed.path(), placed.question.clone())).collect();
    for (path, before) in known {
        let spot = new.spot(&path);
        let Some(now) = spot.and_then(|spot| new.at_mut(spot)) else { continue };
        if now.kind.id() == before.kind.id() {
            continue;
        }
        let kept = aside.entry(path).or_default();
        let wanted = now.kind.id();
        let is_fresh = Kind::fresh(wanted).as_ref() == Some(&now.kind);
        let found = kept.iter().find(|row| row.kind() == wanted);
        if let Some(kind) = found.filter(|_| is_fresh).and_then(wire::kind_of) {
            now.kind = kind;
        }
        kept.retain(|row| row.kind() != before.kind.id());
        kept.push(wire::question_row(&before));
    }
}

/// The row, when it is still the one that was seen.
fn unchanged(txn: &Txn<'_>, procedure: &str, revision: u64) -> Result<WorkingRow, Failure> {
    let row = settings::get::<WorkingRow>(txn, procedure)?;
    let row = row.filter(|row| row.revision == revision);
    row.ok_or_else(|| Refusal::new(RefusalKind::Conflict, words::CHANGED_IN_WORK).into())
}

/// Ends the work on a form, as it was seen: it was published or thrown away.
pub(super) fn finish(txn: &mut Txn<'_>, procedure: &str, revision: u64) -> Result<(), Failure> {
    unchanged(txn, procedure, revision)?;
    settings::delete::<WorkingRow>(txn, procedure);
    Ok(())
}
