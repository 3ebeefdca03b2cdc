//! The real clock and the real randomness: the only place that asks the system for them.

use crate::config::Config;
use crate::env::Env;
use crate::office::Settings;

/// The system's environment.
#[expect(clippy::disallowed_methods, reason = "the one door through which time and chance come in")]
#[expect(clippy::expect_used, reason = "without randomness no key is safe, and nothing may go on")]
pub(super) fn env() -> Env {
    Env::new(jiff::Timestamp::now, |buffer| {
        getrandom::fill(buffer).expect("invariant: the system gives randomness");
    })
}

impl Config {
    /// The part of the settings that an instance is opened with.
    pub(super) fn office(&self) -> Settings {
        Settings {
            instance_key: self.instance_key.clone(),
            max_upload: self.max_upload_mb << 20,
            public_url: self.public_url.clone(),
            is_durable: true,
        }
    }
}
