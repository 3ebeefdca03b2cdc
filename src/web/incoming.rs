//! Bodies of forms as they come in: fields with a bound, files checked and encrypted while they
//! stream, never whole in memory.

use std::sync::Arc;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, web};
use futures_util::TryStreamExt;

use super::Site;
use super::visitor::Visitor;
use super::words::visitor as words;
use crate::domain::ids::AttachmentId;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::office::uploads::Upload;
use crate::office::{Caller, Failure, Office};

/// Most bytes of all fields of a form, files not counted.
const MAX_FIELDS: usize = 1 << 20;
/// Most files of one form.
const MAX_FILES: usize = 200;
/// Bytes that are gathered before a thread that may block takes them.
const CHUNK: usize = 256 * 1024;

/// A file that is too large is measured up to so many times the limit.
const MEASURED: u64 = 20;

/// A form as it came in.
#[derive(Debug, Default)]
pub struct Incoming {
    /// Its fields, in order.
    pub fields: Vec<(String, String)>,
    /// Its files.
    pub files: Vec<Arrived>,
}

/// A file of a form.
#[derive(Debug)]
pub struct Arrived {
    /// The field that it came under.
    pub field: String,
    /// The file, or why it was not taken.
    pub outcome: Result<Upload, Failure>,
}

/// What is known of a file before its bytes come.
#[derive(Debug, Default)]
pub struct Announced {
    /// The sender's name of it.
    pub name: String,
    /// The media type that it claims.
    pub declared: Option<String>,
    /// A length in bytes that it surely has.
    pub at_least: Option<u64>,
}

impl Announced {
    /// What a part of a form says of its file; none when it is a plain field.
    pub fn of(part: &Field) -> Option<Self> {
        let name = part.content_disposition()?.get_filename()?.to_owned();
        let declared = part.content_type().map(|kind| kind.essence_str().to_owned());
        Some(Self { name, declared, at_least: None })
    }
}

/// A file that did not come whole.
#[derive(Debug)]
pub enum Interrupted {
    /// The body broke off or is malformed.
    Cut(MultipartError),
    /// The file is refused, or the disk fails.
    Failed(Failure),
}

impl From<Failure> for Interrupted {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// Reads a form. `admit` is asked before each file, with the fields that came before it: for whom it
/// is kept, or nobody when it is to be left.
///
/// # Errors
/// The form is too long or broken off, or `admit` refuses it.
pub async fn read_form(
    office: &Arc<Office>,
    request: &HttpRequest,
    payload: web::Payload,
    admit: impl Fn(&[(String, String)]) -> Result<Option<Caller>, Failure>,
) -> Result<Incoming, Failure> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if !kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
        let body = payload.to_bytes_limited(MAX_FIELDS).await;
        let body = body.map_err(|_| too_long())?.map_err(|_| unreadable())?;
        let text = std::str::from_utf8(&body).map_err(|_| unreadable())?;
        let fields = web::Query::<Vec<(String, String)>>::from_query(text);
        let fields = fields.map_err(|_| unreadable())?.into_inner();
        let fields = fields.into_iter().map(|(name, value)| (name, shown(value))).collect();
        return Ok(Incoming { fields, files: Vec::new() });
    }
    let mut parts = Multipart::new(request.headers(), payload);
    let (mut form, mut length) = (Incoming::default(), 0);
    while let Some(mut part) = parts.try_next().await.map_err(|_| unreadable())? {
        let field = part.name().unwrap_or_default().to_owned();
        match Announced::of(&part) {
            None => {
                let value = text(&mut part, &mut length).await?;
                form.fields.push((field, shown(value)));
            }
            // A file field that was left empty.
            Some(file) if file.name.is_empty() => {}
            Some(_) if form.files.len() >= MAX_FILES => return Err(too_long()),
            Some(file) => {
                let Some(owner) = admit(&form.fields)? else { continue };
                let outcome = match keep(office, &owner, file, &mut part).await {
                    Ok(upload) => Ok(upload),
                    Err(Interrupted::Failed(failure)) => Err(failure),
                    Err(Interrupted::Cut(_)) => return Err(unreadable()),
                };
                form.files.push(Arrived { field, outcome });
            }
        }
    }
    Ok(form)
}

/// A text without what nobody sees: control characters, and marks that turn the direction of the
/// letters after them, so that a line reads otherwise than it is.
fn shown(text: String) -> String {
    if text.chars().any(is_hidden) {
        text.chars().filter(|c| !is_hidden(*c)).collect()
    } else {
        text
    }
}

/// Whether a character shows nothing and changes how others are read.
pub fn is_hidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The one file of a form that a script sent: it came along, or ahead in pieces under the id that the
/// field `upload` names, and is then given to `owner`.
pub fn one_file(
    site: &Site,
    visitor: &Visitor,
    owner: &Caller,
    form: Incoming,
) -> Option<Result<Upload, Failure>> {
    let Incoming { fields, mut files } = form;
    if let Some(file) = files.pop() {
        return Some(file.outcome);
    }
    let value = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, text)| text);
    let id: AttachmentId = value("upload")?.parse().ok()?;
    if let Err(refusal) = visitor.check_csrf(site, value("_csrf").map_or("", String::as_str)) {
        return Some(Err(refusal.into()));
    }
    // The pieces were sent as whoever the session signs in first; a desk account may have a contact too.
    let contact = visitor.session.as_ref().and_then(|session| session.contact.clone());
    let senders = [Some(visitor.caller.clone()), contact.map(Caller::Citizen)];
    for sender in senders.iter().flatten() {
        match site.office.hand_upload(id, sender, owner) {
            Ok(None) => {}
            found => return found.transpose(),
        }
    }
    None
}

async fn text(part: &mut Field, length: &mut usize) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.try_next().await.map_err(|_| unreadable())? {
        *length += chunk.len();
        if *length > MAX_FIELDS {
            return Err(too_long());
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| unreadable())
}

/// Keeps one file for its owner, while it comes in.
///
/// # Errors
/// It breaks off, is refused, or the disk fails; then nothing of it is kept.
pub async fn keep(
    office: &Arc<Office>,
    owner: &Caller,
    file: Announced,
    part: &mut Field,
) -> Result<Upload, Interrupted> {
    let (begun, name) = (office.clone(), file.name.clone());
    let begin = move || {
        let Announced { name, declared, at_least } = file;
        begun.begin_upload(&name, declared.as_deref(), at_least)
    };
    let mut writer = off_thread(begin).await?;
    let (mut gathered, mut size) = (Vec::new(), 0_u64);
    while let Some(chunk) = part.try_next().await.map_err(Interrupted::Cut)? {
        gathered.extend_from_slice(&chunk);
        size += chunk.len() as u64;
        if size > office.max_upload() {
            return Err(measured(office, &name, size, part).await);
        }
        if gathered.len() >= CHUNK {
            let full = std::mem::take(&mut gathered);
            let push = move || {
                writer.push(&full)?;
                Ok(writer)
            };
            writer = off_thread(push).await?;
        }
    }
    let (office, owner) = (office.clone(), owner.clone());
    let end = move || {
        writer.push(&gathered)?;
        office.keep_upload(writer, &owner)
    };
    Ok(off_thread(end).await?)
}

/// The refusal of a file of which so much has come. The rest is let through without being kept, so
/// that the refusal tells the file's own size, and the browser reads it.
async fn measured(office: &Office, name: &str, mut size: u64, part: &mut Field) -> Interrupted {
    let most = office.max_upload().saturating_mul(MEASURED);
    loop {
        match part.try_next().await {
            Ok(Some(chunk)) if size <= most => size += chunk.len() as u64,
            Ok(_) => return Failure::from(office.too_large(name, size)).into(),
            Err(error) => return Interrupted::Cut(error),
        }
    }
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

fn unreadable() -> Failure {
    Refusal::new(RefusalKind::Invalid, words::FORM_UNREADABLE).into()
}

fn too_long() -> Failure {
    let max = (MAX_FIELDS >> 20).to_string();
    Refusal::new(RefusalKind::TooLarge, words::FORM_TOO_LONG.text(&[("max", &max)])).into()
}
