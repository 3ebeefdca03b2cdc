//! Deadlines of whole days: same day, working days, days, months.

use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan};

use super::tally::DayTally;
use super::why::{Reception, WhyLine};
use super::{Case, DeadlineError};
use crate::domain::calendar::{instant, local};
use crate::domain::catalogue::DurationUnit;

/// The instant of a time on a date.
pub(super) fn at(day: Date, time: Time) -> Result<Timestamp, DeadlineError> {
    instant(day.to_datetime(time)).ok_or(DeadlineError::TooFar)
}

/// How many days `to` is after `from`; 0 when it is not.
pub(super) fn between(from: Date, to: Date) -> u32 {
    u32::try_from(to.duration_since(from).as_hours() / 24).unwrap_or(0)
}

impl Case<'_> {
    /// The end of the last session of D0 when received before the cut-off, else closing time of the
    /// next working day; both moved by paused working days.
    pub(super) fn same_day(&self, why: &mut Vec<WhyLine>) -> Result<Timestamp, DeadlineError> {
        let receipt = self.receipt_day(why)?;
        let here = local(self.received);
        let before = here.date() < receipt || here.time() < self.rules.same_day_cutoff;
        let cutoff = self.rules.same_day_cutoff;
        let base = u32::from(!before);
        why.push(WhyLine::SameDay { date: receipt, cutoff, in_time: before });
        let count = base + self.paused_days(receipt, base, DurationUnit::SameDay, why)?;
        if count == 0 {
            let end = self.calendar.last_session_ends(receipt).ok_or(DeadlineError::TooFar)?;
            return at(receipt, end);
        }
        self.closing(self.count_working_days(receipt, count, why)?)
    }

    /// Closing time of the n-th working day after D0, and after the paused working days.
    pub(super) fn working_days(&self, why: &mut Vec<WhyLine>) -> Result<Timestamp, DeadlineError> {
        let receipt = self.receipt_day(why)?;
        why.push(WhyLine::WorkingDays { amount: self.amount });
        let moved = self.paused_days(receipt, self.amount, DurationUnit::WorkingDay, why)?;
        let count = self.amount.checked_add(moved).ok_or(DeadlineError::TooFar)?;
        self.closing(self.count_working_days(receipt, count, why)?)
    }

    /// D0 plus days or months, plus the paused days, moved to a working day.
    pub(super) fn calendar_days(
        &self,
        unit: DurationUnit,
        why: &mut Vec<WhyLine>,
    ) -> Result<Timestamp, DeadlineError> {
        let receipt = self.receipt_day(why)?;
        let amount = i64::from(self.amount);
        let span = match unit {
            DurationUnit::Month => jiff::Span::new().try_months(amount),
            _ => jiff::Span::new().try_days(amount),
        };
        // A month without that day gives its last day.
        let to =
            span.and_then(|span| receipt.checked_add(span)).map_err(|_| DeadlineError::TooFar)?;
        why.push(WhyLine::Added { from: receipt, amount: self.amount, unit, to });
        let base = between(receipt, to);
        let moved = self.paused_days(receipt, base, unit, why)?;
        let reached = to.checked_add(i64::from(moved).days()).map_err(|_| DeadlineError::TooFar)?;
        if reached > self.horizon {
            return Err(DeadlineError::TooFar);
        }
        if moved > 0 {
            why.push(WhyLine::Reached { days: base + moved, date: reached });
        }
        self.closing(self.move_to_working_day(reached, why)?)
    }

    fn move_to_working_day(
        &self,
        date: Date,
        why: &mut Vec<WhyLine>,
    ) -> Result<Date, DeadlineError> {
        if self.calendar.is_working_day(date) {
            return Ok(date);
        }
        let working = self.calendar.next_working_day(date).ok_or(DeadlineError::TooFar)?;
        let mut tally = DayTally::new(self.calendar);
        let mut day = date;
        while day < working {
            tally.day(day);
            day = day.tomorrow().map_err(|_| DeadlineError::TooFar)?;
        }
        tally.write(why);
        why.push(WhyLine::Moved { date: working });
        Ok(working)
    }

    fn closing(&self, day: Date) -> Result<Timestamp, DeadlineError> {
        at(day, self.calendar.closes(day).ok_or(DeadlineError::TooFar)?)
    }

    /// D0, told.
    fn receipt_day(&self, why: &mut Vec<WhyLine>) -> Result<Date, DeadlineError> {
        let date = self.calendar.receipt_day(self.received).ok_or(DeadlineError::TooFar)?;
        let arrived = local(self.received).date();
        let reception = if date != arrived {
            match self.calendar.last_session_ends(arrived) {
                Some(_) => Reception::AfterHours,
                None => Reception::DayOff,
            }
        } else if self.calendar.is_working_day(date) {
            Reception::InTime
        } else {
            Reception::ExtraSession
        };
        why.push(WhyLine::ReceiptDay { date, reception });
        Ok(date)
    }

    /// The counted days w with date(from) < w ≤ D0(to) of all pauses, none twice. D0 of the receipt
    /// is not counted and so cannot be lost, nor can what lies before it.
    fn paused_days(
        &self,
        receipt: Date,
        counted: u32,
        unit: DurationUnit,
        why: &mut Vec<WhyLine>,
    ) -> Result<u32, DeadlineError> {
        let mut covered = receipt;
        let mut moved = 0;
        for pause in &self.pauses {
            let first = local(pause.from).date().max(covered);
            let last = self.calendar.receipt_day(pause.to).ok_or(DeadlineError::TooFar)?;
            let days = match unit {
                DurationUnit::Day | DurationUnit::Month => between(first, last),
                _ => self.calendar.working_days_between(first, last),
            };
            covered = covered.max(last);
            moved += days;
            why.push(WhyLine::Paused {
                from: pause.from,
                to: pause.to,
                days,
                total: counted.saturating_add(moved),
                unit,
            });
        }
        Ok(moved)
    }

    /// The date of the n-th working day after a date, with every day on the way told.
    fn count_working_days(
        &self,
        after: Date,
        count: u32,
        why: &mut Vec<WhyLine>,
    ) -> Result<Date, DeadlineError> {
        let mut tally = DayTally::new(self.calendar);
        let mut date = after;
        while tally.total() < count {
            date = date.tomorrow().map_err(|_| DeadlineError::TooFar)?;
            if date > self.horizon {
                return Err(DeadlineError::TooFar);
            }
            tally.day(date);
        }
        tally.write(why);
        Ok(date)
    }
}
