//! `/tai-khoan/ban-sao`: a copy of one's own data, after a fresh code.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::{COPY, archive};
use crate::office::Failure;
use crate::office::sessions::CodeFor;
use crate::web::Site;
use crate::web::components::{Button, Crumb, Form, button, button_row, form};
use crate::web::outgoing;
use crate::web::public::account_data::{CodeAsked, code_form, of_this_browser, read};
use crate::web::public::page::{Page, answer, contact, masked, settle};
use crate::web::public::sign_in::{self, check_pace};
use crate::web::visitor::{Visitor, see_other, status_of};
use crate::web::words::{privacy as words, public_filing as filing_words};

/// Where the code is sent from.
pub(super) const SEND: &str = "/tai-khoan/ban-sao/ma";
/// The file's name.
const NAME: &str = "du-lieu-cua-toi.zip";

fn framed(
    site: &Site,
    visitor: &Visitor,
    failure: Option<&Failure>,
    main: &Markup,
) -> HttpResponse {
    let lang = visitor.lang;
    let above = [Crumb { href: "/tai-khoan", label: filing_words::ACCOUNT.say(lang) }];
    let title = words::COPY.say(lang);
    let page = Page { title, above: &above, refused: failure.is_some(), ..Page::default() };
    answer(site, visitor, failure.map_or(StatusCode::OK, status_of), &page, main)
}

/// `GET /tai-khoan/ban-sao`: what is in it.
pub(super) async fn ask(site: web::Data<Site>, visitor: Visitor) -> HttpResponse {
    let Some(contact) = contact(&visitor) else { return see_other(&sign_in::address(COPY, "")) };
    let (lang, csrf) = (visitor.lang, visitor.csrf(&site));
    let main = html! {
        h1 { (words::COPY.say(lang)) }
        p { (words::COPY_ABOUT.say(lang)) }
        p { (words::COPY_CARE.say(lang)) }
        (of_this_browser(lang))
        p { (words::COPY_PROOF.fill(lang, &[("contact", &masked(contact))])) }
        (form(lang, &Form { action: SEND, csrf: &csrf, ..Form::default() }, &button_row(&html! {
            (button(&Button { label: filing_words::SEND_CODE.say(lang), ..Button::default() }))
            a href="/tai-khoan" { (words::COPY_LEAVE.say(lang)) }
        })))
    };
    framed(&site, &visitor, None, &main)
}

/// `POST /tai-khoan/ban-sao/ma`: a code goes out, and is asked for.
pub(super) async fn send_code(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let Some(contact) = contact(&visitor) else { return see_other(&sign_in::address(COPY, "")) };
    let sent = async {
        read(&site, &visitor, &request, payload).await?;
        check_pace(&site, &visitor, contact)?;
        let code = site.office.send_code(contact, CodeFor::Copy)?.left().await?;
        let shown = if site.office.is_demo() { code } else { String::new() };
        Ok(code_page(&site, &visitor, (contact, &shown), None))
    };
    settle(&site, &visitor, sent.await)
}

fn code_page(
    site: &Site,
    visitor: &Visitor,
    sent: (&str, &str),
    failure: Option<&Failure>,
) -> HttpResponse {
    let lang = visitor.lang;
    let asked = CodeAsked {
        title: words::COPY.say(lang),
        action: COPY,
        button: Button { label: words::COPY_TAKE.say(lang), ..Button::default() },
        leave: words::COPY_LEAVE.say(lang),
        downloads: true,
    };
    let main = code_form(site, visitor, sent, failure, &asked);
    framed(site, visitor, failure, &main)
}

/// `POST /tai-khoan/ban-sao`: the file, once the code is right.
pub(super) async fn take(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let Some(contact) = contact(&visitor) else { return see_other(&sign_in::address(COPY, "")) };
    let begun = async {
        let posted = read(&site, &visitor, &request, payload).await?;
        site.office.begin_copy(contact, posted.value("code")).await
    };
    match begun.await {
        Ok(()) => {
            let (office, contact) = (site.office.clone(), contact.to_owned());
            let (lang, this) = (visitor.lang, visitor.session_id.clone().unwrap_or_default());
            outgoing::made_on_the_way(NAME, "application/zip", move |pipe| {
                archive::write(&office, (&contact, &this), lang, pipe)
            })
        }
        Err(failure @ Failure::Refused(_)) => {
            code_page(&site, &visitor, (contact, ""), Some(&failure))
        }
        Err(fault) => settle(&site, &visitor, Err(fault)),
    }
}
