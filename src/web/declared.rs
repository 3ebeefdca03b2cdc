//! The answers of a declared form in words, as they were asked.

use maud::{Markup, html};

use crate::domain::calendar::words::date_short;
use crate::domain::dossier::FormValue;
use crate::domain::form::{Declaration, Kind, PLACE_PARTS, Question};
use crate::domain::words::Lang;
use crate::web::words::form as words;

/// Whether there is nothing to show of an answer.
pub fn is_empty(value: &FormValue) -> bool {
    match value {
        FormValue::Null => true,
        FormValue::Bool(_) | FormValue::Number(_) => false,
        FormValue::Text(text) => text.is_empty(),
        FormValue::List(items) => items.iter().all(is_empty),
        FormValue::Group(group) => group.values().all(is_empty),
    }
}

/// The answers of a form, section by section.
pub fn answers(
    lang: Lang,
    declaration: &Declaration,
    form: &crate::domain::dossier::Form,
) -> Markup {
    html! {
        @for section in &declaration.sections {
            @let answered = section.questions.iter().filter_map(|question| {
                Some((question, form.get(&question.key).filter(|value| !is_empty(value))?))
            });
            @let answered: Vec<_> = answered.collect();
            @if !answered.is_empty() {
                h3 { (section.title.say(lang)) }
                dl.summary {
                    @for (question, value) in answered {
                        div {
                            dt { (question.label.say(lang)) }
                            dd { (in_words(lang, question, value)) }
                        }
                    }
                }
            }
        }
    }
}

/// An answer as people read it.
pub fn in_words(lang: Lang, question: &Question, value: &FormValue) -> Markup {
    match (&question.kind, value) {
        (Kind::Choice(options), FormValue::Text(text)) => {
            let chosen = options.iter().find(|option| option.value == *text);
            html! { (chosen.map_or(text.as_str(), |option| option.label.say(lang))) }
        }
        (Kind::Date(_), FormValue::Text(text)) => {
            html! { (text.parse().map_or_else(|_| text.clone(), date_short)) }
        }
        (Kind::Place, FormValue::Group(parts)) => {
            let part = |part: &str| match parts.get(part) {
                Some(FormValue::Text(text)) if !text.is_empty() => Some(text.as_str()),
                _ => None,
            };
            // Written from the smallest to the largest, as addresses are.
            let said: Vec<&str> = PLACE_PARTS.into_iter().rev().filter_map(part).collect();
            html! { (said.join(", ")) }
        }
        (Kind::Table { columns, .. }, FormValue::List(rows)) => table(lang, columns, rows),
        (_, FormValue::Bool(yes)) => {
            html! { (if *yes { words::YES } else { words::NO }.say(lang)) }
        }
        (_, FormValue::Number(text)) => html! { (number(text)) },
        (_, FormValue::Text(text)) => html! { span.as-typed { (text) } },
        (_, FormValue::Null | FormValue::List(_) | FormValue::Group(_)) => html! { "–" },
    }
}

fn table(lang: Lang, columns: &[Question], rows: &[FormValue]) -> Markup {
    html! {
        ol {
            @for row in rows {
                @if let FormValue::Group(cells) = row {
                    @let said = columns.iter().filter_map(|column| {
                        Some((column, cells.get(&column.key).filter(|cell| !is_empty(cell))?))
                    });
                    li {
                        @for (place, (column, cell)) in said.enumerate() {
                            @if place > 0 { "; " }
                            (column.label.say(lang)) ": " (in_words(lang, column, cell))
                        }
                    }
                }
            }
        }
    }
}

/// A number as it is written in Vietnam.
fn number(text: &str) -> String {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, decimals) = digits.split_once('.').map_or((digits, None), |(a, b)| (a, Some(b)));
    let mut grouped = String::with_capacity(text.len() + 4);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    match decimals {
        Some(decimals) => format!("{sign}{grouped},{decimals}"),
        None => format!("{sign}{grouped}"),
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_written_as_they_are_here() {
        let written = ["1", "999", "1000", "-1234567.5", "120000"].map(number);
        assert_eq!(written, ["1", "999", "1.000", "-1.234.567,5", "120.000"]);
    }
}
