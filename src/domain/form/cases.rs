//! Test cases of a form: filled in once, and tried at every change.

use jiff::civil::Date;

use super::reading::{is_blank, plain};
use super::{Case, Declaration, Kind, evaluate, words};
use crate::domain::dossier::Form;
use crate::domain::words::Text;

impl Declaration {
    /// What goes wrong in a test case: nothing when it comes out as it says.
    pub fn try_case(&self, case: &Case, today: Date) -> Vec<Text> {
        let found = evaluate(self, &case.answers, today);
        let mut wrong = Vec::new();
        for (keys, must_show) in [(&case.shows, true), (&case.hides, false)] {
            for key in keys.iter().filter(|key| found.shows(key) != must_show) {
                let message = if must_show { words::CASE_HIDDEN } else { words::CASE_SHOWN };
                wrong.push(message.text(&[("key", key)]));
            }
        }
        for problem in found.problems.iter().filter(|p| !case.errors.contains(&p.path)) {
            wrong.push(words::CASE_REFUSED.text(&[("key", &problem.path)]));
        }
        for path in
            case.errors.iter().filter(|path| found.problems.iter().all(|p| p.path != **path))
        {
            wrong.push(words::CASE_TAKEN.text(&[("key", path)]));
        }
        for (key, wanted) in &case.values {
            let got = found.answers.get(key).map(plain).unwrap_or_default();
            if got != *wanted {
                let values = [("key", key.as_str()), ("wanted", wanted), ("got", &got)];
                wrong.push(words::CASE_VALUE.text(&values));
            }
        }
        wrong
    }

    /// A test case that expects what comes of answers now: which of the questions with conditions are
    /// asked, every error, and what is calculated.
    pub fn case_of(&self, name: &str, mut answers: Form, today: Date) -> Case {
        answers.retain(|_, value| !is_blank(value));
        let found = evaluate(self, &answers, today);
        let conditional = self.sections.iter().flat_map(|section| {
            let questions = section.questions.iter();
            questions.filter(|q| !section.only_if.is_empty() || !q.only_if.is_empty())
        });
        let (shows, hides) =
            conditional.map(|q| q.key.clone()).partition(|key: &String| found.shows(key));
        let mut errors: Vec<String> = found.problems.iter().map(|p| p.path.clone()).collect();
        errors.dedup();
        let calculated = self.questions().filter(|q| matches!(q.kind, Kind::Calculated(_)));
        let values = calculated
            .filter_map(|q| Some((q.key.clone(), plain(found.answers.get(&q.key)?))))
            .collect();
        Case { name: name.to_owned(), answers, shows, hides, errors, values }
    }
}
