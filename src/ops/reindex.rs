//! Builds the search indexes anew: that of the catalogue, and that of dossiers from the log.

use super::Progress;
use crate::office::{Failure, Office};

/// Throws the indexes away, builds that of the catalogue and follows the log from its beginning; returns
/// how many dossiers that of the dossiers then holds. Searches find less while it runs.
///
/// # Errors
/// The log or the index fails; running it again repairs that.
pub fn run(office: &Office, progress: Progress<'_>) -> Result<u64, Failure> {
    office.clear_index()?;
    office.follow_log(&mut |done, of| progress("index", done, of))?;
    Ok(office.indexed())
}
