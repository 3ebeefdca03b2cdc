//! Slips of the counter: a result handed over, somebody else who takes it, a lost receipt, originals
//! handed back, money.

use serde::Serialize;

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
