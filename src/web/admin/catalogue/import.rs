//! A catalogue file: what it would change, fact by fact, and what of it is written.

use std::sync::Arc;

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::StreamExt;
use maud::{Markup, html};

use super::{MAX_FILE, refused};
use crate::domain::catalogue::Procedure;
use crate::domain::ids::ProcedureCode;
use crate::domain::refusal::Refusal;
use crate::domain::words::{Lang, Text};
use crate::office::Failure;
use crate::office::catalogue::{Change, Rejected};
use crate::office::importing::{Chosen, Comparison};
use crate::web::admin::waiting::{self, Waiting};
use crate::web::admin::{page, renewing, sent_by_admin};
use crate::web::components::{
    BannerKind, Button, Field, Form, Icon, Tone, banner, button, button_row, checkbox, date_field,
    error_for, error_summary, form, tag, text_field,
};
use crate::web::desk::access::Desk;
use crate::web::desk::dates::date;
use crate::web::desk::posted::{Posted, with_office};
use crate::web::visitor::see_other;
use crate::web::words::{admin as words, catalogue as life_words};

/// The page of the catalogue.
const LIST: &str = "/quan-tri/thu-tuc";
/// Rejected rows shown.
const SHOWN: usize = 100;
/// Procedures of a kind that are chosen one by one; the others go with them.
const CHOSEN: usize = 300;
/// So many of a kind stand open.
const FEW: usize = 20;

/// `POST /quan-tri/thu-tuc`: compares a file with what is stored, and says what would change.
pub async fn import(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let file = match read_file(&desk, Multipart::new(request.headers(), payload)).await {
        Ok(file) => file,
        Err(failure) => return refused(&desk, failure),
    };
    match compared(&desk, &file).await {
        Ok(comparison) => {
            let page = report_page(&desk, &file, &comparison, None);
            waiting::keep(file);
            page
        }
        Err(failure) => refused(&desk, failure),
    }
}

async fn compared(desk: &Desk, file: &Waiting) -> Result<Comparison, Failure> {
    let file = (file.name.clone(), file.bytes.clone());
    with_office(desk, move |office, _| office.compare_catalogue(file)).await
}

pub async fn read_file(desk: &Desk, mut multipart: Multipart) -> Result<Waiting, Failure> {
    let unreadable = || Failure::from(Refusal::field("file", words::FILE_MISSING));
    let mut token = String::new();
    while let Some(part) = multipart.next().await {
        let mut part = part.map_err(|_| unreadable())?;
        let name = part.content_disposition().and_then(|d| d.get_filename()).map(str::to_owned);
        let is_token = part.name() == Some("_csrf");
        let mut bytes = Vec::new();
        if name.is_some() {
            desk.visitor.check_csrf(&desk.site, &token)?;
        }
        while let Some(chunk) = part.next().await {
            bytes.extend_from_slice(&chunk.map_err(|_| unreadable())?);
            if bytes.len() > MAX_FILE {
                return Err(Refusal::field("file", words::FILE_TOO_LARGE).into());
            }
        }
        if is_token {
            token = String::from_utf8(bytes).unwrap_or_default();
        } else if let Some(name) = name.filter(|name| !name.is_empty()) {
            let key = desk.new_key();
            let (owner, at) = (desk.staff.name.to_string(), desk.office().now());
            return Ok(Waiting { key, owner, name, bytes, at });
        }
    }
    Err(unreadable())
}

/// What was sent and refused.
type Refused<'a> = Option<(&'a Posted, &'a Refusal)>;

fn report_page(
    desk: &Desk,
    file: &Waiting,
    comparison: &Comparison,
    again: Refused<'_>,
) -> HttpResponse {
    let lang = desk.lang();
    let report = &comparison.report;
    let nothing = report.new.is_empty() && report.changed.is_empty();
    let is_empty = nothing && comparison.missing.is_empty();
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let errors = again.map_or(&[][..], |(_, refusal)| &refusal.fields);
    let title = words::IMPORT.say(lang);
    // What ends with open dossiers is seen first; what ends without any, last.
    let ends_first = comparison.missing.first().is_some_and(|(_, open)| *open > 0);
    let main = html! {
        @if let Some((_, refusal)) = again { (error_summary(lang, refusal)) }
        h1 { (title) }
        p { (file.name) }
        (summary(lang, comparison))
        @if nothing {
            p { (words::NOTHING_NEW.say(lang)) " " a href=(LIST) { (words::BACK.say(lang)) } }
        }
        @if !is_empty {
            (form(lang, &Form {
                action: "/quan-tri/thu-tuc/ghi", csrf: &csrf, key: &key, ..Form::default()
            }, &html! {
                input type="hidden" name="file" value=(file.key);
                @if ends_first { (missing(lang, comparison, again)) }
                (changed(lang, comparison, again))
                (added(lang, comparison, again))
                @if !ends_first { (missing(lang, comparison, again)) }
                (renewing::offer(lang, errors))
                (button_row(&html! {
                    (button(&Button { label: words::WRITE.say(lang), ..Button::default() }))
                    a href=(LIST) { (words::BACK.say(lang)) }
                }))
            }))
        }
        (rows(lang, ("bi-loai", words::REJECTED.say(lang)), &report.rejected))
        (rows(lang, ("xem-lai", words::REMARKS.say(lang)), &report.remarks))
    };
    let status = again.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page(desk, status, (LIST, title), again.is_some(), &main)
}

/// How much the file would change, before anything of it is read.
fn summary(lang: Lang, comparison: &Comparison) -> Markup {
    let report = &comparison.report;
    let count = |n: usize| n.to_string();
    let counts = words::REPORT.fill(
        lang,
        &[
            ("new", &count(report.new.len())),
            ("changed", &count(report.changed.len())),
            ("same", &count(report.unchanged)),
            ("wrong", &count(report.rejected.len())),
        ],
    );
    let careful = report.changed.iter().filter(|change| is_careful(comparison, change)).count();
    let open: usize = comparison.missing.iter().map(|(_, open)| open).sum();
    let missing = [("n", count(comparison.missing.len())), ("open", count(open))];
    let missing = missing.each_ref().map(|(name, value)| (*name, value.as_str()));
    html! {
        p { strong { (counts) } }
        ul {
            @if careful > 0 {
                li { a href="#xem-ky" {
                    (life_words::CAREFUL_COUNT.fill(lang, &[("n", &count(careful))]))
                } }
            }
            @if !comparison.missing.is_empty() {
                li { a href="#het-hieu-luc" { (life_words::MISSING_COUNT.fill(lang, &missing)) } }
            }
            @if !report.rejected.is_empty() {
                li { a href="#bi-loai" {
                    (life_words::REJECTED_COUNT.fill(lang, &[("n", &count(report.rejected.len()))]))
                } }
            }
        }
    }
}

/// Whether a change is looked at before the others.
fn is_careful(comparison: &Comparison, change: &Change) -> bool {
    !change.perils.is_empty() || comparison.warnings.contains_key(&change.code)
}

/// A box to tick for a procedure; `sent` says what was ticked before a refusal.
fn tick(lang: Lang, name: &str, (code, title): (&ProcedureCode, &str), ticked: bool) -> Markup {
    let label = format!("{title} ({code})");
    let id = format!("{name}.{code}");
    checkbox(lang, &Field { name: &id, label: &label, ..Field::default() }, "1", ticked)
}

fn is_ticked(again: Refused<'_>, name: &str, code: &ProcedureCode, usual: bool) -> bool {
    again.map_or(usual, |(sent, _)| sent.has(&format!("{name}.{code}")))
}

/// The others, too many to be chosen one by one.
fn others(lang: Lang, all: usize) -> Markup {
    let rest = all.saturating_sub(CHOSEN);
    html! {
        @if rest > 0 {
            p { (life_words::OTHERS_TOO.fill(lang, &[("n", &rest.to_string())])) }
        }
    }
}

fn added(lang: Lang, comparison: &Comparison, again: Refused<'_>) -> Markup {
    let new = &comparison.new;
    html! {
        @if !new.is_empty() {
            details open[new.len() <= FEW] {
                summary { (life_words::NEW_ONES.fill(lang, &[("n", &new.len().to_string())])) }
                @for (code, name) in new.iter().take(CHOSEN) {
                    (tick(lang, "ghi", (code, name), is_ticked(again, "ghi", code, true)))
                }
                (others(lang, new.len()))
            }
        }
    }
}

/// The changes, those first that people would feel.
fn changed(lang: Lang, comparison: &Comparison, again: Refused<'_>) -> Markup {
    let shown = ordered(comparison).take(CHOSEN);
    let (careful, plain): (Vec<&Change>, Vec<&Change>) =
        shown.partition(|change| is_careful(comparison, change));
    let all = comparison.report.changed.len();
    html! {
        @if !careful.is_empty() {
            details open id="xem-ky" {
                summary { (life_words::CAREFUL.fill(lang, &[("n", &careful.len().to_string())])) }
                @for change in &careful { (change_box(lang, comparison, change, again)) }
            }
        }
        @if !plain.is_empty() {
            details open[plain.len() <= FEW] {
                summary { (words::CHANGED.say(lang)) " (" (plain.len()) ")" }
                @for change in &plain { (change_box(lang, comparison, change, again)) }
            }
        }
        (others(lang, all))
    }
}

/// The changes in the order in which they are shown: those to be looked at first.
fn ordered(comparison: &Comparison) -> impl Iterator<Item = &Change> {
    let changed = &comparison.report.changed;
    let careful = changed.iter().filter(|change| is_careful(comparison, change));
    careful.chain(changed.iter().filter(|change| !is_careful(comparison, change)))
}

fn change_box(lang: Lang, comparison: &Comparison, change: &Change, again: Refused<'_>) -> Markup {
    let ticked = is_ticked(again, "ghi", &change.code, true);
    html! {
        (tick(lang, "ghi", (&change.code, &change.name), ticked))
        @if !change.perils.is_empty() {
            p { @for peril in &change.perils {
                (tag(Tone::Warn, Icon::Alert, peril.name().say(lang))) " "
            } }
        }
        ul { @for said in &change.said { li { (said.say(lang)) } } }
        (warnings(lang, comparison.warnings.get(&change.code)))
    }
}

fn warnings(lang: Lang, warned: Option<&Vec<Text>>) -> Markup {
    html! {
        @if let Some(warned) = warned {
            (banner(lang, BannerKind::Note, &html! {
                ul { @for text in warned { li { (text.say(lang)) } } }
            }))
        }
    }
}

/// What a full list no longer names: nothing of it is ticked before somebody does.
fn missing(lang: Lang, comparison: &Comparison, again: Refused<'_>) -> Markup {
    let missing = &comparison.missing;
    let errors = again.map_or(&[][..], |(_, refusal)| &refusal.fields);
    let value = |name: &str| again.map_or("", |(sent, _)| sent.get(name)).to_owned();
    let (ends, decision) = (value("ends"), value("decision"));
    html! {
        @if !missing.is_empty() {
            details id="het-hieu-luc" open[again.is_some() || missing[0].1 > 0] {
                summary { (life_words::MISSING.fill(lang, &[("n", &missing.len().to_string())])) }
                p { (life_words::MISSING_ABOUT.say(lang)) }
                (date_field(lang, &Field {
                    name: "ends",
                    label: life_words::ENDS.say(lang),
                    value: &ends,
                    error: error_for(errors, "ends", lang),
                    optional: true,
                    autocomplete: "off",
                    ..Field::default()
                }))
                (text_field(lang, &Field {
                    name: "decision",
                    label: life_words::DECISION.say(lang),
                    value: &decision,
                    error: error_for(errors, "decision", lang),
                    optional: true,
                    autocomplete: "off",
                    max_length: Some(300),
                    ..Field::default()
                }))
                @let shown = &missing[..missing.len().min(CHOSEN)];
                @let (with_open, others) =
                    shown.split_at(shown.partition_point(|(_, open)| *open > 0));
                @for one in with_open { (missing_box(lang, one, again)) }
                @if !others.is_empty() {
                    details open[with_open.is_empty()] {
                        summary {
                            (life_words::MISSING_NONE_OPEN
                                .fill(lang, &[("n", &others.len().to_string())]))
                        }
                        @for one in others { (missing_box(lang, one, again)) }
                    }
                }
            }
        }
    }
}

fn missing_box(
    lang: Lang,
    (procedure, open): &(Arc<Procedure>, usize),
    again: Refused<'_>,
) -> Markup {
    let slots = [("name", procedure.name.as_str()), ("n", &open.to_string())];
    let title = life_words::MISSING_ONE.fill(lang, &slots);
    let ticked = is_ticked(again, "het", &procedure.code, false);
    tick(lang, "het", (&procedure.code, &title), ticked)
}

fn rows(lang: Lang, (id, heading): (&str, &str), rows: &[Rejected]) -> Markup {
    html! {
        @if !rows.is_empty() {
            details id=(id) open[rows.len() <= FEW] {
                summary { (heading) " (" (rows.len()) ")" }
                ul {
                    @for row in rows.iter().take(SHOWN) {
                        li { (words::ROW.fill(lang, &[("n", &row.row.to_string())])) ": "
                            (row.reason.say(lang)) }
                    }
                }
            }
        }
    }
}

/// What was ticked, out of what could be.
fn chosen(sent: &Posted, comparison: &Comparison, by: &str) -> Result<Chosen, Refusal> {
    let ends = sent.get("ends");
    let read = date(ends);
    if !ends.is_empty() && read.is_none() {
        return Err(Refusal::field("ends", life_words::DATE_WRONG));
    }
    let new = comparison.new.iter().map(|(code, _)| code).take(CHOSEN);
    let changed = ordered(comparison).map(|change| &change.code).take(CHOSEN);
    let is_left = |code: &&ProcedureCode| !sent.has(&format!("ghi.{code}"));
    let missing = comparison.missing.iter().map(|(procedure, _)| &procedure.code).take(CHOSEN);
    Ok(Chosen {
        left: new.chain(changed).filter(is_left).cloned().collect(),
        ended: missing.filter(|code| sent.has(&format!("het.{code}"))).cloned().collect(),
        ends: read,
        decision: sent.get("decision").to_owned(),
        tests: renewing::chosen(sent),
        by: by.to_owned(),
    })
}

/// `POST /quan-tri/thu-tuc/ghi`: writes what was chosen of the file that was compared.
pub async fn write(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let now = desk.office().now();
    let Some(file) = waiting::take(sent.get("file"), desk.staff.name.as_str(), now) else {
        return refused(&desk, Refusal::field("file", words::FILE_GONE).into());
    };
    let comparison = match compared(&desk, &file).await {
        Ok(comparison) => comparison,
        Err(failure) => return refused(&desk, failure),
    };
    let written = match chosen(&sent, &comparison, desk.staff.name.as_str()) {
        Ok(chosen) => {
            let file = (file.name.clone(), file.bytes.clone());
            with_office(&desk, move |office, _| office.write_chosen(file, &chosen)).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match written {
        Ok(()) => see_other("/quan-tri/thu-tuc?xong=1"),
        Err(Failure::Refused(refusal)) => {
            let page = report_page(&desk, &file, &comparison, Some((&sent, &refusal)));
            waiting::keep(file);
            page
        }
        Err(failure) => refused(&desk, failure),
    }
}
