//! `correct` and `correct_result`: a typing error is put right, both values kept.

use super::answers;
use super::correction::Slot;
use super::decide::{Context, check_length, required};
use super::echoes;
use super::event::{Change, Event};
use super::persons;
use super::state::{Dossier, FormValue};
use super::words;
use crate::domain::form::MAX_QUESTIONS;
use crate::domain::form::words::ONE_ANSWER;
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::Text;

/// Most fields of one correction: every answer of a form, and the persons.
const MAX_CHANGES: usize = MAX_QUESTIONS + 20;

/// What is to stand in which field.
pub(super) type Wanted = (String, FormValue);

pub(super) fn decide(
    dossier: &Dossier,
    changes: &[Wanted],
    reason: &str,
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    let reason = required("reason", reason, words::REASON_MISSING)?;
    let changes = check(dossier, changes, ctx, |slot| !slot.is_result())?;
    Ok(Event::Corrected { changes, reason })
}

pub(super) fn decide_result(
    dossier: &Dossier,
    changes: &[Wanted],
    reason: &str,
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    let reason = required("reason", reason, words::REASON_MISSING)?;
    let changes = check(dossier, changes, ctx, |_| true)?;
    Ok(Event::ResultCorrected { changes, reason })
}

/// The changes that come of what is wanted: answers of a declared form are read by that form, and bring
/// along what no longer is asked or comes out otherwise. What the form repeats of a person is put right in
/// both places.
pub(super) fn check(
    dossier: &Dossier,
    wanted: &[Wanted],
    ctx: &Context<'_>,
    may: impl Fn(&Slot) -> bool,
) -> Result<Vec<Change>, Refusal> {
    if wanted.is_empty() {
        return Err(Refusal::field("changes", words::CHANGES_MISSING));
    }
    if wanted.len() > MAX_CHANGES {
        let text = words::TOO_MANY.text(&[("max", &MAX_CHANGES.to_string())]);
        return Err(Refusal::field("changes", text));
    }
    let (mut checked, mut errors, mut answered) = (Vec::new(), Vec::new(), Vec::new());
    let form = answers::form_of(dossier, ctx.directory);
    for (path, value) in wanted {
        let slot = Slot::find(path).filter(&may);
        if let (Some(form), Some(Slot::Form(key))) = (form, &slot)
            && form.question(key).is_some()
        {
            answered.push((key.clone(), value.clone()));
            continue;
        }
        match check_one(dossier, path, slot, value, ctx) {
            Ok(change) => checked.push(change),
            Err(text) => errors.push(FieldError { field: format!("changes.{path}"), text }),
        }
    }
    if let Some(form) = form {
        let echoed = echoes::answers(dossier, form, &checked).into_iter();
        let is_new = |(key, _): &Wanted| answered.iter().all(|(known, _)| known != key);
        let echoed: Vec<Wanted> = echoed.filter(is_new).collect();
        answered.extend(echoed);
        if !answered.is_empty() {
            match answers::changes(dossier, form, &answered, ctx.now) {
                Ok(changes) => checked.extend(changes),
                Err(wrong) => errors.extend(wrong),
            }
        }
        for (path, value) in echoes::persons(dossier, form, &checked) {
            let slot = Slot::of(&path, dossier);
            let is_said = |change: &Change| Slot::of(&change.field, dossier) == slot;
            if checked.iter().any(is_said) {
                continue;
            }
            match check_one(dossier, &path, slot, &FormValue::Text(value), ctx) {
                Ok(change) => checked.push(change),
                Err(text) => errors.push(FieldError { field: format!("changes.{path}"), text }),
            }
        }
    }
    if !errors.is_empty() {
        return Err(Refusal::fields(errors));
    }
    match checked.is_empty() {
        true => Err(Refusal::field("changes", words::CHANGES_ALIKE)),
        false => Ok(checked),
    }
}

fn check_one(
    dossier: &Dossier,
    path: &str,
    slot: Option<Slot>,
    value: &FormValue,
    ctx: &Context<'_>,
) -> Result<Change, Text> {
    let unknown = || words::CHANGE_UNKNOWN.text(&[("field", path)]);
    let slot = slot.ok_or_else(unknown)?;
    let old = slot.read(dossier).ok_or_else(unknown)?;
    let value = match value {
        FormValue::Text(text) | FormValue::Number(text) => text.trim().to_owned(),
        FormValue::Bool(yes) => yes.to_string(),
        FormValue::Null => String::new(),
        FormValue::List(_) | FormValue::Group(_) => return Err(ONE_ANSWER.into()),
    };
    check_length(path, &value).map_err(|refusal| refusal.text)?;
    if let Some(field) = slot.person_field() {
        persons::check(field, &value, ctx.now)?;
    }
    Ok(Change { field: path.to_owned(), old, new: value, answer: None })
}

#[cfg(test)]
mod tests {
    use crate::domain::dossier::fixture::{Case, invalid, receptionist, wrong_status};
    use crate::domain::dossier::{Command, FormValue, Status};

    fn changes(field: &str, value: &str) -> Vec<(String, FormValue)> {
        vec![(field.to_owned(), FormValue::Text(value.to_owned()))]
    }

    fn correct(field: &str, value: &str) -> Command {
        Command::Correct { changes: changes(field, value), reason: "Gõ nhầm".to_owned() }
    }

    fn correct_result(field: &str, value: &str) -> Command {
        Command::CorrectResult { changes: changes(field, value), reason: "QĐ 5/2026".to_owned() }
    }

    #[test]
    fn both_values_are_kept() {
        let case =
            Case::processing().after(receptionist(), correct("owner.name", "Nguyễn Thị Lân"));
        assert_eq!(case.dossier.owner.name, "Nguyễn Thị Lân");
        assert_eq!(case.dossier.submitter.name, "Nguyễn Thị Lân", "they are one person");
        let Some((_, crate::domain::dossier::Event::Corrected { changes, .. })) = case.log.last()
        else {
            panic!("not corrected");
        };
        assert_eq!(
            (changes[0].old.as_str(), changes[0].new.as_str()),
            ("Nguyễn Thị Lan", "Nguyễn Thị Lân")
        );
    }

    #[test]
    fn a_number_of_the_form_stays_a_number() {
        let case = Case::processing().after(receptionist(), correct("form.so_ban", "3"));
        assert_eq!(case.dossier.form["so_ban"], FormValue::Number("3".to_owned()));
        let case = case.after(receptionist(), correct("form.so_ban", "ba"));
        assert_eq!(case.dossier.form["so_ban"], FormValue::Text("ba".to_owned()));
    }

    #[test]
    fn a_correction_is_as_true_as_what_is_filed() {
        let wrong = [
            ("owner.name", " "),
            ("owner.phone", "12"),
            ("owner.email", "x"),
            ("owner.id_number", "12"),
            ("owner.birth_date", "31/02/2026"),
            ("owner.birth_date", "2026-11-24"),
            ("form.none", "x"),
            ("result.number", "8"),
            ("status", "9"),
        ];
        for (field, value) in wrong {
            let refused = Case::processing().refused(receptionist(), correct(field, value));
            assert_eq!(refused, invalid(&format!("changes.{field}")), "{field}");
        }
        let nothing = Command::Correct { changes: Vec::new(), reason: "Gõ nhầm".to_owned() };
        assert_eq!(Case::processing().refused(receptionist(), nothing), invalid("changes"));
    }

    #[test]
    fn after_the_end_the_result_is_corrected_and_nothing_else() {
        let case = Case::in_status(Status::Finished);
        assert_eq!(case.refused(receptionist(), correct("owner.name", "X")), wrong_status());
        let case = case.after(receptionist(), correct_result("result.number", "13/2026"));
        assert_eq!(case.dossier.outcome.unwrap().number.as_deref(), Some("13/2026"));
        let early =
            Case::processing().refused(receptionist(), correct_result("result.number", "1"));
        assert_eq!(early, wrong_status());
    }
}
