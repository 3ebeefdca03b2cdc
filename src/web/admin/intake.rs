//! Where procedures are filed online: here or at the national portal; and which agencies have closed.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::agency::LIST;
use super::house::refusal_of;
use super::{page, sent_by_admin};
use crate::domain::agency::Agency;
use crate::domain::dossier::{Directory, Intake};
use crate::domain::ids::{AgencyCode, ProcedureCode};
use crate::domain::refusal::Refusal;
use crate::office::Failure;
use crate::office::connections::ENTRANCE_SLOT;
use crate::office::world::World;
use crate::web::components::{
    BannerKind, Button, Choice, Confirm, Field, Form, Width, banner, button, confirm, error_for,
    error_summary, form, select, text_field,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{Posted, asked, with_office};
use crate::web::visitor::see_other;
use crate::web::words::{admin as admin_words, linking as words};

/// The page.
pub const HERE: &str = "/quan-tri/noi-nop";
/// Its path below administration.
pub const PATH: &str = "/noi-nop";

/// `GET /quan-tri/noi-nop`.
pub async fn show(desk: Desk, request: HttpRequest) -> HttpResponse {
    shown(&desk, asked(&request).has("xong"), None)
}

/// What was sent and refused.
type Refused<'a> = Option<(&'a Posted, &'a Refusal)>;

fn shown(desk: &Desk, is_saved: bool, refused: Refused<'_>) -> HttpResponse {
    let (lang, world) = (desk.lang(), desk.office().world());
    let title = words::INTAKE_TITLE.say(lang);
    let main = html! {
        @if let Some((_, refusal)) = refused { (error_summary(lang, refusal)) }
        @if is_saved { (banner(lang, BannerKind::Done, &html! { (admin_words::SAVED.say(lang)) })) }
        h1 { (title) }
        p { (words::INTAKE_ABOUT.say(lang)) }
        (entrance(desk, &world, refused))
        @for agency in world.agencies() { (of_agency(desk, &world, agency, refused)) }
    };
    let status = refused.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page(desk, status, (HERE, title), refused.is_some(), &main)
}

fn entrance(desk: &Desk, world: &World, refused: Refused<'_>) -> Markup {
    let lang = desk.lang();
    let typed = refused.filter(|(sent, _)| sent.has("address"));
    let errors = typed.map_or(&[][..], |(_, refusal)| &refusal.fields);
    let value = typed.map_or(world.connections().entrance(), |(sent, _)| sent.get("address"));
    let hint = words::INTAKE_ADDRESS_HINT.fill(lang, &[("slot", ENTRANCE_SLOT)]);
    let (csrf, key) = (desk.csrf(), desk.new_key());
    form(
        lang,
        &Form { action: HERE, csrf: &csrf, key: &key, ..Form::default() },
        &html! {
            (text_field(lang, &Field {
                name: "address",
                label: words::INTAKE_ADDRESS.say(lang),
                hint: &hint,
                value,
                error: error_for(errors, "address", lang),
                kind: "url",
                max_length: Some(500),
                ..Field::default()
            }))
            (button(&Button {
                label: words::INTAKE_SAVE.say(lang), secondary: true, ..Button::default()
            }))
        },
    )
}

fn of_agency(desk: &Desk, world: &World, agency: &Agency, refused: Refused<'_>) -> Markup {
    let lang = desk.lang();
    let connections = world.connections();
    let own = refused.filter(|(sent, _)| sent.get("agency") == agency.code.as_str());
    let errors = own.map_or(&[][..], |(_, refusal)| &refusal.fields);
    let set = connections.intake_set(&agency.code, None).unwrap_or_default();
    let exceptions: Vec<String> = connections
        .exceptions(&agency.code)
        .map(|(code, mode)| format!("{code} ({})", name(mode).say(lang)))
        .collect();
    let label = words::INTAKE_OF.fill(lang, &[("agency", &agency.name)]);
    let (mode, code, special) = fields(agency);
    let (csrf, key) = (desk.csrf(), desk.new_key());
    let body = html! {
        input type="hidden" name="agency" value=(agency.code);
        (select(lang, &Field {
            name: &mode, label: &label, value: set.id(), ..Field::default()
        }, &modes(desk)))
        (text_field(lang, &Field {
            name: &code,
            label: words::INTAKE_EXCEPTION.say(lang),
            hint: words::ADMIN_CODE_HINT.say(lang),
            value: own.map_or("", |(sent, _)| sent.get(&code)),
            error: error_for(errors, "procedure", lang),
            width: Width::Medium,
            optional: true,
            max_length: Some(40),
            ..Field::default()
        }))
        (select(lang, &Field {
            name: &special,
            label: words::STATE.say(lang),
            value: own.map_or("", |(sent, _)| sent.get(&special)),
            optional: true,
            ..Field::default()
        }, &[&[Choice {
            value: "none", label: words::INTAKE_AS_AGENCY.say(lang), ..Choice::default()
        }][..], &modes(desk)].concat()))
        (button(&Button {
            label: words::INTAKE_SAVE.say(lang), secondary: true, ..Button::default()
        }))
    };
    html! {
        section {
            h2 { (agency.name) }
            @if !exceptions.is_empty() {
                p { (words::INTAKE_EXCEPTIONS.fill(lang, &[("list", &exceptions.join(", "))])) }
            }
            (form(lang, &Form { action: HERE, csrf: &csrf, key: &key, ..Form::default() }, &body))
        }
    }
}

/// The names of an agency's fields: each form of the page has its own.
fn fields(agency: &Agency) -> (String, String, String) {
    let of = |part: &str| format!("{part}.{}", agency.code);
    (of("mode"), of("procedure"), of("special"))
}

fn name(mode: Intake) -> crate::domain::words::Message {
    match mode {
        Intake::Own => words::INTAKE_OWN,
        Intake::National => words::INTAKE_NATIONAL,
    }
}

fn modes(desk: &Desk) -> Vec<Choice<'static>> {
    [Intake::Own, Intake::National]
        .map(|mode| Choice {
            value: mode.id(),
            label: name(mode).say(desk.lang()),
            ..Choice::default()
        })
        .into()
}

/// `POST /quan-tri/noi-nop`.
pub async fn save(desk: Desk, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let address = sent.has("address").then(|| sent.get("address").to_owned());
    let agency = AgencyCode::new(sent.get("agency"));
    let of = |part: &str| sent.get(&format!("{part}.{agency}")).to_owned();
    let (mode, code, special) = (of("mode"), of("procedure"), of("special"));
    let saved = with_office(&desk, move |office, _| -> Result<(), Failure> {
        if let Some(address) = address {
            return office.set_entrance(&address);
        }
        let code = Some(code).filter(|code| !code.is_empty()).map(ProcedureCode::new);
        if let Some(code) = &code {
            office.set_intake(&agency, Some(code), Intake::from_id(&special))?;
        }
        // What is the usual way needs no row.
        let mode = Intake::from_id(&mode).filter(|mode| *mode != Intake::Own);
        office.set_intake(&agency, None, mode)
    });
    match saved.await {
        Ok(()) => see_other(&format!("{HERE}?xong=1")),
        Err(failure) => match refusal_of(&desk, failure) {
            Ok(refusal) => shown(&desk, false, Some((&sent, &refusal))),
            Err(response) => response,
        },
    }
}

/// What closing an agency means, before it is done.
fn ask_to_close(desk: &Desk, code: &AgencyCode, sent: &Posted) -> HttpResponse {
    let (lang, world) = (desk.lang(), desk.office().world());
    let Some(agency) = world.agency(code) else { return see_other(LIST) };
    let title = words::CLOSE_TITLE.fill(lang, &[("agency", &agency.name)]);
    let (csrf, action) = (desk.csrf(), format!("{LIST}/{code}/mo"));
    let main = confirm(
        lang,
        &Confirm {
            title: &title,
            consequences: html! { p { (words::CLOSE_ABOUT.say(lang)) } },
            label: words::CLOSE_AGENCY.say(lang),
            danger: true,
            back: LIST,
            form: Form { action: &action, csrf: &csrf, key: sent.get("_key"), ..Form::default() },
            fields: html! {
                input type="hidden" name="mo" value="0";
                input type="hidden" name="_sure" value="1";
            },
        },
    );
    page(desk, StatusCode::OK, (LIST, &title), false, &main)
}

/// `POST /quan-tri/co-quan/{code}/mo`: closes an agency, or opens it again.
pub async fn set_open(
    desk: Desk,
    path: web::Path<String>,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let sent = match sent_by_admin(&desk, &request, payload).await {
        Ok(sent) => sent,
        Err(response) => return response,
    };
    let (code, open) = (AgencyCode::new(path.as_str()), sent.get("mo") == "1");
    if !open && !sent.has("_sure") {
        return ask_to_close(&desk, &code, &sent);
    }
    match with_office(&desk, move |office, _| office.set_open(&code, open)).await {
        Ok(()) => see_other(LIST),
        Err(failure) => desk.failed(&failure),
    }
}
