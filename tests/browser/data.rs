//! Pages about one's own data and about central sign-on, for everybody: narrow, and read aloud.

use super::filing::to_papers;
use crate::desk::sign_in;
use crate::support::browser::{Browser, Scripts};
use crate::support::server::Server;

/// What a citizen sees who is signed in.
const OWN: [&str; 6] = [
    "/quyen-du-lieu",
    "/tai-khoan/dong-y",
    "/tai-khoan/yeu-cau",
    "/tai-khoan/yeu-cau/moi",
    "/tai-khoan/ban-sao",
    "/tai-khoan/thong-tin",
];
/// What an administrator sees.
const DESK: [&str; 5] = [
    "/quan-tri/du-lieu-ca-nhan",
    "/quan-tri/yeu-cau-du-lieu",
    "/quan-tri/yeu-cau-du-lieu/moi",
    "/quan-tri/dang-nhap-mot-lan",
    "/quan-tri/dang-nhap-mot-lan/them",
];

fn are_for_everybody(browser: &Browser, server: &Server, pages: &[&str]) {
    for page in pages {
        browser.resize(1280, 900);
        browser.open(&server.url(page));
        assert!(browser.url().ends_with(page), "{page} leads to {}", browser.url());
        assert!(browser.violations().is_empty(), "{page}: {:?}", browser.violations());
        browser.resize(320, 800);
        assert!(!browser.scrolls_sideways(), "{page}");
    }
}

#[test]
fn everybody_can_use_the_pages_about_ones_own_data() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::On);
    to_papers(&browser, server.base());
    are_for_everybody(&browser, &server, &OWN);
}

#[test]
fn everybody_can_use_the_pages_about_data_and_sign_on_at_the_desk() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::On);
    sign_in(&browser, &server, "quantri");
    are_for_everybody(&browser, &server, &DESK);
}
