//! A folder of which something is lost, damaged or not to be written: what is said, and that nothing
//! is made worse.

use std::fs;
use std::path::Path;

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
