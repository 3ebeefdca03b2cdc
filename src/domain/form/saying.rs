//! Answers and conditions as people read them.

use super::reading::{plain, ticked};
use super::{Declaration, Kind, PLACE_PARTS, Question, words};
use crate::domain::calendar::words::date_short;
use crate::domain::dossier::FormValue;
use crate::domain::process::{Condition, Test};
use crate::domain::words::{Lang, Text};

/// Numbers up to so many characters are written without points between thousands; money never is.
const UNGROUPED: usize = 4;

/// An answer as people read it; none where there is nothing to read, and of rows, which have words of
/// their own in each cell.
pub fn said(lang: Lang, question: &Question, value: &FormValue) -> Option<String> {
    let said = match (&question.kind, value) {
        (Kind::Choice(options), FormValue::Text(text)) => {
            let chosen = options.iter().find(|option| option.value == *text);
            chosen.map_or(text.as_str(), |option| option.label.say(lang)).to_owned()
        }
        (Kind::Date(_), FormValue::Text(text)) => {
            text.parse().map_or_else(|_| text.clone(), date_short)
        }
        (Kind::Place, FormValue::Group(_)) => {
            // Written from the smallest to the largest, as addresses are.
            let parts = PLACE_PARTS.into_iter().rev().filter_map(|part| part_of(value, part));
            parts.collect::<Vec<_>>().join(", ")
        }
        (_, FormValue::Bool(yes)) => if *yes { words::YES } else { words::NO }.say(lang).to_owned(),
        // A year is no thousand.
        (Kind::Number { .. }, FormValue::Number(text)) if text.len() <= UNGROUPED => {
            text.replace('.', ",")
        }
        (_, FormValue::Number(text)) => number(text),
        (_, FormValue::Text(text)) => text.clone(),
        (_, FormValue::Null | FormValue::List(_) | FormValue::Group(_)) => String::new(),
    };
    Some(said).filter(|said| !said.is_empty())
}

/// Two versions of an answer, each in one text, for the record: as they are kept, an address in a line. Of
/// a table only the rows that differ, with their numbers; what was or is not there is empty.
pub fn written_apart(
    question: &Question,
    old: Option<&FormValue>,
    new: Option<&FormValue>,
) -> (String, String) {
    let Kind::Table { columns, .. } = &question.kind else {
        let text = |value: Option<&FormValue>| match value {
            Some(place @ FormValue::Group(_)) => {
                said(Lang::Vi, question, place).unwrap_or_default()
            }
            Some(value) => plain(value),
            None => String::new(),
        };
        return (text(old), text(new));
    };
    let (old, new) = (rows(old), rows(new));
    let same = |pairs: &mut dyn Iterator<Item = (&FormValue, &FormValue)>| {
        pairs.take_while(|(a, b)| a == b).count()
    };
    let head = same(&mut old.iter().zip(new));
    let shorter = old.len().min(new.len()) - head;
    let tail = same(&mut old.iter().rev().zip(new.iter().rev()).take(shorter));
    let between = |rows: &[FormValue]| {
        let end = rows.len() - tail;
        let own = rows[head..end].iter().enumerate();
        let own = own.map(|(place, row)| written_row(columns, head + place + 1, row));
        own.collect::<Vec<_>>().join("; ")
    };
    (between(old), between(new))
}

fn rows(table: Option<&FormValue>) -> &[FormValue] {
    match table {
        Some(FormValue::List(rows)) => rows,
        _ => &[],
    }
}

fn written_row(columns: &[Question], number: usize, row: &FormValue) -> String {
    let FormValue::Group(cells) = row else { return String::new() };
    let said = columns.iter().filter_map(|column| {
        let said = said(Lang::Vi, column, cells.get(&column.key)?)?;
        Some(format!("{}: {said}", column.label.vi))
    });
    format!("{number}) {}", said.collect::<Vec<_>>().join(", "))
}

/// A recorded answer as people read it.
pub fn read_again(lang: Lang, question: &Question, written: &str) -> String {
    let value = match &question.kind {
        Kind::Tick => match written.parse() {
            Ok(yes) => FormValue::Bool(yes),
            Err(_) => FormValue::Text(written.to_owned()),
        },
        Kind::Number { .. } | Kind::Money | Kind::Calculated(_) => {
            FormValue::Number(written.to_owned())
        }
        _ => FormValue::Text(written.to_owned()),
    };
    said(lang, question, &value).unwrap_or_default()
}

/// A part of an address, when it was said.
fn part_of<'a>(place: &'a FormValue, part: &str) -> Option<&'a str> {
    match place {
        FormValue::Group(parts) => match parts.get(part) {
            Some(FormValue::Text(text)) if !text.is_empty() => Some(text),
            _ => None,
        },
        _ => None,
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

impl Declaration {
    /// What the answer at a path such as `noi_o.commune` or `thanh_vien[0].ho_ten` is called; the path
    /// itself where no question is.
    pub fn label_of(&self, path: &str) -> Text {
        let (first, rest) = path.split_once('.').map_or((path, ""), |(a, b)| (a, b));
        let (key, row) = first.split_once('[').map_or((first, ""), |(a, b)| (a, b));
        let Some(question) = self.question(key) else {
            return Text { vi: path.to_owned(), en: path.to_owned() };
        };
        let column = match &question.kind {
            Kind::Table { columns, .. } => columns.iter().find(|column| column.key == rest),
            _ => None,
        };
        let row = row.trim_end_matches(']').parse::<usize>().ok().map(|row| (row + 1).to_string());
        let say = |lang| {
            let table = question.label.say(lang);
            let whole = match &row {
                Some(row) => words::ROW_OF.fill(lang, &[("table", table), ("n", row)]),
                None => table.to_owned(),
            };
            match column {
                Some(column) => format!("{whole}: {}", column.label.say(lang)),
                None => whole,
            }
        };
        Text { vi: say(Lang::Vi), en: say(Lang::En) }
    }
}

/// When something is to be answered, for whoever fills in a paper; none when it always is.
pub fn asked_when(
    declaration: &Declaration,
    conditions: &[Condition],
    lang: Lang,
) -> Option<String> {
    let said: Vec<String> =
        conditions.iter().filter_map(|condition| tested(declaration, condition, lang)).collect();
    let and = words::AND.say(lang);
    (!said.is_empty()).then(|| words::ASKED_WHEN.fill(lang, &[("tests", &said.join(and))]))
}

/// Whether a condition's value is that of a ticked box.
fn is_ticked(value: &str) -> bool {
    ticked(&FormValue::Text(value.to_owned())) == Ok(true)
}

/// A condition as people read it; none where it speaks of no question.
pub fn tested(declaration: &Declaration, condition: &Condition, lang: Lang) -> Option<String> {
    let key = condition.field.split('.').next()?;
    let question = declaration.question(key)?;
    let label = question.label.say(lang);
    let (message, value) = match (&condition.test, &question.kind) {
        (Test::Is(value), Kind::Tick) if is_ticked(value) => (words::TEST_TICKED, ""),
        (Test::Is(_), Kind::Tick) => (words::TEST_NOT_TICKED, ""),
        (Test::IsNot(value), Kind::Tick) if is_ticked(value) => (words::TEST_NOT_TICKED, ""),
        (Test::IsNot(_), Kind::Tick) => (words::TEST_TICKED, ""),
        (Test::Is(value), _) => (words::TEST_IS, value.as_str()),
        (Test::IsNot(value), _) => (words::TEST_IS_NOT, value.as_str()),
        (Test::Given, _) => (words::TEST_GIVEN, ""),
        (Test::Missing, _) => (words::TEST_MISSING, ""),
    };
    let value = match &question.kind {
        Kind::Choice(options) => {
            let option = options.iter().find(|option| option.value == value);
            option.map_or(value, |option| option.label.say(lang))
        }
        _ => value,
    };
    Some(message.fill(lang, &[("label", label), ("value", value)]))
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
