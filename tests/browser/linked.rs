//! Linked dossiers through the desks of three agencies, and what the applicant sees of them.

use serde_json::json;

use crate::desk::{go, leave, sign_in};
use crate::support::browser::{Browser, Scripts};
use crate::support::server::Server;

const PHONE: &str = "0912345678";
const SUBMIT: &str = "main form .buttons button.button";

/// Birth, residence at the other commune, insurance at the department: its code and secret.
fn filed(server: &Server) -> (String, String) {
    let anybody = server.client();
    let sent = anybody.post("/api/v1/otp", &json!({ "phone": PHONE })).expect(200).json();
    let body = json!({"phone": PHONE, "code": sent["code"]});
    let proof = anybody.post("/api/v1/otp/verify", &body).expect(200).json();
    let citizen = server.client().header("X-Proof", proof["proof"].as_str().unwrap());
    let body = json!({
        "procedure": "2.000986", "agency": "H40.12", "channel": "online",
        "applicant": {"name": "Nguyễn Thị Ánh", "phone": PHONE},
        "components": [
            {"id": "tp1", "originals": 1, "on_paper": true},
            {"id": "tp2", "originals": 1, "on_paper": true},
        ],
        "linked": [{"procedure": "1.004222", "agency": "H40.15"}],
    });
    let filed = citizen.post("/api/v1/dossiers", &body).expect(201).json();
    let text = |name: &str| filed[name].as_str().unwrap().to_owned();
    (text("code"), text("lookup_secret"))
}

/// Does the main thing of a dossier's page as somebody, filling its form when it has one.
fn as_somebody(
    browser: &Browser,
    server: &Server,
    user: &str,
    code: &str,
    fill: impl FnOnce(&Browser),
) {
    sign_in(browser, server, user);
    browser.open(&server.url(&format!("/mot-cua/ho-so/{code}")));
    let asks = browser.count(".actions > a.button") == 1;
    go(browser, ".actions .button");
    if asks {
        fill(browser);
        go(browser, SUBMIT);
    }
    assert!(browser.url().contains("?xong="), "{user}: {}", browser.text("main"));
}

fn sign_out(browser: &Browser) {
    leave(browser, || browser.press("Đăng xuất"));
}

fn tick_papers(browser: &Browser) {
    let tick = "document.querySelectorAll('[name=paper]:not(:checked)').forEach(b => b.click())";
    browser.evaluate(tick, Vec::new());
}

/// The codes of the open parts that a dossier's page shows.
fn parts(browser: &Browser) -> Vec<String> {
    browser.texts(".linked a.code")
}

/// From the coordinator to the result, at one agency.
fn settle(browser: &Browser, server: &Server, code: &str, desks: [&str; 3]) {
    let [coordinator, processor, approver] = desks;
    let whom = format!("p:{processor}");
    as_somebody(browser, server, coordinator, code, |b| b.choose("#f-to", &whom));
    sign_out(browser);
    as_somebody(browser, server, processor, code, |_| {});
    sign_out(browser);
    as_somebody(browser, server, approver, code, |_| {});
    sign_out(browser);
    sign_in(browser, server, processor);
    browser.open(&server.url(&format!("/mot-cua/ho-so/{code}/viec/finish")));
    browser.fill("#f-result-number", "12/2026");
    go(browser, SUBMIT);
    // What has consequences asks first.
    go(browser, SUBMIT);
    assert!(browser.url().contains("?xong=finish"), "{}", browser.text("main"));
}

#[test]
fn a_child_s_dossiers_go_through_three_agencies() {
    let server = Server::demo();
    let (code, secret) = filed(&server);
    let browser = Browser::start(Scripts::Off);
    as_somebody(&browser, &server, "tiepnhan1", &code, tick_papers);
    let shown = browser.text(".linked");
    assert!(shown.contains("Sở Tư pháp") && shown.contains("Hải Hậu"), "{shown}");
    assert!(shown.contains("Sẽ mở sau khi có kết quả"), "{shown}");
    let insurance = parts(&browser).remove(0);
    sign_out(&browser);

    settle(&browser, &server, &insurance, ["dieuphoi21", "thuly22", "lanhdao21"]);
    let leader = browser.text(".linked");
    assert!(leader.contains(&code) && parts(&browser).is_empty(), "known, not opened: {leader}");
    sign_out(&browser);

    settle(&browser, &server, &code, ["dieuphoi1", "thuly1", "lanhdao1"]);
    sign_out(&browser);
    sign_in(&browser, &server, "tiepnhan1");
    browser.open(&server.url(&format!("/mot-cua/ho-so/{code}")));
    let residence = parts(&browser).remove(1);
    sign_out(&browser);
    as_somebody(&browser, &server, "dieuphoi11", &residence, |b| b.choose("#f-to", "p:thuly15"));

    browser.open(&server.url("/tra-cuu"));
    browser.fill("#f-code", &code);
    browser.fill("#f-secret", &secret);
    leave(&browser, || browser.press("Xem hồ sơ"));
    let page = browser.text("main");
    for words in
        ["Hồ sơ liên thông", &insurance, &residence, "Đăng ký thường trú: Chuyển Công an xã"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    // What waits for the applicant stands above, whichever part it is of.
    assert_eq!(browser.texts(".banner-note a.code"), [insurance.as_str()]);
    browser.resize(320, 740);
    assert!(!browser.scrolls_sideways());
    // The same secret has opened the parts.
    browser.open(&server.url(&format!("/tra-cuu/{residence}")));
    assert!(browser.text("main").contains(&code), "{}", browser.text("main"));
}

#[test]
fn administrators_declare_links_and_entrances() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::On);
    sign_in(&browser, &server, "quantri");
    browser.open(&server.url("/quan-tri/lien-thong?thu_tuc=1.001193"));
    browser.fill("#f-them", "9.000001");
    leave(&browser, || browser.press("Thêm"));
    browser.choose("#f-followers-0--agency", "H40.03");
    browser.choose("#f-followers-0--from-tp1", "tp1");
    leave(&browser, || browser.click("button[name=_save]:not(.hidden)"));
    assert!(browser.text("main").contains("Thủ tục đăng ký khai sinh"), "{}", browser.text("main"));
    for page in ["/quan-tri/lien-thong", "/quan-tri/lien-thong/2.000986", "/quan-tri/noi-nop"] {
        browser.resize(1280, 900);
        browser.open(&server.url(page));
        assert!(browser.violations().is_empty(), "{page}: {:?}", browser.violations());
        browser.resize(320, 740);
        assert!(!browser.scrolls_sideways(), "{page} scrolls sideways");
    }
}

#[test]
fn many_are_done_at_once_and_each_says_how_it_went() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::Off);
    sign_in(&browser, &server, "tiepnhan1");
    browser.open(&server.url("/mot-cua?hang=to_check"));
    let tick =
        "[...document.querySelectorAll('td.tick input')].slice(0, 3).forEach(b => b.click())";
    browser.evaluate(tick, Vec::new());
    leave(&browser, || browser.click("button[value=accept]"));
    assert!(browser.text("h1").contains("Tiếp nhận 3 hồ sơ"), "{}", browser.text("main"));
    let codes = browser.texts("main li a.code");
    let other = Browser::start(Scripts::Off);
    sign_in(&other, &server, "tiepnhan2");
    other.open(&server.url(&format!("/mot-cua/ho-so/{}/viec/note", codes[1])));
    other.fill("#f-note", "Đã gọi cho người nộp.");
    go(&other, SUBMIT);
    go(&browser, "main form button.button");
    let said = browser.text("main");
    assert!(said.contains("Xong 2.") && said.contains("Không làm được 1:"), "{said}");
    assert!(said.contains("Hồ sơ vừa có thay đổi"), "{said}");
}
