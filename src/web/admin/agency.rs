//! One agency: its name as papers print it, where it is, and its units. Agencies are added here too;
//! none is ever removed, since dossiers name it.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::house::refusal_of;
use super::{page, sent_by_admin};
use crate::domain::agency::{Agency, Unit};
use crate::domain::catalogue::Level;
use crate::domain::dossier::Directory;
use crate::domain::ids::AgencyCode;
use crate::domain::refusal::{FieldError, Refusal};
use crate::office::agencies::unit_code;
use crate::office::settings::{level_from_id, level_id};
use crate::web::components::{
    Button, Choice, Field, Form, button, button_row, error_for, error_summary, form, select,
    text_area, text_field,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{Posted, with_office};
use crate::web::visitor::see_other;
use crate::web::words::agencies as words;
use crate::web::words::public as level_words;

/// The list.
pub const LIST: &str = "/quan-tri/co-quan";
/// What stands for the code of an agency that is being added.
const NEW: &str = "them";
/// Longest text of a line.
const MOST: u32 = 300;
/// Most units of an agency.
const MOST_UNITS: usize = 200;

/// `GET /quan-tri/co-quan/{code}`, or `…/them`.
pub async fn show(desk: Desk, path: web::Path<String>) -> HttpResponse {
    let known = desk.office().world().agency(&AgencyCode::new(path.as_str())).cloned();
    match known {
        None if path.as_str() != NEW => see_other(LIST),
        known => shown(&desk, known.as_ref(), None),
    }
}

/// `POST /quan-tri/co-quan/{code}`, or `…/them`.
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
    let known = desk.office().world().agency(&AgencyCode::new(path.as_str())).cloned();
    let agency = match read(&desk, known.as_ref(), &sent) {
        Ok(agency) => agency,
        Err(refusal) => return shown(&desk, known.as_ref(), Some((&sent, &refusal))),
    };
    match with_office(&desk, move |office, _| office.put_agency(&agency)).await {
        Ok(()) => see_other(&format!("{LIST}?xong=1")),
        Err(failure) => match refusal_of(&desk, failure) {
            Ok(refusal) => shown(&desk, known.as_ref(), Some((&sent, &refusal))),
            Err(response) => response,
        },
    }
}

/// The agency that was typed. Units stay: they may be renamed and added to.
fn read(desk: &Desk, known: Option<&Agency>, sent: &Posted) -> Result<Agency, Refusal> {
    let mut errors = Vec::new();
    let code = match known {
        Some(known) => known.code.clone(),
        None => AgencyCode::new(sent.get("agency").trim().to_uppercase()),
    };
    if known.is_none() && desk.office().world().agency(&code).is_some() {
        errors.push(FieldError { field: "agency".to_owned(), text: words::CODE_TAKEN.into() });
    }
    let name = sent.get("name").trim().to_owned();
    if name.is_empty() {
        errors.push(FieldError { field: "name".to_owned(), text: words::NAME_MISSING.into() });
    }
    let mut units: Vec<Unit> = known.map(|known| known.units.clone()).unwrap_or_default();
    for unit in &mut units {
        if let Some(renamed) = sent.some(&format!("unit.{}", unit.code)) {
            unit.name = renamed;
        }
    }
    for line in sent.get("units").lines().map(str::trim).filter(|line| !line.is_empty()) {
        let code = unit_code(line, &units);
        units.push(Unit { code, name: line.to_owned() });
    }
    if units.is_empty() || units.len() > MOST_UNITS {
        let text = words::UNITS_WRONG.text(&[("max", &MOST_UNITS.to_string())]);
        errors.push(FieldError { field: "units".to_owned(), text });
    }
    if !errors.is_empty() {
        return Err(Refusal::fields(errors));
    }
    let text = |field: &str| sent.get(field).trim().to_owned();
    Ok(Agency {
        code,
        name,
        superior: text("superior"),
        place: text("place"),
        level: level_from_id(sent.get("level")).unwrap_or(Level::Commune),
        one_stop: text("one_stop"),
        address: text("address"),
        phone: text("phone"),
        units,
    })
}

fn shown(
    desk: &Desk,
    known: Option<&Agency>,
    refused: Option<(&Posted, &Refusal)>,
) -> HttpResponse {
    let lang = desk.lang();
    let title = known.map_or(words::ADD.say(lang), |known| known.name.as_str());
    let main = html! {
        @if let Some((_, refusal)) = refused { (error_summary(lang, refusal)) }
        h1 { (title) }
        (fields(desk, known, refused))
    };
    let status = refused.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page(desk, status, (LIST, title), refused.is_some(), &main)
}

fn fields(desk: &Desk, known: Option<&Agency>, refused: Option<(&Posted, &Refusal)>) -> Markup {
    let lang = desk.lang();
    let errors = refused.map_or(&[][..], |(_, refusal)| &refusal.fields);
    let value = |name: &str, own: Option<&str>| match refused {
        Some((sent, _)) => sent.get(name).to_owned(),
        None => own.unwrap_or_default().to_owned(),
    };
    let text = |name: &str, label: &str, hint: &str, own: Option<&str>, optional: bool| {
        text_field(
            lang,
            &Field {
                name,
                label,
                hint,
                value: &value(name, own),
                error: error_for(errors, name, lang),
                optional,
                autocomplete: "off",
                max_length: Some(MOST),
                ..Field::default()
            },
        )
    };
    let level = known.map_or(Level::Commune, |known| known.level);
    let levels = [
        (Level::Commune, level_words::LEVEL_COMMUNE),
        (Level::Province, level_words::LEVEL_PROVINCE),
        (Level::Ministry, level_words::LEVEL_MINISTRY),
    ];
    let levels = levels.map(|(level, name)| Choice {
        value: level_id(level),
        label: name.say(lang),
        ..Choice::default()
    });
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let action = format!("{LIST}/{}", known.map_or(NEW, |known| known.code.as_str()));
    let body = html! {
        @if known.is_none() {
            (text("agency", words::CODE.say(lang), words::CODE_HINT.say(lang), None, false))
        }
        (text("name", words::NAME.say(lang), words::NAME_HINT.say(lang), known.map(|a| a.name.as_str()), false))
        (text("superior", words::SUPERIOR.say(lang), words::SUPERIOR_HINT.say(lang), known.map(|a| a.superior.as_str()), true))
        (text("place", words::PLACE.say(lang), words::PLACE_HINT.say(lang), known.map(|a| a.place.as_str()), true))
        (select(lang, &Field {
            name: "level",
            label: words::LEVEL.say(lang),
            value: &value("level", Some(level_id(level))),
            ..Field::default()
        }, &levels))
        (text("one_stop", words::SECTION.say(lang), "", known.map(|a| a.one_stop.as_str()), true))
        (text("address", words::ADDRESS.say(lang), "", known.map(|a| a.address.as_str()), true))
        (text("phone", words::PHONE.say(lang), "", known.map(|a| a.phone.as_str()), true))
        @if let Some(known) = known {
            fieldset {
                legend { (words::UNITS.say(lang)) }
                @for unit in &known.units {
                    @let name = format!("unit.{}", unit.code);
                    (text(&name, &words::UNIT_OF.fill(lang, &[("code", unit.code.as_str())]), "", Some(&unit.name), false))
                }
            }
        }
        (text_area(lang, &Field {
            name: "units",
            label: if known.is_some() { words::MORE_UNITS } else { words::UNITS }.say(lang),
            hint: words::UNITS_HINT.say(lang),
            value: &value("units", None),
            error: error_for(errors, "units", lang),
            optional: known.is_some(),
            ..Field::default()
        }, 4))
        (button_row(&html! {
            (button(&Button { label: words::SAVE.say(lang), ..Button::default() }))
            a href=(LIST) { (words::BACK.say(lang)) }
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
