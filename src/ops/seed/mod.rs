//! `motcua seed`: a plausible history of dossiers, for training and for measurements.
//!
//! The dossiers go through the same rules and the same write path as real ones, hundreds in a
//! commit. Each has the size by which everything is measured: 8 events when it is done, 25 form
//! fields, 3 papers. The same seed tells the same stories.

mod cast;
mod days;
#[cfg(test)]
mod due_states;
mod filing;
mod plan;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::pin::pin;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};

use futures_util::stream::{self, StreamExt};
use jiff::Timestamp;

use super::Progress;
use super::demo_data;
use crate::domain::dossier::{
    Context, Dossier, Names, Request, Submission, decide, lookup_secret, submit,
};
use crate::domain::ids::DossierId;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::office::filing::new_id;
use crate::office::world::World;
use crate::office::{Failure, Office};
use crate::store::engine::{Fault, FaultKind};
use crate::store::txn::Txn;
pub use cast::Cast;
pub(super) use filing::reference;
use plan::{Plan, Step};

/// Visits of one commit: enough that the disk's wait is shared by many, few enough to fit in memory.
const VISITS: usize = 1_000;
/// Portions on their way at the same time.
const AHEAD: usize = 2;

/// What to make.
#[derive(Clone, Copy, Debug)]
pub struct SeedOptions {
    /// How many dossiers.
    pub dossiers: u64,
    /// Which stories.
    pub seed: u64,
}

/// What was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seeded {
    /// Dossiers.
    pub dossiers: u64,
    /// Their events.
    pub events: u64,
}

/// Makes dossiers. Their past lies in the last months, after whatever the instance holds already.
/// Not from within an async runtime.
///
/// # Errors
/// The instance has no agency or no procedure that can be filed, or the store fails; what was made
/// until then stays.
pub fn run(
    office: &Office,
    options: SeedOptions,
    progress: Progress<'_>,
) -> Result<Seeded, Failure> {
    let people = demo_data::load()
        .map_err(|error| Fault::caused(FaultKind::Misuse, "reading the demo's people", error))?
        .people;
    let cast = Arc::new(Cast::of(office.world(), office.today(), people)?);
    let mut seeded = Seeded::default();
    std::thread::scope(|scope| {
        let (send, jobs) = sync_channel(AHEAD);
        let schedule = Schedule::new(office, &cast, options);
        scope.spawn(move || {
            for visits in schedule {
                if send.send(visits).is_err() {
                    break;
                }
            }
        });
        write(office, &cast, jobs, options.dossiers, &mut seeded, progress)
    })?;
    Ok(seeded)
}

fn write(
    office: &Office,
    cast: &Arc<Cast>,
    jobs: Receiver<Vec<Visit>>,
    total: u64,
    seeded: &mut Seeded,
    progress: Progress<'_>,
) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .map_err(|error| Fault::caused(FaultKind::Storage, "starting a runtime", error))?;
    // While the disk works on one portion, the next is decided.
    let done = stream::iter(jobs).map(|visits| portion(office, cast.clone(), visits));
    let mut done = pin!(done.buffered(AHEAD));
    runtime.block_on(async {
        while let Some(portion) = done.next().await {
            let portion = portion?;
            seeded.dossiers += portion.dossiers;
            seeded.events += portion.events;
            progress("dossiers", seeded.dossiers, total);
        }
        Ok(())
    })
}

async fn portion(office: &Office, cast: Arc<Cast>, visits: Vec<Visit>) -> Result<Seeded, Failure> {
    let done = office.ledger().run(move |txn| {
        let mut done = Seeded::default();
        for visit in visits {
            done.dossiers += u64::from(visit.filed.is_some());
            done.events += visit.happen(txn, &cast)?;
        }
        Ok(done)
    });
    Ok(done.await?.value)
}

/// Something that happens to a dossier at one instant.
struct Visit {
    at: Timestamp,
    id: DossierId,
    /// What is filed, when it begins.
    filed: Option<Box<Submission>>,
    steps: Vec<Step>,
    plan: Plan,
}

impl Visit {
    /// Writes it, and says how many events it has.
    fn happen(&self, txn: &mut Txn<'_>, cast: &Cast) -> Result<u64, Failure> {
        txn.go_back_to(self.at);
        let mut events = 0;
        if let Some(submission) = &self.filed {
            events += self.file(txn, cast, submission)?;
        }
        if !self.steps.is_empty() {
            events += self.act(txn, cast)?;
        }
        Ok(events)
    }

    fn file(
        &self,
        txn: &mut Txn<'_>,
        cast: &Cast,
        submission: &Submission,
    ) -> Result<u64, Failure> {
        let now = txn.now();
        let agency = &submission.receiving_agency;
        let world: &World = &cast.world;
        let rules = world.pack_for(agency, now);
        let day = crate::domain::calendar::local(now).date();
        let names = Names {
            id: self.id,
            code: rules.code_format.code(agency, day, txn.next_number(agency, day)?),
            lookup_secret: lookup_secret(txn.env().bytes()),
        };
        let actor = cast.filer(submission);
        let ctx = Context { now, actor: &actor, rules, directory: world };
        let events = submit(submission, names, &ctx)?;
        txn.create(txn.new_key(self.id), &events, &actor.label())?;
        Ok(events.len() as u64)
    }

    fn act(&self, txn: &mut Txn<'_>, cast: &Cast) -> Result<u64, Failure> {
        let Some(stored) = txn.dossier(self.id)? else { return Ok(0) };
        let now = txn.now();
        let mut state: Dossier = stored.dossier.clone();
        let mut happened = Vec::with_capacity(self.steps.len());
        for step in &self.steps {
            let Some((actor, command)) = step.command(&state, cast, &self.plan, now) else { break };
            let world: &World = &cast.world;
            let rules = world.rules_of(&state, now);
            let ctx = Context { now, actor: &actor, rules, directory: world };
            let request = Request { version: state.version, command, note: None };
            // A catalogue may have rules that end a story early.
            let Ok(events) = decide(&state, &request, &ctx) else { break };
            for event in events {
                state.apply(now, &event);
                happened.push((event, actor.label().into_owned()));
            }
        }
        if !happened.is_empty() {
            txn.append_by(stored, happened.iter().map(|(event, actor)| (event, actor.as_str())))?;
        }
        Ok(happened.len() as u64)
    }
}

/// All visits, in the order of time, in portions for a commit each.
struct Schedule {
    cast: Arc<Cast>,
    options: SeedOptions,
    env: crate::env::Env,
    days: days::Days,
    next: u64,
    /// Visits to come: position in time, dossier's number, how many visits it had, its id.
    waiting: BinaryHeap<Reverse<(u64, u64, usize, DossierId)>>,
}

impl Schedule {
    fn new(office: &Office, cast: &Arc<Cast>, options: SeedOptions) -> Self {
        let days = days::Days::before(office.now(), options.dossiers);
        let env = office.env().clone();
        let waiting = BinaryHeap::new();
        Self { cast: cast.clone(), options, env, days, next: 0, waiting }
    }

    fn plan(&self, number: u64) -> Plan {
        Plan::of(self.options, number, self.days.per_day(self.options.dossiers))
    }

    /// The next visit, or none when the present is reached.
    fn visit(&mut self) -> Option<Visit> {
        let total = self.options.dossiers;
        let due = self.waiting.peek().map(|Reverse(first)| first.0);
        if due.is_some_and(|due| due <= self.next) {
            let Reverse((position, number, had, id)) = self.waiting.pop()?;
            let plan = self.plan(number);
            let steps = plan.visits[had].1.clone();
            self.wait_for(&plan, position, number, had + 1, id);
            let at = self.days.instant(position, total);
            return Some(Visit { at, id, filed: None, steps, plan });
        }
        let number = self.next;
        if number >= total {
            return None;
        }
        self.next += 1;
        let plan = self.plan(number);
        let at = self.days.instant(number, total);
        let id = new_id(at, self.env.bytes());
        self.wait_for(&plan, number, number, 0, id);
        let filed = Some(Box::new(filing::submission(&self.cast, &plan)));
        let steps = plan.at_once.clone();
        Some(Visit { at, id, filed, steps, plan })
    }

    fn wait_for(&mut self, plan: &Plan, position: u64, number: u64, had: usize, id: DossierId) {
        if let Some((after, _)) = plan.visits.get(had) {
            let position = position + after;
            // What would happen tomorrow has not happened: the dossier stays open.
            if position < self.options.dossiers {
                self.waiting.push(Reverse((position, number, had, id)));
            }
        }
    }
}

impl Iterator for Schedule {
    type Item = Vec<Visit>;

    fn next(&mut self) -> Option<Vec<Visit>> {
        let mut visits = Vec::with_capacity(VISITS);
        while visits.len() < VISITS {
            let Some(visit) = self.visit() else { break };
            visits.push(visit);
        }
        (!visits.is_empty()).then_some(visits)
    }
}

fn nothing_to_file() -> Failure {
    let text = crate::domain::words::Message {
        vi: "Chưa có cơ quan hoặc thủ tục nào mở tiếp nhận. Nhập danh mục trước.",
        en: "No agency takes any procedure yet. Import a catalogue first.",
    };
    Refusal::new(RefusalKind::Invalid, text).into()
}
