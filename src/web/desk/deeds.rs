//! Which action comes first, which need no form, and which ask before they are done.

use crate::domain::dossier::Action;
use crate::office::printing::Deed;

/// What a dossier may wait for, in this order; correcting, voiding and noting are never it.
const FIRST: [Action; 15] = [
    Action::Accept,
    Action::Supplement,
    Action::AnswerConsultation,
    Action::ApproveWithdrawal,
    Action::Approve,
    Action::IssueNumber,
    Action::Finish,
    Action::CompleteStep,
    Action::SubmitForApproval,
    Action::Certify,
    Action::Assign,
    Action::ReceiveResult,
    Action::Deliver,
    Action::RecordPayment,
    Action::ReturnPapers,
];

/// The main one of the actions that are possible now.
pub fn main_of(now: &[Action]) -> Option<Action> {
    FIRST.into_iter().find(|action| now.contains(action))
}

/// Whether nothing need be asked: the button does it.
pub const fn is_plain(action: Action) -> bool {
    matches!(action, Action::ReceiveResult)
}

/// Whether a page asks first, with what will follow.
pub const fn asks(action: Action) -> bool {
    matches!(
        action,
        Action::Refuse
            | Action::RequestSupplement
            | Action::Transfer
            | Action::ChangeProcedure
            | Action::Extend
            | Action::ApproveWithdrawal
            | Action::Stop
            | Action::Finish
            | Action::ReversePayment
            | Action::CorrectResult
            | Action::Void
    )
}

/// Whether it cannot be taken back.
pub const fn is_final(action: Action) -> bool {
    matches!(action, Action::Refuse | Action::ApproveWithdrawal | Action::Stop | Action::Void)
}

/// The paper that an action brings.
pub const fn paper_of(action: Action) -> Option<Deed> {
    Some(match action {
        Action::Accept => Deed::Receipt,
        Action::Refuse => Deed::ReceptionRefusal,
        Action::RequestSupplement => Deed::SupplementRequest,
        Action::Assign | Action::Forward => Deed::HandOver,
        Action::Extend => Deed::Apology,
        Action::Stop | Action::ApproveWithdrawal => Deed::StopNotice,
        Action::RequestPayment | Action::RecordPayment => Deed::FeeSlip,
        Action::Finish => Deed::ResultHandOver,
        Action::Deliver => Deed::ResultSlip,
        Action::Certify => Deed::Attestation,
        Action::ReturnPapers => Deed::ReturnSlip,
        _ => return None,
    })
}

/// The papers that are signed before an action is done.
pub const fn papers_before(action: Action) -> &'static [Deed] {
    match action {
        Action::Deliver => &[Deed::ResultSlip, Deed::ProxySlip, Deed::LostReceipt],
        Action::ReturnPapers => &[Deed::ReturnSlip],
        Action::RecordPayment => &[Deed::FeeSlip],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::{asks, is_final, main_of};
    use crate::domain::dossier::Action;

    #[test]
    fn what_cannot_be_taken_back_asks_first() {
        for action in Action::ALL {
            assert!(!is_final(*action) || asks(*action), "{}", action.id());
        }
    }

    #[test]
    fn a_note_is_never_the_main_thing() {
        assert_eq!(main_of(&[Action::Note, Action::Correct]), None);
        assert_eq!(main_of(&[Action::Note, Action::Refuse, Action::Accept]), Some(Action::Accept));
    }
}
