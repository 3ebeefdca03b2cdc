//! An event as it lies in an agency's log: a clear header, chained by hashes, and a sealed part.
//!
//! `hash = SHA-256(hash of the event before, or 32 zeros ‖ header)`, and the header carries the
//! SHA-256 of the sealed part; so a log verifies without any key, and after a disposal too.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::codec::wire::{Damaged, Reader, Wire, instant_bytes, instant_from};
use super::keyring::{SealKey, Unsealable, associated};
use crate::domain::dossier::{Event, Status};
use crate::domain::ids::{AttachmentId, DossierCode, DossierId, ProcedureCode};

/// The layout of headers that this version writes.
pub const HEADER_VERSION: u8 = 1;

/// SHA-256, as everything in a chain is hashed.
pub type Hash = [u8; 32];

/// The clear header of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Its place in the agency's log, from 1 without gaps.
    pub sequence: u64,
    /// The commit that made it durable.
    pub commit: u64,
    /// When.
    pub at: Timestamp,
    /// The kind's tag.
    pub tag: u8,
    /// The dossier's status after it.
    pub status: Status,
    /// The dossier.
    pub dossier: DossierId,
    /// The dossier's version after it.
    pub version: u64,
    /// SHA-256 of the sealed part.
    pub sealed_sha256: Hash,
    /// The dossier's code.
    pub code: DossierCode,
    /// The dossier's procedure.
    pub procedure: ProcedureCode,
    /// Who did it: an account's name, `applicant`, `system` or a program's name.
    pub actor: String,
    /// When the dossier is due after it.
    pub due_at: Option<Timestamp>,
    /// Files that came with it, with the SHA-256 of their blobs.
    pub blobs: Vec<(AttachmentId, Hash)>,
}

impl Header {
    /// The bytes that are hashed.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(160);
        out.push(HEADER_VERSION);
        out.extend_from_slice(&self.sequence.to_be_bytes());
        out.extend_from_slice(&self.commit.to_be_bytes());
        out.extend_from_slice(&instant_bytes(self.at));
        out.push(self.tag);
        self.status.put(&mut out);
        out.extend_from_slice(&self.dossier.0);
        out.extend_from_slice(&self.version.to_be_bytes());
        out.extend_from_slice(&self.sealed_sha256);
        self.code.put(&mut out);
        self.procedure.put(&mut out);
        self.actor.put(&mut out);
        self.due_at.put(&mut out);
        self.blobs.put(&mut out);
        out
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, Damaged> {
        let mut input = Reader::new(bytes);
        let [version] = input.array()?;
        if version != HEADER_VERSION {
            return Err(Damaged("header of an unknown version"));
        }
        let header = Self {
            sequence: u64::from_be_bytes(input.array()?),
            commit: u64::from_be_bytes(input.array()?),
            at: instant_from(input.array()?)?,
            tag: input.array::<1>()?[0],
            status: Status::take(&mut input)?,
            dossier: DossierId::take(&mut input)?,
            version: u64::from_be_bytes(input.array()?),
            sealed_sha256: input.array()?,
            code: DossierCode::take(&mut input)?,
            procedure: ProcedureCode::take(&mut input)?,
            actor: String::take(&mut input)?,
            due_at: Wire::take(&mut input)?,
            blobs: Wire::take(&mut input)?,
        };
        if input.is_empty() { Ok(header) } else { Err(Damaged("header too long")) }
    }
}

/// An event as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// The header, decoded.
    pub header: Header,
    /// The header's bytes as they were hashed.
    pub header_bytes: Vec<u8>,
    /// The chain's hash at this event.
    pub hash: Hash,
    /// The sealed part.
    pub sealed: Vec<u8>,
}

/// SHA-256 of bytes.
pub fn sha256(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// The next link of a chain.
pub fn link(before: &Hash, header: &[u8]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(before);
    hasher.update(header);
    hasher.finalize().into()
}

impl Logged {
    /// The event itself.
    ///
    /// # Errors
    /// The part was altered or its key is not this one.
    pub fn open(&self, key: &SealKey) -> Result<Event, Unsealable> {
        let about = associated(self.header.dossier, self.header.version, b"event");
        let plain = key.open(&about, &self.sealed)?;
        Event::from_bytes(&plain).map_err(|damaged| Unsealable(damaged.0))
    }

    /// The row's value.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.header_bytes.len() + self.sealed.len() + 40);
        (self.header_bytes.len() as u64).put(&mut out);
        out.extend_from_slice(&self.header_bytes);
        out.extend_from_slice(&self.hash);
        out.extend_from_slice(&self.sealed);
        out
    }

    /// The event of a row's value. The hash is read, not checked: `motcua check` does that.
    ///
    /// # Errors
    /// The bytes are damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Damaged> {
        let mut input = Reader::new(bytes);
        let length = usize::try_from(u64::take(&mut input)?).map_err(|_| Damaged("length"))?;
        let header_bytes = input.bytes(length)?.to_vec();
        let header = Header::from_bytes(&header_bytes)?;
        let hash = input.array()?;
        let sealed = input.rest().to_vec();
        Ok(Self { header, header_bytes, hash, sealed })
    }
}
