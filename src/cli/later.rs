//! Commands of the contract that this version does not have yet: they say so.

use clap::Args;

use super::output::Trouble;

/// A command that is not there yet, with whatever follows it.
#[derive(Debug, Args)]
#[command(disable_help_flag = true)]
pub(super) struct Later {
    #[arg(hide = true, trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

impl Later {
    /// Says so.
    pub fn run(self, name: &str) -> Result<(), Trouble> {
        let typed = self.rest.first().map(|first| format!(" {first}")).unwrap_or_default();
        Err(Trouble::new(format!("`motcua {name}{typed}` is not in this version")))
    }
}
