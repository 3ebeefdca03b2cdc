//! Answers read against a declaration, from top to bottom in one pass.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::calculation::{compared, later};
use super::groups::spelled;
use super::reading::{date, is_blank, number, plain, ticked};
use super::{Calculation, Check, Declaration, Kind, Must, PLACE_PARTS, Question, When, words};
use crate::domain::dossier::{Form, FormValue};
use crate::domain::identity::{self, IdentityNumber};
use crate::domain::process::Condition;
use crate::domain::territory::{Address, Found, Recognised, territory};
use crate::domain::words::Text;

/// Longest answer of a text, in characters.
const MAX_ANSWER: usize = 2_000;

/// Something to repair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where: `ho_ten`, `noi_sinh.commune`, `thanh_vien[0].ho_ten`.
    pub path: String,
    /// What is wrong and how to repair it.
    pub text: Text,
    /// Whether something is not there, rather than wrong.
    pub is_missing: bool,
}

/// What comes of answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// The answers in one spelling with what was calculated, without those of questions that are not
    /// asked. What no question asks stays as it came. A wrong answer stays as it was typed.
    pub answers: Form,
    /// What is to be repaired, in the order of the form.
    pub problems: Vec<Problem>,
    shown: BTreeSet<String>,
}

impl Evaluation {
    /// Whether the question with this key is asked.
    pub fn shows(&self, key: &str) -> bool {
        self.shown.contains(key)
    }

    /// The keys of the questions that are asked.
    pub fn shown(&self) -> impl Iterator<Item = &str> {
        self.shown.iter().map(String::as_str)
    }
}

/// Reads answers against a declaration.
pub fn evaluate(declaration: &Declaration, given: &Form, today: Date) -> Evaluation {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for question in declaration.questions() {
        known.insert(&question.key);
    }
    let unasked = given.iter().filter(|(key, _)| !known.contains(key.as_str()));
    let mut pass = Pass {
        today,
        answers: unasked.map(|(key, value)| (key.clone(), value.clone())).collect(),
        problems: Vec::new(),
    };
    let mut shown = BTreeSet::new();
    for section in &declaration.sections {
        if !all_hold(&section.only_if, &pass.answers) {
            continue;
        }
        for question in &section.questions {
            if !all_hold(&question.only_if, &pass.answers) {
                continue;
            }
            shown.insert(question.key.clone());
            pass.ask(question, given.get(&question.key), &question.key);
        }
    }
    Evaluation { answers: pass.answers, problems: pass.problems, shown }
}

fn all_hold(conditions: &[Condition], answers: &Form) -> bool {
    conditions.iter().all(|condition| condition.holds_when_answered(answers))
}

struct Pass {
    today: Date,
    answers: Form,
    problems: Vec<Problem>,
}

impl Pass {
    fn wrong(&mut self, path: &str, text: impl Into<Text>) {
        self.problems.push(Problem { path: path.to_owned(), text: text.into(), is_missing: false });
    }

    fn missing(&mut self, path: &str, text: impl Into<Text>) {
        self.problems.push(Problem { path: path.to_owned(), text: text.into(), is_missing: true });
    }

    /// Reads an answer into the answers, and makes the declared comparisons when it is right by itself.
    fn ask(&mut self, question: &Question, given: Option<&FormValue>, path: &str) {
        let before = self.problems.len();
        let Some(answer) = self.answer(question, given, path) else { return };
        if self.problems.len() == before {
            let failed = question.checks.iter().find(|check| !self.holds(check, &answer));
            if let Some(check) = failed {
                self.wrong(path, check.message.clone());
            }
        }
        self.answers.insert(question.key.clone(), answer);
    }

    /// An answer in one spelling; none when there is none.
    fn answer(
        &mut self,
        question: &Question,
        given: Option<&FormValue>,
        path: &str,
    ) -> Option<FormValue> {
        let given = given.filter(|value| !is_blank(value));
        match (&question.kind, given) {
            (Kind::Calculated(calculation), _) => self.calculated(calculation, path),
            (Kind::Tick, given) => self.tick(question, given, path),
            (Kind::Place, given) => self.place(question, given, path),
            (Kind::Table { columns, min, max }, given) => {
                let min = if question.is_required { (*min).max(1) } else { *min };
                self.table(question, (columns, min, *max), given, path)
            }
            (_, None) => {
                if question.is_required {
                    self.missing(path, labelled(words::MISSING, question));
                }
                None
            }
            (kind, Some(given)) => match self.simple(kind, given) {
                Ok(value) => Some(value),
                Err(text) => {
                    self.wrong(path, text);
                    Some(given.clone())
                }
            },
        }
    }

    fn calculated(&mut self, calculation: &Calculation, path: &str) -> Option<FormValue> {
        match calculation.value(&self.answers) {
            Ok(value) => value.map(|value| FormValue::Number(value.normalize().to_string())),
            Err(message) => {
                self.wrong(path, message);
                None
            }
        }
    }

    fn tick(
        &mut self,
        question: &Question,
        given: Option<&FormValue>,
        path: &str,
    ) -> Option<FormValue> {
        let is_ticked = match given.map_or(Ok(false), ticked) {
            Ok(is_ticked) => is_ticked,
            Err(message) => {
                self.wrong(path, message);
                return given.cloned();
            }
        };
        if question.is_required && !is_ticked {
            self.missing(path, labelled(words::TICK_MISSING, question));
        }
        Some(FormValue::Bool(is_ticked))
    }

    fn place(
        &mut self,
        question: &Question,
        given: Option<&FormValue>,
        path: &str,
    ) -> Option<FormValue> {
        let empty = Form::default();
        let parts = match given {
            Some(FormValue::Group(parts)) => parts,
            // Programs and prefilled answers may have it in one line.
            Some(FormValue::Text(text)) => {
                return self.place(question, Some(&in_parts(text)), path);
            }
            Some(other) => {
                self.wrong(path, words::PLACE_WRONG);
                return Some(other.clone());
            }
            None => &empty,
        };
        let text = |part: &str| parts.get(part).map(plain).unwrap_or_default();
        let [province, mut commune, below] = PLACE_PARTS.map(text);
        let is_said = given.is_some();
        if question.is_required || is_said {
            if province.is_empty() {
                self.missing(
                    &format!("{path}.province"),
                    labelled(words::PROVINCE_MISSING, question),
                );
            }
            if commune.is_empty() {
                self.missing(
                    &format!("{path}.commune"),
                    labelled(words::COMMUNE_MISSING, question),
                );
            }
        }
        if !province.is_empty() && territory().province(&province).is_none() {
            self.wrong(&format!("{path}.province"), words::PROVINCE_UNKNOWN);
        } else if !province.is_empty() && !commune.is_empty() {
            match listed(&province, &commune) {
                Ok(name) => name.clone_into(&mut commune),
                Err(text) => self.wrong(&format!("{path}.commune"), text),
            }
        }
        let long = [&commune, &below].into_iter().any(|text| text.chars().count() > MAX_ANSWER);
        if long {
            self.wrong(&format!("{path}.detail"), too_long());
        }
        let kept = PLACE_PARTS.into_iter().zip([province, commune, below]);
        let kept = kept.filter(|(_, text)| !text.is_empty());
        let kept: Form =
            kept.map(|(part, text)| (part.to_owned(), FormValue::Text(text))).collect();
        if let (true, Some(given)) = (kept.is_empty(), given) {
            self.wrong(path, words::PLACE_WRONG);
            return Some(given.clone());
        }
        is_said.then_some(FormValue::Group(kept))
    }

    fn table(
        &mut self,
        question: &Question,
        (columns, min, max): (&[Question], u32, u32),
        given: Option<&FormValue>,
        path: &str,
    ) -> Option<FormValue> {
        let empty = Vec::new();
        let rows = match given {
            Some(FormValue::List(rows)) => rows,
            Some(other) => {
                self.wrong(path, words::TABLE_WRONG);
                return Some(other.clone());
            }
            None => &empty,
        };
        let mut kept = Vec::new();
        for (place, row) in rows.iter().enumerate().filter(|(_, row)| !is_blank(row)) {
            let path = format!("{path}[{place}]");
            match row {
                FormValue::Group(cells) => {
                    let before = self.problems.len();
                    let row = self.row(columns, cells, &path);
                    // Of a row whose answers are not asked, nothing is left.
                    match is_blank(&row) {
                        true => self.problems.truncate(before),
                        false => kept.push(row),
                    }
                }
                other => {
                    self.wrong(&path, words::TABLE_WRONG);
                    kept.push(other.clone());
                }
            }
        }
        let count = u32::try_from(kept.len()).unwrap_or(u32::MAX);
        if count < min {
            let text = with_label(words::ROWS_FEW, question, &min.to_string());
            self.missing(path, text);
        }
        if count > max {
            self.wrong(path, with_label(words::ROWS_MANY, question, &max.to_string()));
        }
        (!kept.is_empty()).then_some(FormValue::List(kept))
    }

    /// A row: its conditions, calculations and checks speak of its own cells.
    fn row(&mut self, columns: &[Question], given: &Form, path: &str) -> FormValue {
        let outside = std::mem::take(&mut self.answers);
        let unasked = given.iter().filter(|(key, _)| columns.iter().all(|c| c.key != **key));
        self.answers = unasked.map(|(key, value)| (key.clone(), value.clone())).collect();
        for column in columns {
            if all_hold(&column.only_if, &self.answers) {
                self.ask(column, given.get(&column.key), &format!("{path}.{}", column.key));
            }
        }
        FormValue::Group(std::mem::replace(&mut self.answers, outside))
    }

    /// Whether an answer stands to the other value as a check demands; it does to nothing, and to what
    /// cannot be compared with it.
    fn holds(&self, check: &Check, answer: &FormValue) -> bool {
        let other = match &check.than {
            Calculation::Answer(key) => self.answers.get(key).cloned(),
            Calculation::Today => Some(FormValue::Text(self.today.to_string())),
            than => {
                let value = than.value(&self.answers).ok().flatten();
                value.map(|number| FormValue::Number(number.to_string()))
            }
        };
        let Some(other) = other.filter(|other| !is_blank(other)) else { return true };
        let other = if check.years == 0 { other } else { later(other, check.years) };
        compared(answer, &other).is_none_or(|order| match check.must {
            Must::AtLeast => order.is_ge(),
            Must::AtMost => order.is_le(),
            Must::Same => order.is_eq(),
            Must::Differ => order.is_ne(),
        })
    }

    fn simple(&self, kind: &Kind, given: &FormValue) -> Result<FormValue, Text> {
        if matches!(given, FormValue::List(_) | FormValue::Group(_)) {
            return Err(words::ONE_ANSWER.into());
        }
        let text = plain(given);
        let kept = match kind {
            Kind::Number { min, max, places } => {
                return ranged(given, (*min, *max), *places);
            }
            Kind::Money => return ranged(given, (Some(Decimal::ZERO), None), 0),
            Kind::Date(when) => date(&text).and_then(|date| {
                let message = match when {
                    When::Past if date > self.today => words::DATE_FUTURE,
                    When::Future if date < self.today => words::DATE_PAST,
                    _ => return Ok(date.to_string()),
                };
                Err(message.into())
            })?,
            Kind::Choice(options) => {
                let is_one = options.iter().any(|option| option.value == text);
                if !is_one {
                    return Err(words::CHOICE_UNKNOWN.into());
                }
                text
            }
            Kind::Name => identity::person_name(&text)?,
            Kind::IdNumber => IdentityNumber::parse(&text)?.as_str().to_owned(),
            Kind::Phone => identity::phone(&text)?,
            Kind::Email => identity::email(&text)?,
            Kind::TaxCode => identity::tax_code(&text)?,
            Kind::Ethnicity | Kind::Nationality => spelled(kind, &text),
            _ => text,
        };
        if kept.chars().count() > MAX_ANSWER {
            return Err(too_long());
        }
        Ok(FormValue::Text(kept))
    }
}

fn ranged(
    given: &FormValue,
    (min, max): (Option<Decimal>, Option<Decimal>),
    places: u32,
) -> Result<FormValue, Text> {
    let value = number(given)?.normalize();
    if value.scale() > places {
        return Err(match places {
            0 => words::NUMBER_WHOLE.into(),
            _ => words::NUMBER_PLACES.text(&[("n", &places.to_string())]),
        });
    }
    if let Some(min) = min.filter(|min| value < *min) {
        return Err(words::NUMBER_SMALL.text(&[("n", &min.to_string())]));
    }
    if let Some(max) = max.filter(|max| value > *max) {
        return Err(words::NUMBER_LARGE.text(&[("n", &max.to_string())]));
    }
    Ok(FormValue::Number(value.to_string()))
}

/// An address in one line, in its parts.
fn in_parts(line: &str) -> FormValue {
    let Address { province, commune, detail } = Address::read(line);
    let parts = PLACE_PARTS.into_iter().zip([province, commune, detail]);
    let parts = parts.filter(|(_, text)| !text.is_empty());
    let parts = parts.map(|(part, text)| (part.to_owned(), FormValue::Text(text)));
    FormValue::Group(parts.collect())
}

/// A commune as the list of its province has it.
fn listed(province: &str, commune: &str) -> Result<&'static str, Text> {
    let table = territory();
    if let Some(known) = table.communes_of(province).iter().find(|known| known.name == commune) {
        return Ok(known.name);
    }
    match table.recognise(&format!("{commune}, {province}")) {
        Recognised { found: Found::Now(known), detail } if detail.is_empty() => Ok(known.name),
        Recognised { found: Found::Former { now, .. }, detail } if detail.is_empty() => {
            let now = now.iter().map(|known| known.name).collect::<Vec<_>>().join("; ");
            Err(words::COMMUNE_FORMER.text(&[("commune", commune), ("now", &now)]))
        }
        _ => Err(words::COMMUNE_UNKNOWN.text(&[("province", province)])),
    }
}

fn too_long() -> Text {
    words::ANSWER_LONG.text(&[("max", &MAX_ANSWER.to_string())])
}

fn labelled(message: crate::domain::words::Message, question: &Question) -> Text {
    with_label(message, question, "")
}

fn with_label(message: crate::domain::words::Message, question: &Question, n: &str) -> Text {
    use crate::domain::words::Lang;
    let fill = |lang| {
        let label = question.label.say(lang);
        message.fill(lang, &[("label", label), ("n", n)])
    };
    Text { vi: fill(Lang::Vi), en: fill(Lang::En) }
}
