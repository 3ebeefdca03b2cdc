//! `motcua check`: reads everything and tells what does not fit.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Common;
use super::output::{Trouble, print};
use super::target::perform;
use crate::documents::seal::{SignedCheckpoint, checkpoints_in};
use crate::ops::check::is_checkpoint;
use crate::ops::operations::Operation;

/// Largest file that is read for a checkpoint, in bytes.
const MAX_FILE: u64 = 16 << 20;

/// Read everything and tell what does not fit.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// What somebody kept of a log: the file of a checkpoint (text or PDF), or a place with its hash
    /// as an earlier check or a receipt tells it, AGENCY/SEQUENCE/HASH. May be given several times.
    #[arg(long, value_name = "CHECKPOINT", value_parser = kept)]
    against: Vec<Kept>,
}

/// What was kept of a log.
#[derive(Clone, Debug)]
enum Kept {
    /// A place with its hash.
    Place(String),
    /// A file.
    File(PathBuf),
}

fn kept(typed: &str) -> Result<Kept, String> {
    let path = Path::new(typed);
    match is_checkpoint(typed) {
        true => Ok(Kept::Place(typed.to_owned())),
        false if path.is_file() => Ok(Kept::File(path.to_owned())),
        false => {
            Err("name the file of a checkpoint, or write AGENCY/SEQUENCE/HASH, with at least 16 \
                      digits of the hash"
                .to_owned())
        }
    }
}

impl Kept {
    /// The texts to compare with.
    fn texts(&self) -> Result<Vec<String>, Trouble> {
        let path = match self {
            Self::Place(place) => return Ok(vec![place.clone()]),
            Self::File(path) => path,
        };
        let failed = |error: std::io::Error| Trouble::new(format!("{}: {error}", path.display()));
        if fs::metadata(path).map_err(failed)?.len() > MAX_FILE {
            let (path, most) = (path.display(), MAX_FILE >> 20);
            return Err(Trouble::new(format!(
                "{path} is larger than {most} MB; that is no checkpoint"
            )));
        }
        let found = checkpoints_in(&fs::read(path).map_err(failed)?);
        if found.is_empty() {
            return Err(Trouble::new(format!(
                "{} holds no whole checkpoint; take the file that `motcua checkpoint export` wrote, or a \
                 text with all letters of the sheet's code",
                path.display()
            )));
        }
        Ok(found.iter().map(SignedCheckpoint::text).collect())
    }
}

impl Check {
    pub fn run(self, common: &Common) -> Result<(), Trouble> {
        let mut against = Vec::new();
        for kept in &self.against {
            against.extend(kept.texts()?);
        }
        let report = perform(common, Operation::Check { against }, &[])?.value;
        common.output().value(&report);
        if !common.json {
            let lines = |key: &str| report[key].as_array().into_iter().flatten();
            for problem in lines("problems") {
                print(problem.as_str().unwrap_or_default());
            }
            for remark in lines("remarks") {
                print(format_args!("(remark) {}", remark.as_str().unwrap_or_default()));
            }
            let count = |key: &str| report[key].as_u64().unwrap_or(0);
            print(format_args!(
                "{} dossiers, {} events, {} commits, {} files, {} looks: {}",
                count("dossiers"),
                count("events"),
                count("commits"),
                count("files"),
                count("looks"),
                match lines("problems").count() as u64 + count("untold") {
                    0 => "everything fits".to_owned(),
                    problems => format!("{problems} problems"),
                }
            ));
            for checkpoint in lines("checkpoints") {
                print(checkpoint.as_str().unwrap_or_default());
            }
        }
        if report["ok"] == true { Ok(()) } else { Err(Trouble::Told) }
    }
}
