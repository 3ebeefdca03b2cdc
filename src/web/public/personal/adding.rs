//! A paper that a person adds by hand.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use jiff::civil::Date;
use maud::{Markup, html};
use serde_json::json;

use super::{BASE, page_of, sign_in_first};
use crate::domain::ids::AttachmentId;
use crate::domain::privacy::{Place, Purpose};
use crate::domain::refusal::{FieldError, Refusal};
use crate::office::Failure;
use crate::office::personal::NewPaper;
use crate::office::uploads::Upload;
use crate::web::Site;
use crate::web::components::{
    Button, Field, Form, Method, Upload as UploadBox, UploadedFile, button, button_row,
    consent_box, date_field, error_for, error_summary, form, text_field, upload,
};
use crate::web::desk::dates;
use crate::web::outgoing::{self, Ask};
use crate::web::public::incoming::{self, Posted};
use crate::web::public::page::{citizen, contact, missing, settle};
use crate::web::public::privacy;
use crate::web::visitor::{Visitor, see_other, status_of};
use crate::web::words::{components as shared_words, public_filing, public_personal as words};

/// What was typed, with the files that have come.
#[derive(Default)]
struct Typed {
    fields: Vec<(String, String)>,
    files: Vec<Upload>,
}

impl Typed {
    fn of(&self, name: &str) -> &str {
        self.fields.iter().rev().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }
}

/// `GET /tai-khoan/giay-to/them`.
pub(super) async fn ask(site: web::Data<Site>, visitor: Visitor) -> HttpResponse {
    if contact(&visitor).is_none() {
        return sign_in_first(&visitor);
    }
    shown(&site, &visitor, &Typed::default(), None)
}

fn shown(site: &Site, visitor: &Visitor, typed: &Typed, refusal: Option<&Refusal>) -> HttpResponse {
    let lang = visitor.lang;
    let csrf = visitor.csrf(site);
    let action = format!("{BASE}/them");
    let about = Form { action: &action, csrf: &csrf, method: Method::PostFiles, ..Form::default() };
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        h1 { (words::ADD.say(lang)) }
        (form(lang, &about, &fields(site, visitor, typed, refusal)))
    };
    let status = match refusal {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    page_of(site, visitor, status, words::ADD.say(lang), &main)
}

fn fields(site: &Site, visitor: &Visitor, typed: &Typed, refusal: Option<&Refusal>) -> Markup {
    let lang = visitor.lang;
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let text = |name: &'static str, label: crate::domain::words::Message| Field {
        name,
        label: label.say(lang),
        value: typed.of(name),
        error: error_for(errors, name, lang),
        optional: name != "name",
        autocomplete: "off",
        max_length: Some(200),
        ..Field::default()
    };
    html! {
        (text_field(lang, &Field {
            hint: words::NAME_HINT.say(lang), ..text("name", words::NAME)
        }))
        (files(site, visitor, typed, errors))
        (text_field(lang, &text("number", words::NUMBER)))
        (date_field(lang, &text("issued_on", words::ISSUED)))
        (text_field(lang, &text("issuer", words::ISSUER)))
        (date_field(lang, &Field {
            hint: words::EXPIRES_HINT.say(lang), ..text("expires_on", words::EXPIRES)
        }))
        (consent(site, visitor, errors, typed.of("agreed") == "1"))
        (button_row(&html! {
            (button(&Button { label: words::KEEP.say(lang), ..Button::default() }))
            a href=(BASE) { (shared_words::BACK.say(lang)) }
        }))
    }
}

/// The agreement without which nothing is kept.
pub(super) fn consent(
    site: &Site,
    visitor: &Visitor,
    errors: &[FieldError],
    is_ticked: bool,
) -> Markup {
    let lang = visitor.lang;
    let asked = site.office.privacy().texts.consent(Purpose::Papers, site.office.today());
    html! {
        (privacy::note(site, visitor, Place::Papers))
        @if let Some(asked) = asked {
            (consent_box(lang, "agreed", asked, error_for(errors, "agreed", lang), is_ticked))
        }
    }
}

fn files(site: &Site, visitor: &Visitor, typed: &Typed, errors: &[FieldError]) -> Markup {
    let lang = visitor.lang;
    let shown: Vec<UploadedFile> = typed.files.iter().map(waiting).collect();
    let error = error_for(errors, "files", lang);
    let field = Field { name: "files", label: words::FILES.say(lang), error, ..Field::default() };
    let url = format!("{BASE}/tai-len");
    let most = site.office.max_upload();
    upload(lang, &UploadBox { field, most, files: &shown, url: &url, is_quiet: false })
}

/// A file that waits to be kept.
fn waiting(file: &Upload) -> UploadedFile {
    UploadedFile::of(file, format!("{BASE}/cho/{}", file.id))
}

/// `POST /tai-khoan/giay-to/them`.
pub(super) async fn add(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let Some(contact) = contact(&visitor) else { return sign_in_first(&visitor) };
    let owner = citizen(contact);
    let result = async {
        let posted = incoming::read(&site, &visitor, &request, payload, Some(&owner)).await?;
        visitor.check_csrf(&site, posted.value("_csrf"))?;
        let stays = posted.has("_upload") || posted.has("_remove");
        let (typed, mut errors) = typed(&site, contact, posted)?;
        if stays && errors.is_empty() {
            return Ok(shown(&site, &visitor, &typed, None));
        }
        let new = new_paper(&typed, &mut errors);
        let refusal = match errors.is_empty() {
            false => Refusal::fields(errors),
            true => match site.office.add_paper(contact, new).await {
                Ok(_) => return Ok(see_other(&format!("{BASE}?xong=giu"))),
                Err(Failure::Refused(refusal)) => refusal,
                Err(fault) => return Err(fault),
            },
        };
        Ok(shown(&site, &visitor, &typed, Some(&refusal)))
    };
    settle(&site, &visitor, result.await)
}

/// What a form says, with its files: those that came before and were not taken out, and those of now.
fn typed(site: &Site, contact: &str, posted: Posted) -> Result<(Typed, Vec<FieldError>), Failure> {
    let (owner, gone) = (citizen(contact), posted.value("_remove").to_owned());
    let (mut files, mut errors) = (Vec::new(), Vec::new());
    for (_, id) in posted.fields.iter().filter(|(name, _)| name == "files.kept") {
        let Ok(id) = id.parse::<AttachmentId>() else { continue };
        match id.to_string() == gone {
            true => site.office.discard_upload(id, &owner)?,
            false => files.extend(site.office.upload(id, &owner)?),
        }
    }
    for file in posted.files {
        match file.outcome {
            Ok(upload) => files.push(upload),
            Err(Failure::Refused(refusal)) => {
                errors.push(FieldError { field: "files".to_owned(), text: refusal.text });
            }
            Err(fault) => return Err(fault),
        }
    }
    Ok((Typed { fields: posted.fields, files }, errors))
}

fn new_paper(typed: &Typed, errors: &mut Vec<FieldError>) -> NewPaper {
    let mut date = |name: &str| -> Option<Date> {
        let text = typed.of(name);
        let found = dates::date(text);
        if found.is_none() && !text.is_empty() {
            let text = words::DATE_WRONG.into();
            errors.push(FieldError { field: name.to_owned(), text });
        }
        found
    };
    NewPaper {
        issued_on: date("issued_on"),
        expires_on: date("expires_on"),
        name: typed.of("name").to_owned(),
        number: typed.of("number").to_owned(),
        issuer: typed.of("issuer").to_owned(),
        files: typed.files.iter().map(|file| file.id).collect(),
        is_agreed: typed.of("agreed") == "1",
    }
}

/// `POST /tai-khoan/giay-to/tai-len`: one file, sent by the script.
pub(super) async fn take_file(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let lang = visitor.lang;
    let refuse =
        |status: StatusCode, text: &str| HttpResponse::build(status).json(json!({ "error": text }));
    let Some(contact) = contact(&visitor) else {
        return refuse(StatusCode::UNAUTHORIZED, public_filing::ASK_SIGN_IN.say(lang));
    };
    let owner = citizen(contact);
    let posted = incoming::read(&site, &visitor, &request, payload, Some(&owner)).await;
    let sent = match posted {
        Ok(posted) => posted.one_file(&site, &visitor, &owner),
        Err(failure) => Some(Err(failure)),
    };
    match sent {
        Some(Ok(upload)) => HttpResponse::Ok().json(waiting(&upload).told(None)),
        Some(Err(Failure::Refused(refusal))) => {
            refuse(StatusCode::UNPROCESSABLE_ENTITY, refusal.say(lang))
        }
        Some(Err(fault)) => {
            tracing::error!(%fault, "a file could not be kept");
            refuse(status_of(&fault), public_filing::NOT_A_FILE.say(lang))
        }
        None => refuse(StatusCode::UNPROCESSABLE_ENTITY, public_filing::NOT_A_FILE.say(lang)),
    }
}

/// `GET /tai-khoan/giay-to/cho/{file}`: a file that waits to be kept.
pub(super) async fn view(
    site: web::Data<Site>,
    visitor: Visitor,
    file: web::Path<String>,
) -> HttpResponse {
    let result = async {
        let upload = match (contact(&visitor), file.parse()) {
            (Some(contact), Ok(id)) => site.office.upload(id, &citizen(contact))?,
            _ => None,
        };
        let Some(upload) = upload else { return Ok(missing(&site, &visitor, "")) };
        outgoing::file(&site.office, &upload, Ask::Show).await
    };
    settle(&site, &visitor, result.await)
}
