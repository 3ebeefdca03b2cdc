//! Dossier codes: `<agency code>-<yyMMdd>-<nnnn>`, per receiving agency and day in Vietnam
//! (Circular 01/2018/TT-VPCP art. 19; given at submission here).

use jiff::civil::Date;

use crate::domain::ids::{AgencyCode, DossierCode};

/// The code of the `number`-th dossier of an agency on a day. Five digits and more after 9999.
pub fn dossier_code(agency: &AgencyCode, day: Date, number: u32) -> DossierCode {
    let (year, month) = (day.year().rem_euclid(100), day.month());
    DossierCode::new(format!("{agency}-{year:02}{month:02}{:02}-{number:04}", day.day()))
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
        let fits = day.len() == 6 && digits(day) && number.len() >= 4 && digits(number);
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
        let (day, number) = tail.split_at_checked(6)?;
        let fits = number.len() >= 4 && tail.bytes().all(|b| b.is_ascii_digit()) && is_day(day);
        fits.then(|| (agency, DossierCode::new(format!("{agency}-{day}-{number}"))))
    });
    // Of H40.1 and H40.12 the longer one is meant: both would need a day to follow.
    let best = spelled.max_by_key(|(agency, _)| agency.as_str().len());
    best.map(|(_, code)| code).or_else(|| parse_dossier_code(typed))
}

/// Whether six digits are a day, `yyMMdd`.
fn is_day(digits: &str) -> bool {
    let part = |range| digits.get(range).and_then(|part: &str| part.parse::<i8>().ok());
    let date = part(0..2).zip(part(2..4)).zip(part(4..6));
    date.is_some_and(|((year, month), day)| Date::new(2000 + i16::from(year), month, day).is_ok())
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

    use super::{dossier_code, find_dossier_code, lookup_secret, parse_dossier_code, parse_secret};
    use crate::domain::ids::AgencyCode;

    #[test]
    fn codes_grow_a_digit_after_9999() {
        let agency = AgencyCode::from("H40.12");
        let day = date(2026, 11, 23);
        assert_eq!(dossier_code(&agency, day, 1).as_str(), "H40.12-261123-0001");
        assert_eq!(dossier_code(&agency, day, 9999).as_str(), "H40.12-261123-9999");
        assert_eq!(dossier_code(&agency, day, 10_000).as_str(), "H40.12-261123-10000");
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
