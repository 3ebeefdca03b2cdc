//! Scans and pictures of several papers become part of a dossier in one commit.

use std::sync::Arc;

use super::repeat::{self, Answer, Once};
use super::uploads::check_unclaimed;
use super::{Caller, Office, no_dossier};
use crate::domain::dossier::{Attachment, Dossier, digitise, words};
use crate::domain::ids::{AttachmentId, DossierCode};
use crate::domain::refusal::Refusal;
use crate::store::ledger::Failure;

/// What is digitised at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scans {
    /// Files that wait, each with the id or name of its component; empty: of none.
    pub files: Vec<(String, AttachmentId)>,
    /// Whether they were compared with the papers.
    pub compared: bool,
    /// Files of the dossier that were compared now.
    pub others: Vec<AttachmentId>,
}

impl Office {
    /// Adds scans to a dossier, and writes down which were compared with the paper. Sent twice under
    /// the same [`Once`], it is done once.
    ///
    /// # Errors
    /// A refusal that names the file, or a fault; nothing has changed then.
    pub async fn digitise(
        &self,
        caller: &Caller,
        code: &DossierCode,
        version: u64,
        scans: Scans,
        once: Option<Once>,
    ) -> Result<Dossier, Failure> {
        if let Some(answer) = self.answered(once.as_ref())? {
            return self.as_answered(answer);
        }
        let seen = self.dossier(caller, code)?;
        let named = scans.files.iter().enumerate();
        let wanted: Vec<_> = named.map(|(row, (_, id))| (format!("files[{row}]"), *id)).collect();
        let uploads = self.claim_uploads(&wanted, caller)?;
        let now = self.now();
        let mut files: Vec<Attachment> = Vec::with_capacity(uploads.len());
        for (row, (upload, (named, _))) in uploads.into_iter().zip(&scans.files).enumerate() {
            let component = match named.as_str() {
                "" => None,
                named => Some(self.component_of(&seen, named).ok_or_else(|| {
                    let text = words::UNKNOWN_COMPONENT.text(&[("component", named)]);
                    Refusal::field(format!("files[{row}].component"), text)
                })?),
            };
            files.push(upload.attachment(component, false, now));
        }
        let files: Arc<[Attachment]> = files.into();
        let claimed: Vec<AttachmentId> = files.iter().map(|file| file.id).collect();
        let (id, actor) = (seen.id, caller.actor());
        let Scans { compared, others, .. } = scans;
        let done = self.ledger.run(move |txn| {
            if let Some(answer) = repeat::recall(txn, once.as_ref())? {
                return Ok(answer);
            }
            let stored = txn.dossier(id)?.ok_or_else(no_dossier)?;
            check_unclaimed(txn, &files)?;
            let files = files.to_vec();
            let events = digitise(&stored.dossier, version, files, compared, &others, &actor)?;
            let dossier = txn.append(stored, &events, &actor.label())?;
            let answer = Answer {
                dossier: dossier.id,
                version: dossier.version,
                status: dossier.status,
                due_at: dossier.clock.due_at,
            };
            repeat::remember(txn, once.as_ref(), answer);
            Ok(answer)
        });
        let answer = done.await?.value;
        self.forget_uploads(&claimed)?;
        self.as_answered(answer)
    }
}
