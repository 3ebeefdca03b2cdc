//! Test cases of a form that a change of its process or its fees lets come out otherwise: told at one
//! box, with which they are taken over.

use maud::{Markup, html};

use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::Lang;
use crate::office::forms::Tests;
use crate::web::components::{Field, checkbox, error_for};
use crate::web::desk::posted::Posted;
use crate::web::words::form_builder as words;

/// The box.
const BOX: &str = "tests";

/// A refusal whose test cases are told at the box.
pub fn at_the_box(refusal: Refusal) -> Refusal {
    let moved = refusal.fields.into_iter().map(|error| match error.field.starts_with("cases[") {
        true => FieldError { field: BOX.to_owned(), text: error.text },
        false => error,
    });
    Refusal { fields: moved.collect(), ..refusal }
}

/// The box, once a test case came out otherwise.
pub fn offer(lang: Lang, errors: &[FieldError]) -> Markup {
    let error = error_for(errors, BOX, lang);
    html! {
        @if !error.is_empty() {
            (checkbox(lang, &Field {
                name: BOX,
                label: words::TESTS_RENEW.say(lang),
                hint: words::TESTS_RENEW_HINT.say(lang),
                error,
                ..Field::default()
            }, "1", false))
        }
    }
}

/// What was chosen.
pub fn chosen(sent: &Posted) -> Tests {
    if sent.has(BOX) { Tests::Renew } else { Tests::Hold }
}
