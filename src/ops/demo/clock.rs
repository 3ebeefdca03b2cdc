//! A clock that stands at past instants while the demo's past is played.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;

use crate::env::Env;

/// The clock's handle: microseconds since 1970.
#[derive(Clone, Debug)]
pub(super) struct DemoClock(Arc<AtomicI64>);

impl DemoClock {
    /// A clock that stands at `at`, and the environment that shows it, with real randomness.
    pub fn standing_at(at: Timestamp, real: Env) -> (Self, Env) {
        let clock = Self(Arc::new(AtomicI64::new(at.as_microsecond())));
        let hands = clock.clone();
        let env = Env::new(
            move || {
                let micros = hands.0.load(Ordering::Acquire);
                Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH)
            },
            move |buffer| {
                for part in buffer.chunks_mut(32) {
                    let bytes: [u8; 32] = real.bytes();
                    part.copy_from_slice(&bytes[..part.len()]);
                }
            },
        );
        (clock, env)
    }

    /// Moves the hands.
    pub fn set(&self, at: Timestamp) {
        self.0.store(at.as_microsecond(), Ordering::Release);
    }
}
