//! Everyday queries find the right procedure.

use unicode_normalization::UnicodeNormalization;

use super::{Hit, Level, Procedure, ProcedureIndex, Query};
use crate::domain::catalogue::{Component, ProcedureResult};
use crate::domain::ids::ComponentId;
use crate::search::evaluation::{cases, evaluate};
use crate::search::fitting::fit;
use crate::search::lexicon::OwnWord;

/// Code, name, field, level, result.
const CATALOGUE: &[(&str, &str, &str, Level, &str)] = &[
    ("1.001193", "Thủ tục đăng ký khai sinh", "Hộ tịch", Level::Commune, "Giấy khai sinh"),
    ("1.003583", "Thủ tục đăng ký khai sinh lưu động", "Hộ tịch", Level::Commune, "Giấy khai sinh"),
    (
        "2.000528",
        "Thủ tục đăng ký khai sinh có yếu tố nước ngoài",
        "Hộ tịch",
        Level::Commune,
        "Giấy khai sinh",
    ),
    ("1.004884", "Thủ tục đăng ký lại khai sinh", "Hộ tịch", Level::Commune, "Giấy khai sinh"),
    ("1.000656", "Thủ tục đăng ký khai tử", "Hộ tịch", Level::Commune, "Trích lục khai tử"),
    ("1.000894", "Thủ tục đăng ký kết hôn", "Hộ tịch", Level::Commune, "Giấy chứng nhận kết hôn"),
    (
        "2.000806",
        "Thủ tục đăng ký kết hôn có yếu tố nước ngoài",
        "Hộ tịch",
        Level::Commune,
        "Giấy chứng nhận kết hôn",
    ),
    ("1.004837", "Thủ tục đăng ký giám hộ", "Hộ tịch", Level::Commune, "Trích lục đăng ký giám hộ"),
    (
        "2.000635",
        "Cấp bản sao Trích lục hộ tịch, bản sao Giấy khai sinh",
        "Hộ tịch",
        Level::Commune,
        "",
    ),
    ("1.004194", "Đăng ký tạm trú", "Cư trú", Level::Commune, ""),
    ("1.004222", "Đăng ký thường trú", "Cư trú", Level::Commune, ""),
    ("1.003197", "Xóa đăng ký thường trú", "Cư trú", Level::Commune, ""),
    ("1.003677", "Khai báo tạm vắng", "Cư trú", Level::Commune, ""),
    ("1.010038", "Tách hộ", "Cư trú", Level::Commune, ""),
    ("1.014063", "Cấp đổi thẻ căn cước", "Căn cước", Level::Commune, "Thẻ căn cước"),
    ("1.014064", "Cấp lại thẻ căn cước", "Căn cước", Level::Commune, "Thẻ căn cước"),
    ("2.000884", "Chứng thực chữ ký trong các giấy tờ, văn bản", "Chứng thực", Level::Commune, ""),
    ("2.002211", "Công nhận hòa giải viên", "Hòa giải ở cơ sở", Level::Commune, ""),
    ("9.000001", "Hỗ trợ tiêu thụ cá tra", "Thủy sản", Level::Province, ""),
    ("9.000002", "Xác nhận cà phê đặc sản", "Nông nghiệp", Level::Province, ""),
    ("9.000003", "Công bố tỷ lệ nội địa hóa", "Công nghiệp", Level::Ministry, ""),
];

fn procedure(row: &(&str, &str, &str, Level, &str)) -> Procedure {
    let (code, name, field, level, result) = *row;
    Procedure {
        code: code.into(),
        name: name.to_owned(),
        decision: String::new(),
        levels: vec![level],
        kind: String::new(),
        field: field.to_owned(),
        subjects: vec!["Công dân Việt Nam".to_owned()],
        issuer: String::new(),
        agency: String::new(),
        coordinating_agency: String::new(),
        submission: Vec::new(),
        steps: String::new(),
        components: vec![Component {
            id: ComponentId::new("tp1"),
            group: String::new(),
            name: format!("Tờ khai {}", name.to_lowercase()),
            originals: 1,
            copies: 0,
            mandatory: true,
        }],
        requirements: String::new(),
        results: vec![ProcedureResult { name: result.to_owned(), code: String::new() }],
        legal_basis: Vec::new(),
    }
}

fn catalogue() -> Vec<Procedure> {
    CATALOGUE.iter().map(procedure).collect()
}

fn index() -> ProcedureIndex {
    ProcedureIndex::in_memory(catalogue().iter()).unwrap()
}

fn query(text: &str) -> Query<'_> {
    Query { text, limit: 10, ..Query::default() }
}

fn codes(hits: &[Hit]) -> Vec<&str> {
    hits.iter().map(|h| h.code.as_str()).collect()
}

#[track_caller]
fn first(index: &ProcedureIndex, text: &str, code: &str) {
    let found = index.search(&query(text)).unwrap();
    assert_eq!(codes(&found.hits).first(), Some(&code), "{text}: {:?}", found.hits);
}

#[test]
fn diacritics_are_optional() {
    let index = index();
    for text in ["đăng ký khai sinh", "dang ky khai sinh", "KHAI SINH", "đăng ký khai sính"]
    {
        first(&index, text, "1.001193");
    }
}

#[test]
fn diacritics_are_respected_where_typed() {
    let index = index();
    first(&index, "cá", "9.000001");
    first(&index, "cà", "9.000002");
    let both = index.search(&query("ca")).unwrap();
    assert_eq!(both.total, 2);
}

#[test]
fn old_and_new_tone_places_and_i_and_y_are_alike() {
    let index = index();
    for (text, code) in [
        ("xoá thường trú", "1.003197"),
        ("xóa thường trú", "1.003197"),
        ("hoà giải viên", "2.002211"),
        ("đăng kí kết hôn", "1.000894"),
        ("chứng thực chữ kí", "2.000884"),
        ("tỉ lệ nội địa hoá", "9.000003"),
    ] {
        first(&index, text, code);
    }
}

#[test]
fn decomposed_queries_find_the_same() {
    let nfd: String = "đăng ký giám hộ".nfd().collect();
    first(&index(), &nfd, "1.004837");
}

#[test]
fn typing_errors_are_forgiven() {
    let index = index();
    for (text, code) in [
        ("dang ky giam hoo", "1.004837"),
        ("kahi sinh", "1.001193"),
        ("khai xinh", "1.001193"),
        ("dăng kýy tạm trúu", "1.004194"),
        ("ket hnô", "1.000894"),
        ("khaisinh", "1.001193"),
        ("tamtru", "1.004194"),
        ("chich luc khai sinh", "2.000635"),
        ("kham sinh luu dong", "1.003583"),
        ("tamj vawngs", "1.003677"),
    ] {
        first(&index, text, code);
    }
}

#[test]
fn the_general_procedure_comes_before_its_special_cases() {
    let index = index();
    first(&index, "khai sinh", "1.001193");
    first(&index, "kết hôn", "1.000894");
    first(&index, "khai sinh lưu động", "1.003583");
    first(&index, "ket hon voi nguoi nuoc ngoai", "2.000806");
    first(&index, "đăng ký lại khai sinh", "1.004884");
}

#[test]
fn everyday_words_are_understood() {
    let index = index();
    for (text, code) in [
        ("tôi muốn làm giấy khai sinh cho con", "1.001193"),
        ("tach khau", "1.010038"),
        ("cắt hộ khẩu", "1.003197"),
        ("mất cccd", "1.014064"),
        ("cccd hết hạn", "1.014063"),
        ("đám cưới", "1.000894"),
        ("lay chong han", "2.000806"),
        ("bố mất khai báo ở đâu", "1.000656"),
        ("thuê trọ", "1.004194"),
    ] {
        first(&index, text, code);
    }
}

#[test]
fn every_matter_of_a_query_has_an_answer_among_the_first_five() {
    let mut catalogue = catalogue();
    for (i, case) in ["một", "hai", "ba", "bốn", "năm"].into_iter().enumerate() {
        let name = format!("Thủ tục đăng ký kết hôn trường hợp {case}");
        let code = format!("9.10000{i}");
        catalogue.push(procedure(&(&code, &name, "Hộ tịch", Level::Commune, "")));
    }
    let index = ProcedureIndex::in_memory(catalogue.iter()).unwrap();
    let found = index.search(&query("đám cưới, đăng ký kết hôn, rồi đi làm xa")).unwrap();
    let codes = codes(&found.hits);
    for code in ["1.000894", "1.003677"] {
        assert!(codes[..5].contains(&code), "{codes:?}");
    }
}

#[test]
fn an_expression_for_a_small_part_of_a_query_says_less() {
    // "đám cưới" is marriage; the rest of the query is not.
    let index = index();
    let worth = |text: &str| {
        let hits = index.search(&query(text)).unwrap().hits;
        hits.iter().find(|hit| hit.code.as_str() == "1.000894").map(|hit| hit.score).unwrap()
    };
    assert!(worth("đám cưới") > worth("đám cưới bán cà phê đặc sản"));
}

#[test]
fn a_well_typed_word_is_no_slip_of_another() {
    // "gôn mất" is not "con mất", "nhà xin" not "nhà in"; "xăn" sounds like "xăng" sooner than like "xanh".
    let index = index();
    let found = index.search(&query("sân gôn mất giấy")).unwrap();
    assert!(!codes(&found.hits).contains(&"1.000656"), "{:?}", found.hits);
    let meant = index.search(&query("khai sihn")).unwrap().meant.unwrap();
    assert_eq!(meant.text, "khai sinh");
}

#[test]
fn suggestions_follow_the_typing() {
    let index = index();
    for (prefix, code) in [
        ("đăng ký kế", "1.000894"),
        ("giam h", "1.004837"),
        ("tạm v", "1.003677"),
        ("tac", "1.010038"),
    ] {
        let hits = index.suggest(prefix, 3).unwrap().hits;
        assert!(hits.len() <= 3);
        assert_eq!(codes(&hits).first(), Some(&code), "{prefix}: {hits:?}");
    }
    assert!(index.suggest("  ", 3).unwrap().hits.is_empty());
}

#[test]
fn a_code_finds_its_procedure_only() {
    let index = index();
    for text in ["1.004222", "004222", "1004222", " 1.004222.000.00.00.H40 "] {
        let found = index.search(&query(text)).unwrap();
        assert_eq!(codes(&found.hits), ["1.004222"], "{text}");
    }
}

#[test]
fn filters_and_counts_by_field() {
    let index = index();
    let all = index.search(&query("khai")).unwrap();
    assert_eq!(all.total, all.fields.values().sum::<usize>());
    assert!(all.fields["Hộ tịch"] >= 5 && all.fields["Cư trú"] >= 1);

    let civil = Query { field: Some("Hộ tịch"), ..query("khai") };
    let found = index.search(&civil).unwrap();
    assert_eq!(found.total, all.fields["Hộ tịch"]);
    assert_eq!(found.fields, all.fields, "the counts of other fields stay visible");

    let none = Query { field: Some("Không có"), ..query("khai") };
    assert_eq!(index.search(&none).unwrap().total, 0);
    let ministry = Query { level: Some(Level::Ministry), ..query("") };
    assert_eq!(codes(&index.search(&ministry).unwrap().hits), ["9.000003"]);
}

#[test]
fn pages_follow_each_other() {
    let index = index();
    let page = |offset| index.search(&Query { limit: 5, offset, ..query("") }).unwrap();
    let mut seen: Vec<String> = Vec::new();
    for offset in (0..25).step_by(5) {
        let found = page(offset);
        assert_eq!(found.total, CATALOGUE.len());
        seen.extend(found.hits.iter().map(|h| h.code.to_string()));
    }
    let listed: Vec<_> = CATALOGUE.iter().map(|row| row.0.to_owned()).collect();
    assert_eq!(seen, listed, "without words: all, in the catalogue's order");
}

#[test]
fn nothing_and_nonsense_find_nothing_and_harm_nothing() {
    let index = index();
    let long = "x".repeat(100_000);
    for text in ["qqqqq", "…", "\u{301}\u{301}", "((\"*:", "🙂", long.as_str()] {
        assert_eq!(index.search(&query(text)).unwrap().total, 0, "{text:.20}");
    }
}

#[test]
fn an_index_is_rebuilt_only_for_another_version() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("procedures");
    let all = catalogue();
    assert_eq!(ProcedureIndex::open_or_build(&path, "v1", all.iter()).unwrap().len(), all.len());

    let same = ProcedureIndex::open_or_build(&path, "v1", all[..3].iter()).unwrap();
    assert_eq!(same.len(), all.len(), "the same version is taken as it is");
    first(&same, "tách khẩu", "1.010038");
    drop(same);

    let other = ProcedureIndex::open_or_build(&path, "v2", all[..3].iter()).unwrap();
    assert_eq!(other.len(), 3);
}

#[test]
fn a_damaged_index_is_rebuilt() {
    let folder = tempfile::tempdir().unwrap();
    let all = catalogue();
    drop(ProcedureIndex::open_or_build(folder.path(), "v1", all.iter()).unwrap());
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|ext| ext == "idx" || ext == "term") {
            std::fs::write(&path, b"damaged").unwrap();
        }
    }
    let index = ProcedureIndex::open_or_build(folder.path(), "v1", all.iter()).unwrap();
    first(&index, "giám hộ", "1.004837");
}

#[test]
fn evaluation_counts_ranks() {
    let cases = cases(
        "# comment\nkhai sinh\t1.001193\nkhai sinh\t1.003583,9.9\nqqqqq\t1.001193\nno codes\n",
    );
    assert_eq!(cases.len(), 3);
    let result = evaluate(&index(), &cases).unwrap();
    assert_eq!(result.outcomes[0].rank, Some(1));
    assert!(result.outcomes[1].rank.is_some_and(|rank| (2..=5).contains(&rank)));
    assert_eq!(result.outcomes[2].rank, None);
    assert!((result.hit_at_1 - 1.0 / 3.0).abs() < 1e-9);
    assert!((result.hit_at_5 - 2.0 / 3.0).abs() < 1e-9);
    assert!(result.mrr > 1.0 / 3.0 && result.mrr < 2.0 / 3.0);
}

/// Procedures of many fields as a list: code, name, field, level.
const WIDE: &str = include_str!("../../../tests/data/procedures-wide.tsv");
const WIDE_QUERIES: &str = include_str!("../../../tests/data/everyday-queries-wide.tsv");

/// Further names of all ministries, with their siblings.
const NATIONAL: &str = include_str!("../../../tests/data/procedures-national.tsv");
const NATIONAL_QUERIES: &str = include_str!("../../../tests/data/everyday-queries-national.tsv");

fn listed(lists: &[&str]) -> ProcedureIndex {
    let rows = lists.iter().flat_map(|list| list.lines()).filter(|line| !line.starts_with('#'));
    let procedures: Vec<Procedure> = rows
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let level = match cells[3] {
                "commune" => Level::Commune,
                "province" => Level::Province,
                _ => Level::Ministry,
            };
            procedure(&(cells[0], cells[1], cells[2], level, ""))
        })
        .collect();
    ProcedureIndex::in_memory(procedures.iter()).unwrap()
}

#[test]
fn everyday_queries_find_the_right_one_among_the_first_five() {
    for (lists, queries, first_five, first) in
        [(&[WIDE][..], WIDE_QUERIES, 0.95, 0.75), (&[WIDE, NATIONAL], NATIONAL_QUERIES, 0.93, 0.7)]
    {
        let result = evaluate(&listed(lists), &cases(queries)).unwrap();
        let missed = result.outcomes.iter().filter(|o| o.rank.is_none_or(|r| r > 5)).count();
        assert!(result.hit_at_5 >= first_five, "{missed} of {}", result.outcomes.len());
        assert!(result.hit_at_1 >= first, "{}", result.hit_at_1);
    }
}

#[test]
fn weights_are_fitted_to_queries() {
    let queries = cases("sinh con\t1.001193\nmất cccd\t1.014064\n");
    let fitted = fit(index(), &queries, 1).unwrap();
    assert_eq!(fitted.evaluation.outcomes.len(), 2);
    let again = evaluate(&index().weighing(fitted.weights), &queries).unwrap();
    assert_eq!(again, fitted.evaluation);
}

fn meant(index: &ProcedureIndex, text: &str) -> Option<(String, bool)> {
    let found = index.search(&query(text)).unwrap();
    found.meant.map(|meant| (meant.text, meant.is_sure))
}

#[test]
fn a_mended_query_is_told_as_people_write() {
    let index = index();
    for (typed, read) in [
        ("ddawng kys keets hoon", "đăng ký kết hôn"),
        ("ddang ky giam hoo", "đăng ký giám hộ"),
        ("d9a8ng ky1 tam5 tru1", "đăng ký tạm trú"),
        ("đăng ký khai simh", "đăng ký khai sinh"),
    ] {
        assert_eq!(meant(&index, typed), Some((read.to_owned(), true)), "{typed}");
    }
    assert_eq!(meant(&index, "kham sinh"), Some(("khai sinh".to_owned(), false)));
    for typed in ["đăng ký khai sinh", "dang ky khai sinh", "mất cccd", "zzzqq"] {
        assert_eq!(meant(&index, typed), None, "{typed}");
    }
}

#[test]
fn words_are_taken_as_typed_on_request() {
    let literal = Query { as_typed: true, ..query("khai xinh") };
    let found = index().search(&literal).unwrap();
    assert_eq!(found.meant, None);
    assert!(!found.marks.places("Đăng ký khai sinh").is_empty());
}

#[test]
fn an_instances_words_are_understood_without_a_new_index() {
    let index = index();
    assert_eq!(index.search(&query("zuzu bibo")).unwrap().total, 0);
    let own = OwnWord {
        said: "zuzu bibo".to_owned(),
        official: vec!["đăng ký kết hôn".to_owned()],
        misleads: false,
    };
    first(&index.with_words(&[own]).unwrap(), "zuzu bibo", "1.000894");
}
