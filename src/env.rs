//! The one door through which time and randomness come in, so that tests can hold both still.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;

type Clock = dyn Fn() -> Timestamp + Send + Sync;
type Random = dyn Fn(&mut [u8]) + Send + Sync;

/// Clock and randomness of one running instance.
#[derive(Clone)]
pub struct Env {
    clock: Arc<Clock>,
    random: Arc<Random>,
}

impl Env {
    /// An environment from its two sources. `cli` passes the system's, tests pass fixed ones.
    pub fn new(
        clock: impl Fn() -> Timestamp + Send + Sync + 'static,
        random: impl Fn(&mut [u8]) + Send + Sync + 'static,
    ) -> Self {
        Self { clock: Arc::new(clock), random: Arc::new(random) }
    }

    /// The present instant.
    pub fn now(&self) -> Timestamp {
        (self.clock)()
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
