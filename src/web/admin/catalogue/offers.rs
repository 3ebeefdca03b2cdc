//! What an agency says of a procedure: whether it takes it, where, when, and its own guidance.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use jiff::civil::Date;
use maud::{Markup, html};

use super::procedure::{LIST, address};
use crate::domain::agency::Agency;
use crate::domain::calendar::WEEKDAYS;
use crate::domain::calendar::words::{capitalised, date_short, weekday};
use crate::domain::catalogue::Procedure;
use crate::domain::dossier::Directory;
use crate::domain::dossier::linking::settles;
use crate::domain::ids::{AgencyCode, ProcedureCode};
use crate::domain::offer::{LONGEST_LINE, Offer, OfferState};
use crate::domain::refusal::Refusal;
use crate::domain::words::Lang;
use crate::office::world::World;
use crate::web::admin::calendar_form::{read_week, sessions_text, weekly_field};
use crate::web::admin::house::refusal_of;
use crate::web::admin::{page, sent_by_admin};
use crate::web::components::{
    Button, Choice, Column, DataTable, Field, Form, Row, button, button_row, data_table,
    date_field, error_for, error_summary, form, radios, select, text_area, text_field,
};
use crate::web::desk::access::Desk;
use crate::web::desk::dates::date;
use crate::web::desk::posted::{Posted, with_office};
use crate::web::visitor::see_other;
use crate::web::words::catalogue as words;

/// The agencies at which a procedure may be taken, with what each says of it.
pub fn list(desk: &Desk, world: &World, procedure: &Procedure) -> Markup {
    let lang = desk.lang();
    let code = &procedure.code;
    let columns = [
        Column::new(words::AGENCY.say(lang)),
        Column::new(words::STATE.say(lang)),
        Column::new(words::COUNTER.say(lang)),
        Column::new(words::HOURS.say(lang)),
    ];
    let rows: Vec<Row> = possible(world, procedure)
        .map(|agency| {
            let offer = world.offer(&agency.code, code).cloned().unwrap_or_default();
            Row::new(vec![
                html! {
                    (agency.name) br;
                    a href={ (address(code)) "/noi/" (agency.code) } {
                        (words::EDIT.say(lang)) span.hidden { " " (agency.name) }
                    }
                },
                html! { (state(lang, &offer, desk.office().today())) },
                html! { (offer.counter) },
                html! { (offer.hours) },
            ])
        })
        .collect();
    html! {
        section {
            h2 { (words::AGENCIES.say(lang)) }
            p { (words::AGENCIES_ABOUT.say(lang)) }
            (data_table(lang, &DataTable {
                caption: words::AGENCIES.say(lang),
                caption_hidden: true,
                columns: &columns,
                rows: &rows,
                select: "",
            }))
        }
    }
}

/// Those that settle it and those that take in for others, and whoever says something of it.
fn possible<'a>(
    world: &'a World,
    procedure: &'a Procedure,
) -> impl Iterator<Item = &'a Agency> + use<'a> {
    // Whatever it says of its state, an agency that may take it stands in the list.
    world.agencies().filter(move |agency| {
        let is_known = world.offer(&agency.code, &procedure.code).is_some();
        let takes_in = agency.level == crate::domain::catalogue::Level::Commune
            && procedure.levels.contains(&crate::domain::catalogue::Level::Province);
        is_known
            || world.is_open(&agency.code)
                && (procedure.levels.is_empty() || settles(agency, procedure) || takes_in)
    })
}

/// The state of an offer in a few words.
fn state(lang: Lang, offer: &Offer, today: Date) -> String {
    let day = offer.since.map(date_short).unwrap_or_default();
    let message = match (offer.state, offer.since) {
        (OfferState::Open, Some(since)) if since > today => words::OPEN_FROM,
        (OfferState::Open, _) => words::OPEN,
        (OfferState::NotOpen, _) => words::NOT_OPEN,
        (OfferState::Stopped, Some(_)) => words::STOPPED_FROM,
        (OfferState::Stopped, None) => words::STOPPED,
    };
    // The slot stands in some of them only.
    message.fill(lang, &[("date", &day)])
}

type Refused<'a> = Option<(&'a Posted, &'a Refusal)>;

/// `GET /quan-tri/thu-tuc/{code}/noi/{agency}`.
pub async fn show(desk: Desk, path: web::Path<(String, String)>) -> HttpResponse {
    let (code, agency) = path.into_inner();
    shown(&desk, &ProcedureCode::new(code), &AgencyCode::new(agency), None)
}

fn shown(
    desk: &Desk,
    code: &ProcedureCode,
    agency: &AgencyCode,
    refused: Refused<'_>,
) -> HttpResponse {
    let (lang, world) = (desk.lang(), desk.office().world());
    let (Some(procedure), Some(known)) = (world.procedure(code), world.agency(agency)) else {
        return see_other(LIST);
    };
    let values = [("agency", known.name.as_str()), ("name", &procedure.name)];
    let title = words::OFFER_TITLE.fill(lang, &values);
    let offer = world.offer(agency, code).cloned().unwrap_or_default();
    let main = html! {
        @if let Some((_, refusal)) = refused { (error_summary(lang, refusal)) }
        h1 { (title) }
        (fields(desk, (code, agency), &offer, refused))
    };
    let status = refused.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page(desk, status, (LIST, &title), refused.is_some(), &main)
}

/// The states to choose from; `set` is the one that holds.
fn states(lang: Lang, set: &str) -> [Choice<'static>; 3] {
    let states = [
        (OfferState::Open, words::OPEN),
        (OfferState::NotOpen, words::NOT_OPEN),
        (OfferState::Stopped, words::STOPPED),
    ];
    states.map(|(state, label)| Choice {
        value: state.id(),
        label: label.say(lang),
        chosen: state.id() == set,
        ..Choice::default()
    })
}

/// The sessions of each weekday.
fn week(desk: &Desk, offer: &Offer, refused: Refused<'_>) -> Markup {
    let lang = desk.lang();
    let errors = refused.map_or(&[][..], |(_, refusal)| &refusal.fields);
    let value = |name: &str, known: &str| match refused {
        Some((sent, _)) => sent.get(name).to_owned(),
        None => known.to_owned(),
    };
    html! {
        fieldset {
            legend { (words::HOURS.say(lang)) }
            p.hint { (words::WEEK_HINT.say(lang)) }
            div.week { @for day in WEEKDAYS {
                @let name = weekly_field(day);
                @let sessions = value(&name, &sessions_text(&offer.sessions[day]));
                (text_field(lang, &Field {
                    name: &name,
                    label: &capitalised(weekday(day).say(lang)),
                    value: &sessions,
                    error: error_for(errors, &name, lang),
                    optional: true,
                    autocomplete: "off",
                    max_length: u32::try_from(LONGEST_LINE).ok(),
                    ..Field::default()
                }))
            } }
        }
    }
}

/// The agencies that take it, but this one.
fn others<'a>(
    desk: &Desk,
    world: &'a World,
    (code, agency): (&ProcedureCode, &AgencyCode),
) -> Vec<Choice<'a>> {
    let takers = world
        .procedure(code)
        .map(|procedure| world.takers(procedure, desk.office().today()))
        .unwrap_or_default();
    let takers = takers.into_iter().filter(|taker| taker.code != *agency);
    let choice = |taker: &'a Agency| Choice {
        value: taker.code.as_str(),
        label: &taker.name,
        ..Choice::default()
    };
    takers.map(choice).collect()
}

fn fields(
    desk: &Desk,
    (code, agency): (&ProcedureCode, &AgencyCode),
    offer: &Offer,
    refused: Refused<'_>,
) -> Markup {
    let lang = desk.lang();
    let errors = refused.map_or(&[][..], |(_, refusal)| &refusal.fields);
    let value = |name: &str, known: &str| match refused {
        Some((sent, _)) => sent.get(name).to_owned(),
        None => known.to_owned(),
    };
    let since = value("since", &offer.since.map(date_short).unwrap_or_default());
    let set = value("state", offer.state.id());
    let texts = ["guidance", "counter", "hours", "phone", "reason"];
    let known = [&offer.guidance, &offer.counter, &offer.hours, &offer.phone, &offer.reason];
    let [guidance, counter, hours, phone, reason] =
        std::array::from_fn(|place| value(texts[place], known[place]));
    let instead = value("instead", offer.instead.as_ref().map_or("", AgencyCode::as_str));
    let world = desk.office().world();
    let others = others(desk, &world, (code, agency));
    let field = |name, label, hint, value| Field {
        name,
        label,
        hint,
        value,
        error: error_for(errors, name, lang),
        optional: true,
        autocomplete: "off",
        ..Field::default()
    };
    let line = |field| Field { max_length: u32::try_from(LONGEST_LINE).ok(), ..field };
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let (here, action) = (address(code), format!("{}/noi/{agency}", address(code)));
    let body = html! {
        (radios(lang, &Field {
            name: "state",
            label: words::STATE.say(lang),
            error: error_for(errors, "agency", lang),
            ..Field::default()
        }, &states(lang, &set)))
        (date_field(lang, &field("since", words::SINCE.say(lang), "", &since)))
        (text_field(lang, &line(field(
            "reason", words::REASON.say(lang), words::REASON_HINT.say(lang), &reason,
        ))))
        (select(lang, &field("instead", words::INSTEAD.say(lang), "", &instead), &others))
        (text_field(lang, &line(field(
            "counter", words::COUNTER.say(lang), words::COUNTER_HINT.say(lang), &counter,
        ))))
        (week(desk, offer, refused))
        (text_field(lang, &line(field(
            "hours", words::HOURS_NOTE.say(lang), words::HOURS_HINT.say(lang), &hours,
        ))))
        (text_field(lang, &line(field(
            "phone", words::PHONE.say(lang), words::PHONE_HINT.say(lang), &phone,
        ))))
        (text_area(lang, &field(
            "guidance", words::GUIDANCE.say(lang), words::GUIDANCE_HINT.say(lang), &guidance,
        ), 8))
        (button_row(&html! {
            (button(&Button { label: words::SAVE.say(lang), ..Button::default() }))
            a href=(here) { (words::BACK.say(lang)) }
        }))
    };
    form(
        lang,
        &Form {
            action: &action,
            csrf: &csrf,
            key: &key,
            ask_before_leaving: true,
            ..Form::default()
        },
        &body,
    )
}

/// `POST /quan-tri/thu-tuc/{code}/noi/{agency}`.
pub async fn save(
    desk: Desk,
    path: web::Path<(String, String)>,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let (code, agency) = path.into_inner();
    let (code, agency) = (ProcedureCode::new(code), AgencyCode::new(agency));
    let since = date(sent.get("since"));
    if since.is_none() && !sent.get("since").is_empty() {
        let refusal = Refusal::field("since", words::DATE_WRONG);
        return shown(&desk, &code, &agency, Some((&sent, &refusal)));
    }
    let sessions = match read_week(&sent) {
        Ok(sessions) => sessions,
        Err(refusal) => return shown(&desk, &code, &agency, Some((&sent, &refusal))),
    };
    let text = |name| sent.get(name).to_owned();
    let offer = Offer {
        state: OfferState::from_id(sent.get("state")).unwrap_or_default(),
        since,
        reason: text("reason"),
        instead: sent.some("instead").map(AgencyCode::new),
        guidance: text("guidance"),
        counter: text("counter"),
        sessions,
        hours: text("hours"),
        phone: text("phone"),
    };
    let (set, at) = (code.clone(), agency.clone());
    match with_office(&desk, move |office, _| office.set_offer(&at, &set, &offer)).await {
        Ok(()) => see_other(&format!("{}?xong=1", address(&code))),
        Err(failure) => match refusal_of(&desk, failure) {
            Ok(refusal) => shown(&desk, &code, &agency, Some((&sent, &refusal))),
            Err(response) => response,
        },
    }
}
