//! The embedded engine: all tables in one redb file.
//!
//! How a batch becomes durable: one write transaction for each commit, its changes applied in order
//! of table and key, so that each page is copied once however many of its rows change; then one
//! write for each dirty page, the header, and one sync (two in a large file, see
//! [`Options::quick_repair`]; one more when the file grows). redb fills pages to the brim only for
//! keys beyond the last of their table; keys that rise within a prefix leave pages half full.
//!
//! A snapshot is one read transaction; each table is opened in it when first asked for, and later
//! reads of the snapshot find it open.
//!
//! redb refuses all work after the storage has failed once. The engine then opens the file again
//! at the next call, so a disk that was full serves reads at once and writes when there is room.
//! One failure is final until a restart: after a failed sync nobody knows what is on the disk.

mod file;
mod health;
mod meter;
mod reading;
#[cfg(test)]
mod tests;

use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use ::redb::backends::FileBackend;
use ::redb::{
    Database, Durability, Error, ReadTransaction, ReadableDatabase, ReadableTableMetadata,
    StorageBackend, TableDefinition,
};

use self::health::{Health, fault};
use self::meter::Meter;
use self::reading::RedbSnapshot;
use super::{Batch, Change, Engine, Fault, FaultKind, Snapshot, Stats, Table};

/// What was being done when opening failed.
const OPEN: &str = "open the store";

/// The length in bytes from which quick repair pays: reading a shorter file after a crash takes
/// under a second, and every commit would pay for saving it.
const QUICK_REPAIR_FROM: u64 = 256 << 20;

/// How a file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Memory for pages, in bytes; it fills as pages are touched. Half of it may hold the pages of
    /// an unfinished commit.
    pub cache_bytes: usize,
    /// Whether a commit waits for the disk. If not, [`Engine::flush`] must be called now and then:
    /// until it is, a loss of power or a failure of the disk undoes the commits since, and freed
    /// pages are not used again.
    pub durable: bool,
    /// Whether the first opening after a crash may not depend on the size of the file. Commits to a
    /// file of 256 MiB or more then also store which pages are free, which costs a second sync and
    /// about twice the writes. Without it, that opening reads the whole file.
    pub quick_repair: bool,
}

impl Options {
    /// For what must never be lost.
    pub const fn durable() -> Self {
        Self { cache_bytes: 64 << 20, durable: true, quick_repair: true }
    }

    /// For what may be lost with the power: drafts, sessions, codes.
    pub const fn relaxed() -> Self {
        Self { cache_bytes: 8 << 20, durable: false, quick_repair: false }
    }
}

/// What a table takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableSize {
    /// The table.
    pub table: Table,
    /// Its rows.
    pub rows: u64,
    /// Bytes of their keys and values.
    pub stored_bytes: u64,
    /// Bytes by which they are found.
    pub extra_bytes: u64,
    /// Bytes of its pages that hold nothing.
    pub unused_bytes: u64,
}

/// An engine in one redb file.
#[derive(Debug)]
pub struct RedbEngine {
    /// Sorted by name.
    tables: Arc<[Table]>,
    options: Options,
    /// The length of the file from which commits prepare for a quick repair.
    quick_repair_from: u64,
    meter: Meter,
    /// `None` while opening it again has failed.
    opened: RwLock<Option<Opened>>,
    counted: Mutex<Stats>,
}

/// A database between an opening and its closing.
#[derive(Debug)]
struct Opened {
    database: Database,
    health: Arc<Health>,
}

impl RedbEngine {
    /// Opens the file, or makes it, readable by its owner only; makes the tables that are missing.
    ///
    /// # Errors
    /// When another process has it open, when it is damaged or of another version, and when it
    /// cannot be read or written.
    pub fn open(path: &Path, tables: &[Table], options: Options) -> Result<Self, Fault> {
        file::open_or_make(path, |file| {
            let backend = FileBackend::new(file).map_err(|error| fault(OPEN, error))?;
            Self::with_backend(backend, tables, options)
        })
    }

    /// Opens a store in other storage than a file.
    ///
    /// # Errors
    /// As for [`RedbEngine::open`].
    pub fn with_backend(
        backend: impl StorageBackend,
        tables: &[Table],
        options: Options,
    ) -> Result<Self, Fault> {
        let mut tables = tables.to_vec();
        tables.sort_unstable();
        tables.dedup();
        let meter = Meter::new(backend);
        let opened = open_database(&meter, &tables, options)?;
        Ok(Self {
            tables: tables.into(),
            options,
            quick_repair_from: QUICK_REPAIR_FROM,
            meter,
            opened: RwLock::new(Some(opened)),
            counted: Mutex::default(),
        })
    }

    /// Reads every page and compares its checksum; repairs what can be repaired. `true` when
    /// nothing had to be. Takes as long as reading the file.
    ///
    /// # Errors
    /// Busy while a snapshot is alive; damaged when it cannot be repaired.
    pub fn check_integrity(&self) -> Result<bool, Fault> {
        self.alone("check the store", |database| database.check_integrity().map_err(Error::from))
    }

    /// Moves pages together and gives the free end of the file back. `true` when it got smaller.
    ///
    /// # Errors
    /// Busy while a snapshot is alive; a full disk.
    pub fn compact(&self) -> Result<bool, Fault> {
        self.alone("compact the store", |database| database.compact().map_err(Error::from))
    }

    /// What each table takes, in bytes; reads every page.
    ///
    /// # Errors
    /// The storage cannot be read.
    pub fn sizes(&self) -> Result<Vec<TableSize>, Fault> {
        self.using(|Opened { database, health }| {
            let size = |transaction: &ReadTransaction, table: &Table| -> Result<_, Error> {
                let rows = transaction.open_table(definition(*table))?;
                let stats = rows.stats()?;
                Ok(TableSize {
                    table: *table,
                    rows: rows.len()?,
                    stored_bytes: stats.stored_bytes(),
                    extra_bytes: stats.metadata_bytes(),
                    unused_bytes: stats.fragmented_bytes(),
                })
            };
            let transaction = database.begin_read().map_err(Error::from);
            transaction
                .and_then(|transaction| self.tables.iter().map(|t| size(&transaction, t)).collect())
                .map_err(|error| health.judge("measure the store", error))
        })
    }

    /// Closes the store, so that its next opening need not repair it. Dropping it does the same but
    /// tells no errors.
    ///
    /// # Errors
    /// When the last pages cannot be written; nothing acknowledged is lost.
    pub fn close(self) -> Result<(), Fault> {
        match self.opened.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(Opened { database, .. }) => {
                database.close().map_err(|error| fault("close the store", error))
            }
            None => Ok(()),
        }
    }

    /// Runs a task that needs the database for itself.
    fn alone(
        &self,
        doing: &'static str,
        task: impl FnOnce(&mut Database) -> Result<bool, Error>,
    ) -> Result<bool, Fault> {
        let mut slot = self.opened.write().unwrap_or_else(PoisonError::into_inner);
        let Opened { database, health } = self.working(&mut slot)?;
        task(database).map_err(|error| health.judge(doing, error))
    }

    /// Uses the database, after opening it again if the storage had failed.
    fn using<T>(&self, task: impl FnOnce(&Opened) -> Result<T, Fault>) -> Result<T, Fault> {
        let slot = self.opened.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(opened) = slot.as_ref().filter(|opened| !opened.health.can_recover()) {
            return task(opened);
        }
        drop(slot);
        let mut slot = self.opened.write().unwrap_or_else(PoisonError::into_inner);
        task(self.working(&mut slot)?)
    }

    /// The open database; opens it again if the storage had failed.
    fn working<'slot>(&self, slot: &'slot mut Option<Opened>) -> Result<&'slot mut Opened, Fault> {
        let opened = match slot.take() {
            Some(opened) if !opened.health.can_recover() => opened,
            failed => {
                // Its locks must go before they can be taken again.
                drop(failed);
                open_database(&self.meter, &self.tables, self.options)?
            }
        };
        Ok(slot.insert(opened))
    }

    fn prepares_quick_repair(&self) -> Result<bool, Error> {
        let Options { durable, quick_repair, .. } = self.options;
        Ok(durable && quick_repair && self.meter.len()? >= self.quick_repair_from)
    }

    fn write(&self, database: &Database, batch: &Batch) -> Result<(), Error> {
        let mut transaction = database.begin_write()?;
        let durability =
            if self.options.durable { Durability::Immediate } else { Durability::None };
        transaction.set_durability(durability)?;
        transaction.set_quick_repair(self.prepares_quick_repair()?);
        for (table, changes) in batch.tables() {
            let mut rows = transaction.open_table(definition(table))?;
            for (key, change) in changes {
                let done = match change {
                    Change::Put(value) => rows.insert(key.as_slice(), value.as_slice()),
                    Change::Delete => rows.remove(key.as_slice()),
                };
                done?;
            }
        }
        Ok(transaction.commit()?)
    }
}

impl Engine for RedbEngine {
    fn snapshot(&self) -> Result<Box<dyn Snapshot>, Fault> {
        self.using(|Opened { database, health }| {
            let transaction =
                database.begin_read().map_err(|error| health.judge("begin a snapshot", error))?;
            let tables = Arc::clone(&self.tables);
            let snapshot = RedbSnapshot::new(transaction, tables, Arc::clone(health));
            Ok(Box::new(snapshot) as Box<dyn Snapshot>)
        })
    }

    fn apply(&self, batch: &Batch) -> Result<(), Fault> {
        if batch.is_empty() {
            return Ok(());
        }
        // redb would make the table; a misspelt name must not.
        if let Some((table, _)) =
            batch.tables().find(|(name, _)| self.tables.binary_search(name).is_err())
        {
            return Err(Fault::unknown_table(table));
        }
        self.using(|Opened { database, health }| {
            self.write(database, batch).map_err(|error| health.judge("commit", error))
        })?;
        self.counted.lock().unwrap_or_else(PoisonError::into_inner).count(batch);
        Ok(())
    }

    fn flush(&self) -> Result<(), Fault> {
        if self.options.durable {
            return Ok(());
        }
        // An empty durable commit carries all earlier ones.
        self.using(|Opened { database, health }| {
            let flushed = database.begin_write().map_err(Error::from);
            flushed
                .and_then(|transaction| Ok(transaction.commit()?))
                .map_err(|error| health.judge("flush", error))
        })
    }

    fn stats(&self) -> Result<Stats, Fault> {
        let counted = *self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        self.meter.fill(counted).map_err(|error| Fault::io("measure the store", error))
    }
}

fn definition(table: Table) -> TableDefinition<'static, &'static [u8], &'static [u8]> {
    TableDefinition::new(table.0)
}

/// Opens redb and makes the tables. A damaged file can make redb panic; that is a fault like any
/// other.
fn open_database(meter: &Meter, tables: &[Table], options: Options) -> Result<Opened, Fault> {
    let open = || -> Result<Database, Error> {
        let database = Database::builder()
            .set_cache_size(options.cache_bytes)
            .create_with_backend(meter.clone())?;
        let existing: Vec<String> = database
            .begin_read()?
            .list_tables()?
            .map(|table| ::redb::TableHandle::name(&table).to_owned())
            .collect();
        let missing = |table: &&Table| !existing.iter().any(|name| name == table.0);
        if tables.iter().any(|table| missing(&table)) {
            let transaction = database.begin_write()?;
            for table in tables.iter().filter(missing) {
                transaction.open_table(definition(*table))?;
            }
            transaction.commit()?;
        }
        Ok(database)
    };
    match panic::catch_unwind(AssertUnwindSafe(open)) {
        Ok(Ok(database)) => Ok(Opened { database, health: Arc::new(Health::new(meter.clone())) }),
        Ok(Err(error)) => Err(fault(OPEN, error)),
        Err(_) => Err(Fault::new(FaultKind::Damaged, OPEN, "the file's structure is broken")),
    }
}
