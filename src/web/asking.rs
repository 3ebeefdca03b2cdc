//! The questions of a declared form as they are asked for the answers so far. Without scripts, a button
//! below whatever decides about other questions asks again.

use maud::{Markup, html};

use super::components::{
    Button, Choice, DateParts, Field, Repeat, Width, button, checkbox, date_boxes, error_for,
    identity_number, money_field, phone_field, radios, repeat_group, select, text_area, text_field,
};
use super::declared::in_words;
use crate::domain::dossier::{Form, FormValue};
use crate::domain::form::{
    Declaration, Evaluation, Kind, MAX_ROWS, PLACE_PARTS, PROVINCES, Prefill, Question, Section,
};
use crate::domain::refusal::FieldError;
use crate::domain::words::{Lang, Message};
use crate::office::drafts::Answers;
use crate::web::words::{form as words, stated};

/// The field that says which questions a page showed: what it hid keeps its answers.
pub const SHOWN: &str = "shown";
/// Most choices that are shown as rows.
const FEW: usize = 7;

/// A page that asks.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    /// The language.
    pub lang: Lang,
    /// What is asked.
    pub form: &'a Declaration,
    /// What was typed.
    pub typed: &'a Answers,
    /// What is wrong with it, by the names of the fields.
    pub errors: &'a [FieldError],
    /// What comes of the answers so far.
    pub found: &'a Evaluation,
    /// What is known of the person, for a question that is prefilled and was not answered yet; empty
    /// when nothing is.
    pub known: &'a dyn Fn(Prefill, &str) -> String,
}

impl Asking<'_> {
    /// The questions that are asked for the answers so far.
    pub fn body(&self) -> Markup {
        let shown: Vec<&str> = self.found.shown().collect();
        html! {
            // Scripts exchange all of it for the answers so far.
            div data-follow="" {
                input type="hidden" name=(SHOWN) value=(shown.join(","));
                @for section in &self.form.sections {
                    @if section.questions.iter().any(|question| self.found.shows(&question.key)) {
                        (self.section(section))
                    }
                }
            }
        }
    }

    fn section(&self, section: &Section) -> Markup {
        let lang = self.lang;
        html! {
            section {
                h2 { (section.title.say(lang)) }
                @if !section.help.vi.is_empty() { p.hint { (section.help.say(lang)) } }
                @for question in section.questions.iter().filter(|q| self.found.shows(&q.key)) {
                    (self.question(question, &format!("form.{}", question.key)))
                    @if self.decides(&question.key) {
                        (button(&Button {
                            label: words::UPDATE.say(lang),
                            name: "_update",
                            value: &question.key,
                            secondary: true,
                            ..Button::default()
                        }))
                    }
                }
            }
        }
    }

    /// Whether other questions are asked or calculated by the answer of one.
    fn decides(&self, key: &str) -> bool {
        let sections = self.form.sections.iter();
        sections
            .flat_map(|section| {
                section.questions.iter().flat_map(|q| &q.only_if).chain(&section.only_if)
            })
            .any(|condition| condition.field.split('.').next() == Some(key))
    }

    /// What was typed, or what is known of the person.
    fn value(&self, question: &Question, name: &str) -> (String, bool) {
        if let Some(typed) = self.typed.get(name) {
            return (typed.clone(), false);
        }
        let known = question.prefill.map(|prefill| (self.known)(prefill, name)).unwrap_or_default();
        let is_known = !known.is_empty();
        (known, is_known)
    }

    fn question(&self, question: &Question, name: &str) -> Markup {
        let lang = self.lang;
        let (value, prefilled) = self.value(question, name);
        let field = Field {
            name,
            label: question.label.say(lang),
            hint: question.help.say(lang),
            error: error_for(self.errors, name, lang),
            value: &value,
            optional: !question.is_required,
            autocomplete: "off",
            prefilled,
            ..Field::default()
        };
        match &question.kind {
            Kind::Text { lines } if *lines > 1 => {
                text_area(lang, &Field { max_length: Some(2_000), ..field }, *lines)
            }
            Kind::Text { .. } | Kind::Name => {
                text_field(lang, &Field { max_length: Some(300), ..field })
            }
            Kind::Number { .. } => {
                text_field(lang, &Field { inputmode: "decimal", width: Width::Medium, ..field })
            }
            Kind::Money => money_field(lang, &field),
            Kind::Date(_) => self.date(question, &field),
            Kind::Choice(options) => {
                let choices: Vec<Choice<'_>> = options
                    .iter()
                    .map(|option| Choice {
                        value: &option.value,
                        label: option.label.say(lang),
                        chosen: option.value == value,
                        ..Choice::default()
                    })
                    .collect();
                let is_few = choices.len() <= FEW;
                if is_few { radios(lang, &field, &choices) } else { select(lang, &field, &choices) }
            }
            Kind::Tick => checkbox(lang, &Field { optional: false, ..field }, "1", value == "1"),
            Kind::IdNumber => identity_number(lang, &field),
            Kind::Phone => phone_field(lang, &field, None),
            Kind::Email => text_field(lang, &Field { kind: "email", ..field }),
            Kind::TaxCode => text_field(
                lang,
                &Field {
                    inputmode: "numeric",
                    width: Width::Medium,
                    max_length: Some(20),
                    ..field
                },
            ),
            Kind::Place => self.place(question, &field),
            Kind::Table { columns, max, .. } => {
                self.table(question, &field, columns, *max as usize)
            }
            Kind::Calculated(_) => self.calculated(question, &field),
        }
    }

    fn date(&self, question: &Question, field: &Field<'_>) -> Markup {
        let part = |part: &str| self.value(question, &format!("{}.{part}", field.name));
        let [(day, is_known), (month, _), (year, _)] = ["day", "month", "year"].map(part);
        let date = DateParts { day: &day, month: &month, year: &year, ..DateParts::default() };
        date_boxes(self.lang, &Field { prefilled: is_known, ..*field }, &date)
    }

    /// An address: what is known of the person in one line is the detail.
    fn place(&self, question: &Question, field: &Field<'_>) -> Markup {
        let lang = self.lang;
        let typed = self.typed;
        let names = PLACE_PARTS.map(|part| format!("{}.{part}", field.name));
        let part = |place: usize, label: Message| {
            let name: &str = &names[place];
            Field {
                name,
                label: label.say(lang),
                value: typed.get(name).map_or("", String::as_str),
                error: error_for(self.errors, name, lang),
                autocomplete: "off",
                optional: !question.is_required,
                max_length: Some(200),
                ..Field::default()
            }
        };
        let provinces =
            PROVINCES.map(|name| Choice { value: name, label: name, ..Choice::default() });
        let (known, is_known) = self.value(question, &names[2]);
        html! {
            fieldset.address id=(field.id()) {
                legend { (field.label) }
                @if !field.hint.is_empty() { p.hint { (field.hint) } }
                @if !field.error.is_empty() { p.error { (field.error) } }
                (select(lang, &part(0, words::PROVINCE), &provinces))
                (text_field(lang, &part(1, words::COMMUNE)))
                (text_field(lang, &Field {
                    value: &known,
                    prefilled: is_known,
                    optional: true,
                    ..part(2, words::PLACE_DETAIL)
                }))
            }
        }
    }

    fn table(
        &self,
        question: &Question,
        field: &Field<'_>,
        columns: &[Question],
        max: usize,
    ) -> Markup {
        let lang = self.lang;
        let rows: Vec<Markup> = (0..row_count(self.typed, &question.key))
            .map(|place| {
                html! {
                    @for column in columns {
                        (self.question(column, &format!("{}[{place}].{}", field.name, column.key)))
                    }
                }
            })
            .collect();
        let what = words::ROW.say(lang);
        html! {
            section id=(field.id()) {
                h3 { (field.label) }
                @if !field.hint.is_empty() { p.hint { (field.hint) } }
                @if !field.error.is_empty() { p.error { (field.error) } }
                (repeat_group(lang, &Repeat { name: field.name, what, rows: &rows, max, fresh: None }))
            }
        }
    }

    fn calculated(&self, question: &Question, field: &Field<'_>) -> Markup {
        let value = self.found.answers.get(&question.key);
        html! {
            p id=(field.id()) {
                (field.label) ": "
                strong {
                    @match value {
                        Some(value) => (in_words(self.lang, question, value)),
                        None => (stated::NOTHING.say(self.lang)),
                    }
                }
            }
            @if !field.error.is_empty() { p.error { (field.error) } }
        }
    }
}

/// Adds a row to a table, or takes one away, as the buttons that were pressed say: the name of a table,
/// and of a row such as `form.thanh_vien.1`.
pub fn rearrange(typed: &mut Answers, form: &Declaration, (added, dropped): (&str, &str)) {
    let tables = form.questions().filter_map(|question| match question.kind {
        Kind::Table { max, .. } => Some((question.key.as_str(), max as usize)),
        _ => None,
    });
    for (key, max) in tables {
        let name = format!("form.{key}");
        let count = row_count(typed, key);
        let dropped = dropped.strip_prefix(&format!("{name}."));
        if added == name && count < max {
            set_count(typed, key, count + 1);
        } else if let Some(Ok(place)) = dropped.map(str::parse::<usize>)
            && place < count
        {
            drop_row(typed, &name, place, count);
            set_count(typed, key, count - 1);
        }
    }
}

fn set_count(typed: &mut Answers, key: &str, count: usize) {
    typed.insert(format!("rows.{key}"), count.to_string());
}

fn drop_row(typed: &mut Answers, name: &str, place: usize, count: usize) {
    for row in place..count {
        let (own, next) = (format!("{name}[{row}]."), format!("{name}[{}].", row + 1));
        typed.retain(|known, _| !known.starts_with(&own));
        let moved: Answers = typed
            .iter()
            .filter_map(|(known, value)| {
                let cell = known.strip_prefix(&next)?;
                Some((format!("{own}{cell}"), value.clone()))
            })
            .collect();
        typed.extend(moved);
    }
}

/// How many rows of a table a page shows.
fn row_count(answers: &Answers, key: &str) -> usize {
    let asked = answers.get(&format!("rows.{key}")).and_then(|count| count.parse().ok());
    let prefix = format!("form.{key}[");
    let typed = answers.keys().filter_map(|name| {
        let (place, _) = name.strip_prefix(&prefix)?.split_once(']')?;
        place.parse::<usize>().ok()
    });
    let typed = typed.max().map_or(0, |place| place + 1);
    asked.unwrap_or(1).max(typed).min(MAX_ROWS as usize)
}

/// The answers as the form reads them.
pub fn answers(form: &Declaration, typed: &Answers) -> Form {
    let read = |question: &Question| {
        Some((question.key.clone(), given(question, typed, &format!("form.{}", question.key))?))
    };
    form.questions().filter_map(read).collect()
}

fn given(question: &Question, typed: &Answers, name: &str) -> Option<FormValue> {
    let text = |name: &str| typed.get(name).map(|text| FormValue::Text(text.trim().to_owned()));
    match &question.kind {
        Kind::Calculated(_) => None,
        Kind::Date(_) => {
            let parts = ["day", "month", "year"];
            let parts = parts.map(|part| typed.get(&format!("{name}.{part}")).map(|t| t.trim()));
            let is_said = parts.iter().flatten().any(|part| !part.is_empty());
            is_said.then(|| FormValue::Text(parts.map(Option::unwrap_or_default).join("/")))
        }
        Kind::Place => {
            let parts = PLACE_PARTS.into_iter();
            let parts =
                parts.filter_map(|part| Some((part.to_owned(), text(&format!("{name}.{part}"))?)));
            Some(FormValue::Group(parts.collect()))
        }
        Kind::Table { columns, .. } => {
            let row = |place: usize| {
                let cell = |column: &Question| {
                    let name = format!("{name}[{place}].{}", column.key);
                    Some((column.key.clone(), given(column, typed, &name)?))
                };
                // A box that is not ticked makes no row.
                let cells = columns.iter().filter_map(cell);
                FormValue::Group(cells.collect())
            };
            Some(FormValue::List((0..row_count(typed, &question.key)).map(row).collect()))
        }
        _ => text(name),
    }
}
