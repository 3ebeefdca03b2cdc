//! A form sketched as lines of text, as it stands on paper: each line a question whose kind is guessed
//! from its label, to be corrected by an official.
//!
//! `# Heading` or `I. Heading` begins a section. `Label: one / other` is a choice. Lines below that begin
//! with `-` are the columns of a table. Boxes (`□ A □ B`) are answers to choose from, of the line above when no label
//! stands before them; dots tell several questions on a line apart. `(nếu có)` makes a question optional. A number before the label
//! and the colon or the dots behind it are the paper's, and go.

use super::paper_lines::{Offered, offered, parts};
use super::{ChoiceOption, Kind, Question, Section, When};
use crate::domain::words::{Text, fold};

/// Most rows of a sketched table.
const ROWS: u32 = 20;
/// Longest key.
const MAX_KEY: usize = 40;
/// Lines of a box for more than a line of text.
const LINES: u8 = 4;

/// A line that was understood.
enum Line<'a> {
    Heading(&'a str),
    Column(&'a str),
    Question(&'a str),
}

/// The sections of a sketch. Questions before the first heading stand in a section without a title.
/// `taken` says which keys are in use.
pub fn sketch(text: &str, taken: &dyn Fn(&str) -> bool) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let (mut used, mut follows): (Vec<String>, bool) = (Vec::new(), false);
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match read(line) {
            Line::Heading(title) => {
                sections.push(Section { title: vi(title), ..Section::default() })
            }
            Line::Column(label) => {
                let last = sections.last_mut().and_then(|section| section.questions.last_mut());
                match last {
                    Some(table) => add_column(table, label),
                    None => push(&mut sections, question(label, &mut used, taken)),
                }
            }
            Line::Question(line) => {
                for part in parts(line) {
                    let last = sections.last_mut().and_then(|section| section.questions.last_mut());
                    match offered(&part).filter(|found| found.label.is_empty()) {
                        Some(found) if last.is_some() && (found.answers.len() > 1 || follows) => {
                            last.into_iter().for_each(|last| offer(last, &found.answers));
                        }
                        _ => push(&mut sections, question(&part, &mut used, taken)),
                    }
                    // Boxes below a line that ends with a colon are its answers.
                    follows = part.ends_with(':') || (follows && offered(&part).is_some());
                }
            }
        }
    }
    sections
}

/// Questions as [`sketch`] reads them, whatever sections they would stand in.
pub fn sketch_columns(text: &str, taken: &dyn Fn(&str) -> bool) -> Vec<Question> {
    let flat: Vec<&str> =
        text.lines().map(|line| line.trim().trim_start_matches(['-', '•', '#']).trim()).collect();
    let sections = sketch(&flat.join("\n"), taken);
    let mut columns: Vec<Question> = sections.into_iter().flat_map(|s| s.questions).collect();
    columns.iter_mut().for_each(|column| column.kind = in_a_table(&column.kind));
    columns
}

fn push(sections: &mut Vec<Section>, question: Question) {
    if sections.is_empty() {
        sections.push(Section::default());
    }
    if let Some(section) = sections.last_mut() {
        section.questions.push(question);
    }
}

fn read(line: &str) -> Line<'_> {
    if let Some(title) = line.strip_prefix('#') {
        return Line::Heading(bare(title.trim_start_matches('#').trim()));
    }
    if let Some(label) = line.strip_prefix(['-', '•', '+']) {
        return Line::Column(label.trim());
    }
    let numeral = line.split_once('.').filter(|(numeral, _)| {
        !numeral.is_empty() && numeral.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
    });
    match numeral {
        Some((_, title)) if !title.trim().is_empty() => Line::Heading(bare(title.trim())),
        _ => Line::Question(line),
    }
}

/// A label without the paper's numbering before it and what invites to write behind it.
fn bare(label: &str) -> &str {
    let numbered =
        label.trim_start_matches(['(', '[']).trim_start_matches(|c: char| c.is_ascii_digit());
    let label = match numbered.strip_prefix(['.', ')', ']', '/']) {
        Some(rest) if numbered.len() < label.len() => rest.trim_start(),
        _ => label,
    };
    // `.../.../...` is where a date is written.
    label.trim_end_matches(['.', '…', ':', '_', ';', '/', ' ', '\u{a0}'])
}

/// A question from its line: the label, and behind a colon the answers to choose from.
fn question(line: &str, used: &mut Vec<String>, taken: &dyn Fn(&str) -> bool) -> Question {
    let (label, answers) = match offered(line) {
        Some(found) if found.answers.len() > 1 => (found.label, found.answers),
        // One box alone is ticked or not.
        Some(Offered { label: "", answers }) if answers.len() == 1 => (answers[0], answers),
        _ => (line, Vec::new()),
    };
    let label = bare(label.trim());
    let (label, is_optional) = optional(label);
    let kind = match answers.len() {
        0 => guess(label),
        1 => Kind::Tick,
        _ => Kind::Choice(options(&answers)),
    };
    let is_optional = is_optional || kind == Kind::Tick;
    let key = fresh_key(label, &|key| taken(key) || used.iter().any(|known| known == key));
    used.push(key.clone());
    Question { is_required: !is_optional, ..Question::new(key, vi(label), kind) }
}

fn optional(label: &str) -> (&str, bool) {
    let marks = ["(nếu có)", "(không bắt buộc)", "(tùy chọn)"];
    let found = marks.iter().find_map(|mark| label.strip_suffix(mark));
    found.map_or((label, false), |label| (label.trim_end(), true))
}

/// Answers to choose from.
fn options(answers: &[&str]) -> Vec<ChoiceOption> {
    let mut found = Vec::new();
    add_options(&mut found, answers);
    found
}

fn add_options(found: &mut Vec<ChoiceOption>, answers: &[&str]) {
    for label in answers.iter().map(|label| bare(label)).filter(|label| !label.is_empty()) {
        let value = fresh_key(label, &|key| found.iter().any(|known| known.value == key));
        found.push(ChoiceOption { value, label: vi(label) });
    }
}

/// Makes a question a choice, if it is none, and adds answers.
fn offer(question: &mut Question, answers: &[&str]) {
    if !matches!(question.kind, Kind::Choice(_)) {
        question.kind = Kind::Choice(Vec::new());
    }
    if let Kind::Choice(known) = &mut question.kind {
        add_options(known, answers);
    }
}

/// Makes a question a table, if it is none, and adds a column.
fn add_column(table: &mut Question, line: &str) {
    if !matches!(table.kind, Kind::Table { .. }) {
        table.kind = Kind::Table { columns: Vec::new(), min: 0, max: ROWS };
    }
    let Kind::Table { columns, .. } = &mut table.kind else { return };
    let taken = |key: &str| columns.iter().any(|column| column.key == key);
    let mut column = question(line, &mut Vec::new(), &taken);
    column.kind = in_a_table(&column.kind);
    columns.push(column);
}

/// What a column can be: an address is a line of text there.
fn in_a_table(kind: &Kind) -> Kind {
    match kind {
        Kind::Place | Kind::Table { .. } => Kind::Text { lines: 1 },
        other => other.clone(),
    }
}

fn vi(text: &str) -> Text {
    Text { vi: text.to_owned(), en: text.to_owned() }
}

/// A key made of the words of a label that is not taken yet.
pub fn fresh_key(label: &str, taken: &dyn Fn(&str) -> bool) -> String {
    let mut stem = String::new();
    for word in fold(label).split(' ').filter(|word| word.is_ascii()) {
        if stem.len() + word.len() + 1 > MAX_KEY - 4 {
            break;
        }
        if !stem.is_empty() {
            stem.push('_');
        }
        stem.push_str(word);
    }
    if !stem.starts_with(|c: char| c.is_ascii_lowercase()) {
        stem.insert_str(0, "t_");
    }
    let mut key = stem.trim_end_matches('_').to_owned();
    let mut number = 1_u32;
    while taken(&key) {
        number += 1;
        key = format!("{stem}_{number}");
    }
    key
}

/// What an answer is, as far as its label tells.
pub fn guess(label: &str) -> Kind {
    let words = format!(" {} ", fold(label));
    let has = |parts: &[&str]| parts.iter().any(|part| words.contains(&format!(" {part} ")));
    let begins = |parts: &[&str]| parts.iter().any(|part| words.starts_with(&format!(" {part} ")));
    if has(&["dien thoai", "so dt", "sdt", "di dong"]) {
        Kind::Phone
    } else if has(&["email", "e mail", "thu dien tu"]) {
        Kind::Email
    } else if has(&["ma so thue", "mst"]) {
        Kind::TaxCode
    } else if begins(&["ngay", "tu ngay", "den ngay", "thoi diem"])
        || has(&["ngay sinh", "sinh ngay", "ngay thang nam", "ngay cap", "cap ngay"])
    {
        let is_past = has(&["sinh", "cap", "chet", "mat", "ket hon"]);
        Kind::Date(if is_past { When::Past } else { When::Any })
    } else if has(&[
        "so dinh danh",
        "dinh danh ca nhan",
        "cccd",
        "so can cuoc",
        "can cuoc cong dan",
    ]) {
        Kind::IdNumber
    } else if has(&["gioi tinh"]) {
        Kind::Choice(options(&["Nam", "Nữ"]))
    } else if begins(&[
        "toi cam doan",
        "cam doan",
        "cam ket",
        "toi cam ket",
        "dong y",
        "toi dong y",
    ]) {
        Kind::Tick
    } else if has(&["dan toc"]) {
        Kind::Ethnicity
    } else if has(&["quoc tich"]) {
        Kind::Nationality
    } else if !begins(&["ly do"]) && (has(&PLACES) || begins(&["noi de nghi", "noi dang ky"])) {
        Kind::Place
    } else if has(&MONEY) && !has(&["hop dong", "hoi dong", "cong dong"]) {
        Kind::Money
    } else if begins(&[
        "so luong",
        "so ban",
        "so nguoi",
        "so con",
        "so tre em",
        "so chau",
        "so thanh vien",
        "tuoi",
        "nam sinh",
    ]) {
        Kind::Number { min: None, max: None, places: 0 }
    } else if has(&["dien tich", "chieu dai", "chieu rong", "chieu cao", "ty le", "khoi luong"]) {
        Kind::Number { min: None, max: None, places: 2 }
    } else if has(&NAMES) {
        Kind::Name
    } else {
        Kind::Text { lines: if has(&LONG) { LINES } else { 1 } }
    }
}

const PLACES: [&str; 9] = [
    "dia chi",
    "noi cu tru",
    "noi o",
    "noi o hien tai",
    "noi thuong tru",
    "noi tam tru",
    "noi sinh",
    "que quan",
    "tru so",
];
const MONEY: [&str; 8] =
    ["so tien", "gia tri", "thu nhap", "le phi", "von", "muc luong", "tien luong", "dong"];
const NAMES: [&str; 7] = [
    "ho va ten",
    "ho ten",
    "chu dem ten",
    "ho chu dem va ten",
    "ten to chuc",
    "ten co quan",
    "ten doanh nghiep",
];
const LONG: [&str; 7] =
    ["noi dung", "ly do", "ghi chu", "mo ta", "trinh bay", "qua trinh", "de nghi"];

#[cfg(test)]
mod tests {
    use super::{fresh_key, guess, sketch};
    use crate::domain::form::{Kind, When};

    #[test]
    fn a_paper_form_becomes_sections_questions_and_a_table() {
        let text = "Họ và tên:……\n\nI. Người yêu cầu\n1. Họ, chữ đệm, tên: ...\n2) Giới tính\n\
            (3) Tình trạng: Độc thân / Đã kết hôn\n# Gia đình\nThành viên\n- Họ tên\n- Nơi ở\n\
            - Quan hệ: Vợ / Chồng / Con\nGhi chú (nếu có)";
        let sections = sketch(text, &|key| key == "ho_va_ten");
        let titles: Vec<&str> = sections.iter().map(|section| section.title.vi.as_str()).collect();
        assert_eq!(titles, ["", "Người yêu cầu", "Gia đình"]);
        let all: Vec<_> = sections.iter().flat_map(|section| &section.questions).collect();
        let keys: Vec<&str> = all.iter().map(|question| question.key.as_str()).collect();
        let wanted = ["ho_va_ten_2", "ho_chu_dem_ten", "gioi_tinh", "tinh_trang", "thanh_vien"];
        assert_eq!(keys[..5], wanted);
        assert_eq!(all[1].label.vi, "Họ, chữ đệm, tên");
        let born = sketch("2. Ngày sinh: ..../..../......", &|_| false);
        assert_eq!(born[0].questions[0].label.vi, "Ngày sinh");
        assert!(matches!(&all[3].kind, Kind::Choice(options) if options[1].value == "da_ket_hon"));
        let Kind::Table { columns, .. } = &all[4].kind else { panic!("{:?}", all[4]) };
        let kinds: Vec<&str> = columns.iter().map(|column| column.kind.id()).collect();
        assert_eq!(kinds, ["name", "text", "choice"], "an address is no column");
        assert!(all[4].is_required && !all[5].is_required);
        assert_eq!(all[5].kind, Kind::Text { lines: 4 });
    }

    #[test]
    fn boxes_and_dots_are_read_as_on_paper() {
        let text = "Có thẻ bảo hiểm không? Có / Không\nDân tộc: …… Quốc tịch: ……\n\
            Hình thức nhận:\n□ Trực tiếp\n□ Qua bưu chính\n□ Tôi đã đọc hướng dẫn\n\
            Sinh ngày .... tháng .... năm ....\nNghề nghiệp\n□ Tôi đồng ý";
        let sections = sketch(text, &|_| false);
        let all = &sections[0].questions;
        let said: Vec<(&str, &str)> =
            all.iter().map(|q| (q.label.vi.as_str(), q.kind.id())).collect();
        assert_eq!(
            said,
            [
                ("Có thẻ bảo hiểm không?", "choice"),
                ("Dân tộc", "ethnicity"),
                ("Quốc tịch", "nationality"),
                ("Hình thức nhận", "choice"),
                ("Sinh ngày tháng năm", "date"),
                ("Nghề nghiệp", "text"),
                ("Tôi đồng ý", "tick"),
            ]
        );
        let Kind::Choice(ways) = &all[3].kind else { panic!("{:?}", all[3]) };
        assert_eq!(ways.len(), 3);
    }

    #[test]
    fn labels_tell_what_an_answer_is() {
        for (label, kind) in [
            ("Ngày, tháng, năm sinh", "date"),
            ("Số định danh cá nhân/CCCD", "id_number"),
            ("Số điện thoại liên hệ", "phone"),
            ("Địa chỉ thường trú", "place"),
            ("Nơi cư trú", "place"),
            ("Mã số thuế", "tax_code"),
            ("Thu nhập hằng tháng", "money"),
            ("Diện tích (m2)", "number"),
            ("Số lượng bản sao", "number"),
            ("Tôi cam đoan nội dung trên là đúng", "tick"),
            ("Dân tộc", "ethnicity"),
            ("Giấy tờ tùy thân", "text"),
            ("Lý do thay đổi nơi cư trú", "text"),
            ("Nơi đề nghị đăng ký", "place"),
            ("Số, ngày hợp đồng thuê", "text"),
            ("Số trẻ em dưới 6 tuổi", "number"),
        ] {
            assert_eq!(guess(label).id(), kind, "{label}");
        }
        assert_eq!(guess("Ngày cấp"), Kind::Date(When::Past));
        assert_eq!(guess("Ngày hẹn"), Kind::Date(When::Any));
    }

    #[test]
    fn keys_are_words_of_the_label_and_never_twice() {
        assert_eq!(fresh_key("Đường, số nhà (nếu có)", &|_| false), "duong_so_nha_neu_co");
        assert_eq!(fresh_key("2 bên", &|_| false), "t_2_ben");
        assert_eq!(fresh_key("Tên", &|key| key == "ten" || key == "ten_2"), "ten_3");
        assert_eq!(fresh_key("…", &|_| false), "t");
        assert!(fresh_key(&"rất dài ".repeat(30), &|_| false).len() <= 40);
    }
}
