//! Files of a dossier: added at the desk, opened by whoever may see them.

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::Serialize;
use utoipa::ToSchema;

use super::asking::Asking;
use super::body::wrong_value;
use super::dossiers::code_of;
use super::problem::{ApiFailure, Outcome};
use super::receiving::{Received, discard, receive};
use crate::domain::dossier::Attachment;
use crate::domain::ids::{AttachmentId, DossierCode};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::office::Caller;
use crate::office::digitising::Scans;
use crate::office::repeat::Once;
use crate::office::tracking::Proof;
use crate::web::Site;
use crate::web::outgoing::{self, Ask};
use crate::web::words::api as words;

/// The parts of the form beside the file.
const KNOWN: [&str; 3] = ["component", "version", "compared"];

/// A form that adds a file to a dossier.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form; the file itself is streamed")]
pub struct AttachmentForm {
    /// The component's id or name; none for a file of the whole dossier.
    component: Option<String>,
    /// The version that the sender saw.
    version: u64,
    /// `true`: the officer compared the scan with the paper; that is kept with their name.
    compared: Option<bool>,
    /// The file.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// A file that became part of a dossier.
#[derive(Serialize, ToSchema)]
pub struct AttachmentAnswer {
    /// Its id.
    pub id: String,
    /// Bytes.
    pub size: u64,
    /// What its content is.
    pub media_type: String,
    /// The dossier's version with it.
    pub version: u64,
}

/// The bytes of a file.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "describes the answer; the file itself is streamed")]
pub struct FileContent(Vec<u8>);

/// Adds a file to a dossier
#[utoipa::path(
    tag = "dossiers",
    security(("token" = [])),
    params(("code" = String, Path, description = "The dossier's code")),
    request_body(content = AttachmentForm, content_type = "multipart/form-data"),
    responses((status = 201, description = "The file was added", body = AttachmentAnswer)),
)]
#[post("/dossiers/{code}/attachments")]
pub async fn add_attachment(
    request: HttpRequest,
    path: Path<String>,
    asking: Asking,
    site: Data<Site>,
    payload: Payload,
) -> Outcome {
    let caller = asking.signed_in()?;
    let code = code_of(&path);
    // Before a byte is taken in.
    site.office.dossier(caller, &code)?;
    let received = receive(&site, caller, &request, payload, &KNOWN).await?;
    let version = match version(&received) {
        Ok(version) => version,
        Err(refusal) => {
            discard(&site, caller, &received.upload).await?;
            return Err(refusal.into());
        }
    };
    let component = received.texts.get("component").map(String::as_str).unwrap_or_default();
    let route = format!("POST dossiers/{code}/attachments");
    let same = [&received.upload.sha256[..], &version.to_be_bytes(), component.as_bytes()].concat();
    let once = asking.once(&route, &same);
    let compared = received.texts.get("compared").is_some_and(|text| text.trim() == "true");
    let (attachment, version) = match compared {
        true => vouched(&site, caller, &code, version, component, &received, once).await?,
        false => {
            let upload = received.upload;
            site.office.attach_upload(caller, &code, version, Some(component), upload, once).await?
        }
    };
    Ok(HttpResponse::Created().json(AttachmentAnswer {
        id: attachment.id.to_string(),
        size: attachment.size,
        media_type: attachment.media_type,
        version,
    }))
}

/// Adds a scan that was compared with its paper; of a refused one nothing is kept.
async fn vouched(
    site: &Site,
    caller: &Caller,
    code: &DossierCode,
    version: u64,
    component: &str,
    received: &Received,
    once: Option<Once>,
) -> Result<(Attachment, u64), ApiFailure> {
    let id = received.upload.id;
    let scans =
        Scans { files: vec![(component.to_owned(), id)], compared: true, others: Vec::new() };
    let done = site.office.digitise(caller, code, version, scans, once).await;
    let kept = done.as_ref().is_ok_and(|dossier| dossier.attachment(id).is_some());
    if !kept {
        discard(site, caller, &received.upload).await?;
    }
    let dossier = done?;
    // A request that came again is told of the file that it brought the first time.
    let digest = received.upload.sha256;
    let same = dossier.attachments.iter().rev().find(|a| a.id == id || a.sha256 == digest);
    let none = || Refusal::new(RefusalKind::NotFound, words::NO_ATTACHMENT);
    Ok((same.cloned().ok_or_else(none)?, dossier.version))
}

fn version(received: &Received) -> Result<u64, Refusal> {
    let text = received.texts.get("version");
    let text = text.ok_or_else(|| Refusal::field("version", words::MISSING))?;
    let version = text.trim().parse().ok().filter(|version| *version > 0);
    version.ok_or_else(|| Refusal::field("version", wrong_value(words::A_POSITIVE_NUMBER)))
}

/// Opens a file of a dossier
///
/// For the desk, and for its applicant with a proof of the dossier's phone or email.
#[utoipa::path(
    tag = "dossiers",
    security(("token" = []), ("proof" = [])),
    params(
        ("code" = String, Path, description = "The dossier's code"),
        ("id" = String, Path, description = "The file's id"),
    ),
    responses((
        status = 200, description = "The file, to be saved, as what it is",
        content(
            (FileContent = "application/pdf"), (FileContent = "image/jpeg"),
            (FileContent = "image/png"), (FileContent = "image/heic"), (FileContent = "image/webp"),
        ),
    )),
)]
#[get("/dossiers/{code}/attachments/{id}")]
pub async fn open_attachment(
    path: Path<(String, String)>,
    asking: Asking,
    site: Data<Site>,
) -> Outcome {
    let caller = asking.signed_in()?;
    let (code, id) = (code_of(&path.0), id_of(&path.1)?);
    let attachment = match caller {
        Caller::Citizen(contact) => {
            let proof = Proof::Contact(contact.clone());
            site.office.tracked_attachment(&code, &proof, id)?
        }
        _ => site.office.attachment(caller, &code, id)?,
    };
    Ok(outgoing::file(&site.office, &attachment, Ask::Save).await?)
}

fn id_of(text: &str) -> Result<AttachmentId, Refusal> {
    let none = Refusal::new(RefusalKind::NotFound, words::NO_ATTACHMENT);
    text.parse().map_err(|_| none)
}
