//! `/tra-cuu`: by its code alone the status of a dossier and no more; with its secret, or from the
//! account that filed it, everything.

mod acting;
mod adding;
mod correction;
mod files;
mod linked;
mod payment;
mod present;
mod seen;
mod story;
mod supplement;
mod view;
mod withdrawal;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::html;
use serde::Deserialize;

use super::cache::{Asked, shared};
use super::incoming;
use super::page::{Page, answer, contact, failed, missing, settle};
use crate::domain::ids::{DossierCode, DossierId};
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::office::Failure;
use crate::office::printing::Deed;
use crate::office::tracking::{Proof, Tracked};
use crate::web::Site;
use crate::web::address;
use crate::web::components::{
    Button, Field, Form, Width, button, error_for, error_summary, form, text_field,
};
use crate::web::incoming::off_thread;
use crate::web::kept::KeptPages;
use crate::web::outgoing::{self, Ask};
use crate::web::visitor::{Visitor, see_other, session_cookie, status_of};
use crate::web::words::public_tracking as words;

/// The routes.
pub(super) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.route("/tra-cuu", web::get().to(ask))
        .route("/tra-cuu", web::post().to(look_up))
        .route("/tra-cuu/{dossier}", web::get().to(show))
        .route("/tra-cuu/{dossier}/phieu.pdf", web::get().to(slip))
        .route("/tra-cuu/{dossier}/giay/{deed}", web::get().to(paper))
        .route("/tra-cuu/{dossier}/tep/{file}", web::get().to(file))
        .route("/tra-cuu/{dossier}/ai-da-xem", web::get().to(seen::show))
        .route("/tra-cuu/{dossier}/bo-sung", web::get().to(supplement::ask))
        .route("/tra-cuu/{dossier}/bo-sung", web::post().to(supplement::send))
        .route("/tra-cuu/{dossier}/bo-sung/tep/{file}", web::get().to(files::view))
        .route("/tra-cuu/{dossier}/tai-len", web::post().to(files::take))
        .route("/tra-cuu/{dossier}/them-giay", web::get().to(adding::ask))
        .route("/tra-cuu/{dossier}/them-giay", web::post().to(adding::send))
        .route("/tra-cuu/{dossier}/sua", web::get().to(correction::ask))
        .route("/tra-cuu/{dossier}/sua", web::post().to(correction::send))
        .route("/tra-cuu/{dossier}/thanh-toan", web::get().to(payment::ask))
        .route("/tra-cuu/{dossier}/thanh-toan", web::post().to(payment::send))
        .route("/tra-cuu/{dossier}/rut", web::get().to(withdrawal::ask))
        .route("/tra-cuu/{dossier}/rut", web::post().to(withdrawal::send));
}

/// The dossier of an address.
type Code = web::Path<String>;

/// A key for a form that is sent once.
pub(super) fn fresh_key(site: &Site) -> String {
    site.office.env().bytes::<16>().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A dossier and how the visitor shows that it is theirs.
pub(super) struct Opened {
    /// What they may see.
    pub tracked: Tracked,
    /// How they showed it.
    pub proof: Proof,
}

/// Everything of a dossier, if this session has opened it or its contact has filed it.
///
/// # Errors
/// The store fails.
pub(super) fn opened(
    site: &Site,
    visitor: &Visitor,
    code: &DossierCode,
) -> Result<Option<Tracked>, Failure> {
    Ok(open(site, visitor, code)?.map(|opened| opened.tracked))
}

/// As [`opened`], with the proof.
fn open(site: &Site, visitor: &Visitor, code: &DossierCode) -> Result<Option<Opened>, Failure> {
    let Some(session) = &visitor.session else { return Ok(None) };
    let mut known: Vec<DossierId> = session.opened.clone();
    let mut proofs = Vec::new();
    if let Some(contact) = contact(visitor) {
        known.extend(site.office.account(contact)?.dossiers);
        proofs.push(Proof::Contact(contact.to_owned()));
    }
    proofs.insert(0, Proof::Opened(known));
    for proof in proofs {
        match site.office.track(code, &proof) {
            Ok(tracked) => return Ok(Some(Opened { tracked, proof })),
            Err(Failure::Refused(_)) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(None)
}

/// `GET /tra-cuu`.
async fn ask(site: web::Data<Site>, visitor: Visitor) -> HttpResponse {
    lookup_page(&site, &visitor, ("", ""), None, StatusCode::OK)
}

fn lookup_page(
    site: &Site,
    visitor: &Visitor,
    (code, secret): (&str, &str),
    refusal: Option<&Refusal>,
    status: StatusCode,
) -> HttpResponse {
    let lang = visitor.lang;
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let csrf = visitor.csrf(site);
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        h1 { (words::LOOKUP.say(lang)) }
        (form(lang, &Form { action: "/tra-cuu", csrf: &csrf, ..Form::default() }, &html! {
            (text_field(lang, &Field {
                name: "code",
                label: words::CODE.say(lang),
                hint: words::CODE_HINT.say(lang),
                error: error_for(errors, "code", lang),
                value: code,
                width: Width::Medium,
                autocomplete: "off",
                max_length: Some(60),
                ..Field::default()
            }))
            (secret_field(visitor, secret, error_for(errors, "secret", lang), true))
            (button(&Button { label: words::SEE.say(lang), ..Button::default() }))
        }))
        p { a href="/dang-nhap?tiep=/tai-khoan" { (words::LOST.say(lang)) } }
    };
    let page = Page {
        title: words::LOOKUP.say(lang),
        refused: refusal.is_some(),
        indexed: refusal.is_none(),
        path: "/tra-cuu",
        ..Page::default()
    };
    answer(site, visitor, status, &page, &main)
}

fn secret_field(visitor: &Visitor, value: &str, error: &str, optional: bool) -> maud::Markup {
    let lang = visitor.lang;
    text_field(
        lang,
        &Field {
            name: "secret",
            label: words::SECRET.say(lang),
            hint: words::SECRET_HINT.say(lang),
            error,
            value,
            optional,
            width: Width::Medium,
            autocomplete: "off",
            max_length: Some(20),
            ..Field::default()
        },
    )
}

/// `POST /tra-cuu`.
async fn look_up(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let posted = match incoming::read(&site, &visitor, &request, payload, None).await {
        Ok(posted) => posted,
        Err(failure) => return failed(&site, &visitor, &failure),
    };
    let (typed, secret) = (posted.value("code").trim(), posted.value("secret").trim());
    let invalid = |text| {
        let refusal = Refusal::field("code", text);
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        lookup_page(&site, &visitor, (typed, secret), Some(&refusal), status)
    };
    if typed.is_empty() {
        return invalid(words::CODE_MISSING);
    }
    let Some(code) = site.office.code_as_typed(typed) else { return invalid(words::CODE_UNKNOWN) };
    match site.office.public_status(&code) {
        Ok(_) if secret.is_empty() => see_other(&format!("/tra-cuu/{code}")),
        Ok(_) => exchange(&site, &visitor, &code, secret),
        Err(Failure::Refused(refusal)) if refusal.kind == RefusalKind::NotFound => {
            invalid(words::CODE_UNKNOWN)
        }
        Err(failure) => failed(&site, &visitor, &failure),
    }
}

/// The secret becomes a mark in the session, and leaves the address.
fn exchange(site: &Site, visitor: &Visitor, code: &DossierCode, secret: &str) -> HttpResponse {
    let remembered = site
        .office
        .track(code, &Proof::Secret { typed: secret.to_owned(), from: visitor.address.clone() })
        .and_then(|tracked| remember(site, visitor, tracked.dossier.id));
    match remembered {
        Ok(new_session) => {
            let mut response = see_other(&format!("/tra-cuu/{code}"));
            if let Some(id) = new_session {
                // Without its cookie the session is lost, and the secret is asked for again.
                let _ = response.add_cookie(&session_cookie(visitor, &id));
            }
            response
        }
        Err(Failure::Refused(mut refusal)) => {
            if refusal.fields.is_empty() {
                let text = refusal.text.clone();
                refusal.fields.push(FieldError { field: "secret".to_owned(), text });
            }
            let status = status_of(&Failure::Refused(refusal.clone()));
            lookup_page(site, visitor, (code.as_str(), secret), Some(&refusal), status)
        }
        Err(fault) => failed(site, visitor, &fault),
    }
}

/// Marks a dossier as opened; the answer is the id of the session from now on: who has more rights has
/// a new one.
fn remember(site: &Site, visitor: &Visitor, dossier: DossierId) -> Result<Option<String>, Failure> {
    let known = visitor.session.as_ref().is_some_and(|session| session.opened.contains(&dossier));
    if known {
        return Ok(None);
    }
    let before = visitor.session_id.as_deref().zip(visitor.session.as_ref());
    let (id, mut session) = match before {
        Some((id, session)) => site.office.renew_session(id, session)?,
        None => site.office.begin_session(None, None, &visitor.device)?,
    };
    session.opened.push(dossier);
    site.office.save_session(&id, &session)?;
    Ok(Some(id))
}

/// What the address of a dossier may carry.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    /// The secret of a QR code.
    ma: String,
    /// What was just done.
    xong: String,
}

/// `GET /tra-cuu/{dossier}`.
async fn show(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    pages: web::Data<KeptPages>,
    path: web::Path<String>,
    wanted: web::Query<Wanted>,
) -> HttpResponse {
    let Some(code) = site.office.code_as_typed(&path) else {
        return missing(&site, &visitor, words::CODE_UNKNOWN.say(visitor.lang));
    };
    if !wanted.ma.is_empty() {
        return exchange(&site, &visitor, &code, &wanted.ma);
    }
    let asked = Asked {
        site: &site,
        visitor: &visitor,
        request: &request,
        pages: &pages,
        commit: Some(site.office.last_commit()),
    };
    let result = shared(&asked, |reply| {
        let public = site.office.public_status(&code)?;
        Ok(match open(&site, &visitor, &code)? {
            Some(opened) => view::full(
                &site,
                &visitor,
                &opened.tracked,
                &wanted.xong,
                &address::public(&site.office, &request),
            ),
            None => view::status_only(&site, &visitor, &public, reply),
        })
    });
    settle(&site, &visitor, result)
}

/// The dossier of an address, opened; or the answer that asks for the secret.
fn require(site: &Site, visitor: &Visitor, typed: &str) -> Result<Opened, Box<HttpResponse>> {
    let Some(code) = site.office.code_as_typed(typed) else {
        return Err(Box::new(missing(site, visitor, words::CODE_UNKNOWN.say(visitor.lang))));
    };
    match open(site, visitor, &code) {
        Ok(Some(opened)) => Ok(opened),
        Ok(None) => Err(Box::new(see_other(&format!("/tra-cuu/{code}")))),
        Err(failure) => Err(Box::new(failed(site, visitor, &failure))),
    }
}

/// `GET /tra-cuu/{dossier}/phieu.pdf`.
async fn slip(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    path: web::Path<String>,
) -> HttpResponse {
    print(&site, &visitor, &request, &path, Deed::SubmissionSlip).await
}

/// `GET /tra-cuu/{dossier}/giay/{deed}.pdf`.
async fn paper(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let (dossier, deed) = path.into_inner();
    match deed.strip_suffix(".pdf").and_then(Deed::from_id) {
        Some(deed) => print(&site, &visitor, &request, &dossier, deed).await,
        None => missing(&site, &visitor, ""),
    }
}

async fn print(
    site: &Site,
    visitor: &Visitor,
    request: &HttpRequest,
    dossier: &str,
    deed: Deed,
) -> HttpResponse {
    let opened = match require(site, visitor, dossier) {
        Ok(opened) => opened,
        Err(answer) => return *answer,
    };
    let (office, base) = (site.office.clone(), address::public(&site.office, request));
    let printed = off_thread(move || {
        office.print_for_applicant(&opened.tracked.dossier.code, &opened.proof, deed, &base)
    });
    let printed = printed.await.map(|pdf| outgoing::pdf(&pdf.file_name, pdf.bytes));
    settle(site, visitor, printed)
}

/// `GET /tra-cuu/{dossier}/tep/{file}`.
async fn file(
    site: web::Data<Site>,
    visitor: Visitor,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let (dossier, file) = path.into_inner();
    let opened = match require(&site, &visitor, &dossier) {
        Ok(opened) => opened,
        Err(answer) => return *answer,
    };
    let found = file.parse().ok().and_then(|id| opened.tracked.dossier.attachment(id).cloned());
    let Some(found) = found else { return missing(&site, &visitor, "") };
    let sent = outgoing::file(&site.office, &found, Ask::Show).await;
    settle(&site, &visitor, sent)
}
