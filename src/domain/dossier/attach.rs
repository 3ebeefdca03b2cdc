//! Adding a file outside of a supplement: a digitised paper, at the desk.

use super::actor::{Actor, Side};
use super::event::Event;
use super::state::{Attachment, Dossier};
use super::words;
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
    if !actor.sees(dossier) {
        return Err(Refusal::new(RefusalKind::NotFound, words::NOT_YOURS));
    }
    let works_on_it = actor.staff().is_some_and(|staff| {
        Side::Either.is(staff, dossier) && staff.roles.iter().any(|role| role.is_desk())
    });
    if !works_on_it {
        return Err(Refusal::new(RefusalKind::Forbidden, words::ATTACH_NOT_YOURS));
    }
    if version != dossier.version {
        return Err(words::changed(dossier.version, version));
    }
    if dossier.status.is_ended() {
        return Err(Refusal::new(RefusalKind::Impossible, words::ATTACH_ENDED));
    }
    if dossier.attachments.len() >= super::MAX_PARTS {
        let text = words::TOO_MANY.text(&[("max", &super::MAX_PARTS.to_string())]);
        return Err(Refusal::field("file", text));
    }
    Ok(Event::AttachmentAdded { attachment })
}
