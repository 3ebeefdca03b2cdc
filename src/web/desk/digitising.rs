//! Digitising: several scans at once, each of its paper, and the officer's word that they are alike.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::access::{Desk, Sheet};
use super::papers::{code_of, files_of};
use super::posted::{Posted, asked, posted};
use crate::domain::dossier::{Attachment, Dossier};
use crate::domain::ids::AttachmentId;
use crate::domain::refusal::Refusal;
use crate::office::Failure;
use crate::office::digitising::Scans;
use crate::office::uploads::Upload;
use crate::web::components::{
    Button, Choice, Crumb, Field, Form, Method, button, checkbox, checkboxes, error_for,
    error_summary, form, select,
};
use crate::web::outgoing;
use crate::web::visitor::{see_other, status_of};
use crate::web::words::desk_flows as words;

/// The name of the box for files; those that came are carried under it.
const FILES: &str = "tep";

/// `GET /mot-cua/ho-so/{code}/so-hoa`; files that came already may be named in the address.
pub async fn show(desk: Desk, request: HttpRequest, path: web::Path<String>) -> HttpResponse {
    match desk.office().look_at(desk.caller(), &code_of(&path)) {
        Ok(dossier) => page(&desk, &dossier, &asked(&request), None),
        Err(failure) => desk.failed(&failure),
    }
}

/// `POST /mot-cua/ho-so/{code}/so-hoa`.
pub async fn act(
    desk: Desk,
    path: web::Path<String>,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let sent = match posted(&desk, &request, payload).await {
        Ok(posted) => posted,
        Err(response) => return response,
    };
    let dossier = match desk.office().dossier(desk.caller(), &code_of(&path)) {
        Ok(dossier) => dossier,
        Err(failure) => return desk.failed(&failure),
    };
    if !sent.refused.is_empty() {
        let refusal = Refusal::fields(sent.refused.clone());
        return page(&desk, &dossier, &sent, Some(&refusal));
    }
    if sent.is_interim() {
        return page(&desk, &dossier, &sent, None);
    }
    let version = sent.get("version").parse().unwrap_or(0);
    let once = sent.once(desk.caller(), &address(&dossier));
    let scans = scans(&desk, &sent);
    let done = desk.office().digitise(desk.caller(), &dossier.code, version, scans, once).await;
    match done {
        Ok(_) => see_other(&format!("/mot-cua/ho-so/{}?xem=giay-to&tep=1", dossier.code)),
        Err(Failure::Refused(mut refusal)) => {
            for error in &mut refusal.fields {
                if error.field == "files" {
                    FILES.clone_into(&mut error.field);
                }
            }
            page(&desk, &dossier, &sent, Some(&refusal))
        }
        Err(fault) => desk.failed(&fault),
    }
}

fn address(dossier: &Dossier) -> String {
    format!("/mot-cua/ho-so/{}/so-hoa", dossier.code)
}

fn scans(desk: &Desk, sent: &Posted) -> Scans {
    let files = sent.uploads(desk, FILES);
    Scans {
        files: files
            .iter()
            .map(|file| (sent.get(&format!("t.{}", file.id)).to_owned(), file.id))
            .collect(),
        compared: sent.has("compared"),
        others: sent.all("others").filter_map(|id| id.parse::<AttachmentId>().ok()).collect(),
    }
}

fn page(desk: &Desk, dossier: &Dossier, sent: &Posted, refusal: Option<&Refusal>) -> HttpResponse {
    let (lang, title) = (desk.lang(), words::DIGITISE.say(desk.lang()));
    let errors = refusal.map_or(&[][..], |refusal| &refusal.fields);
    let (csrf, key, here) = (desk.csrf(), desk.new_key(), address(dossier));
    let files = sent.uploads(desk, FILES);
    let body = html! {
        input type="hidden" name="version" value=(dossier.version);
        div.field.field-refused[!error_for(errors, FILES, lang).is_empty()] {
            label for="f-tep" { (words::CHOOSE_FILES.say(lang)) }
            @let error = error_for(errors, FILES, lang);
            @if !error.is_empty() { p.error { (error) } }
            input id="f-tep" name=(FILES) type="file" multiple
                accept="image/jpeg,image/png,image/heic,image/heif,application/pdf,.heic,.pdf";
        }
        div.buttons {
            (button(&Button {
                label: words::UPLOAD.say(lang),
                name: "_upload",
                value: FILES,
                secondary: true,
                ..Button::default()
            }))
        }
        @if !files.is_empty() {
            h2 { (words::CAME.say(lang)) }
            @for (row, file) in files.iter().enumerate() { (came(desk, dossier, sent, row, file)) }
        }
        (not_compared(desk, dossier, sent))
        (checkbox(lang, &Field {
            name: "compared", label: words::COMPARED.say(lang), ..Field::default()
        }, "1", sent.has("compared")))
        div.buttons {
            (button(&Button { label: words::SAVE.say(lang), key: "F9", ..Button::default() }))
        }
    };
    let code = dossier.code.to_string();
    let back = format!("/mot-cua/ho-so/{code}?xem=giay-to");
    let above = [Crumb { href: &back, label: &code }];
    let main = html! {
        @if let Some(refusal) = refusal { (error_summary(lang, refusal)) }
        h1 { (title) }
        (super::acting::about(desk, dossier))
        p.hint { (words::DIGITISE_ABOUT.say(lang)) }
        (form(lang, &Form {
            action: &here,
            method: Method::PostFiles,
            csrf: &csrf,
            key: &key,
            ask_before_leaving: true,
            ..Form::default()
        }, &body))
    };
    let status = refusal.map_or(StatusCode::OK, |refusal| status_of(&refusal.clone().into()));
    let refused = refusal.is_some();
    desk.page(
        status,
        &Sheet { title, above: &above, refused, narrow: true, ..Sheet::default() },
        &main,
    )
}

/// A file that came, and of which paper it is: the next one without a file, until it is said.
fn came(desk: &Desk, dossier: &Dossier, sent: &Posted, row: usize, file: &Upload) -> Markup {
    let lang = desk.lang();
    let name = format!("t.{}", file.id);
    let mut without =
        dossier.components.iter().filter(|p| files_of(dossier, &p.component).next().is_none());
    let likely = without.nth(row).map(|paper| paper.component.as_str()).unwrap_or_default();
    let chosen = if sent.has(&name) { sent.get(&name) } else { likely };
    let papers: Vec<Choice<'_>> = dossier
        .components
        .iter()
        .map(|paper| Choice {
            value: paper.component.as_str(),
            label: &paper.name,
            chosen: paper.component.as_str() == chosen,
            ..Choice::default()
        })
        .collect();
    let id = file.id.to_string();
    html! {
        fieldset.scan-row {
            legend {
                (file.name) " "
                @if outgoing::can_be_shown(&file.media_type) {
                    a href={ "/mot-cua/tai-len/" (id) } target="_blank" rel="noopener" {
                        (words::VIEW.say(lang)) span.hidden { " " (file.name) }
                    }
                }
            }
            input type="hidden" name={ (FILES) ".kept" } value=(id);
            (select(lang, &Field {
                name: &name, label: words::FOR_PAPER.say(lang), optional: true, ..Field::default()
            }, &papers))
            (button(&Button {
                label: &words::REMOVE.fill(lang, &[("name", &file.name)]),
                name: "_remove",
                value: &id,
                secondary: true,
                ..Button::default()
            }))
        }
    }
}

/// Files of the dossier that nobody compared with the paper yet.
fn not_compared(desk: &Desk, dossier: &Dossier, sent: &Posted) -> Markup {
    let lang = desk.lang();
    let open = |file: &&Attachment| {
        !file.is_result && file.component.is_some() && dossier.confirmed_by(file.id).is_none()
    };
    let files: Vec<(String, String)> = dossier
        .attachments
        .iter()
        .filter(open)
        .map(|file| {
            let paper = file.component.as_ref().and_then(|component| dossier.paper(component));
            let of = paper.map(|paper| format!(" – {}", paper.name)).unwrap_or_default();
            (file.id.to_string(), format!("{}{of}", file.name))
        })
        .collect();
    let choices: Vec<Choice<'_>> = files
        .iter()
        .map(|(id, label)| Choice {
            value: id,
            label,
            chosen: sent.all("others").any(|ticked| ticked == id),
            ..Choice::default()
        })
        .collect();
    html! {
        @if !choices.is_empty() {
            (checkboxes(lang, &Field {
                name: "others", label: words::NOT_COMPARED.say(lang), ..Field::default()
            }, &choices))
        }
    }
}

/// The way to this page, from the papers of a dossier.
pub fn link(desk: &Desk, dossier: &Dossier) -> Markup {
    html! {
        p { a.button.button-secondary href=(address(dossier)) { (words::DIGITISE.say(desk.lang())) } }
    }
}

/// Who compared a file with its paper, for the list of files.
pub fn compared(desk: &Desk, dossier: &Dossier, file: AttachmentId) -> Markup {
    let by = dossier.confirmed_by(file);
    html! {
        @if let Some(by) = by {
            span.muted { (words::COMPARED_BY.fill(desk.lang(), &[("name", by)])) }
        }
    }
}
