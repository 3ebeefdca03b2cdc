//! `/kiem-tra`: is this paper genuine and unaltered? The address in a paper's QR code ends here.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::TryStreamExt;
use maud::{Markup, html};

use super::page::{Page, answer, settle};
use crate::documents::seal::{Checked, PaperSeen, SignedCheckpoint, Verdict};
use crate::domain::calendar::words::instant_short;
use crate::domain::dossier::Directory;
use crate::domain::fee::grouped;
use crate::domain::refusal::Refusal;
use crate::domain::words::{Lang, Message};
use crate::office::Failure;
use crate::office::printing::Deed;
use crate::web::Site;
use crate::web::components::{
    BannerKind, Button, Field, Form, Method, SummaryRow, banner_named, button, error_for,
    error_summary, form, summary_list, text_area, text_field,
};
use crate::web::incoming::off_thread;
use crate::web::visitor::{Visitor, status_of};
use crate::web::words::proof as proof_words;
use crate::web::words::public_checking as words;

/// Longest text that is looked at.
const MAX_TEXT: usize = 10_000;
/// Papers of a file that are shown.
const SHOWN: usize = 20;
/// Lines of a paper that are shown.
const LINES: usize = 60;
/// Where the public keys are.
const KEYS: &str = "/.well-known/motcua-keys.pem";

/// The routes; the second spelling is that of QR codes.
pub(super) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.route("/kiem-tra", web::get().to(ask))
        .route("/kiem-tra", web::post().to(check))
        .route("/kiem-tra/{text}", web::get().to(show))
        .route("/KIEM-TRA/{text}", web::get().to(show))
        .route(KEYS, web::get().to(keys));
}

/// `GET /kiem-tra`.
async fn ask(site: web::Data<Site>, visitor: Visitor) -> HttpResponse {
    page(&site, &visitor, "", None, None)
}

/// `GET /kiem-tra/{text}`: what a telephone opens that has scanned a paper.
async fn show(site: web::Data<Site>, visitor: Visitor, text: web::Path<String>) -> HttpResponse {
    let result = async {
        let (office, text) = (site.office.clone(), text.into_inner());
        let checked = off_thread(move || office.check_paper(text.as_bytes())).await?;
        Ok(page(&site, &visitor, "", Some(&checked), None))
    };
    settle(&site, &visitor, result.await)
}

/// `POST /kiem-tra`: a text, or a file. It changes nothing, so it needs no token.
async fn check(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let result = async {
        let sent = receive(&request, payload, site.office.max_upload()).await;
        let held = sent.and_then(|sent| match (sent.file.is_empty(), sent.text.trim()) {
            (false, _) => Ok((sent.file, String::new())),
            (true, "") => Err(Refusal::field("text", words::NOTHING)),
            (true, text) => Ok((text.as_bytes().to_owned(), text.to_owned())),
        });
        let (bytes, text) = match held {
            Ok(held) => held,
            Err(refusal) => return Ok(page(&site, &visitor, "", None, Some(&refusal))),
        };
        let office = site.office.clone();
        let checked = off_thread(move || office.check_paper(&bytes)).await?;
        Ok(page(&site, &visitor, &text, Some(&checked), None))
    };
    settle(&site, &visitor, result.await)
}

/// `GET /.well-known/motcua-keys.pem`: the keys that check papers, the present one first.
async fn keys(site: web::Data<Site>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/x-pem-file"))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"motcua-keys.pem\""))
        .insert_header((CACHE_CONTROL, "no-cache"))
        .body(site.office.paper_keys_pem())
}

/// What was sent to be checked.
#[derive(Default)]
struct Sent {
    text: String,
    file: Vec<u8>,
}

async fn receive(request: &HttpRequest, payload: web::Payload, max: u64) -> Result<Sent, Refusal> {
    let unreadable = || Refusal::field("text", words::NOTHING);
    let mut parts = Multipart::new(request.headers(), payload);
    let mut sent = Sent::default();
    while let Some(mut part) = parts.try_next().await.map_err(|_| unreadable())? {
        let is_file = part.name() == Some("file");
        let most = if is_file { usize::try_from(max).unwrap_or(usize::MAX) } else { MAX_TEXT };
        let mut bytes = Vec::new();
        while let Some(chunk) = part.try_next().await.map_err(|_| unreadable())? {
            if bytes.len() + chunk.len() > most {
                let text = words::TOO_LARGE.text(&[("max", &(max >> 20).to_string())]);
                return Err(Refusal::field(if is_file { "file" } else { "text" }, text));
            }
            bytes.extend_from_slice(&chunk);
        }
        match part.name() {
            Some("file") => sent.file = bytes,
            Some("text") => sent.text = String::from_utf8(bytes).map_err(|_| unreadable())?,
            _ => {}
        }
    }
    Ok(sent)
}

fn page(
    site: &Site,
    visitor: &Visitor,
    text: &str,
    checked: Option<&Checked>,
    refusal: Option<&Refusal>,
) -> HttpResponse {
    let lang = visitor.lang;
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        h1 { (words::TITLE.say(lang)) }
        @if let Some(checked) = checked { (outcome(site, checked, lang)) }
        @else { p { (words::INTRO.say(lang)) } }
        (asking(site, visitor, text, refusal))
        h2 { (words::OFFLINE.say(lang)) }
        p { (words::OFFLINE_IS.say(lang)) }
        pre { "motcua verify giay.pdf --key motcua-keys.pem" }
        p {
            a href=(KEYS) download { (words::KEY.say(lang)) }
            @if let Some(key) = site.office.paper_keys().first() {
                br; span.muted { (words::KEY_ID.fill(lang, &[("id", &key.public.id().to_string())])) }
            }
        }
        p.muted { (words::LIMITS.say(lang)) }
    };
    let failed = refusal.map(|refusal| Failure::Refused(refusal.clone()));
    let status = failed.map_or(StatusCode::OK, |failure| status_of(&failure));
    let title = words::TITLE.say(lang);
    let page = Page {
        title,
        refused: refusal.is_some(),
        indexed: checked.is_none(),
        path: "/kiem-tra",
        ..Page::default()
    };
    answer(site, visitor, status, &page, &main)
}

fn asking(site: &Site, visitor: &Visitor, text: &str, refusal: Option<&Refusal>) -> Markup {
    let lang = visitor.lang;
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let max = (site.office.max_upload() >> 20).to_string();
    let csrf = visitor.csrf(site);
    let fields = html! {
        (text_area(lang, &Field {
            name: "text",
            label: words::TEXT.say(lang),
            hint: words::TEXT_HINT.say(lang),
            error: error_for(errors, "text", lang),
            value: text,
            ..Field::default()
        }, 4))
        (text_field(lang, &Field {
            name: "file",
            kind: "file",
            label: words::FILE.say(lang),
            hint: &words::FILE_HINT.fill(lang, &[("max", &max)]),
            error: error_for(errors, "file", lang),
            ..Field::default()
        }))
        (button(&Button { label: words::CHECK.say(lang), ..Button::default() }))
    };
    let head = Form {
        action: "/kiem-tra",
        method: Method::PostFiles,
        csrf: &csrf,
        label: words::TITLE.say(lang),
        ..Form::default()
    };
    form(lang, &head, &fields)
}

fn outcome(site: &Site, checked: &Checked, lang: Lang) -> Markup {
    let (kind, sentence) = said(checked);
    let (facts, is_signed) = match checked.verdict {
        Verdict::Genuine => (words::FACTS, true),
        _ => (words::CLAIMS, false),
    };
    // What an altered paper says is not worth reading.
    let shows = matches!(checked.verdict, Verdict::Genuine | Verdict::UnknownKey);
    let more = checked.papers.len().saturating_sub(SHOWN);
    html! {
        (banner_named(kind, sentence.say(lang), &html! {
            @for reason in &checked.reasons { p { (reason.say(lang)) } }
        }))
        @for signed in checked.checkpoints.iter().filter(|_| checked.verdict != Verdict::Altered) {
            (summary_list(lang, &checkpoint_rows(site, signed, lang)))
        }
        @if shows && !checked.papers.is_empty() {
            h2 { (facts.say(lang)) }
            @if is_signed && !checked.is_file { p { (words::FACTS_HINT.say(lang)) } }
            @for paper in checked.papers.iter().take(SHOWN) {
                (summary_list(lang, &rows(site, paper, is_signed, lang)))
            }
            @if more > 0 { p { (words::MORE.fill(lang, &[("n", &more.to_string())])) } }
        }
    }
}

fn said(checked: &Checked) -> (BannerKind, Message) {
    match checked.verdict {
        Verdict::Genuine if checked.is_file => (BannerKind::Done, words::GENUINE),
        Verdict::Genuine => (BannerKind::Done, words::GENUINE_TEXT),
        Verdict::Altered => (BannerKind::Refused, words::ALTERED),
        Verdict::NotInLog => (BannerKind::Refused, words::NOT_IN_LOG),
        Verdict::UnknownKey => (BannerKind::Note, words::UNKNOWN),
        Verdict::Unsigned => (BannerKind::Note, words::UNSIGNED),
    }
}

fn rows<'a>(site: &Site, paper: &PaperSeen, is_signed: bool, lang: Lang) -> Vec<SummaryRow<'a>> {
    let said = &paper.statement;
    let world = site.office.world();
    let agency = world.agency(&said.agency).map(|agency| agency.name.clone());
    let digits: String = said.chain.iter().map(|byte| format!("{byte:02x}")).collect();
    let number = said.sequence.to_string();
    let row = |label: Message, value: Markup| SummaryRow {
        label: label.say(lang),
        value: Some(value),
        change: "",
    };
    let at = if said.deed.needs_event() { words::AT_EVENT } else { words::AT };
    let lines = listed(paper);
    let mut rows = vec![row(words::PAPER, html! { (said.deed.name().say(lang)) })];
    rows.push(row(
        words::AGENCY,
        match agency.filter(|_| is_signed) {
            Some(name) => html! { (name) " (" (said.agency) ")" },
            None => html! { (said.agency) },
        },
    ));
    if let Some(code) = &said.code {
        rows.push(row(
            words::DOSSIER,
            html! {
                span.code { (code) }
                @if is_signed { br; a href={ "/tra-cuu/" (code) } { (words::SEE_NOW.say(lang)) } }
            },
        ));
    }
    rows.push(row(at, html! { (instant_short(said.at)) }));
    if let Some(due) = said.due {
        rows.push(row(
            words::DUE,
            html! {
                strong { (instant_short(due)) }
                @if is_signed { br; span.muted { (words::MAY_HAVE_MOVED.say(lang)) } }
            },
        ));
    }
    match lines.is_empty() {
        true if said.items == 0 => {}
        true => rows.push(row(words::ITEMS, html! { (said.items) })),
        false => rows.push(row(
            words::LISTED,
            html! {
                ol { @for line in lines.iter().take(LINES) { li { (line) } } }
            },
        )),
    }
    rows.push(row(
        words::PLACE,
        html! {
            (words::PLACE_IS.fill(lang, &[("n", &number), ("digits", &digits)]))
        },
    ));
    rows
}

/// What a checkpoint says, to be compared with the sheet in hand.
fn checkpoint_rows<'a>(site: &Site, signed: &SignedCheckpoint, lang: Lang) -> Vec<SummaryRow<'a>> {
    let said = &signed.said;
    let world = site.office.world();
    let name = world.agency(&said.agency).map_or("", |agency| agency.name.as_str());
    // In groups of four, as the sheet has them.
    let fours = said.chain.chunks(2).map(|pair| pair.iter().map(|b| format!("{b:02x}")).collect());
    let digits = fours.collect::<Vec<String>>().join(" ");
    let row = |label: Message, value: Markup| SummaryRow {
        label: label.say(lang),
        value: Some(value),
        change: "",
    };
    vec![
        row(words::PAPER, html! { (Deed::Checkpoint.name().say(lang)) }),
        row(words::AGENCY, html! { (name) " (" (said.agency) ")" }),
        row(proof_words::NUMBER, html! { (said.number) }),
        row(proof_words::AT, html! { (instant_short(said.at)) }),
        row(proof_words::EVENTS, html! { (grouped(said.sequence)) }),
        row(proof_words::CHAIN, html! { (digits) }),
        row(proof_words::LOOKS_COUNT, html! { (grouped(said.looks)) }),
    ]
}

/// What a file's contents list: papers, or dossiers.
fn listed(paper: &PaperSeen) -> Vec<String> {
    let contents = paper.contents.as_ref();
    let lists = ["components", "items", "lines"];
    let list = contents.and_then(|all| lists.iter().find_map(|name| all.get(name)?.as_array()));
    let name = |line: &serde_json::Value| {
        let named = line.get("name").or_else(|| line.get("code")).unwrap_or(line);
        named.as_str().map(str::to_owned)
    };
    list.map(|lines| lines.iter().filter_map(name).collect()).unwrap_or_default()
}
