//! Whether the files of the catalogue's index are what they were written as.

use std::path::Path;

use tantivy::schema::Value;
use tantivy::{Index, TantivyDocument};

use super::layout::{self, Layout};
use crate::domain::catalogue::Procedure;
use crate::search::{SearchError, Stood};

/// What an index in a folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Examined {
    /// It holds each procedure of the catalogue once, under its name, and its files have the checksums
    /// that they were written with.
    Fits,
    /// It is of another version, or there is none.
    Other,
    /// Its files were altered.
    Damaged,
    /// It holds other procedures than the catalogue.
    Differs,
}

/// What a folder has of the index with this stamp.
pub(super) fn stood(folder: &Path, stamp: &str, layout: &Layout) -> Stood {
    let mut is_intact = true;
    let stood = crate::search::stood(folder, |index, payload| {
        is_intact = index.validate_checksum()?.is_empty();
        Ok(payload == stamp && index.schema() == layout.schema)
    });
    match stood {
        Stood::Other if is_intact => Stood::Other,
        Stood::Sound(index) if is_intact => Stood::Sound(index),
        Stood::Sound(_) | Stood::Other | Stood::Damaged => Stood::Damaged,
    }
}

/// Reads the index in a folder anew, whatever an open one has in memory.
///
/// # Errors
/// When the index cannot be read.
pub fn examine<'a>(
    folder: &Path,
    version_stamp: &str,
    procedures: impl Iterator<Item = &'a Procedure>,
) -> Result<Examined, SearchError> {
    let layout = Layout::new();
    let index = match stood(folder, &layout::stamp(version_stamp), &layout) {
        Stood::Sound(index) => index,
        Stood::Other => return Ok(Examined::Other),
        Stood::Damaged => return Ok(Examined::Damaged),
    };
    let mut expected: Vec<_> = procedures.map(|p| (p.code.to_string(), p.name.clone())).collect();
    let mut found = indexed(&index, &layout)?;
    expected.sort_unstable();
    found.sort_unstable();
    Ok(if expected == found { Examined::Fits } else { Examined::Differs })
}

/// Code and name of all that is in.
fn indexed(index: &Index, layout: &Layout) -> Result<Vec<(String, String)>, SearchError> {
    let searcher = index.reader()?.searcher();
    let mut found = Vec::new();
    for segment in searcher.segment_readers() {
        let store = segment.get_store_reader(1)?;
        for document in store.iter::<TantivyDocument>(segment.alive_bitset()) {
            let document = document?;
            let text = |field| {
                document.get_first(field).and_then(|value| value.as_str()).unwrap_or_default()
            };
            found.push((text(layout.code).to_owned(), text(layout.title).to_owned()));
        }
    }
    Ok(found)
}
