//! Publishing the form in work: what differs from the version in use, what is still wrong, which drafts
//! answer what goes, and the note; or throwing it away.

use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Payload};
use maud::{Markup, html};

use super::HERE;
use super::editor::{Work, in_form, work, work_sent};
use super::unasked;
use super::versions::difference_list;
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::domain::words::Lang;
use crate::office::Failure;
use crate::office::forms::{Lost, Release, in_use};
use crate::web::admin::house::refusal_of;
use crate::web::admin::page;
use crate::web::components::{
    BannerKind, Button, Confirm, Field, Form, banner, banner_named, button, button_row, checkbox,
    confirm, error_for, error_summary, text_area,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::with_office;
use crate::web::visitor::see_other;
use crate::web::words::form_builder as words;

/// `GET /quan-tri/to-khai/{procedure}/sua/phat-hanh`.
pub async fn show(desk: Desk, path: Path<String>) -> HttpResponse {
    match work(&desk, &path) {
        Ok(work) => sheet(&desk, &work, "", None).await,
        Err(response) => response,
    }
}

async fn sheet(desk: &Desk, work: &Work, note: &str, refusal: Option<&Refusal>) -> HttpResponse {
    let working = work.working.clone();
    let lost: Result<Vec<Lost>, Failure> = with_office(desk, move |office, _| {
        office.answers_lost(&working.procedure, &working.declaration)
    })
    .await;
    let lost = match lost {
        Ok(lost) => lost,
        Err(failure) => return desk.failed(&failure),
    };
    let lang = desk.lang();
    let world = desk.office().world();
    let published = world.form_versions(&work.looked.code).first().copied();
    let newest = published.map_or(0, |published| published.form.version.version);
    let problems = desk.office().form_problems(&work.working);
    let declaration = &work.working.declaration;
    let title = words::PUBLISH_OF.fill(lang, &[("title", declaration.title.say(lang))]);
    let here = work.address();
    let main = html! {
        @if let Some(refusal) = refusal.filter(|_| problems.is_empty()) { (error_summary(lang, refusal)) }
        (work.looked.head(&title, (&here, words::BACK_EDIT.say(lang))))
        @if newest > work.working.based_on {
            @let number = newest.to_string();
            (banner(lang, BannerKind::Note, &html! { (words::NEWER_THERE.fill(lang, &[("n", &number)])) }))
        }
        @if let Some(published) = published {
            section {
                @let number = newest.to_string();
                h2 { (words::DIFF_FROM.fill(lang, &[("n", &number)])) }
                (difference_list(lang, &published.form.declaration, declaration))
            }
        }
        @if problems.is_empty() { (the_form(desk, work, newest, note, (&lost, refusal))) }
        @else { (still_wrong(desk, work, &problems)) }
    };
    let status = refusal.map_or(StatusCode::OK, |refusal| match refusal.kind {
        RefusalKind::Conflict => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    });
    page(desk, status, (HERE, &title), refusal.is_some(), &main)
}

fn still_wrong(desk: &Desk, work: &Work, problems: &[FieldError]) -> Markup {
    let lang = desk.lang();
    let said = words::TO_REPAIR.fill(lang, &[("n", &problems.len().to_string())]);
    banner_named(BannerKind::Refused, &said, &unasked::to_repair(desk, work, problems))
}

/// What drafts answer and is asked no longer, with the box that says it is known.
pub fn drafts_box(lang: Lang, lost: &[Lost], errors: &[FieldError]) -> Markup {
    html! {
        @if !lost.is_empty() {
            section {
                h2 { (words::DRAFTS_TITLE.say(lang)) }
                ul { @for lost in lost { li { (in_use(lost).say(lang)) } } }
                p { (words::DRAFTS_ABOUT.say(lang)) }
                (checkbox(lang, &Field {
                    name: "drafts",
                    label: words::DRAFTS_KNOWN.say(lang),
                    error: error_for(errors, "drafts", lang),
                    ..Field::default()
                }, "1", false))
            }
        }
    }
}

fn the_form(
    desk: &Desk,
    work: &Work,
    newest: u32,
    note: &str,
    (lost, refusal): (&[Lost], Option<&Refusal>),
) -> Markup {
    let lang = desk.lang();
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let next = (newest + 1).to_string();
    let cases = work.working.declaration.cases.len().to_string();
    in_form(
        desk,
        work,
        &format!("{}/phat-hanh", work.address()),
        &html! {
            input type="hidden" name="newest" value=(newest);
            @if work.working.declaration.cases.is_empty() { p.hint { (words::NO_CASES.say(lang)) } }
            @else { p { (words::CASES_RIGHT.fill(lang, &[("n", &cases)])) } }
            (drafts_box(lang, lost, errors))
            (text_area(lang, &Field {
                name: "note",
                label: words::NOTE.say(lang),
                hint: words::NOTE_HINT.say(lang),
                value: note,
                optional: true,
                autocomplete: "off",
                max_length: Some(500),
                ..Field::default()
            }, 2))
            (button_row(&button(&Button {
                label: &words::PUBLISH_N.fill(lang, &[("n", &next)]), ..Button::default()
            })))
        },
    )
}

/// `POST /quan-tri/to-khai/{procedure}/sua/phat-hanh`.
pub async fn publish(
    desk: Desk,
    path: Path<String>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let (sent, work) = match work_sent(&desk, &path, &request, payload).await {
        Ok(both) => both,
        Err(response) => return response,
    };
    let release = Release {
        seen: sent.get("newest").parse().unwrap_or(0),
        note: sent.get("note").to_owned(),
        drafts_known: sent.has("drafts"),
    };
    let (working, by) = (work.working.clone(), desk.staff.name.to_string());
    let done =
        with_office(&desk, move |office, _| office.publish_working(&working, &release, &by)).await;
    match done.map_err(|failure| refusal_of(&desk, failure)) {
        Ok(version) => see_other(&format!("{}?xong={}", work.looked.address(), version.version)),
        Err(Ok(refusal)) => sheet(&desk, &work, sent.get("note"), Some(&refusal)).await,
        Err(Err(response)) => response,
    }
}

/// `GET /quan-tri/to-khai/{procedure}/sua/bo`: asks before the form in work is thrown away.
pub async fn ask_drop(desk: Desk, path: Path<String>) -> HttpResponse {
    let work = match work(&desk, &path) {
        Ok(work) => work,
        Err(response) => return response,
    };
    let lang = desk.lang();
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let title =
        words::DROP_TITLE.fill(lang, &[("title", work.working.declaration.title.say(lang))]);
    let action = format!("{}/bo", work.address());
    let main = confirm(
        lang,
        &Confirm {
            title: &title,
            consequences: html! { p { (words::DROP_ABOUT.say(lang)) } },
            label: words::DROP.say(lang),
            danger: true,
            back: &work.address(),
            form: Form { action: &action, csrf: &csrf, key: &key, ..Form::default() },
            fields: html! { input type="hidden" name="seen" value=(work.working.revision); },
        },
    );
    page(&desk, StatusCode::OK, (HERE, &title), false, &main)
}

/// `POST /quan-tri/to-khai/{procedure}/sua/bo`.
pub async fn drop_work(
    desk: Desk,
    path: Path<String>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let (_, work) = match work_sent(&desk, &path, &request, payload).await {
        Ok(both) => both,
        Err(response) => return response,
    };
    let (seen, back) = (work.working.clone(), work.looked.address());
    match with_office(&desk, move |office, _| office.drop_form(&seen)).await {
        Ok(()) => see_other(&back),
        Err(failure) => desk.failed(&failure),
    }
}
