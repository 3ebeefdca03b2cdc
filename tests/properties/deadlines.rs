//! The lines that explain a due date, read as a person reads them: what is printed, added up, is the
//! date. Nothing here knows the numbers behind the words.

use jiff::civil::{Date, DateTime, Time, Weekday, date, time};
use jiff::{SignedDuration, Timestamp, ToSpan};
use motcua::domain::calendar::{Calendar, DayRule, Session, instant, local};
use motcua::domain::catalogue::DurationUnit;
use motcua::domain::deadline::{Duration, Pause, PausePolicy, Rules, due};
use motcua::domain::words::Lang;
use motcua::office::calendars::shipped;
use proptest::prelude::*;

/// The words of a line around its numbers, without the final dot.
fn after<'a>(line: &'a str, start: &str) -> Option<&'a str> {
    line.strip_prefix(start)?.strip_suffix('.')
}

/// Every date "dd/mm/yyyy" of a text. A weekday before it must be the date's own.
fn dates(text: &str) -> Vec<Date> {
    let words: Vec<&str> = text.split([' ', ',', ':', '.', ';', '(', ')']).collect();
    let mut found = Vec::new();
    for (place, word) in words.iter().enumerate() {
        let Some(day) = read_date(word) else { continue };
        let before = words[..place].iter().rev().take(2).rev().copied().collect::<Vec<_>>();
        if let Some(weekday) = read_weekday(&before.join(" ")) {
            assert_eq!(weekday, day.weekday(), "{text}");
        }
        found.push(day);
    }
    found
}

fn read_date(word: &str) -> Option<Date> {
    let mut parts = word.split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn read_weekday(words: &str) -> Option<Weekday> {
    let words = words.to_lowercase();
    let names = ["thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật"];
    let place = names.iter().position(|name| words.ends_with(name))?;
    Weekday::from_monday_zero_offset(i8::try_from(place).ok()?).ok()
}

/// Every time "HH:MM" or "HH:MM:SS" of a text.
fn times(text: &str) -> Vec<Time> {
    let words = text.split([' ', ',', '.']).map(|word| word.trim_end_matches(':'));
    words.filter(|word| word.contains(':')).filter_map(|word| word.parse().ok()).collect()
}

/// The first number of a text.
fn number(text: &str) -> u32 {
    let digits = text.split(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty());
    digits.and_then(|digits| digits.parse().ok()).unwrap_or_else(|| panic!("a number: {text}"))
}

/// "1 giờ 30 phút 5 giây".
fn length(text: &str) -> SignedDuration {
    let words: Vec<&str> = text.split(' ').collect();
    let mut sum = SignedDuration::ZERO;
    for pair in words.windows(2) {
        let Ok(n) = pair[0].parse::<i64>() else { continue };
        sum += match pair[1].trim_end_matches([',', '.']) {
            "giờ" => SignedDuration::from_hours(n),
            "phút" => SignedDuration::from_mins(n),
            "giây" => SignedDuration::from_secs(n),
            other => panic!("an amount of time: {other} in {text}"),
        };
    }
    sum
}

fn days_from(first: Date, last: Date) -> u32 {
    u32::try_from(last.duration_since(first).as_hours() / 24).expect("in order")
}

/// A reader who keeps a finger on the date reached and a sum on paper.
#[derive(Default)]
struct Reading {
    receipt_day: Option<Date>,
    finger: Option<Date>,
    /// Working days to count, and counted.
    to_count: Option<u32>,
    counted: u32,
    /// Days that pauses add to a date.
    moved: u32,
    /// Hours to fill, and filled; where the last stretch ended.
    to_fill: Option<SignedDuration>,
    filled: SignedDuration,
    reached: Option<DateTime>,
    due: Option<DateTime>,
}

impl Reading {
    fn line(&mut self, line: &str) {
        if line.starts_with("Tiếp nhận lúc") || line.starts_with("Thời hạn tính lại") {
        } else if line.contains("ngày tiếp nhận là") || line.contains("Ngày tiếp nhận là")
        {
            self.receipt_day = dates(line).first().copied();
            self.finger = self.receipt_day;
        } else if let Some(duration) = after(line, "Thời hạn: ") {
            self.duration(duration);
        } else if let Some(pause) = after(line, "Tạm dừng từ ") {
            self.pause(pause);
        } else if let Some(sum) = after(line, "Cộng tất cả ") {
            let day = dates(sum)[0];
            assert_eq!(days_from(self.receipt_day.expect("D0"), day), number(sum), "{line}");
            let moved = self.finger.expect("a date").saturating_add(i64::from(self.moved).days());
            assert_eq!(moved, day, "{line}");
            self.finger = Some(day);
        } else if let Some(day) = after(line, "Chuyển sang ngày làm việc tiếp theo: ") {
            self.go_on(dates(day)[0], line);
        } else if let Some(due) = after(line, "Hẹn trả: ") {
            self.due = Some(dates(due)[0].to_datetime(times(due)[0]));
        } else if let Some(rest) = line.strip_suffix(", không tính.") {
            self.rest(&dates(rest), line);
        } else if line.contains(" ngày làm việc") {
            self.working_days(line);
        } else {
            self.stretch(line);
        }
    }

    fn duration(&mut self, words: &str) {
        if let Some((from, to)) = words.split_once(" là ") {
            let (from, amount) = from.split_once(" cộng ").expect("plus");
            assert_eq!(dates(from).first().copied(), self.receipt_day);
            let n = i64::from(number(amount));
            let span = if amount.contains("tháng") { n.months() } else { n.days() };
            let day = dates(to)[0];
            assert_eq!(self.receipt_day.expect("D0").saturating_add(span), day, "{words}");
            self.finger = Some(day);
        } else if words.starts_with("trong ngày, vì") {
            self.to_count = Some(0);
        } else if words.starts_with("trong ngày;") {
            self.to_count = Some(1);
        } else if words.ends_with("ngày làm việc") {
            self.to_count = Some(number(words));
        } else {
            assert!(words.ends_with("giờ làm việc") || words.ends_with("giờ, tính liên tục"));
            self.to_fill = Some(SignedDuration::from_hours(i64::from(number(words))));
        }
    }

    fn pause(&mut self, words: &str) {
        let Some((_, sum)) = words.split_once(": cộng ") else {
            assert!(words.ends_with(": không tính giờ"), "{words}");
            return;
        };
        let (added, total) = sum.split_once(", thành ").expect("a total");
        self.moved += number(added);
        let base = self.to_count.unwrap_or_else(|| {
            days_from(self.receipt_day.expect("D0"), self.finger.expect("a date"))
        });
        assert_eq!(number(total), base + self.moved, "{words}");
    }

    /// The next date after the finger.
    fn go_on(&mut self, day: Date, line: &str) {
        let next = self.finger.and_then(|day| day.tomorrow().ok());
        assert_eq!(next, Some(day), "{line}");
        self.finger = Some(day);
    }

    fn rest(&mut self, days: &[Date], line: &str) {
        let (first, last) = (days[0], *days.last().expect("a date"));
        if self.to_fill.is_some() {
            return;
        }
        // Days that are added may end on the day off itself.
        if self.finger != Some(first) || self.to_count.is_some() {
            self.go_on(first, line);
        }
        self.finger = Some(last);
    }

    fn working_days(&mut self, line: &str) {
        let (which, sums) = line.split_once(": ").expect("a colon");
        let days = dates(which);
        let (first, last) = (days[0], *days.last().expect("a date"));
        self.go_on(first, line);
        self.finger = Some(last);
        let (added, total) = sums.split_once(", cộng dồn ").expect("a total");
        let (added, rest) = added.split_once(" (không tính ").unwrap_or((added, "0"));
        assert_eq!(days_from(first, last) + 1, number(added) + number(rest), "{line}");
        self.counted += number(added);
        assert_eq!(number(total), self.counted, "{line}");
    }

    fn stretch(&mut self, line: &str) {
        let (words, total) = line.split_once(", cộng dồn ").expect("a total");
        let (when, spent) = words.rsplit_once(": ").expect("a colon");
        let (days, clock) = (dates(when), times(when));
        let last = days.last().expect("a date").to_datetime(clock[1]);
        let first = days[0].to_datetime(clock[0]);
        let is_office = spent.contains("làm việc");
        let spent = length(
            spent.split(" (không tính ").next().expect("an amount").trim_end_matches(" làm việc"),
        );
        let between = last.duration_since(first);
        assert!(if is_office { spent <= between } else { spent == between }, "{line}");
        assert!(self.reached.is_none_or(|before| before <= first), "{line}");
        self.filled += spent;
        assert_eq!(length(total), self.filled, "{line}");
        self.reached = Some(last);
    }

    /// The date that the lines add up to.
    fn end(self) -> DateTime {
        let due = self.due.expect("a due date");
        match self.to_fill {
            Some(hours) => {
                assert_eq!((self.filled, self.reached), (hours, Some(due)));
            }
            None => {
                assert_eq!(self.finger, Some(due.date()));
                let all = self.to_count.map(|count| count + self.moved);
                assert!(all.is_none_or(|all| all == self.counted), "{all:?}");
            }
        }
        due
    }
}

fn a_calendar() -> impl Strategy<Value = Calendar> {
    let dates = |n| proptest::collection::vec(0..900_i32, 0..n);
    (dates(30), dates(8), any::<[bool; 4]>()).prop_map(|(off, worked, set)| {
        let mut table = shipped().timetable().clone();
        let session = |from, to| Session::new(time(from, 30, 0, 0), time(to, 0, 0, 0));
        let day = |n: i32| date(2025, 1, 1).saturating_add(n.days());
        off.into_iter().for_each(|n| table.set(day(n), DayRule::Off));
        for n in worked {
            table.set(day(n), DayRule::Working(vec![session(8, 12)]));
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

fn a_duration() -> impl Strategy<Value = Duration> {
    prop_oneof![
        Just(Duration::new(0, DurationUnit::SameDay)),
        (1..80_u32).prop_map(|n| Duration::new(n, DurationUnit::WorkingHour)),
        (1..200_u32).prop_map(|n| Duration::new(n, DurationUnit::Hour)),
        (1..60_u32).prop_map(|n| Duration::new(n, DurationUnit::WorkingDay)),
        (1..90_u32).prop_map(|n| Duration::new(n, DurationUnit::Day)),
        (1..13_u32).prop_map(|n| Duration::new(n, DurationUnit::Month)),
    ]
}

fn an_instant() -> impl Strategy<Value = Timestamp> {
    let minutes = prop_oneof![Just(450), Just(690), Just(900), Just(1020), 0..1440_i64];
    (0..700_i64, minutes, prop_oneof![Just(0), 0..60_000_i64]).prop_map(|(day, minute, millis)| {
        let midnight = instant(date(2025, 1, 1).at(0, 0, 0, 0)).expect("in range");
        midnight
            + SignedDuration::from_mins(day * 1440 + minute)
            + SignedDuration::from_millis(millis)
    })
}

fn pauses() -> impl Strategy<Value = Vec<(i64, i64)>> {
    proptest::collection::vec((-300_000..2_400_000_i64, 0..900_000_i64), 0..4)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 10_000, failure_persistence: None, ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_printed_adds_up_to_the_date(
        calendar in a_calendar(),
        received in an_instant(),
        duration in a_duration(),
        pauses in pauses(),
        restart in any::<bool>(),
    ) {
        let later = |seconds| received + SignedDuration::from_secs(seconds);
        let pause = |(from, long): &(i64, i64)| Pause { from: later(*from), to: Some(later(from + long)) };
        let pauses: Vec<Pause> = pauses.iter().map(pause).collect();
        let policy = if restart { PausePolicy::Restart } else { PausePolicy::Resume };
        let deadline = due(&calendar, received, duration, &pauses, policy, &Rules::default())
            .expect("a due date");
        let mut reading = Reading::default();
        for line in &deadline.why {
            reading.line(&line.say(Lang::Vi));
        }
        let due_at = deadline.due_at.expect("nothing is open");
        prop_assert_eq!(reading.end(), local(due_at));
    }
}
