//! How agencies and portals are connected, as administration sets it: which procedures follow one
//! in other agencies, where each is filed online, and which agencies have closed.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::settings::{self, Row};
use super::{Office, words};
use crate::domain::dossier::linking::{Carried, Decides, Follower, Opens, Source, check};
use crate::domain::dossier::{Directory, Intake};
use crate::domain::ids::{AgencyCode, ComponentId, ProcedureCode};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::store::ledger::Failure;
use crate::store::reader::Reader;

/// The National Public Service Portal, unless an administrator says otherwise.
pub const ENTRANCE: &str = "https://dichvucong.gov.vn";
/// What an address of the portal may hold in the place of a procedure's code.
pub const ENTRANCE_SLOT: &str = "{ma}";
/// Longest address.
const MAX_ADDRESS: usize = 500;

/// The whole of it.
#[derive(Debug, Default)]
pub struct Connections {
    followers: BTreeMap<ProcedureCode, Vec<Follower>>,
    /// By agency, and by procedure where one differs from its agency's others.
    intakes: BTreeMap<(AgencyCode, Option<ProcedureCode>), Intake>,
    entrance: Option<String>,
    closed: BTreeSet<AgencyCode>,
}

/// The procedures that follow one.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct FollowersRow {
    procedure: String,
    followers: Vec<FollowerRow>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct FollowerRow {
    procedure: String,
    decides: String,
    opens: String,
    papers: Vec<(String, String)>,
    answers: Vec<(String, String)>,
}

/// Where the procedures of an agency are filed online, or one of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct IntakeRow {
    id: String,
    agency: String,
    procedure: Option<String>,
    mode: String,
}

/// The address of the national portal.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct EntranceRow {
    address: String,
}

/// An agency that has closed.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct ClosedRow {
    agency: String,
}

impl Row for FollowersRow {
    const KIND: &'static str = "followers";
    fn key(&self) -> &str {
        &self.procedure
    }
}

impl Row for IntakeRow {
    const KIND: &'static str = "intake";
    fn key(&self) -> &str {
        &self.id
    }
}

impl Row for EntranceRow {
    const KIND: &'static str = "entrance";
    fn key(&self) -> &str {
        "this"
    }
}

impl Row for ClosedRow {
    const KIND: &'static str = "closed";
    fn key(&self) -> &str {
        &self.agency
    }
}

impl From<&Follower> for FollowerRow {
    fn from(follower: &Follower) -> Self {
        let papers = follower.papers.iter();
        Self {
            procedure: follower.procedure.to_string(),
            decides: follower.decides.id().to_owned(),
            opens: follower.opens.id().to_owned(),
            papers: papers.map(|c| (c.from.id().to_owned(), c.to.to_string())).collect(),
            answers: follower.answers.clone(),
        }
    }
}

impl From<FollowerRow> for Follower {
    fn from(row: FollowerRow) -> Self {
        let papers = row.papers.into_iter();
        let carried = |(from, to): (String, String)| Carried {
            from: Source::from_id(&from),
            to: ComponentId::new(to),
        };
        Self {
            procedure: ProcedureCode::new(row.procedure),
            decides: Decides::from_id(&row.decides),
            opens: Opens::from_id(&row.opens).unwrap_or(Opens::AtReception),
            papers: papers.map(carried).collect(),
            answers: row.answers,
        }
    }
}

fn intake_id(agency: &AgencyCode, procedure: Option<&ProcedureCode>) -> String {
    format!("{agency}/{}", procedure.map_or("*", ProcedureCode::as_str))
}

impl Connections {
    pub(super) fn read(reader: &Reader) -> Result<Self, Failure> {
        let followers = settings::all::<FollowersRow>(reader)?.into_iter().map(|row| {
            let followers = row.followers.into_iter().map(Follower::from).collect();
            (ProcedureCode::new(row.procedure), followers)
        });
        let intakes = settings::all::<IntakeRow>(reader)?.into_iter().map(|row| {
            let of = (AgencyCode::new(row.agency), row.procedure.map(ProcedureCode::new));
            (of, Intake::from_id(&row.mode).unwrap_or_default())
        });
        let closed = settings::all::<ClosedRow>(reader)?;
        Ok(Self {
            followers: followers.collect(),
            intakes: intakes.collect(),
            entrance: settings::read::<EntranceRow>(reader, "this")?.map(|row| row.address),
            closed: closed.into_iter().map(|row| AgencyCode::new(row.agency)).collect(),
        })
    }

    /// Every leading procedure with those that follow it.
    pub fn all_followers(&self) -> impl Iterator<Item = (&ProcedureCode, &[Follower])> {
        self.followers.iter().map(|(code, followers)| (code, followers.as_slice()))
    }

    /// The procedures that follow one.
    pub fn followers(&self, procedure: &ProcedureCode) -> &[Follower] {
        self.followers.get(procedure).map_or(&[], Vec::as_slice)
    }

    /// What is set for an agency, or for one procedure of it; none where nothing is.
    pub fn intake_set(
        &self,
        agency: &AgencyCode,
        procedure: Option<&ProcedureCode>,
    ) -> Option<Intake> {
        self.intakes.get(&(agency.clone(), procedure.cloned())).copied()
    }

    /// Where a procedure of an agency is filed online.
    pub fn intake(&self, agency: &AgencyCode, procedure: &ProcedureCode) -> Intake {
        let own = self.intake_set(agency, Some(procedure));
        own.or_else(|| self.intake_set(agency, None)).unwrap_or_default()
    }

    /// The procedures of an agency for which something else is set than for its others.
    pub fn exceptions<'a>(
        &'a self,
        agency: &'a AgencyCode,
    ) -> impl Iterator<Item = (&'a ProcedureCode, Intake)> {
        let own = self.intakes.iter().filter(move |((code, _), _)| code == agency);
        own.filter_map(|((_, procedure), mode)| Some((procedure.as_ref()?, *mode)))
    }

    /// Whether an agency still works.
    pub fn is_open(&self, agency: &AgencyCode) -> bool {
        !self.closed.contains(agency)
    }

    /// The address of the national portal as it is set.
    pub fn entrance(&self) -> &str {
        self.entrance.as_deref().unwrap_or(ENTRANCE)
    }

    /// Where a procedure is filed on the national portal.
    pub fn entrance_of(&self, procedure: &ProcedureCode) -> String {
        self.entrance().replace(ENTRANCE_SLOT, procedure.as_str())
    }
}

impl Office {
    /// Declares which procedures follow one from now on; none takes the declaration back. Dossiers
    /// that are filed already keep the plan that they began with.
    ///
    /// # Errors
    /// There is no such procedure, or the declaration cannot be carried out.
    pub fn declare_links(
        &self,
        procedure: &ProcedureCode,
        followers: &[Follower],
    ) -> Result<(), Failure> {
        let world = self.world();
        let Some(leading) = world.procedure(procedure) else {
            return Err(Refusal::new(RefusalKind::NotFound, words::PROCEDURE_UNKNOWN).into());
        };
        check(leading, followers, world.as_ref())?;
        let leads_to_it = |f: &Follower| f.procedure == *procedure;
        let mut leaders = world.connections().all_followers();
        if !followers.is_empty()
            && let Some((code, _)) = leaders.find(|(_, all)| all.iter().any(leads_to_it))
        {
            let text = words::FOLLOWS_ITSELF.text(&[("code", code.as_str())]);
            return Err(Refusal::field("procedure", text).into());
        }
        let row = FollowersRow {
            procedure: procedure.to_string(),
            followers: followers.iter().map(FollowerRow::from).collect(),
        };
        self.ledger.run_blocking(move |txn| {
            match row.followers.is_empty() {
                true => settings::delete::<FollowersRow>(txn, &row.procedure),
                false => settings::put(txn, &row)?,
            }
            Ok(())
        })?;
        self.refresh_world()
    }

    /// Sets where the procedures of an agency are filed online, or one of them; none takes back what
    /// was set.
    ///
    /// # Errors
    /// There is no such agency or procedure.
    pub fn set_intake(
        &self,
        agency: &AgencyCode,
        procedure: Option<&ProcedureCode>,
        mode: Option<Intake>,
    ) -> Result<(), Failure> {
        let world = self.world();
        if world.agency(agency).is_none() {
            let text = words::AGENCY_UNKNOWN.text(&[("code", agency.as_str())]);
            return Err(Refusal::field("agency", text).into());
        }
        if procedure.is_some_and(|code| world.procedure(code).is_none()) {
            return Err(Refusal::field("procedure", words::PROCEDURE_UNKNOWN).into());
        }
        let id = intake_id(agency, procedure);
        let row = mode.map(|mode| IntakeRow {
            id: id.clone(),
            agency: agency.to_string(),
            procedure: procedure.map(ToString::to_string),
            mode: mode.id().to_owned(),
        });
        self.ledger.run_blocking(move |txn| {
            match &row {
                Some(row) => settings::put(txn, row)?,
                None => settings::delete::<IntakeRow>(txn, &id),
            }
            Ok(())
        })?;
        self.refresh_world()
    }

    /// Sets the address of the national portal; an empty one takes the usual one.
    ///
    /// # Errors
    /// It is no address of the web.
    pub fn set_entrance(&self, address: &str) -> Result<(), Failure> {
        let address = address.trim();
        let plain = |c: char| c.is_ascii_graphic() && !"\"'<>\\`".contains(c);
        let is_web = address.starts_with("https://") || address.starts_with("http://");
        let fits = is_web && address.len() <= MAX_ADDRESS && address.chars().all(plain);
        if !address.is_empty() && !fits {
            return Err(Refusal::field("address", words::ENTRANCE_WRONG).into());
        }
        let row = EntranceRow { address: address.to_owned() };
        self.ledger.run_blocking(move |txn| {
            match row.address.is_empty() {
                true => settings::delete::<EntranceRow>(txn, row.key()),
                false => settings::put(txn, &row)?,
            }
            Ok(())
        })?;
        self.refresh_world()
    }

    /// Closes an agency: it takes nothing in and is asked nothing any more. Or opens it again.
    ///
    /// # Errors
    /// There is no such agency.
    pub fn set_open(&self, agency: &AgencyCode, is_open: bool) -> Result<(), Failure> {
        if self.world().agency(agency).is_none() {
            let text = words::AGENCY_UNKNOWN.text(&[("code", agency.as_str())]);
            return Err(Refusal::field("agency", text).into());
        }
        let row = ClosedRow { agency: agency.to_string() };
        self.ledger.run_blocking(move |txn| {
            match is_open {
                true => settings::delete::<ClosedRow>(txn, &row.agency),
                false => settings::put(txn, &row)?,
            }
            Ok(())
        })?;
        self.refresh_world()
    }
}
