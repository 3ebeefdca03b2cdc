//! The public portal as people use it: find a procedure, file it, follow it; with scripts and
//! without, on a phone, when the session ends and when a button is pressed twice.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::support::browser::{Browser, Scripts};
use crate::support::http::{Client, field};
use crate::support::server::Server;

/// A procedure without a declared form: its step asks for the request in words.
const PROCEDURE: &str = "1.001022";
const PHONE: &str = "0912345678";
const REQUEST: &str = "Nhận con gái Nguyễn Thị Ễ Ộ, cấp 2 bản trích lục.";

/// Two small pictures.
pub fn pictures(folder: &TempDir) -> [PathBuf; 2] {
    let png: [u8; 67] = [
        0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0,
        0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, b'I', b'D',
        b'A', b'T', 0x78, 0x9c, 0x63, 0x60, 0, 0, 0, 2, 0, 1, 0x48, 0xaf, 0xa4, 0x71, 0, 0, 0, 0,
        b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
    ];
    ["to-khai.png", "giay-chung-sinh.png"].map(|name| {
        let path = folder.path().join(name);
        fs::write(&path, png).unwrap();
        path
    })
}

fn digits(text: &str) -> String {
    let all: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    all[all.len() - 6..].iter().collect()
}

/// Presses a button and waits for the page with this heading: a slow machine takes its time. Every
/// look is a round trip to the browser.
#[track_caller]
pub fn press(browser: &Browser, words: &str, heading: &str) {
    browser.press(words);
    let look = "const h = document.querySelector('h1'); \
                return document.readyState == 'complete' && h ? h.textContent.trim() : ''";
    let mut seen = serde_json::Value::Null;
    for _ in 0..5_000 {
        seen = browser.evaluate(look, Vec::new());
        if seen == heading {
            return;
        }
    }
    panic!("after {words:?}: {seen} instead of {heading:?} on {}", browser.url());
}

/// Presses a button that leads to the same page, refused, and waits for what is to be repaired.
pub fn press_refused(browser: &Browser, words: &str) {
    browser.press(words);
    wait_for(browser, ".summary-of-errors", 1);
}

/// Signs in where the page asks for it, for the page with this heading.
pub fn sign_in(browser: &Browser, heading: &str) {
    browser.fill_labelled("Số điện thoại hoặc email", PHONE);
    press(browser, "Gửi mã", "Nhập mã xác thực");
    let code = digits(&browser.text(".banner"));
    browser.fill("#f-code", &code);
    press(browser, "Xác nhận", heading);
}

fn fill_applicant(browser: &Browser) {
    browser.fill("#f-applicant-name", "Nguyễn Thị Ánh");
    browser.fill("#f-applicant-birth-date", "5");
    browser.fill("#f-applicant-birth-date-month", "2");
    browser.fill("#f-applicant-birth-date-year", "1985");
    browser.fill("#f-applicant-id-number", "036185990001");
    // The province is the office's own.
    browser.choose_labelled("#f-applicant-address-commune", "Phường Nam Định");
    browser.fill("#f-applicant-address-detail", "Số 1, tổ 2");
}

/// From the procedure to the step of the papers.
/// Files as far as the step of the papers.
pub fn to_papers(browser: &Browser, base: &str) {
    browser.open(&format!("{base}/thu-tuc/{PROCEDURE}"));
    press(browser, "Nộp hồ sơ", "Nộp hồ sơ");
    press(browser, "Đăng nhập trước", "Đăng nhập");
    sign_in(browser, "Ai nộp hồ sơ?");
    browser.click_labelled("Tôi nộp cho chính mình");
    press(browser, "Tiếp tục", "Người nộp");
    fill_applicant(browser);
    press(browser, "Tiếp tục", "Tờ khai");
    browser.fill("#f-form-noi-dung", REQUEST);
    press(browser, "Tiếp tục", "Giấy tờ");
}

/// From the papers to the confirmation; the answer is the dossier's code and secret.
fn to_confirmation(browser: &Browser) -> (String, String) {
    press(browser, "Tiếp tục", "Nhận kết quả");
    browser.click_labelled("Tại quầy");
    press(browser, "Tiếp tục", "Kiểm tra và gửi");
    assert!(browser.source().contains("Ễ Ộ"));
    browser.click_labelled("Tôi cam đoan");
    press(browser, "Gửi hồ sơ", "Đã gửi hồ sơ");
    let codes = browser.texts(".key-facts .code");
    (codes[0].clone(), codes[1].clone())
}

/// Opens everything of a dossier with its secret.
pub fn follow_opened(browser: &Browser, base: &str, code: &str, secret: &str) {
    browser.open(&format!("{base}/tra-cuu"));
    browser.fill("#f-code", code);
    browser.fill("#f-secret", secret);
    press(browser, "Xem hồ sơ", &format!("Hồ sơ {code}"));
}

fn follow(browser: &Browser, base: &str, code: &str, secret: &str) {
    // Somebody else, who has the paper: a browser without the session.
    browser.open(&format!("{base}/tra-cuu"));
    browser.fill("#f-code", code);
    let heading = format!("Hồ sơ {code}");
    press(browser, "Xem hồ sơ", &heading);
    assert!(browser.text("main").contains("Mới đăng ký"));
    assert!(!browser.source().contains("Nguyễn Thị Ánh"), "the code alone shows no name");
    browser.fill("#f-secret", "22222222");
    press_refused(browser, "Xem hồ sơ");
    assert!(browser.title().starts_with("Lỗi: "));
    assert!(browser.text("main").contains("còn 4 lần"));
    browser.fill("#f-secret", secret);
    press(browser, "Xem hồ sơ", &heading);
    let address = browser.url();
    let address = address.split('#').next().unwrap_or_default();
    assert!(address.ends_with(&format!("/tra-cuu/{code}")), "{address}");
    let page = browser.text("main");
    for part in ["Nguyễn Thị Ánh", "Hồ sơ đang chờ kiểm tra.", "Ai đang giữ", "Vì sao ngày này?"]
    {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(!page.contains("036185990001"), "the identity number is not shown whole");
}

#[test]
fn a_citizen_files_with_two_files_with_scripts() {
    let (server, folder) = (Server::demo(), tempfile::tempdir().unwrap());
    let [form, birth] = pictures(&folder);
    let browser = Browser::start(Scripts::On);
    to_papers(&browser, server.base());
    // Of two files chosen together one is refused: it is said at the field, and stays said.
    let wrong = folder.path().join("la.png");
    fs::write(&wrong, "không phải ảnh").unwrap();
    browser.upload("#f-paper-tp1", &[&wrong, &form]);
    wait_for(&browser, ".files li", 1);
    wait_for(&browser, ".upload-refused .error", 1);
    browser.upload("#f-paper-tp2", &[&birth]);
    wait_for(&browser, ".files li", 2);
    assert!(browser.text(".files li").contains("1 trang"), "{}", browser.text(".files li"));
    assert_eq!(browser.count(".upload-refused .error"), 1, "the refusal is still there");
    let (code, secret) = to_confirmation(&browser);
    assert!(browser.text("main").contains("to-khai.png"));
    let other = Browser::start(Scripts::On);
    follow(&other, server.base(), &code, &secret);
}

/// Until the script has put so many elements there; every look is a round trip to the browser.
pub fn wait_for(browser: &Browser, css: &str, count: usize) {
    for _ in 0..10_000 {
        if browser.count(css) >= count {
            return;
        }
    }
    panic!("{css}: {} instead of {count}\n{}", browser.count(css), browser.text("main"));
}

#[test]
fn another_province_brings_its_communes() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::On);
    browser.open(&server.url(&format!("/nop-ho-so/{PROCEDURE}")));
    press(&browser, "Đăng nhập trước", "Đăng nhập");
    sign_in(&browser, "Ai nộp hồ sơ?");
    browser.click_labelled("Tôi nộp cho chính mình");
    press(&browser, "Tiếp tục", "Người nộp");
    let (province, commune) = ("#f-applicant-address-province", "#f-applicant-address-commune");
    assert_eq!(browser.value(province), "Tỉnh Ninh Bình", "the office's own");
    browser.choose_labelled(province, "Thành phố Hồ Chí Minh");
    wait_for(&browser, &format!("{commune} option"), 169);
    browser.choose_labelled(commune, "Phường Bến Thành");
    assert!(browser.violations().is_empty(), "{:?}", browser.violations());
    assert!(!browser.scrolls_sideways());
}

#[test]
fn a_citizen_files_with_two_files_without_scripts() {
    let (server, folder) = (Server::demo(), tempfile::tempdir().unwrap());
    let [form, birth] = pictures(&folder);
    let browser = Browser::start(Scripts::Off);
    to_papers(&browser, server.base());
    browser.upload("#f-paper-tp1", &[&form]);
    browser.press("Tải lên");
    wait_for(&browser, ".files li", 1);
    let wrong = folder.path().join("la.png");
    fs::write(&wrong, "không phải ảnh").unwrap();
    browser.upload("#f-paper-tp2", &[&wrong]);
    press_refused(&browser, "Tiếp tục");
    assert!(browser.title().starts_with("Lỗi: "), "{}", browser.title());
    assert_eq!(browser.count(".files li"), 1, "the first file is kept");
    assert_eq!(browser.attribute(".summary-of-errors a", "href").as_deref(), Some("#f-paper-tp2"));
    browser.upload("#f-paper-tp2", &[&birth]);
    let (code, secret) = to_confirmation(&browser);
    let other = Browser::start(Scripts::Off);
    follow(&other, server.base(), &code, &secret);
}

#[test]
fn refused_fields_keep_what_was_typed_and_a_draft_is_offered_again() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::Off);
    browser.open(&format!("{}/nop-ho-so/{PROCEDURE}", server.base()));
    press(&browser, "Đăng nhập trước", "Đăng nhập");
    sign_in(&browser, "Ai nộp hồ sơ?");
    press_refused(&browser, "Tiếp tục");
    assert!(browser.title().starts_with("Lỗi: "));
    browser.click_labelled("Tôi nộp cho chính mình");
    press(&browser, "Tiếp tục", "Người nộp");
    browser.fill("#f-applicant-name", "Nguyễn Thị Ánh");
    browser.fill("#f-applicant-id-number", "03618599000");
    browser.fill("#f-applicant-birth-date", "31");
    browser.fill("#f-applicant-birth-date-month", "2");
    browser.fill("#f-applicant-birth-date-year", "1985");
    press_refused(&browser, "Tiếp tục");
    let summary = browser.text(".summary-of-errors");
    assert!(summary.contains("Cần sửa 3 chỗ"), "{summary}");
    assert!(summary.contains("ở đây có 11"), "{summary}");
    assert_eq!(browser.value("#f-applicant-name"), "Nguyễn Thị Ánh");
    assert_eq!(browser.value("#f-applicant-birth-date"), "31");
    assert_eq!(browser.value("#f-applicant-phone"), PHONE);
    browser.open(&format!("{}/nop-ho-so/{PROCEDURE}", server.base()));
    press(&browser, "Làm tiếp", "Người nộp");
    assert_eq!(browser.value("#f-applicant-id-number"), "03618599000");
}

/// Where an answer leads.
fn location(answer: crate::support::http::Answer) -> String {
    let answer = answer.expect(303);
    answer.header("location").expect("an address").to_owned()
}

/// Signs in without a browser, and gives the address that follows.
fn enter(client: &Client, address: &str) -> String {
    let page = client.get(address).expect(200).text();
    let (tiep, giu) = (optional(&page, "tiep"), optional(&page, "giu"));
    let csrf = field(&page, "_csrf");
    let fields = [("_csrf", csrf.as_str()), ("tiep", &tiep), ("giu", &giu), ("contact", PHONE)];
    let next = location(client.post_form("/dang-nhap", &fields));
    let page = client.get(&next).expect(200).text();
    let (_, banner) = page.split_once("class=\"banner").expect("the demo shows the code");
    let sentence = banner.split("</div>").next().unwrap_or_default();
    let (_, code) = sentence.split_once("Mã là ").expect("the code");
    let code: String = code.chars().take(6).collect();
    let csrf = field(&page, "_csrf");
    let fields = [("_csrf", csrf.as_str()), ("tiep", &tiep), ("giu", &giu), ("code", &code)];
    location(client.post_form("/dang-nhap/ma", &fields))
}

fn optional(page: &str, name: &str) -> String {
    if page.contains(&format!("name=\"{name}\"")) { field(page, name) } else { String::new() }
}

/// Posts a step with its token; the answer is the address that follows.
fn step(client: &Client, address: &str, fields: &[(&str, &str)]) -> String {
    let page = client.get(address).expect(200).text();
    let csrf = field(&page, "_csrf");
    let mut all = vec![("_csrf", csrf.as_str())];
    all.extend_from_slice(fields);
    location(client.post_form(address, &all))
}

const APPLICANT: [(&str, &str); 8] = [
    ("applicant.name", "Trần Văn Ộ"),
    ("applicant.birth_date.day", "5"),
    ("applicant.birth_date.month", "2"),
    ("applicant.birth_date.year", "1985"),
    ("applicant.id_number", "036085990001"),
    ("applicant.phone", PHONE),
    ("applicant.email", ""),
    ("applicant.address", "Phường Nam Định"),
];

/// To the step of the request, without a browser.
fn to_request(client: &Client) -> String {
    let who = enter(client, &format!("/dang-nhap?tiep=/nop-ho-so/{PROCEDURE}"));
    let page = client.get(&who).expect(200).text();
    let place = page.split_once("name=\"place\"").and_then(|(_, rest)| rest.split('"').nth(3));
    let place = place.expect("a place to file at");
    let applicant = step(client, &who, &[("who", "self"), ("place", place)]);
    step(client, &applicant, &APPLICANT)
}

#[test]
fn a_session_that_ends_in_the_middle_loses_nothing() {
    let server = Server::demo();
    let client = Client::new(server.base()).with_cookies();
    let request = to_request(&client);
    assert!(request.ends_with("/to-khai"), "{request}");
    let csrf = field(&client.get(&request).expect(200).text(), "_csrf");
    // The session is gone: nobody's cookie comes with the form.
    let later = Client::new(server.base()).with_cookies();
    let fields = [("_csrf", csrf.as_str()), ("form.noi_dung", REQUEST)];
    let sign_in = location(later.post_form(&request, &fields));
    assert!(sign_in.starts_with("/dang-nhap?"), "{sign_in}");
    let page = later.get(&sign_in).expect(200).text();
    assert!(page.contains("Hết phiên"), "{page}");
    assert_eq!(enter(&later, &sign_in), request);
    let page = later.get(&request).expect(200).text();
    assert!(page.contains(REQUEST), "{page}");
}

#[test]
fn sent_twice_is_filed_once() {
    let server = Server::demo();
    let client = Client::new(server.base()).with_cookies();
    let papers = step(&client, &to_request(&client), &[("form.noi_dung", REQUEST)]);
    let modes = [("paper.tp1.mode", "paper"), ("paper.tp2.mode", "paper")];
    let back = step(&client, &papers, &modes);
    let send = step(&client, &back, &[("return", "counter")]);
    assert!(send.ends_with("/gui"), "{send}");
    let csrf = field(&client.get(&send).expect(200).text(), "_csrf");
    let unpledged = client.post_form(&send, &[("_csrf", csrf.as_str())]).expect(422).text();
    assert!(unpledged.contains("Đánh dấu lời cam đoan"));
    let fields = [("_csrf", csrf.as_str()), ("pledge", "1")];
    let first = location(client.post_form(&send, &fields));
    let second = location(client.post_form(&send, &fields));
    assert_eq!(first, second);
    let page = client.get(&first).expect(200).text();
    assert!(page.contains("Mang bản giấy đến quầy"), "{page}");
    let code = first.rsplit('/').next().unwrap_or_default();
    let slip = client.get(&format!("/tra-cuu/{code}/phieu.pdf")).expect(200);
    assert!(slip.body.starts_with(b"%PDF"));
    let stranger = Client::new(server.base()).with_cookies();
    let status = stranger.get(&format!("/tra-cuu/{code}")).expect(200).text();
    assert!(!status.contains("Trần Văn Ộ"));
    assert_eq!(
        stranger.get(&first).expect(303).header("location"),
        Some(&*format!("/tra-cuu/{code}"))
    );
}

#[test]
fn the_secret_of_a_qr_code_leaves_the_address() {
    let server = Server::demo();
    let client = Client::new(server.base()).with_cookies();
    let papers = step(&client, &to_request(&client), &[("form.noi_dung", REQUEST)]);
    let modes = [("paper.tp1.mode", "paper"), ("paper.tp2.mode", "paper")];
    let send = step(&client, &step(&client, &papers, &modes), &[("return", "online")]);
    let done = step(&client, &send, &[("pledge", "1")]);
    let page = client.get(&done).expect(200).text();
    let (_, rest) = page.split_once("Mã tra cứu").expect("a secret");
    let (_, rest) = rest.split_once("class=\"code\">").expect("a secret");
    let secret: String = rest.chars().take(9).filter(|c| *c != ' ').collect();
    let code = done.rsplit('/').next().unwrap_or_default();
    let stranger = Client::new(server.base()).with_cookies();
    let scanned = stranger.get(&format!("/tra-cuu/{code}?ma={secret}"));
    assert_eq!(location(scanned), format!("/tra-cuu/{code}"));
    let page = stranger.get(&format!("/tra-cuu/{code}")).expect(200).text();
    assert!(page.contains("Trần Văn Ộ"));
    let withdrawal = stranger.get(&format!("/tra-cuu/{code}/rut")).expect(200).text();
    let (csrf, version) = (field(&withdrawal, "_csrf"), field(&withdrawal, "version"));
    let key = field(&withdrawal, "_key");
    let path = format!("/tra-cuu/{code}/rut");
    let fields = [("_csrf", csrf.as_str()), ("version", &version), ("_key", &key), ("reason", "")];
    assert!(stranger.post_form(&path, &fields).expect(422).text().contains("Nhập lý do"));
    let fields =
        [("_csrf", csrf.as_str()), ("version", &version), ("_key", &key), ("reason", "Nộp nhầm")];
    let after = location(stranger.post_form(&path, &fields));
    let page = stranger.get(&after).expect(200).text();
    assert!(page.contains("Hồ sơ đã dừng theo yêu cầu."), "{page}");
}

const PAGES: [&str; 19] = [
    "/",
    "/thu-tuc",
    "/thu-tuc?q=khai%20sinh",
    "/thu-tuc?q=zzzz",
    "/thu-tuc/1.001193",
    "/thu-tuc/1.001193?kiem_tra=1&co0=tp1",
    "/thu-tuc/1.001193?in=1",
    "/thu-tuc/1.001193/co-dung-khong",
    "/thu-tuc/1.001193/co-dung-khong?da=2.0",
    "/thu-tuc/1.000656?ai=self&tl.giay_bao_tu=khong",
    "/nop-ho-so/1.001193",
    "/ban-nhap",
    "/tra-cuu",
    "/dang-nhap",
    "/tiep-can",
    "/quy-tac",
    "/danh-gia",
    "/thong-ke",
    "/khong-co-trang-nay",
];

/// What every page owes to those who read, hear or operate it otherwise.
fn examine(browser: &Browser, page: &str) {
    browser.resize(1280, 900);
    let found = browser.violations();
    assert!(found.is_empty(), "{page}: {found:?}");
    assert_eq!(browser.count("h1"), 1, "{page}");
    browser.resize(320, 700);
    assert!(!browser.scrolls_sideways(), "{page} scrolls sideways at 320");
}

#[test]
fn every_public_page_is_accessible_and_fits_a_small_phone() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::On);
    for page in PAGES {
        browser.open(&format!("{}{page}", server.base()));
        examine(&browser, page);
    }
}

#[test]
fn every_step_of_a_filing_is_accessible_and_fits_a_small_phone() {
    let (server, folder) = (Server::demo(), tempfile::tempdir().unwrap());
    let [form, birth] = pictures(&folder);
    let browser = Browser::start(Scripts::On);
    to_papers(&browser, server.base());
    press_refused(&browser, "Tiếp tục");
    examine(&browser, "refused papers");
    let papers = browser.url();
    for step in ["ai-nop", "nguoi-nop", "chu-ho-so", "to-khai", "nhan-ket-qua", "gui", "may-khac"] {
        let address = papers.split('#').next().unwrap_or_default().replace("giay-to", step);
        browser.open(&address);
        examine(&browser, step);
    }
    browser.open(papers.split('#').next().unwrap_or_default());
    let files: [&Path; 2] = [&form, &birth];
    browser.upload("#f-paper-tp1", &files[..1]);
    browser.upload("#f-paper-tp2", &files[1..]);
    wait_for(&browser, ".files li", 2);
    examine(&browser, "papers");
    let (code, _) = to_confirmation(&browser);
    examine(&browser, "confirmation");
    for page in
        [format!("/tra-cuu/{code}"), format!("/tra-cuu/{code}/rut"), "/tai-khoan".to_owned()]
    {
        browser.open(&format!("{}{page}", server.base()));
        examine(&browser, &page);
    }
}

#[test]
fn pages_of_procedures_are_small_and_answer_their_tag() {
    let server = Server::demo();
    let client = Client::new(server.base()).header("Accept-Encoding", "gzip");
    for page in PAGES.iter().take(7) {
        let answer = client.get(page).expect(200);
        assert!(answer.body.len() < 24 * 1024, "{page}: {} bytes", answer.body.len());
        if page.contains("zzzz") {
            // What finds nothing is counted each time, and so never kept.
            assert_eq!(answer.header("cache-control"), Some("no-store"), "{page}");
            continue;
        }
        let tag = answer.header("etag").expect("a tag").to_owned();
        let again = client.send("GET", page, &[("If-None-Match", &tag)], Vec::new());
        assert_eq!(again.status, 304, "{page}");
    }
}
