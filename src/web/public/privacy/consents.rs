//! `/tai-khoan/dong-y`: what somebody agreed to, taken back with effect at once, and its record.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::CONSENTS;
use crate::domain::calendar::words::instant_short;
use crate::domain::privacy::{Act, ConsentText, Entry, Purpose, Standing, Way};
use crate::domain::words::{Lang, Message};
use crate::office::Failure;
use crate::web::Site;
use crate::web::components::{
    BannerKind, Button, Confirm, Crumb, Form, banner, button, confirm, form,
};
use crate::web::public::page::{Page, answer, contact, settle};
use crate::web::public::{incoming, sign_in};
use crate::web::visitor::{Visitor, see_other};
use crate::web::words::{privacy as words, public_filing as filing_words};

/// The field that names a purpose, or the restriction.
const FIELD: &str = "muc-dich";
/// The restriction, as that field names it.
const RESTRICTION: &str = "han-che";

/// What the address may carry.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    /// What was just done.
    xong: String,
}

/// `GET /tai-khoan/dong-y`.
pub(super) async fn show(
    site: web::Data<Site>,
    visitor: Visitor,
    wanted: web::Query<Wanted>,
) -> HttpResponse {
    let Some(contact) = contact(&visitor) else { return to_sign_in() };
    let shown = site.office.privacy_record(contact).map(|record| {
        let lang = visitor.lang;
        let done = match wanted.xong.as_str() {
            "rut" => Some(words::WITHDRAWN),
            RESTRICTION => Some(words::RELEASED),
            _ => None,
        };
        let main = html! {
            @if let Some(done) = done { (banner(lang, BannerKind::Done, &html! { (done.say(lang)) })) }
            (content(&site, &visitor, &record))
        };
        framed(&site, &visitor, words::CONSENTS.say(lang), &main)
    });
    settle(&site, &visitor, shown)
}

fn to_sign_in() -> HttpResponse {
    see_other(&sign_in::address(CONSENTS, ""))
}

fn framed(site: &Site, visitor: &Visitor, title: &str, main: &Markup) -> HttpResponse {
    let above = [Crumb { href: "/tai-khoan", label: filing_words::ACCOUNT.say(visitor.lang) }];
    answer(site, visitor, StatusCode::OK, &Page { title, above: &above, ..Page::default() }, main)
}

fn content(site: &Site, visitor: &Visitor, record: &[Entry]) -> Markup {
    let (lang, standing) = (visitor.lang, Standing::after(record));
    html! {
        h1 { (words::CONSENTS.say(lang)) }
        p { (words::CONSENTS_ABOUT.say(lang)) }
        ul.cards {
            @for purpose in Purpose::ALL {
                li { (card(site, visitor, &standing, purpose)) }
            }
        }
        @if let Some(since) = standing.restricted {
            p { (words::RESTRICTED_SINCE.fill(lang, &[("when", &instant_short(since))])) }
            (pressed(site, visitor, RESTRICTION, words::RELEASE, ""))
        }
        section {
            h2 { (words::RECORD.say(lang)) }
            p { (words::RECORD_ABOUT.say(lang)) }
            @if record.is_empty() { p.muted { (words::NO_RECORD.say(lang)) } }
            ul.links {
                @for entry in record.iter().rev() {
                    li { (instant_short(entry.at)) " – " (said(site, entry, lang)) }
                }
            }
        }
    }
}

/// The words of a purpose: the version that was agreed to, else the newest.
fn text_of<'a>(site: &'a Site, standing: &Standing, purpose: Purpose) -> Option<&'a ConsentText> {
    let texts = &site.office.privacy().texts;
    match standing.agreed(purpose) {
        Some(agreement) => texts.version(purpose, agreement.version),
        None => texts.consent(purpose, site.office.today()),
    }
}

fn card(site: &Site, visitor: &Visitor, standing: &Standing, purpose: Purpose) -> Markup {
    let lang = visitor.lang;
    let Some(text) = text_of(site, standing, purpose) else { return html! {} };
    let version = text.version.to_string();
    html! {
        article.card {
            h2 { (text.name.say(lang)) }
            @match standing.agreed(purpose) {
                Some(agreement) => {
                    p { (words::AGREED_SINCE.fill(lang, &[
                        ("when", &instant_short(agreement.since)),
                        ("way", way_name(agreement.way).say(lang)),
                        ("n", &version),
                    ])) }
                    (pressed(site, visitor, purpose.id(), words::WITHDRAW, text.name.say(lang)))
                }
                None => p.muted { (words::NOT_AGREED.say(lang)) },
            }
            details {
                summary {
                    (words::WORDS_OF.fill(lang, &[("n", &version)]))
                    span.hidden { ": " (text.name.say(lang)) }
                }
                p { (text.ask.say(lang)) }
                p { (text.about.say(lang)) }
            }
        }
    }
}

fn pressed(site: &Site, visitor: &Visitor, value: &str, verb: Message, what: &str) -> Markup {
    let (lang, csrf) = (visitor.lang, visitor.csrf(site));
    let label = match what {
        "" => verb.say(lang).to_owned(),
        what => format!("{}: {what}", verb.say(lang)),
    };
    form(
        lang,
        &Form { action: CONSENTS, csrf: &csrf, label: &label, ..Form::default() },
        &html! {
            input type="hidden" name=(FIELD) value=(value);
            (button(&Button { label: verb.say(lang), secondary: true, ..Button::default() }))
        },
    )
}

fn way_name(way: Way) -> Message {
    match way {
        Way::Filing => words::IN_FILING,
        Way::Account => words::IN_ACCOUNT,
        Way::Papers => words::WITH_PAPERS,
        Way::Counter => words::OVER_COUNTER,
        Way::Office => words::BY_OFFICE,
    }
}

/// A line of the record in words.
fn said(site: &Site, entry: &Entry, lang: Lang) -> String {
    let texts = &site.office.privacy().texts;
    let text = entry.purpose.and_then(|purpose| {
        let known = texts.version(purpose, entry.version);
        known.or_else(|| texts.consent(purpose, site.office.today()))
    });
    let what = text.map_or("", |text| text.name.say(lang));
    let (n, request) = (entry.version.to_string(), format!("YC-{}", entry.request));
    let values = [("what", what), ("n", n.as_str()), ("request", request.as_str())];
    let message = match entry.act {
        Act::Agreed => words::DID_AGREE,
        Act::Withdrew => words::DID_WITHDRAW,
        Act::Exported => words::DID_EXPORT,
        Act::Asked => words::DID_ASK,
        Act::Told => words::DID_TELL,
        Act::Extended => words::DID_EXTEND,
        Act::Granted => words::DID_GRANT,
        Act::Refused => words::DID_REFUSE,
        Act::TookBack => words::DID_TAKE_BACK,
        Act::Restricted => words::DID_RESTRICT,
        Act::Released => words::DID_RELEASE,
        Act::Erased => words::DID_ERASE,
        Act::Closed => words::DID_CLOSE,
    };
    message.fill(lang, &values)
}

/// `POST /tai-khoan/dong-y`: a consent is taken back, or a restriction ended.
pub(super) async fn change(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let Some(contact) = contact(&visitor) else { return to_sign_in() };
    let changed = async {
        let posted = incoming::read(&site, &visitor, &request, payload, None).await?;
        visitor.check_csrf(&site, posted.value("_csrf"))?;
        if posted.value(FIELD) == RESTRICTION {
            site.office.release(contact).await?;
            return Ok(see_other(&format!("{CONSENTS}?xong={RESTRICTION}")));
        }
        let Some(purpose) = Purpose::from_id(posted.value(FIELD)) else {
            return Ok(see_other(CONSENTS));
        };
        if purpose == Purpose::Papers && !posted.has("_sure") {
            let kept = site.office.personal_papers(contact)?.kept.len();
            if kept > 0 {
                return Ok(ask(&site, &visitor, purpose, kept));
            }
        }
        site.office.withdraw(contact, purpose, Way::Account).await?;
        Ok::<_, Failure>(see_other(&format!("{CONSENTS}?xong=rut")))
    };
    settle(&site, &visitor, changed.await)
}

/// Asks before kept papers go for good.
fn ask(site: &Site, visitor: &Visitor, purpose: Purpose, kept: usize) -> HttpResponse {
    let (lang, csrf) = (visitor.lang, visitor.csrf(site));
    let title = words::WITHDRAW_PAPERS.say(lang);
    let main = confirm(
        lang,
        &Confirm {
            title,
            consequences: html! {
                p { (words::WITHDRAW_PAPERS_ABOUT.fill(lang, &[("n", &kept.to_string())])) }
            },
            label: words::WITHDRAW.say(lang),
            danger: true,
            back: CONSENTS,
            form: Form { action: CONSENTS, csrf: &csrf, ..Form::default() },
            fields: html! {
                input type="hidden" name=(FIELD) value=(purpose.id());
                input type="hidden" name="_sure" value="1";
            },
        },
    );
    framed(site, visitor, title, &main)
}
