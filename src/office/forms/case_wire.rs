//! Test cases of a declaration as they are kept and exported.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::domain::fee::Charge;
use crate::domain::form::{Case, Expected};
use crate::office::answers::{form, form_json};

/// A test case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseRow {
    name: String,
    answers: Map<String, Value>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    shows: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    hides: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    errors: Vec<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    values: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fees: Option<Vec<ChargeRow>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    papers: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    papers_if_any: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    steps: Option<Vec<String>>,
}

/// A fee that a test case expects.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChargeRow {
    name: String,
    amount: u64,
}

/// Reads a test case.
pub(super) fn case(row: &CaseRow) -> Case {
    Case {
        name: row.name.trim().to_owned(),
        answers: form(row.answers.clone()),
        shows: row.shows.clone(),
        hides: row.hides.clone(),
        errors: row.errors.clone(),
        values: row.values.clone().into_iter().collect(),
        expected: Expected {
            fees: row.fees.as_ref().map(|fees| fees.iter().map(ChargeRow::open).collect()),
            papers: row.papers.clone(),
            papers_if_any: row.papers_if_any.clone(),
            steps: row.steps.clone(),
        },
    }
}

impl ChargeRow {
    fn open(&self) -> Charge {
        Charge { name: self.name.clone(), amount: self.amount }
    }

    fn of(charge: &Charge) -> Self {
        Self { name: charge.name.clone(), amount: charge.amount }
    }
}

/// A test case as it is kept.
pub(super) fn case_row(case: &Case) -> CaseRow {
    CaseRow {
        name: case.name.clone(),
        answers: match form_json(&case.answers) {
            Value::Object(answers) => answers,
            _ => Map::new(),
        },
        shows: case.shows.clone(),
        hides: case.hides.clone(),
        errors: case.errors.clone(),
        values: case.values.iter().cloned().collect(),
        fees: case.expected.fees.as_ref().map(|fees| fees.iter().map(ChargeRow::of).collect()),
        papers: case.expected.papers.clone(),
        papers_if_any: case.expected.papers_if_any.clone(),
        steps: case.expected.steps.clone(),
    }
}
