//! The frame of administration: many sections and the components, on a wide screen and on a phone.

use serde_json::json;

use crate::desk::{go, sign_in};
use crate::support::browser::{Browser, Scripts};
use crate::support::server::Server;

#[test]
fn many_pages_stand_in_groups_and_behind_the_open_one_on_a_phone() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::Off);
    sign_in(&browser, &server, "quantri");
    browser.open(&server.url("/quan-tri/thanh-phan"));
    assert!(!browser.scrolls_sideways(), "the components at 1280");
    browser.open(&server.url("/quan-tri/quy-trinh"));
    // The driver takes whatever stands in closed details for hidden, so the page is asked.
    let shown = |browser: &Browser, links: &str| {
        let visible = format!(
            "return [...document.querySelectorAll('nav.sections {links}')] \
             .filter(a => a.checkVisibility()).length"
        );
        browser.evaluate(&visible, Vec::new())
    };
    let groups = json!(browser.count("nav.sections a.group"));
    let pages = json!(browser.count("nav.sections li li a"));
    let of_this = json!(browser.count("nav.sections li.open li a"));
    assert_eq!(shown(&browser, "a.group"), groups, "with room for them the headings stand open");
    assert_eq!(shown(&browser, "li li a"), of_this, "and the pages of the open group");
    // A heading leads to its first page.
    assert_eq!(browser.count("nav.sections a.group[href='/quan-tri/le-phi']"), 1);

    browser.resize(320, 800);
    browser.open(&server.url("/quan-tri/le-phi"));
    assert!(browser.text("nav.sections summary").contains("Phí, lệ phí"), "the one that is open");
    let marked = "nav.sections .open > [aria-current=true] + ul [aria-current=page]";
    assert_eq!(browser.count(marked), 1, "and so is its group");
    assert_eq!(shown(&browser, "a"), json!(0));
    assert!(!browser.scrolls_sideways());
    browser.click("nav.sections summary");
    assert_eq!((shown(&browser, "a.group"), shown(&browser, "li li a")), (groups, pages));
    assert!(!browser.scrolls_sideways());
    go(&browser, "nav.sections li li a[href='/quan-tri/quy-trinh']");
    assert_eq!(browser.text("main h1"), "Quy trình");
}

#[test]
fn everybody_can_use_the_sections_on_a_phone() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::On);
    sign_in(&browser, &server, "quantri");
    browser.resize(390, 800);
    browser.open(&server.url("/quan-tri/le-phi"));
    browser.click("nav.sections summary");
    let found = browser.violations();
    assert!(found.is_empty(), "{found:?}");
}
