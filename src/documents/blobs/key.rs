//! The keys of blobs: the folder's, and one for each file.

use std::str::FromStr;

use age::secrecy::ExposeSecret;
use age::x25519::{Identity, Recipient};
use zeroize::Zeroizing;

use crate::domain::dossier::FileKey;

/// The text is not an age identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an age identity (AGE-SECRET-KEY-1…): {0}")]
pub struct BlobKeyError(&'static str);

/// An age X25519 identity: with it the standard `age` tool opens every blob, without this program.
#[derive(Clone)]
pub struct BlobKey(Identity);

impl BlobKey {
    /// A new key. age draws it, as it draws each file's own key, from the system's randomness.
    pub fn generate() -> Self {
        Self(Identity::generate())
    }

    /// The secret text to keep outside the blob folder; wiped when dropped.
    pub fn to_secret_text(&self) -> Zeroizing<String> {
        Zeroizing::new(self.0.to_string().expose_secret().to_owned())
    }

    /// The key as whoever owns the file keeps it.
    pub(super) fn to_file_key(&self) -> FileKey {
        FileKey::new(self.0.to_string().expose_secret().to_owned())
    }

    pub(super) fn identity(&self) -> &dyn age::Identity {
        &self.0
    }

    pub(super) fn recipient(&self) -> Recipient {
        self.0.to_public()
    }
}

impl FromStr for BlobKey {
    type Err = BlobKeyError;

    fn from_str(text: &str) -> Result<Self, BlobKeyError> {
        text.trim().parse().map(Self).map_err(BlobKeyError)
    }
}

impl std::fmt::Debug for BlobKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "BlobKey({})", self.0.to_public())
    }
}
