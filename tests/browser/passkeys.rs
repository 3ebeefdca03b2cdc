//! Passkeys, with the browser's own virtual authenticator.

use crate::support::browser::{Browser, Scripts};
use crate::support::server::Server;

/// The second factor of an account, set up on its page; the page says the key that an app takes.
fn set_up(browser: &Browser, url: &dyn Fn(&str) -> String) {
    browser.open(&url("/mot-cua/tai-khoan/ma-xac-thuc"));
    let key = browser.text(".set-up code").replace(' ', "");
    let secret = totp_rs::Secret::try_from_base32(key).expect("a key");
    let app = totp_rs::Builder::new().with_secret(secret).build().expect("an app");
    let now = browser.evaluate("return Math.floor(Date.now() / 1000)", Vec::new());
    let code = app.generate(now.as_u64().expect("seconds")).to_string();
    browser.fill("[name=code]", &code);
    browser.fill("[name=password]", "motcua-demo");
    browser.press("Cài mã xác thực");
    assert_eq!(browser.count(".recovery li"), 10);
    assert!(browser.violations().is_empty(), "{:?}", browser.violations());
}

fn sign_in(browser: &Browser, url: &dyn Fn(&str) -> String) {
    browser.open(&url("/mot-cua/dang-nhap"));
    browser.fill("[name=user]", "thuly1");
    browser.fill("[name=password]", "motcua-demo");
    browser.press("Đăng nhập");
}

#[test]
fn a_passkey_signs_in_without_password_and_stands_for_the_code() {
    let server = Server::demo();
    // A name, as passkeys need one.
    let base = server.base().replace("127.0.0.1", "localhost");
    let url = |path: &str| format!("{base}{path}");
    let browser = Browser::start(Scripts::On);
    browser.plug_authenticator();
    sign_in(&browser, &url);
    let own = url("/mot-cua/tai-khoan");
    browser.open(&own);
    assert!(browser.source().contains("Cài mã xác thực trước"));
    set_up(&browser, &url);
    browser.open(&own);
    browser.fill_labelled("Tên gợi nhớ, như “máy ở quầy 2”", "Máy quầy 2");
    browser.press("Tạo khóa truy cập");
    browser.arrives_at(&format!("{own}?xong=khoa"));
    assert!(browser.source().contains("Máy quầy 2"));
    assert!(browser.violations().is_empty(), "{:?}", browser.violations());

    let sign_out = || {
        browser.open(&url("/mot-cua"));
        browser.press("Đăng xuất");
    };
    sign_out();
    browser.press("Đăng nhập bằng khóa truy cập");
    browser.arrives_at(&url("/mot-cua"));
    sign_out();
    sign_in(&browser, &url);
    assert_eq!(browser.url(), url("/mot-cua/dang-nhap/ma"));
    browser.press("Đăng nhập bằng khóa truy cập");
    browser.arrives_at(&url("/mot-cua"));

    // Removed, it opens nothing, and the page says so without fuss.
    browser.open(&own);
    browser.click("button[name=id]");
    assert!(browser.source().contains("Đã xóa khóa truy cập"));
    sign_out();
    assert_eq!(browser.count("[data-passkey]"), 0, "nobody has a passkey any more");
}

#[test]
fn an_address_of_numbers_says_why_there_are_no_passkeys() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::Off);
    sign_in(&browser, &|path| server.url(path));
    browser.open(&server.url("/mot-cua/tai-khoan"));
    assert!(browser.source().contains("Khóa truy cập cần tên miền"));
    assert_eq!(browser.count("[data-passkey]"), 0);
}
