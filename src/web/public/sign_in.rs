//! `/dang-nhap`: a code to a telephone or an email proves whose it is. What waited for the sign-in,
//! an address or a form, is gone on with afterwards.

use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::filing;
use super::incoming::{self, Posted};
use super::page::{Page, answer, contact, masked, own_path, settle};
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::office::Failure;
use crate::office::sessions::clean_contact;
use crate::web::Site;
use crate::web::address::percent;
use crate::web::components::{
    BannerKind, Button, Field, Form, banner, button, button_row, error_for, error_summary, form,
    one_time_code, text_field,
};
use crate::web::limits::Asked;
use crate::web::visitor::{Visitor, no_session_cookie, see_other, session_cookie, status_of};
use crate::web::words::public_filing as words;

/// Holds the contact that is being proved, sealed, for some minutes.
const PENDING_COOKIE: &str = "motcua_xac_thuc";

/// What the address carries.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    /// Where to go on.
    tiep: String,
    /// The ticket of a form that waits.
    giu: String,
}

impl Wanted {
    fn of(posted: &Posted) -> Self {
        Self { tiep: posted.value("tiep").to_owned(), giu: posted.value("giu").to_owned() }
    }

    fn query(&self) -> String {
        let mut query = String::new();
        for (name, value) in [("tiep", &self.tiep), ("giu", &self.giu)] {
            if !value.is_empty() {
                query.push(if query.is_empty() { '?' } else { '&' });
                query.push_str(name);
                query.push('=');
                query.push_str(&percent(value));
            }
        }
        query
    }

    fn hidden(&self) -> Markup {
        html! {
            @if !self.tiep.is_empty() { input type="hidden" name="tiep" value=(self.tiep); }
            @if !self.giu.is_empty() { input type="hidden" name="giu" value=(self.giu); }
        }
    }
}

/// Where a visitor signs in to go on with `path`, and with the form of a ticket if there is one.
pub(super) fn address(path: &str, ticket: &str) -> String {
    let wanted = Wanted { tiep: path.to_owned(), giu: ticket.to_owned() };
    format!("/dang-nhap{}", wanted.query())
}

/// `GET /dang-nhap`.
pub(super) async fn ask(
    site: web::Data<Site>,
    visitor: Visitor,
    wanted: web::Query<Wanted>,
) -> HttpResponse {
    // Whoever signs in to send a draft has said there where they are reached.
    let known = filing::reached_at(&site, &visitor, &wanted.tiep);
    contact_page(&site, &visitor, &wanted, &known, None)
}

fn contact_page(
    site: &Site,
    visitor: &Visitor,
    wanted: &Wanted,
    typed: &str,
    failure: Option<&Failure>,
) -> HttpResponse {
    let lang = visitor.lang;
    let refusal = refusal_of(failure);
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let csrf = visitor.csrf(site);
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        h1 { (words::SIGN_IN.say(lang)) }
        @if wanted.giu.is_empty() { p { (words::SIGN_IN_WHY.say(lang)) } }
        @else {
            (banner(lang, BannerKind::Note, &html! {
                (words::SESSION_OVER.say(lang)) " " (words::CHOOSE_FILES_AGAIN.say(lang))
            }))
        }
        @if let Some(contact) = contact(visitor) {
            p { (words::SIGNED_IN.fill(lang, &[("contact", &masked(contact))])) }
        }
        (form(lang, &Form { action: "/dang-nhap", csrf: &csrf, ..Form::default() }, &html! {
            (wanted.hidden())
            (text_field(lang, &Field {
                name: "contact",
                label: words::CONTACT.say(lang),
                hint: words::CONTACT_HINT.say(lang),
                error: error_for(errors, "contact", lang),
                value: typed,
                autocomplete: "username",
                max_length: Some(254),
                ..Field::default()
            }))
            (button(&Button { label: words::SEND_CODE.say(lang), ..Button::default() }))
        }))
    };
    let page =
        Page { title: words::SIGN_IN.say(lang), refused: refusal.is_some(), ..Page::default() };
    answer(site, visitor, failure.map_or(StatusCode::OK, status_of), &page, &main)
}

/// `POST /dang-nhap`: a code goes out.
pub(super) async fn send(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let posted = match incoming::read(&site, &visitor, &request, payload, None).await {
        Ok(posted) => posted,
        Err(failure) => return settle(&site, &visitor, Err(failure)),
    };
    let wanted = Wanted::of(&posted);
    let typed = posted.value("contact").to_owned();
    let wrong = !typed.trim().is_empty() && clean_contact(&typed).is_none();
    let sent = async {
        visitor.check_csrf(&site, posted.value("_csrf"))?;
        if wrong {
            return Err(Refusal::field("contact", words::CONTACT_WRONG).into());
        }
        check_pace(&site, &visitor, &typed)?;
        site.office.send_code(&typed)?.left().await
    };
    match sent.await {
        Err(failure) => contact_page(&site, &visitor, &wanted, &typed, Some(&failure)),
        Ok(code) => {
            let contact = clean_contact(&typed).unwrap_or_default();
            let shown = if site.office.is_demo() { code.as_str() } else { "" };
            let note = site.office.seal_note(&format!("{contact}\n{shown}"));
            let cookie = Cookie::build(PENDING_COOKIE, note)
                .path("/dang-nhap")
                .http_only(true)
                .secure(visitor.is_secure)
                .same_site(SameSite::Lax)
                .max_age(actix_web::cookie::time::Duration::minutes(10))
                .finish();
            let mut response = see_other(&format!("/dang-nhap/ma{}", wanted.query()));
            // A cookie that cannot be added only means that the contact is asked for again.
            let _ = response.add_cookie(&cookie);
            response
        }
    }
}

/// Codes cost the agency money and the owner of a telephone patience.
pub(super) fn check_pace(site: &Site, visitor: &Visitor, typed: &str) -> Result<(), Refusal> {
    let contact = clean_contact(typed).unwrap_or_default();
    let paces = [(Asked::Code, visitor.address.as_str()), (Asked::CodeTo, contact.as_str())];
    for (asked, who) in paces {
        if let Err(seconds) = site.limits.pace(asked, who) {
            let text = words::CODE_TOO_FAST.text(&[("seconds", &seconds.to_string())]);
            let refusal = Refusal::field("contact", text);
            return Err(Refusal { kind: RefusalKind::TooMany, ..refusal });
        }
    }
    Ok(())
}

/// The contact that is being proved, and in the demo its code.
fn pending(site: &Site, request: &HttpRequest) -> Option<(String, String)> {
    let note = site.office.open_note(request.cookie(PENDING_COOKIE)?.value())?;
    let (contact, code) = note.split_once('\n')?;
    Some((contact.to_owned(), code.to_owned()))
}

/// `GET /dang-nhap/ma`.
pub(super) async fn ask_code(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    wanted: web::Query<Wanted>,
) -> HttpResponse {
    match pending(&site, &request) {
        Some(pending) => code_page(&site, &visitor, &wanted, &pending, None),
        None => see_other(&format!("/dang-nhap{}", wanted.query())),
    }
}

fn code_page(
    site: &Site,
    visitor: &Visitor,
    wanted: &Wanted,
    (contact, demo_code): &(String, String),
    failure: Option<&Failure>,
) -> HttpResponse {
    let lang = visitor.lang;
    let refusal = refusal_of(failure).map(|refusal| at_code(refusal.clone()));
    let errors = refusal.as_ref().map_or(&[][..], |refusal| &refusal.fields);
    let csrf = visitor.csrf(site);
    let about = Form { action: "/dang-nhap/ma", csrf: &csrf, ..Form::default() };
    let main = html! {
        @if let Some(refusal) = &refusal { (error_summary(lang, refusal)) }
        h1 { (words::CODE_TITLE.say(lang)) }
        @if !demo_code.is_empty() {
            (banner(lang, BannerKind::Note, &html! {
                (words::CODE_DEMO.fill(lang, &[("code", demo_code)]))
            }))
        }
        (form(lang, &about, &html! {
            (wanted.hidden())
            (one_time_code(lang, &Field {
                name: "code",
                label: &words::CODE_SENT.fill(lang, &[("contact", &masked(contact))]),
                hint: words::CODE_HINT.say(lang),
                error: error_for(errors, "code", lang),
                ..Field::default()
            }))
            (button(&Button { label: words::CONFIRM_CODE.say(lang), ..Button::default() }))
        }))
        (form(lang, &Form { action: "/dang-nhap", csrf: &csrf, ..Form::default() }, &html! {
            (wanted.hidden())
            input type="hidden" name="contact" value=(contact);
            (button_row(&html! {
                (button(&Button { label: words::CODE_AGAIN.say(lang), secondary: true, ..Button::default() }))
                a href={ "/dang-nhap" (wanted.query()) } { (words::OTHER_CONTACT.say(lang)) }
            }))
        }))
    };
    let page =
        Page { title: words::CODE_TITLE.say(lang), refused: refusal.is_some(), ..Page::default() };
    answer(site, visitor, failure.map_or(StatusCode::OK, status_of), &page, &main)
}

/// A refusal of a code belongs to its field, whatever its kind.
pub(super) fn at_code(mut refusal: Refusal) -> Refusal {
    if refusal.fields.is_empty() {
        refusal.fields.push(FieldError { field: "code".to_owned(), text: refusal.text.clone() });
    }
    refusal
}

/// `POST /dang-nhap/ma`: the code is right, or not.
pub(super) async fn check_code(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let posted = match incoming::read(&site, &visitor, &request, payload, None).await {
        Ok(posted) => posted,
        Err(failure) => return settle(&site, &visitor, Err(failure)),
    };
    let wanted = Wanted::of(&posted);
    let Some(pending) = pending(&site, &request) else {
        return see_other(&format!("/dang-nhap{}", wanted.query()));
    };
    let typed = posted.value("code");
    let checked = visitor.check_csrf(&site, posted.value("_csrf")).and_then(|()| {
        if typed.trim().is_empty() {
            return Err(Refusal::field("code", words::CODE_MISSING));
        }
        Ok(())
    });
    let proved =
        checked.map_err(Failure::from).and_then(|()| site.office.verify_code(&pending.0, typed));
    match proved {
        Err(failure) => code_page(&site, &visitor, &wanted, &pending, Some(&failure)),
        Ok(contact) => settle(&site, &visitor, begin(&site, &visitor, &contact, &wanted)),
    }
}

/// A session under a new id, with what the old one had opened; then on to what waited.
fn begin(
    site: &Site,
    visitor: &Visitor,
    contact: &str,
    wanted: &Wanted,
) -> Result<HttpResponse, Failure> {
    let old = visitor.session.clone();
    let user = old.as_ref().and_then(|session| session.user.clone());
    let (id, mut session) =
        site.office.begin_session(user, Some(contact.to_owned()), &visitor.device)?;
    if let Some(old) = old {
        session.opened = old.opened;
        site.office.save_session(&id, &session)?;
    }
    if let Some(id) = &visitor.session_id {
        site.office.end_session(id)?;
    }
    let next = match wanted.giu.as_str() {
        "" => own_path(&wanted.tiep).unwrap_or("/tai-khoan").to_owned(),
        ticket => match filing::resume(site, contact, ticket)? {
            Some(address) => address,
            None => own_path(&wanted.tiep).unwrap_or("/tai-khoan").to_owned(),
        },
    };
    let mut pending = Cookie::build(PENDING_COOKIE, "").path("/dang-nhap").finish();
    pending.make_removal();
    let mut response = see_other(&next);
    // Without its cookie the session is lost, and the page that follows asks again.
    let _ = response.add_cookie(&session_cookie(visitor, &id));
    let _ = response.add_cookie(&pending);
    Ok(response)
}

/// `POST /dang-xuat`.
pub(super) async fn end(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let result = async {
        let posted = incoming::read(&site, &visitor, &request, payload, None).await?;
        visitor.check_csrf(&site, posted.value("_csrf"))?;
        if let Some(id) = &visitor.session_id {
            site.office.end_session(id)?;
        }
        let mut response = see_other("/");
        let _ = response.add_cookie(&no_session_cookie(&visitor));
        Ok(response)
    };
    settle(&site, &visitor, result.await)
}

fn refusal_of(failure: Option<&Failure>) -> Option<&Refusal> {
    match failure {
        Some(Failure::Refused(refusal)) => Some(refusal),
        _ => None,
    }
}
