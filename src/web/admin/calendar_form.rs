//! The calendar's form: hours and dates as people type them, read with the place of each mistake.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time, Weekday};

use crate::domain::calendar::words::{date_short, time_short};
use crate::domain::calendar::{
    Calendar, CalendarError, DayRule, Place, Session, Timetable, WEEKDAYS, Week,
};
use crate::domain::refusal::{FieldError, Refusal};
use crate::office::calendars::wire::weekday_id;
use crate::web::desk::posted::Posted;
use crate::web::words::calendar as words;

/// The field of a weekday's office hours.
pub fn weekly_field(day: Weekday) -> String {
    format!("weekly.{}", weekday_id(day))
}

/// The field of a weekday's extra sessions.
pub fn extra_field(day: Weekday) -> String {
    format!("extra.{}", weekday_id(day))
}

/// The form of a timetable: its week, and its dates of a year.
pub fn fill(sent: &mut Posted, timetable: &Timetable, year: i16) {
    for day in WEEKDAYS {
        sent.set(&weekly_field(day), sessions_text(&timetable.weekly[day]));
        sent.set(&extra_field(day), sessions_text(&timetable.extra[day]));
    }
    let of_year = |date: &&Date| date.year() == year;
    let off = timetable.holidays.iter().filter(of_year).copied();
    let off: Vec<String> =
        off.filter(|date| !timetable.working.contains_key(date)).map(date_short).collect();
    let worked = timetable.working.iter().filter(|(date, _)| date.year() == year);
    let worked: Vec<String> = worked
        .map(|(date, own)| match own.as_slice() {
            [] => date_short(*date),
            own => format!("{}: {}", date_short(*date), sessions_text(own)),
        })
        .collect();
    sent.set("off", off.join("\n"));
    sent.set("worked", worked.join("\n"));
}

/// "07:30-11:30, 13:30-17:00".
pub fn sessions_text(sessions: &[Session]) -> String {
    let one = |s: &Session| format!("{}-{}", time_short(s.opens), time_short(s.closes));
    sessions.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Reads the sessions of a week alone, in order.
///
/// # Errors
/// Every field that cannot be read, or whose sessions overlap.
pub fn read_week(sent: &Posted) -> Result<Week, Refusal> {
    let mut errors = Vec::new();
    let week = week(sent, weekly_field, &mut errors);
    if !errors.is_empty() {
        return Err(Refusal::fields(errors));
    }
    week.arranged().map_err(|error| Refusal::field(field_of(&error), error.text()))
}

fn week(sent: &Posted, field: fn(Weekday) -> String, errors: &mut Vec<FieldError>) -> Week {
    let mut week = Week::default();
    for day in WEEKDAYS {
        let field = field(day);
        match parse_sessions(sent.get(&field)) {
            Ok(sessions) => week[day] = sessions,
            Err(text) => {
                let text = words::SESSIONS_WRONG.text(&[("text", &text)]);
                errors.push(FieldError { field, text });
            }
        }
    }
    week
}

/// Reads the form: `base` with another week and other dates in `year`.
///
/// # Errors
/// Every field that cannot be read; or the place that makes the calendar impossible.
pub fn read(sent: &Posted, base: &Timetable, year: i16) -> Result<Timetable, Refusal> {
    let mut errors = Vec::new();
    let mut timetable = base.clone();
    timetable.weekly = week(sent, weekly_field, &mut errors);
    timetable.extra = week(sent, extra_field, &mut errors);
    timetable.holidays.retain(|date| date.year() != year);
    timetable.working.retain(|date, _| date.year() != year);
    let mut off = BTreeSet::new();
    for line in lines(sent.get("off")) {
        match parse_date(line, year) {
            Some(date) => {
                off.insert(date);
                timetable.set(date, DayRule::Off);
            }
            None => errors.push(date_error("off", line)),
        }
    }
    for line in lines(sent.get("worked")) {
        match worked(line, year) {
            Ok((date, _)) if off.contains(&date) => {
                let text = words::DATE_TWICE.text(&[("date", &date_short(date))]);
                errors.push(FieldError { field: "worked".to_owned(), text });
            }
            Ok((date, own)) => timetable.set(date, DayRule::Working(own)),
            Err(error) => errors.push(error),
        }
    }
    if !errors.is_empty() {
        return Err(Refusal::fields(errors));
    }
    let checked =
        Calendar::new(timetable).map_err(|error| Refusal::field(field_of(&error), error.text()))?;
    Ok(checked.timetable().clone())
}

fn field_of(error: &CalendarError) -> String {
    match error {
        CalendarError::NoWorkingDay => weekly_field(Weekday::Monday),
        CalendarError::NoSessions(_) => "worked".to_owned(),
        CalendarError::Backwards(place, _) | CalendarError::Overlapping(place, ..) => match place {
            Place::Weekly(day) => weekly_field(*day),
            Place::Extra(day) => extra_field(*day),
            Place::Working(_) => "worked".to_owned(),
        },
    }
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

fn date_error(field: &str, text: &str) -> FieldError {
    FieldError { field: field.to_owned(), text: words::DATE_WRONG.text(&[("text", text)]) }
}

/// A date made up, with its hours after a colon.
fn worked(line: &str, year: i16) -> Result<(Date, Vec<Session>), FieldError> {
    let (date, hours) = line.split_once(':').unwrap_or((line, ""));
    let date = parse_date(date.trim(), year).ok_or_else(|| date_error("worked", line))?;
    let own = parse_sessions(hours.trim()).map_err(|text| FieldError {
        field: "worked".to_owned(),
        text: words::SESSIONS_WRONG.text(&[("text", &text)]),
    })?;
    Ok((date, own))
}

/// "24/11/2026", "24/11" of the year, "2026-11-24".
fn parse_date(text: &str, year: i16) -> Option<Date> {
    if text.contains('-') {
        return text.parse().ok();
    }
    let mut parts = text.split('/').map(|part| part.trim().parse::<i16>().ok());
    let (day, month) = (parts.next()??, parts.next()??);
    let year = match parts.next() {
        Some(year) => year?,
        None => year,
    };
    let (day, month) = (i8::try_from(day).ok()?, i8::try_from(month).ok()?);
    parts.next().is_none().then(|| Date::new(year, month, day).ok())?
}

/// Sessions with commas between them; the one that is none when there is such.
fn parse_sessions(text: &str) -> Result<Vec<Session>, String> {
    let all = text.split([',', ';']).map(str::trim).filter(|one| !one.is_empty());
    all.map(|one| session(one).ok_or_else(|| one.to_owned())).collect()
}

fn session(text: &str) -> Option<Session> {
    let (opens, closes) = text.split_once(['-', '–'])?;
    Some(Session::new(time(opens)?, time(closes)?))
}

/// "07:30", "7:30", "7h30", "7h".
fn time(text: &str) -> Option<Time> {
    let (hour, minute) = text.trim().split_once([':', 'h'])?;
    let minute = if minute.is_empty() && text.contains('h') { "0" } else { minute };
    let plain = |part: &str| part.len() <= 2 && part.chars().all(|c| c.is_ascii_digit());
    if !plain(hour) || !plain(minute) {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::{fill, parse_date, parse_sessions, read};
    use crate::domain::calendar::{Calendar, DayRule};
    use crate::web::desk::posted::Posted;
    use jiff::civil::date;

    fn form(year: i16) -> (Posted, crate::domain::calendar::Timetable) {
        let base = Calendar::office_hours().timetable().clone();
        let mut sent = Posted::default();
        fill(&mut sent, &base, year);
        (sent, base)
    }

    #[test]
    fn the_form_of_a_calendar_reads_as_that_calendar() {
        for year in [2024, 2026, 2050] {
            let (sent, base) = form(year);
            assert_eq!(read(&sent, &base, year), Ok(base));
        }
    }

    #[test]
    fn dates_of_the_year_are_replaced_and_of_others_kept() {
        let (mut sent, base) = form(2026);
        sent.set("off", "7/12\n24/11/2026");
        sent.set("worked", "12/12/2026: 7h30-11h30");
        let table = read(&sent, &base, 2026).unwrap();
        assert_eq!(table.rule(date(2026, 12, 7)), DayRule::Off);
        assert_eq!(table.rule(date(2026, 1, 1)), DayRule::Ordinary);
        assert_eq!(table.rule(date(2027, 1, 1)), DayRule::Off);
        assert!(matches!(table.rule(date(2026, 12, 12)), DayRule::Working(own) if own.len() == 1));
    }

    #[test]
    fn mistakes_are_named_at_their_fields() {
        let fields = |changes: &[(&str, &str)]| {
            let (mut sent, base) = form(2026);
            for (name, value) in changes {
                sent.set(name, *value);
            }
            let refusal = read(&sent, &base, 2026).expect_err("wrong");
            refusal.fields.into_iter().map(|error| error.field).collect::<Vec<_>>()
        };
        assert_eq!(fields(&[("weekly.fri", "sáng"), ("off", "31/02/2026")]), ["weekly.fri", "off"]);
        assert_eq!(fields(&[("weekly.fri", "11:30-07:30")]), ["weekly.fri"]);
        assert_eq!(fields(&[("extra.sat", "07:30-11:30, 11:00-12:00")]), ["extra.sat"]);
        assert_eq!(fields(&[("off", "24/11"), ("worked", "24/11/2026")]), ["worked"]);
        assert_eq!(fields(&[("worked", "12/12: 25:00-26:00")]), ["worked"]);
        let week = ["mon", "tue", "wed", "thu", "fri"].map(|day| format!("weekly.{day}"));
        let mut closed: Vec<(&str, &str)> = week.iter().map(|day| (day.as_str(), "")).collect();
        closed.push(("worked", "12/12/2026"));
        assert_eq!(fields(&closed), ["worked"], "Monday has no hours to lend");
    }

    #[test]
    fn hours_and_dates_are_read_as_people_type_them() {
        assert_eq!(parse_sessions("7h30-11h30, 13h – 17:00").unwrap().len(), 2);
        assert_eq!(parse_sessions("07:30"), Err("07:30".to_owned()));
        assert_eq!(parse_sessions(" "), Ok(Vec::new()));
        assert_eq!(parse_date("1/2", 2026), Some(date(2026, 2, 1)));
        assert_eq!(parse_date("2026-02-01", 2025), Some(date(2026, 2, 1)));
        for wrong in ["", "32/1", "1/2/3/4", "1", "a/b"] {
            assert_eq!(parse_date(wrong, 2026), None, "{wrong}");
        }
    }
}
