//! The key with which an instance signs its papers, and those that it signed with before.

use std::sync::{Arc, PoisonError};

use data_encoding::HEXLOWER;
use jiff::Timestamp;

use super::folder::Folder;
use super::settings::{self, PaperKeyRow};
use super::{Failure, Office, OpenError};
use crate::documents::seal::{PaperKey, PublicKey};
use crate::env::Env;
use crate::store::engine::{Fault, FaultKind};
use crate::store::keyring::SealKey;
use crate::store::ledger::Ledger;
use crate::store::reader::Reader;

/// A key that checks papers of this instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownKey {
    /// The public key.
    pub public: PublicKey,
    /// Since when it signed.
    pub since: Timestamp,
}

/// The keys of papers at an instant.
pub(super) struct PaperKeys {
    /// The one that signs.
    pub signs: PaperKey,
    /// All that check, the present one first.
    pub check: Vec<KnownKey>,
}

/// The key that signs, and all that check. A folder of a version without signatures gets its key
/// now; a lost one is never replaced in silence.
pub(super) fn keys(
    folder: &Folder,
    ledger: &Ledger,
    env: &Env,
    known: Option<PaperKey>,
    instance: &SealKey,
) -> Result<PaperKeys, OpenError> {
    let rows = settings::all::<PaperKeyRow>(&ledger.reader()?)?;
    let signs = match known {
        Some(key) => key,
        None if rows.is_empty() => folder.make_paper_key(env, instance)?,
        None => return Err(folder.lost_paper_key().into()),
    };
    let id = signs.public().id().to_string();
    if !rows.iter().any(|row| row.id == id) {
        note(ledger, env, &signs)?;
    }
    let check = checking(&ledger.reader()?, &signs)?;
    Ok(PaperKeys { signs, check })
}

/// Writes down that a key signs from now on.
fn note(ledger: &Ledger, env: &Env, key: &PaperKey) -> Result<(), Failure> {
    let public = key.public();
    let row = PaperKeyRow {
        id: public.id().to_string(),
        public: HEXLOWER.encode(&public.bytes()),
        since: env.now(),
    };
    ledger.run_blocking(move |txn| settings::put(txn, &row))?;
    Ok(())
}

/// The keys that check, with the one that signs first, then the newest.
fn checking(reader: &Reader, signs: &PaperKey) -> Result<Vec<KnownKey>, Failure> {
    let present = signs.public();
    let rows = settings::all::<PaperKeyRow>(reader)?.into_iter().filter_map(|row| {
        let bytes = HEXLOWER.decode(row.public.as_bytes()).ok()?;
        let public = PublicKey::from_bytes(&bytes.try_into().ok()?)?;
        Some(KnownKey { public, since: row.since })
    });
    let mut known: Vec<KnownKey> = rows.collect();
    known.sort_by_key(|key| (key.public != present, std::cmp::Reverse(key.since)));
    Ok(known)
}

impl Office {
    pub(super) fn paper_keys_now(&self) -> Arc<PaperKeys> {
        self.paper_keys.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The keys that check this instance's papers, the present one first.
    pub fn paper_keys(&self) -> Vec<KnownKey> {
        self.paper_keys_now().check.clone()
    }

    /// Those keys as PEM.
    pub fn paper_keys_pem(&self) -> String {
        self.paper_keys_now().check.iter().map(|key| key.public.to_pem()).collect()
    }

    /// Signs papers with a new key from now on. The old secret one is gone then; its public key
    /// stays, so that what it signed still proves genuine.
    ///
    /// # Errors
    /// The folder or the store cannot be written; the old key goes on then.
    pub fn change_paper_key(&self) -> Result<(), Failure> {
        let broken = |error: &dyn std::fmt::Display| {
            Fault::new(FaultKind::Storage, "changing the key of papers", error.to_string())
        };
        let mut keys = self.paper_keys.write().unwrap_or_else(PoisonError::into_inner);
        let instance = self.folder.keys().map_err(|fault| broken(&fault))?.instance;
        let staged = self.folder.stage_paper_key(&self.env, &instance);
        let (signs, staged) = staged.map_err(|fault| broken(&fault))?;
        // The public key is known before anything can be signed with the secret one.
        note(&self.ledger, &self.env, &signs)?;
        self.folder.take_paper_key(&staged).map_err(|fault| broken(&fault))?;
        let check = checking(&self.ledger.reader()?, &signs)?;
        *keys = Arc::new(PaperKeys { signs, check });
        Ok(())
    }
}
