//! `request_payment`: fee lines; an obligation that the law sets pauses the clock.

use super::decide::required;
use super::event::Event;
use super::state::{Dossier, FeeKind, FeeLine};
use super::status::Status;
use super::words;
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};

/// Most lines of one request.
const MAX_LINES: usize = 50;
/// Largest amount of a line, in đồng.
const MAX_AMOUNT: u64 = 1_000_000_000_000;

pub(super) fn decide(dossier: &Dossier, fees: &[FeeLine]) -> Result<Event, Refusal> {
    let owes = fees.iter().any(|line| line.kind == FeeKind::Obligation);
    if owes && !matches!(dossier.status, Status::Received | Status::Processing) {
        return Err(Refusal::new(RefusalKind::Impossible, words::OBLIGATION_NOT_NOW));
    }
    if fees.is_empty() {
        return Err(Refusal::field("fees", words::FEES_MISSING));
    }
    if fees.len() > MAX_LINES {
        let text = words::TOO_MANY.text(&[("max", &MAX_LINES.to_string())]);
        return Err(Refusal::field("fees", text));
    }
    let (mut lines, mut errors) = (Vec::with_capacity(fees.len()), Vec::new());
    for (position, line) in fees.iter().enumerate() {
        let field = format!("fees[{position}].name");
        match required(&field, &line.name, words::FEE_NAME_MISSING) {
            Ok(name) => lines.push(FeeLine { name, ..line.clone() }),
            Err(refusal) => errors.extend(refusal.fields),
        }
        if line.amount == 0 || line.amount > MAX_AMOUNT {
            errors.push(FieldError {
                field: format!("fees[{position}].amount"),
                text: words::FEE_AMOUNT_WRONG.text(&[("max", &MAX_AMOUNT.to_string())]),
            });
        }
    }
    if errors.is_empty() {
        Ok(Event::PaymentRequested { fees: lines })
    } else {
        Err(Refusal::fields(errors))
    }
}
