//! Files, and rows that repeat.

use maud::{Markup, html};
use serde_json::{Value, json};

use super::field::{Field, label_words, remarks, some};
use super::form::{Button, button, row_button};
use crate::domain::words::{Lang, Message};
use crate::office::uploads::Upload as Arrived;
use crate::web::words::components as words;

/// A file that has arrived.
#[derive(Clone, Debug, Default)]
pub struct UploadedFile {
    /// Its id, sent again under `{field}.kept`.
    pub id: String,
    /// Its name as given.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its pages, if known.
    pub pages: Option<u32>,
    /// Where it can be looked at; or empty.
    pub view: String,
}

impl UploadedFile {
    /// An upload, with where it can be looked at.
    pub fn of(upload: &Arrived, view: String) -> Self {
        let Arrived { id, name, size, pages, .. } = upload;
        Self { id: id.to_string(), name: name.clone(), size: *size, pages: *pages, view }
    }

    /// What a script is told of a file that it has sent; `saved` takes the place of the words of the
    /// form's `data-saved`.
    pub fn told(&self, saved: Option<&str>) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "size": size_words(self.size),
            "pages": self.pages,
            "view": self.view,
            "saved": saved,
        })
    }
}

/// A size in words: "1,2 MB".
pub fn size_words(bytes: u64) -> String {
    if bytes < 1_000_000 {
        return format!("{} KB", bytes.div_ceil(1_000));
    }
    let tenths = bytes / 100_000;
    match (tenths / 10, tenths % 10) {
        (whole, 0) => format!("{whole} MB"),
        (whole, part) => format!("{whole},{part} MB"),
    }
}

/// A question that is answered with files.
#[derive(Clone, Copy, Debug, Default)]
pub struct Upload<'a> {
    /// Name, label, error; the hint defaults to the limits.
    pub field: Field<'a>,
    /// The largest file, in bytes.
    pub most: u64,
    /// The files that are there.
    pub files: &'a [UploadedFile],
    /// Where scripts send files one by one: multipart `_csrf`, `name` and `file`, or `upload` with the
    /// id of a file that has come in pieces (`POST /api/v1/uploads/resumable`), answered by
    /// `{id, name, size, pages?, view?, saved?}` or, refused, `{error}`; or empty. `saved` takes the
    /// place of the words of the form's `data-saved`.
    pub url: &'a str,
    /// Whether the limits and the words of the script stand at another upload of the page.
    pub is_quiet: bool,
}

/// Files with their list, "Xem" and "Bỏ". Without scripts "Tải lên" (`_upload`) sends the form,
/// and "Bỏ" sends `_remove` with the file's id.
pub fn upload(lang: Lang, upload: &Upload<'_>) -> Markup {
    let max = (upload.most >> 20).to_string();
    let limits = match upload.is_quiet {
        true => String::new(),
        false => words::UPLOAD_HINT.fill(lang, &[("max", &max)]),
    };
    let field = Field { hint: some(upload.field.hint).unwrap_or(&limits), ..upload.field };
    let say = |message: Message| (!upload.is_quiet).then(|| message.say(lang));
    html! {
        div class={ (field.class()) " upload" } data-upload=[some(upload.url)]
            data-name=(field.name) data-max=(max)
            data-say-progress=[say(words::UPLOAD_PROGRESS)] data-say-done=[say(words::UPLOAD_DONE)]
            data-say-offline=[say(words::UPLOAD_OFFLINE)] data-say-failed=[say(words::UPLOAD_FAILED)]
            data-say-large=[say(words::TOO_LARGE)] data-say-pages=[say(words::PAGES)]
            data-say-smaller=[say(words::MADE_SMALLER)] data-say-remove=[say(words::REMOVE)]
            data-say-view=[say(words::VIEW)] {
            label for=(field.id()) { (label_words(lang, &field)) }
            (remarks(lang, &field))
            div.upload-refused role="alert" {}
            ul.files aria-label=(words::UPLOADED.say(lang)) {
                @for file in upload.files { (uploaded(lang, field.name, file)) }
            }
            div.upload-row {
                input id=(field.id()) name=(field.name) type="file" multiple
                    accept="image/jpeg,image/png,image/heic,image/heif,application/pdf,.heic,.pdf"
                    aria-describedby=[field.described_by()] aria-invalid=[field.invalid()];
                (button(&Button {
                    label: words::UPLOAD.say(lang),
                    name: "_upload",
                    value: field.name,
                    secondary: true,
                    ..Button::default()
                }))
                (camera(lang, &field))
            }
            label.upload-reduce for={ (field.id()) "-reduce" } hidden {
                input id={ (field.id()) "-reduce" } type="checkbox" checked data-reduce;
                span { (words::MAKE_SMALLER.say(lang)) }
            }
            p.upload-state role="status" {}
        }
    }
}

/// A second chooser that opens the camera, shown on touch screens: the first one, which would hide
/// the gallery if it opened the camera, is left as it is.
fn camera(lang: Lang, field: &Field<'_>) -> Markup {
    let id = format!("{}-camera", field.id());
    html! {
        span.upload-camera {
            input.hidden id=(id) name=(field.name) type="file" accept="image/*"
                capture="environment";
            label.button.button-secondary for=(id) {
                (words::TAKE_PHOTO.say(lang)) span.hidden { ": " (field.label) }
            }
        }
    }
}

fn uploaded(lang: Lang, field: &str, file: &UploadedFile) -> Markup {
    let pages = file.pages.map(|n| words::PAGES.fill(lang, &[("n", &n.to_string())]));
    html! {
        li {
            input type="hidden" name={ (field) ".kept" } value=(file.id);
            span.file-name { (file.name) }
            span.muted {
                (size_words(file.size))
                @if let Some(pages) = pages { ", " (pages) }
            }
            @if !file.view.is_empty() {
                a href=(file.view) { (words::VIEW.say(lang)) span.hidden { " " (file.name) } }
            }
            (row_button(words::REMOVE.say(lang), &file.name, "_remove", &file.id))
        }
    }
}

/// Rows of the same questions, as many as needed.
#[derive(Clone, Copy, Debug)]
pub struct Repeat<'a> {
    /// The name; adding sends `_add` with it, removing `_drop` with `{name}.{index}`.
    pub name: &'a str,
    /// What a row is, such as "người con".
    pub what: &'a str,
    /// The questions of each row.
    pub rows: &'a [Markup],
    /// The most rows.
    pub max: usize,
    /// The row that was just added: its legend takes the focus.
    pub fresh: Option<usize>,
}

/// Rows as fieldsets "Người con thứ 1", with buttons that add and remove.
pub fn repeat_group(lang: Lang, repeat: &Repeat<'_>) -> Markup {
    let upper = capital(repeat.what);
    html! {
        div.repeat {
            @for (index, row) in repeat.rows.iter().enumerate() {
                @let n = (index + 1).to_string();
                fieldset {
                    legend tabindex="-1" autofocus[repeat.fresh == Some(index)] {
                        (words::NTH.fill(lang, &[("what", &upper), ("n", &n)]))
                    }
                    (row)
                    @let this = words::NTH.fill(lang, &[("what", repeat.what), ("n", &n)]);
                    button.button.button-secondary type="submit" name="_drop"
                        value={ (repeat.name) "." (index) } {
                        (words::REMOVE_THIS.fill(lang, &[("what", &this)]))
                    }
                }
            }
            @if repeat.rows.len() < repeat.max {
                button.button.button-secondary type="submit" name="_add" value=(repeat.name) {
                    (words::ADD.fill(lang, &[("what", repeat.what)]))
                }
            }
        }
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use maud::html;

    use super::{Repeat, repeat_group, size_words};
    use crate::domain::words::Lang;

    #[test]
    fn sizes_read_as_people_write_them() {
        assert_eq!(size_words(1), "1 KB");
        assert_eq!(size_words(1_258_292), "1,2 MB");
        assert_eq!(size_words(12_000_000), "12 MB");
    }

    #[test]
    fn a_full_group_offers_no_more_rows() {
        let rows = [html! { "a" }, html! { "b" }];
        let group = |max| {
            let repeat =
                Repeat { name: "con", what: "đứa con", rows: &rows, max, fresh: Some(1) };
            repeat_group(Lang::Vi, &repeat).into_string()
        };
        assert!(group(3).contains("Thêm đứa con"));
        assert!(!group(2).contains("Thêm đứa con"));
        assert!(group(2).contains("Đứa con thứ 1") && group(2).contains("Bỏ đứa con thứ 2"));
    }
}
