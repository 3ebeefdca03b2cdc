//! Dates as the desk types them: 27112026, 27/11/26, 27/11/2026.

use jiff::Timestamp;
use jiff::civil::{Date, time};

use crate::domain::calendar::words::no_such_day;
use crate::domain::calendar::{Calendar, instant};
use crate::domain::words::{Message, Text};

/// The date in a text; none when it is no real date.
pub fn date(typed: &str) -> Option<Date> {
    let (day, month, year) = parts(typed)?;
    let year: i16 = year.parse().ok()?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Why a text is no date: the day that there is not, else that it is none.
pub fn no_date(typed: &str, otherwise: Message) -> Text {
    let why = parts(typed).and_then(|(day, month, year)| no_such_day(&day, &month, &year));
    why.unwrap_or_else(|| otherwise.into())
}

/// Day, month and year of a text, the year in four digits.
fn parts(typed: &str) -> Option<(String, String, String)> {
    let parts: Vec<&str> =
        typed.split(['/', '-', '.', ' ']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !parts.iter().all(|part| digits(part)) {
        return None;
    }
    let (day, month, year) = match parts.as_slice() {
        // A date as machines write it.
        [year, month, day] if year.len() == 4 => (*day, *month, *year),
        [day, month, year] => (*day, *month, *year),
        [all] if all.len() == 8 || all.len() == 6 => (&all[..2], &all[2..4], &all[4..]),
        _ => return None,
    };
    let full = match year.len() {
        4 => year.to_owned(),
        2 => format!("20{year}"),
        _ => return None,
    };
    Some((day.to_owned(), month.to_owned(), full))
}

/// The last minute of office on a date: until then something is due that is due on that day.
pub fn closing(calendar: &Calendar, date: Date) -> Option<Timestamp> {
    let closes = calendar.last_session_ends(date).unwrap_or(time(17, 0, 0, 0));
    instant(date.to_datetime(closes))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as day;
    use proptest::prelude::*;

    use super::date;

    #[test]
    fn a_desk_types_dates_in_its_ways() {
        let want = Some(day(2026, 11, 27));
        for typed in [
            "27112026",
            "271126",
            "27/11/26",
            "27/11/2026",
            "27-11-2026",
            "27.11.26",
            "2026-11-27",
            " 27 11 2026 ",
        ] {
            assert_eq!(date(typed), want, "{typed}");
        }
        for typed in ["", "31/2/2026", "27/11", "27/11/026", "a/b/c", "2711202", "27/11/26/1"] {
            assert_eq!(date(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(typed in "\\PC{0,12}", digits in "[0-9/]{0,10}") {
            let _ = date(&typed);
            let _ = date(&digits);
        }
    }
}
