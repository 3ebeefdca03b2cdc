//! `submit_for_approval`: the processor lays the dossier before the approver.

use super::event::Event;

pub(super) fn decide() -> Event {
    Event::SubmittedForApproval
}
