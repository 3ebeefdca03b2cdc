//! The dictionary of the search: an expression is tried on known queries before it is kept; what
//! people asked without a result says which one is missing.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::house::refusal_of;
use super::{page, sent_by_admin};
use crate::domain::calendar::words::instant_short;
use crate::domain::refusal::Refusal;
use crate::domain::words::Lang;
use crate::office::asked::AskedQuery;
use crate::office::dictionary::{
    LONGEST_SAID, OwnWord, Trial, WordChange, shipped_word, shipped_words,
};
use crate::office::finding::{Hit, Query};
use crate::web::address::percent;
use crate::web::components::{
    BannerKind, Button, Column, DataTable, Field, Form, Row, banner, button, button_row, checkbox,
    data_table, error_for, error_summary, form, text_area, text_field,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{Posted, asked, with_office};
use crate::web::desk::say;
use crate::web::visitor::see_other;
use crate::web::words::dictionary as words;

/// The page.
pub const HERE: &str = "/quan-tri/tu-ngu";
/// Queries and changes of a list.
const ROWS: usize = 50;
/// Lines for official names.
const LINES: u8 = 3;

/// `GET /quan-tri/tu-ngu?tu=…`: the expression in the form is the office's own, else the shipped one.
pub async fn show(desk: Desk, request: HttpRequest) -> HttpResponse {
    let query = asked(&request);
    let said = query.get("tu");
    let saying = OwnWord::saying(said);
    let world = desk.office().world();
    let own = world.words().iter().find(|word| OwnWord::saying(&word.said) == saying).cloned();
    let word = own.or_else(|| shipped_word(said)).unwrap_or_else(|| OwnWord {
        said: said.to_owned(),
        official: Vec::new(),
        misleads: false,
    });
    shown(&desk, &query, &word, None, None)
}

/// The expression of a form.
fn typed(sent: &Posted) -> OwnWord {
    OwnWord {
        said: sent.get("said").to_owned(),
        official: sent.get("official").lines().map(|line| line.trim().to_owned()).collect(),
        misleads: sent.has("misleads"),
    }
}

/// `POST /quan-tri/tu-ngu`: tries, keeps, or takes an expression back.
pub async fn change(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let word = typed(&sent);
    let (tried, seen) = (word.clone(), sent.get("seen").parse().unwrap_or(usize::MAX));
    let by = desk.staff.name.as_str().to_owned();
    let done = match sent.get("viec") {
        "luu" => {
            let save = with_office(&desk, move |office, _| office.set_word(&tried, seen, &by));
            save.await.map(|()| "luu")
        }
        "bo" => {
            let drop = move |office: &crate::office::Office, _: &crate::office::Caller| {
                office.drop_word(&tried.said, seen, &by)
            };
            with_office(&desk, drop).await.map(|()| "bo")
        }
        _ => {
            return match with_office(&desk, move |office, _| office.try_word(&tried)).await {
                Ok(trial) => shown(&desk, &sent, &word, Some(&trial), None),
                Err(failure) => refused(&desk, &sent, &word, failure),
            };
        }
    };
    match done {
        Ok(done) => see_other(&format!("{HERE}?xong={done}")),
        Err(failure) => refused(&desk, &sent, &word, failure),
    }
}

fn refused(
    desk: &Desk,
    sent: &Posted,
    word: &OwnWord,
    failure: crate::office::Failure,
) -> HttpResponse {
    match refusal_of(desk, failure) {
        Ok(refusal) => shown(desk, sent, word, None, Some(&refusal)),
        Err(response) => response,
    }
}

fn shown(
    desk: &Desk,
    query: &Posted,
    word: &OwnWord,
    trial: Option<&Trial>,
    refusal: Option<&Refusal>,
) -> HttpResponse {
    let lang = desk.lang();
    let title = words::TITLE.say(lang);
    let done = match query.get("xong") {
        "luu" => Some(words::SAVED),
        "bo" => Some(words::DROPPED),
        _ => None,
    };
    let read =
        desk.office().word_changes().and_then(|changes| Ok((changes, desk.office().asked()?)));
    let (changes, asked) = match read {
        Ok(read) => read,
        Err(failure) => return desk.failed(&failure),
    };
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        @if let Some(done) = done { (banner(lang, BannerKind::Done, &html! { (done.say(lang)) })) }
        h1 { (title) }
        p { (words::ABOUT.fill(lang, &[("n", &shipped_words().to_string())])) }
        (editor(desk, word, changes.len(), trial.is_some(), refusal))
        @if let Some(trial) = trial { (tried(lang, word, trial)) }
        (missed(desk, &asked))
        (own(desk, changes.len()))
        (history(desk, &changes))
        (most_asked(desk, &asked))
    };
    let status = refusal.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page(desk, status, (HERE, title), refusal.is_some(), &main)
}

fn editor(
    desk: &Desk,
    word: &OwnWord,
    seen: usize,
    was_tried: bool,
    refusal: Option<&Refusal>,
) -> Markup {
    let lang = desk.lang();
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let official = word.official.join("\n");
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let shipped = shipped_word(&word.said);
    let body = html! {
        input type="hidden" name="seen" value=(seen);
        (text_field(lang, &Field {
            name: "said", label: words::SAID.say(lang), hint: words::SAID_HINT.say(lang),
            value: &word.said, error: error_for(errors, "said", lang), autocomplete: "off",
            max_length: Some(LONGEST_SAID as u32), ..Field::default()
        }))
        @if let Some(shipped) = &shipped {
            p.muted {
                (words::NOW_SHIPPED.fill(lang, &[
                    ("said", &shipped.said), ("official", &shipped.official.join("; ")),
                ]))
            }
        }
        (text_area(lang, &Field {
            name: "official", label: words::OFFICIAL.say(lang), hint: words::OFFICIAL_HINT.say(lang),
            value: &official, error: error_for(errors, "official", lang), autocomplete: "off",
            ..Field::default()
        }, LINES))
        (checkbox(lang, &Field {
            name: "misleads", label: words::MISLEADS.say(lang), ..Field::default()
        }, "1", word.misleads))
        (button_row(&html! {
            (button(&Button {
                label: words::TRY.say(lang), name: "viec", value: "thu", secondary: was_tried,
                ..Button::default()
            }))
            (button(&Button {
                label: words::SAVE.say(lang), name: "viec", value: "luu", secondary: !was_tried,
                ..Button::default()
            }))
        }))
    };
    html! {
        h2 { (words::ADD.say(lang)) }
        (form(lang, &Form { action: HERE, csrf: &csrf, key: &key, ..Form::default() }, &body))
    }
}

/// Names of hits, one a line.
fn names(lang: Lang, hits: &[Hit]) -> Markup {
    html! {
        @if hits.is_empty() { span.muted { (words::NOTHING.say(lang)) } }
        @else { ol.plain { @for hit in hits { li { (hit.name) " " span.muted.code { (hit.code) } } } } }
    }
}

fn tried(lang: Lang, word: &OwnWord, trial: &Trial) -> Markup {
    let Trial { finds, known, tried, changed } = trial;
    let counts = [("known", known.to_string()), ("tried", tried.to_string())];
    let said = [("said", word.said.as_str())];
    let rows: Vec<Row> = changed
        .iter()
        .take(ROWS)
        .map(|one| {
            Row::new(vec![html! { (one.query) }, names(lang, &one.before), names(lang, &one.after)])
        })
        .collect();
    let columns = [
        Column::new(words::QUERY.say(lang)),
        Column::new(words::BEFORE.say(lang)),
        Column::new(words::AFTER.say(lang)),
    ];
    let count = words::CHANGES.fill(lang, &[("n", &changed.len().to_string())]);
    let more = changed.len().saturating_sub(ROWS);
    html! {
        section aria-live="polite" {
            @if finds.is_empty() { p { (words::FINDS_NOTHING.fill(lang, &said)) } }
            @else {
                p { (words::FINDS.fill(lang, &said)) }
                (names(lang, finds))
            }
            p { (words::TRIED.fill(lang, &counts.each_ref().map(|(k, v)| (*k, v.as_str())))) }
            @if rows.is_empty() { p { (words::NO_CHANGES.say(lang)) } }
            @else { (list(lang, &count, &columns, &rows)) }
            @if more > 0 { p { (words::CHANGES_MORE.fill(lang, &[("n", &more.to_string())])) } }
        }
    }
}

/// A table under its heading.
fn list(lang: Lang, title: &str, columns: &[Column<'_>], rows: &[Row]) -> Markup {
    html! {
        h2 { (title) }
        (data_table(lang, &DataTable {
            caption: title, caption_hidden: true, columns, rows, select: "",
        }))
    }
}

fn edit_link(said: &str, label: &str) -> Markup {
    html! {
        a href={ (HERE) "?tu=" (percent(said)) } {
            (label) span.hidden { " “" (said) "”" }
        }
    }
}

/// What a query finds now.
fn finds_now(desk: &Desk, text: &str) -> Markup {
    let query = Query { text, limit: 1, ..Query::default() };
    let hits = desk.office().procedure_index().search(&query).map(|found| found.hits);
    names(desk.lang(), &hits.unwrap_or_default())
}

fn missed(desk: &Desk, asked: &[AskedQuery]) -> Markup {
    let lang = desk.lang();
    let mut missed: Vec<&AskedQuery> =
        asked.iter().filter(|query| query.without_result > 0).collect();
    missed.sort_by_key(|query| std::cmp::Reverse((query.without_result, query.last)));
    let row = |query: &&AskedQuery| {
        Row::new(vec![
            html! { (query.text) },
            html! { (query.without_result) },
            html! { (instant_short(query.last)) },
            finds_now(desk, &query.text),
            edit_link(&query.text, words::ADD.say(lang)),
        ])
    };
    let rows: Vec<Row> = missed.iter().take(ROWS).map(row).collect();
    let columns = [
        Column::new(words::QUERY.say(lang)),
        Column::number(words::TIMES.say(lang)),
        Column::new(words::LAST.say(lang)),
        Column::new(words::FINDS_FIRST.say(lang)),
        Column::action(words::ADD.say(lang)),
    ];
    html! {
        @if rows.is_empty() {
            h2 { (words::MISSED.say(lang)) }
            p.muted { (words::NO_MISSED.say(lang)) }
        } @else { (list(lang, words::MISSED.say(lang), &columns, &rows)) }
        p.muted { (words::MISSED_ABOUT.say(lang)) }
    }
}

fn own(desk: &Desk, seen: usize) -> Markup {
    let lang = desk.lang();
    let world = desk.office().world();
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let row = |word: &OwnWord| {
        let fields = html! {
            input type="hidden" name="seen" value=(seen);
            input type="hidden" name="said" value=(word.said);
            (button(&Button {
                label: words::DROP.say(lang), name: "viec", value: "bo", secondary: true,
                ..Button::default()
            }))
        };
        let drop = Form {
            action: HERE,
            csrf: &csrf,
            key: &key,
            label: words::DROP.say(lang),
            ..Form::default()
        };
        Row::new(vec![
            html! { (word.said) },
            html! { (word.official.join("; ")) },
            edit_link(&word.said, words::EDIT.say(lang)),
            form(lang, &drop, &fields),
        ])
    };
    let rows: Vec<Row> = world.words().iter().map(row).collect();
    let columns = [
        Column::new(words::SAID.say(lang)),
        Column::new(words::OFFICIAL.say(lang)),
        Column::action(words::EDIT.say(lang)),
        Column::action(words::DROP.say(lang)),
    ];
    html! {
        @if rows.is_empty() {
            h2 { (words::OWN.say(lang)) }
            p.muted { (words::NO_OWN.say(lang)) }
        } @else { (list(lang, words::OWN.say(lang), &columns, &rows)) }
    }
}

fn history(desk: &Desk, changes: &[WordChange]) -> Markup {
    let lang = desk.lang();
    let world = desk.office().world();
    let told = |change: &WordChange| {
        let said = change.said.as_str();
        match &change.word {
            None => words::TAKEN_BACK.fill(lang, &[("said", said)]),
            Some(word) if word.official.is_empty() => {
                words::OUT_OF_USE.fill(lang, &[("said", said)])
            }
            Some(word) => {
                words::SET_TO.fill(lang, &[("said", said), ("official", &word.official.join("; "))])
            }
        }
    };
    let row = |change: &WordChange| {
        Row::new(vec![
            html! { (told(change)) },
            html! { (say::actor(lang, &world, &change.by)) },
            html! { (instant_short(change.at)) },
        ])
    };
    let rows: Vec<Row> = changes.iter().take(ROWS).map(row).collect();
    let columns = [
        Column::new(words::CHANGE.say(lang)),
        Column::new(words::WHO.say(lang)),
        Column::new(words::WHEN.say(lang)),
    ];
    html! {
        @if !rows.is_empty() { (list(lang, words::HISTORY.say(lang), &columns, &rows)) }
    }
}

fn most_asked(desk: &Desk, asked: &[AskedQuery]) -> Markup {
    let lang = desk.lang();
    let row = |query: &AskedQuery| {
        Row::new(vec![
            html! { (query.text) },
            html! { (query.times) },
            html! { (instant_short(query.last)) },
            finds_now(desk, &query.text),
        ])
    };
    let rows: Vec<Row> = asked.iter().take(ROWS).map(row).collect();
    let columns = [
        Column::new(words::QUERY.say(lang)),
        Column::number(words::TIMES.say(lang)),
        Column::new(words::LAST.say(lang)),
        Column::new(words::FINDS_FIRST.say(lang)),
    ];
    html! {
        @if rows.is_empty() {
            h2 { (words::MOST_ASKED.say(lang)) }
            p.muted { (words::NO_ASKED.say(lang)) }
        } @else { (list(lang, words::MOST_ASKED.say(lang), &columns, &rows)) }
    }
}
