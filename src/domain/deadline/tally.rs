//! Days and office time being counted, gathered into few lines.

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime};

use super::why::WhyLine;
use crate::domain::calendar::{Calendar, Rest};

/// With more lines than this, ordinary weekends are told within the run of days around them.
const MANY_LINES: usize = 24;

/// A count of working days.
pub(super) struct DayTally<'a> {
    calendar: &'a Calendar,
    lines: Vec<WhyLine>,
    total: u32,
}

impl<'a> DayTally<'a> {
    pub(super) fn new(calendar: &'a Calendar) -> Self {
        Self { calendar, lines: Vec::new(), total: 0 }
    }

    /// The working days counted so far.
    pub(super) fn total(&self) -> u32 {
        self.total
    }

    /// Goes on to the next date: counts it or tells why not.
    pub(super) fn day(&mut self, date: Date) {
        if let Some(why) = self.calendar.rest(date) {
            rest(&mut self.lines, date, why);
            return;
        }
        self.total += 1;
        let new_total = self.total;
        let new_made_up = self.calendar.is_made_up(date);
        match self.lines.last_mut() {
            Some(WhyLine::Counted { last, days, total, made_up: false, .. }) if !new_made_up => {
                *last = date;
                *days += 1;
                *total = new_total;
            }
            _ => self.lines.push(WhyLine::Counted {
                first: date,
                last: date,
                days: 1,
                rest_days: 0,
                total: new_total,
                made_up: new_made_up,
            }),
        }
    }

    /// Appends the lines.
    pub(super) fn write(self, why: &mut Vec<WhyLine>) {
        write(self.lines, why);
    }
}

/// A count of office time.
pub(super) struct TimeTally<'a> {
    calendar: &'a Calendar,
    lines: Vec<WhyLine>,
    total: SignedDuration,
    /// Whether the last line is of whole days only and may take the next one.
    whole: bool,
}

impl<'a> TimeTally<'a> {
    pub(super) fn new(calendar: &'a Calendar) -> Self {
        Self { calendar, lines: Vec::new(), total: SignedDuration::ZERO, whole: false }
    }

    /// Tells a date without regular sessions.
    pub(super) fn day_off(&mut self, date: Date) {
        if let Some(why) = self.calendar.rest(date) {
            rest(&mut self.lines, date, why);
        }
    }

    /// Counts the office time of one date, between two moments of it; `whole` when it is all that
    /// the date has.
    pub(super) fn day(&mut self, from: DateTime, to: DateTime, spent: SignedDuration, whole: bool) {
        self.total = self.total.saturating_add(spent);
        let new_total = self.total;
        match self.lines.last_mut() {
            Some(WhyLine::OfficeTime { last, time, total, .. }) if self.whole && whole => {
                *last = to;
                *time = time.saturating_add(spent);
                *total = new_total;
            }
            _ => self.lines.push(WhyLine::OfficeTime {
                first: from,
                last: to,
                time: spent,
                rest_days: 0,
                total: new_total,
            }),
        }
        self.whole = whole;
    }

    /// Appends the lines.
    pub(super) fn write(self, why: &mut Vec<WhyLine>) {
        write(self.lines, why);
    }
}

fn rest(lines: &mut Vec<WhyLine>, date: Date, why: Rest) {
    match lines.last_mut() {
        // Days inside a pause lie between some of them.
        Some(WhyLine::Rest { last, why: before, .. })
            if *before == why && last.tomorrow().is_ok_and(|next| next == date) =>
        {
            *last = date;
        }
        _ => lines.push(WhyLine::Rest { first: date, last: date, why }),
    }
}

fn write(lines: Vec<WhyLine>, why: &mut Vec<WhyLine>) {
    if lines.len() <= MANY_LINES {
        why.extend(lines);
        return;
    }
    let mut lines = lines.into_iter().peekable();
    let start = why.len();
    while let Some(line) = lines.next() {
        let weekend = match &line {
            WhyLine::Rest { first, last, why: Rest::Weekly } => {
                super::days::between(*first, *last) + 1
            }
            _ => 0,
        };
        let folded = match (why[start..].last_mut(), lines.peek()) {
            (Some(before), Some(after)) if weekend > 0 => fold(before, weekend, after),
            _ => false,
        };
        if folded {
            lines.next();
        } else {
            why.push(line);
        }
    }
}

/// Takes a weekend and the run after it into the run before it, if both are plain runs.
fn fold(before: &mut WhyLine, weekend: u32, after: &WhyLine) -> bool {
    match (before, after) {
        (
            WhyLine::Counted { last, days, rest_days, total, made_up: false, .. },
            WhyLine::Counted { last: end, days: more, total: sum, made_up: false, .. },
        ) => {
            (*last, *total) = (*end, *sum);
            *days += more;
            *rest_days += weekend;
            true
        }
        (
            WhyLine::OfficeTime { last, time, rest_days, total, .. },
            WhyLine::OfficeTime { last: end, time: more, total: sum, .. },
        ) => {
            (*last, *total) = (*end, *sum);
            *time = time.saturating_add(*more);
            *rest_days += weekend;
            true
        }
        _ => false,
    }
}
