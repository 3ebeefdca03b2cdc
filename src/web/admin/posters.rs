//! Posters with a QR code: of the portal, of a field, of procedures; many in one file.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::house::refusal_of;
use super::page;
use crate::domain::ids::{AgencyCode, ProcedureCode};
use crate::domain::refusal::Refusal;
use crate::domain::words::alphabetical;
use crate::office::printing::{PaperSize, PosterOf};
use crate::web::components::{
    Button, Choice, Field, Form, Method, button, error_for, error_summary, form, radios, select,
    text_area,
};
use crate::web::desk::access::Desk;
use crate::web::desk::posted::{Posted, asked, with_office};
use crate::web::words::posters as words;
use crate::web::{address, outgoing};

/// The page.
pub const HERE: &str = "/quan-tri/niem-yet";

/// `GET /quan-tri/niem-yet?thu_tuc=…`.
pub async fn show(desk: Desk, request: HttpRequest) -> HttpResponse {
    shown(&desk, &asked(&request), None)
}

fn shown(desk: &Desk, query: &Posted, refusal: Option<&Refusal>) -> HttpResponse {
    let lang = desk.lang();
    let title = words::TITLE.say(lang);
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        h1 { (title) }
        p { (words::ABOUT.say(lang)) }
        (choose(desk, query, refusal))
    };
    let status = refusal.map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY);
    page(desk, status, (HERE, title), refusal.is_some(), &main)
}

fn choose(desk: &Desk, query: &Posted, refusal: Option<&Refusal>) -> Markup {
    let (lang, world) = (desk.lang(), desk.office().world());
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let agencies: Vec<Choice<'_>> = world
        .agencies()
        .map(|agency| Choice {
            value: agency.code.as_str(),
            label: &agency.name,
            ..Choice::default()
        })
        .collect();
    let mut fields: Vec<&str> = world.fields_in_force(desk.office().today()).into_keys().collect();
    fields.sort_by_cached_key(|field| alphabetical(field));
    let fields: Vec<Choice<'_>> = fields
        .iter()
        .map(|field| Choice { value: field, label: field, ..Choice::default() })
        .collect();
    let agency = query.some("co_quan").unwrap_or_else(|| desk.staff.agency.to_string());
    let size = query.some("kho").unwrap_or_else(|| PaperSize::A4.id().to_owned());
    let sizes = [(PaperSize::A4, words::A4), (PaperSize::A3, words::A3)];
    let sizes = sizes.map(|(paper, label)| Choice {
        value: paper.id(),
        label: label.say(lang),
        chosen: paper.id() == size,
        ..Choice::default()
    });
    let body = html! {
        (select(lang, &Field {
            name: "co_quan", label: words::AGENCY.say(lang), value: &agency, ..Field::default()
        }, &agencies))
        (radios(lang, &Field {
            name: "kho", label: words::SIZE.say(lang), ..Field::default()
        }, &sizes))
        (select(lang, &Field {
            name: "linh_vuc",
            label: words::FIELD.say(lang),
            hint: words::FIELD_HINT.say(lang),
            value: query.get("linh_vuc"),
            error: error_for(errors, "linh_vuc", lang),
            optional: true,
            ..Field::default()
        }, &fields))
        (text_area(lang, &Field {
            name: "thu_tuc",
            label: words::PROCEDURES.say(lang),
            hint: words::PROCEDURES_HINT.say(lang),
            value: query.get("thu_tuc"),
            error: error_for(errors, "thu_tuc", lang),
            optional: true,
            ..Field::default()
        }, 6))
        div.buttons {
            (button(&Button {
                label: words::PRINT.say(lang), name: "viec", value: "chon", ..Button::default()
            }))
            (button(&Button {
                label: words::PRINT_FIELD.say(lang),
                name: "viec",
                value: "tat-ca",
                secondary: true,
                ..Button::default()
            }))
        }
    };
    form(lang, &Form { action: FILE, method: Method::Get, ..Form::default() }, &body)
}

/// The file.
const FILE: &str = "/quan-tri/niem-yet.pdf";

/// What is to be printed: named procedures, else the field, else the portal; or every procedure of a
/// field.
fn wanted(desk: &Desk, query: &Posted) -> Vec<PosterOf> {
    let (world, today) = (desk.office().world(), desk.office().today());
    let field = query.get("linh_vuc");
    if query.get("viec") == "tat-ca" && !field.is_empty() {
        let of_field = world.procedures().filter(|known| known.field == field);
        let in_force = of_field.filter(|known| world.is_in_force(&known.code, today));
        return in_force.map(|known| PosterOf::Procedure(known.code.clone())).collect();
    }
    let codes = query.get("thu_tuc").split([' ', ',', ';', '\n', '\r']);
    let codes: Vec<PosterOf> = codes
        .filter(|code| !code.is_empty())
        .map(|code| PosterOf::Procedure(ProcedureCode::new(code)))
        .collect();
    match (codes.is_empty(), field) {
        (false, _) => codes,
        (true, "") => vec![PosterOf::Home],
        (true, field) => vec![PosterOf::Field(field.to_owned())],
    }
}

/// `GET /quan-tri/niem-yet.pdf`.
pub async fn print(desk: Desk, request: HttpRequest) -> HttpResponse {
    if asked(&request).get("viec") == "tat-ca" && asked(&request).get("linh_vuc").is_empty() {
        let refusal = Refusal::field("linh_vuc", words::FIELD_MISSING);
        return shown(&desk, &asked(&request), Some(&refusal));
    }
    let (query, base) = (asked(&request), address::public(desk.office(), &request));
    let of = wanted(&desk, &query);
    let agency = query.some("co_quan").unwrap_or_else(|| desk.staff.agency.to_string());
    let size = if query.get("kho") == PaperSize::A3.id() { PaperSize::A3 } else { PaperSize::A4 };
    let printed = with_office(&desk, move |office, _| {
        office.posters(&AgencyCode::new(agency), &of, size, &base)
    });
    match printed.await {
        Ok(pdf) => outgoing::pdf(&pdf.file_name, pdf.bytes),
        Err(failure) => match refusal_of(&desk, failure) {
            Ok(refusal) => {
                let at_field = Refusal::field("thu_tuc", refusal.text.clone());
                shown(&desk, &query, Some(&at_field))
            }
            Err(response) => response,
        },
    }
}
