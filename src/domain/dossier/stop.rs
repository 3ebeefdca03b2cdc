//! `stop`: the settlement ends without a result, with a reason.

use super::decide::{optional, required};
use super::event::Event;
use super::words;
use crate::domain::refusal::Refusal;

pub(super) fn decide(reason: &str, decision_number: Option<&str>) -> Result<Event, Refusal> {
    Ok(Event::Stopped {
        reason: required("reason", reason, words::REASON_MISSING)?,
        decision_number: optional("decision_number", decision_number)?,
    })
}
