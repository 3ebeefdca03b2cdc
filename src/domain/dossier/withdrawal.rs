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

#[cfg(test)]
mod tests {
    use crate::domain::dossier::fixture::{
        Case, invalid, missing, processor, receptionist, supplement, wrong_status,
    };
    use crate::domain::dossier::{Actor, Command, Status};

    fn withdraw() -> Command {
        Command::RequestWithdrawal { reason: "Đổi ý".to_owned() }
    }

    fn reject() -> Command {
        Command::RejectWithdrawal { reason: "Đã có quyết định".to_owned() }
    }

    #[test]
    fn an_approved_one_ends_the_dossier_with_the_applicants_reason() {
        let case = Case::in_status(Status::WithdrawalRequested);
        let case = case.after(processor(), Command::ApproveWithdrawal);
        assert_eq!(case.dossier.status, Status::Stopped);
        assert_eq!(case.dossier.reason.as_deref(), Some("lý do"));
    }

    #[test]
    fn a_rejected_one_goes_back_and_the_clock_on() {
        let case = Case::counter().after(Actor::Applicant, withdraw()).later(2);
        let case = case.after(processor(), reject());
        assert_eq!(case.dossier.status, Status::Received);
        assert!(case.dossier.clock.due_at.is_some());
        assert_eq!(case.dossier.reason, None);
        assert_eq!(case.refused(processor(), reject()), wrong_status());
    }

    #[test]
    fn asked_for_during_a_supplement_the_supplement_is_still_awaited() {
        for case in [Case::online(), Case::counter()] {
            let origin = case.dossier.status;
            let case = case.after(receptionist(), missing()).after(Actor::Applicant, withdraw());
            let case = case.later(1).after(processor(), reject());
            assert_eq!(case.dossier.status, Status::SupplementRequired);
            assert!(case.dossier.supplement.is_some());
            assert_eq!(case.dossier.clock.due_at, None);
            let case = case.later(1).after(Actor::Applicant, supplement());
            assert_eq!(case.dossier.status, origin);
            assert!(case.dossier.clock.due_at.is_some());
        }
    }

    #[test]
    fn a_rejection_has_a_reason() {
        let silent = Command::RejectWithdrawal { reason: String::new() };
        let case = Case::in_status(Status::WithdrawalRequested);
        assert_eq!(case.refused(processor(), silent), invalid("reason"));
    }
}
