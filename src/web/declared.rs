//! The answers of a declared form in words, as they were asked.

use maud::{Markup, html};

use crate::domain::dossier::FormValue;
use crate::domain::form::{Declaration, Kind, Question, said};
use crate::domain::words::Lang;

/// Whether there is nothing to show of an answer.
pub fn is_empty(value: &FormValue) -> bool {
    match value {
        FormValue::Null => true,
        FormValue::Bool(_) | FormValue::Number(_) => false,
        FormValue::Text(text) => text.is_empty(),
        FormValue::List(items) => items.iter().all(is_empty),
        FormValue::Group(group) => group.values().all(is_empty),
    }
}

/// The answers of a form, section by section.
pub fn answers(
    lang: Lang,
    declaration: &Declaration,
    form: &crate::domain::dossier::Form,
) -> Markup {
    html! {
        @for section in &declaration.sections {
            @let answered = section.questions.iter().filter_map(|question| {
                Some((question, form.get(&question.key).filter(|value| !is_empty(value))?))
            });
            @let answered: Vec<_> = answered.collect();
            @if !answered.is_empty() {
                h3 { (section.title.say(lang)) }
                dl.summary {
                    @for (question, value) in answered {
                        div {
                            dt { (question.label.say(lang)) }
                            dd { (in_words(lang, question, value)) }
                        }
                    }
                }
            }
        }
    }
}

/// An answer as people read it.
pub fn in_words(lang: Lang, question: &Question, value: &FormValue) -> Markup {
    match (&question.kind, value) {
        (Kind::Table { columns, .. }, FormValue::List(rows)) => table(lang, columns, rows),
        _ => html! {
            @match said(lang, question, value) {
                Some(said) => span.as-typed { (said) },
                None => "–",
            }
        },
    }
}

fn table(lang: Lang, columns: &[Question], rows: &[FormValue]) -> Markup {
    html! {
        ol {
            @for row in rows {
                @if let FormValue::Group(cells) = row {
                    @let said = columns.iter().filter_map(|column| {
                        Some((column, cells.get(&column.key).filter(|cell| !is_empty(cell))?))
                    });
                    li {
                        @for (place, (column, cell)) in said.enumerate() {
                            @if place > 0 { "; " }
                            (column.label.say(lang)) ": " (in_words(lang, column, cell))
                        }
                    }
                }
            }
        }
    }
}
