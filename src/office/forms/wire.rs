//! Declarations as they are exported, imported and kept: one JSON file, read into the domain with the
//! place of every mistake.

use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::case_wire::{self, CaseRow, case_row};
use super::official_wire::{self, OfficialRow};
use super::words;
use crate::domain::form::{
    Calculation, Check, ChoiceOption, Declaration, Kind, Must, Prefill, Question, Section, When,
};
use crate::domain::process::Condition;
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::Text;
use crate::office::processes::wire::{ConditionRow, condition};
use crate::office::shape;

/// A declaration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeclarationRow {
    /// The title in both languages.
    pub title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    /// The English title; the Vietnamese one when empty.
    pub title_en: String,
    /// What the law calls the printed form.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub form_number: String,
    /// Whose matter it is, in the words of the procedure.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// The same in English; as in Vietnamese when empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner_en: String,
    /// The official form that it stands for.
    #[serde(default, skip_serializing_if = "OfficialRow::is_empty")]
    pub official: OfficialRow,
    /// Who signs the printed form.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signers: Vec<SignerRow>,
    /// The sections.
    pub sections: Vec<SectionRow>,
    /// The test cases.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cases: Vec<CaseRow>,
}

/// Who signs the printed form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignerRow {
    role: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    role_en: String,
}

/// A section.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionRow {
    title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    title_en: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    help: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    help_en: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    only_if: Vec<ConditionRow>,
    questions: Vec<QuestionRow>,
}

/// A question, with the parts that its kind has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionRow {
    key: String,
    kind: String,
    label: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    label_en: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    help: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    help_en: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    required: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    only_if: Vec<ConditionRow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    checks: Vec<CheckRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    prefill: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    prefill_if: Vec<ConditionRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lines: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    min: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    max: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    places: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    when: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    options: Vec<OptionRow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    columns: Vec<QuestionRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    calculate: Option<CalculationRow>,
}

/// An answer to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionRow {
    value: String,
    label: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    label_en: String,
}

/// A comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckRow {
    must: String,
    than: CalculationRow,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    years: Option<i16>,
    message: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    message_en: String,
}

/// A calculation: a number, the key of an answer, or one of the operations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CalculationRow {
    /// This number, written as text so that nothing is rounded.
    Number(String),
    /// The present day.
    Today,
    /// An answer.
    Answer(String),
    /// The sum of a column: `table.column`.
    Total(String),
    /// How many rows a table has.
    Rows(String),
    /// Together.
    Sum(Vec<CalculationRow>),
    /// One times the other.
    Product(Vec<CalculationRow>),
    /// The first less the second.
    Less(Vec<CalculationRow>),
    /// The first by the second.
    By(Vec<CalculationRow>),
}

/// Reads an exported file.
///
/// # Errors
/// It is not one: where, and why.
pub fn parse(bytes: &[u8]) -> Result<DeclarationRow, Refusal> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    serde_path_to_error::deserialize(&mut json).map_err(|error| shape::refused(&error))
}

/// Reads a declaration.
///
/// # Errors
/// A [`Refusal`] that names every place with an unknown kind, test or part.
pub fn declaration(row: &DeclarationRow) -> Result<Declaration, Refusal> {
    let mut reading = Reading::default();
    let sections = row.sections.iter().enumerate().map(|(place, section)| {
        let at = format!("sections[{place}]");
        let questions = section.questions.iter().enumerate();
        let questions =
            questions.map(|(n, row)| reading.question(&format!("{at}.questions[{n}]"), row));
        let questions = questions.collect();
        Section {
            title: both(&section.title, &section.title_en),
            help: both(&section.help, &section.help_en),
            only_if: reading.conditions(&at, "only_if", &section.only_if),
            questions,
        }
    });
    let sections = sections.collect();
    let declaration = Declaration {
        title: both(&row.title, &row.title_en),
        form_number: row.form_number.trim().to_owned(),
        owner: both(&row.owner, &row.owner_en),
        official: official_wire::official(&row.official),
        signers: row.signers.iter().map(|signer| both(&signer.role, &signer.role_en)).collect(),
        sections,
        cases: row.cases.iter().map(case_wire::case).collect(),
    };
    match reading.errors.is_empty() {
        true => Ok(declaration),
        false => Err(Refusal::fields(reading.errors)),
    }
}

pub(super) fn both(vi: &str, en: &str) -> Text {
    let (vi, en) = (vi.trim(), en.trim());
    Text { vi: vi.to_owned(), en: if en.is_empty() { vi } else { en }.to_owned() }
}

impl QuestionRow {
    /// The name of its kind.
    pub(super) fn kind(&self) -> &str {
        &self.kind
    }
}

/// What an answer of a question is.
pub(super) fn kind_of(row: &QuestionRow) -> Option<Kind> {
    let mut reading = Reading::default();
    let kind = reading.kind("", row);
    reading.errors.is_empty().then_some(kind)
}

#[derive(Default)]
struct Reading {
    errors: Vec<FieldError>,
}

impl Reading {
    fn add(&mut self, field: String, text: impl Into<Text>) {
        self.errors.push(FieldError { field, text: text.into() });
    }

    fn question(&mut self, at: &str, row: &QuestionRow) -> Question {
        let prefill = row.prefill.as_deref().and_then(|id| {
            let found = Prefill::from_id(id);
            if found.is_none() {
                let text = words::PREFILL_UNKNOWN.text(&[("prefill", id)]);
                self.add(format!("{at}.prefill"), text);
            }
            found
        });
        let checks = row.checks.iter().enumerate();
        let checks =
            checks.filter_map(|(n, row)| self.comparison(&format!("{at}.checks[{n}]"), row));
        Question {
            checks: checks.collect(),
            key: row.key.trim().to_owned(),
            label: both(&row.label, &row.label_en),
            help: both(&row.help, &row.help_en),
            is_required: row.required,
            only_if: self.conditions(at, "only_if", &row.only_if),
            kind: self.kind(at, row),
            prefill,
            prefill_if: self.conditions(at, "prefill_if", &row.prefill_if),
        }
    }

    fn conditions(&mut self, at: &str, part: &str, rows: &[ConditionRow]) -> Vec<Condition> {
        let of = part;
        let rows = rows.iter().enumerate();
        let read = rows.filter_map(|(place, row)| {
            condition(row, &mut |part, text| {
                let part = part.trim_start_matches("skip_when.");
                self.add(format!("{at}.{of}[{place}].{part}"), text);
            })
        });
        read.collect()
    }

    fn kind(&mut self, at: &str, row: &QuestionRow) -> Kind {
        self.refuse_strange_parts(at, row);
        match row.kind.trim() {
            "text" => Kind::Text { lines: row.lines.unwrap_or(1).clamp(1, 20) },
            "name" => Kind::Name,
            "number" => Kind::Number {
                min: self.decimal(&format!("{at}.min"), row.min.as_deref()),
                max: self.decimal(&format!("{at}.max"), row.max.as_deref()),
                places: row.places.unwrap_or(0).min(6),
            },
            "money" => Kind::Money,
            "date" => Kind::Date(match row.when.as_deref() {
                None => When::Any,
                Some("past") => When::Past,
                Some("future") => When::Future,
                Some(_) => {
                    self.add(format!("{at}.when"), words::WHEN_UNKNOWN);
                    When::Any
                }
            }),
            "choice" => Kind::Choice(row.options.iter().map(option).collect()),
            "tick" => Kind::Tick,
            "id_number" => Kind::IdNumber,
            "phone" => Kind::Phone,
            "email" => Kind::Email,
            "tax_code" => Kind::TaxCode,
            "ethnicity" => Kind::Ethnicity,
            "nationality" => Kind::Nationality,
            "place" => Kind::Place,
            "table" => {
                let columns = row.columns.iter().enumerate();
                let columns =
                    columns.map(|(n, row)| self.question(&format!("{at}.columns[{n}]"), row));
                Kind::Table {
                    columns: columns.collect(),
                    min: self.count(&format!("{at}.min"), row.min.as_deref(), 0),
                    max: self.count(&format!("{at}.max"), row.max.as_deref(), 20),
                }
            }
            "calculated" => self.calculated(at, row),
            other => {
                let text = words::KIND_UNKNOWN.text(&[("kind", other)]);
                self.add(format!("{at}.kind"), text);
                Kind::Name
            }
        }
    }

    /// Parts that a kind does not have would be lost without a word.
    fn refuse_strange_parts(&mut self, at: &str, row: &QuestionRow) {
        let kind = row.kind.trim();
        let parts = [
            ("lines", row.lines.is_some(), &["text"][..]),
            ("min", row.min.is_some(), &["number", "table"]),
            ("max", row.max.is_some(), &["number", "table"]),
            ("places", row.places.is_some(), &["number"]),
            ("when", row.when.is_some(), &["date"]),
            ("options", !row.options.is_empty(), &["choice"]),
            ("columns", !row.columns.is_empty(), &["table"]),
            ("calculate", row.calculate.is_some(), &["calculated"]),
        ];
        for (part, is_there, kinds) in parts {
            if is_there && !kinds.contains(&kind) {
                self.add(format!("{at}.{part}"), words::NOT_FOR_KIND);
            }
        }
    }

    fn calculated(&mut self, at: &str, row: &QuestionRow) -> Kind {
        let at = format!("{at}.calculate");
        let read = match &row.calculate {
            Some(row) => self.calculation(&at, row),
            None => {
                self.add(at, words::CALCULATION_MISSING);
                None
            }
        };
        Kind::Calculated(read.unwrap_or(Calculation::Constant(Decimal::ZERO)))
    }

    fn decimal(&mut self, at: &str, text: Option<&str>) -> Option<Decimal> {
        let text = text?.trim();
        let read = Decimal::from_str(text).ok();
        if read.is_none() {
            self.add(at.to_owned(), words::NUMBER_MALFORMED.text(&[("number", text)]));
        }
        read
    }

    fn count(&mut self, at: &str, text: Option<&str>, otherwise: u32) -> u32 {
        let Some(text) = text.map(str::trim) else { return otherwise };
        text.parse().unwrap_or_else(|_| {
            self.add(at.to_owned(), words::NUMBER_MALFORMED.text(&[("number", text)]));
            otherwise
        })
    }

    fn comparison(&mut self, at: &str, row: &CheckRow) -> Option<Check> {
        let must = Must::ALL.into_iter().find(|(id, _)| *id == row.must.trim());
        if must.is_none() {
            let text = words::MUST_UNKNOWN.text(&[("must", &row.must)]);
            self.add(format!("{at}.must"), text);
        }
        let than = self.calculation(&format!("{at}.than"), &row.than)?;
        let message = both(&row.message, &row.message_en);
        must.map(|(_, must)| Check { must, than, years: row.years.unwrap_or(0), message })
    }

    fn calculation(&mut self, at: &str, row: &CalculationRow) -> Option<Calculation> {
        Some(match row {
            CalculationRow::Number(text) => Calculation::Constant(self.decimal(at, Some(text))?),
            CalculationRow::Today => Calculation::Today,
            CalculationRow::Answer(key) => Calculation::Answer(key.trim().to_owned()),
            CalculationRow::Rows(table) => Calculation::Rows(table.trim().to_owned()),
            CalculationRow::Total(path) => match path.trim().split_once('.') {
                Some((table, column)) => {
                    Calculation::Total { table: table.to_owned(), column: column.to_owned() }
                }
                None => {
                    self.add(at.to_owned(), words::TOTAL_MALFORMED);
                    return None;
                }
            },
            CalculationRow::Sum(parts) => Calculation::Sum(self.calculations(at, parts)?),
            CalculationRow::Product(parts) => Calculation::Product(self.calculations(at, parts)?),
            CalculationRow::Less(parts) => Calculation::Difference(self.pair(at, parts)?),
            CalculationRow::By(parts) => Calculation::Quotient(self.pair(at, parts)?),
        })
    }

    fn calculations(&mut self, at: &str, rows: &[CalculationRow]) -> Option<Vec<Calculation>> {
        rows.iter().map(|row| self.calculation(at, row)).collect()
    }

    fn pair(
        &mut self,
        at: &str,
        rows: &[CalculationRow],
    ) -> Option<Box<(Calculation, Calculation)>> {
        match rows {
            [a, b] => Some(Box::new((self.calculation(at, a)?, self.calculation(at, b)?))),
            _ => {
                self.add(at.to_owned(), words::TWO_VALUES);
                None
            }
        }
    }
}

fn option(row: &OptionRow) -> ChoiceOption {
    ChoiceOption { value: row.value.trim().to_owned(), label: both(&row.label, &row.label_en) }
}

/// A declaration as it is kept and exported.
pub fn row(declaration: &Declaration) -> DeclarationRow {
    let section = |section: &Section| SectionRow {
        title: section.title.vi.clone(),
        title_en: english(&section.title),
        help: section.help.vi.clone(),
        help_en: english(&section.help),
        only_if: section.only_if.iter().map(condition_row).collect(),
        questions: section.questions.iter().map(question_row).collect(),
    };
    DeclarationRow {
        title: declaration.title.vi.clone(),
        title_en: english(&declaration.title),
        form_number: declaration.form_number.clone(),
        owner: declaration.owner.vi.clone(),
        owner_en: english(&declaration.owner),
        official: official_wire::row(&declaration.official),
        signers: declaration.signers.iter().map(signer_row).collect(),
        sections: declaration.sections.iter().map(section).collect(),
        cases: declaration.cases.iter().map(case_row).collect(),
    }
}

fn signer_row(role: &Text) -> SignerRow {
    SignerRow { role: role.vi.clone(), role_en: english(role) }
}

pub(super) fn english(text: &Text) -> String {
    if text.en == text.vi { String::new() } else { text.en.clone() }
}

fn condition_row(condition: &Condition) -> ConditionRow {
    ConditionRow {
        field: condition.field.clone(),
        test: condition.test.id().to_owned(),
        value: condition.test.value().map(str::to_owned),
    }
}

pub(super) fn question_row(question: &Question) -> QuestionRow {
    let check = |check: &Check| CheckRow {
        must: Must::ALL
            .into_iter()
            .find(|(_, must)| *must == check.must)
            .map_or("", |(id, _)| id)
            .to_owned(),
        than: calculation_row(&check.than),
        years: (check.years != 0).then_some(check.years),
        message: check.message.vi.clone(),
        message_en: english(&check.message),
    };
    let plain = QuestionRow {
        key: question.key.clone(),
        kind: question.kind.id().to_owned(),
        label: question.label.vi.clone(),
        label_en: english(&question.label),
        help: question.help.vi.clone(),
        help_en: english(&question.help),
        required: question.is_required,
        only_if: question.only_if.iter().map(condition_row).collect(),
        checks: question.checks.iter().map(check).collect(),
        prefill: question.prefill.map(Prefill::id),
        prefill_if: question.prefill_if.iter().map(condition_row).collect(),
        ..QuestionRow::default()
    };
    let option = |option: &ChoiceOption| OptionRow {
        value: option.value.clone(),
        label: option.label.vi.clone(),
        label_en: english(&option.label),
    };
    match &question.kind {
        Kind::Text { lines } if *lines > 1 => QuestionRow { lines: Some(*lines), ..plain },
        Kind::Number { min, max, places } => QuestionRow {
            min: min.map(|min| min.to_string()),
            max: max.map(|max| max.to_string()),
            places: (*places > 0).then_some(*places),
            ..plain
        },
        Kind::Date(When::Past) => QuestionRow { when: Some("past".to_owned()), ..plain },
        Kind::Date(When::Future) => QuestionRow { when: Some("future".to_owned()), ..plain },
        Kind::Choice(options) => {
            QuestionRow { options: options.iter().map(option).collect(), ..plain }
        }
        Kind::Table { columns, min, max } => QuestionRow {
            columns: columns.iter().map(question_row).collect(),
            min: Some(min.to_string()),
            max: Some(max.to_string()),
            ..plain
        },
        Kind::Calculated(calculation) => {
            QuestionRow { calculate: Some(calculation_row(calculation)), ..plain }
        }
        _ => plain,
    }
}

fn calculation_row(calculation: &Calculation) -> CalculationRow {
    let all = |parts: &[Calculation]| parts.iter().map(calculation_row).collect();
    let two = |parts: &(Calculation, Calculation)| {
        vec![calculation_row(&parts.0), calculation_row(&parts.1)]
    };
    match calculation {
        Calculation::Constant(value) => CalculationRow::Number(value.to_string()),
        Calculation::Today => CalculationRow::Today,
        Calculation::Answer(key) => CalculationRow::Answer(key.clone()),
        Calculation::Rows(table) => CalculationRow::Rows(table.clone()),
        Calculation::Total { table, column } => CalculationRow::Total(format!("{table}.{column}")),
        Calculation::Sum(parts) => CalculationRow::Sum(all(parts)),
        Calculation::Product(parts) => CalculationRow::Product(all(parts)),
        Calculation::Difference(parts) => CalculationRow::Less(two(parts)),
        Calculation::Quotient(parts) => CalculationRow::By(two(parts)),
    }
}
