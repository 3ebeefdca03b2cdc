//! The editor of office calendars, as an administrator uses it.

use crate::desk::{go, sign_in};
use crate::support::browser::{Browser, Scripts};
use crate::support::server::Server;

const EDIT: &str = "main form[method=post] .buttons button.button";

fn a_change(scripts: Scripts) {
    let server = Server::demo();
    let browser = Browser::start(scripts);
    sign_in(&browser, &server, "quantri");
    browser.open(&server.url("/quan-tri/lich?co-quan=H40.12&nam=2027"));
    assert_eq!(browser.count("table.month"), 12);
    assert!(browser.text("main").contains("đang theo lịch chung"));
    browser.press("Sửa lịch");

    // An impossible week is refused at its place, and what was typed stays.
    browser.fill("#f-weekly-fri", "11:30-07:30");
    go(&browser, EDIT);
    assert_eq!(browser.count("#f-weekly-fri[aria-invalid=true]"), 1);
    assert_eq!(browser.value("#f-weekly-fri"), "11:30-07:30");
    assert!(browser.text("#loi").contains("Thứ Sáu: buổi 11:30–07:30"));

    // A day of the week off moves whatever is due on it.
    browser.fill("#f-weekly-fri", "");
    browser.fill("#f-extra-sat", "7h30-11h30");
    go(&browser, EDIT);
    assert_eq!(browser.text("main h1"), "Kiểm tra thay đổi");
    let asked = browser.text("main");
    assert!(asked.contains("hồ sơ đổi ngày hẹn."), "{asked}");
    browser.fill("#f-reason", "Thứ Sáu nghỉ theo quyết định");
    go(&browser, EDIT);
    let said = browser.text(".banner");
    assert!(said.contains("Đã lưu.") && !said.contains("Đã lưu. 0 "), "{said}");
    assert!(browser.text("main").contains("có lịch riêng"));
    assert!(browser.count(".mark-extra") > 40, "Saturdays have an extra session");
    if scripts == Scripts::On {
        let wrong = browser.violations();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
    browser.resize(320, 800);
    assert!(!browser.scrolls_sideways());
}

#[test]
fn a_calendar_is_changed_with_what_it_moves() {
    a_change(Scripts::On);
}

#[test]
fn a_calendar_is_changed_without_scripts() {
    a_change(Scripts::Off);
}
