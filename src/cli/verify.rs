//! `motcua verify`: is this paper genuine and unaltered?

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use super::Common;
use super::output::{Trouble, print, write_whole};
use super::target::perform;
use crate::documents::seal::read_keys;
use crate::ops::operations::Operation;
use crate::ops::papers;

/// Largest paper that is read, in bytes.
const MAX_PAPER: u64 = 256 << 20;

/// Check that a paper is genuine and unaltered.
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The paper's PDF, or a text file with what its QR code holds.
    #[arg(required_unless_present = "export_key")]
    file: Option<PathBuf>,
    /// Public keys in PEM; those of the data folder when none is named.
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Write the public key to a file, for machines without the data folder.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["file", "key"])]
    export_key: Option<PathBuf>,
}

impl Verify {
    pub fn run(self, common: &Common) -> Result<(), Trouble> {
        if let Some(path) = &self.export_key {
            return export(common, path);
        }
        let Some(path) = &self.file else { return Ok(()) };
        let bytes = read(path)?;
        let told = match &self.key {
            None => perform(common, Operation::CheckPaper, &bytes)?.value,
            Some(key) => {
                let keys = read_keys(&String::from_utf8_lossy(&read(key)?));
                if keys.is_empty() {
                    let path = key.display();
                    return Err(Trouble::new(format!(
                        "{path} holds no Ed25519 public key in PEM; get the one that \
                         `motcua verify --export-key` writes, or /.well-known/motcua-keys.pem of \
                         the office's site"
                    )));
                }
                papers::check_with(&bytes, &keys)
            }
        };
        common.output().value(&told);
        if !common.json {
            tell(&told);
        }
        if told["genuine"] == true { Ok(()) } else { Err(Trouble::Told) }
    }
}

fn export(common: &Common, path: &Path) -> Result<(), Trouble> {
    let done = perform(common, Operation::ExportPaperKeys, &[])?;
    write_whole(path, &done.attached)?;
    let mut value = done.value;
    value["file"] = json!(path);
    common.output().value(&value);
    common.output().say(format_args!("wrote the public key to {}", path.display()));
    Ok(())
}

fn read(path: &Path) -> Result<Vec<u8>, Trouble> {
    let failed = |error: std::io::Error| Trouble::new(format!("{}: {error}", path.display()));
    if fs::metadata(path).map_err(failed)?.len() > MAX_PAPER {
        let (path, most) = (path.display(), MAX_PAPER >> 20);
        return Err(Trouble::new(format!("{path} is larger than {most} MB; that is no paper")));
    }
    fs::read(path).map_err(failed)
}

fn tell(told: &Value) {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    print(match text(&told["verdict"]).as_str() {
        "genuine" if told["whole_file"] == true => "GENUINE and unaltered",
        "genuine" => "GENUINE code; compare what it says with the paper",
        "altered" => "ALTERED: do not rely on this paper",
        "not_in_log" => "NOT IN THE LOG: do not rely on this paper",
        "unknown_key" => "UNKNOWN KEY: nothing can be said",
        _ => "NO CODE FOUND: not a paper of this office, or the code is not on this page",
    });
    for reason in told["reasons"].as_array().into_iter().flatten() {
        print(text(reason));
    }
    let shows = matches!(told["verdict"].as_str(), Some("genuine" | "unknown_key"));
    for paper in told["papers"].as_array().into_iter().flatten().filter(|_| shows) {
        let due = paper["due_at"].as_str().map(|due| format!(", due {due}")).unwrap_or_default();
        print(format_args!(
            "{} of {} {}, {}{due}; {} listed; log {}/{}",
            text(&paper["paper"]),
            text(&paper["agency"]),
            text(&paper["dossier"]),
            text(&paper["at"]),
            paper["items"],
            paper["sequence"],
            text(&paper["chain"]),
        ));
    }
}
