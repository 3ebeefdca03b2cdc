//! What applicants do of their own accord: corrections and papers that nobody asked for.

use serde_json::{Value, json};

use super::portal::{Filed, Portal, api, form, pdf, with};
use crate::support::http::Answer;

fn own(portal: &Portal, dossier: &Filed, body: Value) -> Answer {
    let body = with(body, json!({"secret": dossier.secret}));
    portal.anybody().post(&dossier.tracked("/actions"), &body)
}

fn correction(version: u64, changes: Value) -> Value {
    json!({
        "action": "request_correction", "version": version, "changes": changes,
        "reason": "Gõ nhầm khi khai.",
    })
}

/// Whether the desk has it among the corrections to decide; the demo has others there.
fn waits(portal: &Portal, dossier: &Filed) -> bool {
    let desk = portal.desk("tiepnhan1");
    let list = desk.get(&api("/dossiers?queue=corrections")).expect(200).json();
    let items = list["items"].as_array().unwrap();
    items.iter().any(|item| item["code"] == *dossier.code)
}

#[test]
fn before_reception_a_correction_counts_at_once_and_both_values_stay() {
    let portal = Portal::demo();
    let dossier = portal.file(&portal.citizen("0912345678"));
    let changes = json!({"owner.name": "Nguyễn Thị Thủ", "form.ho_ten_con": "Nguyễn Minh Khánh"});
    let state = own(&portal, &dossier, correction(1, changes)).expect(200).json();
    assert_eq!(state["owner"]["name"], "Nguyễn Thị Thủ");
    assert_eq!(state["form"]["ho_ten_con"], "Nguyễn Minh Khánh");
    assert_eq!((&state["version"], &state["correction"]), (&json!(2), &Value::Null));
    let body = json!({"secret": dossier.secret});
    let seen = portal.anybody().post(&dossier.tracked("/details"), &body).expect(200).json();
    let told = &seen["history"][1];
    assert_eq!((&told["action"], &told["actor"]), (&json!("corrected"), &json!("applicant")));
    let changes = told["changes"].as_array().unwrap();
    assert!(changes.contains(&json!({
        "field": "owner.name", "old": "Nguyễn Thị Thử", "new": "Nguyễn Thị Thủ",
    })));
    assert!(!waits(&portal, &dossier));
}

#[test]
fn after_it_the_section_decides_and_the_applicant_reads_why() {
    let portal = Portal::demo();
    let dossier = portal.file(&portal.citizen("0912345678"));
    let desk = portal.desk("tiepnhan1");
    dossier.act(&desk, json!({"action": "accept"})).expect(200);
    let asked =
        correction(2, json!({"owner.name": "Nguyễn Thị Thủ", "owner.email": "a@example.org"}));
    let state = own(&portal, &dossier, asked.clone()).expect(200).json();
    assert_eq!(state["owner"]["name"], "Nguyễn Thị Thử", "it stands as it was");
    assert_eq!(state["correction"]["changes"].as_array().unwrap().len(), 2);
    assert!(waits(&portal, &dossier));

    // Somebody else's work is no applicant's, and the other way round.
    own(&portal, &dossier, with(asked, json!({"version": 2}))).problem(409);
    portal
        .desk("thuly1")
        .post(
            &dossier.at("/actions"),
            &json!({
                "action": "reject_correction", "version": 3, "reason": "x",
            }),
        )
        .problem(403);
    let body = with(correction(3, json!({"owner.name": "X"})), json!({}));
    desk.post(&dossier.at("/actions"), &body).problem(403);

    let done = json!({"action": "correct", "changes": {"owner.name": "Nguyễn Thị Thủ"},
        "reason": "Theo giấy khai sinh."});
    let state = dossier.act(&desk, done).expect(200).json();
    assert_eq!(state["owner"]["name"], "Nguyễn Thị Thủ");
    assert_eq!(state["correction"]["changes"][0]["field"], "owner.email", "the rest waits");
    let rejected = json!({"action": "reject_correction", "reason": "Chưa có giấy tờ."});
    let state = dossier.act(&desk, rejected.clone()).expect(200).json();
    assert_eq!(state["correction"], Value::Null);
    dossier.act(&desk, rejected).problem(409);
    let body = json!({"secret": dossier.secret});
    let seen = portal.anybody().post(&dossier.tracked("/details"), &body).expect(200).json();
    let last = seen["history"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["action"], &last["reason"]),
        (&json!("correction_rejected"), &json!("Chưa có giấy tờ."))
    );
    assert!(!waits(&portal, &dossier));
}

#[test]
fn papers_are_added_once_and_only_before_reception() {
    let portal = Portal::demo();
    let dossier = portal.file(&portal.citizen("0912345678"));
    let upload = || {
        let file = form("ảnh.pdf", "application/pdf", &pdf());
        portal.anybody().post_multipart(&api("/uploads"), file).expect(201).json()["id"].clone()
    };
    let add = |version: u64, id: Value| {
        json!({
            "secret": dossier.secret, "action": "add_papers", "version": version,
            "uploads": [{"component": "tp1", "id": id}],
        })
    };
    let body = add(1, upload());
    let path = dossier.tracked("/actions");
    let first = portal.anybody().post_once("k", &path, &body).expect(200).json();
    let again = portal.anybody().post_once("k", &path, &body).expect(200).json();
    assert_eq!(first, again, "sent twice, done once");
    assert_eq!(first["attachments"].as_array().unwrap().len(), 1);
    assert_eq!(first["components"][0]["on_paper"], false, "the file takes the promise's place");
    let nothing = json!({"action": "add_papers", "version": 2, "uploads": []});
    let problem = own(&portal, &dossier, nothing).problem(422);
    assert_eq!(problem["errors"][0]["field"], "uploads");
    dossier.act(&portal.desk("tiepnhan1"), json!({"action": "accept"})).expect(200);
    portal.anybody().post(&path, &add(3, upload())).problem(409);
}
