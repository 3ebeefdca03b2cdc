//! Identity numbers, tax codes, phone numbers and email addresses: their structure (domain section
//! 4). What the structure forbids is an error; what only looks wrong is a warning, since registers
//! have mistakes of their own and a person at the counter must not be sent home for them.

pub mod card;
pub mod words;

use jiff::civil::Date;

use super::words::{Message, Text};

/// The sex that a number or a card states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// Nam.
    Male,
    /// Nữ.
    Female,
}

/// A personal identity number (số định danh cá nhân, số căn cước): 12 digits, of which 3 name the
/// place, 1 century and sex, 2 the birth year (Decree 70/2024/ND-CP art. 8).
#[derive(Clone, PartialEq, Eq)]
pub struct IdentityNumber(String);

/// Codes of the 63 provinces in which births were registered; codes from 100 name countries.
const PROVINCES: [u16; 63] = [
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37,
    38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77,
    79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
];

impl IdentityNumber {
    /// The number in a text that may have blanks, dots or hyphens in it.
    ///
    /// # Errors
    /// [`words::ID_SHAPE`] when it has not 12 digits.
    pub fn parse(text: &str) -> Result<Self, Message> {
        let digits = compact(text);
        let well_formed = digits.len() == 12 && all_digits(&digits) && !digits.starts_with("000");
        if well_formed { Ok(Self(digits)) } else { Err(words::ID_SHAPE) }
    }

    /// Its 12 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The year of birth that it states.
    pub fn birth_year(&self) -> i16 {
        1900 + 100 * i16::from(self.digit(3) / 2) + i16::from(self.digit(4) * 10 + self.digit(5))
    }

    /// The sex that it states.
    pub fn sex(&self) -> Sex {
        if self.digit(3).is_multiple_of(2) { Sex::Male } else { Sex::Female }
    }

    /// What does not fit, in words for whoever typed it: never a reason to refuse.
    pub fn warnings(&self, birth_date: Option<Date>, sex: Option<Sex>) -> Vec<Text> {
        let mut warnings = Vec::new();
        let place = (0..3).fold(0, |sum, at| sum * 10 + u16::from(self.digit(at)));
        if place < 100 && !PROVINCES.contains(&place) {
            warnings.push(words::ID_PLACE.into());
        }
        if let Some(date) = birth_date.filter(|date| date.year() != self.birth_year()) {
            let (number, stated) = (self.birth_year().to_string(), date.year().to_string());
            let slots = [("number", number.as_str()), ("stated", stated.as_str())];
            warnings.push(words::ID_BIRTH_YEAR.text(&slots));
        }
        if sex.is_some_and(|sex| sex != self.sex()) {
            warnings.push(words::ID_SEX.into());
        }
        warnings
    }

    fn digit(&self, at: usize) -> u8 {
        self.0.as_bytes().get(at).map_or(0, |byte| byte - b'0')
    }
}

impl std::fmt::Debug for IdentityNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IdentityNumber(…)")
    }
}

/// A tax code (mã số thuế) as it is written: `0100109106`, `0100109106-001`, or the 12 digits of
/// the owner of a household business.
///
/// # Errors
/// [`words::TAX_SHAPE`] or [`words::TAX_CHECK`].
pub fn tax_code(text: &str) -> Result<String, Message> {
    let digits = compact(text);
    if !all_digits(&digits) {
        return Err(words::TAX_SHAPE);
    }
    match digits.len() {
        12 => IdentityNumber::parse(&digits).map(|number| number.0).map_err(|_| words::TAX_SHAPE),
        10 | 13 if !check_digit_fits(&digits) => Err(words::TAX_CHECK),
        10 => Ok(digits),
        13 => Ok(format!("{}-{}", &digits[..10], &digits[10..])),
        _ => Err(words::TAX_SHAPE),
    }
}

/// Weights of the first nine digits (Circular 105/2020/TT-BTC art. 5 leaves them to the tax
/// system; they are known from its public checks).
const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];

fn check_digit_fits(digits: &str) -> bool {
    let values: Vec<u32> = digits.bytes().take(10).map(|byte| u32::from(byte - b'0')).collect();
    let sum: u32 = values.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    values.get(9) == Some(&(10 - sum % 11))
}

/// The name of a person or an organisation, with single blanks between its words.
///
/// # Errors
/// [`words::NAME_SHAPE`] when it has no letter, or a sign that no name has; [`words::NAME_LATIN`]
/// when papers could not print it.
pub fn name(text: &str) -> Result<String, Message> {
    let words_: Vec<&str> = text.split_whitespace().collect();
    let name = words_.join(" ");
    let is_mark = |c: char| ('\u{300}'..='\u{36f}').contains(&c);
    let fits = |c: char| {
        c == ' ' || c.is_ascii_graphic() || c.is_alphanumeric() || is_mark(c) || "–’“”".contains(c)
    };
    if !name.chars().any(char::is_alphabetic) || !name.chars().all(fits) {
        return Err(words::NAME_SHAPE);
    }
    if name.chars().all(|c| is_latin(c) || !c.is_alphabetic()) {
        Ok(name)
    } else {
        Err(words::NAME_LATIN)
    }
}

/// The name of a person as papers print it: one that was typed in small letters alone gets its capitals.
/// Whoever typed a capital has chosen; an organisation's name has capitals of its own, which nobody can guess.
///
/// # Errors
/// As of [`name`].
pub fn person_name(text: &str) -> Result<String, Message> {
    let name = name(text)?;
    let lower = name.to_lowercase();
    let begins = |word: &str| {
        lower.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    if name.chars().any(char::is_uppercase) || ORGANISATIONS.into_iter().any(begins) {
        return Ok(name);
    }
    Ok(name.split(' ').map(capitalised).collect::<Vec<_>>().join(" "))
}

/// How names of organisations begin.
const ORGANISATIONS: [&str; 22] = [
    "công ty",
    "doanh nghiệp",
    "hợp tác xã",
    "hộ kinh doanh",
    "chi nhánh",
    "văn phòng",
    "trường",
    "trung tâm",
    "ủy ban",
    "uỷ ban",
    "ubnd",
    "sở",
    "phòng",
    "ban",
    "hội",
    "quỹ",
    "tổ hợp tác",
    "liên hiệp",
    "ngân hàng",
    "bệnh viện",
    "cơ sở",
    "tổng công ty",
];

/// A word of a name with its capitals: the first letter, what follows a hyphen, and what follows the one
/// letter before an apostrophe, as in "H'Hen".
fn capitalised(word: &str) -> String {
    let mut spelled = String::with_capacity(word.len());
    let mut in_part = 0;
    for c in word.chars() {
        if in_part == 0 {
            spelled.extend(c.to_uppercase());
        } else {
            spelled.push(c);
        }
        in_part = match c {
            '-' | '–' => 0,
            '\'' | '’' if in_part == 1 => 0,
            _ => in_part + 1,
        };
    }
    spelled
}

/// A letter of the Latin script, as in the machine-readable lines of passports and on the papers of
/// the law; the fonts of our papers have no others that names in Vietnam need.
const fn is_latin(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '\u{aa}'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}')
}

/// A phone number in one spelling: `0912345678`, `02283849202`, or `+33…` from abroad.
///
/// # Errors
/// [`words::PHONE_SHAPE`].
pub fn phone(text: &str) -> Result<String, Message> {
    let compact: String = text
        .chars()
        .filter(|c| {
            !c.is_whitespace() && !matches!(c, '.' | '-' | '(' | ')' | '\u{200b}'..='\u{200f}')
        })
        .collect();
    let home =
        ["+84", "0084"].iter().find_map(|prefix| compact.strip_prefix(prefix)).or_else(|| {
            // Written without its plus: no number of ours has eleven digits that begin with 84.
            let rest = compact.strip_prefix("84")?;
            (rest.len() == 9 || rest.len() == 10).then_some(rest)
        });
    let number = match home {
        // `+84 (0) 912 …` is common.
        Some(rest) => format!("0{}", rest.strip_prefix('0').unwrap_or(rest)),
        None => compact,
    };
    if let Some(foreign) = number.strip_prefix('+') {
        let fits = (8..=15).contains(&foreign.len()) && all_digits(foreign);
        return if fits && !foreign.starts_with('0') {
            Ok(number)
        } else {
            Err(words::PHONE_SHAPE)
        };
    }
    let second = number.as_bytes().get(1).copied();
    let mobile = number.len() == 10 && matches!(second, Some(b'3' | b'5' | b'7' | b'8' | b'9'));
    let fixed = number.len() == 11 && second == Some(b'2');
    let fits = (mobile || fixed) && number.starts_with('0') && all_digits(&number);
    if fits { Ok(number) } else { Err(words::PHONE_SHAPE) }
}

/// An email address without surrounding blanks, its domain in lower case. Only what cannot be an
/// address is refused: whether it exists is shown by the code sent to it.
///
/// # Errors
/// [`words::EMAIL_SHAPE`].
pub fn email(text: &str) -> Result<String, Message> {
    let text = text.trim();
    let Some((local, domain)) = text.rsplit_once('@') else { return Err(words::EMAIL_SHAPE) };
    let local_fits = (1..=64).contains(&local.len())
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.bytes().all(|b| b.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&b));
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let domain_fits = domain.len() <= 253 && domain.contains('.') && domain.split('.').all(label);
    if local_fits && domain_fits {
        Ok(format!("{local}@{}", domain.to_ascii_lowercase()))
    } else {
        Err(words::EMAIL_SHAPE)
    }
}

fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-')).collect()
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_in_small_letters_get_capitals_and_others_stay() {
        for (typed, printed) in [
            ("nguyễn  văn an", "Nguyễn Văn An"),
            ("đỗ thị ánh", "Đỗ Thị Ánh"),
            ("h'hen niê", "H'Hen Niê"),
            ("y-blô êban", "Y-Blô Êban"),
            ("NGUYỄN VĂN AN", "NGUYỄN VĂN AN"),
            ("Ludwig van Beethoven", "Ludwig van Beethoven"),
            ("công ty tnhh an phú", "công ty tnhh an phú"),
            ("hội an bình", "hội an bình"),
        ] {
            assert_eq!(super::person_name(typed).as_deref(), Ok(printed));
        }
    }

    use jiff::civil::date;
    use proptest::prelude::*;

    use super::{IdentityNumber, Sex, email, phone, tax_code, words};

    #[test]
    fn a_name_has_letters_and_single_blanks() {
        assert_eq!(super::name("  nguyễn   THỊ  Ễ ").as_deref(), Ok("nguyễn THỊ Ễ"));
        for good in ["O'Neil", "Công ty TNHH 123 (chi nhánh)", "H’Hen Niê", "Nguyê\u{303}n"] {
            assert!(super::name(good).is_ok(), "{good}");
        }
        for foreign in ["王小明", "Иван Петров", "Nguyễn 王"] {
            assert_eq!(super::name(foreign), Err(words::NAME_LATIN), "{foreign}");
        }
        for wrong in ["", "  ", "123", "😀 test", "…", "An\u{7}"] {
            assert!(super::name(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn an_identity_number_states_year_and_sex() {
        let number = IdentityNumber::parse(" 036 185 990 001 ").expect("well formed");
        assert_eq!((number.birth_year(), number.sex()), (1985, Sex::Female));
        let number = IdentityNumber::parse("037206990002").expect("well formed");
        assert_eq!((number.birth_year(), number.sex()), (2006, Sex::Male));
        for wrong in ["", "03618599000", "0361859900011", "03618599000a", "000185990001"] {
            assert_eq!(IdentityNumber::parse(wrong), Err(words::ID_SHAPE), "{wrong}");
        }
    }

    #[test]
    fn what_does_not_fit_only_warns() {
        let number = IdentityNumber::parse("036185990001").expect("well formed");
        assert!(number.warnings(Some(date(1985, 2, 3)), Some(Sex::Female)).is_empty());
        let warnings = number.warnings(Some(date(1986, 2, 3)), Some(Sex::Male));
        assert_eq!(warnings.len(), 2);
        assert!(warnings[0].vi.contains("1985") && warnings[0].vi.contains("1986"));
        let nowhere = IdentityNumber::parse("003185990001").expect("well formed");
        assert_eq!(nowhere.warnings(None, None), [words::ID_PLACE.into()]);
        let abroad = IdentityNumber::parse("116185990001").expect("well formed");
        assert!(abroad.warnings(None, None).is_empty());
    }

    #[test]
    fn a_debug_print_shows_no_number() {
        let number = IdentityNumber::parse("036185990001").expect("well formed");
        assert!(!format!("{number:?}").contains("036"));
    }

    #[test]
    fn tax_codes_have_a_check_digit() {
        assert_eq!(tax_code("0100109106"), Ok("0100109106".to_owned()));
        assert_eq!(tax_code("0100109106 001"), Ok("0100109106-001".to_owned()));
        assert_eq!(tax_code("0100109107"), Err(words::TAX_CHECK));
        assert_eq!(tax_code("036185990001"), Ok("036185990001".to_owned()));
        assert_eq!(tax_code("12345"), Err(words::TAX_SHAPE));
        assert_eq!(tax_code("010010910é"), Err(words::TAX_SHAPE));
    }

    #[test]
    fn phones_get_one_spelling() {
        for same in [
            "0912 345 678",
            "+84 912.345.678",
            "84912345678",
            "0084-912345678",
            "+84 (0) 912345678",
        ] {
            assert_eq!(phone(same), Ok("0912345678".to_owned()), "{same}");
        }
        assert_eq!(phone("(0228) 384 9202"), Ok("02283849202".to_owned()));
        assert_eq!(phone("+33 6 12 34 56 78"), Ok("+33612345678".to_owned()));
        for wrong in
            ["", "912345678", "0112345678", "09123456789", "0228384920", "+84", "+0123456789"]
        {
            assert_eq!(phone(wrong), Err(words::PHONE_SHAPE), "{wrong}");
        }
    }

    #[test]
    fn emails_are_checked_loosely() {
        assert_eq!(email(" An.Le+1@Example.ORG "), Ok("An.Le+1@example.org".to_owned()));
        for wrong in ["", "an", "an@", "@a.b", "an@b", "a n@b.vn", "an@b..vn", ".an@b.vn", "á@b.vn"]
        {
            assert_eq!(email(wrong), Err(words::EMAIL_SHAPE), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_a_check_panic(text in "\\PC{0,40}|[0-9+@. -]{0,20}") {
            let _ = (IdentityNumber::parse(&text), tax_code(&text), email(&text));
            if let Ok(number) = phone(&text) {
                prop_assert_eq!(phone(&number), Ok(number));
            }
        }

        #[test]
        fn one_wrong_digit_of_a_tax_code_is_found(at in 0usize..9, by in 1u8..10) {
            let mut digits = *b"0100109106";
            digits[at] = b'0' + (digits[at] - b'0' + by) % 10;
            let text = String::from_utf8_lossy(&digits).into_owned();
            prop_assert_eq!(tax_code(&text), Err(words::TAX_CHECK));
        }
    }
}
