//! Attachments on disk: each one an age file of its own, under its random id.
//!
//! ```text
//! blobs/3f/3fa1….age    ciphertext, readable by the owner only
//! blobs/new/3fa1….part  being received; whatever is left there after a crash belongs to nobody
//! ```
//! Everything here blocks; callers run it on a blocking pool. Memory per file is a few 64 KiB
//! buffers, whatever its size.

mod key;
mod sealed;
mod writer;

#[cfg(test)]
mod tests;

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use age::Decryptor;
use age::stream::StreamReader;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::documents::clamd::{Clamd, Scan};
use crate::domain::dossier::{Attachment, FileKey};
use crate::domain::ids::AttachmentId;
use crate::domain::refusal::Refusal;

use self::sealed::SealedFile;

pub use key::{BlobKey, BlobKeyError};
pub use sealed::PieceWriter;
pub use writer::{BlobWriter, Incoming, StoredBlob, too_large};

/// Size of every buffer that file contents pass through.
const BUFFER: usize = 64 * 1024;
const ENDING: &str = ".age";
const NEW: &str = "new";

/// Why a blob could not be kept or read. For the log.
#[derive(Debug, thiserror::Error)]
pub enum BlobFault {
    /// There is no blob of this id.
    #[error("blob {0} is missing")]
    Missing(AttachmentId),
    /// The ciphertext is not the one that was written.
    #[error("blob {0} was altered: its SHA-256 differs from the recorded one")]
    Altered(AttachmentId),
    /// A blob of this id exists already, or is being written.
    #[error("blob {0} exists already")]
    Exists(AttachmentId),
    /// The header cannot be read, or the key is another one.
    #[error("blob {id} cannot be opened: {cause}")]
    Sealed {
        /// Which blob.
        id: AttachmentId,
        /// What age says.
        cause: String,
    },
    /// The disk failed.
    #[error("blob folder: {doing}: {cause}")]
    Disk {
        /// What was being done.
        doing: &'static str,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
}

impl BlobFault {
    /// What the system says, when the disk failed.
    pub fn disk(&self) -> Option<io::ErrorKind> {
        match self {
            Self::Disk { cause, .. } => Some(cause.kind()),
            _ => None,
        }
    }

    /// Whether the file itself is missing or damaged.
    pub fn is_lost(&self) -> bool {
        matches!(self, Self::Missing(_) | Self::Altered(_) | Self::Sealed { .. })
    }

    /// For `map_err`: the disk failed at this.
    fn at(doing: &'static str) -> impl Fn(io::Error) -> Self {
        move |cause| Self::Disk { doing, cause }
    }
}

/// Why a file that someone sends was not stored.
#[derive(Debug, thiserror::Error)]
pub enum PutError {
    /// The file is not one that is taken; the sender is told.
    #[error("refused: {0}")]
    Refused(Box<Refusal>),
    /// It could not be written.
    #[error(transparent)]
    Fault(#[from] BlobFault),
}

impl From<Refusal> for PutError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

/// The folder of blobs, and the key that opens pieces and what came before each file had its own.
pub struct BlobStore {
    dir: PathBuf,
    key: BlobKey,
    clamd: Option<Clamd>,
}

/// A blob as the folder shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListedBlob {
    /// Whose ciphertext it is.
    pub id: AttachmentId,
    /// Bytes on disk.
    pub cipher_size: u64,
    /// When it was completed, by the file system's clock.
    pub modified: Timestamp,
}

/// Plaintext of one blob, decrypted while it is read. Alteration or truncation is an
/// [`io::Error`] from `read`, at the latest at the end: use the content only after the whole of
/// it was read.
pub struct BlobReader(StreamReader<BufReader<File>>);

impl Read for BlobReader {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.0.read(buf)
    }
}

impl BlobStore {
    /// The store in `dir`, which is made if it isn't there.
    ///
    /// # Errors
    /// [`BlobFault::Disk`] when the folder cannot be made.
    pub fn new(dir: impl Into<PathBuf>, key: BlobKey) -> Result<Self, BlobFault> {
        let dir = dir.into();
        make_folder(&dir)?;
        make_folder(&dir.join(NEW))?;
        Ok(Self { dir, key, clamd: None })
    }

    /// The same, asking ClamAV about each file that comes in.
    #[must_use]
    pub fn asking(self, clamd: Option<Clamd>) -> Self {
        Self { clamd, ..self }
    }

    /// Begins to receive a file under a fresh id.
    ///
    /// # Errors
    /// A refusal when the announced size is over the limit; a fault when the id is taken or the
    /// disk fails.
    pub fn writer(&self, id: AttachmentId, incoming: Incoming<'_>) -> Result<BlobWriter, PutError> {
        writer::announced(&incoming)?;
        let scan = self.clamd.as_ref().map(Clamd::begin).transpose()?;
        self.write(id, incoming, scan)
    }

    fn write(
        &self,
        id: AttachmentId,
        incoming: Incoming<'_>,
        scan: Option<Scan>,
    ) -> Result<BlobWriter, PutError> {
        let key = BlobKey::generate();
        let file = self.begin(id, &key)?;
        Ok(BlobWriter::begin(id, file, key.to_file_key(), incoming, scan))
    }

    /// Begins to receive a piece of a file under a fresh id.
    ///
    /// # Errors
    /// The id is taken, or the disk fails.
    pub fn piece(&self, id: AttachmentId) -> Result<PieceWriter, BlobFault> {
        Ok(PieceWriter { id, file: self.begin(id, &self.key)?, size: 0 })
    }

    fn begin(&self, id: AttachmentId, key: &BlobKey) -> Result<SealedFile, BlobFault> {
        let path = self.path(id);
        if path.exists() {
            return Err(BlobFault::Exists(id));
        }
        let temporary = self.dir.join(NEW).join(format!("{id}.part"));
        SealedFile::begin(id, temporary, path, key)
    }

    /// Reads a blob with its own key; without one, with the folder's.
    ///
    /// # Errors
    /// When there is none, its header is damaged, its end is missing, or the key is another one.
    pub fn open(&self, id: AttachmentId, key: Option<&FileKey>) -> Result<BlobReader, BlobFault> {
        let own = key.map(|key| key.as_str().parse::<BlobKey>()).transpose();
        let own = own.map_err(|error| BlobFault::Sealed { id, cause: error.to_string() })?;
        let key = own.as_ref().unwrap_or(&self.key);
        let file = BufReader::with_capacity(BUFFER, self.file(id)?);
        let sealed = |cause: age::DecryptError| BlobFault::Sealed { id, cause: cause.to_string() };
        let stream = Decryptor::new_buffered(file)
            .and_then(|decryptor| decryptor.decrypt(std::iter::once(key.identity())))
            .map_err(sealed)?;
        // Only the last chunk proves that none is missing: whoever reads learns it before the first.
        let mut stream = stream;
        let whole = stream.seek(SeekFrom::End(0)).and_then(|_| stream.rewind());
        whole.map_err(|cause| BlobFault::Sealed { id, cause: cause.to_string() })?;
        Ok(BlobReader(stream))
    }

    /// Writes the content of a file once more, under a fresh id, a key of its own and its name.
    ///
    /// # Errors
    /// There is no such blob or it was altered, the id is taken, or the disk fails.
    pub fn copy(
        &self,
        id: AttachmentId,
        from: &Attachment,
        max_size: u64,
    ) -> Result<StoredBlob, PutError> {
        let name = &from.name;
        let incoming = Incoming { name, declared_type: None, announced_size: None, max_size };
        // What is copied was asked about when it came.
        self.fill(self.write(id, incoming, None)?, &[(from.id, from.key.as_ref())])
    }

    /// Writes the contents of blobs, one after the other, as one file under a fresh id, and judges it.
    ///
    /// # Errors
    /// One of them is missing or was altered, the whole is refused, the id is taken, or the disk fails.
    pub fn join(
        &self,
        id: AttachmentId,
        pieces: &[AttachmentId],
        incoming: Incoming<'_>,
    ) -> Result<StoredBlob, PutError> {
        let pieces: Vec<_> = pieces.iter().map(|piece| (*piece, None)).collect();
        self.fill(self.writer(id, incoming)?, &pieces)
    }

    fn fill(
        &self,
        mut writer: BlobWriter,
        pieces: &[(AttachmentId, Option<&FileKey>)],
    ) -> Result<StoredBlob, PutError> {
        let mut buffer = vec![0; BUFFER];
        for (piece, key) in pieces {
            let mut reader = self.open(*piece, *key)?;
            loop {
                match reader.read(&mut buffer) {
                    Ok(0) => break,
                    Ok(count) => writer.push(&buffer[..count])?,
                    Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
                    Err(cause) => return Err(BlobFault::at("copy")(cause).into()),
                }
            }
        }
        writer.finish()
    }

    /// Checks the ciphertext against its recorded SHA-256, without opening it.
    ///
    /// # Errors
    /// [`BlobFault::Missing`] or [`BlobFault::Altered`], or the disk's fault.
    pub fn verify(&self, id: AttachmentId, cipher_sha256: &[u8; 32]) -> Result<(), BlobFault> {
        let mut file = self.file(id)?;
        let mut hash = Sha256::new();
        let mut buffer = vec![0; BUFFER];
        loop {
            match file.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => hash.update(&buffer[..count]),
                Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
                Err(cause) => return Err(BlobFault::at("verify")(cause)),
            }
        }
        if hash.finalize().as_slice() == cipher_sha256 {
            Ok(())
        } else {
            Err(BlobFault::Altered(id))
        }
    }

    /// Deletes a blob, durably. Whether there was one.
    ///
    /// # Errors
    /// [`BlobFault::Disk`].
    pub fn remove(&self, id: AttachmentId) -> Result<bool, BlobFault> {
        let path = self.path(id);
        match fs::remove_file(&path) {
            Ok(()) => sync_folder(&path).map(|()| true),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(cause) => Err(BlobFault::at("remove")(cause)),
        }
    }

    /// All complete blobs, in order of id, one folder in memory at a time. Foreign files are passed
    /// over.
    ///
    /// # Errors
    /// [`BlobFault::Disk`] when the folder cannot be read; each item may fail for itself.
    pub fn list(&self) -> Result<impl Iterator<Item = Result<ListedBlob, BlobFault>>, BlobFault> {
        let mut folders: Vec<PathBuf> = entries(&self.dir)?
            .into_iter()
            .filter(|path| path.file_name().is_some_and(|n| n.len() == 2) && path.is_dir())
            .collect();
        folders.sort_unstable();
        Ok(folders.into_iter().flat_map(|folder| match list_folder(&folder) {
            Ok(blobs) => blobs.into_iter().map(Ok).collect(),
            Err(fault) => vec![Err(fault)],
        }))
    }

    /// Deletes what was left half received by a crash; how many files. Only for whoever owns the
    /// folder alone, before the first writer.
    ///
    /// # Errors
    /// [`BlobFault::Disk`].
    pub fn discard_unfinished(&self) -> Result<usize, BlobFault> {
        let left = entries(&self.dir.join(NEW))?;
        for path in &left {
            fs::remove_file(path).map_err(BlobFault::at("discard unfinished"))?;
        }
        Ok(left.len())
    }

    /// Where a blob's ciphertext lies, for backups.
    pub fn path(&self, id: AttachmentId) -> PathBuf {
        self.dir.join(format!("{:02x}", id.0[0])).join(format!("{id}{ENDING}"))
    }

    fn file(&self, id: AttachmentId) -> Result<File, BlobFault> {
        File::open(self.path(id)).map_err(|cause| match cause.kind() {
            io::ErrorKind::NotFound => BlobFault::Missing(id),
            _ => BlobFault::at("open")(cause),
        })
    }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, BlobFault> {
    fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| entry.map(|e| e.path())).collect())
        .map_err(BlobFault::at("list"))
}

fn list_folder(folder: &Path) -> Result<Vec<ListedBlob>, BlobFault> {
    let mut blobs = Vec::new();
    for path in entries(folder)? {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(Ok(id)) = name.strip_suffix(ENDING).map(str::parse) else { continue };
        let about = match path.metadata() {
            Ok(about) => about,
            // Removed since the folder was read.
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => continue,
            Err(cause) => return Err(BlobFault::at("list")(cause)),
        };
        let modified = about.modified().map_err(BlobFault::at("list"))?;
        let modified = Timestamp::try_from(modified).unwrap_or(Timestamp::UNIX_EPOCH);
        blobs.push(ListedBlob { id, cipher_size: about.len(), modified });
    }
    blobs.sort_unstable_by_key(|blob| blob.id);
    Ok(blobs)
}

/// Makes a folder for its owner only, durably; nothing when it is there.
fn make_folder(path: &Path) -> Result<(), BlobFault> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(path) {
        Ok(()) => sync_folder(path),
        Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(cause) => Err(BlobFault::at("make folder")(cause)),
    }
}

/// Makes the entry of `path` in its folder durable.
fn sync_folder(path: &Path) -> Result<(), BlobFault> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(BlobFault::at("sync folder"))
}
