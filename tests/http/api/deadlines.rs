//! Due dates: explained line by line, and moved with the calendar by an event.

use std::fs;

use serde_json::{Value, json};

use super::portal::{Filed, Portal, api};
use crate::support::http::Client;

fn explained(desk: &Client, code: &str) -> Value {
    desk.get(&api(&format!("/dossiers/{code}/deadline"))).expect(200).json()
}

/// The open dossier of an agency that is due last.
fn due_last(desk: &Client) -> (String, String) {
    let open = desk.get(&api("/dossiers?queue=work&limit=200")).expect(200).json();
    let items = open["items"].as_array().expect("items");
    let last = items.iter().max_by_key(|item| item["due_at"].as_str().map(str::to_owned));
    let last = last.expect("an open dossier");
    let text = |name: &str| last[name].as_str().expect("a text").to_owned();
    (text("code"), text("due_at"))
}

#[test]
fn a_due_date_comes_with_its_calculation() {
    let portal = Portal::demo();
    let desk = portal.desk("thuly1");
    let (code, due_at) = due_last(&desk);
    let told = explained(&desk, &code);
    assert_eq!(told["due_at"], due_at);
    assert_eq!(told["deadline_state"], "on_time");
    let why = told["why"].as_array().expect("lines");
    assert!(why[0].as_str().expect("a line").starts_with("Received at "), "{why:?}");
    let (year, month, day) = (&due_at[..4], &due_at[5..7], &due_at[8..10]);
    let last = why.last().and_then(Value::as_str).expect("a line");
    assert!(last.contains(&format!("{day}/{month}/{year}, before 17:00")), "{last}");
    portal.anybody().get(&api(&format!("/dossiers/{code}/deadline"))).problem(401);
    let foreign = portal.desk("thuly11");
    foreign.get(&api(&format!("/dossiers/{code}/deadline"))).problem(404);
    let filed = portal.file(&portal.citizen("0912345678"));
    let secret = json!({"secret": filed.secret});
    let tracked = portal.anybody().post(&filed.tracked("/details"), &secret).expect(200).json();
    let why = tracked["why"].as_array().expect("lines");
    assert!(why[1].as_str().expect("a line").contains("8 working hours"), "{why:?}");
}

#[test]
fn a_changed_calendar_moves_due_dates_by_an_event_that_says_why() {
    let portal = Portal::demo();
    let desk = portal.desk("thuly1");
    let (code, before) = due_last(&desk);
    let file = portal.server().folder().with_extension("json");
    let path = file.to_str().expect("plain");
    let command = |arguments: &[&str]| {
        let done = portal.server().command(&[arguments, &["--json"]].concat());
        assert_eq!(done.code, Some(0), "{done:?}");
        serde_json::from_str::<Value>(&done.stdout).expect("JSON")
    };
    command(&["calendar", "export", path, "--agency", "H40.12"]);
    let mut calendar: Value =
        serde_json::from_slice(&fs::read(&file).expect("written")).expect("JSON");
    calendar["holidays"].as_array_mut().expect("dates").push(json!(before[..10]));
    fs::write(&file, calendar.to_string()).expect("written");
    let import = ["calendar", "import", path, "--agency", "H40.12"];
    let planned = command(&[&import[..], &["--dry-run"]].concat());
    assert_eq!(explained(&desk, &code)["due_at"], before, "nothing was written");
    let told = command(&[&import[..], &["--reason", "Nghỉ theo thông báo của tỉnh"]].concat());
    assert_eq!(told["moved"], planned["moved"]);
    assert!(told["moved"].as_u64().expect("a number") >= 1);
    assert_eq!(command(&import)["moved"], 0, "once is enough");
    let state = desk.get(&api(&format!("/dossiers/{code}"))).expect(200).json();
    let after = state["due_at"].as_str().expect("a date");
    assert!(after > before.as_str());
    let event = state["events"].as_array().expect("events").last().expect("an event");
    assert_eq!(event["action"], "due_date_moved");
    assert_eq!(event["data"], json!({"due_at": after, "reason": "Nghỉ theo thông báo của tỉnh"}));
    assert_eq!(explained(&desk, &code)["due_at"], after);
    assert_eq!(command(&["check"])["ok"], true);
}

#[test]
fn what_has_ended_keeps_what_it_was_due() {
    let portal = Portal::demo();
    let desk = portal.desk("tiepnhan1");
    let ended = desk.get(&api("/dossiers?status=10&limit=1")).expect(200).json();
    let item = &ended["items"][0];
    let filed = Filed {
        code: item["code"].as_str().expect("a code").to_owned(),
        secret: String::new(),
        answer: Value::Null,
    };
    let before = desk.get(&filed.at("/deadline")).expect(200).json();
    assert!(
        ["early", "on_time", "late"].contains(&before["deadline_state"].as_str().expect("one"))
    );
    let file = portal.server().folder().with_extension("json");
    let path = file.to_str().expect("plain");
    let short = json!({"weekly": {"mon": [["08:00", "09:00"]]}});
    fs::write(&file, short.to_string()).expect("written");
    let done = portal.server().command(&["calendar", "import", path]);
    assert_eq!(done.code, Some(0), "{done:?}");
    let after = desk.get(&filed.at("/deadline")).expect(200).json();
    assert_eq!(after["due_at"], before["due_at"]);
    assert_eq!(after["deadline_state"], before["deadline_state"]);
    assert_eq!(after["why"], json!([]), "today's calendar no longer explains it");
}
