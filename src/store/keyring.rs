//! Sealing of personal parts: one key a dossier, the keys wrapped in a keyring of their own.
//!
//! Sealed parts are XChaCha20-Poly1305 with a random nonce, bound to what they belong to by their
//! associated data. Dossier keys are wrapped the same way under the keyring's key, which itself
//! lies in a file wrapped under the instance key. Destroying a dossier's key disposes of every copy
//! of what it sealed, in old pages and backups too.

use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key as CipherKey, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::domain::ids::DossierId;
use crate::env::Env;

/// Bytes of a key.
const KEY: usize = 32;
/// Bytes of a nonce.
const NONCE: usize = 24;
/// Bytes that sealing adds.
pub const OVERHEAD: usize = NONCE + 16;

/// A sealed part cannot be opened: it was altered, belongs elsewhere, or its key is destroyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a sealed part cannot be opened: {0}")]
pub struct Unsealable(pub &'static str);

/// A symmetric key; wiped from memory when dropped.
#[derive(Clone)]
pub struct SealKey(Zeroizing<[u8; KEY]>);

impl std::fmt::Debug for SealKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SealKey(…)")
    }
}

impl SealKey {
    /// A fresh random key.
    pub fn generate(env: &Env) -> Self {
        Self(Zeroizing::new(env.bytes()))
    }

    /// The key with these bytes.
    pub fn from_bytes(bytes: [u8; KEY]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes, for wrapping and for deriving.
    pub fn bytes(&self) -> &[u8; KEY] {
        &self.0
    }

    /// Tells this key from others.
    pub fn mark(&self) -> Mark {
        let mut mark = [0; 8];
        let digest = blake3::derive_key("motcua 2026 mark of a wrapping key", self.0.as_slice());
        mark.copy_from_slice(&digest[..8]);
        mark
    }

    /// A key for one purpose, derived from this one.
    pub fn derive(&self, purpose: &'static str) -> Self {
        Self(Zeroizing::new(blake3::derive_key(purpose, self.0.as_slice())))
    }

    /// Seals `plain` so that it opens only with the same associated data.
    pub fn seal(&self, env: &Env, associated: &[u8], plain: &[u8]) -> Vec<u8> {
        let nonce: [u8; NONCE] = env.bytes();
        let payload = Payload { msg: plain, aad: associated };
        let sealed = self.cipher().encrypt(XNonce::from_slice(&nonce), payload);
        let mut out = Vec::with_capacity(plain.len() + OVERHEAD);
        out.extend_from_slice(&nonce);
        // Encryption fails only for texts beyond 256 GiB, which never get here.
        out.extend_from_slice(&sealed.unwrap_or_default());
        out
    }

    /// Opens what [`SealKey::seal`] made.
    ///
    /// # Errors
    /// It was altered, or the key or the associated data is another.
    pub fn open(&self, associated: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Unsealable> {
        let (nonce, body) = sealed.split_at_checked(NONCE).ok_or(Unsealable("too short"))?;
        let payload = Payload { msg: body, aad: associated };
        let opened = self.cipher().decrypt(XNonce::from_slice(nonce), payload);
        opened.map_err(|_| Unsealable("altered, or under another key"))
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(CipherKey::from_slice(self.0.as_slice()))
    }

    /// This key, wrapped under `wrapping` for whose it is: the bytes of a dossier or a person.
    pub fn wrap(&self, env: &Env, wrapping: &Self, whose: &[u8]) -> Vec<u8> {
        wrapping.seal(env, whose, self.0.as_slice())
    }

    /// The key of a dossier or a person from its wrapped form.
    ///
    /// # Errors
    /// It was altered or wrapped under another key.
    pub fn unwrap(wrapped: &[u8], wrapping: &Self, whose: &[u8]) -> Result<Self, Unsealable> {
        let bytes = Zeroizing::new(wrapping.open(whose, wrapped)?);
        let bytes = bytes.as_slice().try_into().map_err(|_| Unsealable("key length"))?;
        Ok(Self::from_bytes(bytes))
    }
}

/// Tells wrapping keys apart without telling them.
pub type Mark = [u8; 8];

/// The keys under which keys are wrapped: the present one, and behind it those before, which open what
/// was read before the keyring went under the present one.
pub struct Wrapping(RwLock<Vec<SealKey>>);

impl From<SealKey> for Wrapping {
    fn from(key: SealKey) -> Self {
        Self(RwLock::new(vec![key]))
    }
}

impl From<Vec<SealKey>> for Wrapping {
    /// The present one first.
    fn from(keys: Vec<SealKey>) -> Self {
        Self(RwLock::new(keys))
    }
}

impl Wrapping {
    fn keys(&self) -> RwLockReadGuard<'_, Vec<SealKey>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The key under which keys are wrapped now.
    pub fn present(&self) -> SealKey {
        // There is one from the beginning; a key of zeros opens nothing.
        self.keys().first().cloned().unwrap_or_else(|| SealKey::from_bytes([0; KEY]))
    }

    /// The present key's mark.
    pub fn mark(&self) -> Mark {
        self.present().mark()
    }

    /// Wraps under another key from now on.
    pub fn change(&self, next: SealKey) {
        let mut keys = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if keys.first().is_none_or(|present| present.mark() != next.mark()) {
            keys.insert(0, next);
        }
    }

    /// The key of a dossier or a person from its wrapped form.
    ///
    /// # Errors
    /// It was altered or wrapped under an unknown key.
    pub fn unwrap(&self, wrapped: &[u8], whose: &[u8]) -> Result<SealKey, Unsealable> {
        let keys = self.keys();
        let opened = keys.iter().find_map(|key| SealKey::unwrap(wrapped, key, whose).ok());
        opened.ok_or(Unsealable("altered, or under another key"))
    }

    /// A wrapped key under the present one; none when it is already.
    ///
    /// # Errors
    /// As for [`Wrapping::unwrap`].
    pub(super) fn anew(
        &self,
        env: &Env,
        wrapped: &[u8],
        whose: &[u8],
    ) -> Result<Option<Vec<u8>>, Unsealable> {
        let present = self.present();
        if SealKey::unwrap(wrapped, &present, whose).is_ok() {
            return Ok(None);
        }
        Ok(Some(self.unwrap(wrapped, whose)?.wrap(env, &present, whose)))
    }
}

/// The key of a dossier that is to be opened, wrapped already, so that nobody waits for it while
/// commands are decided.
#[derive(Debug)]
pub struct NewKey {
    /// Whose it is.
    pub id: DossierId,
    /// The key.
    pub(super) key: SealKey,
    /// As it lies in the keyring.
    pub(super) wrapped: Vec<u8>,
    /// The wrapping key that it lies under.
    pub(super) under: Mark,
}

impl NewKey {
    pub(super) fn generate(env: &Env, wrapping: &Wrapping, id: DossierId) -> Self {
        let (key, present) = (SealKey::generate(env), wrapping.present());
        let wrapped = key.wrap(env, &present, &id.0);
        Self { id, key, wrapped, under: present.mark() }
    }
}

/// What a sealed part belongs to: its dossier, its version, and which part it is.
pub fn associated(id: DossierId, version: u64, part: &'static [u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(24 + part.len());
    out.extend_from_slice(&id.0);
    out.extend_from_slice(&version.to_be_bytes());
    out.extend_from_slice(part);
    out
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU8, Ordering};

    use super::{SealKey, associated};
    use crate::domain::ids::DossierId;
    use crate::env::Env;

    fn env() -> Env {
        let next = AtomicU8::new(1);
        let random = move |bytes: &mut [u8]| {
            bytes.fill_with(|| next.fetch_add(1, Ordering::Relaxed));
        };
        Env::new(|| jiff::Timestamp::UNIX_EPOCH, random)
    }

    #[test]
    fn sealed_parts_open_only_where_they_belong() {
        let env = env();
        let key = SealKey::generate(&env);
        let (one, other) = (DossierId([1; 16]), DossierId([2; 16]));
        let sealed = key.seal(&env, &associated(one, 1, b"event"), "Nguyễn Văn A".as_bytes());
        assert!(!sealed.windows(6).any(|part| part == &"Nguyễn".as_bytes()[..6]));
        let opened = key.open(&associated(one, 1, b"event"), &sealed);
        assert_eq!(opened.as_deref(), Ok("Nguyễn Văn A".as_bytes()));
        assert!(key.open(&associated(other, 1, b"event"), &sealed).is_err());
        assert!(key.open(&associated(one, 2, b"event"), &sealed).is_err());
        assert!(key.open(&associated(one, 1, b"state"), &sealed).is_err());
        let mut altered = sealed.clone();
        altered[30] ^= 1;
        assert!(key.open(&associated(one, 1, b"event"), &altered).is_err());
        assert!(key.open(&associated(one, 1, b"event"), &sealed[..10]).is_err());
    }

    #[test]
    fn a_wrapped_key_belongs_to_its_dossier() {
        let env = env();
        let (wrapping, key) = (SealKey::generate(&env), SealKey::generate(&env));
        let (one, other) = (DossierId([1; 16]), DossierId([2; 16]));
        let wrapped = key.wrap(&env, &wrapping, &one.0);
        let back = SealKey::unwrap(&wrapped, &wrapping, &one.0).map(|key| *key.bytes());
        assert_eq!(back, Ok(*key.bytes()));
        assert!(SealKey::unwrap(&wrapped, &wrapping, &other.0).is_err());
        assert!(SealKey::unwrap(&wrapped, &key, &one.0).is_err());
    }
}
