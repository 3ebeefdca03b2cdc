//! A disk that is full, read-only or fails to sync: commands fail with a clear reason, and nothing
//! acknowledged is lost.

use std::sync::atomic::{AtomicU64, Ordering};

use motcua::ops::check;
use motcua::store::engine::FaultKind;
use motcua::store::engine::crash::{CrashDisk, Trouble, Unsynced};
use motcua::store::engine::redb::{Options, RedbEngine};
use motcua::store::ledger::{Failure, Ledger};
use motcua::store::tables;

use crate::workshop::{Deed, Told, Turning, Workshop, keeps, ledger};

fn open(disk: &CrashDisk, clock: &Turning) -> Ledger {
    let engine = RedbEngine::with_backend(disk.clone(), &tables::ALL, Options::durable()).unwrap();
    ledger(engine, clock.env())
}

#[track_caller]
fn kind(outcome: Result<impl std::fmt::Debug, Failure>) -> FaultKind {
    match outcome {
        Err(Failure::Fault(fault)) => fault.kind(),
        other => panic!("no fault: {other:?}"),
    }
}

#[track_caller]
fn sound(ledger: &Ledger, told: &Told) {
    assert_eq!(keeps(ledger, &told.now()), Ok(()));
    assert_eq!(check::run_on_ledger(ledger).unwrap().problems, Vec::<String>::new());
}

#[test]
fn a_full_disk_refuses_what_does_not_fit_and_works_again_when_there_is_room() {
    let (disk, workshop, told) = (CrashDisk::new(), Workshop::new(), Told::default());
    let clock = Turning::new();
    let ledger = open(&disk, &clock);
    for number in 0..10 {
        told.filed(workshop.file(&ledger, number).unwrap());
    }
    disk.trouble(Some(Trouble::Full));
    // Free pages of the file may take some more; growing fails.
    let mut number = 10;
    let refused = loop {
        match workshop.file(&ledger, number) {
            Ok(filed) => told.filed(filed),
            failed => break kind(failed),
        }
        number += 1;
        assert!(number < 20_000, "the file never grows");
    };
    assert_eq!(refused, FaultKind::FullDisk);
    assert_eq!(keeps(&ledger, &told.now()), Ok(()), "reads go on");
    disk.trouble(None);
    told.filed(workshop.file(&ledger, number).unwrap());
    sound(&ledger, &told);
    drop(ledger);
    let disk = CrashDisk::holding(disk.surviving(Unsynced::Lost));
    sound(&open(&disk, &clock), &told);
}

#[test]
fn a_read_only_disk_says_why_it_writes_nothing_and_loses_nothing() {
    let (disk, workshop, told) = (CrashDisk::new(), Workshop::new(), Told::default());
    let clock = Turning::new();
    let ledger = open(&disk, &clock);
    let (code, version) = workshop.file(&ledger, 0).unwrap();
    told.note(&code, version);
    disk.trouble(Some(Trouble::ReadOnly));
    assert_eq!(kind(workshop.file(&ledger, 1)), FaultKind::ReadOnly);
    // Opening after a failed write takes a write: reads wait for the disk too, and say why.
    let lost = keeps(&ledger, &told.now()).unwrap_err();
    assert!(lost.contains("read-only"), "{lost}");
    disk.trouble(None);
    told.note(&code, workshop.act(&ledger, &code, Deed(0)).unwrap());
    told.filed(workshop.file(&ledger, 1).unwrap());
    sound(&ledger, &told);
}

#[test]
fn after_a_failed_sync_nothing_is_acknowledged_until_a_restart() {
    let (disk, workshop, told) = (CrashDisk::new(), Workshop::new(), Told::default());
    let clock = Turning::new();
    let ledger = open(&disk, &clock);
    told.filed(workshop.file(&ledger, 0).unwrap());
    disk.trouble(Some(Trouble::SyncFails));
    kind(workshop.file(&ledger, 1));
    disk.trouble(None);
    // Nobody knows what is on the disk: pages that look written may never have reached it.
    kind(workshop.file(&ledger, 2));
    drop(ledger);
    for seed in 0..20 {
        let image = disk.surviving(Unsynced::Scattered { seed });
        let ledger = open(&CrashDisk::holding(image), &clock);
        sound(&ledger, &told);
        workshop.file(&ledger, 3).unwrap();
        sound(&ledger, &told);
    }
}

/// Under many clients a batch waits behind the one that the disk refuses, and the next is decided on
/// top of both: each client must be told what became of its own.
#[test]
fn what_was_decided_on_top_of_a_refused_batch_is_refused_too() {
    let (disk, workshop, told) = (CrashDisk::new(), Workshop::new(), Told::default());
    let clock = Turning::new();
    let ledger = open(&disk, &clock);
    let next = AtomicU64::new(0);
    let [mut refused_by_disk, mut interrupted] = [0_u64; 2];
    for _ in 0..6 {
        // Those who are refused try again until the disk is well and each has filed five.
        let filing = || {
            let mut refused = Vec::new();
            for _ in 0..5 {
                let number = next.fetch_add(1, Ordering::Relaxed);
                loop {
                    match workshop.file(&ledger, number) {
                        Ok(filed) => break told.filed(filed),
                        failed => refused.push(kind(failed)),
                    }
                    if refused.len() == 3 {
                        disk.trouble(None);
                    }
                }
            }
            refused
        };
        disk.trouble(Some(Trouble::ReadOnly));
        let refused: Vec<FaultKind> = std::thread::scope(|scope| {
            let clients: Vec<_> = (0..100).map(|_| scope.spawn(filing)).collect();
            clients.into_iter().flat_map(|client| client.join().unwrap()).collect()
        });
        for kind in refused {
            match kind {
                FaultKind::ReadOnly => refused_by_disk += 1,
                FaultKind::Interrupted => interrupted += 1,
                other => panic!("{other:?}"),
            }
        }
        sound(&ledger, &told);
    }
    assert!(
        refused_by_disk > 0 && interrupted > 0,
        "{refused_by_disk} refused, {interrupted} on top of those"
    );
    drop(ledger);
    sound(&open(&CrashDisk::holding(disk.surviving(Unsynced::Lost)), &clock), &told);
}
