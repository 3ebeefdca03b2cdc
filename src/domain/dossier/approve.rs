//! `approve`: the approver signs what was laid before them.

use super::event::Event;

pub(super) fn decide() -> Event {
    Event::Approved
}

#[cfg(test)]
mod tests {
    use crate::domain::dossier::fixture::{Case, approver, plain, processor, told};
    use crate::domain::dossier::{Command, Stage};
    use crate::domain::refusal::RefusalKind;

    #[test]
    fn only_what_was_laid_before_the_approver_is_approved() {
        assert_eq!(Case::approved().dossier.stage, Stage::Approved);
        let refused = Case::processing().refused(approver(), Command::Approve);
        assert_eq!(refused, plain(RefusalKind::Impossible));
        let refused = Case::submitted_for_approval().refused(processor(), Command::Approve);
        assert_eq!(refused, plain(RefusalKind::Forbidden));
    }

    #[test]
    fn the_stage_is_looked_at_before_the_note() {
        let case = Case::processing();
        let mut request = case.request(Command::Approve);
        request.note = Some("x".repeat(super::super::MAX_TEXT + 1));
        let refusal = case.decide(&approver(), &request).unwrap_err();
        assert_eq!(told(refusal), plain(RefusalKind::Impossible));
    }
}
