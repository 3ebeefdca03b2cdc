//! Forms of the portal: fields, and files for who may hand them in.

use actix_web::{HttpRequest, web};

use crate::office::drafts::Answers;
use crate::office::uploads::Upload;
use crate::office::{Caller, Failure};
use crate::web::Site;
use crate::web::incoming::{Arrived, Incoming, one_file, read_form};
use crate::web::visitor::Visitor;

/// A form as it came in.
#[derive(Debug, Default)]
pub(super) struct Posted {
    /// Its fields, in order.
    pub fields: Vec<(String, String)>,
    /// Its files.
    pub files: Vec<Arrived>,
}

impl Posted {
    /// The last value of a field, or the empty text.
    pub(super) fn value(&self, name: &str) -> &str {
        value(&self.fields, name)
    }

    /// The one file of a form that a script sent, for its owner.
    pub(super) fn one_file(
        self,
        site: &Site,
        visitor: &Visitor,
        owner: &Caller,
    ) -> Option<Result<Upload, Failure>> {
        let Self { fields, files } = self;
        one_file(site, visitor, owner, Incoming { fields, files })
    }

    /// Whether a field or button was sent.
    pub(super) fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(key, _)| key == name)
    }

    /// Every field with its value.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The fields that a person filled in.
    pub(super) fn answers(&self) -> Answers {
        let typed = self.fields.iter().filter(|(key, _)| !key.starts_with('_'));
        typed.map(|(key, value)| (key.clone(), value.clone())).collect()
    }
}

fn value<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    fields.iter().rev().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
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
    let form = read_form(&site.office, request, payload, |fields| {
        // What nobody in particular sends needs no token: it speaks for nobody.
        let fits = owner == Some(&Caller::Anybody)
            || visitor.check_csrf(site, value(fields, "_csrf")).is_ok();
        Ok(owner.filter(|_| fits).cloned())
    });
    let Incoming { fields, files } = form.await?;
    Ok(Posted { fields, files })
}
