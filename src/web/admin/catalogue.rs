//! The catalogue: what is in it, and files that change it, with a report before anything is written.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::StreamExt;
use maud::{Markup, html};

use super::house::refusal_of;
use super::waiting::{self, Waiting};
use super::{page, sent_by_admin};
use crate::domain::agency::Role;
use crate::domain::catalogue::Channel;
use crate::domain::dossier::published;
use crate::domain::refusal::Refusal;
use crate::office::Failure;
use crate::office::catalogue::{Rejected, Report};
use crate::office::publishing::Import;
use crate::web::address::percent_path;
use crate::web::components::{
    BannerKind, Button, Column, DataTable, Field, Form, Method, Pages, Row, banner, button,
    button_row, data_table, error_summary, form, pagination, text_field,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{asked, with_office};
use crate::web::words::admin as words;

/// Rows of a page.
const ROWS: usize = 50;
/// Largest catalogue file, in bytes.
const MAX_FILE: usize = 32 << 20;
/// Rejected rows shown.
const SHOWN: usize = 100;

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
    let wanted = text.to_lowercase();
    let fits = |p: &crate::domain::catalogue::Procedure| {
        wanted.is_empty()
            || p.name.to_lowercase().contains(&wanted)
            || p.code.as_str().contains(&wanted)
    };
    let found: Vec<_> = world.procedures().filter(|procedure| fits(procedure)).collect();
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
            let open = published(procedure, Channel::Counter).is_some();
            let state = if open { words::OPEN } else { words::NOT_OPEN };
            Row::new(vec![
                html! { a.code href={ "/thu-tuc/" (procedure.code) } { (procedure.code) } },
                html! { (procedure.name) },
                html! { (procedure.field) },
                html! { (state.say(lang)) },
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
        (pagination(lang, &Pages { newer: &newer, older: &older, partial: false }))
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

/// `POST /quan-tri/thu-tuc`: compares a file with what is stored, and says what would change.
pub async fn import(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    if !desk.is(Role::Admin) {
        return desk.forbidden();
    }
    let file = match read_file(&desk, Multipart::new(request.headers(), payload)).await {
        Ok(file) => file,
        Err(failure) => return refused(&desk, failure),
    };
    let how = Import { is_dry_run: true, is_strict: false };
    let files = [(file.name.clone(), file.bytes.clone())];
    let looked = with_office(&desk, move |office, _| office.import_catalogue(&files, how)).await;
    match looked {
        Ok(looked) => {
            let report = looked.reports.into_iter().next().unwrap_or_default();
            let page = report_page(&desk, &file, &report);
            waiting::keep(file);
            page
        }
        Err(failure) => refused(&desk, failure),
    }
}

fn refused(desk: &Desk, failure: Failure) -> HttpResponse {
    match refusal_of(desk, failure) {
        Ok(refusal) => list_page(desk, "", 0, None, Some(&refusal)),
        Err(response) => response,
    }
}

pub(super) async fn read_file(desk: &Desk, mut multipart: Multipart) -> Result<Waiting, Failure> {
    let unreadable = || Failure::from(Refusal::field("file", words::FILE_MISSING));
    let mut token = String::new();
    while let Some(part) = multipart.next().await {
        let mut part = part.map_err(|_| unreadable())?;
        let name = part.content_disposition().and_then(|d| d.get_filename()).map(str::to_owned);
        let is_token = part.name() == Some("_csrf");
        let mut bytes = Vec::new();
        if name.is_some() {
            desk.visitor.check_csrf(&desk.site, &token)?;
        }
        while let Some(chunk) = part.next().await {
            bytes.extend_from_slice(&chunk.map_err(|_| unreadable())?);
            if bytes.len() > MAX_FILE {
                return Err(Refusal::field("file", words::FILE_TOO_LARGE).into());
            }
        }
        if is_token {
            token = String::from_utf8(bytes).unwrap_or_default();
        } else if let Some(name) = name.filter(|name| !name.is_empty()) {
            let key = desk.new_key();
            let (owner, at) = (desk.staff.name.to_string(), desk.office().now());
            return Ok(Waiting { key, owner, name, bytes, at });
        }
    }
    Err(unreadable())
}

fn report_page(desk: &Desk, file: &Waiting, report: &Report) -> HttpResponse {
    let lang = desk.lang();
    let count = |n: usize| n.to_string();
    let summary = words::REPORT.fill(
        lang,
        &[
            ("new", &count(report.new.len())),
            ("changed", &count(report.changed.len())),
            ("same", &count(report.unchanged)),
            ("wrong", &count(report.rejected.len())),
        ],
    );
    let nothing = report.new.is_empty() && report.changed.is_empty();
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let title = words::IMPORT.say(lang);
    let main = html! {
        h1 { (title) }
        p { (file.name) }
        p { strong { (summary) } }
        @if !report.changed.is_empty() {
            details open {
                summary { (words::CHANGED.say(lang)) }
                ul {
                    @for change in report.changed.iter().take(SHOWN) {
                        li { span.code { (change.code) } ": " (change.fields.join(", ")) }
                    }
                }
            }
        }
        (rows(desk, words::REJECTED.say(lang), &report.rejected))
        (rows(desk, words::REMARKS.say(lang), &report.remarks))
        @if nothing {
            p { (words::NOTHING_NEW.say(lang)) " " a href="/quan-tri/thu-tuc" { (words::BACK.say(lang)) } }
        } @else {
            (form(lang, &Form {
                action: "/quan-tri/thu-tuc/ghi", csrf: &csrf, key: &key, ..Form::default()
            }, &html! {
                input type="hidden" name="file" value=(file.key);
                (button_row(&html! {
                    (button(&Button { label: words::WRITE.say(lang), ..Button::default() }))
                    a href="/quan-tri/thu-tuc" { (words::BACK.say(lang)) }
                }))
            }))
        }
    };
    page(desk, StatusCode::OK, ("/quan-tri/thu-tuc", title), false, &main)
}

fn rows(desk: &Desk, heading: &str, rows: &[Rejected]) -> Markup {
    let lang = desk.lang();
    html! {
        @if !rows.is_empty() {
            details open {
                summary { (heading) " (" (rows.len()) ")" }
                ul {
                    @for row in rows.iter().take(SHOWN) {
                        li { (words::ROW.fill(lang, &[("n", &row.row.to_string())])) ": "
                            (row.reason.say(lang)) }
                    }
                }
            }
        }
    }
}

/// `POST /quan-tri/thu-tuc/ghi`: writes the file that was compared.
pub async fn write(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let now = desk.office().now();
    let Some(file) = waiting::take(sent.get("file"), desk.staff.name.as_str(), now) else {
        return refused(&desk, Refusal::field("file", words::FILE_GONE).into());
    };
    let how = Import::default();
    let written = with_office(&desk, move |office, _| {
        office.import_catalogue(&[(file.name, file.bytes)], how)
    })
    .await;
    match written {
        Ok(_) => crate::web::visitor::see_other("/quan-tri/thu-tuc?xong=1"),
        Err(failure) => refused(&desk, failure),
    }
}
