//! `motcua seed`: realistic dossiers, for training and for measurements.

use clap::Args;

use super::Common;
use super::output::Trouble;
use super::target::perform;
use crate::ops::operations::Operation;

/// Make realistic dossiers, for training and for measurements.
#[derive(Debug, Args)]
pub(super) struct Seed {
    /// How many.
    #[arg(long, value_name = "N")]
    dossiers: u64,
    /// The same number tells the same stories.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
}

impl Seed {
    pub fn run(self, common: &Common) -> Result<(), Trouble> {
        let operation = Operation::Seed { dossiers: self.dossiers, seed: self.seed };
        let made = perform(common, operation, &[])?.value;
        common.output().value(&made);
        let (dossiers, events) = (&made["dossiers"], &made["events"]);
        common.output().say(format_args!("made {dossiers} dossiers with {events} events"));
        Ok(())
    }
}
