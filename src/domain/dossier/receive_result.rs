//! `receive_result`: the section takes the paper result from the settling unit.

use super::event::Event;

pub(super) fn decide() -> Event {
    Event::ResultReceived
}

#[cfg(test)]
mod tests {
    use crate::domain::dossier::fixture::{Case, plain, receptionist, wrong_status};
    use crate::domain::dossier::{Command, Status};
    use crate::domain::refusal::RefusalKind;

    #[test]
    fn the_section_takes_it_once() {
        let case = Case::in_status(Status::Finished).after(receptionist(), Command::ReceiveResult);
        assert!(case.dossier.outcome.as_ref().is_some_and(|outcome| outcome.at_section));
        assert_eq!(case.dossier.status, Status::Finished);
        let again = case.refused(receptionist(), Command::ReceiveResult);
        assert_eq!(again, plain(RefusalKind::Impossible));
        assert_eq!(
            Case::approved().refused(receptionist(), Command::ReceiveResult),
            wrong_status()
        );
    }
}
