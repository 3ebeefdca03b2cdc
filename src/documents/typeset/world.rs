//! The closed world in which a paper is set.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};

use super::Template;

/// Liberation Serif 2.1.5, metric-compatible with Times New Roman; licence in `assets/fonts`.
const FONTS: [&[u8]; 4] = [
    include_bytes!("../../../assets/fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../../../assets/fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../../../assets/fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("../../../assets/fonts/LiberationSerif-BoldItalic.ttf"),
];

/// Every template by its name; `parts.typ` is what they share.
const TEMPLATES: [(&str, &str); 5] = [
    ("parts.typ", include_str!("../../../assets/papers/parts.typ")),
    ("receipt.typ", include_str!("../../../assets/papers/receipt.typ")),
    ("submission_slip.typ", include_str!("../../../assets/papers/submission_slip.typ")),
    ("supplement_request.typ", include_str!("../../../assets/papers/supplement_request.typ")),
    ("reception_refusal.typ", include_str!("../../../assets/papers/reception_refusal.typ")),
];

impl Template {
    const fn file(self) -> &'static str {
        match self {
            Self::Receipt => "receipt.typ",
            Self::SubmissionSlip => "submission_slip.typ",
            Self::SupplementRequest => "supplement_request.typ",
            Self::ReceptionRefusal => "reception_refusal.typ",
        }
    }
}

/// What all papers share. Made when the first one is set: a process that sets none holds none of it.
pub(super) struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    pub(super) fonts: Vec<Font>,
    sources: Vec<Source>,
    data: FileId,
}

pub(super) static PRESS: LazyLock<Press> = LazyLock::new(|| {
    let fonts: Vec<Font> =
        FONTS.iter().filter_map(|data| Font::new(Bytes::new(*data), 0)).collect();
    Press {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        sources: TEMPLATES
            .iter()
            .map(|(name, text)| Source::new(file_id(name), (*text).to_owned()))
            .collect(),
        data: file_id("data.json"),
    }
});

fn file_id(name: &str) -> FileId {
    #[expect(clippy::expect_used, reason = "constant file names")]
    let path = VirtualPath::new(name).expect("invariant: a plain file name is a virtual path");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// One paper's world: the shared press, the template to begin with, and the data.
pub(super) struct PaperWorld {
    press: &'static Press,
    main: FileId,
    data: Bytes,
}

impl PaperWorld {
    /// `data` is JSON text.
    pub(super) fn new(template: Template, data: String) -> Self {
        Self { press: &PRESS, main: file_id(template.file()), data: Bytes::from_string(data) }
    }

    /// Where a diagnostic points, as `file:line:column`.
    pub(super) fn place(&self, diagnostic: &SourceDiagnostic) -> String {
        let Some(id) = diagnostic.span.id() else { return "nowhere".to_owned() };
        let file = id.vpath().get_without_slash();
        let line_and_column = self.range(diagnostic.span).and_then(|range| {
            let source = self.source(id).ok()?;
            let lines = source.lines();
            Some((lines.byte_to_line(range.start)? + 1, lines.byte_to_column(range.start)? + 1))
        });
        match line_and_column {
            Some((line, column)) => format!("{file}:{line}:{column}"),
            None => file.to_owned(),
        }
    }
}

impl World for PaperWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let found = self.press.sources.iter().find(|source| source.id() == id);
        found.cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.press.data { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        // The date of a paper is part of its data.
        None
    }
}
