//! Signing in at the desk through a provider, and the links of one's own account with providers.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use crate::domain::calendar::words::instant_short;
use crate::office::Failure;
use crate::office::sign_on::{Joining, Purpose, StaffLink};
use crate::web::Site;
use crate::web::components::{Confirm, Crumb, Form, confirm, form, row_button};
use crate::web::desk::access::{Desk, Sheet};
use crate::web::desk::posted::{asked, posted};
use crate::web::desk::signing;
use crate::web::public::sign_on::{facts, failed, name_of};
use crate::web::signing_on::{self, Going};
use crate::web::visitor::{Visitor, see_other};
use crate::web::words::sign_on as words;

/// Where the link is confirmed.
pub const HERE: &str = "/mot-cua/tai-khoan/noi";
const UNLINK: &str = "/mot-cua/tai-khoan/bo-noi";

/// What one's own account says of it; nothing without providers and links.
pub fn section(desk: &Desk, links: &[StaffLink]) -> Markup {
    let (lang, csrf, world) = (desk.lang(), desk.csrf(), desk.office().world());
    let name = |id: &str| world.provider(id).map_or(id.to_owned(), |one| one.name(lang).to_owned());
    let is_linked = |id: &str| links.iter().any(|link| link.provider == id);
    let others: Vec<_> =
        world.providers().iter().filter(|one| one.staff && !is_linked(&one.id)).collect();
    html! {
        @if !links.is_empty() || !others.is_empty() {
            section {
                h2 { (words::TITLE_OWN.say(lang)) }
                @if !links.is_empty() {
                    (form(lang, &Form { action: UNLINK, csrf: &csrf, ..Form::default() }, &html! {
                        @for link in links {
                            @let named = name(&link.provider);
                            @let when = instant_short(link.since);
                            @let slots = [("provider", named.as_str()), ("when", when.as_str())];
                            p {
                                (words::LINKED_SINCE.fill(lang, &slots)) br;
                                (row_button(&words::UNLINK.fill(lang, &slots), "", "provider",
                                    &link.provider))
                            }
                        }
                    }))
                }
                @if !others.is_empty() {
                    p { (words::LINK_WHY.say(lang)) }
                    ul.links {
                        @for provider in others {
                            li {
                                a href={ (HERE) "/" (provider.id) } {
                                    (words::LINK.fill(lang, &[("provider", provider.name(lang))]))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// `GET /mot-cua/dang-nhap/mot-lan/{provider}`.
pub async fn begin(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    id: web::Path<String>,
) -> HttpResponse {
    let query = asked(&request);
    let back = signing::inside(query.get("tiep"));
    go(&site, &visitor, &request, &id, (Purpose::Staff, back, "")).await
}

/// `GET /mot-cua/tai-khoan/noi/{provider}`.
pub async fn begin_link(desk: Desk, request: HttpRequest, id: web::Path<String>) -> HttpResponse {
    let account = own_name(&desk);
    go(&desk.site, &desk.visitor, &request, &id, (Purpose::LinkStaff, "", &account)).await
}

/// The account itself, also while it works in somebody's place.
fn own_name(desk: &Desk) -> String {
    desk.staff.name.to_string()
}

async fn go(
    site: &Site,
    visitor: &Visitor,
    request: &HttpRequest,
    id: &str,
    (purpose, back, account): (Purpose, &str, &str),
) -> HttpResponse {
    let going = Going { purpose, back, ticket: "", account, again: false };
    let gone = signing_on::go(site, visitor, request, id, going).await;
    gone.unwrap_or_else(|failure| failed(site, visitor, purpose, &failure))
}

/// Who waits to be linked with this account.
fn waiting(desk: &Desk, request: &HttpRequest) -> Option<(String, Joining)> {
    let ticket = signing_on::ticket(&desk.visitor, request);
    let joining = desk.office().joining(&ticket).ok()?;
    (joining.account == own_name(desk)).then_some((ticket, joining))
}

/// `GET /mot-cua/tai-khoan/noi`.
pub async fn ask(desk: Desk, request: HttpRequest) -> HttpResponse {
    let Some((_, joining)) = waiting(&desk, &request) else { return see_other(super::HERE) };
    let (lang, csrf, world) = (desk.lang(), desk.csrf(), desk.office().world());
    let provider = world.provider(&joining.provider).map_or("", |one| one.name(lang));
    let name = name_of(&desk.visitor, &joining.confirmed);
    let slots =
        [("provider", provider), ("name", name.as_str()), ("account", joining.account.as_str())];
    let title = words::LINK_TITLE.fill(lang, &slots);
    let main = confirm(
        lang,
        &Confirm {
            title: &title,
            consequences: html! {
                p { (words::LINK_ASK.fill(lang, &slots)) }
                (facts(&desk.visitor, &joining.confirmed))
            },
            label: words::LINK_DO.say(lang),
            danger: false,
            back: super::HERE,
            form: Form { action: HERE, csrf: &csrf, ..Form::default() },
            fields: html! {},
        },
    );
    let own = crate::web::words::own_account::TITLE.say(lang);
    let above = [Crumb { href: super::HERE, label: own }];
    let sheet = Sheet { title: &title, above: &above, narrow: true, ..Sheet::default() };
    desk.page(StatusCode::OK, &sheet, &main)
}

/// `POST /mot-cua/tai-khoan/noi`.
pub async fn link(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    if let Err(response) = posted(&desk, &request, payload).await {
        return response;
    }
    let Some((ticket, _)) = waiting(&desk, &request) else { return see_other(super::HERE) };
    let linked: Result<(), Failure> = async {
        let joining = desk.office().take_joining(&ticket)?;
        let provider = desk.office().provider(&joining.provider)?;
        desk.office().link_own_account(&provider, &joining.who, &joining.account).await
    }
    .await;
    let mut response = match linked {
        Ok(()) => see_other(&format!("{}?xong=noi", super::HERE)),
        Err(failure) => desk.failed(&failure),
    };
    let _ = response.add_cookie(&signing_on::no_ticket(&desk.visitor));
    response
}

/// `POST /mot-cua/tai-khoan/bo-noi`.
pub async fn unlink(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let sent = match posted(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    match desk.office().unlink_staff(&own_name(&desk), sent.get("provider")).await {
        Ok(()) => see_other(&format!("{}?xong=bo-noi", super::HERE)),
        Err(failure) => desk.failed(&failure),
    }
}
