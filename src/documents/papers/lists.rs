//! Papers that are tables: who had a dossier when, what was handed over, the register.

use serde::Serialize;

use super::{Deed, Follow, Ready, Sheet, ready};

/// A hand-over of a dossier, as a line of its control sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ControlStep {
    /// What was done, such as `Chuyển xử lý`.
    pub deed: String,
    /// Who gave it: name and unit.
    pub giver: String,
    /// Who got it; empty when it stayed where it was.
    pub receiver: String,
    /// When, in words.
    pub at: String,
    /// Before, at or after the step's hours ran out; empty when they are not set.
    pub outcome: String,
    /// The steps of the process that ended with it, and other remarks, a line each.
    pub notes: Vec<String>,
}

/// The control sheet of a dossier (form 05 of Circular 01/2018, 06 of Circular 03/2025).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ControlSheet {
    /// Head and foot.
    #[serde(skip)]
    pub sheet: Sheet,
    /// The dossier's owner.
    pub person: String,
    /// The procedure's name.
    pub procedure: String,
    /// Who settles it.
    pub competent: String,
    /// Who is asked for an opinion.
    pub consulted: Vec<String>,
    /// When it was received, in words.
    pub received: String,
    /// When the result is due, in words.
    pub due: String,
    /// How it ended in time, if it has ended.
    pub outcome: Option<String>,
    /// The steps, oldest first.
    pub steps: Vec<ControlStep>,
}

impl ControlSheet {
    /// The paper, ready to be set.
    pub fn ready(&self) -> Ready {
        ready(Deed::ControlSheet, &self.sheet, &Follow::default(), self)
    }
}

/// One side of a hand-over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Party {
    /// The unit or section.
    pub unit: String,
    /// The person; empty while it is to be written by hand.
    pub name: String,
}

/// A dossier on a hand-over list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct HandOverLine {
    /// Its code.
    pub code: String,
    /// Its procedure.
    pub procedure: String,
    /// Its owner.
    pub person: String,
    /// The papers or the result that go along.
    pub papers: String,
    /// When the result is due.
    pub due: String,
}

/// A hand-over list (biên bản bàn giao), of dossiers to a unit or of results back to the section.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct HandOver {
    /// Head and foot.
    #[serde(skip)]
    pub sheet: Sheet,
    /// Whether results go back, and not dossiers out.
    #[serde(skip)]
    pub is_results: bool,
    /// When, in words.
    pub at: String,
    /// Who hands over.
    pub giver: Party,
    /// Who takes over.
    pub receiver: Party,
    /// What is handed over.
    pub lines: Vec<HandOverLine>,
}

impl HandOver {
    /// The paper, ready to be set.
    pub fn ready(&self) -> Ready {
        let deed = if self.is_results { Deed::ResultHandOver } else { Deed::HandOver };
        ready(deed, &self.sheet, &Follow::default(), self)
    }
}

/// A dossier in the register.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RegisterLine {
    /// Its code.
    pub code: String,
    /// Its procedure.
    pub procedure: String,
    /// Number of sets.
    pub sets: u32,
    /// Its owner.
    pub person: String,
    /// Address and telephone.
    pub address: String,
    /// Who settles it.
    pub competent: String,
    /// When it was received.
    pub received: String,
    /// When the result is due.
    pub due: String,
    /// When it went to the settling unit; empty while it has not.
    pub sent: String,
    /// When the result came back; empty while it has not.
    pub back: String,
    /// When the result was handed over; empty while it was not.
    pub returned: String,
    /// How it was, or is to be, handed over.
    pub way: String,
    /// Who took it; empty where a signature is asked for.
    pub taker: String,
    /// Its status, and what else is to be said.
    pub note: String,
}

/// The register of a period (form 06 of Circular 01/2018, 07 of Circular 03/2025).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Register {
    /// Head and foot.
    #[serde(skip)]
    pub sheet: Sheet,
    /// From which day to which, in words.
    pub period: String,
    /// The dossiers, in the order of reception.
    pub lines: Vec<RegisterLine>,
    /// How many, in two digits at least.
    pub total: String,
}

impl Register {
    /// The paper, ready to be set.
    pub fn ready(&self) -> Ready {
        ready(Deed::Register, &self.sheet, &Follow::default(), self)
    }
}
