//! The way to a provider of central sign-on and back: what citizens and staff share.

use actix_web::cookie::Cookie;
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::Site;
use super::address::{percent, percent_path, public};
use super::components::{Button, Icon, Tone, button_link, tag};
use super::visitor::{Visitor, no_passing_cookie, passing, passing_cookie, see_other};
use super::words::sign_on as words;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::Lang;
use crate::office::Failure;
use crate::office::sessions::SignedOn;
use crate::office::sign_on::{Begun, Provider, Purpose, words as office_words};

/// What was begun with a provider, sealed.
const BEGUN: &str = "motcua_dang_nhap";
/// The ticket of somebody whose account is still to be said.
const JOINING: &str = "motcua_noi";
/// Minutes that either is kept.
const MINUTES: i64 = 10;
/// Where a provider sends people after a sign-out there.
pub const SIGNED_OUT: &str = "/dang-xuat/xong";

/// How somebody goes to a provider.
pub struct Going<'a> {
    /// What for.
    pub purpose: Purpose,
    /// The address to go on with.
    pub back: &'a str,
    /// The ticket of a form that waits; or empty.
    pub ticket: &'a str,
    /// The account that is to be linked; or empty.
    pub account: &'a str,
    /// Whether the provider has to ask who they are, whatever it remembers.
    pub again: bool,
}

/// Where a provider sends people back to.
pub fn redirect(site: &Site, request: &HttpRequest, id: &str) -> String {
    format!("{}/dang-nhap/mot-lan/{id}/tra-loi", public(&site.office, request))
}

/// Where it sends them after a sign-out.
pub fn after_sign_out(site: &Site, request: &HttpRequest) -> String {
    format!("{}{SIGNED_OUT}", public(&site.office, request))
}

/// Sends a visitor to a provider; the browser keeps what was begun.
///
/// # Errors
/// There is no such provider, not for them, or it cannot be reached.
pub async fn go(
    site: &Site,
    visitor: &Visitor,
    request: &HttpRequest,
    id: &str,
    going: Going<'_>,
) -> Result<HttpResponse, Failure> {
    let provider = site.office.provider(id)?;
    let closed = match going.purpose {
        Purpose::Citizen | Purpose::LinkCitizen if !provider.citizens => {
            Some(office_words::NOT_FOR_CITIZENS)
        }
        Purpose::Staff | Purpose::LinkStaff if !provider.staff => Some(office_words::NOT_FOR_STAFF),
        _ => None,
    };
    if let Some(closed) = closed {
        return Err(Refusal::new(RefusalKind::NotFound, closed).into());
    }
    let begun = Begun {
        back: going.back.to_owned(),
        ticket: going.ticket.to_owned(),
        account: going.account.to_owned(),
        ..site.office.new_begun(&provider, going.purpose, redirect(site, request, id))
    };
    let (address, kept) = site.office.begin_sign_on(&provider, begun, going.again).await?;
    let mut response = see_other(&address);
    // Without its cookie nobody comes back; the page then says so.
    let _ = response.add_cookie(&passing_cookie(visitor, BEGUN, &kept, MINUTES));
    Ok(response)
}

/// What this browser keeps of something begun; or empty.
pub fn begun(visitor: &Visitor, request: &HttpRequest) -> String {
    passing(visitor, request, BEGUN)
}

/// Ends it.
pub fn no_begun(visitor: &Visitor) -> Cookie<'static> {
    no_passing_cookie(visitor, BEGUN)
}

/// The ticket of somebody whose account is still to be said; or empty.
pub fn ticket(visitor: &Visitor, request: &HttpRequest) -> String {
    passing(visitor, request, JOINING)
}

/// Goes on to where the account is said.
pub fn to_joining(visitor: &Visitor, address: &str, ticket: &str) -> HttpResponse {
    let mut response = see_other(address);
    let _ = response.add_cookie(&passing_cookie(visitor, JOINING, ticket, MINUTES));
    response
}

/// Ends it.
pub fn no_ticket(visitor: &Visitor) -> Cookie<'static> {
    no_passing_cookie(visitor, JOINING)
}

/// The ways in through providers, above the others; nothing when there is none.
pub fn offer(site: &Site, lang: Lang, purpose: Purpose, (back, ticket): (&str, &str)) -> Markup {
    let world = site.office.world();
    let is_for = |provider: &Provider| match purpose {
        Purpose::Citizen | Purpose::LinkCitizen => provider.citizens,
        Purpose::Staff | Purpose::LinkStaff => provider.staff,
    };
    let providers: Vec<_> = world.providers().iter().filter(|one| is_for(one)).collect();
    let (root, other) = match purpose {
        Purpose::Citizen | Purpose::LinkCitizen => ("/dang-nhap/mot-lan", words::OR_CODE),
        Purpose::Staff | Purpose::LinkStaff => ("/mot-cua/dang-nhap/mot-lan", words::OR_PASSWORD),
    };
    html! {
        @if !providers.is_empty() {
            div.sign-on {
                @for provider in providers {
                    @let name = provider.name(lang);
                    @let address = way(&format!("{root}/{}", provider.id), back, ticket);
                    (button_link(&address, &Button {
                        label: &words::SIGN_ON_BY.fill(lang, &[("provider", name)]),
                        secondary: true,
                        ..Button::default()
                    }))
                    @if provider.is_local {
                        (tag(Tone::Bad, Icon::Alert, words::TRYING_OUT.say(lang)))
                    }
                }
            }
            h2 { (other.say(lang)) }
        }
    }
}

fn way(path: &str, back: &str, ticket: &str) -> String {
    let mut address = path.to_owned();
    let back = percent_path(back);
    let ticket = percent(ticket);
    let query = [("tiep", back), ("giu", ticket)];
    for (name, value) in query.iter().filter(|(_, value)| !value.is_empty()) {
        address.push(if address.contains('?') { '&' } else { '?' });
        address.push_str(&format!("{name}={value}"));
    }
    address
}

/// Where a sign-out leads: on to the page that offers to sign out at the provider as well, when the
/// session came from one; `home` otherwise.
pub async fn signed_out(
    site: &Site,
    request: &HttpRequest,
    signed_on: Option<&SignedOn>,
    home: &str,
) -> String {
    let Some(signed_on) = signed_on else { return home.to_owned() };
    let back = after_sign_out(site, request);
    let Ok(Some((provider, way))) = site.office.way_out(signed_on, back).await else {
        return home.to_owned();
    };
    let ticket = site.office.keep_way_out(&provider.id, &way, home);
    format!("{SIGNED_OUT}?phieu={ticket}")
}
