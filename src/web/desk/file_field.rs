//! The field of a desk form that takes files, with the files that have come.

use maud::Markup;

use super::access::Desk;
use super::posted::Posted;
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
    let view = |id| format!("/mot-cua/tai-len/{id}");
    let uploads = posted.uploads(desk, name);
    let files: Vec<UploadedFile> =
        uploads.iter().map(|file| UploadedFile::of(file, view(file.id))).collect();
    let error = error_for(errors, name, lang);
    let field = Field { name, label, hint, error, optional: true, ..Field::default() };
    let most = desk.office().max_upload();
    upload(lang, &Upload { field, most, files: &files, url: "/mot-cua/tai-len" })
}
