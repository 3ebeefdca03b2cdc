//! What rules look up while they decide: an immutable picture of catalogue, agencies, accounts,
//! calendars and rule packs, replaced as a whole when administration changes something.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::Timestamp;

use super::calendars::Calendars;
use super::notices::NoticeSettings;
use crate::domain::agency::{Agency, Staff};
use crate::domain::calendar::Calendar;
use crate::domain::catalogue::{Level, Procedure};
use crate::domain::dossier::Directory;
use crate::domain::ids::{AgencyCode, ProcedureCode, UserName};
use crate::domain::rules::RulePack;

/// The picture.
#[derive(Debug)]
pub struct World {
    pub(super) agencies: BTreeMap<AgencyCode, Agency>,
    pub(super) staff: HashMap<UserName, Staff>,
    pub(super) procedures: BTreeMap<ProcedureCode, Arc<Procedure>>,
    pub(super) calendars: Calendars,
    /// What is set about notices; secrets are sealed.
    pub(super) notices: NoticeSettings,
    pub(super) packs: Vec<RulePack>,
    /// Changes with the catalogue; the search index is built for one.
    pub(super) catalogue_stamp: String,
}

impl World {
    /// Every agency, by code.
    pub fn agencies(&self) -> impl Iterator<Item = &Agency> {
        self.agencies.values()
    }

    /// Every account, by name.
    pub fn accounts(&self) -> Vec<&Staff> {
        let mut accounts: Vec<&Staff> = self.staff.values().collect();
        accounts.sort_by(|a, b| a.name.cmp(&b.name));
        accounts
    }

    /// Every procedure, by code.
    pub fn procedures(&self) -> impl Iterator<Item = &Arc<Procedure>> {
        self.procedures.values()
    }

    /// How many procedures there are.
    pub fn procedure_count(&self) -> usize {
        self.procedures.len()
    }

    /// The procedure with this code, to keep.
    pub fn shared_procedure(&self, code: &ProcedureCode) -> Option<Arc<Procedure>> {
        self.procedures.get(code).cloned()
    }

    /// The fields of the catalogue with how many procedures each has, by name.
    pub fn fields(&self) -> BTreeMap<&str, usize> {
        let mut fields = BTreeMap::new();
        for procedure in self.procedures.values() {
            *fields.entry(procedure.field.as_str()).or_default() += 1;
        }
        fields
    }

    /// The agency that speaks for this instance on public pages: the first commune, else the first.
    pub fn home(&self) -> Option<&Agency> {
        self.agencies
            .values()
            .find(|agency| agency.level == Level::Commune)
            .or_else(|| self.agencies.values().next())
    }

    /// Agencies at which a procedure can be filed: those of a level that settles it, and communes,
    /// which take in for the province (Decree 118/2025/ND-CP art. 14). Every one when the catalogue
    /// names no level.
    pub fn takers(&self, procedure: &Procedure) -> Vec<&Agency> {
        let settles = |agency: &Agency| procedure.levels.contains(&agency.level);
        let of_province = procedure.levels.contains(&Level::Province);
        let mut takers: Vec<&Agency> = self.agencies.values().collect();
        if self.agencies.values().any(settles) {
            takers.retain(|agency| {
                settles(agency) || (of_province && agency.level == Level::Commune)
            });
            takers.sort_by_key(|agency| !settles(agency));
        }
        takers
    }

    /// Who decides a procedure that was handed in at `receiving`: itself when it is of a level that
    /// settles it, else the first agency that is.
    pub fn competent(&self, receiving: &AgencyCode, procedure: &Procedure) -> AgencyCode {
        let settles = |agency: &Agency| procedure.levels.contains(&agency.level);
        let own = self.agencies.get(receiving).is_some_and(settles);
        if own || procedure.levels.is_empty() {
            return receiving.clone();
        }
        let other = self.agencies.values().find(|agency| settles(agency));
        other.map_or_else(|| receiving.clone(), |agency| agency.code.clone())
    }

    /// The rule pack in force at an instant; the newest when none says it is.
    pub fn pack_at(&self, at: Timestamp) -> &RulePack {
        self.packs.iter().find(|pack| pack.is_in_force(at)).unwrap_or(&self.packs[0])
    }

    /// Every rule pack.
    pub fn packs(&self) -> &[RulePack] {
        &self.packs
    }
}

impl Directory for World {
    fn agency(&self, code: &AgencyCode) -> Option<&Agency> {
        self.agencies.get(code)
    }

    fn staff(&self, name: &UserName) -> Option<&Staff> {
        self.staff.get(name)
    }

    fn procedure(&self, code: &ProcedureCode) -> Option<&Procedure> {
        self.procedures.get(code).map(AsRef::as_ref)
    }

    fn calendar(&self, agency: &AgencyCode) -> &Calendar {
        self.calendars.of(agency)
    }

    fn rules(&self, id: &str) -> &RulePack {
        self.packs.iter().find(|pack| pack.id == id).unwrap_or(&self.packs[0])
    }
}
