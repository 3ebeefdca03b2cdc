//! Files that come in pieces, so that a broken connection, or a restart of this program, loses only
//! the piece that was on its way. Each piece is a sealed blob of its own; when the last one is there
//! they are joined, and the file is judged as any other.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::uploads::{Upload, blob_fault};
use super::{Caller, Office, words};
use crate::documents::blobs::{Incoming, PieceWriter, PutError};
use crate::documents::sniff::clean_name;
use crate::domain::ids::AttachmentId;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::store::codec::wire::record;
use crate::store::engine::{Batch, Direction, scan_prefix};
use crate::store::ledger::Failure;
use crate::store::tables::{Key, PARTIAL_UPLOADS};

/// How long a file waits for its next piece.
const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// Most files that one sender may have begun.
const MOST: usize = 20;
/// Most pieces of a file: a connection that breaks all the time makes many small ones.
const MOST_PIECES: usize = 1_000;

/// A file of which pieces have come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partial {
    /// The id that the whole file will have.
    pub id: AttachmentId,
    /// Its name as given.
    pub name: String,
    /// The media type that it claims.
    pub declared: Option<String>,
    /// How long it will be, in bytes.
    pub length: u64,
    /// Its pieces and their lengths, in order.
    pieces: Vec<(AttachmentId, u64)>,
    /// When the last piece came.
    at: Timestamp,
}

record! { Partial { id, name, declared, length, pieces, at } }

impl Partial {
    /// How many bytes are here: where the next piece begins.
    pub fn offset(&self) -> u64 {
        self.pieces.iter().map(|(_, size)| size).sum()
    }

    /// Whether every byte is here.
    pub fn is_whole(&self) -> bool {
        self.offset() == self.length
    }

    /// Until when it waits for its next piece.
    pub fn expires_at(&self) -> Timestamp {
        self.at + KEPT
    }

    fn is_over(&self, now: Timestamp) -> bool {
        now > self.expires_at()
    }

    fn blobs(&self) -> Vec<AttachmentId> {
        self.pieces.iter().map(|(id, _)| *id).collect()
    }
}

/// How far a file is that comes in pieces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Bytes are missing.
    Waiting(Partial),
    /// It is whole and kept.
    Whole(Box<Upload>),
}

/// What became of a piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// It follows what was there.
    Kept(Partial),
    /// It belongs elsewhere: the file goes on at this offset.
    Misplaced(u64),
}

/// One at a time changes a file; files of other ids are not held up by a join.
static CHANGING: [Mutex<()>; 16] = [const { Mutex::new(()) }; 16];

fn alone(id: AttachmentId) -> MutexGuard<'static, ()> {
    let lock = &CHANGING[usize::from(id.0[0] % 16)];
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The refusal of a file of which there is no trace, or not for this caller.
pub fn no_partial() -> Refusal {
    Refusal::new(RefusalKind::NotFound, words::UPLOAD_UNKNOWN)
}

impl Office {
    /// Begins a file that comes in pieces.
    ///
    /// # Errors
    /// It would be empty or too large, this sender has begun too many, or the relaxed store fails.
    pub fn begin_partial(
        &self,
        caller: &Caller,
        name: &str,
        declared: Option<String>,
        length: u64,
    ) -> Result<Partial, Failure> {
        if length > self.max_upload {
            return Err(self.too_large(name, length).into());
        }
        // What nobody in particular sends is held back by the pace of its address alone.
        if *caller != Caller::Anybody && self.partials(caller)?.len() >= MOST {
            let text = words::TOO_MANY_BEGUN.text(&[("n", &MOST.to_string())]);
            return Err(Refusal::new(RefusalKind::TooMany, text).into());
        }
        let partial = Partial {
            id: AttachmentId(self.env.bytes()),
            name: clean_name(name),
            declared,
            length,
            pieces: Vec::new(),
            at: self.env.now(),
        };
        self.put_partial(caller, &partial)?;
        Ok(partial)
    }

    /// How far a file of this caller is.
    ///
    /// # Errors
    /// There is none, it waited too long, or the relaxed store cannot be read.
    pub fn progress(&self, id: AttachmentId, caller: &Caller) -> Result<Progress, Failure> {
        if let Some(partial) = self.partial(id, caller)? {
            return Ok(Progress::Waiting(partial));
        }
        let upload = self.upload(id, caller)?;
        Ok(Progress::Whole(Box::new(upload.ok_or_else(no_partial)?)))
    }

    /// Begins to receive a piece. Push its bytes, then hand the writer to [`Office::keep_piece`]; all
    /// of it off the async threads.
    ///
    /// # Errors
    /// The disk fails.
    pub fn begin_piece(&self) -> Result<PieceWriter, Failure> {
        let begun = self.blobs.piece(AttachmentId(self.env.bytes()));
        begun.map_err(|fault| blob_fault("keeping a piece", fault))
    }

    /// Takes bytes of a piece.
    ///
    /// # Errors
    /// The disk fails.
    pub fn push_piece(&self, writer: &mut PieceWriter, bytes: &[u8]) -> Result<(), Failure> {
        writer.push(bytes).map_err(|fault| blob_fault("keeping a piece", fault))
    }

    /// Keeps a piece that begins at `offset`. One that does not follow what is there is left.
    ///
    /// # Errors
    /// There is no such file, it would become longer than was said, or the disk fails.
    pub fn keep_piece(
        &self,
        id: AttachmentId,
        caller: &Caller,
        offset: u64,
        writer: PieceWriter,
    ) -> Result<Piece, Failure> {
        let _alone = alone(id);
        let mut partial = self.partial(id, caller)?.ok_or_else(no_partial)?;
        if partial.offset() != offset {
            return Ok(Piece::Misplaced(partial.offset()));
        }
        let size = writer.size();
        if offset.saturating_add(size) > partial.length {
            return Err(longer_than_said(partial.length).into());
        }
        if partial.pieces.len() >= MOST_PIECES {
            let text = words::TOO_MANY_PIECES.text(&[("n", &MOST_PIECES.to_string())]);
            return Err(Refusal::new(RefusalKind::TooLarge, text).into());
        }
        if size > 0 {
            let piece = writer.id();
            writer.finish().map_err(|fault| blob_fault("keeping a piece", fault))?;
            partial.pieces.push((piece, size));
            partial.at = self.env.now();
            self.put_partial(caller, &partial)?;
        }
        Ok(Piece::Kept(partial))
    }

    /// Joins the pieces of a file that is whole, judges it and keeps it for 24 hours.
    ///
    /// # Errors
    /// Bytes are missing, the file is refused for what it holds and its pieces are gone, or the disk
    /// fails.
    pub fn join_partial(&self, id: AttachmentId, caller: &Caller) -> Result<Upload, Failure> {
        let _alone = alone(id);
        let partial = match self.progress(id, caller)? {
            Progress::Whole(upload) => return Ok(*upload),
            Progress::Waiting(partial) if partial.is_whole() => partial,
            Progress::Waiting(_) => return Err(no_partial().into()),
        };
        // Left by a join that was cut off before it was written down.
        self.remove_blob(id)?;
        let incoming = Incoming {
            name: &partial.name,
            declared_type: partial.declared.as_deref(),
            announced_size: Some(partial.length),
            max_size: self.max_upload,
        };
        match self.blobs.join(id, &partial.blobs(), incoming) {
            Ok(blob) => {
                let upload = self.keep_blob(blob, caller)?;
                self.forget_partial(caller, &partial)?;
                Ok(upload)
            }
            Err(PutError::Refused(refusal)) => {
                self.forget_partial(caller, &partial)?;
                Err((*refusal).into())
            }
            // A piece that a failing power supply took along: the file is sent anew.
            Err(PutError::Fault(fault)) if fault.is_lost() => {
                self.forget_partial(caller, &partial)?;
                Err(no_partial().into())
            }
            Err(PutError::Fault(fault)) => Err(blob_fault("joining a file", fault)),
        }
    }

    /// Removes what has come of a file that its sender gives up.
    ///
    /// # Errors
    /// There is no such file, or the disk fails.
    pub fn drop_partial(&self, id: AttachmentId, caller: &Caller) -> Result<(), Failure> {
        let _alone = alone(id);
        match self.progress(id, caller)? {
            Progress::Waiting(partial) => self.forget_partial(caller, &partial),
            Progress::Whole(_) => self.discard_upload(id, caller),
        }
    }

    /// The beginning of the keys of whatever this caller sends in pieces.
    fn sender(&self, caller: &Caller) -> Key {
        Key::new().fixed(&self.row_name("sender", &caller.scope()))
    }

    fn partial(&self, id: AttachmentId, caller: &Caller) -> Result<Option<Partial>, Failure> {
        let key = self.sender(caller).fixed(&id.0);
        let row = self.relaxed.snapshot()?.get(PARTIAL_UPLOADS, key.bytes())?;
        let partial = row.and_then(|sealed| self.open_row::<Partial>(key.bytes(), &sealed));
        Ok(partial.filter(|partial| !partial.is_over(self.env.now())))
    }

    fn partials(&self, caller: &Caller) -> Result<Vec<Partial>, Failure> {
        let (prefix, now) = (self.sender(caller), self.env.now());
        let snapshot = self.relaxed.snapshot()?;
        let (table, prefix) = (PARTIAL_UPLOADS, prefix.bytes());
        let rows = scan_prefix(snapshot.as_ref(), table, prefix, None, Direction::Forward, 500)?;
        let opened = rows.iter().filter_map(|(key, sealed)| self.open_row::<Partial>(key, sealed));
        Ok(opened.filter(|partial| !partial.is_over(now)).collect())
    }

    fn put_partial(&self, caller: &Caller, partial: &Partial) -> Result<(), Failure> {
        let key = self.sender(caller).fixed(&partial.id.0);
        let sealed = self.seal_row(key.bytes(), partial);
        let mut batch = Batch::new();
        batch.put(PARTIAL_UPLOADS, key, sealed);
        Ok(self.relaxed.commit(batch)?)
    }

    fn forget_partial(&self, caller: &Caller, partial: &Partial) -> Result<(), Failure> {
        let mut batch = Batch::new();
        batch.delete(PARTIAL_UPLOADS, self.sender(caller).fixed(&partial.id.0));
        self.relaxed.commit(batch)?;
        for piece in partial.blobs() {
            self.remove_blob(piece)?;
        }
        Ok(())
    }

    /// Forgets files whose next piece never came; the answer is the pieces of those that still wait.
    pub(super) fn sweep_partials(&self) -> Result<HashSet<AttachmentId>, Failure> {
        let now = self.env.now();
        let snapshot = self.relaxed.snapshot()?;
        let (table, forward) = (PARTIAL_UPLOADS, Direction::Forward);
        let rows = scan_prefix(snapshot.as_ref(), table, &[], None, forward, usize::MAX)?;
        drop(snapshot);
        let (mut waiting, mut batch) = (HashSet::new(), Batch::new());
        for (key, sealed) in rows {
            match self.open_row::<Partial>(&key, &sealed) {
                Some(partial) if !partial.is_over(now) => waiting.extend(partial.blobs()),
                _ => batch.delete(table, key),
            }
        }
        self.relaxed.commit(batch)?;
        Ok(waiting)
    }
}

/// The refusal of bytes beyond the length that was announced.
pub fn longer_than_said(length: u64) -> Refusal {
    let text = words::LONGER_THAN_SAID.text(&[("length", &length.to_string())]);
    Refusal::new(RefusalKind::TooLarge, text)
}
