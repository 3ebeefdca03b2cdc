//! Times as the API reads them: RFC 3339, or dates and times in Vietnam.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};

use crate::domain::calendar::{Calendar, instant};

/// An instant of RFC 3339, or a local time without an offset.
fn read_instant(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    text.parse::<Timestamp>().ok().or_else(|| {
        let has_time = text.len() > 10;
        text.parse::<DateTime>().ok().filter(|_| has_time).and_then(instant)
    })
}

/// An instant, or the end of office hours on a date.
pub fn read_deadline(text: &str, calendar: &Calendar) -> Option<Timestamp> {
    const EVENING: Time = Time::constant(17, 0, 0, 0);
    read_instant(text).or_else(|| {
        let date: Date = text.trim().parse().ok()?;
        instant(date.to_datetime(calendar.closes(date).unwrap_or(EVENING)))
    })
}

/// An instant, or the first of a date.
pub fn read_start(text: &str) -> Option<Timestamp> {
    read_instant(text).or_else(|| {
        let date: Date = text.trim().parse().ok()?;
        instant(date.at(0, 0, 0, 0))
    })
}

/// An instant, or the end of a date.
pub fn read_end(text: &str) -> Option<Timestamp> {
    read_instant(text).or_else(|| {
        let date: Date = text.trim().parse().ok()?;
        instant(date.tomorrow().ok()?.at(0, 0, 0, 0))
    })
}

#[cfg(test)]
mod tests {
    use super::{read_deadline, read_end, read_start};
    use crate::domain::calendar::Calendar;
    use crate::domain::calendar::written;

    #[test]
    fn times_are_read_with_and_without_an_offset_and_as_dates() {
        let calendar = Calendar::office_hours();
        let deadline = |text| read_deadline(text, &calendar).map(written);
        let five = Some("2026-12-01T17:00:00+07:00".to_owned());
        for text in
            ["2026-12-01", "2026-12-01T17:00", "2026-12-01T17:00:00+07:00", "2026-12-01T10:00:00Z"]
        {
            assert_eq!(deadline(text), five, "{text}");
        }
        // A Sunday has no office hours.
        assert_eq!(deadline("2026-12-06").as_deref(), Some("2026-12-06T17:00:00+07:00"));
        for text in ["", "tomorrow", "2026-13-01", "2026-12-01T25:00:00+07:00"] {
            assert_eq!(deadline(text), None, "{text}");
        }
        let start = read_start("2026-12-01").map(written);
        assert_eq!(start.as_deref(), Some("2026-12-01T00:00:00+07:00"));
        assert_eq!(read_end("2026-11-30"), read_start("2026-12-01"));
    }
}
