//! `motcua seed`: plausible dossiers, for training and for measurements.

use clap::Args;

use super::Common;
use super::output::Trouble;
use super::target::perform;
use crate::ops::operations::Operation;

/// Make plausible dossiers.
#[derive(Debug, Args)]
pub(super) struct Seed {
    /// How many.
    #[arg(long, value_name = "N")]
    dossiers: u64,
    /// Another seed tells other stories.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
}

impl Seed {
    pub fn run(self, common: &Common) -> Result<(), Trouble> {
        let operation = Operation::Seed { dossiers: self.dossiers, seed: self.seed };
        let done = perform(common, operation, &[])?.value;
        common.output().value(&done);
        let (dossiers, events) = (&done["dossiers"], &done["events"]);
        common.output().say(format_args!("{dossiers} dossiers with {events} events"));
        Ok(())
    }
}
