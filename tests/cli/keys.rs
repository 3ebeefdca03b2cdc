//! The instance key and the key of the keyring: shown by marks, changed while the office works, and
//! taken from where the service manager puts it.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::support::server::Server;
use crate::{answer, on, refusal};

fn marks(server: &Server) -> (Value, Value) {
    let keys = answer(server, &["key", "show"]);
    (keys["instance"].clone(), keys["keyring"].clone())
}

#[test]
fn keys_are_changed_while_the_office_works_and_the_old_ones_open_nothing() {
    let mut server = Server::demo();
    let token = answer(&server, &["token", "create", "--user", "tiepnhan1"])["token"].clone();
    let desk = server.client().bearer(token.as_str().expect("a token"));
    let listed = desk.get("/api/v1/dossiers?limit=1").expect(200).json();
    let code = listed["items"][0]["code"].as_str().expect("a dossier").to_owned();
    let address = format!("/api/v1/dossiers/{code}");
    let keys = server.folder().join("keys");
    let kept = tempfile::tempdir().expect("a folder");
    let names = ["instance.key", "keyring.key", "blobs.key", "papers.key", "root.key"];
    let copy = |to: &Path| {
        for name in names {
            fs::copy(keys.join(name), to.join(name)).unwrap();
        }
    };
    copy(kept.path());
    let before = marks(&server);
    let owner = desk.get(&address).expect(200).json()["owner"].clone();

    let changed = answer(&server, &["key", "rotate"]);
    let after = marks(&server);
    assert!(after.0 != before.0 && after.1 != before.1, "{changed}");
    assert_eq!(desk.get(&address).expect(200).json()["owner"], owner);
    assert_eq!(server.terminate().code(), Some(0));
    assert_eq!(on(server.folder(), &["check"]).code, Some(0));
    for name in names {
        let (now, then) = (keys.join(name), kept.path().join(name));
        assert_ne!(fs::read(&now).unwrap(), fs::read(&then).unwrap(), "{name}");
    }

    // The old instance key opens none of the new keys; the old keys open nothing of the store.
    let current = tempfile::tempdir().expect("a folder");
    copy(current.path());
    fs::copy(kept.path().join("instance.key"), keys.join("instance.key")).unwrap();
    let sentence = refusal(&on(server.folder(), &["check", "--json"]));
    assert!(sentence.contains("under another instance key"), "{sentence}");
    fs::remove_file(keys.join("keyring.copy")).unwrap();
    for name in names {
        fs::copy(kept.path().join(name), keys.join(name)).unwrap();
    }
    let sentence = refusal(&on(server.folder(), &["check", "--json"]));
    assert!(sentence.contains("keys/ is older than the store"), "{sentence}");

    // Cut off before the old instance key was replaced, everything sealed anew already.
    for name in names {
        fs::copy(current.path().join(name), keys.join(name)).unwrap();
    }
    fs::rename(keys.join("instance.key"), keys.join("instance.key.next")).unwrap();
    fs::copy(kept.path().join("instance.key"), keys.join("instance.key")).unwrap();
    assert_eq!(on(server.folder(), &["check"]).code, Some(0));
    assert!(!keys.join("instance.key.next").exists());
    assert_eq!(
        fs::read(keys.join("instance.key")).unwrap(),
        fs::read(current.path().join("instance.key")).unwrap()
    );
    // Cut off when the new one had just been made.
    fs::write(keys.join("instance.key.next"), "5a".repeat(32)).unwrap();
    assert_eq!(on(server.folder(), &["check"]).code, Some(0));
    assert_eq!(fs::read_to_string(keys.join("instance.key")).unwrap(), "5a".repeat(32));
    // At rest it works as well.
    let resting = marks(&server);
    answer(&server, &["key", "rotate"]);
    assert_ne!(marks(&server), resting);
    assert_eq!(on(server.folder(), &["check"]).code, Some(0));
}

#[test]
fn the_instance_key_comes_from_a_file_or_a_credential_of_the_service_manager() {
    let mut server = Server::empty();
    assert_eq!(server.terminate().code(), Some(0));
    let elsewhere = tempfile::tempdir().expect("a folder");
    let key = elsewhere.path().join("motcua-instance-key");
    fs::rename(server.folder().join("keys/instance.key"), &key).unwrap();
    let check = |name: &str, value: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_motcua"));
        command.args(["check", "--data"]).arg(server.folder()).env(name, value);
        command.output().expect("it runs").status.code()
    };
    assert_eq!(check("MOTCUA_INSTANCE_KEY", &key), Some(0));
    assert_eq!(check("CREDENTIALS_DIRECTORY", elsewhere.path()), Some(0));
    assert_eq!(check("CREDENTIALS_DIRECTORY", server.folder()), Some(1), "none is there");
}
