//! Adding a file outside of a supplement: a digitised paper, at the desk.

use super::actor::{Actor, Side};
use super::event::Event;
use super::state::{Attachment, Dossier};
use super::words;
use crate::domain::agency::Role;
use crate::domain::refusal::{Refusal, RefusalKind};

/// Decides whether a desk may add a file to a dossier now.
///
/// # Errors
/// The actor does not work on the dossier, its version is another, or it has ended.
pub fn attach(
    dossier: &Dossier,
    version: u64,
    attachment: Attachment,
    actor: &Actor,
) -> Result<Event, Refusal> {
    check_worker(dossier, version, actor)?;
    if dossier.attachments.len() >= super::MAX_PARTS {
        let text = words::TOO_MANY.text(&[("max", &super::MAX_PARTS.to_string())]);
        return Err(Refusal::field("file", text));
    }
    Ok(Event::AttachmentAdded { attachment })
}

/// Refuses who does not work on the dossier, an old version, and what has ended.
pub(super) fn check_worker(dossier: &Dossier, version: u64, actor: &Actor) -> Result<(), Refusal> {
    if !actor.sees(dossier) {
        return Err(Refusal::new(RefusalKind::NotFound, words::NOT_YOURS));
    }
    // Who only takes money adds nothing to what is decided.
    let works = |role: &Role| role.is_desk() && *role != Role::Cashier;
    let works_on_it = actor
        .staff()
        .is_some_and(|staff| Side::Either.is(staff, dossier) && staff.roles.iter().any(works));
    if !works_on_it {
        return Err(Refusal::new(RefusalKind::Forbidden, words::ATTACH_NOT_YOURS));
    }
    if version != dossier.version {
        return Err(words::changed(dossier.version, version));
    }
    if dossier.status.is_ended() {
        return Err(Refusal::new(RefusalKind::Impossible, words::ATTACH_ENDED));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::domain::agency::Role;
    use crate::domain::dossier::fixture::{
        ASKED, Case, STRANGER, cashier, paper_file, plain, receptionist, staff, told,
    };
    use crate::domain::dossier::{Actor, Status, attach};
    use crate::domain::refusal::{Refusal, RefusalKind};

    fn refused(case: &Case<'_>, actor: Actor, version: u64) -> RefusalKind {
        let refusal: Refusal = attach(&case.dossier, version, paper_file(), &actor).unwrap_err();
        told(refusal).0
    }

    #[test]
    fn who_works_on_it_adds_files_until_it_ends() {
        let mut case = Case::online();
        let event = attach(&case.dossier, 1, paper_file(), &receptionist()).unwrap();
        case.dossier.apply(case.now, &event);
        assert_eq!((case.dossier.attachments.len(), case.dossier.version), (1, 2));
        assert_eq!(refused(&case, receptionist(), 1), RefusalKind::Conflict);
        assert_eq!(refused(&case, Actor::Applicant, 2), RefusalKind::Forbidden);
        assert_eq!(refused(&case, cashier(), 2), RefusalKind::Forbidden);
        assert_eq!(refused(&case, staff(Role::Receptionist, STRANGER), 2), RefusalKind::NotFound);
        assert_eq!(refused(&case, staff(Role::Processor, ASKED), 2), RefusalKind::NotFound);
        let ended = Case::in_status(Status::Stopped);
        let refusal = refused(&ended, receptionist(), ended.dossier.version);
        assert_eq!(refusal, plain(RefusalKind::Impossible).0);
    }
}
