//! The same action on many dossiers in one commit, each with its own outcome.

use serde_json::{Value, json};

use super::portal::{Filed, Portal, api};
use crate::support::http::Client;

fn filed(portal: &Portal, count: usize) -> Vec<Filed> {
    let citizen = portal.citizen("0912345678");
    (0..count).map(|_| portal.file(&citizen)).collect()
}

fn items(dossiers: &[Filed], version: u64) -> Vec<Value> {
    dossiers.iter().map(|dossier| json!({"code": dossier.code, "version": version})).collect()
}

fn commits(desk: &Client, dossier: &Filed) -> Vec<u64> {
    let state = desk.get(&dossier.at("")).expect(200).json();
    let events = state["events"].as_array().expect("a list");
    events.iter().map(|event| event["commit"].as_u64().expect("a commit")).collect()
}

#[test]
fn what_can_be_done_is_done_in_one_commit_and_the_rest_says_why() {
    let portal = Portal::demo();
    let desk = portal.desk("tiepnhan1");
    let dossiers = filed(&portal, 3);
    dossiers[1].act(&desk, json!({"action": "refuse", "reason": "Nhầm nơi nộp."})).expect(200);
    let mut wanted = items(&dossiers, 1);
    wanted[1]["version"] = json!(2);
    wanted.push(json!({"code": "H40.12-200101-0001", "version": 1}));
    let body = json!({"action": "accept", "items": wanted});
    let answer = desk.post(&api("/dossiers/actions"), &body).expect(200).json();
    assert_eq!((&answer["done"], &answer["refused"]), (&json!(2), &json!(2)));
    let items = answer["items"].as_array().unwrap();
    let statuses: Vec<_> = items.iter().map(|item| item["status"].as_u64().unwrap()).collect();
    assert_eq!(statuses, [200, 409, 200, 404]);
    assert_eq!(answer["items"][2]["dossier"]["status"], 2);
    let refused = &answer["items"][1]["problem"];
    assert!(refused["detail"].as_str().unwrap().contains("Not received"), "{refused}");
    assert!(refused["rule"].as_str().unwrap().contains("Circular 22/2019"), "{refused}");
    let last = |at: usize| *commits(&desk, &dossiers[at]).last().unwrap();
    assert_eq!(last(0), last(2), "one commit for both");
}

#[test]
fn each_item_may_carry_its_own_and_a_repeated_batch_is_done_once() {
    let portal = Portal::demo();
    let dossiers = filed(&portal, 2);
    let post = |user: &str, body: Value| {
        portal.desk(user).post_once("k1", &api("/dossiers/actions"), &body).expect(200).json()
    };
    let done = |user: &str, version: u64, body: Value| {
        let mut body = body;
        body["items"] = json!(items(&dossiers, version));
        let answer = post(user, body);
        assert_eq!(answer["done"], 2, "{answer}");
    };
    done("tiepnhan1", 1, json!({"action": "accept"}));
    done("dieuphoi1", 2, json!({"action": "assign", "to": "thuly1"}));
    done("thuly1", 3, json!({"action": "forward", "unit": "tu-phap-ho-tich"}));
    let desk = portal.desk("thuly1");
    for dossier in &dossiers {
        dossier.act(&desk, json!({"action": "submit_for_approval"})).expect(200);
    }
    done("lanhdao1", 5, json!({"action": "approve"}));
    let mut numbered = items(&dossiers, 6);
    numbered[0]["number"] = json!("12/UBND");
    let body = json!({"action": "issue_number", "date": "2026-01-05", "items": numbered});
    let answer = post("vanthu1", body);
    assert_eq!(
        (&answer["items"][0]["status"], &answer["items"][1]["status"]),
        (&json!(200), &json!(422))
    );
    assert_eq!(answer["items"][1]["problem"]["errors"][0]["field"], "number");
    let mut body = json!({"action": "issue_number", "date": "2026-01-05"});
    body["items"] = json!([{"code": dossiers[1].code, "version": 6, "number": "13/UBND"}]);
    let clerk = portal.desk("vanthu1");
    let first = clerk.post_once("k2", &api("/dossiers/actions"), &body).expect(200).json();
    let again = clerk.post_once("k2", &api("/dossiers/actions"), &body).expect(200).json();
    assert_eq!(first, again);
    assert_eq!(dossiers[1].version(&desk), 7, "done once");
}

#[test]
fn only_what_makes_sense_for_many_is_taken() {
    let portal = Portal::demo();
    let desk = portal.desk("tiepnhan1");
    let refused = |body: Value| {
        let problem = desk.post(&api("/dossiers/actions"), &body).problem(422);
        problem["errors"][0]["field"].as_str().unwrap().to_owned()
    };
    let one = json!([{"code": "H40.12-200101-0001", "version": 1}]);
    assert_eq!(refused(json!({"action": "finish", "items": one})), "action");
    assert_eq!(refused(json!({"action": "accept", "items": []})), "items");
    portal.anybody().post(&api("/dossiers/actions"), &json!({})).problem(401);
}
