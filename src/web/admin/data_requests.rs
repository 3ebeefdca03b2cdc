//! `/quan-tri/yeu-cau-du-lieu`: requests of persons about their data, for whoever answers them.

use actix_web::http::StatusCode;
use actix_web::web::{self, Payload, ServiceConfig, get, post, resource};
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::page;
use crate::domain::agency::Role;
use crate::domain::calendar::words::instant_short;
use crate::domain::dossier::Directory;
use crate::domain::ids::AgencyCode;
use crate::domain::privacy::request::{Command, Context, State};
use crate::domain::privacy::{Place, Request, RequestKind, Way};
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::{Lang, Message};
use crate::office::Failure;
use crate::office::privacy::requests::NewRequest;
use crate::web::components::{
    BannerKind, Button, Choice, Column, DataTable, Deadline, Field, Form, Row, SummaryRow, Width,
    banner, button, button_link, button_row, checkbox, data_table, deadline_pill, error_for,
    error_summary, form, identity_number, radios, select, summary_list, text_area, text_field,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{Posted, asked, posted};
use crate::web::desk::say;
use crate::web::request_course as course;
use crate::web::visitor::see_other;
use crate::web::words::data_requests as words;

/// The list.
pub const HERE: &str = "/quan-tri/yeu-cau-du-lieu";
/// Where one is taken in.
pub const NEW: &str = "/quan-tri/yeu-cau-du-lieu/moi";

/// Working days before its date from which a request is due soon.
const DUE_SOON: u32 = 1;

/// The routes.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/yeu-cau-du-lieu", get().to(list))
        .service(resource("/yeu-cau-du-lieu/moi").route(get().to(ask)).route(post().to(take_in)))
        .service(
            resource("/yeu-cau-du-lieu/{request}").route(get().to(show)).route(post().to(act)),
        );
}

/// `GET /quan-tri/yeu-cau-du-lieu`: what is open first, by its date.
pub async fn list(desk: Desk, request: HttpRequest) -> HttpResponse {
    let mut all = match desk.office().data_requests(desk.caller()) {
        Ok(all) => all,
        Err(failure) => return desk.failed(&failure),
    };
    let lang = desk.lang();
    all.sort_by_key(|one| (one.next_date().is_none(), one.next_date()));
    let (open, ended): (Vec<Request>, Vec<Request>) =
        all.into_iter().partition(|one| !one.state.is_ended());
    let title = words::TITLE.say(lang);
    let main = html! {
        @if asked(&request).has("xong") { (banner(lang, BannerKind::Done, &html! { (words::SAVED.say(lang)) })) }
        h1 { (title) }
        p { (words::DESK_ABOUT.say(lang)) }
        @if crate::web::rights::opens(NEW, desk.caller()) {
            (button_row(&button_link(NEW, &Button { label: words::DESK_NEW.say(lang), ..Button::default() })))
        }
        h2 { (words::OPEN.say(lang)) }
        @if open.is_empty() { p.muted { (words::DESK_NONE.say(lang)) } }
        @else { (table(&desk, words::OPEN, &open)) }
        @if !ended.is_empty() {
            h2 { (words::ENDED.say(lang)) }
            (table(&desk, words::ENDED, &ended))
        }
    };
    page(&desk, StatusCode::OK, (HERE, title), false, &main)
}

fn table(desk: &Desk, caption: Message, requests: &[Request]) -> Markup {
    let lang = desk.lang();
    let columns = [
        Column::new(words::NUMBER.say(lang)),
        Column::new(words::KIND_OF.say(lang)),
        Column::new(words::ASKER.say(lang)),
        Column::new(words::RECEIVED.say(lang)),
        Column::new(words::STATE.say(lang)),
        Column::new(words::DATE.say(lang)),
    ];
    let rows: Vec<Row> = requests
        .iter()
        .map(|one| {
            Row::new(vec![
                html! { a.code href={ (HERE) "/" (one.number) } { (course::number(one)) } },
                html! { (one.kind.name().say(lang)) },
                html! { (asker(one, lang)) },
                html! { (instant_short(one.received_at)) },
                html! { (one.state.name().say(lang)) },
                date(desk, one),
            ])
        })
        .collect();
    let caption = caption.say(lang);
    data_table(
        lang,
        &DataTable { caption, caption_hidden: true, columns: &columns, rows: &rows, select: "" },
    )
}

/// Who asks, without the numbers that a list has no need of.
fn asker(request: &Request, lang: Lang) -> String {
    let details = &request.details;
    match (details.name.is_empty(), details.contact.is_empty()) {
        (false, _) => details.name.clone(),
        (true, false) => crate::web::public::masked(&details.contact),
        (true, true) => words::GONE.say(lang).to_owned(),
    }
}

fn date(desk: &Desk, request: &Request) -> Markup {
    let lang = desk.lang();
    let Some(at) = request.next_date() else { return html! {} };
    let (world, now) = (desk.office().world(), desk.office().now());
    let pill = say::open_pill(lang, world.calendar(&request.agency), (at, now), DUE_SOON);
    let (words, datetime) = (pill.words.as_str(), pill.datetime.as_str());
    deadline_pill(lang, &Deadline { urgency: pill.urgency, words, datetime, why: "" })
}

/// `GET /quan-tri/yeu-cau-du-lieu/{request}`.
pub async fn show(desk: Desk, number: web::Path<String>) -> HttpResponse {
    shown(&desk, &number, (&Posted::default(), None))
}

fn found(desk: &Desk, number: &str) -> Result<Request, Failure> {
    desk.office().data_request(desk.caller(), number.parse().unwrap_or_default())
}

fn shown(desk: &Desk, number: &str, (typed, refusal): (&Posted, Option<&Refusal>)) -> HttpResponse {
    let request = match found(desk, number) {
        Ok(request) => request,
        Err(failure) => return desk.failed(&failure),
    };
    let lang = desk.lang();
    let title = format!("{} – {}", course::number(&request), request.kind.name().say(lang));
    let decides = desk.is(Role::Head) || desk.is(Role::Admin);
    let world = desk.office().world();
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        h1 { (title) }
        (facts(&request, lang))
        @if decides && !request.state.is_ended() {
            section {
                h2 { (words::REPLY.say(lang)) }
                (reply(desk, &request, typed, refusal.map_or(&[][..], |refusal| &refusal.fields)))
            }
        }
        section {
            h2 { (words::COURSE.say(lang)) }
            (course::course(&request, (&desk.office().privacy().periods, &world), course::Reader::Desk, lang))
        }
    };
    let status = refusal.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page(desk, status, (HERE, &title), refusal.is_some(), &main)
}

fn facts(request: &Request, lang: Lang) -> Markup {
    let details = &request.details;
    let way = match request.way {
        Way::Counter => words::BY_COUNTER,
        _ => words::BY_ACCOUNT,
    };
    let received = instant_short(request.received_at);
    let dates = course::next_date(request, lang);
    let mut rows = vec![
        SummaryRow::text(words::STATE.say(lang), request.state.name().say(lang)),
        SummaryRow::text(words::ASKER.say(lang), &details.name),
        SummaryRow::text(words::CONTACT.say(lang), &details.contact),
    ];
    if !details.id_number.is_empty() {
        let label = crate::web::words::components::ID_NUMBER.say(lang);
        rows.push(SummaryRow::text(label, &details.id_number));
    }
    rows.push(SummaryRow::text(words::WAY.say(lang), way.say(lang)));
    rows.push(SummaryRow::text(words::RECEIVED.say(lang), &received));
    rows.extend(dates.map(|(label, value)| SummaryRow { label, value: Some(value), change: "" }));
    rows.push(SummaryRow {
        label: words::TEXT.say(lang),
        value: Some(html! { span.as-typed { (details.text) } }),
        change: "",
    });
    let dossier = details.dossier.as_ref().map(|code| {
        html! { a.code href={ "/mot-cua/ho-so/" (code) } { (code) } }
    });
    if dossier.is_some() {
        rows.push(SummaryRow { label: words::DOSSIER.say(lang), value: dossier, change: "" });
    }
    summary_list(lang, &rows)
}

fn needs_another(desk: &Desk, request: &Request) -> bool {
    desk.caller().staff().is_some_and(|staff| request.needs_another(&staff.name.to_string()))
}

/// What may be done where a request stands: each with the name that the form sends.
fn deeds(desk: &Desk, request: &Request) -> Vec<(&'static str, Message)> {
    let (world, now) = (desk.office().world(), desk.office().now());
    let context = Context {
        periods: &desk.office().privacy().periods,
        calendar: world.calendar(&request.agency),
        now,
        by: "",
    };
    if request.state == State::Granted {
        return vec![("carry", words::DO_CARRY)];
    }
    let acts = request.kind.is_automatic() && !request.details.contact.is_empty();
    let grant = if acts { words::DO_GRANT_NOW } else { words::DO_GRANT };
    let mut deeds = Vec::new();
    if request.state == State::Received {
        deeds.push(("tell", words::DO_TELL));
    }
    if request.may_extend(&context) {
        deeds.push(("extend", words::DO_EXTEND));
    }
    if !needs_another(desk, request) {
        deeds.push(("grant", grant));
    }
    deeds.push(("refuse", words::DO_REFUSE));
    deeds
}

fn reply(desk: &Desk, request: &Request, typed: &Posted, errors: &[FieldError]) -> Markup {
    let (lang, csrf, key) = (desk.lang(), desk.csrf(), desk.new_key());
    let action = format!("{HERE}/{}", request.number);
    let choices: Vec<Choice<'_>> = deeds(desk, request)
        .into_iter()
        .map(|(value, label)| Choice {
            value,
            label: label.say(lang),
            chosen: typed.get("deed") == value,
            ..Choice::default()
        })
        .collect();
    let periods = &desk.office().privacy().periods;
    let grounds: Vec<Choice<'_>> = periods
        .grounds_of(request.kind)
        .map(|ground| Choice {
            value: &ground.id,
            label: ground.name.say(lang),
            ..Choice::default()
        })
        .collect();
    let seen = request.details.course.len().to_string();
    let about = Form {
        action: &action,
        csrf: &csrf,
        key: &key,
        ask_before_leaving: true,
        ..Form::default()
    };
    let field = |name, label: Message| Field {
        name,
        label: label.say(lang),
        value: typed.get(name),
        error: error_for(errors, name, lang),
        ..Field::default()
    };
    form(
        lang,
        &about,
        &html! {
            input type="hidden" name="seen" value=(seen);
            @if needs_another(desk, request) { p { (words::NEEDS_ANOTHER.say(lang)) } }
            @if request.kind == RequestKind::Erase { p { (words::ERASE_SURE.say(lang)) } }
            @if request.kind == RequestKind::Rectify { p { (words::RECTIFY_HOW.say(lang)) } }
            (radios(lang, &field("deed", words::DO), &choices))
            @if request.state.is_open() {
                (select(lang, &Field {
                    hint: words::GROUND_HINT.say(lang), optional: true, ..field("ground", words::GROUND)
                }, &grounds))
            }
            (text_area(lang, &Field {
                hint: words::REPLY_HINT.say(lang),
                max_length: Some(2_000),
                ..field("text", words::REPLY_TEXT)
            }, 4))
            (button(&Button { label: words::CONFIRM.say(lang), ..Button::default() }))
        },
    )
}

/// `POST /quan-tri/yeu-cau-du-lieu/{request}`.
pub async fn act(
    desk: Desk,
    request: HttpRequest,
    payload: Payload,
    number: web::Path<String>,
) -> HttpResponse {
    let sent = match posted(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let text = sent.get("text").to_owned();
    let command = match sent.get("deed") {
        "tell" => Command::Tell(text),
        "extend" => Command::Extend(text),
        "grant" => Command::Grant(text),
        "carry" => Command::Carry(text),
        "refuse" => Command::Refuse { ground: sent.get("ground").to_owned(), text },
        _ => {
            let refusal = Refusal::field("deed", words::DO_NOTHING);
            return shown(&desk, &number, (&sent, Some(&refusal)));
        }
    };
    let at = (number.parse().unwrap_or_default(), sent.get("seen").parse().unwrap_or_default());
    match desk.office().act_on_request(desk.caller(), at, command).await {
        Ok(_) => see_other(&format!("{HERE}?xong=1")),
        Err(Failure::Refused(refusal)) if !refusal.fields.is_empty() => {
            shown(&desk, &number, (&sent, Some(&refusal)))
        }
        Err(failure) => desk.failed(&failure),
    }
}

/// `GET /quan-tri/yeu-cau-du-lieu/moi`.
pub async fn ask(desk: Desk) -> HttpResponse {
    form_page(&desk, &Posted::default(), None)
}

fn form_page(desk: &Desk, typed: &Posted, refusal: Option<&Refusal>) -> HttpResponse {
    let (lang, csrf, key) = (desk.lang(), desk.csrf(), desk.new_key());
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let title = words::DESK_NEW.say(lang);
    let field = |name, label: Message| Field {
        name,
        label: label.say(lang),
        value: typed.get(name),
        error: error_for(errors, name, lang),
        autocomplete: "off",
        ..Field::default()
    };
    let kinds: Vec<Choice<'_>> = RequestKind::ALL
        .iter()
        .map(|kind| Choice {
            value: kind.id(),
            label: kind.name().say(lang),
            chosen: typed.get("kind") == kind.id(),
            ..Choice::default()
        })
        .collect();
    let notice = desk.office().privacy().texts.notice(Place::Request, desk.office().today());
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        h1 { (title) }
        p { (words::DESK_NEW_ABOUT.say(lang)) }
        (form(lang, &Form { action: NEW, csrf: &csrf, key: &key, ..Form::default() }, &html! {
            (text_field(lang, &field("name", words::NAME)))
            (identity_number(lang, &Field {
                width: Width::Medium, label: "", ..field("id_number", words::NAME)
            }))
            (text_field(lang, &Field {
                hint: words::CONTACT_HINT.say(lang), optional: true, ..field("contact", words::CONTACT)
            }))
            (radios(lang, &field("kind", words::KIND), &kinds))
            (text_area(lang, &Field {
                hint: words::TEXT_HINT.say(lang), max_length: Some(2_000), ..field("text", words::TEXT)
            }, 4))
            (checkbox(lang, &field("identified", words::IDENTIFIED), "1", typed.has("identified")))
            (crate::web::components::privacy_note(lang, notice))
            (button(&Button { label: words::DESK_NEW.say(lang), ..Button::default() }))
        }))
    };
    let status = refusal.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page(desk, status, (NEW, title), refusal.is_some(), &main)
}

/// `POST /quan-tri/yeu-cau-du-lieu/moi`.
pub async fn take_in(desk: Desk, request: HttpRequest, payload: Payload) -> HttpResponse {
    let sent = match posted(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let Some(kind) = RequestKind::from_id(sent.get("kind")) else {
        return form_page(&desk, &sent, Some(&Refusal::field("kind", words::KIND)));
    };
    let new = NewRequest {
        agency: AgencyCode::new(String::new()),
        kind,
        name: sent.get("name").to_owned(),
        id_number: sent.get("id_number").to_owned(),
        contact: sent.get("contact").to_owned(),
        text: sent.get("text").to_owned(),
        dossier: None,
        is_identified: sent.get("identified") == "1",
    };
    match desk.office().take_data_request(desk.caller(), new).await {
        Ok(request) => see_other(&format!("{HERE}/{}", request.number)),
        Err(Failure::Refused(refusal)) if !refusal.fields.is_empty() => {
            form_page(&desk, &sent, Some(&refusal))
        }
        Err(failure) => desk.failed(&failure),
    }
}
