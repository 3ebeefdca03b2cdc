//! What requests cost, and how much of it their checks: for `motcua bench checks` alone.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use actix_web::HttpRequest;
use actix_web::web::Data;

/// Time of all requests since the last look.
#[derive(Debug, Default)]
pub struct Spent {
    requests: AtomicU64,
    whole: AtomicU64,
    checks: AtomicU64,
}

impl Spent {
    /// Times a check of a request, where somebody measures.
    pub fn checking<T>(request: &HttpRequest, check: impl FnOnce() -> T) -> T {
        let Some(spent) = request.app_data::<Data<Self>>() else { return check() };
        let began = Instant::now();
        let outcome = check();
        spent.checks.fetch_add(nanos(began.elapsed()), Ordering::Relaxed);
        outcome
    }

    /// Counts a request that was answered.
    pub(super) fn answered(&self, took: Duration) {
        self.requests.fetch_add(1, Ordering::Relaxed);
        self.whole.fetch_add(nanos(took), Ordering::Relaxed);
    }

    /// Requests since the last look, and how long all of them and their checks took, in nanoseconds.
    pub fn take(&self) -> (u64, u64, u64) {
        let take = |number: &AtomicU64| number.swap(0, Ordering::Relaxed);
        (take(&self.requests), take(&self.whole), take(&self.checks))
    }
}

fn nanos(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}
