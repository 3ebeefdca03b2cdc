//! A counter calls the queue's numbers: the next one, the same again, nobody came; and what the day
//! was like.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use jiff::civil::Date;
use maud::{Markup, html};

use super::access::{Desk, Sheet};
use super::dates;
use super::posted::{Posted, asked, posted};
use crate::domain::agency::Role;
use crate::domain::calendar::local;
use crate::domain::calendar::words::{date_short, time_short};
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::ticket::{
    self, Figures, LeadsTo, Offer, Service, Ticket, TicketNumber, TicketState, Turn,
};
use crate::office::Failure;
use crate::web::address::percent;
use crate::web::components::{
    Button, Choice, Column, DataTable, Field, Form, Method, Row, Width, button, checkboxes,
    data_table, date_field, error_for, error_summary, form, panel, text_field,
};
use crate::web::visitor::{see_other, status_of};
use crate::web::words::tickets as words;

/// Where the page lies.
const HERE: &str = "/mot-cua/goi-so";

/// `GET /mot-cua/goi-so?quay=…&viec=…&ngay=…`.
pub async fn show(desk: Desk, request: HttpRequest) -> HttpResponse {
    answer(&desk, &asked(&request), None)
}

/// `POST /mot-cua/goi-so`.
pub async fn act(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let sent = match posted(&desk, &request, payload).await {
        Ok(posted) => posted,
        Err(response) => return response,
    };
    match done(&desk, &sent) {
        Ok(()) => see_other(&back(&sent)),
        Err(Failure::Refused(refusal)) => answer(&desk, &sent, Some(refusal)),
        Err(fault) => desk.failed(&fault),
    }
}

fn done(desk: &Desk, sent: &Posted) -> Result<(), Failure> {
    let (office, caller) = (desk.office(), desk.caller());
    let counter = sent.get("counter").parse().ok();
    let counter = counter.ok_or_else(|| Refusal::field("counter", words::COUNTER_MISSING))?;
    match (Turn::from_id(sent.get("_lam")), TicketNumber::parse(sent.get("so"))) {
        (Some(turn), Some(number)) => {
            office.turn_ticket(caller, number, turn, counter)?;
        }
        _ => match TicketNumber::parse(sent.get("_lam")) {
            Some(number) => {
                office.turn_ticket(caller, number, Turn::Again, counter)?;
            }
            None => {
                let called = office.call_next(caller, counter, &services(sent))?;
                called.ok_or_else(|| Refusal::field("counter", words::NOBODY_WAITS))?;
            }
        },
    }
    Ok(())
}

fn services(sent: &Posted) -> Vec<Service> {
    sent.all("viec").filter_map(Service::from_id).collect()
}

/// The page again, with the counter's number and its services in the address.
fn back(sent: &Posted) -> String {
    let viec: String =
        services(sent).iter().map(|service| format!("&viec={}", service.id())).collect();
    format!("{HERE}?quay={}{viec}", percent(sent.get("counter")))
}

fn answer(desk: &Desk, sent: &Posted, refusal: Option<Refusal>) -> HttpResponse {
    let looked = looked(desk, sent, refusal);
    let looked = match looked {
        Ok(looked) => looked,
        Err(failure) => return desk.failed(&failure),
    };
    let (lang, title) = (desk.lang(), words::CALLING.say(desk.lang()));
    let main = html! {
        @if let Some(refusal) = &looked.refusal { (error_summary(lang, refusal)) }
        h1 { (title) }
        div.columns.side-right {
            div.content { (counter(desk, sent, &looked)) }
            div.side { (waiting(desk, &looked)) }
        }
        (day(desk, sent, &looked))
    };
    let status = looked.refusal.clone().map_or(StatusCode::OK, |r| status_of(&r.into()));
    let sheet = Sheet { title, refused: looked.refusal.is_some(), ..Sheet::default() };
    desk.page(status, &sheet, &main)
}

/// What the page is drawn from.
struct Looked {
    today: Vec<Ticket>,
    here: Option<Ticket>,
    day: Date,
    of_day: Vec<Ticket>,
    offers: Vec<Offer>,
    refusal: Option<Refusal>,
}

fn looked(desk: &Desk, sent: &Posted, refusal: Option<Refusal>) -> Result<Looked, Failure> {
    let (office, agency) = (desk.office(), &desk.staff.agency);
    let today = office.tickets_today(agency)?;
    let here = office.ticket_at(&desk.staff)?;
    let now = local(office.now()).date();
    let typed = sent.get("ngay");
    let (day, wrong) = match dates::date(typed) {
        Some(day) => (day, None),
        None if typed.is_empty() => (now, None),
        None => (now, Some(Refusal::field("ngay", words::DAY_WRONG))),
    };
    let of_day = if day == now { today.clone() } else { office.tickets(agency, day)? };
    let offers = ticket::told(&office.world().queue_services(agency), &today);
    let offers = ticket::told(&offers, &of_day);
    Ok(Looked { today, here, day, of_day, offers, refusal: refusal.or(wrong) })
}

impl Looked {
    fn errors(&self) -> &[FieldError] {
        self.refusal.as_ref().map_or(&[], |refusal| &refusal.fields)
    }

    /// The counter's number: as typed, as in the address, or the last that this account used.
    fn counter(&self, desk: &Desk, sent: &Posted) -> String {
        let named = [sent.get("counter"), sent.get("quay")].into_iter().find(|n| !n.is_empty());
        let used = self.today.iter().filter(|ticket| ticket.by.as_ref() == Some(&desk.staff.name));
        let last = used.max_by_key(|ticket| ticket.called_at).and_then(|ticket| ticket.counter);
        named.map_or_else(|| last.map(|n| n.to_string()).unwrap_or_default(), str::to_owned)
    }
}

fn counter(desk: &Desk, sent: &Posted, looked: &Looked) -> Markup {
    let lang = desk.lang();
    let number = looked.counter(desk, sent);
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let chosen = services(sent);
    let offered: Vec<(String, &Offer)> =
        looked.offers.iter().map(|offer| (offer.service.id(), offer)).collect();
    let choices: Vec<Choice<'_>> = offered
        .iter()
        .map(|(id, offer)| Choice {
            value: id,
            label: offer.name.say(lang),
            chosen: chosen.contains(&offer.service),
            ..Choice::default()
        })
        .collect();
    let body = html! {
        (text_field(lang, &Field {
            name: "counter",
            label: words::COUNTER.say(lang),
            value: &number,
            error: error_for(looked.errors(), "counter", lang),
            inputmode: "numeric",
            autocomplete: "off",
            width: Width::Short,
            max_length: Some(2),
            autofocus: number.is_empty(),
            key: "F2",
            ..Field::default()
        }))
        (here(desk, looked))
        div.buttons {
            (button(&Button {
                label: words::CALL_NEXT.say(lang),
                name: "_lam",
                value: "tiep",
                key: "F9",
                ..Button::default()
            }))
            @if looked.here.is_some() {
                @for (turn, label) in [
                    (Turn::Again, words::AGAIN),
                    (Turn::Absent, words::ABSENT),
                    (Turn::Served, words::SERVED),
                ] { (other(label.say(lang), turn.id())) }
            }
        }
        p.hint { (words::CALL_NEXT_HINT.say(lang)) }
        (checkboxes(lang, &Field {
            name: "viec",
            label: words::SERVICES.say(lang),
            hint: words::SERVICES_HINT.say(lang),
            ..Field::default()
        }, &choices))
        (absent(desk, looked))
    };
    form(lang, &Form { action: HERE, csrf: &csrf, key: &key, ..Form::default() }, &body)
}

fn other(label: &str, value: &str) -> Markup {
    button(&Button { label, name: "_lam", value, secondary: true, ..Button::default() })
}

/// The number at the counter, and where to go on with it.
fn here(desk: &Desk, looked: &Looked) -> Markup {
    let lang = desk.lang();
    let Some(ticket) = &looked.here else {
        return html! { p.muted { (words::NOBODY_AT_COUNTER.say(lang)) } };
    };
    let (number, counter) =
        (ticket.number.to_string(), ticket.counter.unwrap_or_default().to_string());
    let called = ticket.called_at.map(|at| time_short(local(at).time())).unwrap_or_default();
    let offer = looked.offers.iter().find(|offer| offer.service == ticket.number.service);
    let (href, way) = match offer.map(|offer| offer.leads_to).unwrap_or_default() {
        LeadsTo::Delivery => ("/mot-cua/tra-ket-qua", words::TO_DELIVERY),
        LeadsTo::Certification => ("/mot-cua/chung-thuc", words::TO_CERTIFICATION),
        LeadsTo::Reception => ("/mot-cua/tiep-nhan", words::TO_RECEPTION),
    };
    let heading = words::AT_COUNTER.fill(lang, &[("number", &number), ("counter", &counter)]);
    panel(
        &heading,
        &html! {
            input type="hidden" name="so" value=(number);
            (offer.map_or("", |offer| offer.name.say(lang))) ", "
            (words::CALLED_TIMES.fill(lang, &[("n", &ticket.calls.to_string()), ("time", &called)]))
            @if desk.is(Role::Receptionist) { br; a href=(href) { (way.say(lang)) } }
            @if !ticket.dossiers.is_empty() {
                br; (words::DOSSIERS.say(lang)) ": "
                @for code in &ticket.dossiers {
                    a.code href={ "/mot-cua/ho-so/" (code) } { (code) } " "
                }
            }
        },
    )
}

/// Who was called in vain and may have come meanwhile.
fn absent(desk: &Desk, looked: &Looked) -> Markup {
    let lang = desk.lang();
    let mut missed: Vec<&Ticket> =
        looked.today.iter().filter(|ticket| ticket.state == TicketState::Absent).collect();
    missed.sort_by_key(|ticket| std::cmp::Reverse(ticket.ended_at));
    html! {
        @if !missed.is_empty() {
            details {
                summary { (words::ABSENT_LIST.say(lang)) " (" (missed.len()) ")" }
                div.buttons {
                    @for ticket in missed {
                        @let number = ticket.number.to_string();
                        (other(&words::CALL_THIS.fill(lang, &[("number", &number)]), &number))
                    }
                }
            }
        }
    }
}

fn waiting(desk: &Desk, looked: &Looked) -> Markup {
    let lang = desk.lang();
    let agency = percent(desk.staff.agency.as_str());
    let waits = |service: Service| {
        looked.today.iter().filter(move |ticket| {
            ticket.number.service == service && ticket.state == TicketState::Waiting
        })
    };
    panel(
        words::WAITING.say(lang),
        &html! {
            div data-refresh="15" {
                dl.facts {
                    @for Offer { service, name, .. } in &looked.offers {
                        dt { (name.say(lang)) }
                        dd {
                            strong { (waits(*service).count()) }
                            @if let Some(first) = waits(*service).next() { " · " (first.number) " …" }
                        }
                    }
                }
            }
            ul.plain {
                li { a href={ "/man-hinh-goi-so?co-quan=" (agency) } target="_blank" rel="noopener" {
                    (words::OPEN_SCREEN.say(lang))
                } }
                li { a href={ "/lay-so?co-quan=" (agency) } target="_blank" rel="noopener" {
                    (words::OPEN_KIOSK.say(lang))
                } }
            }
        },
    )
}

/// The figures of a day.
fn day(desk: &Desk, sent: &Posted, looked: &Looked) -> Markup {
    let lang = desk.lang();
    let title = words::FIGURES.fill(lang, &[("day", &date_short(looked.day))]);
    let typed = sent.some("ngay").unwrap_or_else(|| date_short(looked.day));
    let columns = [
        Column::new(words::SERVICE.say(lang)),
        Column::number(words::TAKEN.say(lang)),
        Column::number(words::WAITING.say(lang)),
        Column::number(words::WERE_SERVED.say(lang)),
        Column::number(words::WERE_ABSENT.say(lang)),
        Column::number(words::MEAN_WAIT.say(lang)),
        Column::number(words::MEAN_SERVE.say(lang)),
    ];
    let line = |name: &str, figures: Figures| {
        let minutes =
            |value: Option<u32>| html! { (value.map_or("–".to_owned(), |n| n.to_string())) };
        Row::new(vec![
            html! { (name) },
            html! { (figures.taken) },
            html! { (figures.waiting) },
            html! { (figures.served) },
            html! { (figures.absent) },
            minutes(figures.wait_minutes),
            minutes(figures.serve_minutes),
        ])
    };
    let of = |service: Service| {
        ticket::figures(looked.of_day.iter().filter(|t| t.number.service == service))
    };
    let services = looked.offers.iter();
    let mut rows: Vec<Row> =
        services.map(|offer| line(offer.name.say(lang), of(offer.service))).collect();
    rows.push(line(words::ALL_SERVICES.say(lang), ticket::figures(looked.of_day.iter())));
    html! {
        h2 { (title) }
        div.row { (form(lang, &Form { action: HERE, method: Method::Get, ..Form::default() }, &html! {
            (date_field(lang, &Field {
                name: "ngay",
                label: words::DAY.say(lang),
                value: &typed,
                error: error_for(looked.errors(), "ngay", lang),
                autocomplete: "off",
                max_length: Some(10),
                ..Field::default()
            }))
            (button(&Button { label: words::SHOW.say(lang), secondary: true, ..Button::default() }))
        })) }
        (data_table(lang, &DataTable {
            caption: &title, caption_hidden: true, columns: &columns, rows: &rows, select: "",
        }))
    }
}
