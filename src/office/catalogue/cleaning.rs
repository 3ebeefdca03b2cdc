//! Text as catalogues write it, made fit to show: NFC, no markup, no invisible characters.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

pub use crate::domain::words::fold;

const TAGS: [&str; 26] = [
    "a", "b", "br", "div", "em", "font", "h1", "h2", "h3", "h4", "i", "img", "li", "o:p", "ol",
    "p", "span", "strong", "sub", "sup", "table", "tbody", "td", "tr", "u", "ul",
];
const ENTITIES: [(&str, &str); 7] = [
    ("nbsp", " "),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("ndash", "–"),
    ("amp", "&"),
];

/// One line: line ends become blanks.
pub fn line(text: &str) -> String {
    one_line(&plain(text))
}

/// Several short items that stand on lines of their own, joined by commas.
pub fn items(text: &str) -> String {
    lines(text, ", ")
}

/// Paragraphs, one a line, empty lines dropped.
pub fn paragraphs(text: &str) -> String {
    lines(text, "\n")
}

fn lines(text: &str, between: &str) -> String {
    let plain = plain(text);
    let lines = plain.lines().map(one_line).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(between)
}

/// The words of a text, with one blank between them.
fn one_line(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len());
    for word in plain.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// A code without blanks, with dots for commas.
pub fn code(text: &str) -> String {
    let shown = text.nfkc().filter(|c| !c.is_whitespace() && !invisible(*c));
    shown.map(|c| if c == ',' { '.' } else { c }).collect()
}

fn plain(text: &str) -> Cow<'_, str> {
    let text = if text.contains('\r') { text.replace("\r\n", "\n").into() } else { text.into() };
    let mut plain = visible(text);
    // Exports escape twice at times; each round removes markup, so this ends.
    while let Some(next) = without_markup(&plain) {
        plain = visible(next.into());
    }
    plain
}

/// Composed letters and nothing invisible; most texts are so already.
fn visible(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.chars().all(|c| is_composed(c) && !invisible(c)) {
        return text;
    }
    text.chars().filter(|c| !invisible(*c)).nfc().collect()
}

/// Whether a character surely stays under NFC, whatever stands around it: all before the combining
/// marks, and the block with the letters of Vietnamese.
fn is_composed(c: char) -> bool {
    matches!(c, ..'\u{300}' | '\u{1e00}'..='\u{1eff}')
}

fn invisible(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// One round of removing tags and entities; nothing when there were none.
fn without_markup(text: &str) -> Option<String> {
    if !text.contains(['<', '&']) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let found = if rest.starts_with('<') { tag(rest) } else { entity(rest) };
        match found {
            Some((shown, length)) => {
                out.push_str(&shown);
                rest = &rest[length..];
            }
            None => {
                out.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    (out != text).then_some(out)
}

/// What stands for the tag at the start, and the tag's length.
fn tag(text: &str) -> Option<(String, usize)> {
    let end = text.bytes().take(500).position(|byte| byte == b'>')?;
    let inside = text[1..end].trim_start_matches('/');
    let name_end = inside.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(inside.len());
    let name = inside[..name_end].to_ascii_lowercase();
    if !TAGS.contains(&name.as_str()) {
        return None;
    }
    let breaks =
        matches!(name.as_str(), "br" | "p" | "div" | "li" | "tr" | "h1" | "h2" | "h3" | "h4");
    Some((if breaks { "\n" } else { "" }.to_owned(), end + 1))
}

/// The character of the entity at the start, and the entity's length.
fn entity(text: &str) -> Option<(String, usize)> {
    let end = text.bytes().take(10).position(|byte| byte == b';')?;
    let name = &text[1..end];
    if let Some((_, shown)) = ENTITIES.iter().find(|(entity, _)| *entity == name) {
        return Some(((*shown).to_owned(), end + 1));
    }
    let number = name.strip_prefix('#')?;
    let number = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    Some((char::from_u32(number)?.to_string(), end + 1))
}

#[cfg(test)]
mod tests {
    use super::{code, fold, is_composed, items, line, paragraphs};
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;

    #[test]
    fn markup_blanks_and_decomposed_letters_go() {
        assert_eq!(line("  <p>Đăng&nbsp;ký\u{a0}khai\u{200b} sinh</p>\r\n"), "Đăng ký khai sinh");
        assert_eq!(line("Ho\u{323}\u{302} ti\u{323}ch"), "Hộ tịch");
        assert_eq!(line("dưới < 5 năm & trên > 2"), "dưới < 5 năm & trên > 2");
        assert_eq!(line("a &amp;amp; b"), "a & b");
        assert_eq!(paragraphs("Bước 1<br/>\n\nBước 2  \n"), "Bước 1\nBước 2");
        assert_eq!(items("\nSở Tư pháp \nUBND cấp xã\n"), "Sở Tư pháp, UBND cấp xã");
    }

    #[test]
    fn codes_and_headers_are_compared_by_what_they_mean() {
        assert_eq!(code(" 1,001 193\u{a0}"), "1.001193");
        assert_eq!(fold("  MÃ  SỐ: "), "ma so");
        assert_eq!(fold("Lĩnh vực (Đất đai)"), "linh vuc dat dai");
    }

    #[test]
    fn what_passes_as_composed_stays_under_nfc() {
        let all = ('\0'..=char::MAX).filter(|c| is_composed(*c));
        let changed: Vec<char> =
            all.filter(|c| !c.nfc().eq([*c]) || is_combining_mark(*c)).collect();
        assert!(changed.is_empty(), "{changed:?}");
    }

    proptest::proptest! {
        #[test]
        fn cleaning_twice_changes_nothing_more(text in "\\PC{0,60}|[<>&;#a-z/ 0-9\n\u{a0}]{0,60}") {
            proptest::prop_assert_eq!(line(&line(&text)), line(&text));
            proptest::prop_assert_eq!(paragraphs(&paragraphs(&text)), paragraphs(&text));
        }
    }
}
