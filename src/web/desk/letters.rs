//! What was said of a dossier: to whom, when, on which way, and what did not get through.

use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::access::{Desk, Sheet};
use super::dossier::Seen;
use super::papers::code_of;
use super::posted::{posted, with_office};
use super::say;
use crate::domain::calendar::words::{date_long, date_short, instant_short};
use crate::domain::dossier::{Action, Directory, Dossier};
use crate::domain::notice::{Addressee, Channel, Delivery, DeliveryState};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::office::notices::Posted as Letter;
use crate::web::components::{
    BannerKind, Button, Column, Crumb, DataTable, Form, Row, banner, button, button_link,
    data_table, form,
};
use crate::web::visitor::see_other;
use crate::web::words::{desk as desk_words, notices as words};

/// Letters on the page of an account.
const NEWEST: usize = 50;

/// The part of a dossier's page.
pub(super) fn part(desk: &Desk, seen: &Seen) -> Markup {
    let lang = desk.lang();
    let letters = match desk.office().letters(desk.caller(), &seen.dossier.code) {
        Ok(letters) => letters,
        Err(failure) => {
            tracing::error!(%failure, "the letters of a dossier cannot be read");
            Vec::new()
        }
    };
    html! {
        @if letters.is_empty() { p.muted { (words::NONE.say(lang)) } }
        @for letter in letters.iter().rev() { (one(desk, &seen.dossier, letter)) }
    }
}

fn one(desk: &Desk, dossier: &Dossier, posted: &Letter) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let to = match &posted.letter.to {
        Addressee::Applicant => words::TO_APPLICANT.say(lang).to_owned(),
        Addressee::Staff(name) => {
            let full = say::actor(lang, &world, name.as_str());
            words::TO_STAFF.fill(lang, &[("name", &full)])
        }
    };
    let columns = [
        Column::new(words::WAY.say(lang)),
        Column::new(words::TO.say(lang)),
        Column::new(words::STATE.say(lang)),
        Column::number(words::TRIES.say(lang)),
        Column::new(words::WHEN.say(lang)),
    ];
    let row = |delivery: &Delivery| {
        Row::new(vec![
            html! { (words::channel(delivery.channel).say(lang)) },
            html! { (delivery.address) },
            html! {
                (words::state(delivery.state).say(lang))
                @if !delivery.error.is_empty() { br; span.error { (delivery.error) } }
                @if delivery.state == DeliveryState::Dead {
                    (again(desk, dossier, posted, delivery.channel))
                }
            },
            html! { (delivery.tries) },
            html! { (instant_short(delivery.at)) },
        ])
    };
    let rows: Vec<Row> = posted.letter.deliveries.iter().map(row).collect();
    html! {
        section {
            h2 { (posted.letter.subject) }
            p.muted { (instant_short(posted.created_at)) " · " (to) }
            (data_table(lang, &DataTable {
                caption: &posted.letter.subject,
                caption_hidden: true,
                columns: &columns,
                rows: &rows,
                select: "",
            }))
            details {
                summary { (words::TEXT.say(lang)) span.hidden { ": " (posted.letter.subject) } }
                p.as-typed { (posted.letter.long) }
            }
        }
    }
}

fn again(desk: &Desk, dossier: &Dossier, posted: &Letter, channel: Channel) -> Markup {
    let lang = desk.lang();
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let action = format!("/mot-cua/ho-so/{}/thong-bao/gui-lai", dossier.code);
    form(
        lang,
        &Form { action: &action, csrf: &csrf, key: &key, ..Form::default() },
        &html! {
            input type="hidden" name="version" value=(posted.id.version);
            input type="hidden" name="place" value=(posted.id.place);
            input type="hidden" name="channel" value=(channel.id());
            (button(&Button { label: words::AGAIN.say(lang), ..Button::default() }))
        },
    )
}

/// `POST /mot-cua/ho-so/{code}/thong-bao/gui-lai`.
pub async fn send_again(
    desk: Desk,
    path: web::Path<String>,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let sent = match posted(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let code = code_of(&path);
    let named = (sent.get("version").parse(), sent.get("place").parse());
    let (Ok(version), Ok(place), Some(channel)) =
        (named.0, named.1, Channel::from_id(sent.get("channel")))
    else {
        let refusal = Refusal::new(RefusalKind::NotFound, desk_words::NOT_FOUND);
        return desk.failed(&refusal.into());
    };
    let (caller, named) = (desk.caller().clone(), code.clone());
    let outcome = with_office(&desk, move |office, _| {
        office.send_again(&caller, &named, (version, place), channel)
    });
    match outcome.await {
        Ok(()) => see_other(&format!("/mot-cua/ho-so/{code}?xem=thong-bao&gui-lai=1")),
        Err(failure) => desk.failed(&failure),
    }
}

/// Over a dossier that may be late while there is time: the way to the apology, its date filled in.
pub(super) fn proposal(desk: &Desk, dossier: &Dossier) -> Markup {
    let (lang, world, now) = (desk.lang(), desk.office().world(), desk.office().now());
    let rules = world.rules(&dossier.rule_pack);
    let calendar = world.calendar(&dossier.competent_agency);
    let proposed = crate::domain::notice::propose_apology(dossier, rules, calendar, now);
    let may = desk.office().possible(desk.caller(), dossier);
    let may = may.iter().any(|p| p.action == Action::Extend && p.refusal.is_none());
    let (Some(proposed), true, Some(due)) = (proposed, may, dossier.clock.due_at) else {
        return html! {};
    };
    let href = format!(
        "/mot-cua/ho-so/{}/viec/{}?due_at={}",
        dossier.code,
        Action::Extend.id(),
        date_short(proposed.new_date),
    );
    banner(
        lang,
        BannerKind::Note,
        &html! {
            (words::PROPOSED.fill(lang, &[
                ("due", &date_long(due, lang)), ("day", &date_short(proposed.until)),
            ]))
            " " (button_link(&href, &Button { label: words::PROPOSED_WAY.say(lang), ..Button::default() }))
        },
    )
}

/// `GET /mot-cua/thong-bao`: what this account was told.
pub async fn mine(desk: Desk) -> HttpResponse {
    let lang = desk.lang();
    let name = desk.staff.name.clone();
    let read = with_office(&desk, move |office, _| office.letters_to_staff(&name, NEWEST)).await;
    let letters = match read {
        Ok(letters) => letters,
        Err(failure) => return desk.failed(&failure),
    };
    let title = words::TITLE.say(lang);
    let main = html! {
        h1 { (title) }
        @if letters.is_empty() { p.muted { (words::NONE.say(lang)) } }
        ul.cards {
            @for (code, posted) in &letters {
                li {
                    article.card {
                        h2 { (posted.letter.subject) }
                        p.muted { (instant_short(posted.created_at)) }
                        p.as-typed { (posted.letter.short) }
                        p { a.code href={ "/mot-cua/ho-so/" (code) } { (code) } }
                    }
                }
            }
        }
    };
    let above = [Crumb { href: "/mot-cua", label: desk_words::INBOX_TITLE.say(lang) }];
    desk.ok(&Sheet { title, above: &above, ..Sheet::default() }, &main)
}
