//! The closed world in which a paper is set.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};

use super::layouts::{Layout, Layouts, file_id};
use crate::documents::deed::Deed;

/// Liberation Serif 2.1.5, metric-compatible with Times New Roman; licence in `assets/fonts`.
const FONTS: [&[u8]; 4] = [
    include_bytes!("../../../assets/fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../../../assets/fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../../../assets/fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("../../../assets/fonts/LiberationSerif-BoldItalic.ttf"),
];

/// What all papers share. Made when the first one is set: a process that sets none holds none of it.
pub(super) struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    pub(super) fonts: Vec<Font>,
    sources: Vec<(Layout, Source)>,
    data: FileId,
}

pub(super) static PRESS: LazyLock<Press> = LazyLock::new(|| {
    let fonts: Vec<Font> =
        FONTS.iter().filter_map(|data| Font::new(Bytes::new(*data), 0)).collect();
    Press {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        sources: Layout::all()
            .map(|layout| (layout, Source::new(layout.file(), layout.shipped().to_owned())))
            .collect(),
        data: file_id("data.json"),
    }
});

/// One paper's world: the shared press, the instance's layouts, the one to begin with, and the data.
pub(super) struct PaperWorld<'a> {
    press: &'static Press,
    layouts: &'a Layouts,
    main: FileId,
    data: Bytes,
}

impl<'a> PaperWorld<'a> {
    /// `data` is JSON text.
    pub(super) fn new(layouts: &'a Layouts, deed: Deed, data: String) -> Self {
        let (main, data) = (Layout::Paper(deed).file(), Bytes::from_string(data));
        Self { press: &PRESS, layouts, main, data }
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

impl World for PaperWorld<'_> {
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
        let layout = Layout::of_file(id).ok_or(FileError::AccessDenied)?;
        if let Some(adapted) = self.layouts.adapted(layout) {
            return Ok(adapted.clone());
        }
        let shipped = self.press.sources.iter().find(|(known, _)| *known == layout);
        shipped.map(|(_, source)| source.clone()).ok_or(FileError::AccessDenied)
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
