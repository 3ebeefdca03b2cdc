//! The builder where it leads on: what a step looks at, the fields of the official form, what was kept, and
//! calculations of several steps.

use crate::api::portal::{Portal, api};
use crate::drafts::location;
use crate::papers::{at_desk, send};
use crate::support::http::{Answer, Client, filled};
use crate::support::server::Server;

const FORMS: &str = "/quan-tri/to-khai";
/// A procedure of the demo without a form, whose process leaves a step out when `mien_nghia_vu` is yes.
const LAND: &str = "1.013978";

fn page(client: &Client, path: &str) -> String {
    client.get(path).expect(200).text()
}

fn press(client: &Client, path: &str, fields: &[(&str, &str)]) -> Answer {
    send(client, "/quan-tri/thu-tuc", path, fields)
}

/// A form in work with these lines; the builder's address.
fn begun(admin: &Client, procedure: &str, lines: &str) -> String {
    let here = format!("{FORMS}/{procedure}");
    press(admin, &here, &[("tu", "trong")]).expect(303);
    let edit = format!("{here}/sua");
    press(admin, &edit, &[("lines", lines), ("_lines", "1")]).expect(303);
    edit
}

#[test]
fn what_a_step_looks_at_is_told_led_to_and_asked_with_one_press() {
    let portal = Portal::demo();
    let admin = at_desk(portal.server(), "quantri");
    let edit = begun(&admin, LAND, "I. Người sử dụng đất\n1. Họ và tên\n2. Số thửa");
    let publish = format!("{edit}/phat-hanh");
    let refused = page(&admin, &publish);
    // The step by name, with the way to it, the condition in words, and no name of an answer to be typed.
    for said in [
        format!("href=\"/quan-tri/quy-trinh/{LAND}#f-steps-"),
        "“Được miễn nghĩa vụ tài chính”".to_owned(),
        "name=\"_ask\" value=\"mien_nghia_vu\"".to_owned(),
    ] {
        assert!(refused.contains(&said), "{said}: {refused}");
    }
    let link = refused.split("/quan-tri/quy-trinh/").nth(1).unwrap().split('"').next().unwrap();
    let (way, anchor) = link.split_once('#').unwrap();
    let process = page(&admin, &format!("/quan-tri/quy-trinh/{way}"));
    assert!(process.contains(&format!("id=\"{anchor}\"")), "the link ends at the step: {anchor}");
    assert!(page(&admin, &edit).contains("name=\"_ask\""), "the builder offers it too");
    press(&admin, &publish, &[("newest", "0")]).expect(422);

    let asked = location(press(&admin, &edit, &[("_ask", "mien_nghia_vu")]).expect(303));
    assert!(asked.contains("/truong/mien_nghia_vu"), "{asked}");
    let question = page(&admin, &asked);
    assert!(question.contains("Đã thêm trường này"), "{question}");
    assert!(question.contains("value=\"Được miễn nghĩa vụ tài chính\""), "{question}");
    // Pressed again on the old page, nothing is asked twice.
    press(&admin, &edit, &[("_ask", "mien_nghia_vu")]).expect(409);
    press(&admin, &publish, &[("newest", "0")]).expect(303);
    let form = portal.anybody().get(&api(&format!("/procedures/{LAND}"))).expect(200).json();
    let last = form["form"]["sections"][0]["questions"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["key"], &last["kind"]), (&"mien_nghia_vu".into(), &"tick".into()));
}

#[test]
fn the_process_that_ships_for_the_permanent_residence_looks_at_no_answer_that_a_form_must_ask() {
    let server = Server::demo();
    let admin = at_desk(&server, "quantri");
    let edit = begun(&admin, "1.004222", include_str!("../data/paper-form.txt"));
    let shown = page(&admin, &edit);
    assert!(shown.contains("Không còn chỗ nào phải sửa"), "{shown}");
    press(&admin, &format!("{edit}/phat-hanh"), &[("newest", "0")]).expect(303);
}

#[test]
fn the_fields_of_the_official_form_are_listed_by_labels() {
    let server = Server::demo();
    let admin = at_desk(&server, "quantri");
    let lines = "I. Người khai\nHọ và tên\nNgày sinh\nThành viên\n- Họ và tên\n- Quan hệ\nGhi chú";
    let edit = begun(&admin, "1.013226", lines);
    let here = format!("{edit}/mau-giay");
    assert!(page(&admin, &edit).contains(&here), "the builder leads to it");
    let typed = "Kính gửi = in sẵn\nHọ tên = Họ và tên";
    // A wrong line is named, and what was typed is still there.
    let wrong = format!("{typed}\nTuổi = Tuổi tác");
    let refused =
        press(&admin, &here, &[("official_fields", &wrong), ("official_added", "Ghi chú")]);
    let refused = refused.expect(422).text();
    for said in
        ["Dòng 3", "“Tuổi tác”", "href=\"#f-official-fields\"", "vì sao hỏi thêm", "Tuổi = Tuổi"]
    {
        assert!(refused.contains(said), "{said}: {refused}");
    }
    let added = "Ghi chú = để liên hệ | to reach them";
    let right = [("official_fields", typed), ("official_added", added)];
    let back = location(press(&admin, &here, &right).expect(303));
    assert!(page(&admin, &back).contains("Đã lưu các mục"), "{back}");
    press(&admin, &here, &[&right[..], &[("_take", "1")]].concat()).expect(303);
    let shown = page(&admin, &here);
    let kept = filled(&shown, "official_fields");
    let kept = kept.first().map(|(_, value)| value.clone()).unwrap_or_default();
    for line in [
        "Họ tên = Họ và tên",
        "Ngày sinh = Ngày sinh",
        "Thành viên › Quan hệ = Thành viên › Quan hệ",
    ] {
        assert!(kept.lines().any(|known| known == line), "{line}: {kept}");
    }
    assert!(!shown.contains("_take"), "nothing is left over");
    press(&admin, &format!("{edit}/phat-hanh"), &[("newest", "0")]).expect(303);
    assert!(page(&admin, &format!("{FORMS}/1.013226")).contains("5 mục của mẫu giấy"));
}

#[test]
fn a_row_says_that_it_was_kept_and_a_table_that_must_be_answered_has_a_row() {
    let server = Server::demo();
    let admin = at_desk(&server, "quantri");
    let edit = begun(
        &admin,
        "1.013226",
        "I. Người khai\nHọ và tên\nThành viên\n- Họ và tên\n- Thu nhập (đồng)",
    );
    let table = [("required.thanh_vien", "1"), ("kind.thanh_vien", "table"), ("_save", "1")];
    press(&admin, &edit, &table).expect(303);
    let shown = page(&admin, &edit);
    assert!(shown.contains("1 đến 20 dòng") && !shown.contains("0 đến 20 dòng"), "{shown}");
    assert!(!shown.contains("class=\"kept\""));
    let typed = [("label", "Họ tên"), ("kind", "name"), ("shown", "name")];
    let back = location(press(&admin, &format!("{edit}/truong/ho_va_ten"), &typed).expect(303));
    let shown = page(&admin, back.split('#').next().unwrap());
    assert_eq!(shown.matches("class=\"kept\"").count(), 1, "{shown}");

    // The sum of the incomes, by the persons and one, in one question.
    press(&admin, &edit, &[("lines", "Bình quân (đồng)"), ("_lines", "1")]).expect(303);
    let mean = format!("{edit}/truong/binh_quan_dong");
    let other = [("label", "Bình quân"), ("kind", "calculated"), ("shown", "money")];
    press(&admin, &mean, &other).expect(303);
    let steps = |by: &'static str| {
        [
            ("label", "Bình quân"),
            ("kind", "calculated"),
            ("shown", "calculated"),
            ("calculate", "sum"),
            ("values[0]", "t|thanh_vien|thu_nhap_dong"),
            ("values[1]", "n"),
            ("values[1].number", "1000"),
            ("steps[0].operation", "by"),
            ("steps[0]", by),
        ]
    };
    let refused = press(&admin, &mean, &steps("")).expect(422).text();
    assert!(refused.contains("href=\"#f-steps-0\""), "{refused}");
    press(&admin, &mean, &steps("r|thanh_vien")).expect(303);
    let shown = page(&admin, &edit);
    assert!(shown.contains(") : số dòng của “Thành viên”"), "{shown}");
    // What the boxes show means the same when it is kept again.
    let opened = page(&admin, &mean);
    let mut again = filled(&opened, "");
    again.retain(|(name, _)| !name.starts_with('_') && name != "columns");
    let again: Vec<(&str, &str)> = again.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    press(&admin, &mean, &again).expect(303);
    assert!(page(&admin, &edit).contains(") : số dòng của “Thành viên”"));
    // By a number that is zero: refused at the question, nothing lost.
    let zero = [&steps("n")[..], &[("steps[0].number", "0")]].concat();
    press(&admin, &mean, &zero).expect(303);
    assert!(page(&admin, &mean).contains("Phép chia cho 0"));
}
