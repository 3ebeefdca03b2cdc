//! `motcua bench`: measures itself, with the reference dossier of every figure (8 events, 25 form
//! fields, 3 papers), and beside each figure what it is compared with, in the same run.

mod deadline;
mod disk;
mod figures;
mod inbox;
mod latency;
pub mod loopback;
mod observed;
mod paths;
mod printing;
mod raw;
mod search;
mod submit;
#[cfg(test)]
mod tests;

use std::path::Path;

pub use crate::search::evaluation::Outcome;
pub use deadline::run as deadline;
pub use disk::run as disk;
pub use figures::{Figure, Figures};
pub use inbox::run as inbox;
pub use paths::paths;
pub use printing::run as print;
pub use search::{fit, run as search};
pub use submit::{SubmitOptions, run as submit};

use super::demo_data::{self, BadDemoData};
use crate::office::{Failure, OpenError};

/// Why a measurement cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    /// The instance on which it is made.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The instance refused or failed.
    #[error(transparent)]
    Office(#[from] Failure),
    /// The shipped data.
    #[error(transparent)]
    Data(#[from] BadDemoData),
    /// The disk or the network.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The engine with which it is compared.
    #[error("raw redb: {0}")]
    Raw(String),
    /// What was measured did not do what it should.
    #[error("the measurement is worth nothing: {0}")]
    Wrong(String),
}

/// The shipped agencies, staff and catalogue in a new instance in `folder`, seen through `wrap`.
fn instance(
    folder: &Path,
    env: &crate::env::Env,
    wrap: crate::office::Wrap<'_>,
) -> Result<crate::office::Office, BenchError> {
    let office = crate::office::Office::create_wrapped(folder, env.clone(), wrap)?;
    super::demo::furnish(&office, &demo_data::load()?, None)?;
    Ok(office)
}
