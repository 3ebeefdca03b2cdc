//! `motcua calendar`: office hours and days off, out and in.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde_json::json;

use super::Common;
use super::output::{Trouble, write_whole};
use super::target::perform;
use crate::ops::operations::Operation;

/// Office hours and days off.
#[derive(Debug, Subcommand)]
pub(super) enum Calendar {
    /// Take a calendar in; due dates of open dossiers follow it
    Import(Import),
    /// Write a calendar to a file
    Export {
        /// The file to write.
        file: PathBuf,
        /// The agency's code; the calendar that agencies inherit when none is named.
        #[arg(long, value_name = "CODE")]
        agency: Option<String>,
    },
}

/// What to import, and for whom.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// The file to read.
    file: PathBuf,
    /// The agency's code; the calendar that agencies inherit when none is named.
    #[arg(long, value_name = "CODE")]
    agency: Option<String>,
    /// What the applicants read whose dates move.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Only tell how many due dates would move.
    #[arg(long)]
    dry_run: bool,
}

impl Calendar {
    pub fn run(self, common: &Common) -> Result<(), Trouble> {
        match self {
            Self::Import(import) => import.run(common),
            Self::Export { file, agency } => export(common, &file, agency),
        }
    }
}

impl Import {
    fn run(self, common: &Common) -> Result<(), Trouble> {
        let path = self.file.display();
        let bytes =
            fs::read(&self.file).map_err(|error| Trouble::new(format!("{path}: {error}")))?;
        let (agency, reason, dry_run) = (self.agency, self.reason, self.dry_run);
        let operation = Operation::ImportCalendar { agency, reason, dry_run };
        let told = perform(common, operation, &bytes)?.value;
        let output = common.output();
        output.value(&told);
        let moved = &told["moved"];
        if dry_run {
            output.say(format_args!("{moved} due dates would move; nothing was written"));
        } else {
            output.say(format_args!("the calendar is in force; {moved} due dates moved with it"));
        }
        Ok(())
    }
}

fn export(common: &Common, path: &Path, agency: Option<String>) -> Result<(), Trouble> {
    let done = perform(common, Operation::ExportCalendar { agency }, &[])?;
    write_whole(path, &done.attached)?;
    let mut value = done.value;
    value["file"] = json!(path);
    common.output().value(&value);
    common.output().say(format_args!("wrote the calendar to {}", path.display()));
    Ok(())
}
