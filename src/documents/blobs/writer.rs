//! Receives one file: judges, hashes, encrypts and writes it as it comes.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use age::Encryptor;
use age::stream::StreamWriter;
use sha2::{Digest, Sha256};

use super::{BUFFER, BlobFault, BlobKey, PutError, make_folder, sync_folder};
use crate::documents::sniff::{MediaType, Sniffer, Unfit, clean_name};
use crate::documents::words;
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
    cipher: StreamWriter<Tally>,
    part: Part,
    path: PathBuf,
}

impl BlobWriter {
    pub(super) fn begin(
        id: AttachmentId,
        temporary: PathBuf,
        path: PathBuf,
        key: &BlobKey,
        incoming: Incoming<'_>,
    ) -> Result<Self, PutError> {
        let name = clean_name(incoming.name);
        if let Some(size) = incoming.announced_size.filter(|size| *size > incoming.max_size) {
            return Err(too_large(&name, Some(size), incoming.max_size).into());
        }
        let file = create(&temporary).map_err(|cause| match cause.kind() {
            io::ErrorKind::AlreadyExists => BlobFault::Exists(id),
            _ => BlobFault::at("create")(cause),
        })?;
        let part = Part { path: temporary, is_kept: false };
        let recipient = key.recipient();
        let cipher = Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))
            .map_err(|cause| BlobFault::Sealed { id, cause: cause.to_string() })?
            .wrap_output(Tally::new(file))
            .map_err(BlobFault::at("write"))?;
        Ok(Self {
            id,
            sniffer: Sniffer::new(&name, incoming.declared_type),
            name,
            max_size: incoming.max_size,
            size: 0,
            hash: Sha256::new(),
            cipher,
            part,
            path,
        })
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
        self.hash.update(chunk);
        self.cipher.write_all(chunk).map_err(BlobFault::at("write"))?;
        Ok(())
    }

    /// Judges the whole file and makes it durable: file, name and folder are on the disk when this
    /// returns.
    ///
    /// # Errors
    /// A refusal when the file is empty, locked, cut off or of a wrong kind; a fault when the disk
    /// fails. Nothing is left behind then.
    pub fn finish(self) -> Result<StoredBlob, PutError> {
        let Self { id, name, size, hash, sniffer, cipher, mut part, path, .. } = self;
        let sniffed = sniffer.finish().map_err(|unfit| unfit.refusal(&name))?;
        let (file, cipher_hash, cipher_size) =
            cipher.finish().and_then(Tally::finish).map_err(BlobFault::at("write"))?;
        file.sync_all().map_err(BlobFault::at("sync"))?;
        if let Some(folder) = path.parent() {
            make_folder(folder)?;
        }
        fs::rename(&part.path, &path).map_err(BlobFault::at("rename"))?;
        part.is_kept = true;
        sync_folder(&path)?;
        Ok(StoredBlob {
            id,
            name,
            size,
            media_type: sniffed.media_type,
            sha256: hash.finalize().into(),
            cipher_sha256: cipher_hash,
            cipher_size,
            pages: sniffed.pages,
        })
    }

    fn refused(&self, unfit: Unfit) -> PutError {
        unfit.refusal(&self.name).into()
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

/// A new file that only its owner reads.
fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// The temporary file; deleted unless it got its final name.
struct Part {
    path: PathBuf,
    is_kept: bool,
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.is_kept
            && let Err(cause) = fs::remove_file(&self.path)
        {
            tracing::warn!(%cause, "an unfinished attachment could not be deleted");
        }
    }
}

/// Hashes and counts what is written through it.
struct Tally {
    file: BufWriter<File>,
    hash: Sha256,
    size: u64,
}

impl Tally {
    fn new(file: File) -> Self {
        Self { file: BufWriter::with_capacity(BUFFER, file), hash: Sha256::new(), size: 0 }
    }

    fn finish(self) -> io::Result<(File, [u8; 32], u64)> {
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok((file, self.hash.finalize().into(), self.size))
    }
}

impl Write for Tally {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.hash.update(&bytes[..count]);
        self.size += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
