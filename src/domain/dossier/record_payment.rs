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

#[cfg(test)]
mod tests {
    use crate::domain::dossier::fixture::{
        Case, at, cashier, fee, pay, plain, processor, receptionist,
    };
    use crate::domain::dossier::{Actor, Command, FeeKind, Status};
    use crate::domain::refusal::RefusalKind;
    use jiff::civil::date;

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
    fn there_must_be_something_to_pay_and_a_hand_that_may() {
        assert_eq!(Case::counter().refused(cashier(), pay()), plain(RefusalKind::Impossible));
        let asked = Case::counter().after(cashier(), fee(FeeKind::Fee));
        for actor in [Actor::Applicant, receptionist()] {
            assert_eq!(asked.refused(actor, pay()), plain(RefusalKind::Forbidden));
        }
        let long = Command::RecordPayment {
            method: crate::domain::dossier::PaymentMethod::Cash,
            receipt_number: Some("9".repeat(5_000)),
        };
        assert_eq!(asked.refused(cashier(), long).1, "receipt_number");
    }
}
