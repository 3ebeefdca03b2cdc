//! Due dates and the lines that explain them (domain section 5).
//!
//! [`due`] is a pure function of the calendar, the receipt, the duration and the pauses: a due date
//! is always computed anew from them and never patched. The lines that it returns are the
//! calculation itself. [`standing`] tells how a dossier stands against its due date.

use jiff::civil::{Date, Time, time};
use jiff::{Timestamp, ToSpan};

use super::calendar::{Calendar, HORIZON_DAYS, local};
use super::catalogue::DurationUnit;
use super::refusal::{Refusal, RefusalKind};
use super::words::Text;

mod days;
mod hours;
pub mod standing;
mod tally;
pub mod why;
pub mod words;

pub use hours::office_time;
pub use standing::{
    Amount, DeadlineState, Outcome, Remaining, due_soon_from, due_soon_until, outcome, remaining,
    remaining_ended, state,
};
pub use why::{Reception, WhyLine};

/// A procedure's duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Duration {
    /// How many units; at least 1. Not read for [`DurationUnit::SameDay`].
    pub amount: u32,
    /// How they are counted.
    pub unit: DurationUnit,
}

impl Duration {
    /// So many units.
    pub const fn new(amount: u32, unit: DurationUnit) -> Self {
        Self { amount, unit }
    }
}

/// A stretch of time in which a dossier's clock stood still (the reason is kept with the event).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pause {
    /// When it began.
    pub from: Timestamp,
    /// When it ended; none while it lasts.
    pub to: Option<Timestamp>,
}

/// What a pause does to a deadline; a parameter of the rule pack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PausePolicy {
    /// The clock goes on where it stopped.
    #[default]
    Resume,
    /// The deadline is computed anew from the end of the last pause (Decree 61/2018 art. 19.4).
    Restart,
}

/// The parameters of a rule pack that deadlines read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// What is received from this time on is a same-day matter of the next working day, and is
    /// transferred the next working morning (Decree 61/2018 art. 18).
    pub same_day_cutoff: Time,
    /// An open dossier is due soon when less than this many working days are left.
    pub due_soon_days: u32,
}

impl Default for Rules {
    fn default() -> Self {
        Self { same_day_cutoff: time(15, 0, 0, 0), due_soon_days: 1 }
    }
}

/// A computed deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// When the result must be ready; none while a pause is open.
    pub due_at: Option<Timestamp>,
    /// What remains, while a pause is open.
    pub remaining: Option<Remaining>,
    /// The calculation, line by line.
    pub why: Vec<WhyLine>,
}

/// Why there is no due date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeadlineError {
    /// The duration is zero.
    ZeroDuration,
    /// A pause ends before it begins.
    BackwardsPause(Pause),
    /// The date would lie more than a century after the receipt, or the calendar has no working day
    /// up to there.
    TooFar,
}

impl DeadlineError {
    /// The sentence for a person.
    pub fn text(&self) -> Text {
        words::deadline_error(self)
    }
}

impl std::fmt::Display for DeadlineError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text().en)
    }
}

impl std::error::Error for DeadlineError {}

impl From<DeadlineError> for Refusal {
    fn from(error: DeadlineError) -> Self {
        Self::new(RefusalKind::Invalid, error.text())
    }
}

/// A pause that has ended.
#[derive(Clone, Copy)]
struct Closed {
    from: Timestamp,
    to: Timestamp,
}

/// What every kind of duration is computed from: a receipt, and the pauses that move it.
struct Case<'a> {
    calendar: &'a Calendar,
    received: Timestamp,
    amount: u32,
    /// Ended pauses in the order in which they began, none empty.
    pauses: Vec<Closed>,
    rules: &'a Rules,
    /// The last date that a calculation may reach.
    horizon: Date,
}

/// The due date of a dossier with its explanation.
///
/// Pauses may come in any order and may overlap. A pause without length takes no time away, but a
/// clock that begins anew after a pause begins anew after it too. While a pause is open there is no
/// due date, and what remains is told as of its beginning. Instants count by their whole second, so
/// that the lines can be added up.
///
/// # Errors
/// See [`DeadlineError`].
pub fn due(
    calendar: &Calendar,
    received: Timestamp,
    duration: Duration,
    pauses: &[Pause],
    policy: PausePolicy,
    rules: &Rules,
) -> Result<Deadline, DeadlineError> {
    if duration.amount == 0 && duration.unit != DurationUnit::SameDay {
        return Err(DeadlineError::ZeroDuration);
    }
    if let Some(wrong) = pauses.iter().find(|p| p.to.is_some_and(|to| to < p.from)) {
        return Err(DeadlineError::BackwardsPause(*wrong));
    }
    let received = whole_second(received);
    let open = pauses.iter().filter(|p| p.to.is_none()).map(|p| whole_second(p.from)).min();
    let mut why = vec![WhyLine::Received { at: received }];
    let mut case = Case {
        calendar,
        received,
        amount: duration.amount,
        pauses: closed_before(pauses, open),
        rules,
        horizon: horizon(received),
    };
    if policy == PausePolicy::Restart {
        restart(&mut case, last_end(pauses, open), &mut why);
    }
    if case.pauses.iter().any(|p| local(p.to).date() > case.horizon) {
        return Err(DeadlineError::TooFar);
    }
    if let Some(from) = open {
        let remaining = case.remaining_at(duration.unit, from, policy)?;
        why.push(WhyLine::Open { from, remaining });
        return Ok(Deadline { due_at: None, remaining: Some(remaining), why });
    }
    let at = case.due(duration.unit, &mut why)?;
    why.push(WhyLine::Due { at });
    Ok(Deadline { due_at: Some(at), remaining: None, why })
}

/// The ended pauses in order; of an open pause's own time nothing is counted twice.
fn closed_before(pauses: &[Pause], open: Option<Timestamp>) -> Vec<Closed> {
    let mut closed: Vec<Closed> = pauses
        .iter()
        .filter_map(|pause| {
            let from = whole_second(pause.from);
            let to = whole_second(pause.to?).min(open.unwrap_or(Timestamp::MAX));
            (from < to).then_some(Closed { from, to })
        })
        .collect();
    closed.sort_unstable_by_key(|pause| (pause.from, pause.to));
    closed
}

/// The second in which an instant lies.
fn whole_second(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

/// The end of the last pause that ended, before one that is open. A pause that ended in the second in
/// which it began counts too: what was answered at once is checked anew as well.
fn last_end(pauses: &[Pause], open: Option<Timestamp>) -> Option<Timestamp> {
    let last = pauses.iter().filter_map(|pause| pause.to).map(whole_second).max()?;
    Some(open.map_or(last, |open| last.min(open)))
}

/// Makes the end of the last pause the receipt, for policy `restart`.
fn restart(case: &mut Case<'_>, last: Option<Timestamp>, why: &mut Vec<WhyLine>) {
    case.pauses.clear();
    if let Some(at) = last.filter(|to| *to > case.received) {
        why.push(WhyLine::Restarted { at });
        case.received = at;
        case.horizon = horizon(at);
    }
}

fn horizon(received: Timestamp) -> Date {
    local(received).date().saturating_add(HORIZON_DAYS.days())
}

impl Case<'_> {
    fn due(&self, unit: DurationUnit, why: &mut Vec<WhyLine>) -> Result<Timestamp, DeadlineError> {
        match unit {
            DurationUnit::SameDay => self.same_day(why),
            DurationUnit::WorkingDay => self.working_days(why),
            DurationUnit::Day | DurationUnit::Month => self.calendar_days(unit, why),
            DurationUnit::WorkingHour => self.working_hours(why),
            DurationUnit::Hour => self.clock_hours(why),
        }
    }

    /// What was left when an open pause began.
    fn remaining_at(
        &self,
        unit: DurationUnit,
        from: Timestamp,
        policy: PausePolicy,
    ) -> Result<Remaining, DeadlineError> {
        if policy == PausePolicy::Restart {
            return Ok(Remaining::Paused(standing::whole(Duration::new(self.amount, unit))));
        }
        let mut why = Vec::new();
        let due_at = self.due(unit, &mut why)?;
        if from > due_at {
            return Ok(standing::overdue_in_pause(self.calendar, due_at, from));
        }
        let from = from.max(self.received);
        let receipt = self.calendar.receipt_day(self.received).ok_or(DeadlineError::TooFar)?;
        let day = local(from).date().max(receipt);
        Ok(Remaining::Paused(match unit {
            DurationUnit::WorkingHour => standing::office_amount(self.office_time(from, due_at)),
            DurationUnit::Hour => standing::clock_amount(due_at.duration_since(from)),
            DurationUnit::Day | DurationUnit::Month => {
                // Before the move to a working day: that is what the next computation starts from.
                let reached = why.iter().rev().find_map(WhyLine::date_before_move);
                Amount::Days(days::between(day, reached.unwrap_or(local(due_at).date())))
            }
            DurationUnit::WorkingDay | DurationUnit::SameDay => {
                Amount::WorkingDays(self.calendar.working_days_between(day, local(due_at).date()))
            }
        }))
    }
}

/// When a paper must have gone to the settling unit: the same day, or the opening of the next
/// working day when received from the cut-off on (Decree 61/2018 art. 18).
///
/// # Errors
/// [`DeadlineError::TooFar`] when the calendar has no working day ahead.
pub fn transfer_by(
    calendar: &Calendar,
    received: Timestamp,
    rules: &Rules,
) -> Result<Timestamp, DeadlineError> {
    let day = calendar.receipt_day(received).ok_or(DeadlineError::TooFar)?;
    let here = local(received);
    if here.date() < day || here.time() < rules.same_day_cutoff {
        let end = calendar.last_session_ends(day).ok_or(DeadlineError::TooFar)?;
        return days::at(day, end);
    }
    next_working_morning(calendar, received)
}

/// The opening of the first working day after the receipt day of an instant.
///
/// # Errors
/// [`DeadlineError::TooFar`] when the calendar has no working day ahead.
pub fn next_working_morning(
    calendar: &Calendar,
    from: Timestamp,
) -> Result<Timestamp, DeadlineError> {
    let day = calendar.receipt_day(from).and_then(|day| calendar.next_working_day(day));
    let day = day.ok_or(DeadlineError::TooFar)?;
    let opens = calendar.regular(day).first().map(|session| session.opens);
    days::at(day, opens.ok_or(DeadlineError::TooFar)?)
}

/// The instant after so many working hours, such as the eight of the reception clock.
///
/// # Errors
/// As [`due`].
pub fn working_hours_from(
    calendar: &Calendar,
    from: Timestamp,
    hours: u32,
) -> Result<Timestamp, DeadlineError> {
    let duration = Duration::new(hours, DurationUnit::WorkingHour);
    due(calendar, from, duration, &[], PausePolicy::Resume, &Rules::default())?
        .due_at
        .ok_or(DeadlineError::TooFar)
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
