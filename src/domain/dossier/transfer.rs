//! `transfer`: to the agency that is competent; the applicant is told.

use super::clock;
use super::decide::{Context, required};
use super::event::Event;
use super::state::Dossier;
use super::words;
use crate::domain::ids::AgencyCode;
use crate::domain::refusal::Refusal;

pub(super) fn decide(
    dossier: &Dossier,
    agency: &AgencyCode,
    reason: &str,
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    let reason = required("reason", reason, words::REASON_MISSING)?;
    if ctx.directory.agency(agency).is_none() {
        let text = words::UNKNOWN_AGENCY.text(&[("agency", agency.as_str())]);
        return Err(Refusal::field("agency", text));
    }
    if dossier.receiving_agency == *agency && dossier.competent_agency == *agency {
        return Err(Refusal::field("agency", words::SAME_AGENCY));
    }
    let due_at = match dossier.received_at {
        None => Some(clock::answer_due(ctx.now, agency, ctx)?),
        Some(received_at) => clock::due(&dossier.clock, received_at, agency, ctx)?,
    };
    Ok(Event::Transferred { agency: agency.clone(), reason, due_at })
}
