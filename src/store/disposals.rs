//! Disposal: a dossier's key is destroyed, and everything that stood beside its log goes. The clear
//! head and the log stay, so that chain, numbers and places still verify; a record says what was disposed
//! of, when, by whom and on what ground. It names no applicant.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use super::codec::wire::{Damaged, Reader as Bytes, Wire, record};
use super::engine::{Row, Table};
use super::ledger::Failure;
use super::outbox;
use super::reader::{Head, Reader};
use super::tables::{BLOBS, CODES, DISPOSALS, DISPOSED, DOSSIERS, KEYRING, Key, OUTBOX, QUEUES};
use super::txn::Txn;
use super::views;
use crate::domain::dossier::{Entry, Status};
use crate::domain::ids::{AttachmentId, DossierCode, DossierId};

/// Rows read at once.
const CHUNK: usize = 2_000;

/// A result that is kept when its dossier is disposed of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFile {
    /// Names its blob.
    pub id: AttachmentId,
    /// By content.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of the ciphertext.
    pub cipher_sha256: [u8; 32],
    /// What opens it, sealed, in hexadecimal; none when the folder's key does.
    pub key: Option<String>,
}

/// What stays known of a dossier that was disposed of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disposed {
    /// The dossier.
    pub id: DossierId,
    /// Its code.
    pub code: DossierCode,
    /// Its procedure.
    pub procedure: String,
    /// How it ended.
    pub status: Status,
    /// When it was submitted.
    pub submitted_at: Timestamp,
    /// When it ended.
    pub ended_at: Timestamp,
    /// Whether figures leave it out.
    pub voided: bool,
    /// Entries that it has in cashiers' books.
    pub entries: u64,
    /// The number of its result.
    pub number: String,
    /// Whether it was granted; none when there was no result.
    pub favourable: Option<bool>,
    /// The results' files.
    pub files: Vec<KeptFile>,
    /// The legal source of its period.
    pub source: String,
}

/// The record of a disposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disposal {
    /// When.
    pub at: Timestamp,
    /// Whose dossiers.
    pub agency: String,
    /// The account that approved it.
    pub account: String,
    /// The person's name.
    pub name: String,
    /// On what ground: the decision's number and date.
    pub ground: String,
    /// What was disposed of.
    pub dossiers: Vec<Disposed>,
}

record! {
    KeptFile { id, media_type, size, cipher_sha256; key = None }
    Disposed {
        id, code, procedure, status, submitted_at, ended_at, voided, entries, number, favourable,
        files, source
    }
    Disposal { at, agency, account, name, ground, dossiers }
}

/// What is stored of a dossier beside its log and its head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remains {
    /// Its places in the queues.
    entries: Vec<Entry>,
    /// Codes of other systems.
    codes: Vec<Vec<u8>>,
    /// Its letters.
    letters: Vec<Row>,
    /// Its blobs.
    blobs: Vec<AttachmentId>,
}

impl Remains {
    /// What is stored of several dossiers, found without opening any: so it is found too after their
    /// keys are gone. Reads the lists of the whole store.
    ///
    /// # Errors
    /// The engine cannot be read, or a row is damaged.
    pub fn of(
        reader: &Reader,
        ids: &HashSet<DossierId>,
    ) -> Result<HashMap<DossierId, Self>, Failure> {
        let mut found: HashMap<DossierId, Self> = HashMap::new();
        each(reader, QUEUES, |key, _| {
            if let Some(entry) = views::entry_of(key).filter(|(_, id)| ids.contains(id)) {
                found.entry(entry.1).or_default().entries.push(entry.0);
            }
        })?;
        each(reader, CODES, |key, value| {
            let id = DossierId::from_bytes(value).ok().filter(|id| ids.contains(id));
            if let Some(id) = id {
                found.entry(id).or_default().codes.push(key.to_vec());
            }
        })?;
        each(reader, BLOBS, |key, value| {
            let id = DossierId::from_bytes(value).ok().filter(|id| ids.contains(id));
            if let (Some(id), Ok(blob)) = (id, AttachmentId::from_bytes(key)) {
                found.entry(id).or_default().blobs.push(blob);
            }
        })?;
        for id in ids {
            found.entry(*id).or_default().letters = reader.scan(OUTBOX, &id.0, None, usize::MAX)?;
        }
        Ok(found)
    }
}

fn each(reader: &Reader, table: Table, mut row: impl FnMut(&[u8], &[u8])) -> Result<(), Failure> {
    let mut after: Option<Vec<u8>> = None;
    loop {
        let rows = reader.scan(table, &[], after.as_deref(), CHUNK)?;
        let Some((last, _)) = rows.last() else { return Ok(()) };
        after = Some(last.clone());
        rows.iter().for_each(|(key, value)| row(key, value));
    }
}

impl Txn<'_> {
    /// Disposes of a dossier: destroys its key and takes out all that stands beside its head and its
    /// log. Returns the blobs that are nobody's then.
    ///
    /// # Errors
    /// The engine cannot be read, or a row is damaged.
    pub fn dispose(
        &mut self,
        known: &Disposed,
        remains: Option<&Remains>,
    ) -> Result<Vec<AttachmentId>, Failure> {
        let id = known.id;
        let row = self.get(DOSSIERS, &id.0)?.ok_or(Damaged("a dossier is missing"))?;
        let (head, _) = Head::split(&row)?;
        self.put(DOSSIERS, id.0, head.to_bytes());
        self.delete(KEYRING, id.0);
        let Some(remains) = remains else { return Ok(Vec::new()) };
        views::withdraw(self, id, &remains.entries)?;
        let own = Key::new().text(known.code.as_str());
        for code in remains.codes.iter().filter(|code| code.as_slice() != own.bytes()) {
            self.delete(CODES, code.clone());
        }
        for (key, value) in &remains.letters {
            for (table, row) in outbox::listed_in(key, value)? {
                self.delete(table, row);
            }
            self.delete(OUTBOX, key.clone());
        }
        let is_kept = |blob: &AttachmentId| known.files.iter().any(|file| file.id == *blob);
        let gone: Vec<AttachmentId> =
            remains.blobs.iter().copied().filter(|blob| !is_kept(blob)).collect();
        gone.iter().for_each(|blob| self.delete(BLOBS, blob.0));
        Ok(gone)
    }

    /// Writes the record of a disposal.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn record_disposal(&mut self, number: u64, disposal: &Disposal) -> Result<(), Failure> {
        for disposed in &disposal.dossiers {
            self.put(DISPOSED, disposed.id.0, number.to_bytes());
        }
        self.put(DISPOSALS, Key::new().number(number), disposal.to_bytes());
        Ok(())
    }
}

impl Reader {
    /// Disposals before a number, the last one first; at most `limit`.
    ///
    /// # Errors
    /// The engine cannot be read, or a row is damaged.
    pub fn disposals(&self, before: u64, limit: usize) -> Result<Vec<(u64, Disposal)>, Failure> {
        let rows = self.scan_before(DISPOSALS, &Key::new(), before, limit)?;
        let read = rows.iter().map(|(key, value)| {
            let number = u64::from_be_bytes(Bytes::new(key).array()?);
            Ok((number, Disposal::from_bytes(value)?))
        });
        Ok(read.collect::<Result<_, Damaged>>()?)
    }

    /// What stays known of a dossier that was disposed of, and the disposal's number.
    ///
    /// # Errors
    /// The engine cannot be read, or a row is damaged.
    pub fn disposed(&self, id: DossierId) -> Result<Option<(u64, Disposal, Disposed)>, Failure> {
        let Some(row) = self.get(DISPOSED, &id.0)? else { return Ok(None) };
        let number = u64::from_bytes(&row)?;
        let record = self.get(DISPOSALS, Key::new().number(number).bytes())?;
        let disposal = Disposal::from_bytes(&record.ok_or(Damaged("a disposal is missing"))?)?;
        let known = disposal.dossiers.iter().find(|known| known.id == id).cloned();
        let known = known.ok_or(Damaged("a disposal does not name its dossier"))?;
        Ok(Some((number, disposal, known)))
    }

    /// Whether nothing of a dossier but head and log is left.
    ///
    /// # Errors
    /// The engine cannot be read, or the row is damaged.
    pub fn is_bare(&self, id: DossierId) -> Result<bool, Failure> {
        let Some(row) = self.get(DOSSIERS, &id.0)? else { return Ok(true) };
        Ok(Head::split(&row)?.1.is_empty())
    }
}
