//! A procedure in the hands of administration: when it is in force, and where it is taken.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use jiff::civil::Date;
use maud::{Markup, html};

use super::offers;
use crate::domain::calendar::words::date_short;
use crate::domain::catalogue::Procedure;
use crate::domain::dossier::Directory;
use crate::domain::ids::ProcedureCode;
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::validity::{Standing, Validity};
use crate::domain::words::Lang;
use crate::office::validity::Concerned;
use crate::office::world::World;
use crate::web::admin::house::refusal_of;
use crate::web::admin::{page, posters, sent_by_admin};
use crate::web::components::{
    BannerKind, Button, Confirm, Field, Form, banner, button, button_row, confirm, date_field,
    error_for, error_summary, form, text_area, text_field,
};
use crate::web::desk::access::Desk;
use crate::web::desk::dates::date;
use crate::web::desk::posted::{Posted, asked, with_office};
use crate::web::visitor::see_other;
use crate::web::words::{admin as admin_words, catalogue as words, posters as poster_words};

/// The list of procedures.
pub const LIST: &str = "/quan-tri/thu-tuc";

/// The page of a procedure.
pub fn address(code: &ProcedureCode) -> String {
    format!("{LIST}/{code}")
}

/// What was sent and refused.
type Refused<'a> = Option<(&'a Posted, &'a Refusal)>;

/// `GET /quan-tri/thu-tuc/{code}`.
pub async fn show(desk: Desk, path: web::Path<String>, request: HttpRequest) -> HttpResponse {
    shown(&desk, &ProcedureCode::new(path.as_str()), asked(&request).has("xong"), None)
}

fn shown(desk: &Desk, code: &ProcedureCode, is_saved: bool, refused: Refused<'_>) -> HttpResponse {
    let (lang, world) = (desk.lang(), desk.office().world());
    let Some(procedure) = world.procedure(code) else { return see_other(LIST) };
    let main = html! {
        @if let Some((_, refusal)) = refused { (error_summary(lang, refusal)) }
        @if is_saved { (banner(lang, BannerKind::Done, &html! { (admin_words::SAVED.say(lang)) })) }
        h1 { (procedure.name) }
        p.muted {
            span.code { (code) } " · " (procedure.field) " · "
            (standing(lang, &world, code, desk.office().today())) " · "
            a href={ "/thu-tuc/" (code) } { (words::PUBLIC_PAGE.say(lang)) } " · "
            a href={ (posters::HERE) "?thu_tuc=" (code) } { (poster_words::OF_THIS.say(lang)) } " · "
            a href={ "/thu-tuc/" (code) "/huong-dan.pdf" } { (poster_words::GUIDE.say(lang)) }
        }
        (validity(desk, &world, code, refused))
        (offers::list(desk, &world, procedure))
    };
    let status = refused.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page(desk, status, (LIST, &procedure.name), refused.is_some(), &main)
}

/// Where a procedure stands, in a few words.
pub fn standing(lang: Lang, world: &World, code: &ProcedureCode, today: Date) -> String {
    let dated = |message: crate::domain::words::Message, day: Date| {
        message.fill(lang, &[("date", &date_short(day))])
    };
    match world.standing(code, today) {
        Standing::NotYet(from) => dated(words::NOT_YET, from),
        Standing::Ended(ends) => dated(words::ENDED, ends),
        Standing::InForce => match world.validity(code).and_then(|validity| validity.ends) {
            Some(ends) => dated(words::ENDS_LATER, ends),
            None => words::IN_FORCE.say(lang).to_owned(),
        },
    }
}

fn validity(desk: &Desk, world: &World, code: &ProcedureCode, refused: Refused<'_>) -> Markup {
    let lang = desk.lang();
    let known = world.validity(code).cloned().unwrap_or_default();
    let errors = refused.map_or(&[][..], |(_, refusal)| &refusal.fields);
    let value = |name: &str, known: String| match refused {
        Some((sent, _)) => sent.get(name).to_owned(),
        None => known,
    };
    let day = |day: Option<Date>| day.map(date_short).unwrap_or_default();
    let successors: Vec<&str> = known.successors.iter().map(ProcedureCode::as_str).collect();
    let (from, ends) = (value("from", day(known.from)), value("ends", day(known.ends)));
    let decision = value("decision", known.decision.clone());
    let successors = value("successors", successors.join("\n"));
    let field = |name, label, value| Field {
        name,
        label,
        value,
        error: error_for(errors, name, lang),
        optional: true,
        autocomplete: "off",
        ..Field::default()
    };
    let (csrf, key, action) = (desk.csrf(), desk.new_key(), address(code));
    let body = html! {
        (date_field(lang, &field("from", words::FROM.say(lang), &from)))
        (date_field(lang, &field("ends", words::ENDS.say(lang), &ends)))
        (text_field(lang, &Field {
            max_length: Some(300), ..field("decision", words::DECISION.say(lang), &decision)
        }))
        (text_area(lang, &Field {
            hint: words::SUCCESSORS_HINT.say(lang),
            ..field("successors", words::SUCCESSORS.say(lang), &successors)
        }, 2))
        (button_row(&html! {
            (button(&Button { label: words::SAVE.say(lang), ..Button::default() }))
            a href=(LIST) { (words::BACK.say(lang)) }
        }))
    };
    html! {
        section {
            h2 { (words::VALIDITY.say(lang)) }
            p { (words::VALIDITY_ABOUT.say(lang)) }
            (form(lang, &Form {
                action: &action, csrf: &csrf, key: &key, ask_before_leaving: true, ..Form::default()
            }, &body))
        }
    }
}

/// What was typed.
fn typed(sent: &Posted) -> Result<Validity, Refusal> {
    let mut errors = Vec::new();
    let mut day = |name: &str| {
        let text = sent.get(name);
        let read = date(text);
        if !text.is_empty() && read.is_none() {
            errors.push(FieldError { field: name.to_owned(), text: words::DATE_WRONG.into() });
        }
        read
    };
    let (from, ends) = (day("from"), day("ends"));
    if !errors.is_empty() {
        return Err(Refusal::fields(errors));
    }
    let codes = sent.get("successors").split([' ', ',', ';', '\n', '\r']);
    let mut successors: Vec<ProcedureCode> =
        codes.filter(|code| !code.is_empty()).map(ProcedureCode::new).collect();
    successors.dedup();
    Ok(Validity { from, ends, decision: sent.get("decision").to_owned(), successors })
}

/// `POST /quan-tri/thu-tuc/{code}`: sets when it is in force; an end asks first.
pub async fn save(
    desk: Desk,
    path: web::Path<String>,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let code = ProcedureCode::new(path.as_str());
    let validity = match typed(&sent) {
        Ok(validity) => validity,
        Err(refusal) => return shown(&desk, &code, false, Some((&sent, &refusal))),
    };
    let world = desk.office().world();
    let before = world.validity(&code).and_then(|known| known.ends);
    if validity.ends.is_some() && validity.ends != before && !sent.has("_sure") {
        if let Err(refusal) = validity.check(&code, world.as_ref()) {
            return shown(&desk, &code, false, Some((&sent, &refusal)));
        }
        let asked = code.clone();
        return match with_office(&desk, move |office, _| office.concerned(&asked)).await {
            Ok(concerned) => ask(&desk, (&code, &validity), &sent, &concerned),
            Err(failure) => desk.failed(&failure),
        };
    }
    let set = code.clone();
    match with_office(&desk, move |office, _| office.set_validity(&set, &validity)).await {
        Ok(()) => see_other(&format!("{}?xong=1", address(&code))),
        Err(failure) => match refusal_of(&desk, failure) {
            Ok(refusal) => shown(&desk, &code, false, Some((&sent, &refusal))),
            Err(response) => response,
        },
    }
}

/// What an end means, before it is written.
fn ask(
    desk: &Desk,
    (code, validity): (&ProcedureCode, &Validity),
    sent: &Posted,
    concerned: &Concerned,
) -> HttpResponse {
    let (lang, world) = (desk.lang(), desk.office().world());
    let name = world.procedure(code).map_or(code.as_str(), |procedure| &procedure.name);
    let date = validity.ends.map(date_short).unwrap_or_default();
    let (title, label) = match validity.successors.is_empty() {
        true => (words::ABOLISH_TITLE, words::ABOLISH),
        false => (words::REPLACE_TITLE, words::REPLACE),
    };
    let title = title.fill(lang, &[("name", name), ("date", &date)]);
    let successors = validity.successors.iter().filter_map(|code| world.procedure(code));
    let (csrf, action) = (desk.csrf(), address(code));
    let main = confirm(
        lang,
        &Confirm {
            title: &title,
            consequences: html! {
                p { (words::END_ABOUT.say(lang)) }
                @if !validity.successors.is_empty() {
                    p { (words::NOW.say(lang)) ":" }
                    ul { @for heir in successors { li { (named(heir)) } } }
                }
                (concerns(lang, &world, concerned))
            },
            label: label.say(lang),
            danger: true,
            back: &action,
            form: Form { action: &action, csrf: &csrf, key: sent.get("_key"), ..Form::default() },
            fields: html! {
                @for (name, value) in sent.carried() {
                    input type="hidden" name=(name) value=(value);
                }
                input type="hidden" name="_sure" value="1";
            },
        },
    );
    page(desk, StatusCode::OK, (LIST, &title), false, &main)
}

fn named(procedure: &Procedure) -> String {
    format!("{} ({})", procedure.name, procedure.code)
}

fn concerns(lang: Lang, world: &World, concerned: &Concerned) -> Markup {
    let count = |message: crate::domain::words::Message, n: usize| {
        message.fill(lang, &[("n", &n.to_string())])
    };
    let list = |message: crate::domain::words::Message, codes: &[ProcedureCode]| {
        let names = codes.iter().map(|code| match world.procedure(code) {
            Some(procedure) => named(procedure),
            None => code.to_string(),
        });
        let names: Vec<String> = names.collect();
        (!codes.is_empty()).then(|| message.fill(lang, &[("list", &names.join("; "))]))
    };
    let open = match concerned.is_partial {
        true => words::OPEN_DOSSIERS_MORE,
        false => words::OPEN_DOSSIERS,
    };
    let lines = [
        Some(count(open, concerned.dossiers)),
        Some(count(words::DRAFTS, concerned.drafts)),
        concerned.has_form.then(|| words::HAS_FORM.say(lang).to_owned()),
        concerned.has_fees.then(|| words::HAS_FEES.say(lang).to_owned()),
        (concerned.processes > 0).then(|| count(words::HAS_PROCESSES, concerned.processes)),
        list(words::LED_BY, &concerned.leaders),
        list(words::LEADS, &concerned.followers),
        list(words::REPLACES, &concerned.replaces),
    ];
    html! { ul { @for line in lines.into_iter().flatten() { li { (line) } } } }
}
