//! Enumerations of the API: lower_snake_case English on the wire.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::catalogue::{Channel, DurationUnit, Level};
use crate::domain::deadline::{DeadlineState, Outcome};
use crate::domain::dossier::{FeeKind, PaymentMethod, ResultForm, Stage, Taker};
use crate::domain::person::MandateKind;

/// Twins of enumerations of the domain, with the same variants under their names on the wire.
macro_rules! names {
    ($($(#[$doc:meta])* $name:ident = $twin:ident { $($variant:ident),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($variant),* }

        impl From<$twin> for $name {
            fn from(value: $twin) -> Self {
                match value { $($twin::$variant => Self::$variant),* }
            }
        }

        impl From<$name> for $twin {
            fn from(value: $name) -> Self {
                match value { $($name::$variant => Self::$variant),* }
            }
        }
    )*};
}

names! {
    /// A way in, or a way out.
    ChannelName = Channel { Counter, Online, Post }
    /// The level of government that settles a procedure.
    LevelName = Level { Ministry, Province, District, Commune }
    /// How a duration is counted.
    UnitName = DurationUnit { SameDay, WorkingHour, Hour, WorkingDay, Day, Month }
    /// Where a dossier stands inside Processing (status 4).
    StageName = Stage { Work, AwaitingApproval, Approved, Numbered }
    /// An ordinary fee, or a statutory financial obligation that pauses.
    FeeKindName = FeeKind { Fee, Obligation }
    /// How money came in.
    MethodName = PaymentMethod { Cash, Card, Transfer, Platform }
    /// What a result consists of.
    ResultFormName = ResultForm { File, Paper }
    /// In what capacity somebody takes a result.
    TakerName = Taker { Owner, Mandated, Representative }
    /// By what right somebody files for somebody else.
    MandateKindName = MandateKind { Authorised, LegalRepresentative }
}

/// How a dossier stands against its due date: the first four while it is open, the others when it
/// was settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineStateName {
    /// In time, or settled on the due date.
    OnTime,
    /// In time, with little left.
    DueSoon,
    /// The due date has passed.
    Overdue,
    /// Paused: there is no due date.
    Paused,
    /// Settled before the day of the due date.
    Early,
    /// Settled after the due date.
    Late,
}

impl From<DeadlineState> for DeadlineStateName {
    fn from(state: DeadlineState) -> Self {
        match state {
            DeadlineState::OnTime => Self::OnTime,
            DeadlineState::DueSoon => Self::DueSoon,
            DeadlineState::Overdue => Self::Overdue,
            DeadlineState::Paused => Self::Paused,
        }
    }
}

impl From<Outcome> for DeadlineStateName {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Early => Self::Early,
            Outcome::OnTime => Self::OnTime,
            Outcome::Late => Self::Late,
        }
    }
}
