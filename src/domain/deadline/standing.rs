//! How a dossier stands against its due date, and the words of its pill.

use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp};

use super::days::{at, between};
use super::{Duration, words as w};
use crate::domain::calendar::words::time_short;
use crate::domain::calendar::{Calendar, local};
use crate::domain::catalogue::DurationUnit;
use crate::domain::words::Lang;

/// How an open dossier stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeadlineState {
    /// In time.
    OnTime,
    /// In time, with less left than the rule pack's margin.
    DueSoon,
    /// The due date has passed.
    Overdue,
    /// A pause is open: there is no due date.
    Paused,
}

/// How an ended dossier ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// On an earlier date than the due date.
    Early,
    /// On the date of the due date, not after its time.
    OnTime,
    /// After the due date.
    Late,
}

/// An amount of time as people count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// Working days.
    WorkingDays(u32),
    /// Days of the calendar.
    Days(u32),
    /// Months.
    Months(u32),
    /// Minutes of office time.
    OfficeMinutes(u32),
    /// Minutes of the clock.
    Minutes(u32),
}

impl Amount {
    /// "2 ngày làm việc", "3 giờ". From an hour of the clock on, minutes are left out.
    pub fn say(self, lang: Lang) -> String {
        match self {
            Self::WorkingDays(n) => w::count(w::WORKING_DAYS, n, lang),
            Self::Days(n) => w::count(w::DAYS, n, lang),
            Self::Months(n) => w::count(w::MONTHS, n, lang),
            Self::Minutes(n) if n >= 60 => w::count(w::HOURS, n / 60, lang),
            Self::Minutes(n) => w::count(w::MINUTES, n, lang),
            Self::OfficeMinutes(n) => {
                let time = w::time(SignedDuration::from_mins(i64::from(n)), lang);
                w::OF_OFFICE_TIME.fill(lang, &[("time", &time)])
            }
        }
    }
}

/// The words of the deadline pill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remaining {
    /// Open, so much is left.
    Left(Amount),
    /// Open, due today.
    Today {
        /// Before this time.
        before: Time,
    },
    /// Open, so late already.
    Overdue(Amount),
    /// Paused with so much left.
    Paused(Amount),
    /// Paused when so late already.
    PausedOverdue(Amount),
    /// Ended this early.
    Early(Amount),
    /// Ended on the due date.
    Met,
    /// Ended this late.
    Late(Amount),
}

impl Remaining {
    /// The pill's words: "còn 2 ngày làm việc", "hôm nay, trước 17:00".
    pub fn say(&self, lang: Lang) -> String {
        let with = |message: crate::domain::words::Message, amount: &Amount| {
            message.fill(lang, &[("amount", &amount.say(lang))])
        };
        match self {
            Self::Left(amount) => with(w::LEFT, amount),
            Self::Today { before } => w::TODAY.fill(lang, &[("time", &time_short(*before))]),
            Self::Overdue(amount) => with(w::OVERDUE, amount),
            Self::Paused(Amount::WorkingDays(0)) => w::PAUSED_LAST_WORKING_DAY.say(lang).to_owned(),
            Self::Paused(Amount::Days(0)) => w::PAUSED_LAST_DAY.say(lang).to_owned(),
            Self::Paused(amount) => with(w::PAUSED, amount),
            Self::PausedOverdue(amount) => with(w::PAUSED_OVERDUE, amount),
            Self::Early(amount) => with(w::EARLY, amount),
            Self::Met => w::MET.say(lang).to_owned(),
            Self::Late(amount) => with(w::LATE, amount),
        }
    }
}

/// The last instant at which a dossier is not yet due soon: so many working days before its due
/// date, at the same time of the day. What is due on a day off (hours of the clock may be) has left
/// the working day before it behind, and so is due soon from the beginning of that day on.
pub fn due_soon_from(calendar: &Calendar, due_at: Timestamp, days: u32) -> Timestamp {
    if days == 0 {
        return due_at;
    }
    let due = local(due_at);
    let mut date = due.date();
    for _ in 0..days {
        let Some(before) = calendar.previous_working_day(date) else { return Timestamp::MIN };
        date = before;
    }
    if calendar.is_working_day(due.date()) {
        return at(date, due.time()).unwrap_or(due_at);
    }
    let begins = at(date, Time::MIN).unwrap_or(due_at);
    begins.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(begins)
}

/// The instant before which those due are due soon, or overdue: the other way round than
/// [`due_soon_from`], so that lists and counters agree with [`state`].
pub fn due_soon_until(calendar: &Calendar, now: Timestamp, days: u32) -> Timestamp {
    if days == 0 {
        return now;
    }
    let here = local(now);
    let mut date = here.date();
    for _ in 0..days {
        let Some(next) = calendar.next_working_day(date) else { return Timestamp::MAX };
        date = next;
    }
    if calendar.is_working_day(here.date()) {
        return at(date, here.time()).unwrap_or(Timestamp::MAX);
    }
    date.tomorrow().ok().and_then(|next| at(next, Time::MIN).ok()).unwrap_or(Timestamp::MAX)
}

/// How an open dossier stands now; `due_soon` is the rule pack's margin in working days
/// ([`super::Rules::due_soon_days`]). At the very due instant it is still in time.
pub fn state(
    calendar: &Calendar,
    due_at: Option<Timestamp>,
    now: Timestamp,
    due_soon: u32,
) -> DeadlineState {
    match due_at {
        None => DeadlineState::Paused,
        Some(due_at) if now > due_at => DeadlineState::Overdue,
        Some(due_at) if now > due_soon_from(calendar, due_at, due_soon) => DeadlineState::DueSoon,
        Some(_) => DeadlineState::OnTime,
    }
}

/// How a dossier ended. Early means on an earlier date than the due date: results that are ready
/// in the morning for the same afternoon are on time, as the official reports count them.
pub fn outcome(due_at: Timestamp, ended_at: Timestamp) -> Outcome {
    if ended_at > due_at {
        Outcome::Late
    } else if local(ended_at).date() < local(due_at).date() {
        Outcome::Early
    } else {
        Outcome::OnTime
    }
}

/// What is left of an open deadline, or how late it is: in working days, in hours when no working
/// day lies between.
pub fn remaining(calendar: &Calendar, due_at: Timestamp, now: Timestamp) -> Remaining {
    if now > due_at {
        return Remaining::Overdue(distance(calendar, due_at, now));
    }
    let due = local(due_at);
    if due.date() == local(now).date() {
        return Remaining::Today { before: due.time() };
    }
    Remaining::Left(distance(calendar, now, due_at))
}

/// How early or late a dossier ended: early in days, late as [`remaining`] counts.
pub fn remaining_ended(calendar: &Calendar, due_at: Timestamp, ended_at: Timestamp) -> Remaining {
    match outcome(due_at, ended_at) {
        Outcome::Early => {
            let days = between(local(ended_at).date(), local(due_at).date());
            Remaining::Early(Amount::Days(days))
        }
        Outcome::OnTime => Remaining::Met,
        Outcome::Late => Remaining::Late(distance(calendar, due_at, ended_at)),
    }
}

/// Paused when it was overdue.
pub(super) fn overdue_in_pause(
    calendar: &Calendar,
    due_at: Timestamp,
    from: Timestamp,
) -> Remaining {
    Remaining::PausedOverdue(distance(calendar, due_at, from))
}

/// A whole duration as an amount.
pub(super) fn whole(duration: Duration) -> Amount {
    let minutes = duration.amount.saturating_mul(60);
    match duration.unit {
        DurationUnit::SameDay => Amount::WorkingDays(0),
        DurationUnit::WorkingHour => Amount::OfficeMinutes(minutes),
        DurationUnit::Hour => Amount::Minutes(minutes),
        DurationUnit::WorkingDay => Amount::WorkingDays(duration.amount),
        DurationUnit::Day => Amount::Days(duration.amount),
        DurationUnit::Month => Amount::Months(duration.amount),
    }
}

/// Office time as an amount.
pub(super) fn office_amount(time: SignedDuration) -> Amount {
    Amount::OfficeMinutes(minutes(time))
}

/// The clock's time as an amount: at least a minute.
pub(super) fn clock_amount(time: SignedDuration) -> Amount {
    Amount::Minutes(minutes(time).max(1))
}

fn minutes(time: SignedDuration) -> u32 {
    u32::try_from(time.as_mins()).unwrap_or(if time.is_negative() { 0 } else { u32::MAX })
}

/// From one instant to a later one.
fn distance(calendar: &Calendar, from: Timestamp, to: Timestamp) -> Amount {
    let (first, last) = (local(from).date(), local(to).date());
    let time = to.duration_since(from);
    match calendar.working_days_between(first, last) {
        0 if time < SignedDuration::from_hours(24) => clock_amount(time),
        0 => Amount::Days(between(first, last)),
        days => Amount::WorkingDays(days),
    }
}
