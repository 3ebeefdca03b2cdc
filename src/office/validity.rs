//! When procedures are in force, as administration sets it; and what an end concerns.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

use super::calendars::each_open;
use super::fees::Origin;
use super::settings::{self, Row};
use super::world::World;
use super::{Failure, Office, words};
use crate::domain::calendar::local;
use crate::domain::catalogue::Procedure;
use crate::domain::dossier::Directory;
use crate::domain::ids::ProcedureCode;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::validity::{self, Standing, Validity};
use crate::store::reader::Reader;

/// Open dossiers that are looked at before an end is written: a bound on the time that the page takes.
const LOOKED_AT: usize = 20_000;

/// The time in which a procedure is in force.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct ValidityRow {
    procedure: String,
    #[serde(default)]
    from: Option<Date>,
    #[serde(default)]
    ends: Option<Date>,
    #[serde(default)]
    decision: String,
    #[serde(default)]
    successors: Vec<String>,
}

impl Row for ValidityRow {
    const KIND: &'static str = "validity";
    fn key(&self) -> &str {
        &self.procedure
    }
}

impl ValidityRow {
    fn new(code: &ProcedureCode, validity: &Validity) -> Self {
        Self {
            procedure: code.to_string(),
            from: validity.from,
            ends: validity.ends,
            decision: validity.decision.trim().to_owned(),
            successors: validity.successors.iter().map(ToString::to_string).collect(),
        }
    }
}

/// By procedure; what is always in force has none.
pub(super) type Validities = BTreeMap<ProcedureCode, Validity>;

pub(super) fn read(reader: &Reader) -> Result<Validities, Failure> {
    let rows = settings::all::<ValidityRow>(reader)?.into_iter();
    let open = |row: ValidityRow| {
        let validity = Validity {
            from: row.from,
            ends: row.ends,
            decision: row.decision,
            successors: row.successors.into_iter().map(ProcedureCode::new).collect(),
        };
        (ProcedureCode::new(row.procedure), validity)
    };
    Ok(rows.map(open).collect())
}

/// Open dossiers by procedure, and whether there may be more.
pub(super) type OpenDossiers = (BTreeMap<ProcedureCode, usize>, bool);

/// Refuses an end without a day, or a time in force that cannot be.
pub(super) fn check_end(
    validity: &Validity,
    code: &ProcedureCode,
    world: &World,
) -> Result<(), Refusal> {
    if validity.ends.is_none() {
        return Err(Refusal::field("ends", crate::domain::dossier::words::END_MISSING));
    }
    validity.check(code, world)
}

/// What the end of a procedure concerns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Concerned {
    /// Open dossiers; they go on.
    pub dossiers: usize,
    /// Whether there may be more of them than were counted.
    pub is_partial: bool,
    /// Unsent drafts; they can no longer be sent once it has ended.
    pub drafts: usize,
    /// Whether it has a declared form.
    pub has_form: bool,
    /// Whether it has fee rules of the office.
    pub has_fees: bool,
    /// Its processes: the common one and those of agencies.
    pub processes: usize,
    /// Procedures that open it, as their part, in other agencies.
    pub leaders: Vec<ProcedureCode>,
    /// Procedures that it opens.
    pub followers: Vec<ProcedureCode>,
    /// Ended procedures whose place it took.
    pub replaces: Vec<ProcedureCode>,
}

impl World {
    /// Where a procedure stands on a day.
    pub fn standing(&self, code: &ProcedureCode, day: Date) -> Standing {
        validity::standing(code, day, self)
    }

    /// Whether it is in force on a day.
    pub fn is_in_force(&self, code: &ProcedureCode, day: Date) -> bool {
        self.standing(code, day) == Standing::InForce
    }

    /// The procedures that are in force in the place of one that is not.
    pub fn heirs(&self, code: &ProcedureCode, day: Date) -> Vec<&Procedure> {
        validity::heirs(code, day, self)
    }
}

impl Office {
    /// The date in Vietnam.
    pub fn today(&self) -> Date {
        local(self.now()).date()
    }

    /// Refuses what asks for a procedure that is not in force today.
    ///
    /// # Errors
    /// Says since when, by which decision and what takes its place.
    pub fn check_in_force(&self, code: &ProcedureCode) -> Result<(), Refusal> {
        let (world, now) = (self.world(), self.now());
        validity::check_in_force(code, local(now).date(), world.default_pack(now), world.as_ref())
    }

    /// Sets when a procedure is in force; dossiers that are there go on whatever it says.
    ///
    /// # Errors
    /// There is no such procedure, or dates and successors contradict each other.
    pub fn set_validity(&self, code: &ProcedureCode, wanted: &Validity) -> Result<(), Failure> {
        let world = self.world();
        if world.procedure(code).is_none() {
            return Err(Refusal::new(RefusalKind::NotFound, words::PROCEDURE_UNKNOWN).into());
        }
        wanted.check(code, world.as_ref())?;
        self.set_validities(&[(code.clone(), wanted.clone())])
    }

    /// Writes times in force that were checked.
    pub(super) fn set_validities(
        &self,
        wanted: &[(ProcedureCode, Validity)],
    ) -> Result<(), Failure> {
        let rows: Vec<(ValidityRow, bool)> =
            wanted.iter().map(|(code, v)| (ValidityRow::new(code, v), v.is_plain())).collect();
        self.ledger.run_blocking(move |txn| {
            for (row, is_plain) in &rows {
                match is_plain {
                    true => settings::delete::<ValidityRow>(txn, &row.procedure),
                    false => settings::put(txn, row)?,
                }
            }
            Ok(())
        })?;
        self.refresh_world()
    }

    /// What the end of a procedure concerns.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn concerned(&self, code: &ProcedureCode) -> Result<Concerned, Failure> {
        let world = self.world();
        let (open, is_partial) = self.open_by_procedure(&world)?;
        let leads = |(leader, followers): (&ProcedureCode, &[_])| {
            let names =
                |follower: &crate::domain::dossier::linking::Follower| follower.procedure == *code;
            followers.iter().any(names).then(|| leader.clone())
        };
        let ended = world.validities.iter().filter(|(_, known)| known.successors.contains(code));
        Ok(Concerned {
            dossiers: open.get(code).copied().unwrap_or(0),
            is_partial,
            drafts: self.drafts_of(code.as_str())?.len(),
            has_form: world.form(code, None).is_some(),
            has_fees: world.inherited_fees(code).1 == Origin::Instance,
            processes: world.processes_of(code).count(),
            leaders: world.connections().all_followers().filter_map(leads).collect(),
            followers: world.followers(code).iter().map(|f| f.procedure.clone()).collect(),
            replaces: ended.map(|(code, _)| code.clone()).collect(),
        })
    }

    /// How many open dossiers each procedure has, and whether there may be more of them.
    pub(super) fn open_by_procedure(&self, world: &World) -> Result<OpenDossiers, Failure> {
        let reader = self.ledger.reader()?;
        // One of two agencies may stand in the lists of both.
        let (mut seen, mut looked, mut counts) = (BTreeSet::new(), 0, BTreeMap::new());
        for agency in world.agencies() {
            each_open(&reader, &agency.code, date(2000, 1, 1), &mut |ids| {
                for id in ids.iter().take(LOOKED_AT.saturating_sub(looked)) {
                    let Some(stored) = reader.dossier(*id)?.filter(|_| seen.insert(*id)) else {
                        continue;
                    };
                    *counts.entry(stored.dossier.procedure).or_default() += 1;
                }
                looked += ids.len();
                Ok(())
            })?;
        }
        Ok((counts, looked > LOOKED_AT))
    }
}

#[cfg(test)]
mod tests {
    use super::ValidityRow;

    #[test]
    fn a_row_that_says_little_is_read() {
        let row: ValidityRow = serde_json::from_str(r#"{"procedure": "1.001193"}"#).unwrap();
        assert_eq!((row.from, row.ends, row.successors.len()), (None, None, 0));
    }
}
