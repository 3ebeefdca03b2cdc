//! `/tai-khoan/giay-to`: a person's own papers, for the contact that proved to be theirs.

mod adding;
mod keeping;
mod list;
pub(super) mod reuse;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::page::{Page, answer, contact, missing, settle};
use super::{incoming, sign_in};
use crate::domain::ids::PersonalPaperId;
use crate::domain::personal::PersonalPaper;
use crate::office::Failure;
use crate::office::personal::no_paper;
use crate::web::Site;
use crate::web::components::{BannerKind, Confirm, Crumb, Form, banner, confirm};
use crate::web::outgoing::{self, Ask};
use crate::web::visitor::{Visitor, see_other};
use crate::web::words::{public_filing as filing_words, public_personal as words};

pub(super) use list::expiring;

/// Where a person's papers are.
const BASE: &str = "/tai-khoan/giay-to";

/// The routes.
pub(super) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.route(BASE, web::get().to(show))
        .route("/tai-khoan/giay-to/them", web::get().to(adding::ask))
        .route("/tai-khoan/giay-to/them", web::post().to(adding::add))
        .route("/tai-khoan/giay-to/tai-len", web::post().to(adding::take_file))
        .route("/tai-khoan/giay-to/cho/{file}", web::get().to(adding::view))
        .route("/tai-khoan/giay-to/giu/{dossier}", web::get().to(keeping::ask))
        .route("/tai-khoan/giay-to/giu/{dossier}", web::post().to(keeping::keep))
        .route("/tai-khoan/giay-to/{paper}/xoa", web::get().to(ask_delete))
        .route("/tai-khoan/giay-to/{paper}/xoa", web::post().to(delete))
        .route("/tai-khoan/giay-to/{paper}/tep/{file}", web::get().to(open_file));
}

/// The page of a part of the store.
fn page_of(
    site: &Site,
    visitor: &Visitor,
    status: StatusCode,
    title: &str,
    main: &Markup,
) -> HttpResponse {
    let lang = visitor.lang;
    let account = Crumb { href: "/tai-khoan", label: filing_words::ACCOUNT.say(lang) };
    let papers = Crumb { href: BASE, label: words::TITLE.say(lang) };
    let both = [account, papers];
    let above = if title == words::TITLE.say(lang) { &both[..1] } else { &both[..] };
    let refused = status == StatusCode::UNPROCESSABLE_ENTITY;
    let page = Page { title, above, refused, ..Page::default() };
    answer(site, visitor, status, &page, main)
}

/// To the sign-in, and back here after it.
fn sign_in_first(visitor: &Visitor) -> HttpResponse {
    let path = visitor.path.split('?').next().unwrap_or(BASE);
    see_other(&sign_in::address(path, ""))
}

/// What the address may carry.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    /// What was just done.
    xong: String,
}

/// `GET /tai-khoan/giay-to`.
async fn show(site: web::Data<Site>, visitor: Visitor, wanted: web::Query<Wanted>) -> HttpResponse {
    let Some(contact) = contact(&visitor) else { return sign_in_first(&visitor) };
    let result = async {
        let papers = site.office.personal_papers(contact)?;
        let done = match wanted.xong.as_str() {
            "xoa" => Some(words::DELETED),
            "giu" => Some(words::ADDED),
            _ => None,
        };
        let main = html! {
            @if let Some(done) = done {
                (banner(visitor.lang, BannerKind::Done, &html! { (done.say(visitor.lang)) }))
            }
            (list::content(&site, &visitor, contact, &papers)?)
        };
        let title = words::TITLE.say(visitor.lang);
        Ok(page_of(&site, &visitor, StatusCode::OK, title, &main))
    };
    settle(&site, &visitor, result.await)
}

/// A paper of a contact by the id in an address.
fn found(site: &Site, contact: &str, id: &str) -> Result<PersonalPaper, Failure> {
    let id: PersonalPaperId = id.parse().map_err(|_| no_paper())?;
    let papers = site.office.personal_papers(contact)?;
    papers.find(id).cloned().ok_or_else(|| no_paper().into())
}

/// `GET /tai-khoan/giay-to/{paper}/xoa`: asks before a paper goes.
async fn ask_delete(
    site: web::Data<Site>,
    visitor: Visitor,
    id: web::Path<String>,
) -> HttpResponse {
    let Some(contact) = contact(&visitor) else { return sign_in_first(&visitor) };
    let result = async {
        let paper = found(&site, contact, &id)?;
        let (lang, csrf) = (visitor.lang, visitor.csrf(&site));
        let title = words::DELETE_TITLE.fill(lang, &[("name", &paper.origin.name)]);
        let action = format!("{BASE}/{}/xoa", paper.id);
        let main = confirm(
            lang,
            &Confirm {
                title: &title,
                consequences: html! { p { (words::DELETE_TEXT.say(lang)) } },
                label: words::DELETE.say(lang),
                danger: true,
                back: BASE,
                form: Form { action: &action, csrf: &csrf, ..Form::default() },
                fields: html! {},
            },
        );
        Ok(page_of(&site, &visitor, StatusCode::OK, &title, &main))
    };
    settle(&site, &visitor, result.await)
}

/// `POST /tai-khoan/giay-to/{paper}/xoa`: a paper goes for good.
async fn delete(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
    id: web::Path<String>,
) -> HttpResponse {
    let Some(contact) = contact(&visitor) else { return sign_in_first(&visitor) };
    let result = async {
        let posted = incoming::read(&site, &visitor, &request, payload, None).await?;
        visitor.check_csrf(&site, posted.value("_csrf"))?;
        let id: PersonalPaperId = id.parse().map_err(|_| no_paper())?;
        site.office.delete_paper(contact, id).await?;
        Ok(see_other(&format!("{BASE}?xong=xoa")))
    };
    settle(&site, &visitor, result.await)
}

/// `GET /tai-khoan/giay-to/{paper}/tep/{file}`.
async fn open_file(
    site: web::Data<Site>,
    visitor: Visitor,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let Some(contact) = contact(&visitor) else { return sign_in_first(&visitor) };
    let result = async {
        let (Ok(paper), Ok(file)) = (path.0.parse(), path.1.parse()) else {
            return Ok(missing(&site, &visitor, ""));
        };
        let file = site.office.paper_file(contact, paper, file)?;
        outgoing::file(&site.office, &file, Ask::Show).await
    };
    settle(&site, &visitor, result.await)
}
