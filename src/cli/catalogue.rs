//! `motcua catalogue`: procedures in and out.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde_json::{Map, Value, json};

use super::Common;
use super::output::{Output, Trouble, write_whole};
use super::target::perform;
use crate::ops::operations::Operation;

/// Procedures in and out.
#[derive(Debug, Subcommand)]
pub(super) enum Catalogue {
    /// Import XLSX lists of the national database, or JSON lines
    Import(Import),
    /// Write the catalogue to a file, .xlsx or .jsonl
    Export {
        /// The file to write.
        file: PathBuf,
    },
}

/// What to import, and how.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// The files to read.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Only tell what would change.
    #[arg(long)]
    dry_run: bool,
    /// A row that cannot be used keeps everything from being written.
    #[arg(long)]
    strict: bool,
}

impl Catalogue {
    pub fn run(self, common: &Common) -> Result<(), Trouble> {
        match self {
            Self::Import(import) => import.run(common),
            Self::Export { file } => export(common, &file),
        }
    }
}

impl Import {
    fn run(self, common: &Common) -> Result<(), Trouble> {
        let (mut files, mut attached) = (Vec::new(), Vec::new());
        for path in &self.files {
            let bytes = fs::read(path)
                .map_err(|error| Trouble::new(format!("{}: {error}", path.display())))?;
            files.push((file_name(path), bytes.len() as u64));
            attached.extend_from_slice(&bytes);
        }
        let (dry_run, strict) = (self.dry_run, self.strict);
        let operation = Operation::ImportCatalogue { files, dry_run, strict };
        let told = perform(common, operation, &attached)?.value;
        let output = common.output();
        let rejected = rows(&told, "rejected");
        if strict && !rejected.is_empty() {
            for row in &rejected {
                output.say(row);
            }
            let count = rejected.len();
            let sentence = format!(
                "{count} rows cannot be used, and nothing was written; \
                 repair them, or import without --strict"
            );
            let which = ("rejected".to_owned(), told["rejected"].clone());
            return Err(Trouble::Detailed(sentence, Map::from_iter([which])));
        }
        let answer = |key: &str| told.get(key).cloned().unwrap_or_default();
        output.value(&json!({
            "new": answer("new"),
            "changed": answer("changed"),
            "unchanged": answer("unchanged"),
            "rejected": answer("rejected"),
            "notes": answer("remarks"),
            "differences": answer("differences"),
        }));
        report(output, &told, &rejected, dry_run);
        Ok(())
    }
}

fn report(output: Output, told: &Value, rejected: &[String], is_dry_run: bool) {
    for key in ["new", "changed", "unchanged"] {
        output.say(format_args!("{key}: {}", told[key]));
    }
    output.say(format_args!("rejected: {}", rejected.len()));
    for row in rejected {
        output.say(row);
    }
    for remark in rows(told, "remarks") {
        output.say(format_args!("note:{remark}"));
    }
    if is_dry_run {
        for change in told["differences"].as_array().into_iter().flatten() {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            output.say(format_args!("{} {}", text(&change["code"]), text(&change["name"])));
            for said in change["said"].as_array().into_iter().flatten() {
                output.say(format_args!("  {}", text(said)));
            }
        }
        output.say("nothing was written (--dry-run)");
    }
}

/// The rows of a list in the answer, a line each.
fn rows(told: &Value, key: &str) -> Vec<String> {
    let rows = told.get(key).and_then(Value::as_array);
    let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let line = |row: &Value| {
        format!("  {} row {}: {}", text(row, "file"), row["row"], text(row, "reason"))
    };
    rows.into_iter().flatten().map(line).collect()
}

fn export(common: &Common, path: &Path) -> Result<(), Trouble> {
    let name = file_name(path);
    let done = perform(common, Operation::ExportCatalogue { file: name }, &[])?;
    write_whole(path, &done.attached)?;
    let count = &done.value["procedures"];
    common.output().value(&json!({ "file": path, "procedures": count }));
    common.output().say(format_args!("wrote {count} procedures to {}", path.display()));
    Ok(())
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
