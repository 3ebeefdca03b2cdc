//! A form is built in the browser: pasted from paper, given a condition, tried on a phone, published.

use crate::desk::{go, leave, sign_in};
use crate::filing::wait_for;
use crate::support::browser::{Browser, Scripts};
use crate::support::server::Server;

/// A procedure of the demo without a form.
const HERE: &str = "/quan-tri/to-khai/1.013226";
const PAPER: &str = "I. Người yêu cầu\n1. Họ, chữ đệm, tên\n2. Ngày, tháng, năm sinh\n\
    3. Tình trạng: Độc thân / Đã kết hôn\n4. Họ tên vợ, chồng\nII. Gia đình\n\
    Thành viên trong gia đình\n- Họ và tên\n- Thu nhập";

fn everybody_can_use(browser: &Browser, what: &str) {
    let found = browser.violations();
    assert!(found.is_empty(), "{what}: {found:?}");
    browser.resize(320, 800);
    assert!(!browser.scrolls_sideways(), "{what} at 320");
    browser.resize(1280, 900);
}

fn press(browser: &Browser, words: &str) {
    leave(browser, || browser.press(words));
}

#[test]
fn a_form_with_a_table_and_a_condition_is_built_and_published() {
    let server = Server::demo();
    let browser = Browser::start(Scripts::On);
    sign_in(&browser, &server, "quantri");
    browser.open(&server.url(HERE));
    press(&browser, "Bắt đầu từ tờ khai trống");
    browser.fill("#f-lines", PAPER);
    press(&browser, "Thêm các trường");
    assert_eq!(browser.count(".field-rows > li"), 5);
    assert_eq!(browser.value("select[name='kind.ngay_thang_nam_sinh']"), "date");
    everybody_can_use(&browser, "the builder");

    browser.choose("select[name='kind.ho_chu_dem_ten']", "text");
    press(&browser, "Lưu loại và bắt buộc");
    assert_eq!(browser.value("select[name='kind.ho_chu_dem_ten']"), "text");
    press(&browser, "Họ tên vợ, chồng");
    browser.press("Chỉ hỏi khi");
    // A value is asked for where the condition needs one, and nowhere else.
    let beside = ".condition-row:first-of-type .beside";
    browser.choose("select[name='only_if[0]']", "ho_chu_dem_ten|is?");
    assert!(browser.text(beside).contains("Giá trị"), "a value is typed");
    browser.choose("select[name='only_if[0]']", "tinh_trang|is|da_ket_hon");
    assert_eq!(browser.text(beside), "", "none is needed");
    everybody_can_use(&browser, "a question");
    press(&browser, "Lưu");
    let row = browser.text("#f-row-ho-ten-vo-chong .hint");
    assert_eq!(row, "Chỉ hỏi khi “Tình trạng” là “Đã kết hôn”");
    assert_eq!(browser.text("#f-row-ho-ten-vo-chong .kept"), "Đã lưu.");

    press(&browser, "Thành viên trong gia đình");
    assert_eq!(browser.count(".field-rows > li"), 2);
    browser.fill("#f-columns", "Quan hệ: Vợ / Chồng / Con");
    press(&browser, "Thêm");
    assert_eq!(browser.value("select[name='kind.thanh_vien_trong_gia_dinh.quan_he']"), "choice");
    everybody_can_use(&browser, "a table");

    browser.open(&server.url(&format!("{HERE}/sua/mau-giay")));
    everybody_can_use(&browser, "the fields of the official form");
    browser.open(&server.url(&format!("{HERE}/sua/thu")));
    assert_eq!(browser.count("#f-form-ho-ten-vo-chong"), 0, "asked of nobody who is alone");
    browser.click("input[name='form.tinh_trang'][value='da_ket_hon']");
    // What follows the answer appears at once, and the button for it is for those without scripts.
    wait_for(&browser, "#f-form-ho-ten-vo-chong", 1);
    assert_eq!(browser.count("button[name='_update']:not([hidden])"), 0);
    go(&browser, ".phone button[name='_try']");
    assert_eq!(browser.count("#f-form-ho-ten-vo-chong"), 1);
    everybody_can_use(&browser, "the trial");
    browser.fill("#f-case", "Đã kết hôn, chưa khai gì khác");
    press(&browser, "Giữ trường hợp");
    assert!(browser.text(".cases").contains("Đúng như mong đợi"));

    browser.open(&server.url(&format!("{HERE}/sua/phat-hanh")));
    everybody_can_use(&browser, "publishing");
    press(&browser, "Phát hành bản 1");
    assert!(browser.text(".banner").contains("Đã phát hành bản 1"));
    everybody_can_use(&browser, "the form");
}
