//! `answer_consultation`: by the agency or unit that was asked; a late answer is still one.

use super::actor::Actor;
use super::decide::required;
use super::event::Event;
use super::state::{Consultation, Dossier};
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

pub(super) fn decide(dossier: &Dossier, number: u32, answer: &str) -> Result<Event, Refusal> {
    if !dossier.consultations.iter().any(|c| c.number == number && c.answer.is_none()) {
        let text = words::NO_CONSULTATION.text(&[("number", &number.to_string())]);
        return Err(Refusal::field("consultation", text));
    }
    let answer = required("answer", answer, words::ANSWER_MISSING)?;
    Ok(Event::ConsultationAnswered { number, answer })
}
