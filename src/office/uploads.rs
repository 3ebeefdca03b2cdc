//! Files that came in and belong to no dossier yet: kept 24 hours, then swept.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::{Caller, Office, words};
use crate::documents::blobs::{
    BlobFault, BlobReader, BlobWriter, Incoming, PutError, StoredBlob, too_large,
};
use crate::documents::sniff::clean_name;
use crate::domain::dossier::{Attachment, FileKey};
use crate::domain::ids::{AttachmentId, ComponentId};
use crate::domain::personal::Origin;
use crate::domain::refusal::{FieldError, Refusal};
use crate::store::codec::wire::record;
use crate::store::engine::{Batch, Direction, Fault, FaultKind, scan_prefix};
use crate::store::ledger::Failure;
use crate::store::tables::{BLOBS, UPLOADS};

/// How long a file waits for its dossier.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// A file that waits for its dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Its id, which is the blob's.
    pub id: AttachmentId,
    /// Who sent it, as [`Caller::scope`] says.
    pub owner: String,
    /// Its cleaned name.
    pub name: String,
    /// What its content is.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of the plaintext.
    pub sha256: [u8; 32],
    /// SHA-256 of the blob.
    pub cipher_sha256: [u8; 32],
    /// Pages, when the file shows them.
    pub pages: Option<u32>,
    /// When it came.
    pub at: Timestamp,
    /// Until when a draft keeps it; without one it waits a day.
    pub kept_until: Option<Timestamp>,
    /// Where it comes from, when it is a copy of one of the person's own papers.
    pub origin: Option<Origin>,
    /// Who may use it besides, as [`Caller::scope`] says: the desk that a draft was opened at.
    pub lent_to: Option<String>,
    /// Opens it.
    pub key: Option<FileKey>,
}

record! {
    Upload {
        id, owner, name, media_type, size, sha256, cipher_sha256, pages, at;
        kept_until = None, origin = None, lent_to = None, key = None
    }
}

impl Upload {
    fn is_over(&self, now: Timestamp) -> bool {
        self.kept_until.map_or(now.duration_since(self.at) > KEPT, |until| now > until)
    }

    /// The attachment that it becomes.
    pub(super) fn attachment(
        self,
        component: Option<ComponentId>,
        is_result: bool,
        at: Timestamp,
    ) -> Attachment {
        Attachment {
            id: self.id,
            component,
            name: self.name,
            media_type: self.media_type,
            size: self.size,
            sha256: self.sha256,
            cipher_sha256: self.cipher_sha256,
            is_result,
            added_at: at,
            origin: self.origin,
            key: self.key,
        }
    }
}

/// A failure of the folder of blobs.
pub(super) fn blob_fault(doing: &'static str, fault: BlobFault) -> Failure {
    let kind = match fault.disk() {
        Some(kind) => FaultKind::of_io(kind),
        None if fault.is_lost() => FaultKind::LostFile,
        None => FaultKind::Storage,
    };
    Fault::caused(kind, doing, fault).into()
}

impl From<PutError> for Failure {
    fn from(error: PutError) -> Self {
        match error {
            PutError::Refused(refusal) => Self::Refused(*refusal),
            PutError::Fault(fault) => blob_fault("keeping a file", fault),
        }
    }
}

impl Office {
    /// Begins to receive a file. Push its bytes, then hand the writer to [`Office::keep_upload`];
    /// all of it off the async threads.
    ///
    /// # Errors
    /// The announced size is too large, or the disk fails.
    pub fn begin_upload(
        &self,
        name: &str,
        declared_type: Option<&str>,
        announced_size: Option<u64>,
    ) -> Result<BlobWriter, Failure> {
        let max_size = self.max_upload;
        let incoming = Incoming { name, declared_type, announced_size, max_size };
        Ok(self.blobs.writer(AttachmentId(self.env.bytes()), incoming)?)
    }

    /// The refusal of a file that is too large, with its own size.
    pub fn too_large(&self, name: &str, size: u64) -> Refusal {
        too_large(&clean_name(name), Some(size), self.max_upload)
    }

    /// Finishes a file and keeps it for 24 hours.
    ///
    /// # Errors
    /// The file is refused for what it holds, or the disk fails.
    pub fn keep_upload(&self, writer: BlobWriter, caller: &Caller) -> Result<Upload, Failure> {
        self.keep_blob(writer.finish()?, caller)
    }

    /// Keeps a blob that is whole for 24 hours.
    pub(super) fn keep_blob(&self, blob: StoredBlob, caller: &Caller) -> Result<Upload, Failure> {
        self.keep_blob_of(blob, caller, None)
    }

    /// As [`Office::keep_blob`], for a copy of one of a person's own papers.
    pub(super) fn keep_blob_of(
        &self,
        blob: StoredBlob,
        caller: &Caller,
        origin: Option<Origin>,
    ) -> Result<Upload, Failure> {
        let upload = Upload {
            id: blob.id,
            owner: caller.scope(),
            name: blob.name,
            media_type: blob.media_type.as_str().to_owned(),
            size: blob.size,
            sha256: blob.sha256,
            cipher_sha256: blob.cipher_sha256,
            pages: blob.pages,
            at: self.env.now(),
            kept_until: None,
            origin,
            lent_to: None,
            key: Some(blob.key),
        };
        self.put_uploads(std::slice::from_ref(&upload))?;
        Ok(upload)
    }

    /// Writes rows of files that wait: their names, their senders and their keys are sealed.
    fn put_uploads(&self, uploads: &[Upload]) -> Result<(), Failure> {
        let mut batch = Batch::new();
        for upload in uploads {
            let id = upload.id.0;
            batch.put(UPLOADS, id, self.seal_row(&id, upload));
        }
        Ok(self.relaxed.commit(batch)?)
    }

    /// A file of this caller that waits for its dossier.
    ///
    /// # Errors
    /// The relaxed store cannot be read.
    pub fn upload(&self, id: AttachmentId, caller: &Caller) -> Result<Option<Upload>, Failure> {
        let row = self.relaxed.snapshot()?.get(UPLOADS, &id.0)?;
        let upload = row.and_then(|sealed| self.open_row(&id.0, &sealed));
        let now = self.env.now();
        // What nobody in particular sent belongs to whoever knows its random id.
        let scope = caller.scope();
        let is_theirs = |u: &Upload| {
            u.owner == scope
                || u.lent_to.as_ref() == Some(&scope)
                || u.owner == Caller::Anybody.scope()
        };
        Ok(upload.filter(|u| is_theirs(u) && !u.is_over(now)))
    }

    /// Gives a file that waits to another owner, such as a dossier's own draft. None when `from` has
    /// no such file.
    ///
    /// # Errors
    /// The relaxed store fails.
    pub fn hand_upload(
        &self,
        id: AttachmentId,
        from: &Caller,
        to: &Caller,
    ) -> Result<Option<Upload>, Failure> {
        let Some(mut upload) = self.upload(id, from)? else { return Ok(None) };
        upload.owner = to.scope();
        self.put_uploads(std::slice::from_ref(&upload))?;
        Ok(Some(upload))
    }

    /// Keeps waiting files longer, since a draft names them.
    pub(super) fn hold_uploads(
        &self,
        ids: &[AttachmentId],
        caller: &Caller,
        until: Timestamp,
    ) -> Result<(), Failure> {
        let mut held = Vec::new();
        for id in ids {
            if let Some(upload) = self.upload(*id, caller)? {
                held.push(Upload { kept_until: Some(until), ..upload });
            }
        }
        self.put_uploads(&held)
    }

    /// Lets another caller use waiting files too; whoever had that before has it no longer.
    pub(super) fn lend_uploads(
        &self,
        ids: &[AttachmentId],
        owner: &Caller,
        to: &Caller,
    ) -> Result<(), Failure> {
        let mut lent = Vec::new();
        for id in ids {
            if let Some(upload) = self.upload(*id, owner)? {
                lent.push(Upload { lent_to: Some(to.scope()), ..upload });
            }
        }
        self.put_uploads(&lent)
    }

    /// The files named by a caller, each at its field.
    pub(super) fn claim_uploads(
        &self,
        wanted: &[(String, AttachmentId)],
        caller: &Caller,
    ) -> Result<Vec<Upload>, Failure> {
        let (mut found, mut errors): (Vec<Upload>, Vec<FieldError>) = (Vec::new(), Vec::new());
        if wanted.is_empty() {
            return Ok(found);
        }
        let reader = self.ledger.reader()?;
        for (field, id) in wanted {
            let refuse = |message: crate::domain::words::Message| FieldError {
                field: field.clone(),
                text: message.into(),
            };
            if found.iter().any(|upload| upload.id == *id) {
                errors.push(refuse(words::UPLOAD_TWICE));
                continue;
            }
            match self.upload(*id, caller)? {
                Some(upload) => found.push(upload),
                None if reader.get(BLOBS, &id.0)?.is_some() => {
                    errors.push(refuse(words::UPLOAD_USED));
                }
                None => errors.push(refuse(words::UPLOAD_UNKNOWN)),
            }
        }
        if errors.is_empty() { Ok(found) } else { Err(Refusal::fields(errors).into()) }
    }

    /// Forgets that files wait, once they belong to a dossier or were taken back.
    pub(super) fn forget_uploads(&self, ids: &[AttachmentId]) -> Result<(), Failure> {
        let mut batch = Batch::new();
        for id in ids {
            batch.delete(UPLOADS, id.0);
        }
        Ok(self.relaxed.commit(batch)?)
    }

    /// Removes a file that its sender takes back.
    ///
    /// # Errors
    /// The disk fails.
    pub fn discard_upload(&self, id: AttachmentId, caller: &Caller) -> Result<(), Failure> {
        if self.upload(id, caller)?.is_some() && self.ledger.reader()?.get(BLOBS, &id.0)?.is_none()
        {
            self.forget_uploads(&[id])?;
            self.remove_blob(id)?;
        }
        Ok(())
    }

    pub(super) fn remove_blob(&self, id: AttachmentId) -> Result<(), Failure> {
        self.blobs.remove(id).map_err(|fault| blob_fault("removing a file", fault))?;
        Ok(())
    }

    /// The content of a file that waits, for its sender.
    ///
    /// # Errors
    /// The blob cannot be opened.
    pub fn read_blob(
        &self,
        id: AttachmentId,
        key: Option<&FileKey>,
    ) -> Result<BlobReader, Failure> {
        self.blobs.open(id, key).map_err(|fault| blob_fault("opening a file", fault))
    }

    /// Removes files that waited too long, and blobs that nothing names. Safe at any time; returns
    /// how many went.
    ///
    /// # Errors
    /// The store or the disk fails.
    pub fn sweep_uploads(&self) -> Result<usize, Failure> {
        let now = self.env.now();
        let too_old = |at: Timestamp| now.duration_since(at) > KEPT;
        let snapshot = self.relaxed.snapshot()?;
        let rows =
            scan_prefix(snapshot.as_ref(), UPLOADS, &[], None, Direction::Forward, usize::MAX)?;
        let (mut old, mut waiting) = (Vec::new(), HashSet::new());
        for (key, sealed) in rows {
            let Ok(id) = <[u8; 16]>::try_from(key.as_slice()).map(AttachmentId) else { continue };
            match self.open_row::<Upload>(&key, &sealed) {
                Some(upload) if !upload.is_over(now) => _ = waiting.insert(id),
                // Of another key: of no use to anybody.
                _ => old.push(id),
            }
        }
        drop(snapshot);
        self.forget_uploads(&old)?;
        waiting.extend(self.sweep_partials()?);
        let reader = self.ledger.reader()?;
        let storage = |fault| blob_fault("listing files", fault);
        let mut removed = 0;
        for blob in self.blobs.list().map_err(storage)? {
            let blob = blob.map_err(storage)?;
            // A file younger than a day may still be about to be claimed.
            let free = !waiting.contains(&blob.id) && reader.get(BLOBS, &blob.id.0)?.is_none();
            if too_old(blob.modified) && free {
                self.remove_blob(blob.id)?;
                removed += 1;
            }
        }
        Ok(removed)
    }
}

/// Kept where the claim on blobs is checked again, in the writer: two dossiers never share one.
pub(super) fn check_unclaimed(
    txn: &crate::store::txn::Txn<'_>,
    attachments: &Arc<[Attachment]>,
) -> Result<(), Failure> {
    for attachment in attachments.iter() {
        if txn.is_claimed(attachment.id)? {
            return Err(Refusal::field("uploads", words::UPLOAD_USED).into());
        }
    }
    Ok(())
}
