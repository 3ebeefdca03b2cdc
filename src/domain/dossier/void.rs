//! `void`: entered by mistake; the number stays used, the dossier leaves statistics.

use super::decide::required;
use super::event::Event;
use super::words;
use crate::domain::refusal::Refusal;

pub(super) fn decide(reason: &str) -> Result<Event, Refusal> {
    Ok(Event::Voided { reason: required("reason", reason, words::REASON_MISSING)? })
}
