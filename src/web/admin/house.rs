//! The state of the instance, its agencies, and every part that pages are made of.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::{agency, page};
use crate::domain::calendar::words::instant_short;
use crate::domain::dossier::Directory;
use crate::domain::ids::AgencyCode;
use crate::office::Failure;
use crate::web::components::gallery::gallery as parts;
use crate::web::components::{
    BannerKind, Button, Column, DataTable, Form, Row, SummaryRow, banner, button, data_table, form,
    size_words, summary_list,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{asked, with_office};
use crate::web::desk::say;
use crate::web::words::{admin as words, agencies as agency_words, linking as link_words};

/// `GET /quan-tri`.
pub async fn health(desk: Desk) -> HttpResponse {
    let lang = desk.lang();
    let load = match with_office(&desk, |office, _| office.load()).await {
        Ok(load) => load,
        Err(failure) => return desk.failed(&failure),
    };
    let world = desk.office().world();
    let behind = load.last_commit.saturating_sub(load.indexed_commit);
    let index = match behind {
        0 => words::INDEX_FRESH.say(lang).to_owned(),
        n => words::INDEX_BEHIND.fill(lang, &[("n", &say::money(n))]),
    };
    let rows = [
        (words::VERSION, env!("CARGO_PKG_VERSION").to_owned()),
        (words::CLOCK, instant_short(desk.office().now())),
        (words::FOLDER, desk.office().folder().path("").display().to_string()),
        (words::STORE_SIZE, size_words(load.store_bytes)),
        (words::DOSSIERS, say::money(load.dossiers)),
        (words::PROCEDURES, say::money(u64::try_from(world.procedure_count()).unwrap_or(0))),
        (words::COMMITS, say::money(load.last_commit)),
        (words::INDEX, index),
        (words::QUEUE, say::money(load.waiting)),
        (words::RULES, world.default_pack(desk.office().now()).name.say(lang).to_owned()),
    ];
    let rows: Vec<SummaryRow<'_>> =
        rows.iter().map(|(label, value)| SummaryRow::text(label.say(lang), value)).collect();
    let title = words::HEALTH.say(lang);
    let main = html! {
        h1 { (title) }
        (certificate(&desk))
        (summary_list(lang, &rows))
    };
    page(&desk, StatusCode::OK, ("/quan-tri", title), false, &main)
}

/// What must be done about the server's own certificate, if anything.
fn certificate(desk: &Desk) -> Markup {
    let lang = desk.lang();
    let certificates = desk.site.certificates.as_ref();
    let ends = certificates.and_then(|own| own.ends_soon(desk.office().now()));
    html! {
        @if let Some(at) = ends {
            (banner(lang, BannerKind::Note, &html! {
                (words::CERTIFICATE_ENDS.fill(lang, &[("at", &instant_short(at))]))
            }))
        }
    }
}

/// `GET /quan-tri/co-quan`; after a change `?xong=1`.
pub async fn agencies(desk: Desk, request: HttpRequest) -> HttpResponse {
    let lang = desk.lang();
    let is_saved = asked(&request).has("xong");
    let world = desk.office().world();
    let columns = [
        Column::new(words::CODE.say(lang)),
        Column::new(words::NAME.say(lang)),
        Column::new(words::SECTION.say(lang)),
        Column::new(words::UNITS.say(lang)),
        Column::new(words::PHONE.say(lang)),
        Column::new(link_words::STATE.say(lang)),
    ];
    let rows: Vec<Row> = world
        .agencies()
        .map(|agency| {
            Row::new(vec![
                html! { span.code { (agency.code) } },
                html! {
                    (agency.name) br;
                    a href={ (agency::LIST) "/" (agency.code) } {
                        (agency_words::EDIT.say(lang)) span.hidden { " " (agency.name) }
                    }
                },
                html! { (agency.one_stop) },
                html! { ul.plain { @for unit in &agency.units { li { (unit.name) } } } },
                html! { (agency.phone) },
                opening(&desk, &agency.code, world.is_open(&agency.code)),
            ])
        })
        .collect();
    let title = words::AGENCIES.say(lang);
    let main = html! {
        @if is_saved { (banner(lang, BannerKind::Done, &html! { (words::SAVED.say(lang)) })) }
        h1 { (title) }
        p { (words::AGENCIES_ABOUT.say(lang)) }
        p { a href={ (agency::LIST) "/them" } { (agency_words::ADD.say(lang)) } }
        (data_table(lang, &DataTable {
            caption: title,
            caption_hidden: true,
            columns: &columns,
            rows: &rows,
            select: "",
        }))
    };
    page(&desk, StatusCode::OK, (agency::LIST, title), false, &main)
}

/// Closes an agency, or opens it again.
fn opening(desk: &Desk, code: &AgencyCode, is_open: bool) -> Markup {
    let lang = desk.lang();
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let action = format!("/quan-tri/co-quan/{code}/mo");
    let verb = if is_open { link_words::CLOSE_AGENCY } else { link_words::OPEN_AGENCY };
    html! {
        @if !is_open { p.muted { (link_words::CLOSED.say(lang)) } }
        (form(lang, &Form { action: &action, csrf: &csrf, key: &key, ..Form::default() }, &html! {
            input type="hidden" name="mo" value=(u8::from(!is_open));
            (button(&Button { label: verb.say(lang), secondary: true, ..Button::default() }))
        }))
    }
}

/// `GET /quan-tri/thanh-phan`.
pub async fn gallery(desk: Desk) -> HttpResponse {
    let title = words::COMPONENTS.say(desk.lang());
    let main = parts(desk.lang());
    page(&desk, StatusCode::OK, ("/quan-tri/thanh-phan", title), false, &main)
}

/// A refusal, or the page of what failed.
pub(super) fn refusal_of(
    desk: &Desk,
    failure: Failure,
) -> Result<crate::domain::refusal::Refusal, HttpResponse> {
    match failure {
        Failure::Refused(refusal) => Ok(refusal),
        fault @ Failure::Fault(_) => Err(desk.failed(&fault)),
    }
}
