//! `/quan-tri/du-lieu-ca-nhan`: the words of notices and consents, every version of them.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::{Markup, html};

use super::page;
use crate::domain::calendar::words::date_short;
use crate::domain::words::Lang;
use crate::web::components::notice_facts;
use crate::web::desk::access::Desk;
use crate::web::public::place_name;
use crate::web::words::privacy as words;

/// The page.
pub const HERE: &str = "/quan-tri/du-lieu-ca-nhan";

/// `GET /quan-tri/du-lieu-ca-nhan`.
pub async fn show(desk: Desk) -> HttpResponse {
    let lang = desk.lang();
    let texts = &desk.office().privacy().texts;
    let today = desk.office().today();
    let title = words::TEXTS.say(lang);
    let main = html! {
        h1 { (title) }
        p { (words::TEXTS_ABOUT.say(lang)) }
        h2 { (words::TEXTS_CONSENTS.say(lang)) }
        @for text in texts.consents.iter().rev() {
            section {
                h3 { (text.name.say(lang)) }
                (version(lang, text.version, text.since))
                p { strong { (text.ask.say(lang)) } }
                p { (text.about.say(lang)) }
            }
        }
        h2 { (words::TEXTS_NOTICES.say(lang)) }
        @for notice in texts.notices.iter().rev() {
            @let is_shown = texts.notice(notice.place, today) == Some(notice);
            details open[is_shown] {
                summary { (place_name(notice.place).say(lang)) }
                (version(lang, notice.version, notice.since))
                (notice_facts(lang, notice))
            }
        }
    };
    page(&desk, StatusCode::OK, (HERE, title), false, &main)
}

fn version(lang: Lang, version: u32, since: jiff::civil::Date) -> Markup {
    let values = [("n", version.to_string()), ("day", date_short(since))];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    html! { p.muted { (words::VERSION.fill(lang, &values)) } }
}
