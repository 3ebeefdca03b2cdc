//! Full-text views of the catalogue and of the event log. Both can be thrown away and rebuilt.
//!
//! [`analysis`] turns Vietnamese text into syllables, [`keystrokes`] reads what an input method left
//! over, [`lexicon`] has the everyday words, `asked` whole queries that people are known to ask,
//! [`reading`] says what a query means; [`procedures`] finds procedures by everyday words; [`dossiers`]
//! finds dossiers without holding a person.

use std::path::Path;

use tantivy::{Index, TantivyError};

/// The file in which the library keeps what belongs to an index.
const META: &str = "meta.json";

pub mod analysis;
mod asked;
pub mod dossiers;
pub mod evaluation;
pub mod fitting;
pub mod keystrokes;
pub mod lexicon;
pub mod marks;
pub mod procedures;
pub mod reading;
pub mod syllable;
mod vocabulary;
pub mod weights;

/// A search index that cannot be read or written; for the log, never for a person.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The index library failed.
    #[error("search index: {0}")]
    Index(#[from] tantivy::TantivyError),
    /// The index folder failed.
    #[error("search index folder: {0}")]
    Folder(#[from] std::io::Error),
    /// A queue of searching threads was broken by a panic.
    #[error("search index: a writer stopped in the middle of its work")]
    Broken,
}

/// What a folder had of an index.
enum Stood {
    /// A sound one of this version.
    Sound(Index),
    /// None, an unfinished one, or one of another version: to be made anew.
    Other,
    /// One whose files were altered or lost: to be made anew, and to be told.
    Damaged,
}

/// Opens the index of a folder that may be damaged, when what its last commit carries fits. The library
/// panics on some truncated files, which is told as an error is.
fn stood(folder: &Path, fits: impl FnOnce(&Index, &str) -> Result<bool, TantivyError>) -> Stood {
    if !folder.join(META).exists() {
        return Stood::Other;
    }
    let open = || -> Result<Option<Index>, TantivyError> {
        let index = Index::open_in_dir(folder)?;
        let Some(payload) = index.load_metas()?.payload else { return Ok(None) };
        Ok(fits(&index, &payload)?.then_some(index))
    };
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(open)) {
        Ok(Ok(Some(index))) => Stood::Sound(index),
        Ok(Ok(None)) => Stood::Other,
        Ok(Err(_)) | Err(_) => Stood::Damaged,
    }
}
