//! The use cases: load, decide, commit, announce. The only place where domain meets store.

pub mod absences;
pub mod accounts;
pub mod acting;
pub mod agencies;
pub mod answers;
pub mod asked;
mod attaching;
pub mod browsing;
pub mod calendars;
pub mod caller;
mod carried;
pub mod cashier;
pub mod catalogue;
pub mod certifying;
pub mod checklists;
pub mod checkpoints;
mod choosing_rules;
pub mod citizens;
pub mod connections;
pub mod dictionary;
pub mod digitising;
pub mod disposal;
pub mod drafts;
pub mod exchange;
pub mod fees;
pub mod filing;
pub mod finding;
pub mod folder;
pub mod forms;
pub mod guidance;
pub mod handing;
mod housekeeping;
pub mod importing;
pub mod keyring;
pub mod known_devices;
mod lapsing;
pub mod life_events;
pub mod linking;
pub mod lists;
pub mod looking_up;
pub mod looks;
pub mod mandates;
pub mod notices;
pub mod offers;
pub mod passkeys;
pub mod personal;
pub mod pieces;
pub mod postal;
mod previewing;
pub mod printing;
pub mod privacy;
pub mod processes;
pub mod publishing;
mod queue_services;
pub mod reading;
pub mod ready;
mod relaxed;
pub mod repeat;
mod replies;
mod rule_packs;
pub mod scanned;
pub mod second_factor;
pub mod sessions;
pub mod settings;
pub mod shape;
pub mod sign_on;
mod signing;
pub mod signing_in;
mod standing;
pub mod supplementing;
pub mod tickets;
pub mod tracking;
pub mod typed_lines;
pub mod uploads;
pub mod validity;
pub mod verifying;
mod words;
pub mod world;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use jiff::Timestamp;

pub use caller::Caller;
pub use standing::Outage;

use crate::documents::blobs::BlobStore;
use crate::documents::clamd::Clamd;
use crate::domain::deadline::{self, Duration};
use crate::domain::dossier::Directory;
use crate::domain::ids::{AgencyCode, ProcedureCode};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::env::Env;
use crate::search::dossiers::DossierIndex;
use crate::search::procedures::ProcedureIndex;
use crate::store::engine::redb::{Options, RedbEngine};
use crate::store::engine::{Engine, Fault};
use crate::store::keyring::SealKey;
pub use crate::store::ledger::Failure;
use crate::store::ledger::Ledger;
use crate::store::{schema, tables};
use folder::{Folder, FolderFault, Passphrase};
use settings::InstanceRow;
use world::World;

/// Largest file that is taken, in bytes, unless settings say otherwise.
pub const DEFAULT_MAX_UPLOAD: u64 = 20 * 1024 * 1024;

/// Longest duration that an agency sets, in whatever unit.
const MAX_DURATION: u32 = 1_000;

/// What an administrator may set of an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Where the instance key lies; in the folder when it is not said.
    pub instance_key: Option<PathBuf>,
    /// What the instance key is under, if it is.
    pub passphrase: Option<Passphrase>,
    /// Largest file that is taken, in bytes.
    pub max_upload: u64,
    /// The address that people type, such as `https://motcua.example.gov.vn`, when it is set.
    pub public_url: Option<String>,
    /// Where ClamAV listens, when it is asked about files.
    pub clamav: Option<String>,
    /// Whether a commit waits for the disk. Only while a folder is made that would be thrown away
    /// after a crash may it not; then [`Office::flush`] makes everything durable at the end.
    pub is_durable: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            instance_key: None,
            passphrase: None,
            max_upload: DEFAULT_MAX_UPLOAD,
            public_url: None,
            clamav: None,
            is_durable: true,
        }
    }
}

/// Why an instance cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder.
    #[error(transparent)]
    Folder(#[from] FolderFault),
    /// The store.
    #[error(transparent)]
    Store(#[from] Failure),
    /// A file of the store.
    #[error("{}: {fault}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why it does not open.
        fault: Fault,
    },
    /// Blobs or the search index.
    #[error("{0}")]
    Other(String),
}

impl From<Fault> for OpenError {
    fn from(fault: Fault) -> Self {
        Self::Store(fault.into())
    }
}

/// What stands between the ledger and its engine.
pub type Wrap<'a> = &'a dyn Fn(Arc<RedbEngine>) -> Arc<dyn Engine>;

/// One running instance on its folder.
pub struct Office {
    env: Env,
    folder: Folder,
    ledger: Ledger,
    relaxed: Arc<dyn Engine>,
    durable: Arc<RedbEngine>,
    blobs: Arc<BlobStore>,
    store_id: [u8; 16],
    max_upload: u64,
    public_url: Option<String>,
    is_demo: bool,
    proof_key: SealKey,
    draft_key: SealKey,
    /// Names persons in the keys of rows, by a keyed digest.
    person_key: SealKey,
    form_key: SealKey,
    notice_key: SealKey,
    second_keys: second_factor::SecondKeys,
    paper_keys: RwLock<Arc<signing::PaperKeys>>,
    urgent: notices::Urgent,
    /// What had to be done to open the folder.
    notices: Vec<String>,
    world: RwLock<Arc<World>>,
    procedures: RwLock<Arc<ProcedureIndex>>,
    dossiers: DossierIndex,
    sign_in: signing_in::SignIn,
    sign_on: sign_on::SignOn,
    standing: standing::Standing,
    tries: tracking::Tries,
    looks: looks::Waiting,
    /// Held while the keyring goes under another key.
    keyring_work: Mutex<()>,
    turns: replies::Turns,
    privacy: privacy::Privacy,
}

impl Office {
    /// Makes a new folder with the default settings and opens it.
    ///
    /// # Errors
    /// The folder is not empty or in use, or cannot be written.
    pub fn create(root: &Path, env: Env, is_demo: bool) -> Result<Self, OpenError> {
        Self::create_with(root, env, &Settings::default(), is_demo)
    }

    /// Makes a new folder and opens it.
    ///
    /// # Errors
    /// The folder is not empty or in use, or cannot be written.
    pub fn create_with(
        root: &Path,
        env: Env,
        settings: &Settings,
        is_demo: bool,
    ) -> Result<Self, OpenError> {
        let store_id = env.bytes();
        let folder = Folder::create(root, settings.instance_key.as_deref(), &env, &store_id)?;
        let office = Self::open_folder(folder, env, settings, Some(store_id), &|engine| engine)?;
        office
            .ledger
            .run_blocking(move |txn| settings::put(txn, &InstanceRow { demo: is_demo }))?;
        let office = Self { is_demo, ..office };
        office.notify();
        Ok(office)
    }

    /// Makes a new folder whose ledger writes through `wrap`, for measurements.
    ///
    /// # Errors
    /// The folder is not empty or in use, or cannot be written.
    pub fn create_wrapped(root: &Path, env: Env, wrap: Wrap<'_>) -> Result<Self, OpenError> {
        let store_id = env.bytes();
        let folder = Folder::create(root, None, &env, &store_id)?;
        Self::open_folder(folder, env, &Settings::default(), Some(store_id), wrap)
    }

    /// Opens the folder of an instance with the default settings.
    ///
    /// # Errors
    /// It is not ours, in use, damaged, or of a newer version.
    pub fn open(root: &Path, env: Env) -> Result<Self, OpenError> {
        Self::open_with(root, env, &Settings::default())
    }

    /// Opens the folder of an instance.
    ///
    /// # Errors
    /// It is not ours, in use, damaged, without its store, or of a newer version.
    pub fn open_with(root: &Path, env: Env, settings: &Settings) -> Result<Self, OpenError> {
        let (key, passphrase) = (settings.instance_key.as_deref(), settings.passphrase.clone());
        let folder = Folder::open(root, key, passphrase)?;
        let office = Self::open_folder(folder, env, settings, None, &|engine| engine)?;
        office.notify();
        Ok(office)
    }

    fn open_folder(
        folder: Folder,
        env: Env,
        settings: &Settings,
        new_store: Option<[u8; 16]>,
        wrap: Wrap<'_>,
    ) -> Result<Self, OpenError> {
        let keys = folder.open_keys(&env)?;
        let (durable, store_id) = open_durable(&folder, settings.is_durable, new_store)?;
        keyring::fit(&folder, &*durable, &keys)?;
        let (relaxed, set_aside) = relaxed::open(&folder, env.now())?;
        let ledger = Ledger::start(wrap(durable.clone()), keys.keyring, env.clone())?;
        let reader = ledger.reader()?;
        let packs = rule_packs::load(&folder.path("rules"))
            .map_err(|fault| OpenError::Other(fault.to_string()))?;
        let world = settings::read_world(&reader, packs.into(), &publishing::Published::default())?;
        check_packs(&world, &folder)?;
        let instance = settings::read::<InstanceRow>(&reader, "this")?.unwrap_or_default();
        drop(reader);
        let paper_keys = signing::keys(&folder, &ledger, &env, keys.papers, &keys.instance)?;
        let other = |error: &dyn std::fmt::Display| OpenError::Other(error.to_string());
        let blobs = BlobStore::new(folder.path("blobs"), keys.blobs).map_err(|e| other(&e))?;
        let blobs = blobs.asking(settings.clamav.as_deref().map(Clamd::at));
        blobs.discard_unfinished().map_err(|error| other(&error))?;
        let (procedures, dossiers) =
            finding::open(&folder, &world, &keys.root).map_err(|error| other(&error))?;
        let mut notices: Vec<_> = set_aside.iter().map(|aside| relaxed::set_aside(aside)).collect();
        notices.extend(finding::mended(&dossiers, &procedures).map(finding::made_anew));
        let office = Self {
            sign_on: sign_on::SignOn::of(&keys.root, env.now()),
            env,
            ledger,
            relaxed: Arc::new(relaxed),
            durable,
            blobs: Arc::new(blobs),
            store_id,
            max_upload: settings.max_upload,
            public_url: settings.public_url.clone(),
            is_demo: instance.demo,
            proof_key: keys.root.derive("motcua 2026 proofs of a contact"),
            draft_key: keys.root.derive("motcua 2026 drafts"),
            person_key: keys.root.derive("motcua 2026 names of persons"),
            form_key: keys.root.derive("motcua 2026 form tokens"),
            notice_key: keys.root.derive("motcua 2026 secrets of gateways"),
            second_keys: second_factor::SecondKeys::of(&keys.root),
            paper_keys: RwLock::new(Arc::new(paper_keys)),
            urgent: notices::Urgent::default(),
            notices,
            world: RwLock::new(Arc::new(world)),
            procedures: RwLock::new(Arc::new(procedures)),
            dossiers,
            sign_in: signing_in::SignIn::default(),
            standing: standing::Standing::default(),
            tries: tracking::Tries::default(),
            looks: looks::Waiting::default(),
            keyring_work: Mutex::default(),
            turns: replies::Turns::default(),
            privacy: privacy::Privacy::load(&folder.path("rules"))?,
            folder,
        };
        office.finish_interrupted()?;
        Ok(office)
    }

    /// Finishes what was interrupted: due dates that follow a calendar, a change of the keyring, disposals.
    fn finish_interrupted(&self) -> Result<(), Failure> {
        self.finish_following()?;
        self.resume_keyring()?;
        self.finish_disposals()
    }

    /// The present picture of catalogue, agencies and accounts.
    pub fn world(&self) -> Arc<World> {
        self.world.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The present instant.
    pub fn now(&self) -> Timestamp {
        self.env.now()
    }

    /// Clock and randomness.
    pub fn env(&self) -> &Env {
        &self.env
    }

    /// Whether this is the demo: passwords are public, codes are shown.
    pub fn is_demo(&self) -> bool {
        self.is_demo
    }

    /// Largest file that is taken, in bytes.
    pub fn max_upload(&self) -> u64 {
        self.max_upload
    }

    /// The address under which people reach this instance, without a slash at its end: of the
    /// settings file, else the one that an administrator has typed; none when nobody said it.
    pub fn public_address(&self) -> Option<String> {
        let typed = || self.world().notices.address.clone();
        let address = self.public_url.clone().unwrap_or_else(typed);
        let address = address.trim_end_matches('/');
        (!address.is_empty()).then(|| address.to_owned())
    }

    /// Letters are made from the present picture of the world.
    fn notify(&self) {
        let address = self.public_address().unwrap_or_default();
        self.ledger.notify_by(notices::notifier(self.world(), address, self.is_demo));
    }

    /// The data folder.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// What had to be done to open the folder, for whoever runs the machine.
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// The writer and its readers, for `ops`.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The durable engine, for `ops`.
    pub fn engine(&self) -> &Arc<RedbEngine> {
        &self.durable
    }

    /// Attachments, for `ops`.
    pub fn blobs(&self) -> &BlobStore {
        &self.blobs
    }

    /// The key from which tokens of forms are made.
    pub fn form_key(&self) -> &SealKey {
        &self.form_key
    }

    /// Reads the picture of the world again, and the catalogue's index if the catalogue or the
    /// dictionary changed.
    pub(crate) fn refresh_world(&self) -> Result<(), Failure> {
        self.refresh_world_with(&self.world().published)
    }

    /// The same; rows that are known are not read.
    fn refresh_world_with(&self, known: &publishing::Published) -> Result<(), Failure> {
        let packs = self.world().packs.clone();
        let world = settings::read_world(&self.ledger.reader()?, packs, known)?;
        let before = self.world();
        if world.catalogue_stamp != before.catalogue_stamp {
            self.index_catalogue(&world)?;
        } else if world.words != before.words {
            let index = self.procedure_index().with_words(&world.words)?;
            *self.procedures.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(index);
        }
        *self.world.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(world);
        self.notify();
        Ok(())
    }

    /// Sets the duration of a procedure for which the catalogue publishes none, and so opens it.
    ///
    /// # Errors
    /// There is no such procedure, or the amount is out of range.
    pub fn set_duration(&self, code: &ProcedureCode, duration: Duration) -> Result<(), Failure> {
        if self.world().procedure(code).is_none() {
            return Err(Refusal::new(RefusalKind::NotFound, words::PROCEDURE_UNKNOWN).into());
        }
        if !(1..=MAX_DURATION).contains(&duration.amount) {
            let text = words::DURATION_WRONG.text(&[("max", &MAX_DURATION.to_string())]);
            return Err(Refusal::field("amount", text).into());
        }
        let row = settings::DurationRow {
            procedure: code.to_string(),
            amount: duration.amount,
            unit: catalogue::wire::unit_id(duration.unit).to_owned(),
        };
        self.ledger.run_blocking(move |txn| settings::put(txn, &row))?;
        self.refresh_world()
    }

    /// The instant before which open dossiers of an agency are due soon at `now`, or overdue.
    pub fn due_soon_until(&self, agency: &AgencyCode, now: Timestamp) -> Timestamp {
        let world = self.world();
        let days = world.pack_for(agency, now).due_soon_working_days;
        deadline::due_soon_until(world.calendar(agency), now, days)
    }
}

/// Refuses to open without a rule pack that an agency uses.
fn check_packs(world: &World, folder: &Folder) -> Result<(), OpenError> {
    let Some((agency, pack)) = world.missing_pack() else { return Ok(()) };
    Err(OpenError::Other(format!(
        "{agency} uses the rule pack {pack}, which is not there; put its file back into {}",
        folder.path("rules").display()
    )))
}

/// The durable store with its id: the one that is there, or a new one with this id.
fn open_durable(
    folder: &Folder,
    is_durable: bool,
    new_store: Option<[u8; 16]>,
) -> Result<(Arc<RedbEngine>, [u8; 16]), OpenError> {
    // Without its store a folder is a loss to be told, never one to begin anew.
    let path = if new_store.is_some() { folder.store_path() } else { folder.require_store()? };
    let options = Options { durable: is_durable, ..Options::durable() };
    let engine = RedbEngine::open(&path, &tables::ALL, options);
    let engine = engine.map_err(|fault| OpenError::File { path, fault })?;
    if let Some(id) = new_store {
        schema::begin(&engine, id)?;
    }
    let id = folder.check_store(schema::identity(&engine)?)?;
    schema::upgrade(&engine)?;
    Ok((Arc::new(engine), id))
}

fn no_dossier() -> Refusal {
    Refusal::new(RefusalKind::NotFound, words::NO_DOSSIER)
}
