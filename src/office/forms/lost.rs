//! Publishing the form in work: what people who are filling in the form have typed is counted before a
//! question goes or becomes another.

use super::{Draft, Failure, Office, Tests, Working, wire, words};
use crate::domain::form::{
    Declaration, Difference, FormVersion, Kind, Placed, QuestionPart, differences,
};
use crate::domain::ids::ProcedureCode;
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::{Message, Text};
use crate::office::drafts::Answers;

/// A question that goes or becomes another, and how many unsent drafts answer it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// The name of its answers.
    pub path: String,
    /// Its label in the version in use.
    pub label: Text,
    /// Drafts with an answer to it.
    pub drafts: usize,
}

/// How the form in work is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// The newest version that was seen, 0 when there was none.
    pub seen: u32,
    /// Why; or empty.
    pub note: String,
    /// Whether it is known that drafts answer questions that go.
    pub drafts_known: bool,
}

/// Refuses what drafts answer and a new form asks no longer, unless that is known.
///
/// # Errors
/// Each question with how many drafts answer it.
pub(in crate::office) fn check_lost(lost: &[Lost], is_known: bool) -> Result<(), Refusal> {
    if lost.is_empty() || is_known {
        return Ok(());
    }
    let errors = lost.iter().map(|lost| FieldError {
        field: "drafts".to_owned(),
        text: told(lost, words::DRAFTS_UNKNOWN),
    });
    Err(Refusal::fields(errors.collect()))
}

impl Office {
    /// The questions that drafts answer and that a procedure's next form asks no longer, or asks for
    /// something else.
    ///
    /// # Errors
    /// The relaxed store cannot be read.
    pub fn answers_lost(
        &self,
        procedure: &ProcedureCode,
        next: &Declaration,
    ) -> Result<Vec<Lost>, Failure> {
        let world = self.world();
        let Some(published) = world.form_versions(procedure).first().copied() else {
            return Ok(Vec::new());
        };
        let old = &published.form.declaration;
        let gone: Vec<Placed<'_>> = differences(old, next)
            .into_iter()
            .filter_map(|difference| match difference {
                Difference::Removed(placed) => Some(placed),
                Difference::Changed(before, after, parts) => {
                    let is_other = parts.contains(&QuestionPart::Kind)
                        && is_other(&before.question.kind, &after.question.kind);
                    is_other.then_some(before)
                }
                _ => None,
            })
            .collect();
        if gone.is_empty() {
            return Ok(Vec::new());
        }
        let drafts = self.drafts_of(procedure.as_str())?;
        let counted = gone.into_iter().map(|placed| Lost {
            path: placed.path(),
            label: placed.question.label.clone(),
            drafts: drafts.iter().filter(|draft| answers(&draft.answers, &placed)).count(),
        });
        Ok(counted.filter(|lost| lost.drafts > 0).collect())
    }

    /// Publishes the form in work; what began with an older version keeps it.
    ///
    /// # Errors
    /// As [`Office::publish_form`]; somebody else changed the form meanwhile; or drafts answer questions
    /// that go, and that was not known. Nothing has changed then.
    pub fn publish_working(
        &self,
        working: &Working,
        release: &Release,
        by: &str,
    ) -> Result<FormVersion, Failure> {
        let lost = self.answers_lost(&working.procedure, &working.declaration)?;
        check_lost(&lost, release.drafts_known)?;
        let draft = Draft {
            procedure: working.procedure.clone(),
            declaration: wire::row(&working.declaration),
            seen: Some(release.seen),
            note: release.note.clone(),
            working: Some(working.revision),
            tests: Tests::Hold,
        };
        self.publish_form(&draft, by)
    }
}

/// Whether answers to one kind are none to another; limits and offered answers may change.
fn is_other(before: &Kind, after: &Kind) -> bool {
    match (before, after) {
        (Kind::Choice(old), Kind::Choice(new)) => {
            old.iter().any(|option| new.iter().all(|known| known.value != option.value))
        }
        _ => before.id() != after.id(),
    }
}

/// Whether something was typed for a question.
fn answers(typed: &Answers, placed: &Placed<'_>) -> bool {
    let key = &placed.question.key;
    typed.iter().filter(|(_, value)| !value.trim().is_empty()).any(|(name, _)| match placed.table {
        None => {
            let rest = name.strip_prefix("form.").and_then(|name| name.strip_prefix(key.as_str()));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        }
        Some(table) => {
            let rest = name.strip_prefix(&format!("form.{}[", table.key));
            let cell = rest.and_then(|rest| rest.split_once("]."));
            cell.is_some_and(|(_, cell)| cell.split('.').next() == Some(key.as_str()))
        }
    })
}

/// How many drafts answer a question.
pub fn in_use(lost: &Lost) -> Text {
    told(lost, words::DRAFTS_ANSWER)
}

fn told(lost: &Lost, message: Message) -> Text {
    let count = lost.drafts.to_string();
    let count = Text { vi: count.clone(), en: count };
    message.text_of(&[("label", &lost.label), ("n", &count)])
}
