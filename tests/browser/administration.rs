//! The frame of administration: many sections and the components, on a wide screen and on a phone.

use serde_json::json;

use crate::desk::{go, sign_in};
use crate::support::browser::{Browser, Scripts};
use crate::support::server::Server;

#[test]
fn many_sections_stand_behind_the_open_one_on_a_phone() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::Off);
    sign_in(&browser, &server, "quantri");
    browser.open(&server.url("/quan-tri/thanh-phan"));
    assert!(!browser.scrolls_sideways(), "the components at 1280");
    browser.open(&server.url("/quan-tri/le-phi"));
    // The driver takes whatever stands in closed details for hidden, so the page is asked.
    let shown = |browser: &Browser| {
        let visible = "return [...document.querySelectorAll('nav.tabs a')] \
                       .filter(a => a.checkVisibility()).length";
        browser.evaluate(visible, Vec::new())
    };
    let all = json!(browser.count("nav.tabs a"));
    assert_eq!(shown(&browser), all, "with room for them they stand open");

    browser.resize(390, 800);
    browser.open(&server.url("/quan-tri/le-phi"));
    assert!(browser.text("nav.tabs summary").contains("Phí, lệ phí"), "the one that is open");
    assert_eq!(shown(&browser), json!(0));
    assert!(!browser.scrolls_sideways());
    browser.click("nav.tabs summary");
    assert_eq!(shown(&browser), all);
    go(&browser, "nav.tabs a[href='/quan-tri/quy-trinh']");
    assert_eq!(browser.text("main h1"), "Quy trình");
}

#[test]
fn everybody_can_use_the_sections_on_a_phone() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::On);
    sign_in(&browser, &server, "quantri");
    browser.resize(390, 800);
    browser.open(&server.url("/quan-tri/le-phi"));
    browser.click("nav.tabs summary");
    let found = browser.violations();
    assert!(found.is_empty(), "{found:?}");
}
