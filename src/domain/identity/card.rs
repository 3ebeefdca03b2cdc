//! The line that a scanner reads from an identity card's QR code (pages 3.2, Counter): number, old
//! number, name, birth date, sex, address, date of issue, split by `|`; newer cards add fields.

use jiff::civil::Date;

use super::{IdentityNumber, Sex, words};
use crate::domain::words::Message;

/// What a card says of its holder.
#[derive(Clone, PartialEq, Eq)]
pub struct Card {
    /// The identity number.
    pub id_number: IdentityNumber,
    /// The former nine-digit number (CMND), if the card has it.
    pub old_number: Option<String>,
    /// Full name, as the card spells it.
    pub name: String,
    /// Birth date, if the card gives day and month.
    pub birth_date: Option<Date>,
    /// What the card writes for it: a year alone, or no real day, when there is no birth date.
    pub birth: String,
    /// Sex.
    pub sex: Option<Sex>,
    /// Address of residence.
    pub address: String,
    /// Date of issue.
    pub issued: Option<Date>,
}

impl std::fmt::Debug for Card {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Card(…)")
    }
}

/// Whether a text typed into a search or number box is a card's line rather than words.
pub fn looks_like_a_card(text: &str) -> bool {
    text.matches('|').count() >= 6
}

/// Reads a card's line. The caller normalises it to NFC.
///
/// # Errors
/// [`words::NOT_A_CARD`], or [`words::GARBLED`] when an input method has eaten letters of the name.
pub fn read(line: &str) -> Result<Card, Message> {
    let line = line.trim().trim_start_matches('\u{feff}');
    let fields: Vec<&str> = line.split('|').map(str::trim).collect();
    let [number, old, name, birth, sex, address, issued, ..] = fields.as_slice() else {
        return Err(words::NOT_A_CARD);
    };
    let id_number = IdentityNumber::parse(number).map_err(|_| words::NOT_A_CARD)?;
    if garbled(name) {
        return Err(words::GARBLED);
    }
    let sex = match *sex {
        "Nam" | "NAM" => Some(Sex::Male),
        "Nữ" | "NỮ" => Some(Sex::Female),
        // The letter that input methods eat.
        other if other.starts_with(['N', 'n']) && other.chars().count() <= 2 => Some(Sex::Female),
        _ => None,
    };
    Ok(Card {
        id_number,
        old_number: (!old.is_empty()).then(|| (*old).to_owned()),
        name: name.split_whitespace().collect::<Vec<_>>().join(" "),
        birth_date: day_month_year(birth),
        birth: (*birth).to_owned(),
        sex,
        address: address.split_whitespace().collect::<Vec<_>>().join(" "),
        issued: day_month_year(issued),
    })
}

/// `03021985`; nothing when day or month are unknown (`00`).
fn day_month_year(text: &str) -> Option<Date> {
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let year = text[4..].parse().ok()?;
    Date::new(year, text[2..4].parse().ok()?, text[..2].parse().ok()?).ok()
}

const VOWELS: &str = "aeiouyăâêôơưàằầèềìòồờùừỳảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹáắấéếíóốớúứýạặậẹệịọộợụựỵ";

/// Whether a name has signs that no name has, or a syllable that lost its vowel.
fn garbled(name: &str) -> bool {
    let combining = |c: char| ('\u{300}'..='\u{36f}').contains(&c);
    let latin = |c: char| c.is_ascii_alphabetic() || VOWELS.contains(c) || matches!(c, 'đ');
    let lower = name.to_lowercase();
    let strange =
        |c: char| !(latin(c) || combining(c) || c == ' ' || matches!(c, '\'' | '’' | '-' | '.'));
    let without_vowel = |word: &str| {
        word.chars().count() > 1 && !word.ends_with('.') && !word.contains(|c| VOWELS.contains(c))
    };
    lower.trim().is_empty() || lower.contains(strange) || lower.split(' ').any(without_vowel)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::{Sex, looks_like_a_card, read, words};

    const LINE: &str =
        "036185990001|012345678|Nguyễn Thị  Ánh|03021985|Nữ|Số 1, phường Nam Định|05062021";

    #[test]
    fn a_card_is_read() {
        let card = read(&format!("\u{feff}{LINE}\r\n")).expect("a card");
        assert_eq!(card.id_number.as_str(), "036185990001");
        assert_eq!((card.name.as_str(), card.sex), ("Nguyễn Thị Ánh", Some(Sex::Female)));
        assert_eq!(card.birth_date, Some(date(1985, 2, 3)));
        assert_eq!(card.issued, Some(date(2021, 6, 5)));
        assert_eq!(card.old_number.as_deref(), Some("012345678"));
    }

    #[test]
    fn newer_cards_have_more_fields_and_older_ones_gaps() {
        let card = read(&format!("{LINE}|Nguyễn Văn B|Trần Thị C|")).expect("a card");
        assert_eq!(card.name, "Nguyễn Thị Ánh");
        let card = read("036050990001||K'Brôh|00001950|Nam||").expect("a card");
        assert_eq!((card.birth_date, card.old_number), (None, None));
    }

    #[test]
    fn names_that_an_input_method_garbled_are_noticed() {
        for name in
            ["Nguy?n Thị Ánh", "Nguyá»…n Thị Ánh", "Trn Văn A", "Nguy\u{fffd}n", "Nguy1n A", ""]
        {
            let line = LINE.replace("Nguyễn Thị  Ánh", name);
            assert_eq!(read(&line), Err(words::GARBLED), "{name}");
        }
    }

    #[test]
    fn other_texts_are_no_cards() {
        for text in ["", "036185990001", "a|b|c|d|e|f|g", "|||||||"] {
            assert_eq!(read(text), Err(words::NOT_A_CARD), "{text}");
        }
        assert!(looks_like_a_card(LINE) && !looks_like_a_card("đăng ký | khai sinh"));
    }

    proptest! {
        #[test]
        fn no_line_makes_it_panic(text in "\\PC{0,60}", dates in "[0-9é]{0,9}") {
            let _ = read(&text);
            let _ = read(&format!("036185990001||An Lê|{dates}|Nam|x|{dates}"));
        }
    }
}
