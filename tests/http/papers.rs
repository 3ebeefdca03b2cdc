//! Papers, the register, layouts and rule packs, through the pages that people use.

use std::fs;

use serde_json::json;

use crate::api::portal::{Portal, api, birth, filed, form, pdf, with};
use crate::support::http::{Answer, Client, field};
use crate::support::server::{Server, motcua};

const SHIPPED: &str = include_str!("../../assets/rules/decree-118-2025.toml");

/// A browser without scripts in which somebody is signed in.
pub fn at_desk(server: &Server, user: &str) -> Client {
    let client = server.client().with_cookies();
    let page = client.get("/mot-cua/dang-nhap").expect(200).text();
    let (csrf, key) = (field(&page, "_csrf"), field(&page, "_key"));
    let fields =
        [("_csrf", csrf.as_str()), ("_key", &key), ("user", user), ("password", "motcua-demo")];
    client.post_form("/mot-cua/dang-nhap", &fields).expect(303);
    client
}

/// Sends the form of a page with further fields.
pub fn send(client: &Client, from: &str, to: &str, fields: &[(&str, &str)]) -> Answer {
    let page = client.get(from).expect(200).text();
    let (csrf, key) = (field(&page, "_csrf"), field(&page, "_key"));
    let own = [("_csrf", csrf.as_str()), ("_key", key.as_str())];
    client.post_form(to, &[&own[..], fields].concat())
}

fn is_pdf(answer: &Answer) -> bool {
    answer.header("Content-Type") == Some("application/pdf")
}

/// Takes a birth registration in over the counter.
fn taken_in(portal: &Portal) -> String {
    let body = with(birth(), json!({"channel": "counter"}));
    filed(portal.desk("tiepnhan1").post(&api("/dossiers"), &body)).code
}

#[test]
fn the_desk_prints_one_paper_and_many() {
    let portal = Portal::demo();
    let desk = at_desk(portal.server(), "tiepnhan1");
    let codes = [taken_in(&portal), taken_in(&portal)];
    for deed in ["receipt", "control_sheet"] {
        let paper = desk.get(&format!("/mot-cua/ho-so/{}/in/{deed}", codes[0])).expect(200);
        assert!(is_pdf(&paper), "{deed}");
    }
    desk.get(&format!("/mot-cua/ho-so/{}/in/apology", codes[0])).expect(404);
    desk.get(&format!("/mot-cua/ho-so/{}/in/recipe", codes[0])).expect(404);

    let ticked = [("viec", "print"), ("ma", codes[0].as_str()), ("ma", codes[1].as_str())];
    let print = |paper| {
        let fields = [&ticked[..], &[("giay", paper)]].concat();
        send(&desk, "/mot-cua?hang=all", "/mot-cua/hang-loat", &fields)
    };
    let way = print("receipt").expect(303);
    let way = way.header("Location").expect("the way to the file").to_owned();
    assert!(is_pdf(&desk.get(&way).expect(200)));
    let told = print("apology").expect(200).text();
    assert!(told.contains("Không hồ sơ nào đã chọn có giấy này."));
    assert!(print("recipe").expect(200).text().contains("Chọn giấy cần in."));
}

#[test]
fn the_register_is_a_page_a_book_and_a_spreadsheet() {
    let portal = Portal::demo();
    let desk = at_desk(portal.server(), "tiepnhan1");
    let code = taken_in(&portal);
    let asked = "tu=01/01/2025&den=31/12/2025";
    let empty = desk.get(&format!("/mot-cua/so-theo-doi?{asked}")).expect(200).text();
    assert!(empty.contains("Kỳ này chưa tiếp nhận hồ sơ nào."));
    assert!(desk.get("/mot-cua/so-theo-doi").expect(200).text().contains(&code));
    assert!(is_pdf(&desk.get("/mot-cua/so-theo-doi/so.pdf").expect(200)));
    let sheet = desk.get("/mot-cua/so-theo-doi/so.xlsx").expect(200);
    assert!(sheet.header("Content-Type").is_some_and(|kind| kind.contains("spreadsheetml")));
    assert!(sheet.header("Content-Disposition").is_some_and(|how| how.starts_with("attachment")));
    for wrong in ["tu=31/02/2026", "tu=01/02/2026&den=01/01/2026", "tu=01/01/2020&den=31/12/2026"] {
        let page = desk.get(&format!("/mot-cua/so-theo-doi?{wrong}")).expect(422).text();
        assert!(page.contains("id=\"loi\""), "{wrong}");
    }
    // Another agency's register has another agency's dossiers.
    let elsewhere = at_desk(portal.server(), "tiepnhan11");
    assert!(!elsewhere.get("/mot-cua/so-theo-doi").expect(200).text().contains(&code));
}

#[test]
fn an_administrator_adapts_a_layout_only_when_it_can_be_set() {
    let portal = Portal::demo();
    let admin = at_desk(portal.server(), "quantri");
    let code = taken_in(&portal);
    let here = "/quan-tri/mau-giay/receipt";
    let change = |deed, text: &str| send(&admin, here, here, &[("viec", deed), ("text", text)]);
    let own = "#import \"parts.typ\": *\n#show: sheet\n#letterhead()\nMẫu của phường";

    assert!(is_pdf(&change("preview", own).expect(200)));
    assert!(
        !admin.get(here).expect(200).text().contains("Mẫu của phường"),
        "a preview keeps nothing"
    );

    let refused =
        change("save", "#import \"parts.typ\": *\n#show: sheet\n#data.khong_co").expect(422);
    assert!(refused.text().contains("Dòng 3, cột"), "the place of the fault");
    assert!(refused.text().contains("khong_co"), "what was typed is kept");
    let outside = change("save", "#read(\"/etc/passwd\")").expect(422);
    assert!(outside.text().contains("Dòng 1, cột"));
    assert!(admin.get(here).expect(200).text().contains("#opening["), "nothing was saved");

    change("save", own).expect(303);
    assert!(admin.get(here).expect(200).text().contains("Mẫu của phường"));
    let desk = at_desk(portal.server(), "tiepnhan1");
    assert!(is_pdf(&desk.get(&format!("/mot-cua/ho-so/{code}/in/receipt")).expect(200)));
    change("reset", "").expect(303);
    assert!(admin.get(here).expect(200).text().contains("#opening["));

    desk.get("/quan-tri/mau-giay").expect(403);
    desk.get(here).expect(403);
    desk.get("/quan-tri/quy-tac").expect(403);
}

/// A pack of one's own, made by editing data only.
fn pilot_pack() -> String {
    SHIPPED
        .replace("id = \"decree-118-2025\"", "id = \"thi-diem\"")
        .replace("vi = \"Nghị định 118/2025/NĐ-CP\"", "vi = \"Quy tắc thí điểm\"")
        .replace("per_phase = 1", "per_phase = 2")
        .replace("answer_working_hours = 8", "answer_working_hours = 4")
        .replace("policy = \"restart\"", "policy = \"resume\"")
        .replacen("number = \"01\"", "number = \"21\"", 1)
        .replacen("Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "Phiếu hẹn thí điểm", 1)
        .replace(
            "supplement_per_phase = \"Nghị định 118/2025/NĐ-CP, Điều 17\"",
            "supplement_per_phase = \"Quyết định 12/2027/QĐ-UBND, Điều 3\"",
        )
}

#[test]
fn a_pack_of_the_folder_changes_the_rules_of_the_agency_that_chooses_it() {
    let mut portal = Portal::demo();
    let waiting = portal.file(&portal.citizen("0912345678"));
    let received = taken_in(&portal);
    let folder = portal.server().folder().join("rules");
    fs::create_dir(&folder).expect("a folder");
    fs::write(folder.join("thi-diem.toml"), pilot_pack()).expect("a pack");
    portal.server_mut().terminate();
    portal.server_mut().restart();

    let admin = at_desk(portal.server(), "quantri");
    let fields = [("agency", "H40.12"), ("pack.H40.12", "thi-diem")];
    send(&admin, "/quan-tri/quy-tac", "/quan-tri/quy-tac", &fields).expect(303);
    let page = portal.anybody().get("/quy-tac?lang=vi").expect(200).text();
    assert!(page.contains("Quy tắc thí điểm") && page.contains("trong 4 giờ làm việc"));

    // What was not received yet is under the new pack: asked twice, and not a third time.
    let desk = portal.desk("tiepnhan1");
    let ask = json!({"action": "request_supplement",
        "items": [{"component": "tp1", "reason": "Bản chụp mờ"}]});
    for _ in 0..2 {
        waiting.act(&desk, ask.clone()).expect(200);
        let sent = form("giay.pdf", "application/pdf", &pdf());
        let upload = desk.post_multipart(&api("/uploads"), sent).expect(201).json();
        let given = json!({"action": "supplement",
            "uploads": [{"component": "tp1", "id": upload["id"]}]});
        waiting.act(&desk, given).expect(200);
    }
    // The refusal names the article of the pack in force, in either language.
    let asked = with(ask, json!({"version": waiting.version(&desk)}));
    let said = |lang| desk.post(&waiting.at(&format!("/actions?lang={lang}")), &asked);
    assert_eq!(said("vi").problem(422)["rule"], "Quyết định 12/2027/QĐ-UBND, Điều 3");
    assert_eq!(said("en").problem(422)["rule"], "Decision 12/2027/QD-UBND, art. 3");
    assert_ne!(said("vi").problem(422)["detail"], said("en").problem(422)["detail"]);
    waiting.act(&desk, json!({"action": "accept"})).expect(200);
    let pack = |code: &str| {
        let state = desk.get(&api(&format!("/dossiers/{code}"))).expect(200).json();
        state["rule_pack"].as_str().expect("a pack").to_owned()
    };
    assert_eq!(pack(&waiting.code), "thi-diem+309-2026");
    assert_eq!(pack(&received), "decree-118-2025+309-2026", "it keeps its own");

    // The receipt is numbered and titled by the pack, and an answer is due in half the hours.
    let receipt = |code: &str| {
        let paper = desk.get(&api(&format!("/dossiers/{code}/papers/receipt?format=json")));
        paper.expect(200).json()["contents"].clone()
    };
    assert_eq!(receipt(&waiting.code)["form_number"], "Mẫu số 21, Thông tư 03/2025/TT-VPCP");
    assert_eq!(receipt(&waiting.code)["title"], "Phiếu hẹn thí điểm");
    assert_eq!(receipt(&received)["form_number"], "Mẫu số 01, Thông tư 03/2025/TT-VPCP");
    let again = portal.file(&portal.citizen("0912345679"));
    let state = desk.get(&again.at("")).expect(200).json();
    let line = json!({"received": state["events"][0]["at"], "duration": 4, "unit": "working_hour"});
    let file = portal.server().folder().with_extension("jsonl");
    fs::write(&file, line.to_string()).expect("written");
    let file = file.to_str().expect("a plain name");
    let told = portal.server().command(&["deadline", "--batch", file, "--agency", "H40.12"]);
    let told: serde_json::Value = serde_json::from_str(&told.stdout).expect("JSON");
    assert_eq!(told["due_at"], state["due_at"], "four working hours, not eight");

    let ended = [("agency", "H40.12"), ("pack.H40.12", "decree-61-2018")];
    let refused = send(&admin, "/quan-tri/quy-tac", "/quan-tri/quy-tac", &ended).expect(422);
    assert!(refused.text().contains("không có hiệu lực hôm nay"));
}

#[test]
fn a_bad_pack_stops_the_start_and_says_where() {
    let mut server = Server::empty();
    server.terminate();
    let folder = server.folder().join("rules");
    fs::create_dir(&folder).expect("a folder");
    let wrong = SHIPPED
        .replace("id = \"decree-118-2025\"", "id = \"hong\"")
        .replace("per_phase = 1", "per_phase = \"hai\"");
    let line = wrong.lines().position(|line| line.starts_with("per_phase")).expect("a line") + 1;
    fs::write(folder.join("hong.toml"), wrong).expect("a pack");
    let data = server.folder().to_str().expect("a plain name");
    let done = motcua(&["serve", "--listen", "127.0.0.1:0", "--data", data]);
    assert_eq!(done.code, Some(1), "{}", done.stderr);
    assert!(done.stderr.contains("hong.toml") && done.stderr.contains(&format!("line {line}")));
    assert!(done.stderr.contains("repair it"), "{}", done.stderr);
}
