//! The measurements measure what they say; how fast is for release builds.

use super::{SubmitOptions, inbox, search, submit};
use crate::ops::seed::{SeedOptions, run};
use crate::ops::test_support::{env, furnished};

#[test]
fn submissions_share_commits_and_keep_their_write_budget() {
    let folder = tempfile::tempdir().unwrap();
    let options = SubmitOptions { clients: 16, dossiers: 400 };
    let figures = submit(folder.path(), &env(), options).unwrap();
    assert_eq!(figures.get("commands"), Some(400.0));
    assert!(figures.get("commands_a_commit").unwrap() > 1.5, "{figures}");
    // Event, state, code, key, three queues at one agency or two; counters, number and commit are
    // shared by the commands of a commit.
    let puts = figures.get("puts_a_command").unwrap();
    assert!((6.0..=14.0).contains(&puts), "{figures}");
    assert!(figures.get("share_of_raw_redb").unwrap() > 0.0);
}

#[test]
fn inboxes_show_rows_and_tables_line_up() {
    let folder = tempfile::tempdir().unwrap();
    let office = furnished(folder.path());
    run(&office, SeedOptions { dossiers: 200, seed: 1 }, &mut |_, _, _| {}).unwrap();
    let figures = inbox(&office).unwrap();
    assert_eq!(figures.get("dossiers"), Some(200.0));
    assert!(figures.get("rows").unwrap() > 600.0, "{figures}");
    let table = figures.to_string();
    assert!(table.starts_with("inbox\n") && table.contains("page of 50 p99"), "{table}");
}

#[test]
fn queries_are_scored() {
    let catalogue = include_bytes!("../../../assets/demo/procedures.jsonl");
    let figures = search("đăng ký khai sinh\t1.001193\nkhông có mã\t\n", catalogue).unwrap();
    assert_eq!(figures.get("queries"), Some(1.0));
    assert_eq!(figures.get("hit@5"), Some(100.0));
    assert!(search("không có mã\t\n", catalogue).is_err());
}
