//! Every refusal is a problem document that says what to repair, in the promised order of checks.

use serde_json::{Value, json};

use super::portal::{Filed, Portal, api, birth, with};
use crate::support::http::Client;

#[track_caller]
fn refused(sender: &Client, body: &Value, field: &str) -> Value {
    let problem = sender.post(&api("/dossiers"), body).problem(422);
    assert_eq!(problem["errors"][0]["field"], field, "{problem}");
    problem
}

#[test]
fn a_submission_says_which_field_to_repair() {
    let portal = Portal::demo();
    let citizen = portal.citizen("0912345678");
    let body = |changes| with(birth(), changes);
    refused(&citizen, &body(json!({"procedure": "9.999999"})), "procedure");
    refused(&citizen, &body(json!({"procedure": null})), "procedure");
    refused(&citizen, &body(json!({"agency": "H99"})), "agency");
    refused(&citizen, &body(json!({"applicant": {"name": " "}})), "applicant.name");
    let wrong = json!({"applicant": {"name": "A", "id_number": "12", "phone": "1"}});
    let problem = refused(&citizen, &body(wrong), "applicant.id_number");
    assert_eq!(problem["errors"][1]["field"], "applicant.phone", "all at once");
    // Certified copies are made at the counter, from the original.
    refused(&citizen, &body(json!({"procedure": "2.000815", "components": []})), "channel");
    for name in ["123", "😀 test"] {
        refused(&citizen, &body(json!({"applicant": {"name": name}})), "applicant.name");
    }
    refused(&citizen, &body(json!({"components": []})), "components.tp2");
    let unknown = json!({"components": [{"id": "tp99", "originals": 1, "copies": 0}]});
    refused(&citizen, &body(unknown), "components[0]");
    let nameless = json!({"components": [{"originals": 1, "copies": 0}]});
    refused(&citizen, &body(nameless), "components[0].id");
    let upload = json!({"components": [{"id": "tp1", "uploads": ["x"]}]});
    refused(&citizen, &body(upload), "components[0].uploads[0]");
    let upload = json!({"components": [{"id": "tp1", "uploads": ["0".repeat(32)]}]});
    refused(&citizen, &body(upload), "components[0].uploads");
    refused(&citizen, &body(json!({"channel": "fax"})), "channel");
    refused(&citizen, &body(json!({"colour": "red"})), "colour");
    let word = json!({"components": [{"id": "tp1", "originals": "one", "copies": 0}]});
    refused(&citizen, &body(word), "components[0].originals");
    let born = json!({"applicant": {"name": "A", "birth_date": "31/12/1990"}});
    refused(&citizen, &body(born), "applicant.birth_date");

    let nested = (0..9).fold(json!("x"), |inner, _| json!([inner]));
    refused(&citizen, &body(json!({"form": {"a": nested}})), "form.a");
    refused(&citizen, &body(json!({"form": {"a": ["x".repeat(4001)]}})), "form.a");
    refused(&citizen, &body(json!({"external_codes": ["G01"]})), "external_codes");

    let json = [("Content-Type", "application/json")];
    let sent = |bytes: Vec<u8>, headers| citizen.send("POST", &api("/dossiers"), headers, bytes);
    sent(b"{\"procedure\":".to_vec(), &json).problem(400);
    sent(b"[]".to_vec(), &json).problem(422);
    sent(vec![b' '; 1024 * 1024 + 1], &json).problem(413);
    sent(b"procedure=1".to_vec(), &[("Content-Type", "application/x-www-form-urlencoded")])
        .problem(415);
}

#[test]
fn problems_speak_the_sender_s_language_and_name_the_rule() {
    let portal = Portal::demo();
    let dossier = portal.file(&portal.citizen("0912345678"));
    let desk = portal.desk("tiepnhan1");
    let body = json!({"action": "deliver", "channel": "counter", "version": 1});
    let problem = desk.post(&dossier.at("/actions"), &body).problem(409);
    assert!(problem["rule"].as_str().unwrap().contains("22/2019"), "{problem}");
    assert_eq!(problem["type"], "urn:motcua:problem:impossible");
    assert!(problem["detail"].as_str().unwrap().contains("Registered"), "{problem}");
    let vietnamese = portal.server().client().get(&api("/tracking/H40.12-200101-0001"));
    assert_eq!(
        vietnamese.problem(404)["detail"],
        "Không có hồ sơ mang mã này. So lại với giấy tiếp nhận."
    );
}

/// What each step of the order of checks answers, for one body that is wrong in every way below it.
#[test]
fn checks_come_in_the_order_401_404_403_409_422() {
    let portal = Portal::demo();
    let dossier = portal.file(&portal.citizen("0912345678"));
    let nonsense = json!({"action": "assign", "version": 7, "to": 5});
    let act =
        |client: &Client, dossier: &Filed, body: &Value| client.post(&dossier.at("/actions"), body);
    act(&portal.anybody(), &dossier, &nonsense).problem(401);
    act(&portal.anybody().bearer("mc_0123"), &dossier, &nonsense).problem(401);
    act(&portal.citizen("0912345678"), &dossier, &nonsense).problem(404);
    act(&portal.desk("tiepnhan11"), &dossier, &nonsense).problem(404);
    act(&portal.desk("quantri"), &dossier, &nonsense).problem(404);
    act(&portal.desk("vanthu1"), &dossier, &nonsense).problem(403);
    let desk = portal.desk("tiepnhan1");
    let problem = act(&desk, &dossier, &nonsense).problem(409);
    assert_eq!(problem["type"], "urn:motcua:problem:conflict");
    let body = with(nonsense, json!({"version": 1}));
    let problem = act(&desk, &dossier, &body).problem(409);
    assert_eq!(problem["type"], "urn:motcua:problem:impossible");
    act(&desk, &dossier, &json!({"action": "accept", "version": 1})).expect(200);
    let body = with(body, json!({"version": 2}));
    assert_eq!(act(&desk, &dossier, &body).problem(422)["errors"][0]["field"], "to");
}

#[test]
fn an_action_is_refused_for_what_it_carries() {
    let portal = Portal::demo();
    let dossier = portal.file(&portal.citizen("0912345678"));
    let desk = portal.desk("tiepnhan1");
    for (body, field) in [
        (json!({"version": 1}), "action"),
        (json!({"action": "fly", "version": 1}), "action"),
        (json!({"action": "accept"}), "version"),
        (json!({"action": "accept", "version": 0}), "version"),
        (json!({"action": "accept", "version": -1}), "version"),
        (json!({"action": "accept", "version": "1"}), "version"),
        (json!({"action": "accept", "version": 1, "colour": "red"}), "colour"),
        (json!({"action": "refuse", "version": 1}), "reason"),
        (json!({"action": "refuse", "version": 1, "reason": " "}), "reason"),
        (json!({"action": "request_supplement", "version": 1, "items": []}), "items"),
        (
            json!({"action": "request_supplement", "version": 1, "due_at": "soon",
                "items": [{"reason": "Thiếu chữ ký"}]}),
            "due_at",
        ),
        (
            json!({"action": "request_supplement", "version": 1,
                "items": [{"component": "tp99", "reason": "Thiếu chữ ký"}]}),
            "items[0].component",
        ),
        (
            json!({"action": "correct", "version": 1, "reason": "Nhầm", "changes": {"colour": "x"}}),
            "changes.colour",
        ),
        (json!({"action": "note", "version": 1}), "note"),
    ] {
        let problem = desk.post(&dossier.at("/actions"), &body).problem(422);
        assert_eq!(problem["errors"][0]["field"], field, "{body}: {problem}");
    }
    assert_eq!(dossier.version(&desk), 1, "nothing happened");
}

#[test]
fn filing_needs_a_proof_or_the_right_role() {
    let portal = Portal::demo();
    let file = |sender: &Client, body: &Value| sender.post(&api("/dossiers"), body);
    file(&portal.anybody(), &birth()).problem(401);
    file(&portal.anybody().header("X-Proof", "0123"), &birth()).problem(401);
    file(&portal.desk("thuly1"), &birth()).problem(403);
    let counter = with(birth(), json!({"channel": "counter"}));
    file(&portal.citizen("0912345678"), &counter).problem(403);
    file(&portal.desk("tiepnhan11"), &counter).problem(403);
    let program = portal.program();
    let known = portal.file(&program).code;
    let coded = |code: &str| with(birth(), json!({"external_codes": [code]}));
    file(&program, &coded("G01-1")).expect(201);
    for code in ["G01-1", known.as_str(), "", "a b"] {
        let problem = file(&program, &coded(code)).problem(422);
        assert_eq!(problem["errors"][0]["field"], "external_codes[0]", "{code}");
    }
}

#[test]
fn an_action_that_is_possible_is_listed_and_the_others_say_why_not() {
    let portal = Portal::demo();
    let dossier = portal.file(&portal.citizen("0912345678"));
    let listed = portal.desk("tiepnhan1").get(&dossier.at("/actions")).expect(200).json();
    assert_eq!(listed["version"], 1);
    let item = |name: &str| {
        let items = listed["items"].as_array().unwrap();
        items.iter().find(|item| item["action"] == name).unwrap().clone()
    };
    assert_eq!(item("accept")["possible"], true);
    assert_eq!(item("accept")["name"], "Accept");
    assert_eq!(item("deliver")["possible"], false);
    assert_eq!(item("deliver")["reason"]["status"], 409);
    assert_eq!(item("approve")["reason"]["status"], 403);
    portal.anybody().get(&dossier.at("/actions")).problem(401);
    portal.desk("tiepnhan11").get(&dossier.at("/actions")).problem(404);
}

#[test]
fn unknown_addresses_and_methods_are_problems_too() {
    let portal = Portal::demo();
    portal.anybody().get(&api("/nothing")).problem(404);
    let answer = portal.anybody().send("DELETE", &api("/procedures"), &[], Vec::new());
    answer.problem(405);
    assert_eq!(answer.header("allow"), Some("GET"));
    let problem = portal.anybody().get(&api("/procedures?limit=201&colour=red")).problem(422);
    assert_eq!(problem["errors"][0]["field"], "limit");
    assert_eq!(problem["errors"][1]["field"], "colour");
    portal.anybody().get(&api("/procedures/9.9")).problem(404);
}
