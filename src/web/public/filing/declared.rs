//! Step 2 of a procedure that has a declared form: its questions as they are asked for the answers so
//! far. Without scripts, a button below whatever decides about other questions asks again; a step that
//! is sent and now has more questions shows them before it goes on.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::case::Case;
use super::persons::{Born, birth_date};
use super::step::is_for_another;
use crate::domain::calendar::local;
use crate::domain::dossier::{Directory, Form, FormValue};
use crate::domain::form::{
    DeclaredForm, Evaluation, Kind, PLACE_PARTS, PROVINCES, PrefillOf, PrefillPart, Question,
    Section, evaluate,
};
use crate::domain::refusal::FieldError;
use crate::domain::words::{Lang, Message};
use crate::office::drafts::{Answers, Draft};
use crate::web::components::{
    BannerKind, Button, Choice, DateParts, Field, Repeat, SummaryRow, Width, banner, button,
    checkbox, date_boxes, error_for, field_id, identity_number, money_field, phone_field, radios,
    repeat_group, select, text_area, text_field,
};
use crate::web::declared::{in_words, is_empty};
use crate::web::public::incoming::Posted;
use crate::web::words::{form as words, stated};

/// The field that says which questions a page showed: what it hid keeps its answers.
const SHOWN: &str = "shown";
/// The answer that holds the version which the draft began with.
pub(super) const VERSION: &str = "form_version";
/// The answer that says that the step was sent: then what was typed holds, and nothing is filled in.
const SEEN: &str = "form_seen";
/// Most choices that are shown as rows.
const FEW: usize = 7;

/// The declared form that a draft is filled in with.
pub(super) fn form_of<'a>(case: &'a Case<'_>) -> Option<&'a DeclaredForm> {
    let version = case.draft.answers.get(VERSION).and_then(|version| version.parse().ok());
    let procedure = &case.procedure.code;
    case.world.form(procedure, version).or_else(|| case.world.form(procedure, None))
}

/// Takes what was posted into a draft: the answers of the questions that the page showed.
pub(super) fn fill(draft: &mut Draft, posted: &Posted) {
    let shown: BTreeSet<&str> = posted.value(SHOWN).split(',').collect();
    let is_own = |name: &str| {
        let key = name.strip_prefix("form.").map(|path| path.split(['.', '[']).next());
        key.flatten().is_some_and(|key| shown.contains(key))
    };
    draft.answers.retain(|name, _| !is_own(name));
    let typed = posted.fields.iter().filter(|(name, _)| name.starts_with("form."));
    draft.answers.extend(typed.cloned());
    draft.answers.insert(SEEN.to_owned(), "1".to_owned());
}

/// Adds a row to a table, or takes one away, as the button that was pressed says.
pub(super) fn rearrange(draft: &mut Draft, form: &DeclaredForm, posted: &Posted) {
    let tables = form.declaration.questions().filter_map(|question| match question.kind {
        Kind::Table { max, .. } => Some((question.key.as_str(), max as usize)),
        _ => None,
    });
    for (key, max) in tables {
        let name = format!("form.{key}");
        let count = row_count(&draft.answers, key);
        let dropped = posted.value("_drop").strip_prefix(&format!("{name}."));
        if posted.value("_add") == name && count < max {
            set_count(draft, key, count + 1);
        } else if let Some(Ok(place)) = dropped.map(str::parse::<usize>)
            && place < count
        {
            drop_row(draft, &name, place, count);
            set_count(draft, key, count - 1);
        }
    }
}

fn set_count(draft: &mut Draft, key: &str, count: usize) {
    draft.answers.insert(format!("rows.{key}"), count.to_string());
}

fn drop_row(draft: &mut Draft, name: &str, place: usize, count: usize) {
    for row in place..count {
        let (own, next) = (format!("{name}[{row}]."), format!("{name}[{}].", row + 1));
        draft.answers.retain(|known, _| !known.starts_with(&own));
        let moved: Answers = draft
            .answers
            .iter()
            .filter_map(|(known, value)| {
                let cell = known.strip_prefix(&next)?;
                Some((format!("{own}{cell}"), value.clone()))
            })
            .collect();
        draft.answers.extend(moved);
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
    asked.unwrap_or(1).max(typed).min(crate::domain::form::MAX_ROWS as usize)
}

/// The answers as the form reads them.
pub(super) fn answers(form: &DeclaredForm, typed: &Answers) -> Form {
    let read = |question: &Question| {
        Some((question.key.clone(), given(question, typed, &format!("form.{}", question.key))?))
    };
    form.declaration.questions().filter_map(read).collect()
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

/// What comes of the answers so far.
pub(super) fn evaluation(case: &Case<'_>, form: &DeclaredForm) -> Evaluation {
    let today = local(case.site.office.now()).date();
    evaluate(&form.declaration, &answers(form, &case.draft.answers), today)
}

/// What is wrong with the answers.
pub(super) fn check(case: &Case<'_>, form: &DeclaredForm) -> Vec<FieldError> {
    let problems = evaluation(case, form).problems.into_iter();
    problems
        .map(|problem| FieldError { field: format!("form.{}", problem.path), text: problem.text })
        .collect()
}

/// The first question that is asked now and was not on the page that was sent.
pub(super) fn first_new(case: &Case<'_>, form: &DeclaredForm, posted: &Posted) -> Option<String> {
    let shown: BTreeSet<&str> = posted.value(SHOWN).split(',').collect();
    let found = evaluation(case, form);
    let asked = |question: &&Question| {
        found.shows(&question.key) && !matches!(question.kind, Kind::Calculated(_))
    };
    let mut asked = form.declaration.questions().filter(asked);
    let new = asked.find(|question| !shown.contains(question.key.as_str()));
    new.map(|question| field_id(&format!("form.{}", question.key)))
}

/// Says that the answers have brought more questions.
pub(super) fn more(lang: Lang) -> Markup {
    banner(lang, BannerKind::Note, &html! { (words::MORE.say(lang)) })
}

/// The questions.
pub(super) fn body(case: &Case<'_>, form: &DeclaredForm) -> Markup {
    let found = evaluation(case, form);
    let page = Page { case, form, found: &found, lang: case.lang() };
    let shown: Vec<&str> = found.shown().collect();
    html! {
        input type="hidden" name=(SHOWN) value=(shown.join(","));
        @for section in &form.declaration.sections {
            @if section.questions.iter().any(|question| found.shows(&question.key)) {
                (page.section(section))
            }
        }
    }
}

struct Page<'a> {
    case: &'a Case<'a>,
    form: &'a DeclaredForm,
    found: &'a Evaluation,
    lang: Lang,
}

impl Page<'_> {
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
        let sections = self.form.declaration.sections.iter();
        sections
            .flat_map(|section| {
                section.questions.iter().flat_map(|q| &q.only_if).chain(&section.only_if)
            })
            .any(|condition| condition.field.split('.').next() == Some(key))
    }

    /// What was typed, or what is known of the person.
    fn value(&self, question: &Question, name: &str) -> (String, bool) {
        let answers = &self.case.draft.answers;
        if let Some(typed) = answers.get(name) {
            return (typed.clone(), false);
        }
        let known = question.prefill.filter(|_| !answers.contains_key(SEEN)).map(|prefill| {
            let is_other = prefill.of == PrefillOf::Owner && is_for_another(answers);
            let who = if is_other { "owner" } else { "applicant" };
            let part = match prefill.part {
                PrefillPart::Name => "name",
                PrefillPart::IdNumber => "id_number",
                PrefillPart::Phone => "phone",
                PrefillPart::Email => "email",
                PrefillPart::Address => "address",
                PrefillPart::BirthDate => return date_of(answers, who, name),
            };
            answers.get(&format!("{who}.{part}")).cloned().unwrap_or_default()
        });
        let known = known.unwrap_or_default();
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
            error: error_for(&self.case.errors, name, lang),
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
        let typed = &self.case.draft.answers;
        let names = PLACE_PARTS.map(|part| format!("{}.{part}", field.name));
        let part = |place: usize, label: Message| {
            let name: &str = &names[place];
            Field {
                name,
                label: label.say(lang),
                value: typed.get(name).map_or("", String::as_str),
                error: error_for(&self.case.errors, name, lang),
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
        let rows: Vec<Markup> = (0..row_count(&self.case.draft.answers, &question.key))
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

/// A part of a person's date of birth, by how the field's name ends.
fn date_of(answers: &Answers, who: &str, name: &str) -> String {
    let Born::On(date) = birth_date(answers, who) else { return String::new() };
    match name.rsplit('.').next() {
        Some("day") => date.day().to_string(),
        Some("month") => date.month().to_string(),
        Some("year") => date.year().to_string(),
        _ => String::new(),
    }
}

/// The answers once more, before they are sent.
pub(super) fn rows<'a>(
    case: &Case<'_>,
    form: &'a DeclaredForm,
    href: &'a str,
) -> Vec<SummaryRow<'a>> {
    let lang = case.lang();
    let found = evaluation(case, form);
    let asked = form.declaration.questions().filter(|question| found.shows(&question.key));
    let rows = asked.map(|question| {
        let value = found.answers.get(&question.key).filter(|value| !is_empty(value));
        SummaryRow {
            label: question.label.say(lang),
            value: value.map(|value| in_words(lang, question, value)),
            change: href,
        }
    });
    rows.collect()
}
