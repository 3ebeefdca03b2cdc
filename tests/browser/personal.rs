//! A person's own papers, kept and used again, in a browser.

use super::filing::{pictures, press, to_papers, wait_for};
use crate::support::browser::{Browser, Scripts};
use crate::support::server::Server;

/// The first paper that the procedure of [`to_papers`] asks for.
const ASKED: &str = "Tờ khai đăng ký nhận cha, mẹ, con";

fn keeps_and_uses(scripts: Scripts) {
    let (server, folder) = (Server::demo(), tempfile::tempdir().unwrap());
    let [picture, _] = pictures(&folder);
    let browser = Browser::start(scripts);
    to_papers(&browser, server.base());
    let step = browser.url();
    assert_eq!(browser.count(".reuse"), 0, "nothing is kept yet");
    browser.open(&format!("{}/tai-khoan/giay-to", server.base()));
    press(&browser, "Thêm giấy tờ", "Thêm giấy tờ");
    browser.fill("#f-name", ASKED);
    browser.upload("#f-files", &[&picture]);
    if scripts == Scripts::On {
        wait_for(&browser, ".files li", 1);
        assert!(browser.violations().is_empty(), "{:?}", browser.violations());
    }
    browser.press("Giữ trong Giấy tờ của tôi");
    wait_for(&browser, ".summary-of-errors", 1);
    assert_eq!(browser.count(".files li"), 1, "the file is kept when the consent is missing");
    browser.click_labelled("Tôi đồng ý");
    press(&browser, "Giữ trong Giấy tờ của tôi", "Giấy tờ của tôi");
    assert!(browser.text("main").contains("Tự tải lên, chưa đối chiếu"));
    browser.resize(320, 800);
    assert!(!browser.scrolls_sideways());
    if scripts == Scripts::On {
        assert!(browser.violations().is_empty(), "{:?}", browser.violations());
    }
    browser.open(&step);
    assert!(!browser.scrolls_sideways());
    browser.click(".reuse button");
    wait_for(&browser, ".files li", 1);
    assert!(browser.text(".files li").contains("to-khai.png"), "{}", browser.text(".files li"));
    if scripts == Scripts::On {
        assert!(browser.violations().is_empty(), "{:?}", browser.violations());
    }
}

#[test]
fn a_paper_is_kept_and_used_again_with_scripts() {
    keeps_and_uses(Scripts::On);
}

#[test]
fn a_paper_is_kept_and_used_again_without_scripts() {
    keeps_and_uses(Scripts::Off);
}
