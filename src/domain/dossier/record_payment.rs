//! `record_payment`: every open line was paid, or those of one request; never a part of them.

use super::clock;
use super::command::Paying;
use super::decide::{Context, optional};
use super::event::Event;
use super::money::{Fee, FeeKind};
use super::state::Dossier;
use super::status::Status;
use super::words;
use crate::domain::fee::grouped;
use crate::domain::refusal::Refusal;

pub(super) fn decide(
    dossier: &Dossier,
    paying: &Paying,
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    let Paying { method, request, .. } = *paying;
    let meant = |fee: &&Fee| request.is_none_or(|request| fee.request == request);
    let due: u64 = dossier.open_fees().filter(meant).map(|fee| fee.line.amount).sum();
    if due == 0 {
        return Err(no_request(request.unwrap_or_default()));
    }
    if paying.amount.is_some_and(|amount| amount != due) {
        let text = words::AMOUNT_DIFFERS.text(&[("amount", &grouped(due))]);
        return Err(Refusal::field("amount", text));
    }
    let receipt_number = receipt(dossier, paying.receipt_number.as_deref())?;
    let mut left = dossier.open_fees().filter(|fee| !meant(fee));
    let is_held = left.any(|fee| fee.line.kind == FeeKind::Obligation);
    let due_at = due_after(dossier, is_held, ctx)?;
    Ok(Event::PaymentRecorded { method, receipt_number, due_at, request })
}

/// The due date after something was paid or is no longer asked for: a pause for an obligation ends
/// when none holds the dossier up.
pub(super) fn due_after(
    dossier: &Dossier,
    is_held: bool,
    ctx: &Context<'_>,
) -> Result<Option<jiff::Timestamp>, Refusal> {
    match dossier.status {
        Status::PaymentRequired if is_held => Ok(None),
        Status::PaymentRequired => clock::due_after_pause(dossier, ctx),
        _ => Ok(dossier.clock.due_at),
    }
}

/// The number of an official receipt, which no other payment of the dossier has.
pub(super) fn receipt(dossier: &Dossier, number: Option<&str>) -> Result<Option<String>, Refusal> {
    let number = optional("receipt_number", number)?;
    if let Some(number) = &number
        && dossier.standing_takings().any(|taking| taking.receipt_number.as_ref() == Some(number))
    {
        let text = words::RECEIPT_TWICE.text(&[("receipt", number)]);
        return Err(Refusal::field("receipt_number", text));
    }
    Ok(number)
}

pub(super) fn no_request(request: u32) -> Refusal {
    let text = words::NO_REQUEST.text(&[("request", &request.to_string())]);
    Refusal::field("request", text)
}

#[cfg(test)]
mod tests {
    use crate::domain::dossier::fixture::{
        Case, at, cashier, fee, pay, plain, processor, receptionist,
    };
    use crate::domain::dossier::{Actor, Command, FeeKind, Paying, PaymentMethod, Status};
    use crate::domain::refusal::RefusalKind;
    use jiff::civil::date;

    fn paying(change: impl FnOnce(&mut Paying)) -> Command {
        let mut paying = Paying::all(PaymentMethod::Cash);
        change(&mut paying);
        Command::RecordPayment(paying)
    }

    #[test]
    fn an_obligation_met_ends_its_pause() {
        let case = Case::processing()
            .after(processor(), fee(FeeKind::Obligation))
            .when(date(2026, 11, 25).at(10, 0, 0, 0));
        assert_eq!(case.dossier.clock.due_at, None);
        let case = case.after(cashier(), pay());
        assert_eq!(case.dossier.status, Status::Processing);
        assert_eq!(case.dossier.unpaid(), 0);
        // The pack restarts: five working days after Wednesday.
        assert_eq!(case.dossier.clock.due_at, Some(at(date(2026, 12, 2).at(17, 0, 0, 0))));
    }

    #[test]
    fn an_ordinary_fee_leaves_the_clock_alone() {
        let due_at = Case::counter().dossier.clock.due_at;
        let case =
            Case::counter().after(cashier(), fee(FeeKind::Fee)).later(30).after(cashier(), pay());
        assert_eq!((case.dossier.status, case.dossier.clock.due_at), (Status::Received, due_at));
    }

    #[test]
    fn one_request_can_be_paid_and_the_obligation_still_holds() {
        let case = Case::processing()
            .after(processor(), fee(FeeKind::Fee))
            .after(processor(), fee(FeeKind::Obligation))
            .after(cashier(), paying(|paying| paying.request = Some(1)));
        assert_eq!(case.dossier.status, Status::PaymentRequired);
        assert_eq!((case.dossier.unpaid(), case.dossier.clock.due_at), (50_000, None));
        let case = case.after(cashier(), paying(|paying| paying.request = Some(2)));
        assert_eq!((case.dossier.status, case.dossier.takings.len()), (Status::Processing, 2));
    }

    #[test]
    fn only_what_is_asked_for_is_taken_and_only_once() {
        let case = Case::counter().after(cashier(), fee(FeeKind::Fee));
        for amount in [0, 49_999, 50_001, u64::MAX] {
            let refused = case.refused(cashier(), paying(|paying| paying.amount = Some(amount)));
            assert_eq!(refused.1, "amount");
        }
        assert_eq!(case.refused(cashier(), paying(|paying| paying.request = Some(2))).1, "request");
        let receipt = |paying: &mut Paying| paying.receipt_number = Some("AA 1".to_owned());
        let case = case.after(cashier(), paying(receipt)).after(cashier(), fee(FeeKind::Fee));
        assert_eq!(case.refused(cashier(), paying(receipt)).1, "receipt_number");
        let case = case.after(cashier(), paying(|paying| paying.amount = Some(50_000)));
        assert_eq!(case.refused(cashier(), pay()), plain(RefusalKind::Impossible));
    }

    #[test]
    fn there_must_be_something_to_pay_and_a_hand_that_may() {
        assert_eq!(Case::counter().refused(cashier(), pay()), plain(RefusalKind::Impossible));
        let asked = Case::counter().after(cashier(), fee(FeeKind::Fee));
        for actor in [Actor::Applicant, receptionist()] {
            assert_eq!(asked.refused(actor, pay()), plain(RefusalKind::Forbidden));
        }
        let long = paying(|paying| paying.receipt_number = Some("9".repeat(5_000)));
        assert_eq!(asked.refused(cashier(), long).1, "receipt_number");
    }
}
