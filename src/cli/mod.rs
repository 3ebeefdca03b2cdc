//! The command line: one file a command.

use std::process::ExitCode;

/// Runs the command line and returns the exit code of the contract: 0 done, 1 refused or failed,
/// 2 wrong usage.
pub fn main() -> ExitCode {
    ExitCode::SUCCESS
}
