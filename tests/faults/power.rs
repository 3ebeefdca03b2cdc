//! Power loss at a thousand points of a workload: after each, the store opens, has everything that
//! was acknowledged, and the check finds nothing.

use std::collections::HashMap;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};

use jiff::SignedDuration;
use motcua::domain::ids::DossierCode;
use motcua::ops::check;
use motcua::store::engine::crash::{CrashDisk, Unsynced};
use motcua::store::engine::redb::{Options, RedbEngine};
use motcua::store::tables;
use redb::StorageBackend;

use crate::workshop::{Deed, Told, Turning, Workshop, keeps, ledger};

/// Points at which the power fails.
const POINTS: u64 = 1_000;
/// One operation of the disk in so many is such a point.
const EVERY: u64 = 3;

/// What the disk holds after the power has failed, and what clients had been told by then.
struct Cut {
    number: u64,
    image: Vec<u8>,
    told: HashMap<DossierCode, u64>,
}

/// A disk whose power fails, in a copy, after one operation in [`EVERY`], drawn by chance.
#[derive(Clone, Debug)]
struct Failing {
    disk: CrashDisk,
    cuts: Arc<Cuts>,
}

struct Cuts {
    told: Told,
    send: Mutex<Option<SyncSender<Cut>>>,
    seen: AtomicU64,
    made: AtomicU64,
}

impl std::fmt::Debug for Cuts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cuts")
    }
}

impl Failing {
    fn maybe_cut(&self) {
        let seen = self.cuts.seen.fetch_add(1, Ordering::Relaxed);
        let dice = u64::from_be_bytes(
            *blake3::hash(&seen.to_be_bytes()).as_bytes().first_chunk().unwrap(),
        );
        if !dice.is_multiple_of(EVERY) {
            return;
        }
        let number = self.cuts.made.load(Ordering::Relaxed);
        let send = self.cuts.send.lock().unwrap();
        let Some(send) = send.as_ref().filter(|_| number < POINTS) else { return };
        // What was told before the power failed must be there; what is told later need not.
        let told = self.cuts.told.now();
        let unsynced =
            if dice % 7 == 0 { Unsynced::Lost } else { Unsynced::Scattered { seed: dice } };
        let image = self.disk.surviving(unsynced);
        self.cuts.made.fetch_add(1, Ordering::Relaxed);
        send.send(Cut { number, image, told }).unwrap();
    }
}

impl StorageBackend for Failing {
    fn len(&self) -> io::Result<u64> {
        self.disk.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.disk.read(offset, out)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.disk.set_len(len)?;
        self.maybe_cut();
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        self.disk.sync_data()?;
        self.maybe_cut();
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.disk.write(offset, data)?;
        self.maybe_cut();
        Ok(())
    }
}

/// Opens what survived and says what is wrong with it.
fn judge(cut: Cut) -> Option<String> {
    let place = |what: String| Some(format!("cut {}: {what}", cut.number));
    let disk = CrashDisk::holding(cut.image);
    let engine = match RedbEngine::with_backend(disk, &tables::ALL, Options::durable()) {
        Ok(engine) => engine,
        Err(fault) => return place(fault.to_string()),
    };
    let ledger = ledger(engine, Turning::new().env());
    if let Err(lost) = keeps(&ledger, &cut.told) {
        return place(lost);
    }
    match check::run_on_ledger(&ledger) {
        Ok(report) if report.is_ok() => None,
        Ok(report) => place(report.problems.join("\n")),
        Err(failure) => place(failure.to_string()),
    }
}

fn judge_all(cuts: &Arc<Mutex<Receiver<Cut>>>) -> (u64, Vec<String>) {
    let (mut judged, mut wrong) = (0, Vec::new());
    loop {
        let next = cuts.lock().unwrap().recv();
        let Ok(cut) = next else { return (judged, wrong) };
        judged += 1;
        wrong.extend(judge(cut));
    }
}

/// Files and acts until the power has failed often enough.
fn work(failing: &Failing, clock: &Turning) {
    let engine =
        RedbEngine::with_backend(failing.clone(), &tables::ALL, Options::durable()).unwrap();
    let (send, cuts) = (&failing.cuts.send, &failing.cuts);
    let ledger = ledger(engine, clock.env());
    let workshop = Workshop::new();
    let mut number = 0_u64;
    while cuts.made.load(Ordering::Relaxed) < POINTS {
        number += 1;
        clock.turn(SignedDuration::from_mins(7));
        std::thread::scope(|scope| {
            // Clients at the same time share commits.
            for client in 0..3 {
                let (ledger, workshop, told) = (&ledger, &workshop, &cuts.told);
                scope.spawn(move || {
                    told.filed(workshop.file(ledger, 3 * number + client).unwrap());
                });
            }
            let codes = cuts.told.codes();
            let (ledger, workshop, told) = (&ledger, &workshop, &cuts.told);
            scope.spawn(move || {
                for (at, code) in codes.iter().rev().take(8).enumerate() {
                    let deed = Deed((number as usize * 5 + at * 3) as u8);
                    if let Ok(version) = workshop.act(ledger, code, deed) {
                        told.note(code, version);
                    }
                }
            });
        });
    }
    send.lock().unwrap().take();
}

#[test]
fn a_thousand_power_cuts_lose_nothing_that_was_acknowledged() {
    let (send, receive) = sync_channel(4);
    let cuts = Cuts {
        told: Told::default(),
        send: Mutex::new(Some(send)),
        seen: AtomicU64::new(0),
        made: AtomicU64::new(0),
    };
    let failing = Failing { disk: CrashDisk::new(), cuts: Arc::new(cuts) };
    // redb cannot open a file whose making was cut short; `RedbEngine::open` makes it beside its
    // place for that reason, so the making is not part of this.
    let made = CrashDisk::new();
    drop(RedbEngine::with_backend(made.clone(), &tables::ALL, Options::durable()).unwrap());
    let failing = Failing { disk: CrashDisk::holding(made.surviving(Unsynced::Lost)), ..failing };
    let receive = Arc::new(Mutex::new(receive));
    let (judged, wrong) = std::thread::scope(|scope| {
        let judges: Vec<_> = (0..2)
            .map(|_| {
                let receive = receive.clone();
                scope.spawn(move || judge_all(&receive))
            })
            .collect();
        work(&failing, &Turning::new());
        judges.into_iter().map(|judge| judge.join().unwrap()).fold(
            (0, Vec::new()),
            |(count, mut all), (judged, wrong)| {
                all.extend(wrong);
                (count + judged, all)
            },
        )
    });
    assert_eq!(wrong, Vec::<String>::new());
    assert_eq!(judged, POINTS);
}
