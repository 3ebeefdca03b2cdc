//! How long single things take.

use std::time::{Duration, Instant};

use super::Figures;

/// Durations of one kind of thing.
#[derive(Default)]
pub(super) struct Latencies(Vec<Duration>);

impl Latencies {
    /// Does something and remembers how long it took.
    pub fn time<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let done = work();
        self.0.push(begun.elapsed());
        done
    }

    /// The duration below which this share of them lies, in milliseconds.
    pub fn percentile(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let at = ((sorted.len() as f64 * share) as usize).min(sorted.len().saturating_sub(1));
        sorted.get(at).map_or(0.0, |one| one.as_secs_f64() * 1_000.0)
    }

    /// Tells the middle, the 99th in a hundred and the longest.
    pub fn tell(&self, name: &str, figures: &mut Figures) {
        figures.add(format!("{name}_p50"), self.percentile(0.5), "ms");
        figures.add(format!("{name}_p99"), self.percentile(0.99), "ms");
        figures.add(format!("{name}_max"), self.percentile(1.0), "ms");
    }
}
