//! The board: how many dossiers stand where, each figure with its list.

use actix_web::HttpResponse;
use maud::{Markup, html};

use super::access::{Desk, Sheet};
use super::views::View;
use crate::domain::calendar::local;
use crate::domain::calendar::words::time_short;
use crate::office::lists::Counts;
use crate::web::components::{Column, DataTable, Row, data_table};
use crate::web::words::desk as words;

/// What leaders look at first, large.
const LARGE: [View; 3] = [View::DueSoon, View::Overdue, View::Waiting];

/// `GET /mot-cua/bang-theo-doi`.
pub async fn show(desk: Desk) -> HttpResponse {
    let lang = desk.lang();
    let counts = match desk.office().counts(desk.caller()) {
        Ok(counts) => counts,
        Err(failure) => return desk.failed(&failure),
    };
    let time = time_short(local(desk.office().now()).time());
    let title = words::BOARD_TITLE.say(lang);
    let main = html! {
        div.board data-refresh="60" {
            h1 { (title) }
            p {
                (words::BOARD_AT.fill(lang, &[("time", &time)])) " "
                button.link type="button" data-stop hidden { (words::BOARD_STOP.say(lang)) }
            }
            (large(&desk, &counts))
            (table(&desk, &counts))
        }
    };
    desk.ok(&Sheet { title, ..Sheet::default() }, &main)
}

fn open(counts: &Counts) -> u64 {
    let open = crate::domain::dossier::Queue::Open;
    counts.queues.iter().find(|(queue, _)| *queue == open).map_or(0, |(_, count)| *count)
}

fn large(desk: &Desk, counts: &Counts) -> Markup {
    let lang = desk.lang();
    html! {
        ul.figures {
            li {
                strong { (open(counts)) }
                a href="/mot-cua?hang=all" { (words::BOARD_OPEN.say(lang)) }
            }
            @for view in LARGE {
                li {
                    strong { (view.count(counts)) }
                    a href={ "/mot-cua?hang=" (view.id()) } { (view.name().say(lang)) }
                }
            }
        }
    }
}

fn table(desk: &Desk, counts: &Counts) -> Markup {
    let lang = desk.lang();
    let columns =
        [Column::new(words::BOARD_LIST.say(lang)), Column::number(words::BOARD_COUNT.say(lang))];
    let shown = View::ALL
        .into_iter()
        .filter(|view| view.counts_matter() && !matches!(view, View::Mine | View::MyUnit));
    let rows: Vec<Row> = shown
        .map(|view| {
            Row::new(vec![
                html! { a href={ "/mot-cua?hang=" (view.id()) } { (view.name().say(lang)) } },
                html! { (view.count(counts)) },
            ])
        })
        .collect();
    data_table(
        lang,
        &DataTable {
            caption: words::BOARD_TITLE.say(lang),
            caption_hidden: true,
            columns: &columns,
            rows: &rows,
            select: "",
        },
    )
}
