//! The applicant hands in what the section asked for, from the tracking page.

use serde_json::{Value, json};

use crate::filing::{follow_opened, pictures, press, press_refused, wait_for};
use crate::support::browser::{Browser, Scripts};
use crate::support::http::Client;
use crate::support::server::Server;

const PHONE: &str = "0912345678";
const PICTURE_REASON: &str = "Ảnh chụp bị lóa, chụp lại đủ bốn góc";
const PROOF_REASON: &str = "Thiếu giấy xác nhận nơi ở của cha mẹ";

fn api(path: &str) -> String {
    format!("/api/v1{path}")
}

/// A dossier of which two things are missing: its code and secret.
fn lacking(server: &Server) -> (String, String) {
    let anybody = server.client();
    let sent = anybody.post(&api("/otp"), &json!({ "phone": PHONE })).expect(200).json();
    let body = json!({"phone": PHONE, "code": sent["code"]});
    let proof = anybody.post(&api("/otp/verify"), &body).expect(200).json();
    let citizen = server.client().header("X-Proof", proof["proof"].as_str().unwrap());
    let filed = citizen.post(&api("/dossiers"), &birth()).expect(201).json();
    let code = filed["code"].as_str().unwrap().to_owned();

    let body = json!({"user": "tiepnhan1", "password": "motcua-demo"});
    let session = anybody.post(&api("/sessions"), &body).expect(200).json();
    let desk: Client = server.client().bearer(session["token"].as_str().unwrap());
    let items = json!([
        {"component": "tp1", "reason": PICTURE_REASON},
        {"reason": PROOF_REASON},
    ]);
    let action = json!({
        "action": "request_supplement", "version": filed["version"], "items": items,
    });
    let state = desk.post(&api(&format!("/dossiers/{code}/actions")), &action).expect(200).json();
    assert_eq!(state["status"], 5, "{state}");
    (code, filed["lookup_secret"].as_str().unwrap().to_owned())
}

fn birth() -> Value {
    json!({
        "procedure": "1.001022", "channel": "online", "form": {}, "return_channel": "counter",
        "applicant": {
            "name": "Nguyễn Thị Ánh", "id_number": "036185990001", "birth_date": "1985-02-05",
            "phone": PHONE, "address": "Số 1, tổ 2, phường Nam Định",
        },
        "components": [
            {"id": "tp1", "originals": 1, "copies": 0, "on_paper": true},
            {"id": "tp2", "originals": 1, "copies": 0, "on_paper": true},
        ],
    })
}

fn supplements(scripts: Scripts) {
    let (server, folder) = (Server::demo(), tempfile::tempdir().unwrap());
    let (code, secret) = lacking(&server);
    let [picture, _] = pictures(&folder);

    let browser = Browser::start(scripts);
    follow_opened(&browser, server.base(), &code, &secret);
    let page = browser.text("main");
    // Each reason stands beside the paper that it is about.
    for part in ["Hồ sơ cần bổ sung 1 giấy tờ và 1 nội dung", PICTURE_REASON, PROOF_REASON]
    {
        assert!(page.contains(part), "{part} in {page}");
    }
    press(&browser, "Bổ sung giấy tờ", "Bổ sung giấy tờ");
    // Nothing was chosen: each of the two is named, at its field.
    press_refused(&browser, "Gửi bổ sung");
    assert_eq!(browser.count(".summary-of-errors a"), 2);
    browser.upload("[type=file][name='item.0']", &[&picture]);
    if let Scripts::On = scripts {
        wait_for(&browser, ".files li", 1);
    }
    browser.fill("[name='item.1.text']", "Cha mẹ đang ở nước ngoài");
    // What is put off is there again, the file as well as the words.
    press(&browser, "Để sau", &format!("Hồ sơ {code}"));
    press(&browser, "Bổ sung giấy tờ", "Bổ sung giấy tờ");
    assert_eq!(browser.count(".files li"), 1, "the file is kept");
    assert_eq!(browser.value("[name='item.1.text']"), "Cha mẹ đang ở nước ngoài");
    press(&browser, "Gửi bổ sung", &format!("Hồ sơ {code}"));
    let page = browser.text("main");
    for part in ["Mới đăng ký", "to-khai.png", "Cha mẹ đang ở nước ngoài", "trả lời:"]
    {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(!page.contains("Hẹn trả mới"), "nothing is received yet: {page}");
    assert!(!page.contains("Hồ sơ cần bổ sung"), "{page}");

    // A typing error is put right at once: nothing is received yet.
    press(&browser, "Sửa thông tin đã khai", "Sửa thông tin đã khai");
    browser.fill("[name='changes.owner.name']", "Nguyễn Thị Ảnh");
    press_refused(&browser, "Gửi nội dung sửa");
    assert_eq!(browser.value("[name='changes.owner.name']"), "Nguyễn Thị Ảnh");
    browser.fill("[name='reason']", "Gõ nhầm dấu");
    press(&browser, "Gửi nội dung sửa", &format!("Hồ sơ {code}"));
    let page = browser.text("main");
    for part in ["Đã sửa thông tin.", "Nguyễn Thị Ánh → Nguyễn Thị Ảnh"] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(!browser.url().contains('#'), "nothing is left in the address");
}

/// What is promised on paper is waited for, and taken in at the counter.
#[test]
fn a_paper_that_is_promised_is_waited_for() {
    let server = Server::demo();
    let (code, secret) = lacking(&server);
    let browser = Browser::start(Scripts::Off);
    follow_opened(&browser, server.base(), &code, &secret);
    press(&browser, "Bổ sung giấy tờ", "Bổ sung giấy tờ");
    browser.click("[name='item.0.mode'][value='counter']");
    browser.fill("[name='item.1.text']", "Cha mẹ đang ở nước ngoài");
    press(&browser, "Gửi bổ sung", &format!("Hồ sơ {code}"));
    let page = browser.text("main");
    for part in ["Đã ghi nhận.", "Hồ sơ cần bổ sung 1 giấy tờ", "Mang đến quầy: "]
    {
        assert!(page.contains(part), "{part} in {page}");
    }

    let body = json!({"user": "tiepnhan1", "password": "motcua-demo"});
    let session = server.client().post(&api("/sessions"), &body).expect(200).json();
    let desk: Client = server.client().bearer(session["token"].as_str().unwrap());
    let state = desk.get(&api(&format!("/dossiers/{code}"))).expect(200).json();
    assert_eq!((&state["status"], &state["supplement"]["is_promised"]), (&json!(5), &json!(true)));
    assert_eq!(state["supplement"]["items"].as_array().unwrap().len(), 1, "{state}");
    // At the counter the paper is there, and the section goes on.
    let actions = api(&format!("/dossiers/{code}/actions"));
    let unasked = json!({"action": "supplement", "version": state["version"], "promised": ["x"]});
    assert_eq!(desk.post(&actions, &unasked).problem(422)["errors"][0]["field"], "promised[0]");
    let taken = json!({"action": "supplement", "version": state["version"]});
    assert_eq!(desk.post(&actions, &taken).expect(200).json()["status"], 1);
}

#[test]
fn missing_papers_are_handed_in_with_scripts() {
    supplements(Scripts::On);
}

#[test]
fn missing_papers_are_handed_in_without_scripts() {
    supplements(Scripts::Off);
}
