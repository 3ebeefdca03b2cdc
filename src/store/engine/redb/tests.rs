//! What only a file can suffer: power loss, a full or read-only disk, damage, a second process.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Bound;

use super::{Options, RedbEngine};
use crate::domain::words::Lang;
use crate::store::engine::crash::{CrashDisk, Trouble, Unsynced};
use crate::store::engine::{Batch, Change, Direction, Engine, Fault, Table};

const LOG: Table = Table("log");
const VIEW: Table = Table("view");
const TABLES: &[Table] = &[LOG, VIEW];
const SMALL: Options = Options { cache_bytes: 1 << 20, durable: true, quick_repair: false };
const QUICK: Options = Options { quick_repair: true, ..SMALL };

fn open(disk: &CrashDisk, options: Options) -> Result<RedbEngine, Fault> {
    let mut engine = RedbEngine::with_backend(disk.clone(), TABLES, options)?;
    engine.quick_repair_from = 0;
    Ok(engine)
}

type Rows = BTreeMap<(Table, Vec<u8>), Vec<u8>>;

fn rows(engine: &dyn Engine) -> Rows {
    let snapshot = engine.snapshot().unwrap();
    let mut found = Rows::new();
    for table in TABLES {
        let all = snapshot
            .range(*table, Bound::Unbounded, Bound::Unbounded, Direction::Forward, usize::MAX)
            .unwrap();
        assert_eq!(snapshot.len(*table).unwrap(), all.len() as u64);
        found.extend(all.into_iter().map(|(key, value)| ((*table, key), value)));
    }
    found
}

/// A sequence of numbers that depends on its seed only.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// Batches like those of an office: each appends to the log, and changes and removes some views.
fn workload(seed: u64) -> Vec<Batch> {
    let mut numbers = Numbers(seed);
    (0..12u64)
        .map(|number| {
            let mut batch = Batch::new();
            for part in 0..=numbers.below(3) {
                let len = 20 + usize::try_from(numbers.below(3_000)).unwrap();
                batch.put(LOG, [number.to_be_bytes(), part.to_be_bytes()].concat(), vec![7; len]);
            }
            for _ in 0..numbers.below(6) {
                let key = numbers.below(20).to_be_bytes();
                if numbers.below(3) == 0 {
                    batch.delete(VIEW, key);
                } else {
                    let len = usize::try_from(numbers.below(900)).unwrap();
                    batch.put(VIEW, key, vec![u8::try_from(number).unwrap(); len]);
                }
            }
            batch
        })
        .collect()
}

/// What the tables hold before the first batch and after each.
fn states(batches: &[Batch]) -> Vec<Rows> {
    let mut states = vec![Rows::new()];
    for batch in batches {
        let mut state = states.last().cloned().unwrap_or_default();
        for (table, key, change) in batch.iter() {
            match change {
                Change::Put(value) => state.insert((table, key.to_vec()), value.clone()),
                Change::Delete => state.remove(&(table, key.to_vec())),
            };
        }
        states.push(state);
    }
    states
}

/// Runs batches until one fails; how many were acknowledged.
fn run(disk: &CrashDisk, options: Options, batches: &[Batch]) -> usize {
    let Ok(engine) = open(disk, options) else { return 0 };
    batches.iter().take_while(|batch| engine.commit((*batch).clone()).is_ok()).count()
}

/// Cuts the power at random operations of random workloads, a thousand times in all.
#[test]
fn what_was_acknowledged_survives_power_loss_and_nothing_is_there_by_half() {
    const WORKLOADS: u64 = 20;
    const CUTS: u64 = 50;
    let mut interrupted = 0;
    for seed in 0..WORKLOADS {
        let options = if seed % 2 == 0 { SMALL } else { QUICK };
        let batches = workload(seed);
        let states = states(&batches);
        let empty = CrashDisk::new();
        drop(open(&empty, options).unwrap());
        let image = empty.surviving(Unsynced::Lost);
        let whole = CrashDisk::holding(image.clone());
        assert_eq!(run(&whole, options, &batches), batches.len());
        let operations = whole.operations();
        let mut numbers = Numbers(seed);
        for cut in 0..CUTS {
            let disk = CrashDisk::holding(image.clone());
            disk.cut_at(1 + numbers.below(operations));
            let acknowledged = run(&disk, options, &batches);
            interrupted += u64::from(acknowledged < batches.len());
            let unsynced = if cut % 3 == 0 {
                Unsynced::Lost
            } else {
                Unsynced::Scattered { seed: seed * CUTS + cut }
            };
            let disk = CrashDisk::holding(disk.surviving(unsynced));
            let engine = open(&disk, options).unwrap();
            let found = rows(&engine);
            let place = states.iter().position(|state| *state == found);
            // The commit under way may have reached the disk before its answer was given.
            assert!(
                place.is_some_and(|place| place == acknowledged || place == acknowledged + 1),
                "seed {seed}, cut {cut}, {unsynced:?}: {acknowledged} acknowledged, found {place:?}"
            );
            engine.commit(batches[0].clone()).unwrap();
        }
    }
    // Cuts in the closing come after every answer; most must come before.
    assert!(interrupted > WORKLOADS * CUTS / 2, "{interrupted}");
}

/// redb cannot open a file whose making was cut short, so the engine makes it beside its place.
#[test]
fn a_first_start_that_was_cut_short_can_be_repeated() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.redb");
    // What such a start leaves: the lock file, and pages without a header.
    fs::write(folder.path().join("store.redb.lock"), "").unwrap();
    fs::write(folder.path().join("store.redb.new"), [1; 5_000]).unwrap();
    let engine = RedbEngine::open(&path, TABLES, SMALL).unwrap();
    assert!(rows(&engine).is_empty());
    let left: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|f| f.unwrap().file_name()).collect();
    assert_eq!(left, ["store.redb"]);
}

#[test]
fn two_first_starts_at_once_make_one_store() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.redb");
    let lock = fs::File::create(folder.path().join("store.redb.lock")).unwrap();
    lock.lock().unwrap();
    assert!(RedbEngine::open(&path, TABLES, SMALL).unwrap_err().is_in_use());
    drop(lock);
    RedbEngine::open(&path, TABLES, SMALL).unwrap();
}

#[test]
fn relaxed_commits_are_lost_with_the_power_unless_flushed() {
    let options = Options { durable: false, ..SMALL };
    let disk = CrashDisk::new();
    let engine = open(&disk, options).unwrap();
    let batches = workload(1);
    let states = states(&batches);
    engine.commit(batches[0].clone()).unwrap();
    engine.flush().unwrap();
    let flushed = engine.stats().unwrap().syncs;
    engine.commit(batches[1].clone()).unwrap();
    assert_eq!(engine.stats().unwrap().syncs, flushed);
    assert_eq!(rows(&engine), states[2]);
    let after = CrashDisk::holding(disk.surviving(Unsynced::Lost));
    assert_eq!(rows(&open(&after, options).unwrap()), states[1]);
}

#[test]
fn a_commit_is_one_sync_and_two_where_repair_must_be_quick() {
    for (options, from, expected) in [(SMALL, 0, 1), (QUICK, 0, 2), (QUICK, 1 << 30, 1)] {
        let mut engine = open(&CrashDisk::new(), options).unwrap();
        engine.quick_repair_from = from;
        engine.commit(workload(1).remove(0)).unwrap();
        let before = engine.stats().unwrap();
        let mut batch = Batch::new();
        batch.put(LOG, "one", "row");
        engine.commit(batch).unwrap();
        assert_eq!(engine.stats().unwrap().syncs - before.syncs, expected);
    }
}

/// Commits batches until one fails; the fault, and how many did not.
fn fill(engine: &RedbEngine) -> (Fault, usize) {
    for number in 0..10_000u64 {
        let mut batch = Batch::new();
        batch.put(LOG, number.to_be_bytes(), vec![1; 20_000]);
        if let Err(fault) = engine.commit(batch) {
            return (fault, usize::try_from(number).unwrap());
        }
    }
    panic!("the disk never filled up");
}

#[test]
fn a_full_disk_loses_nothing_stays_readable_and_heals() {
    for options in [SMALL, QUICK] {
        let disk = CrashDisk::new();
        let engine = open(&disk, options).unwrap();
        disk.trouble(Some(Trouble::Full));
        let old = engine.snapshot().unwrap();
        let (fault, committed) = fill(&engine);
        assert!(fault.is_full_disk(), "{fault}");
        assert!(committed > 0);
        assert_eq!(rows(&engine).len(), committed);
        // A snapshot from before either still answers or says that a new one will.
        assert!(old.get(VIEW, b"k").map_or_else(|fault| fault.is_interrupted(), |v| v.is_none()));
        let mut batch = Batch::new();
        batch.put(LOG, "large", vec![1; 4 << 20]);
        assert!(engine.commit(batch.clone()).unwrap_err().is_full_disk());
        assert_eq!(rows(&engine).len(), committed);
        disk.trouble(None);
        engine.commit(batch).unwrap();
        assert_eq!(rows(&engine).len(), committed + 1);
        let after = CrashDisk::holding(disk.surviving(Unsynced::Lost));
        assert_eq!(rows(&open(&after, options).unwrap()).len(), committed + 1);
    }
}

#[test]
fn a_read_only_disk_refuses_writes_and_heals() {
    let disk = CrashDisk::new();
    let engine = open(&disk, SMALL).unwrap();
    let batches = workload(3);
    let states = states(&batches);
    engine.commit(batches[0].clone()).unwrap();
    disk.trouble(Some(Trouble::ReadOnly));
    for _ in 0..2 {
        let fault = engine.commit(batches[1].clone()).unwrap_err();
        assert!(fault.is_read_only(), "{fault}");
    }
    disk.trouble(None);
    assert_eq!(rows(&engine), states[1]);
    engine.commit(batches[1].clone()).unwrap();
    assert_eq!(rows(&engine), states[2]);
}

#[test]
fn after_a_failed_sync_nothing_is_acknowledged_until_a_restart() {
    let disk = CrashDisk::new();
    let engine = open(&disk, SMALL).unwrap();
    let batches = workload(4);
    engine.commit(batches[0].clone()).unwrap();
    disk.trouble(Some(Trouble::SyncFails));
    assert!(engine.commit(batches[1].clone()).is_err());
    disk.trouble(None);
    let fault = engine.commit(batches[2].clone()).unwrap_err();
    assert_eq!(fault.kind(), crate::store::engine::FaultKind::Storage, "{fault}");
    let after = CrashDisk::holding(disk.surviving(Unsynced::Lost));
    assert_eq!(rows(&open(&after, SMALL).unwrap()), states(&batches)[1]);
}

#[test]
fn the_file_is_its_owners_only_and_opens_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.redb");
    let engine = RedbEngine::open(&path, TABLES, SMALL).unwrap();
    let batches = workload(5);
    engine.commit(batches[0].clone()).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let fault = RedbEngine::open(&path, TABLES, SMALL).unwrap_err();
    assert!(fault.is_in_use(), "{fault}");
    assert!(fault.advice().say(Lang::Vi).contains("tiến trình khác"));
    engine.close().unwrap();
    let engine = RedbEngine::open(&path, &[LOG, VIEW, Table("new")], SMALL).unwrap();
    assert_eq!(rows(&engine), states(&batches)[1]);
    assert_eq!(engine.snapshot().unwrap().len(Table("new")).unwrap(), 0);
}

#[test]
fn a_damaged_file_is_a_fault() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.redb");
    fs::write(&path, vec![b'x'; 100_000]).unwrap();
    assert!(RedbEngine::open(&path, TABLES, SMALL).unwrap_err().is_damaged());

    let disk = CrashDisk::new();
    let engine = open(&disk, SMALL).unwrap();
    engine.commit(workload(6).remove(0)).unwrap();
    assert!(engine.check_integrity().unwrap());
    engine.close().unwrap();
    let bytes = disk.surviving(Unsynced::Lost);
    let short = bytes[..bytes.len() / 2].to_vec();
    assert!(open(&CrashDisk::holding(short), SMALL).unwrap_err().is_damaged());
}

#[test]
fn a_file_of_a_later_format_asks_for_a_newer_version() {
    let disk = CrashDisk::new();
    open(&disk, SMALL).unwrap().close().unwrap();
    let mut bytes = disk.surviving(Unsynced::Lost);
    // The format versions of the two commit slots, see redb's description of its header.
    (bytes[64], bytes[192]) = (9, 9);
    let fault = open(&CrashDisk::holding(bytes), SMALL).unwrap_err();
    assert!(fault.needs_newer_version(), "{fault}");
}

#[test]
fn checking_finds_a_flipped_bit() {
    let disk = CrashDisk::new();
    let engine = open(&disk, SMALL).unwrap();
    let mut batch = Batch::new();
    batch.put(LOG, "needle", vec![0xA7; 1_000]);
    engine.commit(batch).unwrap();
    engine.close().unwrap();
    let mut bytes = disk.surviving(Unsynced::Lost);
    let place = bytes.windows(100).position(|window| window == [0xA7; 100]).unwrap();
    bytes[place + 50] ^= 1;
    let engine = open(&CrashDisk::holding(bytes), SMALL).unwrap();
    assert!(engine.check_integrity().map_or_else(|fault| fault.is_damaged(), |sound| !sound));
}

#[test]
fn compacting_gives_space_back_and_waits_for_readers() {
    let disk = CrashDisk::new();
    let engine = open(&disk, SMALL).unwrap();
    let mut batch = Batch::new();
    for number in 0..200u64 {
        batch.put(LOG, number.to_be_bytes(), vec![3; 20_000]);
    }
    engine.commit(batch).unwrap();
    let mut batch = Batch::new();
    for number in 1..200u64 {
        batch.delete(LOG, number.to_be_bytes());
    }
    engine.commit(batch).unwrap();
    let before = engine.stats().unwrap().file_bytes;
    let reader = engine.snapshot().unwrap();
    assert_eq!(engine.compact().unwrap_err().kind(), crate::store::engine::FaultKind::Busy);
    drop(reader);
    assert!(engine.compact().unwrap());
    assert!(engine.stats().unwrap().file_bytes < before / 2);
    assert_eq!(rows(&engine).len(), 1);
}
