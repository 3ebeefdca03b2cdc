//! The parts of a dossier in other agencies, and the one whose part it is: how far each is, no more.

use maud::{Markup, html};

use super::access::Desk;
use super::say;
use crate::domain::calendar::words::date_long;
use crate::domain::dossier::{Directory, Dossier};
use crate::domain::words::Lang;
use crate::office::linking::{LinkSeen, LinkState};
use crate::office::world::World;
use crate::web::components::{Column, DataTable, Row, data_table, panel, status_tag};
use crate::web::words::linking as words;

/// What is linked to a dossier; nothing when nothing is.
pub fn part(desk: &Desk, dossier: &Dossier) -> Markup {
    let lang = desk.lang();
    let links = desk.office().links(dossier).unwrap_or_else(|failure| {
        tracing::error!(%failure, "the links of a dossier cannot be read");
        Vec::new()
    });
    html! {
        @if dossier.led_by.is_some() || !links.is_empty() {
            div.linked {
                (led_by(desk, dossier))
                @if !links.is_empty() {
                    (panel(words::PARTS.say(lang), &table(desk, &links)))
                }
            }
        }
    }
}

fn led_by(desk: &Desk, dossier: &Dossier) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let Some(leader) = &dossier.led_by else { return html! {} };
    let status = desk.office().leader_status(dossier).ok().flatten();
    let may_open = desk.office().dossier(desk.caller(), &leader.code).is_ok();
    panel(
        words::LED_BY.say(lang),
        &html! {
            p {
                @if may_open {
                    a.code href={ "/mot-cua/ho-so/" (leader.code) } { (leader.code) }
                } @else { span.code { (leader.code) } }
                " – " (leader.procedure_name) ". " (say::agency_name(&world, &leader.agency))
                @if let Some(status) = status { " " (status_tag(lang, status.code())) }
            }
        },
    )
}

fn table(desk: &Desk, links: &[LinkSeen]) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let columns = [
        Column::new(words::PROCEDURE.say(lang)),
        Column::new(words::AGENCY.say(lang)),
        Column::new(words::DOSSIER.say(lang)),
        Column::new(words::STATE.say(lang)),
    ];
    let rows: Vec<Row> = links.iter().map(|seen| row(desk, &world, seen)).collect();
    data_table(
        lang,
        &DataTable {
            caption: words::PARTS.say(lang),
            caption_hidden: true,
            columns: &columns,
            rows: &rows,
            select: "",
        },
    )
}

fn row(desk: &Desk, world: &World, seen: &LinkSeen) -> Row {
    let lang = desk.lang();
    let code = seen.link.dossier.as_ref().map(|(_, code)| code);
    let may_open = code.filter(|code| desk.office().dossier(desk.caller(), code).is_ok());
    Row::new(vec![
        html! { (seen.link.procedure_name) },
        html! { (say::agency_name(world, &seen.link.agency)) },
        html! {
            @match (may_open, code) {
                (Some(code), _) => a.code href={ "/mot-cua/ho-so/" (code) } { (code) },
                (None, Some(code)) => span.code { (code) },
                (None, None) => span.muted { (words::NOT_YET.say(lang)) },
            }
        },
        state(lang, world, seen),
    ])
}

/// How far a part is, in words and with its status.
pub fn state(lang: Lang, world: &World, seen: &LinkSeen) -> Markup {
    let known = world.agency(&seen.link.agency).is_some();
    html! {
        @if let Some(status) = seen.status { (status_tag(lang, status.code())) }
        @match (seen.state, seen.due_at) {
            (LinkState::Planned, _) => {
                (words::OPENS.fill(lang, &[("when", seen.link.opens.name().say(lang))]))
                @if !known { " " span.error { (words::AGENCY_GONE.say(lang)) } }
            },
            (LinkState::Dropped, _) => (words::DROPPED.say(lang)),
            (_, Some(due)) => span.reason { (words::DUE.fill(lang, &[("date", &date_long(due, lang))])) },
            (_, None) => {},
        }
    }
}
