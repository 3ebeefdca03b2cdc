//! Digitising: scans and pictures of papers, and the officer's word that they are like the paper.

use super::actor::Actor;
use super::attach::{attach, check_worker};
use super::event::Event;
use super::state::{Attachment, Dossier};
use super::words;
use crate::domain::ids::AttachmentId;
use crate::domain::refusal::Refusal;

/// Decides several files at once, each of its component, and which files were compared with the
/// paper: those that come now when `compared`, and `others` that are there already.
///
/// # Errors
/// As for [`attach`]; or there is nothing to do.
pub fn digitise(
    dossier: &Dossier,
    version: u64,
    files: Vec<Attachment>,
    compared: bool,
    others: &[AttachmentId],
    actor: &Actor,
) -> Result<Vec<Event>, Refusal> {
    check_worker(dossier, version, actor)?;
    let mut confirmed: Vec<AttachmentId> = Vec::new();
    for id in others {
        let known = dossier.attachment(*id).is_some() && dossier.confirmed_by(*id).is_none();
        if known && !confirmed.contains(id) {
            confirmed.push(*id);
        }
    }
    if compared {
        confirmed.extend(files.iter().map(|file| file.id));
    }
    let mut events = Vec::with_capacity(files.len() + 1);
    for file in files {
        events.push(attach(dossier, version, file, actor)?);
    }
    if dossier.attachments.len() + events.len() > super::MAX_PARTS {
        let text = words::TOO_MANY.text(&[("max", &super::MAX_PARTS.to_string())]);
        return Err(Refusal::field("files", text));
    }
    if !confirmed.is_empty() {
        let by = actor.staff().map(|staff| staff.full_name.clone()).unwrap_or_default();
        events.push(Event::FilesConfirmed { files: confirmed, by });
    }
    match events.is_empty() {
        true => Err(Refusal::field("files", words::NOTHING_TO_DIGITISE)),
        false => Ok(events),
    }
}

#[cfg(test)]
mod tests {
    use super::digitise;
    use crate::domain::agency::Role;
    use crate::domain::dossier::Event;
    use crate::domain::dossier::fixture::{Case, STRANGER, file, receptionist, staff, told};
    use crate::domain::refusal::RefusalKind;

    #[test]
    fn files_come_together_and_are_confirmed_now_or_later() {
        let mut case = Case::counter();
        let version = case.dossier.version;
        let events =
            digitise(&case.dossier, version, vec![file(false)], false, &[], &receptionist());
        for event in events.unwrap() {
            case.dossier.apply(case.now, &event);
        }
        let id = file(false).id;
        assert_eq!(case.dossier.confirmed_by(id), None);
        let version = case.dossier.version;
        let later =
            |ids: &[_]| digitise(&case.dossier, version, Vec::new(), true, ids, &receptionist());
        assert_eq!(told(later(&[]).unwrap_err()).1, "files");
        let events = later(&[id, id]).unwrap();
        assert_eq!(events.len(), 1);
        let Event::FilesConfirmed { files, by } = &events[0] else { panic!("not confirmed") };
        assert_eq!((files.len(), by.as_str()), (1, "receptionist"));
        let stranger = staff(Role::Receptionist, STRANGER);
        let refused = digitise(&case.dossier, version, vec![file(false)], true, &[], &stranger);
        assert_eq!(told(refused.unwrap_err()).0, RefusalKind::NotFound);
        let stale = digitise(&case.dossier, 0, vec![file(false)], true, &[], &receptionist());
        assert_eq!(told(stale.unwrap_err()).0, RefusalKind::Conflict);
    }
}
