//! Looks: that somebody at a desk, or a program, was shown a dossier, and why it was theirs to see.

use jiff::{SignedDuration, Timestamp};

use super::agency::Staff;
use super::dossier::{Actor, Dossier};
use super::ids::DossierId;

/// Within so long one account's looks at one part of a dossier are one look.
pub const AS_ONE: SignedDuration = SignedDuration::from_mins(15);

/// What was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The dossier itself: answers, papers' names, what happened.
    Dossier,
    /// A file that was handed in.
    File,
    /// A paper of the section, printed.
    Paper,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 3] = [Self::Dossier, Self::File, Self::Paper];

    /// The name in addresses and answers.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Dossier => "dossier",
            Self::File => "file",
            Self::Paper => "paper",
        }
    }
}

/// Why the dossier was theirs to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// It is in the account's own hands.
    Holder,
    /// It is with the account's unit.
    Unit,
    /// The account's agency decides it.
    Competent,
    /// The account's agency took it in.
    Receiving,
    /// The account's agency had it before a transfer.
    Past,
    /// The account's agency was asked for its opinion.
    Consulted,
    /// A program of the office reads dossiers.
    Program,
}

impl Relation {
    /// Every relation.
    pub const ALL: [Self; 7] = [
        Self::Holder,
        Self::Unit,
        Self::Competent,
        Self::Receiving,
        Self::Past,
        Self::Consulted,
        Self::Program,
    ];

    /// The name in answers.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Holder => "holder",
            Self::Unit => "unit",
            Self::Competent => "competent",
            Self::Receiving => "receiving",
            Self::Past => "past",
            Self::Consulted => "consulted",
            Self::Program => "program",
        }
    }

    /// Why a dossier, as they are shown it, is an actor's to see; none for who sees their own.
    pub fn of(actor: &Actor, dossier: &Dossier) -> Option<Self> {
        match actor {
            Actor::Staff(staff) => Some(of_staff(staff, dossier)),
            Actor::Program(_) => Some(Self::Program),
            Actor::Applicant | Actor::System => None,
        }
    }
}

fn of_staff(staff: &Staff, dossier: &Dossier) -> Relation {
    let holder = &dossier.holder;
    let is_competent = dossier.competent_agency == staff.agency;
    if is_competent && holder.user.as_ref() == Some(&staff.name) {
        return Relation::Holder;
    }
    if is_competent && holder.unit.is_some() && holder.unit == staff.unit {
        return Relation::Unit;
    }
    match () {
        () if is_competent => Relation::Competent,
        () if dossier.receiving_agency == staff.agency => Relation::Receiving,
        () if dossier.is_of(&staff.agency) => Relation::Past,
        () => Relation::Consulted,
    }
}

/// A look at a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// When.
    pub at: Timestamp,
    /// The account, or the program's name.
    pub account: String,
    /// The account's agency; empty for a program.
    pub agency: String,
    /// The account's roles then, by their names.
    pub roles: Vec<String>,
    /// The dossier.
    pub dossier: DossierId,
    /// What was shown.
    pub part: Part,
    /// Why it was theirs.
    pub relation: Relation,
}

impl Look {
    /// The look of an actor at a dossier; none when they see what is their own.
    pub fn new(at: Timestamp, actor: &Actor, dossier: &Dossier, part: Part) -> Option<Self> {
        let relation = Relation::of(actor, dossier)?;
        let staff = actor.staff();
        let roles = staff.map(|staff| staff.roles.iter().map(|role| role.id().to_owned()));
        Some(Self {
            at,
            account: actor.label().into_owned(),
            agency: staff.map(|staff| staff.agency.to_string()).unwrap_or_default(),
            roles: roles.into_iter().flatten().collect(),
            dossier: dossier.id,
            part,
            relation,
        })
    }

    /// What makes two looks the same, but for their times.
    pub fn same(&self) -> (String, DossierId, Part) {
        (self.account.clone(), self.dossier, self.part)
    }
}
