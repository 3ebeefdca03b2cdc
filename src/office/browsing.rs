//! Browsing the catalogue as the public does: what a search finds, or all of it in a useful order,
//! narrowed by field, level, subject and way in.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::finding::{Elsewhere, Found, Hit, Marks, Meant, Query};
use super::world::World;
use super::{Failure, Office};
use crate::domain::catalogue::{Channel, Level, Procedure};
use crate::domain::dossier::{Directory, check_way};
use crate::domain::ids::{AgencyCode, ProcedureCode};
use crate::domain::words::alphabetical;

/// What somebody browses for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Browse<'a> {
    /// Everyday words or a code; empty for everything.
    pub text: &'a str,
    /// Whether the words are taken as typed, without mending.
    pub as_typed: bool,
    /// Only this field, as published.
    pub field: Option<&'a str>,
    /// Only what this level settles; those that name no level stay in.
    pub level: Option<Level>,
    /// Only what these people may apply for; what everybody may stays in.
    pub subject: Option<&'a str>,
    /// Only what this agency takes.
    pub agency: Option<&'a AgencyCode>,
    /// Only what is handed in this way.
    pub channel: Option<Channel>,
    /// Most procedures of a page.
    pub limit: usize,
    /// Procedures before the page.
    pub offset: usize,
}

/// A page of the catalogue.
#[derive(Clone, Debug, Default)]
pub struct Browsed {
    /// The page.
    pub procedures: Vec<Arc<Procedure>>,
    /// Procedures on all pages.
    pub total: usize,
    /// How many there are by field, whatever field was asked for.
    pub fields: BTreeMap<String, usize>,
    /// What mistyped words were read as, or may have meant.
    pub meant: Option<Meant>,
    /// Who settles it, when that is another body.
    pub elsewhere: Option<Elsewhere>,
    /// What in the names answers the words.
    pub marks: Marks,
}

impl Office {
    /// A page of the catalogue.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn browse(&self, browse: &Browse<'_>) -> Result<Browsed, Failure> {
        let world = self.world();
        let today = self.today();
        let mut browsed = Browsed::default();
        let mut found: Vec<Arc<Procedure>> = if browse.text.trim().is_empty() {
            in_order(&world, today)
        } else {
            let (text, as_typed) = (browse.text, browse.as_typed);
            let query = Query { text, as_typed, limit: usize::MAX, ..Query::default() };
            let answer = self.procedure_index().search(&query)?;
            (browsed.meant, browsed.elsewhere) = (answer.meant, answer.elsewhere);
            browsed.marks = answer.marks;
            let codes = answer.hits.iter().map(|hit| hit.code.clone());
            let led = led(codes, browse.text, &world, today);
            led.iter().filter_map(|code| world.shared_procedure(code)).collect()
        };
        found.retain(|procedure| fits(procedure, browse, &world, today));
        for procedure in &found {
            *browsed.fields.entry(procedure.field.clone()).or_default() += 1;
        }
        if let Some(field) = browse.field {
            found.retain(|procedure| procedure.field == field);
        }
        browsed.total = found.len();
        browsed.procedures = found.into_iter().skip(browse.offset).take(browse.limit).collect();
        Ok(browsed)
    }

    /// What a text that is being typed may mean, all in force.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn suggest_procedures(&self, text: &str, limit: usize) -> Result<Found, Failure> {
        let found = self.procedure_index().suggest(text, limit)?;
        Ok(self.only_in_force(found, text, limit))
    }

    /// The procedures that a dossier can be filed under which words may mean, best first.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn find_procedures(&self, query: &Query<'_>) -> Result<Found, Failure> {
        let found = self.procedure_index().search(query)?;
        Ok(self.only_in_force(found, query.text, query.limit))
    }

    fn only_in_force(&self, found: Found, text: &str, limit: usize) -> Found {
        let (world, today) = (self.world(), self.today());
        let codes = found.hits.iter().map(|hit| hit.code.clone());
        let led = led(codes, text, &world, today).into_iter();
        let scores: HashMap<&ProcedureCode, f32> =
            found.hits.iter().map(|hit| (&hit.code, hit.score)).collect();
        let hit = |code: ProcedureCode| {
            let name = world.procedure(&code)?.name.clone();
            Some(Hit { score: scores.get(&code).copied().unwrap_or_default(), code, name })
        };
        let led = led.filter(|code| world.is_in_force(code, today));
        let hits = led.filter_map(hit).take(limit).collect();
        Found { hits, ..found }
    }

    /// The people whom procedures are for, as the catalogue calls them, the most frequent first.
    pub fn subjects(&self) -> Vec<String> {
        let world = self.world();
        let mut known: BTreeMap<String, (String, usize)> = BTreeMap::new();
        for subject in world.procedures().flat_map(|procedure| &procedure.subjects) {
            let entry = known.entry(folded(subject)).or_insert_with(|| (subject.clone(), 0));
            entry.1 += 1;
        }
        let mut subjects: Vec<(String, usize)> = known.into_values().collect();
        subjects.sort_by_cached_key(|(name, count)| (Reverse(*count), alphabetical(name)));
        subjects.into_iter().map(|(name, _)| name).collect()
    }
}

/// What a search found, led on: successors stand where those stood that are no longer in force, which
/// come last, or first when it was their code that was asked for.
fn led(
    found: impl Iterator<Item = ProcedureCode>,
    text: &str,
    world: &World,
    today: Date,
) -> Vec<ProcedureCode> {
    let (mut led, mut others, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for code in found {
        if world.is_in_force(&code, today) {
            led.extend(seen.insert(code.clone()).then_some(code));
            continue;
        }
        for heir in world.heirs(&code, today) {
            led.extend(seen.insert(heir.code.clone()).then(|| heir.code.clone()));
        }
        if code.as_str() == text.trim() {
            led.insert(0, code);
        } else {
            others.push(code);
        }
    }
    // What takes effect later may be an heir too.
    led.extend(others.into_iter().filter(|code| !seen.contains(code)));
    led
}

fn folded(subject: &str) -> String {
    subject.trim().to_lowercase()
}

fn fits(procedure: &Procedure, browse: &Browse<'_>, world: &World, today: Date) -> bool {
    let of_agency = |code: &AgencyCode| {
        world.takers(procedure, today).iter().any(|agency| agency.code == *code)
    };
    let of_level = |level| procedure.levels.is_empty() || procedure.levels.contains(&level);
    let of_subject = |subject: &str| {
        let wanted = folded(subject);
        procedure.subjects.is_empty() || procedure.subjects.iter().any(|s| folded(s) == wanted)
    };
    browse.agency.is_none_or(of_agency)
        && browse.level.is_none_or(of_level)
        && browse.subject.is_none_or(of_subject)
        && browse.channel.is_none_or(|channel| procedure.takes(channel))
}

/// Everything in force: what can be filed online first, then what the counter takes, then what is not open
/// yet; each by the Vietnamese alphabet.
fn in_order(world: &World, today: Date) -> Vec<Arc<Procedure>> {
    let in_force = |procedure: &&Arc<Procedure>| world.is_in_force(&procedure.code, today);
    let mut all: Vec<Arc<Procedure>> = world.procedures().filter(in_force).cloned().collect();
    let rank = |procedure: &Procedure| match check_way(procedure, Channel::Online) {
        Ok(()) => 0,
        Err(_) if check_way(procedure, Channel::Counter).is_ok() => 1,
        Err(_) => 2,
    };
    all.sort_by_cached_key(|procedure| (rank(procedure), alphabetical(&procedure.name)));
    all
}
