//! Certification in one visit: numbers without gaps, fees by tiers, books, papers.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::api::portal::{Portal, api, with};
use crate::papers::{at_desk, send};

/// A visit with one kind of paper.
fn visit() -> Value {
    json!({
        "applicant": {"name": "Nguyễn Thị Ánh", "id_number": "036185990001"},
        "papers": [
            {"procedure": "2.000815", "name": "Bằng tốt nghiệp", "pages": 5, "copies": 3},
            {"procedure": "2.000815", "name": "bằng  tốt nghiệp", "pages": 1, "copies": 1},
            {"procedure": "2.000884", "name": "Sơ yếu lý lịch", "pages": 2, "copies": 2},
        ],
        "signer": "lanhdao1",
        "receipt_number": "CT/26E 0000456",
    })
}

fn papers(answer: &Value) -> Vec<(u64, u64)> {
    let papers = answer["certification"]["papers"].as_array().expect("papers");
    papers.iter().map(|p| (p["number"].as_u64().unwrap(), p["fee"].as_u64().unwrap())).collect()
}

#[test]
fn a_visit_is_one_dossier_with_its_numbers_and_fees() {
    let portal = Portal::demo();
    let desk = portal.desk("tiepnhan1");
    let answer = desk.post(&api("/certifications"), &visit()).expect(201).json();
    assert_eq!(answer["status"], 10);
    let found = papers(&answer);
    // Pages 1 and 2 at 2,000, from page 3 on at 1,000, each of three copies; a signed paper 10,000.
    assert_eq!(found.iter().map(|paper| paper.1).collect::<Vec<_>>(), [21_000, 2_000, 20_000]);
    assert_eq!(found[0].0, found[1].0, "one number a kind of paper");
    let sign = &answer["certification"]["papers"][2]["book"];
    assert_eq!(sign, "SCT/CK,ĐC");
    assert_eq!(answer["fees"].as_array().unwrap().len(), 3);
    assert!(answer["fees"].as_array().unwrap().iter().all(|fee| !fee["paid"].is_null()));

    let code = answer["code"].as_str().unwrap();
    let page = at_desk(portal.server(), "tiepnhan1");
    for deed in ["attestation", "fee_slip"] {
        let paper = page.get(&format!("/mot-cua/ho-so/{code}/in/{deed}")).expect(200);
        assert_eq!(paper.header("Content-Type"), Some("application/pdf"), "{deed}");
    }
    let book = page.get("/mot-cua/chung-thuc/so?so=SCT%2FBS").expect(200).text();
    assert!(book.contains(code) && book.contains("Nguyễn Thị Ánh"));
    for file in ["so.pdf", "so.xlsx"] {
        page.get(&format!("/mot-cua/chung-thuc/so/{file}?so=SCT%2FBS&thang=0")).expect(200);
    }
    let other = at_desk(portal.server(), "tiepnhan11");
    let theirs = other.get("/mot-cua/chung-thuc/so?so=SCT%2FBS").expect(200).text();
    assert!(!theirs.contains(code));
    let done = portal.server().command(&["check"]);
    assert_eq!(done.code, Some(0), "{}{}", done.stdout, done.stderr);
}

#[test]
fn late_in_the_day_papers_may_wait_for_the_next_working_day() {
    let mut portal = Portal::demo();
    let later = with(visit(), json!({"later": true}));
    // Tuesday, 8 January 2030, before and after the hour of same-day matters.
    portal.server_mut().terminate();
    portal.server_mut().restart_at("2030-01-08T14:30:00+07:00");
    let problem = portal.desk("tiepnhan1").post(&api("/certifications"), &later).problem(422);
    assert_eq!(problem["errors"][0]["field"], "later", "{problem}");
    portal.server_mut().terminate();
    portal.server_mut().restart_at("2030-01-08T15:30:00+07:00");
    let waiting = portal.desk("tiepnhan1").post(&api("/certifications"), &later).expect(201).json();
    assert_eq!(waiting["status"], 2);
    assert_eq!(waiting["due_at"], "2030-01-09T17:00:00+07:00");
    let numbers = waiting["certification"]["papers"].as_array().expect("papers");
    assert!(numbers.iter().all(|paper| paper["number"].is_null()), "no number before the day");

    portal.server_mut().terminate();
    portal.server_mut().restart_at("2030-01-09T08:00:00+07:00");
    let desk = portal.desk("tiepnhan1");
    let code = waiting["code"].as_str().expect("a code");
    let body =
        json!({"action": "certify", "version": waiting["version"], "receipt_number": "CT/30E 1"});
    let done = desk.post(&api(&format!("/dossiers/{code}/actions")), &body).expect(200).json();
    assert_eq!(done["status"], 10, "{done}");
    let found = papers(&done);
    assert_eq!(found.iter().map(|paper| paper.1).collect::<Vec<_>>(), [21_000, 2_000, 20_000]);
    assert!(found.iter().all(|paper| paper.0 > 0));
    assert_eq!(done["certification"]["date"], "2030-01-09");
}

#[test]
fn many_visits_at_once_leave_no_gap_and_a_repeated_one_takes_no_number() {
    let portal = Portal::demo();
    let body = with(
        visit(),
        json!({
            "papers": [{"procedure": "2.000815", "name": "Giấy khai sinh", "pages": 1, "copies": 2}],
        }),
    );
    let desk = portal.desk("tiepnhan1");
    let first = desk.post(&api("/certifications"), &body).expect(201).json();
    let start = papers(&first)[0].0;
    let numbers: BTreeSet<u64> = std::thread::scope(|scope| {
        let visits: Vec<_> = (0..20)
            .map(|turn| {
                let (portal, body) = (&portal, &body);
                scope.spawn(move || {
                    let desk = portal.desk(["tiepnhan1", "tiepnhan2"][turn % 2]);
                    // Every fifth is refused, and must leave no hole behind.
                    if turn % 5 == 0 {
                        let wrong = with(body.clone(), json!({"signer": "tiepnhan1"}));
                        desk.post(&api("/certifications"), &wrong).problem(422);
                    }
                    let done = desk.post(&api("/certifications"), body).expect(201);
                    papers(&done.json())[0].0
                })
            })
            .collect();
        visits.into_iter().map(|visit| visit.join().expect("a number")).collect()
    });
    assert_eq!(numbers, (start + 1..=start + 20).collect::<BTreeSet<u64>>());

    let once = desk.post_once("mot-lan", &api("/certifications"), &body).expect(201).json();
    let again = desk.post_once("mot-lan", &api("/certifications"), &body).expect(201).json();
    assert_eq!(once["code"], again["code"]);
    let year = desk.get(&api("/certifications?book=SCT/BS")).expect(200).json();
    let listed: Vec<u64> =
        year["items"].as_array().unwrap().iter().map(|e| e["number"].as_u64().unwrap()).collect();
    assert_eq!(listed, (1..=start + 21).collect::<Vec<u64>>(), "from 01, continuous");
}

#[test]
fn what_is_wrong_is_named_by_its_row_and_exemptions_count() {
    let portal = Portal::demo();
    let desk = portal.desk("tiepnhan1");
    let wrong = with(
        visit(),
        json!({
            "applicant": {"name": " "},
            "papers": [{"procedure": "2.000815", "name": "", "pages": 0, "copies": 1}],
            "signer": "thuly1",
        }),
    );
    let problem = desk.post(&api("/certifications"), &wrong).problem(422);
    let fields: Vec<&str> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["field"].as_str().unwrap())
        .collect();
    assert_eq!(fields, ["applicant.name", "papers[0].name", "papers[0].pages", "signer"]);
    let born = with(
        visit(),
        json!({
            "papers": [{"procedure": "1.001193", "name": "Giấy", "pages": 1, "copies": 1}],
        }),
    );
    let problem = desk.post(&api("/certifications"), &born).problem(422);
    assert_eq!(problem["errors"][0]["field"], "papers[0].procedure");
    let farm = with(
        visit(),
        json!({
            "papers": [{"procedure": "2.001035", "name": "Hợp đồng thế chấp", "pages": 9, "copies": 4}],
            "exemption": "farm_loan",
        }),
    );
    let free = desk.post(&api("/certifications"), &farm).expect(201).json();
    assert_eq!(papers(&free)[0].1, 0);
    let line = &free["fees"][0];
    assert_eq!(line["amount"], 0, "what was not asked for stands there with its reason");
    assert!(line["why"].as_array().is_some_and(|steps| !steps.is_empty()), "{line}");
    let full = with(farm, json!({"exemption": null}));
    let paid = desk.post(&api("/certifications"), &full).expect(201).json();
    assert_eq!(papers(&paid)[0].1, 50_000, "an act is one case, however many copies");
    let copies = with(visit(), json!({"exemption": "farm_loan"}));
    desk.post(&api("/certifications"), &copies).problem(422);
    portal.desk("thuly1").post(&api("/certifications"), &visit()).problem(403);
}

#[test]
fn the_page_adds_rows_computes_and_certifies_without_scripts() {
    let portal = Portal::demo();
    let desk = at_desk(portal.server(), "tiepnhan1");
    let here = "/mot-cua/chung-thuc";
    let card = "036185990001|012345678|Nguyễn Thị Ánh|03021985|Nữ|Số 1, phường Nam Định|05062021";
    let read = send(&desk, here, here, &[("_lam", "cap-nhat"), ("card", card)]).expect(200).text();
    assert!(read.contains("Đã đọc thẻ Nguyễn Thị Ánh") && read.contains("papers[0].name"));
    let row = [
        ("applicant.name", "Nguyễn Thị Ánh"),
        ("papers[0].procedure", "2.000815"),
        ("papers[0].name", "Bằng tốt nghiệp"),
        ("papers[0].pages", "5"),
        ("papers[0].copies", "3"),
        ("method", "cash"),
        ("signer", "lanhdao1"),
    ];
    let with = |lam: &'static str| [&[("_lam", lam)], &row[..]].concat();
    let shown = send(&desk, here, here, &with("cap-nhat")).expect(200).text();
    assert!(shown.contains("papers[1].name"), "another row");
    assert!(shown.contains("21.000 đồng"), "the fee");
    let done = send(&desk, here, here, &with("tra")).expect(303);
    let way = done.header("Location").expect("the done page").to_owned();
    let page = desk.get(&way).expect(200).text();
    assert!(page.contains("quyển số 01/") && page.contains("In lời chứng"), "{page}");
}
