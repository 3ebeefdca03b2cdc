//! Processes of procedures: the list, the versions of one, what differs between two.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::finding::{Finding, ROWS};
use super::house::refusal_of;
use super::process_editor::{self as editor, Sum};
use super::{page, renewing, sent_by_admin};
use crate::domain::calendar::words::instant_short;
use crate::domain::dossier::Directory;
use crate::domain::ids::{AgencyCode, ProcedureCode};
use crate::domain::process::{
    Difference, Process, Step, StepField, differences, total_hours, usual,
};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::Lang;
use crate::office::processes::wire::{StepRow, rows};
use crate::office::processes::{Draft, Published, Whose, shipped};
use crate::office::world::World;
use crate::web::address::percent_path;
use crate::web::components::{
    BannerKind, Button, Choice, Column, DataTable, Field, Form, Method, Row, banner, button,
    by_row, data_table, error_summary, form, select,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{Posted, asked, with_office};
use crate::web::desk::say;
use crate::web::process as shown;
use crate::web::visitor::see_other;
use crate::web::words::desk as desk_words;
use crate::web::words::process as words;

/// Where the pages lie.
pub const HERE: &str = "/quan-tri/quy-trinh";
/// Stands for the process that every agency has.
const COMMON: &str = "chung";
/// `GET /quan-tri/quy-trinh?q=…&co=1&tu=…`.
pub async fn list(desk: Desk, request: HttpRequest) -> HttpResponse {
    let (lang, sent) = (desk.lang(), asked(&request));
    let world = desk.office().world();
    let finding = Finding {
        here: HERE,
        find: words::FIND.say(lang),
        only_own: words::ONLY_OWN.say(lang),
        show: words::SHOW.say(lang),
        sent: &sent,
    };
    let wanted = finding.wanted();
    let mut found: Vec<(ProcedureCode, Vec<&Process>)> = world
        .procedures()
        .filter(|procedure| wanted.fits(procedure))
        .map(|procedure| (procedure.code.clone(), own_processes(&world, &procedure.code)))
        .filter(|(_, own)| !finding.is_only_own() || !own.is_empty())
        .collect();
    // What has a process of its own comes first.
    found.sort_by_key(|(_, own)| own.is_empty());
    let shown: Vec<Row> = found
        .iter()
        .skip(finding.from())
        .take(ROWS)
        .map(|(code, own)| row(&desk, &world, code, own))
        .collect();
    let columns = [
        Column::new(words::CODE.say(lang)),
        Column::new(words::PROCEDURE.say(lang)),
        Column::new(words::NOW.say(lang)),
        Column::new(words::TOTAL_SHORT.say(lang)),
    ];
    let title = words::TITLE.say(lang);
    let main = html! {
        h1 { (title) }
        p { (words::ABOUT.say(lang)) }
        (finding.search(lang))
        (data_table(lang, &DataTable {
            caption: title, caption_hidden: true, columns: &columns, rows: &shown, select: "",
        }))
        (finding.pages(lang, found.len()))
    };
    page(&desk, StatusCode::OK, (HERE, title), false, &main)
}

/// The processes of a procedure: the common one first, then those of agencies.
fn own_processes<'a>(world: &'a World, procedure: &ProcedureCode) -> Vec<&'a Process> {
    let of = |agency: Option<AgencyCode>| {
        world.own_process(&Whose { procedure: procedure.clone(), agency })
    };
    let agencies = world.agencies().map(|agency| Some(agency.code.clone()));
    std::iter::once(None).chain(agencies).filter_map(of).collect()
}

fn row(desk: &Desk, world: &World, code: &ProcedureCode, own: &[&Process]) -> Row {
    let lang = desk.lang();
    let name = world.procedure(code).map(|procedure| procedure.name.clone()).unwrap_or_default();
    let whose = |process: &Process| match &process.agency {
        Some(agency) => say::agency_name(world, agency),
        None => words::COMMON.say(lang).to_owned(),
    };
    let sum = |process: &Process| {
        let whose = Whose { procedure: code.clone(), agency: process.agency.clone() };
        let limit = world.published_hours(&whose, desk.office().now());
        Sum { total: total_hours(&process.steps), limit }.short()
    };
    Row::new(vec![
        html! { a.code href={ (HERE) "/" (code) } { (code) } },
        html! { (name) },
        html! {
            @if own.is_empty() { span.muted { (words::NONE.say(lang)) } }
            @for (index, process) in own.iter().enumerate() {
                @if index > 0 { br; }
                a href=(address(code, process.agency.as_ref())) {
                    (shown::title_of(lang, process))
                }
                " " span.muted { (whose(process)) }
            }
        },
        html! {
            @for (index, process) in own.iter().enumerate() {
                @if index > 0 { br; }
                (sum(process))
            }
        },
    ])
}

/// The editor of a process.
pub fn address(procedure: &ProcedureCode, agency: Option<&AgencyCode>) -> String {
    let agency = agency.map_or(COMMON, AgencyCode::as_str);
    format!("{HERE}/{}?co-quan={}", percent_path(procedure.as_str()), percent_path(agency))
}

/// Whose process an address names.
fn whose(desk: &Desk, procedure: &str, sent: &Posted) -> Result<Whose, HttpResponse> {
    let agency = sent.some("co-quan").filter(|code| code != COMMON).map(AgencyCode::new);
    let whose = Whose { procedure: ProcedureCode::from(procedure), agency };
    match desk.office().check_whose(&whose) {
        Ok(()) => Ok(whose),
        Err(refusal) => Err(desk.failed(&refusal.into())),
    }
}

/// `GET /quan-tri/quy-trinh/{procedure}?co-quan=…`.
pub async fn edit(desk: Desk, path: web::Path<String>, request: HttpRequest) -> HttpResponse {
    let sent = asked(&request);
    let whose = match whose(&desk, &path, &sent) {
        Ok(whose) => whose,
        Err(response) => return response,
    };
    let world = desk.office().world();
    let own = world.own_process(&whose);
    let steps = own.map_or_else(|| begun(&whose), |process| rows(&process.steps));
    let done =
        sent.some("xong").map(|version| words::PUBLISHED.fill(desk.lang(), &[("n", &version)]));
    let done = done.map(|said| banner(desk.lang(), BannerKind::Done, &html! { (said) }));
    let published = own.cloned();
    sheet(&desk, &whose, &editor::Editing { steps, published, ..editor::Editing::default() }, done)
}

/// What a new process begins with: the one that ships, else the usual one, hours still to be entered.
fn begun(whose: &Whose) -> Vec<StepRow> {
    shipped::steps(&whose.procedure).unwrap_or_else(|| rows(&usual().steps))
}

/// The editor with the versions below it.
fn sheet(
    desk: &Desk,
    whose: &Whose,
    editing: &editor::Editing<'_>,
    done: Option<Markup>,
) -> HttpResponse {
    let lang = desk.lang();
    let versions = match desk.office().process_versions(whose) {
        Ok(versions) => versions,
        Err(failure) => return desk.failed(&failure),
    };
    let world = desk.office().world();
    let name = world.procedure(&whose.procedure).map(|p| p.name.clone()).unwrap_or_default();
    let title = words::OF.fill(lang, &[("procedure", &name)]);
    let newest = versions.first().map_or(0, |published| published.process.version);
    let main = html! {
        @if let Some(refusal) = editing.refusal { (error_summary(lang, &by_row(refusal, &[("steps", words::STEP_N)]))) }
        @if let Some(done) = done { (done) }
        h1 { (title) }
        p.muted { span.code { (whose.procedure) } " · " a href=(HERE) { (words::BACK.say(lang)) } }
        (chooser(desk, whose))
        @if newest == 0 {
            @let is_shipped = shipped::steps(&whose.procedure).is_some();
            p { (if is_shipped { words::START_SHIPPED } else { words::START_FROM }.say(lang)) }
        }
        (editor::editor(desk, whose, editing, newest))
        (history(desk, whose, &versions))
    };
    let status = editing.refusal.map_or(StatusCode::OK, |refusal| match refusal.kind {
        RefusalKind::Conflict => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    });
    page(desk, status, (HERE, &title), editing.refusal.is_some(), &main)
}

fn chooser(desk: &Desk, whose: &Whose) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let common = Choice { value: COMMON, label: words::COMMON.say(lang), ..Choice::default() };
    let deciders = world.deciders(&whose.procedure);
    let agencies = deciders.iter().map(|agency| Choice {
        value: agency.code.as_str(),
        label: &agency.name,
        ..Choice::default()
    });
    let choices: Vec<Choice<'_>> = std::iter::once(common).chain(agencies).collect();
    let action = format!("{HERE}/{}", percent_path(whose.procedure.as_str()));
    let body = html! {
        (select(lang, &Field {
            name: "co-quan",
            label: words::WHOSE.say(lang),
            value: whose.agency.as_ref().map_or(COMMON, AgencyCode::as_str),
            ..Field::default()
        }, &choices))
        (button(&Button { label: words::SHOW.say(lang), secondary: true, ..Button::default() }))
    };
    let frame = Form { action: &action, method: Method::Get, ..Form::default() };
    html! { search.row { (form(lang, &frame, &body)) } }
}

fn version_address(whose: &Whose, version: u32, before: Option<u32>) -> String {
    let agency = whose.agency.as_ref().map_or(COMMON, AgencyCode::as_str);
    let procedure = percent_path(whose.procedure.as_str());
    let compared = before.map(|before| format!("&so={before}")).unwrap_or_default();
    format!("{HERE}/{procedure}/ban/{version}?co-quan={}{compared}", percent_path(agency))
}

fn history(desk: &Desk, whose: &Whose, versions: &[Published]) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let title = words::HISTORY.say(lang);
    let columns = [
        Column::new(words::TITLE.say(lang)),
        Column::new(words::WHEN.say(lang)),
        Column::new(words::BY_WHOM.say(lang)),
        Column::new(words::STEPS_COUNT.say(lang)),
        Column::new(words::TOTAL_SHORT.say(lang)),
    ];
    let rows: Vec<Row> = versions
        .iter()
        .map(|published| {
            let process = &published.process;
            let number = process.version.to_string();
            let before = process.version.checked_sub(1).filter(|before| *before > 0);
            Row::new(vec![
                html! {
                    a href=(version_address(whose, process.version, None)) {
                        (words::SEE_VERSION.fill(lang, &[("n", &number)]))
                    }
                    @if let Some(before) = before {
                        br;
                        a href=(version_address(whose, process.version, Some(before))) {
                            (words::COMPARE.fill(lang, &[("n", &before.to_string())]))
                        }
                    }
                },
                html! { (instant_short(published.at)) },
                html! { (say::actor(lang, &world, &published.by)) },
                html! { (process.steps.len()) },
                html! { (total_hours(&process.steps)) },
            ])
        })
        .collect();
    html! {
        @if !rows.is_empty() {
            section {
                h2 { (title) }
                (data_table(lang, &DataTable {
                    caption: title, caption_hidden: true, columns: &columns, rows: &rows, select: "",
                }))
            }
        }
    }
}

/// `POST /quan-tri/quy-trinh/{procedure}`: changes the form, shows a preview, or publishes.
pub async fn change(
    desk: Desk,
    path: web::Path<String>,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let whose = match whose(&desk, &path, &sent) {
        Ok(whose) => whose,
        Err(response) => return response,
    };
    let read = editor::read(&sent);
    let mut steps = read.steps;
    if editor::rearrange(&mut steps, &sent) {
        let editing = editor::Editing { steps, ..editor::Editing::default() };
        return sheet(&desk, &whose, &editing, None);
    }
    let (seen, tests) = (sent.get("seen").parse().ok(), renewing::chosen(&sent));
    let draft = Draft { whose: whose.clone(), steps, seen, tests };
    let refuse = |steps, refusal: &Refusal| {
        let editing = editor::Editing { steps, refusal: Some(refusal), ..Default::default() };
        sheet(&desk, &whose, &editing, None)
    };
    if let Some(refusal) = read.refusal {
        return refuse(draft.steps, &refusal);
    }
    if !sent.has("_publish") {
        return match desk.office().check_process(&draft) {
            Ok(steps) => {
                let editing = editor::Editing {
                    steps: draft.steps,
                    preview: Some(steps),
                    ..Default::default()
                };
                sheet(&desk, &whose, &editing, None)
            }
            Err(refusal) => refuse(draft.steps, &renewing::at_the_box(refusal)),
        };
    }
    publish(&desk, draft).await
}

async fn publish(desk: &Desk, draft: Draft) -> HttpResponse {
    let (by, kept) = (desk.staff.name.to_string(), draft.clone());
    let published = with_office(desk, move |office, _| office.publish_process(&draft, &by)).await;
    match published.map_err(|failure| refusal_of(desk, failure)) {
        Ok(process) => {
            let here = address(&process.procedure, process.agency.as_ref());
            see_other(&format!("{here}&xong={}", process.version))
        }
        Err(Ok(refusal)) => {
            let refusal = renewing::at_the_box(refusal);
            let editing = editor::Editing {
                steps: kept.steps,
                refusal: Some(&refusal),
                ..Default::default()
            };
            sheet(desk, &kept.whose, &editing, None)
        }
        Err(Err(response)) => response,
    }
}

/// A version of an address, with the one that it is compared with, and the newest number.
struct Looked {
    whose: Whose,
    version: Published,
    before: Option<Published>,
    newest: u32,
}

fn looked(desk: &Desk, path: &(String, u32), sent: &Posted) -> Result<Looked, HttpResponse> {
    let whose = whose(desk, &path.0, sent)?;
    let versions = desk.office().process_versions(&whose).map_err(|f| desk.failed(&f))?;
    let find = |number: u32| versions.iter().find(|p| p.process.version == number).cloned();
    let newest = versions.first().map_or(0, |published| published.process.version);
    let missing = || Refusal::new(RefusalKind::NotFound, desk_words::NOT_FOUND);
    match find(path.1) {
        Some(version) => {
            let before = sent.get("so").parse().ok().and_then(find);
            Ok(Looked { whose, version, before, newest })
        }
        None => Err(desk.failed(&missing().into())),
    }
}

/// `GET /quan-tri/quy-trinh/{procedure}/ban/{version}?co-quan=…&so=…`.
pub async fn version(
    desk: Desk,
    path: web::Path<(String, u32)>,
    request: HttpRequest,
) -> HttpResponse {
    let looked = match looked(&desk, &path, &asked(&request)) {
        Ok(looked) => looked,
        Err(response) => return response,
    };
    let (lang, world) = (desk.lang(), desk.office().world());
    let process = &looked.version.process;
    let name = world.procedure(&process.procedure).map(|p| p.name.clone()).unwrap_or_default();
    let title = match &looked.before {
        Some(before) => {
            let (from, to) = (before.process.version.to_string(), process.version.to_string());
            words::DIFFERENCE.fill(lang, &[("from", &from), ("to", &to)])
        }
        None => shown::title_of(lang, process),
    };
    let back = address(&process.procedure, process.agency.as_ref());
    let main = html! {
        h1 { (title) }
        p { (name) " " span.code.muted { (process.procedure) } }
        @if let Some(before) = &looked.before {
            (difference_list(lang, &world, &before.process, process))
        }
        (shown::of_process(lang, &world, process, &title))
        @if process.version < looked.newest { (again(&desk, &looked)) }
        p { a href=(back) { (words::BACK_EDIT.say(lang)) } }
    };
    page(&desk, StatusCode::OK, (HERE, &title), false, &main)
}

fn again(desk: &Desk, looked: &Looked) -> Markup {
    let lang = desk.lang();
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let action = version_address(&looked.whose, looked.version.process.version, None);
    let action = action.split('?').next().unwrap_or_default();
    let next = (looked.newest + 1).to_string();
    let body = html! {
        input type="hidden" name="co-quan"
            value=(looked.whose.agency.as_ref().map_or(COMMON, AgencyCode::as_str));
        input type="hidden" name="seen" value=(looked.newest);
        p { (words::AGAIN_ABOUT.say(lang)) }
        (button(&Button {
            label: &words::AGAIN.fill(lang, &[("n", &next)]), secondary: true, ..Button::default()
        }))
    };
    form(lang, &Form { action, csrf: &csrf, key: &key, ..Form::default() }, &body)
}

/// `POST /quan-tri/quy-trinh/{procedure}/ban/{version}`: publishes an old version again.
pub async fn publish_again(
    desk: Desk,
    path: web::Path<(String, u32)>,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    match looked(&desk, &path, &sent) {
        Ok(looked) => {
            let steps = rows(&looked.version.process.steps);
            let seen = sent.get("seen").parse().ok();
            let tests = renewing::chosen(&sent);
            publish(&desk, Draft { whose: looked.whose, steps, seen, tests }).await
        }
        Err(response) => response,
    }
}

pub(super) fn difference_list(lang: Lang, world: &World, old: &Process, new: &Process) -> Markup {
    let found = differences(&old.steps, &new.steps);
    let named = |message: crate::domain::words::Message, step: &Step| {
        message.fill(lang, &[("step", &step.name)])
    };
    html! {
        @if found.is_empty() { p { (words::DIFF_NONE.say(lang)) } }
        ul {
            @for difference in &found {
                li {
                    @match difference {
                        Difference::Added(step) => (named(words::DIFF_ADDED, step)),
                        Difference::Removed(step) => (named(words::DIFF_REMOVED, step)),
                        Difference::Moved(step) => (named(words::DIFF_MOVED, step)),
                        Difference::Changed(before, after, fields) => {
                            (named(words::DIFF_CHANGED, after))
                            ul {
                                @for field in fields {
                                    li { (changed(lang, world, (old, new), (*before, *after), *field)) }
                                }
                            }
                        },
                    }
                }
            }
        }
    }
}

fn changed(
    lang: Lang,
    world: &World,
    (old, new): (&Process, &Process),
    (before, after): (&Step, &Step),
    field: StepField,
) -> String {
    let from = said(lang, world, old, before, field);
    let to = said(lang, world, new, after, field);
    words::DIFF_FIELD.fill(lang, &[("field", field.name().say(lang)), ("from", &from), ("to", &to)])
}

/// A field of a step in words.
fn said(lang: Lang, world: &World, process: &Process, step: &Step, field: StepField) -> String {
    let agency = process.agency.as_ref().and_then(|code| world.agency(code));
    let agency = agency.or_else(|| world.deciders(&process.procedure).first().copied());
    let text = match field {
        StepField::Name => step.name.clone(),
        StepField::By => shown::who(lang, agency, &step.by),
        StepField::Hours => step.hours.to_string(),
        StepField::Does => step.does.clone(),
        StepField::Document => step.document.clone(),
        StepField::Consults => {
            shown::asked(world, step, agency.map(|agency| &agency.code)).unwrap_or_default()
        }
        StepField::Parallel => {
            let yes = if step.parallel { words::PARALLEL_YES } else { words::NO };
            yes.say(lang).to_owned()
        }
        StepField::SkipWhen => {
            step.skip_when.as_ref().map(|when| shown::condition(lang, when)).unwrap_or_default()
        }
        StepField::EndsWith => step.ends_with.action().name().say(lang).to_owned(),
    };
    if text.is_empty() { words::DIFF_EMPTY.say(lang).to_owned() } else { text }
}
