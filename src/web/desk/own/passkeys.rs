//! Passkeys: kept on one's own account, and shown at the sign-in in place of password and code. The
//! browser's part is a script; everything else works without.

use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{HERE, shown};
use crate::domain::calendar::words::instant_short;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::Lang;
use crate::office::Failure;
use crate::office::passkeys::{Party, Passkey};
use crate::web::Site;
use crate::web::assets;
use crate::web::components::{Form, form, row_button};
use crate::web::desk::access::Desk;
use crate::web::desk::signing;
use crate::web::limits::Asked;
use crate::web::visitor::{Visitor, see_other, status_of};
use crate::web::words::passkeys as words;

/// Where a passkey is begun, and kept.
pub const BEGIN: &str = "/mot-cua/tai-khoan/khoa/bat-dau";
/// Where it is kept.
pub const KEEP: &str = "/mot-cua/tai-khoan/khoa";
/// Where one is removed.
pub const DROP: &str = "/mot-cua/tai-khoan/khoa/bo";
/// Where a sign-in with one is begun.
pub const ASK: &str = "/mot-cua/dang-nhap/khoa/bat-dau";
/// Where it is shown.
pub const SHOW: &str = "/mot-cua/dang-nhap/khoa";

/// What the script sends at the end.
#[derive(Deserialize)]
pub struct Made {
    #[serde(default)]
    name: String,
    credential: Value,
}

/// Why passkeys are not offered.
enum Lacking {
    /// The address is a number.
    Name,
    /// The connection is not encrypted.
    Tls,
}

fn party(site: &Site, visitor: &Visitor, request: &HttpRequest) -> Result<Party, Lacking> {
    let info = request.connection_info();
    let party = site.office.party(info.host()).ok_or(Lacking::Name)?;
    if visitor.is_secure || party.is_local() { Ok(party) } else { Err(Lacking::Tls) }
}

/// The script for the head of pages that offer passkeys.
pub fn head() -> Markup {
    html! { script src=(assets::href("passkeys.js")) defer {} }
}

/// The offer to sign in with a passkey; nothing where there cannot be any.
pub fn offer(site: &Site, visitor: &Visitor, request: &HttpRequest) -> Markup {
    let lang = visitor.lang;
    let csrf = visitor.csrf(site);
    html! {
        @if site.office.has_passkeys() && party(site, visitor, request).is_ok() {
            div.passkey data-passkey="show" data-begin=(ASK) data-end=(SHOW) data-csrf=(csrf)
                data-unable=(words::UNABLE.say(lang)) data-stopped=(words::STOPPED.say(lang)) hidden {
                button.button.button-secondary type="button" { (words::SIGN_IN.say(lang)) }
                p.error role="status" {}
            }
        }
    }
}

/// What one's own account says of passkeys.
pub fn section(desk: &Desk, request: &HttpRequest, passkeys: &[Passkey]) -> Markup {
    let (lang, csrf) = (desk.lang(), desk.csrf());
    let can = party(&desk.site, &desk.visitor, request);
    let has_second = desk.office().has_second(desk.staff.name.as_str());
    html! {
        section {
            h2 { (words::TITLE.say(lang)) }
            p { (words::WHY.say(lang)) }
            @if !passkeys.is_empty() { (kept(lang, &csrf, passkeys)) }
            @match can {
                Err(Lacking::Name) => p.hint { (words::NO_NAME.say(lang)) },
                Err(Lacking::Tls) => p.hint { (words::NO_TLS.say(lang)) },
                Ok(_) if !has_second => p.hint { (words::SECOND_FIRST.say(lang)) },
                Ok(_) => {
                    noscript { p.hint { (words::SCRIPT.say(lang)) } }
                    div.passkey data-passkey="make" data-begin=(BEGIN) data-end=(KEEP)
                        data-csrf=(csrf) data-unable=(words::UNABLE.say(lang))
                        data-stopped=(words::STOPPED.say(lang)) hidden {
                        label for="f-khoa" { (words::NAME.say(lang)) }
                        input id="f-khoa" type="text" maxlength="60" autocomplete="off";
                        button.button.button-secondary type="button" { (words::ADD.say(lang)) }
                        p.error role="status" {}
                    }
                }
            }
        }
    }
}

fn kept(lang: Lang, csrf: &str, passkeys: &[Passkey]) -> Markup {
    form(
        lang,
        &Form { action: DROP, csrf, ..Form::default() },
        &html! {
            ul.links {
                @for passkey in passkeys {
                    @let name = if passkey.name.is_empty() { words::NAMELESS.say(lang) } else { &passkey.name };
                    @let since = instant_short(passkey.since);
                    li {
                        (words::LINE.fill(lang, &[("name", name), ("since", &since)]))
                        @if let Some(at) = passkey.used_at {
                            ", " (words::USED.fill(lang, &[("at", &instant_short(at))]))
                        }
                        " · " (row_button(words::REMOVE.say(lang), name, "id", &passkey.id))
                    }
                }
            }
        },
    )
}

fn refused(lang: Lang, failure: Failure) -> HttpResponse {
    let status = status_of(&failure);
    HttpResponse::build(status).json(json!({ "detail": shown(failure).say(lang) }))
}

fn checked(site: &Site, visitor: &Visitor, request: &HttpRequest) -> Result<Party, Failure> {
    let token = request.headers().get("X-CSRF-Token").and_then(|value| value.to_str().ok());
    visitor.check_csrf(site, token.unwrap_or_default())?;
    let none = |_| Refusal::new(RefusalKind::Impossible, words::NO_NAME);
    Ok(party(site, visitor, request).map_err(none)?)
}

/// `POST /mot-cua/tai-khoan/khoa/bat-dau`.
pub async fn begin(desk: Desk, request: HttpRequest) -> HttpResponse {
    let begun = checked(&desk.site, &desk.visitor, &request)
        .and_then(|party| desk.office().begin_passkey(&desk.staff, &party));
    match begun {
        Ok(options) => HttpResponse::Ok().json(options),
        Err(failure) => refused(desk.lang(), failure),
    }
}

/// `POST /mot-cua/tai-khoan/khoa`.
pub async fn keep(desk: Desk, request: HttpRequest, made: web::Json<Made>) -> HttpResponse {
    let kept = async {
        let party = checked(&desk.site, &desk.visitor, &request)?;
        let credential = made.credential.to_string();
        let bytes = credential.as_bytes();
        desk.office().keep_passkey(&desk.staff, &party, &made.name, bytes).await
    };
    match kept.await {
        Ok(()) => HttpResponse::Ok().json(json!({ "next": format!("{HERE}?xong=khoa") })),
        Err(failure) => refused(desk.lang(), failure),
    }
}

/// What the form that removes one sends.
#[derive(Deserialize)]
pub struct Dropping {
    #[serde(rename = "_csrf", default)]
    csrf: String,
    #[serde(default)]
    id: String,
}

/// `POST /mot-cua/tai-khoan/khoa/bo`.
pub async fn drop_it(desk: Desk, sent: web::Form<Dropping>) -> HttpResponse {
    let dropped = async {
        desk.visitor.check_csrf(&desk.site, &sent.csrf)?;
        desk.office().drop_passkey(desk.staff.name.as_str(), &sent.id).await
    };
    match dropped.await {
        Ok(()) => see_other(&format!("{HERE}?xong=bo-khoa")),
        Err(failure) => desk.failed(&failure),
    }
}

/// `POST /mot-cua/dang-nhap/khoa/bat-dau`.
pub async fn ask(visitor: Visitor, site: web::Data<Site>, request: HttpRequest) -> HttpResponse {
    let begun = checked(&site, &visitor, &request).and_then(|party| {
        if site.limits.pace(Asked::SignIn, &visitor.address).is_err() {
            return Err(Refusal::new(RefusalKind::TooMany, words::SLOWER).into());
        }
        site.office.begin_passkey_sign_in(&party)
    });
    match begun {
        Ok(options) => HttpResponse::Ok().json(options),
        Err(failure) => refused(visitor.lang, failure),
    }
}

/// `POST /mot-cua/dang-nhap/khoa`.
pub async fn show(
    visitor: Visitor,
    site: web::Data<Site>,
    request: HttpRequest,
    made: web::Json<Made>,
) -> HttpResponse {
    let signed = async {
        let party = checked(&site, &visitor, &request)?;
        let credential = made.credential.to_string();
        let signed = site.office.sign_in_passkey(&party, credential.as_bytes()).await?;
        let pending = visitor.session.as_ref().and_then(|session| session.pending.as_ref());
        if pending.is_some_and(|pending| pending.user != signed.staff.name.as_str()) {
            return Err(Refusal::new(RefusalKind::Unauthenticated, words::OTHER).into());
        }
        let back = pending.map_or("/mot-cua", |pending| &pending.back);
        signing::go_on(&site, &visitor, &signed, true, back)
    };
    match signed.await {
        Ok(onwards) => {
            let mut response = HttpResponse::Ok().json(json!({ "next": onwards.at }));
            // Only a cookie with forbidden letters cannot be added; ours is hexadecimal.
            let _ = response.add_cookie(&onwards.cookie);
            response
        }
        Err(failure) => refused(visitor.lang, failure),
    }
}
