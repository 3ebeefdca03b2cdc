//! The instance key under a passphrase: an age file, which the program `age` opens too.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use age::scrypt::{Identity, Recipient};
use age::secrecy::SecretString;
use age::{Decryptor, Encryptor};
use zeroize::Zeroizing;

use super::{
    Folder, FolderFault, at, exact, from_hex, hex, instance_key_path, overwrite, read_key,
    remove_if_there, sync_folder_of, write_new,
};
use crate::store::keyring::SealKey;

/// How every age file begins.
const AGE: &[u8] = b"age-encryption.org/";
/// Work of a try, as a power of two: 64 MiB, and some tenths of a second.
const WORK: u8 = 16;
/// Most work that a file may ask for.
const MOST_WORK: u8 = 20;
/// What the key's file is called before it has its name, and after it had it.
const NEW: &str = ".new";
const OLD: &str = ".old";

/// What opens an instance key; says nothing of itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase(Zeroizing<String>);

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

impl Passphrase {
    /// A passphrase as it was typed.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    fn secret(&self) -> SecretString {
        SecretString::from(self.0.to_string())
    }

    fn wrap(&self, text: &str) -> Result<Vec<u8>, String> {
        let mut recipient = Recipient::new(self.secret());
        recipient.set_work_factor(WORK);
        let recipients = std::iter::once(&recipient as &dyn age::Recipient);
        let encryptor = Encryptor::with_recipients(recipients).map_err(|e| e.to_string())?;
        let mut sealed = Vec::new();
        let mut writer = encryptor.wrap_output(&mut sealed).map_err(|e| e.to_string())?;
        writer.write_all(text.as_bytes()).map_err(|e| e.to_string())?;
        writer.finish().map_err(|e| e.to_string())?;
        Ok(sealed)
    }

    fn unwrap(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, String> {
        let mut identity = Identity::new(self.secret());
        identity.set_max_work_factor(MOST_WORK);
        let decryptor = Decryptor::new(sealed).map_err(|e| e.to_string())?;
        let opened = decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity));
        let mut reader = opened.map_err(|_| "the passphrase is another one".to_owned())?;
        let mut text = Zeroizing::new(Vec::new());
        reader.read_to_end(&mut text).map_err(|e| e.to_string())?;
        Ok(text)
    }
}

fn is_wrapped(bytes: &[u8]) -> bool {
    bytes.starts_with(AGE)
}

impl Folder {
    /// Whether the instance key of a folder is under a passphrase.
    pub fn asks_passphrase(root: &Path, key: Option<&Path>) -> bool {
        fs::read(instance_key_path(root, key)).is_ok_and(|bytes| is_wrapped(&bytes))
    }

    /// The instance key in a file, as it is or under the passphrase.
    pub(super) fn read_instance(&self, path: &Path) -> Result<SealKey, FolderFault> {
        let bytes = fs::read(path).unwrap_or_default();
        if !is_wrapped(&bytes) {
            return read_key(path);
        }
        let wrong = |why: String| FolderFault::Key { path: path.to_owned(), why };
        let missing = || wrong("it is under a passphrase, and none was given".to_owned());
        let passphrase = self.passphrase.as_ref().ok_or_else(missing)?;
        let text = passphrase.unwrap(&bytes).map_err(wrong)?;
        Ok(SealKey::from_bytes(exact(path, from_hex(path, &text)?)?))
    }

    /// Writes an instance key into a new file, under the passphrase when there is one.
    pub(super) fn write_instance(&self, path: &Path, key: &SealKey) -> Result<(), FolderFault> {
        self.write_under(path, key, self.passphrase.as_ref())
    }

    fn write_under(
        &self,
        path: &Path,
        key: &SealKey,
        passphrase: Option<&Passphrase>,
    ) -> Result<(), FolderFault> {
        let text = Zeroizing::new(hex(key.bytes()));
        let Some(passphrase) = passphrase else { return write_new(path, text.as_bytes()) };
        let sealed = passphrase.wrap(&text);
        let sealed = sealed.map_err(|why| FolderFault::Key { path: path.to_owned(), why })?;
        write_new(path, &sealed)
    }

    /// Puts the instance key under a passphrase, or under none; the file as it was is overwritten.
    ///
    /// # Errors
    /// The key cannot be opened, or its file not be written.
    pub fn set_passphrase(&mut self, passphrase: Option<Passphrase>) -> Result<(), FolderFault> {
        let place = self.instance_key.clone();
        let key = self.read_instance(&place)?;
        let (whole, old) = (self.beside_instance(NEW), self.beside_instance(OLD));
        remove_if_there(&whole)?;
        self.write_under(&whole, &key, passphrase.as_ref())?;
        self.destroy_old(&old)?;
        // The same file under a second name: in its own place there is always a whole one.
        fs::hard_link(&place, &old).map_err(at(&old))?;
        fs::rename(&whole, &place).map_err(at(&place))?;
        sync_folder_of(&place)?;
        self.destroy_old(&old)?;
        self.passphrase = passphrase;
        Ok(())
    }

    fn beside_instance(&self, ending: &str) -> PathBuf {
        let mut name = self.instance_key.clone().into_os_string();
        name.push(ending);
        name.into()
    }

    /// Destroys what an interrupted change of the passphrase has left.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub(super) fn finish_passphrase(&self) -> Result<(), FolderFault> {
        let whole = self.beside_instance(NEW);
        if whole.exists() {
            overwrite(&whole)?;
        }
        remove_if_there(&whole)?;
        self.destroy_old(&self.beside_instance(OLD))
    }

    /// Overwrites what an instance key was before, once another file has its name.
    fn destroy_old(&self, old: &Path) -> Result<(), FolderFault> {
        let same = |a: &Path, b: &Path| {
            use std::os::unix::fs::MetadataExt;
            matches!((fs::metadata(a), fs::metadata(b)), (Ok(a), Ok(b)) if a.ino() == b.ino())
        };
        if old.exists() && !same(old, &self.instance_key) {
            overwrite(old)?;
        }
        remove_if_there(old)
    }
}
