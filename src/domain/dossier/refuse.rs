//! `refuse`: the dossier is not received, with a reason that the applicant reads.

use super::decide::required;
use super::event::Event;
use super::words;
use crate::domain::refusal::Refusal;

pub(super) fn decide(reason: &str) -> Result<Event, Refusal> {
    Ok(Event::Refused { reason: required("reason", reason, words::REASON_MISSING)? })
}
