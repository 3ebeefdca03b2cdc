//! The life of the catalogue: procedures end and lead on, agencies say what they take, imports ask.

use serde_json::{Value, json};

use crate::api::portal::{Portal, api, birth, with};
use crate::papers::{at_desk, send};
use crate::support::http::{Answer, Client, Multipart, field};

const LIST: &str = "/quan-tri/thu-tuc";
const BIRTH: &str = "1.001193";
const MARRIAGE: &str = "1.000894";

fn press(client: &Client, path: &str, fields: &[(&str, &str)]) -> Answer {
    send(client, LIST, path, fields)
}

fn file(portal: &Portal, changes: Value) -> Answer {
    portal.citizen("0912345678").post(&api("/dossiers"), &with(birth(), changes))
}

fn details(portal: &Portal) -> Value {
    portal.anybody().get(&api(&format!("/procedures/{BIRTH}"))).expect(200).json()
}

/// What is typed to replace the registration of a birth.
fn end() -> [(&'static str, &'static str); 4] {
    [
        ("from", ""),
        ("ends", "01/01/2026"),
        ("decision", "Quyết định 12/QĐ-BTP"),
        ("successors", MARRIAGE),
    ]
}

#[test]
fn a_procedure_ends_leads_on_and_its_dossiers_go_on() {
    let portal = Portal::demo();
    let admin = at_desk(portal.server(), "quantri");
    let running = portal.file(&portal.citizen("0912345678"));
    let here = format!("{LIST}/{BIRTH}");
    let end = end();
    let asked = press(&admin, &here, &end).expect(200).text();
    for said in ["Thay thế “", "từ ngày 01/01/2026", "hồ sơ đang giải quyết", "tờ khai điện tử"]
    {
        assert!(asked.contains(said), "{said}: {asked}");
    }
    assert_eq!(details(&portal)["validity"]["standing"], "in_force", "asking changes nothing");
    let sure = [&end[..], &[("_sure", "1")]].concat();
    press(&admin, &here, &sure).expect(303);

    // No new dossiers, with the decision as the rule.
    let refusal = file(&portal, json!({})).problem(422);
    assert_eq!(refusal["rule"], "Decision 12/QD-BTP");
    assert!(refusal["detail"].as_str().is_some_and(|text| text.contains(MARRIAGE)), "{refusal}");
    let told = details(&portal);
    assert_eq!(told["validity"]["standing"], "ended");
    assert_eq!(told["validity"]["successors"][0]["code"], MARRIAGE);
    let page = portal.anybody().get(&format!("/thu-tuc/{BIRTH}")).expect(200).text();
    assert!(page.contains("Đã bãi bỏ từ ngày 01/01/2026 theo Quyết định 12/QĐ-BTP"), "{page}");
    assert!(page.contains(&format!("href=\"/thu-tuc/{MARRIAGE}\"")));
    assert!(!page.contains(&format!("href=\"/nop-ho-so/{BIRTH}\"")));

    // Who would file is told since when and led on.
    let led = portal.anybody().get(&format!("/nop-ho-so/{BIRTH}")).expect(422).text();
    assert!(led.contains("Đã bãi bỏ từ ngày 01/01/2026"), "{led}");
    assert!(led.contains(&format!("href=\"/thu-tuc/{MARRIAGE}\"")), "{led}");

    // The search leads on; the ended one is found as such only.
    let listed = portal.anybody().get("/api/v1/procedures?q=dang+ky+khai+sinh").expect(200).json();
    assert_eq!(listed["items"][0]["code"], MARRIAGE, "{listed}");
    let by_code = portal.anybody().get(&format!("/thu-tuc?q={BIRTH}")).expect(200).text();
    assert!(by_code.contains("Đã bãi bỏ từ ngày 01/01/2026") && by_code.contains("nay là: "));
    let all = portal.anybody().get("/api/v1/procedures?limit=200").expect(200).json();
    let items = all["items"].as_array().unwrap();
    assert!(items.iter().all(|item| item["code"] != BIRTH));
    let hints = portal.anybody().get("/thu-tuc/goi-y?q=khai+sinh").expect(200).text();
    assert!(!hints.contains(&format!("\"{BIRTH}\"")), "{hints}");

    // What was filed goes on, and is named.
    let accepted = running.act(&portal.desk("tiepnhan1"), json!({"action": "accept"}));
    let accepted = accepted.expect(200).json();
    assert!(accepted["due_at"].is_string() && accepted["status"] == 2, "{accepted}");
    let figures = portal.anybody().get(&api("/statistics?by=field")).expect(200).json();
    assert!(figures.to_string().contains("Hộ tịch"));
    // In a circle nobody would arrive.
    let back =
        [("ends", "02/01/2026"), ("decision", "Quyết định 13/QĐ-BTP"), ("successors", BIRTH)];
    let circle = press(&admin, &format!("{LIST}/{MARRIAGE}"), &back).expect(422).text();
    assert!(circle.contains("lại được thay thế bằng chính thủ tục này"), "{circle}");
    // It is taken back as it was set.
    press(&admin, &here, &[("from", ""), ("ends", ""), ("decision", "")]).expect(303);
    file(&portal, json!({})).expect(201);
}

#[test]
fn lists_of_procedures_are_searched_by_name_without_marks_and_by_code() {
    let portal = Portal::demo();
    let admin = at_desk(portal.server(), "quantri");
    for list in ["/quan-tri/thu-tuc", "/quan-tri/to-khai", "/quan-tri/quy-trinh"] {
        for words in ["dang+ky+ket+hon", "1.000894", "000894"] {
            let page = admin.get(&format!("{list}?q={words}")).expect(200).text();
            assert!(page.contains("/1.000894\""), "{list} {words}: {page}");
            assert!(!page.contains("/1.001193\""), "{list} {words}: {page}");
        }
    }
}

#[test]
fn an_end_that_cannot_be_is_refused_at_its_field() {
    let portal = Portal::demo();
    let admin = at_desk(portal.server(), "quantri");
    let here = format!("{LIST}/{BIRTH}");
    let end = end();
    // What cannot be is said at its field, with nothing lost.
    let wrong = |name: &'static str, value: &'static str| {
        end.map(|(field, typed)| (field, if field == name { value } else { typed }))
    };
    let refused = [
        (wrong("ends", "31/02/2026"), "Nhập ngày"),
        (wrong("from", "02/01/2026"), "phải sau ngày có hiệu lực"),
        (wrong("decision", ""), "Nhập quyết định"),
        (wrong("ends", ""), "Nhập ngày hết hiệu lực"),
        (wrong("successors", BIRTH), "không thay thế chính nó"),
        (wrong("successors", "9.999999"), "Không có thủ tục mang mã"),
    ];
    for (typed, said) in refused {
        let page = press(&admin, &here, &typed).expect(422).text();
        assert!(page.contains(said), "{said}: {page}");
    }
}

#[test]
fn a_start_in_the_future_is_waited_for() {
    let portal = Portal::demo();
    let admin = at_desk(portal.server(), "quantri");
    press(&admin, &format!("{LIST}/{BIRTH}"), &[("from", "01/03/2099")]).expect(303);
    let refusal = file(&portal, json!({})).problem(422);
    let said = refusal["detail"].as_str().unwrap_or_default();
    assert!(said.contains("takes effect on 01/03/2099"), "{refusal}");
    assert!(refusal["rule"].as_str().is_some_and(|rule| rule.contains("63/2010")), "{refusal}");
    let page = portal.anybody().get(&format!("/thu-tuc/{BIRTH}")).expect(200).text();
    assert!(page.contains("có hiệu lực từ ngày 01/03/2099"));
}

#[test]
fn a_changed_catalogue_changes_no_running_dossier() {
    let portal = Portal::demo();
    let dossier = portal.file(&portal.citizen("0912345678"));
    let desk = portal.desk("tiepnhan1");
    let before = dossier.act(&desk, json!({"action": "accept"})).expect(200).json();
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo/procedures.jsonl");
    let lines = std::fs::read_to_string(demo).unwrap();
    let mut line: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(line["code"], BIRTH);
    line["name"] = "Đăng ký khai sinh, tên mới".into();
    line["components"].as_array_mut().unwrap().retain(|paper| paper["id"] != "tp3");
    for way in line["submission"].as_array_mut().unwrap() {
        way["duration"] = 9.into();
    }
    let file = portal.server().folder().with_extension("later.jsonl");
    std::fs::write(&file, line.to_string()).unwrap();
    let done = portal.server().command(&["catalogue", "import", file.to_str().unwrap()]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert_eq!(details(&portal)["name"], "Đăng ký khai sinh, tên mới");

    let after = desk.get(&dossier.at("")).expect(200).json();
    assert_eq!(after["due_at"], before["due_at"]);
    assert_eq!(after["procedure_name"], before["procedure_name"]);
    // A paper that the procedure had then can still be asked for; one filed now has it no more.
    let ask = json!({"action": "request_supplement",
        "items": [{"component": "tp3", "reason": "Trẻ bị bỏ rơi"}]});
    let newer = portal.file(&portal.citizen("0912345679"));
    newer.act(&desk, ask.clone()).problem(422);
    let asked = dossier.act(&portal.desk("tiepnhan1"), ask).expect(200).json();
    assert_eq!(asked["status"], 5);
}

#[test]
fn an_agency_says_what_it_takes_and_how() {
    let portal = Portal::demo();
    let admin = at_desk(portal.server(), "quantri");
    let here = format!("{LIST}/{BIRTH}/noi/H40.12");
    let said = [
        ("state", "open"),
        ("since", ""),
        ("guidance", "Mang theo sổ hộ khẩu cũ nếu còn.\nGửi xe ở cổng sau."),
        ("counter", "Quầy số 3"),
        ("hours", "Sáng thứ Ba, thứ Năm"),
        ("phone", "02363 111 222"),
        ("weekly.tue", "7h30-11h"),
        ("weekly.thu", "07:30-11:00"),
    ];
    press(&admin, &here, &said).expect(303);
    let told = details(&portal);
    let own = told["agencies"].as_array().unwrap().iter().find(|a| a["code"] == "H40.12");
    let own = own.expect("it takes the procedure");
    assert_eq!(own["counter"], "Quầy số 3");
    assert_eq!(own["hours"], "Thứ Ba, thứ Năm: 07:30–11:00; Sáng thứ Ba, thứ Năm");
    let page = portal.anybody().get(&format!("/thu-tuc/{BIRTH}?co_quan=H40.12")).expect(200).text();
    for part in ["Quầy số 3", "Gửi xe ở cổng sau.", "02363 111 222"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(page.contains("Thứ Ba, thứ Năm: 07:30–11:00") && page.contains("Hôm nay "), "{page}");
    let wrong = [("state", "open"), ("weekly.tue", "11:00-07:30")];
    let refused = press(&admin, &here, &wrong).expect(422).text();
    assert!(refused.contains("href=\"#f-weekly-tue\""), "{refused}");
    let long = "x".repeat(201);
    let refused = press(&admin, &here, &[("state", "open"), ("counter", &long)]).expect(422).text();
    assert!(refused.contains("Dài quá 200 ký tự."));

    let refused = press(&admin, &here, &[("state", "open"), ("phone", "hỏi bác Tư")]).expect(422);
    assert!(refused.text().contains("Số điện thoại chưa đúng"));
}

#[test]
fn an_agency_that_has_stopped_is_told_with_why_and_where_instead() {
    let portal = Portal::demo();
    let admin = at_desk(portal.server(), "quantri");
    let here = format!("{LIST}/{BIRTH}/noi/H40.12");
    let told = details(&portal);
    // One that has stopped takes nothing, stands in no list, and is told with why and where instead.
    let stopped = |instead: &'static str| {
        [
            ("state", "stopped"),
            ("since", "01/01/2026"),
            ("reason", "sửa trụ sở"),
            ("instead", instead),
        ]
    };
    let wrong = press(&admin, &here, &stopped("H40.12")).expect(422).text();
    assert!(wrong.contains("Chọn một cơ quan khác"), "{wrong}");
    let other = told["agencies"].as_array().unwrap().iter().find(|a| a["code"] != "H40.12");
    let other = other.expect("another takes it too").clone();
    let code: &'static str = other["code"].as_str().unwrap().to_owned().leak();
    press(&admin, &here, &stopped(code)).expect(303);
    let page = portal.anybody().get(&format!("/thu-tuc/{BIRTH}")).expect(200).text();
    let instead = format!("Lý do: sửa trụ sở. Nộp tại “{}”.", other["name"].as_str().unwrap());
    let since = "đã ngừng tiếp nhận thủ tục này từ ngày 01/01/2026.";
    assert!(page.contains(since) && page.contains(&instead), "{page}");
    // The counter is told as soon as the procedure is chosen.
    let counter = at_desk(portal.server(), "tiepnhan1");
    let chosen = send(
        &counter,
        "/mot-cua/tiep-nhan",
        "/mot-cua/tiep-nhan",
        &[("procedure", BIRTH), ("_update", "1")],
    );
    let chosen = chosen.expect(200).text();
    assert!(chosen.contains(since) && chosen.contains(&instead), "{chosen}");
    let refusal = file(&portal, json!({})).problem(422);
    let text = refusal["detail"].as_str().unwrap_or_default();
    assert!(text.contains("has not taken this procedure since 01/01/2026"), "{refusal}");
    let narrowed = format!("/procedures?agency=H40.12&q={BIRTH}");
    assert_eq!(portal.anybody().get(&api(&narrowed)).expect(200).json()["total"], 0);
    let narrowed = format!("/thu-tuc?co_quan=H40.12&q={BIRTH}");
    assert!(portal.anybody().get(&narrowed).expect(200).text().contains("Chưa tìm thấy"));
    at_desk(portal.server(), "thuly1").get(&here).expect(403);
}

/// Compares a file in the browser.
fn compare(admin: &Client, lines: &[Value]) -> String {
    let page = admin.get(LIST).expect(200).text();
    let text: Vec<String> = lines.iter().map(ToString::to_string).collect();
    let form = Multipart::new()
        .text("_csrf", &field(&page, "_csrf"))
        .text("_key", &field(&page, "_key"))
        .file("file", "danh-muc.jsonl", "application/json", text.join("\n").as_bytes());
    admin.post_multipart(LIST, form).expect(200).text()
}

#[test]
fn an_import_shows_its_differences_and_writes_what_is_chosen() {
    let portal = Portal::demo();
    let admin = at_desk(portal.server(), "quantri");
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo/procedures.jsonl");
    let lines = std::fs::read_to_string(demo).unwrap();
    let line = |code: &str| -> Value {
        let named = |line: &&str| line.contains(&format!("\"code\": \"{code}\""));
        serde_json::from_str(lines.lines().find(named).unwrap()).unwrap()
    };
    let (mut one, mut two, mut new) = (line(BIRTH), line(MARRIAGE), line(BIRTH));
    one["submission"][0]["duration"] = 2.into();
    one["components"].as_array_mut().unwrap().retain(|paper| paper["id"] != "tp1");
    two["name"] = "Đăng ký kết hôn, tên mới".into();
    (new["code"], new["name"]) = ("9.000777".into(), "Thủ tục thử".into());
    let broken = json!({"name": "không mã", "field": "Hộ tịch"});
    let report = compare(&admin, &[one.clone(), two.clone(), new.clone(), broken.clone()]);
    for said in [
        "1 mới, 2 đổi, 0 giữ nguyên, 1 lỗi",
        "1 thủ tục cần xem kỹ",
        "Xem kỹ trước khi ghi (1)",
        "Kéo dài thời hạn",
        "Bớt giấy tờ bắt buộc",
        "không có trong tệp, với ",
        "1 dòng bị loại",
        "trực tiếp, thời hạn: 1 ngày làm việc → 2 ngày làm việc",
        "Bỏ giấy tờ “Tờ khai đăng ký khai sinh”",
        "Thủ tục có tờ khai điện tử in thay cho giấy tờ bị bỏ",
        "Tên: “Thủ tục đăng ký kết hôn” → “Đăng ký kết hôn, tên mới”",
        "Thiếu mã số thủ tục.",
        "Thủ tục thử (9.000777)",
        "Bãi bỏ?",
        "name=\"het.1.000656\"",
    ] {
        assert!(report.contains(said), "{said}: {report}");
    }
    assert_eq!(details(&portal)["submission"][0]["duration"], 1, "comparing changes nothing");
    // What people would feel stands before what only reads otherwise, and the rejected rows come last.
    let place = |said: &str| report.find(said).unwrap_or_else(|| panic!("{said}: {report}"));
    assert!(place("Bớt giấy tờ bắt buộc") < place("Đăng ký kết hôn, tên mới"));
    assert!(place("Đăng ký kết hôn, tên mới") < place("Thiếu mã số thủ tục."));

    // An end without a day is refused, with nothing lost and nothing written.
    let key = field(&report, "file");
    let ticked = [("file", key.as_str()), ("ghi.1.000894", "1"), ("het.1.000656", "1")];
    let refused = press(&admin, &format!("{LIST}/ghi"), &ticked).expect(422).text();
    assert!(refused.contains("Nhập ngày hết hiệu lực."), "{refused}");
    let name = |code: &str| {
        let told = portal.anybody().get(&api(&format!("/procedures/{code}"))).expect(200).json();
        told["name"].as_str().unwrap().to_owned()
    };
    assert_eq!(name(MARRIAGE), "Thủ tục đăng ký kết hôn");
    let ticked =
        [&ticked[..], &[("ends", "01012026"), ("decision", "Quyết định 5/QĐ-BTP")]].concat();
    press(&admin, &format!("{LIST}/ghi"), &ticked).expect(303);
    assert_eq!(name(MARRIAGE), "Đăng ký kết hôn, tên mới");
    assert_eq!(details(&portal)["submission"][0]["duration"], 1, "it was not chosen");
    portal.anybody().get(&api("/procedures/9.000777")).expect(404);
    let ended = portal.anybody().get(&api("/procedures/1.000656")).expect(200).json();
    assert_eq!(ended["validity"]["standing"], "ended");

    // The command line tells the same differences.
    let file = portal.server().folder().with_extension("dry.jsonl");
    std::fs::write(&file, one.to_string()).unwrap();
    let arguments = ["catalogue", "import", "--dry-run", file.to_str().unwrap()];
    let done = portal.server().command(&arguments);
    assert!(done.stdout.contains("1 working days → 2 working days"), "{}", done.stdout);
}

#[test]
fn times_in_force_and_offers_go_out_and_come_back() {
    let portal = Portal::demo();
    let admin = at_desk(portal.server(), "quantri");
    let here = format!("{LIST}/{BIRTH}");
    let offer = [
        ("state", "stopped"),
        ("since", "01/01/2026"),
        ("reason", "sửa trụ sở"),
        ("weekly.tue", "07:30-11:00"),
        ("phone", "1900 1234"),
    ];
    press(&admin, &format!("{here}/noi/H40.12"), &offer).expect(303);
    press(&admin, &here, &[&end()[..], &[("_sure", "1")]].concat()).expect(303);
    let file = portal.server().folder().with_extension("out.jsonl");
    let name = file.to_str().unwrap();
    let export = || {
        let done = portal.server().command(&["catalogue", "export", name]);
        assert_eq!(done.code, Some(0), "{}", done.stderr);
        std::fs::read_to_string(&file).unwrap()
    };
    let out = export();
    let line = |text: &str| -> Value {
        let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines.into_iter().find(|line| line["code"] == BIRTH).unwrap()
    };
    assert_eq!(line(&out)["in_force"]["ends"], "2026-01-01");
    assert_eq!(line(&out)["in_force"]["successors"], json!([MARRIAGE]));
    assert_eq!(line(&out)["offers"][0]["reason"], "sửa trụ sở");
    let bundle = admin.get(&format!("/quan-tri/to-khai/{BIRTH}/xuat")).expect(200).json();
    assert_eq!(bundle["procedure"]["offers"], line(&out)["offers"]);

    // The same file changes nothing; taken back here, it comes again with what differs in words.
    let import = |arguments: &[&str]| {
        let done =
            portal.server().command(&[&["catalogue", "import", "--json"], arguments].concat());
        assert_eq!(done.code, Some(0), "{}", done.stderr);
        serde_json::from_str::<Value>(&done.stdout).unwrap()
    };
    assert_eq!(import(&["--dry-run", name])["changed"], 0);
    press(&admin, &here, &[("from", ""), ("ends", ""), ("decision", "")]).expect(303);
    press(&admin, &format!("{here}/noi/H40.12"), &[("state", "open")]).expect(303);
    assert_eq!(details(&portal)["validity"]["standing"], "in_force");
    let told = import(&[name]);
    assert_eq!(told["changed"], 1, "{told}");
    let said = told["differences"].to_string();
    assert!(said.contains("In force: ") && said.contains("Where it is taken"), "{said}");
    assert_eq!(details(&portal)["validity"]["standing"], "ended");
    assert_eq!(line(&export()), line(&out), "the round is closed");

    // What cannot be is rejected with its place.
    let mut wrong = line(&out);
    wrong["offers"][0]["state"] = "resting".into();
    std::fs::write(&file, wrong.to_string()).unwrap();
    let told = import(&["--dry-run", name]);
    assert!(told["rejected"].to_string().contains("offers[0].state"), "{told}");
}

#[test]
fn a_changed_catalogue_tries_the_test_cases_of_the_forms() {
    let portal = Portal::demo();
    let admin = at_desk(portal.server(), "quantri");
    let extract = "2.000635";
    press(&admin, &format!("/quan-tri/to-khai/{extract}/san-co"), &[]).expect(303);
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo/procedures.jsonl");
    let lines = std::fs::read_to_string(demo).unwrap();
    let named = |line: &&str| line.contains(&format!("\"code\": \"{extract}\""));
    let mut line: Value = serde_json::from_str(lines.lines().find(named).unwrap()).unwrap();
    let papers = line["components"].as_array_mut().unwrap();
    papers.push(json!({"id": "moi", "group": "", "name": "Ảnh thẻ", "originals": 2, "copies": 0,
        "mandatory": true}));
    let report = compare(&admin, &[line.clone()]);
    for said in ["Thêm giấy tờ bắt buộc", "không còn đúng", "Ảnh thẻ"] {
        assert!(report.contains(said), "{said}: {report}");
    }
    // Held until the results of the cases are taken over, with nothing written before.
    let code = format!("ghi.{extract}");
    let key = field(&report, "file");
    let ticked = [("file", key.as_str()), (code.as_str(), "1")];
    let held = press(&admin, &format!("{LIST}/ghi"), &ticked).expect(422).text();
    assert!(held.contains("href=\"#f-tests\"") && held.contains("không còn đúng"), "{held}");
    let told = portal.anybody().get(&api(&format!("/procedures/{extract}"))).expect(200).json();
    assert!(!told.to_string().contains("Ảnh thẻ"), "{told}");
    press(&admin, &format!("{LIST}/ghi"), &[&ticked[..], &[("tests", "1")]].concat()).expect(303);
    let told = portal.anybody().get(&api(&format!("/procedures/{extract}"))).expect(200).json();
    assert!(told.to_string().contains("Ảnh thẻ"), "{told}");
    let form = admin.get(&format!("/quan-tri/to-khai/{extract}")).expect(200).text();
    assert!(form.contains("Bản đang áp dụng: bản 2"), "{form}");

    // The command line tells it among the differences.
    line["components"].as_array_mut().unwrap().pop();
    let file = portal.server().folder().with_extension("cases.jsonl");
    std::fs::write(&file, line.to_string()).unwrap();
    let arguments = ["catalogue", "import", "--dry-run", file.to_str().unwrap()];
    let done = portal.server().command(&arguments);
    assert!(done.stdout.contains("no longer comes out"), "{}", done.stdout);
}

#[test]
fn what_happens_to_people_leads_to_procedures_in_order() {
    let portal = Portal::demo();
    let anybody = portal.anybody();
    let home = anybody.get("/").expect(200).text();
    assert!(home.contains("href=\"/viec-trong-doi/sinh-con\""), "{home}");
    let list = anybody.get("/viec-trong-doi").expect(200).text();
    assert!(list.contains("Người thân qua đời"));
    let english = anybody.get("/viec-trong-doi/sinh-con?lang=en").expect(200).text();
    assert!(english.contains("Having a child") && english.contains("One filing for the"));
    let page = anybody.get("/viec-trong-doi/sinh-con").expect(200).text();
    let place = |code: &str| page.find(&format!("/thu-tuc/{code}\"")).expect("a step");
    assert!(place("2.000986") < place(BIRTH), "in order");
    anybody.get("/viec-trong-doi/khong-co").expect(404);
    // The search knows what people say of it.
    let found = anybody.get("/thu-tuc?q=t%C3%B4i+m%E1%BB%9Bi+sinh+em+b%C3%A9").expect(200).text();
    assert!(found.contains("href=\"/viec-trong-doi/sinh-con\""), "{found}");
    let other = anybody.get("/thu-tuc?q=th%C6%B0%E1%BB%9Dng+tr%C3%BA").expect(200).text();
    assert!(!other.contains("/viec-trong-doi/sinh-con"));

    // An administrator adds one, changes one that ships, hides it, and takes that back.
    let admin = at_desk(portal.server(), "quantri");
    let here = "/quan-tri/viec-trong-doi";
    let new = [
        ("slug", "doi-ten"),
        ("name_vi", "Đổi tên"),
        ("about_vi", "Cải chính trước, đổi giấy tờ sau."),
        ("words", "muốn tên khác"),
        ("steps", "1.004859 | Cải chính | Correcting"),
    ];
    press(&admin, &format!("{here}/them-viec"), &new).expect(303);
    press(&admin, &format!("{here}/them-viec"), &new).expect(422);
    let bare = [("slug", "X!"), ("name_vi", ""), ("steps", "")];
    let refused = press(&admin, &format!("{here}/them-viec"), &bare).expect(422).text();
    for said in ["Chỉ dùng chữ thường", "Nhập tên.", "Ghi ít nhất một thủ tục."]
    {
        assert!(refused.contains(said), "{said}: {refused}");
    }
    let own = anybody.get("/viec-trong-doi/doi-ten").expect(200).text();
    assert!(own.contains("/thu-tuc/1.004859\""), "{own}");
    let hidden = [("name_vi", "Sinh con"), ("steps", "1.001193 | Khai sinh"), ("hidden", "1")];
    press(&admin, &format!("{here}/sinh-con"), &hidden).expect(303);
    anybody.get("/viec-trong-doi/sinh-con").expect(404);
    press(&admin, &format!("{here}/sinh-con"), &[("viec", "bo")]).expect(303);
    anybody.get("/viec-trong-doi/sinh-con").expect(200);
    at_desk(portal.server(), "thuly1").get(here).expect(403);
}

#[test]
fn guides_and_posters_are_printed() {
    let portal = Portal::demo();
    let guide = portal.anybody().get(&format!("/thu-tuc/{BIRTH}/huong-dan.pdf")).expect(200);
    assert!(guide.body.starts_with(b"%PDF"));
    portal.anybody().get("/thu-tuc/9.999999/huong-dan.pdf").expect(404);
    let admin = at_desk(portal.server(), "quantri");
    assert!(admin.get("/quan-tri/niem-yet").expect(200).text().contains("Tờ niêm yết"));
    let pages = |query: &str| {
        let file = admin.get(&format!("/quan-tri/niem-yet.pdf?{query}")).expect(200).body;
        assert!(file.starts_with(b"%PDF"));
        let text = String::from_utf8_lossy(&file).into_owned();
        let count = |what: &str| text.matches(what).count();
        count("/Type/Page") + count("/Type /Page") - count("/Type/Pages") - count("/Type /Pages")
    };
    assert_eq!(pages(""), 1);
    assert_eq!(pages("linh_vuc=H%E1%BB%99+t%E1%BB%8Bch"), 1);
    assert_eq!(pages(&format!("kho=a3&thu_tuc={BIRTH}+{MARRIAGE}")), 2);
    assert!(pages("viec=tat-ca&linh_vuc=H%E1%BB%99+t%E1%BB%8Bch") > 5);
    admin.get("/quan-tri/niem-yet.pdf?thu_tuc=9.999999").expect(422);
    let all = admin.get("/quan-tri/niem-yet.pdf?viec=tat-ca").expect(422).text();
    assert!(all.contains("href=\"#f-linh-vuc\"") && all.contains("Chọn lĩnh vực để in"), "{all}");
    at_desk(portal.server(), "thuly1").get("/quan-tri/niem-yet.pdf").expect(403);
}
