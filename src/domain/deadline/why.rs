//! "Why this date?": the lines of the calculation.

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Timestamp};

use super::standing::Remaining;
use super::words as w;
use crate::domain::calendar::words::{
    capitalised, date_exact, date_short, day_long, moment_exact, time_exact,
};
use crate::domain::calendar::{Rest, local, vietnam};
use crate::domain::catalogue::DurationUnit;
use crate::domain::words::Lang;

/// Why a receipt has the receipt day that it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reception {
    /// On a working day, before its last session ended.
    InTime,
    /// On a day with extra sessions only, before the last one ended.
    ExtraSession,
    /// After the last session of its date, so the next working day.
    AfterHours,
    /// On a date without sessions, so the next working day.
    DayOff,
}

/// One line of a calculation. Read in order, the lines go from the receipt to the due date: the
/// dates that they name follow one another, and each running total is the one before plus the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyLine {
    /// The receipt.
    Received {
        /// When.
        at: Timestamp,
    },
    /// An online filing, which the section answers.
    Filed {
        /// When.
        at: Timestamp,
    },
    /// A supplement before reception: the section has its hours for the answer anew.
    CheckedAnew {
        /// When it came.
        at: Timestamp,
    },
    /// Policy `restart`: what follows is computed as if received at the end of the last pause.
    Restarted {
        /// That end.
        at: Timestamp,
    },
    /// The receipt day D0, which is not counted.
    ReceiptDay {
        /// D0.
        date: Date,
        /// Why this one.
        reception: Reception,
    },
    /// The duration: same day.
    SameDay {
        /// D0.
        date: Date,
        /// What must be received before this is due the same day.
        cutoff: Time,
        /// Whether it was; otherwise one working day is counted.
        in_time: bool,
    },
    /// The duration: working days to count.
    WorkingDays {
        /// How many.
        amount: u32,
    },
    /// The duration: hours of office time.
    WorkingHours {
        /// How many.
        amount: u32,
    },
    /// The duration: hours of the clock.
    ClockHours {
        /// How many.
        amount: u32,
    },
    /// The duration added to D0: days or months.
    Added {
        /// D0.
        from: Date,
        /// How many.
        amount: u32,
        /// Days or months.
        unit: DurationUnit,
        /// The date reached, before it is moved.
        to: Date,
    },
    /// A pause that moves a deadline of days.
    Paused {
        /// When it began.
        from: Timestamp,
        /// When it ended.
        to: Timestamp,
        /// The days that it adds, without those of earlier pauses.
        days: u32,
        /// How many days are to be counted now, from D0.
        total: u32,
        /// The unit of the duration: months and days are moved by days, the others by working days.
        unit: DurationUnit,
    },
    /// The date reached after the pauses, for days and months.
    Reached {
        /// Days after D0.
        days: u32,
        /// That date.
        date: Date,
    },
    /// A pause in which hours did not run.
    NotRunning {
        /// When it began.
        from: Timestamp,
        /// When it ended.
        to: Timestamp,
    },
    /// Working days in a row, counted.
    Counted {
        /// The first one.
        first: Date,
        /// The last one.
        last: Date,
        /// How many working days.
        days: u32,
        /// Ordinary weekly days off among them, in long calculations; not counted.
        rest_days: u32,
        /// The running count.
        total: u32,
        /// A working day against its weekday (ngày làm bù).
        made_up: bool,
    },
    /// Dates that are no working days, not counted.
    Rest {
        /// The first one.
        first: Date,
        /// The last one.
        last: Date,
        /// Why.
        why: Rest,
    },
    /// The working day to which a date was moved.
    Moved {
        /// That day.
        date: Date,
    },
    /// Office time that was counted.
    OfficeTime {
        /// When it began.
        first: DateTime,
        /// When it ended, perhaps some whole days later.
        last: DateTime,
        /// How much of it was office time outside pauses.
        time: SignedDuration,
        /// Ordinary weekly days off within, in long calculations.
        rest_days: u32,
        /// The running sum.
        total: SignedDuration,
    },
    /// The clock's time that was counted.
    ClockTime {
        /// When it began.
        from: Timestamp,
        /// When it ended.
        to: Timestamp,
        /// The time between.
        time: SignedDuration,
        /// The running sum.
        total: SignedDuration,
    },
    /// A pause is open: there is no due date.
    Open {
        /// When it began.
        from: Timestamp,
        /// What remained then.
        remaining: Remaining,
    },
    /// A new date was given with an apology; it stands in place of the one computed.
    Extended {
        /// The new date.
        at: Timestamp,
    },
    /// The result.
    Due {
        /// When it is due.
        at: Timestamp,
    },
    /// The section's answer to what was filed online.
    AnswerDue {
        /// When it is due.
        at: Timestamp,
    },
}

impl WhyLine {
    /// The date that days or months led to, before the move to a working day.
    pub(super) fn date_before_move(&self) -> Option<Date> {
        match self {
            Self::Added { to, .. } => Some(*to),
            Self::Reached { date, .. } => Some(*date),
            _ => None,
        }
    }

    /// The line as a sentence.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Self::Received { at } => w::RECEIVED.fill(lang, &[("at", &exact(*at))]),
            Self::Filed { at } => w::FILED.fill(lang, &[("at", &exact(*at))]),
            Self::CheckedAnew { at } => w::CHECKED_ANEW.fill(lang, &[("at", &exact(*at))]),
            Self::Restarted { at } => w::RESTARTED.fill(lang, &[("at", &exact(*at))]),
            Self::ReceiptDay { date, reception } => {
                w::receipt_day(*reception).fill(lang, &[("day", &day_long(*date, lang))])
            }
            Self::SameDay { date, cutoff, in_time } => {
                let message = if *in_time { w::SAME_DAY } else { w::SAME_DAY_LATE };
                let (day, cutoff) = (day_long(*date, lang), time_exact(*cutoff));
                message.fill(lang, &[("day", &day), ("cutoff", &cutoff)])
            }
            Self::WorkingDays { amount } => {
                w::DURATION_IS.fill(lang, &[("amount", &w::count(w::WORKING_DAYS, *amount, lang))])
            }
            Self::WorkingHours { amount } => {
                w::DURATION_IS.fill(lang, &[("amount", &w::count(w::WORKING_HOURS, *amount, lang))])
            }
            Self::ClockHours { amount } => {
                w::DURATION_IS.fill(lang, &[("amount", &w::count(w::CLOCK_HOURS, *amount, lang))])
            }
            Self::Added { from, amount, unit, to } => w::ADDED.fill(
                lang,
                &[
                    ("from", &date_short(*from)),
                    ("amount", &w::count(w::calendar_unit(*unit), *amount, lang)),
                    ("to", &day_long(*to, lang)),
                ],
            ),
            Self::Paused { from, to, days, total, unit } => w::PAUSED_DAYS.fill(
                lang,
                &[
                    ("from", &exact(*from)),
                    ("to", &exact(*to)),
                    ("days", &w::count(w::moved_by(*unit), *days, lang)),
                    ("total", &w::count(w::moved_by(*unit), *total, lang)),
                ],
            ),
            Self::Reached { days, date } => w::REACHED.fill(
                lang,
                &[("days", &w::count(w::DAYS, *days, lang)), ("to", &day_long(*date, lang))],
            ),
            Self::NotRunning { from, to } => {
                w::NOT_RUNNING.fill(lang, &[("from", &exact(*from)), ("to", &exact(*to))])
            }
            Self::Counted { .. } => self.counted_line(lang),
            Self::Rest { first, last, why } => rest_line(*first, *last, *why, lang),
            Self::Moved { date } => w::MOVED.fill(lang, &[("day", &day_long(*date, lang))]),
            Self::OfficeTime { .. } => self.office_line(lang),
            Self::ClockTime { from, to, time, total } => w::CLOCK_TIME.fill(
                lang,
                &[
                    ("stretch", &stretch(local(*from), local(*to), lang)),
                    ("time", &w::time(*time, lang)),
                    ("total", &w::time(*total, lang)),
                ],
            ),
            Self::Open { from, remaining } => {
                w::OPEN.fill(lang, &[("from", &exact(*from)), ("remaining", &remaining.say(lang))])
            }
            Self::Extended { at } => w::EXTENDED.fill(lang, &[("at", &date_exact(*at, lang))]),
            Self::Due { at } => w::DUE.fill(lang, &[("at", &date_exact(*at, lang))]),
            Self::AnswerDue { at } => w::ANSWER_DUE.fill(lang, &[("at", &date_exact(*at, lang))]),
        }
    }

    fn counted_line(&self, lang: Lang) -> String {
        let Self::Counted { first, last, days, rest_days, total, made_up } = self else {
            return String::new();
        };
        let message = match (made_up, *rest_days) {
            (true, _) => w::COUNTED_MADE_UP,
            (false, 0) => w::COUNTED,
            (false, _) => w::COUNTED_WEEKS,
        };
        message.fill(
            lang,
            &[
                ("dates", &dates(*first, *last, lang)),
                ("days", &w::count(w::WORKING_DAYS, *days, lang)),
                ("rest", &w::count(w::DAYS, *rest_days, lang)),
                ("total", &total.to_string()),
            ],
        )
    }

    fn office_line(&self, lang: Lang) -> String {
        let Self::OfficeTime { first, last, time, rest_days, total } = self else {
            return String::new();
        };
        let message = if *rest_days == 0 { w::OFFICE_TIME } else { w::OFFICE_TIME_WEEKS };
        message.fill(
            lang,
            &[
                ("stretch", &stretch(*first, *last, lang)),
                ("time", &w::time(*time, lang)),
                ("rest", &w::count(w::DAYS, *rest_days, lang)),
                ("total", &w::time(*total, lang)),
            ],
        )
    }
}

/// "Thứ Bảy 28/11/2026, Chủ nhật 29/11/2026", "Từ thứ Hai 16/02/2026 đến thứ Sáu 20/02/2026".
fn dates(first: Date, last: Date, lang: Lang) -> String {
    let (from, to) = (day_long(first, lang), day_long(last, lang));
    let words = if first == last {
        from
    } else if first.tomorrow().is_ok_and(|next| next == last) {
        format!("{from}, {to}")
    } else {
        w::FROM_TO.fill(lang, &[("from", &from), ("to", &to)])
    };
    capitalised(&words)
}

/// "15:30, 23/11/2026" in Vietnam time.
fn exact(at: Timestamp) -> String {
    moment_exact(local(at))
}

/// "Thứ Hai 23/11/2026 từ 15:30 đến 17:00", or from one moment to another.
fn stretch(first: DateTime, last: DateTime, lang: Lang) -> String {
    let words = if first.date() == last.date() {
        w::WITHIN_DAY.fill(
            lang,
            &[
                ("day", &day_long(first.date(), lang)),
                ("from", &time_exact(first.time())),
                ("to", &time_exact(last.time())),
            ],
        )
    } else {
        w::FROM_TO.fill(lang, &[("from", &moment_exact(first)), ("to", &moment_exact(last))])
    };
    capitalised(&words)
}

fn rest_line(first: Date, last: Date, why: Rest, lang: Lang) -> String {
    let dates = dates(first, last, lang);
    if why == Rest::Weekly {
        return w::REST_WEEKLY.fill(lang, &[("dates", &dates)]);
    }
    let mut names: Vec<&str> = Vec::new();
    let mut day = first;
    while day <= last && names.len() < 4 {
        let name = vietnam::name(day).map(|name| name.say(lang));
        names.extend(name.filter(|name| names.last() != Some(name)));
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    if names.is_empty() {
        return w::REST_HOLIDAY.fill(lang, &[("dates", &dates)]);
    }
    w::REST_NAMED.fill(lang, &[("dates", &dates), ("name", &names.join(", "))])
}
