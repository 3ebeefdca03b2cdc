//! Doing an operation where the folder is: in the process that serves it, or here when it is at
//! rest.

use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::output::{Trouble, eprintln};
use super::{Common, system};
use crate::office::folder::FolderFault;
use crate::office::{Office, OpenError, Settings};
use crate::ops::control::Client;
use crate::ops::operations::{self, Done, Operation};

/// How often a folder in use is tried again, and how long between.
const TRIES: u32 = 50;
const BETWEEN: Duration = Duration::from_millis(100);

/// Does an operation.
pub(super) fn perform(
    common: &Common,
    operation: Operation,
    attached: &[u8],
) -> Result<Done, Trouble> {
    let bar = Bar::new(common.json);
    let mut progress = |what: &str, done: u64, of: u64| bar.show(what, done, of);
    match reach(common)? {
        Place::Served(server) => {
            server.call(operation, attached, &mut progress).map_err(Trouble::Sentence)
        }
        Place::AtRest(office) => {
            operations::run(&office, operation, attached, &mut progress).map_err(Trouble::new)
        }
    }
}

/// Where the work is done.
enum Place {
    /// By the process that serves the folder.
    Served(Client),
    /// Here.
    AtRest(Box<Office>),
}

/// Finds who has the folder. A server that is still starting holds it and does not listen yet, as
/// does a command that is nearly done: both are waited for.
#[expect(clippy::disallowed_methods, reason = "another process gives no event to wait for")]
fn reach(common: &Common) -> Result<Place, Trouble> {
    let settings = system::settings(common)?;
    let mut tries = 0;
    loop {
        if let Some(server) = Client::connect(common.data()) {
            return Ok(Place::Served(server));
        }
        match at_rest(common, &settings) {
            Ok(office) => return Ok(Place::AtRest(Box::new(office))),
            Err(OpenError::Folder(FolderFault::InUse(_))) if tries < TRIES => {
                tries += 1;
                thread::sleep(BETWEEN);
            }
            Err(error) => return Err(Trouble::new(error)),
        }
    }
}

/// Tells what had to be done to open the folder.
pub(super) fn warn(office: &Office) {
    for notice in office.notices() {
        eprintln(format_args!("motcua: note: {notice}"));
    }
}

/// Opens the folder, which is at rest.
pub(super) fn open(common: &Common) -> Result<Office, Trouble> {
    let settings = system::settings(common)?;
    at_rest(common, &settings).map_err(Trouble::new)
}

fn at_rest(common: &Common, settings: &Settings) -> Result<Office, OpenError> {
    let office = Office::open_with(common.data(), system::env(), settings)?;
    warn(&office);
    Ok(office)
}

/// Progress on a terminal; nothing anywhere else.
struct Bar(ProgressBar);

impl Bar {
    fn new(is_quiet: bool) -> Self {
        let target =
            if is_quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(Some(0), target);
        if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {human_pos}/{human_len}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Self(bar)
    }

    fn show(&self, what: &str, done: u64, of: u64) {
        self.0.set_message(what.to_owned());
        self.0.set_length(of);
        self.0.set_position(done);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
