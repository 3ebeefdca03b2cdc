//! The desk in a browser: a dossier's whole way through the pages, the counter by keyboard, what is
//! refused, and what everybody can read.

use std::fs;

use fantoccini::key::Key;
use serde_json::json;

use crate::support::browser::{Browser, Scripts};
use crate::support::server::Server;

const PASSWORD: &str = "motcua-demo";
const CARD: &str =
    "036185990001|012345678|Nguyễn Thị Ánh|03021985|Nữ|Số 1, phường Nam Định|05062021";
/// A form's own button, not the unseen one that Enter presses.
const SUBMIT: &str = "main form .buttons button.button";
/// A picture of one point.
const PNG: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\
    \0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82";

/// The address without the fragment that forms leave behind.
fn address(browser: &Browser) -> String {
    browser.url().split('#').next().unwrap_or_default().to_owned()
}

/// Clicks, and waits until the page is another one.
pub fn go(browser: &Browser, css: &str) {
    leave(browser, || browser.click(css));
}

/// Does something that leads to another page, and waits for it.
pub fn leave(browser: &Browser, step: impl FnOnce()) {
    browser.evaluate("document.documentElement.dataset.old = '1'", Vec::new());
    step();
    for _ in 0..2_000 {
        if browser.count("html[data-old]") == 0 && browser.count("footer.bottom") == 1 {
            return;
        }
    }
    panic!("still on {}", browser.url());
}

/// Signs an account of the demo in.
pub fn sign_in(browser: &Browser, server: &Server, user: &str) {
    browser.open(&server.url("/mot-cua/dang-nhap"));
    browser.fill("#f-user", user);
    browser.fill("#f-password", PASSWORD);
    go(browser, "main form button.button");
    assert!(address(browser).ends_with("/mot-cua"), "signed in at {}", browser.url());
}

fn sign_out(browser: &Browser) {
    leave(browser, || browser.press("Đăng xuất"));
    assert!(address(browser).ends_with("/mot-cua/dang-nhap"));
}

/// The code of a dossier that waits for its check and that this agency settles.
fn waiting_code(browser: &Browser, server: &Server) -> String {
    browser.open(&server.url("/mot-cua?hang=to_check&linh_vuc=H%E1%BB%99%20t%E1%BB%8Bch"));
    browser.text("table.data td a.code")
}

fn open(browser: &Browser, server: &Server, code: &str) {
    browser.open(&server.url(&format!("/mot-cua/ho-so/{code}")));
}

fn tick_papers(browser: &Browser) {
    let tick = "document.querySelectorAll('[name=paper]:not(:checked)').forEach(b => b.click())";
    browser.evaluate(tick, Vec::new());
}

/// Does the main thing of the dossier's page: at once, or by the form to which it leads.
fn main_action(browser: &Browser, fill: impl FnOnce(&Browser)) {
    let asks = browser.count(".actions > a.button") == 1;
    go(browser, ".actions .button");
    if asks {
        fill(browser);
        go(browser, SUBMIT);
    }
}

fn assert_done(browser: &Browser, action: &str, code: &str) {
    let url = address(browser);
    assert!(url.ends_with(&format!("/{code}?xong={action}")), "{action}: {url}");
    let said = browser.text(".banner");
    assert!(said.contains(code), "{said}");
}

/// Waits for a file that a script sends ahead of its form.
fn await_file(browser: &Browser) {
    for _ in 0..2_000 {
        if browser.count(".files li") > 0 {
            return;
        }
    }
    panic!("the file did not arrive: {}", browser.text("main"));
}

fn whole_way(scripts: Scripts) {
    let server = Server::demo();
    let browser = Browser::start(scripts);
    sign_in(&browser, &server, "tiepnhan1");
    let code = waiting_code(&browser, &server);
    open(&browser, &server, &code);
    main_action(&browser, tick_papers);
    assert_done(&browser, "accept", &code);
    main_action(&browser, |browser| browser.choose("#f-to", "p:thuly1"));
    assert_done(&browser, "assign", &code);
    sign_out(&browser);

    sign_in(&browser, &server, "thuly1");
    open(&browser, &server, &code);
    main_action(&browser, |_| {});
    assert_done(&browser, "submit_for_approval", &code);
    sign_out(&browser);

    sign_in(&browser, &server, "lanhdao1");
    open(&browser, &server, &code);
    main_action(&browser, |_| {});
    assert_done(&browser, "approve", &code);
    sign_out(&browser);

    sign_in(&browser, &server, "vanthu1");
    open(&browser, &server, &code);
    main_action(&browser, |browser| browser.fill("#f-number", "12/TLKT"));
    assert_done(&browser, "issue_number", &code);
    sign_out(&browser);

    sign_in(&browser, &server, "thuly1");
    open(&browser, &server, &code);
    finish(&browser, scripts, &code);
    sign_out(&browser);

    sign_in(&browser, &server, "tiepnhan1");
    browser.open(&server.url("/mot-cua/tra-ket-qua"));
    browser.fill("#f-ma", &code.replace('-', "").to_lowercase());
    leave(&browser, || browser.press("Tìm"));
    assert!(address(&browser).ends_with(&format!("/{code}/viec/deliver")), "{}", browser.url());
    go(&browser, SUBMIT);
    assert_done(&browser, "deliver", &code);
    assert!(browser.text(".dossier-head").contains("Đã trả kết quả"));
}

fn finish(browser: &Browser, scripts: Scripts, code: &str) {
    let folder = tempfile::tempdir().unwrap();
    let result = folder.path().join("ket-qua.png");
    fs::write(&result, PNG).unwrap();
    main_action(browser, |browser| {
        browser.upload("main form [type=file]", &[&result]);
        if scripts == Scripts::On {
            await_file(browser);
        }
    });
    // What has consequences asks first.
    assert!(browser.text("main").contains("Đã xử lý xong"), "{}", browser.text("main"));
    go(browser, SUBMIT);
    assert_done(browser, "finish", code);
    leave(browser, || browser.click(".tabs li:nth-child(2) a"));
    assert!(browser.text("main").contains("ket-qua.png"), "{}", browser.text("main"));
}

#[test]
fn a_dossier_goes_its_whole_way_with_scripts() {
    whole_way(Scripts::On);
}

#[test]
fn a_dossier_goes_its_whole_way_without_scripts() {
    whole_way(Scripts::Off);
}

#[test]
fn the_counter_takes_a_dossier_in_by_keyboard() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::On);
    sign_in(&browser, &server, "tiepnhan1");
    leave(&browser, || browser.keys(&char::from(Key::F9).to_string()));
    assert!(address(&browser).ends_with("/mot-cua/tiep-nhan"), "{}", browser.url());

    let key = |key: Key| char::from(key).to_string();
    browser.keys(&key(Key::F2));
    browser.keys("dang ky khai sinh");
    leave(&browser, || browser.keys(&key(Key::Enter)));
    assert!(browser.text(".chosen-one").contains("khai sinh"), "{}", browser.text("main"));
    assert!(browser.text(".side").contains("trước"), "no due date: {}", browser.text(".side"));

    browser.keys(&key(Key::F4));
    browser.keys(CARD);
    leave(&browser, || browser.keys(&key(Key::Enter)));
    assert_eq!(browser.value("#f-applicant-name"), "Nguyễn Thị Ánh");
    assert_eq!(browser.value("#f-applicant-id-number"), "036185990001");
    assert_eq!(browser.value("#f-applicant-birth-date"), "03/02/1985");
    assert!(browser.text("main").contains("Đã đọc thẻ Nguyễn Thị Ánh"));

    tick_papers(&browser);
    leave(&browser, || browser.keys(&key(Key::F9)));
    assert!(browser.text("h1").starts_with("Đã tiếp nhận H40.12-"), "{}", browser.text("main"));
    let receipt = browser.attribute("a[data-key=F8]", "href").expect("the receipt's address");
    let fetch = "const r = new XMLHttpRequest(); r.open('GET', arguments[0], false); r.send(); \
                 return [r.status, r.getResponseHeader('content-type')]";
    let answer = browser.evaluate(fetch, vec![json!(receipt)]);
    assert_eq!(answer, json!([200, "application/pdf"]));
    leave(&browser, || browser.keys(&key(Key::F9)));
    assert!(address(&browser).ends_with("/mot-cua/tiep-nhan"));
}

#[test]
fn a_refusal_without_a_reason_is_refused_at_its_field() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::On);
    sign_in(&browser, &server, "tiepnhan1");
    let code = waiting_code(&browser, &server);
    browser.open(&server.url(&format!("/mot-cua/ho-so/{code}/viec/refuse")));
    go(&browser, SUBMIT);
    assert!(browser.title().starts_with("Lỗi: "), "{}", browser.title());
    assert!(browser.text("#loi").contains("Nhập lý do"));
    assert_eq!(browser.attribute("#f-reason", "aria-invalid").as_deref(), Some("true"));
    assert!(browser.violations().is_empty(), "{:?}", browser.violations());
}

#[test]
fn what_changed_meanwhile_is_shown_and_typed_words_are_kept() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::Off);
    sign_in(&browser, &server, "tiepnhan1");
    let code = waiting_code(&browser, &server);
    browser.open(&server.url(&format!("/mot-cua/ho-so/{code}/viec/refuse")));
    browser.fill("#f-reason", "Hồ sơ thuộc thẩm quyền của cơ quan khác.");

    let other = Browser::start(Scripts::Off);
    sign_in(&other, &server, "tiepnhan2");
    other.open(&server.url(&format!("/mot-cua/ho-so/{code}/viec/note")));
    other.fill("#f-note", "Đã gọi cho người nộp.");
    go(&other, SUBMIT);
    assert_done(&other, "note", &code);

    go(&browser, SUBMIT);
    let page = browser.text("main");
    assert!(page.contains("Hồ sơ vừa thay đổi") && page.contains("Phạm Đức Long"), "{page}");
    assert_eq!(browser.value("#f-reason"), "Hồ sơ thuộc thẩm quyền của cơ quan khác.");
    go(&browser, SUBMIT);
    go(&browser, SUBMIT);
    assert_done(&browser, "refuse", &code);
}

#[test]
fn everybody_can_read_and_work_the_pages() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::On);
    sign_in(&browser, &server, "tiepnhan1");
    let code = waiting_code(&browser, &server);
    let mut pages = vec![
        "/mot-cua".to_owned(),
        "/mot-cua?hang=all".to_owned(),
        "/mot-cua/tiep-nhan".to_owned(),
        "/mot-cua/tra-ket-qua".to_owned(),
        "/mot-cua/bang-theo-doi".to_owned(),
        "/mot-cua/so-theo-doi".to_owned(),
        "/mot-cua/so-theo-doi?tu=1".to_owned(),
        "/quy-tac".to_owned(),
        format!("/mot-cua/ho-so/{code}"),
        format!("/mot-cua/ho-so/{code}/vi-sao"),
        format!("/mot-cua/ho-so/{code}/viec/accept"),
        format!("/mot-cua/ho-so/{code}/viec/request_supplement"),
    ];
    for tab in ["giay-to", "dien-bien", "phi", "noi-bo"] {
        pages.push(format!("/mot-cua/ho-so/{code}?xem={tab}"));
    }
    for page in &pages {
        browser.resize(1280, 900);
        browser.open(&server.url(page));
        assert!(browser.violations().is_empty(), "{page}: {:?}", browser.violations());
        browser.resize(360, 740);
        assert!(!browser.scrolls_sideways(), "{page} scrolls sideways");
    }
}

#[test]
fn an_administrator_can_read_and_work_rules_and_layouts() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::On);
    sign_in(&browser, &server, "quantri");
    for page in ["/quan-tri/quy-tac", "/quan-tri/mau-giay", "/quan-tri/mau-giay/receipt"] {
        browser.resize(1280, 900);
        browser.open(&server.url(page));
        assert!(browser.violations().is_empty(), "{page}: {:?}", browser.violations());
        browser.resize(320, 740);
        assert!(!browser.scrolls_sideways(), "{page} scrolls sideways");
    }
}
