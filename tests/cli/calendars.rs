//! `calendar import` and `export`, and `deadline`.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::support::server::{Server, motcua};
use crate::{answer, on, refusal, served_and_at_rest};

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn week() -> Value {
    json!({"mon": [["08:00", "12:00"]], "tue": [["08:00", "12:00"]]})
}

#[test]
fn due_dates_are_explained_line_by_line_without_a_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("lines.jsonl");
    let own = json!({
        "calendar": {"weekly": week(), "holidays": ["2026-11-24"]},
        "received": "2026-11-23T09:00:00+07:00", "duration": 1, "unit": "working_day",
    });
    let plain = json!({
        "received": "2026-11-23T15:30:00+07:00", "duration": 8, "unit": "working_hour",
        "pauses": null, "policy": null,
    });
    fs::write(&file, format!("{own}\nnot JSON\n\n{plain}\n")).expect("written");
    let done = motcua(&["deadline", "--batch", file.to_str().expect("plain")]);
    assert_eq!(done.code, Some(0), "{done:?}");
    let told = lines(&done.stdout);
    assert_eq!(told.len(), 3, "a blank line is no question");
    assert_eq!(told[0]["due_at"], "2026-11-30T12:00:00+07:00");
    assert!(told[1]["error"].is_string());
    assert_eq!(told[2]["due_at"], "2026-11-25T16:00:00+07:00");
    let why = told[2]["why"].as_array().expect("lines");
    assert_eq!(why[0], "Tiếp nhận lúc 15:30, 23/11/2026.");
    assert_eq!(why.last().expect("lines"), "Hẹn trả: thứ Tư 25/11/2026, trước 16:00.");
    let missing = motcua(&["deadline", "--batch", "/nowhere/lines.jsonl"]);
    assert_eq!(missing.code, Some(1));
}

#[test]
fn a_question_is_answered_before_the_next_one_comes() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_motcua"))
        .args(["deadline", "--batch", "-", "--lang", "en"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut questions = child.stdin.take().expect("piped");
    let mut answers = std::io::BufReader::new(child.stdout.take().expect("piped"));
    for _ in 0..2 {
        let case = json!({"received": "2026-11-23T09:00:00+07:00", "unit": "same_day"});
        writeln!(questions, "{case}").expect("asked");
        let mut line = String::new();
        std::io::BufRead::read_line(&mut answers, &mut line).expect("answered");
        let told: Value = serde_json::from_str(&line).expect("JSON");
        assert_eq!(told["due_at"], "2026-11-23T17:00:00+07:00");
        assert_eq!(told["why"][0], "Received at 09:00, 23/11/2026.");
    }
    drop(questions);
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn an_agency_has_the_calendar_above_it_until_it_has_its_own() {
    served_and_at_rest(|server| {
        let file = server.folder().with_extension("json");
        let path = file.to_str().expect("plain");
        answer(server, &["calendar", "export", path]);
        let mut calendar: Value =
            serde_json::from_slice(&fs::read(&file).expect("written")).expect("JSON");
        assert_eq!(calendar["weekly"]["fri"], json!([["07:30", "11:30"], ["13:30", "17:00"]]));
        calendar["extra"] = json!({"sat": [["07:30", "11:30"]]});
        calendar["holidays"].as_array_mut().expect("dates").push(json!("2026-12-07"));
        fs::write(&file, calendar.to_string()).expect("written");
        let agency = ["--agency", "H40.12"];
        let told = answer(server, &[&["calendar", "import", path][..], &agency].concat());
        assert_eq!(told, json!({"agency": "H40.12", "moved": 0, "written": true}));
        answer(server, &[&["calendar", "export", path][..], &agency].concat());
        let own: Value = serde_json::from_slice(&fs::read(&file).expect("written")).expect("JSON");
        assert_eq!(own["extra"], calendar["extra"]);
        assert!(own["holidays"].as_array().expect("dates").contains(&json!("2026-12-07")));
        answer(server, &["calendar", "export", path]);
        let above: Value =
            serde_json::from_slice(&fs::read(&file).expect("written")).expect("JSON");
        assert_eq!(above["extra"], json!({}));
        let case = json!({"received": "2026-12-04T09:00:00+07:00", "duration": 1,
            "unit": "working_day"});
        fs::write(&file, format!("{case}\n")).expect("written");
        let of = |more: &[&str]| {
            let done = server.command(&[&["deadline", "--batch", path][..], more].concat());
            lines(&done.stdout)[0]["due_at"].clone()
        };
        assert_eq!(of(&agency), "2026-12-08T17:00:00+07:00");
        assert_eq!(of(&[]), "2026-12-07T17:00:00+07:00");
    });
}

#[test]
fn an_impossible_calendar_is_refused_with_its_place() {
    let server = Server::empty();
    let file = server.folder().with_extension("json");
    let path = file.to_str().expect("plain");
    let refused = |calendar: Value| {
        fs::write(&file, calendar.to_string()).expect("written");
        refusal(&server.command(&["calendar", "import", path, "--json"]))
    };
    assert!(refused(json!({"weekly": {}})).starts_with("weekly: The calendar has no working day"));
    let backwards = json!({"weekly": {"mon": [["11:30", "07:30"]]}});
    assert!(refused(backwards).starts_with("weekly.mon: Monday: the session 11:30–07:30"));
    assert!(refused(json!([])).starts_with("calendar: "));
    let nobody = json!({"weekly": week()});
    fs::write(&file, nobody.to_string()).expect("written");
    let done = server.command(&["calendar", "import", path, "--agency", "X99", "--json"]);
    assert!(refusal(&done).contains("X99"));
    let nowhere = on(&server.folder().with_extension("none"), &["calendar", "export", path]);
    assert_eq!(nowhere.code, Some(1));
}
