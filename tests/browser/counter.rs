//! The counter by keyboard and scanner alone: reception, certification, the queue; and its pages for
//! everybody.

use fantoccini::key::Key;
use serde_json::json;

use crate::desk::{leave, sign_in};
use crate::filing::wait_for;
use crate::support::browser::{Browser, Scripts};
use crate::support::server::Server;

const CARD: &str =
    "036185990001|012345678|Nguyễn Thị Ánh|03021985|Nữ|Số 1, phường Nam Định|05062021";
/// A newer card says more; what we do not know is left aside.
const NEWER_CARD: &str = "036185990001||Nguyễn Thị Ánh|03021985|Nữ|Số 1, phường Nam Định|05062021|\
    Trần Thị Bích|Nguyễn Văn An||";
/// A card from before July 2025: its address has a district.
const OLDER_CARD: &str = "036185990001||Nguyễn Thị Ánh|03021985|Nữ|\
    Thôn 3, Tân Hội, Đan Phượng, Hà Nội|05062021";

fn key(key: Key) -> String {
    char::from(key).to_string()
}

/// The name of the field in which the keyboard stands.
fn stands(browser: &Browser) -> String {
    let name = browser.evaluate("return document.activeElement.name || ''", Vec::new());
    name.as_str().unwrap_or_default().to_owned()
}

/// Goes on with Tab until the keyboard stands in a field.
fn tab_to(browser: &Browser, wanted: impl Fn(&str) -> bool) {
    for _ in 0..80 {
        browser.keys(&key(Key::Tab));
        if wanted(&stands(browser)) {
            return;
        }
    }
    panic!("no Tab leads there; it stands in {}", stands(browser));
}

#[test]
fn a_dossier_is_received_with_its_papers_by_keys_alone() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::On);
    sign_in(&browser, &server, "tiepnhan1");
    leave(&browser, || browser.keys(&key(Key::F9)));
    browser.keys("dang ky khai sinh");
    leave(&browser, || browser.keys(&key(Key::Enter)));
    assert_eq!(stands(&browser), "card", "the scanner types where the keyboard stands");
    browser.keys(NEWER_CARD);
    leave(&browser, || browser.keys(&key(Key::Enter)));
    assert_eq!(browser.value("#f-applicant-name"), "Nguyễn Thị Ánh");
    assert_eq!(stands(&browser), "paper");
    // What this case does not need is folded away.
    let papers = browser.count("[name=paper]") - browser.count("details [name=paper]");
    assert!(papers > 1);
    for paper in 0..papers {
        if paper > 0 {
            tab_to(&browser, |name| name == "paper");
        }
        browser.keys(" ");
    }
    tab_to(&browser, |name| name.starts_with("h."));
    browser.keys("Bản sao");
    leave(&browser, || browser.keys(&key(Key::F9)));
    assert!(browser.text("h1").starts_with("Đã tiếp nhận H40.12-"), "{}", browser.text("main"));
    let code = browser.text("h1").rsplit(' ').next().unwrap_or_default().to_owned();
    browser.open(&server.url(&format!("/mot-cua/ho-so/{code}?xem=giay-to")));
    assert!(browser.text("main").contains("Bản sao có chứng thực"), "{}", browser.text("main"));
}

#[test]
fn the_declared_form_is_typed_at_the_counter() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::On);
    sign_in(&browser, &server, "tiepnhan1");
    browser.open(&server.url("/mot-cua/tiep-nhan?procedure=2.000635&papers_of=2.000635"));
    assert_eq!(stands(&browser), "card");
    browser.keys(OLDER_CARD);
    leave(&browser, || browser.keys(&key(Key::Enter)));
    assert_eq!(browser.value("#f-applicant-address-commune"), "Xã Ô Diên");
    assert!(browser.text("main").contains("nay là Xã Ô Diên, Thành phố Hà Nội."));
    leave(&browser, || browser.press("Nhập tờ khai ngay"));
    browser.keys(&key(Key::Tab));
    assert_eq!(stands(&browser), "form.nguoi_yeu_cau", "the keyboard goes on in the form");
    assert_eq!(browser.value("#f-form-nguoi-yeu-cau"), "Nguyễn Thị Ánh");
    assert_eq!(browser.value("#f-form-cu-tru-commune"), "Xã Ô Diên");
    browser.click_labelled("Quan hệ khác");
    wait_for(&browser, "[name='form.quan_he_khac']", 1);
    tab_to(&browser, |name| name == "form.quan_he_khac");
    assert!(browser.violations().is_empty(), "{:?}", browser.violations());
    browser.resize(320, 640);
    assert!(!browser.scrolls_sideways());
}

#[test]
fn a_choice_by_mouse_shows_its_questions_and_the_panel_follows() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::On);
    sign_in(&browser, &server, "tiepnhan1");
    browser.open(&server.url("/mot-cua/tiep-nhan?procedure=1.001193&papers_of=1.001193"));
    browser.click_labelled("Cha, mẹ, người giám hộ hoặc đại diện theo pháp luật");
    wait_for(&browser, "[name='owner.name']", 1);
    leave(&browser, || browser.press("Nhập tờ khai ngay"));
    browser.fill("[name='owner.name']", "Trần Bảo An");
    browser.click_labelled("Đề nghị cấp bản sao Trích lục khai sinh");
    wait_for(&browser, "[name='form.so_ban_sao']", 1);
    browser.fill("[name='form.so_ban_sao']", "2");
    browser.keys(&key(Key::Tab));
    let panel = || browser.text(".side");
    for _ in 0..2_000 {
        if panel().contains("16.000") {
            break;
        }
    }
    assert!(panel().contains("16.000") && panel().contains("Trần Bảo An"), "{}", panel());
    // A file goes up at a paper that was drawn anew.
    assert_eq!(browser.count("[data-upload]:not([data-ready])"), 0);
    assert_eq!(browser.value("[name='owner.name']"), "Trần Bảo An");
    assert!(browser.violations().is_empty(), "{:?}", browser.violations());
    browser.resize(320, 640);
    assert!(!browser.scrolls_sideways());
}

#[test]
fn a_garbled_card_is_noticed_before_anything_is_filed() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::On);
    sign_in(&browser, &server, "tiepnhan1");
    browser.open(&server.url("/mot-cua/tiep-nhan"));
    browser.keys(&key(Key::F4));
    browser.keys(&CARD.replace("Nguyễn Thị Ánh", "Nguye6n4 Thi5 A1nh"));
    leave(&browser, || browser.keys(&key(Key::Enter)));
    assert!(browser.text("main").contains("Tắt bộ gõ tiếng Việt rồi quét lại"));
    assert_eq!(browser.value("#f-applicant-name"), "");
}

#[test]
fn papers_are_certified_in_one_visit_by_keys_alone() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::On);
    sign_in(&browser, &server, "tiepnhan1");
    browser.open(&server.url("/mot-cua/chung-thuc"));
    browser.keys(&key(Key::F4));
    browser.keys(CARD);
    leave(&browser, || browser.keys(&key(Key::Enter)));
    assert_eq!(stands(&browser), "papers[0].name");
    let row = |name: &str, pages: &str, copies: &str| {
        browser.keys(name);
        browser.keys(&key(Key::Tab));
        browser.keys(pages);
        browser.keys(&key(Key::Tab));
        browser.keys(copies);
        leave(&browser, || browser.keys(&key(Key::Enter)));
    };
    row("Bằng tốt nghiệp", "5", "3");
    assert!(browser.text(".cert-total").contains("21.000 đồng"), "{}", browser.text("main"));
    assert_eq!(stands(&browser), "papers[1].name", "Enter adds a row");
    row("Giấy khai sinh", "1", "2");
    assert!(browser.text(".cert-total").contains("25.000 đồng"));
    leave(&browser, || browser.keys(&key(Key::F9)));
    assert!(browser.text("h1").starts_with("Đã chứng thực H40.12-"), "{}", browser.text("main"));
    assert!(browser.text("main").contains("-SCT/BS"));
    let paper = browser.attribute("a[data-key=F8]", "href").expect("the attestations");
    let fetch = "const r = new XMLHttpRequest(); r.open('GET', arguments[0], false); r.send(); \
                 return [r.status, r.getResponseHeader('content-type')]";
    let answer = browser.evaluate(fetch, vec![json!(paper)]);
    assert_eq!(answer, json!([200, "application/pdf"]));
    leave(&browser, || browser.keys(&key(Key::F9)));
    assert_eq!(stands(&browser), "card", "the next person");
}

#[test]
fn a_counter_calls_numbers_and_the_screen_follows_by_itself() {
    let server = Server::demo();
    let screen = Browser::start(Scripts::On);
    screen.open(&server.url("/man-hinh-goi-so?co-quan=H40.12"));
    let browser = Browser::start(Scripts::On);
    sign_in(&browser, &server, "tiepnhan1");
    browser.open(&server.url("/mot-cua/goi-so?quay=7"));
    leave(&browser, || browser.keys(&key(Key::F9)));
    let said = browser.text("main .content .box h2");
    let number = said.split(' ').nth(1).unwrap_or_default().to_owned();
    assert!(said.contains("quầy 7"), "{said}");
    for _ in 0..2_000 {
        if screen.text(".call-screen").contains(&number) {
            break;
        }
    }
    assert!(screen.text(".call-screen").contains(&number), "{number}: {}", screen.text("main"));
    // Nobody came: the number is kept to be called again.
    leave(&browser, || browser.press("Vắng mặt"));
    browser.click("summary");
    assert!(browser.text("main").contains(&format!("Gọi lại {number}")));
}

#[test]
fn everybody_can_read_and_work_the_counter() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::On);
    sign_in(&browser, &server, "tiepnhan1");
    browser.open(&server.url("/mot-cua?hang=to_assign"));
    let code = browser.text("table.data td a.code");
    let pages = [
        "/lay-so?co-quan=H40.12".to_owned(),
        "/lay-so/H40.12/A001".to_owned(),
        "/man-hinh-goi-so?co-quan=H40.12".to_owned(),
        "/mot-cua/goi-so".to_owned(),
        "/mot-cua/chung-thuc".to_owned(),
        "/mot-cua/chung-thuc/so".to_owned(),
        "/mot-cua/ban-giao".to_owned(),
        "/mot-cua/tra-ket-qua/buu-chinh".to_owned(),
        format!("/mot-cua/ho-so/{code}/so-hoa"),
    ];
    for page in &pages {
        browser.resize(1280, 900);
        browser.open(&server.url(page));
        assert!(browser.violations().is_empty(), "{page}: {:?}", browser.violations());
        browser.resize(360, 740);
        assert!(!browser.scrolls_sideways(), "{page} scrolls sideways");
    }
}
