//! A blob's file while it is written: encrypted as it comes, under a temporary name until it is whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use age::Encryptor;
use age::stream::StreamWriter;
use sha2::{Digest, Sha256};

use super::{BUFFER, BlobFault, BlobKey, make_folder, sync_folder};
use crate::domain::ids::AttachmentId;

/// A file that is being written. Dropped before [`SealedFile::finish`], it leaves nothing behind.
pub(super) struct SealedFile {
    cipher: StreamWriter<Tally>,
    part: Part,
    path: PathBuf,
}

impl SealedFile {
    /// Begins a file under a temporary name; `path` is the one it gets in the end.
    pub(super) fn begin(
        id: AttachmentId,
        temporary: PathBuf,
        path: PathBuf,
        key: &BlobKey,
    ) -> Result<Self, BlobFault> {
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
        Ok(Self { cipher, part, path })
    }

    /// Takes the next bytes.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), BlobFault> {
        self.cipher.write_all(bytes).map_err(BlobFault::at("write"))
    }

    /// Makes it durable: file, name and folder are on the disk when this returns. The answer is the
    /// SHA-256 and the length of the ciphertext.
    pub(super) fn finish(self) -> Result<([u8; 32], u64), BlobFault> {
        let Self { cipher, mut part, path } = self;
        let (file, cipher_sha256, cipher_size) =
            cipher.finish().and_then(Tally::finish).map_err(BlobFault::at("write"))?;
        file.sync_all().map_err(BlobFault::at("sync"))?;
        if let Some(folder) = path.parent() {
            make_folder(folder)?;
        }
        fs::rename(&part.path, &path).map_err(BlobFault::at("rename"))?;
        part.is_kept = true;
        sync_folder(&path)?;
        Ok((cipher_sha256, cipher_size))
    }
}

/// Receives one piece of a file that comes in several: kept as a blob of its own, not judged, until
/// [`super::BlobStore::join`] puts them together.
pub struct PieceWriter {
    pub(super) id: AttachmentId,
    pub(super) file: SealedFile,
    pub(super) size: u64,
}

impl PieceWriter {
    /// The blob that it becomes.
    pub fn id(&self) -> AttachmentId {
        self.id
    }

    /// Bytes so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// The disk fails.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), BlobFault> {
        self.size = self.size.saturating_add(bytes.len() as u64);
        self.file.write(bytes)
    }

    /// Makes the piece durable.
    ///
    /// # Errors
    /// The disk fails; nothing is left behind then.
    pub fn finish(self) -> Result<(), BlobFault> {
        self.file.finish().map(|_| ())
    }
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
