//! What a browser keeps of a form that was not sent: offered again, never over newer answers of the
//! server, and gone when it was sent or somebody signed out.

use serde_json::json;

use super::filing::{press, press_refused, sign_in, wait_for};
use crate::support::browser::{Browser, Scripts};
use crate::support::server::Server;

/// A procedure that is filed online.
const PROCEDURE: &str = "1.001022";
const NAME: &str = "#f-applicant-name";
const EMAIL: &str = "#f-applicant-email";
/// How many forms the browser keeps.
const KEPT: &str =
    "return Object.keys(localStorage).filter((key) => key.startsWith('motcua-draft:')).length";
/// What another device of the same person writes meanwhile: the step at an address, sent from here.
const ELSEWHERE: &str = "const done = arguments[arguments.length - 1]; (async () => { \
    const page = await (await fetch('ADDRESS')).text(); \
    const form = new DOMParser().parseFromString(page, 'text/html').querySelector('form[data-draft]'); \
    const sent = new URLSearchParams(new FormData(form)); sent.set('applicant.name', 'Lê Thị Tám'); \
    sent.set('_later', '1'); \
    await fetch('ADDRESS', {method: 'POST', body: sent}); })().then(() => done(''), (e) => done(String(e)))";

/// To the questions about the applicant, without signing in.
fn to_applicant(browser: &Browser, server: &Server) -> String {
    browser.open(&server.url(&format!("/nop-ho-so/{PROCEDURE}")));
    browser.click_labelled("Tôi nộp cho chính mình");
    press(browser, "Tiếp tục", "Người nộp");
    browser.url()
}

fn kept(browser: &Browser) -> serde_json::Value {
    browser.evaluate(KEPT, Vec::new())
}

#[test]
fn what_was_typed_and_not_sent_is_offered_again() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::On);
    let step = to_applicant(&browser, &server);
    browser.fill(NAME, "Trần Văn Ộ");
    browser.open(&server.url("/tra-cuu"));
    assert_eq!(kept(&browser), json!(1));
    browser.open(&step);
    assert_eq!(browser.value(NAME), "Trần Văn Ộ");
    assert_eq!(browser.count(".draft-note"), 1);
    assert!(browser.violations().is_empty(), "{:?}", browser.violations());
    // It may be refused: then the page is as the server has it.
    browser.click(".draft-note button");
    assert_eq!(browser.value(NAME), "");
    assert_eq!((browser.count(".draft-note"), kept(&browser)), (0, json!(0)));
    browser.open(&step);
    assert_eq!(browser.value(NAME), "");

    // What the server has got need not be kept.
    browser.fill(NAME, "Trần Văn Ộ");
    browser.press("Để sau");
    wait_for(&browser, "#f-number", 1);
    browser.open(&step);
    assert_eq!((browser.value(NAME).as_str(), browser.count(".draft-note")), ("Trần Văn Ộ", 0));
}

#[test]
fn newer_answers_of_the_server_stay_where_nothing_was_typed_here() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::On);
    let step = to_applicant(&browser, &server);
    browser.fill(EMAIL, "o.tran@example.org");
    browser.open(&server.url("/ban-nhap"));
    assert_eq!(browser.evaluate_later(&ELSEWHERE.replace("ADDRESS", &step)), json!(""));
    browser.open(&step);
    assert_eq!(browser.value(NAME), "Lê Thị Tám", "the server's newer answer");
    assert_eq!(browser.value(EMAIL), "o.tran@example.org", "what was typed here");
    assert_eq!(browser.count(".draft-note"), 1);

    // Both have changed the same answer: the server's stands.
    browser.fill(NAME, "Trần Văn Ộ");
    browser.open(&server.url("/ban-nhap"));
    let later = ELSEWHERE.replace("ADDRESS", &step).replace("Tám", "Chín");
    assert_eq!(browser.evaluate_later(&later), json!(""));
    browser.open(&step);
    assert_eq!(browser.value(NAME), "Lê Thị Chín");
}

#[test]
fn whoever_signs_out_leaves_nothing_in_the_browser() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::On);
    browser.open(&server.url(&format!("/nop-ho-so/{PROCEDURE}")));
    press(&browser, "Đăng nhập trước", "Đăng nhập");
    sign_in(&browser, "Ai nộp hồ sơ?");
    browser.click_labelled("Tôi nộp cho chính mình");
    press(&browser, "Tiếp tục", "Người nộp");
    browser.fill(NAME, "Trần Văn Ộ");
    browser.open(&server.url("/tai-khoan"));
    assert_eq!(kept(&browser), json!(1));
    press(&browser, "Đăng xuất", "Ông/Bà cần làm thủ tục gì?");
    assert_eq!(kept(&browser), json!(0));
}

/// Sends a step as it stands, which is refused: every line of the summary leads to its field.
fn refused(browser: &Browser) {
    press_refused(browser, "Tiếp tục");
    let lost = "return [...document.querySelectorAll('.summary-of-errors a')] \
                .map((a) => a.getAttribute('href')).filter((to) => !document.querySelector(to))";
    assert!(browser.count(".summary-of-errors a") > 0);
    assert_eq!(browser.evaluate(lost, Vec::new()), json!([]), "on {}", browser.url());
}

#[test]
fn every_step_says_what_to_repair_and_going_back_loses_nothing() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::Off);
    browser.open(&server.url(&format!("/nop-ho-so/{PROCEDURE}")));
    refused(&browser);
    browser.click_labelled("Tôi nộp cho chính mình");
    press(&browser, "Tiếp tục", "Người nộp");
    let step = browser.url();
    browser.fill(NAME, "Trần Văn Ộ");
    refused(&browser);
    browser.evaluate("history.back()", Vec::new());
    wait_for(&browser, NAME, 1);
    assert_eq!(browser.value(NAME), "Trần Văn Ộ");
    for other in ["to-khai", "giay-to", "nhan-ket-qua"] {
        browser.open(&step.replace("nguoi-nop", other));
        refused(&browser);
    }
}
