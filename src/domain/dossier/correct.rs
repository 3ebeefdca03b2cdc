//! `correct` and `correct_result`: a typing error is put right, both values kept.

use jiff::civil::Date;

use super::correction::{PersonField, Slot};
use super::decide::{check_length, required};
use super::event::{Change, Event};
use super::state::Dossier;
use super::words;
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::Text;

/// Most fields of one correction.
const MAX_CHANGES: usize = 50;

pub(super) fn decide(
    dossier: &Dossier,
    changes: &[(String, String)],
    reason: &str,
) -> Result<Event, Refusal> {
    let reason = required("reason", reason, words::REASON_MISSING)?;
    let changes = check(dossier, changes, |slot| !slot.is_result())?;
    Ok(Event::Corrected { changes, reason })
}

pub(super) fn decide_result(
    dossier: &Dossier,
    changes: &[(String, String)],
    reason: &str,
) -> Result<Event, Refusal> {
    let reason = required("reason", reason, words::REASON_MISSING)?;
    let changes = check(dossier, changes, |_| true)?;
    Ok(Event::ResultCorrected { changes, reason })
}

fn check(
    dossier: &Dossier,
    changes: &[(String, String)],
    may: impl Fn(&Slot) -> bool,
) -> Result<Vec<Change>, Refusal> {
    if changes.is_empty() {
        return Err(Refusal::field("changes", words::CHANGES_MISSING));
    }
    if changes.len() > MAX_CHANGES {
        let text = words::TOO_MANY.text(&[("max", &MAX_CHANGES.to_string())]);
        return Err(Refusal::field("changes", text));
    }
    let (mut checked, mut errors) = (Vec::new(), Vec::new());
    for (path, value) in changes {
        match check_one(dossier, path, value.trim(), &may) {
            Ok(change) => checked.push(change),
            Err(text) => errors.push(FieldError { field: format!("changes.{path}"), text }),
        }
    }
    if errors.is_empty() { Ok(checked) } else { Err(Refusal::fields(errors)) }
}

fn check_one(
    dossier: &Dossier,
    path: &str,
    value: &str,
    may: &impl Fn(&Slot) -> bool,
) -> Result<Change, Text> {
    let unknown = || words::CHANGE_UNKNOWN.text(&[("field", path)]);
    let slot = Slot::find(path).filter(may).ok_or_else(unknown)?;
    let old = slot.read(dossier).ok_or_else(unknown)?;
    check_length(path, value).map_err(|refusal| refusal.text)?;
    match slot.person_field() {
        Some(PersonField::Name) if value.is_empty() => return Err(words::NAME_MISSING.into()),
        Some(PersonField::BirthDate) if !value.is_empty() && value.parse::<Date>().is_err() => {
            return Err(words::DATE_WRONG.into());
        }
        _ => {}
    }
    Ok(Change { field: path.to_owned(), old, new: value.to_owned() })
}
