//! An event as it lies in the log: a clear header, chained by hashes within its agency's log, and a
//! sealed part.
//!
//! `hash = SHA-256(hash of the event before, or 32 zeros ‖ header)`, and the header carries the
//! SHA-256 of the sealed part; so a log verifies without any key, and after a disposal too. Of the
//! header's bytes only those are stored that neither the row's key nor the sealed part give.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::codec::wire::{Damaged, Reader, Wire, instant_bytes};
use super::keyring::{SealKey, Unsealable, associated};
use super::packing::{Known, pack, unpack};
use super::places::{EventRef, Place};
use crate::domain::dossier::{Event, Status};
use crate::domain::ids::{AgencyCode, AttachmentId, DossierCode, DossierId, ProcedureCode};
use crate::env::Env;

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
}

/// An event as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// Where it lies, and in whose log.
    pub event: EventRef,
    /// The header.
    pub header: Header,
    /// The header's bytes as they are hashed.
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

/// What is known when a part of a version is packed: the first one is the submission itself.
fn known(version: u64, submission: &[u8]) -> Known<'_> {
    if version == 1 { Known::Dictionary } else { Known::Submission(submission) }
}

/// Packs and seals the plain bytes of an event. `submission` is the plain first event of its dossier.
pub(super) fn seal_event(
    header: &Header,
    plain: &[u8],
    submission: &[u8],
    key: &SealKey,
    env: &Env,
) -> Vec<u8> {
    let about = associated(header.dossier, header.version, b"event");
    key.seal(env, &about, &pack(plain, known(header.version, submission)))
}

impl Logged {
    /// The plain bytes of the event. `submission` is the plain first event of its dossier, and not
    /// asked for when this is the one.
    ///
    /// # Errors
    /// The part was altered or its key is not this one.
    pub fn plain(&self, key: &SealKey, submission: &[u8]) -> Result<Vec<u8>, Unsealable> {
        let Header { dossier, version, .. } = self.header;
        let packed = key.open(&associated(dossier, version, b"event"), &self.sealed)?;
        unpack(&packed, known(version, submission)).map_err(|damaged| Unsealable(damaged.0))
    }

    /// The event itself, as [`Logged::plain`].
    ///
    /// # Errors
    /// As for [`Logged::plain`].
    pub fn open(&self, key: &SealKey, submission: &[u8]) -> Result<Event, Unsealable> {
        let plain = self.plain(key, submission)?;
        Event::from_bytes(&plain).map_err(|damaged| Unsealable(damaged.0))
    }

    /// The row's value.
    pub fn to_bytes(&self) -> Vec<u8> {
        let header = &self.header;
        let mut out = Vec::with_capacity(160 + self.sealed.len());
        out.push(HEADER_VERSION);
        self.event.agency.put(&mut out);
        header.sequence.put(&mut out);
        header.at.put(&mut out);
        out.push(header.tag);
        header.status.put(&mut out);
        header.dossier.put(&mut out);
        header.version.put(&mut out);
        header.code.put(&mut out);
        header.procedure.put(&mut out);
        header.actor.put(&mut out);
        header.due_at.put(&mut out);
        header.blobs.put(&mut out);
        out.extend_from_slice(&self.hash);
        out.extend_from_slice(&self.sealed);
        out
    }

    /// The event of a row. The hash is read, not checked: `motcua check` does that.
    ///
    /// # Errors
    /// The bytes are damaged.
    pub fn from_bytes(place: Place, bytes: &[u8]) -> Result<Self, Damaged> {
        let mut input = Reader::new(bytes);
        let [version] = input.array()?;
        if version != HEADER_VERSION {
            return Err(Damaged("header of an unknown version"));
        }
        let agency = AgencyCode::take(&mut input)?;
        let mut header = Header {
            sequence: u64::take(&mut input)?,
            commit: place.commit,
            at: Timestamp::take(&mut input)?,
            tag: input.array::<1>()?[0],
            status: Status::take(&mut input)?,
            dossier: DossierId::take(&mut input)?,
            version: u64::take(&mut input)?,
            sealed_sha256: [0; 32],
            code: DossierCode::take(&mut input)?,
            procedure: ProcedureCode::take(&mut input)?,
            actor: String::take(&mut input)?,
            due_at: Wire::take(&mut input)?,
            blobs: Wire::take(&mut input)?,
        };
        let hash = input.array()?;
        let sealed = input.rest().to_vec();
        header.sealed_sha256 = sha256(&sealed);
        let event = EventRef { agency, sequence: header.sequence, place };
        let header_bytes = header.to_bytes();
        Ok(Self { event, header, header_bytes, hash, sealed })
    }
}
