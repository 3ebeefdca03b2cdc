//! The one door through which time and randomness come in, so that tests can hold both still.

use std::fmt;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

type Clock = dyn Fn() -> Timestamp + Send + Sync;
type Random = dyn Fn(&mut [u8]) + Send + Sync;

/// Clock and randomness of one running instance.
#[derive(Clone)]
pub struct Env {
    clock: Arc<Clock>,
    random: Arc<Random>,
    moved_by: SignedDuration,
}

impl Env {
    /// An environment from its two sources. `cli` passes the system's, tests pass fixed ones.
    pub fn new(
        clock: impl Fn() -> Timestamp + Send + Sync + 'static,
        random: impl Fn(&mut [u8]) + Send + Sync + 'static,
    ) -> Self {
        Self { clock: Arc::new(clock), random: Arc::new(random), moved_by: SignedDuration::ZERO }
    }

    /// The same with a clock that shows `now` at present and goes on from there: for training.
    #[must_use]
    pub fn moved_to(&self, now: Timestamp) -> Self {
        Self { moved_by: now.duration_since((self.clock)()), ..self.clone() }
    }

    /// Whether the clock was moved.
    pub fn is_moved(&self) -> bool {
        !self.moved_by.is_zero()
    }

    /// The present instant.
    pub fn now(&self) -> Timestamp {
        let real = (self.clock)();
        // At the ends of time a moved clock stands still.
        real.checked_add(self.moved_by).unwrap_or(real)
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.random)(&mut bytes);
        bytes
    }
}

impl fmt::Debug for Env {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Env")
    }
}
