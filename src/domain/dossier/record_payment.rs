//! `record_payment`: every open line was paid.

use super::clock;
use super::decide::{Context, optional};
use super::event::Event;
use super::state::{Dossier, PaymentMethod};
use super::status::Status;
use crate::domain::refusal::Refusal;

pub(super) fn decide(
    dossier: &Dossier,
    method: PaymentMethod,
    receipt_number: Option<&str>,
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    let receipt_number = optional("receipt_number", receipt_number)?;
    let due_at = if dossier.status == Status::PaymentRequired {
        clock::due_after_pause(dossier, ctx)?
    } else {
        dossier.clock.due_at
    };
    Ok(Event::PaymentRecorded { method, receipt_number, due_at })
}
