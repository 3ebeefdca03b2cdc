//! The box of the builder that makes many questions of lines of text.

use maud::{Markup, html};

use super::editor::{Work, in_form};
use crate::web::components::{Button, Choice, Field, button, select, text_area};
use crate::web::desk::access::Desk;
use crate::web::words::form_builder as words;

/// The box that makes questions of lines.
pub fn adding(desk: &Desk, work: &Work) -> Markup {
    let lang = desk.lang();
    let sections = &work.working.declaration.sections;
    let places: Vec<(String, &str)> = sections
        .iter()
        .enumerate()
        .map(|(place, section)| (place.to_string(), section.title.say(lang)))
        .collect();
    let places: Vec<Choice<'_>> =
        places.iter().map(|(value, label)| Choice { value, label, ..Choice::default() }).collect();
    let last = sections.len().saturating_sub(1).to_string();
    html! {
        section id="them" {
            h2 { (words::ADD_MANY.say(lang)) }
            (in_form(desk, work, &work.address(), &html! {
                (text_area(lang, &Field {
                    name: "lines",
                    label: words::LINES_OF.say(lang),
                    hint: words::LINES_HINT.say(lang),
                    autocomplete: "off",
                    max_length: Some(60_000),
                    ..Field::default()
                }, 8))
                details.more open[sections.is_empty()] {
                    summary { (words::LINES_HOW.say(lang)) }
                    pre.example { (words::LINES_EXAMPLE.say(lang)) }
                }
                @if sections.len() > 1 {
                    (select(lang, &Field {
                        name: "section",
                        label: words::ADD_TO.say(lang),
                        hint: words::ADD_TO_HINT.say(lang),
                        value: &last,
                        ..Field::default()
                    }, &places))
                }
                (button(&Button {
                    label: words::ADD_FIELDS.say(lang), name: "_lines", value: "1",
                    secondary: !sections.is_empty(), ..Button::default()
                }))
            }))
        }
    }
}
