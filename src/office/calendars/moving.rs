//! Open dossiers follow a changed calendar: which ones would move, and moving them.
//!
//! Only dossiers due on or after the first changed date are looked at: a due date asks no day after
//! itself. They are found in the queue of open dossiers, which is in the order of due dates.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::super::world::World;
use super::super::{Failure, Office};
use super::Calendars;
use crate::domain::calendar::{Calendar, instant};
use crate::domain::dossier::{
    Directory, Dossier, Event, Queue, clock_agency, follow_calendar, follow_steps,
};
use crate::domain::ids::{AgencyCode, DossierCode, DossierId};
use crate::store::engine::Direction;
use crate::store::reader::Reader;
use crate::store::txn::Txn;

/// Dossiers read at once, and moved by one command.
const CHUNK: usize = 200;
/// Dossiers told one by one.
const TOLD: usize = 200;

/// The first date of each agency on which its calendar says something else.
pub(super) type Spans = BTreeMap<AgencyCode, Date>;

/// A dossier whose due date moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Its code.
    pub code: DossierCode,
    /// Its procedure's name.
    pub procedure_name: String,
    /// When it is due.
    pub from: Timestamp,
    /// When it will be due.
    pub to: Timestamp,
}

/// The dossiers that a change moves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// How many.
    pub count: u64,
    /// The first of them.
    pub first: Vec<Moved>,
}

/// Where calendars differ, agency by agency.
pub(super) fn spans(world: &World, planned: &Calendars) -> Spans {
    let agencies = world.agencies().map(|agency| &agency.code);
    agencies
        .filter_map(|code| {
            let since = world.calendar(code).differs_from(planned.of(code))?;
            Some((code.clone(), since))
        })
        .collect()
}

/// Every agency, from one date on.
pub(super) fn all_from(world: &World, since: Date) -> Spans {
    world.agencies().map(|agency| (agency.code.clone(), since)).collect()
}

impl Office {
    /// The dossiers that planned calendars would move.
    pub(super) fn moves(&self, planned: &Calendars) -> Result<Moves, Failure> {
        let world = self.world();
        let reader = self.ledger.reader()?;
        let mut moves = Moves::default();
        for (agency, since) in spans(&world, planned) {
            let calendar = planned.of(&agency);
            each_open(&reader, &agency, since, &mut |ids| {
                for id in ids {
                    let Some(stored) = reader.dossier(*id)? else { continue };
                    let dossier = stored.dossier;
                    let Some(event) = moved(&dossier, &agency, calendar, &world, "") else {
                        continue;
                    };
                    moves.count += 1;
                    if let (true, Event::DueDateMoved { due_at: to, .. }, Some(from)) =
                        (moves.first.len() < TOLD, event, dossier.clock.due_at)
                    {
                        let (code, procedure_name) = (dossier.code, dossier.procedure_name);
                        moves.first.push(Moved { code, procedure_name, from, to });
                    }
                }
                Ok(())
            })?;
        }
        Ok(moves)
    }

    /// Moves them, by the calendars of the present world, and returns how many.
    pub(super) fn move_due_dates(
        &self,
        spans: &Spans,
        reason: &str,
        actor: &str,
    ) -> Result<u64, Failure> {
        // What was decided by the calendar of before is in the snapshot.
        self.ledger.run_blocking(|_| Ok(()))?;
        let world = self.world();
        let reader = self.ledger.reader()?;
        let mut count = 0;
        for (agency, since) in spans {
            each_open(&reader, agency, *since, &mut |ids| {
                let (agency, world, ids) = (agency.clone(), world.clone(), ids.to_vec());
                let (reason, actor) = (reason.to_owned(), actor.to_owned());
                let done = self.ledger.run_blocking(move |txn| {
                    move_some(txn, &ids, &agency, &world, (&reason, &actor))
                })?;
                count += done.value;
                Ok(())
            })?;
        }
        Ok(count)
    }
}

fn move_some(
    txn: &mut Txn<'_>,
    ids: &[DossierId],
    agency: &AgencyCode,
    world: &Arc<World>,
    (reason, actor): (&str, &str),
) -> Result<u64, Failure> {
    let mut count = 0;
    for id in ids {
        let Some(stored) = txn.dossier(*id)? else { continue };
        let calendar = world.calendar(agency);
        let Some(event) = moved(&stored.dossier, agency, calendar, world, reason) else { continue };
        let rules = world.rules(&stored.dossier.rule_pack);
        let steps = follow_steps(&stored.dossier, calendar, rules).ok().flatten();
        let events: Vec<Event> = std::iter::once(event).chain(steps).collect();
        txn.append(stored, &events, actor)?;
        count += 1;
    }
    Ok(count)
}

/// The event of a dossier whose clock follows this agency's calendar. A date that can no longer be
/// computed stays: it was promised.
fn moved(
    dossier: &Dossier,
    agency: &AgencyCode,
    calendar: &Calendar,
    world: &World,
    reason: &str,
) -> Option<Event> {
    if clock_agency(dossier) != agency {
        return None;
    }
    follow_calendar(dossier, calendar, world.rules(&dossier.rule_pack), reason).ok().flatten()
}

/// Goes through the open dossiers of an agency that are due on a date or later.
pub(in crate::office) fn each_open(
    reader: &Reader,
    agency: &AgencyCode,
    since: Date,
    visit: &mut dyn FnMut(&[DossierId]) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let from = instant(since.at(0, 0, 0, 0)).unwrap_or(Timestamp::MIN);
    let mut after = Some(Reader::cursor_at(agency, Queue::Open, "", from));
    while let Some(cursor) = after {
        let forward = Direction::Forward;
        let page = reader.queue(agency, Queue::Open, "", forward, Some(&cursor), CHUNK)?;
        let ids: Vec<DossierId> = page.ids.into_iter().map(|(id, _)| id).collect();
        visit(&ids)?;
        after = page.next;
    }
    Ok(())
}
