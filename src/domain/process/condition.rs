//! When a step is left out: a test of one answer of the dossier's form.

use crate::domain::dossier::{Form, FormValue};

/// A test of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The answer's name, with dots into groups: `chu_su_dung.loai`.
    pub field: String,
    /// What it must be.
    pub test: Test,
}

/// What an answer must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// This; of a list, one of its items.
    Is(String),
    /// Anything else, nothing included.
    IsNot(String),
    /// Something.
    Given,
    /// Nothing.
    Missing,
}

impl Test {
    /// The names of the tests in the API.
    pub const IDS: [&'static str; 4] = ["is", "is_not", "given", "missing"];

    /// Its name in the API.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Is(_) => "is",
            Self::IsNot(_) => "is_not",
            Self::Given => "given",
            Self::Missing => "missing",
        }
    }

    /// The value that it compares with, if it does.
    pub fn value(&self) -> Option<&str> {
        match self {
            Self::Is(value) | Self::IsNot(value) => Some(value),
            Self::Given | Self::Missing => None,
        }
    }
}

impl Condition {
    /// Whether the answers fulfil it. An answer that is not there is missing, and is not anything.
    pub fn holds(&self, form: &Form) -> bool {
        let answer = find(form, &self.field);
        match &self.test {
            Test::Is(value) => answer.is_some_and(|answer| is(answer, value)),
            Test::IsNot(value) => !answer.is_some_and(|answer| is(answer, value)),
            Test::Given => answer.is_some_and(is_given),
            Test::Missing => !answer.is_some_and(is_given),
        }
    }

    /// Whether the answers fulfil it as what a question waits for: what is not answered yet is not
    /// anything else either.
    pub fn holds_when_answered(&self, form: &Form) -> bool {
        let waits =
            matches!(self.test, Test::IsNot(_)) && !find(form, &self.field).is_some_and(is_given);
        !waits && self.holds(form)
    }

    /// Whether the name could be an answer's: letters, digits and `_`, with dots between.
    pub fn is_well_formed(field: &str) -> bool {
        let part = |part: &str| {
            let mut chars = part.chars();
            chars.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
                && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
        };
        field.len() <= 100 && field.split('.').all(part)
    }
}

fn find<'a>(form: &'a Form, path: &str) -> Option<&'a FormValue> {
    let (first, rest) = path.split_once('.').map_or((path, None), |(a, b)| (a, Some(b)));
    let value = form.get(first)?;
    match (rest, value) {
        (None, value) => Some(value),
        (Some(rest), FormValue::Group(group)) => find(group, rest),
        (Some(_), _) => None,
    }
}

fn is_given(answer: &FormValue) -> bool {
    match answer {
        FormValue::Null => false,
        FormValue::Bool(_) | FormValue::Number(_) => true,
        FormValue::Text(text) => !text.trim().is_empty(),
        FormValue::List(items) => items.iter().any(is_given),
        FormValue::Group(group) => group.values().any(is_given),
    }
}

fn is(answer: &FormValue, wanted: &str) -> bool {
    let wanted = wanted.trim().to_lowercase();
    match answer {
        FormValue::Null | FormValue::Group(_) => false,
        FormValue::Bool(true) => matches!(wanted.as_str(), "có" | "true" | "yes" | "1"),
        FormValue::Bool(false) => matches!(wanted.as_str(), "không" | "false" | "no" | "0"),
        FormValue::Number(text) | FormValue::Text(text) => text.trim().to_lowercase() == wanted,
        FormValue::List(items) => items.iter().any(|item| is(item, &wanted)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Condition, Test};
    use crate::domain::dossier::{Form, FormValue};

    fn form() -> Form {
        let text = |text: &str| FormValue::Text(text.to_owned());
        let group = Form::from_iter([("loai".to_owned(), text("Cá nhân"))]);
        [
            ("mien_thue".to_owned(), FormValue::Bool(true)),
            ("dien_tich".to_owned(), FormValue::Number("120".to_owned())),
            ("chu".to_owned(), FormValue::Group(group)),
            ("dat".to_owned(), FormValue::List(vec![text("ODT"), text("CLN")])),
            ("trong".to_owned(), text("  ")),
        ]
        .into_iter()
        .collect()
    }

    fn holds(field: &str, test: Test) -> bool {
        Condition { field: field.to_owned(), test }.holds(&form())
    }

    #[test]
    fn answers_are_tested_as_people_write_them() {
        let is = |field, value: &str| holds(field, Test::Is(value.to_owned()));
        assert!(is("mien_thue", "Có") && is("mien_thue", "true") && !is("mien_thue", "không"));
        assert!(is("dien_tich", "120") && is("chu.loai", "cá nhân") && is("dat", "CLN"));
        assert!(!is("chu", "cá nhân") && !is("chu.ten", "x") && !is("dat.loai", "ODT"));
    }

    #[test]
    fn what_is_not_there_is_missing_and_is_not_anything() {
        assert!(holds("trong", Test::Missing) && holds("khac", Test::Missing));
        assert!(holds("chu", Test::Given) && !holds("khac", Test::Given));
        assert!(holds("khac", Test::IsNot("x".to_owned())));
        assert!(!holds("dien_tich", Test::IsNot("120".to_owned())));
        let waits = |field: &str, value: &str| {
            let test = Test::IsNot(value.to_owned());
            Condition { field: field.to_owned(), test }.holds_when_answered(&form())
        };
        assert!(!waits("khac", "x") && !waits("trong", "x") && waits("dien_tich", "x"));
    }

    #[test]
    fn names_have_letters_digits_and_dots_between() {
        for good in ["mien_thue", "a.b1.c", "_x"] {
            assert!(Condition::is_well_formed(good), "{good}");
        }
        for bad in ["", "1a", "a..b", "a.", "miễn", "a b", "a-b"] {
            assert!(!Condition::is_well_formed(bad), "{bad}");
        }
    }
}
