//! Laws of deadlines, and a naive clerk who counts day by day and minute by minute.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime, Time, Weekday, date, time};
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;

use super::{
    DeadlineState, Duration, Pause, PausePolicy, Rules, WhyLine, due, due_soon_until, state,
};
use crate::domain::calendar::{Calendar, Session, instant, local};
use crate::domain::catalogue::DurationUnit;

const UNITS: [DurationUnit; 6] = [
    DurationUnit::SameDay,
    DurationUnit::WorkingHour,
    DurationUnit::Hour,
    DurationUnit::WorkingDay,
    DurationUnit::Day,
    DurationUnit::Month,
];

fn at(day: Date, time: Time) -> Timestamp {
    instant(day.to_datetime(time)).expect("in range")
}

/// The clerk: a second implementation of domain section 5, slow and plain.
struct Clerk<'a>(&'a Calendar);

impl Clerk<'_> {
    fn regular(&self, day: Date) -> Vec<Session> {
        let table = self.0.timetable();
        match table.working.get(&day) {
            Some(own) if own.is_empty() => table.weekly[Weekday::Monday].clone(),
            Some(own) => own.clone(),
            None if table.holidays.contains(&day) => Vec::new(),
            None => table.weekly[day.weekday()].clone(),
        }
    }

    fn works(&self, day: Date) -> bool {
        !self.regular(day).is_empty()
    }

    fn last_end(&self, day: Date) -> Option<Time> {
        let table = self.0.timetable();
        let mut all = self.regular(day);
        if table.working.contains_key(&day) || !table.holidays.contains(&day) {
            all.extend(&table.extra[day.weekday()]);
        }
        all.iter().map(|session| session.closes).max()
    }

    fn next(&self, mut day: Date) -> Date {
        loop {
            day = day.tomorrow().expect("in range");
            if self.works(day) {
                return day;
            }
        }
    }

    fn nth(&self, mut day: Date, n: u32) -> Date {
        for _ in 0..n {
            day = self.next(day);
        }
        day
    }

    fn receipt_day(&self, received: Timestamp) -> Date {
        let here = local(received);
        match self.last_end(here.date()) {
            Some(end) if here.time() < end => here.date(),
            _ => self.next(here.date()),
        }
    }

    fn closing(&self, day: Date) -> Timestamp {
        let end = self.regular(day).iter().map(|session| session.closes).max();
        at(day, end.expect("a working day"))
    }

    fn lost(&self, pauses: &[Pause], receipt: Date, working: bool) -> u32 {
        let mut days = BTreeSet::new();
        for pause in pauses {
            let to = pause.to.expect("closed");
            let last = self.receipt_day(to);
            let mut day = local(pause.from).date();
            while pause.from < to && day < last {
                day = day.tomorrow().expect("in range");
                if day > receipt && (!working || self.works(day)) {
                    days.insert(day);
                }
            }
        }
        u32::try_from(days.len()).expect("few")
    }

    fn due(&self, received: Timestamp, duration: Duration, pauses: &[Pause]) -> Timestamp {
        let n = duration.amount;
        let receipt = self.receipt_day(received);
        match duration.unit {
            DurationUnit::WorkingDay => {
                self.closing(self.nth(receipt, n + self.lost(pauses, receipt, true)))
            }
            DurationUnit::Day | DurationUnit::Month => {
                let span = if duration.unit == DurationUnit::Day {
                    i64::from(n).days()
                } else {
                    i64::from(n).months()
                };
                let lost = self.lost(pauses, receipt, false);
                let day = receipt.saturating_add(span).saturating_add(i64::from(lost).days());
                self.closing(if self.works(day) { day } else { self.next(day) })
            }
            DurationUnit::SameDay => {
                let lost = self.lost(pauses, receipt, true);
                if received >= at(receipt, time(15, 0, 0, 0)) {
                    self.closing(self.nth(receipt, 1 + lost))
                } else if lost > 0 {
                    self.closing(self.nth(receipt, lost))
                } else {
                    at(receipt, self.last_end(receipt).expect("sessions"))
                }
            }
            DurationUnit::Hour => self.minutes(received, n, pauses, |_| true),
            DurationUnit::WorkingHour => self.minutes(received, n, pauses, |minute: DateTime| {
                let open = |s: &Session| s.opens <= minute.time() && minute.time() < s.closes;
                self.regular(minute.date()).iter().any(open)
            }),
        }
    }

    fn minutes(
        &self,
        received: Timestamp,
        hours: u32,
        pauses: &[Pause],
        runs: impl Fn(DateTime) -> bool,
    ) -> Timestamp {
        let mut left = hours * 60;
        let mut now = received;
        while left > 0 {
            let paused = pauses.iter().any(|p| p.from <= now && p.to.is_some_and(|to| now < to));
            left -= u32::from(!paused && runs(local(now)));
            now += SignedDuration::from_mins(1);
        }
        now
    }
}

fn a_calendar() -> impl Strategy<Value = Calendar> {
    let shipped = Calendar::office_hours();
    let holidays = proptest::collection::vec(0..1200_i32, 0..40);
    let working = proptest::collection::vec((0..1200_i32, any::<bool>()), 0..12);
    (holidays, working, any::<[bool; 4]>()).prop_map(move |(holidays, working, set)| {
        let mut table = shipped.timetable().clone();
        let session = |from, to| Session::new(time(from, 30, 0, 0), time(to, 0, 0, 0));
        let start = date(2025, 1, 1);
        table.holidays.extend(holidays.iter().map(|n| start.saturating_add(n.days())));
        for (n, own) in working {
            let sessions = if own { vec![session(8, 12)] } else { Vec::new() };
            table.working.insert(start.saturating_add(n.days()), sessions);
        }
        if set[0] {
            table.extra[Weekday::Saturday] = vec![session(7, 12)];
        }
        if set[1] {
            table.extra[Weekday::Tuesday] = vec![session(17, 20)];
        }
        if set[2] {
            table.weekly[Weekday::Wednesday] = vec![session(9, 12)];
        }
        if set[3] {
            table.weekly[Weekday::Friday].clear();
        }
        Calendar::new(table).expect("a calendar")
    })
}

/// A minute of the years 2025 to 2027; often one at which something happens.
fn a_minute() -> impl Strategy<Value = Timestamp> {
    let edges = prop_oneof![
        Just(7 * 60 + 30),
        Just(11 * 60 + 30),
        Just(15 * 60),
        Just(17 * 60),
        0..24 * 60_i64
    ];
    (0..1000_i64, edges).prop_map(|(day, minute)| {
        at(date(2025, 1, 1), Time::MIN) + SignedDuration::from_mins(day * 1440 + minute)
    })
}

fn a_duration() -> impl Strategy<Value = Duration> {
    (1..40_u32, 0..UNITS.len()).prop_map(|(amount, unit)| match UNITS[unit] {
        DurationUnit::Month => Duration::new(amount % 12 + 1, DurationUnit::Month),
        unit => Duration::new(amount, unit),
    })
}

fn some_pauses(received: Timestamp) -> impl Strategy<Value = Vec<Pause>> {
    let later = |minutes| SignedDuration::from_mins(minutes);
    proptest::collection::vec((-5_000..40_000_i64, 0..15_000_i64), 0..4).prop_map(move |list| {
        let one = |(from, long): (i64, i64)| Pause {
            from: received + later(from),
            to: Some(received + later(from + long)),
        };
        list.into_iter().map(one).collect()
    })
}

fn a_case() -> impl Strategy<Value = (Calendar, Timestamp, Duration, Vec<Pause>)> {
    (a_calendar(), a_minute(), a_duration()).prop_flat_map(|(calendar, received, duration)| {
        (Just(calendar), Just(received), Just(duration), some_pauses(received))
    })
}

fn engine(calendar: &Calendar, received: Timestamp, n: Duration, pauses: &[Pause]) -> Timestamp {
    due(calendar, received, n, pauses, PausePolicy::Resume, &Rules::default())
        .expect("a deadline")
        .due_at
        .expect("no open pause")
}

/// Walks the lines and asserts that dates follow one another and counts add up; gives the end.
fn add_up(lines: &[WhyLine]) -> DateTime {
    let mut cursor: Option<Date> = None;
    let (mut to_count, mut counted, mut moved, mut base) = (None, 0, 0, 0);
    let (mut time, mut hours) = (SignedDuration::ZERO, None);
    let mut end = None;
    for line in lines {
        match line {
            WhyLine::ReceiptDay { date, .. } => cursor = Some(*date),
            WhyLine::SameDay { in_time, .. } => (to_count, base) = (Some(0), u32::from(!in_time)),
            WhyLine::WorkingDays { amount } => (to_count, base) = (Some(0), *amount),
            WhyLine::WorkingHours { amount } | WhyLine::ClockHours { amount } => {
                hours = Some(SignedDuration::from_hours(i64::from(*amount)));
            }
            WhyLine::Added { to, .. } => cursor = Some(*to),
            WhyLine::Paused { days, .. } => moved += days,
            WhyLine::Reached { date, .. } => {
                cursor = cursor.map(|day| day.saturating_add(i64::from(moved).days()));
                assert_eq!(cursor, Some(*date));
            }
            WhyLine::Counted { first, last, days, rest_days, total, .. } => {
                assert_eq!(cursor.and_then(|day| day.tomorrow().ok()), Some(*first));
                assert_eq!(super::days::between(*first, *last) + 1, days + rest_days);
                counted += days;
                assert_eq!(counted, *total);
                cursor = Some(*last);
            }
            WhyLine::Rest { first, last, .. } if hours.is_none() => {
                let follows = cursor.and_then(|day| day.tomorrow().ok()) == Some(*first);
                assert!(follows || cursor == Some(*first), "rest days follow");
                cursor = Some(*last);
            }
            WhyLine::Moved { date } => {
                assert_eq!(cursor.and_then(|day| day.tomorrow().ok()), Some(*date));
                cursor = Some(*date);
            }
            WhyLine::OfficeTime { last, time: spent, total, .. } => {
                time += *spent;
                assert_eq!(time, *total);
                end = Some(*last);
            }
            WhyLine::ClockTime { to, time: spent, total, .. } => {
                time += *spent;
                assert_eq!(time, *total);
                end = Some(local(*to));
            }
            WhyLine::Due { at } => {
                let here = local(*at);
                match hours {
                    Some(hours) => assert_eq!((time, end), (hours, Some(here))),
                    None => assert_eq!(cursor, Some(here.date())),
                }
                if to_count.is_some() {
                    assert_eq!(counted, base + moved, "all days are counted");
                }
                return here;
            }
            _ => {}
        }
    }
    panic!("no due line: {lines:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn the_clerk_and_the_engine_agree((calendar, received, duration, pauses) in a_case()) {
        let expected = Clerk(&calendar).due(received, duration, &pauses);
        prop_assert_eq!(engine(&calendar, received, duration, &pauses), expected);
    }

    #[test]
    fn restart_is_a_receipt_at_the_end((calendar, received, duration, pauses) in a_case()) {
        let last = pauses.iter().filter_map(|p| p.to).max();
        let from = last.map_or(received, |last| last.max(received));
        let rules = Rules::default();
        let restarted =
            due(&calendar, received, duration, &pauses, PausePolicy::Restart, &rules)
                .expect("a deadline");
        prop_assert_eq!(restarted.due_at, Some(engine(&calendar, from, duration, &[])));
        add_up(&restarted.why);
    }

    #[test]
    fn the_lines_add_up_to_the_date((calendar, received, duration, pauses) in a_case()) {
        let deadline =
            due(&calendar, received, duration, &pauses, PausePolicy::Resume, &Rules::default())
                .expect("a deadline");
        prop_assert_eq!(Some(add_up(&deadline.why)), deadline.due_at.map(local));
    }

    #[test]
    fn later_receipts_are_due_no_earlier(
        (calendar, received, duration, _) in a_case(),
        later in 0..10_000_i64,
    ) {
        let later = received + SignedDuration::from_mins(later);
        // An extra session takes a dossier earlier than the evening before did: received on Friday
        // evening it has Monday as its receipt day, on Saturday morning Saturday. And the same day
        // ends later where an extra session follows closing time.
        let by_days = !matches!(duration.unit, DurationUnit::Hour | DurationUnit::WorkingHour);
        let receipts = (calendar.receipt_day(received), calendar.receipt_day(later));
        if duration.unit == DurationUnit::SameDay || (by_days && receipts.0 > receipts.1) {
            return Ok(());
        }
        prop_assert!(
            engine(&calendar, received, duration, &[]) <= engine(&calendar, later, duration, &[])
        );
    }

    #[test]
    fn longer_durations_are_due_no_earlier((calendar, received, duration, pauses) in a_case()) {
        let longer = Duration::new(duration.amount + 1, duration.unit);
        prop_assert!(
            engine(&calendar, received, duration, &pauses)
                <= engine(&calendar, received, longer, &pauses)
        );
    }

    #[test]
    fn another_holiday_makes_nothing_earlier(
        (calendar, received, duration, _) in a_case(),
        ahead in 0..60_i32,
    ) {
        let mut table = calendar.timetable().clone();
        table.holidays.insert(local(received).date().saturating_add(ahead.days()));
        let fewer = Calendar::new(table).expect("a calendar");
        prop_assert!(
            engine(&calendar, received, duration, &[]) <= engine(&fewer, received, duration, &[])
        );
    }

    #[test]
    fn what_is_due_before_the_margin_is_due_soon(
        (calendar, due_at, ..) in a_case(),
        later in -20_000..20_000_i64,
        days in 0..4_u32,
    ) {
        let now = due_at + SignedDuration::from_mins(later);
        let by_list = due_at < due_soon_until(&calendar, now, days);
        let by_state = state(&calendar, Some(due_at), now, days) != DeadlineState::OnTime;
        prop_assert_eq!(by_list, by_state);
    }

    #[test]
    fn an_empty_pause_takes_no_time_away((calendar, received, duration, _) in a_case(), n in 0..9_000_i64) {
        let from = received + SignedDuration::from_mins(n);
        let empty = [Pause { from, to: Some(from) }];
        prop_assert_eq!(
            engine(&calendar, received, duration, &empty),
            engine(&calendar, received, duration, &[])
        );
    }

    #[test]
    fn what_begins_anew_does_so_after_an_empty_pause_too(
        (calendar, received, duration, _) in a_case(), n in 0..9_000_i64
    ) {
        let at = received + SignedDuration::from_mins(n);
        let empty = [Pause { from: at, to: Some(at) }];
        let restarted =
            due(&calendar, received, duration, &empty, PausePolicy::Restart, &Rules::default());
        prop_assert_eq!(
            restarted.expect("a deadline").due_at,
            Some(engine(&calendar, at, duration, &[]))
        );
    }

    #[test]
    fn a_pause_makes_nothing_earlier((calendar, received, duration, pauses) in a_case()) {
        prop_assert!(
            engine(&calendar, received, duration, &pauses)
                >= engine(&calendar, received, duration, &[])
        );
    }
}
