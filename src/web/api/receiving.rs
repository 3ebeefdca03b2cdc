//! Forms with one file, refused as soon as something is wrong.

use std::collections::BTreeMap;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::http::header;
use actix_web::{HttpRequest, web};
use futures_util::StreamExt;

use super::body::wrong_value;
use super::problem::ApiFailure;
use crate::domain::refusal::{FieldError, Refusal};
use crate::office::uploads::Upload;
use crate::office::{Caller, Failure};
use crate::web::Site;
use crate::web::incoming::{self, Announced, Interrupted, off_thread};
use crate::web::words::api as words;

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
    Ok(off_thread(move || office.discard_upload(id, &caller)).await?)
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
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length: Option<u64> = length.and_then(|value| value.to_str().ok()?.parse().ok());
    let at_least = length.map(|length| length.saturating_sub(FRAME));
    let file = Announced { at_least, ..Announced::of(&part).unwrap_or_default() };
    incoming::keep(&site.office, caller, file, &mut part).await.map_err(|error| match error {
        Interrupted::Cut(error) => broken(&error),
        Interrupted::Failed(failure) => at_file(failure).into(),
    })
}

/// What is wrong with a file, said at its part.
pub fn at_file(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(mut refusal) if refusal.fields.is_empty() => {
            let (field, text) = ("file".to_owned(), refusal.text.clone());
            refusal.fields.push(FieldError { field, text });
            Failure::Refused(refusal)
        }
        other => other,
    }
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
