//! `submit_for_approval`: the processor lays the dossier before the approver.

use super::action::Action;
use super::event::Event;
use super::stages::check_stage;
use super::state::Dossier;
use crate::domain::refusal::Refusal;

pub(super) fn decide(dossier: &Dossier) -> Result<Event, Refusal> {
    check_stage(dossier, Action::SubmitForApproval)?;
    Ok(Event::SubmittedForApproval)
}
