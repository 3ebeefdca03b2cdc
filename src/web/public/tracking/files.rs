//! Files that an applicant prepares for a dossier: kept with it until they are sent.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::Markup;
use serde_json::json;

use super::{Code, require};
use crate::domain::dossier::{Dossier, Status};
use crate::domain::ids::AttachmentId;
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::office::supplementing::SupplementDraft;
use crate::office::uploads::Upload;
use crate::office::{Failure, Office, Outage};
use crate::web::Site;
use crate::web::components::{Field, Upload as UploadBox, UploadedFile, upload};
use crate::web::incoming::Arrived;
use crate::web::outgoing::{self, Ask};
use crate::web::public::incoming::{self, Posted};
use crate::web::public::page::{missing, settle, size_words};
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
) -> Markup {
    let code = &dossier.code;
    let said: Vec<(String, String, String)> = files
        .iter()
        .map(|file| {
            let view = format!("/tra-cuu/{code}/bo-sung/tep/{}", file.id);
            (file.id.to_string(), size_words(file.size), view)
        })
        .collect();
    let shown: Vec<UploadedFile<'_>> = files
        .iter()
        .zip(&said)
        .map(|(file, (id, size, view))| UploadedFile {
            id,
            name: &file.name,
            size,
            pages: file.pages,
            view,
        })
        .collect();
    let max_mb = u32::try_from(site.office.max_upload() / (1024 * 1024));
    let url = format!("/tra-cuu/{code}/tai-len");
    let max_mb = max_mb.unwrap_or(u32::MAX);
    upload(visitor.lang, &UploadBox { field, max_mb, files: &shown, url: &url })
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
        Ok(upload) => HttpResponse::Ok().json(json!({
            "id": upload.id.to_string(),
            "name": upload.name,
            "size": size_words(upload.size),
            "pages": upload.pages,
            "view": format!("/tra-cuu/{}/bo-sung/tep/{}", dossier.code, upload.id),
        })),
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
