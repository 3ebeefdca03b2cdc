//! Dossier codes: `<agency code>-<yyMMdd>-<nnnn>`, per receiving agency and day in Vietnam
//! (Circular 01/2018/TT-VPCP art. 19; given at submission here).

use jiff::civil::Date;

use crate::domain::ids::{AgencyCode, DossierCode};

/// How dossier codes are written: agency, day and number, with dashes between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeFormat {
    /// Whether the year has four digits instead of two.
    long_year: bool,
    /// Least digits of the number; it grows when they are used up.
    digits: usize,
}

impl Default for CodeFormat {
    fn default() -> Self {
        Self { long_year: false, digits: 4 }
    }
}

impl CodeFormat {
    /// Digits of the number.
    const DIGITS: std::ops::RangeInclusive<usize> = 4..=8;

    /// The format that a rule pack writes, such as `{agency}-{yyMMdd}-{nnnn}`: two or four digits of
    /// the year, and four to eight of the number.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("{agency}-")?;
        let (long_year, rest) = match rest.strip_prefix("{yyyyMMdd}-") {
            Some(rest) => (true, rest),
            None => (false, rest.strip_prefix("{yyMMdd}-")?),
        };
        let number = rest.strip_prefix('{')?.strip_suffix('}')?;
        let fits = Self::DIGITS.contains(&number.len()) && number.bytes().all(|b| b == b'n');
        fits.then_some(Self { long_year, digits: number.len() })
    }

    /// The code of the `number`-th dossier of an agency on a day.
    pub fn code(self, agency: &AgencyCode, day: Date, number: u32) -> DossierCode {
        let year = match self.long_year {
            true => format!("{:04}", day.year()),
            false => format!("{:02}", day.year().rem_euclid(100)),
        };
        let (month, day, digits) = (day.month(), day.day(), self.digits);
        DossierCode::new(format!("{agency}-{year}{month:02}{day:02}-{number:0digits$}"))
    }

    /// Every way in which packs may have written the code of a number; the usual one first.
    pub fn spellings(
        agency: &AgencyCode,
        day: Date,
        number: u32,
    ) -> impl Iterator<Item = DossierCode> {
        let years = [false, true].into_iter();
        let formats =
            years.flat_map(|long_year| Self::DIGITS.map(move |digits| Self { long_year, digits }));
        formats.map(move |format| format.code(agency, day, number))
    }
}

/// The agency that gave a code, and its number of the day.
pub fn parts_of(code: &DossierCode) -> Option<(AgencyCode, u32)> {
    let mut parts = code.as_str().rsplitn(3, '-');
    let number = parts.next()?.parse().ok()?;
    Some((AgencyCode::from(parts.nth(1)?), number))
}

impl std::fmt::Display for CodeFormat {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let day = if self.long_year { "yyyyMMdd" } else { "yyMMdd" };
        write!(out, "{{agency}}-{{{day}}}-{{{}}}", "n".repeat(self.digits))
    }
}

/// The code as somebody typed it, in its canonical spelling: upper case, without blanks; the two
/// dashes may be left out, or be any of the dashes that keyboards and word processors have.
pub fn parse_dossier_code(typed: &str) -> Option<DossierCode> {
    let typed: String = typed.chars().map(|c| if is_dash(c) { '-' } else { c }).collect();
    let text: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .collect::<String>()
        .to_uppercase();
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || c == '.');
    if !plain || text.len() > 60 {
        return None;
    }
    // With both dashes typed, the parts are certain; without, the number may have 4 digits or more.
    let parts: Vec<&str> = typed.trim().split('-').map(str::trim).collect();
    if let [agency, day, number] = parts.as_slice() {
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let fits = matches!(day.len(), 6 | 8) && digits(day) && number.len() >= 4 && digits(number);
        return (fits && !agency.is_empty())
            .then(|| DossierCode::new(format!("{}-{day}-{number}", agency.to_uppercase())));
    }
    let split = text.len().checked_sub(10)?;
    let (agency, tail) = (text.get(..split)?, text.get(split..)?);
    let fits = !agency.is_empty() && tail.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| DossierCode::new(format!("{agency}-{}-{}", &tail[..6], &tail[6..])))
}

fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// As [`parse_dossier_code`], also without the dots of the agency's code: these agencies are known.
pub fn find_dossier_code<'a>(
    typed: &str,
    agencies: impl IntoIterator<Item = &'a AgencyCode>,
) -> Option<DossierCode> {
    let compact = |text: &str| -> String {
        text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase()
    };
    let wanted = compact(typed);
    let spelled = agencies.into_iter().filter_map(|agency| {
        let tail = wanted.strip_prefix(compact(agency.as_str()).as_str())?;
        let all_digits = tail.bytes().all(|b| b.is_ascii_digit());
        // Packs write two digits of the year, or four.
        let (day, number) = [6, 8].into_iter().find_map(|length| {
            let (day, number) = tail.split_at_checked(length)?;
            (all_digits && number.len() >= 4 && is_day(day)).then_some((day, number))
        })?;
        Some((agency, DossierCode::new(format!("{agency}-{day}-{number}"))))
    });
    // Of H40.1 and H40.12 the longer one is meant: both would need a day to follow.
    let best = spelled.max_by_key(|(agency, _)| agency.as_str().len());
    best.map(|(_, code)| code).or_else(|| parse_dossier_code(typed))
}

/// Whether digits are a day, `yyMMdd` or `yyyyMMdd`.
fn is_day(digits: &str) -> bool {
    let Some((year, rest)) = digits.split_at_checked(digits.len().saturating_sub(4)) else {
        return false;
    };
    let part = |range| rest.get(range).and_then(|part: &str| part.parse::<i8>().ok());
    let year = match (year.len(), year.parse::<i16>()) {
        (2, Ok(year)) => 2000 + year,
        (4, Ok(year)) if (2000..2100).contains(&year) => year,
        _ => return false,
    };
    let month_and_day = part(0..2).zip(part(2..4));
    month_and_day.is_some_and(|(month, day)| Date::new(year, month, day).is_ok())
}

/// Letters and digits of lookup secrets: none that look alike.
const SECRET_ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// The 8 characters of a lookup secret from 8 random bytes.
pub fn lookup_secret(random: [u8; 8]) -> String {
    random.iter().map(|byte| char::from(SECRET_ALPHABET[usize::from(byte % 32)])).collect()
}

/// A lookup secret as somebody typed it: upper case, blanks and dashes dropped.
pub fn parse_secret(typed: &str) -> String {
    typed.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>().to_uppercase()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{CodeFormat, find_dossier_code, lookup_secret, parse_dossier_code, parse_secret};
    use crate::domain::ids::AgencyCode;

    #[test]
    fn codes_grow_a_digit_after_9999() {
        let agency = AgencyCode::from("H40.12");
        let day = date(2026, 11, 23);
        let code = |number| CodeFormat::default().code(&agency, day, number).as_str().to_owned();
        assert_eq!(code(1), "H40.12-261123-0001");
        assert_eq!(code(9999), "H40.12-261123-9999");
        assert_eq!(code(10_000), "H40.12-261123-10000");
    }

    #[test]
    fn a_pack_may_write_codes_longer_and_they_are_read_again() {
        let (agency, day) = (AgencyCode::from("H40.12"), date(2026, 11, 23));
        let format = CodeFormat::parse("{agency}-{yyyyMMdd}-{nnnnn}").unwrap();
        let code = format.code(&agency, day, 7);
        assert_eq!(code.as_str(), "H40.12-20261123-00007");
        assert_eq!(parse_dossier_code(" h40.12 -20261123-00007"), Some(code.clone()));
        assert!(CodeFormat::spellings(&agency, day, 7).any(|spelt| spelt == code));
        assert_eq!(format.to_string(), "{agency}-{yyyyMMdd}-{nnnnn}");
        for wrong in ["", "{agency}-{yyMMdd}-{nnn}", "{agency}/{yyMMdd}/{nnnn}", "{nnnn}"] {
            assert_eq!(CodeFormat::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn codes_are_read_as_people_type_them() {
        let code = |typed| parse_dossier_code(typed).map(|code| code.as_str().to_owned());
        let right = Some("H40.12-261123-0001".to_owned());
        for typed in ["H40.12-261123-0001", " h40.12 - 261123 - 0001 ", "h40.122611230001"] {
            assert_eq!(code(typed), right, "{typed}");
        }
        assert_eq!(code("H40.12-261123-10000"), Some("H40.12-261123-10000".to_owned()));
        for typed in ["", "-", "H40", "H40.12-26-1", "<b>-261123-0001x", "ắ-261123-0001", "🙂"]
        {
            let _ = code(typed);
        }
        assert_eq!(code("H40.12-2611-0001"), None);
    }

    #[test]
    fn with_the_agencies_known_a_code_is_read_typed_in_one_go() {
        let agencies = ["H40.1", "H40.12", "H40"].map(AgencyCode::from);
        let code = |typed| find_dossier_code(typed, &agencies).map(|code| code.as_str().to_owned());
        let right = Some("H40.12-261124-0001".to_owned());
        for typed in [
            "h40122611240001",
            "H4012-261124-0001",
            "h4012 261124 0001",
            "H40.12–261124–0001",
            "H40.12—261124-0001",
            " h40.12 261124 0001",
        ] {
            assert_eq!(code(typed), right, "{typed}");
        }
        assert_eq!(code("h401226112410000"), Some("H40.12-261124-10000".to_owned()));
        assert_eq!(code("h4012202611240001"), Some("H40.12-20261124-0001".to_owned()));
        assert_eq!(code("h4012611240001"), Some("H40.1-261124-0001".to_owned()));
        let of_another = Some("H99.01-261124-0001".to_owned());
        assert_eq!(code("H99.01-261124-0001"), of_another);
        for typed in ["", "h4012", "H40.12-261124", "ắ261124-0001", "🙂"] {
            assert_eq!(code(typed), None, "{typed}");
        }
    }

    #[test]
    fn secrets_have_no_look_alikes() {
        let secret = lookup_secret([0, 31, 32, 63, 64, 255, 9, 17]);
        assert_eq!(secret.len(), 8);
        assert!(!secret.contains(['0', '1', 'I', 'O']));
        assert_eq!(parse_secret(" k7m2-9pxd "), "K7M29PXD");
    }
}
