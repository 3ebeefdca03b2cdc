//! What a declared form repeats of a person: as long as both say the same, it is put right in both places.

use super::correction::{PersonField, Slot, is_one_person};
use super::event::Change;
use super::state::{Dossier, FormValue};
use crate::domain::form::{Declaration, Kind, Prefill, PrefillOf, PrefillPart, Question, said};
use crate::domain::words::Lang;

/// A question that was filled in from a person, with that person's field.
struct Echo<'f> {
    question: &'f Question,
    part: PrefillPart,
    slot: Slot,
}

/// The questions that the form asks of these answers and fills in from a person.
fn echoes<'f>(dossier: &'f Dossier, form: &'f Declaration) -> impl Iterator<Item = Echo<'f>> {
    form.questions().filter_map(move |question| {
        let begins = question.prefill_if.iter().all(|when| when.holds_when_answered(&dossier.form));
        let prefill = question.prefill.filter(|_| begins)?;
        Some(Echo { question, part: prefill.part, slot: slot_of(prefill, dossier)? })
    })
}

/// The field of the dossier from which a question is filled in.
fn slot_of(prefill: Prefill, dossier: &Dossier) -> Option<Slot> {
    let field = match prefill.part {
        PrefillPart::Name => PersonField::Name,
        PrefillPart::BirthDate | PrefillPart::BirthYear => PersonField::BirthDate,
        PrefillPart::IdNumber => PersonField::IdNumber,
        PrefillPart::Phone => PersonField::Phone,
        PrefillPart::Email => PersonField::Email,
        PrefillPart::Address => PersonField::Address,
    };
    let is_one = is_one_person(dossier);
    match prefill.of {
        PrefillOf::Applicant if is_one => Some(Slot::Owner(field)),
        PrefillOf::Applicant => Some(Slot::Submitter(field)),
        PrefillOf::Represented if is_one => None,
        PrefillOf::Owner | PrefillOf::Represented => Some(Slot::Owner(field)),
    }
}

impl Echo<'_> {
    /// An answer as the person's field has it; none when nothing is said.
    fn of_answer(&self, answer: &FormValue) -> Option<String> {
        let text = match (&self.question.kind, answer) {
            (Kind::Place, FormValue::Group(_)) => said(Lang::Vi, self.question, answer)?,
            (_, FormValue::Text(text) | FormValue::Number(text)) => text.trim().to_owned(),
            _ => return None,
        };
        Some(text).filter(|text| !text.is_empty())
    }

    /// What a person's field says, as far as the question asks for it.
    fn of_person(&self, value: &str) -> Option<String> {
        let text = match self.part {
            PrefillPart::BirthYear => value.split('-').next().unwrap_or_default(),
            _ => value.trim(),
        };
        Some(text.to_owned()).filter(|text| !text.is_empty())
    }

    /// Whether an answer repeats what a person's field said.
    fn repeats(&self, answer: &FormValue, person: &str) -> bool {
        self.of_answer(answer).is_some_and(|said| Some(said) == self.of_person(person))
    }
}

/// The answers that repeat what was put right in a person's field, as they are to stand now.
pub(super) fn answers(
    dossier: &Dossier,
    form: &Declaration,
    changes: &[Change],
) -> Vec<(String, FormValue)> {
    let echoed = echoes(dossier, form).filter_map(|echo| {
        let path = echo.slot.path();
        let is_its = |change: &&Change| {
            Slot::of(&change.field, dossier).is_some_and(|slot| slot.path() == path)
        };
        let change = changes.iter().find(is_its)?;
        let answer = dossier.form.get(&echo.question.key)?;
        let new = echo.of_person(&change.new).filter(|_| echo.repeats(answer, &change.old))?;
        Some((echo.question.key.clone(), FormValue::Text(new)))
    });
    echoed.collect()
}

/// The persons' fields that answers repeated before they were put right, each with its path and what it is
/// to say now. A year alone says no date of birth.
pub(super) fn persons(
    dossier: &Dossier,
    form: &Declaration,
    changes: &[Change],
) -> Vec<(String, String)> {
    let echoed = echoes(dossier, form).filter(|echo| echo.part != PrefillPart::BirthYear);
    let echoed = echoed.filter_map(|echo| {
        let path = format!("form.{}", echo.question.key);
        let change = changes.iter().find(|change| change.field == path)?;
        let (old, new) = (dossier.form.get(&echo.question.key)?, change.answer.as_ref()?);
        let standing = echo.slot.read(dossier)?;
        let new = echo.of_answer(new).filter(|_| echo.repeats(old, &standing))?;
        Some((echo.slot.path(), new))
    });
    echoed.collect()
}
