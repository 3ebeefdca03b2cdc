//! Files that an applicant prepares for a dossier: kept with it until they are sent.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};
use serde_json::json;

use super::{Code, require};
use crate::domain::dossier::{Dossier, Status};
use crate::domain::ids::AttachmentId;
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::office::personal::Papers;
use crate::office::supplementing::SupplementDraft;
use crate::office::uploads::Upload;
use crate::office::{Failure, Office, Outage};
use crate::web::Site;
use crate::web::components::{Field, Upload as UploadBox, UploadedFile, upload};
use crate::web::incoming::Arrived;
use crate::web::outgoing::{self, Ask};
use crate::web::public::incoming::{self, Posted};
use crate::web::public::page::{contact, missing, settle};
use crate::web::public::personal::reuse;
use crate::web::visitor::{Visitor, outage_text, status_of};
use crate::web::words::{public_filing as filing_words, public_tracking as words};

/// Whether a dossier waits for files of its applicant, asked for or not.
///
/// # Errors
/// It does not.
pub(super) fn takes_files(dossier: &Dossier) -> Result<(), Failure> {
    match dossier.status {
        Status::SupplementRequired | Status::Registered => Ok(()),
        _ => Err(Refusal::new(RefusalKind::Impossible, words::NOT_NOW).into()),
    }
}

/// The files that are prepared under a field.
///
/// # Errors
/// The relaxed store cannot be read.
pub(super) fn prepared(
    site: &Site,
    draft: &SupplementDraft,
    field: &str,
) -> Result<Vec<Upload>, Failure> {
    let mut files = Vec::new();
    for (_, id) in draft.files.iter().filter(|(known, _)| known == field) {
        files.extend(site.office.upload(*id, &Office::SUPPLEMENTER)?);
    }
    Ok(files)
}

/// The box of a question that is answered with files.
pub(super) fn file_box(
    site: &Site,
    visitor: &Visitor,
    dossier: &Dossier,
    field: Field<'_>,
    files: &[Upload],
    (own, paper): (&Papers, &str),
) -> Markup {
    let code = &dossier.code;
    let shown: Vec<UploadedFile> = files.iter().map(|file| ready(dossier, file)).collect();
    let url = format!("/tra-cuu/{code}/tai-len");
    let most = site.office.max_upload();
    html! {
        (upload(visitor.lang, &UploadBox { field, most, files: &shown, url: &url, is_quiet: false }))
        (reuse::offer(site, visitor, own, (field.name, paper)))
    }
}

/// A file that is prepared for a dossier.
fn ready(dossier: &Dossier, file: &Upload) -> UploadedFile {
    UploadedFile::of(file, format!("/tra-cuu/{}/bo-sung/tep/{}", dossier.code, file.id))
}

/// The own papers of whoever is signed in; nobody else has any.
///
/// # Errors
/// The store cannot be read.
pub(super) fn own_papers(site: &Site, visitor: &Visitor) -> Result<Papers, Failure> {
    contact(visitor).map_or(Ok(Papers::default()), |contact| site.office.offered_papers(contact))
}

/// Puts copies of one of the person's own papers into the dossier's draft, when the form's button says
/// so; the answer is the draft with them, or why there are none.
///
/// # Errors
/// The store or the disk fails.
pub(super) async fn take_own(
    site: &Site,
    visitor: &Visitor,
    dossier: &Dossier,
    posted: &Posted,
    (draft, mut errors): (SupplementDraft, Vec<FieldError>),
) -> Result<(SupplementDraft, Vec<FieldError>), Failure> {
    let Some(contact) = contact(visitor).filter(|_| posted.has(reuse::BUTTON)) else {
        return Ok((draft, errors));
    };
    let value = posted.value(reuse::BUTTON);
    match reuse::take(site, contact, value, &Office::SUPPLEMENTER).await {
        Ok((field, files)) => {
            let draft = site.office.change_supplement_draft(dossier, |draft| {
                draft.answers.insert(format!("{field}.mode"), "file".to_owned());
                draft.files.extend(files.iter().map(|file| (field.clone(), file.id)));
            })?;
            Ok((draft, errors))
        }
        Err(Failure::Refused(refusal)) => {
            let field = value.split('|').next().unwrap_or_default().to_owned();
            errors.push(FieldError { field, text: refusal.text });
            Ok((draft, errors))
        }
        Err(fault) => Err(fault),
    }
}

/// Saves what was posted in the dossier's draft; the answer says which files were not taken.
///
/// # Errors
/// The relaxed store fails.
pub(super) fn save(
    site: &Site,
    dossier: &Dossier,
    posted: &mut Posted,
) -> Result<(SupplementDraft, Vec<FieldError>), Failure> {
    let files = std::mem::take(&mut posted.files);
    let mut refused = Vec::new();
    let gone: Option<AttachmentId> = posted.value("_remove").parse().ok();
    let draft = site.office.change_supplement_draft(dossier, |draft| {
        draft.answers = posted.answers();
        draft.answers.retain(|name, _| name.starts_with("item.") && !name.ends_with(".kept"));
        for file in files {
            refused.extend(add(draft, file));
        }
        draft.files.retain(|(_, id)| Some(*id) != gone);
    })?;
    if let Some(id) = gone {
        site.office.discard_upload(id, &Office::SUPPLEMENTER)?;
    }
    Ok((draft, refused))
}

fn add(draft: &mut SupplementDraft, file: Arrived) -> Option<FieldError> {
    let text = match file.outcome {
        Ok(upload) => {
            draft.files.push((file.field, upload.id));
            return None;
        }
        Err(Failure::Refused(refusal)) => refusal.text,
        Err(Failure::Fault(fault)) => {
            tracing::error!(fault = %fault, "a file could not be kept");
            filing_words::NOT_A_FILE.into()
        }
    };
    Some(FieldError { field: file.field, text })
}

/// `POST /tra-cuu/{dossier}/tai-len`: one file, sent by the script.
pub(super) async fn take(
    site: web::Data<Site>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
    code: Code,
) -> HttpResponse {
    let lang = visitor.lang;
    let refuse =
        |status: StatusCode, text: &str| HttpResponse::build(status).json(json!({ "error": text }));
    let Ok(opened) = require(&site, &visitor, &code) else {
        return refuse(StatusCode::UNAUTHORIZED, words::SECRET_MISSING.say(lang));
    };
    let dossier = &opened.tracked.dossier;
    let taken = async {
        takes_files(dossier)?;
        let sender = Some(&Office::SUPPLEMENTER);
        let posted = incoming::read(&site, &visitor, &request, payload, sender).await?;
        visitor.check_csrf(&site, posted.value("_csrf"))?;
        let none = || Refusal::field("file", filing_words::NOT_A_FILE);
        let field = posted.value("name").to_owned();
        let sent = posted.one_file(&site, &visitor, &Office::SUPPLEMENTER);
        let upload = sent.ok_or_else(none)??;
        let draft = site.office.change_supplement_draft(dossier, |draft| {
            draft.answers.insert(format!("{field}.mode"), "file".to_owned());
            draft.files.push((field, upload.id));
        });
        draft.map(|_| upload)
    };
    match taken.await {
        Ok(upload) => HttpResponse::Ok().json(ready(dossier, &upload).told(None)),
        Err(Failure::Refused(refusal)) => {
            refuse(StatusCode::UNPROCESSABLE_ENTITY, refusal.say(lang))
        }
        Err(Failure::Fault(fault)) => {
            tracing::error!(fault = %fault, "a file could not be kept");
            let text = outage_text(Outage::of(&fault), filing_words::NOT_A_FILE);
            refuse(status_of(&Failure::Fault(fault)), text.say(lang))
        }
    }
}

/// `GET /tra-cuu/{dossier}/bo-sung/tep/{file}`: a file that is prepared.
pub(super) async fn view(
    site: web::Data<Site>,
    visitor: Visitor,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let (code, file) = path.into_inner();
    let opened = match require(&site, &visitor, &code) {
        Ok(opened) => opened,
        Err(answer) => return *answer,
    };
    let result = async {
        let draft = site.office.supplement_draft(&opened.tracked.dossier)?;
        let wanted = draft.files.iter().find(|(_, id)| id.to_string() == file);
        let upload = match wanted {
            Some((_, id)) => site.office.upload(*id, &Office::SUPPLEMENTER)?,
            None => None,
        };
        let Some(upload) = upload else { return Ok(missing(&site, &visitor, "")) };
        outgoing::file(&site.office, &upload, Ask::Show).await
    };
    settle(&site, &visitor, result.await)
}
