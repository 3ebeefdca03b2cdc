//! Who calls a use case, as the web or the command line has established it.

use crate::domain::agency::{Role, Staff};
use crate::domain::dossier::Actor;

/// A caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Somebody at a desk, signed in or by a token.
    Staff(Staff),
    /// A program with a token of its own.
    Program(String),
    /// A citizen who proved a phone number or an email address.
    Citizen(String),
    /// Whoever works on a draft that is not sent, by its id: its files belong to it.
    Draft(String),
    /// Nobody in particular.
    Anybody,
}

impl Caller {
    /// The actor of a command on a dossier that this caller may touch. A citizen acts as applicant
    /// only after the dossier's secret or phone was proved, which the use case checks.
    pub fn actor(&self) -> Actor {
        match self {
            Self::Staff(staff) => Actor::Staff(staff.clone()),
            Self::Program(name) => Actor::Program(name.clone()),
            Self::Citizen(_) | Self::Draft(_) | Self::Anybody => Actor::Applicant,
        }
    }

    /// The desk account, if it is one.
    pub fn staff(&self) -> Option<&Staff> {
        match self {
            Self::Staff(staff) => Some(staff),
            _ => None,
        }
    }

    /// Whether the caller is an account with this role.
    pub fn is(&self, role: Role) -> bool {
        match self {
            Self::Staff(staff) => staff.is(role),
            Self::Program(_) => role == Role::Integration,
            _ => false,
        }
    }

    /// What keeps one caller's uploads, drafts and repeated requests apart from another's.
    pub fn scope(&self) -> String {
        match self {
            Self::Staff(staff) => format!("staff:{}", staff.name),
            Self::Program(name) => format!("program:{name}"),
            Self::Citizen(contact) => format!("citizen:{contact}"),
            Self::Draft(id) => format!("draft:{id}"),
            Self::Anybody => "anybody".to_owned(),
        }
    }
}
