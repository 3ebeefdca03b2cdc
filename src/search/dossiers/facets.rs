//! What dossiers are counted and narrowed by.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Timestamp;

use super::DossierDoc;

/// Something that dossiers are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// National status number.
    Status,
    /// Field of procedures.
    Field,
    /// Procedure's code.
    Procedure,
    /// Way in, in the words of the API.
    Channel,
}

/// How many there are, by facet and value.
pub type Tally = BTreeMap<Facet, BTreeMap<String, u64>>;

/// What narrows an answer. Bounds are from the first instant on, to before the last.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filters<'a> {
    /// The value wanted of each facet, in the order of [`Facet::ALL`].
    pub facets: [Option<&'a str>; Facet::ALL.len()],
    /// Only what is with this account.
    pub holder: Option<&'a str>,
    /// Received at or after.
    pub received_from: Option<Timestamp>,
    /// Received before.
    pub received_to: Option<Timestamp>,
    /// Due at or after.
    pub due_from: Option<Timestamp>,
    /// Due before.
    pub due_before: Option<Timestamp>,
}

impl Facet {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Status, Self::Field, Self::Procedure, Self::Channel];

    /// The name of its column.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Field => "field",
            Self::Procedure => "procedure",
            Self::Channel => "channel",
        }
    }
}

impl DossierDoc {
    /// What a facet says of it.
    pub(super) fn value_of(&self, facet: Facet) -> Cow<'_, str> {
        match facet {
            Facet::Status => self.status.to_string().into(),
            Facet::Field => self.field.as_str().into(),
            Facet::Procedure => self.procedure.as_str().into(),
            Facet::Channel => self.channel.into(),
        }
    }
}
