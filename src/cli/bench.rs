//! `motcua bench`: measures this program on this machine.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, Subcommand};

use super::bench_checks;
use super::bench_pages::{self, TrackOptions};
use super::output::{Trouble, eprintln, print};
use super::target::open;
use super::{Common, system};
use crate::ops::bench::{self, Figures, Outcome, SubmitOptions};

/// Measure this program on this machine.
#[derive(Debug, Subcommand)]
pub(super) enum Bench {
    /// Durable submissions, beside the same puts on raw redb, in a folder of its own
    Submit(Submit),
    /// Where the bytes of the data folder lie, for each dossier
    Disk,
    /// Pages of the inbox of the data folder
    Inbox,
    /// Whether everyday queries find the right procedure
    Search(Search),
    /// Public pages of the data folder, beside a bare handler
    Track(Track),
    /// What the checks of a signed-in request cost beside its page
    Checks(Checks),
    /// Due dates with their explanation
    Deadline,
    /// Papers as PDF, one at a time and a thousand in one file, in a folder of its own
    Print(Print),
}

/// Submissions.
#[derive(Debug, Args)]
pub(super) struct Submit {
    /// Clients at the same time.
    #[arg(long, value_name = "N", default_value_t = 64)]
    clients: usize,
    /// Dossiers in all.
    #[arg(long, value_name = "N", default_value_t = 50_000)]
    dossiers: u64,
    /// Where the disk to be measured is; the folder for temporary files when none is named.
    #[arg(long, value_name = "DIR")]
    on: Option<PathBuf>,
}

/// Papers.
#[derive(Debug, Args)]
pub(super) struct Print {
    /// Receipts in one file, at most 2,000.
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    papers: usize,
}

/// Search.
#[derive(Debug, Args)]
pub(super) struct Search {
    /// Queries, one a line: the query, a tab, codes separated by commas.
    #[arg(long, value_name = "TSV")]
    queries: PathBuf,
    /// The catalogue as JSON lines, or as an XLSX list of the national database.
    #[arg(long, value_name = "FILE")]
    catalogue: PathBuf,
    /// Also print the queries whose answer is not among the first five.
    #[arg(long)]
    misses: bool,
    /// Try other weights over the queries, and print the better ones as assets/search/weights.tsv has them.
    #[arg(long)]
    fit: bool,
}

/// Checks.
#[derive(Debug, Args)]
pub(super) struct Checks {
    /// Requests for each page.
    #[arg(long, value_name = "N", default_value_t = 5_000)]
    requests: usize,
}

/// Pages.
#[derive(Debug, Args)]
pub(super) struct Track {
    /// Clients at the same time.
    #[arg(long, value_name = "N", default_value_t = 16)]
    clients: usize,
    /// Seconds for each of three rounds.
    #[arg(long, value_name = "S", default_value_t = 3)]
    seconds: u64,
}

impl Bench {
    pub fn run(self, common: &Common) -> Result<(), Trouble> {
        let figures = match self {
            Self::Submit(submit) => submit.run(),
            Self::Disk => bench::disk(&open(common)?).map_err(Trouble::new),
            Self::Inbox => bench::inbox(&open(common)?).map_err(Trouble::new),
            Self::Search(search) => search.run(),
            Self::Deadline => bench::deadline().map_err(Trouble::new),
            Self::Print(print) => in_a_folder(None, |folder| {
                bench::print(folder, &system::env(), print.papers).map_err(Trouble::new)
            }),
            Self::Checks(checks) => {
                let office = Arc::new(open(common)?);
                bench_checks::run(&office, checks.requests).map_err(Trouble::new)
            }
            Self::Track(track) => {
                let time = Duration::from_secs(track.seconds);
                let workers = common.config()?.workers;
                let options = TrackOptions { clients: track.clients, time, workers };
                bench_pages::run(&Arc::new(open(common)?), options).map_err(Trouble::new)
            }
        }?;
        tell(common, &figures)
    }
}

impl Submit {
    fn run(self) -> Result<Figures, Trouble> {
        let options = SubmitOptions { clients: self.clients, dossiers: self.dossiers };
        in_a_folder(self.on, |folder| {
            bench::submit(folder, &system::env(), options).map_err(Trouble::new)
        })
    }
}

/// Measures in a folder that goes afterwards.
fn in_a_folder(
    on: Option<PathBuf>,
    measure: impl FnOnce(&Path) -> Result<Figures, Trouble>,
) -> Result<Figures, Trouble> {
    let root = on.unwrap_or_else(std::env::temp_dir);
    let random: [u8; 8] = system::env().bytes();
    let name: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
    let folder = root.join(format!("motcua-bench-{name}"));
    std::fs::create_dir_all(&folder)
        .map_err(|error| Trouble::new(format!("{}: {error}", folder.display())))?;
    let figures = measure(&folder);
    // What cannot be removed is left to whoever owns the folder.
    let _ = std::fs::remove_dir_all(&folder);
    figures
}

impl Search {
    fn run(self) -> Result<Figures, Trouble> {
        let read = |path: &Path| {
            std::fs::read(path)
                .map_err(|error| Trouble::new(format!("{}: {error}", path.display())))
        };
        let queries = String::from_utf8(read(&self.queries)?).map_err(Trouble::new)?;
        let name = self.catalogue.file_name().unwrap_or_default().to_string_lossy();
        let catalogue = read(&self.catalogue)?;
        let catalogue = (&*name, &*catalogue);
        if self.fit {
            let (figures, weights) = bench::fit(&queries, catalogue).map_err(Trouble::new)?;
            eprintln(format_args!("{weights}"));
            return Ok(figures);
        }
        let (figures, missed) = bench::search(&queries, catalogue).map_err(Trouble::new)?;
        for Outcome { query, rank, first } in missed.iter().filter(|_| self.misses) {
            let rank = rank.map_or("-".to_owned(), |rank| rank.to_string());
            eprintln(format_args!("{rank}\t{query}\t{}", first.as_deref().unwrap_or("-")));
        }
        Ok(figures)
    }
}

fn tell(common: &Common, figures: &Figures) -> Result<(), Trouble> {
    common.output().value(&serde_json::to_value(figures).map_err(Trouble::new)?);
    if !common.json {
        print(figures.to_string().trim_end());
    }
    Ok(())
}
