//! Who acts on a dossier, and from which side.

use std::borrow::Cow;

use jiff::Timestamp;

use super::linking::Follower;
use super::state::Dossier;
use crate::domain::agency::{Agency, Role, Staff};
use crate::domain::calendar::Calendar;
use crate::domain::catalogue::Procedure;
use crate::domain::checklist::PaperRule;
use crate::domain::fee::Schedule;
use crate::domain::form::DeclaredForm;
use crate::domain::ids::{AgencyCode, ProcedureCode, UnitCode, UserName};
use crate::domain::offer::Offer;
use crate::domain::process::Process;
use crate::domain::rules::RulePack;
use crate::domain::validity::Validity;

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The applicant, proved by the dossier's secret, a one-time code or an account.
    Applicant,
    /// Somebody at a desk.
    Staff(Staff),
    /// A program with a token of its own.
    Program(String),
    /// The instance itself.
    System,
}

impl Actor {
    /// The name under which the log keeps the actor; no citizen's name. Of who stands in for somebody
    /// it names both: see [`in_whose_place`](crate::domain::absence::in_whose_place).
    pub fn label(&self) -> Cow<'_, str> {
        match self {
            Self::Applicant => "applicant".into(),
            Self::Staff(staff) => match &staff.stands_in_for {
                Some(away) => format!("{}/{away}", staff.name).into(),
                None => staff.name.as_str().into(),
            },
            Self::Program(name) => name.as_str().into(),
            Self::System => "system".into(),
        }
    }

    /// The desk account, if it is one.
    pub fn staff(&self) -> Option<&Staff> {
        match self {
            Self::Staff(staff) => Some(staff),
            _ => None,
        }
    }

    /// Whether the actor may know of this dossier at all.
    pub fn sees(&self, dossier: &Dossier) -> bool {
        match self {
            Self::Applicant | Self::System | Self::Program(_) => true,
            Self::Staff(staff) => {
                dossier.concerns(&staff.agency)
                    && staff.roles.iter().any(|role| role.is_desk() || *role == Role::Auditor)
            }
        }
    }
}

/// The side of a dossier on which an account stands by its agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// It takes the dossier in.
    Receiving,
    /// It decides.
    Competent,
    /// One of the two.
    Either,
    /// It, or the account's unit in it, was asked for its opinion.
    Consulted,
}

impl Side {
    /// Whether the account stands on this side of the dossier.
    pub fn is(self, staff: &Staff, dossier: &Dossier) -> bool {
        match self {
            Self::Receiving => dossier.receiving_agency == staff.agency,
            Self::Competent => dossier.competent_agency == staff.agency,
            Self::Either => {
                Self::Receiving.is(staff, dossier) || Self::Competent.is(staff, dossier)
            }
            Self::Consulted => dossier.consultations.iter().any(|c| c.asks(staff)),
        }
    }
}

impl Role {
    /// Whether the role works on dossiers.
    pub const fn is_desk(self) -> bool {
        !matches!(self, Self::Admin | Self::Auditor | Self::Integration)
    }
}

/// What rules look up: the catalogue, agencies, people, calendars and rule packs of this instance.
pub trait Directory {
    /// The agency with this code.
    fn agency(&self, code: &AgencyCode) -> Option<&Agency>;
    /// The account with this name.
    fn staff(&self, name: &UserName) -> Option<&Staff>;
    /// The procedure with this code.
    fn procedure(&self, code: &ProcedureCode) -> Option<&Procedure>;
    /// The procedure as it was at an instant: what was received then goes on under it.
    fn procedure_at(&self, code: &ProcedureCode, _at: Timestamp) -> Option<&Procedure> {
        self.procedure(code)
    }
    /// When a procedure is in force; none when it always is.
    fn validity(&self, _code: &ProcedureCode) -> Option<&Validity> {
        None
    }
    /// What an agency says of a procedure; none when it takes it as everybody does.
    fn offer(&self, _agency: &AgencyCode, _procedure: &ProcedureCode) -> Option<&Offer> {
        None
    }
    /// The calendar of an agency: its own, or the one that it inherits.
    fn calendar(&self, agency: &AgencyCode) -> &Calendar;
    /// The published process of a procedure at the agency that decides: its own, else the one that
    /// every agency has; none when there is the usual one alone.
    fn process(&self, _procedure: &ProcedureCode, _agency: &AgencyCode) -> Option<&Process> {
        None
    }
    /// The declared form of a procedure: this version, or the newest; none when it has no form.
    fn form(&self, _procedure: &ProcedureCode, _version: Option<u32>) -> Option<&DeclaredForm> {
        None
    }
    /// When which papers of a procedure are asked for.
    fn paper_rules(&self, _procedure: &ProcedureCode) -> &[PaperRule] {
        &[]
    }
    /// The rule pack with this id, else the one in force.
    fn rules(&self, id: &str) -> &RulePack;
    /// What a procedure costs at the agency that settles it.
    fn fees(&self, agency: &AgencyCode, procedure: &ProcedureCode) -> Schedule;
    /// Whether an agency still works: it takes dossiers in and is asked for its opinion.
    fn is_open(&self, agency: &AgencyCode) -> bool;
    /// Whether an agency, or one of its units, has an account with a role.
    fn has_role(&self, agency: &AgencyCode, unit: Option<&UnitCode>, role: Role) -> bool;
    /// The procedures that follow one in other agencies.
    fn followers(&self, procedure: &ProcedureCode) -> &[Follower];
    /// Where a procedure of an agency is filed online.
    fn intake(&self, agency: &AgencyCode, procedure: &ProcedureCode) -> Intake;
}

/// Where a procedure is filed online.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Intake {
    /// On this portal.
    #[default]
    Own,
    /// On the National Public Service Portal alone; this one informs, searches and tracks.
    National,
}

impl Intake {
    /// The name in the API and in settings.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::National => "national",
        }
    }

    /// The mode with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        [Self::Own, Self::National].into_iter().find(|mode| mode.id() == id)
    }
}
