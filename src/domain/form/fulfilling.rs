//! Whether a form can ever give the answer that a condition waits for, and which answers it can give.

use super::reading::ticked;
use super::{Declaration, Kind, PLACE_PARTS, Question, typed_number, words};
use crate::domain::dossier::FormValue;
use crate::domain::process::{Condition, Test};
use crate::domain::words::{Lang, Text, nearest};

/// Answers of a choice that a message names.
const MOST_NAMED: usize = 12;

/// Whether an answer could fulfil a condition at all.
pub(super) fn can_hold(question: &Question, test: &Test) -> bool {
    match (&question.kind, test) {
        (Kind::Choice(_) | Kind::Tick, Test::Is(value)) => has_answer(&question.kind, value),
        (Kind::Tick, Test::Missing) => false,
        _ => true,
    }
}

/// Whether a question can be answered so.
fn has_answer(kind: &Kind, value: &str) -> bool {
    match kind {
        Kind::Choice(options) => {
            options.iter().any(|option| option.value.eq_ignore_ascii_case(value.trim()))
        }
        Kind::Tick => ticked(&FormValue::Text(value.to_owned())).is_ok(),
        Kind::Number { .. } | Kind::Money | Kind::Calculated(_) => typed_number(value).is_ok(),
        Kind::Date(_) => value.trim().parse::<jiff::civil::Date>().is_ok(),
        Kind::Table { .. } => false,
        _ => true,
    }
}

impl Declaration {
    /// Why a condition speaks of nothing that the form asks: it has no such question, or the question no
    /// such answer. Says what there is.
    pub fn wrong_with(&self, condition: &Condition) -> Option<Text> {
        let (names, field) = (self.names(), condition.field.as_str());
        if !names.contains(field) {
            let near = nearest(field, names.iter().map(String::as_str));
            return Some(match near.is_empty() {
                true => words::NAME_UNKNOWN.text(&[("key", field)]),
                false => {
                    words::NAME_UNKNOWN_NEAR.text(&[("key", field), ("near", &near.join(", "))])
                }
            });
        }
        let question = self.question(field.split('.').next()?)?;
        let is_whole_place = question.kind == Kind::Place && !field.contains('.');
        let wrong = match &condition.test {
            Test::Is(_) | Test::IsNot(_) if is_whole_place => Some(field),
            Test::Is(value) | Test::IsNot(value) => {
                (!has_answer(&question.kind, value)).then_some(value.as_str())
            }
            Test::Missing if question.kind == Kind::Tick => Some(""),
            Test::Given | Test::Missing => None,
        }?;
        Some(question.answers_are(wrong))
    }
}

impl Question {
    /// That it has no such answer, and which it has.
    fn answers_are(&self, wrong: &str) -> Text {
        let answers = |lang: Lang| match &self.kind {
            Kind::Choice(options) => {
                let named = options.iter().take(MOST_NAMED);
                let named = named.map(|o| format!("{} ({})", o.value, o.label.say(lang)));
                named.collect::<Vec<_>>().join(", ")
            }
            Kind::Tick => words::ANSWERS_TICK.say(lang).to_owned(),
            Kind::Date(_) => words::ANSWERS_DATE.say(lang).to_owned(),
            Kind::Table { .. } => words::ANSWERS_TABLE.say(lang).to_owned(),
            Kind::Place => {
                let parts = PLACE_PARTS.map(|part| format!("{}.{part}", self.key));
                words::ANSWERS_PLACE.fill(lang, &[("parts", &parts.join(", "))])
            }
            _ => words::ANSWERS_NUMBER.say(lang).to_owned(),
        };
        let answers = Text { vi: answers(Lang::Vi), en: answers(Lang::En) };
        let wrong = Text { vi: wrong.to_owned(), en: wrong.to_owned() };
        words::ANSWER_UNKNOWN.text_of(&[
            ("label", &self.label),
            ("value", &wrong),
            ("answers", &answers),
        ])
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::form::{ChoiceOption, Declaration, Kind, Question, Section};
    use crate::domain::process::{Condition, Test};
    use crate::domain::words::Text;

    fn form() -> Declaration {
        let question = |key: &str, kind: Kind| {
            Question::new(key, Text { vi: format!("Câu {key}"), en: key.to_owned() }, kind)
        };
        let option = |value: &str| ChoiceOption {
            value: value.to_owned(),
            label: Text { vi: value.to_uppercase(), en: value.to_owned() },
        };
        let questions = vec![
            question("loai_giay", Kind::Choice(vec![option("ket_hon"), option("khai_tu")])),
            question("cap_moi", Kind::Tick),
            question("so_ban", Kind::Money),
            question("noi_o", Kind::Place),
        ];
        let sections = vec![Section { questions, ..Section::default() }];
        Declaration { sections, ..Declaration::default() }
    }

    #[test]
    fn a_condition_that_nobody_can_answer_says_what_there_is() {
        let said = |field: &str, test: Test| {
            form().wrong_with(&Condition { field: field.to_owned(), test }).map(|text| text.vi)
        };
        let is = |value: &str| Test::Is(value.to_owned());
        let fine = [
            ("loai_giay", is("khai_tu")),
            ("loai_giay", Test::Missing),
            ("cap_moi", is("1")),
            ("so_ban", is("2")),
            ("noi_o.province", is("Huế")),
            ("noi_o", Test::Given),
        ];
        for (field, test) in fine {
            assert_eq!(said(field, test.clone()), None, "{field} {test:?}");
        }
        for (field, test, named) in [
            ("loai_giai", is("khai_tu"), "loai_giay"),
            ("loai_giay", is("ly_hon"), "ket_hon (KET_HON), khai_tu (KHAI_TU)"),
            ("loai_giay", Test::IsNot("ly_hon".to_owned()), "ly_hon"),
            ("cap_moi", is("rồi"), "có"),
            ("cap_moi", Test::Missing, "không"),
            ("so_ban", is("hai"), "số"),
            ("noi_o", is("Huế"), "noi_o.province"),
        ] {
            let text = said(field, test.clone()).unwrap_or_else(|| panic!("{field} {test:?}"));
            assert!(text.contains(named), "{field} {test:?}: {text}");
        }
    }
}
