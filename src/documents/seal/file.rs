//! A file of papers under seal: behind the PDF as it was set lies one more object, as a later
//! revision of the same file would add it. It holds the statements with their contents, and a
//! signature of every byte before it; so nothing in the file can change unseen, and every reader of
//! PDF still shows it.

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use memchr::memmem;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::key::{KeyId, PaperKey, PublicKey};
use super::{FILE, sha256};

/// The layout of seals that this version writes.
const LAYOUT: u8 = 1;
/// The beginning of the object that holds the seal.
const OBJECT: &str = " 0 obj\n<</Type/MotcuaSeal/Length ";

/// A paper of a file: its signed text, and the contents from which it was set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// The statement, signed.
    pub text: String,
    /// What its layout read.
    pub contents: Value,
}

impl Part {
    /// The digest of contents that a statement carries: of their JSON without blanks.
    pub fn digest(contents: &Value) -> [u8; 16] {
        let mut digest = [0; 16];
        digest.copy_from_slice(&sha256(contents.to_string().as_bytes())[..16]);
        digest
    }
}

/// What lies behind the papers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Seal {
    /// The layout of this.
    motcua: u8,
    /// The papers, in their order.
    pub papers: Vec<Part>,
    /// SHA-256 of the bytes before, hexadecimal.
    pub file_sha256: String,
    /// Which key signed.
    pub key: String,
    /// The signature.
    signature: String,
}

/// A file cannot be sealed: it does not end as our typesetter ends files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the file has no plain trailer, so it cannot be sealed")]
pub struct NoTrailer;

/// The file under seal.
///
/// # Errors
/// [`NoTrailer`] for what no typesetter of ours wrote.
pub fn seal(mut pdf: Vec<u8>, papers: Vec<Part>, key: &PaperKey) -> Result<Vec<u8>, NoTrailer> {
    let digests = digests(&pdf, &papers);
    let seal = Seal {
        motcua: LAYOUT,
        file_sha256: HEXLOWER.encode(&digests[..32]),
        key: key.public().id().to_string(),
        signature: BASE32_NOPAD.encode(&key.sign(FILE, &digests)),
        papers,
    };
    let json = serde_json::to_vec(&seal).unwrap_or_default();
    let object = object(&pdf, &json).ok_or(NoTrailer)?;
    pdf.extend_from_slice(&object);
    Ok(pdf)
}

/// SHA-256 of the file, then of the papers' JSON.
fn digests(pdf: &[u8], papers: &[Part]) -> [u8; 64] {
    let papers = serde_json::to_vec(papers).unwrap_or_default();
    let mut both = [0; 64];
    both[..32].copy_from_slice(&sha256(pdf));
    both[32..].copy_from_slice(&sha256(&papers));
    both
}

/// The object with its cross-reference and trailer; none when the file has no plain trailer.
fn object(pdf: &[u8], json: &[u8]) -> Option<Vec<u8>> {
    let Trailer { size: number, start, rest } = Trailer::of(pdf)?;
    let head = format!("\n{number}{OBJECT}{}>>\nstream\n", json.len());
    let mut out = [head.as_bytes(), json, b"\nendstream\nendobj\n"].concat();
    let (at, xref, size) = (pdf.len() + 1, pdf.len() + out.len(), number + 1);
    let tail = format!(
        "xref\n{number} 1\n{at:010} 00000 n \ntrailer\n<</Size {size}/Prev {start}{rest}\n\
         startxref\n{xref}\n%%EOF"
    );
    out.extend_from_slice(tail.as_bytes());
    Some(out)
}

/// The trailer of a file that was written in one go.
struct Trailer<'a> {
    /// How many objects there are.
    size: usize,
    /// Where the cross-reference begins.
    start: usize,
    /// The other entries, with the slash before and the closing mark behind them.
    rest: &'a str,
}

impl<'a> Trailer<'a> {
    fn of(pdf: &'a [u8]) -> Option<Self> {
        const BEGIN: &[u8] = b"\ntrailer\n<</Size ";
        let at = memmem::rfind(pdf, BEGIN)? + BEGIN.len();
        let text = std::str::from_utf8(&pdf[at..]).ok()?;
        let (entries, end) = text.split_once("\nstartxref\n")?;
        let (size, rest) = entries.split_at(entries.find('/')?);
        let start = end.strip_suffix("\n%%EOF")?;
        Some(Self { size: size.parse().ok()?, start: start.parse().ok()?, rest })
    }
}

/// What a file says of itself.
pub(super) struct Opened<'a> {
    pub seal: Seal,
    /// The PDF before the seal.
    pub pdf: &'a [u8],
    /// Whether the bytes of the seal are those that its words make.
    pub is_exact: bool,
}

impl Opened<'_> {
    /// The key that it names.
    pub(super) fn key(&self) -> Option<KeyId> {
        let id = HEXLOWER.decode(self.seal.key.as_bytes()).ok()?;
        Some(KeyId(id.try_into().ok()?))
    }

    /// Whether every byte of the file is as `key` signed it.
    pub(super) fn is_whole(&self, key: &PublicKey) -> bool {
        let digests = digests(self.pdf, &self.seal.papers);
        let signature = BASE32_NOPAD.decode(self.seal.signature.as_bytes()).unwrap_or_default();
        self.is_exact
            && self.seal.file_sha256 == HEXLOWER.encode(&digests[..32])
            && key.has_signed(FILE, &digests, &signature)
    }
}

/// Whether a file shows the beginning of a seal, readable or not.
pub(super) fn bears_seal(file: &[u8]) -> bool {
    memmem::find(file, OBJECT.as_bytes()).is_some()
}

/// The seal of a file, if it has one that can be read.
pub(super) fn open(file: &[u8]) -> Option<Opened<'_>> {
    let marked = memmem::rfind(file, OBJECT.as_bytes())?;
    let number = file[..marked].iter().rev().take_while(|c| c.is_ascii_digit()).count();
    let start = (marked - number).checked_sub(1)?;
    let after = &file[marked + OBJECT.len()..];
    let length = after.iter().position(|c| *c == b'>')?;
    let length: usize = std::str::from_utf8(&after[..length]).ok()?.parse().ok()?;
    let json = after.get(memmem::find(after, b"stream\n")? + 7..)?.get(..length)?;
    let seal: Seal =
        serde_json::from_slice(json).ok().filter(|seal: &Seal| seal.motcua == LAYOUT)?;
    let pdf = &file[..start];
    let again = serde_json::to_vec(&seal).ok()?;
    let is_exact = object(pdf, &again).is_some_and(|object| object == file[start..]);
    Some(Opened { seal, pdf, is_exact })
}
