//! When the stories happen: in the office hours of the last working days.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::domain::calendar::{Calendar, instant, local};

/// Office hours of a day in seconds: 7:30 to 11:30 and 13:30 to 17:00.
const MORNING: u64 = 4 * 3_600;
const DAY: u64 = MORNING + 3_600 * 7 / 2;
/// Dossiers of a day at most, unless that makes the history too long.
const BUSY: u64 = 400;

/// Working days up to the one before the present.
pub(super) struct Days(Vec<Date>);

impl Days {
    /// Enough days for so many dossiers, 20 to 400.
    pub fn before(now: Timestamp, dossiers: u64) -> Self {
        let wanted = usize::try_from((dossiers / BUSY).clamp(20, 400)).unwrap_or(400);
        let calendar = Calendar::office_hours();
        let today = local(now).date();
        // Weekends and the longest holidays leave more than half of all days.
        let begin = now - SignedDuration::from_hours(48 * (wanted as i64 + 10));
        let mut days = Vec::with_capacity(2 * wanted);
        let mut day = local(begin).date();
        while let Some(next) = calendar.next_working_day(day).filter(|next| *next < today) {
            days.push(next);
            day = next;
        }
        let surplus = days.len().saturating_sub(wanted);
        Self(days.split_off(surplus))
    }

    /// How many of so many dossiers are filed in a day.
    pub fn per_day(&self, dossiers: u64) -> u64 {
        (dossiers / self.0.len().max(1) as u64).max(1)
    }

    /// The instant of a position among `total`; later positions are never earlier.
    pub fn instant(&self, position: u64, total: u64) -> Timestamp {
        let seconds = u128::from(DAY) * self.0.len() as u128;
        let second = seconds * u128::from(position) / u128::from(total.max(1));
        let second = u64::try_from(second).unwrap_or(0);
        let day = usize::try_from(second / DAY).unwrap_or(0).min(self.0.len().saturating_sub(1));
        let Some(date) = self.0.get(day) else { return Timestamp::UNIX_EPOCH };
        let within = second % DAY;
        let start = 7 * 3_600 + 1_800;
        let of_day = if within < MORNING { start + within } else { start + within + 2 * 3_600 };
        let of_day = i64::try_from(of_day).unwrap_or(0);
        let midnight = instant(date.at(0, 0, 0, 0)).unwrap_or(Timestamp::UNIX_EPOCH);
        midnight + SignedDuration::from_secs(of_day)
    }
}

#[cfg(test)]
mod tests {
    use super::Days;
    use crate::domain::calendar::local;

    #[test]
    fn instants_rise_within_office_hours_of_the_past() {
        let now = "2026-11-23T08:00:00Z".parse().expect("an instant");
        let days = Days::before(now, 1_000);
        assert_eq!(days.0.len(), 20);
        let instants: Vec<_> = (0..1_000).map(|at| days.instant(at, 1_000)).collect();
        assert!(instants.is_sorted() && instants[999] < now);
        for at in instants {
            let time = local(at).time();
            let minute = i32::from(time.hour()) * 60 + i32::from(time.minute());
            assert!((450..690).contains(&minute) || (810..1_020).contains(&minute), "{at}");
        }
    }
}
