//! Answers of a declared form that somebody puts right after the filing, asked once more by the questions
//! of that form: for applicants and the desk.

use std::collections::BTreeSet;

use maud::Markup;

use super::asking::{self, Asking, SHOWN};
use crate::domain::calendar::local;
use crate::domain::dossier::{Directory, Dossier, Form, FormValue};
use crate::domain::form::{Declaration, Evaluation, Kind, evaluate};
use crate::domain::refusal::FieldError;
use crate::domain::words::Lang;
use crate::office::Office;
use crate::office::drafts::Answers;
use crate::office::world::World;

/// The form that a dossier's answers were given in.
pub fn form_of<'w>(world: &'w World, dossier: &Dossier) -> Option<&'w Declaration> {
    let version = dossier.form_version.as_ref()?;
    let form = world.form(&version.procedure, Some(version.version))?;
    Some(&form.declaration)
}

/// The questions with what stands in the dossier, or was typed instead.
pub struct Restating<'a> {
    form: &'a Declaration,
    typed: Answers,
    found: Evaluation,
}

impl<'a> Restating<'a> {
    /// What was sent; when nothing was, the answers as they stand, with those that the applicant asked
    /// for in their place when `asked`.
    pub fn of<'p>(
        office: &Office,
        form: &'a Declaration,
        dossier: &Dossier,
        sent: impl Iterator<Item = (&'p str, &'p str)>,
        asked: bool,
    ) -> Self {
        let sent = sent.filter(|(name, _)| is_answer(name) || *name == SHOWN);
        let sent: Answers = sent.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let typed = match sent.contains_key(SHOWN) {
            true => sent,
            false => asking::typed(form, &standing(dossier, asked)),
        };
        let today = local(office.now()).date();
        let found = evaluate(form, &asking::begun(form, &typed), today);
        Self { form, typed, found }
    }

    /// Adds a row to a table, or takes one away, as the buttons that were pressed say.
    pub fn rearrange(&mut self, pressed: (&str, &str)) {
        asking::rearrange(&mut self.typed, self.form, pressed);
    }

    /// The questions.
    pub fn body(
        &self,
        lang: Lang,
        errors: &[FieldError],
        (province, types_places): (&str, bool),
        pressed: &str,
    ) -> Markup {
        let asking = Asking {
            lang,
            form: self.form,
            typed: &self.typed,
            errors,
            found: &self.found,
            // Whatever is known was said.
            known: &|_, _| String::new(),
            from_account: false,
            province,
            keeps_hidden: true,
            types_places,
            suggested: &BTreeSet::new(),
            pressed,
        };
        asking.body()
    }

    /// What is to stand in the dossier instead: the answers that differ, by their paths.
    pub fn changes(&self, dossier: &Dossier) -> Vec<(String, FormValue)> {
        let asked = self.form.questions().filter(|question| {
            self.found.shows(&question.key) && !matches!(question.kind, Kind::Calculated(_))
        });
        let differs = asked.filter_map(|question| {
            let said = |answers: &Form| {
                match answers.get(&question.key)? {
                    FormValue::Null | FormValue::Bool(false) => None,
                    // A browser ends lines in its own way.
                    FormValue::Text(text) => Some(FormValue::Text(text.replace("\r\n", "\n"))),
                    value => Some(value.clone()),
                }
            };
            let (old, new) = (said(&dossier.form), said(&self.found.answers));
            let path = format!("form.{}", question.key);
            (old != new).then(|| (path, new.unwrap_or(FormValue::Null)))
        });
        differs.collect()
    }
}

/// Whether a field belongs to the questions.
fn is_answer(name: &str) -> bool {
    name.starts_with("form.") || name.starts_with("rows.")
}

fn standing(dossier: &Dossier, asked: bool) -> Form {
    let mut answers = dossier.form.clone();
    let changes = dossier.correction.iter().filter(|_| asked).flat_map(|asked| &asked.changes);
    for change in changes {
        if let (Some(key), Some(answer)) = (change.field.strip_prefix("form."), &change.answer) {
            answers.insert(key.to_owned(), answer.clone());
        }
    }
    answers
}

/// Puts what is wrong in answers at the questions.
pub fn at_questions(errors: &mut [FieldError]) {
    for error in errors {
        if let Some(path) = error.field.strip_prefix("changes.form.") {
            error.field = format!("form.{path}");
        }
    }
}
