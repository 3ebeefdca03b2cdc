//! `/quan-tri/dang-nhap-mot-lan`: the providers of central sign-on; a try of one, and its removal.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::house::refusal_of;
use super::provider_form::{self, Filled};
use super::{page, sent_by_admin};
use crate::domain::words::Lang;
use crate::office::sign_on::{Provider, Seen, Trouble};
use crate::web::components::{
    BannerKind, Button, Column, Confirm, DataTable, Form, Icon, Row, SummaryRow, Tone, banner,
    banner_named, button, button_link, confirm, data_table, form, summary_list, tag,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{asked, with_office};
use crate::web::visitor::see_other;
use crate::web::words::sign_on as words;

/// The list.
pub(super) const HERE: &str = "/quan-tri/dang-nhap-mot-lan";
/// What stands for the id of a provider that is being added.
pub(super) const NEW: &str = "them";
/// Seconds by which a clock may be off without a remark.
const CLOCK: i64 = 10;

/// `GET /quan-tri/dang-nhap-mot-lan`.
pub async fn list(desk: Desk, request: HttpRequest) -> HttpResponse {
    let (lang, world, query) = (desk.lang(), desk.office().world(), asked(&request));
    let title = words::TITLE.say(lang);
    let columns = [
        Column::new(words::NAME.say(lang)),
        Column::new(words::ISSUER.say(lang)),
        Column::new(words::FOR.say(lang)),
    ];
    let rows: Vec<Row> = world.providers().iter().map(|provider| row(lang, provider)).collect();
    let done = [("xong", words::SAVED), ("bo", words::REMOVED)];
    let main = html! {
        @for (name, message) in done {
            @if query.has(name) { (banner(lang, BannerKind::Done, &html! { (message.say(lang)) })) }
        }
        h1 { (title) }
        p { (words::ABOUT.say(lang)) }
        @if rows.is_empty() { p.muted { (words::NONE.say(lang)) } } @else {
            (data_table(lang, &DataTable {
                caption: title,
                caption_hidden: true,
                columns: &columns,
                rows: &rows,
                select: "",
            }))
        }
        div.buttons {
            (button_link(&format!("{HERE}/{NEW}"), &Button {
                label: words::ADD.say(lang), ..Button::default()
            }))
        }
    };
    page(&desk, StatusCode::OK, (HERE, title), false, &main)
}

fn row(lang: Lang, provider: &Provider) -> Row {
    let whom = [(provider.citizens, words::CITIZENS), (provider.staff, words::STAFF)];
    let whom: Vec<&str> =
        whom.into_iter().filter(|(yes, _)| *yes).map(|(_, who)| who.say(lang)).collect();
    Row::new(vec![
        html! {
            (provider.name(lang)) br;
            a href={ (HERE) "/" (provider.id) } {
                (words::EDIT.say(lang)) span.hidden { " " (provider.name(lang)) }
            }
        },
        html! {
            (provider.issuer)
            @if provider.is_local { br; (trying(lang)) }
        },
        html! { (whom.join(", ")) },
    ])
}

fn trying(lang: Lang) -> Markup {
    tag(Tone::Bad, Icon::Alert, words::TRYING_OUT.say(lang))
}

/// `GET /quan-tri/dang-nhap-mot-lan/{provider}`, or `…/them`.
pub async fn edit(desk: Desk, request: HttpRequest, id: web::Path<String>) -> HttpResponse {
    let world = desk.office().world();
    match world.provider(&id) {
        None if *id != NEW => see_other(HERE),
        known => {
            let known = known.map(AsRef::as_ref);
            let filled = Filled::of(known);
            sheet(&desk, &request, known, &filled, html! {}, false)
        }
    }
}

/// The page of a provider; `said` is what a try of it has found.
fn sheet(
    desk: &Desk,
    request: &HttpRequest,
    known: Option<&Provider>,
    filled: &Filled,
    said: Markup,
    refused: bool,
) -> HttpResponse {
    let lang = desk.lang();
    let title = known.map_or(words::ADD.say(lang), |provider| provider.name(lang));
    let main = html! {
        h1 { (title) }
        @if let Some(provider) = known.filter(|provider| provider.is_local) {
            (banner_named(BannerKind::Refused, words::TRYING_OUT.say(lang), &html! {
                (words::LOCAL_WARNING.fill(lang, &[("provider", provider.name(lang))]))
            }))
        }
        @if let Some(provider) = known { (trial(desk, provider, &said)) }
        (provider_form::addresses(desk, request, known))
        (provider_form::form_of(desk, known, filled))
        @if let Some(provider) = known {
            p { a href={ (HERE) "/" (provider.id) "/bo" } { (words::REMOVE.say(lang)) } }
        }
    };
    let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page(desk, status, (HERE, title), refused, &main)
}

fn trial(desk: &Desk, provider: &Provider, said: &Markup) -> Markup {
    let (lang, csrf, key) = (desk.lang(), desk.csrf(), desk.new_key());
    let action = format!("{HERE}/{}/thu", provider.id);
    let try_it = Button { label: words::TRY.say(lang), secondary: true, ..Button::default() };
    html! {
        section {
            h2 { (words::TRY.say(lang)) }
            (said)
            p { (words::TRY_ABOUT.say(lang)) }
            (form(lang, &Form { action: &action, csrf: &csrf, key: &key, ..Form::default() },
                &button(&try_it)))
        }
    }
}

/// `POST /quan-tri/dang-nhap-mot-lan/{provider}`, or `…/them`.
pub async fn save(
    desk: Desk,
    request: HttpRequest,
    id: web::Path<String>,
    payload: web::Payload,
) -> HttpResponse {
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let world = desk.office().world();
    let known = world.provider(&id).map(AsRef::as_ref);
    if known.is_none() && *id != NEW {
        return see_other(HERE);
    }
    let is_new = known.is_none();
    let outcome = match provider_form::read(&desk, known, &sent) {
        Ok(provider) => {
            with_office(&desk, move |office, _| office.put_provider(provider, is_new)).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match outcome.map_err(|failure| refusal_of(&desk, failure)) {
        Ok(()) => see_other(&format!("{HERE}?xong=1")),
        Err(Err(response)) => response,
        Err(Ok(refusal)) => {
            let filled = Filled { sent, refusal: Some(refusal) };
            sheet(&desk, &request, known, &filled, html! {}, true)
        }
    }
}

/// `POST /quan-tri/dang-nhap-mot-lan/{provider}/thu`.
pub async fn try_out(
    desk: Desk,
    request: HttpRequest,
    id: web::Path<String>,
    payload: web::Payload,
) -> HttpResponse {
    if let Err(response) = sent_by_admin(&desk, &request, payload).await {
        return response;
    }
    let world = desk.office().world();
    let Some(provider) = world.provider(&id) else { return see_other(HERE) };
    match desk.office().try_provider(&id).await {
        Ok(seen) => {
            let said = found(desk.lang(), &seen);
            let filled = Filled::of(Some(provider));
            sheet(&desk, &request, Some(provider), &filled, said, false)
        }
        Err(failure) => desk.failed(&failure),
    }
}

/// What a try has found, in words.
fn found(lang: Lang, seen: &Result<Seen, Trouble>) -> Markup {
    let seen = match seen {
        Ok(seen) => seen,
        Err(trouble) => {
            return banner_named(
                BannerKind::Refused,
                words::TRIED_BAD.say(lang),
                &html! { (trouble.explain().say(lang)) },
            );
        }
    };
    let (bad, remarks) = remarks(lang, seen);
    let ends = if seen.ends_sessions { words::ENDS } else { words::ENDS_NOT };
    let list = |lines: &[String]| html! { ul { @for line in lines { li { (line) } } } };
    html! {
        @if !bad.is_empty() {
            (banner_named(BannerKind::Refused, words::TRIED_BAD.say(lang), &list(&bad)))
        } @else if remarks.is_empty() {
            (banner(lang, BannerKind::Done, &html! { (words::TRIED_OK.say(lang)) }))
        }
        @if !remarks.is_empty() {
            (banner(lang, BannerKind::Note, &html! {
                @if bad.is_empty() { (words::TRIED_REMARKS.say(lang)) }
                (list(&remarks))
            }))
        }
        (summary_list(lang, &[
            SummaryRow::text(words::KEYS.say(lang), &seen.keys.to_string()),
            SummaryRow::text(words::SIGN_OUT.say(lang), ends.say(lang)),
        ]))
    }
}

/// What makes a provider unusable, and what should be looked at.
fn remarks(lang: Lang, seen: &Seen) -> (Vec<String>, Vec<String>) {
    let (mut bad, mut remarks) = (Vec::new(), Vec::new());
    if !seen.signs {
        bad.push(words::NO_SIGNATURE.say(lang).to_owned());
    }
    if seen.keys == 0 {
        bad.push(words::NO_KEYS.say(lang).to_owned());
    }
    if !seen.pkce {
        remarks.push(words::NO_PKCE.say(lang).to_owned());
    }
    if let Some(off) = seen.clock_off.filter(|off| off.abs() > CLOCK) {
        remarks.push(words::CLOCK_OFF.fill(lang, &[("n", &off.abs().to_string())]));
    }
    for scope in &seen.unknown_scopes {
        remarks.push(words::UNKNOWN_SCOPE.fill(lang, &[("scope", scope)]));
    }
    (bad, remarks)
}

/// `GET /quan-tri/dang-nhap-mot-lan/{provider}/bo`.
pub async fn ask_remove(desk: Desk, id: web::Path<String>) -> HttpResponse {
    let world = desk.office().world();
    let Some(provider) = world.provider(&id) else { return see_other(HERE) };
    let (lang, csrf, key) = (desk.lang(), desk.csrf(), desk.new_key());
    let title = words::REMOVE_TITLE.fill(lang, &[("provider", provider.name(lang))]);
    let (action, back) = (format!("{HERE}/{}/bo", provider.id), format!("{HERE}/{}", provider.id));
    let main = confirm(
        lang,
        &Confirm {
            title: &title,
            consequences: html! { p { (words::REMOVE_ABOUT.say(lang)) } },
            label: words::REMOVE.say(lang),
            danger: true,
            back: &back,
            form: Form { action: &action, csrf: &csrf, key: &key, ..Form::default() },
            fields: html! {},
        },
    );
    page(&desk, StatusCode::OK, (HERE, &title), false, &main)
}

/// `POST /quan-tri/dang-nhap-mot-lan/{provider}/bo`.
pub async fn remove(
    desk: Desk,
    request: HttpRequest,
    id: web::Path<String>,
    payload: web::Payload,
) -> HttpResponse {
    if let Err(response) = sent_by_admin(&desk, &request, payload).await {
        return response;
    }
    let id = id.into_inner();
    match with_office(&desk, move |office, _| office.remove_provider(&id)).await {
        Ok(()) => see_other(&format!("{HERE}?bo=1")),
        Err(failure) => desk.failed(&failure),
    }
}
