//! `motcua key`: the instance key, and the key of the keyring under it.

use clap::Subcommand;

use super::Common;
use super::output::Trouble;
use super::target::perform;
use crate::ops::operations::Operation;

/// The keys that seal everything else.
#[derive(Debug, Subcommand)]
pub(super) enum Key {
    /// Show the keys by marks that tell them apart and open nothing
    Show,
    /// Change the instance key and the key of the keyring; the old ones are destroyed
    Rotate,
}

impl Key {
    pub fn run(self, common: &Common) -> Result<(), Trouble> {
        let output = common.output();
        let (operation, is_change) = match self {
            Self::Show => (Operation::ShowKeys, false),
            Self::Rotate => (Operation::RotateKeys, true),
        };
        let keys = perform(common, operation, &[])?.value;
        output.value(&keys);
        let text = |name: &str| keys[name].as_str().unwrap_or_default().to_owned();
        output.say(format_args!("instance key  {}  {}", text("instance"), text("instance_key")));
        output.say(format_args!("keyring       {}", text("keyring")));
        if is_change {
            output.say(
                "copy the instance key and the folder keys/ to where their copies are kept now, in place \
                 of the old ones, and destroy those",
            );
        }
        Ok(())
    }
}
