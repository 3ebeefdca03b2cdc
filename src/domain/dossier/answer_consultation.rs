//! `answer_consultation`: by the agency or unit that was asked, in words and with files; a late
//! answer is still one, and is flagged as late.

use super::actor::Actor;
use super::decide::required;
use super::event::Event;
use super::state::{Attachment, Consultation, Dossier};
use super::words;
use crate::domain::refusal::{Refusal, RefusalKind};

/// Refuses those who were not asked this question.
pub(super) fn check_asked(dossier: &Dossier, number: u32, actor: &Actor) -> Result<(), Refusal> {
    let asked = |c: &Consultation| actor.staff().is_some_and(|staff| c.asks(staff));
    match dossier.consultations.iter().find(|c| c.number == number) {
        Some(consultation) if !asked(consultation) => {
            Err(Refusal::new(RefusalKind::Forbidden, words::NOT_ASKED))
        }
        _ => Ok(()),
    }
}

pub(super) fn decide(
    dossier: &Dossier,
    number: u32,
    answer: &str,
    attachments: &[Attachment],
) -> Result<Event, Refusal> {
    if !dossier.consultations.iter().any(|c| c.number == number && c.answer.is_none()) {
        let text = words::NO_CONSULTATION.text(&[("number", &number.to_string())]);
        return Err(Refusal::field("consultation", text));
    }
    let answer = required("answer", answer, words::ANSWER_MISSING)?;
    Ok(Event::ConsultationAnswered { number, answer, attachments: attachments.to_vec() })
}

#[cfg(test)]
mod tests {
    use crate::domain::agency::Role;
    use crate::domain::dossier::fixture::{
        ASKED, Case, DEPARTMENT, approver, file, invalid, neighbour, plain, processor, staff,
    };
    use crate::domain::dossier::{Actor, Command};
    use crate::domain::refusal::RefusalKind;

    fn asked(agency: &str, unit: Option<&str>) -> Case<'static> {
        let case = Case::processing();
        let due_at = case.now + jiff::SignedDuration::from_hours(24);
        case.after(
            processor(),
            Command::Consult {
                agency: Some(agency.into()),
                unit: unit.map(Into::into),
                question: "Có ý kiến gì không?".to_owned(),
                due_at,
                shares: Vec::new(),
            },
        )
    }

    fn answer(number: u32, answer: &str) -> Command {
        Command::AnswerConsultation { number, answer: answer.to_owned(), attachments: Vec::new() }
    }

    fn expert() -> Actor {
        staff(Role::Processor, ASKED)
    }

    #[test]
    fn a_late_answer_is_one_and_is_flagged() {
        let case = asked(ASKED, None).later(25).after(expert(), answer(1, "Đồng ý"));
        let consultation = &case.dossier.consultations[0];
        assert_eq!(consultation.answer, Some(("Đồng ý".to_owned(), case.now)));
        assert!(consultation.is_late(case.now));
        assert_eq!(case.refused(expert(), answer(1, "Lại")).0, RefusalKind::Impossible);
    }

    #[test]
    fn only_who_was_asked_answers() {
        let not_allowed = plain(RefusalKind::Forbidden).0;
        let case = asked(ASKED, None);
        assert_eq!(case.refused(processor(), answer(1, "Có")).0, not_allowed);
        assert_eq!(case.refused(approver(), answer(1, "Có")).0, not_allowed);
        // Asked inside the own agency: the unit named answers, no other.
        assert_eq!(
            asked(DEPARTMENT, Some("dia-chinh")).refused(processor(), answer(1, "Có")).0,
            not_allowed
        );
        let own = asked(DEPARTMENT, Some("dia-chinh")).after(neighbour(), answer(1, "Có"));
        assert!(own.dossier.consultations[0].answer.is_some());
    }

    #[test]
    fn the_files_of_an_answer_are_the_desk_s() {
        let with_file = Command::AnswerConsultation {
            number: 1,
            answer: "Xem văn bản".to_owned(),
            attachments: vec![file(false)],
        };
        let case = asked(ASKED, None).after(expert(), with_file);
        assert_eq!(case.dossier.consultations[0].files, [file(false)]);
        assert!(case.dossier.attachment(file(false).id).is_none());
        assert!(case.dossier.desk_file(file(false).id).is_some());
    }

    #[test]
    fn the_question_must_be_there_and_the_answer_too() {
        assert_eq!(asked(ASKED, None).refused(expert(), answer(2, "Có")), invalid("consultation"));
        assert_eq!(asked(ASKED, None).refused(expert(), answer(1, " ")), invalid("answer"));
    }
}
