//! A disk that is full, read-only or fails to sync: commands fail with a clear reason, and nothing
//! acknowledged is lost.

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
