//! What a procedure's file would change, part by part, and which parts are taken over.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::{Markup, html};

use super::HERE;
use super::publish::drafts_box;
use super::versions::difference_list;
use crate::domain::fee::{self, Schedule};
use crate::domain::form::Declaration;
use crate::domain::process::{Process, Step, total_hours};
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::{Lang, Message, Text};
use crate::office::exchange::{Compared, Part};
use crate::office::world::World;
use crate::web::admin::page;
use crate::web::admin::processes::difference_list as process_differences;
use crate::web::admin::waiting::Waiting;
use crate::web::components::{
    Button, Field, Form, button, button_row, checkbox, error_for, error_summary, form, text_field,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::Posted;
use crate::web::words::exchange as words;
use crate::web::words::form_builder;

/// The boxes of the parts; errors of the file are told at the first.
pub const PARTS: &str = "parts";

/// The box that takes a part over.
pub fn part_box(part: Part) -> String {
    format!("{PARTS}.{}", part.id())
}

/// What was sent and refused.
type Refused<'a> = Option<(&'a Posted, &'a Refusal)>;

/// A refusal whose places are those of a file, told at a box of the page and in words: `form.sections[2]`
/// is the third section of the form. What is asked on the page itself stays where it is.
pub fn with_places(refusal: Refusal, at: &str) -> Refusal {
    let told = refusal.fields.iter().map(|error| match error.field.as_str() {
        "drafts" => error.clone(),
        "" | "file" => FieldError { field: at.to_owned(), text: error.text.clone() },
        place => {
            let say = |lang| {
                let said = place_said(place, lang);
                let why = error.text.say(lang);
                words::AT.fill(lang, &[("words", &said), ("place", place), ("why", why)])
            };
            let text = Text { vi: say(Lang::Vi), en: say(Lang::En) };
            FieldError { field: at.to_owned(), text }
        }
    });
    Refusal { fields: told.collect(), ..refusal.clone() }
}

/// A place of a file in words.
fn place_said(place: &str, lang: Lang) -> String {
    // What has no name of its own is told by the path, which stands beside the words.
    let parts = place.split('.').filter_map(|part| {
        let (name, number) = part.split_once('[').unwrap_or((part, ""));
        let (_, known) = words::PLACES.iter().find(|(known, _)| *known == name)?;
        let name = known.say(lang);
        Some(match number.trim_end_matches(']').parse::<usize>() {
            Ok(number) => format!("{name} {}", number + 1),
            Err(_) => name.to_owned(),
        })
    });
    parts.collect::<Vec<_>>().join(", ")
}

/// The page that says what would change, and asks.
pub fn report(
    desk: &Desk,
    file: &Waiting,
    compared: &Compared,
    again: Refused<'_>,
) -> HttpResponse {
    let lang = desk.lang();
    let title = form_builder::IMPORT_OF.fill(lang, &[("procedure", &compared.name)]);
    let is_same = compared.parts().next().is_none();
    let main = html! {
        @if let Some((_, refusal)) = again { (error_summary(lang, refusal)) }
        h1 { (title) }
        p.muted {
            span.code { (compared.procedure) } " · " (file.name) " · "
            a href=(HERE) { (form_builder::BACK.say(lang)) }
        }
        @if is_same { p { (form_builder::IMPORT_SAME.say(lang)) } }
        @else {
            (changes(lang, &desk.office().world(), compared))
            (write_form(desk, file, compared, again))
        }
    };
    let status = again.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page(desk, status, (HERE, &title), again.is_some(), &main)
}

fn changes(lang: Lang, world: &World, compared: &Compared) -> Markup {
    let part = |heading: Message, content: Markup| {
        html! {
            section { h2 { (heading.say(lang)) } (content) }
        }
    };
    let empty = Declaration::default();
    html! {
        @if compared.is_new() { p { (form_builder::IMPORT_NEW.say(lang)) } }
        @for change in &compared.catalogue.changed {
            (part(words::PART_CATALOGUE, html! {
                ul { @for said in &change.said { li { (said.say(lang)) } } }
            }))
        }
        @if let Some((old, new)) = &compared.form {
            (part(words::PART_FORM, difference_list(lang, old.as_ref().unwrap_or(&empty), new)))
        }
        @if let Some((old, new)) = &compared.process {
            (part(words::PART_PROCESS, process(lang, world, old.as_ref(), new)))
        }
        @if let Some((old, new)) = &compared.fees {
            (part(words::PART_FEES, fees(lang, old, new)))
        }
        @if let Some((old, new)) = &compared.papers {
            (part(words::PART_PAPERS, lines(lang, old, new)))
        }
        @if !compared.templates.is_empty() {
            @let letters = compared.templates.len().to_string();
            section {
                h2 { (words::PART_LETTERS.fill(lang, &[("n", &letters)])) }
                ul { @for kind in &compared.templates { li { (kind.name().say(lang)) } } }
            }
        }
    }
}

fn process(lang: Lang, world: &World, old: Option<&Process>, new: &[Step]) -> Markup {
    let before = old.map_or(0, |process| process.steps.len()).to_string();
    let (after, hours) = (new.len().to_string(), total_hours(new).to_string());
    let slots = [("from", before.as_str()), ("to", &after), ("hours", &hours)];
    html! {
        p { (form_builder::IMPORT_STEPS.fill(lang, &slots)) }
        @match old {
            Some(old) => {
                @let new = Process { steps: new.to_vec(), ..old.clone() };
                (process_differences(lang, world, old, &new))
            },
            None => ol { @for step in new { li { (step.name) } } },
        }
    }
}

/// Fees that are new, gone or otherwise.
fn fees(lang: Lang, old: &Schedule, new: &Schedule) -> Markup {
    let said = |schedule: &Schedule| -> Vec<(String, String)> {
        let rules = schedule.rules.iter();
        rules.map(|rule| (rule.name.clone(), fee::words::rule(rule, lang))).collect()
    };
    let (before, after) = (said(old), said(new));
    let in_words = |(name, price): &(String, String)| format!("{name}: {price}");
    let other = |all: &[(String, String)], one: &(String, String)| {
        all.iter().find(|(name, _)| *name == one.0).cloned()
    };
    html! {
        ul {
            @for rule in before.iter().filter(|rule| other(&after, rule).is_none()) {
                li { (words::GONE.fill(lang, &[("what", &in_words(rule))])) }
            }
            @for rule in &after {
                @match other(&before, rule) {
                    None => li { (words::ADDED.fill(lang, &[("what", &in_words(rule))])) },
                    Some(was) if was.1 != rule.1 => li {
                        (words::CHANGED.fill(lang, &[("old", &in_words(&was)), ("new", &rule.1)]))
                    },
                    Some(_) => {},
                }
            }
        }
        @if after.is_empty() { p.muted { (form_builder::IMPORT_NO_FEES.say(lang)) } }
    }
}

/// Lines about papers that are new or gone.
fn lines(lang: Lang, old: &str, new: &str) -> Markup {
    let is_in = |all: &str, line: &str| all.lines().any(|other| other.trim() == line.trim());
    html! {
        ul {
            @for line in old.lines().filter(|line| !is_in(new, line)) {
                li { (words::GONE.fill(lang, &[("what", line)])) }
            }
            @for line in new.lines().filter(|line| !is_in(old, line)) {
                li { (words::ADDED.fill(lang, &[("what", line)])) }
            }
        }
        @if new.is_empty() { p.muted { (form_builder::IMPORT_NO_PAPERS.say(lang)) } }
    }
}

/// The parts to take over. A procedure that is new needs its facts, and letters, which are those of every
/// procedure, are not ticked before somebody does.
fn parts(lang: Lang, compared: &Compared, again: Refused<'_>) -> Markup {
    let errors = again.map_or(&[][..], |(_, refusal)| &refusal.fields);
    let letters = compared.templates.len().to_string();
    html! {
        fieldset id="f-parts" {
            legend { (words::PARTS.say(lang)) }
            p.hint { (words::PARTS_HINT.say(lang)) }
            @let error = error_for(errors, PARTS, lang);
            @if !error.is_empty() { p.error { (error) } }
            @for part in compared.parts() {
                @let name = part_box(part);
                @let (label, hint) = match part {
                    Part::Catalogue => (words::PART_CATALOGUE.say(lang).to_owned(), ""),
                    Part::Form => (words::PART_FORM.say(lang).to_owned(), ""),
                    Part::Process => (words::PART_PROCESS.say(lang).to_owned(), ""),
                    Part::Fees => (words::PART_FEES.say(lang).to_owned(), ""),
                    Part::Papers => (words::PART_PAPERS.say(lang).to_owned(), ""),
                    Part::Letters => (
                        words::PART_LETTERS.fill(lang, &[("n", &letters)]),
                        form_builder::IMPORT_LETTERS_HINT.say(lang),
                    ),
                };
                @let usual = part != Part::Letters;
                @let ticked = again.map_or(usual, |(sent, _)| sent.has(&name));
                (checkbox(lang, &Field { name: &name, label: &label, hint, ..Field::default() }, "1", ticked))
            }
        }
    }
}

fn write_form(desk: &Desk, file: &Waiting, compared: &Compared, again: Refused<'_>) -> Markup {
    let lang = desk.lang();
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let action = format!("{HERE}/nhap/ghi");
    let errors = again.map_or(&[][..], |(_, refusal)| &refusal.fields);
    let body = html! {
        input type="hidden" name="file" value=(file.key);
        (parts(lang, compared, again))
        (drafts_box(lang, &compared.lost, errors))
        (text_field(lang, &Field {
            name: "note", label: form_builder::NOTE.say(lang), optional: true, autocomplete: "off",
            max_length: Some(500), value: again.map_or("", |(sent, _)| sent.get("note")),
            ..Field::default()
        }))
        (button_row(&html! {
            (button(&Button { label: form_builder::IMPORT_WRITE.say(lang), ..Button::default() }))
            a href=(HERE) { (form_builder::BACK.say(lang)) }
        }))
    };
    form(lang, &Form { action: &action, csrf: &csrf, key: &key, ..Form::default() }, &body)
}

#[cfg(test)]
mod tests {
    use super::place_said;
    use crate::domain::words::Lang;

    #[test]
    fn a_place_is_told_in_words() {
        let said = |place| place_said(place, Lang::Vi);
        assert_eq!(
            said("form.sections[2].questions[0].only_if[1]"),
            "tờ khai, mục 3, câu 1, điều kiện 2"
        );
        assert_eq!(said("process.steps[0].unit"), "quy trình, bước 1");
        assert_eq!(said("procedure"), "danh mục");
    }
}
