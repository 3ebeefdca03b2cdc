//! The part of the process editor that says when a step is left out: an answer of the form, chosen
//! from those that are known or named by hand, and what it must be.

use maud::{Markup, html};

use super::process_editor::{Parts, choices, name};
use crate::domain::process::Test;
use crate::office::processes::wire::{ConditionRow, StepRow};
use crate::web::components::{Field, select, text_field};
use crate::web::desk::posted::Posted;
use crate::web::process::known_answers;
use crate::web::words::process as words;

/// The fields of a step's condition.
pub(super) fn fields(parts: &Parts<'_>, place: usize, row: &StepRow) -> Markup {
    let lang = parts.lang;
    let empty = ConditionRow::default();
    let when = row.skip_when.as_ref().unwrap_or(&empty);
    let [field, other, test, value] =
        ["field", "other", "test", "value"].map(|part| name(place, &format!("skip_when.{part}")));
    let known = known_answers(lang, parts.world);
    let is_known = known.iter().any(|(known, _)| *known == when.field);
    let (chosen, typed) = if is_known { (&*when.field, "") } else { ("", &*when.field) };
    let tests = [words::TEST_IS, words::TEST_IS_NOT, words::TEST_GIVEN, words::TEST_MISSING];
    let tests: Vec<(String, String)> = Test::IDS
        .into_iter()
        .zip(tests)
        .map(|(id, label)| (id.to_owned(), label.say(lang).to_owned()))
        .collect();
    html! {
        (select(lang, &Field {
            hint: words::SKIP_HINT.say(lang),
            optional: true,
            ..parts.field(&field, words::SKIP_FIELD, chosen)
        }, &choices(&known)))
        (text_field(lang, &Field {
            hint: words::SKIP_OTHER_HINT.say(lang),
            optional: true,
            max_length: Some(100),
            ..parts.field(&other, words::SKIP_OTHER, typed)
        }))
        (select(lang, &Field {
            optional: true, ..parts.field(&test, words::SKIP_TEST, &when.test)
        }, &choices(&tests)))
        (text_field(lang, &Field {
            optional: true,
            max_length: Some(200),
            ..parts.field(&value, words::SKIP_VALUE, when.value.as_deref().unwrap_or_default())
        }))
    }
}

/// Reads them; what was typed goes before what was chosen. A test without an answer stays, to be
/// refused in words.
pub(super) fn read(sent: &Posted, place: usize) -> Option<ConditionRow> {
    let some = |part: &str| sent.some(&name(place, &format!("skip_when.{part}")));
    let field = some("other").or_else(|| some("field"));
    let (test, value) = (some("test"), some("value"));
    (field.is_some() || test.is_some() || value.is_some()).then(|| ConditionRow {
        field: field.unwrap_or_default(),
        test: test.unwrap_or_else(|| Test::IDS[0].to_owned()),
        value,
    })
}
