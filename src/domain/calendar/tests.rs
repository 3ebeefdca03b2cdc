//! Sessions, holidays and lunar dates against known days.

use super::{Calendar, CalendarError, Place, Rest, Session, Timetable, WEEKDAYS, instant, local};
use crate::domain::words::Lang;
use jiff::civil::{Weekday, date, datetime, time};

fn session(from: i8, to: i8) -> Session {
    Session::new(time(from, 0, 0, 0), time(to, 0, 0, 0))
}

#[test]
fn a_timetable_without_any_working_day_is_refused() {
    let mut table = Timetable::default();
    table.extra[Weekday::Saturday] = vec![session(7, 11)];
    assert_eq!(Calendar::new(table.clone()), Err(CalendarError::NoWorkingDay));
    table.working.insert(date(2026, 1, 10), vec![session(7, 11)]);
    assert!(Calendar::new(table).is_ok());
}

#[test]
fn backwards_and_overlapping_sessions_are_refused_and_named() {
    let mut table = Timetable::default();
    table.weekly[Weekday::Friday] = vec![session(11, 7)];
    let error = Calendar::new(table.clone()).expect_err("backwards");
    assert_eq!(error, CalendarError::Backwards(Place::Weekly(Weekday::Friday), session(11, 7)));
    assert_eq!(
        error.text().say(Lang::Vi),
        "Thứ Sáu: buổi 11:00–07:00 kết thúc không sau lúc bắt đầu."
    );
    table.weekly[Weekday::Friday] = vec![session(13, 17), session(7, 14)];
    let place = Place::Weekly(Weekday::Friday);
    assert_eq!(
        Calendar::new(table.clone()),
        Err(CalendarError::Overlapping(place, session(7, 14), session(13, 17)))
    );
    table.weekly[Weekday::Friday] = vec![session(13, 17), session(7, 13)];
    let calendar = Calendar::new(table).expect("sessions that touch don't overlap");
    assert_eq!(calendar.regular(date(2026, 11, 27)), [session(7, 13), session(13, 17)]);
}

#[test]
fn a_working_date_borrows_mondays_sessions() {
    let mut table = Timetable::default();
    table.weekly[Weekday::Tuesday] = vec![session(7, 11)];
    table.working.insert(date(2026, 1, 10), Vec::new());
    assert_eq!(Calendar::new(table.clone()), Err(CalendarError::NoSessions(date(2026, 1, 10))));
    table.weekly[Weekday::Monday] = vec![session(8, 12)];
    table.holidays.insert(date(2026, 1, 10));
    let calendar = Calendar::new(table).expect("a calendar");
    assert_eq!(calendar.regular(date(2026, 1, 10)), [session(8, 12)]);
    assert!(calendar.is_made_up(date(2026, 1, 10)));
    assert_eq!(calendar.rest(date(2026, 1, 10)), None);
}

#[test]
fn the_shipped_calendar_is_its_own_timetable() {
    let shipped = Calendar::office_hours();
    assert_eq!(Calendar::new(shipped.timetable().clone()), Ok(shipped));
}

#[test]
fn the_shipped_calendar_keeps_the_week_the_holidays_and_the_swaps() {
    let calendar = Calendar::office_hours();
    assert!(WEEKDAYS[..5].iter().all(|day| calendar.timetable().weekly[*day].len() == 2));
    assert_eq!(calendar.rest(date(2026, 11, 24)), Some(Rest::Holiday));
    assert_eq!(calendar.rest(date(2026, 11, 28)), Some(Rest::Weekly));
    assert!(calendar.is_working_day(date(2026, 1, 10)), "worked for Friday 2 January");
    assert!(calendar.is_working_day(date(2026, 8, 22)), "worked for Monday 31 August");
    assert!(calendar.is_working_day(date(2025, 4, 26)), "worked for Friday 2 May");
    assert_eq!(calendar.next_working_day(date(2026, 2, 13)), Some(date(2026, 2, 23)));
    assert_eq!(calendar.previous_working_day(date(2026, 2, 23)), Some(date(2026, 2, 13)));
    assert_eq!(calendar.working_days_between(date(2026, 11, 20), date(2026, 11, 27)), 4);
}

#[test]
fn extra_sessions_take_dossiers_and_make_no_working_day() {
    let mut table = Calendar::office_hours().timetable().clone();
    table.extra[Weekday::Saturday] = vec![session(7, 11)];
    table.extra[Weekday::Tuesday] = vec![session(17, 19)];
    let calendar = Calendar::new(table).expect("a calendar");
    let saturday = date(2026, 11, 28);
    assert!(!calendar.is_working_day(saturday));
    let day = |at| calendar.receipt_day(instant(at).expect("in range"));
    assert_eq!(day(saturday.at(5, 0, 0, 0)), Some(saturday), "before opening is in time");
    assert_eq!(day(saturday.at(10, 59, 59, 0)), Some(saturday));
    assert_eq!(day(saturday.at(11, 0, 0, 0)), Some(date(2026, 11, 30)), "at the end is late");
    assert_eq!(day(datetime(2026, 12, 1, 18, 0, 0, 0)), Some(date(2026, 12, 1)));
    assert_eq!(calendar.last_session_ends(date(2026, 12, 1)), Some(time(19, 0, 0, 0)));
    assert_eq!(calendar.closes(date(2026, 12, 1)), Some(time(17, 0, 0, 0)));
    // A holiday closes the extra sessions as well.
    assert_eq!(day(datetime(2026, 11, 24, 9, 0, 0, 0)), Some(date(2026, 11, 25)));
}

#[test]
fn a_calendar_whose_working_dates_are_past_has_no_next_one() {
    let mut table = Timetable::default();
    table.working.insert(date(2026, 1, 10), vec![session(7, 11)]);
    let calendar = Calendar::new(table).expect("a calendar");
    assert_eq!(calendar.next_working_day(date(2026, 1, 10)), None);
    assert_eq!(calendar.next_working_day(date(2026, 1, 9)), Some(date(2026, 1, 10)));
}

#[test]
fn vietnam_is_seven_hours_ahead() {
    let at = "2026-11-22T17:00:00Z".parse().expect("a time");
    assert_eq!(local(at), datetime(2026, 11, 23, 0, 0, 0, 0));
    assert_eq!(instant(datetime(2026, 11, 23, 0, 0, 0, 0)), Some(at));
}
