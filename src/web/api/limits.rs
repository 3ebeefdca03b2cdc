//! How often the API may be asked. Callers with a token or a desk session answer for themselves and
//! are not counted; everybody else is counted by network address, strictly where a code or a secret
//! could be guessed.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use super::problem::ApiFailure;
use crate::env::Env;

/// After so many checks, addresses that have rested are forgotten.
const SWEEP: u32 = 10_000;

/// What is being asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The catalogue and a dossier's public status.
    Reading,
    /// A sign-in with a password, or a token that is not one.
    SignIn,
    /// A one-time code, or its check.
    Code,
    /// A one-time code for the same phone or address.
    CodeTo,
    /// A dossier's secret.
    Secret,
    /// A submission or an upload without a token.
    Sending,
}

/// The instance's clock, as the limiter reads it.
#[derive(Clone, Debug)]
struct OfficeClock(Env);

impl Clock for OfficeClock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.now().as_millisecond()).unwrap_or(0))
    }
}

type Limiter =
    RateLimiter<String, DashMapStateStore<String>, OfficeClock, NoOpMiddleware<Duration>>;

/// The counters of all threads of a server.
pub struct Limits {
    clock: OfficeClock,
    reading: Limiter,
    sign_in: Limiter,
    code: Limiter,
    code_to: Limiter,
    secret: Limiter,
    sending: Limiter,
    checks: AtomicU32,
}

impl std::fmt::Debug for Limits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Limits")
    }
}

impl Limits {
    /// Fresh counters on an instance's clock.
    pub fn new(env: &Env) -> Self {
        let clock = OfficeClock(env.clone());
        let limiter = |quota: Quota, burst: u32| {
            let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
            RateLimiter::new(quota.allow_burst(burst), DashMapStateStore::default(), clock.clone())
        };
        let a_minute = |n: u32| Quota::per_minute(NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN));
        Self {
            // A thousand a second: enough for a school's classroom behind one address.
            reading: limiter(a_minute(60_000), 5_000),
            sign_in: limiter(a_minute(30), 100),
            code: limiter(a_minute(30), 60),
            code_to: limiter(a_minute(2), 10),
            secret: limiter(a_minute(60), 200),
            sending: limiter(a_minute(60), 300),
            checks: AtomicU32::new(0),
            clock,
        }
    }

    /// Counts one request.
    ///
    /// # Errors
    /// It is one too many: 429, with the seconds after which to come again.
    pub fn check(&self, asked: Asked, who: &str) -> Result<(), ApiFailure> {
        self.pace(asked, who).map_err(ApiFailure::too_many)
    }

    /// Counts one request.
    ///
    /// # Errors
    /// It is one too many; the seconds after which to come again.
    pub fn pace(&self, asked: Asked, who: &str) -> Result<(), u64> {
        let limiter = match asked {
            Asked::Reading => &self.reading,
            Asked::SignIn => &self.sign_in,
            Asked::Code => &self.code,
            Asked::CodeTo => &self.code_to,
            Asked::Secret => &self.secret,
            Asked::Sending => &self.sending,
        };
        if self.checks.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            self.forget_rested();
        }
        let denied = limiter.check_key(&who.to_owned());
        denied.map_err(|denied| denied.wait_time_from(self.clock.now()).as_secs() + 1)
    }

    fn forget_rested(&self) {
        for limiter in
            [&self.reading, &self.sign_in, &self.code, &self.code_to, &self.secret, &self.sending]
        {
            limiter.retain_recent();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    use jiff::Timestamp;

    use super::{Asked, Limits};
    use crate::env::Env;

    #[test]
    fn an_address_is_stopped_after_its_burst_and_goes_on_after_a_rest() {
        let second = Arc::new(AtomicI64::new(1_790_000_000));
        let clock = second.clone();
        let now = move || Timestamp::from_second(clock.load(Ordering::Relaxed)).unwrap();
        let limits = Limits::new(&Env::new(now, |bytes| bytes.fill(7)));
        let asks =
            |n: usize, who: &str| (0..n).filter(|_| limits.check(Asked::Code, who).is_ok()).count();
        assert_eq!(asks(100, "192.0.2.1"), 60);
        assert_eq!(asks(1, "192.0.2.2"), 1, "another address is counted by itself");
        second.fetch_add(2, Ordering::Relaxed);
        assert_eq!(asks(5, "192.0.2.1"), 1, "one every two seconds");
        second.fetch_add(3_600, Ordering::Relaxed);
        assert_eq!(asks(100, "192.0.2.1"), 60);
    }
}
