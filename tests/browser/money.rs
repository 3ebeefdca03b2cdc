//! Money in a browser: the administrator's fee form, the cashier's desk from the request to the closed
//! day, and the applicant who pays by transfer.

use serde_json::json;

use super::desk::{go, leave, sign_in};
use crate::support::browser::{Browser, Scripts};
use crate::support::server::Server;

const SUBMIT: &str = "main form .buttons button.button";

fn readable(browser: &Browser, page: &str) {
    browser.resize(320, 900);
    assert!(!browser.scrolls_sideways(), "{page} scrolls sideways at 320 px");
    browser.resize(1280, 900);
}

/// A dossier that has to pay by transfer, and its lookup secret.
fn asked_to_pay(server: &Server) -> (String, String) {
    let client = server.client();
    let desk = |user: &str| {
        let body = json!({"user": user, "password": "motcua-demo"});
        let token = client.post("/api/v1/sessions", &body).expect(200).json();
        server.client().bearer(token["token"].as_str().unwrap())
    };
    let body = json!({
        "procedure": "1.001193", "agency": "H40.12", "channel": "counter",
        "applicant": {"name": "Nguyễn Thị Thử", "phone": "0912345678"}, "form": {},
        "components": [
            {"id": "tp1", "originals": 1, "copies": 0, "on_paper": true},
            {"id": "tp2", "originals": 1, "copies": 0, "on_paper": true},
        ],
        "return_channel": "counter",
    });
    let filed = desk("tiepnhan1").post("/api/v1/dossiers", &body).expect(201).json();
    let code = filed["code"].as_str().unwrap();
    let asked = json!({"action": "request_payment", "version": filed["version"],
        "fees": [{"name": "Lệ phí", "amount": 8_000, "kind": "fee"}]});
    desk("thungan1").post(&format!("/api/v1/dossiers/{code}/actions"), &asked).expect(200);
    (code.to_owned(), filed["lookup_secret"].as_str().unwrap().to_owned())
}

/// Opens the applicant's payment page by the secret.
fn open_payment(browser: &Browser, server: &Server, (code, secret): &(String, String)) {
    browser.open(&server.url(&format!("/tra-cuu/{code}?ma={secret}")));
    browser.open(&server.url(&format!("/tra-cuu/{code}/thanh-toan")));
    assert!(browser.text("main").contains("Quét mã VietQR"), "{}", browser.text("main"));
}

fn accessible(browser: &Browser) {
    let found = browser.violations();
    assert!(found.is_empty(), "{}: {found:?}", browser.url());
}

#[test]
fn everybody_can_read_the_pages_of_money() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::On);
    sign_in(&browser, &server, "quantri");
    for page in ["/quan-tri/le-phi", "/quan-tri/le-phi/2.000815"] {
        browser.open(&server.url(page));
        accessible(&browser);
    }
    leave(&browser, || browser.press("Đăng xuất"));

    sign_in(&browser, &server, "thungan1");
    browser.open(&server.url("/mot-cua/thu-tien"));
    accessible(&browser);
    go(&browser, "table.data td a:not(.code)");
    assert!(browser.url().contains("record_payment"), "{}", browser.url());
    accessible(&browser);
    // As it comes back when no way of paying was chosen.
    go(&browser, SUBMIT);
    assert_eq!(browser.count(".summary-of-errors"), 1, "{}", browser.text("main"));
    accessible(&browser);
}

#[test]
fn everybody_can_read_how_to_pay() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::On);
    open_payment(&browser, &server, &asked_to_pay(&server));
    accessible(&browser);
    go(&browser, "main form button.button");
    assert!(browser.text("main").contains("Đang chờ ngân hàng"), "{}", browser.text("main"));
    accessible(&browser);
}

#[test]
fn fees_are_set_asked_for_paid_and_closed() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::Off);
    sign_in(&browser, &server, "quantri");
    browser.open(&server.url("/quan-tri/le-phi"));
    readable(&browser, "the list of fees");
    browser.open(&server.url("/quan-tri/le-phi/2.000815"));
    assert!(browser.text("main .calculation").contains("18.000"), "seven pages, two copies");
    readable(&browser, "the fee form");

    leave(&browser, || browser.press("Đăng xuất"));
    sign_in(&browser, &server, "thungan1");
    browser.open(&server.url("/mot-cua/thu-tien"));
    readable(&browser, "the cashier's desk");
    go(&browser, "table.data td a:not(.code)");
    readable(&browser, "the payment form");
    browser.click("input[name=method][value=cash]");
    go(&browser, SUBMIT);
    assert!(browser.url().contains("xong=record_payment"), "{}", browser.url());
    browser.open(&server.url("/mot-cua/thu-tien"));
    go(&browser, "#so-thu form[action$='chot-so'] button.button");
    assert!(browser.text("main").contains("không thay đổi được"), "{}", browser.text("main"));
    readable(&browser, "the question before the closing");
    go(&browser, "main .confirm button.button");
    assert!(browser.text(".banner").contains("Đã chốt sổ"), "{}", browser.text("main"));
    assert_eq!(browser.count("#so-thu form[action$='chot-so']"), 0, "it is closed once");
}

#[test]
fn an_applicant_declares_a_transfer_once() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::Off);
    open_payment(&browser, &server, &asked_to_pay(&server));
    readable(&browser, "the payment page");
    go(&browser, "main form button.button");
    let said = browser.text("main");
    assert!(said.contains("Đang chờ ngân hàng. Đừng chuyển lần hai."), "{said}");
    assert_eq!(browser.count("main svg.qr"), 0, "no code to transfer a second time");
}
