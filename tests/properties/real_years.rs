//! An oracle for due dates over the years 2025 to 2027, as they were announced: it knows the days
//! off from a list of its own, counts days as plain numbers and time minute by minute, and shares no
//! line with what it judges. It asks as outsiders do, in lines of JSON.

use std::collections::BTreeSet;

use motcua::domain::words::Lang;
use motcua::office::calendars::shipped;
use motcua::ops::deadlines::Explainer;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Weekdays off: month and day, by year.
const OFF: [(i64, &[(i64, i64)]); 3] = [
    (
        2025,
        &[
            (1, 1),
            (1, 27),
            (1, 28),
            (1, 29),
            (1, 30),
            (1, 31),
            (4, 7),
            (4, 30),
            (5, 1),
            (5, 2),
            (9, 1),
            (9, 2),
        ],
    ),
    (
        2026,
        &[
            (1, 1),
            (1, 2),
            (2, 16),
            (2, 17),
            (2, 18),
            (2, 19),
            (2, 20),
            (4, 27),
            (4, 30),
            (5, 1),
            (8, 31),
            (9, 1),
            (9, 2),
            (11, 24),
        ],
    ),
    (
        2027,
        &[
            (1, 1),
            (2, 5),
            (2, 8),
            (2, 9),
            (2, 10),
            (2, 11),
            (4, 16),
            (4, 30),
            (5, 3),
            (9, 2),
            (9, 3),
            (11, 24),
        ],
    ),
];
/// Saturdays worked for a weekday off.
const WORKED: [(i64, i64, i64); 3] = [(2025, 4, 26), (2026, 1, 10), (2026, 8, 22)];
/// Office hours in minutes of the day.
const HOURS: [(i64, i64); 2] = [(450, 690), (810, 1020)];
const DAY: i64 = 1440;
const UNITS: [&str; 6] = ["same_day", "working_hour", "hour", "working_day", "day", "month"];

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1 January 2025, which was a Wednesday.
fn number(year: i64, month: i64, day: i64) -> i64 {
    let years: i64 = (2025..year).map(|y| (1..=12).map(|m| days_of(y, m)).sum::<i64>()).sum();
    years + (1..month).map(|m| days_of(year, m)).sum::<i64>() + day - 1
}

fn civil(mut number: i64) -> (i64, i64, i64) {
    let (mut year, mut month) = (2025, 1);
    while number >= days_of(year, month) {
        number -= days_of(year, month);
        (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    }
    (year, month, number + 1)
}

/// A minute since the beginning of 2025, in Vietnam, as the interface writes it.
fn said(minute: i64) -> String {
    let ((year, month, day), clock) = (civil(minute.div_euclid(DAY)), minute.rem_euclid(DAY));
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:00+07:00", clock / 60, clock % 60)
}

struct Oracle {
    works: Vec<bool>,
}

impl Oracle {
    fn new() -> Self {
        let mut works: Vec<bool> =
            (0..3 * 365).map(|day| !matches!((day + 2) % 7, 5 | 6)).collect();
        for (year, days) in OFF {
            for (month, day) in days {
                let day = number(year, *month, *day);
                works[usize::try_from(day).unwrap()] = false;
            }
        }
        for (year, month, day) in WORKED {
            works[usize::try_from(number(year, month, day)).unwrap()] = true;
        }
        Self { works }
    }

    fn works(&self, day: i64) -> bool {
        self.works[usize::try_from(day).unwrap()]
    }

    fn on_or_after(&self, day: i64) -> i64 {
        (day..).find(|day| self.works(*day)).unwrap()
    }

    fn receipt_day(&self, minute: i64) -> i64 {
        let (day, clock) = (minute / DAY, minute % DAY);
        if self.works(day) && clock < HOURS[1].1 { day } else { self.on_or_after(day + 1) }
    }

    fn count(&self, from: i64, days: i64) -> i64 {
        (0..days).fold(from, |day, _| self.on_or_after(day + 1))
    }

    fn lost(&self, pauses: &[(i64, i64)], receipt: i64, only_working: bool) -> i64 {
        let days = pauses
            .iter()
            .filter(|(from, to)| from < to)
            .flat_map(|(from, to)| (from / DAY + 1)..=self.receipt_day(*to));
        let counts = |day: &i64| *day > receipt && (!only_working || self.works(*day));
        days.filter(counts).collect::<BTreeSet<_>>().len() as i64
    }

    fn minutes(&self, from: i64, minutes: i64, pauses: &[(i64, i64)], in_office: bool) -> i64 {
        let (mut now, mut left) = (from, minutes);
        while left > 0 {
            let clock = now % DAY;
            let open = !in_office
                || (self.works(now / DAY) && HOURS.iter().any(|(a, b)| (*a..*b).contains(&clock)));
            let paused = pauses.iter().any(|(from, to)| (*from..*to).contains(&now));
            left -= i64::from(open && !paused);
            now += 1;
        }
        now
    }

    fn due(&self, received: i64, amount: i64, unit: &str, pauses: &[(i64, i64)]) -> i64 {
        let receipt = self.receipt_day(received);
        let day = match unit {
            "working_hour" => return self.minutes(received, amount * 60, pauses, true),
            "hour" => return self.minutes(received, amount * 60, pauses, false),
            "working_day" => self.count(receipt, amount + self.lost(pauses, receipt, true)),
            "same_day" => {
                let late = i64::from(received >= receipt * DAY + 15 * 60);
                self.count(receipt, late + self.lost(pauses, receipt, true))
            }
            _ => {
                let reached = if unit == "day" {
                    receipt + amount
                } else {
                    let (year, month, day) = civil(receipt);
                    let months = year * 12 + month - 1 + amount;
                    let (year, month) = (months / 12, months % 12 + 1);
                    number(year, month, day.min(days_of(year, month)))
                };
                self.on_or_after(reached + self.lost(pauses, receipt, false))
            }
        };
        day * DAY + HOURS[1].1
    }
}

/// Pauses that begin after the receipt, as minutes after it and lengths.
fn pauses() -> impl Strategy<Value = Vec<(i64, i64)>> {
    proptest::collection::vec((0..30 * DAY, 0..20 * DAY), 0..4)
}

/// A minute of 2025 or 2026, often one at which something happens.
fn a_minute() -> impl Strategy<Value = i64> {
    let clock = prop_oneof![
        Just(449),
        Just(450),
        Just(690),
        Just(899),
        Just(900),
        Just(1019),
        Just(1020),
        0..DAY
    ];
    (0..2 * 365_i64, clock).prop_map(|(day, clock)| day * DAY + clock)
}

fn answer(case: &Value) -> Value {
    thread_local! {
        static EXPLAINER: std::cell::RefCell<Explainer> =
            std::cell::RefCell::new(Explainer::new(shipped().clone(), Lang::Vi));
    }
    EXPLAINER.with_borrow_mut(|explainer| explainer.answer(&case.to_string()))
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 6_000, failure_persistence: None, ..ProptestConfig::default()
    })]

    #[test]
    fn the_oracle_gives_the_same_dates(
        received in a_minute(),
        unit in proptest::sample::select(&UNITS[..]),
        amount in 1..60_i64,
        pauses in pauses(),
        restart in any::<bool>(),
    ) {
        thread_local!(static ORACLE: Oracle = Oracle::new());
        let amount = if unit == "month" { amount % 6 + 1 } else { amount };
        let pauses: Vec<(i64, i64)> =
            pauses.iter().map(|(from, long)| (received + from, received + from + long)).collect();
        let expected = ORACLE.with(|oracle| {
            let last = pauses.iter().map(|(_, to)| *to).max();
            match last.filter(|_| restart) {
                Some(last) => oracle.due(last, amount, unit, &[]),
                None => oracle.due(received, amount, unit, if restart { &[] } else { &pauses }),
            }
        });
        let told = answer(&json!({
            "received": said(received),
            "unit": unit,
            "duration": if unit == "same_day" { Value::Null } else { amount.into() },
            "pauses": pauses.iter().map(|(from, to)| [said(*from), said(*to)]).collect::<Vec<_>>(),
            "policy": if restart { "restart" } else { "resume" },
        }));
        let expected = said(expected);
        prop_assert_eq!(told["due_at"].as_str(), Some(expected.as_str()), "{}", told);
    }
}

#[test]
fn the_oracle_knows_its_days() {
    assert_eq!(said(0), "2025-01-01T00:00:00+07:00");
    assert_eq!(said(number(2026, 11, 23) * DAY + 905), "2026-11-23T15:05:00+07:00");
    // 23 November 2026 was a Monday, the day after a day off, the 28th a Saturday.
    assert_eq!((number(2026, 11, 23) + 2) % 7, 0);
    let oracle = Oracle::new();
    let days = [(11, 23, true), (11, 24, false), (11, 27, true), (11, 28, false)];
    for (month, day, works) in days {
        assert_eq!(oracle.works(number(2026, month, day)), works, "{day}/{month}");
    }
}
