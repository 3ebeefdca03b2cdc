//! A letter and its ways to the reader.

use jiff::Timestamp;

use super::template::Kind;
use crate::domain::ids::UserName;

/// A way to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// The pages of this portal: the tracking page, the account, the desk.
    Web,
    /// Email over SMTP.
    Email,
    /// Text messages over an HTTP gateway.
    Sms,
    /// Zalo over an HTTP gateway.
    Zalo,
    /// Any other HTTP gateway that takes a phone number.
    Other,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 5] = [Self::Web, Self::Email, Self::Sms, Self::Zalo, Self::Other];
    /// Those of HTTP gateways.
    pub const GATEWAYS: [Self; 3] = [Self::Sms, Self::Zalo, Self::Other];

    /// The name in addresses and settings.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Zalo => "zalo",
            Self::Other => "other",
        }
    }

    /// The channel with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.id() == id)
    }
}

/// Who reads a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Addressee {
    /// Whoever filed the dossier.
    Applicant,
    /// An account of the desk.
    Staff(UserName),
}

/// How far a delivery is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeliveryState {
    /// It will be tried, or tried again.
    Waiting,
    /// A gateway or server took it, or it stands on a page.
    Sent,
    /// It was tried as often as settings allow: a person must look.
    Dead,
    /// It would have gone; nothing leaves the demo.
    Withheld,
}

/// A letter on one way.
#[derive(Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The way.
    pub channel: Channel,
    /// A phone, an email address, or empty on the web. Sealed with the letter.
    pub address: String,
    /// How far it is.
    pub state: DeliveryState,
    /// How often it was tried.
    pub tries: u32,
    /// When it is tried next, or when it ended.
    pub at: Timestamp,
    /// What the last try said; never a person's data.
    pub error: String,
}

impl std::fmt::Debug for Delivery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Delivery({}, {:?}, {} tries)", self.channel.id(), self.state, self.tries)
    }
}

/// What somebody is told, in the words that go out.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// What it is about.
    pub kind: Kind,
    /// Who reads it.
    pub to: Addressee,
    /// The due date that a reminder is about: it is reminded of once.
    pub about: Option<Timestamp>,
    /// The subject of an email, the heading on a page.
    pub subject: String,
    /// The whole text.
    pub long: String,
    /// The text of a short message.
    pub short: String,
    /// Its ways.
    pub deliveries: Vec<Delivery>,
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Letter({}, {:?}, {:?})", self.kind.id(), self.to, self.deliveries)
    }
}
