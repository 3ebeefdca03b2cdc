//! Files that wait for a dossier.

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asking::Asking;
use super::problem::{ApiFailure, Outcome};
use super::receiving::{discard, receive};
use crate::web::Site;
use crate::web::limits::Asked;

/// A form with one file.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form; the file itself is streamed")]
pub struct FileForm {
    /// PDF, image or office document; what it holds is checked, not what it is called.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// A file that was kept.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct UploadAnswer {
    /// Its id, for `components[].uploads` and the like.
    #[schema(example = "0f8fad5bd9cb469fa16570867728950e")]
    pub id: String,
    /// Bytes.
    pub size: u64,
    /// What its content is.
    #[schema(example = "application/pdf")]
    pub media_type: String,
    /// Its name, cleaned.
    pub name: String,
}

/// Keeps a file for 24 hours, until a dossier uses it
///
/// The same caller names it later: by the same token or proof. A file sent without either belongs to
/// whoever knows its id, and may be named by anybody.
#[utoipa::path(
    tag = "dossiers",
    security((), ("token" = []), ("proof" = [])),
    request_body(content = FileForm, content_type = "multipart/form-data"),
    responses((status = 201, description = "The file was kept", body = UploadAnswer)),
)]
#[post("/uploads")]
pub async fn keep_upload(
    request: HttpRequest,
    asking: Asking,
    site: Data<Site>,
    payload: Payload,
) -> Outcome {
    asking.limit(&site, Asked::Sending)?;
    let received = receive(&site, &asking.caller, &request, payload, &[]).await?;
    let upload = received.upload;
    let same = [upload.name.as_bytes(), b"\0", &upload.sha256].concat();
    let fresh = UploadAnswer {
        id: upload.id.to_string(),
        size: upload.size,
        media_type: upload.media_type.clone(),
        name: upload.name.clone(),
    };
    let once = asking.once("POST uploads", &same);
    let answer = site.office.once(once, async { Ok::<_, ApiFailure>(fresh) }).await;
    // The same file came before, or another under this key: this one is not needed.
    if answer.as_ref().map_or(true, |answer| answer.id != upload.id.to_string()) {
        discard(&site, &asking.caller, &upload).await?;
    }
    Ok(HttpResponse::Created().json(answer?))
}
