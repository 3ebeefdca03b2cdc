//! What applicants do of their own accord: corrections and papers that nobody asked for.

use serde_json::{Value, json};

use super::portal::{Filed, Portal, answered, api, birth, filed, form, pdf, with};
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

/// A poor household's form with two members; it repeats who files.
fn household(portal: &Portal) -> Filed {
    let head = json!({"chu_ho": "Nguyễn Thị Thử", "ngay_sinh": "17/5/1990"});
    let body = json!({
        "procedure": "1.011607", "form": with(answered("1.011607"), head), "components": [],
    });
    filed(portal.citizen("0912345678").post(&api("/dossiers"), &with(birth(), body)))
}

#[test]
fn the_form_and_the_person_stay_alike_whichever_of_them_is_put_right() {
    let portal = Portal::demo();
    let dossier = household(&portal);
    let desk = portal.desk("tiepnhan1");
    dossier.act(&desk, json!({"action": "accept"})).expect(200);
    let correct = |changes: Value| {
        let action = json!({"action": "correct", "changes": changes, "reason": "Gõ nhầm"});
        dossier.act(&desk, action)
    };
    // The person, and the answer follows; a birthday in the form's own way of keeping it.
    let person = json!({"owner.name": "Nguyễn Thị Thủ", "owner.birth_date": "1990-05-18"});
    let state = correct(person).expect(200).json();
    assert_eq!(state["form"]["chu_ho"], "Nguyễn Thị Thủ", "{state}");
    assert_eq!(state["form"]["ngay_sinh"], "1990-05-18", "{state}");
    // The answer, and the person follows: owner and submitter, who are one.
    let state = correct(json!({"form.chu_ho": "Nguyễn Thị Thư"})).expect(200).json();
    assert_eq!(state["owner"]["name"], "Nguyễn Thị Thư", "{state}");
    assert_eq!(state["applicant"]["name"], "Nguyễn Thị Thư", "{state}");
    // Both at once say what each says; nobody guesses.
    let both = json!({"owner.name": "Trần Thị A", "form.chu_ho": "Trần Thị B"});
    let state = correct(both).expect(200).json();
    assert_eq!(
        (&state["owner"]["name"], &state["form"]["chu_ho"]),
        (&json!("Trần Thị A"), &json!("Trần Thị B"))
    );
    // They differ now: neither takes the other along.
    let state = correct(json!({"owner.name": "Trần Thị C"})).expect(200).json();
    assert_eq!(state["form"]["chu_ho"], "Trần Thị B", "{state}");
    // The form refuses what would follow, with its place, and nothing has changed.
    let version = state["version"].clone();
    correct(json!({"owner.birth_date": "2990-01-01"})).problem(422);
    let now = desk.get(&dossier.at("")).expect(200).json();
    assert_eq!((&now["version"], &now["owner"]["birth_date"]), (&version, &json!("1990-05-18")));
}

#[test]
fn a_row_of_a_table_is_put_right_and_the_others_stay() {
    let portal = Portal::demo();
    let dossier = household(&portal);
    let desk = portal.desk("tiepnhan1");
    dossier.act(&desk, json!({"action": "accept"})).expect(200);
    let filed = desk.get(&dossier.at("")).expect(200).json();
    let rows = filed["form"]["thanh_vien"].as_array().unwrap().clone();
    let correct = |rows: &[Value]| {
        let changes = json!({"form.thanh_vien": rows});
        dossier.act(&desk, json!({"action": "correct", "changes": changes, "reason": "Gõ nhầm"}))
    };
    // One cell that cannot be: named by its row and column, the rest as it was.
    let wrong = [rows[0].clone(), with(rows[1].clone(), json!({"ngay_sinh": "31/2/2020"}))];
    let problem = correct(&wrong).problem(422);
    let fields: Vec<&Value> =
        problem["errors"].as_array().unwrap().iter().map(|error| &error["field"]).collect();
    assert_eq!(fields, [&json!("changes.form.thanh_vien[1].ngay_sinh")], "{problem}");
    assert_eq!(desk.get(&dossier.at("")).expect(200).json()["form"], filed["form"]);

    // One cell is put right: what is calculated of it follows, and what is told names the row alone.
    let right = [rows[0].clone(), with(rows[1].clone(), json!({"thu_nhap": "300000"}))];
    let state = correct(&right).expect(200).json();
    assert_eq!(state["form"]["thanh_vien"][0], rows[0], "{state}");
    assert_eq!(state["form"]["thanh_vien"][1]["thu_nhap"], json!(300_000), "{state}");
    assert_eq!(state["form"]["tong_thu_nhap"], json!(1_500_000), "{state}");
    assert_eq!(state["form"]["binh_quan"], json!(750_000), "{state}");
    let body = json!({"secret": dossier.secret});
    let seen = portal.anybody().post(&dossier.tracked("/details"), &body).expect(200).json();
    let told = seen["history"].as_array().unwrap().last().unwrap()["changes"].clone();
    let of = |field: &str| {
        told.as_array().unwrap().iter().find(|change| change["field"] == field).cloned()
    };
    let table = of("form.thanh_vien").unwrap();
    assert!(!table["new"].as_str().unwrap().contains("Hà Thị Sen"), "that row stays: {table}");
    assert!(table["new"].as_str().unwrap().contains("300.000"), "{table}");
    assert!(of("form.binh_quan").is_some() && of("form.chu_ho").is_none(), "{told}");

    // A row goes; without any the table that is asked is refused.
    let state = correct(&rows[..1]).expect(200).json();
    assert_eq!(state["form"]["thanh_vien"].as_array().unwrap().len(), 1, "{state}");
    assert_eq!(state["form"]["so_nguoi"], json!(1), "{state}");
    correct(&[]).problem(422);
}
