//! `submit_for_approval`: the processor lays the dossier before the approver.

use super::event::Event;

pub(super) fn decide() -> Event {
    Event::SubmittedForApproval
}

#[cfg(test)]
mod tests {
    use crate::domain::dossier::fixture::{Case, plain, processor, wrong_status};
    use crate::domain::dossier::{Command, Stage};
    use crate::domain::refusal::RefusalKind;

    #[test]
    fn once_until_it_comes_back() {
        let case = Case::submitted_for_approval();
        assert_eq!(case.dossier.stage, Stage::AwaitingApproval);
        let again = case.refused(processor(), Command::SubmitForApproval);
        assert_eq!(again, plain(RefusalKind::Impossible));
        assert_eq!(
            Case::counter().refused(processor(), Command::SubmitForApproval),
            wrong_status()
        );
    }
}
