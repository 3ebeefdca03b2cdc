//! `void`: entered by mistake; the number stays used, the dossier leaves statistics.

use super::decide::required;
use super::event::Event;
use super::words;
use crate::domain::refusal::Refusal;

pub(super) fn decide(reason: &str) -> Result<Event, Refusal> {
    Ok(Event::Voided { reason: required("reason", reason, words::REASON_MISSING)? })
}

#[cfg(test)]
mod tests {
    use crate::domain::dossier::fixture::{Case, head, invalid, receptionist, wrong_status};
    use crate::domain::dossier::{Command, Status};
    use crate::domain::refusal::RefusalKind;

    fn void(reason: &str) -> Command {
        Command::Void { reason: reason.to_owned() }
    }

    #[test]
    fn the_head_voids_what_was_entered_by_mistake() {
        for case in [Case::online(), Case::counter()] {
            assert_eq!(case.refused(receptionist(), void("Nhầm")).0, RefusalKind::Forbidden);
            assert_eq!(case.refused(head(), void("")), invalid("reason"));
            let case = case.after(head(), void("Nhầm"));
            assert_eq!(case.dossier.status, Status::Stopped);
            assert!(case.dossier.voided);
        }
        assert!(!Case::in_status(Status::Stopped).dossier.voided);
        assert_eq!(Case::processing().refused(head(), void("Nhầm")), wrong_status());
    }
}
