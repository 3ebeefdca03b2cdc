//! Sets papers as PDF with Typst, in a world of its own: four embedded fonts, the layouts and one
//! data file. No network, no packages, no disk, no clock.
//!
//! What people wrote reaches a layout as JSON values only, never as markup; the same data gives
//! the same bytes.

mod layouts;
mod text;
mod world;

#[cfg(test)]
mod tests;

use jiff::civil::DateTime;
use serde_json::Value;
use sha2::{Digest, Sha256};
use typst::diag::{Severity, SourceDiagnostic};
use typst::foundations::{Datetime, Smart};
use typst::model::Document as _;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::documents::deed::Deed;
use crate::documents::seal::Part;
pub use layouts::{Layout, Layouts, MAX_LAYOUT};
use text::printable;
use world::PaperWorld;

/// A paper that is ready to be set.
#[derive(Clone, Debug, PartialEq)]
pub struct Ready {
    /// Which one.
    pub deed: Deed,
    /// What its layout reads.
    pub data: Value,
    /// The document's date (Vietnam time), which is all it knows of time.
    pub issued: DateTime,
    /// Its signed statement with its contents, once it has one.
    pub signed: Option<Part>,
}

impl Ready {
    /// A paper that nobody has signed yet.
    pub fn new(deed: Deed, data: Value, issued: DateTime) -> Self {
        Self { deed, data, issued, signed: None }
    }
}

/// A paper could not be set: a layout or the program is wrong, not the person's data.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("paper {deed:?}: {message} ({place})")]
pub struct PaperFault {
    /// Which paper.
    pub deed: Deed,
    /// What is wrong.
    pub message: String,
    /// Where, as `file:line:column`.
    pub place: String,
}

/// Vietnam's offset from UTC on every paper, in minutes.
const VIETNAM: i32 = 7 * 60;
/// Papers of one file that are set before the caches are emptied.
const CACHED: usize = 64;

/// Sets a paper; the PDF conforms to PDF/A-2b for archiving.
///
/// Takes 5 to 30 ms of processor time; call it on a blocking pool.
///
/// # Errors
/// [`PaperFault`] when the data lacks what the layout asks for.
pub fn render(layouts: &Layouts, paper: &Ready) -> Result<Vec<u8>, PaperFault> {
    render_all(layouts, std::slice::from_ref(paper))
}

/// Sets papers one after another in one file. Each begins on a page of its own and counts its own
/// pages.
///
/// # Errors
/// [`PaperFault`] of the first paper that cannot be set; also when there is none.
pub fn render_all(layouts: &Layouts, papers: &[Ready]) -> Result<Vec<u8>, PaperFault> {
    let mut ident = Sha256::new();
    let (mut pages, mut info) = (Vec::new(), None);
    for batch in papers.chunks(CACHED) {
        for (data, document) in set_batch(layouts, batch) {
            let document = document?;
            ident.update(&data);
            pages.extend_from_slice(document.pages());
            info.get_or_insert_with(|| document.info().clone());
        }
        if papers.len() > 1 {
            comemo::evict(0);
        }
    }
    let (Some(first), Some(info)) = (papers.first(), info) else {
        let message = "there is nothing to print".to_owned();
        return Err(PaperFault { deed: Deed::Receipt, message, place: String::new() });
    };
    let document = PagedDocument::new(pages.into_iter().collect(), info);
    let options = PdfOptions {
        ident: Smart::Custom(ident.finalize().iter().map(|byte| format!("{byte:02x}")).collect()),
        creator: Smart::Custom(Some("Motcua".to_owned())),
        timestamp: timestamp(first.issued),
        standards: archival(),
        // The marks of one paper would be taken for those of the next.
        tagged: papers.len() == 1,
        ..PdfOptions::default()
    };
    let pdf = typst_pdf::pdf(&document, &options).map_err(|errors| {
        let data = printable(&first.data).to_string();
        fault(&PaperWorld::new(layouts, first.deed, data), first.deed, &errors)
    });
    // Papers share nothing worth keeping: without this the caches would stay for good.
    comemo::evict(0);
    pdf
}

/// A paper's data as text, and the paper.
type Set = (String, Result<PagedDocument, PaperFault>);

/// Sets papers on all processors, in their order.
fn set_batch(layouts: &Layouts, papers: &[Ready]) -> Vec<Set> {
    let one = |paper: &Ready| {
        let data = printable(&paper.data).to_string();
        let document = set(layouts, paper.deed, data.clone());
        (data, document)
    };
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = papers.len().div_ceil(threads).max(1);
    let mut shares = papers.chunks(share);
    let own = shares.next().unwrap_or_default();
    std::thread::scope(|scope| {
        let others: Vec<_> = shares
            .map(|share| scope.spawn(move || share.iter().map(one).collect::<Vec<Set>>()))
            .collect();
        let mut all: Vec<Set> = own.iter().map(one).collect();
        for other in others {
            match other.join() {
                Ok(set) => all.extend(set),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    })
}

fn set(layouts: &Layouts, deed: Deed, data: String) -> Result<PagedDocument, PaperFault> {
    let world = PaperWorld::new(layouts, deed, data);
    let set = typst::compile::<PagedDocument>(&world);
    for warning in &set.warnings {
        tracing::warn!(deed = ?deed, place = world.place(warning), "{}", warning.message);
    }
    set.output.map_err(|errors| fault(&world, deed, &errors))
}

fn fault(world: &PaperWorld<'_>, deed: Deed, errors: &[SourceDiagnostic]) -> PaperFault {
    let first = errors.iter().find(|e| e.severity == Severity::Error).or(errors.first());
    PaperFault {
        deed,
        message: first.map_or_else(String::new, |e| e.message.to_string()),
        place: first.map_or_else(String::new, |e| world.place(e)),
    }
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
