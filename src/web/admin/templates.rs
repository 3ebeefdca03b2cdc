//! The words of a kind of notice: edited, looked at with invented values, given back to the original.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::house::refusal_of;
use super::notices::HERE;
use super::{page, sent_by_admin};
use crate::domain::notice::{Facts, Kind, SHORT, Template, check_template, fill, short};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::Lang;
use crate::web::components::{
    Button, Field, Form, button, button_row, error_for, error_summary, form, text_area, text_field,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{Posted, with_office};
use crate::web::visitor::see_other;
use crate::web::words::{desk as desk_words, notices as words};

fn kind_of(desk: &Desk, id: &str) -> Result<Kind, HttpResponse> {
    let missing = || Refusal::new(RefusalKind::NotFound, desk_words::NOT_FOUND);
    Kind::from_id(id).ok_or_else(|| desk.failed(&missing().into()))
}

/// `GET /quan-tri/thong-bao/mau/{kind}`.
pub async fn show(desk: Desk, path: web::Path<String>) -> HttpResponse {
    match kind_of(&desk, &path) {
        Ok(kind) => sheet(&desk, kind, &desk.office().notice_settings().template(kind), None),
        Err(response) => response,
    }
}

fn sheet(desk: &Desk, kind: Kind, template: &Template, refusal: Option<&Refusal>) -> HttpResponse {
    let lang = desk.lang();
    let title = words::TEMPLATE_OF.fill(lang, &[("name", kind.name().say(lang))]);
    let names: Vec<String> =
        kind.fields().iter().map(|field| format!("{{{}}}", field.name())).collect();
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let field = |name: &'static str, label: &'static str, value| Field {
        name,
        label,
        value,
        error: error_for(errors, name, lang),
        autocomplete: "off",
        max_length: Some(4_000),
        ..Field::default()
    };
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let action = format!("{HERE}/mau/{}", kind.id());
    let look =
        |label, name, secondary| Button { label, name, value: "1", secondary, ..Button::default() };
    let body = html! {
        (text_field(lang, &field("subject", words::SUBJECT.say(lang), &template.subject)))
        (text_area(lang, &field("long", words::LONG.say(lang), &template.long), 10))
        (text_area(lang, &field("short", words::SHORT.say(lang), &template.short), 3))
        (button_row(&html! {
            (button(&look(words::SAVE.say(lang), "_save", false)))
            (button(&look(words::PREVIEW.say(lang), "_preview", true)))
            (button(&look(words::RESET.say(lang), "_reset", true)))
        }))
    };
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        h1 { (title) }
        p { (words::FIELDS.fill(lang, &[("names", &names.join(", "))])) }
        (form(lang, &Form { action: &action, csrf: &csrf, key: &key, ..Form::default() }, &body))
        @if refusal.is_none() { (preview(lang, kind, template)) }
        p { a href=(HERE) { (words::BACK.say(lang)) } }
    };
    let status = refusal.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page(desk, status, (HERE, &title), refusal.is_some(), &main)
}

/// The words with invented values, as they would go out.
fn preview(lang: Lang, kind: Kind, template: &Template) -> Markup {
    let sample =
        |field: crate::domain::notice::Field| (field, field.sample().say(Lang::Vi).to_owned());
    let facts: Facts = kind.fields().into_iter().map(sample).collect();
    let message = short(&fill(&template.short, &facts), true);
    let count = message.chars().count().to_string();
    html! {
        section {
            h2 { (words::PREVIEW.say(lang)) }
            h3 { (fill(&template.subject, &facts)) }
            p.as-typed { (fill(&template.long, &facts)) }
            h3 { (words::SMS.say(lang)) }
            p.as-typed { (message) }
            p.muted { (words::COUNT.fill(lang, &[("n", &count), ("most", &SHORT.to_string())])) }
        }
    }
}

/// `POST /quan-tri/thong-bao/mau/{kind}`.
pub async fn save(
    desk: Desk,
    path: web::Path<String>,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let kind = match kind_of(&desk, &path) {
        Ok(kind) => kind,
        Err(response) => return response,
    };
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let template = read(&sent);
    if sent.has("_preview") {
        let refusal = check_template(kind, &template).err();
        return sheet(&desk, kind, &template, refusal.as_ref());
    }
    let new = (!sent.has("_reset")).then(|| template.clone());
    let outcome = with_office(&desk, move |office, _| office.set_template(kind, new)).await;
    match outcome.map_err(|failure| refusal_of(&desk, failure)) {
        Ok(()) => see_other(&format!("{HERE}?xong=1")),
        Err(Ok(refusal)) => sheet(&desk, kind, &template, Some(&refusal)),
        Err(Err(response)) => response,
    }
}

fn read(sent: &Posted) -> Template {
    // Browsers end lines with two characters.
    let text = |name: &str| sent.get(name).replace("\r\n", "\n");
    Template { subject: text("subject"), long: text("long"), short: text("short") }
}
