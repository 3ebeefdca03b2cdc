//! What the law on personal data asks: notices and consents by purpose, copies of one's own data, and
//! requests of the persons whom data are about.

mod consents;
mod texts;

use std::path::Path;

use super::OpenError;
use crate::domain::privacy::Texts;

/// What an instance says and promises about personal data, read when it is opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Privacy {
    /// The words of notices and consents, every version.
    pub texts: Texts,
}

impl Privacy {
    /// What ships.
    ///
    /// # Errors
    /// A shipped file is malformed; a test shows that none is.
    pub(super) fn load(_rules: &Path) -> Result<Self, OpenError> {
        let texts = texts::shipped().map_err(OpenError::Other)?;
        Ok(Self { texts })
    }
}
