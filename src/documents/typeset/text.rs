//! Makes what people wrote printable: composed letters, nothing invisible, nothing without a glyph.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::world::PRESS;

/// Stands for a character that the fonts lack: a paper with a gap shows it, and archival PDF
/// allows no missing glyphs.
const LACKING: char = '\u{25A1}';

/// The same value with every string made printable; keys stay.
pub(super) fn printable(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(printable_text(text)),
        Value::Array(items) => Value::Array(items.iter().map(printable).collect()),
        Value::Object(fields) => Value::Object(
            fields.iter().map(|(key, value)| (key.clone(), printable(value))).collect(),
        ),
        other => other.clone(),
    }
}

fn printable_text(text: &str) -> String {
    text.nfc().filter_map(printable_char).collect()
}

fn printable_char(c: char) -> Option<char> {
    match c {
        '\n' => Some(c),
        '\t' => Some(' '),
        // Joiners, directional marks and the like have no business on an official paper.
        '\u{00AD}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' => None,
        _ if c.is_control() => None,
        _ if is_covered(c) => Some(c),
        _ => Some(LACKING),
    }
}

/// Whether all four fonts have a glyph for it.
pub(super) fn is_covered(c: char) -> bool {
    PRESS.fonts.iter().all(|font| font.info().coverage.contains(u32::from(c)))
}
