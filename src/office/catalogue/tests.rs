//! Catalogues in, compared, and out again.

use std::collections::HashMap;

use proptest::prelude::*;
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};

use super::{
    Facts, Format, ImportPlan, LIMIT, Procedure, RefusalKind, Report, Row, Stored, export, parse,
    plan, sheet, words,
};
use crate::domain::catalogue::{Channel, DurationUnit, Level};
use crate::domain::ids::ProcedureCode;

/// A catalogue in memory, as the store would hold it.
#[derive(Default)]
struct Catalogue(HashMap<ProcedureCode, Stored>);

impl Catalogue {
    fn import(&mut self, file: &str, bytes: &[u8]) -> Report {
        let parsed = parse(file, bytes).expect("a readable file");
        let ImportPlan { report, writes } = plan(|code| self.0.get(code).cloned(), parsed);
        for stored in writes {
            let bytes = stored.to_bytes();
            assert_eq!(Stored::from_bytes(&bytes).expect("what was written"), stored);
            self.0.insert(stored.code().clone(), stored);
        }
        report
    }

    fn export(&self, format: Format) -> Vec<u8> {
        let mut all: Vec<Stored> = self.0.values().cloned().collect();
        all.sort_by(|a, b| a.code().cmp(b.code()));
        export(&all, format).expect("an export")
    }

    fn get(&self, code: &str) -> &Procedure {
        &self.0[&ProcedureCode::from(code)].procedure
    }
}

fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            sheet.write_string(row, column, *cell).expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

const TITLE: &[&str] = &["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nDANH SÁCH THỦ TỤC"];
const HEAD: &[&str] = &["Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực"];

fn birth() -> Value {
    json!({
        "code": "1.001193", "name": "Đăng ký khai sinh", "decision": "163/QĐ-BTP",
        "levels": ["commune", "other"], "kind": "", "field": "Hộ tịch",
        "subjects": ["Công dân Việt Nam"], "agency": "", "coordinating_agency": "",
        "submission": [
            {"channel": "online", "duration": 1, "unit": "working_day", "fee_vnd": 0, "fee_text": ""},
            {"channel": "counter", "duration": null, "unit": null, "fee_vnd": null, "fee_text": "x"},
        ],
        "steps": "Bước 1\n\nBước 2", "components": [
            {"group": "", "name": "Giấy chứng sinh", "originals": 1, "copies": 0},
            {"group": "Trường hợp B", "name": "Biên bản", "originals": 1, "copies": 0},
        ],
        "requirements": "", "results": [{"name": "Giấy khai sinh", "code": "KQ.1"}],
        "legal_basis": ["123/2015/NĐ-CP"], "guide": {"who": "Cha, mẹ"},
    })
}

fn lines(values: &[Value]) -> Vec<u8> {
    values.iter().map(|value| format!("{value}\n")).collect::<String>().into_bytes()
}

#[test]
fn a_line_becomes_a_procedure() {
    let mut catalogue = Catalogue::default();
    let report = catalogue.import("a.jsonl", &lines(&[birth()]));
    assert_eq!(report.new.len(), 1);
    let p = catalogue.get("1.001193");
    assert_eq!(p.levels, [Level::Commune]);
    assert_eq!(p.way(Channel::Online).and_then(|w| w.unit), Some(DurationUnit::WorkingDay));
    assert_eq!(p.steps, "Bước 1\nBước 2");
    let papers: Vec<_> = p.components.iter().map(|c| (c.id.as_str(), c.mandatory)).collect();
    assert_eq!(papers, [("tp1", true), ("tp2", false)]);
}

#[test]
fn odd_spellings_are_understood() {
    let odd = "\u{feff}{\"name\":\"<p>Cho\u{323}n&nbsp;te\u{302}n </p>\",\"code\":\" 2,000 815 \",\
        \"submission\":[{\"channel\":\"Trực tiếp\",\"duration\":\"3\",\"unit\":\"Ngày làm việc\",\
        \"fee_vnd\":\"20.000 đồng\"}],\"components\":[\"Đơn\"],\"levels\":[\"Cấp xã\"]}\r\n\r\n   \r\n";
    let parsed = parse("odd.jsonl", odd.as_bytes()).expect("readable");
    assert!(parsed.rejected.is_empty() && parsed.remarks.is_empty(), "{parsed:?}");
    let [Row { number: 1, facts: Facts::Line(line) }] = parsed.rows.as_slice() else {
        panic!("one row: {parsed:?}")
    };
    let p = &line.procedure;
    assert_eq!((p.code.as_str(), p.name.as_str()), ("2.000815", "Chọn tên"));
    let way = &p.submission[0];
    assert_eq!((way.duration, way.fee_vnd), (Some(3), Some(20_000)));
    assert_eq!(way.unit, Some(DurationUnit::WorkingDay));
    assert_eq!(p.levels, [Level::Commune]);
    assert!(p.components[0].mandatory);
}

#[test]
fn a_bad_line_says_which_and_why_and_stops_nothing() {
    let mut file = lines(&[birth()]);
    file.extend_from_slice(b"{\"code\": \n[1]\n{\"name\":\"x\"}\n{\"code\":\"1.1\"}\n");
    file.extend_from_slice(b"{\"code\":\"1.2\",\"name\":\"x\",\"components\":7}\n\xff\n");
    file.extend_from_slice(&lines(&[json!({"code": "1.000003", "name": "Ba"})]));
    let parsed = parse("a.jsonl", &file).expect("readable");
    assert_eq!(parsed.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 8]);
    let rejected: Vec<u32> = parsed.rejected.iter().map(|r| r.row).collect();
    assert_eq!(rejected, [2, 3, 4, 5, 6, 7]);
    assert_eq!(parsed.rejected[2].reason, words::NO_CODE.into());
    assert!(parsed.rejected[4].reason.vi.contains("components"));
}

#[test]
fn a_value_of_another_type_rejects_its_line_with_the_field() {
    let way = |key: &str, value: Value| {
        let mut line = birth();
        line["submission"][0][key] = value;
        line
    };
    let with = |key: &str, value: Value| {
        let mut line = birth();
        line[key] = value;
        line
    };
    for (field, line) in [
        ("components", with("components", json!("x"))),
        ("components", with("components", Value::Null)),
        ("components", with("components", json!([5]))),
        ("name", with("name", json!(5))),
        ("field", with("field", json!(5))),
        ("steps", with("steps", json!(["a"]))),
        ("levels", with("levels", json!("commune"))),
        ("levels", with("levels", json!([1]))),
        ("submission", with("submission", json!("x"))),
        ("results", with("results", json!({}))),
        ("subjects", with("subjects", json!([null]))),
        ("duration", way("duration", json!(1_000_000_000))),
        ("duration", way("duration", json!([1]))),
        ("fee_vnd", way("fee_vnd", json!(true))),
        ("unit", way("unit", json!(1))),
    ] {
        let parsed = parse("a.jsonl", &lines(&[line])).expect("readable");
        assert!(parsed.rows.is_empty(), "{field}: {parsed:?}");
        let reason = &parsed.rejected[0].reason;
        assert!(reason.vi.contains(field) && reason.en.contains(field), "{field}: {reason:?}");
    }
    let parsed = parse("a.jsonl", &lines(&[with("levels", json!(["moon", "other", "commune"]))]));
    let parsed = parsed.expect("readable");
    assert_eq!((parsed.rows.len(), parsed.remarks.len()), (1, 1));
    assert!(parsed.remarks[0].reason.en.contains("moon"));
}

#[test]
fn unknown_values_are_left_open_with_a_remark() {
    let mut value = birth();
    value["submission"][0]["unit"] = json!("fortnight");
    value["submission"][0]["duration"] = json!(-3);
    value["components"][0]["originals"] = json!(20_241);
    let parsed = parse("a.jsonl", &lines(&[value])).expect("readable");
    assert_eq!((parsed.rows.len(), parsed.remarks.len()), (1, 3));
    assert!(parsed.remarks[0].reason.en.contains("fortnight"));
    let Facts::Line(line) = &parsed.rows[0].facts else { panic!("a line") };
    assert_eq!(line.procedure.submission[0].unit, None);
    assert_eq!(line.procedure.components[0].originals, 1);
}

#[test]
fn the_header_is_found_by_its_names() {
    let file = workbook(&[
        TITLE,
        &[],
        &["", "LĨNH VỰC", " TÊN thủ tục ", "Mã số:", "Cơ quan thực hiện"],
        &["1", "Hộ tịch", "Khai tử ", "1.000656", "\nUBND cấp xã\nSở Tư pháp"],
        &[],
        &["", "II. Nhóm khác", "", "", ""],
        &["", "LĨNH VỰC", " TÊN thủ tục ", "Mã số:", "Cơ quan thực hiện"],
        &["2", "Hộ tịch", "", "1.000657", ""],
        &["3", "Hộ tịch", "Kết hôn", "1.000894", ""],
    ]);
    let mut catalogue = Catalogue::default();
    let report = catalogue.import("list.xlsx", &file);
    assert_eq!(report.new.len(), 2);
    assert_eq!(report.rejected.iter().map(|r| r.row).collect::<Vec<_>>(), [6, 8]);
    let death = catalogue.get("1.000656");
    assert_eq!((death.name.as_str(), death.field.as_str()), ("Khai tử", "Hộ tịch"));
    assert_eq!(death.agency, "UBND cấp xã, Sở Tư pháp");
}

#[test]
fn a_code_stored_as_a_number_gets_its_zeros_back() {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    for (column, name) in (0..).zip(HEAD) {
        page.write_string(0, column, *name).expect("a cell");
    }
    page.write_number(1, 0, 2.00088).expect("a cell");
    page.write_string(1, 1, "Chứng thực").expect("a cell");
    let parsed = parse("n.xlsx", &book.save_to_buffer().expect("a book")).expect("readable");
    let Facts::List(row) = &parsed.rows[0].facts else { panic!("a list") };
    assert_eq!(row.code, "2.000880");
}

#[test]
fn a_list_updates_its_five_facts_and_nothing_else() {
    let mut catalogue = Catalogue::default();
    catalogue.import("a.jsonl", &lines(&[birth()]));
    let list =
        workbook(&[TITLE, HEAD, &["1.001193", "Thủ tục đăng ký khai sinh", "Bộ Tư pháp", "", ""]]);
    let report = catalogue.import("b.xlsx", &list);
    assert_eq!(report.changed[0].fields, ["name", "issuer"]);
    let p = catalogue.get("1.001193");
    assert_eq!((p.issuer.as_str(), p.field.as_str()), ("Bộ Tư pháp", "Hộ tịch"));
    assert_eq!(p.components.len(), 2);
    // Importing both again, in any order, changes nothing.
    assert_eq!(catalogue.import("a.jsonl", &lines(&[birth()])).unchanged, 1);
    assert_eq!(catalogue.import("b.xlsx", &list).unchanged, 1);
    // News of either format counts.
    let mut newer = birth();
    newer["name"] = json!("Khai sinh");
    let report = catalogue.import("a.jsonl", &lines(&[newer]));
    assert_eq!(report.changed[0].fields, ["name"]);
    assert_eq!(catalogue.get("1.001193").issuer, "Bộ Tư pháp");
}

#[test]
fn a_code_given_to_quite_another_procedure_is_told_and_the_line_stands() {
    let row: &[&str] = &["1.001193", "Hợp nhất công ty luật", "Bộ Tư pháp", "", "Luật sư"];
    let list = workbook(&[HEAD, row]);
    for order in [[true, false, true], [false, true, false]] {
        let mut catalogue = Catalogue::default();
        let mut told = Vec::new();
        for is_line in order {
            let report = match is_line {
                true => catalogue.import("a.jsonl", &lines(&[birth()])),
                false => catalogue.import("b.xlsx", &list),
            };
            told.extend(report.remarks.into_iter().map(|remark| remark.reason.en));
        }
        assert!(told.iter().any(|reason| reason.contains("Hợp nhất công ty luật")), "{told:?}");
        let p = catalogue.get("1.001193");
        assert_eq!((p.name.as_str(), p.field.as_str()), ("Đăng ký khai sinh", "Hộ tịch"));
    }
}

#[test]
fn a_list_without_a_column_says_so() {
    let list = workbook(&[&["Mã số", "Tên", "Cơ quan ban hành"], &["1.000001", "Một", ""]]);
    let report = Catalogue::default().import("b.xlsx", &list);
    let said: Vec<_> = report.remarks.iter().map(|r| (r.row, r.reason.vi.as_str())).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said.iter().all(|(row, _)| *row == 1));
    assert!(said[1].1.contains("“Lĩnh vực”"), "{said:?}");
}

#[test]
fn a_line_replaces_a_list_row_and_keeps_what_it_leaves_blank() {
    let mut catalogue = Catalogue::default();
    let row: &[&str] = &["1.001193", "Khai sinh", "Bộ Tư pháp", "UBND cấp xã", "Tư pháp"];
    catalogue.import("b.xlsx", &workbook(&[HEAD, row]));
    catalogue.import("a.jsonl", &lines(&[birth()]));
    let p = catalogue.get("1.001193");
    assert_eq!((p.name.as_str(), p.field.as_str()), ("Đăng ký khai sinh", "Hộ tịch"));
    assert_eq!((p.issuer.as_str(), p.agency.as_str()), ("Bộ Tư pháp", "UBND cấp xã"));
}

#[test]
fn a_code_twice_in_a_file_counts_once_or_contradicts() {
    let mut other = birth();
    other["name"] = json!("Khác");
    let report = Catalogue::default().import("a.jsonl", &lines(&[birth(), birth(), other]));
    assert_eq!((report.new.len(), report.rejected.len()), (1, 1));
    assert_eq!(report.rejected[0].row, 3);
    assert!(report.rejected[0].reason.vi.contains("dòng 1"));
}

#[test]
fn papers_keep_their_ids_over_imports() {
    let mut catalogue = Catalogue::default();
    catalogue.import("a.jsonl", &lines(&[birth()]));
    let mut newer = birth();
    newer["components"] = json!([
        {"group": "", "name": "Ảnh", "originals": 1},
        {"group": "", "name": "Giấy chứng sinh", "originals": 1},
    ]);
    let report = catalogue.import("a.jsonl", &lines(&[newer.clone()]));
    assert_eq!(report.changed[0].fields, ["components"]);
    let p = catalogue.get("1.001193");
    let ids: Vec<_> = p.components.iter().map(|c| (c.id.as_str(), c.name.as_str())).collect();
    assert_eq!(ids, [("tp3", "Ảnh"), ("tp1", "Giấy chứng sinh")]);
    assert_eq!(catalogue.import("a.jsonl", &lines(&[newer])).unchanged, 1);
}

#[test]
fn a_change_in_an_unknown_key_is_a_change() {
    let mut catalogue = Catalogue::default();
    catalogue.import("a.jsonl", &lines(&[birth()]));
    let mut newer = birth();
    newer["guide"] = json!({"who": "Ông, bà"});
    assert_eq!(catalogue.import("a.jsonl", &lines(&[newer])).changed[0].fields, ["guide"]);
}

#[test]
fn an_export_of_an_edited_procedure_carries_the_edit() {
    let mut catalogue = Catalogue::default();
    catalogue.import("a.jsonl", &lines(&[birth()]));
    let stored = catalogue.0.get_mut(&ProcedureCode::from("1.001193")).expect("stored");
    stored.procedure.submission[1].duration = Some(2);
    let out: Value = serde_json::from_slice(&catalogue.export(Format::Lines)).expect("JSON");
    let mut expected = birth();
    expected["submission"][1]["duration"] = json!(2);
    assert_eq!(out, expected);
}

#[test]
fn broken_files_are_refused_with_a_reason() {
    let refused = |file: &str, bytes: &[u8]| parse(file, bytes).expect_err("a refusal").text;
    assert_eq!(refused("a.jsonl", b" \n"), words::EMPTY_FILE.into());
    assert_eq!(refused("a.xlsx", b"hello"), words::NOT_A_WORKBOOK.into());
    assert_eq!(refused("a.xlsx", &workbook(&[TITLE])), words::NO_HEADER.into());
    assert_eq!(refused("a.jsonl", b"\xff\xfe{\0"), words::NOT_UTF8_FILE.into());
    assert!(refused("a.doc", b"hello").vi.contains("a.doc"));
    let mut compound = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    assert_eq!(refused("a.xls", &compound), words::OLD_EXCEL.into());
    compound.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(refused("a.xlsx", &compound), words::PASSWORD.into());
}

#[test]
fn a_small_file_that_unpacks_to_too_much_is_refused() {
    use std::io::Write as _;
    let pack = |name: &str, chunk: &[u8], times: usize| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(name, options).expect("a part");
        for _ in 0..times {
            zip.write_all(chunk).expect("bytes");
        }
        zip.finish().expect("a zip").into_inner()
    };
    let bomb = pack("xl/worksheets/sheet1.xml", &[b' '; 4 << 10], 33);
    assert!(bomb.len() < 4 << 10);
    let kind = |bytes: &[u8], limit| sheet::guard(bytes, limit).expect_err("a refusal").kind;
    assert_eq!(kind(&bomb, 128 << 10), RefusalKind::TooLarge);
    assert!(sheet::guard(&bomb, 132 << 10).is_ok());
    let liar = pack("xl/sharedStrings.xml", b"<sst uniqueCount = '99999999999999'>", 1);
    assert_eq!(kind(&liar, LIMIT), RefusalKind::TooLarge);
}

/// JSON of a procedure as catalogues have it, with keys missing, null or unknown.
fn procedure() -> impl Strategy<Value = Value> {
    let word = "[A-ZĐa-zàảẽịồứ]{1,8}( [a-zơưđ]{1,6}){0,3}";
    let unit = proptest::sample::select(vec!["working_day", "day", "hour", "month", "same_day"]);
    let way = (0u32..90, unit, proptest::option::of(0u64..9_000_000), word)
        .prop_map(|(n, unit, fee, text)| {
            json!({"channel": "post", "duration": n, "unit": unit, "fee_vnd": fee, "fee_text": text})
        });
    let paper = (word, word, 0u32..3, 0u32..3).prop_map(|(group, name, originals, copies)| {
        json!({"group": group, "name": name, "originals": originals, "copies": copies})
    });
    (
        "[1-3]\\.[0-9]{6}",
        word,
        proptest::option::of(word),
        proptest::collection::vec(way, 0..3),
        proptest::collection::vec(paper, 0..5),
        any::<bool>(),
        proptest::option::of(any::<i32>()),
    )
        .prop_map(|(code, name, field, ways, papers, steps, extra)| {
            let mut value = json!({"code": code, "name": name, "field": field,
                "submission": ways, "components": papers});
            if steps {
                value["steps"] = json!("Bước 1:  \r\n<p>nộp</p>");
            }
            if let Some(extra) = extra {
                value["x_extra"] = json!({"n": extra});
            }
            value
        })
}

fn distinct(values: Vec<Value>) -> Vec<Value> {
    let mut seen = std::collections::HashSet::new();
    values.into_iter().filter(|value| seen.insert(value["code"].to_string())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn lines_come_back_as_they_came(values in proptest::collection::vec(procedure(), 1..8)) {
        let values = distinct(values);
        let mut catalogue = Catalogue::default();
        let first = catalogue.import("a.jsonl", &lines(&values));
        prop_assert_eq!(first.new.len(), values.len());
        let out = String::from_utf8(catalogue.export(Format::Lines)).expect("UTF-8");
        let out: Vec<Value> =
            out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        prop_assert_eq!(&out, &values);
        let second = catalogue.import("a.jsonl", &lines(&values));
        prop_assert_eq!(second.unchanged, values.len());
        prop_assert!(second.new.is_empty() && second.changed.is_empty());
    }

    #[test]
    fn lists_come_back_as_they_came(
        rows in proptest::collection::vec(
            ("[1-3]\\.[0-9]{6}", proptest::array::uniform4(" ?[A-ZĐ][a-zàảẽ ]{0,9}(\n[a-z]{1,4})?")),
            1..8,
        ),
    ) {
        let mut seen = std::collections::HashSet::new();
        let rows: Vec<Vec<&str>> = rows.iter().filter(|(code, _)| seen.insert(code))
            .map(|(code, rest)| std::iter::once(code.as_str())
                .chain(rest.iter().map(String::as_str)).collect())
            .collect();
        let mut all: Vec<&[&str]> = vec![TITLE, HEAD];
        all.extend(rows.iter().map(Vec::as_slice));
        let mut catalogue = Catalogue::default();
        prop_assert_eq!(catalogue.import("a.xlsx", &workbook(&all)).new.len(), rows.len());
        let out = catalogue.export(Format::List);
        let facts = |bytes: &[u8]| -> Vec<Facts> {
            parse("a.xlsx", bytes).expect("a list").rows.into_iter().map(|row| row.facts).collect()
        };
        prop_assert_eq!(facts(&out), facts(&workbook(&all)));
        prop_assert_eq!(catalogue.import("b.xlsx", &out).unchanged, rows.len());
    }

    #[test]
    fn no_bytes_make_it_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..400), name in "[ab]\\.(jsonl|xlsx|x)",
    ) {
        let _ = parse(&name, &bytes);
        let mut zip = b"PK\x03\x04".to_vec();
        zip.extend_from_slice(&bytes);
        let _ = parse(&name, &zip);
    }

    #[test]
    fn no_damage_to_a_list_makes_it_panic(
        cut in 0usize..8_000, hits in proptest::collection::vec((0usize..8_000, any::<u8>()), 0..6),
    ) {
        let mut bytes = workbook(&[TITLE, HEAD, &["1.001193", "Khai sinh", "", "", ""]]);
        for (at, byte) in hits {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        let _ = parse("a.xlsx", &bytes);
        bytes.truncate(cut % bytes.len());
        let _ = parse("a.xlsx", &bytes);
    }

    #[test]
    fn no_json_makes_it_panic(text in "[\\[\\]{}:,\"a-z0-9.\\-]{0,80}") {
        let _ = parse("a.jsonl", text.as_bytes());
    }
}
