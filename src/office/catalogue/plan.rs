//! What an import would change.
//!
//! The two formats overlap in four facts (name, issuer, agency, field) and often spell them
//! differently. So an import changes an overlapping fact only when its own format says something new
//! since that format's last import: importing the same files again, in any order, changes nothing. A
//! list never touches what it does not carry, and a blank cell erases nothing; a JSON line replaces
//! all the rest. Where a list gives the code of a JSON line to quite another procedure, the line
//! stands: a name over the papers of something else would mislead whoever files.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::cleaning;
use super::components::keep_ids;
use super::perils::{Peril, perils};
use super::{Facts, Line, ListRow, Parsed, Rejected, Source, Stored, wire, words};
use crate::domain::catalogue::Procedure;
use crate::domain::ids::ProcedureCode;
use crate::domain::words::{Message, Text};

/// What an import does, and what to write for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportPlan {
    /// What to tell.
    pub report: Report,
    /// What to store, in the file's order; at most one a code.
    pub writes: Vec<Stored>,
}

/// What an import tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Procedures that were not there before.
    pub new: Vec<ProcedureCode>,
    /// Procedures that differ from what was there.
    pub changed: Vec<Change>,
    /// How many were there already, just so.
    pub unchanged: usize,
    /// Rows left out, by row.
    pub rejected: Vec<Rejected>,
    /// Rows that went in with something left open.
    pub remarks: Vec<Rejected>,
}

/// A procedure that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its code.
    pub code: ProcedureCode,
    /// Its name.
    pub name: String,
    /// The JSON names of what differs.
    pub fields: Vec<String>,
    /// What differs, in words.
    pub said: Vec<Text>,
    /// What of it is looked at first.
    pub perils: Vec<Peril>,
}

/// Compares a catalogue with what is stored.
pub fn plan(existing: impl Fn(&ProcedureCode) -> Option<Stored>, parsed: Parsed) -> ImportPlan {
    let Parsed { file, rows, rejected, remarks } = parsed;
    let mut plan = ImportPlan::default();
    plan.report.rejected = rejected;
    plan.report.remarks = remarks;
    let mut seen: HashMap<ProcedureCode, (u32, Procedure)> = HashMap::new();
    for row in rows {
        let alone = alone(&row.facts);
        let code = alone.code.clone();
        if let Some((first, said)) = seen.get(&code) {
            if *said != alone {
                let slots = [("code", code.as_str()), ("row", &first.to_string())];
                let reason = words::CONTRADICTION.text(&slots);
                plan.report.rejected.push(Rejected { row: row.number, reason });
            }
            continue;
        }
        seen.insert(code.clone(), (row.number, alone.clone()));
        match existing(&code) {
            None => {
                let stored = first_time(&file, row.number, row.facts, alone);
                plan.report.new.push(code);
                plan.writes.push(stored);
            }
            Some(old) => again(&mut plan, &old, &file, row.number, row.facts),
        }
    }
    plan.report.rejected.sort_by_key(|rejected| rejected.row);
    plan.report.remarks.sort_by_key(|remark| remark.row);
    plan
}

/// The JSON names of the facts in which two procedures differ.
pub fn differences(old: &Procedure, new: &Procedure) -> Vec<String> {
    let (old, new) = (wire::to_json(old), wire::to_json(new));
    let differ = wire::KEYS.iter().filter(|key| old.get(**key) != new.get(**key));
    differ.map(|key| (*key).to_owned()).collect()
}

impl ImportPlan {
    /// Remarks on a code that stands for another procedure than before.
    fn remark(&mut self, row: u32, how: Message, old: &Procedure, said: &Procedure) {
        let slots = [
            ("code", old.code.as_str()),
            ("old", &old.name),
            ("old_field", &old.field),
            ("new", &said.name),
            ("new_field", &said.field),
        ];
        self.report.remarks.push(Rejected { row, reason: how.text(&slots) });
    }
}

/// Whether two procedures of one code have next to nothing in common: neither field nor, but for a
/// word or two, the name.
fn is_another(old: &Procedure, said: &Procedure) -> bool {
    let (old_name, name) = (cleaning::fold(&old.name), cleaning::fold(&said.name));
    let is_same_field = cleaning::fold(&old.field) == cleaning::fold(&said.field);
    if old_name == name || is_same_field {
        return false;
    }
    let words = |name: &str| name.split(' ').map(str::to_owned).collect::<HashSet<_>>();
    let (before, now) = (words(&old_name), words(&name));
    // A third of the words of the shorter name.
    3 * before.intersection(&now).count() < before.len().min(now.len())
}

/// What the row says by itself.
fn alone(facts: &Facts) -> Procedure {
    match facts {
        Facts::Line(line) => line.procedure.clone(),
        Facts::List(row) => row.procedure(),
    }
}

fn first_time(file: &str, row: u32, facts: Facts, procedure: Procedure) -> Stored {
    let mut source = Source { file: file.to_owned(), row, ..Source::default() };
    match facts {
        Facts::Line(line) => source.line = Some(line.json),
        Facts::List(list) => source.list = Some(list),
    }
    Stored { procedure, source }
}

fn again(plan: &mut ImportPlan, old: &Stored, file: &str, row: u32, facts: Facts) {
    let said = alone(&facts);
    let is_another = is_another(&old.procedure, &said);
    let new = match facts {
        Facts::List(_) if is_another && old.source.line.is_some() => {
            plan.remark(row, words::REMARK_LIST_OTHER, &old.procedure, &said);
            plan.report.unchanged += 1;
            return;
        }
        Facts::Line(line) => replace(old, file, row, *line),
        Facts::List(list) => update(old, list),
    };
    if is_another {
        plan.remark(row, words::REMARK_NOW_OTHER, &old.procedure, &said);
    }
    let mut fields = differences(&old.procedure, &new.procedure);
    fields.extend(unknown_differences(&old.source, &new.source));
    if fields.is_empty() {
        plan.report.unchanged += 1;
    } else {
        let said = super::said(&old.procedure, &new.procedure, &fields);
        let perils = perils(&old.procedure, &new.procedure);
        let (code, name) = (new.code().clone(), new.procedure.name.clone());
        plan.report.changed.push(Change { code, name, fields, said, perils });
    }
    // The same facts in another spelling are unchanged, and still what came in last.
    if new != *old {
        plan.writes.push(new);
    }
}

/// A list's row over what is stored.
fn update(old: &Stored, list: ListRow) -> Stored {
    let said = list.procedure();
    let before = old.source.list.as_ref().map(ListRow::procedure);
    let mut new = old.clone();
    for (get, get_mut) in OVERLAP {
        let value = get(&said);
        let is_news = before.as_ref().is_none_or(|before| get(before) != value);
        if is_news && !value.is_empty() {
            get_mut(&mut new.procedure).clone_from(value);
        }
    }
    new.source.list = Some(list);
    new
}

/// A JSON line over what is stored.
fn replace(old: &Stored, file: &str, row: u32, line: Line) -> Stored {
    let mut procedure = line.procedure;
    let before = old.line_alone().map(|(_, before)| before);
    for (get, get_mut) in OVERLAP {
        let keeps = match &before {
            Some(before) => get(before) == get(&procedure),
            // Known from a list so far: a fact that the line leaves blank is not denied by it.
            None => get(&procedure).is_empty(),
        };
        if keeps {
            get_mut(&mut procedure).clone_from(get(&old.procedure));
        }
    }
    keep_ids(&mut procedure.components, &line.named, &old.procedure.components);
    let source =
        Source { file: file.to_owned(), row, line: Some(line.json), list: old.source.list.clone() };
    Stored { procedure, source }
}

type Get = fn(&Procedure) -> &String;
type GetMut = fn(&mut Procedure) -> &mut String;

/// The facts that both formats carry, beside the code.
const OVERLAP: [(Get, GetMut); 4] = [
    (|p| &p.name, |p| &mut p.name),
    (|p| &p.issuer, |p| &mut p.issuer),
    (|p| &p.agency, |p| &mut p.agency),
    (|p| &p.field, |p| &mut p.field),
];

impl ListRow {
    /// The procedure as far as the row knows it.
    pub fn procedure(&self) -> Procedure {
        Procedure {
            code: ProcedureCode::new(cleaning::code(&self.code)),
            name: cleaning::line(&self.name),
            decision: String::new(),
            levels: Vec::new(),
            kind: String::new(),
            field: cleaning::line(&self.field),
            subjects: Vec::new(),
            issuer: cleaning::items(&self.issuer),
            agency: cleaning::items(&self.agency),
            coordinating_agency: String::new(),
            submission: Vec::new(),
            steps: String::new(),
            components: Vec::new(),
            requirements: String::new(),
            results: Vec::new(),
            legal_basis: Vec::new(),
        }
    }
}

/// The keys that are kept but not understood, in which two sources differ.
fn unknown_differences(old: &Source, new: &Source) -> Vec<String> {
    if old.line == new.line || old.line.is_none() {
        return Vec::new();
    }
    let unknown = |source: &Source| -> Map<String, Value> {
        let value = source.line.as_ref().and_then(|line| serde_json::from_str(line).ok());
        let mut object = match value {
            Some(Value::Object(object)) => object,
            _ => Map::new(),
        };
        object.retain(|key, _| !wire::KEYS.contains(&key.as_str()));
        object
    };
    let (old, new) = (unknown(old), unknown(new));
    let mut keys: Vec<&String> = old.keys().chain(new.keys()).collect();
    keys.sort();
    keys.dedup();
    keys.into_iter().filter(|key| old.get(*key) != new.get(*key)).cloned().collect()
}
