//! The queue's numbers: taken by anybody, called by a counter, shown on a screen.

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, get, post};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asking::Asking;
use super::body;
use super::params::Params;
use super::problem::{ApiFailure, Outcome};
use crate::domain::calendar::local;
use crate::domain::calendar::written;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::ticket::{self, Figures, Service, Ticket, TicketNumber, TicketState, Turn};
use crate::web::Site;
use crate::web::limits::Asked;
use crate::web::words::{api as words, tickets as ticket_words};

/// Whoever takes a number.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTicket {
    /// The agency; by default the one that speaks for the instance.
    pub agency: Option<String>,
    /// One of the agency's services, as `tickets/services` lists them; usually `filing`, `results`,
    /// `certification` and `advice`.
    #[schema(example = "filing")]
    pub service: String,
}

/// A counter that is free.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NextCall {
    /// The counter's number.
    #[schema(minimum = 1, maximum = 99, example = 3)]
    pub counter: u32,
    /// Only numbers of these services; of any when empty.
    #[serde(default)]
    pub services: Vec<String>,
}

/// What a counter does with a number.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketTurn {
    /// `again`, `served` or `absent`.
    #[schema(example = "again")]
    pub action: String,
    /// The counter's number; needed to call again.
    pub counter: Option<u32>,
}

/// A number.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct TicketBody {
    /// Its letter and number.
    #[schema(example = "A012")]
    pub number: String,
    /// Its service.
    pub service: String,
    /// `waiting`, `called`, `served` or `absent`.
    pub state: String,
    /// When it was taken.
    #[schema(format = DateTime)]
    pub taken_at: String,
    /// The counter that called it last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counter: Option<u32>,
    /// When it was called last.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    pub called_at: Option<String>,
    /// How many wait for the same service before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ahead: Option<usize>,
    /// The dossiers that came of it; for the desk only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dossiers: Vec<String>,
}

impl TicketBody {
    fn of(ticket: &Ticket) -> Self {
        Self {
            number: ticket.number.to_string(),
            service: ticket.number.service.id(),
            state: ticket.state.id().to_owned(),
            taken_at: written(ticket.taken_at),
            counter: ticket.counter,
            called_at: ticket.called_at.map(written),
            ahead: None,
            dossiers: Vec::new(),
        }
    }

    fn for_desk(ticket: &Ticket) -> Self {
        let dossiers = ticket.dossiers.iter().map(ToString::to_string).collect();
        Self { dossiers, ..Self::of(ticket) }
    }
}

/// The figures of a service on a day, or of all (`all`).
#[derive(Serialize, ToSchema)]
pub struct TicketFigures {
    /// The service, or `all`.
    pub service: String,
    /// Numbers taken.
    pub taken: usize,
    /// Still waiting.
    pub waiting: usize,
    /// At a counter.
    pub called: usize,
    /// Served.
    pub served: usize,
    /// Nobody came.
    pub absent: usize,
    /// Mean minutes until the last call.
    pub wait_minutes: Option<u32>,
    /// Mean minutes at the counter.
    pub serve_minutes: Option<u32>,
}

impl TicketFigures {
    fn of(service: String, figures: Figures) -> Self {
        let Figures { taken, waiting, called, served, absent, wait_minutes, serve_minutes } =
            figures;
        Self { service, taken, waiting, called, served, absent, wait_minutes, serve_minutes }
    }
}

/// A day of the queue.
#[derive(Serialize, ToSchema)]
pub struct TicketDay {
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// Its numbers.
    pub items: Vec<TicketBody>,
    /// Its figures.
    pub figures: Vec<TicketFigures>,
}

/// What people can take a number for.
#[derive(Serialize, ToSchema)]
pub struct TicketServices {
    /// The agency's services, by letter.
    pub items: Vec<TicketService>,
}

/// A service of the queue.
#[derive(Serialize, ToSchema)]
pub struct TicketService {
    /// Its name for programs.
    #[schema(example = "filing")]
    pub service: String,
    /// The letter of its numbers.
    #[schema(example = "A")]
    pub letter: String,
    /// What the kiosk calls it.
    pub name: String,
    /// The same in English.
    pub name_en: String,
}

/// What the screen shows.
#[derive(Serialize, ToSchema)]
pub struct TicketScreen {
    /// Numbers that are called now, the last call first.
    pub called: Vec<TicketBody>,
    /// How many wait.
    pub waiting: usize,
}

fn service(field: &str, name: &str) -> Result<Service, Refusal> {
    Service::from_id(name).ok_or_else(|| {
        let names: Vec<String> = Service::all().map(Service::id).collect();
        Refusal::field(field, words::UNKNOWN_VALUE.text(&[("known", &names.join(", "))]))
    })
}

/// Takes a number of the queue
///
/// Anybody may. Numbers begin at 1 each day, for each service.
#[utoipa::path(
    tag = "tickets",
    security(()),
    request_body = NewTicket,
    responses((status = 201, description = "The number", body = TicketBody)),
)]
#[post("/tickets")]
pub async fn take_ticket(
    request: HttpRequest,
    asking: Asking,
    site: Data<Site>,
    payload: Payload,
) -> Outcome {
    asking.limit(&site, Asked::Ticket)?;
    let bytes = body::read(&request, payload).await?;
    let sent: NewTicket = body::parse(&bytes)?;
    let service = service("service", &sent.service)?;
    let agency = site.office.ticket_agency(sent.agency.as_deref().unwrap_or_default())?;
    let answer = site.office.once(asking.once("POST tickets", &bytes), async {
        let ticket = site.office.take_ticket(&agency.code, service, "")?;
        let ahead = ticket::ahead(&site.office.tickets_today(&agency.code)?, ticket.number);
        Ok::<_, ApiFailure>(TicketBody { ahead: Some(ahead), ..TicketBody::of(&ticket) })
    });
    Ok(HttpResponse::Created().json(answer.await?))
}

/// Lists the numbers of a day, with its figures
///
/// For the desk of the agency.
#[utoipa::path(
    tag = "tickets",
    security(("token" = [])),
    params(("date" = Option<String>, Query, description = "The day; today by default")),
    responses((status = 200, description = "The day", body = TicketDay)),
)]
#[get("/tickets")]
pub async fn list_tickets(request: HttpRequest, asking: Asking, site: Data<Site>) -> Outcome {
    let caller = asking.signed_in()?;
    let staff =
        caller.staff().ok_or_else(|| Refusal::new(RefusalKind::Forbidden, words::DESK_ONLY))?;
    let mut params = Params::of(&request);
    let date = params.read("date", words::A_DATE, |text| text.parse::<Date>().ok());
    params.finish()?;
    let date = date.unwrap_or_else(|| local(site.office.now()).date());
    let tickets = site.office.tickets(&staff.agency, date)?;
    let of = |service: Service| {
        let own = tickets.iter().filter(|ticket| ticket.number.service == service);
        TicketFigures::of(service.id(), ticket::figures(own))
    };
    let offers = ticket::told(&site.office.world().queue_services(&staff.agency), &tickets);
    let mut figures: Vec<TicketFigures> = offers.iter().map(|offer| of(offer.service)).collect();
    figures.push(TicketFigures::of("all".to_owned(), ticket::figures(tickets.iter())));
    let items = tickets.iter().map(TicketBody::for_desk).collect();
    Ok(HttpResponse::Ok().json(TicketDay { date, items, figures }))
}

/// Shows which numbers are called now
///
/// What the screen before the counters shows.
#[utoipa::path(
    tag = "tickets",
    security(()),
    params(("agency" = Option<String>, Query, description = "The agency's code")),
    responses((status = 200, description = "The screen", body = TicketScreen)),
)]
#[get("/tickets/screen")]
pub async fn show_ticket_screen(request: HttpRequest, asking: Asking, site: Data<Site>) -> Outcome {
    asking.limit(&site, Asked::Reading)?;
    let mut params = Params::of(&request);
    let agency = params.text("agency").unwrap_or_default();
    params.finish()?;
    let agency = site.office.ticket_agency(&agency)?;
    let tickets = site.office.tickets_today(&agency.code)?;
    let called = tickets.iter().filter(|ticket| ticket.state == TicketState::Called);
    let mut called: Vec<&Ticket> = called.collect();
    called.sort_by_key(|ticket| std::cmp::Reverse(ticket.called_at));
    let called = called.into_iter().map(TicketBody::of).collect();
    let waiting = ticket::figures(tickets.iter()).waiting;
    Ok(HttpResponse::Ok().json(TicketScreen { called, waiting }))
}

/// Lists what people can take a number for
///
/// An administrator sets the services of an agency.
#[utoipa::path(
    tag = "tickets",
    security(()),
    params(("agency" = Option<String>, Query, description = "The agency's code")),
    responses((status = 200, description = "The services", body = TicketServices)),
)]
#[get("/tickets/services")]
pub async fn list_ticket_services(
    request: HttpRequest,
    asking: Asking,
    site: Data<Site>,
) -> Outcome {
    asking.limit(&site, Asked::Reading)?;
    let mut params = Params::of(&request);
    let agency = params.text("agency").unwrap_or_default();
    params.finish()?;
    let agency = site.office.ticket_agency(&agency)?;
    let offers = site.office.world().queue_services(&agency.code).into_iter();
    let items = offers.map(|offer| TicketService {
        service: offer.service.id(),
        letter: offer.service.letter().to_string(),
        name: offer.name.vi,
        name_en: offer.name.en,
    });
    Ok(HttpResponse::Ok().json(TicketServices { items: items.collect() }))
}

/// Calls the next number to a counter
///
/// Whom this account called before counts as served. 404 when nobody waits.
#[utoipa::path(
    tag = "tickets",
    security(("token" = [])),
    request_body = NextCall,
    responses((status = 200, description = "The number", body = TicketBody)),
)]
#[post("/tickets/calls")]
pub async fn call_ticket(
    request: HttpRequest,
    asking: Asking,
    site: Data<Site>,
    payload: Payload,
) -> Outcome {
    let caller = asking.signed_in()?;
    let bytes = body::read(&request, payload).await?;
    let sent: NextCall = body::parse(&bytes)?;
    let named = sent.services.iter().enumerate();
    let services = named
        .map(|(at, name)| service(&format!("services[{at}]"), name))
        .collect::<Result<Vec<Service>, Refusal>>()?;
    let answer = site.office.once(asking.once("POST tickets/calls", &bytes), async {
        let called = site.office.call_next(caller, sent.counter, &services)?;
        let nobody = || Refusal::new(RefusalKind::NotFound, ticket_words::NOBODY_WAITS);
        Ok::<_, ApiFailure>(TicketBody::for_desk(&called.ok_or_else(nobody)?))
    });
    Ok(HttpResponse::Ok().json(answer.await?))
}

/// Calls a number again, or ends its turn
#[utoipa::path(
    tag = "tickets",
    security(("token" = [])),
    params(("number" = String, Path, description = "Today's number", example = "A012")),
    request_body = TicketTurn,
    responses((status = 200, description = "The number", body = TicketBody)),
)]
#[post("/tickets/{number}/actions")]
pub async fn turn_ticket(
    request: HttpRequest,
    asking: Asking,
    site: Data<Site>,
    path: Path<String>,
    payload: Payload,
) -> Outcome {
    let caller = asking.signed_in()?;
    let bytes = body::read(&request, payload).await?;
    let sent: TicketTurn = body::parse(&bytes)?;
    let turn = Turn::from_id(&sent.action).ok_or_else(|| {
        let names: Vec<&str> = Turn::ALL.into_iter().map(Turn::id).collect();
        Refusal::field("action", words::UNKNOWN_VALUE.text(&[("known", &names.join(", "))]))
    })?;
    let number = TicketNumber::parse(&path)
        .ok_or_else(|| Refusal::new(RefusalKind::NotFound, ticket_words::UNKNOWN_NUMBER))?;
    let counter = sent.counter.unwrap_or_default();
    let route = format!("POST tickets/{number}/actions");
    let answer = site.office.once(asking.once(&route, &bytes), async {
        let ticket = site.office.turn_ticket(caller, number, turn, counter)?;
        Ok::<_, ApiFailure>(TicketBody::for_desk(&ticket))
    });
    Ok(HttpResponse::Ok().json(answer.await?))
}
