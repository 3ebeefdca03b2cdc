//! The processes of procedures: published in versions, none of which is ever changed.

pub mod shipped;
pub mod wire;
pub mod words;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::forms::Tests;
use super::settings::{self, Row};
use super::world::World;
use super::{Failure, Office, words as office_words};
use crate::domain::agency::Agency;
use crate::domain::calendar::WEEKDAYS;
use crate::domain::dossier::{Directory, words as dossier_words};
use crate::domain::ids::{AgencyCode, ProcedureCode};
use crate::domain::process::{Ground, Process, Step, check, published_hours};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::store::engine::{Fault, FaultKind};
use crate::store::reader::Reader;
use wire::StepRow;

/// A version, as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ProcessRow {
    /// Procedure, agency and version: the key.
    key: String,
    procedure: String,
    agency: Option<String>,
    version: u32,
    steps: Vec<StepRow>,
    by: String,
    at: Timestamp,
}

impl Row for ProcessRow {
    const KIND: &'static str = "process";
    fn key(&self) -> &str {
        &self.key
    }
}

/// Whose process: of a procedure, at one agency or at every one that has none of its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Whose {
    /// The procedure.
    pub procedure: ProcedureCode,
    /// The agency; none for every one.
    pub agency: Option<AgencyCode>,
}

/// A published version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The process.
    pub process: Process,
    /// Who published it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// The newest versions, for the picture of the world.
pub(super) type Processes = HashMap<Whose, Arc<Process>>;

/// Reads the newest version of each process.
///
/// # Errors
/// The store cannot be read, or a row is damaged.
pub(super) fn read(reader: &Reader) -> Result<Processes, Failure> {
    let mut newest: BTreeMap<(String, Option<String>), ProcessRow> = BTreeMap::new();
    for row in settings::all::<ProcessRow>(reader)? {
        let whose = (row.procedure.clone(), row.agency.clone());
        let is_newer = newest.get(&whose).is_none_or(|known| known.version < row.version);
        if is_newer {
            newest.insert(whose, row);
        }
    }
    let known = newest.into_values().map(|row| {
        let published = Published::try_from(row)?;
        let process = published.process;
        Ok((Whose::of(&process), Arc::new(process)))
    });
    known.collect()
}

impl Whose {
    fn of(process: &Process) -> Self {
        Self { procedure: process.procedure.clone(), agency: process.agency.clone() }
    }

    fn key(&self, version: u32) -> String {
        let agency = self.agency.as_ref().map_or("", AgencyCode::as_str);
        format!("{}/{agency}/{version:06}", self.procedure)
    }
}

impl TryFrom<ProcessRow> for Published {
    type Error = Failure;

    fn try_from(row: ProcessRow) -> Result<Self, Failure> {
        let steps = wire::steps(&row.steps).map_err(|refusal| {
            let what = format!("the process {}: {}", row.key, refusal.text.en);
            Fault::new(FaultKind::Damaged, "reading settings", what)
        })?;
        let process = Process {
            procedure: ProcedureCode::new(row.procedure),
            agency: row.agency.map(AgencyCode::new),
            version: row.version,
            steps,
        };
        Ok(Self { process, by: row.by, at: row.at })
    }
}

/// What an administrator wants to publish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Whose process.
    pub whose: Whose,
    /// The steps, as they were entered.
    pub steps: Vec<StepRow>,
    /// The newest version that was seen, 0 when there was none; none when nobody looked.
    pub seen: Option<u32>,
    /// What is done about test cases of the form that come out otherwise.
    pub tests: Tests,
}

impl World {
    /// The process of exactly this agency, or of every one; not one that is inherited.
    pub fn own_process(&self, whose: &Whose) -> Option<&Process> {
        self.processes.get(whose).map(AsRef::as_ref)
    }

    /// Every process in use of a procedure: the common one and those of agencies.
    pub fn processes_of(&self, procedure: &ProcedureCode) -> impl Iterator<Item = &Process> {
        let own = self.processes.iter().filter(move |(whose, _)| whose.procedure == *procedure);
        own.map(|(_, process)| process.as_ref())
    }

    /// The answers at which a process in use looks, to leave a step out.
    pub fn answers_tested(&self) -> impl Iterator<Item = &str> {
        let steps = self.processes.values().flat_map(|process| &process.steps);
        steps.filter_map(|step| Some(step.skip_when.as_ref()?.field.as_str()))
    }

    /// The agencies that decide a procedure.
    pub fn deciders(&self, procedure: &ProcedureCode) -> Vec<&Agency> {
        let levels = self.procedure(procedure).map(|procedure| procedure.levels.as_slice());
        let settles = |agency: &&Agency| {
            levels.is_none_or(|levels| levels.is_empty() || levels.contains(&agency.level))
        };
        let found: Vec<&Agency> = self.agencies().filter(settles).collect();
        if found.is_empty() { self.agencies().collect() } else { found }
    }

    /// The published duration of a procedure in working hours, as the pack and the calendar of the
    /// agency that decides count it; none when nothing is published.
    pub fn published_hours(&self, whose: &Whose, at: Timestamp) -> Option<u32> {
        let procedure = self.procedure(&whose.procedure)?;
        let agency = whose.agency.clone();
        let agency = agency.or_else(|| Some(self.deciders(&whose.procedure).first()?.code.clone()));
        let (calendar, pack) = match &agency {
            Some(agency) => (self.calendar(agency), self.pack_for(agency, at)),
            None => (super::calendars::shipped(), self.default_pack(at)),
        };
        let week = &calendar.timetable().weekly;
        let days = WEEKDAYS.into_iter().filter(|day| !week[*day].is_empty()).count();
        published_hours(procedure, pack.hours_per_day, u32::try_from(days).unwrap_or(5))
    }
}

impl Office {
    /// Every version of a process, the newest first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn process_versions(&self, whose: &Whose) -> Result<Vec<Published>, Failure> {
        let rows = settings::all::<ProcessRow>(&self.ledger.reader()?)?;
        let own = rows.into_iter().filter(|row| {
            row.procedure == whose.procedure.as_str()
                && row.agency.as_deref() == whose.agency.as_ref().map(AgencyCode::as_str)
        });
        let mut versions: Vec<Published> =
            own.map(Published::try_from).collect::<Result<_, Failure>>()?;
        versions.sort_by_key(|published| std::cmp::Reverse(published.process.version));
        Ok(versions)
    }

    /// The steps of a draft, when they can be a process.
    ///
    /// # Errors
    /// There is no such procedure or agency, or a place is wrong; each is named.
    pub fn check_process(&self, draft: &Draft) -> Result<Vec<Step>, Refusal> {
        let world = self.world();
        self.check_whose(&draft.whose)?;
        let steps = wire::steps(&draft.steps)?;
        let competent = match &draft.whose.agency {
            Some(code) => world.agency(code).into_iter().collect(),
            None => world.deciders(&draft.whose.procedure),
        };
        // A condition may name any answer until the procedure has a form.
        let form = world.form(&draft.whose.procedure, None);
        let names = form.map(|form| form.declaration.names());
        let ground = Ground {
            competent: &competent,
            agency: &|code| world.agency(code),
            is_open: &|code| world.is_open(code),
            hours: world.published_hours(&draft.whose, self.now()),
            fields: names.as_ref(),
        };
        check(&steps, &ground)?;
        Ok(steps)
    }

    /// Publishes a draft as the next version; dossiers that began keep theirs.
    ///
    /// # Errors
    /// As [`Office::check_process`]; a test case of the form comes out otherwise; or there is a newer
    /// version than the one seen. Nothing has changed then.
    pub fn publish_process(&self, draft: &Draft, by: &str) -> Result<Process, Failure> {
        let steps = self.check_process(draft)?;
        if draft.whose.agency.is_none() && draft.tests == Tests::Hold {
            let procedure = &draft.whose.procedure;
            self.try_in_use(procedure, |around| around.steps = Some(steps.clone()))?;
        }
        let (whose, seen, publisher) = (draft.whose.clone(), draft.seen, by.to_owned());
        let by = publisher.clone();
        let rows = wire::rows(&steps);
        // Versions are only ever added, so the newest one is found by asking for the next.
        let newest = self.process_versions(&whose)?.first().map_or(0, |p| p.process.version);
        let done = self.ledger.run_blocking(move |txn| {
            let mut version = newest + 1;
            while settings::get::<ProcessRow>(txn, &whose.key(version))?.is_some() {
                version += 1;
            }
            if seen.is_some_and(|seen| seen + 1 != version) {
                let text = words::CHANGED.text(&[("version", &(version - 1).to_string())]);
                return Err(Refusal::new(RefusalKind::Conflict, text).into());
            }
            let row = ProcessRow {
                key: whose.key(version),
                procedure: whose.procedure.to_string(),
                agency: whose.agency.as_ref().map(ToString::to_string),
                version,
                steps: rows.clone(),
                by: by.clone(),
                at: txn.now(),
            };
            settings::put(txn, &row)?;
            Ok(version)
        })?;
        self.refresh_world()?;
        let Whose { procedure, agency } = draft.whose.clone();
        if agency.is_none() && draft.tests == Tests::Renew {
            self.renew_cases(&procedure, &publisher)?;
        }
        Ok(Process { procedure, agency, version: done.value, steps })
    }

    /// Refuses what is nobody's.
    ///
    /// # Errors
    /// There is no such procedure or agency.
    pub fn check_whose(&self, whose: &Whose) -> Result<(), Refusal> {
        let world = self.world();
        if world.procedure(&whose.procedure).is_none() {
            let values = [("procedure", whose.procedure.as_str())];
            let text = dossier_words::UNKNOWN_PROCEDURE.text(&values);
            return Err(Refusal::new(RefusalKind::NotFound, text));
        }
        match &whose.agency {
            Some(code) if world.agency(code).is_none() => {
                let text = office_words::AGENCY_UNKNOWN.text(&[("code", code.as_str())]);
                Err(Refusal::field("agency", text))
            }
            _ => Ok(()),
        }
    }
}
