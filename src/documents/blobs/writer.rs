//! Receives one file: judges, hashes, encrypts and writes it as it comes.

use sha2::{Digest, Sha256};

use super::PutError;
use super::sealed::SealedFile;
use crate::documents::clamd::Scan;
use crate::documents::sniff::{MediaType, Sniffer, Unfit, clean_name};
use crate::documents::words;
use crate::domain::dossier::FileKey;
use crate::domain::ids::AttachmentId;
use crate::domain::refusal::{Refusal, RefusalKind};

/// What is known of a file before its first byte.
#[derive(Clone, Copy, Debug)]
pub struct Incoming<'a> {
    /// Its name as the sender gave it.
    pub name: &'a str,
    /// The media type as the sender declared it, if at all.
    pub declared_type: Option<&'a str>,
    /// Its size as announced, in bytes, if at all; a file known to be too large is refused at once.
    pub announced_size: Option<u64>,
    /// The largest size taken, in bytes.
    pub max_size: u64,
}

/// A file that is kept: what its event records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredBlob {
    /// Its id.
    pub id: AttachmentId,
    /// The cleaned name, for display.
    pub name: String,
    /// Bytes of plaintext.
    pub size: u64,
    /// What its content is.
    pub media_type: MediaType,
    /// SHA-256 of the plaintext.
    pub sha256: [u8; 32],
    /// SHA-256 of the ciphertext, as `check` verifies it.
    pub cipher_sha256: [u8; 32],
    /// Opens it.
    pub key: FileKey,
    /// Bytes on disk.
    pub cipher_size: u64,
    /// Pages to look at, when the file shows it.
    pub pages: Option<u32>,
}

/// Receives one file. Dropped before [`BlobWriter::finish`], it leaves nothing behind.
pub struct BlobWriter {
    id: AttachmentId,
    name: String,
    max_size: u64,
    size: u64,
    hash: Sha256,
    sniffer: Sniffer,
    scan: Option<Scan>,
    file: SealedFile,
    key: FileKey,
}

impl BlobWriter {
    /// Begins with a name and limits that were judged by [`announced`].
    pub(super) fn begin(
        id: AttachmentId,
        file: SealedFile,
        key: FileKey,
        incoming: Incoming<'_>,
        scan: Option<Scan>,
    ) -> Self {
        let name = clean_name(incoming.name);
        Self {
            id,
            sniffer: Sniffer::new(&name, incoming.declared_type),
            name,
            max_size: incoming.max_size,
            size: 0,
            hash: Sha256::new(),
            scan,
            file,
            key,
        }
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// A refusal as soon as the file is too large or plainly not one that is taken; a fault when
    /// the disk fails. Drop the writer then.
    pub fn push(&mut self, chunk: &[u8]) -> Result<(), PutError> {
        self.size = self.size.saturating_add(chunk.len() as u64);
        if self.size > self.max_size {
            return Err(too_large(&self.name, None, self.max_size).into());
        }
        self.sniffer.push(chunk).map_err(|unfit| self.refused(unfit))?;
        if let Some(scan) = &mut self.scan {
            scan.push(chunk, &self.name)?;
        }
        self.hash.update(chunk);
        Ok(self.file.write(chunk)?)
    }

    /// Judges the whole file and makes it durable: file, name and folder are on the disk when this
    /// returns.
    ///
    /// # Errors
    /// A refusal when the file is empty, locked, cut off or of a wrong kind; a fault when the disk
    /// fails. Nothing is left behind then.
    pub fn finish(self) -> Result<StoredBlob, PutError> {
        let Self { id, name, size, hash, sniffer, scan, file, key, .. } = self;
        let sniffed = sniffer.finish().map_err(|unfit| unfit.refusal(&name))?;
        if let Some(scan) = scan {
            scan.finish(&name)?;
        }
        let (cipher_sha256, cipher_size) = file.finish()?;
        Ok(StoredBlob {
            id,
            name,
            size,
            media_type: sniffed.media_type,
            sha256: hash.finalize().into(),
            cipher_sha256,
            key,
            cipher_size,
            pages: sniffed.pages,
        })
    }

    fn refused(&self, unfit: Unfit) -> PutError {
        unfit.refusal(&self.name).into()
    }
}

/// Refuses a file whose announced size is over the limit.
pub(super) fn announced(incoming: &Incoming<'_>) -> Result<(), Refusal> {
    match incoming.announced_size.filter(|size| *size > incoming.max_size) {
        Some(size) => Err(too_large(&clean_name(incoming.name), Some(size), incoming.max_size)),
        None => Ok(()),
    }
}

/// The refusal of a file that is larger than `max`; with its own size when that is known.
pub fn too_large(name: &str, size: Option<u64>, max: u64) -> Refusal {
    const MB: u64 = 1024 * 1024;
    let max = (max / MB).to_string();
    let text = match size.map(|size| size.div_ceil(MB).to_string()) {
        Some(size) => words::TOO_LARGE_BY.text(&[("name", name), ("size", &size), ("max", &max)]),
        None => words::TOO_LARGE.text(&[("name", name), ("max", &max)]),
    };
    Refusal::new(RefusalKind::TooLarge, text)
}
