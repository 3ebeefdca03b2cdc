//! `refuse`: the dossier is not received, with a reason that the applicant reads.

use super::decide::required;
use super::event::Event;
use super::words;
use crate::domain::refusal::Refusal;

pub(super) fn decide(reason: &str) -> Result<Event, Refusal> {
    Ok(Event::Refused { reason: required("reason", reason, words::REASON_MISSING)? })
}

#[cfg(test)]
mod tests {
    use crate::domain::dossier::fixture::{
        Case, invalid, missing, processor, receptionist, supplement, wrong_status,
    };
    use crate::domain::dossier::{Actor, Command, Status};
    use crate::domain::refusal::RefusalKind;

    fn refuse(reason: &str) -> Command {
        Command::Refuse { reason: reason.to_owned() }
    }

    #[test]
    fn it_ends_with_a_reason_for_the_applicant() {
        let case = Case::in_status(Status::NotReceived);
        assert_eq!(case.dossier.reason.as_deref(), Some("lý do"));
        assert_eq!((case.dossier.clock.due_at, case.dossier.ended_at), (None, Some(case.now)));
        assert_eq!(Case::online().refused(receptionist(), refuse(" ")), invalid("reason"));
        assert_eq!(Case::online().refused(processor(), refuse("x")).0, RefusalKind::Forbidden);
    }

    #[test]
    fn only_what_was_never_received() {
        let asked = Case::online().after(receptionist(), missing());
        assert_eq!(asked.after(receptionist(), refuse("x")).dossier.status, Status::NotReceived);
        let received = Case::counter().after(receptionist(), missing());
        assert_eq!(received.refused(receptionist(), refuse("x")), wrong_status());
        let back = received.after(Actor::Applicant, supplement());
        assert_eq!(back.refused(receptionist(), refuse("x")), wrong_status());
    }
}
