//! What a desk form sent: its fields in order, and its files, which are kept as uploads at once.

use actix_multipart::Multipart;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::StreamExt;
use futures_util::stream::Fuse;

use super::access::Desk;
use crate::domain::ids::AttachmentId;
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::office::repeat::Once;
use crate::office::uploads::Upload;
use crate::office::{Caller, Failure, Office};
use crate::web::words::desk as words;

/// Largest body without files, and largest single field, in bytes.
const MAX_FIELDS: usize = 1 << 20;
/// Bytes handed to the disk at once.
const CHUNK: usize = 256 * 1024;
/// Most files of one form.
const MAX_FILES: usize = 200;

/// A form as it was sent.
#[derive(Debug, Default)]
pub struct Posted {
    fields: Vec<(String, String)>,
    files: Vec<(String, Upload)>,
    /// Files that were refused, at their fields.
    pub refused: Vec<FieldError>,
}

impl Posted {
    /// The first value of a field, trimmed; empty when it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    }

    /// The value of a field, when it was sent and is not empty.
    pub fn some(&self, name: &str) -> Option<String> {
        Some(self.get(name)).filter(|value| !value.is_empty()).map(str::to_owned)
    }

    /// Every value of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.trim())
    }

    /// Whether a field was sent, such as a ticked box or the pressed button.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(field, _)| field == name)
    }

    /// Every field that a confirm page must carry on: none of the form's own machinery.
    pub fn carried(&self) -> impl Iterator<Item = (&str, &str)> {
        let own = self.fields.iter().filter(|(name, _)| !name.starts_with('_'));
        own.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Sets a field, in place of what was sent.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.fields.retain(|(field, _)| field != name);
        self.fields.push((name.to_owned(), value.into()));
    }

    /// The files of an upload field: those that were there already, and those that came now.
    pub fn uploads(&self, desk: &Desk, name: &str) -> Vec<Upload> {
        let kept = format!("{name}.kept");
        let dropped = self.get("_remove");
        let known = self
            .all(&kept)
            .filter(|id| *id != dropped)
            .filter_map(|id| id.parse::<AttachmentId>().ok())
            .filter_map(|id| desk.office().upload(id, desk.caller()).ok().flatten());
        let fresh = self.files.iter().filter(|(field, _)| field == name);
        known.chain(fresh.map(|(_, upload)| upload.clone())).collect()
    }

    /// The names of fields that hold files.
    pub fn file_fields(&self) -> Vec<String> {
        let kept = self.fields.iter().filter_map(|(name, _)| name.strip_suffix(".kept"));
        let mut names: Vec<String> = kept.map(str::to_owned).collect();
        names.extend(self.files.iter().map(|(name, _)| name.clone()));
        names.sort();
        names.dedup();
        names
    }

    /// Whether the form was only sent to add or to drop something, not to be acted upon.
    pub fn is_interim(&self) -> bool {
        ["_upload", "_remove", "_add", "_drop", "_reload"].iter().any(|name| self.has(name))
    }

    /// What makes this form done once, however often it is sent; none without a key.
    pub fn once(&self, caller: &Caller, route: &str) -> Option<Once> {
        let key = self.get("_key");
        let mut body = Vec::new();
        for (name, value) in self.carried() {
            body.extend_from_slice(name.as_bytes());
            body.push(0);
            body.extend_from_slice(value.as_bytes());
            body.push(0);
        }
        for (name, upload) in &self.files {
            body.extend_from_slice(name.as_bytes());
            body.extend_from_slice(&upload.sha256);
        }
        (!key.is_empty()).then(|| Once::new(&caller.scope(), route, key, &body))
    }

    fn sent(fields: Vec<(String, String)>) -> Self {
        Self { fields, ..Self::default() }
    }
}

/// The fields of a page's address.
pub fn asked(request: &HttpRequest) -> Posted {
    let pairs = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
    Posted::sent(pairs.map(web::Query::into_inner).unwrap_or_default())
}

/// Reads a form and checks its token, before any file is kept.
///
/// # Errors
/// The page to answer with: the token is wrong, or the body cannot be read.
pub async fn posted(
    desk: &Desk,
    request: &HttpRequest,
    payload: web::Payload,
) -> Result<Posted, HttpResponse> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let is_multipart = kind.is_some_and(|kind| kind.starts_with("multipart/form-data"));
    let read = if is_multipart {
        let multipart = Multipart::new(request.headers(), payload);
        read_parts(desk, multipart).await
    } else {
        read_plain(desk, payload).await
    };
    read.map_err(|failure| desk.failed(&failure))
}

fn unreadable() -> Failure {
    Refusal::new(RefusalKind::Invalid, words::FORM_UNREADABLE).into()
}

async fn read_plain(desk: &Desk, mut payload: web::Payload) -> Result<Posted, Failure> {
    let mut body = Vec::new();
    while let Some(chunk) = payload.next().await {
        body.extend_from_slice(&chunk.map_err(|_| unreadable())?);
        if body.len() > MAX_FIELDS {
            return Err(unreadable());
        }
    }
    let text = String::from_utf8(body).map_err(|_| unreadable())?;
    let pairs = web::Query::<Vec<(String, String)>>::from_query(&text);
    let posted = Posted::sent(pairs.map_err(|_| unreadable())?.into_inner());
    desk.visitor.check_csrf(&desk.site, posted.get("_csrf"))?;
    Ok(posted)
}

async fn read_parts(desk: &Desk, mut multipart: Multipart) -> Result<Posted, Failure> {
    let mut posted = Posted::default();
    let mut size = 0;
    let mut checked = false;
    while let Some(part) = multipart.next().await {
        let mut part = part.map_err(|_| unreadable())?;
        let name = part.name().unwrap_or_default().to_owned();
        let disposition = part.content_disposition();
        let file = disposition.and_then(|d| d.get_filename()).map(str::to_owned);
        if let Some(file) = file {
            // The token stands first in every form: no stranger's file reaches the disk.
            if !checked {
                desk.visitor.check_csrf(&desk.site, posted.get("_csrf"))?;
                checked = true;
            }
            if posted.files.len() >= MAX_FILES {
                return Err(unreadable());
            }
            take_file(desk, &mut posted, name, &file, &mut part).await?;
            continue;
        }
        let mut value = Vec::new();
        while let Some(chunk) = part.next().await {
            let chunk = chunk.map_err(|_| unreadable())?;
            size += chunk.len();
            if size > MAX_FIELDS {
                return Err(unreadable());
            }
            value.extend_from_slice(&chunk);
        }
        let value = String::from_utf8(value).map_err(|_| unreadable())?;
        posted.fields.push((name, value));
    }
    if !checked {
        desk.visitor.check_csrf(&desk.site, posted.get("_csrf"))?;
    }
    Ok(posted)
}

/// Keeps one file; a refusal of it stands at its field, the rest of the form goes on.
async fn take_file(
    desk: &Desk,
    posted: &mut Posted,
    field: String,
    name: &str,
    part: &mut actix_multipart::Field,
) -> Result<(), Failure> {
    let kind = part.content_type().map(ToString::to_string);
    let mut chunks = part.fuse();
    let first = match chunks.next().await {
        Some(chunk) => chunk.map_err(|_| unreadable())?,
        None => web::Bytes::new(),
    };
    // A file input that was left empty.
    if first.is_empty() && name.is_empty() {
        return Ok(());
    }
    match keep(desk, name, kind, first, &mut chunks).await {
        Ok(upload) => posted.files.push((field, upload)),
        Err(Failure::Refused(refusal)) => {
            posted.refused.push(FieldError { field, text: refusal.text });
            while let Some(chunk) = chunks.next().await {
                chunk.map_err(|_| unreadable())?;
            }
        }
        Err(fault) => return Err(fault),
    }
    Ok(())
}

async fn keep(
    desk: &Desk,
    name: &str,
    kind: Option<String>,
    first: web::Bytes,
    chunks: &mut Fuse<&mut actix_multipart::Field>,
) -> Result<Upload, Failure> {
    let (site, file) = (desk.site.clone(), name.to_owned());
    let mut writer =
        off_thread(move || site.office.begin_upload(&file, kind.as_deref(), None)).await?;
    let mut waiting = first.to_vec();
    loop {
        let chunk = chunks.next().await.transpose().map_err(|_| unreadable())?;
        let ended = chunk.is_none();
        waiting.extend_from_slice(&chunk.unwrap_or_default());
        if waiting.len() >= CHUNK || (ended && !waiting.is_empty()) {
            let bytes = std::mem::take(&mut waiting);
            writer = off_thread(move || {
                writer.push(&bytes).map_err(Failure::from)?;
                Ok(writer)
            })
            .await?;
        }
        if ended {
            break;
        }
    }
    let (site, caller) = (desk.site.clone(), desk.caller().clone());
    off_thread(move || site.office.keep_upload(writer, &caller)).await
}

/// Runs what waits for the disk or the processor where it holds up nobody else.
///
/// # Errors
/// What the work fails with, or that the pool is gone.
pub async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    match web::block(work).await {
        Ok(done) => done,
        Err(_) => Err(Refusal::new(RefusalKind::TooMany, words::BUSY).into()),
    }
}

/// As [`off_thread`], with the use cases.
///
/// # Errors
/// As there.
pub async fn with_office<T: Send + 'static>(
    desk: &Desk,
    work: impl FnOnce(&Office, &Caller) -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let (site, caller) = (desk.site.clone(), desk.caller().clone());
    off_thread(move || work(&site.office, &caller)).await
}

#[cfg(test)]
mod tests {
    use super::Posted;
    use crate::office::Caller;

    fn form(fields: &[(&str, &str)]) -> Posted {
        Posted::sent(fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn the_same_form_is_the_same_request_and_another_is_not() {
        let once = |fields: &[(&str, &str)]| form(fields).once(&Caller::Anybody, "x");
        let first = once(&[("_key", "k"), ("_csrf", "1"), ("reason", "a")]);
        assert_eq!(first, once(&[("_key", "k"), ("_csrf", "2"), ("reason", "a"), ("_sure", "1")]));
        assert_ne!(first, once(&[("_key", "k"), ("reason", "b")]));
        assert_eq!(once(&[("reason", "a")]), None);
    }

    #[test]
    fn values_are_trimmed_and_machinery_is_not_carried() {
        let form = form(&[("_key", "k"), ("a", " x "), ("a", "y"), ("_add", "a")]);
        assert_eq!((form.get("a"), form.get("b")), ("x", ""));
        assert_eq!(form.all("a").collect::<Vec<_>>(), ["x", "y"]);
        assert_eq!(form.carried().count(), 2);
        assert!(form.is_interim());
    }
}
