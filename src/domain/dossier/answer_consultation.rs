//! `answer_consultation`: by the agency or unit that was asked; a late answer is still one.

use super::decide::{Context, required};
use super::event::Event;
use super::state::Dossier;
use super::words;
use crate::domain::refusal::{Refusal, RefusalKind};

pub(super) fn decide(
    dossier: &Dossier,
    number: u32,
    answer: &str,
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    let open = dossier.consultations.iter().find(|c| c.number == number && c.answer.is_none());
    let Some(consultation) = open else {
        let text = words::NO_CONSULTATION.text(&[("number", &number.to_string())]);
        return Err(Refusal::field("consultation", text));
    };
    let asked = ctx.actor.staff().is_some_and(|staff| {
        staff.agency == consultation.agency
            && consultation.unit.as_ref().is_none_or(|unit| staff.unit.as_ref() == Some(unit))
    });
    if !asked {
        return Err(Refusal::new(RefusalKind::Forbidden, words::NOT_ASKED));
    }
    let answer = required("answer", answer, words::ANSWER_MISSING)?;
    Ok(Event::ConsultationAnswered { number, answer })
}
