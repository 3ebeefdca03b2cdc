//! The field of a desk form that takes files, with the files that have come.

use maud::Markup;

use super::access::Desk;
use super::posted::Posted;
use super::say;
use crate::domain::refusal::FieldError;
use crate::web::components::{Field, Upload, UploadedFile, error_for, upload};

/// An upload field with the files that have come.
pub fn upload_field(
    desk: &Desk,
    posted: &Posted,
    errors: &[FieldError],
    name: &str,
    label: &str,
    hint: &str,
) -> Markup {
    let lang = desk.lang();
    let uploads = posted.uploads(desk, name);
    let shown: Vec<(String, String, String)> = uploads
        .iter()
        .map(|file| {
            let id = file.id.to_string();
            let view = format!("/mot-cua/tai-len/{id}");
            (id, say::size(file.size), view)
        })
        .collect();
    let files: Vec<UploadedFile<'_>> = uploads
        .iter()
        .zip(&shown)
        .map(|(file, (id, size, view))| UploadedFile {
            id,
            name: &file.name,
            size,
            pages: file.pages,
            view,
        })
        .collect();
    let max_mb = u32::try_from(desk.office().max_upload() >> 20).unwrap_or(20);
    let error = error_for(errors, name, lang);
    let field = Field { name, label, hint, error, optional: true, ..Field::default() };
    upload(lang, &Upload { field, max_mb, files: &files, url: "/mot-cua/tai-len" })
}
