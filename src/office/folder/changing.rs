//! Changing the keys of a folder: each new one lies beside the old one until everything is under it, then
//! the old one is overwritten. What was interrupted goes on from the files that are there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

use zeroize::Zeroizing;

use super::{
    BLOBS, Folder, FolderFault, KEYRING, KEYRING_COPY, NEXT_KEYRING, PAPERS, ROOT, at, exact, hex,
    overwrite, read_hex, remove_if_there, sync_folder_of, write_new,
};
use crate::env::Env;
use crate::store::keyring::SealKey;

impl Folder {
    /// Whether a change of the keyring's key was begun and not finished.
    pub fn has_staged_keyring(&self) -> bool {
        self.root.join(NEXT_KEYRING).exists()
    }

    /// Makes the next key of the keyring, beside the present one; one that was made before is taken.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn stage_keyring(&self, env: &Env, instance: &SealKey) -> Result<SealKey, FolderFault> {
        let path = self.root.join(NEXT_KEYRING);
        if path.exists() {
            let opened = instance.open(b"keyring", &read_hex(&path)?);
            let bytes = opened
                .map_err(|error| FolderFault::Key { path: path.clone(), why: error.to_string() })?;
            return Ok(SealKey::from_bytes(exact(&path, bytes)?));
        }
        let next = SealKey::generate(env);
        // Written whole before it has its name: half a key would keep the folder from opening.
        let whole = self.root.join("keys/keyring.new");
        remove_if_there(&whole)?;
        write_new(&whole, hex(&instance.seal(env, b"keyring", next.bytes())).as_bytes())?;
        fs::rename(&whole, &path).map_err(at(&path))?;
        self.sync_keys()?;
        Ok(next)
    }

    /// Puts the next key of the keyring into the place of the present one, which is destroyed, and the
    /// copy of the keyring under it beside it.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn take_keyring(&self, copy: &[u8]) -> Result<(), FolderFault> {
        let (whole, place) =
            (self.root.join("keys/keyring.copy.new"), self.root.join(KEYRING_COPY));
        remove_if_there(&whole)?;
        let mut file = OpenOptions::new();
        let file = file.create_new(true).write(true).mode(0o600).open(&whole);
        let mut file = file.map_err(at(&whole))?;
        file.write_all(copy).and_then(|()| file.sync_all()).map_err(at(&whole))?;
        fs::rename(&whole, &place).map_err(at(&place))?;
        self.sync_keys()?;
        let path = self.root.join(KEYRING);
        overwrite(&path)?;
        fs::rename(self.root.join(NEXT_KEYRING), &path).map_err(at(&path))?;
        self.sync_keys()
    }

    /// The copy of the keyring, if there is one.
    ///
    /// # Errors
    /// It cannot be read, or is under none of these keys.
    pub fn keyring_copy(&self, keys: &[SealKey]) -> Result<Option<Vec<u8>>, FolderFault> {
        let path = self.root.join(KEYRING_COPY);
        let sealed = match fs::read(&path) {
            Ok(sealed) => sealed,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(at(&path)(error)),
        };
        let opened = keys.iter().find_map(|key| key.open(b"keyring copy", &sealed).ok());
        let why = "it is damaged, or of another time than the keys beside it".to_owned();
        opened.map(Some).ok_or(FolderFault::Key { path, why })
    }

    fn sync_keys(&self) -> Result<(), FolderFault> {
        let path = self.root.join("keys");
        File::open(&path).and_then(|folder| folder.sync_all()).map_err(at(&path))
    }

    /// Where the next instance key lies while it takes its place.
    fn next_instance(&self) -> PathBuf {
        let mut name = self.instance_key.clone().into_os_string();
        name.push(".next");
        name.into()
    }

    /// Makes a new instance key and seals every other key under it; the old one is destroyed. Keys that
    /// were derived from it go on from a root of their own.
    ///
    /// # Errors
    /// A key cannot be opened, or a file not be written; [`Folder::finish_rotation`] goes on then.
    pub fn rotate_instance(&self, env: &Env) -> Result<(), FolderFault> {
        let next = self.next_instance();
        if !next.exists() {
            let mut whole = next.clone().into_os_string();
            whole.push(".new");
            let whole = PathBuf::from(whole);
            remove_if_there(&whole)?;
            self.write_instance(&whole, &SealKey::generate(env))?;
            fs::rename(&whole, &next).map_err(at(&next))?;
            sync_folder_of(&next)?;
        }
        self.finish_rotation(env)
    }

    /// Goes on with a change of the instance key that was interrupted; nothing when none was.
    ///
    /// # Errors
    /// As for [`Folder::rotate_instance`].
    pub fn finish_rotation(&self, env: &Env) -> Result<(), FolderFault> {
        let place = self.next_instance();
        if !place.exists() {
            return Ok(());
        }
        let next = self.read_instance(&place)?;
        // It may have been overwritten already, when everything lay under the next one.
        let old = self.read_instance(&self.instance_key).unwrap_or_else(|_| next.clone());
        if !self.root.join(ROOT).exists() {
            write_new(
                &self.root.join(ROOT),
                hex(&next.seal(env, b"root", old.bytes())).as_bytes(),
            )?;
        }
        let sealed: [(&str, &[u8]); 5] = [
            (ROOT, b"root"),
            (KEYRING, b"keyring"),
            (NEXT_KEYRING, b"keyring"),
            (BLOBS, b"blobs"),
            (PAPERS, b"papers"),
        ];
        for (name, about) in sealed {
            if self.root.join(name).exists() {
                self.reseal(env, name, about, (&old, &next))?;
            }
        }
        self.sync_keys()?;
        overwrite(&self.instance_key)?;
        fs::rename(&place, &self.instance_key).map_err(at(&self.instance_key))?;
        sync_folder_of(&self.instance_key)
    }

    /// Puts what a file seals under the next instance key.
    fn reseal(
        &self,
        env: &Env,
        name: &str,
        about: &[u8],
        (old, next): (&SealKey, &SealKey),
    ) -> Result<(), FolderFault> {
        let plain = Zeroizing::new(self.open_under(name, about, &[next, old])?);
        let (path, whole) = (self.root.join(name), self.root.join(format!("{name}.new")));
        remove_if_there(&whole)?;
        write_new(&whole, hex(&next.seal(env, about, &plain)).as_bytes())?;
        fs::rename(&whole, &path).map_err(at(&path))
    }
}
