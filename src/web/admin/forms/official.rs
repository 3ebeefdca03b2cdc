//! The official paper form behind a declared one: number and source, and which question answers which of
//! its fields.

use maud::{Markup, html};

use crate::domain::form::{Declaration, FieldFrom, OfficialField};
use crate::domain::words::Lang;
use crate::web::components::{Column, DataTable, Row, data_table};
use crate::web::words::form_builder as words;

/// What is known of the official form; nothing when nothing is.
pub fn official(lang: Lang, declaration: &Declaration) -> Markup {
    let official = &declaration.official;
    if !official.is_known() && declaration.form_number.is_empty() {
        return html! {};
    }
    let count = official.fields.len().to_string();
    let unanswered = declaration.unanswered();
    html! {
        section {
            h2 { (words::OFFICIAL.say(lang)) }
            p {
                @if !declaration.form_number.is_empty() {
                    strong { (declaration.form_number) }
                    @if !official.source.is_empty() { ", " }
                }
                (official.source)
                @if !official.note.vi.is_empty() { " " (official.note.say(lang)) }
            }
            @if official.to_verify { p.hint { (words::OFFICIAL_TO_VERIFY.say(lang)) } }
            @if !official.fields.is_empty() {
                @if !unanswered.is_empty() {
                    p {
                        strong { (words::OFFICIAL_UNANSWERED.say(lang)) } " "
                        (unanswered.iter().map(|field| field.label.as_str()).collect::<Vec<_>>().join("; "))
                    }
                }
                details.more {
                    summary { (words::OFFICIAL_FIELDS.fill(lang, &[("n", &count)])) }
                    (fields(lang, declaration))
                    (beside(lang, declaration))
                }
            }
        }
    }
}

fn fields(lang: Lang, declaration: &Declaration) -> Markup {
    let title = words::OFFICIAL.say(lang);
    let columns = [
        Column::new(words::OFFICIAL_FIELD.say(lang)),
        Column::new(words::OFFICIAL_ANSWERED.say(lang)),
    ];
    let row = |field: &OfficialField| {
        let labels = field.questions().iter().map(|path| label(lang, declaration, path));
        let labels = labels.collect::<Vec<_>>().join(", ");
        Row::new(vec![
            html! { (field.label) },
            match &field.from {
                FieldFrom::Print => html! { span.muted { (words::OFFICIAL_PRINTED.say(lang)) } },
                FieldFrom::Spelled(_) => {
                    html! { (words::OFFICIAL_SPELLED.fill(lang, &[("field", &labels)])) }
                }
                FieldFrom::Answers(_) => html! { (labels) },
            },
        ])
    };
    let rows: Vec<Row> = declaration.official.fields.iter().map(row).collect();
    data_table(
        lang,
        &DataTable {
            caption: title,
            caption_hidden: true,
            columns: &columns,
            rows: &rows,
            select: "",
        },
    )
}

/// The questions that the paper does not have.
fn beside(lang: Lang, declaration: &Declaration) -> Markup {
    let added = &declaration.official.added;
    let added = added.iter().filter(|added| declaration.spot(&added.question).is_some());
    let added: Vec<_> = added.collect();
    let unexplained = declaration.unexplained();
    html! {
        @if !added.is_empty() || !unexplained.is_empty() {
            h3 { (words::OFFICIAL_BESIDE.say(lang)) }
            ul {
                @for added in added {
                    li { (label(lang, declaration, &added.question)) ": " (added.why.say(lang)) }
                }
                @for placed in unexplained { li { (label(lang, declaration, &placed.path())) } }
            }
        }
    }
}

/// A question by its label, a column behind its table.
fn label(lang: Lang, declaration: &Declaration, path: &str) -> String {
    let spot = declaration.spot(path);
    let Some((spot, question)) = spot.and_then(|spot| Some((spot, declaration.at(spot)?))) else {
        return words::OFFICIAL_GONE.say(lang).to_owned();
    };
    let own = question.label.say(lang);
    match declaration.table_of(spot) {
        Some(table) => format!("“{} › {own}”", table.label.say(lang)),
        None => format!("“{own}”"),
    }
}
