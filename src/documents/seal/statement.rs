//! What a paper's QR code says.

use data_encoding::BASE32_NOPAD;
use jiff::Timestamp;

use super::bytes::{instant, put_number, put_text, seconds, take_array, take_number, take_text};
use super::key::{KeyId, PaperKey, PublicKey};
use super::{PAPER, PATH, from_letters};
use crate::documents::deed::Deed;
use crate::domain::ids::{AgencyCode, DossierCode};

/// The layout of statements that this version writes.
const VERSION: u8 = 1;
/// Bytes of a signature.
const SIGNATURE: usize = 64;

/// What a paper certifies, in the few bytes that a QR code of 30 mm holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Which paper.
    pub deed: Deed,
    /// Who issues it.
    pub agency: AgencyCode,
    /// The dossier; none on lists.
    pub code: Option<DossierCode>,
    /// The place in the agency's log of what it certifies; for lists, of the last event before.
    pub sequence: u64,
    /// The first bytes of the chain's hash at that place.
    pub chain: [u8; 8],
    /// When it happened; for lists, when the list was made.
    pub at: Timestamp,
    /// The day that it promises, if any.
    pub due: Option<Timestamp>,
    /// How many papers were handed in, or lines listed.
    pub items: u64,
    /// The first bytes of the SHA-256 of the contents.
    pub contents: [u8; 16],
}

/// A text is no statement: letters are missing, wrong, or of a later version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no statement of a paper, or not a whole one")]
pub struct Broken;

/// A statement with its signature, not yet checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Signed {
    pub statement: Statement,
    pub key: KeyId,
    bytes: Vec<u8>,
    signature: [u8; SIGNATURE],
}

impl Statement {
    /// The signed text: capital letters and digits, which a QR code packs most densely.
    pub fn sign(&self, key: &PaperKey) -> String {
        let mut bytes = self.to_bytes(key.public().id());
        let signature = key.sign(PAPER, &bytes);
        bytes.extend_from_slice(&signature);
        BASE32_NOPAD.encode(&bytes)
    }

    /// The address in a QR code that opens the public page with a signed text.
    pub fn address(base: &str, text: &str) -> String {
        format!("{}{PATH}{text}", base.trim_end_matches('/').to_ascii_uppercase())
    }

    fn to_bytes(&self, key: KeyId) -> Vec<u8> {
        let mut out = Vec::with_capacity(160);
        out.push(VERSION);
        out.extend_from_slice(&key.0);
        out.push(self.deed.tag());
        put_text(&mut out, self.agency.as_str());
        put_text(&mut out, self.code.as_ref().map_or("", DossierCode::as_str));
        put_number(&mut out, self.sequence);
        out.extend_from_slice(&self.chain);
        put_number(&mut out, seconds(self.at));
        put_number(&mut out, self.due.map_or(0, seconds));
        put_number(&mut out, self.items);
        out.extend_from_slice(&self.contents);
        out
    }
}

impl Signed {
    /// Reads a signed text, alone or inside the address of its page.
    pub(super) fn read(text: &str) -> Result<Self, Broken> {
        let letters = text.trim().to_ascii_uppercase();
        let letters = letters.rsplit_once(PATH).map_or(letters.as_str(), |(_, after)| after);
        let all = from_letters(letters).ok_or(Broken)?;
        let at = all.len().checked_sub(SIGNATURE).ok_or(Broken)?;
        let (bytes, signature) = all.split_at(at);
        let signature = signature.try_into().map_err(|_| Broken)?;
        let (statement, key) = take(bytes).ok_or(Broken)?;
        // One statement has one text.
        match statement.to_bytes(key) == bytes {
            true => Ok(Self { statement, key, bytes: bytes.to_owned(), signature }),
            false => Err(Broken),
        }
    }

    pub(super) fn is_of(&self, key: &PublicKey) -> bool {
        key.has_signed(PAPER, &self.bytes, &self.signature)
    }
}

fn take(mut bytes: &[u8]) -> Option<(Statement, KeyId)> {
    let input = &mut bytes;
    if take_array::<1>(input)? != [VERSION] {
        return None;
    }
    let key = KeyId(take_array(input)?);
    let [tag] = take_array(input)?;
    let statement = Statement {
        deed: Deed::from_tag(tag)?,
        agency: AgencyCode::new(take_text(input)?),
        code: Some(take_text(input)?).filter(|code| !code.is_empty()).map(DossierCode::new),
        sequence: take_number(input)?,
        chain: take_array(input)?,
        at: instant(take_number(input)?)?,
        due: match take_number(input)? {
            0 => None,
            due => Some(instant(due)?),
        },
        items: take_number(input)?,
        contents: take_array(input)?,
    };
    bytes.is_empty().then_some((statement, key))
}
