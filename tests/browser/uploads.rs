//! Files that a script sends: they survive a broken network and a reload, and large photos shrink.

use std::fs;
use std::path::PathBuf;

use serde_json::json;
use tempfile::TempDir;

use super::filing::{to_papers, wait_for};
use crate::support::browser::{Browser, Scripts};
use crate::support::server::Server;

/// From now on the page's network lets so many pieces through, then none, until `restored` is set.
const CUT: &str = "const real = window.fetch; let left = arguments[0]; window.places = []; \
    window.fetch = (to, how) => { if (how.method != 'PATCH') return real(to, how); \
    if (left-- <= 0 && !window.restored) return Promise.reject(new TypeError('cut')); \
    window.places.push(how.headers['Upload-Offset']); return real(to, how); }";
/// A photo of a size, as large as a camera's, put into the first chooser.
const PHOTO: &str = "const [width, height] = arguments; const c = document.createElement('canvas'); \
    c.width = width; c.height = height; const pen = c.getContext('2d'); \
    const noise = pen.createImageData(width, height); let seed = 1; \
    for (let i = 0; i < noise.data.length; i++) \
      noise.data[i] = i % 4 == 3 ? 255 : (seed = (seed * 16807) % 2147483647) & 63; \
    pen.putImageData(noise, 0, 0); c.toBlob((blob) => { const list = new DataTransfer(); \
    list.items.add(new File([blob], 'anh.jpg', {type: 'image/jpeg'})); \
    const field = document.querySelector('#f-paper-tp1'); field.files = list.files; \
    field.dispatchEvent(new Event('change', {bubbles: true})); }, 'image/jpeg', 1);";

/// A PDF of about two megabytes.
fn large(folder: &TempDir) -> PathBuf {
    let path = folder.path().join("ho-so.pdf");
    let body = "% một dòng chú thích của tệp\n".repeat(60_000);
    let end =
        "1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n";
    fs::write(&path, ["%PDF-1.4\n", &body, end].concat()).unwrap();
    path
}

/// Until the status of the first box of files has these words; every look is a round trip.
fn says(browser: &Browser, words: &str) {
    for _ in 0..20_000 {
        if browser.text(".upload-state").contains(words) {
            return;
        }
    }
    panic!("{words} instead of {:?}\n{}", browser.text(".upload-state"), browser.text("main"));
}

#[test]
fn an_upload_goes_on_when_the_network_is_back() {
    let (server, folder) = (Server::demo(), tempfile::tempdir().unwrap());
    let browser = Browser::start(Scripts::On);
    to_papers(&browser, server.base());
    browser.evaluate(CUT, vec![json!(2)]);
    browser.upload("#f-paper-tp1", &[&large(&folder)]);
    says(&browser, "Mất mạng, sẽ tải tiếp");
    assert_eq!(browser.count(".files li"), 0);
    browser.evaluate("window.restored = true", Vec::new());
    wait_for(&browser, ".files li", 1);
    assert!(browser.text(".files li").contains("ho-so.pdf"), "{}", browser.text(".files li"));
    let places = browser.evaluate("return window.places.slice(0, 3)", Vec::new());
    assert_eq!(places, json!(["0", "524288", "1048576"]), "nothing was sent twice");
}

#[test]
fn an_upload_goes_on_after_the_page_was_opened_anew() {
    let (server, folder) = (Server::demo(), tempfile::tempdir().unwrap());
    let browser = Browser::start(Scripts::On);
    to_papers(&browser, server.base());
    let file = large(&folder);
    browser.evaluate(CUT, vec![json!(2)]);
    browser.upload("#f-paper-tp1", &[&file]);
    says(&browser, "Mất mạng, sẽ tải tiếp");
    browser.open(&browser.url());
    browser.evaluate(CUT, vec![json!(100)]);
    browser.upload("#f-paper-tp1", &[&file]);
    wait_for(&browser, ".files li", 1);
    let first = browser.evaluate("return window.places[0]", Vec::new());
    assert_eq!(first, json!("1048576"), "it went on where it had stopped");
}

#[test]
fn a_large_photo_is_made_smaller_unless_that_is_declined() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::On);
    to_papers(&browser, server.base());
    browser.evaluate(PHOTO, vec![json!(3_200), json!(1_600)]);
    wait_for(&browser, ".files li", 1);
    says(&browser, "Đã thu nhỏ từ");
    assert!(browser.text(".files li").contains("Đã thu nhỏ từ"));
    let size = "const a = document.querySelector('.files li a'); const done = arguments[0]; \
                const picture = new Image(); picture.src = a.href; picture.decode().then(() => \
                done([picture.naturalWidth, picture.naturalHeight]), (e) => done(String(e)));";
    assert_eq!(browser.evaluate_later(size), json!([2400, 1200]));

    browser.click_labelled("Thu nhỏ ảnh lớn trước khi gửi");
    browser.evaluate(PHOTO, vec![json!(3_200), json!(1_600)]);
    wait_for(&browser, ".files li", 2);
    assert!(!browser.texts(".files li")[1].contains("Đã thu nhỏ từ"), "declined");
    assert!(browser.violations().is_empty(), "{:?}", browser.violations());
}
