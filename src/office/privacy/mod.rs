//! What the law on personal data asks: notices and consents by purpose, copies of one's own data, and
//! requests of the persons whom data are about.

mod consents;
pub mod requests;
mod rules;
mod texts;

use std::path::Path;

use super::OpenError;
use crate::domain::privacy::{Periods, Texts};

/// The file of periods, in the folder `rules`.
pub(super) const RULES: &str = "personal-data.toml";

/// What an instance says and promises about personal data, read when it is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Privacy {
    /// The words of notices and consents, every version.
    pub texts: Texts,
    /// Within which time requests are answered, and on which grounds refused.
    pub periods: Periods,
}

impl Privacy {
    /// What ships, with the periods of the folder of rules if it has its own.
    ///
    /// # Errors
    /// A file is malformed; a test shows that none that ships is.
    pub(super) fn load(folder: &Path) -> Result<Self, OpenError> {
        let texts = texts::shipped().map_err(OpenError::Other)?;
        let periods = rules::load(folder).map_err(OpenError::Other)?;
        Ok(Self { texts, periods })
    }
}
