//! A checkpoint: where an agency's log stood, signed, and chained to the checkpoint before it. Filed
//! away outside the machine it shows any later change of what the log held, whoever made it.

use data_encoding::BASE32_NOPAD;
use jiff::Timestamp;

use super::bytes::{instant, put_number, put_text, seconds, take_array, take_number, take_text};
use super::key::{KeyId, PaperKey, PublicKey};
use super::statement::Broken;
use super::{CHECKPOINT, PATH, file, from_letters, sha256};
use crate::domain::ids::AgencyCode;

/// The layout of checkpoints that this version writes; no statement of a paper begins so.
const LAYOUT: u8 = b'C';
/// Bytes of a signature.
const SIGNATURE: usize = 64;

/// Where an agency's log stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The instance: the first bytes of what `keys/store.id` holds.
    pub instance: [u8; 16],
    /// Whose log.
    pub agency: AgencyCode,
    /// Its place among the agency's checkpoints, from 1 without gaps.
    pub number: u64,
    /// When it was made, in whole seconds.
    pub at: Timestamp,
    /// The sequence of the log's last event.
    pub sequence: u64,
    /// The chain's hash there.
    pub chain: [u8; 32],
    /// The commit of that event.
    pub commit: u64,
    /// How many looks at dossiers the instance had noted.
    pub looks: u64,
    /// The hash of their chain there.
    pub looks_chain: [u8; 32],
    /// SHA-256 of the agency's checkpoint before, with its signature; zeros before the first.
    pub previous: [u8; 32],
}

/// A checkpoint with its signature, not yet checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedCheckpoint {
    /// What it says.
    pub said: Checkpoint,
    /// The key that it names.
    pub key: KeyId,
    bytes: Vec<u8>,
}

impl Checkpoint {
    /// The checkpoint under a key.
    pub fn sign(&self, key: &PaperKey) -> SignedCheckpoint {
        let id = key.public().id();
        let mut bytes = self.to_bytes(id);
        let signature = key.sign(CHECKPOINT, &bytes);
        bytes.extend_from_slice(&signature);
        SignedCheckpoint { said: self.clone(), key: id, bytes }
    }

    fn to_bytes(&self, key: KeyId) -> Vec<u8> {
        let mut out = Vec::with_capacity(300);
        out.push(LAYOUT);
        out.extend_from_slice(&key.0);
        out.extend_from_slice(&self.instance);
        put_text(&mut out, self.agency.as_str());
        put_number(&mut out, self.number);
        put_number(&mut out, seconds(self.at));
        put_number(&mut out, self.sequence);
        out.extend_from_slice(&self.chain);
        put_number(&mut out, self.commit);
        put_number(&mut out, self.looks);
        out.extend_from_slice(&self.looks_chain);
        out.extend_from_slice(&self.previous);
        out
    }
}

impl SignedCheckpoint {
    /// The bytes as they are stored: the checkpoint, then its signature.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// SHA-256 of the bytes: how the next one names it.
    pub fn digest(&self) -> [u8; 32] {
        sha256(&self.bytes)
    }

    /// Capital letters and digits, which a QR code packs most densely.
    pub fn text(&self) -> String {
        BASE32_NOPAD.encode(&self.bytes)
    }

    /// Reads stored bytes.
    ///
    /// # Errors
    /// They are no checkpoint, or not a whole one.
    pub fn from_bytes(all: &[u8]) -> Result<Self, Broken> {
        let at = all.len().checked_sub(SIGNATURE).ok_or(Broken)?;
        let (said, key) = take(&all[..at]).ok_or(Broken)?;
        // One checkpoint has one text.
        match said.to_bytes(key) == all[..at] {
            true => Ok(Self { said, key, bytes: all.to_owned() }),
            false => Err(Broken),
        }
    }

    /// Reads a text, alone or inside the address of its page.
    ///
    /// # Errors
    /// It is no checkpoint, or not a whole one.
    pub fn read(text: &str) -> Result<Self, Broken> {
        let letters = text.trim().to_ascii_uppercase();
        let letters = letters.rsplit_once(PATH).map_or(letters.as_str(), |(_, after)| after);
        Self::from_bytes(&from_letters(letters).ok_or(Broken)?)
    }

    /// Whether this key has signed it.
    pub fn is_of(&self, key: &PublicKey) -> bool {
        let (said, signature) = self.bytes.split_at(self.bytes.len() - SIGNATURE);
        key.has_signed(CHECKPOINT, said, signature)
    }
}

/// The checkpoints that a file holds: a printed one as PDF, or a text with one in it.
pub fn checkpoints_in(bytes: &[u8]) -> Vec<SignedCheckpoint> {
    if let Some(opened) = file::open(bytes) {
        let texts = opened.seal.papers.iter().map(|part| part.text.as_str());
        return texts.filter_map(|text| SignedCheckpoint::read(text).ok()).collect();
    }
    let text = String::from_utf8_lossy(bytes);
    let words = text.split_whitespace();
    words.filter_map(|word| SignedCheckpoint::read(word).ok()).collect()
}

fn take(mut bytes: &[u8]) -> Option<(Checkpoint, KeyId)> {
    let input = &mut bytes;
    if take_array::<1>(input)? != [LAYOUT] {
        return None;
    }
    let key = KeyId(take_array(input)?);
    let said = Checkpoint {
        instance: take_array(input)?,
        agency: AgencyCode::new(take_text(input)?),
        number: take_number(input)?,
        at: instant(take_number(input)?)?,
        sequence: take_number(input)?,
        chain: take_array(input)?,
        commit: take_number(input)?,
        looks: take_number(input)?,
        looks_chain: take_array(input)?,
        previous: take_array(input)?,
    };
    bytes.is_empty().then_some((said, key))
}
