//! What is wrong with lines that an official typed, each at its line; and codes that nobody knows.

use super::words;
use super::world::World;
use crate::domain::dossier::Directory;
use crate::domain::ids::ProcedureCode;
use crate::domain::refusal::FieldError;
use crate::domain::words::{Text, nearest};

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtLine {
    /// The line, from 1; none of the whole.
    pub line: Option<usize>,
    /// What is wrong.
    pub text: Text,
}

impl AtLine {
    /// As an error of the box with the lines.
    pub(super) fn error(self, field: &str) -> FieldError {
        let text = match self.line {
            Some(line) => {
                let line = line.to_string();
                let line = Text { vi: line.clone(), en: line };
                words::AT_LINE.text_of(&[("n", &line), ("why", &self.text)])
            }
            None => self.text,
        };
        FieldError { field: field.to_owned(), text }
    }
}

impl World {
    /// That the catalogue has no procedure with a code, and which codes look like it.
    pub(super) fn no_procedure(&self, code: &ProcedureCode) -> Option<Text> {
        if self.procedure(code).is_some() {
            return None;
        }
        let near = nearest(code.as_str(), self.procedures().map(|known| known.code.as_str()));
        let named = near.into_iter().filter_map(|code| self.procedure(&code.into()));
        let named: Vec<String> =
            named.map(|known| format!("{} ({})", known.code, known.name)).collect();
        Some(match named.is_empty() {
            true => words::CODE_UNKNOWN.text(&[("code", code.as_str())]),
            false => words::CODE_UNKNOWN_NEAR
                .text(&[("code", code.as_str()), ("near", &named.join("; "))]),
        })
    }
}
