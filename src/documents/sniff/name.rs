//! The name that a person gave a file: cleaned for display, and what it claims.

use unicode_normalization::UnicodeNormalization;

/// Longest name that is kept, in characters.
const LONGEST: usize = 120;
/// What a file without a usable name is called.
const NAMELESS: &str = "tep";

/// A kind of file, as a name or a sender claims it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Claim {
    Image,
    Pdf,
    Other,
}

/// The name as it is shown and stored: composed characters (NFC), no folders, no control or
/// invisible characters, at most 120 characters with the ending kept. Never empty.
pub fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    // Composed after the filter: a letter may stand beside its accent only then.
    let visible: String = last.chars().filter(|c| is_shown(*c)).nfc().collect();
    let words: Vec<&str> = visible.split_whitespace().collect();
    let name = words.join(" ");
    let name = name.trim_start_matches(['.', ' ']);
    if name.is_empty() { NAMELESS.to_owned() } else { shorten(name) }
}

/// Controls would break headers and listings; directional marks make `gpj.exe` look like a picture.
fn is_shown(c: char) -> bool {
    let is_invisible = matches!(
        c,
        '\u{00AD}' | '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
    );
    (c.is_whitespace() || !c.is_control()) && !is_invisible && !matches!(c, '"' | '<' | '>')
}

fn shorten(name: &str) -> String {
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if ending.chars().count() <= 8 => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    let room = LONGEST - 1 - ending.chars().count();
    let start: String = stem.chars().take(room).collect();
    format!("{}…{ending}", start.trim_end())
}

/// What the ending of the name claims. An ending that nobody knows claims nothing, as in
/// `giấy khai sinh số 1.2`.
pub(super) fn name_claim(name: &str) -> Option<Claim> {
    const OTHERS: &[&str] = &[
        "7z", "apk", "app", "avi", "bat", "bin", "cmd", "com", "csv", "dll", "dmg", "doc", "docm",
        "docx", "elf", "exe", "gif", "gz", "hta", "htm", "html", "iso", "jar", "js", "lnk", "mjs",
        "mov", "mp3", "mp4", "msi", "odp", "ods", "odt", "php", "ppt", "pptx", "ps1", "rar", "rtf",
        "scr", "sh", "svg", "tar", "tif", "tiff", "txt", "vbs", "wsf", "xhtml", "xls", "xlsm",
        "xlsx", "xml", "zip",
    ];
    let ending = name.rsplit_once('.')?.1.to_lowercase();
    match ending.as_str() {
        "jpg" | "jpeg" | "jpe" | "jfif" | "png" | "heic" | "heif" | "hif" | "webp" => {
            Some(Claim::Image)
        }
        "pdf" => Some(Claim::Pdf),
        other => OTHERS.contains(&other).then_some(Claim::Other),
    }
}

/// What the sender's media type claims. Browsers that know no better say nothing of use.
pub(super) fn type_claim(media_type: &str) -> Option<Claim> {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_lowercase();
    match essence.as_str() {
        "application/pdf" | "application/x-pdf" => Some(Claim::Pdf),
        "image/svg+xml" | "image/gif" | "image/bmp" | "image/tiff" | "image/avif" => {
            Some(Claim::Other)
        }
        other if other.starts_with("image/") => Some(Claim::Image),
        other if other.starts_with("text/") => Some(Claim::Other),
        _ => None,
    }
}
