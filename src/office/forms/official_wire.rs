//! The official form that a declared form stands for, in its file.

use serde::{Deserialize, Serialize};

use super::wire::{both, english};
use crate::domain::form::{AddedQuestion, FieldFrom, OfficialField, OfficialForm};

/// An official form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficialRow {
    /// The text that prescribes it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    source: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note_en: String,
    /// Whether it is yet to be compared with the official text.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    to_verify: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    fields: Vec<FieldRow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    added: Vec<AddedRow>,
}

/// A field: answered by questions, written out in words, or printed by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldRow {
    label: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    answers: Vec<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    spelled: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    printed: bool,
}

/// A question that the paper does not have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AddedRow {
    question: String,
    why: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    why_en: String,
}

impl OfficialRow {
    /// Whether it says nothing.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Reads it.
pub(super) fn official(row: &OfficialRow) -> OfficialForm {
    let field = |row: &FieldRow| {
        let trimmed = |path: &String| path.trim().to_owned();
        let from = match (row.printed, row.spelled.trim()) {
            (true, _) => FieldFrom::Print,
            (false, "") => FieldFrom::Answers(row.answers.iter().map(trimmed).collect()),
            (false, path) => FieldFrom::Spelled(path.to_owned()),
        };
        OfficialField { label: row.label.trim().to_owned(), from }
    };
    let added = |row: &AddedRow| AddedQuestion {
        question: row.question.trim().to_owned(),
        why: both(&row.why, &row.why_en),
    };
    OfficialForm {
        source: row.source.trim().to_owned(),
        note: both(&row.note, &row.note_en),
        to_verify: row.to_verify,
        fields: row.fields.iter().map(field).collect(),
        added: row.added.iter().map(added).collect(),
    }
}

/// As it is kept and exported.
pub(super) fn row(official: &OfficialForm) -> OfficialRow {
    let field = |field: &OfficialField| {
        let label = field.label.clone();
        match &field.from {
            FieldFrom::Answers(paths) => {
                FieldRow { label, answers: paths.clone(), ..FieldRow::default() }
            }
            FieldFrom::Spelled(path) => {
                FieldRow { label, spelled: path.clone(), ..FieldRow::default() }
            }
            FieldFrom::Print => FieldRow { label, printed: true, ..FieldRow::default() },
        }
    };
    let added = |added: &AddedQuestion| AddedRow {
        question: added.question.clone(),
        why: added.why.vi.clone(),
        why_en: english(&added.why),
    };
    OfficialRow {
        source: official.source.clone(),
        note: official.note.vi.clone(),
        note_en: english(&official.note),
        to_verify: official.to_verify,
        fields: official.fields.iter().map(field).collect(),
        added: official.added.iter().map(added).collect(),
    }
}
