//! Scanned sheets that say themselves what they are: a declared form with its code.

use super::printing::FormCode;
use super::uploads::Upload;
use super::{Failure, Office};
use crate::documents::scan;
use crate::documents::sniff::MediaType;

impl Office {
    /// What the code on a scanned sheet names; none when there is no code of a declared form. Takes up
    /// to a second: call it on a blocking pool.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn scanned_form(&self, upload: &Upload) -> Result<Option<FormCode>, Failure> {
        let Some(kind) = MediaType::from_media_type(&upload.media_type) else { return Ok(None) };
        let codes =
            scan::codes(self.read_blob(upload.id, upload.key.as_ref())?, kind, self.max_upload());
        Ok(codes.iter().find_map(|text| FormCode::read(text)))
    }
}
