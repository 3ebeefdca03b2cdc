//! The counter as a receptionist works it: what the side panel says of the answers so far, which papers the
//! case needs, what follows a person's fields, and how heavy the pages are.

use serde_json::Value;

use crate::api::portal::pdf;
use crate::drafts::{PERSON, begin, begin_for, handed_on, location, send, step, typed};
use crate::forms::signed_in;
use crate::papers::at_desk;
use crate::support::http::{Answer, Client, Multipart, field, filled, stands};
use crate::support::server::Server;

const BIRTH: &str = "1.001193";
const EXTRACT: &str = "2.000635";
const COUNTER: &str = "/mot-cua/tiep-nhan";
/// The heaviest page of a form, in bytes.
const HEAVIEST: usize = 60 * 1024;

/// The counter's form as a browser without scripts sends it, with other values in some fields.
fn sent(desk: &Client, page: &str, changes: &[(&str, &str)]) -> Answer {
    let (_, form) = page.split_once("id=\"quay\"").expect("the counter's form");
    let mut fields = filled(form, "");
    fields.retain(|(name, _)| !name.is_empty() && changes.iter().all(|(other, _)| other != name));
    let own = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    desk.post_form(COUNTER, &own.chain(changes.iter().copied()).collect::<Vec<_>>())
}

/// The counter with a procedure chosen and its form open.
fn opened(desk: &Client, procedure: &str) -> String {
    let page = desk.get(&format!("{COUNTER}?procedure={procedure}&papers_of={procedure}"));
    sent(desk, &page.expect(200).text(), &[("_form", "now")]).expect(200).text()
}

/// What the panel beside the form says.
fn panel(page: &str) -> &str {
    page.split_once("data-follow=\"phieu\"").expect("the panel").1
}

#[test]
fn the_panel_says_the_fee_the_papers_and_the_proposals_of_the_answers() {
    let server = Server::demo();
    let desk = at_desk(&server, "tiepnhan1");
    let folded = desk.get(&format!("{COUNTER}?procedure={BIRTH}&papers_of={BIRTH}"));
    let folded = folded.expect(200).text();
    assert!(panel(&folded).contains("Chưa tính, theo tờ khai giấy:"), "{folded}");
    assert!(panel(&folded).contains("0 / 2 giấy tờ bắt buộc"), "{folded}");

    let page = opened(&desk, BIRTH);
    assert!(panel(&page).contains("Gợi ý sẵn, đối chiếu trước khi tiếp nhận:"), "{page}");
    assert!(panel(&page).contains("Dân tộc: Kinh") && page.contains("Gợi ý sẵn, sửa nếu khác."));
    let changed = [
        ("form.dan_toc", "Tày"),
        ("form.can_ban_sao", "1"),
        ("form.co_me", "co"),
        ("form.co_cha", "co"),
        ("_update", "can_ban_sao"),
    ];
    let page = sent(&desk, &page, &changed).expect(200).text();
    assert!(!panel(&page).contains("Dân tộc: Kinh"), "somebody said another: {page}");
    // Both parents are named, and no marriage: another procedure is meant, and said.
    assert!(panel(&page).contains("1.000689"), "{page}");
    // One press goes on there, with what both forms ask for.
    let named = [("form.me_ho_ten", "đỗ thị lan"), ("_sang", "1.000689")];
    let there = sent(&desk, &page, &named).expect(200).text();
    assert_eq!(stands(&there, "form.me_ho_ten"), "đỗ thị lan");
    assert_eq!(stands(&there, "form.dan_toc"), "Tày");
    assert!(there.contains("form.ai_nhan") && !there.contains("form.ket_hon"), "{there}");
    let ticked = [("form.so_ban_sao", "2"), ("paper", "tp2"), ("form.ket_hon", "1")];
    let page = sent(&desk, &page, &ticked).expect(200).text();
    assert!(panel(&page).contains("16.000"), "two copies are charged for: {page}");
    assert!(!panel(&page).contains("Chưa tính") && !panel(&page).contains("1.000689"));
    assert!(panel(&page).contains("1 / 2 giấy tờ bắt buộc"), "{page}");
    // What this case does not need is folded away, with why.
    let (asked, spared) = page.split_once("Hồ sơ này không cần").expect("papers not needed");
    assert!(asked.contains("Giấy chứng sinh") && !asked.contains("về việc trẻ bị bỏ rơi"));
    assert!(spared.contains("về việc trẻ bị bỏ rơi") && spared.contains("khai được cha hoặc mẹ"));
}

#[test]
fn a_mistyped_place_stands_at_its_box_and_leaves_the_fee() {
    let server = Server::demo();
    let desk = at_desk(&server, "tiepnhan1");
    let page = opened(&desk, BIRTH);
    let typed = [
        ("form.can_ban_sao", "1"),
        ("form.so_ban_sao", "2"),
        ("form.noi_sinh.province", "Tỉnh Ninh Bìnk"),
        ("form.noi_sinh.commune", "Phường Hoa Lư"),
        ("_update", "can_ban_sao"),
    ];
    let page = sent(&desk, &page, &typed).expect(200).text();
    let said = "Chọn một trong 34 tỉnh, thành phố.";
    assert!(panel(&page).contains("16.000"), "the copies cost what they cost: {page}");
    assert!(panel(&page).contains("Chưa tính vào phí và ngày hẹn, vì chưa đúng:"), "{page}");
    let (_, from) = page.split_once("id=\"f-form-noi-sinh-province-error\"").expect("at its box");
    assert!(from.split_once("</p>").is_some_and(|(text, _)| text.contains(said)), "{page}");
    let mended =
        [("form.noi_sinh.province", "Tỉnh Ninh Bình"), ("form.noi_sinh.commune", "Phường Hoa Lưu")];
    let page = sent(&desk, &page, &mended).expect(200).text();
    assert!(!page.contains(said) && panel(&page).contains("16.000"), "{page}");
    assert!(page.contains("Chọn một xã, phường, đặc khu của Tỉnh Ninh Bình."), "{page}");
}

#[test]
fn what_is_known_of_a_person_follows_them_until_somebody_types_another() {
    let server = Server::demo();
    let desk = at_desk(&server, "tiepnhan1");
    let page = opened(&desk, EXTRACT);
    let page = sent(&desk, &page, &[("applicant.name", "Trần Văn An")]).expect(200).text();
    assert_eq!(stands(&page, "form.nguoi_yeu_cau"), "Trần Văn An");
    // A condition that holds later fills in what stood empty before.
    let page = sent(&desk, &page, &[("form.quan_he", "ban_than"), ("_update", "quan_he")]);
    let page = page.expect(200).text();
    assert_eq!(stands(&page, "form.ho_ten"), "Trần Văn An");
    let page = sent(&desk, &page, &[("applicant.name", "Trần Văn Ân")]).expect(200).text();
    assert_eq!(stands(&page, "form.nguoi_yeu_cau"), "Trần Văn Ân", "put right with its source");
    let typed = [("form.nguoi_yeu_cau", "Lê Thị Tám"), ("form.ho_ten", "")];
    let page = sent(&desk, &page, &typed).expect(200).text();
    let page = sent(&desk, &page, &[("applicant.name", "Trần Văn An")]).expect(200).text();
    assert_eq!(stands(&page, "form.nguoi_yeu_cau"), "Lê Thị Tám", "what was typed stays");
    assert_eq!(stands(&page, "form.ho_ten"), "", "what was emptied stays empty");
}

#[test]
fn a_refusal_says_whose_field_and_which_day_there_is_not() {
    let server = Server::demo();
    let desk = at_desk(&server, "tiepnhan1");
    let page = opened(&desk, BIRTH);
    let wrong = [
        ("_lam", "tiep-nhan"),
        ("applicant.name", "Trần Văn Ộ"),
        ("applicant.birth_date", "31/11/1985"),
        ("form.ngay_sinh.day", "29"),
        ("form.ngay_sinh.month", "2"),
        ("form.ngay_sinh.year", "2025"),
    ];
    let page = sent(&desk, &page, &wrong).expect(422).text();
    assert!(page.contains("Người nộp: Tháng 11 chỉ có 30 ngày."), "{page}");
    assert!(page.contains("Ngày, tháng, năm sinh: Tháng 2 năm 2025 chỉ có 28 ngày."), "{page}");
}

#[test]
fn whose_matter_it_is_has_a_button_and_is_called_by_the_procedure() {
    let server = Server::demo();
    let desk = at_desk(&server, "tiepnhan1");
    let page = opened(&desk, BIRTH);
    assert!(page.contains("Hiện phần chủ hồ sơ theo lựa chọn"), "{page}");
    let page = sent(&desk, &page, &[("who", "legal"), ("_update", "who")]).expect(200).text();
    assert!(page.contains("name=\"owner.name\"") && page.contains("trẻ được khai sinh"), "{page}");
    // The citizen's own step says it, too.
    let phone = server.client().with_cookies();
    let applicant = begin_for(&phone, BIRTH, "law");
    let owner = step(&phone, &applicant, &PERSON);
    let page = phone.get(&owner).expect(200).text();
    assert!(page.contains("chủ hồ sơ là trẻ được khai sinh"), "{page}");
}

#[test]
fn a_draft_received_at_the_counter_is_in_the_account_of_the_telephone_that_it_names() {
    let server = Server::demo();
    let phone = server.client().with_cookies();
    let next = begin(&phone, "1.000656");
    let form = step(&phone, &next, &PERSON);
    let answers = [("form.ho_ten", "Lê Thị Tám"), ("form.giay_bao_tu", "bao_tu"), ("_later", "1")];
    typed(&phone, &form, &answers).expect(303);
    // A file of the draft waits for its original.
    let papers = form.replace("/to-khai", "/giay-to");
    let page = phone.get(&papers).expect(200).text();
    let file = Multipart::new()
        .text("_csrf", &field(&page, "_csrf"))
        .text("name", "paper.tp2")
        .file("file", "bao-tu.pdf", "application/pdf", &pdf());
    phone.post_multipart(&form.replace("/to-khai", "/tai-len"), file).expect(200);
    // It goes on with the first step that is not finished.
    let offered = phone.get("/nop-ho-so/1.000656").expect(200).text();
    let way = form.replace("/to-khai", "/lam-tiep");
    assert!(offered.contains(&way), "{offered}");
    assert_eq!(location(phone.get(&way)), form, "answers are still missing there");

    let (number, code) = handed_on(&phone, &form);
    // Its number stays, whatever the code.
    let shown = phone.get(&form.replace("/to-khai", "/may-khac")).expect(200).text();
    assert!(shown.contains(&format!("{} {}", &number[..5], &number[5..])), "{shown}");
    assert!(shown.contains("Lấy mã mới") && !shown.contains(&code), "{shown}");
    let (again, fresh) = handed_on(&phone, &form);
    assert_eq!(again, number);

    let desk = at_desk(&server, "tiepnhan1");
    let here = "/mot-cua/tiep-nhan/ban-nhap";
    let page = desk.get(here).expect(200).text();
    let open = |code: &str| send(&desk, &page, here, &[("number", &number), ("code", code)]);
    open(&code).expect(422);
    let filled = open(&fresh).expect(200).text();
    assert!(panel(&filled).contains("0 / 2 giấy tờ bắt buộc"), "{filled}");
    assert!(panel(&filled).contains("Chưa đối chiếu bản chính:"), "{filled}");
    assert!(filled.contains("có 1 tệp người dân gửi, chưa đối chiếu"), "{filled}");
    // Its original has to be looked at; a tick says that it was.
    let without = [("_lam", "tiep-nhan"), ("paper", "tp1")];
    let refused = sent(&desk, &filled, &without).expect(422).text();
    assert!(refused.contains("Xem bản chính, rồi đánh dấu giấy tờ này."), "{refused}");
    let compared =
        sent(&desk, &filled, &[("_lam", "cap-nhat"), ("paper", "tp2")]).expect(200).text();
    assert!(panel(&compared).contains("1 / 2 giấy tờ bắt buộc"), "{compared}");
    assert!(compared.contains("có 1 tệp, đối chiếu rồi đánh dấu"), "{compared}");
    let ticked = [("_lam", "tiep-nhan"), ("paper", "tp1"), ("paper", "tp2")];
    let done = location(sent(&desk, &filled, &ticked));
    let (_, dossier) = done.split_once("?xong=").expect("a dossier");

    let account = signed_in(&server, "0912345678").get("/tai-khoan").expect(200).text();
    assert!(account.contains(dossier) && account.contains("tiếp nhận tại quầy ngày"), "{account}");
    let looks = at_desk(&server, "quantri");
    let looks = looks.get(&format!("/quan-tri/xem-ho-so?ho-so={dossier}")).expect(200).text();
    assert!(looks.contains("Trần Thu Hà"), "who opened it has seen it: {looks}");
}

/// The answers of a shipped test case as they are typed.
fn keyed(question: &Value, answer: &Value, name: &str, all: &mut Vec<(String, String)>) {
    match (question["kind"].as_str().unwrap_or_default(), answer) {
        ("date", Value::String(text)) => {
            let parts: Vec<&str> = text.split(['/', '-']).collect();
            let year_first = parts.first().is_some_and(|part| part.len() == 4);
            for (part, at) in [("day", 0), ("month", 1), ("year", 2)] {
                let at = if year_first { 2 - at } else { at };
                all.push((format!("{name}.{part}"), parts.get(at).unwrap_or(&"").to_string()));
            }
        }
        ("place", Value::Object(parts)) => {
            let part = |(part, value): (&String, &Value)| {
                (format!("{name}.{part}"), value.as_str().unwrap_or_default().to_owned())
            };
            all.extend(parts.iter().map(part));
        }
        ("table", Value::Array(rows)) => {
            for (place, row) in rows.iter().enumerate() {
                for column in question["columns"].as_array().into_iter().flatten() {
                    let key = column["key"].as_str().unwrap_or_default();
                    keyed(column, &row[key], &format!("{name}[{place}].{key}"), all);
                }
            }
        }
        (_, Value::Null) => {}
        (_, Value::Bool(yes)) => {
            all.extend(yes.then(|| (name.to_owned(), "1".to_owned())));
        }
        (_, Value::String(text)) => all.push((name.to_owned(), text.clone())),
        (_, other) => all.push((name.to_owned(), other.to_string())),
    }
}

/// What a form sends: names and values.
type Sent = Vec<(String, String)>;

/// The procedures whose forms ship, each with the answers of its test cases.
fn shipped() -> Vec<(String, Vec<Sent>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/forms");
    let files =
        std::fs::read_dir(folder).expect("the forms").map(|file| file.expect("a form").path());
    let one = |path: std::path::PathBuf| {
        let form: Value =
            serde_json::from_slice(&std::fs::read(&path).expect("a form")).expect("JSON");
        let sections = form["sections"].as_array().into_iter().flatten();
        let questions: Vec<&Value> = sections
            .flat_map(|section| section["questions"].as_array().into_iter().flatten())
            .collect();
        let cases = form["cases"].as_array().into_iter().flatten().map(|case| {
            let mut all = Vec::new();
            for question in &questions {
                let key = question["key"].as_str().unwrap_or_default();
                keyed(question, &case["answers"][key], &format!("form.{key}"), &mut all);
            }
            all
        });
        let code = path.file_stem().and_then(|stem| stem.to_str()).expect("a code").to_owned();
        (code, cases.collect())
    };
    files.map(one).collect()
}

#[test]
fn no_form_page_weighs_more_than_sixty_kilobytes() {
    let server = Server::demo();
    let desk = at_desk(&server, "tiepnhan1");
    let shipped = shipped();
    assert_eq!(shipped.len(), 16);
    let mut heavy = Vec::new();
    let mut weigh = |page: &str, what: String| {
        if page.len() >= HEAVIEST {
            heavy.push(format!("{what}: {} bytes", page.len()));
        }
    };
    for (code, cases) in &shipped {
        for (place, answers) in cases.iter().enumerate() {
            let own = answers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            let others = [("who", "legal"), ("_lam", "cap-nhat")];
            let changes: Vec<_> = own.chain(others).collect();
            let open = sent(&desk, &opened(&desk, code), &changes).expect(200).text();
            let page = sent(&desk, &open, &changes).expect(200).text();
            weigh(&page, format!("{code}, case {place}, at the counter"));
        }
        let phone = server.client().with_cookies();
        if phone.get(&format!("/nop-ho-so/{code}")).status != 200 {
            continue;
        }
        let next = begin(&phone, code);
        let form = step(&phone, &next, &PERSON);
        for (place, answers) in cases.iter().enumerate() {
            let own = answers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            let later: Vec<_> = own.chain([("_later", "1")]).collect();
            for _ in 0..2 {
                typed(&phone, &form, &later).expect(303);
            }
            for last in ["/to-khai", "/giay-to", "/gui", "/nguoi-nop"] {
                let page = phone.get(&form.replace("/to-khai", last)).expect(200).text();
                weigh(&page, format!("{code}, case {place}, {last}"));
            }
        }
    }
    assert!(heavy.is_empty(), "{}", heavy.join("\n"));
}
