//! Values that are calculated from answers: small trees of data, never text to be parsed.

use std::cmp::Ordering;

use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::reading::{decimal, plain};
use super::words;
use crate::domain::dossier::{Form, FormValue};
use crate::domain::words::Message;

/// How a value is calculated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Calculation {
    /// This number.
    Constant(Decimal),
    /// The present day: only ever compared with.
    Today,
    /// An answer.
    Answer(String),
    /// The sum of a column of a table.
    Total {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// How many rows a table has.
    Rows(String),
    /// All of these together.
    Sum(Vec<Calculation>),
    /// All of these, one times the other.
    Product(Vec<Calculation>),
    /// The first less the second.
    Difference(Box<(Calculation, Calculation)>),
    /// The first by the second.
    Quotient(Box<(Calculation, Calculation)>),
}

/// Decimal places that a quotient is rounded to.
const PLACES: u32 = 4;

impl Calculation {
    /// The value; none while an answer that it needs is not there.
    ///
    /// # Errors
    /// A division by zero, or a number too large to be kept.
    pub fn value(&self, answers: &Form) -> Result<Option<Decimal>, Message> {
        let large = |value: Option<Decimal>| value.map(Some).ok_or(words::TOO_LARGE);
        match self {
            Self::Constant(value) => Ok(Some(*value)),
            Self::Today => Ok(None),
            Self::Answer(key) => Ok(answers.get(key).and_then(decimal)),
            Self::Total { table, column } => {
                let mut cells = rows(answers, table).iter().filter_map(|row| cell(row, column));
                large(cells.try_fold(Decimal::ZERO, Decimal::checked_add))
            }
            Self::Rows(table) => Ok(Some(Decimal::from(rows(answers, table).len()))),
            Self::Sum(parts) => folded(parts, answers, Decimal::ZERO, Decimal::checked_add),
            Self::Product(parts) => folded(parts, answers, Decimal::ONE, Decimal::checked_mul),
            Self::Difference(parts) => {
                let (Some(a), Some(b)) = (parts.0.value(answers)?, parts.1.value(answers)?) else {
                    return Ok(None);
                };
                large(a.checked_sub(b))
            }
            Self::Quotient(parts) => {
                let (Some(a), Some(b)) = (parts.0.value(answers)?, parts.1.value(answers)?) else {
                    return Ok(None);
                };
                if b.is_zero() {
                    // What nobody was asked divides nothing; what was answered can be looked at again.
                    let needs = parts.1.needs();
                    let is_said = needs.iter().any(|(key, _)| answers.contains_key(*key));
                    return if is_said || needs.is_empty() {
                        Err(words::BY_ZERO)
                    } else {
                        Ok(None)
                    };
                }
                large(a.checked_div(b).map(|value| value.round_dp(PLACES)))
            }
        }
    }

    /// The answers that it needs: the keys of questions, and of a table with its column.
    pub fn needs(&self) -> Vec<(&str, Option<&str>)> {
        match self {
            Self::Constant(_) | Self::Today => Vec::new(),
            Self::Answer(key) | Self::Rows(key) => vec![(key, None)],
            Self::Total { table, column } => vec![(table, Some(column))],
            Self::Sum(parts) | Self::Product(parts) => parts.iter().flat_map(Self::needs).collect(),
            Self::Difference(parts) | Self::Quotient(parts) => {
                [parts.0.needs(), parts.1.needs()].concat()
            }
        }
    }

    /// Whether a division in it is always one by zero.
    pub fn divides_by_zero(&self) -> bool {
        match self {
            Self::Constant(_)
            | Self::Today
            | Self::Answer(_)
            | Self::Total { .. }
            | Self::Rows(_) => false,
            Self::Sum(parts) | Self::Product(parts) => parts.iter().any(Self::divides_by_zero),
            Self::Difference(parts) => parts.0.divides_by_zero() || parts.1.divides_by_zero(),
            Self::Quotient(parts) => {
                parts.1.is_zero() || parts.0.divides_by_zero() || parts.1.divides_by_zero()
            }
        }
    }

    /// Whether it is zero whatever is answered.
    fn is_zero(&self) -> bool {
        match self {
            Self::Constant(value) => value.is_zero(),
            Self::Today | Self::Answer(_) | Self::Total { .. } | Self::Rows(_) => false,
            Self::Sum(parts) => {
                parts.iter().all(Self::is_zero) || self.constant().is_some_and(|sum| sum.is_zero())
            }
            Self::Product(parts) => parts.iter().any(Self::is_zero),
            Self::Difference(parts) => {
                parts.0 == parts.1 || self.constant().is_some_and(|rest| rest.is_zero())
            }
            Self::Quotient(parts) => parts.0.is_zero(),
        }
    }

    /// Its value when that depends on no answer.
    pub fn constant(&self) -> Option<Decimal> {
        if !self.needs().is_empty() {
            return None;
        }
        self.value(&Form::default()).ok().flatten()
    }

    /// Whether the present day is in it.
    pub fn has_today(&self) -> bool {
        match self {
            Self::Today => true,
            Self::Sum(parts) | Self::Product(parts) => parts.iter().any(Self::has_today),
            Self::Difference(parts) | Self::Quotient(parts) => {
                parts.0.has_today() || parts.1.has_today()
            }
            _ => false,
        }
    }

    /// How deep it is nested.
    pub fn depth(&self) -> usize {
        let deepest = match self {
            Self::Sum(parts) | Self::Product(parts) => parts.iter().map(Self::depth).max(),
            Self::Difference(parts) | Self::Quotient(parts) => {
                Some(parts.0.depth().max(parts.1.depth()))
            }
            _ => None,
        };
        1 + deepest.unwrap_or(0)
    }
}

fn folded(
    parts: &[Calculation],
    answers: &Form,
    start: Decimal,
    step: fn(Decimal, Decimal) -> Option<Decimal>,
) -> Result<Option<Decimal>, Message> {
    let mut result = Some(start);
    for part in parts {
        result = match (result, part.value(answers)?) {
            (Some(sum), Some(value)) => Some(step(sum, value).ok_or(words::TOO_LARGE)?),
            _ => None,
        };
    }
    Ok(result)
}

/// The rows of a table that has any.
fn rows<'a>(answers: &'a Form, table: &str) -> &'a [FormValue] {
    match answers.get(table) {
        Some(FormValue::List(rows)) => rows,
        _ => &[],
    }
}

fn cell(row: &FormValue, column: &str) -> Option<Decimal> {
    match row {
        FormValue::Group(cells) => cells.get(column).and_then(decimal),
        _ => None,
    }
}

/// How two answers stand to each other: as numbers, a number to a day as its year, else as texts, among
/// which days are ordered. None when one is a day or a number and the other is neither.
pub(super) fn compared(a: &FormValue, b: &FormValue) -> Option<Ordering> {
    match (decimal(a), decimal(b), day(a), day(b)) {
        (Some(a), Some(b), ..) => Some(a.cmp(&b)),
        (Some(year), None, _, Some(day)) => Some(year.cmp(&Decimal::from(day.year()))),
        (None, Some(year), Some(day), _) => Some(Decimal::from(day.year()).cmp(&year)),
        (None, None, Some(a), Some(b)) => Some(a.cmp(&b)),
        (None, None, None, None) => Some(plain(a).cmp(&plain(b))),
        _ => None,
    }
}

/// A day or a year, so many years later.
pub(super) fn later(value: FormValue, years: i16) -> FormValue {
    if let Some(day) = day(&value) {
        let later = day.saturating_add(i64::from(years).years());
        return FormValue::Text(later.to_string());
    }
    let year = decimal(&value).and_then(|year| year.checked_add(Decimal::from(years)));
    year.map_or(value, |year| FormValue::Number(year.to_string()))
}

/// The day that an answer is kept as.
fn day(value: &FormValue) -> Option<Date> {
    match value {
        FormValue::Text(text) => text.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Calculation, Decimal, Form, FormValue, words};

    #[test]
    fn what_nobody_was_asked_divides_nothing() {
        let pair = |a, b| Calculation::Quotient(Box::new((a, b)));
        let answer = |key: &str| Calculation::Answer(key.to_owned());
        let mean = pair(Calculation::Constant(Decimal::TEN), Calculation::Rows("family".into()));
        // A family that is not asked about leaves the mean open, and the form can be completed.
        assert_eq!(mean.value(&Form::default()), Ok(None));
        let rows = |count| FormValue::List(vec![FormValue::Group(Form::default()); count]);
        let with = |count| std::iter::once(("family".to_owned(), rows(count))).collect::<Form>();
        assert_eq!(mean.value(&with(2)), Ok(Some(Decimal::from(5))));
        // What was answered with nothing, and what is always nothing, is told.
        assert_eq!(mean.value(&with(0)), Err(words::BY_ZERO));
        let zero: Form = std::iter::once(("n".to_owned(), FormValue::Number("0".into()))).collect();
        let ten = Calculation::Constant(Decimal::TEN);
        assert_eq!(pair(ten.clone(), answer("n")).value(&zero), Err(words::BY_ZERO));
        let never = pair(ten, Calculation::Constant(Decimal::ZERO));
        assert_eq!(never.value(&zero), Err(words::BY_ZERO));
    }
}
