//! `declare_transfer`: the applicant says that the money is on its way. `reject_transfer`: the cashier
//! did not find it. That it came is said by `record_payment`.

use super::decide::required;
use super::event::Event;
use super::state::Dossier;
use super::words;
use crate::domain::fee::grouped;
use crate::domain::refusal::Refusal;

pub(super) fn declare(dossier: &Dossier, amount: Option<u64>) -> Result<Event, Refusal> {
    let unpaid = dossier.unpaid();
    if amount.is_some_and(|amount| amount != unpaid) {
        let text = words::AMOUNT_DIFFERS.text(&[("amount", &grouped(unpaid))]);
        return Err(Refusal::field("amount", text));
    }
    Ok(Event::TransferDeclared { amount: unpaid })
}

pub(super) fn reject(reason: &str) -> Result<Event, Refusal> {
    Ok(Event::TransferRejected { reason: required("reason", reason, words::REASON_MISSING)? })
}

#[cfg(test)]
mod tests {
    use crate::domain::dossier::fixture::{Case, cashier, fee, invalid, pay, plain};
    use crate::domain::dossier::{Actor, Command, FeeKind};
    use crate::domain::refusal::RefusalKind;

    fn declare(amount: Option<u64>) -> Command {
        Command::DeclareTransfer { amount }
    }

    #[test]
    fn a_transfer_is_declared_once_until_the_cashier_has_looked() {
        let case = Case::counter().after(cashier(), fee(FeeKind::Fee));
        assert_eq!(case.refused(Actor::Applicant, declare(Some(1))), invalid("amount"));
        assert_eq!(case.refused(cashier(), declare(None)), plain(RefusalKind::Forbidden));
        let case = case.after(Actor::Applicant, declare(Some(50_000)));
        assert_eq!(case.dossier.declared.as_ref().map(|declared| declared.amount), Some(50_000));
        let twice = case.refused(Actor::Applicant, declare(None));
        assert_eq!(twice, plain(RefusalKind::Impossible));
        let silent = Command::RejectTransfer { reason: String::new() };
        assert_eq!(case.refused(cashier(), silent), invalid("reason"));
        let lost = Command::RejectTransfer { reason: "chưa thấy".to_owned() };
        let case = case.after(cashier(), lost.clone()).after(Actor::Applicant, declare(None));
        let case = case.after(cashier(), pay());
        assert_eq!((case.dossier.declared.as_ref(), case.dossier.unpaid()), (None, 0));
        assert_eq!(case.refused(cashier(), lost), plain(RefusalKind::Impossible));
    }
}
