//! `catalogue import` and `export`, at rest and served.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::support::server::Server;
use crate::{answer, refusal, served_and_at_rest};

/// A procedure as a line of JSON.
fn line(code: &str, name: &str) -> String {
    let procedure = json!({
        "code": code, "name": name, "field": "Thử nghiệm", "levels": ["commune"],
        "agency": "Ủy ban nhân dân cấp xã", "kind": "", "decision": "", "subjects": [],
        "coordinating_agency": "", "requirements": "", "steps": "Bước 1: nộp.",
        "submission": [{"channel": "counter", "duration": 3, "unit": "working_day",
            "fee_vnd": 0, "fee_text": "Miễn phí"}],
        "components": [{"id": "tp1", "group": "", "name": "Tờ khai", "originals": 1, "copies": 0,
            "mandatory": true}],
        "results": [{"name": "Giấy thử", "code": ""}], "legal_basis": [],
    });
    procedure.to_string()
}

fn write(server: &Server, name: &str, lines: &[String]) -> PathBuf {
    let path = server.folder().with_extension(name);
    fs::write(&path, lines.join("\n") + "\n").unwrap();
    path
}

fn counts(told: &Value) -> (u64, u64, u64, usize) {
    let count = |key: &str| told[key].as_u64().unwrap_or_else(|| panic!("{key}: {told}"));
    (count("new"), count("changed"), count("unchanged"), told["rejected"].as_array().unwrap().len())
}

#[test]
fn an_import_tells_what_is_new_changed_unchanged_and_rejected() {
    served_and_at_rest(|server| {
        let first = write(
            server,
            "first.jsonl",
            &[line("9.000001", "Thủ tục thử một"), line("9.000002", "Thủ tục thử hai")],
        );
        let first = first.to_str().unwrap();
        let dry = answer(server, &["catalogue", "import", "--dry-run", first]);
        assert_eq!(counts(&dry), (2, 0, 0, 0));
        assert_eq!(counts(&answer(server, &["catalogue", "import", first])), (2, 0, 0, 0));
        let second = write(
            server,
            "second.jsonl",
            &[
                line("9.000001", "Thủ tục thử một"),
                line("9.000002", "Thủ tục thử hai, sửa"),
                "{\"name\": \"không mã\"}".to_owned(),
                line("9.000003", "Thủ tục thử ba"),
            ],
        );
        let second = second.to_str().unwrap();
        let strict = ["catalogue", "import", "--strict", "--json", second];
        let refused = server.command(&strict);
        assert!(refusal(&refused).contains("--strict"));
        let refused: Value = serde_json::from_str(&refused.stdout).unwrap();
        assert_eq!(refused["rejected"][0]["row"], 3);
        let told = answer(server, &["catalogue", "import", second]);
        assert_eq!(counts(&told), (1, 1, 1, 1));
        assert_eq!(told["rejected"][0]["row"], 3);
        assert!(!told["rejected"][0]["reason"].as_str().unwrap().is_empty());
        let both = answer(server, &["catalogue", "import", first, second]);
        assert_eq!(both["rejected"].as_array().unwrap().len(), 1);
        let people = server.command(&["catalogue", "import", second]);
        assert_eq!(people.code, Some(0));
        assert!(people.stdout.contains("rejected: 1"), "{people:?}");
        fs::remove_file(first).unwrap();
        fs::remove_file(second).unwrap();
    });
}

#[test]
fn what_is_exported_comes_in_again_unchanged() {
    served_and_at_rest(|server| {
        let lines = [line("9.000001", "Thủ tục thử một"), line("9.000002", "Thủ tục thử hai")];
        let file = write(server, "in.jsonl", &lines);
        answer(server, &["catalogue", "import", file.to_str().unwrap()]);
        for extension in ["out.jsonl", "out.xlsx"] {
            let out = server.folder().with_extension(extension);
            let path = out.to_str().unwrap();
            assert_eq!(answer(server, &["catalogue", "export", path])["procedures"], 2);
            let told = answer(server, &["catalogue", "import", path]);
            assert_eq!(counts(&told), (0, 0, 2, 0), "{extension}: {told}");
            fs::remove_file(out).unwrap();
        }
        let wrong = server.command(&["catalogue", "export", "x.doc", "--json"]);
        assert!(refusal(&wrong).contains(".xlsx"));
        fs::remove_file(file).unwrap();
    });
}

#[test]
fn notes_and_rejected_rows_are_told_with_row_field_and_file() {
    let server = Server::empty();
    let good = write(&server, "good.jsonl", &[line("9.000001", "Thủ tục thử một")]);
    let (good, mut odd) = (good.to_str().unwrap(), Vec::new());
    for (key, value) in [("components", json!("x")), ("levels", json!(["moon"]))] {
        let mut object: Value = serde_json::from_str(&line("9.000001", "Thủ tục thử một")).unwrap();
        object[key] = value;
        odd.push(object.to_string());
    }
    answer(&server, &["catalogue", "import", good]);
    let odd = write(&server, "odd.jsonl", &odd);
    let told = answer(&server, &["catalogue", "import", "--dry-run", odd.to_str().unwrap()]);
    assert_eq!(counts(&told), (0, 1, 0, 1), "{told}");
    assert_eq!(told["rejected"][0]["row"], 1);
    assert!(told["rejected"][0]["reason"].as_str().unwrap().contains("components"), "{told}");
    assert_eq!(
        (&told["notes"][0]["row"], &told["notes"][0]["file"]),
        (&json!(2), &told["rejected"][0]["file"])
    );
    assert!(told["notes"][0]["reason"].as_str().unwrap().contains("moon"), "{told}");
    let broken = write(&server, "broken.xlsx", &["no spreadsheet".to_owned()]);
    let both = ["catalogue", "import", "--json", good, broken.to_str().unwrap()];
    assert!(refusal(&server.command(&both)).contains("broken.xlsx"));
    for path in [good, odd.to_str().unwrap(), broken.to_str().unwrap()] {
        fs::remove_file(path).unwrap();
    }
}

#[test]
fn a_file_of_another_kind_is_refused_whole() {
    let server = Server::empty();
    let file = server.folder().with_extension("bin");
    fs::write(&file, b"\x00\x01nothing of ours").unwrap();
    let path = file.to_str().unwrap();
    refusal(&server.command(&["catalogue", "import", path, "--json"]));
    refusal(&server.command(&["catalogue", "import", "/nowhere/at/all.jsonl", "--json"]));
    fs::remove_file(file).unwrap();
}
