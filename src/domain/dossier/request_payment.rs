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

#[cfg(test)]
mod tests {
    use crate::domain::dossier::fixture::{Case, cashier, fee, invalid, plain, processor};
    use crate::domain::dossier::{Command, FeeKind, FeeLine, Status};
    use crate::domain::refusal::RefusalKind;

    fn line(name: &str, amount: u64, kind: FeeKind) -> Command {
        Command::RequestPayment { fees: vec![FeeLine { name: name.to_owned(), amount, kind }] }
    }

    #[test]
    fn an_obligation_pauses_and_an_ordinary_fee_does_not() {
        let case = Case::processing().after(processor(), fee(FeeKind::Fee));
        assert_eq!(case.dossier.status, Status::Processing);
        assert!(case.dossier.clock.due_at.is_some());
        let case = case.after(processor(), fee(FeeKind::Obligation));
        assert_eq!(case.dossier.status, Status::PaymentRequired);
        assert_eq!((case.dossier.clock.due_at, case.dossier.unpaid()), (None, 100_000));
    }

    #[test]
    fn an_obligation_waits_for_reception_and_comes_before_the_result() {
        let refused = plain(RefusalKind::Impossible);
        for case in [Case::online(), Case::in_status(Status::Finished)] {
            // Even when the lines themselves are wrong.
            assert_eq!(case.refused(cashier(), line("", 0, FeeKind::Obligation)), refused);
            assert_eq!(case.after(cashier(), fee(FeeKind::Fee)).dossier.unpaid(), 50_000);
        }
    }

    #[test]
    fn every_wrong_line_is_named() {
        let refused = |command| Case::counter().refused(cashier(), command);
        assert_eq!(refused(Command::RequestPayment { fees: Vec::new() }), invalid("fees"));
        assert_eq!(refused(line(" ", 0, FeeKind::Fee)), invalid("fees[0].name fees[0].amount"));
        assert_eq!(refused(line("Phí", u64::MAX, FeeKind::Fee)), invalid("fees[0].amount"));
    }
}
