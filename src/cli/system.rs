//! The real clock and the real randomness: the only place that asks the system for them.

use crate::config::Config;
use crate::env::Env;
use crate::office::Settings;

/// The system's environment.
#[expect(clippy::disallowed_methods, reason = "the one door through which time and chance come in")]
pub(super) fn env() -> Env {
    // A cryptographic generator that every thread seeds from the system, and seeds anew as it goes
    // on; it panics without: no key is safe then, and nothing may go on. Asking the system each time
    // takes longer than sealing.
    Env::new(jiff::Timestamp::now, |buffer| rand::fill(buffer))
}

impl Config {
    /// The part of the settings that an instance is opened with.
    pub(super) fn office(&self) -> Settings {
        Settings {
            instance_key: self.instance_key.clone(),
            max_upload: self.max_upload_mb << 20,
            public_url: self.public_url.clone(),
            clamav: self.clamav.clone(),
            is_durable: true,
        }
    }
}
