//! A year of an office calendar, month by month.

use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::domain::words::{Lang, Message};
use crate::web::words::components as words;

/// What sets a day apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayMark {
    /// N: a day off that is no weekly rest.
    Off,
    /// L: worked against its weekday.
    MadeUp,
    /// T: extra sessions.
    Extra,
}

impl DayMark {
    const ALL: [Self; 3] = [Self::Off, Self::MadeUp, Self::Extra];

    const fn letter(self) -> Message {
        match self {
            Self::Off => words::DAY_OFF_LETTER,
            Self::MadeUp => words::DAY_WORKED_LETTER,
            Self::Extra => words::DAY_EXTRA_LETTER,
        }
    }

    const fn meaning(self) -> Message {
        match self {
            Self::Off => words::DAY_OFF,
            Self::MadeUp => words::DAY_WORKED,
            Self::Extra => words::DAY_EXTRA,
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Off => "mark-off",
            Self::MadeUp => "mark-worked",
            Self::Extra => "mark-extra",
        }
    }
}

/// A day of the calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct YearDay {
    /// What sets it apart.
    pub mark: Option<DayMark>,
    /// Whether nobody works.
    pub is_rest: bool,
    /// The name of the holiday; or empty.
    pub name: String,
}

/// Twelve months with a letter for what sets a day apart, and what the letters mean.
pub fn year_view(lang: Lang, year: i16, day: &dyn Fn(Date) -> YearDay) -> Markup {
    html! {
        ul.legend {
            @for mark in DayMark::ALL {
                li { span class={ "mark " (mark.class()) } { (mark.letter().say(lang)) } " " (mark.meaning().say(lang)) }
            }
        }
        div.year {
            @for month in 1..=12_i8 {
                @if let Ok(first) = Date::new(year, month, 1) { (month_table(lang, first, day)) }
            }
        }
    }
}

fn month_table(lang: Lang, first: Date, day: &dyn Fn(Date) -> YearDay) -> Markup {
    let lead = i64::from(first.weekday().to_monday_zero_offset());
    let month = first.month();
    let start = first.saturating_sub(lead.days());
    let weeks = (0..6).map(|week: i64| start.saturating_add((week * 7).days()));
    let weeks = weeks.filter(|monday| *monday <= first.last_of_month());
    html! {
        table.month {
            caption { (words::MONTH_NAME.fill(lang, &[("n", &month.to_string())])) }
            thead { tr { @for name in WEEKDAYS { th scope="col" { (name.say(lang)) } } } }
            tbody {
                @for monday in weeks {
                    tr {
                        @for offset in 0..7_i64 {
                            @let date = monday.saturating_add(offset.days());
                            @if date.month() == month { (cell(lang, date, &day(date))) }
                            @else { td {} }
                        }
                    }
                }
            }
        }
    }
}

fn cell(lang: Lang, date: Date, day: &YearDay) -> Markup {
    html! {
        td class=[day.is_rest.then_some("rest")] {
            (date.day())
            @if let Some(mark) = day.mark {
                span class={ "mark " (mark.class()) } title=(title(lang, mark, &day.name)) {
                    (mark.letter().say(lang))
                }
            }
        }
    }
}

fn title(lang: Lang, mark: DayMark, name: &str) -> String {
    let meaning = mark.meaning().say(lang);
    if name.is_empty() { meaning.to_owned() } else { format!("{meaning}: {name}") }
}

const WEEKDAYS: [Message; 7] = [
    words::WEEKDAY_1,
    words::WEEKDAY_2,
    words::WEEKDAY_3,
    words::WEEKDAY_4,
    words::WEEKDAY_5,
    words::WEEKDAY_6,
    words::WEEKDAY_7,
];

#[cfg(test)]
mod tests {
    use super::{DayMark, YearDay, year_view};
    use crate::domain::words::Lang;

    #[test]
    fn every_day_of_the_year_stands_once_and_marked_ones_say_why() {
        let page = year_view(Lang::Vi, 2026, &|date| YearDay {
            mark: (date.month() == 11 && date.day() == 24).then_some(DayMark::Off),
            name: "Ngày Văn hóa <Việt Nam>".to_owned(),
            ..YearDay::default()
        })
        .into_string();
        assert_eq!(page.matches("<table").count(), 12);
        let days = page.matches("<td>").count() - page.matches("<td></td>").count();
        assert_eq!(days, 365);
        assert_eq!(page.matches("Nghỉ: Ngày Văn hóa &lt;Việt Nam&gt;").count(), 1);
        // November 2026 begins on a Sunday.
        let november = page.split("Tháng 11").nth(1).expect("November");
        let week = november.split("<tr>").nth(2).expect("a week");
        assert!(week.starts_with(&"<td></td>".repeat(6)), "{week}");
    }
}
