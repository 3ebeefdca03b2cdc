//! Forms of procedures: the list, the form in use with its versions, and the builder.

mod shown;
mod versions;

use actix_web::http::StatusCode;
use actix_web::web::{Path, ServiceConfig, get, resource};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::finding::{Finding, ROWS};
use super::page;
use crate::domain::agency::Role;
use crate::domain::calendar::words::instant_short;
use crate::domain::dossier::Directory;
use crate::domain::ids::ProcedureCode;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::Lang;
use crate::office::forms::{Published, shipped};
use crate::web::address::percent_path;
use crate::web::components::{BannerKind, Column, DataTable, Row, banner, data_table};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::asked;
use crate::web::desk::say;
use crate::web::words::desk as desk_words;
use crate::web::words::form_builder as words;
use shown::Shown;

/// Where the pages lie.
pub const HERE: &str = "/quan-tri/to-khai";

/// The routes, below `/quan-tri`.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/to-khai", get().to(list))
        .route("/to-khai/{procedure}", get().to(form_page))
        .service(
            resource("/to-khai/{procedure}/ban/{version}")
                .route(get().to(versions::show))
                .route(actix_web::web::post().to(versions::publish_again)),
        );
}

/// The page of a procedure's form.
fn address(procedure: &ProcedureCode) -> String {
    format!("{HERE}/{}", percent_path(procedure.as_str()))
}

/// A procedure that an administrator looks at.
struct Looked {
    code: ProcedureCode,
    name: String,
}

/// The procedure of an address.
///
/// # Errors
/// The answer to give: it is no administrator, or there is no such procedure.
fn looked(desk: &Desk, code: &str) -> Result<Looked, HttpResponse> {
    if !desk.is(Role::Admin) {
        return Err(desk.forbidden());
    }
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
    let (lang, sent) = (desk.lang(), asked(&request));
    let world = desk.office().world();
    let finding = Finding {
        here: HERE,
        find: words::FIND.say(lang),
        only_own: words::ONLY_OWN.say(lang),
        show: words::SHOW.say(lang),
        sent: &sent,
    };
    let supplied: Vec<ProcedureCode> = shipped::procedures().collect();
    let mut found: Vec<_> = world
        .procedures()
        .filter(|procedure| finding.fits(procedure))
        .map(|procedure| (procedure, world.form_versions(&procedure.code).first().copied()))
        .filter(|(_, form)| !finding.is_only_own() || form.is_some())
        .collect();
    // What has a form comes first, then what one is supplied for.
    found.sort_by_key(|(procedure, form)| (form.is_none(), !supplied.contains(&procedure.code)));
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
                now,
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
        h1 { (title) }
        p { (words::ABOUT.say(lang)) }
        (finding.search(lang))
        (data_table(lang, &DataTable {
            caption: title, caption_hidden: true, columns: &columns, rows: &rows, select: "",
        }))
        (finding.pages(lang, found.len()))
    };
    page(&desk, StatusCode::OK, (HERE, title), false, &main)
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
    let world = desk.office().world();
    let versions = world.form_versions(&looked.code);
    let title = words::OF.fill(lang, &[("procedure", &looked.name)]);
    let done = sent.some("xong").map(|n| words::PUBLISHED.fill(lang, &[("n", &n)]));
    let main = html! {
        @if let Some(done) = done { (banner(lang, BannerKind::Done, &html! { (done) })) }
        (looked.head(&title, (HERE, words::BACK.say(lang))))
        @match versions.first() {
            None => p { (words::NO_FORM.say(lang)) },
            Some(published) => {
                section {
                    @let number = published.form.version.version.to_string();
                    h2 { (words::CURRENT.fill(lang, &[("n", &number)])) }
                    p { strong { (published.form.declaration.title.say(lang)) } }
                    (Shown { lang, declaration: &published.form.declaration }.form())
                }
                (history(&desk, &looked, &versions))
            },
        }
    };
    page(&desk, StatusCode::OK, (HERE, &title), false, &main)
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
