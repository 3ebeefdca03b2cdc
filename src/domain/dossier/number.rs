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
/// dashes may be left out.
pub fn parse_dossier_code(typed: &str) -> Option<DossierCode> {
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

    use super::{dossier_code, lookup_secret, parse_dossier_code, parse_secret};
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
    fn secrets_have_no_look_alikes() {
        let secret = lookup_secret([0, 31, 32, 63, 64, 255, 9, 17]);
        assert_eq!(secret.len(), 8);
        assert!(!secret.contains(['0', '1', 'I', 'O']));
        assert_eq!(parse_secret(" k7m2-9pxd "), "K7M29PXD");
    }
}
