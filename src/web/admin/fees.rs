//! Fee rules: the list of procedures with what they cost, the form of one procedure with a preview,
//! and the accounts for transfers.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::bank::account_form;
use super::fee_form::{ROWS as ROWS_OF_FORM, TypedSchedule};
use super::fee_rows::{Answers, exemption_rows, rule_rows};
use super::house::refusal_of;
use super::{page, renewing, sent_by_admin};
use crate::domain::calendar::local;
use crate::domain::calendar::words::instant_short;
use crate::domain::catalogue::{Channel, Procedure};
use crate::domain::dossier::Directory;
use crate::domain::fee::{self, Asked, Count, Schedule, Unit};
use crate::domain::ids::{AgencyCode, ProcedureCode};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::Lang;
use crate::office::catalogue::wire::channel_id;
use crate::office::fees::Origin;
use crate::web::components::{
    BannerKind, Button, Choice, Column, DataTable, Field, Form, Method, Repeat, Row, Width, banner,
    button, button_row, by_row, calculation, data_table, error_summary, form, implicit_submit,
    repeat_group, select, text_field,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{Posted, asked, with_office};
use crate::web::desk::say;
use crate::web::visitor::see_other;
use crate::web::words::fees as words;

/// The page.
pub const HERE: &str = "/quan-tri/le-phi";
/// Rows of the list.
const ROWS: usize = 100;

/// `GET /quan-tri/le-phi?q=…`.
pub async fn list(desk: Desk, request: HttpRequest) -> HttpResponse {
    listing(&desk, &asked(&request), None)
}

/// The list, and a refused account.
pub fn listing(
    desk: &Desk,
    query: &Posted,
    refusal: Option<(&AgencyCode, &Refusal)>,
) -> HttpResponse {
    let lang = desk.lang();
    let title = words::FEES.say(lang);
    let done = match query.get("xong") {
        "tai-khoan" => Some(words::BANK_SAVED),
        _ => None,
    };
    let main = html! {
        @if let Some((_, refusal)) = refusal { (error_summary(lang, refusal)) }
        @if let Some(done) = done { (banner(lang, BannerKind::Done, &html! { (done.say(lang)) })) }
        h1 { (title) }
        p { (words::FEES_ABOUT.say(lang)) }
        (procedures(desk, query.get("q")))
        h2 { (words::BANK_TITLE.say(lang)) }
        p { (words::BANK_ABOUT.say(lang)) }
        @for agency in desk.office().world().agencies() {
            @let own = refusal.filter(|(code, _)| **code == agency.code).map(|(_, refusal)| refusal);
            (account_form(desk, agency, query, own))
        }
    };
    let status = refusal.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page(desk, status, (HERE, title), refusal.is_some(), &main)
}

fn procedures(desk: &Desk, typed: &str) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let wanted = typed.to_lowercase();
    let fits = |procedure: &Procedure| {
        wanted.is_empty()
            || procedure.code.as_str().contains(&wanted)
            || procedure.name.to_lowercase().contains(&wanted)
    };
    let rows: Vec<Row> = world
        .procedures()
        .filter(|procedure| fits(procedure))
        .map(|procedure| (procedure, world.inherited_fees(&procedure.code)))
        // Without a search only what costs something.
        .filter(|(_, (schedule, _))| !wanted.is_empty() || !schedule.rules.is_empty())
        .take(ROWS)
        .map(|(procedure, (schedule, origin))| {
            Row::new(vec![
                html! {
                    a href={ (HERE) "/" (procedure.code) } { (procedure.name) }
                    " " span.muted.code { (procedure.code) }
                },
                html! { (summary(lang, &schedule)) },
                html! { (origin_words(origin).say(lang)) },
            ])
        })
        .collect();
    let columns = [
        Column::new(words::PROCEDURE.say(lang)),
        Column::new(words::PRICES.say(lang)),
        Column::new(words::ORIGIN.say(lang)),
    ];
    let search = html! {
        (text_field(lang, &Field {
            name: "q", label: words::FEES_FIND.say(lang), value: typed, max_length: Some(200),
            ..Field::default()
        }))
        (button(&Button { label: words::FEES_FIND.say(lang), secondary: true, ..Button::default() }))
    };
    html! {
        div.row { (form(lang, &Form { action: HERE, method: Method::Get, ..Form::default() }, &search)) }
        @if rows.is_empty() { p.muted { (words::FEES_NONE.say(lang)) } }
        @else {
            (data_table(lang, &DataTable {
                caption: words::FEES.say(lang), caption_hidden: true, columns: &columns, rows: &rows,
                select: "",
            }))
        }
    }
}

/// A schedule in a cell.
fn summary(lang: Lang, schedule: &Schedule) -> Markup {
    html! {
        @if schedule.rules.is_empty() { span.muted { (words::FREE.say(lang)) } }
        @else {
            ul.plain {
                @for rule in &schedule.rules { li { (rule.name) ": " (fee::words::rule(rule, lang)) } }
            }
        }
    }
}

const fn origin_words(origin: Origin) -> crate::domain::words::Message {
    match origin {
        Origin::Agency => words::ORIGIN_AGENCY,
        Origin::Instance => words::ORIGIN_INSTANCE,
        Origin::National => words::ORIGIN_NATIONAL,
        Origin::Published => words::ORIGIN_PUBLISHED,
    }
}

/// Which procedure a form is about, and for which agency.
struct Place {
    procedure: ProcedureCode,
    name: String,
    agency: Option<AgencyCode>,
}

impl Place {
    fn of(desk: &Desk, code: &str, sent: &Posted) -> Option<Self> {
        let procedure = ProcedureCode::new(code);
        let name = desk.office().world().procedure(&procedure)?.name.clone();
        Some(Self { procedure, name, agency: sent.some("agency").map(AgencyCode::new) })
    }

    fn schedule(&self, desk: &Desk) -> (Schedule, Origin) {
        let world = desk.office().world();
        match &self.agency {
            Some(agency) => world.fees_with_origin(agency, &self.procedure),
            None => world.inherited_fees(&self.procedure),
        }
    }

    fn address(&self) -> String {
        format!("{HERE}/{}", self.procedure)
    }
}

fn unknown(desk: &Desk) -> HttpResponse {
    let text = crate::web::words::desk::NOT_FOUND;
    desk.failed(&Refusal::new(RefusalKind::NotFound, text).into())
}

/// `GET /quan-tri/le-phi/{procedure}?agency=…`.
pub async fn edit(desk: Desk, path: web::Path<String>, request: HttpRequest) -> HttpResponse {
    let query = asked(&request);
    let Some(place) = Place::of(&desk, &path, &query) else { return unknown(&desk) };
    let typed = TypedSchedule::of(&place.schedule(&desk).0);
    editing(&desk, &place, &typed, &query, None)
}

/// `POST /quan-tri/le-phi/{procedure}`: looks, saves, or drops what was set.
pub async fn change(
    desk: Desk,
    path: web::Path<String>,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let Some(place) = Place::of(&desk, &path, &sent) else { return unknown(&desk) };
    let typed = TypedSchedule::read(&sent);
    let wants_reset = sent.get("viec") == "reset";
    let wire = match typed.wire() {
        Ok(_) if wants_reset => None,
        Ok(wire) => Some(wire),
        Err(_) if wants_reset => None,
        Err(refusal) => return editing(&desk, &place, &typed, &sent, Some(&refusal)),
    };
    if sent.is_interim() {
        let checked = wire.map(|wire| wire.open()).transpose();
        // A row that was just added is empty, and not yet wrong.
        let refusal = checked.err().filter(|_| sent.has("_reload"));
        return editing(&desk, &place, &typed, &sent, refusal.as_ref());
    }
    let (agency, procedure) = (place.agency.clone(), place.procedure.clone());
    let (by, tests) = (desk.staff.name.as_str().to_owned(), renewing::chosen(&sent));
    let saved = with_office(&desk, move |office, _| {
        office.set_fees(agency.as_ref(), &procedure, wire, (tests, &by))
    });
    match saved.await {
        Ok(()) => {
            let agency = place.agency.as_ref().map(|a| format!("&agency={a}")).unwrap_or_default();
            let done = if wants_reset { "bo" } else { "luu" };
            see_other(&format!("{}?xong={done}{agency}", place.address()))
        }
        Err(failure) => match refusal_of(&desk, failure) {
            Ok(refusal) => {
                let refusal = renewing::at_the_box(refusal);
                editing(&desk, &place, &typed, &sent, Some(&refusal))
            }
            Err(response) => response,
        },
    }
}

fn editing(
    desk: &Desk,
    place: &Place,
    typed: &TypedSchedule,
    sent: &Posted,
    refusal: Option<&Refusal>,
) -> HttpResponse {
    let lang = desk.lang();
    let title = words::EDIT_OF.fill(lang, &[("procedure", &place.name)]);
    let done = match sent.get("xong") {
        "luu" => Some(words::SAVED),
        "bo" => Some(words::DROPPED),
        _ => None,
    };
    let main = html! {
        @if let Some(refusal) = refusal {
            (error_summary(lang, &by_row(refusal, &[
                ("rules", words::RULE_N), ("exemptions", words::EXEMPTION_N),
            ])))
        }
        @if let Some(done) = done { (banner(lang, BannerKind::Done, &html! { (done.say(lang)) })) }
        h1 { (title) }
        (standing(desk, place))
        (agencies(desk, place))
        (schedule_form(desk, place, typed, sent, refusal))
    };
    let status = refusal.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page(desk, status, (HERE, &title), refusal.is_some(), &main)
}

/// Where the rules come from, and who set them.
fn standing(desk: &Desk, place: &Place) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let (_, origin) = place.schedule(desk);
    let set = world.fees_set_by(place.agency.as_ref(), &place.procedure);
    html! {
        p {
            (words::ORIGIN.say(lang)) ": " strong { (origin_words(origin).say(lang)) }
            @if let Some((who, at)) = set {
                ". " (words::SET_BY.fill(lang, &[
                    ("who", &say::staff_name(&world, who)), ("when", &instant_short(at)),
                ]))
            }
        }
    }
}

fn agencies(desk: &Desk, place: &Place) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let all = Choice {
        value: "",
        label: words::FOR_ALL.say(lang),
        chosen: place.agency.is_none(),
        ..Choice::default()
    };
    let each = world.agencies().map(|agency| Choice {
        value: agency.code.as_str(),
        label: &agency.name,
        chosen: place.agency.as_ref() == Some(&agency.code),
        ..Choice::default()
    });
    let choices: Vec<Choice<'_>> = std::iter::once(all).chain(each).collect();
    let body = html! {
        (select(lang, &Field {
            name: "agency", label: words::FOR_AGENCY.say(lang), ..Field::default()
        }, &choices))
        (button(&Button { label: words::SHOW_DAY.say(lang), secondary: true, ..Button::default() }))
    };
    html! {
        div.row {
            (form(lang, &Form { action: &place.address(), method: Method::Get, ..Form::default() }, &body))
        }
    }
}

fn schedule_form(
    desk: &Desk,
    place: &Place,
    typed: &TypedSchedule,
    sent: &Posted,
    refusal: Option<&Refusal>,
) -> Markup {
    let lang = desk.lang();
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let set = desk.office().world().fees_set_by(place.agency.as_ref(), &place.procedure).is_some();
    let world = desk.office().world();
    let answers = Answers::of(lang, world.form(&place.procedure, None));
    let rules = typed.rules.iter().enumerate();
    let rules: Vec<Markup> =
        rules.map(|(row, rule)| rule_rows((lang, &answers), row, rule, errors)).collect();
    let exemptions = typed.exemptions.iter().enumerate();
    let exemptions: Vec<Markup> = exemptions
        .map(|(row, known)| exemption_rows(lang, row, known, &typed.rules, errors))
        .collect();
    let fresh = |name, rows: usize| (sent.get("_add") == name).then(|| rows.saturating_sub(1));
    let body = html! {
        (implicit_submit(words::PREVIEW.say(lang), "_reload", "1"))
        @if let Some(agency) = &place.agency {
            input type="hidden" name="agency" value=(agency);
        }
        h2 { (words::RULES.say(lang)) }
        input type="hidden" name="rules.rows" value=(typed.rules.len());
        (repeat_group(lang, &Repeat {
            name: "rules", what: words::RULE_ONE.say(lang), rows: &rules, max: ROWS_OF_FORM,
            fresh: fresh("rules", rules.len()),
        }))
        h2 { (words::EXEMPTIONS.say(lang)) }
        input type="hidden" name="exemptions.rows" value=(typed.exemptions.len());
        (repeat_group(lang, &Repeat {
            name: "exemptions", what: words::EXEMPTION_ONE.say(lang), rows: &exemptions,
            max: ROWS_OF_FORM, fresh: fresh("exemptions", exemptions.len()),
        }))
        (preview(desk, typed, sent))
        (renewing::offer(lang, errors))
        (button_row(&html! {
            (button(&Button { label: words::SAVE.say(lang), ..Button::default() }))
            @if set {
                (button(&Button {
                    label: words::RESET.say(lang), name: "viec", value: "reset", secondary: true,
                    ..Button::default()
                }))
            }
        }))
    };
    form(
        lang,
        &Form {
            action: &place.address(),
            csrf: &csrf,
            key: &key,
            ask_before_leaving: true,
            ..Form::default()
        },
        &body,
    )
}

/// What the rules as typed come to, for counts that the administrator chooses.
fn preview(desk: &Desk, typed: &TypedSchedule, sent: &Posted) -> Markup {
    let lang = desk.lang();
    let value = |name: &str, usual: &str| sent.some(name).unwrap_or_else(|| usual.to_owned());
    let (units, copies) = (value("preview.units", "7"), value("preview.copies", "2"));
    let chosen = value("preview.channel", "counter");
    let channels = Channel::ALL.map(|channel| Choice {
        value: channel_id(channel),
        label: say::channel(channel).say(lang),
        chosen: channel_id(channel) == chosen,
        ..Choice::default()
    });
    let small = |name, label, value| {
        text_field(
            lang,
            &Field {
                name,
                label,
                value,
                inputmode: "numeric",
                width: Width::Short,
                max_length: Some(5),
                ..Field::default()
            },
        )
    };
    html! {
        h2 { (words::PREVIEW.say(lang)) }
        p { (words::PREVIEW_ABOUT.say(lang)) }
        div.row {
            (small("preview.units", words::UNITS.say(lang), &units))
            (small("preview.copies", words::COPIES.say(lang), &copies))
            (select(lang, &Field {
                name: "preview.channel", label: words::PREVIEW_CHANNEL.say(lang), ..Field::default()
            }, &channels))
            (button(&Button {
                label: words::PREVIEW.say(lang), name: "_reload", value: "1", secondary: true,
                ..Button::default()
            }))
        }
        (computed(desk, typed, (&units, &copies), &chosen))
    }
}

fn computed(
    desk: &Desk,
    typed: &TypedSchedule,
    (units, copies): (&str, &str),
    channel: &str,
) -> Markup {
    let lang = desk.lang();
    let Ok(Ok(schedule)) = typed.wire().map(|wire| wire.open()) else { return html! {} };
    let channel = Channel::ALL.into_iter().find(|known| channel_id(*known) == channel);
    let channel = channel.unwrap_or(Channel::Counter);
    let day = local(desk.office().now()).date();
    let counts: Vec<Count> = schedule
        .rules_for(channel, day)
        .filter(|rule| rule.unit != Unit::Dossier)
        .map(|rule| Count {
            rule: rule.id.clone(),
            what: String::new(),
            units: units.parse().unwrap_or(0),
            copies: copies.parse().unwrap_or(0),
        })
        .collect();
    let assess = |exemption| schedule.assess(&Asked { channel, day, counts: &counts, exemption });
    html! {
        @match assess(None) {
            Ok(assessment) => {
                p { (words::PREVIEW_OF.fill(lang, &[("units", units), ("copies", copies)])) }
                (calculation(lang, &assessment))
            },
            Err(refusal) => p.error { (refusal.say(lang)) },
        }
        @for known in schedule.exemptions_on(day) {
            @if let Ok(assessment) = assess(Some(known.id.as_str())) {
                p { strong { (known.name) } }
                (calculation(lang, &assessment))
            }
        }
    }
}
