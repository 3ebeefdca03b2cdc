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
        return Err(Refusal::field("agency", words::ASSIGNEE_MISSING));
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
    Ok(Event::Consulted { agency: asked.clone(), unit: unit.cloned(), question, due_at })
}
