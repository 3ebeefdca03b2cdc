//! What a desk form sent: its fields in order, and its files, which are kept as uploads at once.

use actix_web::{HttpRequest, HttpResponse, web};

use super::access::Desk;
use crate::domain::ids::AttachmentId;
use crate::domain::refusal::FieldError;
use crate::office::repeat::Once;
use crate::office::uploads::Upload;
use crate::office::{Caller, Failure, Office};
use crate::web::incoming::{Arrived, off_thread, read_form};

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
        self.unset(name);
        self.fields.push((name.to_owned(), value.into()));
    }

    /// Takes a field away.
    pub fn unset(&mut self, name: &str) {
        self.fields.retain(|(field, _)| field != name);
    }

    /// Adds a value to a field that may have several.
    pub fn add(&mut self, name: &str, value: impl Into<String>) {
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
        ["_upload", "_remove", "_add", "_drop", "_update", "_reload"]
            .iter()
            .any(|name| self.has(name))
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
    read(desk, request, payload).await.map_err(|failure| desk.failed(&failure))
}

async fn read(
    desk: &Desk,
    request: &HttpRequest,
    payload: web::Payload,
) -> Result<Posted, Failure> {
    // The token stands first in every form: no stranger's file reaches the disk.
    let check = |fields: &[(String, String)]| {
        let token = fields.iter().find(|(field, _)| field == "_csrf");
        let token = token.map_or("", |(_, value)| value.trim());
        desk.visitor.check_csrf(&desk.site, token)
    };
    let form = read_form(&desk.site.office, request, payload, |fields| {
        check(fields)?;
        Ok(Some(desk.caller().clone()))
    });
    let form = form.await?;
    check(&form.fields)?;
    let mut posted = Posted::sent(form.fields);
    for Arrived { field, outcome } in form.files {
        match outcome {
            Ok(upload) => posted.files.push((field, upload)),
            Err(Failure::Refused(refusal)) => {
                posted.refused.push(FieldError { field, text: refusal.text });
            }
            Err(fault) => return Err(fault),
        }
    }
    Ok(posted)
}

/// Runs what waits, with the use cases and who is at the desk, where it holds up nobody else.
///
/// # Errors
/// What the work fails with.
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
