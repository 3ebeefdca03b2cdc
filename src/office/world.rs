//! What rules look up while they decide: an immutable picture of catalogue, agencies, accounts,
//! calendars and rule packs, replaced as a whole when administration changes something.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::calendars::Calendars;
use super::checklists::Checklists;
use super::connections::Connections;
use super::dictionary::OwnWord;
use super::fees::Fees;
use super::forms::Forms;
use super::guidance::Guides;
use super::life_events::LifeEvent;
use super::notices::NoticeSettings;
use super::offers::Offers;
use super::processes::{Processes, Whose};
use super::publishing::{Earlier, EarlierProcedure, Published};
use super::queue_services::QueueServices;
use super::sign_on::Provider;
use super::validity::Validities;
use crate::documents::papers::Layouts;
use crate::domain::absence::Absence;
use crate::domain::agency::{Agency, Role, Staff};
use crate::domain::calendar::Calendar;
use crate::domain::catalogue::{Level, Procedure};
use crate::domain::checklist::PaperRule;
use crate::domain::dossier::linking::{Decides, Follower, settles};
use crate::domain::dossier::{Directory, Dossier, Intake};
use crate::domain::fee::Schedule;
use crate::domain::form::DeclaredForm;
use crate::domain::ids::{AgencyCode, ProcedureCode, UnitCode, UserName};
use crate::domain::offer::{Offer, OfferState};
use crate::domain::process::Process;
use crate::domain::rules::RulePack;
use crate::domain::validity::Validity;

/// The picture.
#[derive(Debug)]
pub struct World {
    pub(super) agencies: BTreeMap<AgencyCode, Agency>,
    pub(super) staff: HashMap<UserName, Staff>,
    /// Names of accounts that sign in with a second factor.
    pub(super) secured: HashSet<String>,
    /// Ids of passkeys with the names of their accounts.
    pub(super) passkeys: HashMap<String, String>,
    /// Digests of people at providers of sign-on, with the names of their accounts.
    pub(super) sign_ons: HashMap<String, String>,
    /// Providers of sign-on, by id; secrets are sealed.
    pub(super) providers: Vec<Arc<Provider>>,
    /// Roles that demand one.
    pub(super) second_factor_roles: BTreeSet<Role>,
    /// When accounts are away, and who stands in.
    pub(super) absences: Vec<Absence>,
    pub(super) procedures: BTreeMap<ProcedureCode, Arc<Procedure>>,
    /// The same as their rows give them, without what agencies set.
    pub(super) published: Published,
    /// What procedures said before they changed, by the instant of the change, oldest first.
    pub(super) earlier: Earlier,
    /// When procedures are in force.
    pub(super) validities: Validities,
    /// What agencies say of procedures.
    pub(super) offers: Offers,
    pub(super) calendars: Calendars,
    pub(super) fees: Fees,
    /// What is set about notices; secrets are sealed.
    pub(super) notices: NoticeSettings,
    pub(super) packs: Arc<[RulePack]>,
    /// The rule packs that agencies chose.
    pub(super) chosen: HashMap<AgencyCode, String>,
    pub(super) layouts: Layouts,
    pub(super) connections: Connections,
    /// The queue's services that agencies set.
    pub(super) queues: QueueServices,
    /// The newest versions of processes.
    pub(super) processes: Processes,
    /// The instance's own everyday words.
    pub(super) words: Vec<OwnWord>,
    /// Matters of life, hidden ones too.
    pub(super) life: Vec<LifeEvent>,
    /// Every version of declared forms.
    pub(super) forms: Forms,
    /// When which papers are asked for, where that was set here.
    pub(super) checklists: Checklists,
    /// The questions that lead to the right procedure.
    pub(super) guides: Guides,
    /// Changes with the catalogue; the search index is built for one.
    pub(super) catalogue_stamp: String,
}

/// A procedure that follows, and who may decide it.
#[derive(Clone, Debug)]
pub struct LinkChoice<'a> {
    /// The procedure.
    pub procedure: &'a Procedure,
    /// The agencies.
    pub agencies: Vec<&'a Agency>,
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

    /// Every provider of sign-on, by id.
    pub fn providers(&self) -> &[Arc<Provider>] {
        &self.providers
    }

    /// A provider of sign-on.
    pub fn provider(&self, id: &str) -> Option<&Arc<Provider>> {
        self.providers.iter().find(|provider| provider.id == id)
    }

    /// The account that is linked with somebody at a provider.
    pub(super) fn linked_account(&self, who: &str) -> Option<&str> {
        self.sign_ons.get(who).map(String::as_str)
    }

    /// Every procedure, by code.
    pub fn procedures(&self) -> impl Iterator<Item = &Arc<Procedure>> {
        self.procedures.values()
    }

    /// The instance's own everyday words, by what is said.
    pub fn words(&self) -> &[OwnWord] {
        &self.words
    }

    /// How many procedures there are.
    pub fn procedure_count(&self) -> usize {
        self.procedures.len()
    }

    /// The procedure with this code, to keep.
    pub fn shared_procedure(&self, code: &ProcedureCode) -> Option<Arc<Procedure>> {
        self.procedures.get(code).cloned()
    }

    /// The fields of the catalogue, of ended procedures too, by name.
    pub fn fields(&self) -> BTreeSet<&str> {
        self.procedures.values().map(|procedure| procedure.field.as_str()).collect()
    }

    /// The fields with how many procedures in force each has on a day, by name.
    pub fn fields_in_force(&self, day: Date) -> BTreeMap<&str, usize> {
        let mut fields = BTreeMap::new();
        let in_force = |p: &&Arc<Procedure>| self.is_in_force(&p.code, day);
        for procedure in self.procedures.values().filter(in_force) {
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
    /// names no level. Those that do not offer it on the day are left out.
    pub fn takers(&self, procedure: &Procedure, day: Date) -> Vec<&Agency> {
        let mut takers = self.able(procedure);
        takers.retain(|agency| self.offers(&agency.code, &procedure.code, day));
        takers
    }

    /// Agencies that would take a procedure in and say that they have stopped, or will begin later.
    pub fn halted(&self, procedure: &Procedure, day: Date) -> Vec<&Agency> {
        let mut halted = self.able(procedure);
        halted.retain(|agency| {
            let offer = self.offer(&agency.code, &procedure.code);
            offer.is_some_and(|offer| offer.state != OfferState::NotOpen && !offer.is_open(day))
        });
        halted
    }

    /// Agencies that may take a procedure in, whatever they say of it.
    fn able(&self, procedure: &Procedure) -> Vec<&Agency> {
        let settles = |agency: &Agency| procedure.levels.contains(&agency.level);
        let of_province = procedure.levels.contains(&Level::Province);
        let is_open = |agency: &&Agency| self.connections.is_open(&agency.code);
        let mut takers: Vec<&Agency> = self.agencies.values().filter(is_open).collect();
        if self.agencies.values().any(settles) {
            takers.retain(|agency| {
                settles(agency) || (of_province && agency.level == Level::Commune)
            });
            takers.sort_by_key(|agency| !settles(agency));
        }
        takers
    }

    /// Agencies that settle a procedure and take it on, by code.
    pub fn settlers<'a>(&'a self, procedure: &'a Procedure) -> impl Iterator<Item = &'a Agency> {
        let agencies = self.agencies.values().filter(|a| self.connections.is_open(&a.code));
        agencies.filter(move |agency| settles(agency, procedure))
    }

    /// Agencies at which a procedure is filed online here, the portal's own first.
    pub fn own_takers(&self, procedure: &Procedure, day: Date) -> Vec<&Agency> {
        let mut takers = self.takers_by(procedure, day, Intake::Own);
        // Who keeps this portal comes first: most people who file here mean it.
        let home = self.home().map(|home| home.code.clone());
        takers.sort_by_key(|agency| Some(&agency.code) != home.as_ref());
        takers
    }

    /// Agencies for which it is filed at the national portal.
    pub fn national_takers(&self, procedure: &Procedure, day: Date) -> Vec<&Agency> {
        self.takers_by(procedure, day, Intake::National)
    }

    fn takers_by(&self, procedure: &Procedure, day: Date, mode: Intake) -> Vec<&Agency> {
        let mut takers = self.takers(procedure, day);
        takers.retain(|agency| {
            let competent = self.competent(&agency.code, procedure);
            self.connections.intake(&competent, &procedure.code) == mode
        });
        takers
    }

    /// The procedures that follow one and leave their agency to the filing: those of the level that
    /// settles each, the likely one first.
    pub fn link_choices(
        &self,
        leading: &ProcedureCode,
        receiving: &AgencyCode,
        day: Date,
    ) -> Vec<LinkChoice<'_>> {
        let chosen = self.connections.followers(leading).iter();
        let chosen = chosen.filter(|follower| follower.decides == Decides::Chosen);
        let choice = |follower: &Follower| {
            if !self.is_in_force(&follower.procedure, day) {
                return None;
            }
            let procedure = self.procedures.get(&follower.procedure)?;
            let mut agencies: Vec<&Agency> = self.settlers(procedure).collect();
            agencies.sort_by_key(|agency| agency.code != *receiving);
            Some(LinkChoice { procedure, agencies })
        };
        chosen.filter_map(choice).collect()
    }

    /// How agencies and portals are connected.
    pub fn connections(&self) -> &Connections {
        &self.connections
    }

    /// Who decides a procedure that was handed in at `receiving`: itself when it is of a level that
    /// settles it, else the first agency that is.
    pub fn competent(&self, receiving: &AgencyCode, procedure: &Procedure) -> AgencyCode {
        let own = self.agencies.get(receiving).is_some_and(|agency| settles(agency, procedure));
        if own || procedure.levels.is_empty() {
            return receiving.clone();
        }
        let other = self.settlers(procedure).next();
        other.map_or_else(|| receiving.clone(), |agency| agency.code.clone())
    }

    /// The rule pack in force for an agency that chose none; the first when none says it is.
    pub fn default_pack(&self, at: Timestamp) -> &RulePack {
        self.packs.iter().find(|pack| pack.is_in_force(at)).unwrap_or(&self.packs[0])
    }

    /// The rule pack in force for an agency at an instant: the one that it chose, while that is in
    /// force, else the default.
    pub fn pack_for(&self, agency: &AgencyCode, at: Timestamp) -> &RulePack {
        let chosen = self.chosen.get(agency).and_then(|chosen| {
            self.packs.iter().find(|pack| pack.pack == *chosen && pack.is_in_force(at))
        });
        chosen.unwrap_or_else(|| self.default_pack(at))
    }

    /// The rules that a dossier is under: those in force until it is received, then those that it
    /// was received under.
    pub fn rules_of(&self, dossier: &Dossier, now: Timestamp) -> &RulePack {
        match dossier.received_at {
            None => self.pack_for(&dossier.receiving_agency, now),
            Some(_) => self.rules(&dossier.rule_pack),
        }
    }

    /// The pack that an agency chose; none when it takes the default.
    pub fn chosen_pack(&self, agency: &AgencyCode) -> Option<&str> {
        self.chosen.get(agency).map(String::as_str)
    }

    /// An agency that chose a pack which is not there.
    pub(super) fn missing_pack(&self) -> Option<(&AgencyCode, &str)> {
        let missing = |pack: &str| self.packs.iter().all(|known| known.pack != pack);
        self.chosen.iter().find(|(_, pack)| missing(pack)).map(|(a, pack)| (a, pack.as_str()))
    }

    /// The layouts of papers.
    pub fn layouts(&self) -> &Layouts {
        &self.layouts
    }

    /// Every rule pack with each of its amendments, oldest first within a pack; the shipped ones
    /// come first, and the default first of all.
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

    fn procedure_at(&self, code: &ProcedureCode, at: Timestamp) -> Option<&Procedure> {
        let earlier = self.earlier.get(code).into_iter().flatten();
        let then = earlier.filter(|known| at < known.until).find_map(EarlierProcedure::said);
        then.or_else(|| self.procedure(code))
    }

    fn validity(&self, code: &ProcedureCode) -> Option<&Validity> {
        self.validities.get(code)
    }

    fn offer(&self, agency: &AgencyCode, procedure: &ProcedureCode) -> Option<&Offer> {
        self.offers.get(agency)?.get(procedure)
    }

    fn calendar(&self, agency: &AgencyCode) -> &Calendar {
        self.calendars.of(agency)
    }

    fn process(&self, procedure: &ProcedureCode, agency: &AgencyCode) -> Option<&Process> {
        let whose = |agency| Whose { procedure: procedure.clone(), agency };
        let own = self.own_process(&whose(Some(agency.clone())));
        own.or_else(|| self.own_process(&whose(None)))
    }

    fn form(&self, procedure: &ProcedureCode, version: Option<u32>) -> Option<&DeclaredForm> {
        let versions = self.forms.get(procedure)?;
        let published = match version {
            Some(version) => versions.get(&version),
            None => versions.values().next_back(),
        };
        published.map(|published| &published.form)
    }

    fn paper_rules(&self, procedure: &ProcedureCode) -> &[PaperRule] {
        self.checklist_rules(procedure)
    }

    fn rules(&self, id: &str) -> &RulePack {
        self.packs.iter().find(|pack| pack.id == id).unwrap_or(&self.packs[0])
    }

    fn fees(&self, agency: &AgencyCode, procedure: &ProcedureCode) -> Schedule {
        self.fees_with_origin(agency, procedure).0
    }

    fn is_open(&self, agency: &AgencyCode) -> bool {
        self.connections.is_open(agency)
    }

    fn has_role(&self, agency: &AgencyCode, unit: Option<&UnitCode>, role: Role) -> bool {
        let in_unit = |staff: &Staff| unit.is_none_or(|unit| staff.unit.as_ref() == Some(unit));
        self.staff.values().any(|staff| {
            staff.enabled && staff.agency == *agency && staff.is(role) && in_unit(staff)
        })
    }

    fn followers(&self, procedure: &ProcedureCode) -> &[Follower] {
        self.connections.followers(procedure)
    }

    fn intake(&self, agency: &AgencyCode, procedure: &ProcedureCode) -> Intake {
        self.connections.intake(agency, procedure)
    }
}
