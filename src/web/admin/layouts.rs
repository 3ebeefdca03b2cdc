//! Layouts of papers: listed, tried on an invented paper, kept when they can be set, reset.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::house::refusal_of;
use super::page;
use crate::domain::calendar::words::instant_short;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::Lang;
use crate::office::Failure;
use crate::office::printing::{Adapted, Layout};
use crate::web::components::{
    BannerKind, Button, Column, DataTable, Field, Form, Row, banner, button, button_row,
    data_table, error_for, error_summary, form, text_area,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{asked, posted, with_office};
use crate::web::desk::printing::served;
use crate::web::desk::say;
use crate::web::visitor::see_other;
use crate::web::words::admin_papers as words;
use crate::web::words::desk as desk_words;

const HERE: &str = "/quan-tri/mau-giay";
/// Lines of the editor.
const LINES: u8 = 32;

fn name(layout: Layout, lang: Lang) -> &'static str {
    match layout {
        Layout::Parts => words::PARTS.say(lang),
        Layout::Paper(deed) => deed.name().say(lang),
    }
}

/// `GET /quan-tri/mau-giay`.
pub async fn list(desk: Desk) -> HttpResponse {
    let lang = desk.lang();
    let adapted = match desk.office().adapted_layouts() {
        Ok(adapted) => adapted,
        Err(failure) => return desk.failed(&failure),
    };
    let columns = [
        Column::new(words::PAPER.say(lang)),
        Column::new(words::STATE.say(lang)),
        Column::action(words::CHANGE.say(lang)),
    ];
    let row = |layout: Layout| {
        let own = adapted.iter().find(|adapted| adapted.layout == layout);
        Row::new(vec![
            html! { (name(layout, lang)) },
            html! { (state(&desk, own)) },
            html! {
                a href={ (HERE) "/" (layout.id()) } {
                    (words::CHANGE.say(lang)) span.hidden { " " (name(layout, lang)) }
                }
            },
        ])
    };
    let rows: Vec<Row> = Layout::all().map(row).collect();
    let title = words::LAYOUTS.say(lang);
    let main = html! {
        h1 { (title) }
        p { (words::LAYOUTS_ABOUT.say(lang)) }
        (data_table(lang, &DataTable {
            caption: title,
            caption_hidden: true,
            columns: &columns,
            rows: &rows,
            select: "",
        }))
    };
    page(&desk, StatusCode::OK, (HERE, title), false, &main)
}

fn state(desk: &Desk, adapted: Option<&Adapted>) -> String {
    let lang = desk.lang();
    match adapted {
        None => words::SHIPPED.say(lang).to_owned(),
        Some(adapted) => {
            let who = say::actor(lang, &desk.office().world(), &adapted.by);
            words::ADAPTED.fill(lang, &[("who", &who), ("when", &instant_short(adapted.at))])
        }
    }
}

fn known(desk: &Desk, id: &str) -> Result<Layout, HttpResponse> {
    Layout::from_id(id).ok_or_else(|| {
        desk.failed(&Refusal::new(RefusalKind::NotFound, desk_words::NOT_FOUND).into())
    })
}

/// `GET /quan-tri/mau-giay/{layout}`.
pub async fn edit(desk: Desk, path: web::Path<String>, request: HttpRequest) -> HttpResponse {
    let layout = match known(&desk, &path) {
        Ok(layout) => layout,
        Err(response) => return response,
    };
    let world = desk.office().world();
    let lang = desk.lang();
    let done = match asked(&request).get("xong") {
        "luu" => Some(words::SAVED),
        "goc" => Some(words::WAS_RESET),
        _ => None,
    };
    let done = done.map(|done| banner(lang, BannerKind::Done, &html! { (done.say(lang)) }));
    editor(&desk, layout, world.layouts().text(layout), done, None)
}

fn editor(
    desk: &Desk,
    layout: Layout,
    text: &str,
    done: Option<Markup>,
    refusal: Option<&Refusal>,
) -> HttpResponse {
    let lang = desk.lang();
    let title = name(layout, lang);
    let address = format!("{HERE}/{}", layout.id());
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let is_adapted = desk.office().world().layouts().is_adapted(layout);
    let body = html! {
        (text_area(lang, &Field {
            name: "text",
            label: words::TEXT.say(lang),
            hint: words::TEXT_HINT.say(lang),
            value: text,
            error: error_for(errors, "text", lang),
            autocomplete: "off",
            ..Field::default()
        }, LINES))
        (button_row(&html! {
            (button(&Button {
                label: words::PREVIEW.say(lang), name: "viec", value: "preview", secondary: true, new_tab: true,
                key: "F8", ..Button::default()
            }))
            (button(&Button {
                label: words::SAVE.say(lang), name: "viec", value: "save", ..Button::default()
            }))
            @if is_adapted {
                (button(&Button {
                    label: words::RESET.say(lang), name: "viec", value: "reset", secondary: true,
                    ..Button::default()
                }))
            }
        }))
        @if is_adapted { p.muted { (words::RESET_ABOUT.say(lang)) } }
    };
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        @if let Some(done) = done { (done) }
        h1 { (title) }
        div.layout-editor { (form(lang, &Form {
            action: &address, csrf: &csrf, key: &key, ask_before_leaving: true, ..Form::default()
        }, &body)) }
        p { a href=(HERE) { (words::LAYOUTS.say(lang)) } }
    };
    let status = refusal.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page(desk, status, (HERE, title), refusal.is_some(), &main)
}

/// `POST /quan-tri/mau-giay/{layout}`: tries, keeps or resets it.
pub async fn change(
    desk: Desk,
    path: web::Path<String>,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let layout = match known(&desk, &path) {
        Ok(layout) => layout,
        Err(response) => return response,
    };
    let sent = match posted(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    // A reset of the shared parts must still fit the other layouts, so it is tried like a change.
    let is_reset = sent.get("viec") == "reset";
    let text =
        if is_reset { layout.shipped().to_owned() } else { format!("{}\n", sent.get("text")) };
    let tried = text.clone();
    if sent.get("viec") == "preview" {
        let work = move |office: &crate::office::Office, caller: &crate::office::Caller| {
            office.preview_layout(caller, layout, &tried)
        };
        return match with_office(&desk, work).await {
            Ok(pdf) => served(&desk, Ok(pdf)),
            Err(failure) => refused(&desk, layout, &text, failure),
        };
    }
    let kept =
        with_office(&desk, move |office, caller| office.adapt_layout(caller, layout, &tried)).await;
    match kept {
        Ok(()) => {
            let done = if is_reset { "goc" } else { "luu" };
            see_other(&format!("{HERE}/{}?xong={done}", layout.id()))
        }
        Err(failure) => refused(&desk, layout, &text, failure),
    }
}

fn refused(desk: &Desk, layout: Layout, text: &str, failure: Failure) -> HttpResponse {
    match refusal_of(desk, failure) {
        Ok(refusal) => editor(desk, layout, text, None, Some(&refusal)),
        Err(response) => response,
    }
}
