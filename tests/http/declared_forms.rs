//! Declared forms on paper: filled in, empty with a code, and back from the scanner.

use serde_json::{Value, json};

use crate::api::portal::{Filed, Portal, answered, api, birth, filed, pdf, with};
use crate::papers::at_desk;
use crate::support::http::{Answer, Client, Multipart, field, filled};

/// The procedure whose form the tests fill in: a copy of an extract.
const EXTRACT: &str = "2.000635";
/// A procedure without a declared form.
const FREE: &str = "1.001022";

/// A copy of an extract, filed online with the answers of the form's first test case.
fn extract() -> Value {
    with(
        birth(),
        json!({
            "procedure": EXTRACT,
            "form": answered(EXTRACT),
            "components": [{"id": "tp1", "originals": 1, "copies": 0, "on_paper": true}],
        }),
    )
}

fn file(portal: &Portal) -> Filed {
    filed(portal.citizen("0912345678").post(&api("/dossiers"), &extract()))
}

/// Whether it is a PDF of its own name.
fn is_pdf(answer: &Answer, name: &str) -> bool {
    let named = answer.header("Content-Disposition").is_some_and(|how| how.contains(name));
    answer.header("Content-Type") == Some("application/pdf") && named
}

fn opened(portal: &Portal, dossier: &Filed) -> Client {
    let client = portal.server().client().with_cookies();
    let csrf = field(&client.get("/tra-cuu").expect(200).text(), "_csrf");
    let fields = [("_csrf", csrf.as_str()), ("code", &dossier.code), ("secret", &dossier.secret)];
    client.post_form("/tra-cuu", &fields).expect(303);
    client
}

#[test]
fn a_declared_form_prints_with_the_answers_for_the_desk_and_the_applicant() {
    let portal = Portal::demo();
    let dossier = file(&portal);
    let name = format!("to-khai-{}.pdf", dossier.code);

    let applicant = opened(&portal, &dossier);
    let here = format!("/tra-cuu/{}", dossier.code);
    let paper = format!("{here}/giay/declared_form.pdf");
    assert!(applicant.get(&here).expect(200).text().contains(&paper), "the page leads to it");
    let theirs = applicant.get(&paper).expect(200);
    assert!(is_pdf(&theirs, &name));
    // Without the secret there is nothing to read.
    let stranger = portal.server().client().with_cookies();
    stranger.get(&paper).expect(303);

    let desk = at_desk(portal.server(), "tiepnhan1");
    let here = format!("/mot-cua/ho-so/{}", dossier.code);
    let paper = format!("{here}/in/declared_form");
    assert!(desk.get(&here).expect(200).text().contains(&paper));
    assert!(is_pdf(&desk.get(&paper).expect(200), &name));

    // A dossier whose answers are free has no such paper.
    let free = with(birth(), json!({"procedure": FREE, "form": {}}));
    let free = filed(portal.citizen("0912345678").post(&api("/dossiers"), &free));
    let here = format!("/mot-cua/ho-so/{}", free.code);
    assert!(!desk.get(&here).expect(200).text().contains("declared_form"));
    desk.get(&format!("{here}/in/declared_form")).expect(404);
}

#[test]
fn an_empty_form_prints_from_its_procedure_and_its_code_leads_back() {
    let portal = Portal::demo();
    let anybody = portal.server().client();
    let page = anybody.get(&format!("/thu-tuc/{EXTRACT}")).expect(200).text();
    let paper = format!("/thu-tuc/{EXTRACT}/to-khai.pdf");
    assert!(page.contains(&paper) && page.contains("In tờ khai trống"));
    assert!(is_pdf(&anybody.get(&paper).expect(200), &format!("to-khai-{EXTRACT}.pdf")));
    for none in [FREE, "9.999999"] {
        anybody.get(&format!("/thu-tuc/{none}/to-khai.pdf")).expect(404);
    }
    let way = |path: &str| {
        anybody.get(path).expect(303).header("Location").expect("the way on").to_owned()
    };
    assert!(way(&format!("/to-khai/{EXTRACT}/1")).ends_with(&format!("/thu-tuc/{EXTRACT}")));
    let dossier = way(&format!("/to-khai/{EXTRACT}/1/H40.12-261130-0001"));
    assert!(dossier.ends_with("/tra-cuu/H40.12-261130-0001"));
    anybody.get("/to-khai/x").expect(404);
}

/// Sends a scan to the page that reads its code.
fn scanned(desk: &Client, content: &[u8]) -> Answer {
    let here = "/mot-cua/tiep-nhan/to-khai";
    let page = desk.get(here).expect(200).text();
    let form = Multipart::new()
        .text("_csrf", &field(&page, "_csrf"))
        .text("_key", &field(&page, "_key"))
        .file("tep", "quet-0001.pdf", "application/pdf", content);
    desk.post_multipart(here, form)
}

fn location(answer: &Answer) -> String {
    answer.header("Location").expect("the way on").to_owned()
}

#[test]
fn a_scanned_form_opens_the_reception_of_its_procedure_with_the_scan_at_its_paper() {
    let portal = Portal::demo();
    let anybody = portal.server().client();
    let paper = anybody.get(&format!("/thu-tuc/{EXTRACT}/to-khai.pdf")).expect(200).body;
    let desk = at_desk(portal.server(), "tiepnhan1");
    let way = location(&scanned(&desk, &paper).expect(303));
    let page = desk.get(&way).expect(200).text();
    assert!(page.contains("Đã mở từ mã trên tờ khai."), "{page}");
    assert!(page.contains(EXTRACT) && page.contains("quet-0001.pdf"));

    // As it stands it becomes a dossier, once the person is entered.
    let scan = field(&page, "f.tp1.kept");
    let (csrf, key) = (field(&page, "_csrf"), field(&page, "_key"));
    let fields = [
        ("_csrf", csrf.as_str()),
        ("_key", &key),
        ("_lam", "tiep-nhan"),
        ("procedure", EXTRACT),
        ("papers_of", EXTRACT),
        ("paper", "tp1"),
        ("o.tp1", "1"),
        ("c.tp1", "0"),
        ("f.tp1.kept", &scan),
        ("who", "self"),
        ("applicant.name", "Trần Thị Mai"),
        ("channel", "counter"),
        ("return_channel", "counter"),
    ];
    let done = location(&desk.post_form("/mot-cua/tiep-nhan", &fields).expect(303));
    let code = done.split("xong=").nth(1).expect("a code");
    let state = portal.desk("tiepnhan1").get(&api(&format!("/dossiers/{code}"))).expect(200).json();
    assert_eq!(state["attachments"][0]["component"], "tp1", "{state}");
    assert_eq!(state["attachments"][0]["name"], "quet-0001.pdf");

    // What has no code says so, and keeps the file.
    let refused = scanned(&desk, &pdf()).expect(422).text();
    assert!(refused.contains("Không đọc được mã trên bản quét."), "{refused}");
    assert!(refused.contains("quet-0001.pdf"));
    // Scanned by hand into the box for procedures, the code chooses it too.
    let typed = format!("?q=https://cu.example.vn/to-khai/{EXTRACT}/1");
    let page = desk.get(&format!("/mot-cua/tiep-nhan{typed}")).expect(200).text();
    assert!(page.contains("chosen-one") && page.contains(EXTRACT));
    at_desk(portal.server(), "thuly1").get("/mot-cua/tiep-nhan/to-khai").expect(403);
}

#[test]
fn a_scanned_form_of_a_dossier_lands_at_that_dossier() {
    let portal = Portal::demo();
    let dossier = file(&portal);
    let desk = at_desk(portal.server(), "tiepnhan1");
    let here = format!("/mot-cua/ho-so/{}", dossier.code);
    let paper = desk.get(&format!("{here}/in/declared_form")).expect(200).body;
    let way = location(&scanned(&desk, &paper).expect(303));
    assert!(way.starts_with(&format!("{here}/so-hoa?")), "{way}");
    let page = desk.get(&way).expect(200).text();
    let scan = field(&page, "tep.kept");
    let names = ["_csrf", "_key", "version"].map(|name| (name, field(&page, name)));
    let component = (format!("t.{scan}"), "tp1");
    let own = names.iter().map(|(name, value)| (*name, value.as_str()));
    let fields: Vec<(&str, &str)> =
        own.chain([("tep.kept", scan.as_str()), (&component.0, component.1)]).collect();
    desk.post_form(&format!("{here}/so-hoa"), &fields).expect(303);
    let state = portal.desk("tiepnhan1").get(&dossier.at("")).expect(200).json();
    assert_eq!(state["attachments"][0]["component"], "tp1", "{state}");
}

/// Every form that ships is published in the demo and prints.
#[test]
fn every_shipped_form_prints() {
    let portal = Portal::demo();
    let anybody = portal.server().client();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/forms");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("forms") {
        let path = entry.expect("a form").path();
        let code = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let form = anybody.get(&api(&format!("/procedures/{code}"))).expect(200).json();
        assert!(form["form"]["sections"].is_array(), "{code} is not published");
        let paper = anybody.get(&format!("/thu-tuc/{code}/to-khai.pdf")).expect(200);
        assert!(is_pdf(&paper, &format!("to-khai-{code}.pdf")), "{code}");
        count += 1;
    }
    assert_eq!(count, 16);
}

/// The counter's form with these fields, and what is taken in when `files`.
fn at_counter(desk: &Client, fields: &[(&str, &str)], files: bool) -> Answer {
    let own = [
        ("_lam", if files { "tiep-nhan" } else { "cap-nhat" }),
        ("procedure", EXTRACT),
        ("papers_of", EXTRACT),
        ("paper", "tp1"),
        ("o.tp1", "1"),
        ("who", "self"),
        ("applicant.name", "Trần Thị Mai"),
        ("applicant.id_number", "036185990001"),
        ("applicant.birth_date", "03/02/1985"),
        ("channel", "counter"),
        ("return_channel", "counter"),
    ];
    let here = "/mot-cua/tiep-nhan";
    crate::papers::send(desk, here, here, &[&own[..], fields].concat())
}

#[test]
fn the_counter_asks_the_form_and_leaves_it_to_the_paper() {
    let portal = Portal::demo();
    let desk = at_desk(portal.server(), "tiepnhan1");
    let state = |done: &Answer| {
        let way = location(done);
        let code = way.split("xong=").nth(1).expect("a code").to_owned();
        portal.desk("tiepnhan1").get(&api(&format!("/dossiers/{code}"))).expect(200).json()
    };
    // Folded: nothing is asked, and it is received without.
    let folded = at_counter(&desk, &[], false).expect(200).text();
    assert!(folded.contains("Nhập tờ khai ngay") && !folded.contains("form.quan_he"), "{folded}");
    let later = state(&at_counter(&desk, &[], true).expect(303));
    assert!(later["form"]["nguoi_yeu_cau"].is_null(), "{later}");

    // Unfolded: it begins with the person, and an answer brings its question.
    let open = at_counter(&desk, &[("_form", "now")], false).expect(200).text();
    assert!(
        open.contains("name=\"form.nguoi_yeu_cau\"") && open.contains("value=\"Trần Thị Mai\"")
    );
    assert!(!open.contains("form.quan_he_khac"), "{open}");
    let typed = [
        ("form_open", "1"),
        ("form_version", "1"),
        ("form.nguoi_yeu_cau", "Trần Thị Mai"),
        ("form.quan_he", "khac"),
        ("form.so_ban", "99"),
    ];
    let more = [&typed[..], &[("_update", "quan_he")]].concat();
    let more = at_counter(&desk, &more, false).expect(200).text();
    assert!(more.contains("name=\"form.quan_he_khac\""), "{more}");

    // What is wrong is said at its field with nothing lost; folded it is kept.
    let refused = at_counter(&desk, &typed, true).expect(422).text();
    assert!(refused.contains("href=\"#f-form-so-ban\"") && refused.contains("value=\"99\""));
    let kept = [&typed[..], &[("_form", "later")]].concat();
    let kept = at_counter(&desk, &kept, false).expect(200).text();
    assert_eq!(field(&kept, "form.so_ban"), "99");

    // What is not answered stands on the paper.
    let right: Vec<(&str, &str)> = typed
        .iter()
        .map(|(name, value)| (*name, if *name == "form.so_ban" { "3" } else { *value }))
        .collect();
    let taken = state(&at_counter(&desk, &right, true).expect(303));
    assert_eq!(taken["form"]["so_ban"], json!(3), "{taken}");
    assert_eq!(taken["form"]["quan_he"], "khac", "{taken}");
}

/// The page of a correction as a browser sends it, with other answers in some places.
fn restated(client: &Client, path: &str, changed: &[(&str, &str)]) -> Answer {
    let page = client.get(path).expect(200).text();
    let mut fields: Vec<(String, String)> = filled(&page, "");
    fields.retain(|(name, _)| !name.is_empty() && changed.iter().all(|(other, _)| other != name));
    let own = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    client.post_form(path, &own.chain(changed.iter().copied()).collect::<Vec<_>>())
}

#[test]
fn an_applicant_puts_answers_right_by_the_questions_of_their_form() {
    let portal = Portal::demo();
    let dossier = file(&portal);
    let browser = opened(&portal, &dossier);
    let here = format!("/tra-cuu/{}", dossier.code);
    let path = format!("{here}/sua");
    let page = browser.get(&path).expect(200).text();
    // Asked as at the filing, not as boxes under their keys.
    assert!(page.contains("name=\"form.quan_he\" type=\"radio\""), "{page}");
    assert!(!page.contains("changes.form."), "{page}");

    // What the form refuses is refused at its question and named in the summary; nothing is lost.
    let why = ("reason", "Gõ nhầm số bản");
    let wrong = restated(&browser, &path, &[("form.so_ban", "99"), why]).expect(422).text();
    assert!(wrong.contains("href=\"#f-form-so-ban\"") && wrong.contains("value=\"99\""), "{wrong}");
    assert!(wrong.contains("Gõ nhầm số bản"));
    // An answer brings its question, which must be answered.
    let follows = restated(&browser, &path, &[("form.quan_he", "khac"), why]).expect(422).text();
    assert!(follows.contains("href=\"#f-form-quan-he-khac\""), "{follows}");
    assert!(follows.contains("name=\"form.quan_he_khac\""), "{follows}");

    restated(&browser, &path, &[("form.so_ban", "4"), ("form.quan_he", "con"), why]).expect(303);
    let told = browser.get(&here).expect(200).text();
    assert!(told.contains("Quan hệ với người được cấp bản sao: "), "{told}");
    assert!(told.contains(" → Con") && told.contains("Số lượng bản sao: "), "{told}");
    assert!(!told.contains("so_ban:") && !told.contains("→ con"), "{told}");
    let desk = at_desk(portal.server(), "tiepnhan1");
    let told =
        desk.get(&format!("/mot-cua/ho-so/{}?xem=dien-bien", dossier.code)).expect(200).text();
    assert!(told.contains("Số lượng bản sao: "), "{told}");
    let state = portal.desk("tiepnhan1").get(&dossier.at("")).expect(200).json();
    assert_eq!((&state["form"]["so_ban"], &state["form"]["quan_he"]), (&json!(4), &json!("con")));
}

#[test]
fn the_desk_corrects_by_the_same_questions_what_the_applicant_asks() {
    let portal = Portal::demo();
    let dossier = file(&portal);
    dossier.act(&portal.desk("tiepnhan1"), json!({"action": "accept"})).expect(200);
    let browser = opened(&portal, &dossier);
    let asked = format!("/tra-cuu/{}/sua", dossier.code);
    let why = ("reason", "Nhầm người");
    restated(&browser, &asked, &[("form.quan_he", "khac"), ("form.quan_he_khac", "Cháu"), why])
        .expect(303);
    let desk = at_desk(portal.server(), "tiepnhan1");
    let path = format!("/mot-cua/ho-so/{}/viec/correct", dossier.code);
    let page = desk.get(&path).expect(200).text();
    assert!(page.contains("Quan hệ cụ thể: (chưa có) → Cháu"), "{page}");
    let asked = ("form.quan_he_khac".to_owned(), "Cháu".to_owned());
    assert!(filled(&page, "form.").contains(&asked), "{page}");
    let wrong = restated(&desk, &path, &[("form.so_ban", "0"), ("reason", "x")]).expect(422).text();
    assert!(wrong.contains("href=\"#f-form-so-ban\""), "{wrong}");
    restated(&desk, &path, &[("reason", "Theo đề nghị")]).expect(303);
    let state = portal.desk("tiepnhan1").get(&dossier.at("")).expect(200).json();
    assert_eq!(state["form"]["quan_he_khac"], "Cháu", "{state}");
    assert_eq!(state["correction"], Value::Null, "it is answered");
}

#[test]
fn a_program_corrects_only_what_the_form_takes() {
    let portal = Portal::demo();
    let dossier = file(&portal);
    let desk = portal.desk("tiepnhan1");
    dossier.act(&desk, json!({"action": "accept"})).expect(200);
    let correct = |changes: Value| {
        dossier.act(&desk, json!({"action": "correct", "changes": changes, "reason": "Gõ nhầm"}))
    };
    for (changes, wrong) in [
        (json!({"form.so_ban": "không"}), "changes.form.so_ban"),
        (
            json!({"form.noi_dang_ky": {"province": "Tỉnh Không Có"}}),
            "changes.form.noi_dang_ky.province",
        ),
        (json!({"form.quan_he": "khac"}), "changes.form.quan_he_khac"),
    ] {
        let problem = correct(changes).problem(422);
        let fields: Vec<&Value> =
            problem["errors"].as_array().unwrap().iter().map(|e| &e["field"]).collect();
        assert!(fields.contains(&&json!(wrong)), "{problem}");
    }
    let place = json!({"province": "Tỉnh Ninh Bình", "commune": "Xã Gia Viễn"});
    let state = correct(json!({"form.noi_dang_ky": place, "form.so_ban": "5"})).expect(200).json();
    assert_eq!(state["form"]["noi_dang_ky"], place, "{state}");
    assert_eq!(state["form"]["so_ban"], json!(5), "kept as the form reads it");
}

#[test]
fn a_declaration_that_was_filled_in_is_no_paper() {
    let portal = Portal::demo();
    let papers = json!([{"id": "tp2", "originals": 1, "copies": 0, "on_paper": true}]);
    let online = with(birth(), json!({"components": papers}));
    let dossier = filed(portal.citizen("0912345678").post(&api("/dossiers"), &online));
    // Reception does not ask for it either.
    let checked = json!([{"id": "tp2", "originals": 1, "copies": 0}]);
    dossier
        .act(&portal.desk("tiepnhan1"), json!({"action": "accept", "components": checked}))
        .expect(200);
    // Over the counter it is on paper, unless it was filled in there.
    let desk = portal.desk("tiepnhan1");
    let counter = with(online, json!({"channel": "counter"}));
    filed(desk.post(&api("/dossiers"), &counter));
    let empty = with(counter, json!({"form": {}}));
    let problem = desk.post(&api("/dossiers"), &empty).problem(422);
    assert_eq!(problem["errors"][0]["field"], "components.tp1", "{problem}");
    // Whoever reads what to bring learns it.
    let page = portal.anybody().get("/thu-tuc/1.001193?cach=mang").expect(200).text();
    assert!(page.contains("đã kê khai trên mạng"), "{page}");
}

#[test]
fn what_copies_cost_is_said_before_and_after_the_filing() {
    let portal = Portal::demo();
    let dossier = file(&portal);
    let body = json!({"secret": dossier.secret});
    let seen = portal.anybody().post(&dossier.tracked("/details"), &body).expect(200).json();
    let copies = seen["form"]["so_ban"].as_u64().expect("a number of copies");
    assert_eq!(seen["cost"]["expected"]["total"], json!(copies * 8_000), "{seen}");
    assert_eq!((&seen["cost"]["asked"], &seen["cost"]["left"]), (&json!(0), &json!(0)));
    let page = opened(&portal, &dossier).get(&format!("/tra-cuu/{}", dossier.code)).expect(200);
    assert!(page.text().contains("8.000"), "{}", page.text());
}

#[test]
fn days_are_compared_with_today_and_with_each_other_in_years() {
    let portal = Portal::demo();
    let citizen = portal.citizen("0912345678");
    let birth_with = |changes: Value| {
        let form = with(birth()["form"].clone(), changes);
        citizen.post(&api("/dossiers"), &with(birth(), json!({"form": form})))
    };
    for (changes, wrong, said) in [
        (json!({"cha_nam_sinh": 2199}), "form.cha_nam_sinh", "cannot be in the future"),
        (json!({"me_nam_sinh": 2020}), "form.me_nam_sinh", "at least 12 years older"),
        (json!({"ngay_sinh": "1/1/2199"}), "form.ngay_sinh", "in the future"),
    ] {
        let problem = birth_with(changes).problem(422);
        let errors = problem["errors"].as_array().unwrap();
        let found = errors.iter().find(|error| error["field"] == wrong);
        let found = found.unwrap_or_else(|| panic!("{wrong} in {problem}"));
        assert!(found.to_string().contains(said), "{found}");
    }
    // An ethnic group is kept as the list spells it.
    let dossier = filed(birth_with(json!({"dan_toc": "ê đê", "quoc_tich": "VIỆT NAM"})));
    let state = portal.desk("tiepnhan1").get(&dossier.at("")).expect(200).json();
    assert_eq!(
        (&state["form"]["dan_toc"], &state["form"]["quoc_tich"]),
        (&json!("Ê Đê"), &json!("Việt Nam"))
    );

    let marriage = |born: &str| {
        let form = with(answered("1.000894"), json!({"nam_ngay_sinh": born}));
        let body = json!({"procedure": "1.000894", "form": form, "components": []});
        citizen.post(&api("/dossiers"), &with(birth(), body))
    };
    let problem = marriage("1/12/2020").problem(422);
    assert_eq!(problem["errors"][0]["field"], "form.nam_ngay_sinh", "{problem}");
    filed(marriage("30/11/1990"));
}

#[test]
fn the_counter_says_which_answer_is_wrong_and_what_a_card_cannot_mean() {
    let portal = Portal::demo();
    let desk = at_desk(portal.server(), "tiepnhan1");
    let typed = [
        ("form_open", "1"),
        ("form_version", "1"),
        ("form.ngay_sinh.day", "31"),
        ("form.ngay_sinh.month", "2"),
        ("form.ngay_sinh.year", "1990"),
    ];
    let refused = at_counter(&desk, &typed, true).expect(422).text();
    let summary = refused.split("summary-of-errors").nth(1).unwrap().split("</ul>").next().unwrap();
    assert!(summary.contains("Ngày, tháng, năm sinh: "), "{summary}");

    let here = "/mot-cua/tiep-nhan";
    let card = "036085990001||Trần Văn Ộ|31021985|Nam|Xã Gia Viễn, Tỉnh Ninh Bình|05062021";
    let shown = crate::papers::send(&desk, here, here, &[("_lam", "cap-nhat"), ("card", card)]);
    let shown = shown.expect(200).text();
    assert!(shown.contains("Ngày sinh trên thẻ không có thật"), "{shown}");
    assert!(shown.contains("value=\"31021985\""), "{shown}");
}
