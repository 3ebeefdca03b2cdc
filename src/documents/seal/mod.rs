//! Sealed papers: what anyone can check without asking the office.
//!
//! Each paper carries a [`Statement`] in its QR code: which paper of which dossier it is, when it was
//! issued, what is due when, where it stands in the agency's log, and a digest of its contents,
//! signed with Ed25519. A file of papers carries the statements with the contents, and a signature
//! of its own bytes. A [`Checkpoint`] says in the same way where an agency's log stood. `docs/format.md` has the layout, `docs/security.md` what it proves.

mod bytes;
mod check;
mod checkpoint;
mod file;
mod key;
mod statement;

#[cfg(test)]
mod tests;

pub use check::{Checked, PaperSeen, Verdict, check};
pub use checkpoint::{Checkpoint, SignedCheckpoint, checkpoints_in};
pub use file::{NoTrailer, Part, seal};
pub use key::{KeyId, PaperKey, PublicKey, read_keys};
pub use statement::{Broken, Statement};

use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};

/// What a paper's statement is signed over: these bytes, then the statement's.
const PAPER: &[u8] = b"motcua paper 1\n";
/// What a checkpoint is signed over: these bytes, then its own.
const CHECKPOINT: &[u8] = b"motcua checkpoint 1\n";
/// What a file's digests are signed over: these bytes, then the digests.
const FILE: &[u8] = b"motcua file 1\n";

/// The path of the public page that checks a statement; capitals keep its QR code small.
pub const PATH: &str = "/KIEM-TRA/";

fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The bytes that capital letters and digits stand for; blanks, and dashes, do not count.
fn from_letters(text: &str) -> Option<Vec<u8>> {
    let letters = text.bytes().filter(|c| !c.is_ascii_whitespace() && *c != b'-');
    let letters: Vec<u8> = letters.map(|c| c.to_ascii_uppercase()).collect();
    BASE32_NOPAD.decode(&letters).ok()
}
