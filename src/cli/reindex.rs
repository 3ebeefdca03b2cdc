//! `motcua reindex`: builds the search indexes anew.

use clap::Args;

use super::Common;
use super::output::Trouble;
use super::target::perform;
use crate::ops::operations::Operation;

/// Build the search index anew.
#[derive(Debug, Args)]
pub(super) struct Reindex {}

impl Reindex {
    pub fn run(self, common: &Common) -> Result<(), Trouble> {
        let done = perform(common, Operation::Reindex, &[])?.value;
        common.output().value(&done);
        common.output().say(format_args!("{} dossiers can be found", done["dossiers"]));
        Ok(())
    }
}
