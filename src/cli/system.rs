//! The real clock and the real randomness: the only place that asks the system for them.

use crate::config::Config;
use crate::env::Env;
use crate::office::Settings;
use crate::office::folder::{Folder, Passphrase};

use super::output::Trouble;
use super::{Common, password};

/// The system's environment.
#[expect(clippy::disallowed_methods, reason = "the one door through which time and chance come in")]
pub(super) fn env() -> Env {
    // A cryptographic generator that every thread seeds from the system, and seeds anew as it goes
    // on; it panics without: no key is safe then, and nothing may go on. Asking the system each time
    // takes longer than sealing.
    Env::new(jiff::Timestamp::now, |buffer| rand::fill(buffer))
}

/// The settings that a folder is opened with; its passphrase is asked for, where there is one.
pub(super) fn settings(common: &Common) -> Result<Settings, Trouble> {
    let config = common.config()?;
    let settings = config.office();
    if !Folder::asks_passphrase(common.data(), settings.instance_key.as_deref()) {
        return Ok(settings);
    }
    let passphrase = password::passphrase(config.passphrase_file.as_deref())?;
    Ok(Settings { passphrase: passphrase.map(Passphrase::new), ..settings })
}

impl Config {
    /// The part of the settings that an instance is opened with.
    pub(super) fn office(&self) -> Settings {
        Settings {
            instance_key: self.instance_key.clone(),
            passphrase: None,
            max_upload: self.max_upload_mb << 20,
            public_url: self.public_url.clone(),
            clamav: self.clamav.clone(),
            is_durable: true,
        }
    }
}
