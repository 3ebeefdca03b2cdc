//! Between agencies and portals: consultations, filing for another agency, the national entrance.

use serde_json::{Value, json};

use super::portal::{Filed, Portal, answered, api, birth, filed, form, pdf, with};
use crate::support::http::Client;

fn field(problem: &Value) -> &str {
    problem["errors"][0]["field"].as_str().expect("a field")
}

fn upload(sender: &Client) -> Value {
    let file = form("văn bản.pdf", "application/pdf", &pdf());
    sender.post_multipart(&api("/uploads"), file).expect(201).json()["id"].clone()
}

/// A birth registration in work, with one file.
fn in_work(portal: &Portal) -> Filed {
    let citizen = portal.citizen("0912345678");
    let papers = json!({"components": [
        {"id": "tp1", "originals": 1, "uploads": [upload(&citizen)]},
        {"id": "tp2", "originals": 1, "uploads": [upload(&citizen)]},
    ]});
    let dossier = filed(citizen.post(&api("/dossiers"), &with(birth(), papers)));
    dossier.act(&portal.desk("tiepnhan1"), json!({"action": "accept"})).expect(200);
    let assign = json!({"action": "assign", "to": "thuly1"});
    dossier.act(&portal.desk("dieuphoi1"), assign).expect(200);
    dossier
}

fn question(agency: &str) -> Value {
    json!({
        "action": "consult", "agency": agency, "question": "Có đăng ký thường trú không?",
        "due_at": "2099-01-05",
    })
}

#[test]
fn who_is_asked_sees_the_question_and_no_more_and_answers_with_files() {
    let portal = Portal::demo();
    let dossier = in_work(&portal);
    let (asks, asked) = (portal.desk("thuly1"), portal.desk("thuly11"));
    let state = asks.get(&dossier.at("")).expect(200).json();
    let files: Vec<&str> = state["attachments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["id"].as_str().unwrap())
        .collect();
    let ask = with(question("H40.15"), json!({"attachments": [files[0]]}));
    asked.get(&dossier.at("")).problem(404);
    dossier.act(&asks, ask).expect(200);

    let inbox = asked.get(&api("/dossiers?queue=consultations")).expect(200).json();
    let codes: Vec<&Value> =
        inbox["items"].as_array().unwrap().iter().map(|i| &i["code"]).collect();
    assert!(codes.contains(&&json!(dossier.code)), "{inbox}");
    let seen = asked.get(&dossier.at("")).expect(200).json();
    assert_eq!(seen["owner"]["name"], "Nguyễn Thị Thử");
    assert!(!seen.to_string().contains("0912345678"), "{seen}");
    assert_eq!(seen["form"], json!({}));
    assert_eq!(seen["attachments"].as_array().unwrap().len(), 1);
    assert_eq!(seen["events"].as_array().unwrap().len(), 1, "the question alone");
    asked.get(&dossier.at(&format!("/attachments/{}", files[0]))).expect(200);
    asked.get(&dossier.at(&format!("/attachments/{}", files[1]))).problem(404);
    let by_phone = asked.get(&api("/dossiers?q=0912345678")).expect(200).json();
    assert!(!by_phone.to_string().contains(&dossier.code), "{by_phone}");
    let by_code = asked.get(&api(&format!("/dossiers?q={}", dossier.code))).expect(200).json();
    assert_eq!(
        by_code["items"][0]["code"],
        json!(dossier.code),
        "its code is what they were given"
    );
    let stranger = portal.desk("thuly21").get(&api(&format!("/dossiers?q={}", dossier.code)));
    assert_eq!(stranger.expect(200).json()["items"], json!([]));

    let answer = json!({
        "action": "answer_consultation", "consultation": 1, "answer": "Có.",
        "uploads": [upload(&asked)],
    });
    dossier.act(&asked, answer).expect(200);
    let state = asks.get(&dossier.at("")).expect(200).json();
    let consultation = &state["consultations"][0];
    assert_eq!((&consultation["answer"], &consultation["late"]), (&json!("Có."), &json!(false)));
    let file = consultation["answer_attachments"][0]["id"].as_str().unwrap();
    asks.get(&dossier.at(&format!("/attachments/{file}"))).expect(200);
    let secret = json!({"secret": dossier.secret});
    let tracked = portal.anybody().post(&dossier.tracked("/details"), &secret).expect(200).text();
    assert!(!tracked.contains(file), "an answer's files are the desk's");
}

#[test]
fn nobody_is_asked_who_cannot_answer() {
    let portal = Portal::demo();
    let dossier = in_work(&portal);
    let asks = portal.desk("thuly1");
    let refused = |body: Value| dossier.act(&asks, body).problem(422);
    assert_eq!(field(&refused(question("H99.99"))), "agency");
    assert_eq!(field(&refused(question("H40.12"))), "unit");
    let own = with(question("H40.12"), json!({"agency": null, "unit": "tu-phap-ho-tich"}));
    assert_eq!(field(&refused(own)), "unit");
    let nobody = with(question("H40.12"), json!({"agency": null, "unit": "van-phong"}));
    let problem = refused(nobody);
    assert_eq!(field(&problem), "unit");
    assert!(problem["rule"].as_str().unwrap().starts_with("Decree"), "{problem}");
    let past = with(question("H40.15"), json!({"due_at": "2020-01-06"}));
    assert_eq!(field(&refused(past)), "due_at");
    let stray = with(question("H40.15"), json!({"attachments": ["0".repeat(32)]}));
    assert_eq!(field(&refused(stray)), "attachments[0]");
}

#[test]
fn a_section_takes_in_for_another_agency_of_the_province() {
    let portal = Portal::demo();
    let desk = portal.desk("tiepnhan1");
    let counter = json!({"channel": "counter", "agency": null, "competent_agency": "H40.15"});
    let dossier = filed(desk.post(&api("/dossiers"), &with(birth(), counter)));
    for user in ["tiepnhan1", "thuly11"] {
        let seen = portal.desk(user).get(&dossier.at("")).expect(200).json();
        assert_eq!(seen["receiving_agency"], "H40.12");
        assert_eq!(seen["competent_agency"], "H40.15");
    }
    let online = json!({"competent_agency": "H40.15"});
    let online =
        filed(portal.citizen("0912345678").post(&api("/dossiers"), &with(birth(), online)));
    assert!(online.code.starts_with("H40.12-"));
    let department = json!({"channel": "counter", "competent_agency": "H40.03"});
    let problem = desk.post(&api("/dossiers"), &with(birth(), department)).problem(422);
    assert_eq!(field(&problem), "competent_agency");
    assert!(problem["rule"].as_str().unwrap().contains("art. 14"), "{problem}");
}

#[test]
fn the_national_portal_is_the_entrance_where_it_is_set_so() {
    let portal = Portal::demo();
    let stay = |change: Value| {
        let body = json!({
            "procedure": "1.004194", "agency": "H40.12", "channel": "online",
            "applicant": {"name": "Nguyễn Thị Thử", "phone": "0912345678"},
            "components": [{"id": "tp1", "originals": 1, "on_paper": true}],
        });
        with(body, change)
    };
    let citizen = portal.citizen("0912345678");
    let problem = citizen.post(&api("/dossiers"), &stay(json!({}))).problem(422);
    assert_eq!(field(&problem), "channel");
    assert!(problem["rule"].as_str().unwrap().contains("118/2025"), "{problem}");
    let page = portal.anybody().get("/thu-tuc/1.004194").expect(200).text();
    assert!(page.contains("dichvucong.gov.vn"), "the button leads there");
    assert_eq!(portal.citizen("0912345678").get("/nop-ho-so/1.004194").status, 422);

    let program = portal.program();
    let problem = program.post(&api("/dossiers"), &stay(json!({}))).problem(422);
    assert_eq!(field(&problem), "external_codes");
    let number = "000.00.16.H40-261123-0007";
    let synced = filed(program.post(&api("/dossiers"), &stay(json!({"external_codes": [number]}))));
    assert_eq!(synced.answer["status"], 1);

    let desk = portal.desk("tiepnhan1");
    let other = "G22.99.01-261123-0008";
    let helped = json!({"external_codes": [other], "assisted": true});
    let helped = filed(desk.post(&api("/dossiers"), &stay(helped)));
    assert_eq!(helped.answer["status"], 2, "checked and received in one visit");
    let state = desk.get(&api(&format!("/dossiers/{other}"))).expect(200).json();
    assert_eq!((&state["code"], &state["assisted"]), (&json!(helped.code), &json!(true)));
    let status = portal.anybody().get(&api(&format!("/tracking/{number}"))).expect(200).json();
    assert_eq!(status["code"], json!(synced.code));
    let found = portal.anybody().get(&format!("/tra-cuu/{}", other.to_lowercase())).expect(200);
    assert!(found.text().contains(&helped.code));

    let admin = portal.desk("quantri");
    let own = json!({"agency": "H40.12", "procedure": "1.004194", "mode": "own"});
    admin.post(&api("/intake"), &own).expect(200);
    let unanswered = citizen.post(&api("/dossiers"), &stay(json!({}))).problem(422);
    assert!(field(&unanswered).starts_with("form."), "filed here, our form is filled in");
    let answered = json!({"form": answered("1.004194")});
    citizen.post(&api("/dossiers"), &stay(answered)).expect(201);
    desk.post(&api("/intake"), &own).problem(403);
}
