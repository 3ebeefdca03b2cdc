//! `/tai-khoan/thong-tin`: what an account knows of its owner; `/tai-khoan/xoa`: its deletion.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::incoming::{self, Posted};
use super::page::{Page, answer, contact, masked, settle};
use super::privacy;
use super::sign_in::{self, check_pace};
use crate::domain::identity::{self, IdentityNumber};
use crate::domain::privacy::{Place, Purpose, Way};
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::Lang;
use crate::office::Failure;
use crate::office::citizens::{Belongings, PROFILE};
use crate::office::drafts::Answers;
use crate::office::sessions::CodeFor;
use crate::office::sign_on::is_signed_on;
use crate::web::Site;
use crate::web::components::{
    AddressField, AddressParts, BannerKind, Button, Crumb, DateParts, Field, Form, Width,
    address_fields, banner, button, button_link, button_row, date_boxes, error_for, error_summary,
    form, identity_number, one_time_code, phone_field, text_field,
};
use crate::web::visitor::{Visitor, no_session_cookie, see_other, status_of};
use crate::web::words::{
    data_requests as request_words, privacy as privacy_words, public_account as words,
    public_filing as filing_words, sign_on as sign_on_words,
};

const DATA: &str = "/tai-khoan/thong-tin";
const DELETE: &str = "/tai-khoan/xoa";
const SEND: &str = "/tai-khoan/xoa/ma";
const GONE: &str = "/tai-khoan/da-xoa";

/// The routes.
pub(super) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.route(DATA, web::get().to(show))
        .route(DATA, web::post().to(save))
        .route(DELETE, web::get().to(ask_delete))
        .route(DELETE, web::post().to(delete))
        .route(SEND, web::post().to(send_code))
        .route(GONE, web::get().to(gone));
}

/// What the account's page says of both.
pub(super) fn section(lang: Lang, profile: &Answers) -> Markup {
    let name = profile.get("applicant.name").map(String::as_str);
    html! {
        section {
            h2 { (words::PROFILE.say(lang)) }
            p { (name.unwrap_or(words::PROFILE_NONE.say(lang))) }
            ul.links {
                li { a href=(DATA) { (words::PROFILE_CHANGE.say(lang)) } }
                li { a href=(privacy::CONSENTS) { (privacy_words::CONSENTS.say(lang)) } }
                li { a href=(privacy::COPY) { (privacy_words::COPY.say(lang)) } }
                li { a href=(privacy::REQUESTS) { (request_words::MINE.say(lang)) } }
                li { a href=(DELETE) { (words::DELETE.say(lang)) } }
            }
        }
    }
}

fn page(
    site: &Site,
    visitor: &Visitor,
    title: &str,
    failure: Option<&Failure>,
    main: &Markup,
) -> HttpResponse {
    let above = [Crumb { href: "/tai-khoan", label: filing_words::ACCOUNT.say(visitor.lang) }];
    let page = Page { title, above: &above, refused: failure.is_some(), ..Page::default() };
    answer(site, visitor, failure.map_or(StatusCode::OK, status_of), &page, main)
}

fn to_sign_in(path: &str) -> HttpResponse {
    see_other(&sign_in::address(path, ""))
}

fn fields_of(failure: Option<&Failure>) -> Option<&Refusal> {
    match failure {
        Some(Failure::Refused(refusal)) => Some(refusal),
        _ => None,
    }
}

/// `GET /tai-khoan/thong-tin`.
async fn show(site: web::Data<Site>, visitor: Visitor) -> HttpResponse {
    let Some(contact) = contact(&visitor) else { return to_sign_in(DATA) };
    let remembered = site.office.account(contact);
    let shown =
        remembered.and_then(|known| data_page(&site, &visitor, &known.profile, (false, None)));
    settle(&site, &visitor, shown)
}

fn data_page(
    site: &Site,
    visitor: &Visitor,
    typed: &Answers,
    (agrees, failure): (bool, Option<&Failure>),
) -> Result<HttpResponse, Failure> {
    let (lang, csrf) = (visitor.lang, visitor.csrf(site));
    let refusal = fields_of(failure);
    let title = words::PROFILE.say(lang);
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let unsaid = error_for(errors, Purpose::Remember.id(), lang);
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        h1 { (title) }
        p { (words::PROFILE_WHY.say(lang)) }
        (form(lang, &Form { action: DATA, csrf: &csrf, ..Form::default() }, &html! {
            (person_fields(site, lang, typed, errors))
            (privacy::note(site, visitor, Place::Profile))
            (privacy::remembering(site, visitor, unsaid, agrees)?)
            (button_row(&html! {
                (button(&Button { label: words::SAVE.say(lang), ..Button::default() }))
                (button(&Button {
                    label: words::FORGET.say(lang),
                    name: "_forget",
                    value: "1",
                    secondary: true,
                    ..Button::default()
                }))
            }))
        }))
    };
    Ok(page(site, visitor, title, failure, &main))
}

fn person_fields(site: &Site, lang: Lang, typed: &Answers, errors: &[FieldError]) -> Markup {
    let value = |name: &str| typed.get(name).map_or("", String::as_str);
    let field = |name: &'static str, token: &'static str| Field {
        name,
        value: value(name),
        error: error_for(errors, name, lang),
        autocomplete: token,
        optional: true,
        max_length: Some(200),
        ..Field::default()
    };
    let parts =
        AddressParts::typed("applicant.address", |name| typed.get(name).map(String::as_str));
    let province = site.office.world().home().map(crate::domain::agency::Agency::province);
    html! {
        (text_field(lang, &Field {
            label: filing_words::FULL_NAME.say(lang), ..field("applicant.name", "name")
        }))
        (date_boxes(lang, &Field {
            label: filing_words::BIRTH_DATE.say(lang), ..field("applicant.birth_date", "")
        }, &DateParts {
            day: value("applicant.birth_date.day"),
            month: value("applicant.birth_date.month"),
            year: value("applicant.birth_date.year"),
            own_birthday: true,
            year_only: true,
        }))
        (identity_number(lang, &Field {
            width: Width::Medium, ..field("applicant.id_number", "off")
        }))
        (phone_field(lang, &field("applicant.phone", "tel"), None))
        (text_field(lang, &Field {
            label: filing_words::EMAIL.say(lang), kind: "email", ..field("applicant.email", "email")
        }))
        (address_fields(lang, &AddressField {
            field: Field {
                label: filing_words::ADDRESS.say(lang), ..field("applicant.address", "")
            },
            parts: Some(&parts),
            first: &province.unwrap_or_default(),
            is_likely: false,
            elsewhere: true,
            is_typed: false,
            own: true,
            errors,
        }))
    }
}

/// `POST /tai-khoan/thong-tin`.
async fn save(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let Some(contact) = contact(&visitor) else { return to_sign_in(DATA) };
    let posted = match incoming::read(&site, &visitor, &request, payload, None).await {
        Ok(posted) => posted,
        Err(failure) => return settle(&site, &visitor, Err(failure)),
    };
    let mut typed = posted.answers();
    typed.retain(|name, _| name.starts_with(PROFILE));
    let line =
        AddressParts::line_of("applicant.address", |name| typed.get(name).map(String::as_str));
    typed.insert("applicant.address".to_owned(), line);
    let forget = posted.has("_forget");
    let agrees = posted.value(Purpose::Remember.id()) == "1";
    if posted.has("_reload") && !forget {
        let shown = data_page(&site, &visitor, &typed, (agrees, None));
        return settle(&site, &visitor, shown);
    }
    let saved = async {
        visitor.check_csrf(&site, posted.value("_csrf"))?;
        if forget {
            return site.office.withdraw(contact, Purpose::Remember, Way::Account).await;
        }
        check(&typed)?;
        site.office.set_profile(contact, typed.clone(), agrees).await
    };
    match saved.await {
        Ok(()) if forget => see_other("/tai-khoan?xong=quen"),
        Ok(()) => see_other("/tai-khoan?xong=thong-tin"),
        Err(failure) => {
            let shown = data_page(&site, &visitor, &typed, (agrees, Some(&failure)));
            settle(&site, &visitor, shown)
        }
    }
}

/// What is wrong with what somebody says of themselves; nothing is demanded.
fn check(typed: &Answers) -> Result<(), Refusal> {
    let value = |name: &str| typed.get(name).map_or("", |text| text.trim());
    let mut errors = Vec::new();
    let mut refuse = |field: &str, text: crate::domain::words::Text| {
        errors.push(FieldError { field: field.to_owned(), text });
    };
    let (name, id) = (value("applicant.name"), value("applicant.id_number"));
    if !name.is_empty()
        && let Err(wrong) = identity::name(name)
    {
        refuse("applicant.name", wrong.into());
    }
    let digits: String = id.chars().filter(|c| !c.is_whitespace()).collect();
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number && let Err(wrong) = IdentityNumber::parse(&digits) {
        refuse("applicant.id_number", wrong.into());
    }
    let (phone, email) = (value("applicant.phone"), value("applicant.email"));
    if !phone.is_empty() && identity::phone(phone).is_err() {
        refuse("applicant.phone", filing_words::PHONE_WRONG.into());
    }
    if !email.is_empty() && identity::email(email).is_err() {
        refuse("applicant.email", filing_words::EMAIL_WRONG.into());
    }
    let born = ["day", "month", "year"].map(|part| value(&format!("applicant.birth_date.{part}")));
    if !is_birth(born) {
        refuse("applicant.birth_date", filing_words::DATE_REAL.into());
    }
    if errors.is_empty() { Ok(()) } else { Err(Refusal::fields(errors)) }
}

/// A date, a year alone, or nothing.
fn is_birth([day, month, year]: [&str; 3]) -> bool {
    if day.is_empty() && month.is_empty() {
        return year.is_empty()
            || year.parse::<i16>().is_ok_and(|year| (1880..=2200).contains(&year));
    }
    let parts = day.parse().ok().zip(month.parse().ok()).zip(year.parse().ok());
    parts.is_some_and(|((day, month), year)| jiff::civil::Date::new(year, month, day).is_ok())
}

/// `GET /tai-khoan/xoa`: what goes and what stays.
async fn ask_delete(site: web::Data<Site>, visitor: Visitor) -> HttpResponse {
    let Some(contact) = contact(&visitor) else { return to_sign_in(DELETE) };
    let belongings = site.office.belongings(contact);
    let shown = belongings.map(|belongings| {
        let (lang, csrf) = (visitor.lang, visitor.csrf(&site));
        let title = words::DELETE.say(lang);
        let main = html! {
            h1 { (title) }
            (consequences(lang, belongings))
            (of_this_browser(lang))
            @if is_signed_on(contact) { (delete_signed_on(&site, &visitor)) } @else {
            p { (words::DELETE_PROOF.fill(lang, &[("contact", &masked(contact))])) }
            (form(lang, &Form { action: SEND, csrf: &csrf, ..Form::default() }, &button_row(&html! {
                (button(&Button { label: filing_words::SEND_CODE.say(lang), ..Button::default() }))
                a href="/tai-khoan" { (words::KEEP_IT.say(lang)) }
            })))
            }
        };
        page(&site, &visitor, title, None, &main)
    });
    settle(&site, &visitor, shown)
}

/// The end of an account that is known by its provider alone: right after a sign-in there.
fn delete_signed_on(site: &Site, visitor: &Visitor) -> Markup {
    let (lang, csrf, world) = (visitor.lang, visitor.csrf(site), site.office.world());
    let session = visitor.session.as_ref();
    let id = session.and_then(|one| one.signed_on.as_ref()).map_or("", |one| &one.provider);
    let name = [("provider", world.provider(id).map_or(id, |one| one.name(lang)))];
    let again = format!("/dang-nhap/mot-lan/{id}?tiep={DELETE}&lai=1");
    html! {
        @if session.is_some_and(|session| site.office.is_fresh(session)) {
            (form(lang, &Form { action: DELETE, csrf: &csrf, ..Form::default() }, &button_row(&html! {
                (button(&Button {
                    label: words::DELETE_FOR_GOOD.say(lang), danger: true, ..Button::default()
                }))
                a href="/tai-khoan" { (words::KEEP_IT.say(lang)) }
            })))
        } @else {
            p { (sign_on_words::DELETE_AGAIN.fill(lang, &name)) }
            (button_row(&html! {
                (button_link(&again, &Button {
                    label: &sign_on_words::SIGN_ON_BY.fill(lang, &name), ..Button::default()
                }))
                a href="/tai-khoan" { (words::KEEP_IT.say(lang)) }
            }))
        }
    }
}

/// What is kept for this browser rather than for the account: neither copied nor deleted with it. What a
/// script keeps of unsent typing a script throws away; without scripts there is none.
pub(super) fn of_this_browser(lang: Lang) -> Markup {
    html! {
        section aria-labelledby="trinh-duyet" data-kept-here=(words::BROWSER_CLEARED.say(lang)) {
            h2 id="trinh-duyet" { (words::BROWSER_KEEPS.say(lang)) }
            p { (words::BROWSER_TYPED.say(lang)) }
            p role="status" {}
            button.button.button-secondary type="button" hidden { (words::BROWSER_CLEAR.say(lang)) }
            p {
                (words::BROWSER_DRAFTS.say(lang)) " "
                a href="/ban-nhap" { (words::BROWSER_DRAFTS_SHOW.say(lang)) }
            }
        }
    }
}

fn consequences(lang: Lang, belongings: Belongings) -> Markup {
    let counted = |message: crate::domain::words::Message, n: usize| {
        message.fill(lang, &[("n", &n.to_string())])
    };
    html! {
        h2 { (words::DELETE_GOES.say(lang)) }
        ul {
            @if belongings.drafts > 0 { li { (counted(words::GOES_DRAFTS, belongings.drafts)) } }
            @if belongings.papers > 0 { li { (counted(words::GOES_PAPERS, belongings.papers)) } }
            li { (words::GOES_PROFILE.say(lang)) }
            li { (words::GOES_SESSIONS.say(lang)) }
        }
        h2 { (words::DELETE_STAYS.say(lang)) }
        ul {
            @if belongings.dossiers > 0 {
                li { (counted(words::STAYS_DOSSIERS, belongings.dossiers)) }
            }
            li { (words::STAYS_BACKUPS.say(lang)) }
        }
    }
}

/// Reads a form of the account and checks its token.
pub(super) async fn read(
    site: &Site,
    visitor: &Visitor,
    request: &HttpRequest,
    payload: web::Payload,
) -> Result<Posted, Failure> {
    let posted = incoming::read(site, visitor, request, payload, None).await?;
    visitor.check_csrf(site, posted.value("_csrf"))?;
    Ok(posted)
}

/// `POST /tai-khoan/xoa/ma`: a code goes out, and is asked for.
async fn send_code(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let Some(contact) = contact(&visitor) else { return to_sign_in(DELETE) };
    let sent = async {
        read(&site, &visitor, &request, payload).await?;
        check_pace(&site, &visitor, contact)?;
        let code = site.office.send_code(contact, CodeFor::Delete)?.left().await?;
        let shown = if site.office.is_demo() { code } else { String::new() };
        Ok(code_page(&site, &visitor, contact, &shown, None))
    };
    settle(&site, &visitor, sent.await)
}

fn code_page(
    site: &Site,
    visitor: &Visitor,
    contact: &str,
    demo_code: &str,
    failure: Option<&Failure>,
) -> HttpResponse {
    let (lang, title) = (visitor.lang, words::DELETE.say(visitor.lang));
    let asked = CodeAsked {
        title,
        action: DELETE,
        button: Button {
            label: words::DELETE_FOR_GOOD.say(lang),
            danger: true,
            ..Button::default()
        },
        leave: words::KEEP_IT.say(lang),
        downloads: false,
    };
    let main = code_form(site, visitor, (contact, demo_code), failure, &asked);
    page(site, visitor, title, failure, &main)
}

/// For what a code is asked, of somebody who has signed in already.
pub(super) struct CodeAsked<'a> {
    /// The page's heading.
    pub title: &'a str,
    /// Where the code goes.
    pub action: &'a str,
    /// What it does.
    pub button: Button<'a>,
    /// The way out.
    pub leave: &'a str,
    /// Whether a file comes of it.
    pub downloads: bool,
}

/// Asks for the code that was sent to the account's own contact; in the demo it is shown.
pub(super) fn code_form(
    site: &Site,
    visitor: &Visitor,
    (contact, demo_code): (&str, &str),
    failure: Option<&Failure>,
    asked: &CodeAsked<'_>,
) -> Markup {
    let (lang, csrf) = (visitor.lang, visitor.csrf(site));
    let refusal = fields_of(failure).map(|refusal| sign_in::at_code(refusal.clone()));
    let errors = refusal.as_ref().map_or(&[][..], |refusal| &refusal.fields);
    html! {
        @if let Some(refusal) = &refusal { (error_summary(lang, refusal)) }
        h1 { (asked.title) }
        @if !demo_code.is_empty() {
            (banner(lang, BannerKind::Note, &html! {
                (filing_words::CODE_DEMO.fill(lang, &[("code", demo_code)]))
            }))
        }
        @let about =
            Form { action: asked.action, csrf: &csrf, downloads: asked.downloads, ..Form::default() };
        (form(lang, &about, &html! {
            (one_time_code(lang, &Field {
                name: "code",
                label: &filing_words::CODE_SENT.fill(lang, &[("contact", &masked(contact))]),
                hint: filing_words::CODE_HINT.say(lang),
                error: error_for(errors, "code", lang),
                ..Field::default()
            }))
            (button_row(&html! {
                (button(&asked.button))
                a href="/tai-khoan" { (asked.leave) }
            }))
        }))
    }
}

/// `POST /tai-khoan/xoa`.
async fn delete(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let Some(contact) = contact(&visitor) else { return to_sign_in(DELETE) };
    let deleted = async {
        let posted = read(&site, &visitor, &request, payload).await?;
        match &visitor.session {
            Some(session) if is_signed_on(contact) => {
                site.office.delete_signed_on(contact, session).await
            }
            _ => site.office.delete_account(contact, posted.value("code")).await,
        }
    };
    match deleted.await {
        Ok(()) => {
            let mut response = see_other(GONE);
            // A cookie that stays names a session that has ended.
            let _ = response.add_cookie(&no_session_cookie(&visitor));
            response
        }
        Err(failure @ Failure::Refused(_)) if !is_signed_on(contact) => {
            code_page(&site, &visitor, contact, "", Some(&failure))
        }
        Err(fault) => settle(&site, &visitor, Err(fault)),
    }
}

/// `GET /tai-khoan/da-xoa`.
async fn gone(site: web::Data<Site>, visitor: Visitor) -> HttpResponse {
    let lang = visitor.lang;
    let main = html! {
        h1 { (words::DELETED.say(lang)) }
        p { (words::DELETED_TEXT.say(lang)) }
    };
    let page = Page { title: words::DELETED.say(lang), ..Page::default() };
    answer(&site, &visitor, StatusCode::OK, &page, &main)
}
