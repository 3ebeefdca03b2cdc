//! Importing a catalogue: files are read and compared with what is stored; all of it is written, or
//! what somebody chose. What the office set itself and the file contradicts is told.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::carried::{Carried, check_in_force};
use super::catalogue::{self, Change, Facts, Parsed, Rejected, Report, Stored, words};
use super::fees::Origin;
use super::forms::Tests;
use super::publishing::read;
use super::settings::{self, DurationRow};
use super::world::World;
use super::{Failure, Office};
use crate::domain::catalogue::{Channel, Procedure, SubmissionWay};
use crate::domain::dossier::Directory;
use crate::domain::dossier::linking::Source;
use crate::domain::ids::{ComponentId, ProcedureCode};
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::validity::Validity;
use crate::domain::words::{Lang, Message, Text};

/// How an import goes about its work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Import {
    /// Only tell what would change.
    pub is_dry_run: bool,
    /// A rejected row keeps everything from being written.
    pub is_strict: bool,
    /// Test cases of forms that come out otherwise are told among the differences.
    pub tries_cases: bool,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// One for each file, in their order.
    pub reports: Vec<Report>,
    /// Whether it was written.
    pub is_written: bool,
}

/// What files would do.
#[derive(Default)]
struct Planned {
    reports: Vec<Report>,
    writes: BTreeMap<ProcedureCode, Stored>,
    /// The codes that the files name, and their fields.
    named: BTreeSet<ProcedureCode>,
    fields: BTreeSet<String>,
    /// Times in force and offers that are others than here.
    carried: BTreeMap<ProcedureCode, Carried>,
}

/// A file beside what is stored.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// What it would change.
    pub report: Report,
    /// The names of new procedures.
    pub new: Vec<(ProcedureCode, String)>,
    /// What the office set itself and the file contradicts, by procedure; test cases that come out
    /// otherwise among them.
    pub warnings: BTreeMap<ProcedureCode, Vec<Text>>,
    /// Procedures in force, of the fields that the file has, that it does not name; with their open
    /// dossiers, those with most of them first.
    pub missing: Vec<(Arc<Procedure>, usize)>,
}

/// What somebody chose of a file.
#[derive(Clone, Debug, Default)]
pub struct Chosen {
    /// New and changed procedures that are left as they are.
    pub left: BTreeSet<ProcedureCode>,
    /// Procedures that end, on a day and by a decision.
    pub ended: BTreeSet<ProcedureCode>,
    /// The day.
    pub ends: Option<Date>,
    /// The decision.
    pub decision: String,
    /// What is done about test cases that come out otherwise.
    pub tests: Tests,
    /// Who chose.
    pub by: String,
}

impl Office {
    /// Imports catalogue files, given by name and contents, as if they were one.
    ///
    /// # Errors
    /// Nothing of a file can be read, or the store fails. Nothing was written in the first case.
    pub fn import_catalogue(
        &self,
        files: &[(String, Vec<u8>)],
        how: Import,
    ) -> Result<Imported, Failure> {
        let Planned { mut reports, writes, carried, .. } = self.planned(files)?;
        for change in reports.iter_mut().flat_map(|report| &mut report.changed) {
            let Some(stored) = writes.get(&change.code).filter(|_| how.tries_cases) else {
                continue;
            };
            change.said.extend(self.failed_cases(&stored.procedure));
        }
        let is_rejected = reports.iter().any(|report| !report.rejected.is_empty());
        let is_written = !(how.is_dry_run || how.is_strict && is_rejected);
        if is_written {
            let writes: Vec<Stored> = writes.into_values().collect();
            self.put_procedures(&writes)?;
            self.put_carried(carried)?;
        }
        Ok(Imported { reports, is_written })
    }

    /// Compares a file with what is stored.
    ///
    /// # Errors
    /// Nothing of it can be read, or the store fails.
    pub fn compare_catalogue(&self, file: (String, Vec<u8>)) -> Result<Comparison, Failure> {
        let planned = self.planned(&[file])?;
        let (world, today) = (self.world(), self.today());
        let report = planned.reports.into_iter().next().unwrap_or_default();
        let name = |code: &ProcedureCode| {
            let stored = planned.writes.get(code);
            (code.clone(), stored.map(|s| s.procedure.name.clone()).unwrap_or_default())
        };
        let mut warnings = BTreeMap::new();
        for change in &report.changed {
            let Some(stored) = planned.writes.get(&change.code) else { continue };
            let mut warned = self.warnings(&world, &stored.procedure)?;
            warned.extend(self.failed_cases(&stored.procedure));
            if !warned.is_empty() {
                warnings.insert(change.code.clone(), warned);
            }
        }
        let is_missing = |known: &&Arc<Procedure>| {
            !planned.named.contains(&known.code)
                && planned.fields.contains(&known.field)
                && world.is_in_force(&known.code, today)
        };
        let missing: Vec<Arc<Procedure>> = world.procedures().filter(is_missing).cloned().collect();
        let (open, _) = match missing.is_empty() {
            true => Default::default(),
            false => self.open_by_procedure(&world)?,
        };
        let counted = |known: Arc<Procedure>| {
            let count = open.get(&known.code).copied().unwrap_or(0);
            (known, count)
        };
        let mut missing: Vec<_> = missing.into_iter().map(counted).collect();
        missing.sort_by_key(|(_, open)| std::cmp::Reverse(*open));
        Ok(Comparison { new: report.new.iter().map(name).collect(), report, warnings, missing })
    }

    /// Writes what was chosen of a file, and ends what was chosen to end.
    ///
    /// # Errors
    /// Nothing of the file can be read, an end has no day or decision, a test case of a form comes out
    /// otherwise, or the store fails.
    pub fn write_chosen(&self, file: (String, Vec<u8>), chosen: &Chosen) -> Result<(), Failure> {
        let mut planned = self.planned(&[file])?;
        planned.carried.retain(|code, _| !chosen.left.contains(code));
        let validity = |code: &ProcedureCode| {
            let known = self.world().validity(code).cloned().unwrap_or_default();
            let decision = chosen.decision.clone();
            (code.clone(), Validity { ends: chosen.ends, decision, ..known })
        };
        let ended: Vec<(ProcedureCode, Validity)> = chosen.ended.iter().map(validity).collect();
        let world = self.world();
        for (code, validity) in &ended {
            super::validity::check_end(validity, code, &world)?;
        }
        let writes = planned.writes.into_iter().filter(|(code, _)| !chosen.left.contains(code));
        let writes: Vec<Stored> = writes.map(|(_, stored)| stored).collect();
        if chosen.tests == Tests::Hold {
            let errors: Vec<FieldError> = writes
                .iter()
                .flat_map(|stored| {
                    let name = &stored.procedure.name;
                    let name = Text { vi: name.clone(), en: name.clone() };
                    let failed = self.failed_cases(&stored.procedure).into_iter();
                    failed.map(move |why| FieldError {
                        field: "tests".to_owned(),
                        text: words::CASE_OF.text_of(&[("procedure", &name), ("why", &why)]),
                    })
                })
                .collect();
            if !errors.is_empty() {
                return Err(Refusal::fields(errors).into());
            }
        }
        self.put_procedures(&writes)?;
        self.put_carried(planned.carried)?;
        if chosen.tests == Tests::Renew {
            for stored in &writes {
                self.renew_cases(stored.code(), &chosen.by)?;
            }
        }
        if ended.is_empty() { Ok(()) } else { self.set_validities(&ended) }
    }

    /// The test cases of a form that come out otherwise with a procedure as the catalogue would have it.
    fn failed_cases(&self, procedure: &Procedure) -> Vec<Text> {
        let failed = self.try_published(procedure).err().map(|refusal| refusal.fields);
        failed.unwrap_or_default().into_iter().map(|error| error.text).collect()
    }

    fn planned(&self, files: &[(String, Vec<u8>)]) -> Result<Planned, Failure> {
        let reader = self.ledger.reader()?;
        let mut planned = Planned::default();
        for (name, bytes) in files {
            let parsed = catalogue::parse(name, bytes).map_err(|refusal| match files.len() {
                1 => refusal,
                _ => catalogue::of_file(name, refusal),
            })?;
            let mut parsed = parsed;
            let carried = take_carried(&mut parsed);
            for row in &parsed.rows {
                let (code, field) = row.named();
                planned.named.insert(code);
                planned.fields.insert(field);
            }
            let before = |code: &ProcedureCode| match planned.writes.get(code) {
                Some(stored) => Some(stored.clone()),
                // A row that cannot be read is written anew.
                None => read(&reader, code).ok().flatten(),
            };
            let plan = catalogue::plan(before, parsed);
            let writes = plan.writes.into_iter();
            planned.writes.extend(writes.map(|stored| (stored.code().clone(), stored)));
            planned.reports.push(plan.report);
            self.compare_carried(&mut planned, carried)?;
        }
        Ok(planned)
    }

    /// Tells what differs of what the rows of the last file carry, and keeps that.
    fn compare_carried(&self, planned: &mut Planned, rows: CarriedRows) -> Result<(), Failure> {
        let world = self.world();
        let Some(report) = planned.reports.last_mut() else { return Ok(()) };
        for (number, code, mut carried) in rows {
            let mut remarks = Vec::new();
            let said = carried.differs(&code, &world, &mut remarks);
            let remarks = remarks.into_iter().map(|reason| Rejected { row: number, reason });
            report.remarks.extend(remarks);
            if said.is_empty() {
                continue;
            }
            planned.carried.insert(code.clone(), carried);
            if let Some(change) = report.changed.iter_mut().find(|change| change.code == code) {
                change.said.extend(said);
            } else if !report.new.contains(&code) {
                let name = world.procedure(&code).map(|known| known.name.clone());
                let (name, fields) = (name.unwrap_or_default(), Vec::new());
                report.changed.push(Change { code, name, fields, said, perils: Vec::new() });
                report.unchanged = report.unchanged.saturating_sub(1);
            }
        }
        for code in planned.carried.keys() {
            check_in_force(code, &planned.carried, &planned.named, &world)?;
        }
        Ok(())
    }

    fn put_carried(&self, carried: BTreeMap<ProcedureCode, Carried>) -> Result<(), Failure> {
        let mut validities = Vec::new();
        for (code, carried) in carried {
            for (agency, offer) in &carried.offers {
                self.set_offer(agency, &code, offer)?;
            }
            validities.extend(carried.validity.map(|validity| (code, validity)));
        }
        if validities.is_empty() { Ok(()) } else { self.set_validities(&validities) }
    }

    /// What the office set itself of a procedure and its new state contradicts.
    fn warnings(&self, world: &World, new: &Procedure) -> Result<Vec<Text>, Failure> {
        let code = &new.code;
        let Some(old) = world.procedure(code) else { return Ok(Vec::new()) };
        let mut warned = Vec::new();
        let reader = self.ledger.reader()?;
        let set = settings::read::<DurationRow>(&reader, code.as_str())?;
        if let Some(row) = set.filter(|_| new.submission.iter().any(|way| way.unit.is_some())) {
            warned.push(both(words::OWN_DURATION, |lang| {
                vec![("duration", own_duration(&row, lang))]
            }));
        }
        let fees = |procedure: &Procedure| -> Vec<_> {
            let fee = |way: &SubmissionWay| (way.channel, way.fee_vnd, way.fee_text.clone());
            procedure.submission.iter().map(fee).collect()
        };
        if world.inherited_fees(code).1 != Origin::Published && fees(old) != fees(new) {
            warned.push(words::OWN_FEES.into());
        }
        let has_intake = |agency: &crate::domain::agency::Agency| {
            world.connections().intake_set(&agency.code, Some(code)).is_some()
        };
        let loses_online = old.takes(Channel::Online) && !new.takes(Channel::Online);
        if loses_online && world.agencies().any(has_intake) {
            warned.push(words::OWN_INTAKE.into());
        }
        for gone in old.components.iter().filter(|c| new.component(c.id.as_str()).is_none()) {
            let is_form = old.declaration().is_some_and(|form| form.id == gone.id);
            if is_form && world.form(code, None).is_some() {
                warned.push(words::HAS_FORM_DECLARATION.text(&[("paper", &gone.name)]));
            }
            for user in users(world, code, &gone.id) {
                let name = world.procedure(user).map_or(user.as_str(), |known| &known.name);
                warned.push(words::LINK_PAPER.text(&[("procedure", name), ("paper", &gone.name)]));
            }
        }
        Ok(warned)
    }
}

/// The procedures whose link plans carry a paper of a procedure, to it or from it.
fn users<'a>(
    world: &'a World,
    code: &'a ProcedureCode,
    paper: &'a ComponentId,
) -> impl Iterator<Item = &'a ProcedureCode> {
    let plans = world.connections().all_followers();
    plans.flat_map(move |(leader, followers)| {
        followers.iter().filter_map(move |follower| {
            let carries = follower.papers.iter().any(|carried| {
                let is_from = matches!(&carried.from, Source::Paper(id) if id == paper);
                leader == code && is_from || follower.procedure == *code && carried.to == *paper
            });
            let other = if leader == code { &follower.procedure } else { leader };
            carries.then_some(other)
        })
    })
}

/// What rows carry, with their numbers.
type CarriedRows = Vec<(u32, ProcedureCode, Carried)>;

/// Takes what rows carry out of a file that was read; a row that carries what cannot be read is rejected.
fn take_carried(parsed: &mut Parsed) -> CarriedRows {
    let (mut found, mut rejected) = (Vec::new(), Vec::new());
    parsed.rows.retain_mut(|row| {
        let Facts::Line(line) = &mut row.facts else { return true };
        let said = std::mem::take(&mut line.carried);
        if said.is_empty() {
            return true;
        }
        match Carried::read(said) {
            Ok(carried) => {
                found.push((row.number, line.procedure.code.clone(), carried));
                true
            }
            Err(refusal) => {
                let (number, places) = (row.number, refusal.fields.into_iter());
                rejected.extend(places.map(|error| {
                    let place = Text { vi: error.field.clone(), en: error.field };
                    let reason =
                        words::AT_PLACE.text_of(&[("place", &place), ("why", &error.text)]);
                    Rejected { row: number, reason }
                }));
                false
            }
        }
    });
    parsed.rejected.extend(rejected);
    parsed.rejected.sort_by_key(|rejected| rejected.row);
    found
}

fn own_duration(row: &DurationRow, lang: Lang) -> String {
    let way = SubmissionWay {
        channel: Channel::Counter,
        duration: Some(row.amount),
        unit: catalogue::wire::unit(&row.unit),
        fee_vnd: None,
        fee_text: String::new(),
    };
    catalogue::duration(&way, lang)
}

fn both(message: Message, values: impl Fn(Lang) -> Vec<(&'static str, String)>) -> Text {
    let say = |lang| {
        let values = values(lang);
        let values: Vec<(&str, &str)> = values.iter().map(|(n, v)| (*n, v.as_str())).collect();
        message.fill(lang, &values)
    };
    Text { vi: say(Lang::Vi), en: say(Lang::En) }
}
