//! `/tai-khoan/noi`: a citizen who is signed in links their account with a provider, or unlinks it.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::{facts, failed, name_of};
use crate::domain::calendar::words::instant_short;
use crate::office::Failure;
use crate::office::drafts::Account;
use crate::office::sign_on::{Joining, Purpose, is_signed_on};
use crate::web::Site;
use crate::web::components::{Confirm, Form, confirm, form, row_button};
use crate::web::public::page::{Page, answer, contact, masked, settle};
use crate::web::public::{incoming, sign_in};
use crate::web::signing_on::{self, Going};
use crate::web::visitor::{Visitor, see_other};
use crate::web::words::sign_on as words;

/// Where the link is confirmed.
pub(super) const HERE: &str = "/tai-khoan/noi";
const UNLINK: &str = "/tai-khoan/bo-noi";

pub(super) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.route(HERE, web::get().to(ask))
        .route(HERE, web::post().to(link))
        .route("/tai-khoan/noi/{provider}", web::get().to(begin))
        .route(UNLINK, web::post().to(unlink));
}

/// What the account's page says of it; nothing without providers and links.
pub(in crate::web::public) fn section(
    site: &Site,
    visitor: &Visitor,
    (contact, account): (&str, &Account),
) -> Markup {
    let (lang, csrf, world) = (visitor.lang, visitor.csrf(site), site.office.world());
    let name = |id: &str| world.provider(id).map_or(id.to_owned(), |one| one.name(lang).to_owned());
    let is_linked = |id: &str| account.sign_ons.iter().any(|link| link.provider == id);
    let others: Vec<_> = world
        .providers()
        .iter()
        .filter(|one| one.citizens && !is_linked(&one.id) && !is_signed_on(contact))
        .collect();
    html! {
        @if !account.sign_ons.is_empty() || !others.is_empty() {
            section {
                h2 { (words::TITLE_OWN.say(lang)) }
                (form(lang, &Form { action: UNLINK, csrf: &csrf, ..Form::default() }, &html! {
                    @for link in &account.sign_ons {
                        @let named = name(&link.provider);
                        @let slots = [("provider", named.as_str()), ("when", &instant_short(link.since))];
                        p {
                            (words::LINKED_SINCE.fill(lang, &slots))
                            @if is_signed_on(contact) {
                                br; span.muted { (words::ONLY_BY.fill(lang, &slots[..1])) }
                            } @else {
                                br;
                                (row_button(&words::UNLINK.fill(lang, &slots[..1]), "", "provider",
                                    &link.provider))
                            }
                        }
                    }
                }))
                @if !others.is_empty() {
                    p { (words::LINK_WHY.say(lang)) }
                    ul.links {
                        @for provider in others {
                            li {
                                a href={ (HERE) "/" (provider.id) } rel="nofollow" {
                                    (words::LINK.fill(lang, &[("provider", provider.name(lang))]))
                                }
                            }
                        }
                    }
                }
            }
        }
        @if let Some(said) = account.confirmed.as_ref().filter(|said| !said.answers.is_empty()) {
            @let slots = [("provider", name(&said.provider)), ("when", instant_short(said.at))];
            section {
                h2 { (words::CONFIRMED_BY.fill(lang, &slots.each_ref().map(|(k, v)| (*k, v.as_str())))) }
                (facts(visitor, said))
                p.hint { (words::CONFIRMED_HINT.say(lang)) }
            }
        }
    }
}

/// `GET /tai-khoan/noi/{provider}`.
async fn begin(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    id: web::Path<String>,
) -> HttpResponse {
    let Some(account) = contact(&visitor).filter(|contact| !is_signed_on(contact)) else {
        return see_other(&sign_in::address("/tai-khoan", ""));
    };
    let going =
        Going { purpose: Purpose::LinkCitizen, back: "", ticket: "", account, again: false };
    let gone = signing_on::go(&site, &visitor, &request, &id, going).await;
    gone.unwrap_or_else(|failure| failed(&site, &visitor, Purpose::LinkCitizen, &failure))
}

/// Who waits to be linked with this account.
fn waiting(site: &Site, visitor: &Visitor, request: &HttpRequest) -> Option<(String, Joining)> {
    let contact = contact(visitor)?;
    let ticket = signing_on::ticket(visitor, request);
    let joining = site.office.joining(&ticket).ok()?;
    (joining.account == contact).then_some((ticket, joining))
}

/// `GET /tai-khoan/noi`.
async fn ask(site: web::Data<Site>, visitor: Visitor, request: HttpRequest) -> HttpResponse {
    if contact(&visitor).is_none() {
        return see_other(&sign_in::address("/tai-khoan", ""));
    }
    let Some((_, joining)) = waiting(&site, &visitor, &request) else {
        return see_other("/tai-khoan");
    };
    let lang = visitor.lang;
    let world = site.office.world();
    let provider = world.provider(&joining.provider).map_or("", |one| one.name(lang));
    let (name, account) = (name_of(&visitor, &joining.confirmed), masked(&joining.account));
    let csrf = visitor.csrf(&site);
    let slots = [("provider", provider), ("name", name.as_str()), ("account", account.as_str())];
    let title = words::LINK_TITLE.fill(lang, &slots);
    let main = confirm(
        lang,
        &Confirm {
            title: &title,
            consequences: html! {
                p { (words::LINK_ASK.fill(lang, &slots)) }
                (facts(&visitor, &joining.confirmed))
            },
            label: words::LINK_DO.say(lang),
            danger: false,
            back: "/tai-khoan",
            form: Form { action: HERE, csrf: &csrf, ..Form::default() },
            fields: html! {},
        },
    );
    answer(&site, &visitor, StatusCode::OK, &Page { title: &title, ..Page::default() }, &main)
}

/// `POST /tai-khoan/noi`.
async fn link(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    if contact(&visitor).is_none() {
        return see_other(&sign_in::address("/tai-khoan", ""));
    }
    let linked: Result<HttpResponse, Failure> = async {
        let posted = incoming::read(&site, &visitor, &request, payload, None).await?;
        visitor.check_csrf(&site, posted.value("_csrf"))?;
        let Some((ticket, _)) = waiting(&site, &visitor, &request) else {
            return Ok(see_other("/tai-khoan"));
        };
        let joining = site.office.take_joining(&ticket)?;
        site.office.join(&joining.account, &joining)?;
        Ok(see_other("/tai-khoan?xong=noi"))
    }
    .await;
    let mut response = settle(&site, &visitor, linked);
    let _ = response.add_cookie(&signing_on::no_ticket(&visitor));
    response
}

/// `POST /tai-khoan/bo-noi`.
async fn unlink(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let Some(contact) = contact(&visitor) else {
        return see_other(&sign_in::address("/tai-khoan", ""));
    };
    let unlinked = async {
        let posted = incoming::read(&site, &visitor, &request, payload, None).await?;
        visitor.check_csrf(&site, posted.value("_csrf"))?;
        site.office.unlink(contact, posted.value("provider"))?;
        Ok(see_other("/tai-khoan?xong=bo-noi"))
    };
    settle(&site, &visitor, unlinked.await)
}
