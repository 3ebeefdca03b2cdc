//! What is stuck on, hung up or torn off: an envelope's label, a poster with a QR code, a number.

use serde::Serialize;

use super::{Deed, Follow, Ready, Sheet, ready};

/// A party of the post.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Post {
    /// Name.
    pub name: String,
    /// Address; empty prints a dotted line.
    pub address: String,
    /// Telephone; or empty.
    pub phone: String,
}

/// The label of an envelope in which a result goes out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Envelope {
    /// Head and foot.
    #[serde(skip)]
    pub sheet: Sheet,
    /// Who sends.
    pub sender: Post,
    /// To whom.
    pub recipient: Post,
    /// What is inside.
    pub content: String,
    /// The code of the dossier, for the scanner.
    #[serde(skip)]
    pub follow: Follow,
}

impl Envelope {
    /// The paper, ready to be set.
    pub fn ready(&self) -> Ready {
        ready(Deed::Envelope, &self.sheet, &self.follow, self)
    }
}

/// A poster for the wall of the section, with a QR code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Poster {
    /// Head and foot.
    #[serde(skip)]
    pub sheet: Sheet,
    /// The large line.
    pub heading: String,
    /// That it is not in force, and what takes its place; or empty.
    pub notice: String,
    /// What the code opens.
    pub about: String,
    /// Further facts, such as duration and fee.
    pub facts: Vec<(String, String)>,
    /// Where the section is and whom to call.
    pub office: Vec<String>,
    /// The address behind the code.
    #[serde(skip)]
    pub follow: Follow,
}

impl Poster {
    /// The paper, ready to be set.
    pub fn ready(&self) -> Ready {
        ready(Deed::Poster, &self.sheet, &self.follow, self)
    }
}

/// A number of the queue, torn off at the kiosk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct QueueTicket {
    /// Head and foot.
    #[serde(skip)]
    pub sheet: Sheet,
    /// The number, such as `A012`.
    pub ticket: String,
    /// What for.
    pub service: String,
    /// When it was taken.
    pub at: String,
    /// How many wait before it, in words.
    pub ahead: String,
}

impl QueueTicket {
    /// The paper, ready to be set.
    pub fn ready(&self) -> Ready {
        ready(Deed::QueueTicket, &self.sheet, &Follow::default(), self)
    }
}
