//! The queue's numbers: the kiosk that gives them, the page of a number, the screen that calls them.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use super::incoming;
use super::page::{Page, answer, settle};
use super::tracking::fresh_key;
use crate::domain::agency::Agency;
use crate::domain::calendar::local;
use crate::domain::calendar::words::{date_short, time_short};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::ticket::{self, Offer, Service, Ticket, TicketNumber, TicketState};
use crate::domain::words::Lang;
use crate::office::Failure;
use crate::web::Site;
use crate::web::components::{
    BannerKind, Button, Column, DataTable, Form, Row, banner, button, button_link, button_row,
    data_table, error_summary, form,
};
use crate::web::incoming::off_thread;
use crate::web::limits::Asked;
use crate::web::outgoing;
use crate::web::visitor::{Visitor, see_other};
use crate::web::words::{server as server_words, tickets as words};

/// Calls that the screen shows.
const CALLS: usize = 8;

/// The routes.
pub(super) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.route("/lay-so", web::get().to(kiosk))
        .route("/lay-so", web::post().to(take))
        .route("/lay-so/{agency}/{number}", web::get().to(show))
        .route("/lay-so/{agency}/{number}/phieu.pdf", web::get().to(print))
        .route("/man-hinh-goi-so", web::get().to(screen));
}

/// What the address carries.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(super) struct Wanted {
    /// The agency's code; the instance's own when empty.
    co_quan: String,
}

/// `GET /lay-so?co-quan=…`.
async fn kiosk(
    site: web::Data<Site>,
    visitor: Visitor,
    wanted: web::Query<Wanted>,
) -> HttpResponse {
    let result = site
        .office
        .ticket_agency(&wanted.co_quan)
        .and_then(|agency| kiosk_page(&site, &visitor, &agency, None));
    settle(&site, &visitor, result)
}

fn kiosk_page(
    site: &Site,
    visitor: &Visitor,
    agency: &Agency,
    refusal: Option<&Refusal>,
) -> Result<HttpResponse, Failure> {
    let lang = visitor.lang;
    let tickets = site.office.tickets_today(&agency.code)?;
    let waiting = ticket::figures(tickets.iter()).waiting.to_string();
    let (title, csrf, key) = (words::KIOSK.say(lang), visitor.csrf(site), fresh_key(site));
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        h1 { (title) }
        p { (section_of(agency)) }
        (form(lang, &Form { action: "/lay-so", csrf: &csrf, key: &key, ..Form::default() }, &html! {
            input type="hidden" name="co_quan" value=(agency.code);
            fieldset.kiosk {
                legend { (words::KIOSK_HINT.say(lang)) }
                @for offer in site.office.world().queue_services(&agency.code) {
                    (button(&Button {
                        label: offer.name.say(lang),
                        name: "service",
                        value: &offer.service.id(),
                        ..Button::default()
                    }))
                }
            }
        }))
        p { (words::WAITING_NOW.fill(lang, &[("n", &waiting)])) }
    };
    let status = refusal.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    let page = Page { title, refused: refusal.is_some(), ..Page::default() };
    Ok(answer(site, visitor, status, &page, &main))
}

fn section_of(agency: &Agency) -> &str {
    if agency.one_stop.is_empty() { &agency.name } else { &agency.one_stop }
}

/// `POST /lay-so`.
async fn take(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let result = async {
        let posted = incoming::read(&site, &visitor, &request, payload, None).await?;
        visitor.check_csrf(&site, posted.value("_csrf"))?;
        let too_fast = |_| Refusal::new(RefusalKind::TooMany, server_words::TOO_MANY_ADVICE);
        site.limits.pace(Asked::Ticket, &visitor.address).map_err(too_fast)?;
        let agency = site.office.ticket_agency(posted.value("co_quan"))?;
        let Some(service) = Service::from_id(posted.value("service")) else {
            let refusal = Refusal::field("service", words::UNKNOWN_SERVICE);
            return kiosk_page(&site, &visitor, &agency, Some(&refusal));
        };
        let taken = site.office.take_ticket(&agency.code, service, posted.value("_key"));
        let ticket = match taken {
            Ok(ticket) => ticket,
            Err(Failure::Refused(refusal)) if !refusal.fields.is_empty() => {
                return kiosk_page(&site, &visitor, &agency, Some(&refusal));
            }
            Err(failure) => return Err(failure),
        };
        Ok(see_other(&format!("/lay-so/{}/{}", agency.code, ticket.number)))
    };
    settle(&site, &visitor, result.await)
}

/// The agency and the ticket of an address.
fn found(site: &Site, agency: &str, number: &str) -> Result<(Agency, Ticket, usize), Failure> {
    let agency = site.office.ticket_agency(agency)?;
    let none = || Refusal::new(RefusalKind::NotFound, words::UNKNOWN_NUMBER);
    let number = TicketNumber::parse(number).ok_or_else(none)?;
    let ticket = site.office.ticket(&agency.code, number)?;
    let ahead = ticket::ahead(&site.office.tickets_today(&agency.code)?, number);
    Ok((agency, ticket, ahead))
}

/// `GET /lay-so/{agency}/{number}`: the number, and whether its turn has come.
async fn show(
    site: web::Data<Site>,
    visitor: Visitor,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let result = found(&site, &path.0, &path.1).map(|(agency, ticket, ahead)| {
        let lang = visitor.lang;
        let number = ticket.number.to_string();
        let title = words::YOUR_NUMBER.fill(lang, &[("number", &number)]);
        let here = format!("/lay-so/{}/{number}", agency.code);
        let again = format!("/lay-so?co-quan={}", agency.code);
        let taken = time_short(local(ticket.taken_at).time());
        let offers = site.office.world().queue_services(&agency.code);
        let offers = ticket::told(&offers, std::slice::from_ref(&ticket));
        let offer = offers.iter().find(|offer| offer.service == ticket.number.service);
        let service = offer.map_or("", |offer| offer.name.say(lang));
        let main = html! {
            div data-refresh="15" {
                h1 { (title) }
                p.queue-number aria-hidden="true" { (number) }
                p { strong { (service) } ". "
                    (words::TAKEN_AT.fill(lang, &[("time", &taken)])) }
                (turn(lang, &ticket, ahead))
            }
            (button_row(&html! {
                @if ticket.state == TicketState::Waiting {
                    (button_link(&format!("{here}/phieu.pdf"), &Button {
                        label: words::PRINT.say(lang), new_tab: true, ..Button::default()
                    }))
                }
                (button_link(&again, &Button {
                    label: words::ANOTHER.say(lang), secondary: true, ..Button::default()
                }))
            }))
        };
        let page = Page { title: &title, ..Page::default() };
        answer(&site, &visitor, StatusCode::OK, &page, &main)
    });
    settle(&site, &visitor, result)
}

fn turn(lang: Lang, ticket: &Ticket, ahead: usize) -> Markup {
    let counter = ticket.counter.unwrap_or_default().to_string();
    match ticket.state {
        TicketState::Waiting => html! {
            p {
                @if ahead == 0 { (words::YOU_ARE_NEXT.say(lang)) }
                @else { (words::AHEAD.fill(lang, &[("n", &ahead.to_string())])) }
                " " (words::WATCH.say(lang))
            }
        },
        TicketState::Called => banner(
            lang,
            BannerKind::Note,
            &html! { strong { (words::GO_TO.fill(lang, &[("counter", &counter)])) } },
        ),
        TicketState::Served => html! { p { (words::DONE.say(lang)) } },
        TicketState::Absent => banner(lang, BannerKind::Note, &html! { (words::MISSED.say(lang)) }),
    }
}

/// `GET /lay-so/{agency}/{number}/phieu.pdf`.
async fn print(
    site: web::Data<Site>,
    visitor: Visitor,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let office = site.clone();
    let printed = off_thread(move || {
        let (agency, ticket, ahead) = found(&office, &path.0, &path.1)?;
        office.office.ticket_paper(&agency, &ticket, ahead)
    })
    .await;
    settle(&site, &visitor, printed.map(|pdf| outgoing::pdf(&pdf.file_name, pdf.bytes)))
}

/// `GET /man-hinh-goi-so?co-quan=…`: numbers and counters, large, newest first.
async fn screen(
    site: web::Data<Site>,
    visitor: Visitor,
    wanted: web::Query<Wanted>,
) -> HttpResponse {
    let result = site.office.ticket_agency(&wanted.co_quan).and_then(|agency| {
        let lang = visitor.lang;
        let tickets = site.office.tickets_today(&agency.code)?;
        let offers = ticket::told(&site.office.world().queue_services(&agency.code), &tickets);
        let now = local(site.office.now());
        let at = words::SCREEN_AT
            .fill(lang, &[("time", &time_short(now.time())), ("day", &date_short(now.date()))]);
        let main = html! {
            // Without scripts the browser asks again by itself.
            noscript { meta http-equiv="refresh" content="10"; }
            div.call-screen data-refresh="5" {
                div.call-head {
                    h1 { (words::SCREEN.say(lang)) }
                    p { (section_of(&agency)) }
                    p.call-time { (at) }
                }
                (calls(lang, &tickets))
                p.call-waiting { (waiting(lang, &offers, &tickets)) }
            }
        };
        let page = Page { title: words::SCREEN.say(lang), wide: true, ..Page::default() };
        Ok(answer(&site, &visitor, StatusCode::OK, &page, &main))
    });
    settle(&site, &visitor, result)
}

/// What is called now, the last call first.
fn calls(lang: Lang, tickets: &[Ticket]) -> Markup {
    let mut called: Vec<&Ticket> =
        tickets.iter().filter(|ticket| ticket.state == TicketState::Called).collect();
    called.sort_by_key(|ticket| std::cmp::Reverse(ticket.called_at));
    let rows: Vec<Row> = called
        .iter()
        .take(CALLS)
        .map(|ticket| {
            Row::new(vec![
                html! { strong { (ticket.number) } },
                html! { (ticket.counter.unwrap_or_default()) },
            ])
        })
        .collect();
    let columns =
        [Column::new(words::SCREEN_NUMBER.say(lang)), Column::new(words::SCREEN_COUNTER.say(lang))];
    html! {
        @if rows.is_empty() { p.call-none { (words::SCREEN_NONE.say(lang)) } }
        @else {
            (data_table(lang, &DataTable {
                caption: words::SCREEN.say(lang),
                caption_hidden: true,
                columns: &columns,
                rows: &rows,
                select: "",
            }))
        }
    }
}

/// How many wait, by service.
fn waiting(lang: Lang, offers: &[Offer], tickets: &[Ticket]) -> String {
    let of = |offer: &Offer| {
        let waits = |ticket: &&Ticket| {
            ticket.number.service == offer.service && ticket.state == TicketState::Waiting
        };
        format!("{} {}", offer.name.say(lang), tickets.iter().filter(waits).count())
    };
    let list: Vec<String> = offers.iter().map(of).collect();
    words::SCREEN_WAITING.fill(lang, &[("list", &list.join(" · "))])
}
