//! `motcua demo`: an instance with invented data, served at once.

use std::path::{Path, PathBuf};

use clap::Args;

use super::output::{Trouble, print};
use super::serve::{serve, start_log};
use super::target::warn;
use super::{Common, system};
use crate::config::Config;
use crate::office::Office;
use crate::office::folder::Folder;
use crate::ops::demo;
use crate::ops::seed::{self, SeedOptions};

/// Serve an instance with invented data, to try things out.
#[derive(Debug, Args)]
pub(super) struct Demo {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// Makes so many dossiers more, when the folder is new.
    #[arg(long, value_name = "N", default_value_t = 0)]
    dossiers: u64,
    /// The folder goes when the demo ends: said by the demo that made it.
    #[arg(long, hide = true, requires = "data")]
    passing: bool,
}

impl Demo {
    /// Makes the folder with everything that was asked for.
    fn make(&self, root: &Path, config: &Config) -> Result<Office, Trouble> {
        let settings = config.office();
        let office = demo::create(root, system::env(), &settings).map_err(Trouble::new)?;
        if self.dossiers > 0 {
            let options = SeedOptions { dossiers: self.dossiers, seed: 1 };
            seed::run(&office, options, &mut |_, _, _| {}).map_err(Trouble::new)?;
        }
        Ok(office)
    }
}

/// A folder that goes when the demo ends.
struct Passing(PathBuf);

impl Drop for Passing {
    fn drop(&mut self) {
        // What cannot be removed is left to the system, which sweeps its folder for such things.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Demo {
    pub fn run(self, common: &Common) -> Result<(), Trouble> {
        let mut config = common.config()?;
        config.listen = self.listen.clone().unwrap_or(config.listen);
        start_log(&config)?;
        let root = common.data.clone().unwrap_or_else(new_folder);
        let is_passing = common.data.is_none();
        let _passing = is_passing.then(|| Passing(root.clone()));
        let office = if Folder::is_ours(&root) {
            open(&root, &config)?
        } else {
            let office = self.make(&root, &config)?;
            anew(office, &root, is_passing);
            open(&root, &config)?
        };
        if !office.is_demo() {
            let root = root.display();
            return Err(Trouble::new(format!(
                "the folder {root} holds real data; serve it with `motcua serve`, or name another"
            )));
        }
        // Only what was seen to be a demo ever goes, whatever the arguments say.
        let _passing_on = self.passing.then(|| Passing(root.clone()));
        let table = table(&office);
        serve(office, &config, &|| print(&table))
    }
}

fn open(root: &Path, config: &Config) -> Result<Office, Trouble> {
    let office = Office::open_with(root, system::env(), &config.office()).map_err(Trouble::new)?;
    warn(&office);
    Ok(office)
}

/// Begins this program anew on the folder that is made now, as a start on it tomorrow would: making
/// it takes memory, and maps parts of the executable, that a server at rest does not need. Where that
/// cannot be done this one goes on.
fn anew(office: Office, root: &Path, is_passing: bool) {
    drop(office);
    #[cfg(unix)]
    if let Ok(program) = std::env::current_exe() {
        use std::os::unix::process::CommandExt;
        let mut command = std::process::Command::new(program);
        command.args(std::env::args_os().skip(1));
        if is_passing {
            command.arg("--passing").arg("--data").arg(root);
        }
        let error = command.exec();
        tracing::debug!(%error, "the demo goes on without beginning anew");
    }
}

fn new_folder() -> PathBuf {
    let random: [u8; 8] = system::env().bytes();
    let name: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
    std::env::temp_dir().join(format!("motcua-demo-{name}"))
}

/// Accounts with what they may do, for the person who tries things out.
fn table(office: &Office) -> String {
    use crate::domain::dossier::Directory;
    let world = office.world();
    let mut out = format!("{:<12} {:<12} {:<14} agency\n", "account", "password", "roles");
    for staff in world.accounts() {
        let roles: Vec<&str> = staff.roles.iter().map(|role| role.id()).collect();
        let agency = world.agency(&staff.agency);
        let agency = agency.map_or(staff.agency.as_str(), |agency| agency.name.as_str());
        let (name, roles) = (staff.name.as_str(), roles.join(", "));
        out.push_str(&format!("{name:<12} {:<12} {roles:<14} {agency}\n", demo::PASSWORD));
    }
    out
}
