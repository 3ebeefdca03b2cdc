//! `/dang-nhap/noi`: the first sign-in through a provider. Whoever has an account already proves its
//! telephone or email address by a code; everybody else goes on with a new one.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::{facts, failed};
use crate::office::Failure;
use crate::office::sign_on::{Joining, Purpose};
use crate::web::Site;
use crate::web::components::{Button, Field, Form, Width, button, form, text_field};
use crate::web::public::incoming;
use crate::web::public::page::{Page, answer};
use crate::web::public::sign_in::{self, Wanted};
use crate::web::signing_on;
use crate::web::visitor::{Visitor, see_other};
use crate::web::words::{public_filing as filing_words, sign_on as words};

/// Where it lies.
pub(super) const HERE: &str = "/dang-nhap/noi";

/// `GET /dang-nhap/noi`.
pub(super) async fn ask(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
) -> HttpResponse {
    let ticket = signing_on::ticket(&visitor, &request);
    match site.office.joining(&ticket) {
        // Who links an account from inside has another page for it.
        Ok(joining) if joining.account.is_empty() => shown(&site, &visitor, &joining),
        Ok(_) | Err(Failure::Refused(_)) => see_other("/dang-nhap"),
        Err(fault) => failed(&site, &visitor, Purpose::Citizen, &fault),
    }
}

fn shown(site: &Site, visitor: &Visitor, joining: &Joining) -> HttpResponse {
    let lang = visitor.lang;
    let world = site.office.world();
    let Some(provider) = world.provider(&joining.provider) else { return see_other("/dang-nhap") };
    let name = [("provider", provider.name(lang))];
    let title = words::FIRST_TIME.fill(lang, &name);
    let main = html! {
        h1 { (title) }
        @if joining.confirmed.answers.is_empty() {
            p { (words::NOTHING_SAID.fill(lang, &name)) }
        } @else {
            h2 { (words::SAID.fill(lang, &name)) }
            (facts(visitor, &joining.confirmed))
        }
        section {
            h2 { (words::HAVE_NONE.say(lang)) }
            p { (words::HAVE_NONE_WHY.fill(lang, &name)) }
            (anew(site, visitor))
        }
        section {
            h2 { (words::HAVE_ONE.say(lang)) }
            p { (words::HAVE_ONE_WHY.fill(lang, &name)) }
            (by_code(site, visitor, joining))
        }
    };
    let page = Page { title: &title, ..Page::default() };
    answer(site, visitor, StatusCode::OK, &page, &main)
}

fn anew(site: &Site, visitor: &Visitor) -> Markup {
    let (lang, csrf) = (visitor.lang, visitor.csrf(site));
    let go = button(&Button { label: words::GO_ON.say(lang), ..Button::default() });
    form(lang, &Form { action: HERE, csrf: &csrf, ..Form::default() }, &go)
}

fn by_code(site: &Site, visitor: &Visitor, joining: &Joining) -> Markup {
    let (lang, csrf) = (visitor.lang, visitor.csrf(site));
    let about = Form { action: "/dang-nhap", csrf: &csrf, ..Form::default() };
    let send =
        Button { label: filing_words::SEND_CODE.say(lang), secondary: true, ..Button::default() };
    form(
        lang,
        &about,
        &html! {
            (Wanted::joining(&joining.back, &joining.ticket).hidden())
            (text_field(lang, &Field {
                name: "contact",
                label: filing_words::CONTACT.say(lang),
                hint: filing_words::CONTACT_HINT.say(lang),
                value: &joining.contact,
                autocomplete: "username",
                width: Width::Medium,
                max_length: Some(254),
                ..Field::default()
            }))
            (button(&send))
        },
    )
}

/// `POST /dang-nhap/noi`: with a new account.
pub(super) async fn go_on(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let gone = async {
        let posted = incoming::read(&site, &visitor, &request, payload, None).await?;
        visitor.check_csrf(&site, posted.value("_csrf"))?;
        let joining = site.office.take_joining(&signing_on::ticket(&visitor, &request))?;
        let account = site.office.begin_signed_on(&joining)?;
        let wanted = Wanted::towards(&joining.back, &joining.ticket);
        sign_in::begin(&site, &visitor, &account, &wanted, Some(joining.signed_on))
    };
    let mut response =
        gone.await.unwrap_or_else(|failure| failed(&site, &visitor, Purpose::Citizen, &failure));
    // Its ticket is used up.
    let _ = response.add_cookie(&signing_on::no_ticket(&visitor));
    response
}
