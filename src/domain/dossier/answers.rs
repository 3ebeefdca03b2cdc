//! Answers of a declared form that are put right: read by the form that they were given in, and refused
//! where it refuses them.

use jiff::Timestamp;

use super::actor::Directory;
use super::event::Change;
use super::state::{Dossier, Form, FormValue};
use crate::domain::calendar::local;
use crate::domain::form::{Declaration, Kind, Problem, Question, evaluate, written_apart};
use crate::domain::refusal::FieldError;

/// The form that a dossier's answers were given in.
pub(super) fn form_of<'d>(
    dossier: &Dossier,
    directory: &'d dyn Directory,
) -> Option<&'d Declaration> {
    let version = dossier.form_version.as_ref()?;
    directory.form(&version.procedure, Some(version.version)).map(|form| &form.declaration)
}

/// Whether nothing is missing or wrong in answers.
pub(super) fn is_complete(form: &Declaration, answers: &Form, now: Timestamp) -> bool {
    evaluate(form, answers, local(now).date()).problems.is_empty()
}

/// What changes with new answers of questions, by their keys: these, and what follows from them.
///
/// # Errors
/// What the form refuses, each at its field. What was wrong or missing before is not held against an
/// answer beside it; what is missing of a form that came on paper stands there.
pub(super) fn changes(
    dossier: &Dossier,
    form: &Declaration,
    wanted: &[(String, FormValue)],
    now: Timestamp,
) -> Result<Vec<Change>, Vec<FieldError>> {
    let today = local(now).date();
    let mut given = dossier.form.clone();
    given.extend(wanted.iter().cloned());
    let before = evaluate(form, &dossier.form, today).problems;
    let found = evaluate(form, &given, today);
    let is_wanted = |key: &str| wanted.iter().any(|(known, _)| known == key);
    let is_refused = |problem: &Problem| {
        let key = problem.path.split(['.', '[']).next().unwrap_or_default();
        (dossier.is_filled_in_here() || !problem.is_missing)
            && (is_wanted(key) || !before.contains(problem))
    };
    let wrong: Vec<FieldError> = found
        .problems
        .iter()
        .filter(|problem| is_refused(problem))
        .map(|problem| FieldError {
            field: format!("changes.form.{}", problem.path),
            text: problem.text.clone(),
        })
        .collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let changed = form.questions().filter_map(|question| {
        let old = said(&dossier.form, question);
        let new = said(&found.answers, question);
        let follows = new.is_none() || matches!(question.kind, Kind::Calculated(_));
        let is_changed = (is_wanted(&question.key) || follows) && old != new;
        is_changed.then(|| {
            let (was, is) = written_apart(question, old, new);
            Change {
                field: format!("form.{}", question.key),
                old: was,
                new: is,
                answer: Some(new.cloned().unwrap_or(FormValue::Null)),
            }
        })
    });
    Ok(changed.collect())
}

/// An answer, when something is said by it: a box that nobody ticked is none.
fn said<'a>(answers: &'a Form, question: &Question) -> Option<&'a FormValue> {
    let value = answers.get(&question.key)?;
    let is_said = match value {
        FormValue::Null | FormValue::Bool(false) => false,
        FormValue::Text(text) => !text.trim().is_empty(),
        _ => true,
    };
    is_said.then_some(value)
}
