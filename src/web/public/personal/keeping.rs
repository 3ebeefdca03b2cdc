//! Papers of a dossier of one's own that are kept for the next time, by choice.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::html;

use super::adding::consent;
use super::{BASE, page_of, sign_in_first};
use crate::domain::dossier::{Attachment, Dossier};
use crate::domain::ids::{AttachmentId, DossierCode};
use crate::domain::refusal::{FieldError, Refusal};
use crate::office::Failure;
use crate::web::Site;
use crate::web::components::{
    Button, Choice, Field, Form, button, button_row, checkboxes, error_for, error_summary, form,
};
use crate::web::public::incoming;
use crate::web::public::page::{contact, settle};
use crate::web::visitor::{Visitor, see_other};
use crate::web::words::{components as shared_words, public_personal as words};

const FIELD: &str = "files";

/// `GET /tai-khoan/giay-to/giu/{dossier}`.
pub(super) async fn ask(
    site: web::Data<Site>,
    visitor: Visitor,
    code: web::Path<String>,
) -> HttpResponse {
    let Some(contact) = contact(&visitor) else { return sign_in_first(&visitor) };
    let dossier = site.office.own_dossier(contact, &DossierCode::new(code.as_str()));
    let result = dossier.map(|dossier| shown(&site, &visitor, &dossier, &[], None));
    settle(&site, &visitor, result)
}

fn named(dossier: &Dossier, file: &Attachment) -> String {
    let paper = file.component.as_ref().and_then(|component| dossier.paper(component));
    paper.map_or_else(|| file.name.clone(), |paper| paper.name.clone())
}

fn shown(
    site: &Site,
    visitor: &Visitor,
    dossier: &Dossier,
    chosen: &[AttachmentId],
    refusal: Option<&Refusal>,
) -> HttpResponse {
    let (lang, csrf) = (visitor.lang, visitor.csrf(site));
    let title = words::KEEP_TITLE.fill(lang, &[("code", dossier.code.as_str())]);
    let action = format!("{BASE}/giu/{}", dossier.code);
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let files: Vec<(String, String, &Attachment)> = dossier
        .attachments
        .iter()
        .map(|file| (file.id.to_string(), named(dossier, file), file))
        .collect();
    let choices: Vec<Choice<'_>> = files
        .iter()
        .map(|(id, name, file)| Choice {
            value: id,
            label: name,
            hint: &file.name,
            chosen: chosen.contains(&file.id),
            below: None,
        })
        .collect();
    let about = Form { action: &action, csrf: &csrf, ..Form::default() };
    let field = Field {
        name: FIELD,
        label: words::KEEP_WHICH.say(lang),
        error: error_for(errors, FIELD, lang),
        ..Field::default()
    };
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        h1 { (title) }
        p.muted { (dossier.procedure_name) }
        @if choices.is_empty() { p { (words::NOTHING_TO_KEEP.say(lang)) } }
        @else {
            (form(lang, &about, &html! {
                (checkboxes(lang, &field, &choices))
                (consent(site, visitor, errors, false))
                (button_row(&html! {
                    (button(&Button { label: words::KEEP.say(lang), ..Button::default() }))
                    a href=(BASE) { (shared_words::BACK.say(lang)) }
                }))
            }))
        }
    };
    let status = match refusal {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    page_of(site, visitor, status, &title, &main)
}

/// `POST /tai-khoan/giay-to/giu/{dossier}`.
pub(super) async fn keep(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
    code: web::Path<String>,
) -> HttpResponse {
    let Some(contact) = contact(&visitor) else { return sign_in_first(&visitor) };
    let code = DossierCode::new(code.as_str());
    let result = async {
        let posted = incoming::read(&site, &visitor, &request, payload, None).await?;
        visitor.check_csrf(&site, posted.value("_csrf"))?;
        let dossier = site.office.own_dossier(contact, &code)?;
        let chosen = posted.fields.iter().filter(|(name, _)| name == FIELD);
        let chosen: Vec<AttachmentId> = chosen.filter_map(|(_, id)| id.parse().ok()).collect();
        let mut errors = Vec::new();
        let mut refuse = |field: &str, message: crate::domain::words::Message| {
            errors.push(FieldError { field: field.to_owned(), text: message.into() });
        };
        if chosen.is_empty() {
            refuse(FIELD, words::KEEP_NONE);
        }
        if posted.value("agreed") != "1" {
            refuse("agreed", crate::office::personal::CONSENT_NEEDED);
        }
        if !errors.is_empty() {
            let refusal = Refusal::fields(errors);
            return Ok(shown(&site, &visitor, &dossier, &chosen, Some(&refusal)));
        }
        for file in &chosen {
            match site.office.keep_from_dossier(contact, &code, *file).await {
                Ok(_) => {}
                Err(Failure::Refused(refusal)) => {
                    return Ok(shown(&site, &visitor, &dossier, &chosen, Some(&refusal)));
                }
                Err(fault) => return Err(fault),
            }
        }
        Ok(see_other(&format!("{BASE}?xong=giu")))
    };
    settle(&site, &visitor, result.await)
}
