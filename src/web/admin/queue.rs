//! What people can take a number for at an agency: a name for each letter that is offered.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::house::refusal_of;
use super::{page, sent_by_admin};
use crate::domain::agency::Agency;
use crate::domain::dossier::Directory;
use crate::domain::ids::AgencyCode;
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::ticket::{LeadsTo, MOST_NAME, Offer, Service};
use crate::domain::words::{Lang, Message, Text};
use crate::web::components::{
    BannerKind, Button, Choice, Field, Form, Method, banner, button, button_row, error_for,
    error_summary, form, select, text_field,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{Posted, asked, with_office};
use crate::web::visitor::see_other;
use crate::web::words::{admin as admin_words, tickets as words};

/// The page.
pub const HERE: &str = "/quan-tri/hang-doi";

/// `GET /quan-tri/hang-doi?co-quan=…`.
pub async fn show(desk: Desk, request: HttpRequest) -> HttpResponse {
    let sent = asked(&request);
    let world = desk.office().world();
    let Some(agency) = chosen(&desk, &sent) else { return desk.forbidden() };
    let offers = world.queue_services(&agency.code);
    shown(&desk, &agency, &offers, sent.has("xong"), None)
}

/// The agency that was chosen, else the administrator's own.
fn chosen(desk: &Desk, sent: &Posted) -> Option<Agency> {
    let world = desk.office().world();
    let named = sent.some("co-quan").map(AgencyCode::new);
    let named = named.and_then(|code| world.agency(&code).cloned());
    named.or_else(|| world.agency(&desk.staff.agency).or_else(|| world.home()).cloned())
}

fn shown(
    desk: &Desk,
    agency: &Agency,
    offers: &[Offer],
    is_saved: bool,
    refusal: Option<&Refusal>,
) -> HttpResponse {
    let lang = desk.lang();
    let title = words::ADMIN_TITLE.say(lang);
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        @if is_saved { (banner(lang, BannerKind::Done, &html! { (admin_words::SAVED.say(lang)) })) }
        h1 { (title) }
        p { (words::ADMIN_ABOUT.say(lang)) }
        (agencies(desk, agency))
        (services(desk, agency, offers, refusal))
    };
    let status = refusal.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page(desk, status, (HERE, title), refusal.is_some(), &main)
}

fn agencies(desk: &Desk, agency: &Agency) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let choices: Vec<Choice<'_>> = world
        .agencies()
        .map(|known| Choice { value: known.code.as_str(), label: &known.name, ..Choice::default() })
        .collect();
    let body = html! {
        (select(lang, &Field {
            name: "co-quan",
            label: words::ADMIN_AGENCY.say(lang),
            value: agency.code.as_str(),
            ..Field::default()
        }, &choices))
        (button(&Button { label: words::SHOW.say(lang), secondary: true, ..Button::default() }))
    };
    let frame = Form { action: HERE, method: Method::Get, ..Form::default() };
    html! { search.row { (form(lang, &frame, &body)) } }
}

fn services(desk: &Desk, agency: &Agency, offers: &[Offer], refusal: Option<&Refusal>) -> Markup {
    let lang = desk.lang();
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let is_own = desk.office().world().has_own_queue_services(&agency.code);
    let body = html! {
        input type="hidden" name="agency" value=(agency.code);
        @for service in Service::all() {
            (row(lang, service, offers.iter().find(|offer| offer.service == service), errors))
        }
        (button_row(&html! {
            (button(&Button { label: words::ADMIN_SAVE.say(lang), ..Button::default() }))
            @if is_own {
                (button(&Button {
                    label: words::ADMIN_USUAL.say(lang),
                    name: "_usual",
                    value: "1",
                    secondary: true,
                    ..Button::default()
                }))
            }
        }))
    };
    let frame =
        Form { action: HERE, csrf: &csrf, key: &key, ask_before_leaving: true, ..Form::default() };
    html! { section { h2 { (agency.name) } (form(lang, &frame, &body)) } }
}

/// The name of a part of a service: the path that refusals name it by.
fn name(service: Service, part: &str) -> String {
    format!("services[{}].{part}", service.index())
}

fn row(lang: Lang, service: Service, offer: Option<&Offer>, errors: &[FieldError]) -> Markup {
    let letter = service.letter().to_string();
    let said = |message: Message| message.fill(lang, &[("letter", &letter)]);
    let text = |part: &str, label: &str, value: &str| {
        let name = name(service, part);
        text_field(
            lang,
            &Field {
                name: &name,
                label,
                value,
                error: error_for(errors, &name, lang),
                optional: true,
                autocomplete: "off",
                max_length: u32::try_from(MOST_NAME).ok(),
                ..Field::default()
            },
        )
    };
    let places = LeadsTo::ALL.map(|place| Choice {
        value: place.id(),
        label: way(place).say(lang),
        chosen: offer.map(|offer| offer.leads_to).unwrap_or_default() == place,
        ..Choice::default()
    });
    let leads_to = name(service, "leads_to");
    html! {
        fieldset {
            legend { (said(words::ADMIN_SERVICE)) }
            div.step-fields {
                (text("name", words::ADMIN_NAME.say(lang), offer.map_or("", |o| &o.name.vi)))
                (text("name_en", words::ADMIN_NAME_EN.say(lang), offer.map_or("", |o| &o.name.en)))
                (select(lang, &Field {
                    name: &leads_to, label: words::ADMIN_LEADS_TO.say(lang), ..Field::default()
                }, &places))
            }
        }
    }
}

const fn way(place: LeadsTo) -> Message {
    match place {
        LeadsTo::Reception => words::TO_RECEPTION,
        LeadsTo::Delivery => words::TO_DELIVERY,
        LeadsTo::Certification => words::TO_CERTIFICATION,
    }
}

/// `POST /quan-tri/hang-doi`.
pub async fn save(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let code = AgencyCode::new(sent.get("agency"));
    let typed: Vec<Offer> = Service::all().filter_map(|service| offer(&sent, service)).collect();
    let services = (!sent.has("_usual")).then(|| typed.clone());
    let here = code.clone();
    let saved =
        with_office(&desk, move |office, _| office.set_queue_services(&code, services)).await;
    let failure = match saved {
        Ok(()) => return see_other(&format!("{HERE}?co-quan={here}&xong=1")),
        Err(failure) => failure,
    };
    let agency = desk.office().world().agency(&here).cloned();
    match (refusal_of(&desk, failure), agency) {
        (Ok(refusal), Some(agency)) => shown(&desk, &agency, &typed, false, Some(&refusal)),
        (Ok(refusal), None) => desk.failed(&refusal.into()),
        (Err(response), _) => response,
    }
}

/// A service as it was typed; none when nothing was. Without English words it has the Vietnamese.
fn offer(sent: &Posted, service: Service) -> Option<Offer> {
    let part = |part: &str| sent.some(&name(service, part));
    let (vi, en) = (part("name"), part("name_en"));
    if vi.is_none() && en.is_none() {
        return None;
    }
    let vi = vi.unwrap_or_default();
    let en = en.unwrap_or_else(|| vi.clone());
    let leads_to = part("leads_to").and_then(|id| LeadsTo::from_id(&id)).unwrap_or_default();
    Some(Offer { service, name: Text { vi, en }, leads_to })
}
