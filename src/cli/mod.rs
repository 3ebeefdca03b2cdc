//! The command line: one file a command.

mod bench;
mod bench_checks;
mod bench_pages;
mod calendar;
mod catalogue;
mod check;
mod checkpoint;
mod deadline;
mod demo;
mod init;
mod key;
mod later;
mod output;
mod paper_key;
mod password;
mod reindex;
mod seed;
mod serve;
mod system;
mod target;
mod token;
mod user;
mod verify;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::config::Config;
use output::{Output, Trouble};

/// A public-service portal and electronic one-stop desk in one executable.
#[derive(Debug, Parser)]
#[command(name = "motcua", version, about)]
struct Arguments {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Clone, Debug, Args)]
struct Common {
    /// The data folder; `data` when none is named.
    #[arg(long, global = true, value_name = "DIR", env = "MOTCUA_DATA")]
    data: Option<PathBuf>,
    /// A settings file in TOML.
    #[arg(long, global = true, value_name = "FILE", env = "MOTCUA_CONFIG")]
    config: Option<PathBuf>,
    /// Answer in JSON.
    #[arg(long, global = true)]
    json: bool,
}

impl Common {
    fn data(&self) -> &Path {
        self.data.as_deref().unwrap_or(Path::new("data"))
    }

    fn output(&self) -> Output {
        Output { json: self.json }
    }

    fn config(&self) -> Result<Config, Trouble> {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        Config::read(self.config.as_deref(), variable).map_err(Trouble::new)
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve an instance with invented data, to try things out
    Demo(demo::Demo),
    /// Serve the data folder
    Serve(serve::Serve),
    /// Make an empty data folder
    Init(init::Init),
    /// Import and export procedures
    #[command(subcommand)]
    Catalogue(catalogue::Catalogue),
    /// Desk accounts
    #[command(subcommand)]
    User(user::User),
    /// Tokens for the API
    #[command(subcommand)]
    Token(token::Token),
    /// Read everything and tell what does not fit
    Check(check::Check),
    /// Where the logs stand, signed: to be kept where the machine cannot reach
    #[command(subcommand)]
    Checkpoint(checkpoint::Checkpoint),
    /// Build the search index anew
    Reindex(reindex::Reindex),
    /// Make plausible dossiers, for training and for measurements
    Seed(seed::Seed),
    /// Measure this program on this machine
    #[command(subcommand)]
    Bench(bench::Bench),
    /// Office hours and days off
    #[command(subcommand)]
    Calendar(calendar::Calendar),
    /// Explain due dates: JSON lines in, JSON lines out
    Deadline(deadline::Deadline),
    /// Check that a paper is genuine and unaltered
    Verify(verify::Verify),
    /// The keys that seal everything else
    #[command(subcommand)]
    Key(key::Key),
    /// The key that signs papers
    #[command(subcommand)]
    PaperKey(paper_key::PaperKey),
    /// (not in this version) Backups
    Backup(later::Later),
    /// (not in this version) Sealed exchange between offices
    Bundle(later::Later),
}

/// Tells how a command is used: on request, or since it was not used so.
fn misused(error: &clap::Error) -> ExitCode {
    // When even this cannot be printed, the exit code still tells.
    let _ = error.print();
    if !error.use_stderr() {
        return ExitCode::SUCCESS;
    }
    // What was typed cannot be parsed, so whether JSON is wanted is looked up in it.
    if std::env::args_os().take_while(|argument| argument != "--").any(|a| a == "--json") {
        let told = error.to_string();
        let sentence = told.split("\n\nUsage:").next().unwrap_or_default();
        let sentence = sentence.trim_start_matches("error: ").split_whitespace();
        output::print(serde_json::json!({ "error": sentence.collect::<Vec<_>>().join(" ") }));
    }
    ExitCode::from(2)
}

/// Runs the command line and returns the exit code of the contract: 0 done, 1 refused or failed,
/// 2 wrong usage.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return misused(&error),
    };
    let common = arguments.common;
    let outcome = match arguments.command {
        Command::Demo(demo) => demo.run(&common),
        Command::Serve(serve) => serve.run(&common),
        Command::Init(init) => init.run(&common),
        Command::Catalogue(catalogue) => catalogue.run(&common),
        Command::User(user) => user.run(&common),
        Command::Token(token) => token.run(&common),
        Command::Check(check) => check.run(&common),
        Command::Checkpoint(checkpoint) => checkpoint.run(&common),
        Command::Reindex(reindex) => reindex.run(&common),
        Command::Seed(seed) => seed.run(&common),
        Command::Bench(bench) => bench.run(&common),
        Command::Calendar(calendar) => calendar.run(&common),
        Command::Deadline(deadline) => deadline.run(&common),
        Command::Verify(verify) => verify.run(&common),
        Command::Key(key) => key.run(&common),
        Command::PaperKey(key) => key.run(&common),
        Command::Backup(later) => later.run("backup"),
        Command::Bundle(later) => later.run("bundle"),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            common.output().trouble(&trouble);
            ExitCode::FAILURE
        }
    }
}
