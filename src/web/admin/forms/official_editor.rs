//! The fields of the official paper form, typed a line each with the questions that answer them, and why
//! questions stand beside it.

use actix_web::http::StatusCode;
use actix_web::web::{Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use maud::html;

use super::HERE;
use super::editor::{Work, changed, in_form, work, work_sent};
use super::official::official;
use super::typed::{english, text};
use crate::domain::form::{Declaration, OFFICIAL_ADDED, OFFICIAL_FIELDS};
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::Message;
use crate::web::admin::page;
use crate::web::components::{
    Button, Field, button, button_row, error_for, error_summary, text_area,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::Posted;
use crate::web::visitor::see_other;
use crate::web::words::form_builder as words;

/// The page, behind the builder.
pub const PAGE: &str = "mau-giay";

/// What stands in the boxes.
struct Typed {
    fields: String,
    added: String,
    note: String,
    note_en: String,
}

impl Typed {
    fn of(declaration: &Declaration) -> Self {
        Self {
            fields: declaration.official_text(),
            added: declaration.added_text(),
            note: declaration.official.note.vi.clone(),
            note_en: english(&declaration.official.note),
        }
    }

    fn read(sent: &Posted) -> Self {
        let get = |name: &str| sent.get(name).to_owned();
        Self {
            fields: get(OFFICIAL_FIELDS),
            added: get(OFFICIAL_ADDED),
            note: get("note"),
            note_en: get("note_en"),
        }
    }
}

/// `GET /quan-tri/to-khai/{procedure}/sua/mau-giay`.
pub async fn show(desk: Desk, path: Path<String>) -> HttpResponse {
    match work(&desk, &path) {
        Ok(work) => sheet(&desk, &work, &Typed::of(&work.working.declaration), &[]),
        Err(response) => response,
    }
}

fn sheet(desk: &Desk, work: &Work, typed: &Typed, errors: &[FieldError]) -> HttpResponse {
    let lang = desk.lang();
    let declaration = &work.working.declaration;
    let title = words::OFFICIAL_OF.fill(lang, &[("title", declaration.title.say(lang))]);
    let area = |name: &str, (label, hint): (Message, Option<Message>), value: &str, rows| {
        text_area(
            lang,
            &Field {
                name,
                label: label.say(lang),
                hint: hint.map_or("", |hint| hint.say(lang)),
                value,
                optional: true,
                autocomplete: "off",
                error: error_for(errors, name, lang),
                max_length: Some(30_000),
                ..Field::default()
            },
            rows,
        )
    };
    let left = declaration.unexplained().len();
    let body = html! {
        div.field-editor {
            (area(OFFICIAL_FIELDS, (words::OFFICIAL_LINES, Some(words::OFFICIAL_LINES_HINT)), &typed.fields, 14))
            (area(OFFICIAL_ADDED, (words::OFFICIAL_ADDED, Some(words::OFFICIAL_ADDED_HINT)), &typed.added, 4))
            div.pairs {
                (area("note", (words::OFFICIAL_NOTE, None), &typed.note, 2))
                (area("note_en", (words::OFFICIAL_NOTE_EN, None), &typed.note_en, 2))
            }
            (button_row(&html! {
                (button(&Button { label: words::SAVE.say(lang), ..Button::default() }))
                @if left > 0 {
                    (button(&Button {
                        label: &words::OFFICIAL_TAKE.fill(lang, &[("n", &left.to_string())]),
                        name: "_take", value: "1", secondary: true, ..Button::default()
                    }))
                }
            }))
        }
    };
    let main = html! {
        @if !errors.is_empty() { (error_summary(lang, &Refusal::fields(errors.to_vec()))) }
        (work.looked.head(&title, (&work.address(), words::BACK_EDIT.say(lang))))
        p { (words::OFFICIAL_ABOUT.say(lang)) }
        (in_form(desk, work, &format!("{}/{PAGE}", work.address()), &body))
        (official(lang, declaration))
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page(desk, status, (HERE, &title), !errors.is_empty(), &main)
}

/// `POST /quan-tri/to-khai/{procedure}/sua/mau-giay`: keeps the lines, and takes what they leave over when
/// that was asked for.
pub async fn change(
    desk: Desk,
    path: Path<String>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let (sent, work) = match work_sent(&desk, &path, &request, payload).await {
        Ok(both) => both,
        Err(response) => return response,
    };
    let typed = Typed::read(&sent);
    let declaration = &work.working.declaration;
    let read = (declaration.read_official(&typed.fields), declaration.read_added(&typed.added));
    let (fields, added) = match read {
        (Ok(fields), Ok(added)) => (fields, added),
        (fields, added) => {
            let errors = [fields.err(), added.err()].into_iter().flatten().flatten();
            return sheet(&desk, &work, &typed, &errors.collect::<Vec<_>>());
        }
    };
    let (note, takes) = (text(&typed.note, &typed.note_en), sent.has("_take"));
    let done = changed(&desk, &work, move |form| {
        form.official.fields = fields;
        form.official.added = added;
        form.official.note = note;
        if takes {
            form.take_as_official();
        }
    });
    let back = match takes {
        true => format!("{}/{PAGE}", work.address()),
        false => format!("{}?xong=mau", work.address()),
    };
    done.await.map_or_else(|response| response, |()| see_other(&back))
}
