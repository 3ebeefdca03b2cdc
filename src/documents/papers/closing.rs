//! The cashier's closing sheet.

use serde::Serialize;

use super::{Deed, Follow, Ready, Sheet, ready};

/// Money that moved, as a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ClosingLine {
    /// When, in words.
    pub at: String,
    /// The dossier's code.
    pub code: String,
    /// Who filed it.
    pub payer: String,
    /// What was paid for.
    pub what: String,
    /// How.
    pub method: String,
    /// Serial and number of the official receipt.
    pub receipt: String,
    /// Grouped; with a minus when it went back.
    pub amount: String,
    /// Whether it went back.
    pub reversal: bool,
    /// Why it went back.
    pub reason: String,
}

/// A method with its sums, grouped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ClosingSum {
    /// How.
    pub method: String,
    /// How many payments.
    pub count: String,
    /// What came in.
    pub taken: String,
    /// What went back.
    pub reversed: String,
    /// What is left.
    pub left: String,
}

/// A cashier's day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CashClosing {
    /// Head and foot.
    #[serde(skip)]
    pub sheet: Sheet,
    /// Which day.
    pub day: String,
    /// When it was closed, or that it is open.
    pub state: String,
    /// Whose.
    pub cashier: String,
    /// What moved, in the order of time.
    pub lines: Vec<ClosingLine>,
    /// By method.
    pub sums: Vec<ClosingSum>,
    /// What is left of all, grouped.
    pub left: String,
    /// The same in words; empty when it is less than nothing.
    pub left_in_words: String,
    /// What is left in cash, grouped: it is handed over.
    pub cash: String,
}

impl CashClosing {
    /// The paper, ready to be set.
    pub fn ready(&self) -> Ready {
        ready(Deed::CashClosing, &self.sheet, &Follow::default(), self)
    }
}
