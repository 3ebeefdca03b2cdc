//! When a procedure is in force: from a date, until a decision abolishes it or puts others in its
//! place. What was received before goes on.

use jiff::civil::Date;

use super::calendar::words::date_short;
use super::catalogue::Procedure;
use super::dossier::{Directory, words};
use super::ids::ProcedureCode;
use super::refusal::{FieldError, Refusal, RefusalKind};
use super::rules::RulePack;
use super::words::{Lang, Text};

/// Most procedures that take the place of one.
pub const MOST_SUCCESSORS: usize = 10;
/// Longest name of a decision, in characters.
pub const LONGEST_DECISION: usize = 300;

/// The time in which a procedure is in force.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validity {
    /// The first day; none when it always was.
    pub from: Option<Date>,
    /// The first day on which it is no longer.
    pub ends: Option<Date>,
    /// The decision that abolishes or replaces it, or puts it in force.
    pub decision: String,
    /// The procedures that take its place; none when it is abolished.
    pub successors: Vec<ProcedureCode>,
}

/// Where a procedure stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It takes effect on this day.
    NotYet(Date),
    /// It is in force.
    InForce,
    /// Since this day it is not.
    Ended(Date),
}

impl Validity {
    /// Where it stands on a day.
    pub fn on(&self, day: Date) -> Standing {
        match (self.from, self.ends) {
            (_, Some(ends)) if ends <= day => Standing::Ended(ends),
            (Some(from), _) if day < from => Standing::NotYet(from),
            _ => Standing::InForce,
        }
    }

    /// Whether it says nothing that is not so anyway.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// Refuses dates that contradict each other, and successors that cannot be.
    ///
    /// # Errors
    /// A [`Refusal`] that names every field to repair.
    pub fn check(&self, code: &ProcedureCode, directory: &dyn Directory) -> Result<(), Refusal> {
        let mut errors = Vec::new();
        let mut refuse = |field: &str, text: Text| {
            errors.push(FieldError { field: field.to_owned(), text });
        };
        if self.from.zip(self.ends).is_some_and(|(from, ends)| ends <= from) {
            refuse("ends", words::ENDS_BEFORE.into());
        }
        if self.decision.chars().count() > LONGEST_DECISION {
            let most = LONGEST_DECISION.to_string();
            refuse("decision", words::DECISION_TOO_LONG.text(&[("max", &most)]));
        }
        if self.ends.is_some() && self.decision.trim().is_empty() {
            refuse("decision", words::DECISION_MISSING.into());
        }
        if !self.successors.is_empty() && self.ends.is_none() {
            refuse("ends", words::ENDS_MISSING.into());
        }
        if self.successors.len() > MOST_SUCCESSORS {
            let most = MOST_SUCCESSORS.to_string();
            refuse("successors", words::TOO_MANY_SUCCESSORS.text(&[("max", &most)]));
        }
        for successor in self.successors.iter().take(MOST_SUCCESSORS) {
            let named = [("procedure", successor.as_str())];
            if successor == code {
                refuse("successors", words::SUCCEEDS_ITSELF.into());
            } else if directory.procedure(successor).is_none() {
                refuse("successors", words::UNKNOWN_PROCEDURE.text(&named));
            } else if leads_to(successor, code, directory) {
                refuse("successors", words::SUCCEEDS_IN_A_CIRCLE.text(&named));
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(Refusal::fields(errors)) }
    }
}

/// Whether one procedure is followed by another, sooner or later.
fn leads_to(from: &ProcedureCode, to: &ProcedureCode, directory: &dyn Directory) -> bool {
    let (mut open, mut seen) = (vec![from], Vec::new());
    while let Some(next) = open.pop() {
        if next == to {
            return true;
        }
        if !seen.contains(&next) {
            seen.push(next);
            open.extend(successors(next, directory));
        }
    }
    false
}

/// Where a procedure stands on a day.
pub fn standing(code: &ProcedureCode, day: Date, directory: &dyn Directory) -> Standing {
    directory.validity(code).map_or(Standing::InForce, |validity| validity.on(day))
}

/// The procedures that are in force in the place of one that is not: its successors, or where those
/// have ended too, theirs.
pub fn heirs<'a>(
    code: &ProcedureCode,
    day: Date,
    directory: &'a dyn Directory,
) -> Vec<&'a Procedure> {
    let mut heirs: Vec<&Procedure> = Vec::new();
    let mut open: Vec<&ProcedureCode> = successors(code, directory).iter().rev().collect();
    let mut seen = vec![code.clone()];
    while let Some(next) = open.pop() {
        if seen.contains(next) {
            continue;
        }
        seen.push(next.clone());
        match standing(next, day, directory) {
            Standing::Ended(_) => open.extend(successors(next, directory).iter().rev()),
            Standing::InForce | Standing::NotYet(_) => heirs.extend(directory.procedure(next)),
        }
    }
    heirs
}

fn successors<'a>(code: &ProcedureCode, directory: &'a dyn Directory) -> &'a [ProcedureCode] {
    directory.validity(code).map_or(&[], |validity| &validity.successors)
}

/// "Đã bãi bỏ từ 01/12/2026 theo Quyết định …; nay là …": what is said of a procedure that is not in
/// force on a day; nothing of one that is.
pub fn said(code: &ProcedureCode, day: Date, directory: &dyn Directory) -> Option<Text> {
    let validity = directory.validity(code)?;
    let (message, date) = match validity.on(day) {
        Standing::InForce => return None,
        Standing::NotYet(from) => (words::NOT_YET_IN_FORCE, from),
        Standing::Ended(ends) if validity.successors.is_empty() => (words::ABOLISHED, ends),
        Standing::Ended(ends) => (words::REPLACED, ends),
    };
    let say = |lang| {
        let names = heirs(code, day, directory);
        let names: Vec<String> =
            names.iter().map(|heir| format!("{} ({})", heir.name, heir.code)).collect();
        let by = match validity.decision.trim() {
            "" => String::new(),
            decision => words::BY_DECISION.fill(lang, &[("decision", decision)]),
        };
        let values = [("date", date_short(date)), ("by", by), ("successors", names.join("; "))];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        message.fill(lang, &values)
    };
    Some(Text { vi: say(Lang::Vi), en: say(Lang::En) })
}

/// Refuses a new dossier of a procedure that is not in force.
///
/// # Errors
/// A [`Refusal`] that says since when, by which decision and what takes its place.
pub fn check_in_force(
    code: &ProcedureCode,
    day: Date,
    rules: &RulePack,
    directory: &dyn Directory,
) -> Result<(), Refusal> {
    let Some(text) = said(code, day, directory) else { return Ok(()) };
    let decision = directory.validity(code).map_or("", |validity| validity.decision.trim());
    let rule = match decision {
        "" => rules.source("in_force"),
        decision => decision.to_owned(),
    };
    let error = FieldError { field: "procedure".to_owned(), text: text.clone() };
    let refusal = Refusal { fields: vec![error], ..Refusal::new(RefusalKind::Invalid, text) };
    Err(refusal.by_rule(rule))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Standing, Validity};

    #[test]
    fn a_day_is_before_within_or_after() {
        let validity = Validity {
            from: Some(date(2026, 1, 1)),
            ends: Some(date(2026, 12, 1)),
            ..Validity::default()
        };
        assert_eq!(validity.on(date(2025, 12, 31)), Standing::NotYet(date(2026, 1, 1)));
        assert_eq!(validity.on(date(2026, 1, 1)), Standing::InForce);
        assert_eq!(validity.on(date(2026, 11, 30)), Standing::InForce);
        assert_eq!(validity.on(date(2026, 12, 1)), Standing::Ended(date(2026, 12, 1)));
        assert_eq!(Validity::default().on(date(2026, 12, 1)), Standing::InForce);
    }
}
