//! When the deeds of a story happened: on past working days, in office hours, in order.

use jiff::civil::{Date, Time, time};
use jiff::{SignedDuration, Timestamp};

use super::stories::Clock;
use crate::domain::calendar::{Calendar, instant, local};

/// The present, as the demo's stories see it.
pub(super) struct Today<'a> {
    pub now: Timestamp,
    pub calendar: &'a Calendar,
}

impl Today<'_> {
    /// The working day `back` working days ago; 0 is today, or the last one before it.
    pub fn working_day(&self, back: u32) -> Date {
        let today = local(self.now).date();
        let mut day = today;
        if !self.calendar.is_working_day(day) {
            day = self.calendar.previous_working_day(day).unwrap_or(day);
        }
        for _ in 0..back {
            day = self.calendar.previous_working_day(day).unwrap_or(day);
        }
        day
    }

    /// The working days, counted back, between which a story of so many days takes place.
    pub fn span(&self, clock: Clock, duration: u32) -> (u32, u32) {
        match clock {
            Clock::OnTime => (duration / 3, 0),
            // Due at the next closing hour.
            Clock::DueSoon if self.is_open_later() => (duration, 0),
            Clock::DueSoon => (duration.saturating_sub(1), 0),
            Clock::Overdue => (duration + 2 + duration % 3, 1),
            Clock::Past(ended) => (ended + (duration * 2 / 3).max(1), ended),
        }
    }

    /// Whether today's closing hour is still to come.
    fn is_open_later(&self) -> bool {
        let now = local(self.now);
        self.calendar.closes(now.date()).is_some_and(|closes| now.time() < closes)
    }

    /// The instants of deeds from one working day to another, both counted back from today: the
    /// deeds up to the reception on the first. Never in the future; `jitter` tells stories apart.
    pub fn instants(
        &self,
        (first, last): (u32, u32),
        (reception, count): (usize, usize),
        jitter: usize,
    ) -> Vec<Timestamp> {
        let steps = (count.saturating_sub(1 + reception)).max(1) as u32;
        let mut instants = Vec::with_capacity(count);
        for step in 0..count {
            let passed = (first - last) * step.saturating_sub(reception) as u32 / steps;
            let day = self.working_day(first - passed);
            let at = office_minute(step, count, jitter);
            let at = instant(day.to_datetime(at)).unwrap_or(self.now);
            // What would lie ahead happened in the last minutes instead.
            let left = SignedDuration::from_secs(40 * (count - step) as i64 + jitter as i64 % 40);
            instants.push(at.min(self.now.saturating_sub(left).unwrap_or(self.now)));
        }
        instants
    }
}

/// A minute in the regular sessions, later for later deeds.
fn office_minute(step: usize, count: usize, jitter: usize) -> Time {
    const MORNING: i64 = 230;
    let share = 440 * step / count.max(1);
    let minute = 5 + share as i64 + (jitter * 7 % 23) as i64;
    let (opens, minute) = if minute < MORNING {
        (time(7, 30, 0, 0), minute)
    } else {
        (time(13, 30, 0, 0), minute - MORNING)
    };
    opens.saturating_add(SignedDuration::from_mins(minute))
}
