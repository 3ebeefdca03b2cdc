//! The keyring under a new wrapping key: staged beside the old one, carried through while the office
//! works, and finished at the next start when it was interrupted.

use std::path::Path;
use std::sync::PoisonError;

use super::folder::{Folder, FolderFault, Keys, Passphrase};
use super::{Failure, Office, OpenError, Settings};
use crate::env::Env;
use crate::store::engine::{Engine, Fault, FaultKind};
use crate::store::keyring::Mark;
use crate::store::rewrapping;

/// Makes a store fit the keys beside it: one that is older than the copy of its keyring takes its keys
/// from there. Keys that are older than the store are refused.
pub(super) fn fit(folder: &Folder, engine: &dyn Engine, keys: &Keys) -> Result<(), OpenError> {
    if let Some(copy) = folder.keyring_copy(&keys.keyring)? {
        rewrapping::restore(engine, &copy)?;
    }
    Ok(rewrapping::check_keys(engine, &keys.keyring)?)
}

/// Puts the instance key of a folder at rest under a passphrase, or under none any more.
///
/// # Errors
/// The folder is in use, its keys cannot be opened, or the key's file not be written.
pub fn set_passphrase(
    root: &Path,
    env: &Env,
    settings: &Settings,
    passphrase: Option<Passphrase>,
) -> Result<(), FolderFault> {
    let (key, present) = (settings.instance_key.as_deref(), settings.passphrase.clone());
    let mut folder = Folder::open(root, key, present)?;
    folder.open_keys(env)?;
    folder.set_passphrase(passphrase)
}

fn failed(error: &dyn std::fmt::Display) -> Failure {
    Fault::new(FaultKind::Storage, "changing the key of the keyring", error.to_string()).into()
}

/// The keys of an instance by marks that tell them apart and open nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyMarks {
    /// Where the instance key lies.
    pub path: String,
    /// The instance key.
    pub instance: Mark,
    /// The key of the keyring.
    pub keyring: Mark,
    /// Whether a change of it waits to be finished.
    pub is_changing: bool,
}

impl Office {
    /// The keys by their marks.
    ///
    /// # Errors
    /// A key cannot be read.
    pub fn key_marks(&self) -> Result<KeyMarks, Failure> {
        let keys = self.folder.keys().map_err(|fault| failed(&fault))?;
        Ok(KeyMarks {
            path: self.folder.instance_key().display().to_string(),
            instance: keys.instance.mark(),
            keyring: self.ledger.shared().wrapping.mark(),
            is_changing: self.folder.has_staged_keyring(),
        })
    }

    /// Changes the key of the keyring and the instance key, while the office goes on. What was
    /// interrupted is finished when the folder is opened again.
    ///
    /// # Errors
    /// A key cannot be read, or the folder or the store not be written.
    pub fn rotate_keys(&self) -> Result<KeyMarks, Failure> {
        let _alone = self.keyring_work.lock().unwrap_or_else(PoisonError::into_inner);
        self.begin_keyring()?;
        self.finish_keyring()?;
        self.folder.rotate_instance(&self.env).map_err(|fault| failed(&fault))?;
        self.key_marks()
    }

    /// Makes the next wrapping key, or takes the one that an interrupted change left; new dossiers are
    /// under it from now on.
    pub(super) fn begin_keyring(&self) -> Result<(), Failure> {
        let instance = self.folder.keys().map_err(|fault| failed(&fault))?.instance;
        let next = self.folder.stage_keyring(&self.env, &instance);
        self.ledger.shared().wrapping.change(next.map_err(|fault| failed(&fault))?);
        // What was decided under the key before is on the disk behind this.
        self.ledger.run_blocking(|_| Ok(()))?;
        Ok(())
    }

    /// Brings every key under it, writes the copy beside the keys, and destroys the old one.
    pub(super) fn finish_keyring(&self) -> Result<(), Failure> {
        self.ledger.rewrap()?;
        let present = self.ledger.shared().wrapping.present();
        let copy = present.seal(&self.env, b"keyring copy", &self.ledger.keyring_copy()?);
        self.folder.take_keyring(&copy).map_err(|fault| failed(&fault))
    }

    /// Goes on with a change that was interrupted.
    pub(super) fn resume_keyring(&self) -> Result<(), Failure> {
        match self.folder.has_staged_keyring() {
            true => self.finish_keyring(),
            false => Ok(()),
        }
    }
}
