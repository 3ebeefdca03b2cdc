//! The demo instance: invented agencies, staff of every role, and dossiers in every status, made
//! through the same use cases as real ones.

mod cast;
mod certifications;
mod clock;
mod money;
mod player;
mod post;
mod queue;
mod sample_files;
mod stories;
#[cfg(test)]
mod tests;
mod timing;

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::domain::agency::Staff;
use crate::domain::catalogue::Level;
use crate::domain::dossier::Intake;
use crate::domain::ids::ProcedureCode;
use crate::domain::refusal::Refusal;
use crate::env::Env;
use crate::office::accounts::{GivenPassword, NewAccount};
use crate::office::folder::FolderFault;
use crate::office::forms::{Draft, Tests, shipped};
use crate::office::{Failure, Office, OpenError, Settings};

use super::demo_data::{self, BadDemoData, DemoData};
use clock::DemoClock;

/// The password of every account of the demo.
pub const PASSWORD: &str = "motcua-demo";

/// Who published the demo's processes.
const PUBLISHER: &str = "quantri";
/// The folder in which a demo is made.
const MAKING: &str = ".making";
/// A procedure that the demo files at the national portal: the temporary residence.
const NATIONAL: &str = "1.004194";
/// Working days before today on which the demo's past begins.
const PAST: u32 = 45;

/// Why the demo cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The folder.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The shipped data.
    #[error(transparent)]
    Data(#[from] BadDemoData),
    /// A story cannot be played: the rules have changed under it.
    #[error("the demo's dossier cannot be made: {0}")]
    Story(Failure),
    /// The store.
    #[error(transparent)]
    Store(#[from] Failure),
    /// The system.
    #[error("the demo cannot be made: {0}")]
    System(#[from] io::Error),
}

impl From<Refusal> for DemoError {
    fn from(refusal: Refusal) -> Self {
        Self::Story(refusal.into())
    }
}

/// Makes a demo in an empty folder and opens it. Not from within an async runtime.
///
/// It is made in a folder inside, without waiting for the disk, and put in its place when it is
/// whole: a demo that was interrupted is begun anew.
///
/// # Errors
/// The folder is not empty or cannot be written.
pub fn create(root: &Path, real: Env, settings: &Settings) -> Result<Office, DemoError> {
    let making = root.join(MAKING);
    if entries(root)?.iter().any(|entry| *entry != making) {
        return Err(OpenError::from(FolderFault::NotEmpty(root.to_owned())).into());
    }
    if making.exists() {
        fs::remove_dir_all(&making)?;
    }
    let hasty = Settings { is_durable: false, ..settings.clone() };
    make(&making, real.clone(), &hasty)?;
    let is_keys = |path: &PathBuf| path.ends_with("keys");
    let mut parts = entries(&making)?;
    // The keys make it an instance: they come last.
    parts.sort_by_key(is_keys);
    for part in parts {
        if let Some(name) = part.file_name() {
            fs::rename(&part, root.join(name))?;
        }
    }
    fs::remove_dir(&making)?;
    fs::File::open(root)?.sync_all()?;
    Ok(Office::open_with(root, real, settings)?)
}

/// What lies in a folder; nothing when it is not there.
fn entries(root: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_dir(root) {
        Ok(found) => found.map(|entry| Ok(entry?.path())).collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

fn make(root: &Path, real: Env, settings: &Settings) -> Result<(), DemoError> {
    let data = demo_data::load()?;
    let calendar = crate::domain::calendar::Calendar::office_hours();
    let today = timing::Today { now: real.now(), calendar: &calendar };
    let begin = today.instants((PAST, PAST), (0, 1), 0);
    let begin = begin.first().copied().unwrap_or(today.now);
    let (clock, env) = DemoClock::standing_at(begin, real);
    let office = Office::create_with(root, env, settings, true)?;
    furnish(&office, &data, Some(PASSWORD))?;
    money::furnish(&office)?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    runtime.block_on(player::play(&office, &data, &clock, &today))?;
    let cast = cast::Cast { data: &data };
    let certified = certifications::fill(&office, &cast, &clock, today.now);
    runtime.block_on(certified).map_err(DemoError::Story)?;
    let posted = post::fill(&office, &cast, &clock, today.now);
    runtime.block_on(posted).map_err(DemoError::Story)?;
    queue::fill(&office, &cast, &clock, today.now)?;
    clock.set(today.now);
    runtime.block_on(money::close_books(&office))?;
    choose_entrances(&office, &data)?;
    // Whoever tries it finds everything from the first moment.
    office.follow_log(&mut |_, _| {})?;
    office.rest_index()?;
    Ok(office.flush()?)
}

/// Puts the demo's agencies, staff and catalogue into an instance.
///
/// # Errors
/// A name is taken, or the store cannot be written.
pub fn furnish(office: &Office, data: &DemoData, password: Option<&str>) -> Result<(), Failure> {
    for agency in &data.agencies {
        office.put_agency(agency)?;
    }
    let accounts = data.staff.iter().cloned().map(account).collect();
    office.add_accounts(accounts, password.map(GivenPassword::kept))?;
    office.put_procedures(&data.procedures)?;
    for draft in &data.processes {
        // Whoever has one keeps it.
        if office.world().own_process(&draft.whose).is_none() {
            office.publish_process(draft, PUBLISHER)?;
        }
    }
    for procedure in shipped::procedures() {
        if let Some(declaration) = shipped::form(&procedure).transpose()?
            && office.world().form_versions(&procedure).is_empty()
        {
            let note = String::new();
            let draft = Draft {
                procedure,
                declaration,
                seen: None,
                note,
                working: None,
                tests: Tests::Hold,
            };
            office.publish_form(&draft, PUBLISHER)?;
        }
    }
    for (procedure, followers) in &data.linked {
        office.declare_links(procedure, followers)?;
    }
    Ok(())
}

/// Where the demo is filed online at the national portal: set once its past was played, in which
/// citizens filed everything here.
fn choose_entrances(office: &Office, data: &DemoData) -> Result<(), Failure> {
    for agency in data.agencies.iter().filter(|agency| agency.level == Level::Commune) {
        let procedure = ProcedureCode::from(NATIONAL);
        office.set_intake(&agency.code, Some(&procedure), Some(Intake::National))?;
    }
    Ok(())
}

fn account(staff: Staff) -> NewAccount {
    NewAccount {
        name: staff.name.as_str().to_owned(),
        full_name: staff.full_name,
        roles: staff.roles,
        agency: staff.agency,
        unit: staff.unit,
    }
}
