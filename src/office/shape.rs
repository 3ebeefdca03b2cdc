//! JSON that has another shape than it should: what the library says, in our words, at its place.

use serde_path_to_error::Error;

use crate::domain::refusal::Refusal;
use crate::domain::words::{Message, Text};

/// The sentences.
pub mod words {
    crate::messages! {
        MISSING: "Thiếu trường này." / "This field is missing.";
        UNKNOWN_FIELD: "Không có trường này. Các trường được nhận: {known}." / "There is no such field. Known fields: {known}.";
        UNKNOWN_VALUE: "Chỉ nhận một trong các giá trị: {known}." / "Takes one of: {known}.";
        WRONG_VALUE: "Giá trị chưa đúng: cần {expected}." / "The value is wrong: {expected} is expected.";
        REPEATED: "Trường này được nêu hai lần." / "This field is given twice.";
        NUMBER_OUT_OF_RANGE: "Giá trị chưa đúng: cần số nguyên từ 0 đến {max}." / "The value is wrong: a whole number from 0 to {max} is expected.";
        A_NUMBER: "số nguyên không âm" / "a whole number that is not negative";
        A_POSITIVE_NUMBER: "số nguyên dương" / "a positive whole number";
        A_TEXT: "chuỗi ký tự" / "a text";
        A_BOOLEAN: "true hoặc false" / "true or false";
        A_LIST: "một danh sách" / "a list";
        AN_OBJECT: "một đối tượng" / "an object";
        A_COMMUNE: "mã xã, phường, đặc khu đang dùng" / "the code of a commune of today";
        A_DATE: "ngày dạng 2026-11-23" / "a date such as 2026-11-23";
        SOMETHING_ELSE: "giá trị đúng kiểu" / "a value of the right type";
    }
}

/// A value that was read as JSON and is not of its shape: which field, and what it should be.
pub fn refused(error: &Error<serde_json::Error>) -> Refusal {
    let path = error.path().to_string();
    told_again(if path == "." { "" } else { &path }, &said(error.inner()))
}

/// What the library says, without the place in the text.
fn said(error: &serde_json::Error) -> String {
    let said = error.to_string();
    match said.rsplit_once(" at line ") {
        Some((said, place)) if place.contains(" column ") => said.to_owned(),
        _ => said,
    }
}

/// The words of the library, told again in ours; they never repeat what was sent.
fn told_again(path: &str, said: &str) -> Refusal {
    let names = || -> Vec<&str> { said.split('`').skip(1).step_by(2).collect() };
    let known = |all: &[&str]| all.get(1..).unwrap_or_default().join(", ");
    if said.starts_with("missing field") {
        let name = names().first().copied().unwrap_or_default();
        let field = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        return Refusal::field(field, words::MISSING);
    }
    if said.starts_with("unknown field") {
        return Refusal::field(path, words::UNKNOWN_FIELD.text(&[("known", &known(&names()))]));
    }
    if said.starts_with("unknown variant") {
        return Refusal::field(path, words::UNKNOWN_VALUE.text(&[("known", &known(&names()))]));
    }
    if said.starts_with("duplicate field") {
        return Refusal::field(path, words::REPEATED);
    }
    Refusal::field(path, told(said))
}

/// What was expected where something else stood.
fn told(said: &str) -> Text {
    let bounds = [("u8", u64::from(u8::MAX)), ("u16", u16::MAX.into()), ("u32", u32::MAX.into())];
    let bound = bounds.into_iter().find(|(name, _)| said.ends_with(&format!("expected {name}")));
    match bound {
        Some((_, max)) => words::NUMBER_OUT_OF_RANGE.text(&[("max", &max.to_string())]),
        None => wrong_value(expected(said)),
    }
}

/// "The value is wrong: … is expected."
pub fn wrong_value(expected: Message) -> Text {
    Text {
        vi: words::WRONG_VALUE.fill(crate::domain::words::Lang::Vi, &[("expected", expected.vi)]),
        en: words::WRONG_VALUE.fill(crate::domain::words::Lang::En, &[("expected", expected.en)]),
    }
}

fn expected(said: &str) -> Message {
    let wanted = said.rsplit_once("expected ").map_or("", |(_, wanted)| wanted);
    let begins = |prefix: &str| wanted.starts_with(prefix);
    if begins("a nonzero") {
        words::A_POSITIVE_NUMBER
    } else if begins("u") || begins("i") {
        words::A_NUMBER
    } else if begins("a string") {
        words::A_TEXT
    } else if begins("a boolean") {
        words::A_BOOLEAN
    } else if begins("a sequence") {
        words::A_LIST
    } else if begins("the code of a commune") {
        words::A_COMMUNE
    } else if begins("a map") || begins("struct") {
        words::AN_OBJECT
    } else if !said.starts_with("invalid") || wanted.contains("date") {
        // Of all that bodies hold, only dates have a parser of their own.
        words::A_DATE
    } else {
        words::SOMETHING_ELSE
    }
}
