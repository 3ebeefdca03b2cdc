//! A procedure's declared form as the paper that people know: filled in, or empty to be written on.

use serde::Serialize;

use super::{Deed, Follow, Ready, Sheet, ready};

/// A declared form on paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DeclaredPaper {
    /// Head and foot.
    #[serde(skip)]
    pub sheet: Sheet,
    /// Whether it is to be written on by hand.
    pub blank: bool,
    /// To whom it goes; empty prints a dotted line.
    pub to: String,
    /// Which procedure's form it is, and which version: beside the code.
    pub named: String,
    /// The text that prescribes it; or empty.
    pub source: String,
    /// Its sections, in order.
    pub sections: Vec<DeclaredSection>,
    /// Place and date above the signatures.
    pub signed_at: String,
    /// Who signs: the words above, and the name below; or empty.
    pub signers: Vec<(String, String)>,
    /// The address behind the code.
    #[serde(skip)]
    pub follow: Follow,
}

/// Fields under one heading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DeclaredSection {
    /// The heading.
    pub title: String,
    /// What to know before answering; or empty.
    pub help: String,
    /// When it is to be answered; or empty.
    pub when: String,
    /// The fields.
    pub fields: Vec<DeclaredField>,
}

/// A field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DeclaredField {
    /// What is asked.
    pub label: String,
    /// How to answer; or empty.
    pub help: String,
    /// When it is to be answered; or empty.
    pub when: String,
    /// The answer in words; or empty.
    pub value: String,
    /// Whether the paper has the answer in words, too.
    pub in_words: bool,
    /// The answer in words of numbers; or empty.
    pub spelled: String,
    /// How it stands on paper.
    #[serde(flatten)]
    pub kind: FieldKind,
}

/// How a field stands on paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FieldKind {
    /// A dotted line.
    #[default]
    Line,
    /// A short dotted line; two of them share one.
    Short,
    /// Several dotted lines.
    Lines {
        /// How many.
        lines: u8,
    },
    /// Day, month and year.
    Date,
    /// Twelve boxes for digits.
    Digits,
    /// Commune and province below the details.
    Place,
    /// Boxes, of which one is ticked.
    Choice {
        /// Each with whether it is the one.
        options: Vec<(String, bool)>,
    },
    /// A box before the words.
    Tick {
        /// Whether it is ticked.
        ticked: bool,
    },
    /// Rows of the same fields.
    Table {
        /// The headings.
        columns: Vec<String>,
        /// The cells.
        rows: Vec<Vec<String>>,
    },
}

impl DeclaredPaper {
    /// The paper, ready to be set.
    pub fn ready(&self) -> Ready {
        ready(Deed::DeclaredForm, &self.sheet, &self.follow, self)
    }
}
