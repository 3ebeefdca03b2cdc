//! Slips of the counter: a result handed over, somebody else who takes it, a lost receipt, originals
//! handed back, money.

use serde::Serialize;

use crate::documents::qr;

use super::{Deed, Follow, PersonLines, Ready, Sheet, ready};

/// A fee on a slip.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FeeLine {
    /// What for.
    pub name: String,
    /// How much, in đồng, grouped.
    pub amount: String,
    /// Whether and how it was paid.
    pub state: String,
    /// How it was computed, a line each; they add up to the amount.
    pub why: Vec<String>,
}

/// How what is unpaid can be transferred.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TransferLines {
    /// The bank.
    pub bank: String,
    /// The account.
    pub account: String,
    /// Whose it is.
    pub holder: String,
    /// Grouped.
    pub amount: String,
    /// What is to be written with it.
    pub content: String,
    /// The VietQR code as a drawing (SVG).
    pub code: String,
}

impl TransferLines {
    /// The same with the drawing of a code's text; none when the text is too long for a code.
    #[must_use]
    pub fn with_code(self, text: &str) -> Option<Self> {
        Some(Self { code: qr::svg(text).ok()?, ..self })
    }
}

/// What the slips of a dossier say; each layout takes what it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Slip {
    /// Which slip.
    #[serde(skip)]
    pub deed: Deed,
    /// Head and foot.
    #[serde(skip)]
    pub sheet: Sheet,
    /// The dossier's owner.
    pub person: PersonLines,
    /// Who filed.
    pub submitter: PersonLines,
    /// The procedure's name.
    pub procedure: String,
    /// When it was received, in words.
    pub received: Option<String>,
    /// The result: its name, with number and date.
    pub result: Option<String>,
    /// Who took it; none while it is to be written by hand.
    pub taker: Option<String>,
    /// By what paper somebody took it for the owner.
    pub mandate: Option<String>,
    /// When, in words.
    pub at: Option<String>,
    /// How it was handed over.
    pub way: Option<String>,
    /// The papers that are handed back, a line each.
    pub items: Vec<String>,
    /// The fees.
    pub fees: Vec<FeeLine>,
    /// Their sum, grouped.
    pub total: Option<String>,
    /// Their sum in words.
    pub total_in_words: Option<String>,
    /// Serial and number of the official receipt.
    pub receipt_number: Option<String>,
    /// How to transfer, while something is to be paid.
    pub transfer: Option<TransferLines>,
    /// Who serves.
    pub officer: String,
    /// How to follow the dossier.
    #[serde(skip)]
    pub follow: Follow,
}

impl Slip {
    /// The paper, ready to be set.
    pub fn ready(&self) -> Ready {
        ready(self.deed, &self.sheet, &self.follow, self)
    }
}
