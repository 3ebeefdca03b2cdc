//! A dossier's whole way through the API, online and over the counter.

use serde_json::json;

use super::portal::{Portal, api, birth, filed, form, pdf, with};

#[test]
fn an_online_dossier_goes_from_submission_to_delivery() {
    let portal = Portal::demo();
    let citizen = portal.citizen("0912345678");
    let upload = citizen
        .post_multipart(&api("/uploads"), form("chứng sinh.pdf", "application/pdf", &pdf()))
        .expect(201)
        .json();
    assert_eq!(upload["media_type"], "application/pdf");
    assert_eq!(upload["size"], pdf().len());
    let body = with(
        birth(),
        json!({"components": [
            {"id": "tp1", "originals": 1, "copies": 0, "uploads": [upload["id"]]},
            {"name": "Giấy chứng sinh, hoặc giấy xác nhận việc sinh khi không có giấy chứng sinh",
             "originals": 1, "copies": 0, "on_paper": true},
        ]}),
    );
    let dossier = filed(citizen.post(&api("/dossiers"), &body));
    assert_eq!(dossier.answer["status"], 1);
    assert_eq!(dossier.answer["status_name"], "Mới đăng ký");
    assert_eq!(dossier.answer["version"], 1);
    assert!(dossier.answer["due_at"].as_str().unwrap().ends_with("+07:00"));

    let desk = portal.desk("tiepnhan1");
    let accepted = dossier.act(&desk, json!({"action": "accept"})).expect(200).json();
    assert_eq!((accepted["status"].as_u64(), accepted["version"].as_u64()), (Some(2), Some(2)));
    assert_eq!(accepted["deadline_state"].as_str().map(str::is_empty), Some(false));
    let by = |user: &str, body| dossier.act(&portal.desk(user), body).expect(200).json();
    by("dieuphoi1", json!({"action": "assign", "to": "thuly1", "note": "Ưu tiên."}));
    by(
        "thungan1",
        json!({"action": "request_payment", "fees": [
            {"name": "Lệ phí", "amount": 8000, "kind": "fee"},
        ]}),
    );
    by("thungan1", json!({"action": "record_payment", "method": "cash", "receipt_number": "AA 1"}));
    by("thuly1", json!({"action": "submit_for_approval"}));
    by("lanhdao1", json!({"action": "approve"}));
    by("vanthu1", json!({"action": "issue_number", "number": "125/2026", "date": "2026-11-24"}));
    let result = portal.desk("thuly1");
    let file = form("giấy khai sinh.pdf", "application/pdf", &pdf());
    let upload = result.post_multipart(&api("/uploads"), file).expect(201).json();
    let body = json!({
        "action": "finish", "favourable": true,
        "result": {"name": "Giấy khai sinh", "uploads": [upload["id"]]},
    });
    let finished = dossier.act(&result, body).expect(200).json();
    assert_eq!(finished["status"], 9);
    assert_eq!(finished["result"]["number"], "125/2026", "the clerk's number");
    let delivered = by("tiepnhan1", json!({"action": "deliver", "channel": "counter"}));
    assert_eq!(delivered["status"], 10);
    assert_eq!(delivered["status_name"], "Đã trả kết quả");
    assert_eq!(delivered["delivery"]["received_by"], "Nguyễn Thị Thử");

    let seen = desk.get(&dossier.at("")).expect(200).json();
    let events = seen["events"].as_array().unwrap();
    assert_eq!(events.len() as u64, seen["version"].as_u64().unwrap());
    let kinds: Vec<&str> = events.iter().map(|event| event["action"].as_str().unwrap()).collect();
    assert_eq!(kinds[..4], ["submitted", "received", "assigned", "noted"]);
    assert_eq!(events[0]["actor"], "applicant");
    assert_eq!(events[1]["actor"], "tiepnhan1");
    assert_eq!(events[0]["data"]["form"]["so_con"], 2, "answers come back as they went");
    assert!(!seen.to_string().contains(&dossier.secret), "the secret is the applicant's");
}

#[test]
fn a_counter_dossier_is_received_at_once() {
    let portal = Portal::demo();
    let desk = portal.desk("tiepnhan1");
    let body = with(
        birth(),
        json!({
            "channel": "counter",
            "agency": null,
            "owner": {"name": "Nguyễn Minh Khang", "birth_date": "2026-11-02"},
            "mandate": {"kind": "legal_representative"},
        }),
    );
    let dossier = filed(desk.post(&api("/dossiers"), &body));
    assert_eq!(dossier.answer["status"], 2);
    assert_eq!(dossier.answer["status_name"], "Được tiếp nhận");
    let seen = desk.get(&dossier.at("")).expect(200).json();
    assert_eq!(seen["owner"]["name"], "Nguyễn Minh Khang");
    assert_eq!(seen["applicant"]["name"], "Nguyễn Thị Thử");
    assert_eq!(seen["receiving_agency"], "H40.12");
    assert_eq!(seen["due_at"], dossier.answer["due_at"]);
    assert_eq!(seen["events"].as_array().unwrap().len(), 2);
}
