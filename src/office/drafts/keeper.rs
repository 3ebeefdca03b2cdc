//! Who keeps a draft: an account, a browser, or the devices that share it.

use std::fmt;

use super::unhex;
use crate::store::event_log::sha256;
use crate::store::keyring::SealKey;
use crate::store::tables::Key;

/// Who keeps drafts. What a browser or several devices keep is sealed under their own secret, which
/// is nowhere on the server: only whoever brings it opens the draft.
#[derive(Clone)]
pub struct Keeper {
    digest: [u8; 32],
    key: Option<SealKey>,
}

impl fmt::Debug for Keeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keeper(…)")
    }
}

impl Keeper {
    /// An account, whose rows have this name.
    pub(super) fn account(digest: [u8; 32]) -> Self {
        Self { digest, key: None }
    }

    /// A browser, by the secret in its cookie; none when that is no secret.
    pub fn browser(secret: &str) -> Option<Self> {
        Self::by_secret(secret, "motcua draft of a browser")
    }

    /// The devices that share a draft.
    pub(super) fn shared(secret: &str) -> Option<Self> {
        Self::by_secret(secret, "motcua draft of several devices")
    }

    fn by_secret(secret: &str, purpose: &'static str) -> Option<Self> {
        let key = SealKey::from_bytes(unhex(secret)?.try_into().ok()?).derive(purpose);
        // The name of its rows gives nothing of the key away.
        Some(Self { digest: sha256(key.derive("motcua rows of a keeper").bytes()), key: Some(key) })
    }

    /// Where its rows begin.
    pub(super) fn rows(&self) -> Key {
        Key::new().fixed(&self.digest)
    }

    /// Where a draft of it lies.
    pub(super) fn place(&self, procedure: &str, id: &str) -> Key {
        self.rows().text(procedure).text(id)
    }

    /// Its own key; the office's holds when it has none.
    pub(super) fn key(&self) -> Option<&SealKey> {
        self.key.as_ref()
    }
}
