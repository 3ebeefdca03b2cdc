//! A clock that can stand at past instants while the demo's past is played, and then runs on as
//! the real one.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;

use crate::env::Env;

/// Stands for "the real clock": no instant of ours.
const RUNNING: i64 = i64::MIN;

/// The clock's handle.
#[derive(Clone, Debug)]
pub(super) struct DemoClock(Arc<AtomicI64>);

impl DemoClock {
    /// A clock that stands at `at`, and the environment that shows it.
    pub fn standing_at(at: Timestamp, real: Env) -> (Self, Env) {
        let clock = Self(Arc::new(AtomicI64::new(at.as_microsecond())));
        let (hands, time, random) = (clock.clone(), real.clone(), real);
        let env = Env::new(
            move || hands.shown().unwrap_or_else(|| time.now()),
            move |buffer| {
                for part in buffer.chunks_mut(32) {
                    let bytes: [u8; 32] = random.bytes();
                    part.copy_from_slice(&bytes[..part.len()]);
                }
            },
        );
        (clock, env)
    }

    fn shown(&self) -> Option<Timestamp> {
        let micros = self.0.load(Ordering::Acquire);
        Timestamp::from_microsecond(micros).ok().filter(|_| micros != RUNNING)
    }

    /// Moves the hands.
    pub fn set(&self, at: Timestamp) {
        self.0.store(at.as_microsecond(), Ordering::Release);
    }

    /// Lets it run as the real one.
    pub fn run(&self) {
        self.0.store(RUNNING, Ordering::Release);
    }
}
