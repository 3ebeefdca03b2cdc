//! `reverse_payment`: a payment is taken back with a reason, or was recorded wrongly and is recorded
//! anew. What was taken stays in the log and in the books; the reversal stands beside it.

use super::decide::required;
use super::event::Event;
use super::money::{Instead, Taking};
use super::record_payment::receipt;
use super::state::Dossier;
use super::words;
use crate::domain::refusal::Refusal;

pub(super) fn decide(
    dossier: &Dossier,
    payment: Option<u32>,
    reason: &str,
    instead: Option<&Instead>,
) -> Result<Event, Refusal> {
    let taking = which(dossier, payment)?;
    let reason = required("reason", reason, words::REASON_MISSING)?;
    let instead = instead.map(|instead| anew(dossier, taking, instead)).transpose()?;
    Ok(Event::PaymentReversed { number: taking.number, reason, instead })
}

/// The taking that is meant: the only one, when none is named.
fn which(dossier: &Dossier, payment: Option<u32>) -> Result<&Taking, Refusal> {
    let mut standing = dossier.standing_takings();
    if let Some(number) = payment {
        return standing.find(|taking| taking.number == number).ok_or_else(|| {
            let text = words::NO_TAKING.text(&[("payment", &number.to_string())]);
            Refusal::field("payment", text)
        });
    }
    match (standing.next(), standing.next()) {
        (Some(taking), None) => Ok(taking),
        _ => Err(Refusal::field("payment", words::WHICH_TAKING)),
    }
}

fn anew(dossier: &Dossier, taking: &Taking, instead: &Instead) -> Result<Instead, Refusal> {
    let own = taking.receipt_number.as_deref();
    let given = instead.receipt_number.as_deref().map(str::trim).filter(|given| !given.is_empty());
    let receipt_number = match given {
        // The receipt that was handed out stays valid.
        Some(given) if own == Some(given) => Some(given.to_owned()),
        given => receipt(dossier, given)?,
    };
    if instead.method == taking.method && receipt_number.as_deref() == own {
        return Err(Refusal::field("method", words::INSTEAD_SAME));
    }
    Ok(Instead { method: instead.method, receipt_number })
}

#[cfg(test)]
mod tests {
    use crate::domain::catalogue::Channel;
    use crate::domain::dossier::fixture::{
        Case, cashier, deliver, fee, invalid, pay, plain, processor, receptionist,
    };
    use crate::domain::dossier::{Command, FeeKind, Instead, PaymentMethod, Status};
    use crate::domain::refusal::RefusalKind;

    fn reverse(payment: Option<u32>) -> Command {
        Command::ReversePayment { payment, reason: "ghi nhầm".to_owned(), instead: None }
    }

    fn instead(method: PaymentMethod) -> Command {
        let instead = Instead { method, receipt_number: None };
        Command::ReversePayment {
            payment: None,
            reason: "quẹt thẻ".to_owned(),
            instead: Some(instead),
        }
    }

    fn paid(kind: FeeKind) -> Case<'static> {
        Case::processing().after(processor(), fee(kind)).after(cashier(), pay())
    }

    #[test]
    fn what_was_taken_back_is_owed_again() {
        let case = paid(FeeKind::Fee).after(cashier(), reverse(None));
        assert_eq!((case.dossier.status, case.dossier.unpaid()), (Status::Processing, 50_000));
        assert_eq!(case.refused(cashier(), reverse(None)), plain(RefusalKind::Impossible));
        let case = case.after(cashier(), pay());
        assert_eq!(case.dossier.standing_takings().map(|t| t.number).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn an_obligation_taken_back_holds_the_dossier_up_again() {
        let case = paid(FeeKind::Obligation).after(cashier(), reverse(Some(1)));
        assert_eq!(case.dossier.status, Status::PaymentRequired);
        assert_eq!(case.dossier.clock.due_at, None);
    }

    #[test]
    fn a_wrong_record_is_put_right_even_after_the_end() {
        let case = Case::in_status(Status::Finished)
            .after(cashier(), fee(FeeKind::Fee))
            .after(cashier(), pay())
            .after(receptionist(), deliver(Channel::Counter));
        assert_eq!(case.refused(cashier(), instead(PaymentMethod::Cash)), invalid("method"));
        let case = case.after(cashier(), instead(PaymentMethod::Card));
        assert_eq!((case.dossier.status, case.dossier.unpaid()), (Status::ResultReturned, 0));
        let paid = case.dossier.fees[0].paid.as_ref().unwrap();
        assert_eq!((paid.method, paid.taking), (PaymentMethod::Card, 2));
        // Money that goes back after the end is not asked for any more.
        let case = case.after(cashier(), reverse(None));
        assert_eq!((case.dossier.unpaid(), case.dossier.standing_takings().count()), (0, 0));
    }

    #[test]
    fn it_says_which_and_why_and_is_the_cashiers() {
        let case = paid(FeeKind::Fee).after(processor(), fee(FeeKind::Fee)).after(cashier(), pay());
        assert_eq!(case.refused(cashier(), reverse(None)), invalid("payment"));
        assert_eq!(case.refused(cashier(), reverse(Some(3))), invalid("payment"));
        assert_eq!(case.refused(processor(), reverse(Some(1))), plain(RefusalKind::Forbidden));
        let silent =
            Command::ReversePayment { payment: Some(1), reason: " ".to_owned(), instead: None };
        assert_eq!(case.refused(cashier(), silent), invalid("reason"));
    }
}
