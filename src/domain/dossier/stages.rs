//! The stages inside Processing: which action needs which.

use super::action::Action;
use super::actor::Actor;
use super::complete_step;
use super::state::{Consultation, Dossier};
use super::status::Stage;
use super::words;
use crate::domain::refusal::{Refusal, RefusalKind};

/// Refuses an action for which the dossier is at the wrong stage.
pub(super) fn check_stage(dossier: &Dossier, action: Action, actor: &Actor) -> Result<(), Refusal> {
    let approved = matches!(dossier.stage, Stage::Approved | Stage::Numbered);
    let wrong = match action {
        Action::SubmitForApproval => {
            (dossier.stage != Stage::Work).then_some(words::STAGE_NOT_WORK)
        }
        Action::Approve => {
            (dossier.stage != Stage::AwaitingApproval).then_some(words::STAGE_NOT_SUBMITTED)
        }
        Action::ReturnForRework => {
            (dossier.stage == Stage::Work).then_some(words::STAGE_NOT_SUBMITTED)
        }
        Action::IssueNumber | Action::Finish => (!approved).then_some(words::STAGE_NOT_APPROVED),
        Action::AnswerConsultation => {
            let asked = |c: &Consultation| actor.staff().is_some_and(|staff| c.asks(staff));
            let open = dossier.consultations.iter().any(|c| c.answer.is_none() && asked(c));
            (!open).then_some(words::NOTHING_ASKED)
        }
        Action::RecordPayment | Action::CancelPaymentRequest => {
            (dossier.unpaid() == 0).then_some(words::NOTHING_TO_PAY)
        }
        Action::ReversePayment => {
            dossier.standing_takings().next().is_none().then_some(words::NOTHING_TAKEN)
        }
        Action::DeclareTransfer if dossier.declared.is_some() => Some(words::DECLARED_ALREADY),
        Action::DeclareTransfer => (dossier.unpaid() == 0).then_some(words::NOTHING_TO_PAY),
        Action::RejectTransfer => dossier.declared.is_none().then_some(words::NOTHING_DECLARED),
        Action::RejectCorrection => {
            dossier.correction.is_none().then_some(words::NOTHING_TO_CORRECT)
        }
        Action::CompleteStep => {
            let open = dossier.run.as_ref().is_some_and(|run| run.completable().next().is_some());
            (!open).then_some(words::NO_STEP_TO_COMPLETE)
        }
        Action::ReceiveResult => dossier
            .outcome
            .as_ref()
            .is_some_and(|outcome| outcome.at_section)
            .then_some(words::ALREADY_AT_SECTION),
        _ => None,
    };
    if let Some(message) = wrong {
        return Err(Refusal::new(RefusalKind::Impossible, message));
    }
    if action == Action::SubmitForApproval {
        let open = complete_step::left_before_approval(dossier, actor);
        if !open.is_empty() {
            let text = words::STEPS_OPEN.text(&[("steps", &open.join(", "))]);
            return Err(Refusal::new(RefusalKind::Impossible, text));
        }
    }
    Ok(())
}
