//! Answers as people and programs write them, in one spelling.

use std::str::FromStr;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::words;
use crate::domain::calendar::words::no_such_day;
use crate::domain::dossier::FormValue;
use crate::domain::words::{Message, Text};

/// Whether nothing was answered.
pub(super) fn is_blank(value: &FormValue) -> bool {
    match value {
        FormValue::Null => true,
        FormValue::Bool(_) | FormValue::Number(_) => false,
        FormValue::Text(text) => text.trim().is_empty(),
        FormValue::List(items) => items.iter().all(is_blank),
        FormValue::Group(group) => group.values().all(is_blank),
    }
}

/// The number that an answer is kept as.
pub(super) fn decimal(value: &FormValue) -> Option<Decimal> {
    match value {
        FormValue::Number(text) => exact(text),
        _ => None,
    }
}

fn exact(text: &str) -> Option<Decimal> {
    Decimal::from_str(text).or_else(|_| Decimal::from_scientific(text)).ok()
}

/// A simple answer as text; empty for lists and groups.
pub(super) fn plain(value: &FormValue) -> String {
    match value {
        FormValue::Text(text) | FormValue::Number(text) => text.trim().to_owned(),
        FormValue::Bool(yes) => yes.to_string(),
        FormValue::Null | FormValue::List(_) | FormValue::Group(_) => String::new(),
    }
}

/// A number as it is written in Vietnam, dots between thousands and a comma before decimals; a single
/// dot that cannot stand between thousands is read as the comma.
pub(super) fn number(value: &FormValue) -> Result<Decimal, Message> {
    let wrong = words::NUMBER_WRONG;
    match value {
        FormValue::Number(text) => exact(text).ok_or(wrong),
        FormValue::Text(text) => {
            let written: String =
                text.chars().filter(|c| !c.is_whitespace() && !matches!(c, 'đ' | '₫')).collect();
            let is_grouped = written.contains(',') || {
                let mut groups = written.trim_start_matches('-').split('.');
                let first = groups.next().unwrap_or_default();
                let mut rest = groups.peekable();
                (1..=3).contains(&first.len())
                    && rest.peek().is_some()
                    && rest.all(|group| group.len() == 3)
            };
            let plain = match is_grouped {
                true => written.replace('.', "").replace(',', "."),
                false => written,
            };
            Decimal::from_str(&plain).map_err(|_| wrong)
        }
        _ => Err(wrong),
    }
}

/// A number as an official types it.
///
/// # Errors
/// It is none.
pub fn typed_number(text: &str) -> Result<Decimal, Message> {
    number(&FormValue::Text(text.to_owned()))
}

/// A date as `2/11/2026`, `02-11-2026` or `2026-11-02`.
///
/// # Errors
/// Which day there is not, or how a date is written.
pub(super) fn date(text: &str) -> Result<Date, Text> {
    let parts: Vec<&str> = text.trim().split(['/', '-', '.']).map(str::trim).collect();
    let [a, b, c] = parts[..] else { return Err(words::DATE_WRONG.into()) };
    let (year, day) = if a.len() == 4 { (a, c) } else { (c, a) };
    let date = match (year.len(), year.parse(), b.parse(), day.parse()) {
        (4, Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day).ok(),
        _ => None,
    };
    let date = date.filter(|date| date.year() >= 1800);
    let why = || no_such_day(day, b, year).unwrap_or_else(|| words::DATE_WRONG.into());
    date.ok_or_else(why)
}

/// Whether a box is ticked.
pub(super) fn ticked(value: &FormValue) -> Result<bool, Message> {
    match value {
        FormValue::Bool(yes) => Ok(*yes),
        FormValue::Null => Ok(false),
        FormValue::Text(text) | FormValue::Number(text) => {
            match text.trim().to_lowercase().as_str() {
                "" | "0" | "không" | "false" | "no" => Ok(false),
                "1" | "có" | "true" | "yes" => Ok(true),
                _ => Err(words::TICK_WRONG),
            }
        }
        FormValue::List(_) | FormValue::Group(_) => Err(words::TICK_WRONG),
    }
}

#[cfg(test)]
mod tests {
    use super::{date, number};
    use crate::domain::dossier::FormValue;

    #[test]
    fn numbers_are_read_as_they_are_written_here() {
        let read = |text: &str| {
            number(&FormValue::Text(text.to_owned())).map(|n| n.to_string()).unwrap_or_default()
        };
        assert_eq!(read("1.250.000 đ"), "1250000");
        assert_eq!(read("1.250,5"), "1250.5");
        assert_eq!(read("12,75"), "12.75");
        assert_eq!(read("12.75"), "12.75", "no thousands");
        assert_eq!(read("-3"), "-3");
        assert_eq!(read("ba"), "");
        assert_eq!(read("1,2,3"), "");
    }

    #[test]
    fn dates_are_read_in_either_order_and_never_guessed() {
        let read = |text: &str| date(text).map(|date| date.to_string()).unwrap_or_default();
        assert_eq!(read("2/11/2026"), "2026-11-02");
        assert_eq!(read("2026-11-02"), "2026-11-02");
        for wrong in ["31/2/2026", "2/11/26", "11/2026", "hôm qua", "1/1/0001"] {
            assert_eq!(read(wrong), "", "{wrong}");
        }
        let why = |text: &str| date(text).unwrap_err().vi;
        assert_eq!(why("31/11/2025"), "Tháng 11 chỉ có 30 ngày.");
        assert_eq!(why("29/2/2025"), "Tháng 2 năm 2025 chỉ có 28 ngày.");
        assert_eq!(why("30-02-2024"), "Tháng 2 chỉ có 29 ngày.");
        assert!(why("1/13/2025").contains("12 tháng") && why("hôm qua").contains("ví dụ"));
    }
}
