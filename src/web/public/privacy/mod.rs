//! What the law on personal data gives people: the page of rights, consents, and what filing asks.

mod archive;
mod consents;
mod copying;
mod requests;
mod rights;

pub use self::rights::place_name;

use actix_web::web;
use maud::{Markup, html};

use super::page::contact;
use crate::domain::calendar::local;
use crate::domain::calendar::words::date_short;
use crate::domain::privacy::{Place, Purpose};
use crate::office::Failure;
use crate::web::Site;
use crate::web::components::{consent_box, privacy_note};
use crate::web::visitor::Visitor;
use crate::web::words::privacy as words;

/// The page of rights.
const RIGHTS: &str = "/quyen-du-lieu";
/// One's own consents.
pub(super) const CONSENTS: &str = "/tai-khoan/dong-y";

/// Requests about one's own data.
pub(super) const REQUESTS: &str = "/tai-khoan/yeu-cau";

/// A copy of one's own data.
pub(super) const COPY: &str = "/tai-khoan/ban-sao";

/// The routes.
pub(super) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.route(RIGHTS, web::get().to(rights::show))
        .route(CONSENTS, web::get().to(consents::show))
        .route(CONSENTS, web::post().to(consents::change))
        .route(COPY, web::get().to(copying::ask))
        .route(COPY, web::post().to(copying::take))
        .route(copying::SEND, web::post().to(copying::send_code))
        .route(REQUESTS, web::get().to(requests::list))
        .route(REQUESTS, web::post().to(requests::take_back))
        .route(requests::NEW, web::get().to(requests::ask))
        .route(requests::NEW, web::post().to(requests::send));
}

/// The notice of a place where data are asked for.
pub(super) fn note(site: &Site, visitor: &Visitor, place: Place) -> Markup {
    let today = site.office.today();
    privacy_note(visitor.lang, site.office.privacy().texts.notice(place, today))
}

/// The box by which somebody lets themselves be remembered, or since when they have.
///
/// # Errors
/// The store cannot be read.
pub(super) fn remembering(
    site: &Site,
    visitor: &Visitor,
    error: &str,
    ticked: bool,
) -> Result<Markup, Failure> {
    let Some(contact) = contact(visitor) else { return Ok(html! {}) };
    let (lang, today) = (visitor.lang, site.office.today());
    let standing = site.office.privacy_standing(contact)?;
    if let Some(agreement) = standing.agreed(Purpose::Remember) {
        let day = date_short(local(agreement.since).date());
        return Ok(html! {
            p.hint {
                (words::REMEMBERED_SINCE.fill(lang, &[("day", &day)])) " "
                a href=(CONSENTS) { (words::SEE_OR_WITHDRAW.say(lang)) }
            }
        });
    }
    let asked = site.office.privacy().texts.consent(Purpose::Remember, today);
    Ok(html! {
        @if let Some(asked) = asked.filter(|_| standing.restricted.is_none()) {
            (consent_box(lang, Purpose::Remember.id(), asked, error, ticked))
        }
    })
}
