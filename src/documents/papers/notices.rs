//! What the office writes to the applicant on its own account: an apology with a new date, and the
//! notice that the settlement stops.

use serde::Serialize;

use super::{Deed, Follow, PersonLines, Ready, Sheet, ready};

/// Who signs, over the name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Signer {
    /// In what capacity, in capitals.
    pub role: String,
    /// The name; blank while it is to be signed by hand.
    pub name: String,
}

/// The apology with a new date (form 04 of Circular 01/2018 and of Circular 03/2025).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Apology {
    /// Head and foot.
    #[serde(skip)]
    pub sheet: Sheet,
    /// To whom.
    pub person: PersonLines,
    /// What was asked for: the procedure's name.
    pub procedure: String,
    /// Who writes, inside sentences.
    pub office: String,
    /// When it was received, in words.
    pub received: String,
    /// The date that was promised, in words.
    pub due: String,
    /// Why it is late.
    pub reason: String,
    /// The new date, in words.
    pub new_due: String,
    /// Who signs.
    pub signer: Signer,
    /// Who gets a copy, a line each.
    pub recipients: Vec<String>,
    /// How to follow the dossier.
    #[serde(skip)]
    pub follow: Follow,
}

impl Apology {
    /// The paper, ready to be set.
    pub fn ready(&self) -> Ready {
        ready(Deed::Apology, &self.sheet, &self.follow, self)
    }
}

/// The notice that the settlement stops (form 05 of Circular 03/2025).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StopNotice {
    /// Head and foot.
    #[serde(skip)]
    pub sheet: Sheet,
    /// To whom.
    pub person: PersonLines,
    /// What was asked for: the procedure's name.
    pub procedure: String,
    /// Who writes, inside sentences.
    pub office: String,
    /// When it was received or handed in, in words.
    pub received: String,
    /// What the stop rests on: the applicant's request or a decision; none for another reason.
    pub basis: Option<String>,
    /// Why.
    pub reason: String,
    /// From when on it is stopped, in words.
    pub stopped: String,
    /// Where papers are handed back.
    pub received_at_section: String,
    /// Who signs.
    pub signer: Signer,
    /// Who gets a copy, a line each.
    pub recipients: Vec<String>,
    /// How to follow the dossier.
    #[serde(skip)]
    pub follow: Follow,
}

impl StopNotice {
    /// The paper, ready to be set.
    pub fn ready(&self) -> Ready {
        ready(Deed::StopNotice, &self.sheet, &self.follow, self)
    }
}
