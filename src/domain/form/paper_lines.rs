//! Lines as paper forms have them: several questions on one, boxes to tick, dots to write on.

use crate::domain::words::fold;

/// The boxes that paper forms print before or behind an answer.
const BOXES: [char; 6] = ['□', '☐', '▢', '◻', '❑', '☑'];
/// Dots and lines that invite to write: so many in a row are no full stop.
const LEADER: usize = 3;
/// Words that go on with a date after the dots for its day or month.
const DATE_PARTS: [&str; 5] = ["thang", "nam", "gio", "phut", "ngay thang nam"];

/// The questions that stand on one line: each part with its label, without the dots.
pub(super) fn parts(line: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for piece in pieces(line) {
        let is_date = parts.last().is_some() && goes_on(&piece);
        match parts.last_mut() {
            Some(last) if is_date => {
                last.push(' ');
                last.push_str(&piece);
            }
            _ => parts.push(piece),
        }
    }
    parts
}

/// Whether a piece belongs to the date before it, or is nothing but marks.
fn goes_on(piece: &str) -> bool {
    let words = fold(piece);
    let has_words = words.chars().any(char::is_alphabetic);
    !has_words || DATE_PARTS.iter().any(|part| words == *part)
}

/// The text between dots, and before a number that begins another question.
fn pieces(line: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let letters: Vec<char> = line.chars().collect();
    let mut at = 0;
    while at < letters.len() {
        let leader = leader_from(&letters, at);
        if leader > 0 {
            at += leader;
            pieces.push(String::new());
            continue;
        }
        if begins_numbered(&letters, at) {
            pieces.push(String::new());
        }
        let letter = if letters[at] == '\t' { ' ' } else { letters[at] };
        if let Some(last) = pieces.last_mut() {
            last.push(letter);
        }
        at += 1;
    }
    let trimmed = pieces.into_iter().map(|piece| piece.trim().to_owned());
    trimmed.filter(|piece| !piece.is_empty()).collect()
}

/// How many letters from here on are dots to write on.
fn leader_from(letters: &[char], at: usize) -> usize {
    let is_dot = |c: &&char| matches!(c, '.' | '…' | '_');
    let run = letters[at..].iter().take_while(is_dot);
    let weight: usize = run.clone().map(|c| if *c == '…' { LEADER } else { 1 }).sum();
    if weight >= LEADER { run.count() } else { 0 }
}

/// Whether the number of another question stands here, behind a colon: `… tên: 2. Ngày sinh`.
fn begins_numbered(letters: &[char], at: usize) -> bool {
    let digits = letters[at..].iter().take_while(|c| c.is_ascii_digit()).count();
    let behind: String = letters[at + digits..].iter().take(2).collect();
    let before = letters[..at].iter().rev().find(|c| !c.is_whitespace());
    let is_apart = at > 0 && letters[at - 1].is_whitespace();
    (1..=2).contains(&digits)
        && is_apart
        && matches!(before, Some(':' | ';'))
        && matches!(behind.as_str(), ". " | ") ")
}

/// A label with the answers that are printed beside it, to be ticked.
pub(super) struct Offered<'a> {
    /// The label; empty when the answers belong to the line above.
    pub label: &'a str,
    /// The answers.
    pub answers: Vec<&'a str>,
}

/// The answers of a question: behind a colon or a question mark with `/` between, or with boxes.
pub(super) fn offered(line: &str) -> Option<Offered<'_>> {
    if line.contains(BOXES) {
        let (label, rest) = match line.split_once([':', '?']) {
            Some((label, rest)) if !label.contains(BOXES) => (label, rest),
            _ => match line.find(BOXES) {
                Some(first) => line.split_at(first),
                None => ("", line),
            },
        };
        let label = keep_mark(line, label.trim());
        return Some(Offered { label, answers: answers(rest, &BOXES) });
    }
    let (label, rest) = line.split_once(':').or_else(|| line.split_once('?'))?;
    rest.contains('/')
        .then(|| Offered { label: keep_mark(line, label), answers: answers(rest, &['/']) })
}

/// A question keeps its question mark.
fn keep_mark<'a>(line: &'a str, label: &'a str) -> &'a str {
    let is_asked = line.get(label.len()..).is_some_and(|rest| rest.starts_with('?'));
    if is_asked { &line[..=label.len()] } else { label }
}

fn answers<'a>(rest: &'a str, between: &[char]) -> Vec<&'a str> {
    let parts = rest.split(between);
    let trimmed = parts.map(|part| part.trim_matches([' ', '/', ';', ',', '.', '\u{a0}']));
    trimmed.filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::{offered, parts};

    #[test]
    fn questions_on_one_line_are_told_apart_and_dates_stay_whole() {
        for (line, wanted) in [
            ("Dân tộc: ……… Quốc tịch: ………", &["Dân tộc:", "Quốc tịch:"][..]),
            ("5. Số CCCD:........ cấp ngày ....../....../......", &["5. Số CCCD:", "cấp ngày / /"]),
            ("Sinh ngày ..... tháng ..... năm .....", &["Sinh ngày tháng năm"]),
            ("1. Họ tên: 2. Ngày sinh:", &["1. Họ tên:", "2. Ngày sinh:"]),
            ("Thu nhập (1.200.000 đồng)", &["Thu nhập (1.200.000 đồng)"]),
        ] {
            assert_eq!(parts(line), wanted, "{line}");
        }
    }

    #[test]
    fn answers_are_read_with_boxes_with_strokes_and_behind_a_question_mark() {
        for (line, label, answers) in [
            ("Có thẻ không? Có / Không", "Có thẻ không?", &["Có", "Không"][..]),
            ("Giới tính: □ Nam □ Nữ", "Giới tính", &["Nam", "Nữ"]),
            ("Giới tính: Nam ☐ Nữ ☐", "Giới tính", &["Nam", "Nữ"]),
            ("Tình trạng □ Độc thân □ Đã kết hôn", "Tình trạng", &["Độc thân", "Đã kết hôn"]),
            ("□ A □ B", "", &["A", "B"]),
            ("Quan hệ: Vợ / Chồng / Con", "Quan hệ", &["Vợ", "Chồng", "Con"]),
        ] {
            let found = offered(line).unwrap();
            assert_eq!((found.label, found.answers.as_slice()), (label, answers), "{line}");
        }
        assert!(offered("Số định danh cá nhân/CCCD: ").is_none());
    }
}
