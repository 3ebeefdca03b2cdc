//! Where commands take passwords from: a file, the environment, or a prompt; never an argument,
//! which every user of the machine can read.

use std::io::IsTerminal;
use std::path::Path;

use super::output::Trouble;

/// The passphrase of a folder from a file, else typed; none when there is nobody to type.
pub(super) fn passphrase(file: Option<&Path>) -> Result<Option<String>, Trouble> {
    if let Some(path) = file {
        return from_file(path).map(Some);
    }
    if !std::io::stdin().is_terminal() {
        return Ok(None);
    }
    let no_prompt = |error| Trouble::new(format!("the passphrase cannot be read: {error}"));
    rpassword::prompt_password("Passphrase: ").map(Some).map_err(no_prompt)
}

fn from_file(path: &Path) -> Result<String, Trouble> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        Trouble::new(format!("the password file {} cannot be read: {error}", path.display()))
    })?;
    Ok(text.trim_end_matches(['\n', '\r']).to_owned())
}

/// The password from a file, else from a variable, else typed twice; none when there is nobody to
/// type.
pub(super) fn read(file: Option<&Path>, variable: &str) -> Result<Option<String>, Trouble> {
    if let Some(path) = file {
        return from_file(path).map(Some);
    }
    if let Ok(password) = std::env::var(variable) {
        return Ok(Some(password));
    }
    if !std::io::stdin().is_terminal() {
        return Ok(None);
    }
    let no_prompt = |error| Trouble::new(format!("the password cannot be read: {error}"));
    let password = rpassword::prompt_password("Password: ").map_err(no_prompt)?;
    let again = rpassword::prompt_password("The same again: ").map_err(no_prompt)?;
    if password == again {
        Ok(Some(password))
    } else {
        Err(Trouble::new("the two passwords differ; start again"))
    }
}
