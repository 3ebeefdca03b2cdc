//! `return_for_rework`: the approver sends the dossier back to the processor, also after approval as
//! long as no result was recorded.

use super::decide::required;
use super::event::Event;
use super::words;
use crate::domain::refusal::Refusal;

pub(super) fn decide(reason: &str) -> Result<Event, Refusal> {
    Ok(Event::ReturnedForRework { reason: required("reason", reason, words::REASON_MISSING)? })
}
