//! What the desk must say and show: papers checked off, drafts, results, who takes them.

use serde_json::{Value, json};

use super::portal::{Filed, Portal, api, birth, filed, form, pdf, with};
use crate::papers::at_desk;
use crate::support::http::Client;

fn upload(sender: &Client) -> Value {
    let file = form("dự thảo.pdf", "application/pdf", &pdf());
    sender.post_multipart(&api("/uploads"), file).expect(201).json()["id"].clone()
}

fn fields(problem: &Value) -> Vec<&str> {
    let errors = problem["errors"].as_array().expect("a list");
    errors.iter().map(|error| error["field"].as_str().expect("a field")).collect()
}

/// A birth registration as approved, that the applicant wants back on this way.
fn approved(portal: &Portal, way: &str) -> Filed {
    let body = with(birth(), json!({ "return_channel": way }));
    let dossier = filed(portal.citizen("0912345678").post(&api("/dossiers"), &body));
    for (user, body) in [
        ("tiepnhan1", json!({"action": "accept"})),
        ("dieuphoi1", json!({"action": "assign", "to": "thuly1"})),
        ("thuly1", json!({"action": "submit_for_approval"})),
        ("lanhdao1", json!({"action": "approve"})),
    ] {
        dossier.act(&portal.desk(user), body).expect(200);
    }
    dossier
}

#[test]
fn a_list_of_papers_names_every_one_that_is_demanded() {
    let portal = Portal::demo();
    let dossier = portal.file(&portal.citizen("0912345678"));
    let desk = portal.desk("tiepnhan1");
    let one = json!({"action": "accept", "components": [{"id": "tp1", "originals": 1}]});
    let problem = dossier.act(&desk, one).problem(422);
    assert_eq!(fields(&problem), ["components.tp2"]);
    let both = json!({"action": "accept", "components": [{"id": "tp1"}, {"id": "tp2"}]});
    assert_eq!(dossier.act(&desk, both).expect(200).json()["status"], 2);
}

#[test]
fn a_draft_is_read_at_the_desk_and_by_no_applicant() {
    let portal = Portal::demo();
    let citizen = portal.citizen("0912345678");
    let dossier = portal.file(&citizen);
    let processor = portal.desk("thuly1");
    dossier.act(&portal.desk("tiepnhan1"), json!({"action": "accept"})).expect(200);
    let assign = json!({"action": "assign", "to": "thuly1"});
    dossier.act(&portal.desk("dieuphoi1"), assign).expect(200);
    let draft = json!({"text": "Đề nghị đồng ý.", "uploads": [upload(&processor)]});
    let id = draft["uploads"][0].as_str().unwrap().to_owned();
    let body = json!({"action": "submit_for_approval", "draft": draft});
    let state = dossier.act(&processor, body).expect(200).json();
    assert_eq!(state["attachments"], json!([]), "a draft is no paper of the dossier");
    let approver = portal.desk("lanhdao1");
    let seen = approver.get(&dossier.at("")).expect(200).json();
    let events = seen["events"].as_array().unwrap();
    assert_eq!(events.last().unwrap()["data"]["draft"], "Đề nghị đồng ý.");
    let file = dossier.at(&format!("/attachments/{id}"));
    assert_eq!(approver.get(&file).expect(200).body, pdf());
    citizen.get(&file).problem(404);
    let secret = json!({"secret": dossier.secret});
    let told = portal.anybody().post(&dossier.tracked("/details"), &secret).expect(200).text();
    assert!(!told.contains(&id) && !told.contains("Đề nghị đồng ý."), "{told}");
}

#[test]
fn a_result_is_there_and_its_number_is_not_of_tomorrow() {
    let portal = Portal::demo();
    let dossier = approved(&portal, "online");
    let ahead = json!({"action": "issue_number", "number": "1", "date": "2099-01-01"});
    let problem = dossier.act(&portal.desk("vanthu1"), ahead).problem(422);
    assert_eq!(fields(&problem), ["date"]);
    let processor = portal.desk("thuly1");
    let finish = |result: Value| {
        let body = json!({"action": "finish", "favourable": true, "result": result});
        dossier.act(&processor, body)
    };
    let plain = json!({"name": "Giấy khai sinh", "number": "1/2026", "form": "paper"});
    let plain = finish(plain).problem(422);
    assert_eq!(fields(&plain), ["result.collect_reason"]);
    let nameless = finish(json!({"name": "Giấy khai sinh", "form": "paper"})).problem(422);
    assert_eq!(fields(&nameless), ["result.number"]);
    let fileless = finish(json!({"name": "Giấy khai sinh", "form": "file"})).problem(422);
    assert_eq!(fields(&fileless), ["result.uploads"]);
    let done = finish(json!({"name": "Giấy khai sinh", "uploads": [upload(&processor)]}));
    assert_eq!(done.expect(200).json()["status"], 9);

    let at_counter = approved(&portal, "counter");
    let body = json!({
        "action": "finish", "favourable": true, "result": {"name": "Giấy khai sinh"},
    });
    assert_eq!(at_counter.act(&processor, body).expect(200).json()["status"], 9);
    let desk = portal.desk("tiepnhan1");
    let by_mandate = json!({"action": "deliver", "channel": "counter", "taker": "mandated"});
    let problem = at_counter.act(&desk, by_mandate.clone()).problem(422);
    assert_eq!(fields(&problem), ["received_by", "mandate_paper"]);
    let body = with(
        by_mandate,
        json!({"received_by": "Trần Văn Minh", "mandate_paper": "Số 15", "receipt_lost": true}),
    );
    let taken = at_counter.act(&desk, body).expect(200).json()["delivery"].clone();
    assert_eq!((&taken["taker"], &taken["mandate_paper"]), (&json!("mandated"), &json!("Số 15")));
    assert_eq!(taken["receipt_lost"], true);
}

#[test]
fn a_parent_who_filed_takes_the_childs_result_without_a_letter() {
    let portal = Portal::demo();
    let desk = portal.desk("tiepnhan1");
    let child = json!({
        "channel": "counter", "owner": {"name": "Nguyễn Minh Khang"},
        "mandate": {"kind": "legal_representative"},
    });
    let dossier = filed(desk.post(&api("/dossiers"), &with(birth(), child)));
    for (user, body) in [
        ("dieuphoi1", json!({"action": "assign", "to": "thuly1"})),
        ("thuly1", json!({"action": "submit_for_approval"})),
        ("lanhdao1", json!({"action": "approve"})),
        (
            "thuly1",
            json!({
                "action": "finish", "favourable": true,
                "result": {"name": "Giấy khai sinh", "number": "12", "form": "paper"},
            }),
        ),
        ("tiepnhan1", json!({"action": "receive_result"})),
    ] {
        dossier.act(&portal.desk(user), body).expect(200);
    }
    let (code, by_law) = (&dossier.code, json!({"action": "deliver", "channel": "counter"}));
    let page = at_desk(portal.server(), "tiepnhan1");
    let form = page.get(&format!("/mot-cua/ho-so/{code}/viec/deliver")).expect(200).text();
    assert!(form.contains("Người nộp (đại diện theo pháp luật)"), "{form}");
    let by_law = with(by_law, json!({"taker": "representative"}));
    let taken = dossier.act(&desk, by_law.clone()).expect(200).json()["delivery"].clone();
    assert_eq!(taken["taker"], "representative");
    assert_eq!(taken["received_by"], "Nguyễn Thị Thử");
    assert_eq!(taken["mandate_paper"], Value::Null);
    let slip = desk.get(&dossier.at("/papers/result_slip?format=json")).expect(200).json();
    let way = slip["contents"]["way"].as_str().unwrap();
    assert!(way.contains("người đại diện theo pháp luật"), "{way}");

    // Whose owner filed has no representative.
    let own = approved(&portal, "counter");
    let done =
        json!({"action": "finish", "favourable": true, "result": {"name": "Giấy khai sinh"}});
    own.act(&portal.desk("thuly1"), done).expect(200);
    assert_eq!(fields(&own.act(&desk, by_law).problem(422)), ["taker"]);
}

#[test]
fn who_may_not_work_on_a_dossier_is_told_so() {
    let portal = Portal::demo();
    let dossier = portal.file(&portal.citizen("0912345678"));
    let sent = form("giay.pdf", "application/pdf", &pdf()).text("version", "1");
    let cashier = portal.desk("thungan1");
    let refused = cashier.post_multipart(&dossier.at("/attachments"), sent).problem(403);
    assert!(refused.to_string().contains("Only those who work on the dossier"), "{refused}");
    dossier.act(&portal.desk("tiepnhan1"), json!({"action": "accept"})).expect(200);
    let assign = json!({"action": "assign", "to": "kiemtra1"});
    let refused = dossier.act(&portal.desk("dieuphoi1"), assign).problem(422);
    let said = refused["errors"][0].to_string();
    assert!(said.contains("has no role that processes dossiers"), "{said}");
}

#[test]
fn birth_dates_lie_behind_and_mandates_have_a_paper() {
    let portal = Portal::demo();
    let born = json!({"applicant": {"name": "Nguyễn Thị Thử", "birth_date": "2099-01-01"}});
    let sender = portal.citizen("0912345678");
    let problem = sender.post(&api("/dossiers"), &with(birth(), born)).problem(422);
    assert_eq!(fields(&problem), ["applicant.birth_date"]);
    let empty = json!({"owner": {"name": "Trần Thị Chủ"}, "mandate": {"kind": "authorised"}});
    let problem = sender.post(&api("/dossiers"), &with(birth(), empty)).problem(422);
    assert_eq!(fields(&problem), ["mandate.paper"]);
}

#[test]
fn a_second_supplement_is_known_to_be_impossible_before_it_is_typed() {
    let portal = Portal::demo();
    let dossier = portal.file(&portal.citizen("0912345678"));
    let desk = portal.desk("tiepnhan1");
    let items = json!([{"component": "tp1", "reason": "Thiếu chữ ký."}]);
    dossier.act(&desk, json!({"action": "request_supplement", "items": items})).expect(200);
    dossier.act(&desk, json!({"action": "supplement"})).expect(200);
    let listed = desk.get(&dossier.at("/actions")).expect(200).json();
    let all = listed["items"].as_array().unwrap();
    let item = all.iter().find(|item| item["action"] == "request_supplement").unwrap();
    assert_eq!(item["possible"], false);
    assert!(item["reason"]["rule"].as_str().is_some_and(|rule| !rule.is_empty()), "{item}");
}
