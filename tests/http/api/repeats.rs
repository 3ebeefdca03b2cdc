//! The same request sent again is done once and gets its first answer.

use std::thread;

use serde_json::json;

use super::portal::{Portal, api, birth, form, pdf, with};
use crate::support::http::Multipart;

#[test]
fn a_submission_is_filed_once_under_its_key() {
    let portal = Portal::demo();
    let citizen = portal.citizen("0912345678");
    let upload = citizen
        .post_multipart(&api("/uploads"), form("a.pdf", "application/pdf", &pdf()))
        .expect(201)
        .json();
    let body = with(
        birth(),
        json!({"components": [
            {"id": "tp1", "originals": 1, "copies": 0, "uploads": [upload["id"]]},
            {"id": "tp2", "originals": 1, "copies": 0, "on_paper": true},
        ]}),
    );
    let first = citizen.post_once("k-1", &api("/dossiers"), &body).expect(201).json();
    let again = citizen.post_once("k-1", &api("/dossiers"), &body).expect(201).json();
    assert_eq!(first, again, "though its file belongs to the dossier now");
    let other = with(birth(), json!({"form": {"ho_ten_con": "Khác"}}));
    citizen.post_once("k-1", &api("/dossiers"), &other).problem(422);
    let second = citizen.post_once("k-2", &api("/dossiers"), &birth()).expect(201).json();
    assert_ne!(first["code"], second["code"]);
}

#[test]
fn keys_belong_to_their_sender() {
    let portal = Portal::demo();
    let (one, other) = (portal.citizen("0912345678"), portal.citizen("0987654321"));
    let first = one.post_once("same", &api("/dossiers"), &birth()).expect(201).json();
    let second = other.post_once("same", &api("/dossiers"), &birth()).expect(201).json();
    assert_ne!(first["code"], second["code"]);
    let long = "x".repeat(201);
    one.post_once(&long, &api("/dossiers"), &birth()).problem(422);
}

#[test]
fn concurrent_duplicates_make_one_dossier() {
    let portal = Portal::demo();
    let token = portal.program_token();
    let code = || {
        let program = portal.anybody().bearer(&token);
        let answer = program.post_once("storm", &api("/dossiers"), &birth()).expect(201).json();
        answer["code"].as_str().unwrap().to_owned()
    };
    let codes: Vec<String> = thread::scope(|scope| {
        let sent: Vec<_> = (0..8).map(|_| scope.spawn(code)).collect();
        sent.into_iter().map(|sent| sent.join().unwrap()).collect()
    });
    assert!(codes.iter().all(|code| *code == codes[0]), "{codes:?}");
}

#[test]
fn an_action_is_done_once_under_its_key() {
    let portal = Portal::demo();
    let dossier = portal.file(&portal.citizen("0912345678"));
    let desk = portal.desk("tiepnhan1");
    let body = json!({"action": "accept", "version": 1});
    let first = desk.post_once("a-1", &dossier.at("/actions"), &body).expect(200).json();
    let again = desk.post_once("a-1", &dossier.at("/actions"), &body).expect(200).json();
    assert_eq!(first, again);
    assert_eq!(again["version"], 2);
    desk.post(&dossier.at("/actions"), &body).problem(409);
    let other = json!({"action": "note", "version": 2, "note": "x"});
    desk.post_once("a-1", &dossier.at("/actions"), &other).problem(422);
}

#[test]
fn an_attachment_is_added_once_under_its_key() {
    let portal = Portal::demo();
    let dossier = portal.file(&portal.citizen("0912345678"));
    let desk = portal.desk("tiepnhan1").header("Idempotency-Key", "f-1");
    let form = || {
        Multipart::new().text("component", "tp1").text("version", "1").file(
            "file",
            "a.pdf",
            "application/pdf",
            &pdf(),
        )
    };
    let first = desk.post_multipart(&dossier.at("/attachments"), form()).expect(201).json();
    let again = desk.post_multipart(&dossier.at("/attachments"), form()).expect(201).json();
    assert_eq!(first, again);
    assert_eq!(first["version"], 2);
    let seen = desk.get(&dossier.at("")).expect(200).json();
    assert_eq!(seen["attachments"].as_array().unwrap().len(), 1);
}

#[test]
fn signing_in_and_sending_files_are_done_once_too() {
    let portal = Portal::demo();
    let anybody = portal.anybody();
    let desk = json!({"user": "tiepnhan1", "password": "motcua-demo"});
    let first = anybody.post_once("s-1", &api("/sessions"), &desk).expect(200).json();
    assert_eq!(anybody.post_once("s-1", &api("/sessions"), &desk).expect(200).json(), first);
    let other = json!({"user": "tiepnhan2", "password": "motcua-demo"});
    anybody.post_once("s-1", &api("/sessions"), &other).problem(422);

    let phone = json!({"phone": "0912345678"});
    let sent = anybody.post_once("o-1", &api("/otp"), &phone).expect(200).json();
    assert_eq!(anybody.post_once("o-1", &api("/otp"), &phone).expect(200).json(), sent);
    let code = json!({"phone": "0912345678", "code": sent["code"]});
    let proof = anybody.post_once("v-1", &api("/otp/verify"), &code).expect(200).json();
    let again = anybody.post_once("v-1", &api("/otp/verify"), &code).expect(200).json();
    assert_eq!(again, proof, "though the code is used up");
    anybody.post(&api("/otp/verify"), &code).problem(401);

    let citizen = portal.citizen("0987654321").header("Idempotency-Key", "u-1");
    let file = || form("a.pdf", "application/pdf", &pdf());
    let kept = citizen.post_multipart(&api("/uploads"), file()).expect(201).json();
    assert_eq!(citizen.post_multipart(&api("/uploads"), file()).expect(201).json(), kept);
    let other = form("b.pdf", "application/pdf", &pdf());
    citizen.post_multipart(&api("/uploads"), other).problem(422);
}
