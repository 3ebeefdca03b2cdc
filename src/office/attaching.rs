//! A file that was received becomes part of a dossier; sent twice under the same key, once.

use super::repeat::{self, Answer, Once};
use super::uploads::{Upload, check_unclaimed};
use super::{Caller, Office, no_dossier};
use crate::domain::dossier::{Attachment, Event, attach};
use crate::domain::ids::DossierCode;
use crate::domain::refusal::Refusal;
use crate::store::ledger::Failure;

impl Office {
    /// Adds a file that was kept by [`Office::keep_upload`] to a dossier. The answer is the file and
    /// the dossier's version with it. When nothing comes of it, the file is discarded.
    ///
    /// # Errors
    /// A refusal of the caller, the version or the component, or a fault; nothing has changed then.
    pub async fn attach_upload(
        &self,
        caller: &Caller,
        code: &DossierCode,
        version: u64,
        component: Option<&str>,
        upload: Upload,
        once: Option<Once>,
    ) -> Result<(Attachment, u64), Failure> {
        let id = upload.id;
        let outcome = self.attach_kept(caller, code, version, component, upload, once).await;
        match &outcome {
            Ok((attachment, _)) if attachment.id == id => self.forget_uploads(&[id])?,
            _ => self.discard_upload(id, caller)?,
        }
        outcome
    }

    async fn attach_kept(
        &self,
        caller: &Caller,
        code: &DossierCode,
        version: u64,
        component: Option<&str>,
        upload: Upload,
        once: Option<Once>,
    ) -> Result<(Attachment, u64), Failure> {
        let seen = self.dossier(caller, code)?;
        let component = match component.filter(|named| !named.is_empty()) {
            Some(named) => Some(self.component_of(&seen, named).ok_or_else(|| {
                use crate::domain::dossier::words::UNKNOWN_COMPONENT;
                Refusal::field("component", UNKNOWN_COMPONENT.text(&[("component", named)]))
            })?),
            None => None,
        };
        let attachment = upload.attachment(component, false, self.env.now());
        let (id, actor, kept) = (seen.id, caller.actor(), attachment.clone());
        let done = self.ledger.run(move |txn| {
            if let Some(answer) = repeat::recall(txn, once.as_ref())? {
                return Ok(answer);
            }
            let stored = txn.dossier(id)?.ok_or_else(no_dossier)?;
            check_unclaimed(txn, &vec![kept.clone()].into())?;
            let event = attach(&stored.dossier, version, kept, &actor)?;
            let dossier = txn.append(stored, &[event], &actor.label())?;
            let answer = Answer::of(&dossier);
            repeat::remember(txn, once.as_ref(), answer);
            Ok(answer)
        });
        let version = done.await?.value.version;
        match self.event_at(&seen, version)? {
            Some(Event::AttachmentAdded { attachment }) => Ok((attachment, version)),
            _ => Ok((attachment, version)),
        }
    }
}
