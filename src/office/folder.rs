//! The data folder: who may use it, where things lie, and its keys.
//!
//! `keys/instance.key` seals everything else; it may lie elsewhere, where settings say. The keyring's
//! and the blobs' keys and the one that signs papers lie beside the data, sealed under it. `keys/store.id` says which store belongs
//! to them, so that a lost one is noticed and never begun anew.

mod changing;
mod passphrase;

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::documents::blobs::BlobKey;
use crate::documents::seal::PaperKey;
use crate::env::Env;
use crate::store::event_log::sha256;
use crate::store::keyring::SealKey;

pub use passphrase::Passphrase;

/// Why a folder cannot be used: what, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum FolderFault {
    /// Another process serves it.
    #[error("the folder {0} is in use by another motcua; stop that one first")]
    InUse(PathBuf),
    /// `init` on a folder that has something in it.
    #[error("the folder {0} is not empty; name an empty or a new one")]
    NotEmpty(PathBuf),
    /// Nothing of ours is there.
    #[error("the folder {0} holds no motcua data; make it with `motcua init` or `motcua demo`")]
    NotOurs(PathBuf),
    /// A key is missing or does not fit.
    #[error(
        "the key {path} cannot be used: {why}; put the right key file back, from the copy of the \
         folder or of the key (the instance key may also lie where MOTCUA_INSTANCE_KEY says)"
    )]
    Key {
        /// The key's file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// There are keys, and their store is not there.
    #[error(
        "the store {path} {what}, though the keys of its instance are there: a new one would give \
         numbers out again. Keep a copy of the folder as it is, and restore the latest backup of the \
         whole folder"
    )]
    NoStore {
        /// The store's file.
        path: PathBuf,
        /// What is wrong with it.
        what: &'static str,
    },
    /// The file system refused.
    #[error("{path}: {error}{}", disk_advice(error.kind()))]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What it said.
        error: io::Error,
    },
}

/// A data folder, held by this process while the value lives.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    instance_key: PathBuf,
    passphrase: Option<Passphrase>,
    _lock: File,
}

/// The keys of an instance.
pub struct Keys {
    /// Seals the others.
    pub instance: SealKey,
    /// Seals sessions, drafts and hashed terms, each under a derived key.
    pub root: SealKey,
    /// Wraps dossier keys; behind the next one, while that takes its place, the present one.
    pub keyring: Vec<SealKey>,
    /// Opens blobs.
    pub blobs: BlobKey,
    /// Signs papers; none in a folder that a version without signatures made.
    pub papers: Option<PaperKey>,
}

/// The durable store's file.
const STORE: &str = "motcua.redb";
/// The key that signs papers.
const PAPERS: &str = "keys/papers.key";
/// The key that will sign papers, while it takes its place.
const NEXT_PAPERS: &str = "keys/papers.next";
/// The key from which others are derived; the instance key where there is none.
const ROOT: &str = "keys/root.key";
/// The key that opens blobs.
const BLOBS: &str = "keys/blobs.key";
/// The key that wraps dossier keys.
const KEYRING: &str = "keys/keyring.key";
/// The one that will, while it takes its place.
const NEXT_KEYRING: &str = "keys/keyring.next";
/// The latest copy of the keyring, sealed under its key.
const KEYRING_COPY: &str = "keys/keyring.copy";
/// Says by a digest which store belongs to the keys beside it.
const STORE_ID: &str = "keys/store.id";

impl Folder {
    /// Whether an instance can be made here: there is no such folder, or nothing in it.
    ///
    /// # Errors
    /// It has something in it, or cannot be read.
    pub fn check_free(root: &Path) -> Result<(), FolderFault> {
        let first = match fs::read_dir(root) {
            Ok(mut entries) => entries.next(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(at(root)(error)),
        };
        first.map_or(Ok(()), |_| Err(FolderFault::NotEmpty(root.to_owned())))
    }

    /// Makes a folder with fresh keys, the instance key in it or at `key`, for a store with this id.
    ///
    /// # Errors
    /// It has something in it, is in use, or cannot be written.
    pub fn create(
        root: &Path,
        key: Option<&Path>,
        env: &Env,
        store_id: &[u8; 16],
    ) -> Result<Self, FolderFault> {
        make_dir(root)?;
        Self::check_free(root)?;
        let lock = lock(root)?;
        make_dir(&root.join("keys"))?;
        let instance = SealKey::generate(env);
        let instance_key = instance_key_path(root, key);
        write_new(&instance_key, hex(instance.bytes()).as_bytes())?;
        let keyring = SealKey::generate(env);
        let sealed = instance.seal(env, b"keyring", keyring.bytes());
        write_new(&root.join("keys/keyring.key"), hex(&sealed).as_bytes())?;
        let root_key = SealKey::generate(env);
        let sealed = instance.seal(env, b"root", root_key.bytes());
        write_new(&root.join(ROOT), hex(&sealed).as_bytes())?;
        let blobs = BlobKey::generate().to_secret_text();
        let sealed = instance.seal(env, b"blobs", blobs.as_bytes());
        write_new(&root.join("keys/blobs.key"), hex(&sealed).as_bytes())?;
        write_paper_key(&root.join(PAPERS), env, &instance)?;
        write_new(&root.join(STORE_ID), hex(&sha256(store_id)).as_bytes())?;
        File::open(root.join("keys")).and_then(|d| d.sync_all()).map_err(at(root))?;
        Ok(Self { root: root.to_owned(), instance_key, passphrase: None, _lock: lock })
    }

    /// Takes a folder that is there, whose instance key lies in it or at `key`, under a passphrase or not.
    ///
    /// # Errors
    /// It is not ours, is in use, or cannot be read.
    pub fn open(
        root: &Path,
        key: Option<&Path>,
        passphrase: Option<Passphrase>,
    ) -> Result<Self, FolderFault> {
        if !Self::is_ours(root) && !root.join(STORE).exists() {
            return Err(FolderFault::NotOurs(root.to_owned()));
        }
        let instance_key = instance_key_path(root, key);
        Ok(Self { root: root.to_owned(), instance_key, passphrase, _lock: lock(root)? })
    }

    /// Whether a folder is ours, in use or not.
    pub fn is_ours(root: &Path) -> bool {
        root.join("keys/keyring.key").exists()
    }

    /// Where the durable store lies.
    pub fn store_path(&self) -> PathBuf {
        self.root.join(STORE)
    }

    /// The durable store, which must be there.
    ///
    /// # Errors
    /// It is missing or empty.
    pub fn require_store(&self) -> Result<PathBuf, FolderFault> {
        let path = self.store_path();
        match fs::metadata(&path) {
            Ok(about) if about.len() == 0 => Err(FolderFault::NoStore { path, what: "is empty" }),
            Ok(_) => Ok(path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(FolderFault::NoStore { path, what: "is missing" })
            }
            Err(error) => Err(FolderFault::Disk { path, error }),
        }
    }

    /// The id of a store, which must be the one that was made with the keys.
    ///
    /// # Errors
    /// It has none, or is another one, or the digest beside the keys cannot be read.
    pub fn check_store(&self, id: Option<[u8; 16]>) -> Result<[u8; 16], FolderFault> {
        let wrong = |what| FolderFault::NoStore { path: self.store_path(), what };
        let id = id.ok_or_else(|| wrong("holds nothing"))?;
        let path = self.root.join(STORE_ID);
        let digest = exact(&path, read_hex(&path)?)?;
        if digest == sha256(&id) { Ok(id) } else { Err(wrong("belongs to another instance")) }
    }

    /// A file or folder inside.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Writes a file of so many bytes into the folder, and takes it away again.
    ///
    /// # Errors
    /// The folder cannot be written, or has no room.
    pub fn try_write(&self, name: &str, bytes: usize) -> io::Result<()> {
        let path = self.root.join(name);
        let written = fs::write(&path, vec![0; bytes]);
        let removed = fs::remove_file(&path);
        written.and(removed)
    }

    /// Takes a file away, if it is there.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn remove(&self, path: &Path) -> Result<(), FolderFault> {
        remove_if_there(path)
    }

    /// Puts a file into the place of another one, which is overwritten first.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn replace(&self, old: &Path, new: &Path) -> Result<(), FolderFault> {
        overwrite(old)?;
        fs::rename(new, old).map_err(at(old))?;
        sync_folder_of(old)
    }

    /// Gives a file inside another name.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn rename(&self, from: &Path, to: &Path) -> Result<(), FolderFault> {
        fs::rename(from, to).map_err(at(from))
    }

    /// Where the instance key lies.
    pub fn instance_key(&self) -> &Path {
        &self.instance_key
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// As [`Folder::keys`], after a change of the instance key that was interrupted is finished.
    ///
    /// # Errors
    /// As for [`Folder::keys`] and [`Folder::finish_rotation`].
    pub fn open_keys(&self, env: &Env) -> Result<Keys, FolderFault> {
        self.finish_passphrase()?;
        self.finish_rotation(env)?;
        self.keys()
    }

    /// Reads and opens the keys.
    ///
    /// # Errors
    /// One is missing or does not fit the instance key.
    pub fn keys(&self) -> Result<Keys, FolderFault> {
        let instance = self.read_instance(&self.instance_key)?;
        let open = |name: &str, about: &[u8]| self.open_under(name, about, &[&instance]);
        let mut keyring = Vec::new();
        for name in [NEXT_KEYRING, KEYRING] {
            let path = self.root.join(name);
            if name == NEXT_KEYRING && !path.exists() {
                continue;
            }
            let opened = open(name, b"keyring").and_then(|bytes| exact(&path, bytes));
            match opened {
                Ok(bytes) => keyring.push(SealKey::from_bytes(bytes)),
                // It was being destroyed when everything lay under the next one already.
                Err(_) if !keyring.is_empty() => {}
                Err(fault) => return Err(fault),
            }
        }
        let path = self.root.join("keys/blobs.key");
        let text = open("keys/blobs.key", b"blobs")?;
        let wrong = |why: String| FolderFault::Key { path: path.clone(), why };
        let text = String::from_utf8(text).map_err(|error| wrong(error.to_string()))?;
        let blobs = text.parse::<BlobKey>().map_err(|error| wrong(error.to_string()))?;
        let path = self.root.join(PAPERS);
        let papers = match path.exists() {
            true => {
                let seed = Zeroizing::new(exact(&path, open(PAPERS, b"papers")?)?);
                Some(PaperKey::from_bytes(&seed))
            }
            false => None,
        };
        let path = self.root.join(ROOT);
        let root = match path.exists() {
            true => SealKey::from_bytes(exact(&path, open(ROOT, b"root")?)?),
            false => instance.clone(),
        };
        Ok(Keys { instance, root, keyring, blobs, papers })
    }

    /// What a file of `keys/` seals, under one of several instance keys.
    fn open_under(
        &self,
        name: &str,
        about: &[u8],
        keys: &[&SealKey],
    ) -> Result<Vec<u8>, FolderFault> {
        let path = self.root.join(name);
        let sealed = read_hex(&path)?;
        let opened = keys.iter().find_map(|key| key.open(about, &sealed).ok());
        let why = "it was altered, or is under another instance key".to_owned();
        opened.ok_or(FolderFault::Key { path, why })
    }

    /// Makes the key that signs papers, in a folder that has none.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn make_paper_key(&self, env: &Env, instance: &SealKey) -> Result<PaperKey, FolderFault> {
        write_paper_key(&self.root.join(PAPERS), env, instance)
    }

    /// Makes another key that signs papers, beside the one that does; where its file lies.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn stage_paper_key(
        &self,
        env: &Env,
        instance: &SealKey,
    ) -> Result<(PaperKey, PathBuf), FolderFault> {
        let path = self.root.join(NEXT_PAPERS);
        // What an interrupted change left behind has signed nothing.
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(at(&path)(error)),
            _ => {}
        }
        Ok((write_paper_key(&path, env, instance)?, path))
    }

    /// Puts a key that was made so into the place of the one that signed, for good.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn take_paper_key(&self, staged: &Path) -> Result<(), FolderFault> {
        let path = self.root.join(PAPERS);
        fs::rename(staged, &path).map_err(at(&path))?;
        File::open(self.root.join("keys")).and_then(|d| d.sync_all()).map_err(at(&path))
    }

    /// That papers were signed here before, and the key is gone.
    pub fn lost_paper_key(&self) -> FolderFault {
        let why = "the file is missing, and papers were signed with it".to_owned();
        FolderFault::Key { path: self.root.join(PAPERS), why }
    }
}

fn write_paper_key(path: &Path, env: &Env, instance: &SealKey) -> Result<PaperKey, FolderFault> {
    let seed = Zeroizing::new(env.bytes::<32>());
    let sealed = instance.seal(env, b"papers", seed.as_slice());
    write_new(path, hex(&sealed).as_bytes())?;
    Ok(PaperKey::from_bytes(&seed))
}

/// What to do when the file system refuses, after its own words.
fn disk_advice(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => {
            "; motcua writes into its folder even to read it: let its account write there, or copy \
             the whole folder to a disk that can be written and name the copy with --data"
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "; free some space or enlarge the disk"
        }
        _ => "",
    }
}

fn instance_key_path(root: &Path, elsewhere: Option<&Path>) -> PathBuf {
    elsewhere.map_or_else(|| root.join("keys/instance.key"), Path::to_owned)
}

fn at(path: &Path) -> impl Fn(io::Error) -> FolderFault + '_ {
    |error| FolderFault::Disk { path: path.to_owned(), error }
}

fn make_dir(path: &Path) -> Result<(), FolderFault> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(at(path))
}

fn lock(root: &Path) -> Result<File, FolderFault> {
    let path = root.join("lock");
    let file = OpenOptions::new()
        .create(true)
        .write(true)
        .truncate(false)
        .mode(0o600)
        .open(&path)
        .map_err(at(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(FolderFault::InUse(root.to_owned())),
        Err(TryLockError::Error(error)) => Err(FolderFault::Disk { path, error }),
    }
}

fn write_new(path: &Path, bytes: &[u8]) -> Result<(), FolderFault> {
    let mut file =
        OpenOptions::new().create_new(true).write(true).mode(0o600).open(path).map_err(at(path))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(at(path))
}

fn read_key(path: &Path) -> Result<SealKey, FolderFault> {
    Ok(SealKey::from_bytes(exact(path, read_hex(path)?)?))
}

fn sync_folder_of(path: &Path) -> Result<(), FolderFault> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(at(path))
}

fn remove_if_there(path: &Path) -> Result<(), FolderFault> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(at(path)(error)),
        _ => Ok(()),
    }
}

/// Overwrites what a file holds, in its place, before it goes.
fn overwrite(path: &Path) -> Result<(), FolderFault> {
    let length = fs::metadata(path).map_err(at(path))?.len();
    let mut file = OpenOptions::new().write(true).open(path).map_err(at(path))?;
    let noise = vec![b'0'; usize::try_from(length).unwrap_or(0)];
    file.write_all(&noise).and_then(|()| file.sync_all()).map_err(at(path))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn read_hex(path: &Path) -> Result<Vec<u8>, FolderFault> {
    let wrong = |why: &str| FolderFault::Key { path: path.to_owned(), why: why.to_owned() };
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(wrong("the file is missing"));
        }
        Err(error) => return Err(at(path)(error)),
    };
    from_hex(path, &text)
}

fn from_hex(path: &Path, text: &[u8]) -> Result<Vec<u8>, FolderFault> {
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let bytes = text.trim_ascii().chunks(2).map(pair).collect::<Option<_>>();
    let why = "it is damaged, not hexadecimal".to_owned();
    bytes.ok_or_else(|| FolderFault::Key { path: path.to_owned(), why })
}

fn exact(path: &Path, bytes: Vec<u8>) -> Result<[u8; 32], FolderFault> {
    bytes.try_into().map_err(|_| FolderFault::Key {
        path: path.to_owned(),
        why: "it is not 32 bytes long".to_owned(),
    })
}
