//! The builder: the form in work with its sections and questions, and what is still to be repaired.

use actix_web::http::StatusCode;
use actix_web::web::{Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::printed;
use super::shown::{KINDS, Shown};
use super::typed::text;
use super::unasked;
use super::{HERE, Looked, looked};
use crate::domain::calendar::words::instant_short;
use crate::domain::dossier::Directory;
use crate::domain::form::{Declaration, Kind, Question, Step, sketch};
use crate::domain::ids::ProcedureCode;
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::{Lang, Message, Text};
use crate::office::forms::{Working, shipped, wire};
use crate::web::address::percent_path;
use crate::web::admin::{fees, guiding, page, processes, sent_by_admin};
use crate::web::components::{
    BannerKind, Button, Choice, Field, Form, banner, button, button_link, button_row, checkbox,
    field_id, form, implicit_submit, panel, row_button, row_select, side_right, text_field,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{Posted, asked, with_office};
use crate::web::desk::say;
use crate::web::visitor::see_other;
use crate::web::words::{
    admin_guiding as guiding_words, fees as fee_words, form_builder as words,
    process as process_words,
};

/// A form in work that an administrator looks at.
pub struct Work {
    pub looked: Looked,
    pub working: Working,
}

impl Work {
    /// The builder.
    pub fn address(&self) -> String {
        format!("{}/sua", self.looked.address())
    }

    /// Takes over which state a page was made of, so that a change over somebody else's is refused.
    pub fn seen(&mut self, sent: &Posted) {
        if let Ok(revision) = sent.get("seen").parse() {
            self.working.revision = revision;
        }
    }
}

/// The form in work of an address.
///
/// # Errors
/// The answer to give: it is no administrator, there is no such procedure, or nothing is in work.
pub fn work(desk: &Desk, code: &str) -> Result<Work, HttpResponse> {
    let looked = looked(desk, code)?;
    match desk.office().working_form(&looked.code) {
        Ok(Some(working)) => Ok(Work { looked, working }),
        Ok(None) => Err(see_other(&looked.address())),
        Err(failure) => Err(desk.failed(&failure)),
    }
}

/// What an administrator sent about the form in work of an address, and the form as they saw it.
///
/// # Errors
/// As for [`work`]; or what was sent cannot be read.
pub async fn work_sent(
    desk: &Desk,
    code: &str,
    request: &HttpRequest,
    payload: Payload,
) -> Result<(Posted, Work), HttpResponse> {
    let sent = sent_by_admin(desk, request, payload).await?;
    let mut work = work(desk, code)?;
    work.seen(&sent);
    Ok((sent, work))
}

/// Changes the form in work as it was seen.
///
/// # Errors
/// The answer to give: somebody else changed it, or the store fails.
pub async fn changed(
    desk: &Desk,
    work: &Work,
    change: impl FnOnce(&mut Declaration) + Send + 'static,
) -> Result<(), HttpResponse> {
    let (seen, by) = (work.working.clone(), desk.staff.name.to_string());
    let done = with_office(desk, move |office, _| {
        office.change_form(&seen, &by, |form| {
            change(form);
            Ok(())
        })
    });
    done.await.map_err(|failure| desk.failed(&failure))
}

/// A form of the builder, with the state that it was made of.
pub fn in_form(desk: &Desk, work: &Work, action: &str, body: &Markup) -> Markup {
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let body = html! {
        input type="hidden" name="seen" value=(work.working.revision);
        (body)
    };
    let frame =
        Form { action, csrf: &csrf, key: &key, ask_before_leaving: true, ..Form::default() };
    form(desk.lang(), &frame, &body)
}

/// `POST /quan-tri/to-khai/{procedure}`: begins to work on the form.
pub async fn begin(
    desk: Desk,
    path: Path<String>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let looked = match looked(&desk, &path) {
        Ok(looked) => looked,
        Err(response) => return response,
    };
    let declaration = match beginning(&desk, &looked, &sent) {
        Ok(declaration) => declaration,
        Err(refusal) if refusal.fields.iter().any(|error| error.field == SOURCE) => {
            return super::form_sheet(&desk, &looked, None, Some(&refusal));
        }
        Err(refusal) => return desk.failed(&refusal.into()),
    };
    let (code, by) = (looked.code.clone(), desk.staff.name.to_string());
    let begun = with_office(&desk, move |office, _| office.begin_form(&code, &declaration, &by));
    match begun.await {
        Ok(()) => see_other(&format!("{}/sua", looked.address())),
        Err(failure) => desk.failed(&failure),
    }
}

/// The field that says whose form is copied.
pub(super) const SOURCE: &str = "nguon";

/// What a form in work begins with.
fn beginning(desk: &Desk, looked: &Looked, sent: &Posted) -> Result<Declaration, Refusal> {
    let world = desk.office().world();
    let published = world.form_versions(&looked.code).first().copied();
    let name = looked.name.trim_start_matches("Thủ tục ");
    let title = words::NEW_TITLE.text(&[("procedure", name)]);
    // The paper is Vietnamese: its English name is for whoever edits it.
    let title = Text { en: title.vi.clone(), vi: title.vi };
    if sent.get("tu") == "chep" {
        let other = world.form(&ProcedureCode::from(sent.get(SOURCE)), None);
        return match other {
            Some(form) => Ok(form.declaration.copied(title)),
            None => Err(Refusal::field(SOURCE, words::BEGIN_FROM_MISSING)),
        };
    }
    match (sent.get("tu"), published, shipped::form(&looked.code)) {
        ("mau", _, Some(row)) => wire::declaration(&row?),
        ("ban", Some(published), _) => Ok(published.form.declaration.clone()),
        _ => Ok(Declaration { title, ..Declaration::default() }),
    }
}

/// `GET /quan-tri/to-khai/{procedure}/sua`.
pub async fn show(desk: Desk, path: Path<String>, request: HttpRequest) -> HttpResponse {
    let work = match work(&desk, &path) {
        Ok(work) => work,
        Err(response) => return response,
    };
    let lang = desk.lang();
    let sent = asked(&request);
    let done = match sent.get("xong") {
        "" => None,
        "mau" => Some(words::OFFICIAL_SAVED),
        "xoa" => Some(words::REMOVED),
        "them" => Some(words::ADDED),
        _ => Some(words::SAVED),
    };
    let declaration = &work.working.declaration;
    let title = words::EDIT_OF.fill(lang, &[("title", declaration.title.say(lang))]);
    let back = work.looked.address();
    let problems = desk.office().form_problems(&work.working);
    let content = html! {
        (outline(&desk, &work, sent.get(KEPT_ROW)))
        (super::adding::adding(&desk, &work))
        (super::official::official(lang, declaration))
        p { a href={ (work.address()) "/" (super::official_editor::PAGE) } { (words::OFFICIAL_EDIT.say(lang)) } }
    };
    let main = html! {
        @if let Some(done) = done { (banner(lang, BannerKind::Done, &html! { (done.say(lang)) })) }
        (work.looked.head(&title, (&back, words::BACK_FORM.say(lang))))
        (side_right(&state(&desk, &work, &problems), &content))
    };
    page(&desk, StatusCode::OK, (HERE, &title), false, &main)
}

/// What is still to be repaired, and what can be done.
fn state(desk: &Desk, work: &Work, problems: &[FieldError]) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let here = work.address();
    let by = say::actor(lang, &world, &work.working.by);
    let at = instant_short(work.working.at);
    let cases = work.working.declaration.cases.len().to_string();
    panel(
        words::STATE.say(lang),
        &html! {
            p.hint { (words::KEPT_BY.fill(lang, &[("time", &at), ("name", &by)])) }
            @if problems.is_empty() {
                p { (words::CAN_BE_PUBLISHED.say(lang)) }
            } @else {
                p { strong { (words::TO_REPAIR.fill(lang, &[("n", &problems.len().to_string())])) } }
                (unasked::to_repair(desk, work, problems))
            }
            p.hint { (words::CASES_N.fill(lang, &[("n", &cases)])) }
            div.buttons {
                (button_link(&format!("{here}/phat-hanh"), &Button {
                    label: words::TO_PUBLISH.say(lang), ..Button::default()
                }))
                (button_link(&format!("{here}/thu"), &Button {
                    label: words::TRY.say(lang), secondary: true, ..Button::default()
                }))
            }
            (in_form(desk, work, &here, &html! {
                div.buttons {
                    @if work.working.undo_steps > 0 {
                        @let steps = work.working.undo_steps.to_string();
                        (button(&Button {
                            label: &words::UNDO.fill(lang, &[("n", &steps)]), name: "_undo", value: "1", secondary: true,
                            ..Button::default()
                        }))
                    }
                    a href={ (here) "/bo" } { (words::DROP.say(lang)) }
                }
            }))
        },
    )
}

/// A problem with the way to where it is repaired.
pub fn repair(lang: Lang, work: &Work, problem: &FieldError) -> Markup {
    let (where_, href) = place_of(lang, work, &problem.field);
    html! {
        @match href {
            Some(href) => a href=(href) { (where_) },
            None => (where_),
        }
        ": " (problem.text.say(lang))
    }
}

/// What a place such as `sections[0].questions[2].only_if[0]` is called, and its page.
fn place_of(lang: Lang, work: &Work, field: &str) -> (String, Option<String>) {
    let declaration = &work.working.declaration;
    let here = work.address();
    let index = |list: &str| -> Option<usize> {
        let (_, rest) = field.split_once(&format!("{list}["))?;
        rest.split_once(']')?.0.parse().ok()
    };
    if field.starts_with("cases") {
        let name = index("cases").and_then(|place| declaration.cases.get(place));
        let name = name.map_or("", |case| case.name.as_str());
        let said = words::CASE_NAMED.fill(lang, &[("name", name)]);
        return (said, Some(format!("{here}/thu")));
    }
    // What was set for the form elsewhere, and is repaired there.
    let code = percent_path(work.looked.code.as_str());
    let elsewhere = [
        ("process", process_words::TITLE, processes::HERE),
        ("fees", fee_words::FEES, fees::HERE),
        ("papers", guiding_words::PAPERS, guiding::PAPERS),
    ];
    if let Some((_, title, at)) = elsewhere.into_iter().find(|(name, ..)| *name == field) {
        return (title.say(lang).to_owned(), Some(format!("{at}/{code}")));
    }
    let Some((number, section)) =
        index("sections").and_then(|place| Some((place, declaration.sections.get(place)?)))
    else {
        let href = (field == "title").then(|| format!("{here}#{}", field_id("title")));
        return (words::THE_FORM.say(lang).to_owned(), href);
    };
    let Some(question) = index("questions").and_then(|place| section.questions.get(place)) else {
        let said = words::SECTION_NAMED.fill(lang, &[("title", section.title.say(lang))]);
        return (said, Some(format!("{here}/muc/{number}")));
    };
    let column = match &question.kind {
        Kind::Table { columns, .. } => index("columns").and_then(|place| columns.get(place)),
        _ => None,
    };
    let (path, label) = match column {
        Some(column) => (
            format!("{}.{}", question.key, column.key),
            format!("{} › {}", question.label.say(lang), column.label.say(lang)),
        ),
        None => (question.key.clone(), question.label.say(lang).to_owned()),
    };
    (format!("“{label}”"), Some(format!("{here}/truong/{path}")))
}

/// The `id` of a question's row, to come back to.
pub fn row_id(path: &str) -> String {
    field_id(&format!("row.{path}"))
}

fn outline(desk: &Desk, work: &Work, kept: &str) -> Markup {
    let lang = desk.lang();
    let declaration = &work.working.declaration;
    let title = |name, label: Message, value: &str, optional| {
        text_field(
            lang,
            &Field {
                name,
                label: label.say(lang),
                value,
                optional,
                autocomplete: "off",
                max_length: Some(300),
                ..Field::default()
            },
        )
    };
    let english = super::typed::english(&declaration.title);
    let count = declaration.sections.len();
    in_form(
        desk,
        work,
        &work.address(),
        &html! {
            (implicit_submit(words::SAVE.say(lang), "_save", "1"))
            div.pairs {
                (title("title", words::FORM_TITLE, &declaration.title.vi, false))
                (title("title_en", words::FORM_TITLE_EN, &english, true))
            }
        (printed::boxes(lang, declaration))
            @for (place, section) in declaration.sections.iter().enumerate() {
                section.form-section id=(row_id(&format!("muc.{place}"))) {
                    (section_head(lang, work, (place, count), section.title.say(lang)))
                    (Shown { lang, declaration }.about(section))
                    @if section.questions.is_empty() { p.muted { (words::SECTION_EMPTY.say(lang)) } }
                    (rows(lang, work, &section.questions, (None, kept)))
                }
            }
            (button_row(&save_rows(lang, count > 0)))
        },
    )
}

fn section_head(lang: Lang, work: &Work, (place, count): (usize, usize), title: &str) -> Markup {
    let shown = if title.is_empty() { words::UNTITLED.say(lang) } else { title };
    let value = place.to_string();
    html! {
        div.section-head {
            h2 { a href={ (work.address()) "/muc/" (place) } { (shown) } }
            div.row-buttons {
                @if place > 0 { (row_button(words::UP.say(lang), shown, "_section_up", &value)) }
                @if place + 1 < count { (row_button(words::DOWN.say(lang), shown, "_section_down", &value)) }
                (row_button(words::REMOVE.say(lang), shown, "_section_remove", &value))
            }
        }
    }
}

/// The button that keeps the kinds and ticks of the rows, if there are any.
pub fn save_rows(lang: Lang, has_rows: bool) -> Markup {
    let label = if has_rows { words::SAVE_ROWS } else { words::SAVE }.say(lang);
    button(&Button { label, name: "_save", value: "1", ..Button::default() })
}

/// Says in an address which row was just kept.
pub const KEPT_ROW: &str = "luu";

/// Questions, a row each: the label leads to its page; kind and tick are changed here. The one that was just
/// kept says so.
pub fn rows(
    lang: Lang,
    work: &Work,
    questions: &[Question],
    (table, kept): (Option<&Question>, &str),
) -> Markup {
    let declaration = &work.working.declaration;
    let shown = Shown { lang, declaration };
    let offered =
        KINDS.iter().filter(|(id, _)| table.is_none() || !matches!(*id, "table" | "place"));
    let offered: Vec<Choice<'_>> = offered
        .map(|(value, label)| Choice { value, label: label.say(lang), ..Choice::default() })
        .collect();
    html! {
        ol.field-rows {
            @for question in questions {
                @let path = match table {
                    Some(table) => format!("{}.{}", table.key, question.key),
                    None => question.key.clone(),
                };
                @let label = question.label.say(lang);
                li id=(row_id(&path)) {
                    div.field-words {
                        a href={ (work.address()) "/truong/" (path) } { (label) }
                        @if path == kept { " " strong.kept role="status" { (words::SAVED.say(lang)) } }
                        @let traits = shown.details(question, table);
                        @if !traits.is_empty() { span.hint { (traits.join(" · ")) } }
                    }
                    (row_select(&Field {
                        name: &format!("kind.{path}"),
                        label: &words::KIND_OF.fill(lang, &[("label", label)]),
                        value: question.kind.id(),
                        ..Field::default()
                    }, &offered))
                    @if matches!(question.kind, Kind::Calculated(_)) { span {} }
                    @else {
                        @let name = format!("required.{path}");
                        (checkbox(lang, &Field {
                            name: &name, label: words::REQUIRED.say(lang), ..Field::default()
                        }, "1", question.is_required))
                    }
                    div.row-buttons {
                        (row_button(words::UP.say(lang), label, "_up", &path))
                        (row_button(words::DOWN.say(lang), label, "_down", &path))
                        (row_button(words::REMOVE.say(lang), label, "_remove", &path))
                    }
                }
            }
        }
    }
}

/// `POST /quan-tri/to-khai/{procedure}/sua`: moves, removes, adds; whatever button was pressed, kinds and
/// ticks are kept as they were set.
pub async fn change(
    desk: Desk,
    path: Path<String>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let (sent, work) = match work_sent(&desk, &path, &request, payload).await {
        Ok(both) => both,
        Err(response) => return response,
    };
    let next = next(&work, &sent, &asked(&request));
    if sent.has("_undo") {
        let (seen, by) = (work.working.clone(), desk.staff.name.to_string());
        return match with_office(&desk, move |office, _| office.undo_form(&seen, &by)).await {
            Ok(()) => see_other(&next),
            Err(failure) => desk.failed(&failure),
        };
    }
    if let Some(field) = sent.some(unasked::ASK) {
        return ask(&desk, &work, field).await;
    }
    let done = changed(&desk, &work, move |form| {
        keep_rows(form, &sent);
        rearrange(form, &sent);
    });
    done.await.map_or_else(|response| response, |()| see_other(&next))
}

/// Adds the question that a step of the process looks at, and opens it.
async fn ask(desk: &Desk, work: &Work, field: String) -> HttpResponse {
    let (seen, by) = (work.working.clone(), desk.staff.name.to_string());
    let unasked = desk.office().form_unasked(&work.working);
    let label = unasked.iter().find(|unasked| unasked.when.field == field).map(unasked::label);
    let label = label.unwrap_or_default();
    let done =
        with_office(desk, move |office, _| office.ask_what_steps_need(&seen, (&field, label), &by));
    match done.await {
        Ok(path) => see_other(&format!("{}/truong/{path}?xong=hoi", work.address())),
        Err(failure) => desk.failed(&failure),
    }
}

/// Where the pressed button leads back to.
fn next(work: &Work, sent: &Posted, asked: &Posted) -> String {
    // The list of a table's columns stands on the table's page.
    let here = match asked.some("ve").filter(|path| work.working.declaration.spot(path).is_some()) {
        Some(table) => format!("{}/truong/{table}", work.address()),
        None => work.address(),
    };
    for moved in ["_up", "_down"] {
        if let Some(path) = sent.some(moved) {
            return format!("{here}#{}", row_id(&path));
        }
    }
    let said = if sent.has("_lines") {
        "them"
    } else if ["_remove", "_section_remove", "_paper_remove"].iter().any(|name| sent.has(name)) {
        "xoa"
    } else {
        "1"
    };
    format!("{here}?xong={said}")
}

/// Takes over title, kinds and ticks; what the page did not show stays.
fn keep_rows(form: &mut Declaration, sent: &Posted) {
    if sent.has("title") {
        form.title = text(sent.get("title"), sent.get("title_en"));
    }
    printed::keep(form, sent);
    let each = form.sections.iter_mut().flat_map(|section| &mut section.questions);
    for question in each {
        let key = question.key.clone();
        keep_row(question, &key, sent);
        if let Kind::Table { columns, .. } = &mut question.kind {
            for column in columns {
                let path = format!("{key}.{}", column.key);
                keep_row(column, &path, sent);
            }
        }
    }
}

fn keep_row(question: &mut Question, path: &str, sent: &Posted) {
    let Some(kind) = sent.some(&format!("kind.{path}")) else { return };
    if kind != question.kind.id()
        && let Some(fresh) = Kind::fresh(&kind)
    {
        question.kind = fresh;
    }
    let is_calculated = matches!(question.kind, Kind::Calculated(_));
    question.is_required = !is_calculated && sent.has(&format!("required.{path}"));
}

fn rearrange(form: &mut Declaration, sent: &Posted) {
    let place = |name: &str| sent.get(name).parse::<usize>().ok();
    for (name, step) in [("_up", Step::Up), ("_down", Step::Down)] {
        if let Some(path) = sent.some(name) {
            form.step(&path, step);
        }
    }
    if let Some(path) = sent.some("_remove") {
        form.remove(&path);
    }
    for (name, step) in [("_section_up", Step::Up), ("_section_down", Step::Down)] {
        if let Some(place) = place(name) {
            form.step_section(place, step);
        }
    }
    if let Some(place) = place("_section_remove").filter(|place| *place < form.sections.len()) {
        form.sections.remove(place);
    }
    if sent.has("_lines") {
        let new = sketch(sent.get("lines"), &|key| form.question(key).is_some());
        let section = place("section").unwrap_or(form.sections.len().saturating_sub(1));
        form.add(new, section);
    }
}

/// The procedures whose form is in work, for the list.
pub fn in_work(desk: &Desk) -> Vec<ProcedureCode> {
    desk.office().forms_in_work().unwrap_or_default()
}
