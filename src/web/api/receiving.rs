//! Files as they come in: streamed from the network into an encrypted blob on a thread for blocking
//! work, a few chunks at a time, and refused as soon as something is wrong.

use std::collections::BTreeMap;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::http::header;
use actix_web::{HttpRequest, web};
use futures_util::StreamExt;
use tokio::sync::mpsc;

use super::body::wrong_value;
use super::problem::ApiFailure;
use crate::domain::refusal::Refusal;
use crate::office::uploads::Upload;
use crate::office::{Caller, Failure};
use crate::web::Site;
use crate::web::words::api as words;

/// Chunks that may wait for the disk.
const WAITING: usize = 4;
/// Most parts of a form.
const MAX_PARTS: usize = 10;
/// Longest text of a part, in bytes.
const MAX_TEXT: usize = 1_000;
/// What a form may add to its file, in bytes.
const FRAME: u64 = 64 * 1024;

/// A form with one file.
#[derive(Debug)]
pub struct Received {
    /// The other parts.
    pub texts: BTreeMap<String, String>,
    /// The file, kept for its sender.
    pub upload: Upload,
}

enum Chunk {
    Bytes(web::Bytes),
    End,
}

/// Receives a form with the part `file` and texts of these names. When anything is refused, nothing
/// is kept.
///
/// # Errors
/// The form is malformed, or its file too large or not what it claims.
pub async fn receive(
    site: &Site,
    caller: &Caller,
    request: &HttpRequest,
    payload: web::Payload,
    known: &[&str],
) -> Result<Received, ApiFailure> {
    let mut upload = None;
    let outcome = read_parts(site, caller, request, payload, known, &mut upload).await;
    match (outcome, upload) {
        (Ok(texts), Some(upload)) => Ok(Received { texts, upload }),
        (Ok(_), None) => Err(Refusal::field("file", words::FILE_MISSING).into()),
        (Err(failure), upload) => {
            if let Some(upload) = upload {
                discard(site, caller, &upload).await?;
            }
            Err(failure)
        }
    }
}

/// Removes a file of which nothing came.
///
/// # Errors
/// The disk fails.
pub async fn discard(site: &Site, caller: &Caller, upload: &Upload) -> Result<(), ApiFailure> {
    let (office, caller, id) = (site.office.clone(), caller.clone(), upload.id);
    Ok(blocking(move || office.discard_upload(id, &caller)).await?)
}

async fn read_parts(
    site: &Site,
    caller: &Caller,
    request: &HttpRequest,
    payload: web::Payload,
    known: &[&str],
    upload: &mut Option<Upload>,
) -> Result<BTreeMap<String, String>, ApiFailure> {
    let mut texts = BTreeMap::new();
    let mut form = Multipart::new(request.headers(), payload);
    while let Some(part) = form.next().await {
        let mut part = part.map_err(|error| broken(&error))?;
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" && upload.is_some() {
            return Err(Refusal::field("file", words::ONE_FILE).into());
        } else if name == "file" {
            *upload = Some(keep(site, caller, request, part).await?);
        } else if !known.contains(&name.as_str()) || texts.len() == MAX_PARTS {
            let known = [&["file"], known].concat().join(", ");
            let text = words::UNKNOWN_FIELD.text(&[("known", &known)]);
            return Err(Refusal::field(name, text).into());
        } else {
            let bytes = part.bytes(MAX_TEXT).await.map_err(|_| {
                let text = words::PART_TOO_LONG.text(&[("max", &MAX_TEXT.to_string())]);
                Refusal::field(name.clone(), text)
            })?;
            let bytes = bytes.map_err(|error| broken(&error))?;
            let text = String::from_utf8(bytes.to_vec())
                .map_err(|_| Refusal::field(name.clone(), wrong_value(words::A_TEXT)))?;
            texts.insert(name, text);
        }
    }
    Ok(texts)
}

async fn keep(
    site: &Site,
    caller: &Caller,
    request: &HttpRequest,
    mut part: Field,
) -> Result<Upload, ApiFailure> {
    let (send, mut chunks) = mpsc::channel(WAITING);
    let name = part.content_disposition().and_then(|d| d.get_filename()).unwrap_or("").to_owned();
    let declared = part.content_type().map(ToString::to_string);
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length: Option<u64> = length.and_then(|value| value.to_str().ok()?.parse().ok());
    let at_least = length.map(|length| length.saturating_sub(FRAME));
    let (office, caller) = (site.office.clone(), caller.clone());
    let writing = tokio::task::spawn_blocking(move || {
        let mut writer = office.begin_upload(&name, declared.as_deref(), at_least)?;
        loop {
            match chunks.blocking_recv() {
                Some(Chunk::Bytes(bytes)) => writer.push(&bytes)?,
                Some(Chunk::End) => return office.keep_upload(writer, &caller).map(Some),
                // The sender went away: what came is no file.
                None => return Ok(None),
            }
        }
    });
    let mut cut = None;
    while let Some(chunk) = part.next().await {
        match chunk {
            Ok(bytes) => {
                // The writer stops reading when it refuses the file.
                if send.send(Chunk::Bytes(bytes)).await.is_err() {
                    break;
                }
            }
            Err(error) => {
                cut = Some(broken(&error));
                break;
            }
        }
    }
    if cut.is_none() {
        // Refused above is told below.
        let _ = send.send(Chunk::End).await;
    }
    drop(send);
    let kept: Result<Option<Upload>, Failure> =
        writing.await.unwrap_or_else(|_| Err(interrupted().into()));
    match (kept?, cut) {
        (Some(upload), None) => Ok(upload),
        (_, Some(cut)) => Err(cut),
        (None, None) => Err(ApiFailure::malformed(words::BODY_CUT)),
    }
}

fn interrupted() -> Refusal {
    Refusal::field("file", words::BODY_CUT)
}

fn broken(error: &MultipartError) -> ApiFailure {
    match error {
        MultipartError::Payload(_) | MultipartError::Incomplete => {
            ApiFailure::malformed(words::BODY_CUT)
        }
        MultipartError::ContentTypeMissing
        | MultipartError::ContentTypeParse
        | MultipartError::ContentTypeIncompatible => {
            ApiFailure::media_type(words::MULTIPART_EXPECTED)
        }
        _ => ApiFailure::malformed(words::MULTIPART_EXPECTED),
    }
}

/// Runs work that waits for the disk.
///
/// # Errors
/// Those of the work.
pub async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(interrupted().into()))
}
