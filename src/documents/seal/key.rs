//! Keys of papers: one signs, many check.

use std::fmt;

use data_encoding::BASE64;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use super::sha256;

/// What stands before the 32 bytes of an Ed25519 key in a `SubjectPublicKeyInfo` (RFC 8410).
const SPKI: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
const BEGIN: &str = "-----BEGIN PUBLIC KEY-----";
const END: &str = "-----END PUBLIC KEY-----";

/// Which key signed: the first four bytes of the SHA-256 of the public one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub [u8; 4]);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The key with which an instance signs its papers; wiped from memory when dropped.
pub struct PaperKey(SigningKey);

impl fmt::Debug for PaperKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PaperKey({})", self.public().id())
    }
}

impl PaperKey {
    /// The key with these secret bytes.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(bytes))
    }

    /// The key that checks what this one signs.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    pub(super) fn sign(&self, about: &[u8], bytes: &[u8]) -> [u8; 64] {
        self.0.sign(&[about, bytes].concat()).to_bytes()
    }
}

/// A key that checks papers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// The key with these bytes, if they are one.
    pub fn from_bytes(bytes: &[u8; 32]) -> Option<Self> {
        VerifyingKey::from_bytes(bytes).ok().map(Self)
    }

    /// Its bytes.
    pub fn bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// Its short name.
    pub fn id(&self) -> KeyId {
        let [a, b, c, d, ..] = sha256(self.0.as_bytes());
        KeyId([a, b, c, d])
    }

    /// As PEM, which OpenSSL and others read too.
    pub fn to_pem(&self) -> String {
        let key = BASE64.encode(&[&SPKI[..], self.0.as_bytes()].concat());
        format!("{BEGIN}\n{key}\n{END}\n")
    }

    pub(super) fn has_signed(&self, about: &[u8], bytes: &[u8], signature: &[u8]) -> bool {
        let Ok(signature) = Signature::from_slice(signature) else { return false };
        self.0.verify_strict(&[about, bytes].concat(), &signature).is_ok()
    }
}

/// The Ed25519 keys of a PEM text; what stands between them is left aside.
pub fn read_keys(text: &str) -> Vec<PublicKey> {
    let blocks = text.split(BEGIN).skip(1).filter_map(|rest| rest.split_once(END));
    let keys = blocks.filter_map(|(block, _)| {
        let letters: String = block.split_whitespace().collect();
        let bytes = BASE64.decode(letters.as_bytes()).ok()?;
        PublicKey::from_bytes(bytes.strip_prefix(&SPKI)?.try_into().ok()?)
    });
    keys.collect()
}
