//! `verify`: a paper against the folder's key, and elsewhere against a key that was brought.

use std::fs;

use serde_json::{Value, json};

use crate::support::http::Multipart;
use crate::support::server::{Server, motcua};
use crate::{answer, refusal};

/// Writes a receipt of the demo, and returns its dossier's code.
fn receipt(server: &Server, file: &str) -> String {
    let token = answer(server, &["token", "create", "--user", "tiepnhan1"])["token"].clone();
    let desk = server.client().bearer(token.as_str().expect("a token"));
    let listed = desk.get("/api/v1/dossiers?status=2&limit=1").expect(200).json();
    let code = listed["items"][0]["code"].as_str().expect("a received dossier");
    let paper = desk.get(&format!("/api/v1/dossiers/{code}/papers/receipt")).expect(200).body;
    fs::write(file, paper).expect("written");
    code.to_owned()
}

#[test]
fn papers_of_an_old_key_stay_genuine_when_the_key_changes() {
    let mut server = Server::demo();
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("plain").to_owned();
    let (old, new) = (path("cu.pdf"), path("moi.pdf"));
    receipt(&server, &old);
    answer(&server, &["verify", "--export-key", &path("cu.pem")]);
    let before = answer(&server, &["paper-key", "list"]);
    assert_eq!((before.as_array().unwrap().len(), &before[0]["signs"]), (1, &json!(true)));
    let secret = || fs::read(server.folder().join("keys/papers.key")).expect("a key");
    let old_secret = secret();

    let after = answer(&server, &["paper-key", "change"]);
    let keys: Vec<_> = after.as_array().unwrap().iter().map(|key| &key["key"]).collect();
    assert_eq!((keys.len(), keys[1]), (2, &before[0]["key"]), "the old one still checks");
    assert_eq!((&after[0]["signs"], &after[1]["signs"]), (&json!(true), &json!(false)));
    assert_ne!(secret(), old_secret);
    receipt(&server, &new);
    assert_eq!(
        server
            .client()
            .get("/.well-known/motcua-keys.pem")
            .expect(200)
            .text()
            .matches("BEGIN")
            .count(),
        2
    );

    // On the page, by the command while it serves, and at rest.
    for (paper, key) in [(&old, keys[1]), (&new, keys[0])] {
        let told = answer(&server, &["verify", paper]);
        assert_eq!((&told["verdict"], &told["key"]), (&json!("genuine"), key));
    }
    let page = checked_on_the_page(&server, &old);
    assert!(page.contains("Giấy thật, chưa bị sửa."), "{page}");
    assert_eq!(server.terminate().code(), Some(0));
    let changed = answer(&server, &["paper-key", "change"]);
    assert_eq!(changed.as_array().unwrap().len(), 3, "a folder at rest changes too");
    for paper in [&old, &new] {
        assert_eq!(answer(&server, &["verify", paper])["verdict"], "genuine");
    }
    assert_eq!(answer(&server, &["check"])["ok"], true);

    // Elsewhere it takes the keys of today: one that was fetched before knows nothing of later papers.
    answer(&server, &["verify", "--export-key", &path("nay.pem")]);
    let nowhere = path("none");
    let verdict = |paper: &str, key: &str| {
        let done = motcua(&["verify", paper, "--key", &path(key), "--json", "--data", &nowhere]);
        let told: Value = serde_json::from_str(&done.stdout).expect("JSON");
        told["verdict"].clone()
    };
    assert_eq!(
        (verdict(&old, "nay.pem"), verdict(&new, "nay.pem")),
        (json!("genuine"), json!("genuine"))
    );
    assert_eq!(verdict(&new, "cu.pem"), "unknown_key");
}

/// What `/kiem-tra` says of a file.
fn checked_on_the_page(server: &Server, file: &str) -> String {
    let paper = fs::read(file).expect("the paper");
    let form = Multipart::new().file("file", "giay.pdf", "application/pdf", &paper);
    server.client().post_multipart("/kiem-tra", form).expect(200).text()
}

#[test]
fn a_paper_is_checked_where_its_folder_is_and_where_it_is_not() {
    let mut server = Server::demo();
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("plain").to_owned();
    let (pdf, altered, key) = (path("giay.pdf"), path("sua.pdf"), path("khoa.pem"));
    let code = receipt(&server, &pdf);
    let mut bytes = fs::read(&pdf).expect("the paper");
    let place = bytes.len() / 3;
    bytes[place] ^= 4;
    fs::write(&altered, &bytes).expect("written");

    for is_served in [true, false] {
        if !is_served {
            server.terminate();
        }
        let told = answer(&server, &["verify", &pdf]);
        assert_eq!((&told["verdict"], &told["genuine"]), (&json!("genuine"), &json!(true)));
        assert_eq!(told["papers"][0]["dossier"], code);
        let done = server.command(&["verify", &altered]);
        assert_eq!(done.code, Some(1), "{done:?}");
        assert!(done.stdout.starts_with("ALTERED"), "{done:?}");
        answer(&server, &["verify", "--export-key", &key]);
    }
    let nowhere = path("none");
    let with_key = |paper: &str, key: &str| {
        motcua(&["verify", paper, "--key", key, "--json", "--data", &nowhere])
    };
    assert_eq!(with_key(&pdf, &key).code, Some(0));
    let done = with_key(&altered, &key);
    assert_eq!(done.code, Some(1));
    assert!(done.stdout.contains("\"verdict\":\"altered\""), "{done:?}");
    assert!(refusal(&with_key(&pdf, &pdf)).contains("--export-key"));

    let other = Server::empty();
    answer(&other, &["verify", "--export-key", &key]);
    let done = with_key(&pdf, &key);
    assert_eq!(done.code, Some(1));
    assert!(done.stdout.contains("\"verdict\":\"unknown_key\""), "{done:?}");
    fs::write(path("thu.txt"), "Kính gửi ông An").expect("written");
    assert!(with_key(&path("thu.txt"), &key).stdout.contains("\"verdict\":\"unsigned\""));
    assert_eq!(motcua(&["verify"]).code, Some(2));
}
