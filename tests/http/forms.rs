//! Forms of procedures in the hands of an administrator.

use crate::drafts::begin;
use crate::papers::{at_desk, send};
use crate::support::http::{Answer, Client, Multipart, field};
use crate::support::server::Server;

/// The list.
const HERE: &str = "/quan-tri/to-khai";
/// A procedure of the demo with a published form.
const RESIDENCE: &str = "1.004873";

fn page(client: &Client, path: &str) -> String {
    client.get(path).expect(200).text()
}

/// Sends a form with a token and a key of the session.
fn press(client: &Client, path: &str, fields: &[(&str, &str)]) -> Answer {
    send(client, "/quan-tri/thu-tuc", path, fields)
}

#[test]
fn a_form_is_read_and_an_old_version_is_published_again() {
    let server = Server::demo();
    let admin = at_desk(&server, "quantri");
    let list = page(&admin, &format!("{HERE}?co=1"));
    assert!(list.contains(RESIDENCE) && list.contains("Bản 1"), "{list}");
    let here = format!("{HERE}/{RESIDENCE}");
    let shown = page(&admin, &here);
    assert!(shown.contains("Bản đang áp dụng: bản 1") && shown.contains("Chỉ hỏi khi"), "{shown}");

    // The one in use is not offered again.
    assert!(!page(&admin, &format!("{here}/ban/1")).contains("Dùng lại"));
    let again = format!("{here}/ban/1");
    let done = press(&admin, &again, &[("seen", "1")]).expect(303);
    assert!(done.header("Location").unwrap().ends_with("xong=2"));
    let compared = page(&admin, &format!("{here}/ban/2?so=1"));
    assert!(compared.contains("Hai bản giống nhau."), "{compared}");
    let versions = page(&admin, &here);
    assert!(versions.contains("Quay về bản 1") && versions.contains("Bản đang áp dụng: bản 2"));
    assert!(page(&admin, &again).contains("phát hành thành bản 3"));
    // Who looked before that does not publish over it.
    press(&admin, &again, &[("seen", "1")]).expect(409);

    at_desk(&server, "thuly1").get(&here).expect(403);
    at_desk(&server, "thuly1").post_form(&again, &[("seen", "2")]).expect(403);
    admin.get(&format!("{HERE}/9.999999")).expect(404);
    admin.get(&format!("{here}/ban/9")).expect(404);
}

/// A procedure of the demo without a form.
const BUILDING: &str = "1.013226";

/// A paper form with a table, as it would be pasted.
const PAPER: &str = "I. Người yêu cầu\n1. Họ, chữ đệm, tên: ……\n2. Ngày, tháng, năm sinh\n\
    3. Số định danh cá nhân/CCCD\n4. Số điện thoại (nếu có)\n5. Nơi cư trú\n\
    6. Tình trạng: Độc thân / Đã kết hôn\n7. Họ tên vợ, chồng\nII. Gia đình\n\
    Thành viên trong gia đình\n- Họ và tên\n- Ngày sinh\n- Thu nhập";

/// Begins an empty form and sketches the paper into it; the address of the builder.
fn sketched(admin: &Client) -> String {
    let here = format!("{HERE}/{BUILDING}");
    let begun = press(admin, &here, &[("tu", "trong")]).expect(303);
    let edit = begun.header("Location").unwrap().to_owned();
    press(admin, &edit, &[("_lines", "1"), ("lines", PAPER)]).expect(303);
    edit
}

/// The page of a question, with what was typed beside what every page sends.
fn change(admin: &Client, edit: &str, path: &str, kind: &str, typed: &[(&str, &str)]) -> Answer {
    let own = [("label", "Nhãn"), ("kind", kind), ("shown", kind)];
    // What is typed stands first and is read first.
    press(admin, &format!("{edit}/truong/{path}"), &[typed, &own[..]].concat())
}

fn problems(admin: &Client, edit: &str) -> String {
    let page = page(admin, edit);
    page.split("Bản đang sửa</h2>")
        .nth(1)
        .unwrap()
        .split("Trường hợp kiểm tra:")
        .next()
        .unwrap()
        .to_owned()
}

#[test]
fn a_paper_form_is_pasted_corrected_tried_and_published() {
    let server = Server::demo();
    let admin = at_desk(&server, "quantri");
    let edit = sketched(&admin);
    let shown = page(&admin, &edit);
    for (key, kind) in [
        ("ho_chu_dem_ten", "name"),
        ("ngay_thang_nam_sinh", "date"),
        ("so_dinh_danh_ca_nhan_cccd", "id_number"),
        ("so_dien_thoai", "phone"),
        ("noi_cu_tru", "place"),
        ("tinh_trang", "choice"),
        ("thanh_vien_trong_gia_dinh", "table"),
    ] {
        let row = shown.split(&format!("name=\"kind.{key}\"")).nth(1).expect(key);
        let row = row.split("</select>").next().unwrap();
        assert!(row.contains(&format!("value=\"{kind}\" selected")), "{key}: {row}");
    }
    assert!(problems(&admin, &edit).contains("Không còn chỗ nào phải sửa."));
    assert!(page(&admin, &format!("{HERE}/{BUILDING}")).contains("Đang sửa dở"), "kept meanwhile");

    let married = [("label", "Họ tên vợ, chồng"), ("only_if[0]", "tinh_trang|is|da_ket_hon")];
    change(
        &admin,
        &edit,
        "ho_ten_vo_chong",
        "name",
        &[&married[..], &[("required", "1")]].concat(),
    )
    .expect(303);
    assert!(page(&admin, &edit).contains("Chỉ hỏi khi “Tình trạng” là “Đã kết hôn”"));

    // Filled in on trial: the spouse is asked for, and nothing else is there yet.
    let tried = [("form.tinh_trang", "da_ket_hon"), ("_try", "1")];
    let trial = press(&admin, &format!("{edit}/thu"), &tried).expect(200).text();
    assert!(trial.contains("href=\"#f-form-ho-ten-vo-chong\""), "{trial}");
    let case = [("form.tinh_trang", "doc_than"), ("case", "Độc thân"), ("_case", "1")];
    press(&admin, &format!("{edit}/thu"), &case).expect(303);
    assert!(page(&admin, &format!("{edit}/thu")).contains("Đúng như mong đợi"));
    press(&admin, &format!("{edit}/thu"), &[("_case", "1")]).expect(422);

    // Without its condition the case comes out otherwise: it is named, and nothing is published.
    change(&admin, &edit, "ho_ten_vo_chong", "name", &[]).expect(303);
    let publish = format!("{edit}/phat-hanh");
    let refused = press(&admin, &publish, &[("newest", "0")]).expect(422).text();
    assert!(refused.contains("Trường hợp “Độc thân” không còn đúng"), "{refused}");
    press(&admin, &edit, &[("_undo", "1")]).expect(303);
    let done = press(&admin, &publish, &[("newest", "0"), ("note", "Mẫu đầu tiên")]).expect(303);
    assert!(done.header("Location").unwrap().ends_with("xong=1"));
    let public = page(&admin, &format!("{HERE}/{BUILDING}"));
    assert!(public.contains("Mẫu đầu tiên") && public.contains("Sửa từ bản đang áp dụng"));
    admin.get(&edit).expect(303);
}

#[test]
fn what_nobody_could_fill_in_is_told_at_its_place_and_never_published() {
    let server = Server::demo();
    let admin = at_desk(&server, "quantri");
    let edit = sketched(&admin);
    let clean = |edit: &str| press(&admin, edit, &[("_undo", "1")]).expect(303);

    // The divisor is always zero, in words of the page of the question.
    let by_zero = [("calculate", "by"), ("values[0].number", "10"), ("values[1].number", "0")];
    press(&admin, &edit, &[("_lines", "1"), ("lines", "# III. Tính\nThương")]).expect(303);
    press(&admin, &edit, &[("kind.thuong", "calculated"), ("_save", "1")]).expect(303);
    change(&admin, &edit, "thuong", "calculated", &by_zero).expect(303);
    assert!(problems(&admin, &edit).contains("Phép chia cho 0"), "{}", problems(&admin, &edit));
    let shown = page(&admin, &format!("{edit}/truong/thuong"));
    assert!(shown.contains("id=\"loi\"") && shown.contains("href=\"#f-calculate\""), "{shown}");
    let refused =
        press(&admin, &format!("{edit}/phat-hanh"), &[("newest", "0")]).expect(422).text();
    assert!(refused.contains("Phép chia cho 0") && refused.contains("/sua/truong/thuong"));
    clean(&edit);

    // A condition on what stands below, and one that goes round in a circle.
    let later = [("only_if[0]", "tinh_trang|is|doc_than")];
    change(&admin, &edit, "noi_cu_tru", "place", &later).expect(303);
    assert!(problems(&admin, &edit).contains("đứng sau"), "{}", problems(&admin, &edit));
    let back = [("only_if[0]", "noi_cu_tru|given"), ("options", "A\nB")];
    change(&admin, &edit, "tinh_trang", "choice", &back).expect(303);
    assert!(problems(&admin, &edit).contains("vòng tròn"), "{}", problems(&admin, &edit));

    // What is no number never reaches the form, and what was typed stays on the page.
    let typed = [("min", "ba con"), ("label", "Số con")];
    let refused = change(&admin, &edit, "thuong", "number", &typed).expect(422).text();
    assert!(refused.contains("value=\"ba con\"") && refused.contains("href=\"#f-min\""));

    // Two at once: the later one is told, and nothing is lost of the earlier one.
    let first = [("seen", "1"), ("_remove", "noi_cu_tru")];
    press(&admin, &edit, &first).expect(409);
    assert!(page(&admin, &edit).contains("Nơi cư trú"));
    at_desk(&server, "thuly1").get(&edit).expect(403);
}

/// Sends the file of a procedure to be compared with what is here.
fn compare(admin: &Client, file: &serde_json::Value) -> Answer {
    let shown = page(admin, "/quan-tri/thu-tuc");
    let form = Multipart::new()
        .text("_csrf", &field(&shown, "_csrf"))
        .text("_key", &field(&shown, "_key"))
        .file("file", "thu-tuc.json", "application/json", file.to_string().as_bytes());
    admin.post_multipart(&format!("{HERE}/nhap"), form)
}

#[test]
fn a_procedure_goes_into_a_file_and_comes_back_from_it() {
    let server = Server::demo();
    let admin = at_desk(&server, "quantri");
    let saved = admin.get(&format!("{HERE}/{RESIDENCE}/xuat")).expect(200);
    assert!(saved.header("Content-Disposition").unwrap().contains("thu-tuc-1.004873.json"));
    let file = saved.json();
    assert!(file["form"]["sections"].is_array() && file["fees"].is_object(), "{file}");
    let compare = |file: &serde_json::Value| compare(&admin, file);
    assert!(compare(&file).expect(200).text().contains("Tệp giống hệt những gì đang có."));

    let mut other = file.clone();
    other["form"]["sections"][0]["title"] = "Người đề nghị".into();
    let report = compare(&other).expect(200).text();
    assert!(report.contains("Đổi tên mục “Người yêu cầu” thành “Người đề nghị”"), "{report}");
    let key = field(&report, "file");
    press(
        &admin,
        &format!("{HERE}/nhap/ghi"),
        &[("file", &key), ("note", "Từ tỉnh"), ("parts.form", "1")],
    )
    .expect(303);
    let written = page(&admin, &format!("{HERE}/{RESIDENCE}"));
    assert!(written.contains("Bản đang áp dụng: bản 2") && written.contains("Từ tỉnh"));

    // Units, kinds and letters that there are not are refused where they stand; nothing is written.
    let mut wrong = other.clone();
    wrong["form"]["sections"][0]["questions"][0]["kind"] = "hologram".into();
    wrong["process"] = serde_json::json!([
        {"name": "Thẩm tra", "unit": "phong-ao", "hours": 8},
        {"name": "Ký", "role": "vua", "hours": 8},
        {"name": "Hỏi", "role": "processor", "hours": 8, "consults": {"agency": "X9.99"}},
    ]);
    wrong["templates"] =
        serde_json::json!([{"kind": "pigeon", "subject": "", "long": "", "short": ""}]);
    let refused = compare(&wrong).expect(422).text();
    for place in
        ["form.sections[0].questions[0].kind", "process.steps[1].role", "templates[0].kind"]
    {
        assert!(refused.contains(place), "{place}: {refused}");
    }
    wrong["process"][1]["role"] = "approver".into();
    let refused = compare(&wrong).expect(422).text();
    for place in ["process.steps[0].unit", "process.steps[2].consults.agency"] {
        assert!(refused.contains(place), "{place}: {refused}");
    }
    let mut strange = file.clone();
    strange["feez"] = 1.into();
    assert!(compare(&strange).expect(422).text().contains("feez"));
    assert!(page(&admin, &format!("{HERE}/{RESIDENCE}")).contains("Bản đang áp dụng: bản 2"));
}

#[test]
fn a_file_that_cannot_be_is_refused_in_plain_words() {
    let server = Server::demo();
    let admin = at_desk(&server, "quantri");
    let file = admin.get(&format!("{HERE}/{RESIDENCE}/xuat")).expect(200).json();
    let compare = |file: &serde_json::Value| compare(&admin, file);
    // What has the wrong shape, a circle and a division by zero are told in plain words.
    let refused = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut file = file.clone();
        change(&mut file);
        compare(&file).expect(422).text()
    };
    let question = |kind: &str| serde_json::json!({"key": "thu", "label": "Thử", "kind": kind});
    for (said, text) in [
        (
            "Ở tờ khai, mục 1 (form.sections[0].title): Giá trị chưa đúng: cần chuỗi ký tự.",
            refused(&|file| file["form"]["sections"][0]["title"] = 5.into()),
        ),
        (
            "vòng tròn",
            refused(&|file| {
                let mut one = question("text");
                one["only_if"] = serde_json::json!([{"field": "hai", "test": "given"}]);
                let mut two = question("text");
                (two["key"], two["label"]) = ("hai".into(), "Hai".into());
                two["only_if"] = serde_json::json!([{"field": "thu", "test": "given"}]);
                let asked = file["form"]["sections"][0]["questions"].as_array_mut().unwrap();
                asked.extend([one, two]);
            }),
        ),
        (
            "Phép chia cho 0",
            refused(&|file| {
                let mut one = question("calculated");
                one["calculate"] = serde_json::json!({"by": [{"number": "1"}, {"number": "0"}]});
                let asked = file["form"]["sections"][0]["questions"].as_array_mut().unwrap();
                asked.push(one);
            }),
        ),
        (
            "Ở phí, khoản thu 1 (fees.rules[0].unit)",
            refused(&|file| {
                file["fees"] = serde_json::json!({"rules": [
                    {"id": "le_phi", "name": "Lệ phí", "unit": "thùng", "source": "Nghị quyết",
                     "tiers": [{"from": 1, "price": 8000}]}
                ]});
            }),
        ),
    ] {
        assert!(text.contains(said), "{said}: {text}");
        for english in ["expected", "invalid type", "unknown field", "missing field"] {
            assert!(!text.contains(english), "{english}: {text}");
        }
    }
}

/// Signs in as a citizen, without a browser.
pub fn citizen(server: &Server) -> Client {
    signed_in(server, "0912345678")
}

/// Signs in with a telephone number, without a browser.
pub fn signed_in(server: &Server, phone: &str) -> Client {
    let client = server.client().with_cookies();
    let csrf = field(&page(&client, "/dang-nhap"), "_csrf");
    let asked = client.post_form("/dang-nhap", &[("_csrf", &csrf), ("contact", phone)]);
    let shown = page(&client, asked.expect(303).header("Location").unwrap());
    let (_, code) = shown.split_once("Mã là ").expect("the demo shows the code");
    let fields = [("_csrf", field(&shown, "_csrf")), ("code", code[..6].to_owned())];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    client.post_form("/dang-nhap/ma", &fields).expect(303);
    client
}

#[test]
fn what_drafts_answer_is_asked_about_before_it_goes_and_is_never_lost() {
    let server = Server::demo();
    let (admin, citizen) = (at_desk(&server, "quantri"), citizen(&server));
    // Somebody is filling the form in.
    let step = begin(&citizen, RESIDENCE).replace("/nguoi-nop", "/to-khai");
    let form = page(&citizen, &step);
    let shown = field(&form, "shown");
    let typed = [
        ("_csrf", field(&form, "_csrf")),
        ("shown", shown),
        ("form.dan_toc", "Kinh".to_owned()),
        ("_update", "dan_toc".to_owned()),
    ];
    let typed = typed.each_ref().map(|(name, value)| (*name, value.as_str()));
    citizen.post_form(&step, &typed);
    assert!(page(&citizen, &step).contains("value=\"Kinh\""));

    // The question goes.
    let here = format!("{HERE}/{RESIDENCE}");
    let edit =
        press(&admin, &here, &[("tu", "ban")]).expect(303).header("Location").unwrap().to_owned();
    press(&admin, &edit, &[("_remove", "dan_toc")]).expect(303);
    let gone: Vec<usize> = {
        let shown = page(&admin, &format!("{edit}/thu"));
        (0..shown.matches("name=\"_remove\"").count()).collect()
    };
    for _ in gone {
        press(&admin, &format!("{edit}/thu"), &[("_remove", "0")]).expect(303);
    }
    let publish = format!("{edit}/phat-hanh");
    let asked = page(&admin, &publish);
    assert!(asked.contains("Xóa trường “Dân tộc”"), "{asked}");
    assert!(asked.contains("“Dân tộc”: 1 bản nháp đang trả lời trường này."), "{asked}");
    let refused = press(&admin, &publish, &[("newest", "1")]).expect(422).text();
    assert!(refused.contains("href=\"#f-drafts\""), "{refused}");
    press(&admin, &publish, &[("newest", "1"), ("drafts", "1")]).expect(303);
    let kept = page(&citizen, &step);
    assert!(kept.contains("value=\"Kinh\""), "the draft stays with its version: {kept}");

    // Back to the first version, which asks it again, and from there to the one that does not: the
    // way back asks about drafts as well.
    press(&admin, &format!("{here}/ban/1"), &[("seen", "2")]).expect(303);
    let back = format!("{here}/ban/2");
    let asked = press(&admin, &back, &[("seen", "3")]).expect(200).text();
    assert!(asked.contains("“Dân tộc”: 1 bản nháp đang trả lời trường này."), "{asked}");
    assert!(page(&admin, &here).contains("Bản đang áp dụng: bản 3"), "nothing has changed yet");
    press(&admin, &back, &[("seen", "3"), ("_sure", "1")]).expect(303);
    assert!(page(&admin, &here).contains("Bản đang áp dụng: bản 4"));

    // A file that brings the form without the question asks as well.
    press(&admin, &format!("{here}/ban/1"), &[("seen", "4")]).expect(303);
    let mut file = admin.get(&format!("{here}/xuat")).expect(200).json();
    let questions = file["form"]["sections"].as_array_mut().unwrap();
    for section in questions {
        let questions = section["questions"].as_array_mut().unwrap();
        questions.retain(|question| question["key"] != "dan_toc");
    }
    file["form"]["cases"] = serde_json::json!([]);
    let report = compare(&admin, &file).expect(200).text();
    assert!(report.contains("“Dân tộc”: 1 bản nháp đang trả lời trường này."), "{report}");
    let write = format!("{HERE}/nhap/ghi");
    let key = field(&report, "file");
    let asked = press(&admin, &write, &[("file", &key), ("parts.form", "1")]).expect(422).text();
    assert!(asked.contains("href=\"#f-drafts\""), "{asked}");
    assert!(page(&admin, &here).contains("Bản đang áp dụng: bản 5"), "nothing has changed yet");
    let key = field(&asked, "file");
    let known = [("file", key.as_str()), ("drafts", "1"), ("parts.form", "1")];
    press(&admin, &write, &known).expect(303);
    assert!(page(&admin, &here).contains("Bản đang áp dụng: bản 6"));
}

#[test]
fn a_date_is_checked_against_today_and_a_prefill_has_its_conditions() {
    let server = Server::demo();
    let admin = at_desk(&server, "quantri");
    let edit = sketched(&admin);
    let checked = [
        ("label", "Ngày sinh"),
        ("checks[0].must", "at_most"),
        ("checks[0].than", "d"),
        ("checks[0].years", "-18"),
        ("checks[0].message", "Phải đủ 18 tuổi."),
    ];
    change(&admin, &edit, "ngay_thang_nam_sinh", "date", &checked).expect(303);
    let shown = page(&admin, &edit);
    assert!(shown.contains("không sau hôm nay trừ 18 năm"), "{shown}");
    let again = page(&admin, &format!("{edit}/truong/ngay_thang_nam_sinh"));
    assert!(
        again.contains("name=\"checks[0].years\"") && again.contains("value=\"-18\""),
        "{again}"
    );
    let young = [
        ("form.ngay_thang_nam_sinh.day", "1"),
        ("form.ngay_thang_nam_sinh.month", "12"),
        ("form.ngay_thang_nam_sinh.year", "2025"),
        ("_try", "1"),
    ];
    let trial = press(&admin, &format!("{edit}/thu"), &young).expect(200).text();
    assert!(trial.contains("Phải đủ 18 tuổi."), "{trial}");
    // Years are added to days and years alone.
    let strange =
        [("checks[0].must", "differ"), ("checks[0].than", "d"), ("checks[0].message", "x")];
    change(&admin, &edit, "so_dien_thoai", "phone", &strange).expect(303);
    assert!(problems(&admin, &edit).contains("Chỉ ngày hoặc năm so sánh được với hôm nay."));

    let known = [("prefill", "applicant.name"), ("prefill_if[0]", "tinh_trang|is|da_ket_hon")];
    change(&admin, &edit, "ho_ten_vo_chong", "name", &known).expect(303);
    let question = page(&admin, &format!("{edit}/truong/ho_ten_vo_chong"));
    assert!(question.contains("value=\"tinh_trang|is|da_ket_hon\" selected"), "{question}");
}

#[test]
fn a_copied_form_is_the_new_procedures_and_a_copy_of_nothing_is_asked_about() {
    let server = Server::demo();
    let admin = at_desk(&server, "quantri");
    let here = format!("{HERE}/{BUILDING}");
    let asked = press(&admin, &here, &[("tu", "chep"), ("nguon", "")]).expect(422).text();
    assert!(asked.contains("Chọn tờ khai của thủ tục để bắt đầu từ đó."), "{asked}");
    admin.get(&format!("{here}/sua")).expect(303);
    press(&admin, &here, &[("tu", "chep"), ("nguon", "1.000894")]).expect(303);
    let copy = page(&admin, &format!("{here}/sua"));
    assert!(!copy.contains("Tờ khai đăng ký kết hôn"), "{copy}");
    let signers =
        copy.split("name=\"signers\"").nth(1).and_then(|rest| rest.split("</textarea>").next());
    assert!(
        !signers.expect("who signs").contains("Bên nữ"),
        "its signers are not the other's: {copy}"
    );
    assert!(copy.contains("Họ, chữ đệm, tên bên nữ"), "{copy}");
}
