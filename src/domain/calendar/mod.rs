//! The working-time calendar of an agency (domain section 5).
//!
//! A [`Timetable`] is what the editor holds and what is exported; a [`Calendar`] is a checked one,
//! ready to be asked. All instants are read in Vietnam time, by [`local`] and [`instant`].

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Index, IndexMut};

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::{Timestamp, tz::Offset};

use super::refusal::{Refusal, RefusalKind};
use super::words::Text;

mod changes;
mod lunar;
pub mod vietnam;
pub mod words;

pub use changes::{Changes, DayRule};

/// Vietnam's offset. It has been +07:00 without summer time since 13 June 1975 in the whole
/// country, so for every instant of an electronic dossier; births are dates, not instants.
const VIETNAM: Offset = Offset::constant(7);

/// How far ahead a working day is looked for, in days: a century.
pub const HORIZON_DAYS: i32 = 36_525;

/// The date and time in Vietnam at an instant.
pub fn local(at: Timestamp) -> DateTime {
    VIETNAM.to_datetime(at)
}

/// An instant as other programs read it, RFC 3339 at Vietnam's offset: `2026-11-23T15:30:00+07:00`.
pub fn written(at: Timestamp) -> String {
    format!("{}+07:00", local(at))
}

/// The instant of a date and time in Vietnam; `None` at the two ends of representable time.
pub fn instant(at: DateTime) -> Option<Timestamp> {
    VIETNAM.to_timestamp(at).ok()
}

/// A time of the day in which the office is open: from `opens` until just before `closes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Session {
    /// When it begins.
    pub opens: Time,
    /// When it ends; later than `opens`.
    pub closes: Time,
}

impl Session {
    /// A session between two times of a day; [`Calendar::new`] checks their order.
    pub const fn new(opens: Time, closes: Time) -> Self {
        Self { opens, closes }
    }
}

/// Sessions for each day of the week: `week[Weekday::Monday]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Week([Vec<Session>; 7]);

impl Week {
    /// Whether no day has a session.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Vec::is_empty)
    }

    /// The week with the sessions of each day in order.
    ///
    /// # Errors
    /// A session ends before it begins, or two overlap.
    pub fn arranged(mut self) -> Result<Self, CalendarError> {
        for day in WEEKDAYS {
            arrange(&mut self[day], Place::Weekly(day))?;
        }
        Ok(self)
    }
}

impl Index<Weekday> for Week {
    type Output = Vec<Session>;

    fn index(&self, day: Weekday) -> &Vec<Session> {
        &self.0[usize::from(day.to_monday_zero_offset().unsigned_abs())]
    }
}

impl IndexMut<Weekday> for Week {
    fn index_mut(&mut self, day: Weekday) -> &mut Vec<Session> {
        &mut self.0[usize::from(day.to_monday_zero_offset().unsigned_abs())]
    }
}

/// The days of a week in order, Monday first.
pub const WEEKDAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// What a calendar says, as its editor and its file have it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timetable {
    /// Regular office sessions. A date that has one is a working day.
    pub weekly: Week,
    /// Extra sessions (a Saturday morning): they take dossiers and make no working day. They may
    /// overlap regular ones, and don't take place on holidays.
    pub extra: Week,
    /// Dates without sessions: public holidays, substitute and swapped days, own additions.
    pub holidays: BTreeSet<Date>,
    /// Dates that are working days whatever their weekday, even when `holidays` has them too, with
    /// their regular sessions; Monday's when the list is empty.
    pub working: BTreeMap<Date, Vec<Session>>,
}

/// Why a timetable is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarError {
    /// No weekday and no date has a regular session: nothing would ever be due.
    NoWorkingDay,
    /// A session ends before it begins, or at the same time.
    Backwards(Place, Session),
    /// Two sessions of one list overlap.
    Overlapping(Place, Session, Session),
    /// A working date has no sessions of its own, and Monday has none to lend.
    NoSessions(Date),
}

/// Where in a timetable a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Among the regular sessions of a weekday.
    Weekly(Weekday),
    /// Among the extra sessions of a weekday.
    Extra(Weekday),
    /// Among the sessions of a working date.
    Working(Date),
}

impl CalendarError {
    /// The sentence for the editor of the calendar.
    pub fn text(&self) -> Text {
        words::calendar_error(self)
    }
}

impl std::fmt::Display for CalendarError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text().en)
    }
}

impl std::error::Error for CalendarError {}

impl From<CalendarError> for Refusal {
    fn from(error: CalendarError) -> Self {
        Self::new(RefusalKind::Invalid, error.text())
    }
}

/// A date that doesn't follow its weekday.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Dated {
    Off,
    Working(Vec<Session>),
}

/// Why a date is no working day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// A weekday without regular sessions.
    Weekly,
    /// A date of the list of holidays.
    Holiday,
}

/// A checked timetable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    timetable: Timetable,
    dated: BTreeMap<Date, Dated>,
}

impl Calendar {
    /// Checks a timetable; sessions may come in any order.
    ///
    /// # Errors
    /// Says which session or date is wrong: see [`CalendarError`].
    pub fn new(mut timetable: Timetable) -> Result<Self, CalendarError> {
        for day in WEEKDAYS {
            arrange(&mut timetable.weekly[day], Place::Weekly(day))?;
            arrange(&mut timetable.extra[day], Place::Extra(day))?;
        }
        for (date, sessions) in &mut timetable.working {
            arrange(sessions, Place::Working(*date))?;
        }
        let mut dated: BTreeMap<Date, Dated> =
            timetable.holidays.iter().map(|date| (*date, Dated::Off)).collect();
        let monday = &timetable.weekly[Weekday::Monday];
        for (date, own) in &timetable.working {
            let sessions = if own.is_empty() { monday } else { own };
            if sessions.is_empty() {
                return Err(CalendarError::NoSessions(*date));
            }
            dated.insert(*date, Dated::Working(sessions.clone()));
        }
        let weekly_works = WEEKDAYS.iter().any(|day| !timetable.weekly[*day].is_empty());
        if !weekly_works && timetable.working.is_empty() {
            return Err(CalendarError::NoWorkingDay);
        }
        Ok(Self { timetable, dated })
    }

    /// The calendar that ships: Monday to Friday 07:30-11:30 and 13:30-17:00, with the public
    /// holidays and announced swaps of [`vietnam`]. It is costly to make (27 lunar years): keep it.
    pub fn office_hours() -> Self {
        let mut timetable = Timetable::default();
        for day in &WEEKDAYS[..5] {
            timetable.weekly[*day] = vietnam::OFFICE_SESSIONS.to_vec();
        }
        for year in vietnam::YEARS {
            timetable.holidays.extend(vietnam::days_off(year));
        }
        timetable.working.extend(vietnam::SWAPS.map(|swap| (swap.worked, Vec::new())));
        let dated = timetable
            .holidays
            .iter()
            .map(|date| (*date, Dated::Off))
            .chain(
                vietnam::SWAPS
                    .map(|swap| (swap.worked, Dated::Working(vietnam::OFFICE_SESSIONS.to_vec()))),
            )
            .collect();
        Self { timetable, dated }
    }

    /// What the calendar says, for the editor and the file.
    pub fn timetable(&self) -> &Timetable {
        &self.timetable
    }

    /// The regular sessions of a date, in order; empty when it is no working day.
    pub fn regular(&self, date: Date) -> &[Session] {
        match self.dated.get(&date) {
            Some(Dated::Off) => &[],
            Some(Dated::Working(sessions)) => sessions,
            None => &self.timetable.weekly[date.weekday()],
        }
    }

    /// The extra sessions of a date, in order; none on a holiday.
    pub fn extra(&self, date: Date) -> &[Session] {
        match self.dated.get(&date) {
            Some(Dated::Off) => &[],
            _ => &self.timetable.extra[date.weekday()],
        }
    }

    /// Whether a date has a regular session.
    pub fn is_working_day(&self, date: Date) -> bool {
        !self.regular(date).is_empty()
    }

    /// Why a date is no working day; `None` when it is one.
    pub fn rest(&self, date: Date) -> Option<Rest> {
        match self.dated.get(&date) {
            Some(Dated::Off) => Some(Rest::Holiday),
            Some(Dated::Working(_)) => None,
            None if self.timetable.weekly[date.weekday()].is_empty() => Some(Rest::Weekly),
            None => None,
        }
    }

    /// Whether a date is a working day against its weekday (a Saturday made up).
    pub fn is_made_up(&self, date: Date) -> bool {
        matches!(self.dated.get(&date), Some(Dated::Working(_)))
            && self.timetable.weekly[date.weekday()].is_empty()
    }

    /// Closing time: the end of the last regular session of a date.
    pub fn closes(&self, date: Date) -> Option<Time> {
        self.regular(date).last().map(|session| session.closes)
    }

    /// The end of the last session of a date, extra ones included.
    pub fn last_session_ends(&self, date: Date) -> Option<Time> {
        let extra = self.extra(date).last().map(|session| session.closes);
        self.closes(date).max(extra)
    }

    /// The first working day after a date; `None` when there is none within [`HORIZON_DAYS`].
    pub fn next_working_day(&self, after: Date) -> Option<Date> {
        let mut date = after;
        for _ in 0..HORIZON_DAYS {
            date = date.tomorrow().ok()?;
            if self.is_working_day(date) {
                return Some(date);
            }
        }
        None
    }

    /// The last working day before a date; `None` when there is none within [`HORIZON_DAYS`].
    pub fn previous_working_day(&self, before: Date) -> Option<Date> {
        let mut date = before;
        for _ in 0..HORIZON_DAYS {
            date = date.yesterday().ok()?;
            if self.is_working_day(date) {
                return Some(date);
            }
        }
        None
    }

    /// The receipt day D0 of an instant: its date, when that has any session, regular or extra, and
    /// the instant is before the end of the last one; otherwise the next working day.
    ///
    /// So an extra Saturday session is earlier than the Friday evening before it, whose receipt day
    /// is Monday: receipt days are in order only where extra sessions fall on working days.
    pub fn receipt_day(&self, at: Timestamp) -> Option<Date> {
        let here = local(at);
        match self.last_session_ends(here.date()) {
            Some(end) if here.time() < end => Some(here.date()),
            _ => self.next_working_day(here.date()),
        }
    }

    /// How many working days there are after `from` up to and including `to`.
    pub fn working_days_between(&self, from: Date, to: Date) -> u32 {
        let mut count = 0;
        let mut date = from;
        while date < to {
            let Ok(next) = date.tomorrow() else { break };
            date = next;
            count += u32::from(self.is_working_day(date));
        }
        count
    }
}

/// Puts sessions in order and refuses those that cannot be.
fn arrange(sessions: &mut [Session], place: Place) -> Result<(), CalendarError> {
    if let Some(session) = sessions.iter().find(|s| s.closes <= s.opens) {
        return Err(CalendarError::Backwards(place, *session));
    }
    sessions.sort_unstable();
    match sessions.windows(2).find(|pair| pair[1].opens < pair[0].closes) {
        Some(pair) => Err(CalendarError::Overlapping(place, pair[0], pair[1])),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
