//! Lists: pages by cursor, filters, and what is not one's own to see.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::portal::{Portal, api};
use crate::support::http::Client;

/// Every item of a list, in pages of `limit`.
fn all(reader: &Client, path: &str, limit: usize) -> Vec<Value> {
    let (mut items, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = reader.get(&api(&format!("{path}limit={limit}{cursor}"))).expect(200).json();
        let found = page["items"].as_array().expect("items");
        assert!(found.len() <= limit);
        items.extend(found.iter().cloned());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return items,
        }
    }
}

fn codes(items: &[Value]) -> BTreeSet<String> {
    items.iter().map(|item| item["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn procedures_are_listed_in_pages_and_found_by_words() {
    let portal = Portal::demo();
    let anybody = portal.anybody();
    let small = all(&anybody, "/procedures?", 7);
    let large = all(&anybody, "/procedures?", 200);
    assert_eq!(codes(&small).len(), small.len(), "none twice");
    assert_eq!(codes(&small), codes(&large));
    for item in &large {
        for name in ["code", "name", "field", "agency"] {
            assert!(item[name].is_string(), "{item}");
        }
        assert!(item["levels"].is_array(), "{item}");
    }
    let found = anybody.get(&api("/procedures?q=khai%20sinh&limit=3")).expect(200).json();
    assert_eq!(found["items"][0]["code"], "1.001193");
    let field = all(&anybody, "/procedures?field=H%E1%BB%99%20t%E1%BB%8Bch&", 200);
    assert!(!field.is_empty() && field.iter().all(|item| item["field"] == "Hộ tịch"));
    let details = anybody.get(&api("/procedures/1.001193")).expect(200).json();
    assert_eq!(details["components"][0]["id"], "tp1");
    assert_eq!(details["components"][0]["mandatory"], true);
    assert!(details["submission"].is_array() && details["results"].is_array());
    assert!(details["steps"].is_string() && details["form"]["sections"].is_array());
    anybody.get(&api("/procedures?level=planet")).problem(422);
}

#[test]
fn dossiers_are_listed_in_pages_for_the_agency_that_they_concern() {
    let portal = Portal::demo();
    let desk = portal.desk("tiepnhan1");
    let small = all(&desk, "/dossiers?", 5);
    assert_eq!(codes(&small).len(), small.len(), "none twice");
    assert_eq!(codes(&small), codes(&all(&desk, "/dossiers?", 200)));
    assert!(small.len() >= 30);
    for item in &small {
        let agencies = [&item["receiving_agency"], &item["competent_agency"]];
        assert!(agencies.iter().any(|agency| **agency == "H40.12"), "{item}");
    }
    let processing = all(&desk, "/dossiers?status=4&", 3);
    let expected = small.iter().filter(|item| item["status"] == 4).count();
    assert_eq!(processing.len(), expected);
    let to_check = all(&desk, "/dossiers?queue=to_check&", 50);
    assert!(!to_check.is_empty() && to_check.iter().all(|item| item["status"] == 1));
    let mine = all(&portal.desk("thuly1"), "/dossiers?assignee=me&", 50);
    assert!(mine.iter().all(|item| item["holder"]["user"] == "thuly1"), "{mine:?}");
    let received = all(&desk, "/dossiers?received_from=2020-01-01&received_to=2020-12-31&", 50);
    assert!(received.is_empty());
}

#[test]
fn a_search_counts_and_narrows_what_it_finds() {
    let portal = Portal::demo();
    let desk = portal.desk("tiepnhan1");
    let asked = |filter: &str| {
        let way = api(&format!("/dossiers?q=nguyen&limit=200{filter}"));
        desk.get(&way).expect(200).json()
    };
    let found = asked("");
    let total = found["counts"]["total"].as_u64().unwrap();
    assert!(total > 3, "the demo has several of that name: {found}");
    assert_eq!(found["items"].as_array().unwrap().len() as u64, total);
    let paged = all(&desk, "/dossiers?q=nguyen&", 2);
    assert_eq!(codes(&paged), codes(found["items"].as_array().unwrap()));
    for facet in ["status", "field", "procedure", "channel"] {
        let counts = found["counts"][facet].as_object().unwrap();
        assert_eq!(counts.values().map(|n| n.as_u64().unwrap()).sum::<u64>(), total, "{facet}");
        for (value, count) in counts {
            let value: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
            let narrowed = asked(&format!("&{facet}={value}"));
            assert_eq!(&narrowed["counts"]["total"], count, "{facet} {value}");
            assert_eq!(&narrowed["items"].as_array().unwrap().len(), count, "{facet} {value}");
            assert_eq!(narrowed["counts"][facet], found["counts"][facet], "the other choices stay");
        }
    }
    let to_check = asked("&queue=to_check");
    let items = to_check["items"].as_array().unwrap();
    assert!(items.iter().all(|item| item["status"] == 1), "{to_check}");
    let other = portal.desk("tiepnhan1").get(&api("/dossiers?limit=2")).expect(200).json();
    assert!(other["counts"].is_null());
    let first = desk.get(&api("/dossiers?q=nguyen&limit=2")).expect(200).json();
    let cursor = first["next_cursor"].as_str().unwrap();
    desk.get(&api(&format!("/dossiers?q=tran&cursor={cursor}"))).problem(422);
}

#[test]
fn lists_refuse_who_may_not_and_what_makes_no_sense() {
    let portal = Portal::demo();
    portal.anybody().get(&api("/dossiers")).problem(401);
    portal.citizen("0912345678").get(&api("/dossiers")).problem(403);
    portal.desk("quantri").get(&api("/dossiers")).problem(403);
    let desk = portal.desk("tiepnhan1");
    for (query, field) in [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=x", "limit"),
        ("status=11", "status"),
        ("queue=x", "queue"),
        ("due_before=x", "due_before"),
        ("cursor=zz", "cursor"),
        ("colour=red", "colour"),
    ] {
        let problem = desk.get(&api(&format!("/dossiers?{query}"))).problem(422);
        assert_eq!(problem["errors"][0]["field"], field, "{problem}");
    }
    for (path, known) in [
        ("/dossiers?queue=mine", "to_check"),
        ("/procedures?level=town", "province"),
        ("/procedures?channel=fax", "counter"),
        ("/statistics?by=week", "month"),
    ] {
        let problem = desk.get(&api(path)).problem(422);
        assert!(problem["detail"].as_str().unwrap().contains(known), "{path}: {problem}");
    }
}

#[test]
fn public_figures_add_up() {
    let portal = Portal::demo();
    let sum = |query: &str| -> u64 {
        let page = portal.anybody().get(&api(&format!("/statistics?{query}"))).expect(200).json();
        page["items"].as_array().unwrap().iter().map(|i| i["submitted"].as_u64().unwrap()).sum()
    };
    let before = sum("from=2020-01-01&by=month");
    assert!(before > 50);
    assert_eq!(before, sum("from=2020-01-01&by=agency"));
    let figures = |by: &str| {
        let way = api(&format!("/statistics?from=2020-01-01&by={by}"));
        portal.anybody().get(&way).expect(200).json()["items"].clone()
    };
    let fields = figures("field");
    let dossier = portal.file(&portal.citizen("0912345678"));
    for by in ["month", "agency", "field"] {
        assert_eq!(sum(&format!("from=2020-01-01&by={by}")), before + 1, "{by}");
    }
    let grown = figures("field");
    let grown: Vec<_> = grown
        .as_array()
        .unwrap()
        .iter()
        .filter(|i| !fields.as_array().unwrap().contains(i))
        .collect();
    assert_eq!(grown.len(), 1, "one field has one more");
    assert_eq!(grown[0]["key"], "Hộ tịch");
    // What was written by mistake is no figure.
    let void = json!({"action": "void", "reason": "Nhập trùng."});
    dossier.act(&portal.desk("giamdoc1"), void).expect(200);
    for by in ["month", "agency", "field"] {
        assert_eq!(sum(&format!("from=2020-01-01&by={by}")), before, "{by}");
    }
    assert_eq!(figures("field"), fields);
    assert_eq!(sum("from=2020-01-01&to=2020-12-31"), 0);
    portal.anybody().get(&api("/statistics?from=2026-01-02&to=2026-01-01")).problem(422);
}
