//! Test cases of a form that look beyond it, at fees, papers and steps; and what ships for a procedure,
//! published with one press on a real folder.

use serde_json::{Value, json};

use crate::api::portal::{Portal, api};
use crate::drafts::location;
use crate::papers::{at_desk, send};
use crate::support::http::{Answer, Client, Multipart, field};
use crate::support::server::{ADMIN_PASSWORD, Server};

const FORMS: &str = "/quan-tri/to-khai";
/// Copies of extracts: its fee is counted by an answer.
const EXTRACT: &str = "2.000635";
const SHIPPED: [&str; 15] = [
    "1.000656", "1.000894", "1.001193", "1.001612", "1.001776", "1.003554", "1.004194", "1.004837",
    "1.004873", "1.010041", "1.011607", "2.000635", "2.000720", "2.000815", "2.000884",
];

fn page(client: &Client, path: &str) -> String {
    client.get(path).expect(200).text()
}

fn press(client: &Client, path: &str, fields: &[(&str, &str)]) -> Answer {
    send(client, "/quan-tri/thu-tuc", path, fields)
}

fn publish_process(admin: &Client, steps: &[Value]) -> Answer {
    let headers = [("Content-Type", "application/json")];
    let body = json!({ "steps": steps }).to_string();
    admin.send("PUT", &api(&format!("/procedures/{EXTRACT}/process")), &headers, body.into())
}

#[test]
fn a_test_case_holds_a_change_of_fees_or_process_until_it_is_taken_over() {
    let portal = Portal::demo();
    let admin = at_desk(portal.server(), "quantri");
    let program = portal.desk("quantri");
    let here = format!("{FORMS}/{EXTRACT}");
    let shown = page(&admin, &here);
    assert!(shown.contains("Có sẵn cho thủ tục này") && shown.contains("Quy trình 6 bước"));
    press(&admin, &format!("{here}/san-co"), &[]).expect(303);
    assert!(!page(&admin, &here).contains("Có sẵn cho thủ tục này"));

    // Another price, and an answer that the form does not ask for.
    let fees = format!("/quan-tri/le-phi/{EXTRACT}");
    let rule = |price: &'static str, counted: &'static str| {
        [
            ("rules.rows", "1"),
            ("rules[0].id", "extract"),
            ("rules[0].name", "Phí cấp bản sao trích lục hộ tịch"),
            ("rules[0].unit", "copy"),
            ("rules[0].tiers[0].from", "1"),
            ("rules[0].tiers[0].price", price),
            ("rules[0].source", "Nghị quyết"),
            ("rules[0].counted.units", counted),
        ]
    };
    let refused = press(&admin, &fees, &rule("9.000", "so_ban")).expect(422).text();
    for said in ["Khai sinh của bản thân", "16.000", "18.000", "href=\"#f-tests\""] {
        assert!(refused.contains(said), "{said}: {refused}");
    }
    let refused = press(&admin, &fees, &rule("8.000", "so_to")).expect(422).text();
    assert!(refused.contains("href=\"#f-rules-0--counted-units\""), "{refused}");
    press(&admin, &fees, &rule("8.000", "so_ban")).expect(303);
    let renewed = [&rule("9.000", "so_ban")[..], &[("tests", "1")]].concat();
    press(&admin, &fees, &renewed).expect(303);
    let now = page(&admin, &here);
    assert!(now.contains("Bản đang áp dụng: bản 2") && now.contains("Cập nhật kết quả mong đợi"));

    // A step fewer: the case that says which steps run is named.
    let process = admin.get(&api(&format!("/procedures/{EXTRACT}/process"))).expect(200).json();
    let mut steps = process["steps"].as_array().unwrap().clone();
    steps.retain(|step| step["id"] != "tra-tim");
    let refused = publish_process(&program, &steps).expect(422).text();
    assert!(refused.contains("cases[0]") && refused.contains("Tra tìm trong sổ lưu"), "{refused}");

    // In the builder the expectations stand in words, and all are taken over with one press.
    press(&admin, &here, &[("tu", "ban")]).expect(303);
    let edit = format!("{here}/sua");
    let asked = [("kind.muc_dich", "text"), ("required.muc_dich", "1"), ("_save", "1")];
    press(&admin, &edit, &asked).expect(303);
    let trial = page(&admin, &format!("{edit}/thu"));
    assert!(trial.contains("Phí cấp bản sao trích lục hộ tịch: 18.000"), "{trial}");
    assert!(trial.contains("“Mục đích") && trial.contains("_renew_all"), "{trial}");
    press(&admin, &format!("{edit}/thu"), &[("_renew_all", "1")]).expect(303);
    let publish = format!("{edit}/phat-hanh");
    press(&admin, &publish, &[("newest", "2")]).expect(303);
    assert!(page(&admin, &here).contains("Bản đang áp dụng: bản 3"));
}

#[test]
fn every_shipped_form_and_process_is_published_with_one_press_on_an_imported_catalogue() {
    let server = Server::empty();
    let catalogue = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo/procedures.jsonl");
    let imported = server.command(&["catalogue", "import", catalogue]);
    assert_eq!(imported.code, Some(0), "{imported:?}");
    let admin = server.client().with_cookies();
    let entrance = page(&admin, "/mot-cua/dang-nhap");
    let (csrf, key) = (field(&entrance, "_csrf"), field(&entrance, "_key"));
    let fields =
        [("_csrf", csrf.as_str()), ("_key", &key), ("user", "admin"), ("password", ADMIN_PASSWORD)];
    admin.post_form("/mot-cua/dang-nhap", &fields).expect(303);
    for code in SHIPPED {
        let here = format!("{FORMS}/{code}");
        assert!(page(&admin, &here).contains("Phát hành bản có sẵn"), "{code}");
        let done = press(&admin, &format!("{here}/san-co"), &[]);
        assert_eq!(done.status, 303, "{code}: {}", done.text());
        let shown = page(&admin, &here);
        assert!(shown.contains("Bản đang áp dụng: bản 1"), "{code}");
        assert!(
            page(&admin, &format!("/quan-tri/quy-trinh/{code}")).contains("Quy trình bản 1"),
            "{code}"
        );
        // Whoever files gets its questions on paper too.
        server.client().get(&format!("/thu-tuc/{code}/to-khai.pdf")).expect(200);
    }
}

#[test]
fn a_form_is_built_without_losing_what_was_made_by_mistake() {
    let server = Server::demo();
    let admin = at_desk(&server, "quantri");
    let here = format!("{FORMS}/1.013226");
    // Copied from another procedure.
    press(&admin, &here, &[("tu", "chep"), ("nguon", EXTRACT)]).expect(303);
    let edit = format!("{here}/sua");
    assert!(page(&admin, &edit).contains("kind.loai_viec"));

    // A kind that is changed by mistake, and back: the answers to choose from are there again.
    for kind in ["text", "choice"] {
        press(&admin, &edit, &[("kind.loai_viec", kind), ("_save", "1")]).expect(303);
    }
    let question = page(&admin, &format!("{edit}/truong/loai_viec"));
    assert!(question.contains("khai_sinh") && question.contains("ket_hon"), "{question}");

    // Another name of the answers: what refers to it follows.
    let typed = [
        ("label", "Loại việc"),
        ("kind", "choice"),
        ("shown", "choice"),
        ("required", "1"),
        ("options", "Khai sinh | | khai_sinh\nKết hôn | | ket_hon\nKhác | | khac"),
    ];
    let rename = |key: &'static str| {
        press(&admin, &format!("{edit}/truong/loai_viec"), &[&typed[..], &[("key", key)]].concat())
    };
    assert!(rename("so_ban").expect(422).text().contains("đã dùng ở trường khác"));
    assert!(rename("Loại").expect(422).text().contains("href=\"#f-key\""));
    rename("viec").expect(303);
    let shown = page(&admin, &edit);
    assert!(shown.contains("kind.viec") && shown.contains("Chỉ hỏi khi “Loại việc” là “Kết hôn”"));

    // Removed twice, taken back twice.
    for gone in ["viec", "so_ban"] {
        press(&admin, &edit, &[("_remove", gone)]).expect(303);
    }
    assert!(!page(&admin, &edit).contains("kind.viec"));
    for _ in 0..2 {
        press(&admin, &edit, &[("_undo", "1")]).expect(303);
    }
    let shown = page(&admin, &edit);
    assert!(shown.contains("kind.viec") && shown.contains("kind.so_ban"), "{shown}");
}

/// The file of a procedure, read back with other lines for its papers.
fn compared(admin: &Client, bundle: &Value) -> String {
    let page = page(admin, FORMS);
    let form = Multipart::new()
        .text("_csrf", &field(&page, "_csrf"))
        .text("_key", &field(&page, "_key"))
        .file("file", "thu-tuc.json", "application/json", bundle.to_string().as_bytes());
    admin.post_multipart(&format!("{FORMS}/nhap"), form).expect(200).text()
}

#[test]
fn a_test_case_holds_a_change_of_the_papers_and_a_file_carries_them() {
    let server = Server::demo();
    let admin = at_desk(&server, "quantri");
    let here = format!("{FORMS}/{EXTRACT}");
    press(&admin, &format!("{here}/san-co"), &[]).expect(303);
    let papers = format!("/quan-tri/huong-dan/giay-to/{EXTRACT}");
    let supplied = page(&admin, &papers);
    assert!(supplied.contains("tự nộp; câu quan_he là khac"), "{supplied}");

    // Demanded of everybody: the cases without it are named, until the results are taken over.
    let mandate = "văn bản ủy quyền | | bắt buộc | không bao giờ";
    let refused = press(&admin, &papers, &[("lines", mandate)]).expect(422).text();
    for said in ["Khai sinh của bản thân", "href=\"#f-tests\"", "Văn bản ủy quyền, khi"]
    {
        assert!(refused.contains(said), "{said}: {refused}");
    }
    press(&admin, &papers, &[("lines", mandate), ("tests", "1")]).expect(303);
    assert!(page(&admin, &here).contains("Bản đang áp dụng: bản 2"));

    // A form without the question that the conditions look at is refused.
    let asks = "văn bản ủy quyền | câu muc_dich có | | không có mục đích";
    press(&admin, &papers, &[("lines", asks), ("tests", "1")]).expect(303);
    press(&admin, &here, &[("tu", "ban")]).expect(303);
    let edit = format!("{here}/sua");
    press(&admin, &edit, &[("_remove", "muc_dich")]).expect(303);
    press(&admin, &format!("{edit}/thu"), &[("_renew_all", "1")]).expect(303);
    let refused =
        press(&admin, &format!("{edit}/phat-hanh"), &[("newest", "3")]).expect(422).text();
    assert!(refused.contains("Điều kiện của giấy “văn bản ủy quyền”"), "{refused}");

    // In the file they stand as lines, and come back among the differences.
    let mut file = admin.get(&format!("{here}/xuat")).expect(200).json();
    assert_eq!(file["papers"], json!([asks]), "{file}");
    assert!(compared(&admin, &file).contains("Tệp giống hệt những gì đang có"));
    file["papers"] = json!([mandate]);
    file["form"]["cases"] = json!([]);
    let differs = compared(&admin, &file);
    assert!(differs.contains(asks) && differs.contains(mandate), "{differs}");
    // A part that is not ticked stays: the cases of the form here hold the other lines.
    let write = |page: &str, parts: &[&'static str]| {
        let key = field(page, "file");
        let mut sent = vec![("file", key.as_str())];
        sent.extend(parts.iter().map(|part| (*part, "1")));
        press(&admin, &format!("{FORMS}/nhap/ghi"), &sent)
    };
    let held = write(&differs, &["parts.papers"]).expect(422).text();
    assert!(held.contains("Khai sinh của bản thân"), "{held}");
    assert!(page(&admin, &papers).contains(asks));
    write(&held, &["parts.form", "parts.papers"]).expect(303);
    assert!(page(&admin, &papers).contains(mandate));
    press(&admin, &papers, &[("goc", "1")]).expect(303);
    assert!(page(&admin, &papers).contains("tự nộp; câu quan_he là khac"));
}

#[test]
fn a_condition_of_a_paper_is_chosen_from_lists_and_taken_out_again() {
    let server = Server::demo();
    let admin = at_desk(&server, "quantri");
    press(&admin, &format!("{FORMS}/{EXTRACT}/san-co"), &[]).expect(303);
    let papers = format!("/quan-tri/huong-dan/giay-to/{EXTRACT}");
    let shown = page(&admin, &papers);
    // The list names the questions and their answers, not their keys.
    assert!(shown.contains("“Loại việc hộ tịch” là “Kết hôn”"), "{shown}");

    let chosen = [("_add", "1"), ("only_if[0]", "loai_viec|is|ket_hon"), ("required", "1")];
    let refused = press(&admin, &papers, &chosen).expect(422).text();
    for said in ["Chọn giấy tờ.", "Ghi vì sao không cần", "value=\"loai_viec|is|ket_hon\" selected"]
    {
        assert!(refused.contains(said), "{said}: {refused}");
    }
    let whole = [&chosen[..], &[("paper", "tp2"), ("why", "không phải việc kết hôn")]].concat();
    let held = press(&admin, &papers, &whole).expect(422).text();
    assert!(
        held.contains("href=\"#f-tests\"") && held.contains("value=\"tp2\" selected"),
        "{held}"
    );
    press(&admin, &papers, &[&whole[..], &[("tests", "1")]].concat()).expect(303);
    let now = page(&admin, &papers);
    assert!(now.contains("khi “Loại việc hộ tịch” là “Kết hôn”"), "{now}");
    let line = "tp2 | câu loai_viec là ket_hon | bắt buộc | không phải việc kết hôn";
    assert!(now.contains(line), "{now}");

    press(&admin, &papers, &[("lines", line), ("_remove", "1"), ("tests", "1")]).expect(303);
    assert!(!page(&admin, &papers).contains("câu loai_viec là ket_hon"));
}

#[test]
fn the_official_form_is_told_where_the_form_is_looked_after_and_on_its_print() {
    let portal = Portal::demo();
    let admin = at_desk(portal.server(), "quantri");
    let here = format!("{FORMS}/1.004194");
    let shown = page(&admin, &here);
    for said in [
        "Mẫu CT01",
        "Thông tư số 53/2025/TT-BCA",
        "9. Số định danh cá nhân của chủ hộ",
        "In sẵn trên bản in",
    ] {
        assert!(shown.contains(said), "{said}: {shown}");
    }
    assert!(!shown.contains("Mục chưa có trường trả lời"), "{shown}");

    // A question that goes is missed by the paper, and what is compared is no longer marked.
    press(&admin, &here, &[("tu", "ban")]).expect(303);
    let edit = format!("{here}/sua");
    press(&admin, &edit, &[("_remove", "so_chu_ho")]).expect(303);
    let missed = page(&admin, &edit);
    assert!(
        missed.contains("Mục chưa có trường trả lời") && missed.contains("(trường đã xóa)"),
        "{missed}"
    );
    let printed = [
        ("signers", "Người kê khai"),
        ("form_number", "Mẫu CT01"),
        ("form_source", "Thông tư mới"),
        ("form_to_verify", "1"),
        ("_save", "1"),
    ];
    press(&admin, &edit, &printed).expect(303);
    let marked = page(&admin, &edit);
    assert!(
        marked.contains("Thông tư mới") && marked.contains("chưa đối chiếu với văn bản gốc"),
        "{marked}"
    );
}

/// What is chosen in a list of a page.
fn chosen<'a>(page: &'a str, name: &str) -> &'a str {
    let (_, list) = page.split_once(&format!("name=\"{name}\"")).expect("there is a list");
    let (before, _) = list.split_once("\" selected").expect("something is chosen");
    before.rsplit("value=\"").next().expect("it has a value")
}

/// A paper form of sixty fields, with a table of the household, conditions and a printed form: built by
/// pages alone, from the lines of the paper.
#[test]
fn a_form_of_sixty_fields_is_built_from_the_lines_of_its_paper() {
    let portal = Portal::demo();
    let admin = at_desk(portal.server(), "quantri");
    let here = format!("{FORMS}/1.003677");
    press(&admin, &here, &[("tu", "trong")]).expect(303);
    let edit = format!("{here}/sua");
    let paper = include_str!("../data/paper-form.txt");
    press(&admin, &edit, &[("lines", paper), ("_lines", "1")]).expect(303);
    let shown = page(&admin, &edit);
    for (key, kind) in [
        ("ngay_thang_nam_sinh", "date"),
        ("nguoi_ke_khai_la_chu_ho", "choice"),
        ("noi_de_nghi_dang_ky", "place"),
        ("ly_do_thay_doi_noi_cu_tru", "text"),
        ("so_ngay_hop_dong_thue_muon", "text"),
        ("nhung_thanh_vien_trong_ho_gia_dinh", "table"),
        ("so_tre_em_duoi_6_tuoi", "number"),
    ] {
        assert_eq!(chosen(&shown, &format!("kind.{key}")), kind, "{key}");
    }

    // One condition for the four questions about the head of the household.
    let head = "ho_chu_dem_va_ten_chu_ho";
    let question = [
        ("label", "Họ, chữ đệm và tên chủ hộ"),
        ("kind", "name"),
        ("shown", "name"),
        ("required", "1"),
        ("only_if[0]", "nguoi_ke_khai_la_chu_ho|is|khong"),
        ("spread", "3"),
    ];
    press(&admin, &format!("{edit}/truong/{head}"), &question).expect(303);
    // Another kind is no mistake yet, until its details are told.
    let total = format!("{edit}/truong/so_thanh_vien");
    let counted = [("label", "Số thành viên"), ("kind", "calculated"), ("shown", "number")];
    let way = location(press(&admin, &total, &counted).expect(303));
    let opened = page(&admin, &way);
    assert!(opened.contains("Đã đổi loại") && !opened.contains("summary-of-errors"), "{opened}");
    let told = [
        ("label", "Số thành viên"),
        ("kind", "calculated"),
        ("shown", "calculated"),
        ("calculate", "sum"),
        ("values[0]", "r|nhung_thanh_vien_trong_ho_gia_dinh"),
    ];
    press(&admin, &total, &told).expect(303);
    let printed = [
        ("signers", "Chủ hộ\nNgười kê khai"),
        ("form_number", "Mẫu 01"),
        ("form_source", "Quyết định số 12/2026/QĐ-UBND"),
        ("_save", "1"),
    ];
    press(&admin, &edit, &printed).expect(303);
    let done = page(&admin, &edit);
    assert!(done.contains("Không còn chỗ nào phải sửa"), "{done}");
    press(&admin, &format!("{edit}/phat-hanh"), &[("newest", "0")]).expect(303);

    let form = portal.anybody().get(&api("/procedures/1.003677")).expect(200).json();
    let sections = form["form"]["sections"].as_array().expect("sections");
    let questions = sections.iter().flat_map(|section| section["questions"].as_array().unwrap());
    let count = |question: &Value| 1 + question["columns"].as_array().map_or(0, Vec::len);
    let asked: Vec<&Value> = questions.collect();
    assert!(asked.iter().map(|question| count(question)).sum::<usize>() >= 60);
    let when = |key: &str| asked.iter().find(|q| q["key"] == key).unwrap()["only_if"].clone();
    assert_eq!(when("so_dien_thoai_cua_chu_ho"), when(head), "asked alike");
    portal.anybody().get("/thu-tuc/1.003677/to-khai.pdf").expect(200);
}
