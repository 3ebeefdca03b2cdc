//! The questions of a declared form as they are asked for the answers so far. Without scripts, a button
//! below whatever decides about other questions asks again.

pub mod following;

use std::collections::BTreeSet;

use maud::{Markup, html};

use self::following::{BEGAN, Known, known_of, marks};
use super::components::{
    AddressField, AddressParts, Button, Choice, DateParts, Field, Repeat, Width, address_fields,
    button, checkbox, commune_suggestions, date_boxes, error_for, identity_number, money_field,
    phone_field, province_suggestions, radios, repeat_group, select, suggestions, text_area,
    text_field,
};
use super::declared::in_words;
use crate::domain::dossier::{Form, FormValue};
use crate::domain::form::{
    Declaration, ETHNIC_GROUPS, Evaluation, Kind, MAX_ROWS, PLACE_PARTS, Question, Section,
};
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::territory::territory;
use crate::domain::words::{Lang, Text};
use crate::office::drafts::Answers;
use crate::web::words::{form as words, stated};

/// The field that says which questions a page showed: what it hid keeps its answers.
pub const SHOWN: &str = "shown";
/// The list of ethnic groups on the page.
const GROUPS: &str = "dan-toc";
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
    pub known: Known<'a>,
    /// Whether what is known comes from an account: then the page says so.
    pub from_account: bool,
    /// The province that stands first in addresses; or empty.
    pub province: &'a str,
    /// Whether the page itself keeps the answers of questions that are hidden now; a draft keeps them
    /// without.
    pub keeps_hidden: bool,
    /// Whether places are typed with suggestions, not chosen: at the desk, where somebody types fast.
    pub types_places: bool,
    /// The provinces whose communes the page suggests already, and the provinces with them; none when it has
    /// no other addresses.
    pub suggested: &'a BTreeSet<String>,
    /// What the button that was just pressed sends: there the keyboard goes on; or empty.
    pub pressed: &'a str,
}

impl Asking<'_> {
    /// The questions that are asked for the answers so far.
    pub fn body(&self) -> Markup {
        let shown: Vec<&str> = self.found.shown().collect();
        html! {
            // Scripts exchange all of it for the answers so far.
            div data-follow="to-khai" {
                @if self.form.questions().any(|q| q.kind == Kind::Ethnicity) {
                    (suggestions(GROUPS, &ETHNIC_GROUPS))
                }
                input type="hidden" name=(SHOWN) value=(shown.join(","));
                @let provinces = self.listed_provinces();
                @if !provinces.is_empty() && self.suggested.is_empty() { (province_suggestions()) }
                @for province in provinces.difference(self.suggested) {
                    (commune_suggestions(province))
                }
                @for section in &self.form.sections {
                    @if section.questions.iter().any(|question| self.found.shows(&question.key)) {
                        (self.section(section))
                    }
                }
                @if self.keeps_hidden {
                    (self.hidden())
                    input type="hidden" name=(BEGAN) value=(self.marks());
                }
            }
        }
    }

    /// What the questions begin with, for a page that nothing keeps.
    fn marks(&self) -> String {
        marks(self.form, |key| self.found.shows(key), &self.found.answers, self.known)
    }

    /// The answers of questions that are hidden now, until they are asked again.
    fn hidden(&self) -> Markup {
        let is_hidden = |name: &str| {
            let key = name.split_once('.').and_then(|(_, path)| path.split(['.', '[']).next());
            key.is_some_and(|key| !self.found.shows(key))
        };
        html! {
            @for (name, value) in self.typed.iter().filter(|(name, _)| is_hidden(name)) {
                input type="hidden" name=(name) value=(value);
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
                            autofocus: self.pressed == question.key,
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
        let known = known_of(question, name, &self.found.answers, self.known);
        if known.is_empty() {
            return (question.kind.usual().to_owned(), false);
        }
        (known, self.from_account)
    }

    fn question(&self, question: &Question, name: &str) -> Markup {
        let lang = self.lang;
        let (value, prefilled) = self.value(question, name);
        let hint = hint(lang, question, &value);
        let field = Field {
            name,
            label: question.label.say(lang),
            hint: &hint,
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
            Kind::Ethnicity => text_field(
                lang,
                &Field { list: GROUPS, width: Width::Medium, max_length: Some(100), ..field },
            ),
            Kind::Nationality => {
                text_field(lang, &Field { width: Width::Medium, max_length: Some(100), ..field })
            }
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

    /// The provinces whose communes are suggested, each once.
    fn listed_provinces(&self) -> BTreeSet<String> {
        let shown = self.form.questions().filter(|question| self.found.shows(&question.key));
        let places = shown.filter(|q| self.types_places && q.kind == Kind::Place);
        let provinces = places.map(|question| {
            let (parts, _) = self.address_of(question, &format!("form.{}", question.key));
            let asked = AddressField {
                parts: Some(&parts),
                first: self.province,
                is_likely: question.is_required,
                ..AddressField::default()
            };
            asked.province().to_owned()
        });
        provinces.filter(|province| !province.is_empty()).collect()
    }

    /// What stands in an address, and whether it is what is known of the person.
    fn address_of(&self, question: &Question, name: &str) -> (AddressParts, bool) {
        let sent = self.typed;
        let typed = AddressParts::typed(name, |name| sent.get(name).map(String::as_str));
        // What was emptied stays empty.
        let was_asked = AddressParts::names(name).iter().any(|name| sent.contains_key(name));
        let known = match was_asked {
            true => String::new(),
            false => known_of(question, name, &self.found.answers, self.known),
        };
        match known.is_empty() {
            true => (typed, false),
            false => (AddressParts::of_line(&known), self.from_account),
        }
    }

    /// An address; what is known of the person fills its parts.
    fn place(&self, question: &Question, field: &Field<'_>) -> Markup {
        let (parts, prefilled) = self.address_of(question, field.name);
        address_fields(
            self.lang,
            &AddressField {
                field: Field { prefilled, ..*field },
                parts: Some(&parts),
                first: self.province,
                is_likely: question.is_required,
                is_typed: self.types_places,
                errors: self.errors,
                ..AddressField::default()
            },
        )
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
        let fresh = (self.pressed == field.name).then(|| rows.len().saturating_sub(1));
        html! {
            section id=(field.id()) {
                h3 { (field.label) }
                @if !field.hint.is_empty() { p.hint { (field.hint) } }
                @if !field.error.is_empty() { p.error { (field.error) } }
                (repeat_group(lang, &Repeat { name: field.name, what, rows: &rows, max, fresh }))
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

/// How a question is answered, and that what most people answer stands there before anybody said it.
fn hint(lang: Lang, question: &Question, value: &str) -> String {
    let help = question.help.say(lang);
    match question.kind.usual() {
        usual if usual.is_empty() || usual != value => help.to_owned(),
        _ => format!("{help} {}", words::PROPOSED.say(lang)).trim_start().to_owned(),
    }
}

/// Whether a field holds an answer to one of a form's questions.
pub fn asks(form: &Declaration, field: &str) -> bool {
    let key = field.strip_prefix("form.").or_else(|| field.strip_prefix("rows."));
    let key = key.and_then(|rest| rest.split(['.', '[']).next());
    key.is_some_and(|key| form.questions().any(|question| question.key == key))
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

/// Answers as they would be typed.
pub fn typed(declaration: &Declaration, answers: &Form) -> Answers {
    let mut typed = Answers::new();
    for question in declaration.questions() {
        if let Some(value) = answers.get(&question.key) {
            type_in(&mut typed, question, value, &format!("form.{}", question.key));
        }
    }
    typed
}

fn type_in(typed: &mut Answers, question: &Question, value: &FormValue, name: &str) {
    match (&question.kind, value) {
        (Kind::Date(_), FormValue::Text(text)) => {
            let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
            let [a, month, c] = parts[..] else { return };
            let (year, day) = if a.len() == 4 { (a, c) } else { (c, a) };
            for (part, text) in [("day", day), ("month", month), ("year", year)] {
                typed.insert(format!("{name}.{part}"), text.to_owned());
            }
        }
        (Kind::Place, FormValue::Group(parts)) => {
            for part in PLACE_PARTS {
                if let Some(FormValue::Text(text)) = parts.get(part) {
                    typed.insert(format!("{name}.{part}"), text.clone());
                }
            }
        }
        (Kind::Place, FormValue::Text(text)) => {
            typed.insert(format!("{name}.detail"), text.clone());
        }
        (Kind::Table { columns, .. }, FormValue::List(rows)) => {
            for (place, row) in rows.iter().enumerate() {
                let FormValue::Group(cells) = row else { continue };
                for column in columns {
                    if let Some(cell) = cells.get(&column.key) {
                        type_in(typed, column, cell, &format!("{name}[{place}].{}", column.key));
                    }
                }
            }
        }
        (_, FormValue::Bool(yes)) => {
            typed.insert(name.to_owned(), if *yes { "1" } else { "" }.to_owned());
        }
        (_, FormValue::Text(text)) => {
            typed.insert(name.to_owned(), text.clone());
        }
        // A dot could stand between thousands.
        (_, FormValue::Number(text)) => {
            typed.insert(name.to_owned(), text.replace('.', ","));
        }
        _ => {}
    }
}

/// A refusal whose sentences say which question each is about: for a summary over the page.
pub fn named(refusal: &Refusal, form: Option<&Declaration>) -> Refusal {
    let Some(form) = form else { return refusal.clone() };
    let fields = refusal.fields.iter().map(|error| {
        let Some(path) = error.field.strip_prefix("form.") else { return error.clone() };
        let label = form.label_of(path);
        let say = |lang| {
            let (label, text) = (label.say(lang), error.text.say(lang));
            if text.contains(label) { text.to_owned() } else { format!("{label}: {text}") }
        };
        let text = Text { vi: say(Lang::Vi), en: say(Lang::En) };
        FieldError { field: error.field.clone(), text }
    });
    Refusal { fields: fields.collect(), ..refusal.clone() }
}

/// The answers as the form reads them.
pub fn answers(form: &Declaration, typed: &Answers) -> Form {
    let read = |question| answer(question, typed);
    form.questions().filter_map(read).collect()
}

fn answer(question: &Question, typed: &Answers) -> Option<(String, FormValue)> {
    Some((question.key.clone(), given(question, typed, &format!("form.{}", question.key))?))
}

/// Whether more than the province is said of a place: the own one is chosen before anybody says so, and
/// alone it is no answer.
fn is_placed(typed: &Answers, name: &str) -> bool {
    let [_, below @ ..] = PLACE_PARTS;
    let text = |part| typed.get(&format!("{name}.{part}")).map_or("", |text| text.trim());
    below.into_iter().any(|part| !text(part).is_empty())
}

/// The answers without those that are not begun: what is missing at the counter stands on the paper.
pub fn begun(form: &Declaration, typed: &Answers) -> Form {
    let is_begun = |question: &&Question| match question.kind {
        Kind::Place => is_placed(typed, &format!("form.{}", question.key)),
        _ => true,
    };
    let read = |question| answer(question, typed);
    form.questions().filter(is_begun).filter_map(read).collect()
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
            if !question.is_required && !is_placed(typed, name) {
                return None;
            }
            let part = |part: &str| {
                let said = typed.get(&format!("{name}.{part}"))?.trim();
                // A province may be typed as people say it.
                let known = match part {
                    "province" => territory().province_called(said).map(|province| province.name),
                    _ => None,
                };
                Some((part.to_owned(), FormValue::Text(known.unwrap_or(said).to_owned())))
            };
            let parts = PLACE_PARTS.into_iter().filter_map(part);
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
