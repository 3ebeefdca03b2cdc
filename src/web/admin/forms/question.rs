//! The page of one question: label, kind with its details, help, conditions, checks, what it begins
//! with, and where it stands.

use actix_web::http::StatusCode;
use actix_web::web::{Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::boxes::Boxes;
use super::editor::{self, KEPT_ROW, Work, changed, rows, work, work_sent};
use super::shown::Shown;
use super::typed::Typed;
use super::{HERE, conditions};
use crate::domain::form::{
    Behind, Declaration, Kind, Question, Spot, is_key, placed, sketch_columns, words as form_words,
};
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::domain::words::Message;
use crate::web::admin::page;
use crate::web::components::{
    BannerKind, Button, Field, Form, banner, button, button_row, error_summary, form, text_area,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{Posted, asked};
use crate::web::visitor::see_other;
use crate::web::words::desk as desk_words;
use crate::web::words::form_builder as words;

/// Says on the page of a question that it became one of another kind.
const OTHER_KIND: &str = "loai";

/// Where the columns of a table stand on its page.
const COLUMNS: &str = "cot";

/// The page of a question.
pub fn address(work: &Work, path: &str) -> String {
    format!("{}/truong/{path}", work.address())
}

/// `GET /quan-tri/to-khai/{procedure}/sua/truong/{path}`.
pub async fn show(desk: Desk, path: Path<(String, String)>, request: HttpRequest) -> HttpResponse {
    let work = match work(&desk, &path.0) {
        Ok(work) => work,
        Err(response) => return response,
    };
    let Some(place) = Place::of(&work, &path.1) else { return missing(&desk) };
    let typed = Typed::of(place.question);
    let sent = asked(&request);
    // What another kind has to be told about is not wrong yet.
    let is_other = sent.get("xong") == OTHER_KIND;
    let errors = if is_other { Vec::new() } else { own_errors(&desk, &work, place.spot) };
    let saved = match sent.get("xong") {
        OTHER_KIND => words::OTHER_KIND,
        "hoi" => words::UNASKED_ADDED,
        "them" => words::ADDED,
        _ => words::SAVED,
    };
    let saved = sent.has("xong").then_some(saved);
    sheet(
        &desk,
        &work,
        &place,
        &typed,
        &Told { errors, saved, refused: None, kept: sent.get(KEPT_ROW).to_owned() },
    )
}

fn missing(desk: &Desk) -> HttpResponse {
    desk.failed(&Refusal::new(RefusalKind::NotFound, desk_words::NOT_FOUND).into())
}

/// A question that is looked at.
pub struct Place<'a> {
    pub path: &'a str,
    pub spot: Spot,
    pub question: &'a Question,
    pub table: Option<&'a Question>,
    /// The questions that it may refer to.
    pub above: Vec<&'a Question>,
}

impl<'a> Place<'a> {
    fn of(work: &'a Work, path: &'a str) -> Option<Self> {
        let declaration = &work.working.declaration;
        let spot = declaration.spot(path)?;
        let (question, table) = (declaration.at(spot)?, declaration.table_of(spot));
        Some(Self { path, spot, question, table, above: declaration.above(spot) })
    }
}

/// What the page tells above its form.
struct Told {
    errors: Vec<FieldError>,
    saved: Option<Message>,
    refused: Option<StatusCode>,
    /// The column that was just kept; or empty.
    kept: String,
}

/// What keeps the question from being published, by the names of this page.
fn own_errors(desk: &Desk, work: &Work, spot: Spot) -> Vec<FieldError> {
    let mut start = format!("sections[{}].questions[{}].", spot.section, spot.question);
    if let Some(column) = spot.column {
        start.push_str(&format!("columns[{column}]."));
    }
    let problems = desk.office().form_problems(&work.working);
    let own = problems.into_iter().filter_map(|problem| {
        let part = problem.field.strip_prefix(&start)?;
        // The columns of a table have pages of their own.
        let is_below = part.starts_with("columns[") || part.starts_with("options[");
        let part = if is_below { part.split('[').next().unwrap_or(part) } else { part };
        let part = match part.strip_prefix("checks[").filter(|rest| rest.ends_with(']')) {
            Some(_) => format!("{part}.than"),
            None => part.to_owned(),
        };
        Some(FieldError { field: part, text: problem.text })
    });
    own.collect()
}

fn sheet(desk: &Desk, work: &Work, place: &Place<'_>, typed: &Typed, told: &Told) -> HttpResponse {
    let lang = desk.lang();
    let title = words::FIELD_OF.fill(lang, &[("label", place.question.label.say(lang))]);
    let back = match place.table {
        Some(table) => (address(work, &table.key), words::BACK_TABLE),
        None => (format!("{}#{}", work.address(), editor::row_id(place.path)), words::BACK_EDIT),
    };
    let refusal = Refusal::fields(told.errors.clone());
    let main = html! {
        @if !told.errors.is_empty() { (error_summary(lang, &refusal)) }
        @if let Some(saved) = told.saved { (banner(lang, BannerKind::Done, &html! { (saved.say(lang)) })) }
        h1 { (title) }
        p.muted {
            (words::ANSWER_NAME.say(lang)) " " span.code { (place.path) } " · "
            a href=(back.0) { (back.1.say(lang)) }
        }
        (the_form(desk, work, place, typed, &told.errors))
        @if let Kind::Table { columns, .. } = &place.question.kind {
            (columns_of(desk, work, place, (columns, &told.kept)))
        }
    };
    let status = told.refused.unwrap_or(StatusCode::OK);
    page(desk, status, (HERE, &title), told.refused.is_some(), &main)
}

fn the_form(
    desk: &Desk,
    work: &Work,
    place: &Place<'_>,
    typed: &Typed,
    errors: &[FieldError],
) -> Markup {
    let lang = desk.lang();
    let shown = Shown { lang, declaration: &work.working.declaration };
    let boxes = Boxes { lang, typed, errors, shown, place };
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let action = address(work, place.path);
    let body = html! {
        input type="hidden" name="seen" value=(work.working.revision);
        input type="hidden" name="shown" value=(typed.shown);
        div.field-editor {
            (boxes.main())
            (boxes.details())
            (boxes.more(words::KEY, errors.iter().any(|e| e.field == "key"), &boxes.key()))
            (boxes.more(words::HELP, !typed.help.is_empty(), &boxes.help()))
            (boxes.more(
                words::CONDITIONS,
                !typed.only_if.is_empty(),
                &html! {
                    (conditions::boxes(
                        &shown, "only_if", (&place.above, place.table), &typed.only_if, errors,
                    ))
                    @if !place.above.is_empty() { (boxes.spread()) }
                },
            ))
            @if !matches!(place.question.kind, Kind::Table { .. } | Kind::Place | Kind::Tick) {
                (boxes.more(words::CHECKS, !typed.checks.is_empty(), &boxes.checks()))
            }
            @if place.table.is_none() {
                @let is_said = !typed.prefill.is_empty() || !typed.behind.is_empty();
                (boxes.more(words::FILL_AND_PLACE, is_said, &html! {
                    (boxes.prefill())
                    (boxes.behind())
                }))
            }
            (button_row(&html! {
                (button(&Button { label: words::SAVE.say(lang), ..Button::default() }))
                (button(&Button {
                    label: words::SAVE_NEXT.say(lang), name: "_next", value: "1", secondary: true,
                    ..Button::default()
                }))
            }))
        }
    };
    let frame = Form {
        action: &action,
        csrf: &csrf,
        key: &key,
        ask_before_leaving: true,
        ..Form::default()
    };
    form(lang, &frame, &body)
}

/// The columns of a table: a list as that of the form, and the box that adds more.
fn columns_of(
    desk: &Desk,
    work: &Work,
    place: &Place<'_>,
    (columns, kept): (&[Question], &str),
) -> Markup {
    let lang = desk.lang();
    let list = format!("{}?ve={}", work.address(), place.path);
    html! {
        section id=(COLUMNS) {
            h2 { (words::COLUMNS.say(lang)) }
            @if !columns.is_empty() {
                (editor::in_form(desk, work, &list, &html! {
                    (rows(lang, work, columns, (Some(place.question), kept)))
                    (button_row(&html! { (editor::save_rows(lang, true)) }))
                }))
            }
            (editor::in_form(desk, work, &address(work, place.path), &html! {
                (text_area(lang, &Field {
                    name: "columns",
                    label: words::ADD_COLUMNS.say(lang),
                    hint: words::ADD_COLUMNS_HINT.say(lang),
                    autocomplete: "off",
                    max_length: Some(20_000),
                    ..Field::default()
                }, 5))
                (button(&Button {
                    label: words::ADD.say(lang), name: "_columns", value: "1", secondary: true,
                    ..Button::default()
                }))
            }))
        }
    }
}

/// `POST /quan-tri/to-khai/{procedure}/sua/truong/{path}`.
pub async fn change(
    desk: Desk,
    path: Path<(String, String)>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let (sent, work) = match work_sent(&desk, &path.0, &request, payload).await {
        Ok(both) => both,
        Err(response) => return response,
    };
    let Some(place) = Place::of(&work, &path.1) else { return missing(&desk) };
    if sent.has("_columns") {
        let text = sent.get("columns").to_owned();
        let key = place.path.to_owned();
        let done = changed(&desk, &work, move |form| add_columns(form, &key, &text)).await;
        let here = format!("{}?xong=them#{COLUMNS}", address(&work, place.path));
        return done.map_or_else(|response| response, |()| see_other(&here));
    }
    let typed = Typed::read(&sent);
    let renamed = match renamed(&work, &place, &sent) {
        Ok(renamed) => renamed,
        Err(error) => {
            let refused = Some(StatusCode::UNPROCESSABLE_ENTITY);
            let told = Told { errors: vec![error], saved: None, refused, kept: String::new() };
            return sheet(&desk, &work, &place, &typed, &told);
        }
    };
    let question = match typed.question(place.question) {
        Ok(question) => question,
        Err(refusal) => {
            let refused = Some(StatusCode::UNPROCESSABLE_ENTITY);
            let told = Told { errors: refusal.fields, saved: None, refused, kept: String::new() };
            return sheet(&desk, &work, &place, &typed, &told);
        }
    };
    let (key, behind) = (place.path.to_owned(), typed.behind.clone());
    let path = renamed.as_ref().map_or_else(|| key.clone(), |new| beside(&key, new));
    let spread = sent.get("spread").trim().parse().unwrap_or_default();
    let saved = changed(&desk, &work, move |form| {
        replace(form, &key, question);
        form.spread_conditions(&key, spread);
        move_to(form, &key, &behind);
        if let Some(new) = renamed {
            form.rename(&key, &new);
        }
    });
    if let Err(response) = saved.await {
        return response;
    }
    go_on(&desk, &work, &path, (typed.kind != typed.shown, sent.has("_next")))
}

/// The path of a question beside another.
fn beside(path: &str, key: &str) -> String {
    path.split_once('.').map_or_else(|| key.to_owned(), |(table, _)| format!("{table}.{key}"))
}

/// The other key that a question gets, when one was typed.
fn renamed(work: &Work, place: &Place<'_>, sent: &Posted) -> Result<Option<String>, FieldError> {
    let Some(key) = sent.some("key").filter(|key| *key != place.question.key) else {
        return Ok(None);
    };
    let text = if !is_key(&key) {
        form_words::KEY_WRONG
    } else if work.working.declaration.spot(&beside(place.path, &key)).is_some() {
        words::KEY_TAKEN
    } else {
        return Ok(Some(key));
    };
    Err(FieldError { field: "key".to_owned(), text: text.into() })
}

fn replace(form: &mut Declaration, path: &str, question: Question) {
    let spot = form.spot(path);
    if let Some(known) = spot.and_then(|spot| form.at_mut(spot)) {
        *known = question;
    }
}

fn move_to(form: &mut Declaration, path: &str, behind: &str) {
    match behind.strip_prefix('#').map(str::parse) {
        Some(Ok(section)) => form.put_behind(path, Behind::Top(section)),
        _ if behind.is_empty() => {}
        _ => form.put_behind(path, Behind::Question(behind)),
    }
}

fn add_columns(form: &mut Declaration, table: &str, text: &str) {
    let spot = form.spot(table);
    let Some(question) = spot.and_then(|spot| form.at_mut(spot)) else { return };
    if let Kind::Table { columns, .. } = &mut question.kind {
        let new = sketch_columns(text, &|key| columns.iter().any(|column| column.key == key));
        columns.extend(new);
    }
}

/// Where to go once a question is saved: here while something of it is open, to the next one when that
/// was asked for, else back to the form.
fn go_on(
    desk: &Desk,
    work: &Work,
    path: &str,
    (is_other_kind, next): (bool, bool),
) -> HttpResponse {
    let here = format!("{}?xong=1", address(work, path));
    let Ok(Some(now)) = desk.office().working_form(&work.looked.code) else {
        return see_other(&here);
    };
    let declaration = &now.declaration;
    let Some(spot) = declaration.spot(path) else { return see_other(&work.address()) };
    let question = declaration.at(spot);
    let has_details = question.is_some_and(|question| {
        matches!(
            question.kind,
            Kind::Choice(_)
                | Kind::Table { .. }
                | Kind::Calculated(_)
                | Kind::Number { .. }
                | Kind::Date(_)
        )
    });
    let now_work = Work { looked: work.looked.clone(), working: now.clone() };
    if is_other_kind && has_details {
        return see_other(&format!("{}?xong={OTHER_KIND}", address(work, path)));
    }
    if !own_errors(desk, &now_work, spot).is_empty() {
        return see_other(&here);
    }
    if next {
        let all: Vec<String> = placed(declaration).iter().map(|placed| placed.path()).collect();
        let follows = all.iter().skip_while(|known| *known != path).nth(1);
        if let Some(follows) = follows {
            return see_other(&format!("{}?xong=1", address(work, follows)));
        }
    }
    let back = match path.split_once('.') {
        Some((table, _)) => address(work, table),
        None => work.address(),
    };
    // The row says that it was kept: the top of the page is out of sight.
    see_other(&format!("{back}?{KEPT_ROW}={path}#{}", editor::row_id(path)))
}
