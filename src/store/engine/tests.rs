//! One suite for every engine: the same batches and scans give the same answers.

use std::collections::BTreeMap;
use std::ops::Bound;

use proptest::prelude::*;

use super::crash::CrashDisk;
use super::memory::MemoryEngine;
use super::redb::{Options, RedbEngine};
use super::{Batch, Change, Direction, Engine, Row, Table, prefix_end, scan_prefix};

const A: Table = Table("a");
const B: Table = Table("b");
const TABLES: &[Table] = &[B, A];
const SMALL: Options = Options { cache_bytes: 1 << 20, durable: true, quick_repair: false };

/// Every engine, empty.
fn engines() -> Vec<(&'static str, Box<dyn Engine>)> {
    let redb = |options| {
        let opened = RedbEngine::with_backend(CrashDisk::new(), TABLES, options);
        Box::new(opened.expect("an empty disk opens"))
    };
    vec![
        ("memory", Box::new(MemoryEngine::new(TABLES))),
        ("redb", redb(SMALL)),
        ("redb, quick repair", redb(Options { quick_repair: true, ..SMALL })),
        ("redb, relaxed", redb(Options { durable: false, ..SMALL })),
    ]
}

fn on_every_engine(check: impl Fn(&dyn Engine)) {
    for (name, engine) in engines() {
        eprintln!("{name}");
        check(engine.as_ref());
    }
}

fn puts(table: Table, keys: &[&str]) -> Batch {
    let mut batch = Batch::new();
    for key in keys {
        batch.put(table, *key, format!("value of {key}"));
    }
    batch
}

fn keys(rows: &[Row]) -> Vec<&str> {
    rows.iter().map(|(key, _)| std::str::from_utf8(key).expect("keys of tests are text")).collect()
}

fn included(key: &str) -> Bound<&[u8]> {
    Bound::Included(key.as_bytes())
}

fn excluded(key: &str) -> Bound<&[u8]> {
    Bound::Excluded(key.as_bytes())
}

#[test]
fn an_empty_table_answers_everything_with_nothing() {
    on_every_engine(|engine| {
        let snapshot = engine.snapshot().unwrap();
        assert_eq!(snapshot.get(A, b"k").unwrap(), None);
        assert_eq!(snapshot.multi_get(A, &[b"k", b""]).unwrap(), [None, None]);
        assert_eq!(snapshot.len(A).unwrap(), 0);
        for direction in [Direction::Forward, Direction::Backward] {
            let rows = snapshot.range(A, Bound::Unbounded, Bound::Unbounded, direction, 9);
            assert!(rows.unwrap().is_empty());
        }
    });
}

#[test]
fn a_batch_reaches_all_its_tables_and_the_last_change_of_a_key_wins() {
    on_every_engine(|engine| {
        let mut batch = puts(A, &["x", "y"]);
        batch.put(B, "x", "other");
        batch.put(A, "x", "first");
        batch.delete(A, "y");
        batch.put(A, "z", "");
        batch.delete(A, "never there");
        batch.put(A, "x", "last");
        engine.commit(batch).unwrap();
        let snapshot = engine.snapshot().unwrap();
        let found = snapshot.multi_get(A, &[b"y", b"x", b"z"]).unwrap();
        assert_eq!(found, [None, Some(b"last".to_vec()), Some(Vec::new())]);
        assert_eq!(snapshot.get(B, b"x").unwrap(), Some(b"other".to_vec()));
        assert_eq!((snapshot.len(A).unwrap(), snapshot.len(B).unwrap()), (2, 1));
        let stats = engine.stats().unwrap();
        assert_eq!((stats.commits, stats.puts, stats.deletes), (1, 3, 2));
    });
}

#[test]
fn a_snapshot_does_not_see_later_commits() {
    on_every_engine(|engine| {
        engine.commit(puts(A, &["x", "y"])).unwrap();
        let before = engine.snapshot().unwrap();
        let mut batch = puts(A, &["z"]);
        batch.delete(A, "x");
        batch.put(A, "y", "changed");
        engine.commit(batch).unwrap();
        let all = |snapshot: &dyn super::Snapshot| {
            snapshot.range(A, Bound::Unbounded, Bound::Unbounded, Direction::Forward, 9).unwrap()
        };
        assert_eq!(keys(&all(before.as_ref())), ["x", "y"]);
        assert_eq!(before.get(A, b"y").unwrap(), Some(b"value of y".to_vec()));
        assert_eq!(before.len(A).unwrap(), 2);
        let after = engine.snapshot().unwrap();
        assert_eq!(keys(&all(after.as_ref())), ["y", "z"]);
        assert_eq!(after.get(A, b"y").unwrap(), Some(b"changed".to_vec()));
    });
}

#[test]
fn ranges_respect_bounds_order_and_limit() {
    on_every_engine(|engine| {
        engine.commit(puts(A, &["a", "b", "c", "d", "e"])).unwrap();
        let snapshot = engine.snapshot().unwrap();
        let range = |from, to, direction, limit| {
            let rows = snapshot.range(A, from, to, direction, limit).unwrap();
            keys(&rows).concat()
        };
        use Direction::{Backward, Forward};
        assert_eq!(range(included("b"), excluded("d"), Forward, 9), "bc");
        assert_eq!(range(excluded("b"), included("d"), Forward, 9), "cd");
        assert_eq!(range(included("b"), included("d"), Backward, 2), "dc");
        assert_eq!(range(Bound::Unbounded, excluded("bb"), Backward, 9), "ba");
        assert_eq!(range(included("aa"), Bound::Unbounded, Forward, 2), "bc");
        assert_eq!(range(Bound::Unbounded, Bound::Unbounded, Forward, 0), "");
        assert_eq!(range(Bound::Unbounded, Bound::Unbounded, Backward, usize::MAX), "edcba");
        assert_eq!(range(included("c"), included("c"), Backward, 9), "c");
        for (from, to) in [
            (excluded("c"), included("c")),
            (excluded("c"), excluded("c")),
            (included("d"), included("b")),
        ] {
            assert_eq!(range(from, to, Forward, 9), "");
            assert_eq!(range(from, to, Backward, 9), "");
        }
    });
}

#[test]
fn pages_of_a_prefix_follow_each_other_and_never_leave_it() {
    on_every_engine(|engine| {
        engine.commit(puts(A, &["a1", "b", "b1", "b2", "b3", "c"])).unwrap();
        let snapshot = engine.snapshot().unwrap();
        let page = |after: Option<&str>, direction, limit| {
            let after = after.map(str::as_bytes);
            let rows = scan_prefix(snapshot.as_ref(), A, b"b", after, direction, limit).unwrap();
            keys(&rows).join(" ")
        };
        use Direction::{Backward, Forward};
        assert_eq!(page(None, Forward, 2), "b b1");
        assert_eq!(page(Some("b1"), Forward, 2), "b2 b3");
        assert_eq!(page(Some("b3"), Forward, 2), "");
        assert_eq!(page(None, Backward, 3), "b3 b2 b1");
        assert_eq!(page(Some("b1"), Backward, 3), "b");
        assert_eq!(page(Some("b"), Backward, 3), "");
        // Forged cursors.
        assert_eq!(page(Some("a"), Forward, 9), "b b1 b2 b3");
        assert_eq!(page(Some("c"), Forward, 9), "");
        assert_eq!(page(Some("c5"), Backward, 1), "b3");
        assert_eq!(page(Some("a"), Backward, 9), "");
    });
}

#[test]
fn a_prefix_ends_where_the_next_one_begins() {
    assert_eq!(prefix_end(b"ab"), Bound::Excluded(b"ac".to_vec()));
    assert_eq!(prefix_end(b"a\xff\xff"), Bound::Excluded(b"b".to_vec()));
    assert_eq!(prefix_end(b"\xff"), Bound::Unbounded);
    assert_eq!(prefix_end(b""), Bound::Unbounded);
}

#[test]
fn an_unknown_table_is_a_fault_and_changes_nothing() {
    on_every_engine(|engine| {
        let mut batch = puts(A, &["x"]);
        batch.put(Table("misspelt"), "k", "v");
        let fault = engine.commit(batch).unwrap_err();
        assert_eq!(fault.kind(), super::FaultKind::Misuse);
        let snapshot = engine.snapshot().unwrap();
        assert_eq!(snapshot.len(A).unwrap(), 0);
        assert!(snapshot.get(Table("misspelt"), b"k").is_err());
    });
}

#[test]
fn an_empty_batch_costs_nothing() {
    on_every_engine(|engine| {
        let before = engine.stats().unwrap();
        engine.commit(Batch::new()).unwrap();
        assert_eq!(engine.stats().unwrap(), before);
    });
}

#[test]
fn a_batch_counts_its_keys_and_bytes() {
    let mut batch = Batch::new();
    batch.put(A, "key", "12345");
    batch.put(A, "key", "12");
    batch.delete(B, "gone");
    assert_eq!((batch.len(), batch.bytes(), batch.counts()), (2, 9, (1, 1)));
    let mut later = Batch::new();
    later.delete(A, "key");
    later.put(B, "new", "1");
    batch.append(later);
    assert_eq!((batch.len(), batch.bytes(), batch.counts()), (3, 11, (1, 2)));
    assert_eq!(batch.get(A, b"key"), Some(&Change::Delete));
    let order: Vec<_> = batch.iter().map(|(table, key, _)| (table.0, key)).collect();
    assert_eq!(order, [("a", b"key".as_slice()), ("b", b"gone"), ("b", b"new")]);
}

type Model = BTreeMap<Vec<u8>, Vec<u8>>;

fn key() -> impl Strategy<Value = Vec<u8>> {
    // Few bytes, so that keys meet; 0xff and the empty key are among them.
    prop::collection::vec(prop::sample::select(vec![0, 1, 0x7f, 0xff]), 0..4)
}

fn bound() -> impl Strategy<Value = Bound<Vec<u8>>> {
    prop_oneof![
        key().prop_map(Bound::Included),
        key().prop_map(Bound::Excluded),
        Just(Bound::Unbounded)
    ]
}

/// The rows of the model that a range must give, found by looking at every row.
fn expected(
    model: &Model,
    (from, to): (Bound<&[u8]>, Bound<&[u8]>),
    direction: Direction,
    limit: usize,
) -> Vec<Row> {
    let inside = |key: &[u8]| {
        let after = match from {
            Bound::Included(from) => key >= from,
            Bound::Excluded(from) => key > from,
            Bound::Unbounded => true,
        };
        let before = match to {
            Bound::Included(to) => key <= to,
            Bound::Excluded(to) => key < to,
            Bound::Unbounded => true,
        };
        after && before
    };
    let mut rows: Vec<Row> =
        model.iter().filter(|row| inside(row.0)).map(|(k, v)| (k.clone(), v.clone())).collect();
    if direction == Direction::Backward {
        rows.reverse();
    }
    rows.truncate(limit);
    rows
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_engine_agrees_with_a_sorted_map(
        batches in prop::collection::vec(
            prop::collection::vec((key(), prop::option::of(prop::collection::vec(any::<u8>(), 0..40))), 0..12),
            1..6,
        ),
        from in bound(),
        to in bound(),
        prefix in key(),
        after in prop::option::of(key()),
        backward in any::<bool>(),
        limit in 0usize..20,
    ) {
        let direction = if backward { Direction::Backward } else { Direction::Forward };
        for (name, engine) in engines() {
            let mut model = Model::new();
            for changes in &batches {
                let mut batch = Batch::new();
                for (key, value) in changes {
                    match value {
                        Some(value) => {
                            batch.put(A, key.clone(), value.clone());
                            model.insert(key.clone(), value.clone());
                        }
                        None => {
                            batch.delete(A, key.clone());
                            model.remove(key);
                        }
                    }
                }
                engine.commit(batch).unwrap();
            }
            let snapshot = engine.snapshot().unwrap();
            prop_assert_eq!(snapshot.len(A).unwrap(), model.len() as u64, "{}", name);
            prop_assert_eq!(snapshot.len(B).unwrap(), 0);
            prop_assert_eq!(snapshot.get(A, &prefix).unwrap(), model.get(&prefix).cloned());
            let (from, to) = (from.as_ref().map(Vec::as_slice), to.as_ref().map(Vec::as_slice));
            prop_assert_eq!(
                snapshot.range(A, from, to, direction, limit).unwrap(),
                expected(&model, (from, to), direction, limit),
                "{}", name
            );
            let rows = scan_prefix(snapshot.as_ref(), A, &prefix, after.as_deref(), direction, limit);
            let within: Model =
                model.into_iter().filter(|(key, _)| key.starts_with(&prefix)).collect();
            let cursor = after.as_deref().map_or(Bound::Unbounded, Bound::Excluded);
            let bounds = if backward { (Bound::Unbounded, cursor) } else { (cursor, Bound::Unbounded) };
            prop_assert_eq!(rows.unwrap(), expected(&within, bounds, direction, limit), "{}", name);
        }
    }
}
