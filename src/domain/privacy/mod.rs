//! What the law on personal data asks of the office (Law 91/2025/QH15, Decree 356/2025/ND-CP): notices
//! where data are collected, consent by purpose, and requests of the persons whom data are about.

pub mod consent;
pub mod request;
mod texts;
pub mod words;

pub use consent::{Act, Agreement, Entry, Standing, Way};
pub use request::{Period, Periods, Request, RequestKind};
pub use texts::{ConsentText, Notice, Texts};

/// What data may be used for beyond a dossier, by consent alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// What a person says of themselves is remembered and fills the next filing in.
    Remember,
    /// Papers are kept to be handed in again.
    Papers,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 2] = [Self::Remember, Self::Papers];

    /// The name in files, addresses and exports.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Remember => "remember",
            Self::Papers => "papers",
        }
    }

    /// The purpose with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.id() == id)
    }
}

/// Where personal data are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A dossier that is filed online.
    Filing,
    /// A dossier that is taken in at the counter.
    Counter,
    /// The sign-in with a telephone number or an email address.
    SignIn,
    /// What somebody says of themselves in their account.
    Profile,
    /// Papers that somebody keeps.
    Papers,
    /// A request about one's own data.
    Request,
}

impl Place {
    /// Every place.
    pub const ALL: [Self; 6] =
        [Self::Filing, Self::Counter, Self::SignIn, Self::Profile, Self::Papers, Self::Request];

    /// The name in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Filing => "filing",
            Self::Counter => "counter",
            Self::SignIn => "sign_in",
            Self::Profile => "profile",
            Self::Papers => "papers",
            Self::Request => "request",
        }
    }

    /// The place with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.id() == id)
    }
}
