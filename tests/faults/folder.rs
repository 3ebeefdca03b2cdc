//! A folder that is used twice, damaged, or of a later version: each is refused with what to do.

use std::fs;

use motcua::domain::ids::AgencyCode;
use motcua::office::{Office, OpenError};
use motcua::ops::seed::{self, SeedOptions};
use motcua::ops::{check, demo, demo_data};
use motcua::store::codec::wire::Wire;
use motcua::store::engine::redb::{Options, RedbEngine};
use motcua::store::engine::{Batch, Engine};
use motcua::store::tables;
use tempfile::TempDir;

use crate::workshop::Turning;

fn made() -> (TempDir, Office) {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::create(folder.path(), Turning::new().env(), true).unwrap();
    demo::furnish(&office, &demo_data::load().unwrap(), None).unwrap();
    seed::run(&office, SeedOptions { dossiers: 20, seed: 1 }, &mut |_, _, _| {}).unwrap();
    (folder, office)
}

fn open(folder: &TempDir) -> Result<Office, OpenError> {
    Office::open(folder.path(), Turning::new().env())
}

#[track_caller]
fn refused(folder: &TempDir, words: &[&str]) {
    let Err(error) = open(folder) else { panic!("it opens") };
    let text = error.to_string();
    assert!(words.iter().all(|word| text.contains(word)), "{text}");
}

#[test]
fn a_folder_serves_one_process_at_a_time() {
    let (folder, office) = made();
    refused(&folder, &["in use", "stop"]);
    assert!(office.world().agencies().any(|a| a.code == AgencyCode::from("H40.12")));
    drop(office);
    open(&folder).unwrap();
}

#[test]
fn a_store_of_a_later_version_is_left_alone() {
    let (folder, office) = made();
    drop(office);
    let path = folder.path().join("motcua.redb");
    let engine = RedbEngine::open(&path, &tables::ALL, Options::durable()).unwrap();
    let mut batch = Batch::new();
    batch.put(tables::META, b"format", 99_u32.to_bytes());
    engine.commit(batch).unwrap();
    engine.close().unwrap();
    refused(&folder, &["format is 99"]);
}

#[test]
fn a_missing_or_foreign_key_is_named() {
    let (folder, office) = made();
    drop(office);
    let path = folder.path().join("keys/instance.key");
    let right = fs::read(&path).unwrap();
    fs::remove_file(&path).unwrap();
    refused(&folder, &["instance.key"]);
    fs::write(&path, "00".repeat(32)).unwrap();
    refused(&folder, &["keyring.key", "put the right key file back"]);
    fs::write(&path, right).unwrap();
    open(&folder).unwrap();
}

#[test]
fn a_file_cut_short_or_overwritten_is_refused_or_found_by_the_check() {
    let (folder, office) = made();
    drop(office);
    let path = folder.path().join("motcua.redb");
    let whole = fs::read(&path).unwrap();
    for damaged in [whole[..100].to_vec(), whole[..whole.len() / 2].to_vec(), vec![0; 8_192]] {
        fs::write(&path, &damaged).unwrap();
        if let Ok(office) = open(&folder) {
            assert!(!check::run(&office, &mut |_, _, _| {}).unwrap().is_ok());
        }
    }
    fs::write(&path, &whole).unwrap();
    let office = open(&folder).unwrap();
    let report = check::run(&office, &mut |_, _, _| {}).unwrap();
    assert_eq!((report.problems, report.dossiers), (Vec::new(), 20));
}

#[test]
fn a_lost_index_is_built_again() {
    let (folder, office) = made();
    office.follow_log(&mut |_, _| {}).unwrap();
    assert_eq!(office.indexed(), 20);
    drop(office);
    fs::remove_dir_all(folder.path().join("index")).unwrap();
    let office = open(&folder).unwrap();
    assert_eq!(motcua::ops::reindex::run(&office, &mut |_, _, _| {}).unwrap(), 20);
    assert_eq!(check::run(&office, &mut |_, _, _| {}).unwrap().problems, Vec::<String>::new());
}
