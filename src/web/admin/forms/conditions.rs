//! When something is asked, in boxes: a list of what the answers above can be, and a value beside it
//! where an answer can be anything.

use maud::{Markup, html};

use super::shown::Shown;
use crate::domain::form::{Kind, PLACE_PARTS, Question};
use crate::domain::process::{Condition, Test};
use crate::domain::refusal::FieldError;
use crate::domain::words::Lang;
use crate::web::components::{Choice, Field, error_for, select, text_field};
use crate::web::desk::posted::Posted;
use crate::web::words::form_builder as words;

/// Conditions that a page has room for.
const ROWS: usize = 6;
/// Boxes that stand there at once.
const LEAST: usize = 2;
/// Ends a choice whose value is typed beside it.
const TYPED: char = '?';

/// A condition as typed: what was chosen, such as `loai|is|ca_nhan` or `loai|is?`, and a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedCondition {
    pub chosen: String,
    pub value: String,
}

impl TypedCondition {
    /// A condition to be changed.
    pub fn of(condition: &Condition) -> Self {
        Self { chosen: code(condition), value: String::new() }
    }

    fn meant(&self) -> Option<Condition> {
        let mut parts = self.chosen.splitn(3, '|');
        let (field, test) = (parts.next()?, parts.next()?);
        let value = parts.next().unwrap_or_default().to_owned();
        let test = match test {
            "is" => Test::Is(value),
            "is_not" => Test::IsNot(value),
            "is?" => Test::Is(self.value.clone()),
            "is_not?" => Test::IsNot(self.value.clone()),
            "given" => Test::Given,
            _ => Test::Missing,
        };
        Some(Condition { field: field.to_owned(), test })
    }
}

fn code(condition: &Condition) -> String {
    let value = condition.test.value().map(|value| format!("|{value}")).unwrap_or_default();
    format!("{}|{}{value}", condition.field, condition.test.id())
}

/// The conditions that were typed.
pub fn read(sent: &Posted, name: &str) -> Vec<TypedCondition> {
    let row = |row: usize| TypedCondition {
        chosen: sent.get(&format!("{name}[{row}]")).to_owned(),
        value: sent.get(&format!("{name}[{row}].value")).to_owned(),
    };
    (0..ROWS).map(row).filter(|row| !row.chosen.is_empty()).collect()
}

/// The conditions that are meant.
pub fn meant(typed: &[TypedCondition]) -> Vec<Condition> {
    typed.iter().filter_map(TypedCondition::meant).collect()
}

/// The boxes with a name, for what stands above.
pub fn boxes(
    shown: &Shown<'_>,
    name: &str,
    (above, table): (&[&Question], Option<&Question>),
    typed: &[TypedCondition],
    errors: &[FieldError],
) -> Markup {
    let lang = shown.lang;
    let mut offered: Vec<(String, String)> =
        above.iter().flat_map(|question| tests(shown, question, table)).collect();
    let typed: Vec<TypedCondition> =
        typed.iter().map(|row| in_boxes(row, &mut offered, shown, table)).collect();
    let choices: Vec<Choice<'_>> =
        offered.iter().map(|(value, label)| Choice { value, label, ..Choice::default() }).collect();
    let count = (typed.len() + 1).clamp(LEAST, ROWS);
    html! {
        @if above.is_empty() { p.hint { (words::NOTHING_ABOVE.say(lang)) } }
        @else {
            @for place in 0..count {
                div.condition-row { (row(lang, &format!("{name}[{place}]"), place, (typed.get(place), &choices, errors))) }
            }
        }
    }
}

fn row(
    lang: Lang,
    name: &str,
    place: usize,
    (typed, choices, errors): (Option<&TypedCondition>, &[Choice<'_>], &[FieldError]),
) -> Markup {
    let number = (place + 1).to_string();
    let value = format!("{name}.value");
    html! {
        (select(lang, &Field {
            name,
            label: &words::CONDITION_N.fill(lang, &[("n", &number)]),
            value: typed.map_or("", |typed| &typed.chosen),
            error: error_for(errors, name, lang),
            ..Field::default()
        }, choices))
        @if choices.iter().any(|choice| choice.value.ends_with(TYPED)) {
            div.beside {
                (text_field(lang, &Field {
                    name: &value,
                    label: &words::CONDITION_VALUE.fill(lang, &[("n", &number)]),
                    value: typed.map_or("", |typed| &typed.value),
                    autocomplete: "off",
                    max_length: Some(200),
                    ..Field::default()
                }))
            }
        }
    }
}

/// What was chosen, as the list has it: a value that the list lacks is typed beside; what it lacks
/// altogether is added, to be seen and refused.
fn in_boxes(
    typed: &TypedCondition,
    offered: &mut Vec<(String, String)>,
    shown: &Shown<'_>,
    table: Option<&Question>,
) -> TypedCondition {
    if offered.iter().any(|(known, _)| *known == typed.chosen) {
        return typed.clone();
    }
    let Some(condition) = typed.meant() else { return typed.clone() };
    if let Some(value) = condition.test.value() {
        let open = format!("{}|{}{TYPED}", condition.field, condition.test.id());
        if offered.iter().any(|(known, _)| *known == open) {
            return TypedCondition { chosen: open, value: value.to_owned() };
        }
    }
    offered.push((typed.chosen.clone(), shown.condition(&condition, table)));
    typed.clone()
}

/// What an answer can be.
fn tests(
    shown: &Shown<'_>,
    question: &Question,
    table: Option<&Question>,
) -> Vec<(String, String)> {
    let named = |field: &str, test: Test| {
        let condition = Condition { field: field.to_owned(), test };
        (code(&condition), shown.condition(&condition, table))
    };
    let given = |field: &str| vec![named(field, Test::Given), named(field, Test::Missing)];
    let open = |field: &str| {
        let label = shown.label(field, table);
        let say = |test: &str, message: crate::domain::words::Message| {
            (format!("{field}|{test}{TYPED}"), message.fill(shown.lang, &[("field", &label)]))
        };
        vec![say("is", words::IS_TYPED), say("is_not", words::IS_NOT_TYPED)]
    };
    let key = question.key.as_str();
    match &question.kind {
        Kind::Choice(options) => {
            let is = options.iter().map(|option| named(key, Test::Is(option.value.clone())));
            let is_not = options.iter().filter(|_| options.len() > 2);
            let is_not = is_not.map(|option| named(key, Test::IsNot(option.value.clone())));
            is.chain(is_not).chain(given(key).into_iter().skip(1)).collect()
        }
        Kind::Tick => ["có", "không"].map(|is| named(key, Test::Is(is.to_owned()))).into(),
        Kind::Place => {
            let parts = PLACE_PARTS.iter().take(2).map(|part| format!("{key}.{part}"));
            given(key).into_iter().chain(parts.flat_map(|part| open(&part))).collect()
        }
        Kind::Table { .. } | Kind::Date(_) => given(key),
        _ => given(key).into_iter().chain(open(key)).collect(),
    }
}
