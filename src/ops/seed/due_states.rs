//! How many dossiers are overdue or due soon is known from counters: no dossier is looked at, however
//! many there are.

use std::collections::BTreeSet;
use std::ops::Bound;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::{SignedDuration, Timestamp};

use super::{SeedOptions, run};
use crate::domain::agency::{Role, Staff};
use crate::domain::calendar::local;
use crate::domain::deadline::{DeadlineState, state};
use crate::domain::dossier::{Directory, Queue, entries};
use crate::domain::ids::{AgencyCode, DossierId, UserName};
use crate::office::{Caller, Office};
use crate::ops::test_support::env;
use crate::ops::{demo, demo_data};
use crate::store::codec::wire::Wire;
use crate::store::engine::redb::RedbEngine;
use crate::store::engine::{Batch, Direction, Engine, Fault, Row, Snapshot, Stats, Table};
use crate::store::tables::{COUNTS, DOSSIERS, QUEUES};

/// Rows that were read, of dossiers, of queues and of counters.
#[derive(Clone, Default)]
struct Read(Arc<[AtomicUsize; 3]>);

impl Read {
    fn note(&self, table: Table, rows: usize) {
        let place = [DOSSIERS, QUEUES, COUNTS].iter().position(|known| *known == table);
        if let Some(place) = place {
            self.0[place].fetch_add(rows, Ordering::Relaxed);
        }
    }

    fn take(&self) -> [usize; 3] {
        self.0.each_ref().map(|count| count.swap(0, Ordering::Relaxed))
    }
}

struct Watched {
    engine: Arc<RedbEngine>,
    read: Read,
}

struct Seen {
    snapshot: Box<dyn Snapshot>,
    read: Read,
}

impl Engine for Watched {
    fn snapshot(&self) -> Result<Box<dyn Snapshot>, Fault> {
        let (snapshot, read) = (self.engine.snapshot()?, self.read.clone());
        Ok(Box::new(Seen { snapshot, read }))
    }

    fn apply(&self, batch: &Batch) -> Result<(), Fault> {
        self.engine.apply(batch)
    }

    fn flush(&self) -> Result<(), Fault> {
        self.engine.flush()
    }

    fn stats(&self) -> Result<Stats, Fault> {
        self.engine.stats()
    }
}

impl Snapshot for Seen {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        self.read.note(table, 1);
        self.snapshot.get(table, key)
    }

    fn range(
        &self,
        table: Table,
        from: Bound<&[u8]>,
        to: Bound<&[u8]>,
        direction: Direction,
        limit: usize,
    ) -> Result<Vec<Row>, Fault> {
        let rows = self.snapshot.range(table, from, to, direction, limit)?;
        self.read.note(table, rows.len());
        Ok(rows)
    }

    fn len(&self, table: Table) -> Result<u64, Fault> {
        self.snapshot.len(table)
    }
}

fn clerk(agency: &AgencyCode) -> Caller {
    Caller::Staff(Staff {
        name: UserName::from("dem"),
        full_name: String::new(),
        roles: vec![Role::Processor],
        agency: agency.clone(),
        unit: None,
        enabled: true,
        stands_in_for: None,
    })
}

/// The due dates that are open at an agency, from the dossiers themselves.
fn open_due(office: &Office, agency: &AgencyCode) -> Vec<Timestamp> {
    let reader = office.ledger().reader().unwrap();
    let mut due = Vec::new();
    for (key, _) in reader.scan(DOSSIERS, &[], None, usize::MAX).unwrap() {
        let id = DossierId::from_bytes(&key).unwrap();
        let dossier = reader.dossier(id).unwrap().unwrap().dossier;
        let open = entries(&dossier).into_iter().filter(|e| e.queue == Queue::Open);
        due.extend(open.filter(|e| e.agency == *agency).map(|entry| entry.instant));
    }
    due
}

#[test]
fn due_states_are_kept_by_counters_that_the_clock_alone_moves() {
    let folder = tempfile::tempdir().unwrap();
    let read = Read::default();
    let watched = |engine| {
        let read = read.clone();
        Arc::new(Watched { engine, read }) as Arc<dyn Engine>
    };
    let office = Office::create_wrapped(folder.path(), env(), &watched).unwrap();
    demo::furnish(&office, &demo_data::load().unwrap(), None).unwrap();
    run(&office, SeedOptions { dossiers: 1_000, seed: 3 }, &mut |_, _, _| {}).unwrap();
    let agencies: Vec<AgencyCode> = office.world().agencies().map(|a| a.code.clone()).collect();
    let now = office.now();
    for agency in &agencies {
        let due = open_due(&office, agency);
        read.take();
        office.counts(&clerk(agency)).unwrap();
        let [dossiers, queues, counts] = read.take();
        assert_eq!(dossiers, 0, "no dossier is read");
        // Of the queue only what is due on the two days that the two instants lie on.
        let soon = office.due_soon_until(agency, now);
        let on =
            |at: Timestamp| due.iter().filter(|d| local(**d).date() == local(at).date()).count();
        assert!(queues <= on(now) + on(soon), "{queues} rows of queues");
        let days: BTreeSet<_> = due.iter().map(|due| local(*due).date()).collect();
        assert!(counts <= 2 * days.len() + Queue::ALL.len() + 2, "{counts} counters");
    }
    drop(office);
    // No write happens between these instants, and the states follow the clock.
    let mut seen = BTreeSet::new();
    for hours in [-30 * 24, -72, -8, 0, 3, 24, 26, 70, 14 * 24] {
        let then = now + SignedDuration::from_hours(hours);
        let office = Office::open(folder.path(), env().moved_to(then)).unwrap();
        let world = office.world();
        for agency in &agencies {
            let days = world.pack_for(agency, then).due_soon_working_days;
            let states = open_due(&office, agency);
            let states =
                states.iter().map(|due| state(world.calendar(agency), Some(*due), then, days));
            let (mut overdue, mut soon) = (0, 0);
            for state in states {
                overdue += u64::from(state == DeadlineState::Overdue);
                soon += u64::from(state == DeadlineState::DueSoon);
            }
            let counts = office.counts(&clerk(agency)).unwrap();
            assert_eq!((counts.overdue, counts.due_soon), (overdue, soon), "{agency} at {then}");
            seen.insert((overdue > 0, soon > 0));
        }
    }
    assert!(seen.len() >= 3, "the instants differ: {seen:?}");
}
