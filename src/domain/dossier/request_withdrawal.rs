//! `request_withdrawal`: the applicant wants the dossier back.

use super::decide::required;
use super::event::Event;
use super::words;
use crate::domain::refusal::Refusal;

pub(super) fn decide(reason: &str) -> Result<Event, Refusal> {
    Ok(Event::WithdrawalRequested { reason: required("reason", reason, words::REASON_MISSING)? })
}
