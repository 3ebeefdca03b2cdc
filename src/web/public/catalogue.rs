//! `/thu-tuc`: every procedure by field and level, or what a search finds.

use actix_web::http::StatusCode;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;

use super::cache::{Asked, shared};
use super::facts;
use super::life;
use super::page::{Page, answer, call, settle};
use crate::domain::calendar::words::capitalised;
use crate::domain::catalogue::{Channel, Level};
use crate::domain::dossier::Directory;
use crate::domain::ids::AgencyCode;
use crate::domain::validity::said;
use crate::domain::words::{Lang, Message, alphabetical};
use crate::office::browsing::{Browse, Browsed};
use crate::office::finding::{Elsewhere, Found, Meant};
use crate::office::settings::{level_from_id, level_id};
use crate::web::Site;
use crate::web::address::percent;
use crate::web::components::{
    BannerKind, Button, Chip, Choice, Field, Form, ListedLink, Method, ProcedureCard, SearchBox,
    banner, button, card_list, filter_chips, form, in_parts, link_list, procedure_card, search_box,
    select,
};
use crate::web::kept::KeptPages;
use crate::web::visitor::{Visitor, sender};
use crate::web::words::{components as shared_words, public as words};

/// Procedures on a page.
const PER_PAGE: usize = 20;
/// Where every procedure of the country is.
const NATIONAL_PORTAL: &str = "https://dichvucong.gov.vn";
/// Longest question that is searched, in characters.
const MAX_QUESTION: usize = 200;

/// What the address asks.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    q: String,
    linh_vuc: String,
    cap: String,
    doi_tuong: String,
    cach: String,
    /// The code of an agency.
    co_quan: String,
    trang: usize,
    /// "1" when the words are taken as typed.
    dung: String,
}

impl Wanted {
    fn question(&self) -> String {
        self.q.trim().chars().take(MAX_QUESTION).collect()
    }

    fn level(&self) -> Option<Level> {
        level_from_id(&self.cap)
    }

    fn channel(&self) -> Option<Channel> {
        CHANNELS.into_iter().find(|channel| channel_id(*channel) == self.cach)
    }

    fn agency(&self) -> Option<AgencyCode> {
        (!self.co_quan.is_empty()).then(|| AgencyCode::new(self.co_quan.as_str()))
    }

    fn browse<'a>(
        &'a self,
        question: &'a str,
        agency: Option<&'a AgencyCode>,
        page: usize,
    ) -> Browse<'a> {
        let some = |text: &'a str| Some(text).filter(|text| !text.is_empty());
        Browse {
            text: question,
            as_typed: self.dung == "1",
            field: some(&self.linh_vuc),
            level: self.level(),
            subject: some(&self.doi_tuong),
            channel: self.channel(),
            agency,
            limit: PER_PAGE,
            offset: (page - 1) * PER_PAGE,
        }
    }

    /// Whether anything narrows the list.
    fn narrows(&self) -> bool {
        let all = [&self.linh_vuc, &self.cap, &self.doi_tuong, &self.cach, &self.co_quan];
        all.iter().any(|text| !text.is_empty())
    }

    /// The address of what is asked.
    fn address(&self, page: usize) -> String {
        let question = self.question();
        let asked = [
            ("q", &question),
            ("linh_vuc", &self.linh_vuc),
            ("doi_tuong", &self.doi_tuong),
            ("cach", &self.cach),
            ("cap", &self.cap),
            ("co_quan", &self.co_quan),
            ("dung", &self.dung),
        ];
        let mut parts: Vec<String> = asked
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", percent(value)))
            .collect();
        if page > 1 {
            parts.push(format!("trang={page}"));
        }
        if parts.is_empty() {
            "/thu-tuc".to_owned()
        } else {
            format!("/thu-tuc?{}", parts.join("&"))
        }
    }

    /// The address without one of the things that narrow.
    fn without(&self, drop: impl Fn(&mut Self)) -> String {
        let mut less = self.clone();
        drop(&mut less);
        less.address(1)
    }
}

/// The ways in, in the order in which they are offered.
const CHANNELS: [Channel; 3] = [Channel::Online, Channel::Counter, Channel::Post];

const fn channel_id(channel: Channel) -> &'static str {
    match channel {
        Channel::Online => "truc-tuyen",
        Channel::Counter => "tai-quay",
        Channel::Post => "buu-chinh",
    }
}

/// `GET /thu-tuc`.
pub(super) async fn list(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    pages: web::Data<KeptPages>,
    wanted: web::Query<Wanted>,
) -> HttpResponse {
    let sender = sender(&request, visitor.session_id.as_deref(), &visitor.address);
    let asked =
        Asked { site: &site, visitor: &visitor, request: &request, pages: &pages, commit: None };
    let result = shared(&asked, |reply| {
        let lang = visitor.lang;
        let page = wanted.trang.clamp(1, 1_000);
        let (question, agency) = (wanted.question(), wanted.agency());
        let found = site.office.browse(&wanted.browse(&question, agency.as_ref(), page))?;
        if page == 1 && !wanted.narrows() {
            // A count that is lost harms nobody.
            if let Err(failure) = site.office.count_query(&question, found.total, &sender) {
                tracing::warn!(?failure, "a query was not counted");
            }
        }
        let title = heading(&wanted, &question, found.total, lang);
        let shown =
            Page { title: &title, indexed: question.is_empty(), wide: true, ..Page::default() };
        let main = results(&site, lang, &wanted, &found, &title);
        if found.total == 0 {
            // Not kept: each time is counted.
            return Ok(answer(&site, &visitor, StatusCode::OK, &shown, &main));
        }
        Ok(reply(&shown, &main))
    });
    settle(&site, &visitor, result)
}

fn heading(wanted: &Wanted, question: &str, total: usize, lang: Lang) -> String {
    let count = total.to_string();
    match (question.is_empty(), total) {
        (true, _) if wanted.linh_vuc.is_empty() => {
            words::ALL_PROCEDURES.fill(lang, &[("n", &count)])
        }
        (true, 0) => words::NONE_OF.fill(lang, &[("field", &wanted.linh_vuc)]),
        (true, _) => words::PROCEDURES_OF.fill(lang, &[("n", &count), ("field", &wanted.linh_vuc)]),
        (false, 0) => words::NOTHING_FOUND.fill(lang, &[("q", question)]),
        (false, 1) => words::FOUND_ONE.fill(lang, &[("q", question)]),
        (false, _) => words::FOUND.fill(lang, &[("n", &count), ("q", question)]),
    }
}

/// What a mistyped question was read as, with the way back to it; or what else it may have meant.
fn meant(lang: Lang, wanted: &Wanted, meant: &Meant) -> Markup {
    let (question, text) = (wanted.question(), meant.text.as_str());
    let as_typed = format!("/thu-tuc?q={}&dung=1", percent(&question));
    html! {
        p.meant {
            @if meant.is_sure {
                (words::SHOWN_FOR.fill(lang, &[("q", text)])) " "
                a href=(as_typed) { (words::ONLY_AS_TYPED.fill(lang, &[("q", &question)])) }
            } @else {
                a href={ "/thu-tuc?q=" (percent(text)) } {
                    (words::DID_YOU_MEAN.fill(lang, &[("q", text)]))
                }
            }
        }
    }
}

/// Nothing was found: how to go on, here and elsewhere.
fn nothing(site: &Site, lang: Lang, wanted: &Wanted) -> Markup {
    html! {
        p { (words::TRY_FEWER_WORDS.say(lang)) }
        @if !wanted.question().is_empty() {
            p {
                (words::MAYBE_ELSEWHERE.say(lang)) " "
                a href=(NATIONAL_PORTAL) rel="noreferrer" { (words::NATIONAL_PORTAL.say(lang)) }
            }
        }
        (call(site, lang))
        (all_fields(site, lang))
    }
}

/// Where another body settles it: with the address of its site, or the number to call.
fn place(lang: Lang, other: &Elsewhere) -> Markup {
    let (name, link) = (other.place.name.say(lang), other.place.link.as_str());
    html! {
        p {
            (words::GO_TO.say(lang)) " "
            @if link.is_empty() { strong { (name) } }
            @else {
                a href=(link) rel="noreferrer" { (name) }
                @if let Some(number) = link.strip_prefix("tel:") { " (" (number) ")" }
            }
        }
    }
}

fn results(site: &Site, lang: Lang, wanted: &Wanted, found: &Browsed, title: &str) -> Markup {
    let question = wanted.question();
    html! {
        h1 { (title) }
        (search_box(lang, &SearchBox { value: &question, ..SearchBox::default() }))
        @if let Some(read) = &found.meant { (meant(lang, wanted, read)) }
        @if let Some(other) = &found.elsewhere {
            (banner(lang, BannerKind::Note, &html! { (other.say(lang)) (place(lang, other)) }))
        }
        (life::hint(&site.office.world(), &question, site, lang))
        (filters(site, lang, wanted, found))
        (chips(site, lang, wanted))
        @if found.procedures.is_empty() {
            (nothing(site, lang, wanted))
        } @else {
            (cards(site, lang, found))
            (pages(lang, wanted, found.total))
        }
    }
}

fn cards(site: &Site, lang: Lang, found: &Browsed) -> Markup {
    let (world, today) = (site.office.world(), site.office.today());
    let cards: Vec<Markup> = found
        .procedures
        .iter()
        .map(|procedure| {
            let facts = match said(&procedure.code, today, world.as_ref()) {
                Some(text) => vec![text.say(lang).to_owned()],
                None => facts::card(site, procedure, lang),
            };
            let facts: Vec<&str> = facts.iter().map(String::as_str).collect();
            procedure_card(&ProcedureCard {
                href: &format!("/thu-tuc/{}", procedure.code),
                name: &procedure.name,
                code: procedure.code.as_str(),
                facts: &facts,
                marks: &found.marks.places(&procedure.name),
            })
        })
        .collect();
    card_list(true, &cards)
}

/// The choices of a select whose values are their own words.
fn choices(values: &[(String, String)]) -> Vec<Choice<'_>> {
    values.iter().map(|(value, label)| Choice { value, label, ..Choice::default() }).collect()
}

fn filters(site: &Site, lang: Lang, wanted: &Wanted, found: &Browsed) -> Markup {
    let mut fields: Vec<(&String, &usize)> = found.fields.iter().collect();
    fields.sort_by_cached_key(|(field, _)| alphabetical(field));
    let fields: Vec<(String, String)> = fields
        .into_iter()
        .map(|(field, count)| (field.clone(), format!("{field} ({count})")))
        .collect();
    let subjects: Vec<(String, String)> = site
        .office
        .subjects()
        .into_iter()
        .map(|subject| (subject.clone(), capitalised(&subject)))
        .collect();
    let channels = CHANNELS.map(|channel| Choice {
        value: channel_id(channel),
        label: facts::channel(channel, lang),
        ..Choice::default()
    });
    let levels = [Level::Commune, Level::Province, Level::Ministry].map(|level| Choice {
        value: level_id(level),
        label: facts::level(level, lang),
        ..Choice::default()
    });
    let agencies = open_agencies(site);
    let (fields, subjects, agencies) = (choices(&fields), choices(&subjects), choices(&agencies));
    let selects: [(&str, Message, &str, &[Choice<'_>]); 5] = [
        ("co_quan", words::AGENCY, &wanted.co_quan, &agencies),
        ("linh_vuc", words::FIELD, &wanted.linh_vuc, &fields),
        ("doi_tuong", words::SUBJECT, &wanted.doi_tuong, &subjects),
        ("cach", words::HOW_TO_FILE, &wanted.cach, &channels),
        ("cap", words::LEVEL, &wanted.cap, &levels),
    ];
    let about = Form {
        action: "/thu-tuc",
        method: Method::Get,
        label: shared_words::APPLY_FILTERS.say(lang),
        ..Form::default()
    };
    html! {
        @if found.total > 1 || wanted.narrows() {
            details.filters open[wanted.narrows()] {
                summary { (words::NARROW.say(lang)) }
                (form(lang, &about, &html! {
                    @if !wanted.question().is_empty() {
                        input type="hidden" name="q" value=(wanted.question());
                    }
                    // One agency alone is no choice.
                    @let chosen = selects.into_iter().filter(|(name, .., options)| {
                        *name != "co_quan" || options.len() > 1
                    });
                    @for (name, label, value, options) in chosen {
                        (select(lang, &Field {
                            name, label: label.say(lang), value, ..Field::default()
                        }, options))
                    }
                    (button(&Button {
                        label: shared_words::APPLY_FILTERS.say(lang),
                        secondary: true,
                        ..Button::default()
                    }))
                }))
            }
        }
    }
}

/// The agencies that work, by code and name.
fn open_agencies(site: &Site) -> Vec<(String, String)> {
    let world = site.office.world();
    let open = world.agencies().filter(|agency| world.is_open(&agency.code));
    open.map(|agency| (agency.code.to_string(), agency.name.clone())).collect()
}

fn chips(site: &Site, lang: Lang, wanted: &Wanted) -> Markup {
    let mut chips = Vec::new();
    let chosen = open_agencies(site).into_iter().find(|(code, _)| *code == wanted.co_quan);
    if let Some((_, name)) = chosen {
        chips.push((name, wanted.without(|less| less.co_quan.clear())));
    }
    if !wanted.linh_vuc.is_empty() {
        let without = wanted.without(|less| less.linh_vuc.clear());
        chips.push((wanted.linh_vuc.clone(), without));
    }
    if !wanted.doi_tuong.is_empty() {
        let without = wanted.without(|less| less.doi_tuong.clear());
        chips.push((capitalised(&wanted.doi_tuong), without));
    }
    if let Some(channel) = wanted.channel() {
        let without = wanted.without(|less| less.cach.clear());
        chips.push((facts::channel(channel, lang).to_owned(), without));
    }
    if let Some(level) = wanted.level() {
        let without = wanted.without(|less| less.cap.clear());
        chips.push((facts::level(level, lang).to_owned(), without));
    }
    let chips: Vec<Chip<'_>> =
        chips.iter().map(|(label, without)| Chip { label, without }).collect();
    filter_chips(lang, &chips)
}

fn pages(lang: Lang, wanted: &Wanted, total: usize) -> Markup {
    let page = wanted.trang.max(1);
    let last = total.div_ceil(PER_PAGE);
    let to = |page| wanted.address(page);
    html! {
        @if last > 1 {
            nav.pagination aria-label=(shared_words::PAGING.say(lang)) {
                @if page > 1 {
                    a rel="prev" href=(to(page - 1)) { "‹ " (words::PAGE_BEFORE.say(lang)) }
                }
                span { (words::PAGE_OF.fill(lang, &[("n", &page.to_string()), ("of", &last.to_string())])) }
                @if page < last {
                    a rel="next" href=(to(page + 1)) { (words::PAGE_AFTER.say(lang)) " ›" }
                }
            }
        }
    }
}

fn all_fields(site: &Site, lang: Lang) -> Markup {
    let world = site.office.world();
    let mut fields: Vec<(&str, usize)> =
        world.fields_in_force(site.office.today()).into_iter().collect();
    fields.sort_by_cached_key(|(field, _)| alphabetical(field));
    let links: Vec<(String, &str, u64)> = fields
        .into_iter()
        .map(|(field, count)| {
            (format!("/thu-tuc?linh_vuc={}", percent(field)), field, count as u64)
        })
        .collect();
    let links: Vec<ListedLink<'_>> = links
        .iter()
        .map(|(href, label, count)| ListedLink { href, label, count: Some(*count) })
        .collect();
    html! {
        @if !links.is_empty() {
            h2 { (words::BY_FIELD.say(lang)) }
            (link_list(true, &links))
        }
    }
}

/// `GET /thu-tuc/goi-y`: what a text that is being typed may mean.
pub(super) async fn suggest(site: web::Data<Site>, wanted: web::Query<Wanted>) -> HttpResponse {
    let found = site.office.suggest_procedures(&wanted.question(), 7);
    let found = found.unwrap_or_else(|failure| {
        tracing::warn!(?failure, "suggestions failed");
        Found::default()
    });
    let found: Vec<_> = found
        .hits
        .iter()
        .map(|hit| {
            let parts = in_parts(&hit.name, &found.marks.places(&hit.name));
            json!({
                "code": hit.code.as_str(),
                "name": hit.name,
                "parts": parts,
                "url": format!("/thu-tuc/{}", hit.code),
            })
        })
        .collect();
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "private, max-age=60")).json(found)
}
