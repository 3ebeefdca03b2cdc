//! The table of rights, for administrators and whoever checks them.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::{Markup, html};

use super::page;
use crate::domain::dossier::{Action, Side, Who as Doer};
use crate::domain::words::Lang;
use crate::web::components::{Column, DataTable, Row, data_table};
use crate::web::desk::access::Desk;
use crate::web::rights::{self, Right, Who};
use crate::web::words::{rights as words, roles};

/// The page.
pub const HERE: &str = "/quan-tri/phan-quyen";

/// `GET /quan-tri/phan-quyen`.
pub async fn show(desk: Desk) -> HttpResponse {
    let lang = desk.lang();
    let title = words::TITLE.say(lang);
    let main = html! {
        h1 { (title) }
        p { (words::ABOUT.say(lang)) }
        @for (area, rights) in rights::table() {
            h2 { (area.name().say(lang)) }
            (addresses(lang, area.name().say(lang), rights))
        }
        h2 { (words::ACTIONS.say(lang)) }
        (actions(lang))
    };
    page(&desk, StatusCode::OK, (HERE, title), false, &main)
}

fn addresses(lang: Lang, caption: &str, rights: &[Right]) -> Markup {
    let columns = [
        Column::new(words::PATH.say(lang)),
        Column::new(words::METHOD.say(lang)),
        Column::new(words::WHO.say(lang)),
        Column::new(words::WHOSE.say(lang)),
    ];
    let rows: Vec<Row> = rights
        .iter()
        .map(|right| {
            Row::new(vec![
                html! { span.path { (right.path) } },
                html! { (right.methods) },
                html! { (who(lang, right.who)) },
                html! { (right.whose.name().say(lang)) },
            ])
        })
        .collect();
    table(lang, caption, &columns, &rows)
}

fn actions(lang: Lang) -> Markup {
    let columns = [
        Column::new(words::ACTION.say(lang)),
        Column::new(words::STATUSES.say(lang)),
        Column::new(words::MAY.say(lang)),
    ];
    let rows: Vec<Row> = Action::ALL
        .iter()
        .map(|action| {
            let statuses: Vec<&str> =
                action.from().iter().map(|status| status.name().say(lang)).collect();
            Row::new(vec![
                html! { (action.name().say(lang)) br; span.code.muted { (action.id()) } },
                html! { (statuses.join(", ")) },
                html! { ul.plain { @for doer in action.who() { li { (does(lang, *doer)) } } } },
            ])
        })
        .collect();
    table(lang, words::ACTIONS.say(lang), &columns, &rows)
}

fn table(lang: Lang, caption: &str, columns: &[Column<'_>], rows: &[Row]) -> Markup {
    data_table(lang, &DataTable { caption, caption_hidden: true, columns, rows, select: "" })
}

fn who(lang: Lang, who: Who) -> String {
    match who {
        Who::Everybody => words::EVERYBODY.say(lang).to_owned(),
        Who::Contact => words::CONTACT.say(lang).to_owned(),
        Who::Known => words::KNOWN.say(lang).to_owned(),
        Who::Desk => words::EVERY_ACCOUNT.say(lang).to_owned(),
        Who::Roles(named) => {
            named.iter().map(|role| roles::name(*role).say(lang)).collect::<Vec<_>>().join(", ")
        }
    }
}

fn does(lang: Lang, doer: Doer) -> String {
    match doer {
        Doer::Applicant => words::APPLICANT.say(lang).to_owned(),
        Doer::System => words::SYSTEM.say(lang).to_owned(),
        Doer::StepDoer => words::STEP_DOER.say(lang).to_owned(),
        Doer::AnyDesk => words::ANY_DESK.say(lang).to_owned(),
        Doer::Desk(role, side) => {
            let side = match side {
                Side::Receiving => words::RECEIVING,
                Side::Competent => words::COMPETENT,
                Side::Either => words::EITHER,
                Side::Consulted => words::CONSULTED,
            };
            side.fill(lang, &[("role", roles::name(role).say(lang))])
        }
    }
}
