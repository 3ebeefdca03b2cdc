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
    let field = Field { name, label, hint, ..Field::default() };
    drawn(desk, posted, errors, (field, false))
}

/// One of many upload fields of a page; the words of the script stand at the first of them.
pub fn upload_among(
    desk: &Desk,
    posted: &Posted,
    errors: &[FieldError],
    (name, label): (&str, &str),
    is_first: bool,
) -> Markup {
    let field = Field { name, label, ..Field::default() };
    drawn(desk, posted, errors, (field, !is_first))
}

fn drawn(
    desk: &Desk,
    posted: &Posted,
    errors: &[FieldError],
    (field, is_quiet): (Field<'_>, bool),
) -> Markup {
    let lang = desk.lang();
    let view = |id| format!("/mot-cua/tai-len/{id}");
    let uploads = posted.uploads(desk, field.name);
    let files: Vec<UploadedFile> =
        uploads.iter().map(|file| UploadedFile::of(file, view(file.id))).collect();
    let error = error_for(errors, field.name, lang);
    let field = Field { error, optional: true, ..field };
    let most = desk.office().max_upload();
    upload(lang, &Upload { field, most, files: &files, url: "/mot-cua/tai-len", is_quiet })
}
