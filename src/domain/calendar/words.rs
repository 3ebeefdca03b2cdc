//! Dates and times in words, in both languages; pages and papers share them.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time, Weekday};

use super::{CalendarError, Place, Session, local};
use crate::domain::words::{Lang, Message, Text};
use crate::messages;

messages! {
    MONDAY: "thứ Hai" / "Monday";
    TUESDAY: "thứ Ba" / "Tuesday";
    WEDNESDAY: "thứ Tư" / "Wednesday";
    THURSDAY: "thứ Năm" / "Thursday";
    FRIDAY: "thứ Sáu" / "Friday";
    SATURDAY: "thứ Bảy" / "Saturday";
    SUNDAY: "Chủ nhật" / "Sunday";
    UNTIL: "{day}, trước {time}" / "{day}, before {time}";
    NO_WORKING_DAY: "Lịch làm việc chưa có ngày làm việc nào."
        / "The calendar has no working day.";
    BACKWARDS: "{place}: buổi {session} kết thúc không sau lúc bắt đầu."
        / "{place}: the session {session} does not end after it begins.";
    OVERLAPPING: "{place}: hai buổi {session} và {other} trùng giờ nhau."
        / "{place}: the sessions {session} and {other} overlap.";
    NO_SESSIONS: "Ngày làm việc {date} chưa có giờ, và thứ Hai không có buổi nào để lấy theo."
        / "The working date {date} has no sessions, and Monday has none to lend.";
    MONTH_DAYS: "Tháng {month} chỉ có {n} ngày." / "Month {month} has {n} days only.";
    FEBRUARY_DAYS: "Tháng 2 năm {year} chỉ có 28 ngày." / "February {year} has 28 days only.";
    NO_MONTH: "Không có tháng {month}: một năm có 12 tháng." / "There is no month {month}: a year has 12.";
    EXTRA_OF: "{day} (buổi làm thêm)" / "{day} (extra sessions)";
}

/// A weekday: "thứ Năm", "Thursday".
pub const fn weekday(day: Weekday) -> Message {
    match day {
        Weekday::Monday => MONDAY,
        Weekday::Tuesday => TUESDAY,
        Weekday::Wednesday => WEDNESDAY,
        Weekday::Thursday => THURSDAY,
        Weekday::Friday => FRIDAY,
        Weekday::Saturday => SATURDAY,
        Weekday::Sunday => SUNDAY,
    }
}

/// "26/11/2026", in both languages: English readers in Vietnam know the order.
pub fn date_short(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// Why day, month and year that somebody wrote are no day of the calendar: the month has fewer days, or the
/// year no such month. None when they are one, or no numbers at all.
pub fn no_such_day(day: &str, month: &str, year: &str) -> Option<Text> {
    let number = |text: &str| text.trim().parse::<i16>().ok();
    let (day, month, year) = (number(day)?, number(month)?, number(year)?);
    let name = month.to_string();
    let within = i8::try_from(month).ok().filter(|month| (1..=12).contains(month));
    let Some(within) = within else { return Some(NO_MONTH.text(&[("month", &name)])) };
    let days = i16::from(Date::new(year, within, 1).ok()?.days_in_month());
    if day <= days {
        return None;
    }
    Some(match (within, day) {
        (2, 29) => FEBRUARY_DAYS.text(&[("year", &year.to_string())]),
        _ => MONTH_DAYS.text(&[("month", &name), ("n", &days.to_string())]),
    })
}

/// "17:00".
pub fn time_short(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// "17:00", or "17:00:30" when it is not a whole minute: for calculations.
pub fn time_exact(time: Time) -> String {
    match time.second() {
        0 => time_short(time),
        second => format!("{}:{second:02}", time_short(time)),
    }
}

/// "16:30, 23/11/2026", with the seconds when there are any.
pub fn moment_exact(at: DateTime) -> String {
    format!("{}, {}", time_exact(at.time()), date_short(at.date()))
}

/// "16:30, 23/11/2026" in Vietnam time.
pub fn instant_short(at: Timestamp) -> String {
    let here = local(at);
    format!("{}, {}", time_short(here.time()), date_short(here.date()))
}

/// "thứ Năm 26/11/2026", "Thursday 26/11/2026".
pub fn day_long(date: Date, lang: Lang) -> String {
    format!("{} {}", weekday(date.weekday()).say(lang), date_short(date))
}

/// A due date as it stands on papers and pages: "thứ Năm 26/11/2026, trước 17:00".
pub fn date_long(at: Timestamp, lang: Lang) -> String {
    let here = local(at);
    UNTIL.fill(lang, &[("day", &day_long(here.date(), lang)), ("time", &time_short(here.time()))])
}

/// As [`date_long`], with the seconds when there are any: for calculations.
pub fn date_exact(at: Timestamp, lang: Lang) -> String {
    let here = local(at);
    UNTIL.fill(lang, &[("day", &day_long(here.date(), lang)), ("time", &time_exact(here.time()))])
}

/// "07:30–11:30".
pub fn session(session: Session) -> String {
    format!("{}–{}", time_short(session.opens), time_short(session.closes))
}

/// The same words with a capital first letter, for the beginning of a sentence.
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// The sentence of a refused timetable.
pub(super) fn calendar_error(error: &CalendarError) -> Text {
    let both = |message: Message, place: Place, values: &[(&str, &str)]| {
        let filled = |lang: Lang| {
            let place = self::place(place, lang);
            message.fill(lang, &[&[("place", place.as_str())], values].concat())
        };
        Text { vi: filled(Lang::Vi), en: filled(Lang::En) }
    };
    match error {
        CalendarError::NoWorkingDay => NO_WORKING_DAY.into(),
        CalendarError::Backwards(place, wrong) => {
            both(BACKWARDS, *place, &[("session", &session(*wrong))])
        }
        CalendarError::Overlapping(place, first, second) => both(
            OVERLAPPING,
            *place,
            &[("session", &session(*first)), ("other", &session(*second))],
        ),
        CalendarError::NoSessions(date) => NO_SESSIONS.text(&[("date", &date_short(*date))]),
    }
}

fn place(place: Place, lang: Lang) -> String {
    match place {
        Place::Weekly(day) => capitalised(weekday(day).say(lang)),
        Place::Extra(day) => EXTRA_OF.fill(lang, &[("day", &capitalised(weekday(day).say(lang)))]),
        Place::Working(date) => date_short(date),
    }
}

#[cfg(test)]
mod tests {
    use super::{capitalised, date_long, instant_short};
    use crate::domain::words::Lang;

    #[test]
    fn a_due_date_reads_as_on_the_papers() {
        let at = "2026-11-26T17:00:00+07:00".parse().expect("a time");
        assert_eq!(date_long(at, Lang::Vi), "thứ Năm 26/11/2026, trước 17:00");
        assert_eq!(date_long(at, Lang::En), "Thursday 26/11/2026, before 17:00");
    }

    #[test]
    fn instants_are_told_in_vietnam_time() {
        let at = "2026-11-22T17:05:00Z".parse().expect("a time");
        assert_eq!(instant_short(at), "00:05, 23/11/2026");
    }

    #[test]
    fn a_capital_is_one_letter() {
        assert_eq!(capitalised("thứ Hai"), "Thứ Hai");
        assert_eq!(capitalised(""), "");
    }
}
