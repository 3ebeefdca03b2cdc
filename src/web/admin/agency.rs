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
use crate::domain::words::{Lang, Message};
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

/// The form: what was typed where it was refused, else what is known.
struct Fields<'a> {
    lang: Lang,
    known: Option<&'a Agency>,
    refused: Option<(&'a Posted, &'a Refusal)>,
}

impl Fields<'_> {
    fn errors(&self) -> &[FieldError] {
        self.refused.map_or(&[][..], |(_, refusal)| &refusal.fields)
    }

    fn value(&self, name: &str, known: &str) -> String {
        self.refused.map_or(known, |(sent, _)| sent.get(name)).to_owned()
    }

    /// A line; `known` is what it says of the agency.
    fn line(&self, name: &str, (label, hint): (&str, &str), known: &str, optional: bool) -> Markup {
        let field = Field {
            name,
            label,
            hint,
            value: &self.value(name, known),
            error: error_for(self.errors(), name, self.lang),
            optional,
            autocomplete: "off",
            max_length: Some(MOST),
            ..Field::default()
        };
        text_field(self.lang, &field)
    }

    fn level(&self) -> Markup {
        let lang = self.lang;
        let level = self.known.map_or(Level::Commune, |known| known.level);
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
        let field = Field {
            name: "level",
            label: words::LEVEL.say(lang),
            value: &self.value("level", level_id(level)),
            ..Field::default()
        };
        select(lang, &field, &levels)
    }

    fn units(&self) -> Markup {
        let lang = self.lang;
        let known = self.known.map(|known| known.units.as_slice()).unwrap_or_default();
        let label = if known.is_empty() { words::UNITS } else { words::MORE_UNITS };
        let field = Field {
            name: "units",
            label: label.say(lang),
            hint: words::UNITS_HINT.say(lang),
            value: &self.value("units", ""),
            error: error_for(self.errors(), "units", lang),
            optional: !known.is_empty(),
            ..Field::default()
        };
        html! {
            @if !known.is_empty() {
                fieldset {
                    legend { (words::UNITS.say(lang)) }
                    @for unit in known {
                        @let label = words::UNIT_OF.fill(lang, &[("code", unit.code.as_str())]);
                        (self.line(&format!("unit.{}", unit.code), (&label, ""), &unit.name, false))
                    }
                }
            }
            (text_area(lang, &field, 4))
        }
    }
}

fn fields(desk: &Desk, known: Option<&Agency>, refused: Option<(&Posted, &Refusal)>) -> Markup {
    let lang = desk.lang();
    let asks = Fields { lang, known, refused };
    let own = |part: fn(&Agency) -> &str| known.map_or("", part);
    let said = |label: Message, hint: Message| (label.say(lang), hint.say(lang));
    let bare = |label: Message| (label.say(lang), "");
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let action = format!("{LIST}/{}", known.map_or(NEW, |known| known.code.as_str()));
    let body = html! {
        @if known.is_none() {
            (asks.line("agency", said(words::CODE, words::CODE_HINT), "", false))
        }
        (asks.line("name", said(words::NAME, words::NAME_HINT), own(|a| &a.name), false))
        (asks.line("superior", said(words::SUPERIOR, words::SUPERIOR_HINT), own(|a| &a.superior), true))
        (asks.line("place", said(words::PLACE, words::PLACE_HINT), own(|a| &a.place), true))
        (asks.level())
        (asks.line("one_stop", bare(words::SECTION), own(|a| &a.one_stop), true))
        (asks.line("address", bare(words::ADDRESS), own(|a| &a.address), true))
        (asks.line("phone", bare(words::PHONE), own(|a| &a.phone), true))
        (asks.units())
        (button_row(&html! {
            (button(&Button { label: words::SAVE.say(lang), ..Button::default() }))
            a href=(LIST) { (words::BACK.say(lang)) }
        }))
    };
    let frame = Form {
        action: &action,
        csrf: &csrf,
        key: &key,
        ask_before_leaving: true,
        ..Form::default()
    };
    form(lang, &frame, &body)
}
