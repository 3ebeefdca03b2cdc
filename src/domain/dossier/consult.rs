//! `consult`: a question to another agency or unit, with a deadline; the clock does not stop. Only
//! somebody who works, and can answer by then, is asked.

use jiff::Timestamp;

use super::decide::{Context, required};
use super::event::Event;
use super::state::Dossier;
use super::words;
use crate::domain::agency::Role;
use crate::domain::calendar::{Calendar, local};
use crate::domain::ids::{AgencyCode, AttachmentId, UnitCode};
use crate::domain::refusal::{FieldError, Refusal};

/// Days looked through for a session of the agency asked.
const HORIZON: usize = 400;

pub(super) fn decide(
    dossier: &Dossier,
    (agency, unit): (Option<&AgencyCode>, Option<&UnitCode>),
    question: &str,
    due_at: Timestamp,
    shares: &[AttachmentId],
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    let question = required("question", question, words::QUESTION_MISSING)?;
    if due_at <= ctx.now {
        return Err(Refusal::field("due_at", words::DATE_PAST));
    }
    if agency.is_none() && unit.is_none() {
        return Err(Refusal::field("agency", words::ASKED_MISSING));
    }
    let asked = agency.unwrap_or(&dossier.competent_agency);
    check_asked(dossier, asked, unit, ctx)?;
    if !is_at_work(ctx.directory.calendar(asked), ctx.now, due_at) {
        return Err(Refusal::field("due_at", words::ASKED_AT_REST));
    }
    check_shares(dossier, shares)?;
    let (agency, unit, shares) = (asked.clone(), unit.cloned(), shares.to_vec());
    Ok(Event::Consulted { agency, unit, question, due_at, shares })
}

/// Refuses to ask whom there is not, who has closed, who has nobody to answer, and oneself.
fn check_asked(
    dossier: &Dossier,
    asked: &AgencyCode,
    unit: Option<&UnitCode>,
    ctx: &Context<'_>,
) -> Result<(), Refusal> {
    let Some(known) = ctx.directory.agency(asked) else {
        let text = words::UNKNOWN_AGENCY.text(&[("agency", asked.as_str())]);
        return Err(Refusal::field("agency", text));
    };
    let named = match unit.map(|unit| (unit, known.unit(unit))) {
        Some((code, None)) => {
            let text = words::UNKNOWN_UNIT.text(&[("unit", code.as_str())]);
            return Err(Refusal::field("unit", text));
        }
        Some((_, Some(unit))) => unit.name.as_str(),
        None => known.name.as_str(),
    };
    let is_own = *asked == dossier.competent_agency;
    if unit.is_none() && is_own {
        return Err(Refusal::field("unit", words::ASK_A_UNIT));
    }
    let asks = ctx.actor.staff().and_then(|staff| staff.unit.as_ref());
    if is_own && unit.is_some() && unit == asks {
        return Err(Refusal::field("unit", words::ASK_ANOTHER));
    }
    let field = if unit.is_some() { "unit" } else { "agency" };
    if !ctx.directory.is_open(asked) {
        let text = words::AGENCY_CLOSED.text(&[("agency", &known.name)]);
        return Err(Refusal::field("agency", text));
    }
    if !ctx.directory.has_role(asked, unit, Role::Processor) {
        return Err(Refusal::field(field, words::NOBODY_THERE.text(&[("who", named)])));
    }
    Ok(())
}

/// Whether a calendar has office hours between two instants.
fn is_at_work(calendar: &Calendar, from: Timestamp, to: Timestamp) -> bool {
    let (from, to) = (local(from), local(to));
    let days = std::iter::successors(Some(from.date()), |day| day.tomorrow().ok());
    days.take_while(|day| *day <= to.date()).take(HORIZON).any(|day| {
        let mut sessions = calendar.regular(day).iter().chain(calendar.extra(day));
        sessions.any(|session| {
            day.to_datetime(session.opens) < to && day.to_datetime(session.closes) > from
        })
    })
}

/// Only what the applicant handed in goes along: not a draft, not another's answer.
fn check_shares(dossier: &Dossier, shares: &[AttachmentId]) -> Result<(), Refusal> {
    let wrong = shares
        .iter()
        .enumerate()
        .filter(|(place, id)| dossier.attachment(**id).is_none() || shares[..*place].contains(*id));
    let errors: Vec<FieldError> = wrong
        .map(|(place, _)| FieldError {
            field: format!("attachments[{place}]"),
            text: words::NO_SUCH_FILE.into(),
        })
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(Refusal::fields(errors)) }
}

#[cfg(test)]
mod tests {
    use crate::domain::dossier::Command;
    use crate::domain::dossier::fixture::{
        ASKED, CLOSED, Case, DEPARTMENT, EMPTY, invalid, processor,
    };
    use crate::domain::ids::AttachmentId;
    use jiff::civil::date;

    fn consult(agency: Option<&str>, unit: Option<&str>, question: &str, hours: i64) -> Command {
        Command::Consult {
            agency: agency.map(Into::into),
            unit: unit.map(Into::into),
            question: question.to_owned(),
            due_at: Case::processing().now + jiff::SignedDuration::from_hours(hours),
            shares: Vec::new(),
        }
    }

    #[test]
    fn the_clock_runs_on_while_another_agency_or_an_own_unit_is_asked() {
        let case = Case::processing()
            .after(processor(), consult(Some(ASKED), None, "?", 1))
            .after(processor(), consult(None, Some("dia-chinh"), "?", 1));
        assert_eq!(case.dossier.clock, Case::processing().dossier.clock);
        let asked: Vec<_> =
            case.dossier.consultations.iter().map(|c| (c.number, c.agency.as_str())).collect();
        assert_eq!(asked, [(1, ASKED), (2, DEPARTMENT)]);
    }

    #[test]
    fn a_question_needs_words_a_date_ahead_and_somebody_else() {
        let refused = |command| Case::processing().refused(processor(), command);
        assert_eq!(refused(consult(Some(ASKED), None, "", 1)), invalid("question"));
        assert_eq!(refused(consult(Some(ASKED), None, "?", 0)), invalid("due_at"));
        assert_eq!(refused(consult(None, None, "?", 1)), invalid("agency"));
        assert_eq!(refused(consult(Some("H1"), None, "?", 1)), invalid("agency"));
        assert_eq!(refused(consult(Some(ASKED), Some("x"), "?", 1)), invalid("unit"));
        // To ask oneself is no consultation, nor is to ask one's own unit.
        assert_eq!(refused(consult(Some(DEPARTMENT), None, "?", 1)), invalid("unit"));
        assert_eq!(refused(consult(None, Some("tu-phap"), "?", 1)), invalid("unit"));
    }

    #[test]
    fn nobody_is_asked_who_cannot_answer() {
        let refused = |command| Case::processing().refused(processor(), command);
        assert_eq!(refused(consult(Some(CLOSED), None, "?", 1)), invalid("agency"));
        assert_eq!(refused(consult(Some(EMPTY), None, "?", 1)), invalid("agency"));
        assert_eq!(refused(consult(Some(ASKED), Some("van-phong"), "?", 1)), invalid("unit"));
        // From Saturday to Sunday nobody is there.
        let saturday = Case::processing().when(date(2026, 11, 28).at(9, 0, 0, 0));
        let mut command = consult(Some(ASKED), None, "?", 1);
        if let Command::Consult { due_at, .. } = &mut command {
            *due_at = saturday.now + jiff::SignedDuration::from_hours(24);
        }
        assert_eq!(saturday.refused(processor(), command), invalid("due_at"));
    }

    #[test]
    fn only_files_of_the_dossier_go_along() {
        let mut command = consult(Some(ASKED), None, "?", 1);
        if let Command::Consult { shares, .. } = &mut command {
            shares.push(AttachmentId([1; 16]));
        }
        let refused = Case::processing().refused(processor(), command);
        assert_eq!(refused, invalid("attachments[0]"));
    }
}
