//! The layouts: the files from which papers are set, as they ship and as an administrator adapted
//! them.

use std::collections::BTreeMap;
use std::sync::Arc;

use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};

use crate::documents::deed::Deed;

/// Longest layout, in bytes.
pub const MAX_LAYOUT: usize = 128 * 1024;

/// A layout: what all papers share, or one paper's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layout {
    /// Page, letterhead, tables, lookup and signatures.
    Parts,
    /// A paper.
    Paper(Deed),
}

impl Layout {
    /// Every layout.
    pub fn all() -> impl Iterator<Item = Self> {
        Deed::ALL.into_iter().map(Self::Paper).chain([Self::Parts])
    }

    /// The name in addresses and settings.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Parts => "parts",
            Self::Paper(deed) => deed.id(),
        }
    }

    /// The layout with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::all().find(|layout| layout.id() == id)
    }

    /// The text that ships.
    pub const fn shipped(self) -> &'static str {
        match self {
            Self::Parts => include_str!("../../../assets/papers/parts.typ"),
            Self::Paper(deed) => shipped(deed),
        }
    }

    pub(super) fn file(self) -> FileId {
        file_id(&format!("{}.typ", self.id()))
    }

    pub(super) fn of_file(id: FileId) -> Option<Self> {
        let path = id.vpath().get_without_slash();
        path.strip_suffix(".typ").and_then(Self::from_id)
    }
}

const fn shipped(deed: Deed) -> &'static str {
    match deed {
        Deed::Receipt => include_str!("../../../assets/papers/receipt.typ"),
        Deed::SubmissionSlip => include_str!("../../../assets/papers/submission_slip.typ"),
        Deed::SupplementRequest => include_str!("../../../assets/papers/supplement_request.typ"),
        Deed::ReceptionRefusal => include_str!("../../../assets/papers/reception_refusal.typ"),
        Deed::Apology => include_str!("../../../assets/papers/apology.typ"),
        Deed::StopNotice => include_str!("../../../assets/papers/stop_notice.typ"),
        Deed::ControlSheet => include_str!("../../../assets/papers/control_sheet.typ"),
        Deed::Register => include_str!("../../../assets/papers/register.typ"),
        Deed::HandOver => include_str!("../../../assets/papers/hand_over.typ"),
        Deed::ResultHandOver => include_str!("../../../assets/papers/result_hand_over.typ"),
        Deed::ResultSlip => include_str!("../../../assets/papers/result_slip.typ"),
        Deed::ProxySlip => include_str!("../../../assets/papers/proxy_slip.typ"),
        Deed::LostReceipt => include_str!("../../../assets/papers/lost_receipt.typ"),
        Deed::ReturnSlip => include_str!("../../../assets/papers/return_slip.typ"),
        Deed::FeeSlip => include_str!("../../../assets/papers/fee_slip.typ"),
        Deed::CashClosing => include_str!("../../../assets/papers/cash_closing.typ"),
        Deed::Envelope => include_str!("../../../assets/papers/envelope.typ"),
        Deed::Poster => include_str!("../../../assets/papers/poster.typ"),
        Deed::Attestation => include_str!("../../../assets/papers/attestation.typ"),
        Deed::CertificationBook => include_str!("../../../assets/papers/certification_book.typ"),
        Deed::DeclaredForm => include_str!("../../../assets/papers/declared_form.typ"),
        Deed::Guide => include_str!("../../../assets/papers/guide.typ"),
        Deed::Checkpoint => include_str!("../../../assets/papers/checkpoint.typ"),
        Deed::QueueTicket => include_str!("../../../assets/papers/queue_ticket.typ"),
    }
}

pub(super) fn file_id(name: &str) -> FileId {
    #[expect(clippy::expect_used, reason = "names of our own files")]
    let path = VirtualPath::new(name).expect("invariant: a plain file name is a virtual path");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// The layouts of an instance: what was adapted, over what ships.
#[derive(Clone, Debug, Default)]
pub struct Layouts(Arc<BTreeMap<Layout, Source>>);

impl Layouts {
    /// The same layouts with one adapted.
    #[must_use]
    pub fn with(&self, layout: Layout, text: String) -> Self {
        let mut adapted = (*self.0).clone();
        adapted.insert(layout, Source::new(layout.file(), text));
        Self(Arc::new(adapted))
    }

    /// Whether a layout was adapted.
    pub fn is_adapted(&self, layout: Layout) -> bool {
        self.0.contains_key(&layout)
    }

    /// The text of a layout.
    pub fn text(&self, layout: Layout) -> &str {
        self.0.get(&layout).map_or(layout.shipped(), Source::text)
    }

    pub(super) fn adapted(&self, layout: Layout) -> Option<&Source> {
        self.0.get(&layout)
    }
}
