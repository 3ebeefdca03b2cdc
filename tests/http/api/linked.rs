//! Linked dossiers (liên thông) between three agencies: filed once, opened in one commit on the logs
//! of both, each with its own code, clock and rights, and followed as one.

use serde_json::{Value, json};

use super::portal::{Filed, Portal, api, filed, form, pdf, with};
use crate::support::http::Client;

/// Birth, residence and insurance of a child: taken in at one commune, with the residence at another
/// and the insurance at the department.
fn family(portal: &Portal) -> Value {
    let citizen = portal.citizen("0912345678");
    let file = form("chứng sinh.pdf", "application/pdf", &pdf());
    let upload = citizen.post_multipart(&api("/uploads"), file).expect(201).json();
    json!({
        "procedure": "2.000986", "agency": "H40.12", "channel": "online",
        "applicant": {"name": "Nguyễn Thị Thử", "phone": "0912345678"},
        "form": {"ho_ten_con": "Nguyễn Minh Khang"},
        "components": [
            {"id": "tp1", "originals": 1, "on_paper": true},
            {"id": "tp2", "originals": 1, "uploads": [upload["id"]]},
        ],
        "linked": [{"procedure": "1.004222", "agency": "H40.15"}],
    })
}

fn link(state: &Value, at: usize) -> &Value {
    &state["links"][at]
}

/// The part as its agency knows it.
fn part(state: &Value, at: usize) -> Filed {
    let code = link(state, at)["code"].as_str().expect("an open part").to_owned();
    Filed { code, secret: String::new(), answer: Value::Null }
}

fn last_commit(desk: &Client, dossier: &Filed) -> u64 {
    let state = desk.get(&dossier.at("")).expect(200).json();
    state["events"].as_array().unwrap().last().unwrap()["commit"].as_u64().unwrap()
}

fn settle(portal: &Portal, dossier: &Filed, desks: [&str; 3], to: &str, name: &str) {
    let [coordinator, processor, approver] = desks;
    let by = |user: &str, body: Value| dossier.act(&portal.desk(user), body).expect(200);
    by(coordinator, json!({"action": "assign", "to": to}));
    by(processor, json!({"action": "submit_for_approval"}));
    by(approver, json!({"action": "approve"}));
    let desk = portal.desk(processor);
    let file = form("kết quả.pdf", "application/pdf", &pdf());
    let upload = desk.post_multipart(&api("/uploads"), file).expect(201).json();
    let result = json!({"name": name, "number": "7/2026", "uploads": [upload["id"]]});
    let finish = json!({"action": "finish", "favourable": true, "result": result});
    dossier.act(&desk, finish).expect(200);
}

#[test]
fn a_child_s_papers_go_through_three_agencies_and_come_back_to_one() {
    let portal = Portal::demo();
    let desk = portal.desk("tiepnhan1");
    let body = family(&portal);
    let leader = filed(portal.citizen("0912345678").post(&api("/dossiers"), &body));
    let planned = leader.answer["links"].as_array().unwrap();
    assert_eq!(planned.len(), 2);
    assert!(planned.iter().all(|link| link["code"].is_null()), "{planned:?}");

    // Reception opens the department's part, received, with a copy of the file.
    leader.act(&desk, json!({"action": "accept"})).expect(200);
    let state = desk.get(&leader.at("")).expect(200).json();
    assert_eq!(
        (&link(&state, 0)["state"], &link(&state, 0)["status"]),
        (&json!("open"), &json!(2))
    );
    assert_eq!(link(&state, 1)["state"], "planned");
    let insurance = part(&state, 0);
    assert!(insurance.code.starts_with("H40.12-") && insurance.code != leader.code);
    let there = portal.desk("thuly22").get(&insurance.at("")).expect(200).json();
    assert_eq!(there["competent_agency"], "H40.03");
    assert_eq!(there["led_by"], json!(leader.code));
    assert_ne!(there["due_at"], state["due_at"], "a clock of its own");
    assert_eq!(there["owner"]["name"], "Nguyễn Thị Thử");
    assert_eq!(there["form"]["ho_ten_con"], "Nguyễn Minh Khang");
    let papers = |state: &Value| -> Vec<(u64, bool)> {
        let papers = state["components"].as_array().unwrap().iter();
        papers.map(|p| (p["originals"].as_u64().unwrap(), p["checked"] == true)).collect()
    };
    assert_eq!(papers(&state), [(1, true), (1, true)]);
    assert_eq!(papers(&there), [(0, true), (0, true)], "an original is handed in once");
    let file = there["attachments"][0]["id"].as_str().unwrap();
    assert_ne!(json!(file), state["attachments"][0]["id"], "a file belongs to one dossier");
    let content = portal.desk("thuly22").get(&insurance.at(&format!("/attachments/{file}")));
    assert_eq!(content.expect(200).body, pdf());
    assert_eq!(last_commit(&desk, &leader), last_commit(&desk, &insurance), "one commit");
    // Rights follow each dossier: the department is not told of the birth, nor the other commune.
    portal.desk("thuly22").get(&leader.at("")).problem(404);
    portal.desk("thuly11").get(&insurance.at("")).problem(404);

    // The birth's result opens the residence at the other commune, with the result as its paper.
    settle(&portal, &leader, ["dieuphoi1", "thuly1", "lanhdao1"], "thuly1", "Giấy khai sinh");
    let state = desk.get(&leader.at("")).expect(200).json();
    let residence = part(&state, 1);
    let there = portal.desk("thuly15").get(&residence.at("")).expect(200).json();
    assert_eq!(there["competent_agency"], "H40.15");
    let papers: Vec<&str> =
        there["components"].as_array().unwrap().iter().map(|p| p["id"].as_str().unwrap()).collect();
    assert_eq!(papers, ["tp1", "tp3"]);
    assert_eq!(there["attachments"][0]["component"], "tp3");
    assert_eq!(last_commit(&desk, &leader), there["events"][0]["commit"].as_u64().unwrap());

    // Each agency settles its part; the results come back to the section.
    settle(&portal, &insurance, ["dieuphoi21", "thuly22", "lanhdao21"], "thuly22", "Thẻ");
    settle(&portal, &residence, ["dieuphoi11", "thuly15", "lanhdao11"], "thuly15", "Thông báo");
    for dossier in [&leader, &insurance, &residence] {
        dossier.act(&desk, json!({"action": "receive_result"})).expect(200);
        dossier.act(&desk, json!({"action": "deliver", "channel": "counter"})).expect(200);
    }

    // One secret shows all of it, whichever code is typed.
    let secret = json!({"secret": leader.secret});
    let seen = portal.anybody().post(&leader.tracked("/details"), &secret).expect(200).json();
    let names: Vec<_> = (0..2).map(|at| link(&seen, at)["dossier"]["status"].clone()).collect();
    assert_eq!(names, [json!(10), json!(10)]);
    assert!(link(&seen, 1)["history"].as_array().unwrap().len() > 5);
    portal.anybody().post(&residence.tracked("/details"), &secret).expect(200);
}

#[test]
fn at_the_counter_the_part_opens_with_the_reception_and_voiding_takes_it_along() {
    let portal = Portal::demo();
    let desk = portal.desk("tiepnhan1");
    let body = with(
        family(&portal),
        json!({"channel": "counter", "components": [
            {"id": "tp1", "originals": 1}, {"id": "tp2", "originals": 1},
        ]}),
    );
    let leader = filed(desk.post(&api("/dossiers"), &body));
    assert_eq!(leader.answer["status"], 2);
    let state = desk.get(&leader.at("")).expect(200).json();
    let insurance = part(&state, 0);
    assert_eq!(leader.answer["links"][0]["code"], json!(insurance.code));
    let head = portal.desk("giamdoc1");
    leader.act(&head, json!({"action": "void", "reason": "Nhập trùng."})).expect(200);
    let there = portal.desk("thuly22").get(&insurance.at("")).expect(200).json();
    assert_eq!(there["status"], 8);
    let state = desk.get(&leader.at("")).expect(200).json();
    assert_eq!(
        (&link(&state, 0)["state"], &link(&state, 1)["state"]),
        (&json!("ended"), &json!("dropped"))
    );

    // Once somebody works on the part, the leader is not voided over their heads.
    let leader = filed(desk.post(&api("/dossiers"), &body));
    let state = desk.get(&leader.at("")).expect(200).json();
    let assign = json!({"action": "assign", "to": "thuly22"});
    part(&state, 0).act(&portal.desk("dieuphoi21"), assign).expect(200);
    leader.act(&head, json!({"action": "void", "reason": "Nhập trùng."})).problem(409);
}

#[test]
fn what_follows_is_declared_by_administrators_and_checked_before_it_is_saved() {
    let portal = Portal::demo();
    let path = api("/procedures/1.001193/followers");
    let admin = portal.desk("quantri");
    let declare =
        |client: &Client, followers: Value| client.post(&path, &json!({ "followers": followers }));
    let card = json!({
        "procedure": "9.000001", "agency": "H40.03", "opens": "after_result",
        "papers": [{"from": "tp1", "to": "tp1"}, {"from": "result", "to": "tp2"}],
    });
    declare(&portal.desk("tiepnhan1"), json!([card])).problem(403);
    let refused = |change: Value| {
        let problem = declare(&admin, json!([with(card.clone(), change)])).problem(422);
        problem["errors"][0]["field"].as_str().unwrap().to_owned()
    };
    assert_eq!(refused(json!({"procedure": "1.001193"})), "followers[0].procedure");
    assert_eq!(refused(json!({"procedure": "2.000986"})), "followers[0].procedure");
    assert_eq!(refused(json!({"agency": "H40.12"})), "followers[0].agency");
    assert_eq!(refused(json!({"opens": "never"})), "followers[0].opens");
    assert_eq!(refused(json!({"opens": "at_reception"})), "followers[0].papers[1].from");
    assert_eq!(refused(json!({"papers": []})), "followers[0].papers");
    declare(&admin, json!([card])).expect(200);
    let shown = portal.anybody().get(&path).expect(200).json();
    assert_eq!(shown["followers"][0]["agency"], "H40.03");
    let dossier = portal.file(&portal.citizen("0912345678"));
    assert_eq!(dossier.answer["links"][0]["opens"], "after_result");
    declare(&admin, json!([])).expect(200);
    assert!(
        portal.file(&portal.citizen("0912345678")).answer["links"].as_array().unwrap().is_empty()
    );
}

#[test]
fn a_kill_leaves_a_dossier_with_its_parts_or_without() {
    let mut portal = Portal::demo();
    let desk = portal.desk("tiepnhan1");
    let body = with(
        family(&portal),
        json!({"channel": "counter", "components": [
            {"id": "tp1", "originals": 1}, {"id": "tp2", "originals": 1},
        ]}),
    );
    let leader = filed(desk.post(&api("/dossiers"), &body));
    let state = desk.get(&leader.at("")).expect(200).json();
    let insurance = part(&state, 0);
    portal.server_mut().kill();
    portal.server_mut().restart();
    let there = portal.desk("thuly22").get(&insurance.at("")).expect(200).json();
    assert_eq!(there["led_by"], json!(leader.code));
    portal.server_mut().terminate();
    let checked = portal.server().command(&["check"]);
    assert_eq!(checked.code, Some(0), "{}{}", checked.stdout, checked.stderr);
}
