//! Fee rules: those that ship, those that an administrator set for the instance or an agency, and
//! the account to which money is transferred.

mod bank;
pub mod wire;
pub mod words;

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use bank::{BANKS, Bank, BankAccount, Transfer, bank};

use self::wire::ScheduleWire;
use super::forms::Tests;
use super::forms::trying::check_counted;
use super::settings::{self, Row};
use super::world::World;
use super::{Failure, Office, words as office_words};
use crate::domain::catalogue::Procedure;
use crate::domain::dossier::Directory;
use crate::domain::fee::Schedule;
use crate::domain::ids::{AgencyCode, ProcedureCode};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::store::reader::Reader;

const NATIONAL: &str = include_str!("../../../assets/fees/national.toml");

/// The fees of the whole country, by procedure.
static SHIPPED: LazyLock<BTreeMap<ProcedureCode, Schedule>> =
    LazyLock::new(|| parse(NATIONAL).unwrap_or_default());

#[derive(Deserialize)]
struct FeeFile {
    schedule: Vec<FileSchedule>,
}

#[derive(Deserialize)]
struct FileSchedule {
    procedures: Vec<String>,
    #[serde(default)]
    rules: Vec<wire::RuleWire>,
    #[serde(default)]
    exemptions: Vec<wire::ExemptionWire>,
}

/// What an administrator set for a procedure.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct FeeRow {
    /// The agency, or empty for the instance; a blank; the procedure.
    key: String,
    schedule: ScheduleWire,
    by: String,
    at: Timestamp,
}

impl Row for FeeRow {
    const KIND: &'static str = "fees";
    fn key(&self) -> &str {
        &self.key
    }
}

/// Where the fees of a procedure come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Set for the agency itself.
    Agency,
    /// Set for every agency of the instance.
    Instance,
    /// A circular for the whole country, as it ships.
    National,
    /// The single figures of the catalogue.
    Published,
}

/// The fees that were set.
#[derive(Clone, Debug, Default)]
pub(super) struct Fees {
    set: HashMap<String, (Schedule, String, Timestamp)>,
    banks: HashMap<AgencyCode, BankAccount>,
}

impl Fees {
    /// Reads them.
    ///
    /// # Errors
    /// The store cannot be read, or a row is damaged.
    pub fn read(reader: &Reader) -> Result<Self, Failure> {
        let mut set = HashMap::new();
        for row in settings::all::<FeeRow>(reader)? {
            set.insert(row.key, (row.schedule.open()?, row.by, row.at));
        }
        Ok(Self { set, banks: bank::read(reader)? })
    }
}

/// What a circular for the whole country sets for a procedure, as it ships.
pub fn national(procedure: &ProcedureCode) -> Option<Schedule> {
    SHIPPED.get(procedure).cloned()
}

fn key(agency: Option<&AgencyCode>, procedure: &ProcedureCode) -> String {
    format!("{} {procedure}", agency.map(AgencyCode::as_str).unwrap_or_default())
}

/// The single figures of the catalogue.
fn published(procedure: &Procedure) -> Schedule {
    let source = match procedure.decision.trim() {
        "" => procedure.code.as_str(),
        decision => decision,
    };
    Schedule::published(&procedure.submission, source)
}

fn parse(text: &str) -> Result<BTreeMap<ProcedureCode, Schedule>, String> {
    let file: FeeFile = toml::from_str(text).map_err(|error| error.to_string())?;
    let mut schedules = BTreeMap::new();
    for entry in file.schedule {
        let wire = ScheduleWire { rules: entry.rules, exemptions: entry.exemptions };
        let schedule = wire.open().map_err(|refusal| {
            let first = refusal.fields.first().map(|error| error.field.clone());
            format!("{}: {refusal}", first.unwrap_or_default())
        })?;
        for code in entry.procedures {
            schedules.insert(ProcedureCode::new(code), schedule.clone());
        }
    }
    Ok(schedules)
}

impl World {
    /// What a procedure costs when this agency settles it: what it set itself, else what was set for
    /// the instance, else a circular for the whole country, else what the catalogue publishes.
    pub fn fees_with_origin(
        &self,
        agency: &AgencyCode,
        procedure: &ProcedureCode,
    ) -> (Schedule, Origin) {
        if let Some((schedule, ..)) = self.fees.set.get(&key(Some(agency), procedure)) {
            return (schedule.clone(), Origin::Agency);
        }
        self.inherited_fees(procedure)
    }

    /// What a procedure costs at agencies that set nothing themselves.
    pub fn inherited_fees(&self, procedure: &ProcedureCode) -> (Schedule, Origin) {
        match self.fees.set.get(&key(None, procedure)) {
            Some((schedule, ..)) => (schedule.clone(), Origin::Instance),
            None => self.common_fees(procedure),
        }
    }

    /// As [`World::inherited_fees`], of a procedure as the catalogue would have it.
    pub(super) fn fees_as_published(&self, procedure: &Procedure) -> Schedule {
        match self.inherited_fees(&procedure.code) {
            (_, Origin::Published) => published(procedure),
            (set, _) => set,
        }
    }

    /// What a procedure costs where nothing was set.
    fn common_fees(&self, procedure: &ProcedureCode) -> (Schedule, Origin) {
        if let Some(schedule) = national(procedure) {
            return (schedule, Origin::National);
        }
        let published = self.procedure(procedure).map(published);
        (published.unwrap_or_default(), Origin::Published)
    }

    /// Who set the fees of a procedure for an agency, or for the instance, and when.
    pub fn fees_set_by(
        &self,
        agency: Option<&AgencyCode>,
        procedure: &ProcedureCode,
    ) -> Option<(&str, Timestamp)> {
        let (_, by, at) = self.fees.set.get(&key(agency, procedure))?;
        Some((by, *at))
    }
}

impl Office {
    /// Sets what a procedure costs at an agency, or at every agency that sets nothing itself; none
    /// takes the rules above again. What was asked for already stays as it was.
    ///
    /// # Errors
    /// There is no such agency or procedure, the schedule makes no sense, or a test case of the form
    /// comes out otherwise: the fields are named.
    pub fn set_fees(
        &self,
        agency: Option<&AgencyCode>,
        procedure: &ProcedureCode,
        schedule: Option<ScheduleWire>,
        (tests, by): (Tests, &str),
    ) -> Result<(), Failure> {
        let world = self.world();
        if world.procedure(procedure).is_none() {
            return Err(Refusal::new(RefusalKind::NotFound, office_words::PROCEDURE_UNKNOWN).into());
        }
        if let Some(code) = agency.filter(|code| world.agency(code).is_none()) {
            let text = office_words::AGENCY_UNKNOWN.text(&[("code", code.as_str())]);
            return Err(Refusal::field("agency", text).into());
        }
        let schedule = schedule.map(ScheduleWire::open).transpose()?;
        if let (Some(schedule), Some(form)) = (&schedule, world.form(procedure, None)) {
            check_counted(schedule, &form.declaration)?;
        }
        if agency.is_none() && tests == Tests::Hold {
            let fees = match &schedule {
                Some(schedule) => schedule.clone(),
                None => world.common_fees(procedure).0,
            };
            self.try_in_use(procedure, |around| around.fees = fees)?;
        }
        let (key, publisher, at) = (key(agency, procedure), by.to_owned(), self.now());
        self.ledger.run_blocking(move |txn| {
            match &schedule {
                Some(schedule) => {
                    let schedule = ScheduleWire::from(schedule);
                    settings::put(txn, &FeeRow { key, schedule, by: publisher, at })?;
                }
                None => settings::delete::<FeeRow>(txn, &key),
            }
            Ok(())
        })?;
        self.refresh_world()?;
        if agency.is_none() && tests == Tests::Renew {
            self.renew_cases(procedure, by)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{NATIONAL, ScheduleWire, parse};
    use crate::domain::ids::ProcedureCode;

    #[test]
    fn the_shipped_fees_are_well_formed_and_survive_their_own_format() {
        let schedules = parse(NATIONAL).unwrap();
        let copies = &schedules[&ProcedureCode::new("2.000815")];
        assert_eq!(copies.rules[0].cap, Some(200_000));
        for schedule in schedules.values() {
            assert_eq!(ScheduleWire::from(schedule).open().as_ref(), Ok(schedule));
        }
    }
}
