//! Finding dossiers at the desk, in an index that holds no person.
//!
//! The index follows the event log: each commit carries how far it has come. Names, numbers and
//! addresses enter as keyed hashes only, and nothing is stored but ids, days and codes.

mod asking;
mod facets;
mod gathering;
mod keyed;
mod layout;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tantivy::indexer::{LogMergePolicy, NoMergePolicy};
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, Term};

use self::asking::Attempts;
pub use self::facets::{Facet, Filters, Tally};
use self::gathering::{Gather, Place};
pub use self::keyed::SearchKey;
use self::layout::{Layout, fast, whole};
use super::{SearchError, Stood};
use crate::domain::ids::{AgencyCode, DossierCode, DossierId, ProcedureCode, UserName};
use crate::domain::person::Person;

/// Changes with the layout or the analysis, so that older indexes are dropped.
const FORMAT: &str = "dossiers/2";
/// The smallest budget that the library allows.
const WRITER_BYTES: usize = 15_000_000;
/// Most ids of one answer.
const MOST: usize = 200;

/// A dossier as the index needs it.
#[derive(Clone, Debug)]
pub struct DossierDoc {
    /// Internal id.
    pub id: DossierId,
    /// Agencies whose staff may find it: those that see all of it.
    pub agencies: Vec<AgencyCode>,
    /// Printed code.
    pub code: DossierCode,
    /// Codes of other systems, numbers of its result.
    pub other_codes: Vec<String>,
    /// Procedure.
    pub procedure: ProcedureCode,
    /// Field of the procedure.
    pub field: String,
    /// National status number.
    pub status: u8,
    /// How it came in, in the words of the API.
    pub channel: &'static str,
    /// Whom it is with.
    pub holder: Option<UserName>,
    /// Day of receipt, else of submission, in days since 1 January 1970.
    pub day: i32,
    /// When it was received.
    pub received_at: Option<Timestamp>,
    /// When it is due, or was when it ended.
    pub due_at: Option<Timestamp>,
    /// Owner, submitter and others whose names, numbers and addresses find it.
    pub persons: Vec<Person>,
}

/// A change to follow.
#[derive(Clone, Debug)]
pub enum DossierChange {
    /// The dossier is new or has changed.
    Put(Box<DossierDoc>),
    /// The dossier was disposed of.
    Remove(DossierId),
}

/// How far the index has followed the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// The store.
    pub store_id: [u8; 16],
    /// The last commit that is in.
    pub commit: u64,
    /// The chain's hash there.
    pub chain_hash: [u8; 32],
}

/// What a commit carries.
#[derive(Serialize, Deserialize)]
struct Payload {
    format: String,
    key: u64,
    checkpoint: Option<Checkpoint>,
}

/// What the desk looks for.
#[derive(Clone, Debug, Default)]
pub struct DossierQuery<'a> {
    /// Names, numbers, addresses, codes, whole or in parts; empty lists everything.
    pub text: &'a str,
    /// Agencies of which the user may see dossiers; none finds nothing.
    pub agencies: &'a [AgencyCode],
    /// What narrows the answer.
    pub filters: Filters<'a>,
    /// Most ids to return, 200 at most.
    pub limit: usize,
    /// Where the page before ended.
    pub after: Option<Cursor>,
}

/// Where a page ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    attempt: u8,
    place: Place,
}

impl Cursor {
    /// Its 25 bytes.
    pub fn to_bytes(self) -> Vec<u8> {
        let (order, high, low) = self.place;
        let numbers = [order, high, low].into_iter().flat_map(u64::to_be_bytes);
        std::iter::once(self.attempt).chain(numbers).collect()
    }

    /// The cursor with these bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (attempt, place) = bytes.split_first()?;
        let (numbers, []) = place.as_chunks::<8>() else { return None };
        let [order, high, low] = *numbers else { return None };
        let place = [order, high, low].map(u64::from_be_bytes).into();
        Some(Self { attempt: *attempt, place })
    }
}

/// A page of dossiers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DossierPage {
    /// Newest first. All are equally good answers: stricter readings of the text are tried first.
    pub ids: Vec<DossierId>,
    /// Where the next page begins, if this one is full.
    pub next: Option<Cursor>,
    /// How many there are, on all pages.
    pub total: u64,
    /// How many there are by each facet, each under the other filters only.
    pub tally: Tally,
}

/// The index. Searches run beside one writer; the writer exists only while there is work.
pub struct DossierIndex {
    key: SearchKey,
    layout: Layout,
    index: Index,
    reader: IndexReader,
    writer: Mutex<Option<IndexWriter>>,
    was_damaged: AtomicBool,
}

impl DossierIndex {
    /// Opens the index in a folder. A missing, damaged or foreign one (another layout, another
    /// key) is made anew, empty: its checkpoint is then `None` and the caller replays the log.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn open(folder: &Path, key: SearchKey) -> Result<Self, SearchError> {
        let layout = Layout::new();
        let stood = super::stood(folder, |index, payload| is_own(index, payload, &key, &layout));
        let was_damaged = AtomicBool::new(matches!(stood, Stood::Damaged));
        let index = match stood {
            Stood::Sound(index) => index,
            Stood::Other | Stood::Damaged => {
                if folder.exists() {
                    std::fs::remove_dir_all(folder)?;
                }
                std::fs::create_dir_all(folder)?;
                Index::create_in_dir(folder, layout.schema.clone())?
            }
        };
        Ok(Self { was_damaged, ..Self::with(index, layout, key)? })
    }

    /// An index in memory, for tests and measurements.
    ///
    /// # Errors
    /// When the index library fails.
    pub fn in_memory(key: SearchKey) -> Result<Self, SearchError> {
        let layout = Layout::new();
        Self::with(Index::create_in_ram(layout.schema.clone()), layout, key)
    }

    fn with(index: Index, layout: Layout, key: SearchKey) -> Result<Self, SearchError> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let was_damaged = AtomicBool::new(false);
        Ok(Self { key, layout, index, reader, writer: Mutex::new(None), was_damaged })
    }

    /// Whether the folder had a damaged index, in whose place this one was begun, and nobody made it anew
    /// since.
    pub fn was_damaged(&self) -> bool {
        self.was_damaged.load(Ordering::Relaxed)
    }

    /// How far the index has come; `None` when it is empty and the log must be replayed.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn checkpoint(&self) -> Result<Option<Checkpoint>, SearchError> {
        let payload = self.index.load_metas()?.payload;
        let payload = payload.and_then(|text| serde_json::from_str::<Payload>(&text).ok());
        Ok(payload.and_then(|payload| payload.checkpoint))
    }

    /// Takes changes in, in order, and commits them together with the checkpoint. Searches see
    /// them on return.
    ///
    /// # Errors
    /// When the index cannot be written; then nothing of it was taken in.
    pub fn apply(
        &self,
        changes: &[DossierChange],
        checkpoint: Checkpoint,
    ) -> Result<(), SearchError> {
        let mut guard = self.lock()?;
        let writer = match guard.as_mut() {
            Some(writer) => writer,
            None => guard.insert(self.new_writer()?),
        };
        let done = self.write(writer, changes, checkpoint);
        if done.is_err() {
            // What was queued must not slip into a later commit.
            *guard = None;
        }
        drop(guard);
        done?;
        Ok(self.reader.reload()?)
    }

    fn write(
        &self,
        writer: &mut IndexWriter,
        changes: &[DossierChange],
        checkpoint: Checkpoint,
    ) -> Result<(), SearchError> {
        for change in changes {
            match change {
                DossierChange::Put(dossier) => {
                    writer.delete_term(self.id_term(dossier.id));
                    writer.add_document(self.layout.document(dossier, &self.key))?;
                }
                DossierChange::Remove(id) => {
                    writer.delete_term(self.id_term(*id));
                }
            }
        }
        self.commit(writer, Some(checkpoint))
    }

    /// Removes disposed dossiers and merges what was left of them away, from the disk too.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn remove(&self, ids: &[DossierId], checkpoint: Checkpoint) -> Result<(), SearchError> {
        let changes: Vec<_> = ids.iter().map(|id| DossierChange::Remove(*id)).collect();
        self.apply(&changes, checkpoint)?;
        self.rest()?;
        let guard = self.lock()?;
        let mut writer = self.new_writer()?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for segment in self.index.searchable_segment_metas()? {
            if segment.has_deletes() {
                writer.merge(&[segment.id()]).wait()?;
            }
        }
        // Open readers keep files alive.
        self.reader.reload()?;
        writer.garbage_collect_files().wait()?;
        writer.wait_merging_threads()?;
        drop(guard);
        Ok(())
    }

    /// Forgets everything, the checkpoint too.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn clear(&self) -> Result<(), SearchError> {
        let mut guard = self.lock()?;
        let mut writer = match guard.take() {
            Some(writer) => writer,
            None => self.new_writer()?,
        };
        writer.delete_all_documents()?;
        self.commit(&mut writer, None)?;
        self.reader.reload()?;
        writer.garbage_collect_files().wait()?;
        writer.wait_merging_threads()?;
        drop(guard);
        self.was_damaged.store(false, Ordering::Relaxed);
        Ok(())
    }

    /// Finishes merges and frees the writer's memory; for when the log is quiet.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn rest(&self) -> Result<(), SearchError> {
        if let Some(writer) = self.lock()?.take() {
            writer.wait_merging_threads()?;
            self.reader.reload()?;
        }
        Ok(())
    }

    /// Finds dossiers: by code, else by names as they follow each other, else with the last word
    /// unfinished, else by words anywhere in names and addresses.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn search(&self, query: &DossierQuery<'_>) -> Result<DossierPage, SearchError> {
        let limit = query.limit.min(MOST);
        if limit == 0 {
            return Ok(DossierPage::default());
        }
        let searcher = self.reader.searcher();
        let attempts = Attempts::of(query, &self.layout, &self.key).queries;
        for (attempt, tried) in (0_u8..).zip(&attempts) {
            if query.after.is_some_and(|after| after.attempt != attempt) {
                continue;
            }
            let after = query.after.map(|after| after.place);
            let found = searcher.search(tried, &Gather { limit, after, filters: query.filters })?;
            // What the words found stays the answer when a filter leaves nothing of it.
            if found.met > 0 || query.after.is_some() {
                let next = found.places.last().filter(|_| found.places.len() == limit);
                let next = next.map(|place| Cursor { attempt, place: *place });
                let ids = found.places.iter().map(id).collect();
                return Ok(DossierPage { ids, next, total: found.total, tally: found.tally });
            }
        }
        Ok(DossierPage::default())
    }

    /// The number of dossiers in it.
    pub fn len(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Hands every id to `each`, in no order; for `check`.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn for_each_id(&self, mut each: impl FnMut(DossierId)) -> Result<(), SearchError> {
        for segment in self.reader.searcher().segment_readers() {
            let column = |name| segment.fast_fields().column_first_or_default::<u64>(name);
            let (high, low) = (column(fast::HIGH)?, column(fast::LOW)?);
            for doc in segment.doc_ids_alive() {
                each(DossierId(whole(high.get_val(doc), low.get_val(doc))));
            }
        }
        Ok(())
    }

    /// Whether every file still has the checksum it was written with; reads them all. For `check`.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn intact(&self) -> Result<bool, SearchError> {
        Ok(self.index.validate_checksum()?.is_empty())
    }

    fn new_writer(&self) -> Result<IndexWriter, SearchError> {
        let writer = self.index.writer_with_num_threads(1, WRITER_BYTES)?;
        writer.set_merge_policy(Box::new(LogMergePolicy::default()));
        Ok(writer)
    }

    fn commit(
        &self,
        writer: &mut IndexWriter,
        checkpoint: Option<Checkpoint>,
    ) -> Result<(), SearchError> {
        let payload = Payload { format: FORMAT.into(), key: self.key.fingerprint(), checkpoint };
        let payload = serde_json::to_string(&payload).map_err(std::io::Error::from)?;
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&payload);
        commit.commit()?;
        Ok(())
    }

    fn id_term(&self, id: DossierId) -> Term {
        Term::from_field_text(self.layout.id, &id.to_string())
    }

    fn lock(&self) -> Result<MutexGuard<'_, Option<IndexWriter>>, SearchError> {
        self.writer.lock().map_err(|_| SearchError::Broken)
    }
}

fn id(place: &Place) -> DossierId {
    DossierId(whole(place.1, place.2))
}

/// Whether it is of this layout, analysis and key.
fn is_own(index: &Index, payload: &str, key: &SearchKey, layout: &Layout) -> tantivy::Result<bool> {
    let Ok(payload) = serde_json::from_str::<Payload>(payload) else { return Ok(false) };
    let own = payload.format == FORMAT
        && payload.key == key.fingerprint()
        && index.schema() == layout.schema;
    if own {
        index.reader()?;
    }
    Ok(own)
}
