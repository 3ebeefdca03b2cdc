//! The form of a text that fits one short message.

/// Characters of one message in the GSM alphabet.
pub const SHORT: usize = 160;

/// Letters of Vietnamese by the letter that they stand on.
const LETTERS: [(char, &str); 7] = [
    ('a', "àáảãạăằắẳẵặâầấẩẫậ"),
    ('e', "èéẻẽẹêềếểễệ"),
    ('i', "ìíỉĩị"),
    ('o', "òóỏõọôồốổỗộơờớởỡợ"),
    ('u', "ùúủũụưừứửữự"),
    ('y', "ỳýỷỹỵ"),
    ('d', "đ"),
];

/// A text of at most [`SHORT`] characters on one line; `plain` leaves out the diacritics, as many
/// gateways and old telephones ask. What is cut ends in three dots.
pub fn short(text: &str, plain: bool) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    let line: String = if plain { line.chars().filter_map(bare).collect() } else { line };
    if line.chars().count() <= SHORT {
        return line;
    }
    let cut: String = line.chars().take(SHORT - 3).collect();
    format!("{}...", cut.trim_end())
}

/// A letter without its marks; nothing for what the alphabet lacks.
fn bare(letter: char) -> Option<char> {
    if letter.is_ascii() {
        return Some(letter);
    }
    let lower = letter.to_lowercase().next().unwrap_or(letter);
    let base = LETTERS.iter().find(|(_, marked)| marked.contains(lower)).map(|(base, _)| *base);
    match base {
        Some(base) if lower != letter => Some(base.to_ascii_uppercase()),
        Some(base) => Some(base),
        None => match letter {
            '“' | '”' => Some('"'),
            '–' | '—' | '•' => Some('-'),
            '’' | '‘' => Some('\''),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert, proptest};

    use super::{SHORT, short};

    #[test]
    fn a_gateway_that_knows_no_marks_gets_none() {
        assert_eq!(
            short("Hồ sơ H40.12: ĐÃ tiếp nhận,\nhẹn trả thứ Năm – “ở quầy”", true),
            "Ho so H40.12: DA tiep nhan, hen tra thu Nam - \"o quay\""
        );
        assert_eq!(short("Đã có kết quả", false), "Đã có kết quả");
    }

    proptest! {
        #[test]
        fn it_always_fits(text in "\\PC{0,400}", plain: bool) {
            let text = short(&text, plain);
            prop_assert!(text.chars().count() <= SHORT);
            prop_assert!(!plain || text.is_ascii());
        }
    }
}
