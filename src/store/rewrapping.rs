//! The keyring under a new wrapping key, and its copy beside the store.
//!
//! The copy is what makes a disposal reach into backups: a store that was restored from before it takes
//! its keys from the copy, which has those of disposed dossiers no more.

use std::collections::{HashMap, HashSet};

use super::codec::wire::{Damaged, Wire, record};
use super::disposals::Disposal;
use super::engine::{
    Batch, Direction, Engine, Fault, FaultKind, Row, Snapshot, Table, scan_prefix,
};
use super::keyring::{Mark, SealKey};
use super::ledger::{Failure, Ledger};
use super::persons::{Holdings, WRAPPED};
use super::tables::{
    BLOBS, DISPOSALS, DISPOSED, DOSSIERS, KEYRING, Key, META, PERSON_PAPERS, PERSONS,
};
use crate::domain::ids::DossierId;

/// The row of `meta` that says which wrapping key the keyring is under.
const UNDER: &[u8] = b"keyring";
/// Keys that are wrapped anew in one commit.
const PORTION: usize = 2_000;

/// Under which key a keyring is, and how often that was changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Under {
    /// Changes so far.
    pub generation: u64,
    /// The key's mark.
    pub mark: Mark,
}

/// A copy of the keyring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyringCopy {
    under: Under,
    dossiers: Vec<([u8; 16], [u8; WRAPPED])>,
    persons: Vec<([u8; 32], [u8; WRAPPED])>,
    disposals: Vec<(u64, Disposal)>,
}

record! {
    Under { generation, mark }
    KeyringCopy { under, dossiers, persons, disposals }
}

/// Under which key the keyring of a store is; the default while that was never changed.
///
/// # Errors
/// The engine cannot be read, or the row is damaged.
pub fn under(snapshot: &dyn Snapshot) -> Result<Under, Fault> {
    let row = snapshot.get(META, UNDER)?;
    let damaged = |what| Fault::new(FaultKind::Damaged, "reading the keyring", what);
    row.map_or(Ok(Under::default()), |row| {
        Under::from_bytes(&row).map_err(|error| damaged(error.to_string()))
    })
}

impl Ledger {
    /// Wraps every key under the present wrapping key, in portions, and notes that it is done. What is
    /// wrapped already stays; so it may be interrupted and begun again.
    ///
    /// # Errors
    /// The store fails.
    pub fn rewrap(&self) -> Result<Under, Failure> {
        // What was decided under the key before is on the disk behind this.
        self.run_blocking(|_| Ok(()))?;
        let reader = self.reader()?;
        let mut after: Option<Vec<u8>> = None;
        loop {
            let rows = reader.scan(KEYRING, &[], after.as_deref(), PORTION)?;
            let Some((last, _)) = rows.last() else { break };
            after = Some(last.clone());
            self.run_blocking(move |txn| {
                let shared = txn.shared().clone();
                for (key, _) in rows {
                    let Some(row) = txn.get(KEYRING, &key)? else { continue };
                    if let Some(anew) = shared.wrapping.anew(&shared.env, &row, &key)? {
                        txn.put(KEYRING, key, anew);
                    }
                }
                Ok(())
            })?;
        }
        let persons = reader.scan(PERSONS, &[], None, usize::MAX)?;
        drop(reader);
        let mark = self.shared().wrapping.mark();
        let done = self.run_blocking(move |txn| {
            let shared = txn.shared().clone();
            for (key, _) in persons {
                let Some(row) = txn.get(PERSONS, &key)? else { continue };
                let mut holdings = Holdings::from_bytes(&row)?;
                if let Some(anew) = shared.wrapping.anew(&shared.env, &holdings.wrapped, &key)? {
                    holdings.wrapped = wrapped(&anew)?;
                    txn.put(PERSONS, key, holdings.to_bytes());
                }
            }
            let before = txn.get(META, UNDER)?.map(|row| Under::from_bytes(&row)).transpose()?;
            let before = before.unwrap_or_default();
            let is_new = before.mark != mark;
            let under = Under { generation: before.generation + u64::from(is_new), mark };
            txn.put(META, UNDER, under.to_bytes());
            Ok(under)
        })?;
        Ok(done.value)
    }

    /// A copy of the keyring, to lie beside the keys.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn keyring_copy(&self) -> Result<Vec<u8>, Failure> {
        let reader = self.reader()?;
        let mut copy = KeyringCopy {
            under: under(self.shared().engine.snapshot()?.as_ref())?,
            dossiers: Vec::new(),
            persons: Vec::new(),
            disposals: reader.disposals(u64::MAX, usize::MAX)?,
        };
        for (key, row) in reader.scan(KEYRING, &[], None, usize::MAX)? {
            copy.dossiers.push((DossierId::from_bytes(&key)?.0, wrapped(&row)?));
        }
        for (key, row) in reader.scan(PERSONS, &[], None, usize::MAX)? {
            copy.persons.push((<[u8; 32]>::from_bytes(&key)?, Holdings::from_bytes(&row)?.wrapped));
        }
        Ok(copy.to_bytes())
    }
}

fn wrapped(bytes: &[u8]) -> Result<[u8; WRAPPED], Damaged> {
    bytes.try_into().map_err(|_| Damaged("a wrapped key"))
}

/// Refuses keys that are older than the store: they open none of its dossiers.
///
/// # Errors
/// They are, or the engine cannot be read.
pub fn check_keys(engine: &dyn Engine, keys: &[SealKey]) -> Result<(), Fault> {
    let store = under(engine.snapshot()?.as_ref())?;
    match store.generation == 0 || keys.iter().any(|key| key.mark() == store.mark) {
        true => Ok(()),
        false => Err(older_keys()),
    }
}

fn older_keys() -> Fault {
    let what = "the folder keys/ is older than the store; put the latest copy of keys/ back";
    Fault::new(FaultKind::Misuse, "comparing keyring and store", what)
}

/// Takes the keys of a store that is older than the copy of its keyring from the copy; whether it did.
/// Nothing is changed when the store is not the older one.
///
/// # Errors
/// The copy does not fit the store: it is older, or lacks a dossier that was not disposed of.
pub fn restore(engine: &dyn Engine, copy: &[u8]) -> Result<bool, Fault> {
    let refused = |what: String| Fault::new(FaultKind::Misuse, "comparing keyring and store", what);
    let copy = KeyringCopy::from_bytes(copy).map_err(|_| {
        refused("keys/keyring.copy is damaged; put the latest copy of keys/ back".to_owned())
    })?;
    let snapshot = engine.snapshot()?;
    let store = under(snapshot.as_ref())?;
    if store == copy.under {
        return Ok(false);
    }
    if store.generation >= copy.under.generation {
        return Err(older_keys());
    }
    let mut batch = Batch::new();
    let disposed = || copy.disposals.iter().flat_map(|(_, disposal)| &disposal.dossiers);
    let known: HashMap<_, _> = copy.dossiers.iter().map(|(id, key)| (*id, key)).collect();
    let gone: HashSet<[u8; 16]> = disposed().map(|known| known.id.0).collect();
    for (key, _) in all(snapshot.as_ref(), DOSSIERS, &[])? {
        let id = <[u8; 16]>::try_from(key.as_slice()).unwrap_or_default();
        match known.get(&id) {
            Some(wrapped) => batch.put(KEYRING, key, wrapped.to_vec()),
            None if gone.contains(&id) => batch.delete(KEYRING, key),
            None => {
                let id = DossierId(id);
                return Err(refused(format!(
                    "keys/keyring.copy has no key of dossier {id}, which was not disposed of: store \
                     and keys/ are not of one instance's history"
                )));
            }
        }
    }
    restore_persons(snapshot.as_ref(), &copy, &mut batch)?;
    for (number, disposal) in &copy.disposals {
        batch.put(DISPOSALS, Key::new().number(*number), disposal.to_bytes());
        for known in &disposal.dossiers {
            batch.put(DISPOSED, known.id.0, number.to_bytes());
        }
    }
    batch.put(META, UNDER, copy.under.to_bytes());
    drop(snapshot);
    engine.commit(batch)?;
    Ok(true)
}

/// The same for the keys of persons; those who have deleted their papers since are gone.
fn restore_persons(
    snapshot: &dyn Snapshot,
    copy: &KeyringCopy,
    batch: &mut Batch,
) -> Result<(), Fault> {
    let known: HashMap<_, _> = copy.persons.iter().map(|(id, key)| (id.to_vec(), key)).collect();
    for (key, row) in all(snapshot, PERSONS, &[])? {
        if let Some(wrapped) = known.get(&key) {
            let mut holdings = Holdings::from_bytes(&row).map_err(|damaged| {
                Fault::new(FaultKind::Damaged, "reading persons", damaged.to_string())
            })?;
            holdings.wrapped = **wrapped;
            batch.put(PERSONS, key, holdings.to_bytes());
            continue;
        }
        all(snapshot, PERSON_PAPERS, &key)?
            .into_iter()
            .for_each(|(paper, _)| batch.delete(PERSON_PAPERS, paper));
        let blobs = all(snapshot, BLOBS, &[])?.into_iter().filter(|(_, owner)| *owner == key);
        blobs.for_each(|(blob, _)| batch.delete(BLOBS, blob));
        batch.delete(PERSONS, key);
    }
    Ok(())
}

fn all(snapshot: &dyn Snapshot, table: Table, prefix: &[u8]) -> Result<Vec<Row>, Fault> {
    scan_prefix(snapshot, table, prefix, None, Direction::Forward, usize::MAX)
}
