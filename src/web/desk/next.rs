//! Which dossier comes next: the first of the list in which the one just done stood.

use super::access::Desk;
use super::views::View;
use crate::domain::dossier::{Action, Dossier};
use crate::domain::ids::DossierCode;
use crate::office::lists::ListQuery;

/// The next dossier after an action; none when the list is empty.
pub fn after(desk: &Desk, dossier: &Dossier, action: Action) -> Option<DossierCode> {
    let query = ListQuery { limit: 2, ..view(desk, action).query(desk) };
    let list = desk.office().list(desk.caller(), &query).ok()?;
    list.dossiers.into_iter().map(|next| next.code).find(|code| *code != dossier.code)
}

fn view(desk: &Desk, action: Action) -> View {
    match action {
        Action::Accept | Action::Refuse | Action::Transfer | Action::ChangeProcedure => {
            View::ToCheck
        }
        Action::Assign => View::ToAssign,
        Action::Approve | Action::ReturnForRework => View::ToApprove,
        Action::IssueNumber => View::ToNumber,
        Action::Finish => View::ToFinish,
        Action::ReceiveResult => View::ToReceive,
        Action::Deliver => View::ToDeliver,
        Action::ApproveWithdrawal | Action::RejectWithdrawal => View::Withdrawals,
        Action::Supplement | Action::RecordPayment => View::Waiting,
        Action::RejectCorrection => View::Corrections,
        Action::AnswerConsultation => View::Consultations,
        _ => View::first_for(desk),
    }
}
