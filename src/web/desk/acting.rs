//! One form per action: asked, checked, confirmed where it has consequences, done once.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::access::{Desk, Sheet};
use super::dossier::{Seen, seen};
use super::fields::Asking;
use super::posted::{Posted, asked, posted};
use super::reading::{Read, read};
use super::{confirming, deeds, linked, money, papers, printing, say};
use crate::domain::calendar::words::instant_short;
use crate::domain::dossier::{Action, Dossier, Request};
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::office::Failure;
use crate::web::asking::named;
use crate::web::components::{
    BannerKind, Button, Crumb, Form, Method, banner, button, button_row, error_summary, form,
    implicit_submit,
};
use crate::web::restating::form_of;
use crate::web::visitor::{see_other, status_of};
use crate::web::words::desk as words;
use crate::web::words::desk_actions as action_words;
use crate::web::words::desk_events as events;

/// The address of an action's form.
pub fn address(dossier: &Dossier, action: Action) -> String {
    format!("/mot-cua/ho-so/{}/viec/{}", dossier.code, action.id())
}

fn place(desk: &Desk, path: &(String, String)) -> Result<(Seen, Action), Failure> {
    let unknown = || Refusal::new(RefusalKind::NotFound, words::NOT_FOUND);
    let action = Action::from_id(&path.1).ok_or_else(unknown)?;
    Ok((seen(desk, &path.0)?, action))
}

/// `GET /mot-cua/ho-so/{code}/viec/{action}`.
pub async fn show(
    desk: Desk,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> HttpResponse {
    let (seen, action) = match place(&desk, &path) {
        Ok(place) => place,
        Err(failure) => return desk.failed(&failure),
    };
    let possible = desk.office().possible(desk.caller(), &seen.dossier);
    let refusal = possible.into_iter().find(|p| p.action == action).and_then(|p| p.refusal);
    if let Some(refusal) = refusal {
        return desk.failed(&refusal.into());
    }
    let query = asked(&request);
    if action == Action::ApproveWithdrawal {
        return confirm_or_refuse(&desk, &seen, action, &query).await;
    }
    asking_page(&desk, &seen, action, &query, None)
}

/// `POST /mot-cua/ho-so/{code}/viec/{action}`.
pub async fn act(
    desk: Desk,
    path: web::Path<(String, String)>,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let sent = match posted(&desk, &request, payload).await {
        Ok(posted) => posted,
        Err(response) => return response,
    };
    let (seen, action) = match place(&desk, &path) {
        Ok(place) => place,
        Err(failure) => return desk.failed(&failure),
    };
    if sent.is_interim() {
        let refusal = (!sent.refused.is_empty()).then(|| Refusal::fields(sent.refused.clone()));
        return asking_page(&desk, &seen, action, &sent, refusal.as_ref());
    }
    // An obligation stops the clock.
    let stops = action == Action::RequestPayment && money::asks_obligation(&sent);
    if (deeds::asks(action) || stops) && !sent.has("_sure") {
        return confirm_or_refuse(&desk, &seen, action, &sent).await;
    }
    match done(&desk, &seen, action, &sent).await {
        Ok(()) => {
            let code = &seen.dossier.code;
            see_other(&format!("/mot-cua/ho-so/{code}?xong={}", action.id()))
        }
        Err(failure) => refused(&desk, &seen, action, &sent, failure),
    }
}

fn version(sent: &Posted, dossier: &Dossier) -> u64 {
    sent.get("version").parse().unwrap_or(dossier.version)
}

fn request_of(read: &Read, sent: &Posted, dossier: &Dossier) -> Request {
    let version = version(sent, dossier);
    Request { version, command: read.command.clone(), note: sent.some("note") }
}

async fn done(desk: &Desk, seen: &Seen, action: Action, sent: &Posted) -> Result<(), Failure> {
    let dossier = &seen.dossier;
    let read = read(desk, dossier, action, sent)?;
    let request = request_of(&read, sent, dossier);
    let once = sent.once(desk.caller(), &address(dossier, action));
    let files = read.files.clone();
    let outcome = desk.office().act(desk.caller(), &dossier.code, request, files, once).await;
    match outcome {
        Ok(_) => Ok(()),
        Err(Failure::Refused(refusal)) => Err(read.at_form(refusal).into()),
        Err(fault) => Err(fault),
    }
}

/// Looks what would follow; asks, or shows the form again with what is wrong.
async fn confirm_or_refuse(
    desk: &Desk,
    seen: &Seen,
    action: Action,
    sent: &Posted,
) -> HttpResponse {
    let dossier = &seen.dossier;
    let looked = read(desk, dossier, action, sent).map_err(Failure::from).and_then(|read| {
        let request = request_of(&read, sent, dossier);
        match desk.office().preview(desk.caller(), &dossier.code, request, &read.files) {
            Ok(after) => Ok(after),
            Err(Failure::Refused(refusal)) => Err(read.at_form(refusal).into()),
            Err(fault) => Err(fault),
        }
    });
    match looked {
        Ok(after) => confirming::page(desk, dossier, &after, action, sent),
        Err(failure) => refused(desk, seen, action, sent, failure),
    }
}

fn refused(
    desk: &Desk,
    seen: &Seen,
    action: Action,
    sent: &Posted,
    failure: Failure,
) -> HttpResponse {
    match failure {
        Failure::Refused(refusal) if refusal.kind == RefusalKind::Conflict => {
            changed(desk, seen, action, sent)
        }
        Failure::Refused(refusal) => {
            let kind = refusal.kind;
            if matches!(kind, RefusalKind::Forbidden | RefusalKind::NotFound) {
                return desk.failed(&refusal.into());
            }
            asking_page(desk, seen, action, sent, Some(&refusal))
        }
        fault @ Failure::Fault(_) => desk.failed(&fault),
    }
}

fn crumbs(desk: &Desk, dossier: &Dossier) -> [(String, String); 2] {
    let inbox = words::INBOX_TITLE.say(desk.lang()).to_owned();
    [
        ("/mot-cua".to_owned(), inbox),
        (format!("/mot-cua/ho-so/{}", dossier.code), dossier.code.to_string()),
    ]
}

/// A page about an action, under the pages above it.
pub fn action_page(
    desk: &Desk,
    dossier: &Dossier,
    status: StatusCode,
    title: &str,
    refused: bool,
    main: &Markup,
) -> HttpResponse {
    let crumbs = crumbs(desk, dossier);
    let above = crumbs.each_ref().map(|(href, label)| Crumb { href, label });
    desk.page(
        status,
        &Sheet { title, above: &above, refused, narrow: true, ..Sheet::default() },
        main,
    )
}

fn asking_page(
    desk: &Desk,
    seen: &Seen,
    action: Action,
    sent: &Posted,
    refusal: Option<&Refusal>,
) -> HttpResponse {
    let lang = desk.lang();
    let dossier = &seen.dossier;
    let title = action_words::name(action).say(lang);
    let main = html! {
        @if let Some(refusal) = refusal {
            (error_summary(lang, &named(refusal, form_of(&desk.office().world(), dossier))))
        }
        h1 { (title) }
        (about(desk, dossier))
        (printing::links(desk, dossier, deeds::papers_before(action)))
        @match action {
            Action::Accept | Action::Refuse | Action::RequestSupplement => {
                (papers::supplementer_said(desk, seen))
            }
            Action::Deliver => {
                (money::not_asked(desk, dossier))
                (linked::part(desk, dossier))
            }
            Action::ReceiveResult | Action::Finish | Action::Stop | Action::ApproveWithdrawal => {
                (linked::part(desk, dossier))
            }
            _ => {}
        }
        (asking_form(desk, dossier, action, sent, refusal))
    };
    let status = refusal.map_or(StatusCode::OK, |refusal| status_of(&refusal.clone().into()));
    action_page(desk, dossier, status, title, refusal.is_some(), &main)
}

/// Which dossier an action is about, in a line.
pub fn about(desk: &Desk, dossier: &Dossier) -> Markup {
    let lang = desk.lang();
    html! {
        p.about {
            a.code href={ "/mot-cua/ho-so/" (dossier.code) } { (dossier.code) }
            " – " (dossier.procedure_name) ". "
            (words::OWNER.say(lang)) ": " (dossier.owner.name)
        }
    }
}

fn asking_form(
    desk: &Desk,
    dossier: &Dossier,
    action: Action,
    sent: &Posted,
    refusal: Option<&Refusal>,
) -> Markup {
    let lang = desk.lang();
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let errors: &[FieldError] = refusal.map_or(&[], |refusal| &refusal.fields);
    let asking = Asking { desk, dossier, posted: sent, errors };
    let label = action_words::name(action).say(lang);
    let body = html! {
        input type="hidden" name="version" value=(dossier.version);
        // Enter presses the first button of a form: this one, not "Tải lên" or "Bỏ".
        (implicit_submit(label, "viec", action.id()))
        (asking.fields(action))
        (button_row(&html! {
            (button(&Button { label, ..Button::default() }))
            a href={ "/mot-cua/ho-so/" (dossier.code) } { (words::TO_DOSSIER.say(lang)) }
        }))
    };
    let address = address(dossier, action);
    form(
        lang,
        &Form {
            action: &address,
            method: Method::PostFiles,
            csrf: &csrf,
            key: &key,
            ask_before_leaving: true,
            ..Form::default()
        },
        &body,
    )
}

/// The dossier changed meanwhile: who did what, the state now, and the form with the typed words.
fn changed(desk: &Desk, seen: &Seen, action: Action, sent: &Posted) -> HttpResponse {
    let (lang, world) = (desk.lang(), desk.office().world());
    let dossier = &seen.dossier;
    let before = version(sent, dossier);
    let meanwhile = seen.history.iter().filter(|recorded| recorded.link.version > before);
    let title = words::CHANGED_TITLE.say(lang);
    let possible = desk.office().possible(desk.caller(), dossier);
    let still = possible.iter().any(|p| p.action == action && p.refusal.is_none());
    let main = html! {
        h1 { (title) }
        (banner(lang, BannerKind::Note, &html! {
            ul {
                @for recorded in meanwhile {
                    li { (words::CHANGED_BY.fill(lang, &[
                        ("who", &say::actor(lang, &world, &recorded.link.actor)),
                        ("action", &events::name(&recorded.event).say(lang).to_lowercase()),
                        ("when", &instant_short(recorded.link.at)),
                    ])) }
                }
            }
            p { (if still { words::CHANGED_KEPT } else { words::CHANGED_GONE }.say(lang)) }
        }))
        h2 { (words::CHANGED_NOW.say(lang)) }
        (state(desk, dossier))
        @if still {
            h2 { (words::CHANGED_GO_ON.say(lang)) ": " (action_words::name(action).say(lang)) }
            (asking_form(desk, dossier, action, sent, None))
        } @else {
            (kept(sent))
            p { a href={ "/mot-cua/ho-so/" (dossier.code) } { (words::TO_DOSSIER.say(lang)) } }
        }
    };
    action_page(desk, dossier, StatusCode::CONFLICT, title, true, &main)
}

fn state(desk: &Desk, dossier: &Dossier) -> Markup {
    let lang = desk.lang();
    html! {
        p {
            span.code { (dossier.code) } " – " (dossier.status.say(lang)) ", "
            (say::reason(lang, &desk.office().world(), (dossier, &desk.staff), desk.office().now()))
        }
    }
}

/// What was typed for an action that is no longer possible: to be copied, not lost.
fn kept(sent: &Posted) -> Markup {
    let typed = ["reason", "answer", "question", "text", "note"];
    html! {
        @for name in typed {
            @if !sent.get(name).is_empty() { p.as-typed { (sent.get(name)) } }
        }
    }
}
