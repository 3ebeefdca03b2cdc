//! `/quyen-du-lieu`: which data are used for what, and what people can ask for.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use jiff::civil::Date;
use maud::{Markup, html};

use crate::domain::calendar::words::date_short;
use crate::domain::privacy::{Place, Purpose, RequestKind};
use crate::domain::refusal::rule_words;
use crate::domain::words::{Lang, Message};
use crate::web::Site;
use crate::web::components::{Column, DataTable, Row, data_table, notice_facts};
use crate::web::public::page::{Page, answer, call};
use crate::web::request_course as course;
use crate::web::visitor::Visitor;
use crate::web::words::{data_requests as request_words, privacy as words};

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
        (periods(&site, lang))
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

/// What can be asked for, and within which time.
fn periods(site: &Site, lang: Lang) -> Markup {
    let periods = &site.office.privacy().periods;
    let answer = course::duration(periods.answer, lang);
    let columns = [
        Column::new(request_words::KIND_OF.say(lang)),
        Column::new(request_words::PERIOD.say(lang)),
        Column::new(request_words::SOURCE.say(lang)),
    ];
    let known = RequestKind::ALL.iter().filter_map(|kind| Some((kind, periods.of(*kind)?)));
    let rows: Vec<Row> = known
        .map(|(kind, period)| {
            Row::new(vec![
                html! { (kind.name().say(lang)) },
                html! { (course::period(period, lang)) },
                html! { (rule_words(&period.source, lang)) },
            ])
        })
        .collect();
    let caption = request_words::PERIODS.say(lang);
    html! {
        h2 { (caption) }
        p { (request_words::PERIODS_ABOUT.fill(lang, &[("answer", &answer)])) }
        (data_table(lang, &DataTable {
            caption, caption_hidden: true, columns: &columns, rows: &rows, select: "",
        }))
        @if !periods.to_verify.is_empty() { p.muted { (request_words::TO_VERIFY.say(lang)) } }
        p { a href=(super::REQUESTS) { (request_words::NEW.say(lang)) } }
    }
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
