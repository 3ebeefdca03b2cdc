//! Checkpoints of an agency's log: what was stated, to print and to keep elsewhere.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::page;
use crate::documents::seal::SignedCheckpoint;
use crate::domain::agency::Role;
use crate::domain::calendar::words::instant_short;
use crate::domain::dossier::Directory;
use crate::domain::ids::AgencyCode;
use crate::office::Failure;
use crate::office::checkpoints::{file_of, file_stem};
use crate::web::address;
use crate::web::components::{
    BannerKind, Button, Choice, Column, DataTable, Field, Form, Method, Pages, Row, banner, button,
    data_table, form, pagination, select,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{Posted, asked, posted, with_office};
use crate::web::desk::printing::served;
use crate::web::desk::say;
use crate::web::visitor::see_other;
use crate::web::words::proof as words;

/// The page.
pub const HERE: &str = "/quan-tri/chot-nhat-ky";
/// Rows of a page.
const ROWS: usize = 50;

/// The agency that an address or a form names, as far as the account reads its log.
fn agency(desk: &Desk, sent: &Posted) -> Result<AgencyCode, Failure> {
    let named = sent.some("co-quan").map(AgencyCode::new);
    Ok(desk.office().checkpoints_agency(desk.caller(), named.as_ref())?)
}

/// `GET /quan-tri/chot-nhat-ky?co-quan=…&truoc=…`; after one was made `&xong={number}`.
pub async fn show(desk: Desk, request: HttpRequest) -> HttpResponse {
    let query = asked(&request);
    let agency = match agency(&desk, &query) {
        Ok(agency) => agency,
        Err(failure) => return desk.failed(&failure),
    };
    let before = query.get("truoc").parse().ok();
    let known = match desk.office().checkpoints(&agency, before, ROWS) {
        Ok(known) => known,
        Err(failure) => return desk.failed(&failure),
    };
    let lang = desk.lang();
    let title = words::CHECKPOINTS.say(lang);
    let older = known.last().map(|last| last.said.number).filter(|number| *number > 1);
    let older = older.filter(|_| known.len() == ROWS);
    let older = older.map(|number| format!("{HERE}?co-quan={agency}&truoc={number}"));
    let main = html! {
        @if let Some(number) = query.some("xong") {
            (banner(lang, BannerKind::Done, &html! {
                (words::CREATED.fill(lang, &[("number", &number)]))
            }))
        }
        h1 { (title) }
        p { (words::CHECKPOINTS_ABOUT.say(lang)) }
        p { (words::CHECK_HOW.say(lang)) " " a href="/kiem-tra" { (words::TO_CHECK_PAGE.say(lang)) } }
        (choose(&desk, &agency))
        (create(&desk, &agency))
        @if known.is_empty() { p.muted { (words::NO_CHECKPOINTS.say(lang)) } }
        @else { (table(&desk, &known)) }
        (pagination(lang, &Pages {
            newer: if before.is_some() { HERE } else { "" },
            older: older.as_deref().unwrap_or_default(),
            ..Pages::default()
        }))
    };
    page(&desk, StatusCode::OK, (HERE, title), false, &main)
}

/// The agencies to choose from, for who sees more than one.
fn choose(desk: &Desk, agency: &AgencyCode) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let all: Vec<Choice<'_>> = world
        .agencies()
        .map(|agency| Choice {
            value: agency.code.as_str(),
            label: &agency.name,
            ..Choice::default()
        })
        .collect();
    let field = Field {
        name: "co-quan",
        label: words::AGENCY.say(lang),
        value: agency.as_str(),
        ..Field::default()
    };
    let body = html! {
        (select(lang, &field, &all))
        (button(&Button { label: words::SHOW.say(lang), secondary: true, ..Button::default() }))
    };
    html! {
        @if desk.is(Role::Admin) && all.len() > 1 {
            div.row { (form(lang, &Form { action: HERE, method: Method::Get, ..Form::default() }, &body)) }
        } @else if let Some(agency) = world.agency(agency) {
            p { strong { (agency.name) } }
        }
    }
}

fn create(desk: &Desk, agency: &AgencyCode) -> Markup {
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let head = Form { action: HERE, csrf: &csrf, key: &key, ..Form::default() };
    let lang = desk.lang();
    form(
        lang,
        &head,
        &html! {
            input type="hidden" name="co-quan" value=(agency);
            (button(&Button { label: words::CREATE.say(lang), ..Button::default() }))
        },
    )
}

fn table(desk: &Desk, known: &[SignedCheckpoint]) -> Markup {
    let lang = desk.lang();
    let columns = [
        Column::number(words::NUMBER.say(lang)),
        Column::new(words::AT.say(lang)),
        Column::number(words::EVENTS.say(lang)),
        Column::number(words::LOOKS_COUNT.say(lang)),
        Column::new(words::CHAIN.say(lang)),
        Column::action(words::COPIES.say(lang)),
    ];
    let row = |signed: &SignedCheckpoint| {
        let said = &signed.said;
        let file = format!("{HERE}/{}/{}", said.agency, said.number);
        let digits: String = said.chain[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        let what = html! { span.hidden { " " (said.number) } };
        Row::new(vec![
            html! { (say::money(said.number)) },
            html! { (instant_short(said.at)) },
            html! { (say::money(said.sequence)) },
            html! { (say::money(said.looks)) },
            html! { span.code { (digits) "…" } },
            html! {
                a href={ (file) ".pdf" } target="_blank" rel="noopener" {
                    (words::SHEET.say(lang)) (what)
                }
                " · "
                a href={ (file) ".txt" } download { (words::TEXT_FILE.say(lang)) (what) }
            },
        ])
    };
    let rows: Vec<Row> = known.iter().map(row).collect();
    data_table(
        lang,
        &DataTable {
            caption: words::CHECKPOINTS.say(lang),
            caption_hidden: true,
            columns: &columns,
            rows: &rows,
            select: "",
        },
    )
}

/// `POST /quan-tri/chot-nhat-ky`: makes one now.
pub async fn make(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let sent = match posted(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let agency = match agency(&desk, &sent) {
        Ok(agency) => agency,
        Err(failure) => return desk.failed(&failure),
    };
    let of = agency.clone();
    match with_office(&desk, move |office, _| office.create_checkpoint(&of)).await {
        Ok(made) => see_other(&format!("{HERE}?co-quan={agency}&xong={}", made.said.number)),
        Err(failure) => desk.failed(&failure),
    }
}

/// `GET /quan-tri/chot-nhat-ky/{agency}/{number}.pdf`, or `….txt`.
pub async fn file(
    desk: Desk,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> HttpResponse {
    let (code, name) = path.into_inner();
    let found = || -> Result<(SignedCheckpoint, bool), Failure> {
        let code = AgencyCode::new(code);
        let agency = desk.office().checkpoints_agency(desk.caller(), Some(&code))?;
        let (number, ending) = name.split_once('.').unwrap_or((&name, ""));
        let signed = desk.office().checkpoint(&agency, number.parse().unwrap_or(0))?;
        Ok((signed, ending == "pdf"))
    };
    match found() {
        Ok((signed, true)) => {
            let base = address::public(desk.office(), &request);
            let set = move |office: &crate::office::Office, _: &crate::office::Caller| {
                office.checkpoint_pdf(&signed, &base)
            };
            served(&desk, with_office(&desk, set).await)
        }
        Ok((signed, false)) => {
            let named = format!("attachment; filename=\"{}.txt\"", file_stem(&signed));
            HttpResponse::Ok()
                .insert_header((CONTENT_TYPE, "text/plain; charset=utf-8"))
                .insert_header((CONTENT_DISPOSITION, named))
                .insert_header((CACHE_CONTROL, "no-store"))
                .body(file_of(&signed))
        }
        Err(failure) => desk.failed(&failure),
    }
}
