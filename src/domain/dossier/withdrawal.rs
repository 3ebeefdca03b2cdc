//! `reject_withdrawal`: the dossier goes back to where it was. (An approved one needs no rule.)

use super::clock;
use super::decide::{Context, required};
use super::event::Event;
use super::state::Dossier;
use super::status::Status;
use super::words;
use crate::domain::refusal::Refusal;

pub(super) fn reject(dossier: &Dossier, reason: &str, ctx: &Context<'_>) -> Result<Event, Refusal> {
    let reason = required("reason", reason, words::REASON_MISSING)?;
    let still_paused = dossier.before_withdrawal.is_some_and(Status::is_paused);
    let due_at = if still_paused { None } else { clock::due_after_pause(dossier, ctx)? };
    Ok(Event::WithdrawalRejected { reason, due_at })
}
