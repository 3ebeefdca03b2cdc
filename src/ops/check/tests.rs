//! Bytes of a closed store are altered, one way a test, and the check names the place.

use std::path::Path;

use super::{Report, run};
use crate::domain::catalogue::Channel;
use crate::domain::dossier::{Directory, Queue};
use crate::domain::ids::AgencyCode;
use crate::office::filing::{FiledPaper, Filing};
use crate::office::{Caller, Office};
use crate::ops::seed::{self, SeedOptions};
use crate::ops::test_support::{env, furnished};
use crate::ops::{demo_data, reindex};
use crate::store::codec::wire::{Reader as Bytes, Wire};
use crate::store::engine::redb::{Options, RedbEngine};
use crate::store::engine::{Batch, Direction, Engine, Row, Table, scan_prefix};
use crate::store::event_log::Logged;
use crate::store::places::{Block, Place};
use crate::store::reader::Head;
use crate::store::tables::{
    ALL, BLOBS, CODES, COUNTS, DOSSIERS, KEYRING, Key, LOG, NUMBERS, PLACES, QUEUES, RELAXED,
    SESSIONS, UPLOADS,
};

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n\
    << /Type /Pages /Kids [] /Count 0 >>\nendobj\ntrailer\n<< /Root 1 0 R /Size 3 >>\nstartxref\n9\n%%EOF\n";

/// A small store at rest: thirty seeded dossiers, one more with a file, everything indexed.
fn store(folder: &Path) {
    let office = furnished(folder);
    seed::run(&office, SeedOptions { dossiers: 30, seed: 3 }, &mut |_, _, _| {}).unwrap();
    file_with_upload(&office);
    assert_eq!(reindex::run(&office, &mut |_, _, _| {}).unwrap(), 31);
}

fn file_with_upload(office: &Office) {
    let caller = Caller::Citizen("0912345678".to_owned());
    let mut writer = office.begin_upload("don.pdf", None, None).unwrap();
    writer.push(PDF).unwrap();
    let upload = office.keep_upload(writer, &caller).unwrap();
    let world = office.world();
    let procedure = world
        .procedures()
        .find(|p| p.submission.iter().any(|w| w.channel == Channel::Online))
        .unwrap();
    let papers = procedure.components.iter().enumerate().map(|(at, component)| FiledPaper {
        component: component.id.to_string(),
        originals: 1,
        copies: 0,
        on_paper: at > 0,
        uploads: if at == 0 { vec![upload.id] } else { Vec::new() },
        evidence: Default::default(),
    });
    let filing = Filing {
        procedure: procedure.code.to_string(),
        agency: None,
        channel: Channel::Online,
        return_channel: Channel::Counter,
        owner: None,
        applicant: demo_data::load().unwrap().people[0].person.clone(),
        mandate: None,
        form: Default::default(),
        papers: papers.collect(),
        external_codes: vec!["G01-000001".to_owned()],
        competent: None,
        linked: Vec::new(),
        is_assisted: false,
        form_version: None,
    };
    assert!(world.agency(&AgencyCode::from("H40.12")).is_some());
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(office.file(&caller, filing, None)).unwrap();
}

/// The closed engine of a folder.
struct Closed(RedbEngine);

impl Closed {
    fn rows(&self, table: Table) -> Vec<Row> {
        let snapshot = self.0.snapshot().unwrap();
        scan_prefix(snapshot.as_ref(), table, &[], None, Direction::Forward, usize::MAX).unwrap()
    }

    fn put(&self, table: Table, key: &[u8], value: &[u8]) {
        let mut batch = Batch::new();
        batch.put(table, key, value);
        self.0.commit(batch).unwrap();
    }

    fn delete(&self, table: Table, key: &[u8]) {
        let mut batch = Batch::new();
        batch.delete(table, key);
        self.0.commit(batch).unwrap();
    }
}

/// What a check says after `change` has been made to a store at rest.
fn after(change: impl FnOnce(&Closed, &Path)) -> Report {
    let folder = tempfile::tempdir().unwrap();
    store(folder.path());
    let path = folder.path().join("motcua.redb");
    let closed = Closed(RedbEngine::open(&path, &ALL, Options::durable()).unwrap());
    change(&closed, folder.path());
    closed.0.close().unwrap();
    let office = Office::open(folder.path(), env()).unwrap();
    run(&office, &mut |_, _, _| {}).unwrap()
}

#[track_caller]
fn finds(report: &Report, words: &[&str]) {
    let found = report.problems.iter().any(|one| words.iter().all(|word| one.contains(word)));
    assert!(found, "{words:?} in {:#?}", report.problems);
}

/// The fifth event of some log, with its row.
fn some_event(closed: &Closed) -> (Row, Logged) {
    let events = closed.rows(LOG).into_iter().map(|row| {
        let logged = Logged::from_bytes(Place::from_key(&row.0).unwrap(), &row.1).unwrap();
        (row, logged)
    });
    events.into_iter().find(|(_, logged)| logged.event.sequence == 5).unwrap()
}

#[test]
fn a_sound_store_has_nothing_to_tell() {
    let report = after(|_, _| {});
    assert_eq!((report.problems, report.remarks), (Vec::new(), Vec::new()));
    assert_eq!((report.dossiers, report.blobs), (31, 1));
    assert!(report.events > 100 && report.commits >= 2);
}

#[test]
fn an_altered_header_breaks_the_chain() {
    let report = after(|closed, _| {
        let ((key, mut value), logged) = some_event(closed);
        let actor = logged.header.actor.as_bytes();
        let at = value.windows(actor.len()).position(|part| part == actor).unwrap();
        value[at] ^= 1;
        closed.put(LOG, &key, &value);
    });
    finds(&report, &["event 5, dossier", "the chain is broken"]);
}

#[test]
fn an_altered_sealed_part_is_found_twice() {
    let report = after(|closed, _| {
        let ((key, mut value), _) = some_event(closed);
        let last = value.len() - 1;
        value[last] ^= 1;
        closed.put(LOG, &key, &value);
    });
    finds(&report, &["event 5, dossier", "its sealed part"]);
    finds(&report, &["dossier", "event 5 of", "cannot be opened"]);
}

#[test]
fn a_header_cut_short_is_found() {
    let report = after(|closed, _| {
        let ((key, value), _) = some_event(closed);
        closed.put(LOG, &key, &value[..20]);
    });
    finds(&report, &["commit", "event", "damaged value"]);
    finds(&report, &["events 5 to 5 are missing"]);
}

#[test]
fn a_missing_event_is_found_in_log_places_and_dossier() {
    let report = after(|closed, _| closed.delete(LOG, &some_event(closed).0.0));
    finds(&report, &["events 5 to 5 are missing"]);
    finds(&report, &["commit", "is missing"]);
    finds(&report, &["places: they list"]);
    finds(&report, &["event 5: is not in the log"]);
    finds(&report, &["dossier", "event 5 of", "is not in the log"]);
}

#[test]
fn an_altered_state_is_found() {
    let report = after(|closed, _| {
        let (key, mut value) = closed.rows(DOSSIERS)[7].clone();
        let last = value.len() - 1;
        value[last] ^= 0x80;
        closed.put(DOSSIERS, &key, &value);
    });
    finds(&report, &["dossier", "its state", "cannot be opened"]);
}

#[test]
fn a_state_of_an_earlier_version_is_found() {
    let report = after(|closed, _| {
        let (key, value) = closed.rows(DOSSIERS)[7].clone();
        let (mut head, sealed) = Head::split(&value).unwrap();
        head.due_at = Some(jiff::Timestamp::UNIX_EPOCH);
        closed.put(DOSSIERS, &key, &[head.to_bytes().as_slice(), sealed].concat());
    });
    finds(&report, &["the head of its row is not that of its state"]);
}

#[test]
fn a_missing_dossier_is_found_by_its_events_number_and_key() {
    let report = after(|closed, _| closed.delete(DOSSIERS, &closed.rows(DOSSIERS)[3].0));
    finds(&report, &["their states name"]);
    finds(&report, &["numbers:", "was given, but no dossier has it"]);
    finds(&report, &["keyring:", "leads to no dossier"]);
    finds(&report, &["queues: H40", "which is not there"]);
    finds(&report, &["index: it holds", "which is no dossier"]);
}

#[test]
fn a_missing_queue_row_is_found() {
    let report = after(|closed, _| closed.delete(QUEUES, &closed.rows(QUEUES)[10].0));
    finds(&report, &["dossier", "is missing from the queue"]);
}

#[test]
fn a_queue_row_too_many_is_found() {
    let report = after(|closed, _| {
        let (mut key, value) = closed.rows(QUEUES)[10].clone();
        let at = key.len() - 17;
        key[at] ^= 1;
        closed.put(QUEUES, &key, &value);
    });
    finds(&report, &["queues: H40", "which is not there"]);
}

#[test]
fn a_wrong_and_a_missing_count_are_found() {
    let report = after(|closed, _| {
        let rows = closed.rows(COUNTS);
        closed.put(COUNTS, &rows[0].0, &999_u64.to_bytes());
        closed.delete(COUNTS, &rows[1].0);
        closed.put(COUNTS, Key::new().text("H40.12").text(Queue::Open.id()).bytes(), &[]);
    });
    finds(&report, &["counts: ", "says 999, not"]);
    finds(&report, &["counts: ", "is missing"]);
    finds(&report, &["counts: H40.12 open counts what is not there"]);
}

#[test]
fn a_gap_in_the_numbers_and_a_number_too_many_are_found() {
    let report = after(|closed, _| {
        let (key, value) = closed.rows(NUMBERS)[0].clone();
        let last = u32::from_bytes(&value).unwrap();
        closed.put(NUMBERS, &key, &(last + 1).to_bytes());
        let (key, _) = closed.rows(NUMBERS)[1].clone();
        closed.put(NUMBERS, &key, &0_u32.to_bytes());
    });
    finds(&report, &["numbers:", "was given, but no dossier has it"]);
    finds(&report, &["dossier", "gave only 0 numbers on 2026-"]);
}

#[test]
fn a_code_that_leads_astray_is_found() {
    let report = after(|closed, _| {
        let rows = closed.rows(CODES);
        let own: Vec<_> = rows
            .iter()
            .filter(|(key, _)| String::take(&mut Bytes::new(key)).unwrap().starts_with('H'))
            .collect();
        closed.put(CODES, &own[0].0, &own[1].1);
    });
    finds(&report, &["dossier", "its code leads to no or another dossier"]);
}

#[test]
fn a_missing_key_and_a_foreign_one_are_found() {
    let report = after(|closed, _| {
        let rows = closed.rows(KEYRING);
        closed.delete(KEYRING, &rows[0].0);
        closed.put(KEYRING, &rows[1].0, &rows[2].1);
    });
    finds(&report, &["its key is missing from the keyring"]);
    finds(&report, &["its key cannot be used"]);
}

#[test]
fn places_that_lead_astray_and_missing_ones_are_found() {
    let report = after(|closed, _| {
        let (key, value) = closed.rows(PLACES)[0].clone();
        let mut block = Block::from_bytes(&value).unwrap();
        block.0.swap(0, 1);
        closed.put(PLACES, &key, &block.to_bytes());
    });
    finds(&report, &["event 1: the places do not lead to it"]);
    let report = after(|closed, _| {
        let (key, value) = closed.rows(PLACES)[0].clone();
        let mut block = Block::from_bytes(&value).unwrap();
        block.0.pop();
        closed.put(PLACES, &key, &block.to_bytes());
    });
    finds(&report, &["places: they list"]);
}

#[test]
fn a_log_cut_short_at_its_end_is_found() {
    let report = after(|closed, _| {
        let rows = closed.rows(LOG);
        closed.delete(LOG, &rows[rows.len() - 1].0);
    });
    finds(&report, &["log of", "are missing"]);
    finds(&report, &["their states name"]);
}

#[test]
fn an_altered_a_missing_and_an_orphaned_file_are_told() {
    let blob = |closed: &Closed, folder: &Path| {
        let id: String = closed.rows(BLOBS)[0].0.iter().map(|b| format!("{b:02x}")).collect();
        folder.join("blobs").join(&id[..2]).join(format!("{id}.age"))
    };
    let report = after(|closed, folder| {
        let path = blob(closed, folder);
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[100] ^= 1;
        std::fs::write(&path, &bytes).unwrap();
    });
    finds(&report, &["file “don.pdf”", "was altered"]);
    let report = after(|closed, folder| {
        let path = blob(closed, folder);
        let orphan = path.with_file_name("00000000000000000000000000000000.age");
        std::fs::rename(&path, orphan).unwrap();
    });
    finds(&report, &["file “don.pdf”", "is missing"]);
    assert!(report.remarks.iter().any(|one| one.contains("belongs to no dossier")));
    let report = after(|closed, _| closed.delete(BLOBS, &closed.rows(BLOBS)[0].0));
    finds(&report, &["is not booked to it"]);
}

#[test]
fn an_index_of_another_history_is_found_and_a_late_one_is_remarked() {
    let folder = tempfile::tempdir().unwrap();
    store(folder.path());
    let office = Office::open(folder.path(), env()).unwrap();
    file_with_upload_again(&office);
    let report = run(&office, &mut |_, _, _| {}).unwrap();
    assert_eq!(report.problems, Vec::<String>::new());
    assert!(report.remarks.iter().any(|one| one.contains("1 commits to read yet")));
    drop(office);
    let other = tempfile::tempdir().unwrap();
    store(other.path());
    std::fs::remove_dir_all(folder.path().join("index/dossiers")).unwrap();
    std::fs::rename(other.path().join("index/dossiers"), folder.path().join("index/dossiers"))
        .unwrap();
    let office = Office::open(folder.path(), env()).unwrap();
    let report = run(&office, &mut |_, _, _| {}).unwrap();
    finds(&report, &["index: it belongs to another history", "motcua reindex"]);
    assert_eq!(reindex::run(&office, &mut |_, _, _| {}).unwrap(), 32);
    assert_eq!(run(&office, &mut |_, _, _| {}).unwrap().problems, Vec::<String>::new());
}

#[test]
fn altered_files_of_the_index_are_found() {
    let report = after(|_, folder| {
        let files = std::fs::read_dir(folder.join("index/dossiers")).unwrap();
        let mut files = files.map(|file| file.unwrap().path());
        let terms = files.find(|file| file.extension().is_some_and(|kind| kind == "fast")).unwrap();
        let mut bytes = std::fs::read(&terms).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(&terms, &bytes).unwrap();
    });
    finds(&report, &["index: its files were altered", "motcua reindex"]);
}

#[test]
fn altered_files_of_the_catalogue_index_are_found_at_rest_and_while_it_is_open() {
    let flip = |folder: &Path| {
        let files = std::fs::read_dir(folder.join("index/procedures")).unwrap();
        let mut files = files.map(|file| file.unwrap().path());
        let store =
            files.find(|file| file.extension().is_some_and(|kind| kind == "store")).unwrap();
        let mut bytes = std::fs::read(&store).unwrap();
        bytes[0] ^= 1;
        std::fs::write(&store, &bytes).unwrap();
    };
    let report = after(|_, folder| flip(folder));
    finds(&report, &["index: the files of index/procedures were altered"]);

    let folder = tempfile::tempdir().unwrap();
    let office = furnished(folder.path());
    assert_eq!(run(&office, &mut |_, _, _| {}).unwrap().problems, Vec::<String>::new());
    flip(folder.path());
    let report = run(&office, &mut |_, _, _| {}).unwrap();
    finds(&report, &["index: the files of index/procedures were altered", "motcua reindex"]);
    reindex::run(&office, &mut |_, _, _| {}).unwrap();
    assert_eq!(run(&office, &mut |_, _, _| {}).unwrap().problems, Vec::<String>::new());
    std::fs::write(folder.path().join("index/procedures/meta.json"), "{}").unwrap();
    finds(&run(&office, &mut |_, _, _| {}).unwrap(), &["index/procedures were altered"]);
}

#[test]
fn a_damaged_list_of_the_dossier_index_and_of_waiting_rows_is_told() {
    let folder = tempfile::tempdir().unwrap();
    drop(furnished(folder.path()));
    std::fs::write(folder.path().join("index/dossiers/meta.json"), "{}").unwrap();
    std::fs::write(folder.path().join("relaxed.redb"), "no store").unwrap();
    let office = Office::open(folder.path(), env()).unwrap();
    let report = run(&office, &mut |_, _, _| {}).unwrap();
    finds(&report, &["the files of index/dossiers were altered"]);
    finds(&report, &["relaxed.redb was damaged and lies aside as relaxed.redb.damaged-"]);
}

#[test]
fn altered_sessions_and_waiting_files_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let office = furnished(folder.path());
    office.begin_session(None, Some("0912345678".to_owned()), "").unwrap();
    let mut writer = office.begin_upload("don.pdf", None, None).unwrap();
    writer.push(PDF).unwrap();
    office.keep_upload(writer, &Caller::Citizen("0912345678".to_owned())).unwrap();
    assert_eq!(run(&office, &mut |_, _, _| {}).unwrap().problems, Vec::<String>::new());
    drop(office);
    let path = folder.path().join("relaxed.redb");
    let engine = RedbEngine::open(&path, &RELAXED, Options::relaxed()).unwrap();
    for table in [SESSIONS, UPLOADS] {
        let snapshot = engine.snapshot().unwrap();
        let rows = scan_prefix(snapshot.as_ref(), table, &[], None, Direction::Forward, 9).unwrap();
        let (key, mut value) = rows[0].clone();
        assert!(!value.windows(9).any(|part| part == b"912345678"), "{}", table.0);
        *value.last_mut().unwrap() ^= 1;
        let mut batch = Batch::new();
        batch.put(table, key, value);
        engine.commit(batch).unwrap();
    }
    engine.close().unwrap();
    let office = Office::open(folder.path(), env()).unwrap();
    let report = run(&office, &mut |_, _, _| {}).unwrap();
    finds(&report, &["relaxed.redb: 1 rows of sessions were altered"]);
    finds(&report, &["relaxed.redb: 1 rows of uploads were altered"]);
}

fn file_with_upload_again(office: &Office) {
    seed::run(office, SeedOptions { dossiers: 1, seed: 9 }, &mut |_, _, _| {}).unwrap();
}

#[test]
fn flipped_bits_of_the_file_never_change_what_is_read_unseen() {
    let folder = tempfile::tempdir().unwrap();
    store(folder.path());
    let path = folder.path().join("motcua.redb");
    let rows = || {
        let closed = Closed(RedbEngine::open(&path, &ALL, Options::durable()).unwrap());
        ALL.map(|table| closed.rows(table))
    };
    let sound = rows();
    let whole = std::fs::read(&path).unwrap();
    let used = whole.iter().rposition(|byte| *byte != 0).unwrap();
    let mut found = 0;
    for step in 1..=16 {
        let mut bytes = whole.clone();
        let at = 8_192 + (used - 8_192) * step / 17;
        bytes[at..at + 64].iter_mut().for_each(|byte| *byte ^= 0xff);
        std::fs::write(&path, &bytes).unwrap();
        // Some bytes lie in free pages, and some files cannot be opened at all.
        let Ok(office) = Office::open(folder.path(), env()) else {
            found += 1;
            continue;
        };
        let report = run(&office, &mut |_, _, _| {}).unwrap();
        drop(office);
        if report.is_ok() {
            assert!(rows() == sound, "bytes from {at} on changed what is read, unseen");
        } else {
            found += 1;
        }
    }
    assert!(found > 0);
}
