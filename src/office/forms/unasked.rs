//! What steps of a process look at and a form does not ask for: told, and added to the form in work.

use super::{Failure, Office, Working, words};
use crate::domain::dossier::Directory;
use crate::domain::form::{Declaration, Question};
use crate::domain::ids::{AgencyCode, ProcedureCode};
use crate::domain::process::{Condition, Process, Test};
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::domain::words::Text;
use crate::office::world::World;

/// A step that is left out by an answer which a form does not ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unasked {
    /// What the step is called.
    pub step: String,
    /// Which step of its process it is, from 0.
    pub place: usize,
    /// Whose process it is; none: the common one.
    pub agency: Option<AgencyCode>,
    /// When the step is left out.
    pub when: Condition,
    /// What the version in use calls the question, where it asks it.
    pub label: Option<Text>,
}

impl Unasked {
    /// The refusal of a form that does not ask.
    pub(super) fn error(&self) -> FieldError {
        let plain = |text: &str| Text { vi: text.to_owned(), en: text.to_owned() };
        let label = self.label.clone().unwrap_or_else(|| plain(&self.when.field));
        let message = match &self.when.test {
            Test::Is(_) => words::PROCESS_TESTS_IS,
            Test::IsNot(_) => words::PROCESS_TESTS_IS_NOT,
            Test::Given => words::PROCESS_TESTS_GIVEN,
            Test::Missing => words::PROCESS_TESTS_MISSING,
        };
        let value = plain(self.when.test.value().unwrap_or_default());
        let values = [("step", &plain(&self.step)), ("label", &label), ("value", &value)];
        FieldError { field: "process".to_owned(), text: message.text_of(&values) }
    }
}

/// The steps that look at what a form does not ask for.
pub(super) fn among<'a>(
    world: &World,
    procedure: &ProcedureCode,
    declaration: &Declaration,
    processes: impl Iterator<Item = &'a Process>,
) -> Vec<Unasked> {
    let names = declaration.names();
    let label = |field: &str| {
        let key = field.split('.').next().unwrap_or(field);
        let form = world.form(procedure, None)?;
        form.declaration.question(key).map(|_| form.declaration.label_of(field))
    };
    let of_process = |process: &'a Process| {
        let steps = process.steps.iter().enumerate();
        steps.map(move |(place, step)| (process.agency.clone(), place, step))
    };
    let looked = processes.flat_map(of_process).filter_map(|(agency, place, step)| {
        let when = step.skip_when.clone().filter(|when| !names.contains(&when.field))?;
        let label = label(&when.field);
        Some(Unasked { step: step.name.clone(), place, agency, when, label })
    });
    looked.collect()
}

impl Office {
    /// The steps of the processes in use that look at what the form in work does not ask for.
    pub fn form_unasked(&self, working: &Working) -> Vec<Unasked> {
        let world = self.world();
        let processes = world.processes_of(&working.procedure);
        among(&world, &working.procedure, &working.declaration, processes)
    }

    /// Adds the question that a step looks at to the form in work: as the version in use asks it, else of
    /// a kind that the step's condition fits, under the label given. Says its path.
    ///
    /// # Errors
    /// No step looks at such an answer any more, the form has another question of that name, or as
    /// [`Office::change_form`].
    pub fn ask_what_steps_need(
        &self,
        seen: &Working,
        (field, label): (&str, Text),
        by: &str,
    ) -> Result<String, Failure> {
        let world = self.world();
        let unasked = self.form_unasked(seen);
        let found = unasked.into_iter().find(|unasked| unasked.when.field == field);
        let key = field.split('.').next().unwrap_or(field).to_owned();
        let question = found.and_then(|unasked| {
            let form = world.form(&seen.procedure, None);
            let known = form.and_then(|form| form.declaration.question(&key)).cloned();
            known.or_else(|| Question::looked_at(&unasked.when, label))
        });
        let question = question.filter(|_| seen.declaration.question(&key).is_none());
        let Some(question) = question else {
            return Err(Refusal::new(RefusalKind::Conflict, words::CHANGED_IN_WORK).into());
        };
        self.change_form(seen, by, |form| {
            form.ask_last(question);
            Ok(())
        })?;
        Ok(key)
    }
}
