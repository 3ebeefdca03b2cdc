//! How often something may be asked for. Callers with a token or a desk session answer for
//! themselves; everybody else is counted by network, strictly where a code or a secret could be
//! guessed.

use std::collections::HashMap;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::config::{Rate, Rates};
use crate::env::Env;

/// After so many checks it is looked whether too many are remembered.
const LOOK: u32 = 256;
/// After so many checks those that have rested are forgotten.
const SWEEP: u32 = 40 * LOOK;
/// As many are remembered of all kinds together. Whoever fills this from so many networks keeps
/// others out until they rest; no memory grows.
const MOST_REMEMBERED: usize = 400_000;

/// What is being asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The catalogue, a search, and a dossier's public status.
    Reading,
    /// A sign-in with a password, or a token that is not one.
    SignIn,
    /// A one-time code, or its check.
    Code,
    /// A one-time code for the same phone or address.
    CodeTo,
    /// A dossier's secret.
    Secret,
    /// A dossier's code that is none: whoever tries numbers one after another.
    Unknown,
    /// A submission or an upload without a token.
    Sending,
    /// A paper that is typeset for somebody without a session.
    Printing,
    /// A number of the queue, without a session at the desk.
    Ticket,
    /// Anything with one token of a program.
    Token,
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
    limiters: [Limiter; KINDS.len()],
    checks: AtomicU32,
    is_full: AtomicBool,
    /// Networks that asked for too much that is not there, and until when they rest.
    resting: Mutex<HashMap<String, Duration>>,
}

/// Where a rate stands in the settings.
type RateOf = fn(&Rates) -> Rate;

/// Every kind, with where its rate stands in the settings.
const KINDS: [(Asked, RateOf); 10] = [
    (Asked::Reading, |rates| rates.reading),
    (Asked::SignIn, |rates| rates.sign_in),
    (Asked::Code, |rates| rates.code),
    (Asked::CodeTo, |rates| rates.code_to),
    (Asked::Secret, |rates| rates.secret),
    (Asked::Unknown, |rates| rates.unknown),
    (Asked::Sending, |rates| rates.sending),
    (Asked::Printing, |rates| rates.printing),
    (Asked::Ticket, |rates| rates.ticket),
    (Asked::Token, |rates| rates.token),
];

impl std::fmt::Debug for Limits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Limits")
    }
}

impl Limits {
    /// Fresh counters on an instance's clock.
    pub fn new(env: &Env, rates: &Rates) -> Self {
        let clock = OfficeClock(env.clone());
        let limiters = KINDS.map(|(_, rate)| {
            let Rate { per_minute, burst } = rate(rates);
            let some = |number: u32| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
            let quota = Quota::per_minute(some(per_minute)).allow_burst(some(burst));
            RateLimiter::new(quota, DashMapStateStore::default(), clock.clone())
        });
        Self {
            limiters,
            checks: AtomicU32::new(0),
            is_full: AtomicBool::new(false),
            resting: Mutex::default(),
            clock,
        }
    }

    /// Counts one request.
    ///
    /// # Errors
    /// It is one too many; the seconds after which to come again.
    pub fn pace(&self, asked: Asked, who: &str) -> Result<(), u64> {
        let place = KINDS.iter().position(|(kind, _)| *kind == asked);
        let Some(limiter) = place.and_then(|place| self.limiters.get(place)) else { return Ok(()) };
        let checks = self.checks.fetch_add(1, Ordering::Relaxed);
        if checks % LOOK == LOOK - 1 {
            self.look(checks % SWEEP == SWEEP - 1);
        }
        if self.is_full.load(Ordering::Relaxed) {
            return Err(60);
        }
        let denied = limiter.check_key(&key(who));
        denied.map_err(|denied| denied.wait_time_from(self.clock.now()).as_secs() + 1)
    }

    /// Counts something that was asked for and is not there. Whoever goes on with that rests, and
    /// learns meanwhile of what is there neither.
    pub fn count_unknown(&self, who: &str) {
        if let Err(seconds) = self.pace(Asked::Unknown, who) {
            let until = self.clock.now() + Duration::from_secs(seconds);
            self.resting().insert(key(who), until);
        }
    }

    /// For how many seconds somebody still rests.
    pub fn rests(&self, who: &str) -> Option<u64> {
        let resting = self.resting();
        let until = if resting.is_empty() { None } else { resting.get(&key(who)).copied() };
        let left = until?.checked_sub(self.clock.now())?;
        Some(left.as_secs() + 1)
    }

    fn resting(&self) -> MutexGuard<'_, HashMap<String, Duration>> {
        self.resting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look(&self, is_time: bool) {
        let remembered = || self.limiters.iter().map(RateLimiter::len).sum::<usize>();
        if is_time || remembered() > MOST_REMEMBERED {
            self.forget_rested();
        }
        self.is_full.store(remembered() > MOST_REMEMBERED, Ordering::Relaxed);
    }

    /// Forgets who has rested long enough to begin anew.
    fn forget_rested(&self) {
        let now = self.clock.now();
        self.resting().retain(|_, until| *until > now);
        for limiter in &self.limiters {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

/// Under which key somebody is counted: a network for an address, else the name as it is.
fn key(who: &str) -> String {
    if who.parse::<IpAddr>().is_ok() { network(who) } else { who.chars().take(254).collect() }
}

/// The network that an address counts for: the address itself, and of IPv6 its first 64 bits, since
/// whoever has one of these has all.
pub fn network(address: &str) -> String {
    match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V6(v6)) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Ok(v4) => v4.to_string(),
        Err(_) => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    use jiff::Timestamp;

    use super::{Asked, KINDS, Limits, network};
    use crate::config::Rates;
    use crate::env::Env;

    #[test]
    fn an_address_is_stopped_after_its_burst_and_goes_on_after_a_rest() {
        let second = Arc::new(AtomicI64::new(1_790_000_000));
        let clock = second.clone();
        let now = move || Timestamp::from_second(clock.load(Ordering::Relaxed)).unwrap();
        let env = Env::new(now, |bytes| bytes.fill(7));
        let limits = Limits::new(&env, &Rates::default());
        let asks =
            |n: usize, who: &str| (0..n).filter(|_| limits.pace(Asked::Code, who).is_ok()).count();
        assert_eq!(asks(100, "192.0.2.1"), 60);
        assert_eq!(asks(1, "192.0.2.2"), 1, "another address is counted by itself");
        assert_eq!(asks(100, "2001:db8::1"), 60);
        assert_eq!(asks(1, "2001:db8::2"), 0, "all of a network's addresses are one");
        assert_eq!(asks(1, "::ffff:192.0.2.1"), 0, "the same address in another spelling");
        assert!(limits.pace(Asked::SignIn, "192.0.2.1").is_ok(), "each kind has its own");
        second.fetch_add(2, Ordering::Relaxed);
        assert_eq!(asks(5, "192.0.2.1"), 1, "one every two seconds");
        second.fetch_add(3_600, Ordering::Relaxed);
        limits.forget_rested();
        assert!(limits.limiters.iter().all(governor::RateLimiter::is_empty), "nobody is left");
        assert_eq!(asks(100, "192.0.2.1"), 60);
    }

    #[test]
    fn who_tries_numbers_one_after_another_rests() {
        let second = Arc::new(AtomicI64::new(1_790_000_000));
        let clock = second.clone();
        let now = move || Timestamp::from_second(clock.load(Ordering::Relaxed)).unwrap();
        let rates = Rates::default();
        let limits = Limits::new(&Env::new(now, |bytes| bytes.fill(7)), &rates);
        for _ in 0..rates.unknown.burst {
            limits.count_unknown("192.0.2.1");
            assert_eq!(limits.rests("192.0.2.1"), None, "typing errors are forgiven");
        }
        limits.count_unknown("192.0.2.1");
        assert!(limits.rests("192.0.2.1").is_some());
        assert_eq!(limits.rests("192.0.2.2"), None);
        second.fetch_add(60, Ordering::Relaxed);
        assert_eq!(limits.rests("192.0.2.1"), None);
    }

    #[test]
    fn every_kind_has_its_own_rate() {
        for (place, (asked, _)) in KINDS.iter().enumerate() {
            let first = KINDS.iter().position(|(kind, _)| kind == asked);
            assert_eq!(first, Some(place), "{asked:?}");
        }
        assert_eq!(network("2001:db8:0:1:ffff::9"), "2001:db8:0:1::/64");
        assert_eq!(network("an.le@example.org"), "an.le@example.org");
    }
}
