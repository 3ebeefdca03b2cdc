//! Matters of life: those that ship can be changed or hidden, and others added.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::house::refusal_of;
use super::{guiding_preview, page, sent_by_admin};
use crate::domain::ids::ProcedureCode;
use crate::domain::refusal::Refusal;
use crate::domain::words::{Lang, Text};
use crate::office::life_events::{LifeEvent, LifeStep, is_shipped};
use crate::web::components::{
    BannerKind, Button, Column, DataTable, Field, Form, Row, banner, button, button_row, checkbox,
    data_table, error_for, error_summary, form, text_area, text_field,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{Posted, asked, with_office};
use crate::web::visitor::see_other;
use crate::web::words::{admin as admin_words, admin_guiding as guiding_words, life as words};

/// The page.
pub const HERE: &str = "/quan-tri/viec-trong-doi";
/// The address of one that is not there yet; no event has this name.
const NEW: &str = "them-viec";

/// `GET /quan-tri/viec-trong-doi`.
pub async fn list(desk: Desk, request: HttpRequest) -> HttpResponse {
    let (lang, world) = (desk.lang(), desk.office().world());
    let today = desk.office().today();
    let columns = [
        Column::new(words::NAME.say(lang)),
        Column::new(words::STEPS.say(lang)),
        Column::new(words::STATE.say(lang)),
    ];
    let rows: Vec<Row> = world
        .all_life_events()
        .iter()
        .map(|event| {
            let steps = world.life_steps(event, today).len();
            let state = match (event.is_hidden, steps) {
                (true, _) => words::HIDDEN,
                (false, 0) => words::NOTHING_HERE,
                (false, _) => words::SHOWN,
            };
            Row::new(vec![
                html! { a href={ (HERE) "/" (event.slug) } { (event.name.say(lang)) } },
                html! { (words::PROCEDURES.fill(lang, &[("n", &steps.to_string())])) },
                html! { (state.say(lang)) },
            ])
        })
        .collect();
    let title = words::TITLE.say(lang);
    let main = html! {
        @if asked(&request).has("xong") {
            (banner(lang, BannerKind::Done, &html! { (admin_words::SAVED.say(lang)) }))
        }
        h1 { (title) }
        p { (words::ADMIN_ABOUT.say(lang)) }
        p { a href={ (HERE) "/" (NEW) } { (words::ADD.say(lang)) } }
        (data_table(lang, &DataTable {
            caption: title, caption_hidden: true, columns: &columns, rows: &rows, select: "",
        }))
    };
    page(&desk, StatusCode::OK, (HERE, title), false, &main)
}

/// What was sent before the page is shown.
#[derive(Clone, Copy)]
enum Sent<'a> {
    /// Nothing yet.
    Nothing,
    /// Only to be looked at.
    Looked(&'a Posted),
    /// Refused.
    Refused(&'a Posted, &'a Refusal),
}

impl<'a> Sent<'a> {
    const fn typed(self) -> Option<&'a Posted> {
        match self {
            Self::Nothing => None,
            Self::Looked(sent) | Self::Refused(sent, _) => Some(sent),
        }
    }

    const fn refusal(self) -> Option<&'a Refusal> {
        match self {
            Self::Refused(_, refusal) => Some(refusal),
            Self::Nothing | Self::Looked(_) => None,
        }
    }
}

/// `GET /quan-tri/viec-trong-doi/{slug}`.
pub async fn edit(desk: Desk, slug: web::Path<String>) -> HttpResponse {
    shown(&desk, &slug, Sent::Nothing)
}

fn shown(desk: &Desk, slug: &str, sent: Sent<'_>) -> HttpResponse {
    let (lang, world) = (desk.lang(), desk.office().world());
    let known = world.all_life_events().iter().find(|event| event.slug == slug);
    if known.is_none() && slug != NEW {
        return see_other(HERE);
    }
    let title = known.map_or(words::ADD.say(lang), |event| event.name.say(lang));
    let event = sent.typed().map(|sent| typed(slug, sent)).or_else(|| known.cloned());
    let main = html! {
        @if let Some(refusal) = sent.refusal() { (error_summary(lang, refusal)) }
        h1 { (title) }
        (fields(desk, slug, known, sent))
        @if let Some(event) = &event { (guiding_preview::steps(lang, &world, event)) }
    };
    let status = sent.refusal().map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page(desk, status, (HERE, title), sent.refusal().is_some(), &main)
}

/// The values of an event's boxes, by their names.
fn values(event: Option<&LifeEvent>) -> Vec<(&'static str, String)> {
    let event = event.cloned().unwrap_or_default();
    let line = |step: &LifeStep| {
        let LifeStep { procedure, about } = step;
        match about.en == about.vi {
            true => format!("{procedure} | {}", about.vi),
            false => format!("{procedure} | {} | {}", about.vi, about.en),
        }
    };
    let steps: Vec<String> = event.steps.iter().map(line).collect();
    vec![
        ("slug", event.slug),
        ("name_vi", event.name.vi),
        ("name_en", event.name.en),
        ("about_vi", event.about.vi),
        ("about_en", event.about.en),
        ("words", event.words.join("\n")),
        ("steps", steps.join("\n")),
    ]
}

fn fields(desk: &Desk, slug: &str, known: Option<&LifeEvent>, sent: Sent<'_>) -> Markup {
    let lang = desk.lang();
    let errors = sent.refusal().map_or(&[][..], |refusal| &refusal.fields);
    let mut values = values(known);
    if let Some(sent) = sent.typed() {
        for (name, value) in &mut values {
            // Without empty lines, so that a line that is wrong has its number.
            *value = match *name {
                "steps" | "words" => lines(sent, name).join("\n"),
                _ => sent.get(name).to_owned(),
            };
        }
    }
    let value = |name: &str| {
        values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value.as_str())
    };
    let field = |name, label, hint, optional| Field {
        name,
        label,
        hint,
        value: value(name),
        error: error_for(errors, name, lang),
        optional,
        autocomplete: "off",
        ..Field::default()
    };
    let hidden = known.is_some_and(|event| event.is_hidden);
    let action = format!("{HERE}/{slug}");
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let body = html! {
        (text_field(lang, &field("name_vi", words::NAME_VI.say(lang), "", false)))
        (text_field(lang, &field("name_en", words::NAME_EN.say(lang), "", true)))
        @if known.is_none() {
            (text_field(lang, &field(
                "slug", words::SLUG.say(lang), words::SLUG_HINT.say(lang), false,
            )))
        }
        (text_area(lang, &field("about_vi", words::ABOUT_VI.say(lang), "", true), 3))
        (text_area(lang, &field("about_en", words::ABOUT_EN.say(lang), "", true), 3))
        (text_area(lang, &field(
            "steps", words::STEPS.say(lang), words::STEPS_HINT.say(lang), false,
        ), 10))
        (text_area(lang, &field(
            "words", words::WORDS.say(lang), words::WORDS_HINT.say(lang), true,
        ), 6))
        (checkbox(lang, &Field {
            name: "hidden", label: words::HIDE.say(lang), ..Field::default()
        }, "1", sent.typed().map_or(hidden, |sent| sent.has("hidden"))))
        (buttons(lang, slug, known.is_some(), &format!("{action}{}", guiding_preview::ANCHOR)))
    };
    form(
        lang,
        &Form {
            action: &action,
            csrf: &csrf,
            key: &key,
            ask_before_leaving: true,
            ..Form::default()
        },
        &body,
    )
}

fn buttons(lang: Lang, slug: &str, is_known: bool, show: &str) -> Markup {
    button_row(&html! {
        (button(&Button { label: words::SAVE.say(lang), ..Button::default() }))
        (button(&Button {
            label: guiding_words::SHOW.say(lang),
            name: "xem",
            value: "1",
            action: show,
            secondary: true,
            ..Button::default()
        }))
        @if is_known {
            @let label = if is_shipped(slug) { words::RESET } else { words::DROP };
            (button(&Button {
                label: label.say(lang),
                name: "viec",
                value: "bo",
                secondary: true,
                ..Button::default()
            }))
        }
        a href=(HERE) { (words::BACK.say(lang)) }
    })
}

/// The lines of a box that are not empty.
fn lines(sent: &Posted, name: &str) -> Vec<String> {
    let lines = sent.get(name).lines().map(str::trim);
    lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn typed(slug: &str, sent: &Posted) -> LifeEvent {
    let text = |name: &str| {
        let vi = sent.get(&format!("{name}_vi")).to_owned();
        let en = sent.some(&format!("{name}_en")).unwrap_or_else(|| vi.clone());
        Text { vi, en }
    };
    let step = |line: &String| {
        let mut parts = line.splitn(3, '|').map(|part| part.trim().to_owned());
        let procedure = ProcedureCode::new(parts.next().unwrap_or_default());
        let vi = parts.next().unwrap_or_default();
        let en = parts.next().filter(|en| !en.is_empty()).unwrap_or_else(|| vi.clone());
        LifeStep { procedure, about: Text { vi, en } }
    };
    LifeEvent {
        slug: slug.to_owned(),
        name: text("name"),
        about: text("about"),
        words: lines(sent, "words"),
        steps: lines(sent, "steps").iter().map(step).collect(),
        is_hidden: sent.has("hidden"),
    }
}

/// `POST /quan-tri/viec-trong-doi/{slug}`.
pub async fn save(
    desk: Desk,
    slug: web::Path<String>,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    if sent.has("xem") {
        return shown(&desk, &slug, Sent::Looked(&sent));
    }
    let is_new = slug.as_str() == NEW;
    let name = if is_new { sent.get("slug").to_owned() } else { slug.clone() };
    if is_new && desk.office().world().all_life_events().iter().any(|event| event.slug == name) {
        let refusal = Refusal::field("slug", words::TAKEN);
        return shown(&desk, &slug, Sent::Refused(&sent, &refusal));
    }
    let (event, resets) = (typed(&name, &sent), sent.get("viec") == "bo");
    let done = with_office(&desk, move |office, _| match resets {
        true => office.reset_life_event(&name),
        false => office.set_life_event(&event),
    });
    match done.await {
        Ok(()) => see_other(&format!("{HERE}?xong=1")),
        Err(failure) => match refusal_of(&desk, failure) {
            Ok(refusal) => shown(&desk, &slug, Sent::Refused(&sent, &refusal)),
            Err(response) => response,
        },
    }
}
