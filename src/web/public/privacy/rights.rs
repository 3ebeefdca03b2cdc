//! `/quyen-du-lieu`: which data are used for what, and what people can ask for.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use jiff::civil::Date;
use maud::{Markup, html};

use crate::domain::calendar::words::date_short;
use crate::domain::privacy::{Place, Purpose};
use crate::domain::words::{Lang, Message};
use crate::web::Site;
use crate::web::components::notice_facts;
use crate::web::public::page::{Page, answer, call};
use crate::web::visitor::Visitor;
use crate::web::words::privacy as words;

/// The name of a place where data are asked for.
pub fn place_name(place: Place) -> Message {
    match place {
        Place::Filing => words::AT_FILING,
        Place::Counter => words::AT_COUNTER,
        Place::SignIn => words::AT_SIGN_IN,
        Place::Profile => words::AT_PROFILE,
        Place::Papers => words::AT_PAPERS,
        Place::Request => words::AT_REQUEST,
    }
}

/// `GET /quyen-du-lieu`.
pub(super) async fn show(site: web::Data<Site>, visitor: Visitor) -> HttpResponse {
    let (lang, today) = (visitor.lang, site.office.today());
    let title = words::PAGE.say(lang);
    let main = html! {
        h1 { (title) }
        p { (words::PAGE_INTRO.say(lang)) }
        h2 { (words::YOUR_RIGHTS.say(lang)) }
        p { (words::RIGHTS_SHORT.say(lang)) }
        p { (words::RIGHT_ACCOUNT.say(lang)) }
        p { (words::RIGHT_COMPLAIN.say(lang)) }
        (call(&site, lang))
        (consents(&site, today, lang))
        h2 { (words::SENSITIVE.say(lang)) }
        p { (words::SENSITIVE_ABOUT.say(lang)) }
        h2 { (words::PLACES.say(lang)) }
        @for place in Place::ALL {
            @if let Some(notice) = site.office.privacy().texts.notice(place, today) {
                section {
                    h3 { (place_name(place).say(lang)) }
                    (notice_facts(lang, notice))
                }
            }
        }
    };
    let page = Page { title, indexed: true, ..Page::default() };
    answer(&site, &visitor, StatusCode::OK, &page, &main)
}

fn consents(site: &Site, today: Date, lang: Lang) -> Markup {
    let asked = Purpose::ALL
        .iter()
        .filter_map(|purpose| site.office.privacy().texts.consent(*purpose, today));
    html! {
        h2 { (words::CONSENTS_ASKED.say(lang)) }
        p { (words::CONSENTS_ASKED_ABOUT.say(lang)) }
        @for text in asked {
            section {
                h3 { (text.name.say(lang)) }
                p { (text.about.say(lang)) }
                p.muted { (words::VERSION.fill(lang, &[
                    ("n", &text.version.to_string()), ("day", &date_short(text.since)),
                ])) }
            }
        }
    }
}
