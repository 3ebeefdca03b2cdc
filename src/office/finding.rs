//! Search: procedures for everybody, dossiers for the desk; and the follower that keeps the
//! dossiers' index beside the log.

use std::sync::{Arc, PoisonError};

use crate::domain::calendar::local;
use crate::domain::dossier::Dossier;
use crate::domain::ids::DossierId;
use crate::search::SearchError;
use crate::search::dossiers::{Checkpoint, DossierChange, DossierDoc, DossierIndex, SearchKey};
use crate::search::procedures::{self, Examined, ProcedureIndex};
use crate::store::engine::{Fault, FaultKind};
use crate::store::keyring::SealKey;
use crate::store::ledger::Failure;
use crate::store::reader::Reader;

use super::Office;
use super::catalogue::wire::channel_id;
use super::folder::Folder;
use super::world::World;

pub use crate::search::procedures::{Elsewhere, Found, Hit, Marks, Meant, Query};

/// Where the catalogue's index lies in the data folder.
pub(super) const CATALOGUE: &str = "index/procedures";
/// Events that the follower reads at once, and some more to the end of their commit.
const EVENTS: usize = 8_192;

impl From<SearchError> for Failure {
    fn from(error: SearchError) -> Self {
        Fault::new(FaultKind::Storage, "searching", error.to_string()).into()
    }
}

/// Opens both indexes of a folder.
pub(super) fn open(
    folder: &Folder,
    world: &World,
    root: &SealKey,
) -> Result<(ProcedureIndex, DossierIndex), SearchError> {
    let procedures = catalogue_index(folder, world)?;
    let key = root.derive("motcua 2026 hashed terms of the dossier index");
    Ok((procedures, DossierIndex::open(&folder.path("index/dossiers"), search_key(&key))?))
}

/// The catalogue's index with the instance's own words, of its folder or built anew.
fn catalogue_index(folder: &Folder, world: &World) -> Result<ProcedureIndex, SearchError> {
    let index = ProcedureIndex::open_or_build(
        &folder.path(CATALOGUE),
        &world.catalogue_stamp,
        world.procedures().map(AsRef::as_ref),
    )?;
    index.with_words(&world.words)
}

/// What is told of a damaged index.
pub(super) fn made_anew(name: &str) -> String {
    format!("{name} was damaged and is made anew")
}

/// The indexes that were damaged when they were opened, by name.
pub(super) fn mended(
    dossiers: &DossierIndex,
    procedures: &ProcedureIndex,
) -> impl Iterator<Item = &'static str> + use<> {
    let damaged =
        [("index/dossiers", dossiers.was_damaged()), (CATALOGUE, procedures.was_damaged())];
    damaged.into_iter().filter(|(_, was)| *was).map(|(name, _)| name)
}

fn search_key(key: &SealKey) -> SearchKey {
    SearchKey::new(*key.bytes())
}

impl Office {
    /// The catalogue's index.
    pub fn procedure_index(&self) -> Arc<ProcedureIndex> {
        self.procedures.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many dossiers the index holds, for `check`.
    pub fn indexed(&self) -> u64 {
        self.dossiers.len()
    }

    /// Every dossier in the index, for `check`.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn for_each_indexed(&self, each: impl FnMut(DossierId)) -> Result<(), Failure> {
        Ok(self.dossiers.for_each_id(each)?)
    }

    /// Whether the files of the index have the checksums that they were written with; reads them all.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn index_is_intact(&self) -> Result<bool, Failure> {
        Ok(self.dossiers.intact()?)
    }

    /// The indexes that were damaged when the folder was opened, and are made anew. For `check`.
    pub fn mended_indexes(&self) -> Vec<&'static str> {
        mended(&self.dossiers, &self.procedure_index()).collect()
    }

    /// What the files of the catalogue's index are; reads them all. None while the catalogue changes.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn examine_catalogue_index(&self) -> Result<Option<Examined>, Failure> {
        let world = self.world();
        let found = procedures::examine(
            &self.folder.path(CATALOGUE),
            &world.catalogue_stamp,
            world.procedures().map(AsRef::as_ref),
        );
        let is_same = self.world().catalogue_stamp == world.catalogue_stamp;
        Ok(if is_same { Some(found?) } else { None })
    }

    /// The commit up to which the index has read.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn indexed_commit(&self) -> Result<u64, Failure> {
        Ok(self.dossiers.checkpoint()?.map_or(0, |checkpoint| checkpoint.commit))
    }

    /// Whether the index is of this store's history, as a reader sees it; an empty one is.
    ///
    /// # Errors
    /// The index or the log cannot be read.
    pub fn index_is_of(&self, reader: &Reader) -> Result<bool, Failure> {
        let Some(checkpoint) = self.dossiers.checkpoint()? else { return Ok(true) };
        let end = reader.end_of_commit(checkpoint.commit)?;
        Ok(checkpoint.store_id == self.store_id
            && end.is_some_and(|end| end.hash == checkpoint.chain_hash))
    }

    /// Finishes the index's merges and frees its memory, for when the log is quiet.
    ///
    /// # Errors
    /// The index cannot be written.
    pub fn rest_index(&self) -> Result<(), Failure> {
        Ok(self.dossiers.rest()?)
    }

    /// Throws both indexes away; that of the catalogue is built at once, the follower builds that of the
    /// dossiers again from the log.
    ///
    /// # Errors
    /// An index cannot be written.
    pub fn clear_index(&self) -> Result<(), Failure> {
        let catalogue = self.folder.path(CATALOGUE);
        std::fs::remove_dir_all(&catalogue).or_else(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Ok(()),
            _ => Err(SearchError::Folder(error)),
        })?;
        self.index_catalogue(&self.world())?;
        Ok(self.dossiers.clear()?)
    }

    /// Takes the catalogue's index of its folder, or builds it.
    pub(super) fn index_catalogue(&self, world: &World) -> Result<(), Failure> {
        let index = Arc::new(catalogue_index(&self.folder, world)?);
        *self.procedures.write().unwrap_or_else(PoisonError::into_inner) = index;
        Ok(())
    }

    /// Brings the index up to the last commit, and says how many commits were read. The caller runs
    /// it off the async threads, whenever a commit is announced; after a crash it goes on where its
    /// checkpoint says, and begins anew when that is not of this store's history.
    ///
    /// # Errors
    /// The log or the index fails.
    pub fn follow_log(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<u64, Failure> {
        let mut read = 0;
        let (reader, world) = (self.ledger.reader()?, self.world());
        let last = reader.last_commit()?.map_or(0, |tip| tip.commit);
        let mut from = self.checked_start(&reader)?;
        while from < last {
            let events = reader.events_after(from, EVENTS)?;
            let Some(end) = events.last() else { break };
            let mut touched: Vec<DossierId> = events.iter().map(|e| e.header.dossier).collect();
            touched.sort_unstable();
            touched.dedup();
            let mut documents = Vec::with_capacity(touched.len());
            for id in touched {
                if let Some(stored) = reader.dossier(id)? {
                    documents.push(DossierChange::Put(Box::new(document(&stored.dossier, &world))));
                }
            }
            let commit = end.header.commit;
            let checkpoint = Checkpoint { store_id: self.store_id, commit, chain_hash: end.hash };
            self.dossiers.apply(&documents, checkpoint)?;
            read += commit - from;
            from = commit;
            progress(from, last);
        }
        Ok(read)
    }

    fn checked_start(&self, reader: &Reader) -> Result<u64, Failure> {
        if self.index_is_of(reader)? {
            return self.indexed_commit();
        }
        self.dossiers.clear()?;
        Ok(0)
    }
}

fn document(dossier: &Dossier, world: &World) -> DossierDoc {
    // One that was only asked finds it by its code, in the store.
    let mut agencies = vec![dossier.receiving_agency.clone(), dossier.competent_agency.clone()];
    agencies.extend(dossier.past_agencies.iter().cloned());
    agencies.sort();
    agencies.dedup();
    let mut persons = vec![dossier.owner.clone()];
    if dossier.submitter != dossier.owner {
        persons.push(dossier.submitter.clone());
    }
    if let Some(form) = dossier.form_version.as_ref().and_then(|version| world.form_of(version)) {
        persons.extend(form.declaration.named(&dossier.form));
    }
    let day = local(dossier.received_at.unwrap_or(dossier.submitted_at)).date();
    let epoch = jiff::civil::date(1970, 1, 1);
    DossierDoc {
        id: dossier.id,
        agencies,
        code: dossier.code.clone(),
        other_codes: dossier
            .external_codes
            .iter()
            .map(String::as_str)
            .chain(dossier.result_number())
            .map(str::to_owned)
            .collect(),
        procedure: dossier.procedure.clone(),
        field: dossier.field.clone(),
        status: dossier.status.code(),
        channel: channel_id(dossier.channel),
        holder: dossier.holder.user.clone(),
        day: day.since(epoch).map_or(0, |span| span.get_days()),
        received_at: dossier.received_at,
        due_at: dossier.clock.due_at.or(dossier.clock.ended_due_at),
        persons,
    }
}
