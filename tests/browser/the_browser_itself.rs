//! That the browser does what the other tests take for granted: it finds, types, chooses and uploads
//! with scripts and without, and its accessibility check sees what is wrong.

use std::fs;

use crate::support::browser::{Browser, Scripts};
use crate::support::fixture::{Request, serve};

const FORM: &str = r#"<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Không có tập lệnh</title></head><body><main>
<h1>Nộp hồ sơ</h1>
<script>document.title = "Có tập lệnh"</script>
<form action="/nop" method="post" enctype="multipart/form-data">
<p><label>Họ và tên <input name="ho_ten" value="cũ"></label></p>
<p><label for="cach">Cách nhận</label>
<select id="cach" name="cach"><option value="buu_dien">Bưu điện</option><option value="mot_cua">Một cửa</option></select></p>
<p><label><input type="checkbox" name="cam_doan" value="co"> Tôi cam đoan</label></p>
<p><label>Giấy tờ <input type="file" name="giay_to" multiple></label></p>
<p><button>Gửi hồ sơ</button></p>
</form></main></body></html>"#;

const BROKEN: &str = r#"<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Hỏng</title></head><body><main><h1>Ảnh</h1>
<img id="an" src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="><p style="width: 1000px">Rộng</p>
</main></body></html>"#;

fn answer(request: &Request) -> String {
    let page = match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/") => FORM.to_owned(),
        ("GET", "/hong") => BROKEN.to_owned(),
        ("POST", "/nop") => {
            let body = String::from_utf8_lossy(&request.body);
            let shown = body.replace('&', "&amp;").replace('<', "&lt;");
            format!("<!doctype html><title>Nhận</title><meta charset=utf-8><pre>{shown}</pre>")
        }
        _ => return "404 Not Found\n\n".to_owned(),
    };
    format!("200 OK\nContent-Type: text/html; charset=utf-8\n\n{page}")
}

fn files_a_form(scripts: Scripts, title: &str) {
    let site = serve(answer);
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("don.txt"), folder.path().join("anh.txt"));
    fs::write(&first, "đơn").unwrap();
    fs::write(&second, "ảnh").unwrap();

    let browser = Browser::start(scripts);
    browser.open(&site);
    assert_eq!(browser.title(), title);
    assert_eq!(browser.text("h1"), "Nộp hồ sơ");
    browser.fill_labelled("Họ và tên", "Nguyễn Thị Ánh");
    assert_eq!(browser.value("[name=ho_ten]"), "Nguyễn Thị Ánh");
    browser.choose("#cach", "mot_cua");
    browser.click_labelled("Tôi cam đoan");
    browser.upload("[type=file]", &[&first, &second]);
    browser.press("Gửi hồ sơ");

    browser.arrives_at(&format!("{site}/nop"));
    let received = browser.text("pre");
    for part in
        ["Nguyễn Thị Ánh", "mot_cua", "name=\"cam_doan\"", "\"don.txt\"", "\"anh.txt\"", "ảnh"]
    {
        assert!(received.contains(part), "{part} in {received}");
    }
}

#[test]
fn a_form_with_two_files_is_sent_with_scripts() {
    files_a_form(Scripts::On, "Có tập lệnh");
}

#[test]
fn a_form_with_two_files_is_sent_without_scripts() {
    files_a_form(Scripts::Off, "Không có tập lệnh");
}

#[test]
fn the_accessibility_check_finds_a_planted_fault_and_nothing_in_a_good_page() {
    let site = serve(answer);
    let browser = Browser::start(Scripts::On);
    browser.open(&site);
    assert!(browser.violations().is_empty(), "{:?}", browser.violations());
    browser.open(&format!("{site}/hong"));
    let found = browser.violations();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].id, "image-alt");
    assert_eq!(found[0].places, ["#an"]);
}

#[test]
fn the_window_takes_the_size_of_a_telephone_and_pictures_are_written() {
    let site = serve(answer);
    let browser = Browser::start(Scripts::On);
    browser.open(&format!("{site}/hong"));
    assert!(!browser.scrolls_sideways());
    browser.resize(360, 740);
    assert!(browser.scrolls_sideways());
    browser.open(&site);
    assert!(!browser.scrolls_sideways());
    assert_eq!(browser.evaluate("return innerWidth", Vec::new()), 360);

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("trang.png");
    browser.screenshot(&file);
    assert!(fs::read(&file).unwrap().starts_with(b"\x89PNG"));
}
