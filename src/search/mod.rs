//! Full-text views of the catalogue and of the event log. Both can be thrown away and rebuilt.
//!
//! [`analysis`] turns Vietnamese text into syllables, [`keystrokes`] reads what an input method left
//! over, [`lexicon`] has the everyday words, [`reading`] says what a query means; [`procedures`] finds procedures by
//! everyday words; [`dossiers`] finds dossiers without holding a person.

pub mod analysis;
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

/// Opens an index that may be damaged. The library panics on some truncated files; both an error
/// and a panic mean that the index has to be made anew.
fn try_open<T>(open: impl FnOnce() -> Option<T>) -> Option<T> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(open)).ok().flatten()
}
