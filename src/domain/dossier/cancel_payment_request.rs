//! `cancel_payment_request`: money that was asked for by mistake is no longer asked for.

use super::decide::{Context, required};
use super::event::Event;
use super::money::FeeKind;
use super::record_payment::{due_after, no_request};
use super::state::Dossier;
use super::words;
use crate::domain::refusal::Refusal;

pub(super) fn decide(
    dossier: &Dossier,
    request: Option<u32>,
    reason: &str,
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    let open = dossier.open_requests();
    let request = match (request, open.as_slice()) {
        (Some(request), open) if open.contains(&request) => request,
        (Some(request), _) => return Err(no_request(request)),
        (None, [only]) => *only,
        (None, _) => return Err(Refusal::field("request", words::WHICH_REQUEST)),
    };
    let reason = required("reason", reason, words::REASON_MISSING)?;
    let mut left = dossier.open_fees().filter(|fee| fee.request != request);
    let is_held = left.any(|fee| fee.line.kind == FeeKind::Obligation);
    let due_at = due_after(dossier, is_held, ctx)?;
    Ok(Event::PaymentRequestCancelled { request, reason, due_at })
}

#[cfg(test)]
mod tests {
    use crate::domain::catalogue::Channel;
    use crate::domain::dossier::fixture::{
        Case, cashier, deliver, fee, invalid, pay, plain, processor, receptionist,
    };
    use crate::domain::dossier::{Command, FeeKind, Status};
    use crate::domain::refusal::RefusalKind;

    fn cancel(request: Option<u32>) -> Command {
        Command::CancelPaymentRequest { request, reason: "nhầm hồ sơ".to_owned() }
    }

    #[test]
    fn a_fee_asked_for_by_mistake_no_longer_blocks_delivery() {
        let case = Case::in_status(Status::Finished).after(cashier(), fee(FeeKind::Fee));
        assert_eq!(case.refused(receptionist(), deliver(Channel::Counter)).0, RefusalKind::Invalid);
        let case =
            case.after(cashier(), cancel(None)).after(receptionist(), deliver(Channel::Counter));
        assert_eq!(case.dossier.status, Status::ResultReturned);
    }

    #[test]
    fn an_obligation_no_longer_asked_for_ends_its_pause() {
        let case = Case::processing()
            .after(processor(), fee(FeeKind::Obligation))
            .after(processor(), cancel(Some(1)));
        assert_eq!(case.dossier.status, Status::Processing);
        assert!(case.dossier.clock.due_at.is_some());
    }

    #[test]
    fn it_names_an_open_request_and_a_reason() {
        let case =
            Case::counter().after(cashier(), fee(FeeKind::Fee)).after(cashier(), fee(FeeKind::Fee));
        assert_eq!(case.refused(cashier(), cancel(None)), invalid("request"));
        assert_eq!(case.refused(cashier(), cancel(Some(3))), invalid("request"));
        let silent = Command::CancelPaymentRequest { request: Some(1), reason: String::new() };
        assert_eq!(case.refused(cashier(), silent), invalid("reason"));
        let paid = case.after(cashier(), pay());
        assert_eq!(paid.refused(cashier(), cancel(Some(1))), plain(RefusalKind::Impossible));
    }
}
