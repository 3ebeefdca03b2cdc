//! Forms of procedures: the list, the form in use with its versions, and the builder.

mod adding;
mod boxes;
pub(super) mod conditions;
mod editor;
mod exchange;
mod exchange_report;
mod further;
mod official;
mod official_editor;
mod preview;
mod printed;
mod publish;
mod question;
mod ready;
mod section;
pub(super) mod shown;
mod typed;
mod unasked;
mod versions;

use actix_web::http::StatusCode;
use actix_web::web::{Path, ServiceConfig, get, post, resource};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::finding::{Finding, ROWS};
use super::page;
use crate::domain::calendar::words::instant_short;
use crate::domain::dossier::Directory;
use crate::domain::ids::ProcedureCode;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::{Lang, Message};
use crate::office::forms::{Published, shipped};
use crate::web::address::percent_path;
use crate::web::components::{
    BannerKind, Button, Choice, Column, DataTable, Field, Form, Row, banner, button, button_link,
    button_row, data_table, error_for, error_summary, form, select,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{Posted, asked};
use crate::web::desk::say;
use crate::web::words::desk as desk_words;
use crate::web::words::form_builder as words;
use shown::Shown;

/// Where the pages lie.
pub const HERE: &str = "/quan-tri/to-khai";

/// The routes, below `/quan-tri`.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/to-khai", get().to(list))
        .route("/to-khai/nhap", post().to(exchange::compare))
        .route("/to-khai/nhap/ghi", post().to(exchange::write))
        .route("/to-khai/{procedure}/xuat", get().to(exchange::save))
        .service(
            resource("/to-khai/{procedure}")
                .route(get().to(form_page))
                .route(post().to(editor::begin)),
        )
        .service(
            resource("/to-khai/{procedure}/sua")
                .route(get().to(editor::show))
                .route(post().to(editor::change)),
        )
        .service(
            resource("/to-khai/{procedure}/sua/bo")
                .route(get().to(publish::ask_drop))
                .route(post().to(publish::drop_work)),
        )
        .service(
            resource("/to-khai/{procedure}/sua/thu")
                .route(get().to(preview::show))
                .route(post().to(preview::change)),
        )
        .service(
            resource("/to-khai/{procedure}/sua/mau-giay")
                .route(get().to(official_editor::show))
                .route(post().to(official_editor::change)),
        )
        .service(
            resource("/to-khai/{procedure}/sua/phat-hanh")
                .route(get().to(publish::show))
                .route(post().to(publish::publish)),
        )
        .service(
            resource("/to-khai/{procedure}/sua/muc/{place}")
                .route(get().to(section::show))
                .route(post().to(section::change)),
        )
        .service(
            resource("/to-khai/{procedure}/sua/truong/{path}")
                .route(get().to(question::show))
                .route(post().to(question::change)),
        )
        .route("/to-khai/{procedure}/san-co", post().to(ready::publish))
        .service(
            resource("/to-khai/{procedure}/ban/{version}")
                .route(get().to(versions::show))
                .route(post().to(versions::publish_again)),
        );
}

/// The page of a procedure's form.
fn address(procedure: &ProcedureCode) -> String {
    format!("{HERE}/{}", percent_path(procedure.as_str()))
}

/// A procedure that an administrator looks at.
#[derive(Clone)]
pub struct Looked {
    pub code: ProcedureCode,
    name: String,
}

/// The procedure of an address.
///
/// # Errors
/// The answer to give: it is no administrator, or there is no such procedure.
fn looked(desk: &Desk, code: &str) -> Result<Looked, HttpResponse> {
    let code = ProcedureCode::from(code);
    match desk.office().world().procedure(&code) {
        Some(procedure) => Ok(Looked { code, name: procedure.name.clone() }),
        None => {
            Err(desk.failed(&Refusal::new(RefusalKind::NotFound, desk_words::NOT_FOUND).into()))
        }
    }
}

impl Looked {
    fn address(&self) -> String {
        address(&self.code)
    }

    /// The heading, and the way back.
    fn head(&self, title: &str, (back, back_words): (&str, &str)) -> Markup {
        html! {
            h1 { (title) }
            p.muted { span.code { (self.code) } " · " a href=(back) { (back_words) } }
        }
    }
}

/// `GET /quan-tri/to-khai?q=…&co=1&tu=…`.
async fn list(desk: Desk, request: HttpRequest) -> HttpResponse {
    listing(&desk, &asked(&request), None)
}

/// The list, and why a file was refused.
fn listing(desk: &Desk, sent: &Posted, refusal: Option<&Refusal>) -> HttpResponse {
    let (lang, world) = (desk.lang(), desk.office().world());
    let finding = Finding {
        here: HERE,
        find: words::FIND.say(lang),
        only_own: words::ONLY_OWN.say(lang),
        show: words::SHOW.say(lang),
        sent,
    };
    let supplied: Vec<ProcedureCode> = shipped::procedures().collect();
    let wanted = finding.wanted();
    let mut found: Vec<_> = world
        .procedures()
        .filter(|procedure| wanted.fits(procedure))
        .map(|procedure| (procedure, world.form_versions(&procedure.code).first().copied()))
        .filter(|(_, form)| !finding.is_only_own() || form.is_some())
        .collect();
    // What has a form comes first, then what one is supplied for.
    found.sort_by_key(|(procedure, form)| (form.is_none(), !supplied.contains(&procedure.code)));
    let in_work = editor::in_work(desk);
    let rows: Vec<Row> = found
        .iter()
        .skip(finding.from())
        .take(ROWS)
        .map(|(procedure, form)| {
            let now = form.map_or_else(
                || none(lang, supplied.contains(&procedure.code)),
                |published| in_use(lang, published),
            );
            let count = form.map(|form| form.form.declaration.questions().count().to_string());
            Row::new(vec![
                html! { a.code href=(address(&procedure.code)) { (procedure.code) } },
                html! { (procedure.name) },
                html! {
                    (now)
                    @if in_work.contains(&procedure.code) {
                        ", " strong { (words::IN_WORK_SHORT.say(lang)) }
                    }
                },
                html! { (count.unwrap_or_default()) },
            ])
        })
        .collect();
    let columns = [
        Column::new(words::CODE.say(lang)),
        Column::new(words::PROCEDURE.say(lang)),
        Column::new(words::NOW.say(lang)),
        Column::number(words::FIELDS.say(lang)),
    ];
    let title = words::TITLE.say(lang);
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        h1 { (title) }
        p { (words::ABOUT.say(lang)) }
        (finding.search(lang))
        (data_table(lang, &DataTable {
            caption: title, caption_hidden: true, columns: &columns, rows: &rows, select: "",
        }))
        (finding.pages(lang, found.len()))
        (exchange::import_form(desk))
    };
    let status = refusal.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page(desk, status, (HERE, title), refusal.is_some(), &main)
}

fn none(lang: Lang, is_supplied: bool) -> Markup {
    html! {
        span.muted {
            (words::NONE.say(lang))
            @if is_supplied { ", " (words::SHIPPED.say(lang)) }
        }
    }
}

fn in_use(lang: Lang, published: &Published) -> Markup {
    let number = published.form.version.version.to_string();
    html! { (words::VERSION.fill(lang, &[("n", &number)])) }
}

/// `GET /quan-tri/to-khai/{procedure}?xong=…`.
async fn form_page(desk: Desk, path: Path<String>, request: HttpRequest) -> HttpResponse {
    let looked = match looked(&desk, &path) {
        Ok(looked) => looked,
        Err(response) => return response,
    };
    let (lang, sent) = (desk.lang(), asked(&request));
    let done = sent.some("xong").map(|n| words::PUBLISHED.fill(lang, &[("n", &n)]));
    let said = [("nhap", words::IMPORTED), ("san_co", words::READY_DONE)];
    let said = said.into_iter().find(|(name, _)| sent.has(name));
    let done = done.or_else(|| said.map(|(_, message)| message.say(lang).to_owned()));
    form_sheet(&desk, &looked, done, None)
}

/// The page of a procedure's form, with what was just done or is refused.
fn form_sheet(
    desk: &Desk,
    looked: &Looked,
    done: Option<String>,
    refusal: Option<&Refusal>,
) -> HttpResponse {
    let (lang, world) = (desk.lang(), desk.office().world());
    let versions = world.form_versions(&looked.code);
    let title = words::OF.fill(lang, &[("procedure", &looked.name)]);
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        @if let Some(done) = done { (banner(lang, BannerKind::Done, &html! { (done) })) }
        (looked.head(&title, (HERE, words::BACK.say(lang))))
        @if versions.is_empty() { p { (words::NO_FORM.say(lang)) } }
        (ready::offer(desk, looked, None))
        (beginning(desk, looked, !versions.is_empty(), refusal))
        @match versions.first() {
            None => {},
            Some(published) => {
                section {
                    @let number = published.form.version.version.to_string();
                    h2 { (words::CURRENT.fill(lang, &[("n", &number)])) }
                    p { strong { (published.form.declaration.title.say(lang)) } }
                    (official::official(lang, &published.form.declaration))
                    (Shown { lang, declaration: &published.form.declaration }.form())
                }
                (history(desk, looked, &versions))
            },
        }
        section {
            h2 { (words::EXPORT.say(lang)) }
            p { (words::EXPORT_ABOUT.say(lang)) }
            (button_link(&format!("{}/xuat", looked.address()), &Button {
                label: words::EXPORT.say(lang), secondary: true, ..Button::default()
            }))
        }
    };
    let status = refusal.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page(desk, status, (HERE, &title), refusal.is_some(), &main)
}

/// The way into the builder: on with what is in work, or how to begin.
fn beginning(desk: &Desk, looked: &Looked, has_form: bool, refusal: Option<&Refusal>) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let working = match desk.office().working_form(&looked.code) {
        Ok(working) => working,
        Err(_) => return html! {},
    };
    let is_supplied = shipped::procedures().any(|code| code == looked.code);
    let others = world.procedures().filter(|other| other.code != looked.code);
    let others: Vec<Choice<'_>> = others
        .filter(|other| world.form(&other.code, None).is_some())
        .map(|other| Choice { value: other.code.as_str(), label: &other.name, ..Choice::default() })
        .collect();
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let begin = |label: Message, value, secondary| {
        button(&Button {
            label: label.say(lang),
            name: "tu",
            value,
            secondary,
            ..Button::default()
        })
    };
    let action = looked.address();
    html! {
        section.box {
            h2 { (words::BEGIN.say(lang)) }
            @if let Some(working) = working {
                @let by = say::actor(lang, &world, &working.by);
                @let time = instant_short(working.at);
                p { (words::IN_WORK.fill(lang, &[("time", &time), ("name", &by)])) }
                (button_link(&format!("{action}/sua"), &Button {
                    label: words::GO_ON.say(lang), ..Button::default()
                }))
            } @else {
                p { (words::BEGIN_ABOUT.say(lang)) }
                (form(lang, &Form { action: &action, csrf: &csrf, key: &key, ..Form::default() }, &html! {
                    (button_row(&html! {
                        @if has_form { (begin(words::BEGIN_PUBLISHED, "ban", false)) }
                        @if is_supplied { (begin(words::BEGIN_SHIPPED, "mau", has_form)) }
                        (begin(words::BEGIN_EMPTY, "trong", has_form || is_supplied))
                    }))
                    @if !others.is_empty() {
                        (select(lang, &Field {
                            name: editor::SOURCE, label: words::BEGIN_FROM.say(lang),
                            error: error_for(refusal.map_or(&[], |r| &r.fields), editor::SOURCE, lang),
                            hint: words::BEGIN_FROM_HINT.say(lang), optional: true, ..Field::default()
                        }, &others))
                        (begin(words::BEGIN_COPY, "chep", true))
                    }
                }))
            }
        }
    }
}

fn history(desk: &Desk, looked: &Looked, versions: &[&Published]) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let title = words::HISTORY.say(lang);
    let columns = [
        Column::new(words::VERSION_COLUMN.say(lang)),
        Column::new(words::WHEN.say(lang)),
        Column::new(words::BY_WHOM.say(lang)),
        Column::number(words::FIELDS.say(lang)),
        Column::new(words::NOTE.say(lang)),
    ];
    let row = |published: &&Published| {
        let version = published.form.version.version;
        let here = format!("{}/ban/{version}", looked.address());
        let before = version.checked_sub(1).filter(|before| *before > 0);
        Row::new(vec![
            html! {
                a href=(here) { (words::VERSION.fill(lang, &[("n", &version.to_string())])) }
                @if let Some(before) = before {
                    br;
                    a href={ (here) "?so=" (before) } {
                        (words::COMPARE.fill(lang, &[("n", &before.to_string())]))
                    }
                }
            },
            html! { (instant_short(published.at)) },
            html! { (say::actor(lang, &world, &published.by)) },
            html! { (published.form.declaration.questions().count()) },
            html! { (published.note) },
        ])
    };
    let rows: Vec<Row> = versions.iter().map(row).collect();
    html! {
        section {
            h2 { (title) }
            (data_table(lang, &DataTable {
                caption: title, caption_hidden: true, columns: &columns, rows: &rows, select: "",
            }))
        }
    }
}
