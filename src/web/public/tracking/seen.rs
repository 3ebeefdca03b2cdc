//! “Ai đã xem hồ sơ của tôi”: the looks at a dossier, for its applicant, by day.
//!
//! Agency and function stand everywhere; the name of who works on dossiers too, as the law tells the
//! applicant who handles theirs. Of an auditor only the function is told: an inspection is not the
//! applicant's affair, that there was one is.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maud::{Markup, html};

use super::super::page::{Page, answer, failed};
use super::{Code, require};
use crate::domain::agency::Role;
use crate::domain::calendar::local;
use crate::domain::calendar::words::{capitalised, day_long, time_short};
use crate::domain::look::Relation;
use crate::domain::words::Lang;
use crate::office::looks::Shown;
use crate::web::Site;
use crate::web::components::Crumb;
use crate::web::incoming::off_thread;
use crate::web::visitor::Visitor;
use crate::web::words::shell as shell_words;
use crate::web::words::{proof as words, roles};

/// Most looks that are shown.
const SHOWN: usize = 200;

/// `GET /tra-cuu/{dossier}/ai-da-xem`.
pub(super) async fn show(site: web::Data<Site>, visitor: Visitor, path: Code) -> HttpResponse {
    let opened = match require(&site, &visitor, &path) {
        Ok(opened) => opened,
        Err(answer) => return *answer,
    };
    let dossier = &opened.tracked.dossier;
    let (office, id) = (site.office.clone(), dossier.id);
    let looks = match off_thread(move || office.looks_at(id, SHOWN)).await {
        Ok(looks) => looks,
        Err(failure) => return failed(&site, &visitor, &failure),
    };
    let lang = visitor.lang;
    let title = words::SEEN_TITLE.say(lang);
    let (code, here) = (dossier.code.as_str(), format!("/tra-cuu/{}", dossier.code));
    let main = html! {
        h1 { (title) }
        p.muted { span.code { (code) } " " (dossier.procedure_name) }
        p { (words::SEEN_ABOUT.say(lang)) }
        @if looks.is_empty() { p { (words::SEEN_NOBODY.say(lang)) } }
        (days(lang, &looks))
        @if looks.len() == SHOWN {
            p.muted { (words::SEEN_ONLY.fill(lang, &[("n", &SHOWN.to_string())])) }
        }
        @if !looks.is_empty() {
            p { a href="/phan-anh" { (words::SEEN_ODD.say(lang)) } }
        }
        p { a href=(here) { (words::SEEN_BACK.fill(lang, &[("code", code)])) } }
    };
    let above = [
        Crumb { href: "/tra-cuu", label: shell_words::TRACK.say(lang) },
        Crumb { href: &here, label: code },
    ];
    answer(
        &site,
        &visitor,
        StatusCode::OK,
        &Page { title, above: &above, ..Page::default() },
        &main,
    )
}

fn days(lang: Lang, looks: &[Shown]) -> Markup {
    let day = |shown: &Shown| local(shown.look.at).date();
    html! {
        @for looks in looks.chunk_by(|a, b| day(a) == day(b)) {
            @if let Some(first) = looks.first() {
                section {
                    h2 { (capitalised(&day_long(day(first), lang))) }
                    ul { @for shown in looks { li { (line(lang, shown)) } } }
                }
            }
        }
    }
}

fn line(lang: Lang, shown: &Shown) -> Markup {
    let look = &shown.look;
    let known: Vec<Role> = look.roles.iter().filter_map(|id| Role::from_id(id)).collect();
    let function: Vec<&str> = known.iter().map(|role| roles::name(*role).say(lang)).collect();
    let named = known.iter().any(|role| role.is_desk());
    html! {
        strong { (time_short(local(look.at).time())) } " – "
        @if look.relation == Relation::Program { (words::SEEN_PROGRAM.say(lang)) }
        @else {
            @if named { (shown.name) ", " }
            (function.join("; ")) ", " (shown.agency)
        }
        ": " (words::part(look.part).say(lang))
        " " span.muted { "(" (words::relation(look.relation).say(lang)) ")" }
    }
}
