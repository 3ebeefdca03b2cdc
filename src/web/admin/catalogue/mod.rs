//! The catalogue: what is in it, and files that change it, with a report before anything is written.

mod import;
mod offers;
mod procedure;

pub use procedure::address;

use actix_web::http::StatusCode;
use actix_web::web::{ServiceConfig, get, post, resource};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::finding::{ROWS, Wanted};
use super::house::refusal_of;
use super::page;
use crate::domain::catalogue::Channel;
use crate::domain::dossier::published;
use crate::domain::refusal::Refusal;
use crate::office::Failure;
use crate::web::address::percent_path;
use crate::web::components::{
    BannerKind, Button, Column, DataTable, Field, Form, Method, Pages, Row, banner, button,
    data_table, error_summary, form, pagination, text_field,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::asked;
use crate::web::words::admin as words;

/// Largest catalogue file, in bytes.
const MAX_FILE: usize = 32 << 20;

/// The routes below the list.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(
        resource("/thu-tuc/{code}")
            .route(get().to(procedure::show))
            .route(post().to(procedure::save)),
    )
    .service(
        resource("/thu-tuc/{code}/noi/{agency}")
            .route(get().to(offers::show))
            .route(post().to(offers::save)),
    );
}

/// `GET /quan-tri/thu-tuc?q=…&trang=…`.
pub async fn show(desk: Desk, request: HttpRequest) -> HttpResponse {
    let query = asked(&request);
    let from = query.get("tu").parse().unwrap_or(0);
    let done = query.has("xong").then(|| {
        banner(desk.lang(), BannerKind::Done, &html! { (words::WRITTEN.say(desk.lang())) })
    });
    list_page(&desk, query.get("q"), from, done, None)
}

fn list_page(
    desk: &Desk,
    text: &str,
    from: usize,
    done: Option<Markup>,
    refusal: Option<&Refusal>,
) -> HttpResponse {
    let lang = desk.lang();
    let title = words::CATALOGUE.say(lang);
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        @if let Some(done) = done { (done) }
        h1 { (title) }
        (import_form(desk))
        (search(desk, text))
        (list(desk, text, from))
    };
    let status = refusal.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page(desk, status, ("/quan-tri/thu-tuc", title), refusal.is_some(), &main)
}

fn search(desk: &Desk, text: &str) -> Markup {
    let lang = desk.lang();
    let body = html! {
        (text_field(lang, &Field {
            name: "q",
            label: words::FIND.say(lang),
            value: text,
            kind: "search",
            autocomplete: "off",
            key: "F2",
            max_length: Some(200),
            ..Field::default()
        }))
        (button(&Button { label: words::FIND_NOW.say(lang), secondary: true, ..Button::default() }))
    };
    html! { search.row { (form(lang, &Form {
        action: "/quan-tri/thu-tuc", method: Method::Get, ..Form::default()
    }, &body)) } }
}

fn list(desk: &Desk, text: &str, from: usize) -> Markup {
    let lang = desk.lang();
    let world = desk.office().world();
    let wanted = Wanted::of(text);
    let found: Vec<_> = world.procedures().filter(|procedure| wanted.fits(procedure)).collect();
    let columns = [
        Column::new(words::CODE.say(lang)),
        Column::new(words::NAME.say(lang)),
        Column::new(words::FIELD.say(lang)),
        Column::new(words::STATE.say(lang)),
    ];
    let rows: Vec<Row> = found
        .iter()
        .skip(from)
        .take(ROWS)
        .map(|procedure| {
            let is_open = published(procedure, Channel::Counter).is_some();
            let code = &procedure.code;
            Row::new(vec![
                html! { a.code href=(procedure::address(code)) { (code) } },
                html! { (procedure.name) },
                html! { (procedure.field) },
                html! {
                    (procedure::standing(lang, &world, code, desk.office().today()))
                    @if !is_open { br; (words::NOT_OPEN.say(lang)) }
                },
            ])
        })
        .collect();
    let at = |from: usize| format!("/quan-tri/thu-tuc?q={}&tu={from}", percent_path(text));
    let newer = if from > 0 { at(from.saturating_sub(ROWS)) } else { String::new() };
    let older = if found.len() > from + ROWS { at(from + ROWS) } else { String::new() };
    html! {
        p { (words::COUNTED.fill(lang, &[("n", &found.len().to_string())])) }
        @if !rows.is_empty() {
            (data_table(lang, &DataTable {
                caption: words::CATALOGUE.say(lang),
                caption_hidden: true,
                columns: &columns,
                rows: &rows,
                select: "",
            }))
        }
        (pagination(lang, &Pages { newer: &newer, older: &older, undated: true, ..Pages::default() }))
    }
}

fn import_form(desk: &Desk) -> Markup {
    let lang = desk.lang();
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let body = html! {
        div.field {
            label for="f-file" { (words::FILE.say(lang)) }
            p.hint id="f-file-hint" { (words::FILE_HINT.say(lang)) }
            input id="f-file" name="file" type="file" accept=".xlsx,.jsonl,.json"
                aria-describedby="f-file-hint";
        }
        (button(&Button { label: words::COMPARE.say(lang), secondary: true, ..Button::default() }))
    };
    html! {
        details {
            summary { (words::IMPORT.say(lang)) }
            (form(lang, &Form {
                action: "/quan-tri/thu-tuc",
                method: Method::PostFiles,
                csrf: &csrf,
                key: &key,
                ..Form::default()
            }, &body))
        }
    }
}

pub(super) use import::{import, read_file, write};

fn refused(desk: &Desk, failure: Failure) -> HttpResponse {
    match refusal_of(desk, failure) {
        Ok(refusal) => list_page(desk, "", 0, None, Some(&refusal)),
        Err(response) => response,
    }
}
