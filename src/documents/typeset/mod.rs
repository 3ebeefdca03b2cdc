//! Sets papers as PDF with Typst, in a world of its own: four embedded fonts, the embedded
//! templates and one data file. No network, no packages, no disk, no clock.
//!
//! What people wrote reaches a template as JSON values only, never as markup; the same data gives
//! the same bytes.

mod text;
mod world;

#[cfg(test)]
mod tests;

use jiff::civil::DateTime;
use serde_json::Value;
use sha2::{Digest, Sha256};
use typst::diag::{Severity, SourceDiagnostic};
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use text::printable;
use world::PaperWorld;

/// The layouts that are embedded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Template {
    /// The receipt with its appointment.
    Receipt,
    /// What a citizen prints after filing online.
    SubmissionSlip,
    /// The request to supplement a dossier.
    SupplementRequest,
    /// The refusal to take a dossier.
    ReceptionRefusal,
}

/// A paper could not be set: a template or the program is wrong, not the person's data.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("paper {template:?}: {message} ({place})")]
pub struct PaperFault {
    /// Which layout.
    pub template: Template,
    /// What is wrong.
    pub message: String,
    /// Where, as `file:line:column`.
    pub place: String,
}

/// Vietnam's offset from UTC on every paper, in minutes.
const VIETNAM: i32 = 7 * 60;

/// Sets a paper; the PDF conforms to PDF/A-2b for archiving. `issued` is the document's date
/// (Vietnam time), which is all it knows of time.
///
/// Takes 5 to 30 ms of processor time; call it on a blocking pool.
///
/// # Errors
/// [`PaperFault`] when the data lacks what the template asks for.
pub fn render(template: Template, data: &Value, issued: DateTime) -> Result<Vec<u8>, PaperFault> {
    let data = printable(data).to_string();
    let ident = Sha256::digest(&data).iter().map(|byte| format!("{byte:02x}")).collect();
    let world = PaperWorld::new(template, data);
    let set = typst::compile::<PagedDocument>(&world);
    for warning in &set.warnings {
        tracing::warn!(template = ?template, place = world.place(warning), "{}", warning.message);
    }
    let fault = |errors: &[SourceDiagnostic]| {
        let first = errors.iter().find(|e| e.severity == Severity::Error).or(errors.first());
        PaperFault {
            template,
            message: first.map_or_else(String::new, |e| e.message.to_string()),
            place: first.map_or_else(String::new, |e| world.place(e)),
        }
    };
    let pdf = set.output.and_then(|document| {
        let options = PdfOptions {
            ident: Smart::Custom(ident),
            creator: Smart::Custom(Some("Motcua".to_owned())),
            timestamp: timestamp(issued),
            standards: archival(),
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&document, &options)
    });
    // Papers share nothing worth keeping: without this the caches would stay for good.
    comemo::evict(0);
    pdf.map_err(|errors| fault(&errors))
}

fn archival() -> PdfStandards {
    PdfStandards::new(&[PdfStandard::A_2b]).unwrap_or_default()
}

fn timestamp(at: DateTime) -> Option<Timestamp> {
    let part = |number: i8| u8::try_from(number).ok();
    let at = Datetime::from_ymd_hms(
        i32::from(at.year()),
        part(at.month())?,
        part(at.day())?,
        part(at.hour())?,
        part(at.minute())?,
        part(at.second())?,
    )?;
    Timestamp::new_local(at, VIETNAM)
}
