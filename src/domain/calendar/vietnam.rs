//! The days on which Vietnamese state offices are closed.
//!
//! By rule: Labour Code 2019 art. 112 (1 January; Tết, 5 days; the 10th of the 3rd lunar month;
//! 30 April; 1 May; 2 September and a day beside it), Resolution 28/2026/QH16 (24 November, from
//! 2026), and art. 111.3 (a holiday that meets a weekly rest day gives the next working day off).
//! The Prime Minister fixes the days around Tết and 2 September each year and swaps single days;
//! what he fixed up to 2026 is here, for later years the rule stands until the calendar is edited.

use std::ops::RangeInclusive;

use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday, date, time};

use super::{Session, lunar};
use crate::domain::words::Message;

/// The years whose holidays the shipped calendar knows.
pub const YEARS: RangeInclusive<i16> = 2024..=2050;

/// The office sessions of the shipped calendar.
pub const OFFICE_SESSIONS: [Session; 2] =
    [Session::new(clock(7, 30), clock(11, 30)), Session::new(clock(13, 30), clock(17, 0))];

const fn clock(hour: i8, minute: i8) -> Time {
    time(hour, minute, 0, 0)
}

/// A working day that was exchanged for a Saturday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Swap {
    /// The weekday off.
    pub off: Date,
    /// The day worked instead.
    pub worked: Date,
}

/// The swaps announced so far.
pub const SWAPS: [Swap; 4] = [
    Swap { off: date(2024, 4, 29), worked: date(2024, 5, 4) },
    Swap { off: date(2025, 5, 2), worked: date(2025, 4, 26) },
    Swap { off: date(2026, 1, 2), worked: date(2026, 1, 10) },
    Swap { off: date(2026, 8, 31), worked: date(2026, 8, 22) },
];

crate::messages! {
    NEW_YEAR: "Tết Dương lịch" / "New Year's Day";
    LUNAR_NEW_YEAR: "Tết Nguyên đán" / "lunar new year";
    HUNG_KINGS: "Giỗ Tổ Hùng Vương" / "Hung Kings' Commemoration Day";
    VICTORY: "Ngày Chiến thắng 30/4" / "Reunification Day";
    LABOUR: "Ngày Quốc tế lao động 1/5" / "International Labour Day";
    NATIONAL: "Quốc khánh 2/9" / "National Day";
    CULTURE: "Ngày Văn hóa Việt Nam" / "Vietnamese Culture Day";
    SUBSTITUTE: "nghỉ bù" / "substitute day";
    SWAPPED: "nghỉ hoán đổi" / "swapped day";
}

/// The public holiday, substitute day or swapped day that a date is, by the rules of this file.
pub fn name(day: Date) -> Option<Message> {
    if !YEARS.contains(&day.year()) {
        return None;
    }
    if SWAPS.iter().any(|swap| swap.off == day) {
        return Some(SWAPPED);
    }
    let holidays = public_holidays(day.year());
    let named = holidays.iter().find(|(date, _)| *date == day).map(|(_, name)| *name);
    named.or_else(|| substitutes(&holidays).contains(&day).then_some(SUBSTITUTE))
}

/// All dates of a year on which offices are closed beside their weekends: public holidays (those on
/// weekends too), substitute days and swapped days. Outside [`YEARS`] the rules go on, as far as
/// the lunar calendar does.
pub fn days_off(year: i16) -> Vec<Date> {
    let holidays = public_holidays(year);
    let mut days = substitutes(&holidays);
    days.extend(holidays.iter().map(|(date, _)| *date));
    days.extend(SWAPS.iter().map(|swap| swap.off).filter(|off| off.year() == year));
    days.sort_unstable();
    days
}

/// The holidays of art. 112 in a year, in order.
fn public_holidays(year: i16) -> Vec<(Date, Message)> {
    let mut days = vec![
        (date(year, 1, 1), NEW_YEAR),
        (date(year, 4, 30), VICTORY),
        (date(year, 5, 1), LABOUR),
        (date(year, 9, 2), NATIONAL),
        (beside_national_day(year), NATIONAL),
    ];
    if let Some(first) = lunar::date(year, 1, 1) {
        // The eve and the first four days, unless two days before were announced.
        let before = if matches!(year, 2024 | 2025) { 2 } else { 1 };
        let five = (0..5).map(|n| first.saturating_add((n - before).days()));
        days.extend(five.map(|day| (day, LUNAR_NEW_YEAR)));
    }
    days.extend(lunar::date(year, 3, 10).map(|day| (day, HUNG_KINGS)));
    if year >= 2026 {
        days.push((date(year, 11, 24), CULTURE));
    }
    days.sort_unstable_by_key(|(date, _)| *date);
    days
}

/// The day off beside 2 September: the one that is a weekday, and of two weekdays the one that
/// touches the weekend, else the day before. So it was announced in 2024, 2025 and 2026.
fn beside_national_day(year: i16) -> Date {
    match date(year, 9, 2).weekday() {
        Weekday::Monday | Weekday::Thursday | Weekday::Sunday => date(year, 9, 3),
        _ => date(year, 9, 1),
    }
}

/// The substitute days of art. 111.3: for each holiday on a weekend the next working day.
fn substitutes(holidays: &[(Date, Message)]) -> Vec<Date> {
    let mut given: Vec<Date> = Vec::new();
    for (holiday, _) in holidays.iter().filter(|(day, _)| is_weekend(*day)) {
        let mut day = *holiday;
        while is_weekend(day) || given.contains(&day) || holidays.iter().any(|(d, _)| *d == day) {
            day = day.saturating_add(1.day());
        }
        given.push(day);
    }
    given
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
mod tests {
    use super::{HUNG_KINGS, SUBSTITUTE, SWAPPED, YEARS, days_off, is_weekend, name};
    use jiff::civil::{Date, date};

    fn weekdays_off(year: i16) -> Vec<String> {
        let days = days_off(year).into_iter().filter(|day| !is_weekend(*day));
        days.map(|day| day.strftime("%d/%m").to_string()).collect()
    }

    #[test]
    fn the_years_already_announced_are_as_announced() {
        assert_eq!(
            weekdays_off(2024),
            [
                "01/01", "08/02", "09/02", "12/02", "13/02", "14/02", "18/04", "29/04", "30/04",
                "01/05", "02/09", "03/09"
            ]
        );
        assert_eq!(
            weekdays_off(2025),
            [
                "01/01", "27/01", "28/01", "29/01", "30/01", "31/01", "07/04", "30/04", "01/05",
                "02/05", "01/09", "02/09"
            ]
        );
        assert_eq!(
            weekdays_off(2026),
            [
                "01/01", "02/01", "16/02", "17/02", "18/02", "19/02", "20/02", "27/04", "30/04",
                "01/05", "31/08", "01/09", "02/09", "24/11"
            ]
        );
    }

    #[test]
    fn a_year_not_yet_announced_follows_the_rule() {
        assert_eq!(
            weekdays_off(2027),
            [
                "01/01", "05/02", "08/02", "09/02", "10/02", "11/02", "16/04", "30/04", "03/05",
                "02/09", "03/09", "24/11"
            ]
        );
    }

    #[test]
    fn every_year_gives_each_holiday_its_weekday_off() {
        for year in YEARS {
            let days = weekdays_off(year);
            let swapped = super::SWAPS.iter().filter(|swap| swap.off.year() == year).count();
            let expected = if year >= 2026 { 12 } else { 11 };
            assert_eq!(days.len(), expected + swapped, "{year}: {days:?}");
        }
    }

    #[test]
    fn days_off_have_names() {
        assert_eq!(name(date(2026, 4, 26)), Some(HUNG_KINGS));
        assert_eq!(name(date(2026, 4, 27)), Some(SUBSTITUTE));
        assert_eq!(name(date(2026, 1, 2)), Some(SWAPPED));
        assert_eq!(name(date(2026, 1, 5)), None);
        assert_eq!(name(Date::MAX), None);
    }
}
