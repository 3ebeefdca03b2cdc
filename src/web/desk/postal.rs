//! The post of a day: what is to be sent, what was sent under which number, what came.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::access::{Desk, Sheet};
use super::dates;
use super::posted::{asked, with_office};
use crate::domain::calendar::local;
use crate::domain::calendar::words::date_short;
use crate::domain::dossier::{Action, Dossier};
use crate::domain::refusal::Refusal;
use crate::office::postal::Post;
use crate::office::printing::{Deed, Period};
use crate::web::components::{
    Button, Column, DataTable, Field, Form, Method, Row, button, button_link, data_table,
    date_field, error_for, error_summary, form,
};
use crate::web::words::desk as desk_words;
use crate::web::words::desk_flows as words;
use crate::web::words::desk_printing as printing_words;

const HERE: &str = "/mot-cua/tra-ket-qua/buu-chinh";

/// `GET /mot-cua/tra-ket-qua/buu-chinh?ngay=…`.
pub async fn show(desk: Desk, request: HttpRequest) -> HttpResponse {
    let query = asked(&request);
    let (lang, title) = (desk.lang(), words::POST.say(desk.lang()));
    let today = local(desk.office().now()).date();
    let typed = query.get("ngay");
    let day = dates::date(typed).or_else(|| typed.is_empty().then_some(today));
    let refusal = day.is_none().then(|| {
        let text = printing_words::DATE_WRONG.text_with(&[("label", words::DAY)]);
        Refusal::field("ngay", text)
    });
    let period = Period::new(day.unwrap_or(today), day.unwrap_or(today));
    let post = match period {
        Ok(day) => with_office(&desk, move |office, caller| office.post_of(caller, day)).await,
        Err(refusal) => Err(refusal.into()),
    };
    let post = match post {
        Ok(post) => post,
        Err(failure) => return desk.failed(&failure),
    };
    let shown = if typed.is_empty() { date_short(today) } else { typed.to_owned() };
    let errors = refusal.as_ref().map_or(&[][..], |refusal| &refusal.fields);
    let body = html! {
        (date_field(lang, &Field {
            name: "ngay",
            label: words::DAY.say(lang),
            value: &shown,
            error: error_for(errors, "ngay", lang),
            autocomplete: "off",
            max_length: Some(10),
            ..Field::default()
        }))
        (button(&Button { label: printing_words::SHOW.say(lang), ..Button::default() }))
    };
    let main = html! {
        @if let Some(refusal) = &refusal { (error_summary(lang, refusal)) }
        h1 { (title) }
        p { (words::POST_ABOUT.say(lang)) }
        div.row { (form(lang, &Form { action: HERE, method: Method::Get, ..Form::default() }, &body)) }
        @if refusal.is_none() { (lists(&desk, &post)) }
    };
    let status = refusal.as_ref().map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    let refused = refusal.is_some();
    desk.page(status, &Sheet { title, refused, ..Sheet::default() }, &main)
}

fn lists(desk: &Desk, post: &Post) -> Markup {
    let lang = desk.lang();
    let codes: Vec<&str> = post.waiting.iter().map(|dossier| dossier.code.as_str()).collect();
    let labels = format!("/mot-cua/in/{}?ma={}", Deed::Envelope.id(), codes.join(","));
    html! {
        h2 { (words::TO_SEND.say(lang)) " (" (post.waiting.len()) ")" }
        @if !post.waiting.is_empty() {
            div.buttons {
                (button_link(&labels, &Button {
                    label: words::LABELS.say(lang), key: "F8", secondary: true, ..Button::default()
                }))
            }
        }
        (table(desk, &post.waiting, Kind::Waiting))
        h2 { (words::SENT.say(lang)) " (" (post.sent.len()) ")" }
        (table(desk, &post.sent, Kind::Sent))
        h2 { (words::CAME_BY_POST.say(lang)) " (" (post.came.len()) ")" }
        (table(desk, &post.came, Kind::Came))
    }
}

/// Which of the lists it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Waiting,
    Sent,
    Came,
}

fn table(desk: &Desk, dossiers: &[Dossier], kind: Kind) -> Markup {
    let lang = desk.lang();
    if dossiers.is_empty() {
        return html! { p.muted { (words::NONE_TODAY.say(lang)) } };
    }
    let (caption, last) = match kind {
        Kind::Waiting => (words::TO_SEND, words::SEND_THIS),
        Kind::Sent => (words::SENT, words::TRACKING),
        Kind::Came => (words::CAME_BY_POST, words::TRACKING),
    };
    let mut columns = vec![
        Column::new(desk_words::DOSSIER.say(lang)),
        Column::new(desk_words::PROCEDURE.say(lang)),
        Column::new(words::RECIPIENT.say(lang)),
    ];
    match kind {
        Kind::Waiting => columns.push(Column::action(last.say(lang))),
        Kind::Sent => columns.push(Column::new(last.say(lang))),
        Kind::Came => {}
    }
    let actor = desk.caller().actor();
    let row = |dossier: &Dossier| {
        let person = &dossier.submitter;
        let mut cells = vec![
            html! { a.code href={ "/mot-cua/ho-so/" (dossier.code) } { (dossier.code) } },
            html! { (dossier.procedure_name) },
            html! {
                (person.name)
                @if let Some(address) = &person.address { span.reason.muted { (address) } }
            },
        ];
        match kind {
            Kind::Waiting => cells.push(html! {
                @if Action::Deliver.allows(&actor, dossier) {
                    a href={ "/mot-cua/ho-so/" (dossier.code) "/viec/deliver" } {
                        (words::SEND_THIS.say(lang))
                    }
                }
            }),
            Kind::Sent => {
                let number = dossier.delivery.as_ref().and_then(|d| d.tracking_number.clone());
                cells.push(html! { span.code { (number.unwrap_or_else(|| "–".to_owned())) } });
            }
            Kind::Came => {}
        }
        Row::new(cells)
    };
    let rows: Vec<Row> = dossiers.iter().map(row).collect();
    data_table(
        lang,
        &DataTable {
            caption: caption.say(lang),
            caption_hidden: true,
            columns: &columns,
            rows: &rows,
            select: "",
        },
    )
}
