//! `consult`: a question to another agency or unit, with a deadline; the clock does not stop.

use jiff::Timestamp;

use super::decide::{Context, required};
use super::event::Event;
use super::state::Dossier;
use super::words;
use crate::domain::ids::{AgencyCode, UnitCode};
use crate::domain::refusal::Refusal;

pub(super) fn decide(
    dossier: &Dossier,
    agency: Option<&AgencyCode>,
    unit: Option<&UnitCode>,
    question: &str,
    due_at: Timestamp,
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
    let Some(known) = ctx.directory.agency(asked) else {
        let text = words::UNKNOWN_AGENCY.text(&[("agency", asked.as_str())]);
        return Err(Refusal::field("agency", text));
    };
    if let Some(unit) = unit.filter(|unit| known.unit(unit).is_none()) {
        let text = words::UNKNOWN_UNIT.text(&[("unit", unit.as_str())]);
        return Err(Refusal::field("unit", text));
    }
    if unit.is_none() && *asked == dossier.competent_agency {
        return Err(Refusal::field("unit", words::ASK_A_UNIT));
    }
    Ok(Event::Consulted { agency: asked.clone(), unit: unit.cloned(), question, due_at })
}

#[cfg(test)]
mod tests {
    use crate::domain::dossier::Command;
    use crate::domain::dossier::fixture::{ASKED, Case, DEPARTMENT, invalid, processor};

    fn consult(agency: Option<&str>, unit: Option<&str>, question: &str, hours: i64) -> Command {
        Command::Consult {
            agency: agency.map(Into::into),
            unit: unit.map(Into::into),
            question: question.to_owned(),
            due_at: Case::processing().now + jiff::SignedDuration::from_hours(hours),
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
        // To ask oneself is no consultation.
        assert_eq!(refused(consult(Some(DEPARTMENT), None, "?", 1)), invalid("unit"));
    }
}
