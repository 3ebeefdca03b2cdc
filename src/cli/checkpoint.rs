//! `motcua checkpoint`: where the logs stand, signed, to be kept where the machine cannot reach.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::Common;
use super::output::{Trouble, write_whole};
use super::target::perform;
use crate::ops::operations::Operation;

/// Where the logs stand, signed: to be kept where the machine cannot reach.
#[derive(Debug, Subcommand)]
pub(super) enum Checkpoint {
    /// Make a checkpoint now; one of each finished day is made without asking
    Create(Of),
    /// List the checkpoints of an agency, the last one first
    List(Of),
    /// Write a checkpoint to a file: a text, or a sheet to sign when the name ends in .pdf
    Export(Export),
}

/// Whose log.
#[derive(Debug, Args)]
pub(super) struct Of {
    /// The agency's code.
    #[arg(long, value_name = "CODE")]
    agency: Option<String>,
}

/// A checkpoint as a file.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// The file to write.
    file: PathBuf,
    /// The agency's code.
    #[arg(long, value_name = "CODE")]
    agency: Option<String>,
    /// Which one; the last one when none is named.
    #[arg(long, value_name = "N")]
    number: Option<u64>,
}

impl Checkpoint {
    pub fn run(self, common: &Common) -> Result<(), Trouble> {
        match self {
            Self::Create(of) => {
                list(common, Operation::CreateCheckpoint { agency: of.agency })?;
                common.output().say(
                    "keep a copy outside this machine: motcua checkpoint export FILE, or print the \
                     sheet, sign it and file it away",
                );
                Ok(())
            }
            Self::List(of) => list(common, Operation::ListCheckpoints { agency: of.agency }),
            Self::Export(Export { file, agency, number }) => {
                let pdf = file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"));
                let operation = Operation::ExportCheckpoint { agency, number, pdf };
                let done = perform(common, operation, &[])?;
                write_whole(&file, &done.attached)?;
                let mut value = done.value;
                value["file"] = json!(file);
                let output = common.output();
                output.value(&value);
                output.say(format_args!("wrote {} to {}", line(&value), file.display()));
                Ok(())
            }
        }
    }
}

fn list(common: &Common, operation: Operation) -> Result<(), Trouble> {
    let output = common.output();
    let known = perform(common, operation, &[])?.value;
    output.value(&known);
    for checkpoint in known.as_array().into_iter().flatten() {
        output.say(line(checkpoint));
    }
    Ok(())
}

fn line(checkpoint: &Value) -> String {
    let text = |name: &str| checkpoint[name].as_str().unwrap_or_default();
    let (number, events) = (&checkpoint["number"], &checkpoint["seq"]);
    let digits = text("hash").get(..16).unwrap_or_default();
    format!("{} no. {number} of {}: {events} events, {digits}…", text("agency"), text("at"))
}
