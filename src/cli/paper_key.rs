//! `motcua paper-key`: the key that signs papers, and those that did before.

use clap::Subcommand;
use serde_json::Value;

use super::Common;
use super::output::Trouble;
use super::target::perform;
use crate::ops::operations::Operation;

/// The key that signs papers.
#[derive(Debug, Subcommand)]
pub(super) enum PaperKey {
    /// List the keys by their short names, the one that signs first
    List,
    /// Sign with a new key from now on; what older ones signed stays genuine
    Change,
}

impl PaperKey {
    pub fn run(self, common: &Common) -> Result<(), Trouble> {
        let output = common.output();
        let (operation, is_change) = match self {
            Self::List => (Operation::ListPaperKeys, false),
            Self::Change => (Operation::ChangePaperKey, true),
        };
        let keys = perform(common, operation, &[])?.value;
        output.value(&keys);
        for key in keys.as_array().into_iter().flatten() {
            let text = |name: &str| key[name].as_str().unwrap_or_default().to_owned();
            let does = if key["signs"] == Value::Bool(true) { "signs" } else { "checks" };
            output.say(format_args!("{}  {does:<6}  since {}", text("key"), text("since")));
        }
        if is_change {
            output.say(
                "give the new public keys to whoever checks papers elsewhere: \
                 motcua verify --export-key FILE",
            );
        }
        Ok(())
    }
}
