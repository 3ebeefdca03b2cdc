//! How long a due date takes to compute with its explanation, and a line of `motcua deadline`.

use jiff::{SignedDuration, Timestamp};

use super::latency::Latencies;
use super::{BenchError, Figures};
use crate::domain::catalogue::DurationUnit;
use crate::domain::deadline::{Duration, Pause, PausePolicy, Rules, due};
use crate::domain::words::Lang;
use crate::office::calendars::shipped;
use crate::ops::deadlines::Explainer;

/// Durations as the national catalogue publishes them, long and short.
const DURATIONS: [(&str, Duration); 6] = [
    ("same_day", Duration::new(0, DurationUnit::SameDay)),
    ("8_working_hours", Duration::new(8, DurationUnit::WorkingHour)),
    ("48_hours", Duration::new(48, DurationUnit::Hour)),
    ("20_working_days", Duration::new(20, DurationUnit::WorkingDay)),
    ("30_days", Duration::new(30, DurationUnit::Day)),
    ("6_months", Duration::new(6, DurationUnit::Month)),
];
/// Due dates of each kind: one an hour, over more than a year.
const EACH: i64 = 10_000;

/// Computes due dates of every kind, each with a pause of two days.
///
/// # Errors
/// A due date cannot be computed.
pub fn run() -> Result<Figures, BenchError> {
    let mut figures = Figures::new("deadline");
    let start = Timestamp::from_second(1_767_225_600).unwrap_or(Timestamp::UNIX_EPOCH);
    let hours = SignedDuration::from_hours;
    figures.add("due_dates_of_each_kind", EACH as f64, "");
    for (name, duration) in DURATIONS {
        let mut times = Latencies::default();
        for hour in 0..EACH {
            let received = start + hours(hour);
            let pause = Pause { from: received + hours(20), to: Some(received + hours(68)) };
            let deadline = times.time(|| {
                let rules = Rules::default();
                due(shipped(), received, duration, &[pause], PausePolicy::Resume, &rules)
            });
            deadline.map_err(|error| BenchError::Wrong(error.to_string()))?;
        }
        figures.add(format!("{name}_p50"), times.percentile(0.5) * 1_000.0, "µs");
        figures.add(format!("{name}_p99"), times.percentile(0.99) * 1_000.0, "µs");
    }
    let mut explainer = Explainer::new(shipped().clone(), Lang::Vi);
    let line = r#"{"received":"2026-11-23T15:30:00+07:00","duration":20,"unit":"working_day"}"#;
    let mut times = Latencies::default();
    for _ in 0..EACH {
        times.time(|| explainer.answer(line));
    }
    figures.add("line_p50", times.percentile(0.5) * 1_000.0, "µs");
    figures.add("line_p99", times.percentile(0.99) * 1_000.0, "µs");
    Ok(figures)
}
