//! `motcua check`: reads everything and tells what does not fit.

use clap::Args;

use super::Common;
use super::output::{Trouble, print};
use super::target::perform;
use crate::ops::check::is_checkpoint;
use crate::ops::operations::Operation;

/// Read everything and tell what does not fit.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// A place of a log with its hash, as an earlier check or a receipt tells it:
    /// AGENCY/SEQUENCE/HASH. May be given several times.
    #[arg(long, value_name = "CHECKPOINT", value_parser = checkpoint)]
    against: Vec<String>,
}

fn checkpoint(typed: &str) -> Result<String, String> {
    match is_checkpoint(typed) {
        true => Ok(typed.to_owned()),
        false => Err("write AGENCY/SEQUENCE/HASH, with at least 16 digits of the hash".to_owned()),
    }
}

impl Check {
    pub fn run(self, common: &Common) -> Result<(), Trouble> {
        let report = perform(common, Operation::Check { against: self.against }, &[])?.value;
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
                "{} dossiers, {} events, {} commits, {} files: {}",
                count("dossiers"),
                count("events"),
                count("commits"),
                count("files"),
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
