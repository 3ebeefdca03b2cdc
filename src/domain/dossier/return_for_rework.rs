//! `return_for_rework`: the approver sends the dossier back to the processor.

use super::action::Action;
use super::decide::required;
use super::event::Event;
use super::stages::check_stage;
use super::state::Dossier;
use super::words;
use crate::domain::refusal::Refusal;

pub(super) fn decide(dossier: &Dossier, reason: &str) -> Result<Event, Refusal> {
    check_stage(dossier, Action::ReturnForRework)?;
    Ok(Event::ReturnedForRework { reason: required("reason", reason, words::REASON_MISSING)? })
}
