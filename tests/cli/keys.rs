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
    let copy = |from: &Path, to: &Path| {
        for name in names {
            fs::copy(from.join(name), to.join(name)).unwrap();
        }
    };
    copy(&keys, kept.path());
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
    copy(&keys, current.path());
    fs::copy(kept.path().join("instance.key"), keys.join("instance.key")).unwrap();
    let sentence = refusal(&on(server.folder(), &["check", "--json"]));
    assert!(sentence.contains("under another instance key"), "{sentence}");
    fs::remove_file(keys.join("keyring.copy")).unwrap();
    copy(kept.path(), &keys);
    let sentence = refusal(&on(server.folder(), &["check", "--json"]));
    assert!(sentence.contains("keys/ is older than the store"), "{sentence}");

    // Cut off before the old instance key was replaced, everything sealed anew already.
    copy(current.path(), &keys);
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

#[test]
fn the_instance_key_may_be_under_a_passphrase() {
    let mut server = Server::empty();
    let (files, folder) = (tempfile::tempdir().expect("a folder"), server.folder().to_owned());
    let key = folder.join("keys/instance.key");
    let written = |name: &str, text: &str| {
        let path = files.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let (right, wrong) =
        (written("a", "bốn con trâu đứng\n"), written("b", "bốn con bò đứng ăn\n"));
    let run = |arguments: &[&str], passphrase: Option<&Path>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_motcua"));
        command.args(arguments).arg("--json").arg("--data").arg(&folder);
        if let Some(path) = passphrase {
            command.env("MOTCUA_PASSPHRASE_FILE", path);
        }
        let done = command.output().expect("it runs");
        (done.status.code(), String::from_utf8_lossy(&done.stdout).into_owned())
    };
    let set = ["key", "passphrase", "--file", right.to_str().expect("plain")];
    let in_use = run(&set, None);
    assert!(in_use.0 == Some(1) && in_use.1.contains("in use"), "{in_use:?}");
    assert_eq!(server.terminate().code(), Some(0));
    let clear = fs::read_to_string(&key).unwrap();
    let short = written("c", "ngắn");
    let refused = run(&["key", "passphrase", "--file", short.to_str().expect("plain")], None);
    assert!(refused.0 == Some(1) && refused.1.contains("15 characters"), "{refused:?}");
    assert_eq!(run(&set, None).0, Some(0));
    let sealed = fs::read(&key).unwrap();
    assert!(sealed.starts_with(b"age-encryption.org/v1"), "an age file");
    assert!(memchr::memmem::find(&sealed, clear.trim().as_bytes()).is_none());
    let names = fs::read_dir(folder.join("keys")).unwrap();
    let names: Vec<_> =
        names.map(|name| name.unwrap().file_name().into_string().unwrap()).collect();
    assert!(
        !names.iter().any(|name| name.ends_with(".old") || name.ends_with(".new")),
        "{names:?}"
    );

    let without = run(&["check"], None);
    assert!(without.0 == Some(1) && without.1.contains("under a passphrase"), "{without:?}");
    let other = run(&["check"], Some(&wrong));
    assert!(other.0 == Some(1) && other.1.contains("the passphrase is another one"), "{other:?}");
    assert_eq!(run(&["check"], Some(&right)).0, Some(0));
    // What a change that was cut off has left beside it goes, overwritten, with the next start.
    let left = folder.join("keys/instance.key.old");
    fs::write(&left, &clear).unwrap();
    assert_eq!(run(&["check"], Some(&right)).0, Some(0));
    assert!(!left.exists());
    // A new key is under it too.
    assert_eq!(run(&["key", "rotate"], Some(&right)).0, Some(0));
    let rotated = fs::read(&key).unwrap();
    assert!(rotated.starts_with(b"age-encryption.org/v1") && rotated != sealed);
    assert_eq!(run(&["check"], Some(&right)).0, Some(0));
    assert_eq!(run(&["key", "passphrase", "--remove"], Some(&wrong)).0, Some(1));
    assert_eq!(run(&["key", "passphrase", "--remove"], Some(&right)).0, Some(0));
    assert_eq!(run(&["check"], None).0, Some(0));
}
