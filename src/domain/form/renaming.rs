//! A question that gets another key: conditions, calculations and test cases that name it follow.

use super::{Calculation, Case, Kind, Question};
use crate::domain::dossier::{Form, FormValue};
use crate::domain::process::Condition;

/// The old and the new key, of a question or of a table's column.
pub(super) struct Names<'a> {
    pub old: &'a str,
    pub new: &'a str,
    pub table: Option<&'a str>,
}

impl Names<'_> {
    /// What a question refers to. `beside` is whether it stands beside the renamed one in its table.
    pub(super) fn in_question(&self, question: &mut Question, beside: bool) {
        self.in_conditions(&mut question.only_if, beside);
        self.in_conditions(&mut question.prefill_if, beside);
        for check in &mut question.checks {
            self.in_calculation(&mut check.than, beside);
        }
        if let Kind::Calculated(calculation) = &mut question.kind {
            self.in_calculation(calculation, beside);
        }
    }

    /// Whether plain names mean the renamed question where they stand.
    fn is_meant(&self, beside: bool) -> bool {
        beside == self.table.is_some()
    }

    pub(super) fn in_conditions(&self, conditions: &mut [Condition], beside: bool) {
        for condition in conditions.iter_mut().filter(|_| self.is_meant(beside)) {
            self.in_path(&mut condition.field);
        }
    }

    /// A name with dots or a place of a row behind it.
    fn in_path(&self, path: &mut String) {
        let rest = path.strip_prefix(self.old);
        if let Some(rest) = rest.filter(|rest| rest.is_empty() || rest.starts_with(['.', '['])) {
            *path = format!("{}{rest}", self.new);
        }
    }

    /// The new name of a path such as `ho_ten` or `thanh_vien.ho_ten`; none when it stays.
    pub(super) fn of_path(&self, path: &str) -> Option<String> {
        match self.table {
            None => {
                let mut new = path.to_owned();
                self.in_path(&mut new);
                (new != path).then_some(new)
            }
            Some(table) => {
                let (of, column) = path.split_once('.')?;
                (of == table && column == self.old).then(|| format!("{table}.{}", self.new))
            }
        }
    }

    fn in_calculation(&self, calculation: &mut Calculation, beside: bool) {
        match calculation {
            Calculation::Constant(_) | Calculation::Today => {}
            Calculation::Answer(key) | Calculation::Rows(key) => {
                if self.is_meant(beside) && key == self.old {
                    self.new.clone_into(key);
                }
            }
            Calculation::Total { table, column } => match self.table {
                None if table == self.old => self.new.clone_into(table),
                Some(of) if table == of && column == self.old => self.new.clone_into(column),
                _ => {}
            },
            Calculation::Sum(parts) | Calculation::Product(parts) => {
                parts.iter_mut().for_each(|part| self.in_calculation(part, beside));
            }
            Calculation::Difference(parts) | Calculation::Quotient(parts) => {
                self.in_calculation(&mut parts.0, beside);
                self.in_calculation(&mut parts.1, beside);
            }
        }
    }

    pub(super) fn in_case(&self, case: &mut Case) {
        match self.table {
            None => {
                case.answers = self.in_answers(&case.answers);
                let keys = case.shows.iter_mut().chain(&mut case.hides).chain(&mut case.errors);
                keys.for_each(|path| self.in_path(path));
                case.values.iter_mut().for_each(|(key, _)| self.in_path(key));
            }
            Some(table) => {
                let rows = |value: &FormValue| match value {
                    FormValue::Group(cells) => FormValue::Group(self.in_answers(cells)),
                    other => other.clone(),
                };
                let answers = case.answers.iter().map(|(key, value)| match value {
                    FormValue::List(list) if key == table => {
                        (key.clone(), FormValue::List(list.iter().map(rows).collect()))
                    }
                    other => (key.clone(), other.clone()),
                });
                case.answers = answers.collect();
                for path in &mut case.errors {
                    let cell = path.split_once("].").filter(|(row, _)| {
                        row.split_once('[').is_some_and(|(key, _)| key == table)
                    });
                    if let Some((row, _)) = cell.filter(|(_, cell)| *cell == self.old) {
                        *path = format!("{row}].{}", self.new);
                    }
                }
            }
        }
    }

    fn in_answers(&self, answers: &Form) -> Form {
        let renamed = answers.iter().map(|(key, value)| {
            let key = if key == self.old { self.new } else { key };
            (key.to_owned(), value.clone())
        });
        renamed.collect()
    }
}
