//! The number and the code that open a draft which was handed on.

use maud::{Markup, html};

use super::field::{Field, Width, error_for, text_field};
use crate::domain::refusal::FieldError;
use crate::domain::words::Lang;
use crate::web::words::public_filing as words;

/// The questions `number` and `code`, after what was refused. The keyboard stands in the first of
/// them that is empty; a code that was refused is typed anew.
pub fn handed_fields(lang: Lang, number: &str, errors: &[FieldError]) -> Markup {
    let field = |name, label, value| Field {
        name,
        label,
        value,
        error: error_for(errors, name, lang),
        autocomplete: "off",
        width: Width::Medium,
        max_length: Some(200),
        ..Field::default()
    };
    let is_new = errors.is_empty();
    html! {
        (text_field(lang, &Field {
            autofocus: is_new && number.is_empty(),
            ..field("number", words::DRAFT_NUMBER.say(lang), number)
        }))
        (text_field(lang, &Field {
            inputmode: "numeric",
            hint: words::DRAFT_CODE_HINT.say(lang),
            autocomplete: "one-time-code",
            autofocus: is_new && !number.is_empty(),
            ..field("code", words::DRAFT_CODE.say(lang), "")
        }))
    }
}
