//! The texts of notices and consents. Each has a version: what somebody agreed to stays readable when
//! the words change.

use jiff::civil::Date;

use super::{Place, Purpose};
use crate::domain::words::Text;

/// What is told where data are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Where.
    pub place: Place,
    /// The version of the words, from 1.
    pub version: u32,
    /// The first day on which they are shown.
    pub since: Date,
    /// What the data are for.
    pub what_for: Text,
    /// On which legal ground, and whether consent is needed.
    pub ground: Text,
    /// How long they are kept.
    pub kept: Text,
    /// Who sees them.
    pub seen_by: Text,
}

/// What somebody agrees to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentText {
    /// For what.
    pub purpose: Purpose,
    /// The version of the words, from 1.
    pub version: u32,
    /// The first day on which they are asked.
    pub since: Date,
    /// The sentence beside the box.
    pub ask: Text,
    /// What it means, and how it ends.
    pub about: Text,
    /// A few words for lists.
    pub name: Text,
}

impl ConsentText {
    /// The words that a person agrees to, in the one order in which they are hashed.
    pub fn said(&self) -> String {
        [&self.ask.vi, &self.about.vi, &self.ask.en, &self.about.en].map(String::as_str).join("\n")
    }
}

/// Every text that was ever shown, each version of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// Notices.
    pub notices: Vec<Notice>,
    /// Consents.
    pub consents: Vec<ConsentText>,
}

impl Texts {
    /// The notice of a place on a day: the newest version that is shown then.
    pub fn notice(&self, place: Place, day: Date) -> Option<&Notice> {
        let shown = self.notices.iter().filter(|one| one.place == place && one.since <= day);
        shown.max_by_key(|one| one.version)
    }

    /// What is asked for a purpose on a day.
    pub fn consent(&self, purpose: Purpose, day: Date) -> Option<&ConsentText> {
        let asked = self.consents.iter().filter(|one| one.purpose == purpose && one.since <= day);
        asked.max_by_key(|one| one.version)
    }

    /// A version of what was asked.
    pub fn version(&self, purpose: Purpose, version: u32) -> Option<&ConsentText> {
        self.consents.iter().find(|one| one.purpose == purpose && one.version == version)
    }
}
