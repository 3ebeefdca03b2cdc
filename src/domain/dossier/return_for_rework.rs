//! `return_for_rework`: the approver sends the dossier back to the processor, also after approval as
//! long as no result was recorded.

use super::decide::required;
use super::event::Event;
use super::words;
use crate::domain::refusal::Refusal;

pub(super) fn decide(reason: &str) -> Result<Event, Refusal> {
    Ok(Event::ReturnedForRework { reason: required("reason", reason, words::REASON_MISSING)? })
}

#[cfg(test)]
mod tests {
    use crate::domain::dossier::fixture::{
        Case, approver, invalid, plain, processor, submit_for_approval,
    };
    use crate::domain::dossier::{Command, Stage};
    use crate::domain::refusal::RefusalKind;

    fn rework(reason: &str) -> Command {
        Command::ReturnForRework { reason: reason.to_owned() }
    }

    #[test]
    fn it_goes_back_with_a_reason_and_comes_again() {
        let case = Case::submitted_for_approval().after(approver(), rework("Thiếu căn cứ"));
        assert_eq!(case.dossier.stage, Stage::Work);
        let case = case.after(processor(), submit_for_approval());
        assert_eq!(case.refused(approver(), rework("")), invalid("reason"));
        assert_eq!(Case::approved().after(approver(), rework("Sai")).dossier.stage, Stage::Work);
    }

    #[test]
    fn there_must_be_something_to_send_back() {
        let refused = Case::processing().refused(approver(), rework("x"));
        assert_eq!(refused, plain(RefusalKind::Impossible));
    }
}
