//! Files of a dossier: added at the desk, opened by whoever may see them.

use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::Serialize;
use utoipa::ToSchema;

use super::asking::Asking;
use super::body::wrong_value;
use super::dossiers::code_of;
use super::problem::Outcome;
use super::receiving::{Received, discard, receive};
use crate::domain::ids::AttachmentId;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::office::Caller;
use crate::office::tracking::Proof;
use crate::web::Site;
use crate::web::outgoing::{self, Ask};
use crate::web::words::api as words;

/// A form that adds a file to a dossier.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form; the file itself is streamed")]
pub struct AttachmentForm {
    /// The component's id or name; none for a file of the whole dossier.
    component: Option<String>,
    /// The version that the sender saw.
    version: u64,
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
    let received = receive(&site, caller, &request, payload, &["component", "version"]).await?;
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
    let upload = received.upload;
    let (attachment, version) =
        site.office.attach_upload(caller, &code, version, Some(component), upload, once).await?;
    Ok(HttpResponse::Created().json(AttachmentAnswer {
        id: attachment.id.to_string(),
        size: attachment.size,
        media_type: attachment.media_type,
        version,
    }))
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
