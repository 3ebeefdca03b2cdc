//! A folder of which something is lost, damaged or not to be written: what is said, and that nothing
//! is made worse.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::server::Server;
use crate::{on, refusal};

/// The folder of an instance that has ended.
fn at_rest() -> Server {
    let mut server = Server::empty();
    assert_eq!(server.terminate().code(), Some(0));
    server
}

/// The refusal that every command on the folder gives.
#[track_caller]
fn refused(folder: &Path) -> String {
    let serve = ["serve", "--listen", "127.0.0.1:0", "--json"];
    let sentence = refusal(&on(folder, &serve));
    let export = folder.with_extension("jsonl");
    let export = ["catalogue", "export", export.to_str().unwrap(), "--json"];
    for arguments in [&["check", "--json"][..], &["user", "list", "--json"], &export] {
        assert_eq!(refusal(&on(folder, arguments)), sentence, "{arguments:?}");
    }
    sentence
}

#[test]
fn a_folder_without_its_store_is_refused_and_no_store_is_begun_anew() {
    let server = at_rest();
    let store = server.folder().join("motcua.redb");
    let own = fs::read(&store).unwrap();
    fs::remove_file(&store).unwrap();
    let sentence = refused(server.folder());
    for word in ["motcua.redb", "is missing", "restore the latest backup"] {
        assert!(sentence.contains(word), "{sentence}");
    }
    assert!(!store.exists());
    fs::write(&store, b"").unwrap();
    assert!(refused(server.folder()).contains("is empty"));
    assert_eq!(fs::metadata(&store).unwrap().len(), 0);
    let other = at_rest();
    fs::copy(other.folder().join("motcua.redb"), &store).unwrap();
    assert!(refused(server.folder()).contains("belongs to another instance"));
    fs::write(&store, own).unwrap();
    assert_eq!(on(server.folder(), &["check"]).code, Some(0));
}

#[test]
fn a_damaged_relaxed_store_is_set_aside_and_loses_no_dossier() {
    let mut server = at_rest();
    let relaxed = server.folder().join("relaxed.redb");
    let whole = fs::read(&relaxed).unwrap();
    let aside = |server: &Server| {
        let entries = fs::read_dir(server.folder()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.starts_with("relaxed.redb.damaged-")).count()
    };
    let garbage = vec![0x5a; 20_000];
    for damaged in [&whole[..100], &whole[..whole.len() / 2], &garbage] {
        for entry in fs::read_dir(server.folder()).unwrap() {
            let path = entry.unwrap().path();
            if path.to_string_lossy().contains("relaxed.redb.damaged-") {
                fs::remove_file(path).unwrap();
            }
        }
        fs::write(&relaxed, damaged).unwrap();
        let done = on(server.folder(), &["check", "--json"]);
        assert_eq!(done.code, Some(1), "{done:?}");
        assert!(done.stderr.contains("relaxed.redb was damaged"), "{done:?}");
        let told: Value = serde_json::from_str(&done.stdout).unwrap();
        assert!(told["problems"].to_string().contains("relaxed.redb was damaged"), "{told}");
        assert_eq!(aside(&server), 1);
        let again = on(server.folder(), &["check", "--json"]);
        assert!(again.stderr.is_empty(), "told once: {again:?}");
    }
    fs::write(&relaxed, &garbage).unwrap();
    server.restart();
    // What is printed and what is logged come by two ways, in no order.
    server.wait_for_log("relaxed.redb was damaged");
    server.client().get("/readyz").expect(200);
}

#[test]
fn a_damaged_store_is_named_and_no_further_check_is_advised() {
    let server = at_rest();
    let store = server.folder().join("motcua.redb");
    fs::write(&store, vec![0x5a; 20_000]).unwrap();
    let sentence = refused(server.folder());
    assert!(sentence.contains("motcua.redb") && sentence.contains("restore"), "{sentence}");
    assert!(!sentence.contains("motcua check"), "{sentence}");
}

#[test]
fn broken_pages_within_a_store_are_told_by_a_sentence() {
    let server = at_rest();
    let store = server.folder().join("motcua.redb");
    let whole = fs::read(&store).unwrap();
    // Behind the header, a piece of every page at another time.
    for step in [2, 3, 5] {
        let mut damaged = whole.clone();
        for page in damaged[8192..].chunks_mut(4096).step_by(step) {
            page.iter_mut()
                .zip((0..=255).cycle().take(600))
                .for_each(|(byte, noise)| *byte ^= noise);
        }
        fs::write(&store, damaged).unwrap();
        let done = on(server.folder(), &["check"]);
        assert_eq!(done.code, Some(1), "{step}: {done:?}");
        let done = on(server.folder(), &["user", "list", "--json"]);
        if done.code != Some(0) {
            assert!(refusal(&done).contains("damaged"), "{step}: {done:?}");
        }
    }
}

#[test]
fn a_missing_or_damaged_key_says_what_to_do() {
    let server = at_rest();
    for name in ["instance.key", "keyring.key", "blobs.key", "store.id"] {
        let key = server.folder().join("keys").join(name);
        let whole = fs::read(&key).unwrap();
        fs::write(&key, b"\xff\xfe\x00").unwrap();
        let sentence = refused(server.folder());
        assert!(sentence.contains(name) && sentence.contains("damaged"), "{sentence}");
        assert!(sentence.contains("put the right key file back"), "{sentence}");
        fs::remove_file(&key).unwrap();
        let sentence = refused(server.folder());
        assert!(sentence.contains(name) && sentence.contains("missing"), "{sentence}");
        fs::write(&key, whole).unwrap();
    }
    assert_eq!(on(server.folder(), &["check"]).code, Some(0));
}
