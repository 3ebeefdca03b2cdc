//! When a letter may go, and when it is tried again.

use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp};

use crate::domain::calendar::{instant, local};

/// Minutes between one failed try and the next; later ones wait as long as the last.
pub const BACK_OFF: [i64; 7] = [1, 5, 15, 60, 180, 360, 720];

/// Hours in which nobody is disturbed, in Vietnam; they may go over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quiet {
    /// The first minute of quiet.
    pub from: Time,
    /// The first minute after it.
    pub to: Time,
}

impl Default for Quiet {
    /// From 21:00 to 07:00.
    fn default() -> Self {
        Self { from: Time::constant(21, 0, 0, 0), to: Time::constant(7, 0, 0, 0) }
    }
}

/// The first instant from `at` on at which a letter may go. One-time codes ask with no quiet hours.
pub fn may_go_at(quiet: Option<Quiet>, at: Timestamp) -> Timestamp {
    let Some(quiet) = quiet else { return at };
    let here = local(at);
    let (day, time) = (here.date(), here.time());
    let over_midnight = quiet.from > quiet.to;
    let (before, after) = (time < quiet.to, time >= quiet.from);
    let ends = match (over_midnight, before, after) {
        (true, true, _) | (false, true, true) => day,
        (true, false, true) => day.tomorrow().unwrap_or(day),
        _ => return at,
    };
    instant(ends.to_datetime(quiet.to)).unwrap_or(at)
}

/// When a delivery that has failed `tries` times, the last time at `at`, is tried again.
pub fn retry_at(quiet: Option<Quiet>, tries: u32, at: Timestamp) -> Timestamp {
    let step = usize::try_from(tries.saturating_sub(1)).unwrap_or(usize::MAX);
    let minutes = BACK_OFF[step.min(BACK_OFF.len() - 1)];
    may_go_at(quiet, at.saturating_add(SignedDuration::from_mins(minutes)).unwrap_or(at))
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Time, date, time};
    use jiff::{SignedDuration, Timestamp};
    use proptest::prelude::{Strategy, prop_assert, proptest};

    use super::{Quiet, may_go_at, retry_at};
    use crate::domain::calendar::{instant, local};

    fn at(day: i8, hour: i8, minute: i8) -> Timestamp {
        instant(date(2026, 11, day).at(hour, minute, 0, 0)).unwrap()
    }

    #[test]
    fn nobody_is_disturbed_at_night() {
        let quiet = Some(Quiet::default());
        for (now, goes) in [
            (at(23, 20, 59), at(23, 20, 59)),
            (at(23, 21, 0), at(24, 7, 0)),
            (at(24, 0, 30), at(24, 7, 0)),
            (at(24, 6, 59), at(24, 7, 0)),
            (at(24, 7, 0), at(24, 7, 0)),
        ] {
            assert_eq!(may_go_at(quiet, now), goes, "{now}");
            assert_eq!(may_go_at(None, now), now);
        }
        let noon = Some(Quiet { from: time(11, 30, 0, 0), to: time(13, 30, 0, 0) });
        assert_eq!(may_go_at(noon, at(23, 12, 0)), at(23, 13, 30));
        assert_eq!(may_go_at(noon, at(23, 22, 0)), at(23, 22, 0));
    }

    #[test]
    fn tries_come_further_and_further_apart() {
        let now = at(23, 9, 0);
        let waits: Vec<i64> =
            (1..=9).map(|n| retry_at(None, n, now).duration_since(now).as_mins()).collect();
        assert_eq!(waits, [1, 5, 15, 60, 180, 360, 720, 720, 720]);
        assert_eq!(retry_at(Some(Quiet::default()), 6, at(23, 18, 0)), at(24, 7, 0));
    }

    fn hours() -> impl Strategy<Value = Time> {
        (0i8..24, 0i8..60).prop_map(|(hour, minute)| time(hour, minute, 0, 0))
    }

    proptest! {
        #[test]
        fn what_may_go_is_never_early_never_quiet_and_within_a_day(
            from in hours(), to in hours(), seconds in 0i64..4_000_000_000,
        ) {
            let quiet = Some(Quiet { from, to });
            let now = Timestamp::from_second(seconds).unwrap();
            let goes = may_go_at(quiet, now);
            prop_assert!(goes >= now);
            prop_assert!(goes.duration_since(now) <= SignedDuration::from_hours(24));
            prop_assert!(may_go_at(quiet, goes) == goes, "{} is quiet", local(goes));
        }
    }
}
