//! `motcua key`: the instance key, and the key of the keyring under it.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::output::Trouble;
use super::target::perform;
use super::{Common, password, system};
use crate::office::folder::Passphrase;
use crate::office::keyring;
use crate::ops::operations::Operation;

/// The keys that seal everything else.
#[derive(Debug, Subcommand)]
pub(super) enum Key {
    /// Show the keys by marks that tell them apart and open nothing
    Show,
    /// Change the instance key and the key of the keyring; the old ones are destroyed
    Rotate,
    /// Put the instance key under a passphrase, which is asked for at each start; the folder is at rest
    Passphrase(SetPassphrase),
}

/// A passphrase.
#[derive(Debug, Args)]
pub(super) struct SetPassphrase {
    /// The file with the new passphrase; else MOTCUA_NEW_PASSPHRASE, or it is typed
    #[arg(long, value_name = "FILE", conflicts_with = "remove")]
    file: Option<PathBuf>,
    /// Keep the key without a passphrase again
    #[arg(long)]
    remove: bool,
}

/// Shortest passphrase: whoever has the file may try without end.
const SHORTEST: usize = 15;

impl SetPassphrase {
    fn run(self, common: &Common) -> Result<(), Trouble> {
        let settings = system::settings(common)?;
        let given = match self.remove {
            true => None,
            false => {
                let read = password::read(self.file.as_deref(), "MOTCUA_NEW_PASSPHRASE")?;
                let missing = || Trouble::new("name the file with the new passphrase: --file FILE");
                let text = read.ok_or_else(missing)?;
                if text.chars().count() < SHORTEST {
                    let text = format!("a passphrase has {SHORTEST} characters at least");
                    return Err(Trouble::new(text));
                }
                Some(Passphrase::new(text))
            }
        };
        let is_set = given.is_some();
        keyring::set_passphrase(common.data(), &system::env(), &settings, given)
            .map_err(Trouble::new)?;
        let output = common.output();
        output.value(&serde_json::json!({ "passphrase": is_set }));
        output.say(match is_set {
            true => {
                "the instance key is under the passphrase; copies of it that were made before are not: \
                 destroy them. Starts without a terminal read MOTCUA_PASSPHRASE_FILE"
            }
            false => "the instance key is without a passphrase",
        });
        Ok(())
    }
}

impl Key {
    pub fn run(self, common: &Common) -> Result<(), Trouble> {
        let output = common.output();
        let (operation, is_change) = match self {
            Self::Show => (Operation::ShowKeys, false),
            Self::Rotate => (Operation::RotateKeys, true),
            Self::Passphrase(passphrase) => return passphrase.run(common),
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
