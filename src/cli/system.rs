//! The real clock and the real randomness: the only place that asks the system for them.

use crate::env::Env;

/// The system's environment.
#[expect(clippy::disallowed_methods, reason = "the one door through which time and chance come in")]
#[expect(clippy::expect_used, reason = "without randomness no key is safe, and nothing may go on")]
pub(super) fn env() -> Env {
    Env::new(jiff::Timestamp::now, |buffer| {
        getrandom::fill(buffer).expect("invariant: the system gives randomness");
    })
}
