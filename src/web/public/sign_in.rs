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
use super::{privacy, sign_on};
use crate::domain::privacy::Place;
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::office::Failure;
use crate::office::sessions::{CodeFor, SignedOn, clean_contact};
use crate::office::sign_on::{Joining, Purpose, is_signed_on};
use crate::web::Site;
use crate::web::address::percent;
use crate::web::components::{
    BannerKind, Button, Field, Form, banner, button, button_row, error_for, error_summary, form,
    one_time_code, text_field,
};
use crate::web::limits::Asked;
use crate::web::signing_on;
use crate::web::visitor::{Visitor, no_session_cookie, see_other, session_cookie, status_of};
use crate::web::words::{public_filing as words, sign_on as sign_on_words};

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
    /// Whether the account is linked with whom a provider vouches for, once it is proved.
    noi: String,
}

impl Wanted {
    fn of(posted: &Posted) -> Self {
        let [tiep, giu, noi] = ["tiep", "giu", "noi"].map(|name| posted.value(name).to_owned());
        Self { tiep, giu, noi }
    }

    /// To go on with an address, and with the form of a ticket if there is one.
    pub fn towards(back: &str, ticket: &str) -> Self {
        Self { tiep: back.to_owned(), giu: ticket.to_owned(), noi: String::new() }
    }

    /// The same, after the account was linked.
    pub fn joining(back: &str, ticket: &str) -> Self {
        Self { noi: "1".to_owned(), ..Self::towards(back, ticket) }
    }

    fn query(&self) -> String {
        let mut query = String::new();
        for (name, value) in [("tiep", &self.tiep), ("giu", &self.giu), ("noi", &self.noi)] {
            if !value.is_empty() {
                query.push(if query.is_empty() { '?' } else { '&' });
                query.push_str(name);
                query.push('=');
                query.push_str(&percent(value));
            }
        }
        query
    }

    pub fn hidden(&self) -> Markup {
        html! {
            @if !self.tiep.is_empty() { input type="hidden" name="tiep" value=(self.tiep); }
            @if !self.giu.is_empty() { input type="hidden" name="giu" value=(self.giu); }
            @if !self.noi.is_empty() { input type="hidden" name="noi" value=(self.noi); }
        }
    }
}

/// Where a visitor signs in to go on with `path`, and with the form of a ticket if there is one.
pub(super) fn address(path: &str, ticket: &str) -> String {
    format!("/dang-nhap{}", Wanted::towards(path, ticket).query())
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
        @if !wanted.giu.is_empty() {
            (banner(lang, BannerKind::Note, &html! {
                (words::SESSION_OVER.say(lang)) " " (words::CHOOSE_FILES_AGAIN.say(lang))
            }))
        }
        @if let Some(contact) = contact(visitor).filter(|contact| !is_signed_on(contact)) {
            p { (words::SIGNED_IN.fill(lang, &[("contact", &masked(contact))])) }
        }
        @if wanted.noi.is_empty() {
            (signing_on::offer(site, lang, Purpose::Citizen, (&wanted.tiep, &wanted.giu)))
        }
        @if wanted.giu.is_empty() { p { (words::SIGN_IN_WHY.say(lang)) } }
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
        (privacy::note(site, visitor, Place::SignIn))
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
        let purpose = purpose(joining(&site, &visitor, &request, &wanted).as_ref());
        site.office.send_code(&typed, purpose)?.left().await
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
        Some(pending) => {
            let about =
                About { pending: &pending, joining: joining(&site, &visitor, &request, &wanted) };
            code_page(&site, &visitor, &wanted, &about, None)
        }
        None => see_other(&format!("/dang-nhap{}", wanted.query())),
    }
}

/// What a code is asked for.
struct About<'a> {
    pending: &'a (String, String),
    /// Whom a provider vouches for, and whose account is linked with the right code.
    joining: Option<Joining>,
}

/// Whom a provider vouches for in this browser, when the form says that they are to be linked.
fn joining(
    site: &Site,
    visitor: &Visitor,
    request: &HttpRequest,
    wanted: &Wanted,
) -> Option<Joining> {
    if wanted.noi.is_empty() {
        return None;
    }
    let joining = site.office.joining(&signing_on::ticket(visitor, request)).ok()?;
    joining.account.is_empty().then_some(joining)
}

/// What the code of a sign-in is for.
fn purpose(joining: Option<&Joining>) -> CodeFor {
    joining.map_or(CodeFor::SignIn, |_| CodeFor::Link)
}

fn code_page(
    site: &Site,
    visitor: &Visitor,
    wanted: &Wanted,
    about: &About<'_>,
    failure: Option<&Failure>,
) -> HttpResponse {
    let lang = visitor.lang;
    let About { pending: (contact, demo_code), joining } = about;
    let refusal = refusal_of(failure).map(|refusal| at_code(refusal.clone()));
    let errors = refusal.as_ref().map_or(&[][..], |refusal| &refusal.fields);
    let csrf = visitor.csrf(site);
    let about_form = Form { action: "/dang-nhap/ma", csrf: &csrf, ..Form::default() };
    let main = html! {
        @if let Some(refusal) = &refusal { (error_summary(lang, refusal)) }
        h1 { (words::CODE_TITLE.say(lang)) }
        @if !demo_code.is_empty() {
            (banner(lang, BannerKind::Note, &html! {
                (words::CODE_DEMO.fill(lang, &[("code", demo_code)]))
            }))
        }
        @if let Some(joining) = joining {
            @let name = sign_on::name_of(visitor, &joining.confirmed);
            @let world = site.office.world();
            @let provider = world.provider(&joining.provider).map_or("", |one| one.name(lang));
            p { (sign_on_words::JOINS.fill(lang, &[("name", &name), ("provider", provider)])) }
        }
        (form(lang, &about_form, &html! {
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
    let purpose = purpose(joining(&site, &visitor, &request, &wanted).as_ref());
    let proved = checked
        .map_err(Failure::from)
        .and_then(|()| site.office.verify_code(&pending.0, purpose, typed));
    match proved {
        Err(failure) => {
            let about =
                About { pending: &pending, joining: joining(&site, &visitor, &request, &wanted) };
            code_page(&site, &visitor, &wanted, &about, Some(&failure))
        }
        Ok(contact) => {
            let joining = joining(&site, &visitor, &request, &wanted);
            let begun = join(&site, &visitor, &request, &contact, joining)
                .and_then(|signed_on| begin(&site, &visitor, &contact, &wanted, signed_on));
            settle(&site, &visitor, begun)
        }
    }
}

/// Links a contact that was just proved with whom a provider vouches for.
fn join(
    site: &Site,
    visitor: &Visitor,
    request: &HttpRequest,
    contact: &str,
    joining: Option<Joining>,
) -> Result<Option<SignedOn>, Failure> {
    let Some(joining) = joining else { return Ok(None) };
    site.office.join(contact, &joining)?;
    site.office.take_joining(&signing_on::ticket(visitor, request))?;
    Ok(Some(joining.signed_on))
}

/// A session under a new id, with what the old one had opened; then on to what waited.
pub(super) fn begin(
    site: &Site,
    visitor: &Visitor,
    contact: &str,
    wanted: &Wanted,
    signed_on: Option<SignedOn>,
) -> Result<HttpResponse, Failure> {
    let old = visitor.session.clone();
    let user = old.as_ref().and_then(|session| session.user.clone());
    let (id, mut session) =
        site.office.begin_session(user, Some(contact.to_owned()), &visitor.device)?;
    session.opened = old.map(|old| old.opened).unwrap_or_default();
    session.signed_on = signed_on;
    site.office.save_session(&id, &session)?;
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
        let signed_on = visitor.session.as_ref().and_then(|session| session.signed_on.as_ref());
        let mut response =
            see_other(&signing_on::signed_out(&site, &request, signed_on, "/").await);
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
