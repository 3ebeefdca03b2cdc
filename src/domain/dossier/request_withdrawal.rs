//! `request_withdrawal`: the applicant wants the dossier back.

use super::decide::required;
use super::event::Event;
use super::words;
use crate::domain::refusal::Refusal;

pub(super) fn decide(reason: &str) -> Result<Event, Refusal> {
    Ok(Event::WithdrawalRequested { reason: required("reason", reason, words::REASON_MISSING)? })
}

#[cfg(test)]
mod tests {
    use crate::domain::dossier::fixture::{Case, fee, invalid, processor, wrong_status};
    use crate::domain::dossier::{Actor, Command, FeeKind, Status};

    fn withdraw(reason: &str) -> Command {
        Command::RequestWithdrawal { reason: reason.to_owned() }
    }

    #[test]
    fn before_reception_it_needs_no_consent() {
        let case = Case::online().after(Actor::Applicant, withdraw("Đổi ý"));
        assert_eq!(case.dossier.status, Status::Stopped);
        assert_eq!(case.dossier.reason.as_deref(), Some("Đổi ý"));
    }

    #[test]
    fn after_it_the_clock_stops_until_it_is_decided() {
        let case = Case::processing().after(processor(), fee(FeeKind::Obligation));
        let case = case.after(Actor::Applicant, withdraw("Đổi ý"));
        assert_eq!(case.dossier.status, Status::WithdrawalRequested);
        assert_eq!(case.dossier.clock.pauses.len(), 1, "it was paused already");
        assert_eq!(case.refused(Actor::Applicant, withdraw("Lại")), wrong_status());
        assert_eq!(Case::counter().refused(Actor::Applicant, withdraw("")), invalid("reason"));
        let finished = Case::in_status(Status::Finished);
        assert_eq!(finished.refused(Actor::Applicant, withdraw("Đổi ý")), wrong_status());
    }
}
