//! `motcua check`: reads everything and compares it.

use clap::Args;
use serde_json::{Value, json};

use super::Common;
use super::output::Trouble;
use super::target::perform;
use crate::ops::operations::Operation;

/// Read everything: store, chains, dossiers, attachments, lists and index.
#[derive(Debug, Args)]
pub(super) struct Check {}

impl Check {
    pub fn run(self, common: &Common) -> Result<(), Trouble> {
        let found = perform(common, Operation::Check, &[])?.value;
        let output = common.output();
        let is_ok = found["ok"] == true;
        output.value(&json!({ "ok": is_ok, "problems": found["problems"] }));
        for key in ["remarks", "problems"] {
            let lines = found[key].as_array().into_iter().flatten().filter_map(Value::as_str);
            for line in lines {
                output.say(line);
            }
        }
        output.say(format_args!("read {} dossiers, {} events", found["dossiers"], found["events"]));
        if is_ok {
            output.say("everything fits together");
            return Ok(());
        }
        let count = found["problems"].as_array().map_or(0, Vec::len) as u64;
        let count = count + found["untold"].as_u64().unwrap_or(0);
        let sentence = format!("{count} problems were found; restore the last good backup");
        Err(Trouble::Told(sentence))
    }
}
