//! Forms as they come in: fields with a bound, files checked and encrypted while they stream.

use std::sync::Arc;

use actix_multipart::{Field, Multipart};
use actix_web::http::header::{CONTENT_TYPE, HeaderMap};
use actix_web::{HttpRequest, web};
use futures_util::TryStreamExt;

use crate::domain::refusal::{Refusal, RefusalKind};
use crate::office::drafts::Answers;
use crate::office::uploads::Upload;
use crate::office::{Caller, Failure, Office};
use crate::web::Site;
use crate::web::visitor::Visitor;
use crate::web::words::public_filing as words;

/// Most bytes of all fields of a form, files not counted.
const MAX_FIELDS: usize = 256 * 1024;
/// Bytes that are gathered before a thread that may block takes them.
const CHUNK: usize = 256 * 1024;

/// A form as it came in.
#[derive(Debug, Default)]
pub(super) struct Posted {
    /// Its fields, in order.
    pub fields: Vec<(String, String)>,
    /// Its files.
    pub files: Vec<Arrived>,
}

/// A file of a form.
#[derive(Debug)]
pub(super) struct Arrived {
    /// The field that it came under.
    pub field: String,
    /// The file, or why it was not taken.
    pub outcome: Result<Upload, Failure>,
}

impl Posted {
    /// The last value of a field, or the empty text.
    pub(super) fn value(&self, name: &str) -> &str {
        let found = self.fields.iter().rev().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// Whether a field or button was sent.
    pub(super) fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(key, _)| key == name)
    }

    /// The fields that a person filled in.
    pub(super) fn answers(&self) -> Answers {
        let typed = self.fields.iter().filter(|(key, _)| !key.starts_with('_'));
        typed.map(|(key, value)| (key.clone(), value.clone())).collect()
    }
}

/// Reads a form. Files are taken for `owner` once the form's token was seen; without an owner they
/// are left.
///
/// # Errors
/// The form is too long, or broken off.
pub(super) async fn read(
    site: &Site,
    visitor: &Visitor,
    request: &HttpRequest,
    payload: web::Payload,
    owner: Option<&Caller>,
) -> Result<Posted, Failure> {
    if !is_multipart(request.headers()) {
        let body = payload.to_bytes_limited(MAX_FIELDS).await;
        let body = body.map_err(|_| too_long())?.map_err(|_| broken())?;
        let text = String::from_utf8_lossy(&body);
        let fields = web::Query::<Vec<(String, String)>>::from_query(&text);
        let fields = fields.map_err(|_| broken())?.into_inner();
        return Ok(Posted { fields, files: Vec::new() });
    }
    let mut parts = Multipart::new(request.headers(), payload);
    let (mut posted, mut length) = (Posted::default(), 0);
    while let Some(mut part) = parts.try_next().await.map_err(|_| broken())? {
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.content_disposition().and_then(|d| d.get_filename()).map(str::to_owned);
        match file {
            None => {
                let value = text(&mut part, &mut length).await?;
                posted.fields.push((name, value));
            }
            Some(file) if file.is_empty() => {}
            Some(file) => {
                // What nobody in particular sends needs no token: it speaks for nobody.
                let fits = owner == Some(&Caller::Anybody)
                    || visitor.check_csrf(site, posted.value("_csrf")).is_ok();
                if let Some(owner) = owner.filter(|_| fits) {
                    let outcome = receive(&site.office, owner, file, &mut part).await;
                    posted.files.push(Arrived { field: name, outcome });
                }
            }
        }
    }
    Ok(posted)
}

fn is_multipart(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("multipart/form-data"))
}

async fn text(part: &mut Field, length: &mut usize) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.try_next().await.map_err(|_| broken())? {
        *length += chunk.len();
        if *length > MAX_FIELDS {
            return Err(too_long());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

async fn receive(
    office: &Arc<Office>,
    owner: &Caller,
    name: String,
    part: &mut Field,
) -> Result<Upload, Failure> {
    let declared = part.content_type().map(|kind| kind.essence_str().to_owned());
    let begun = office.clone();
    let mut writer = block(move || begun.begin_upload(&name, declared.as_deref(), None)).await?;
    let mut gathered = Vec::new();
    while let Some(chunk) = part.try_next().await.map_err(|_| broken())? {
        gathered.extend_from_slice(&chunk);
        if gathered.len() >= CHUNK {
            let full = std::mem::take(&mut gathered);
            writer = block(move || {
                writer.push(&full)?;
                Ok(writer)
            })
            .await?;
        }
    }
    let (office, owner) = (office.clone(), owner.clone());
    block(move || {
        writer.push(&gathered)?;
        office.keep_upload(writer, &owner)
    })
    .await
}

/// Runs what may wait for the disk off the async threads.
///
/// # Errors
/// What the work answers.
pub(super) async fn block<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    web::block(work).await.map_err(|_| broken())?
}

fn broken() -> Failure {
    Refusal::new(RefusalKind::Invalid, words::NOT_A_FILE).into()
}

fn too_long() -> Failure {
    let kib = (MAX_FIELDS / 1024 * 1000).to_string();
    Refusal::new(RefusalKind::TooLarge, words::TOO_LONG.text(&[("max", &kib)])).into()
}
