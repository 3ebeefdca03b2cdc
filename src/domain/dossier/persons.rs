//! What may stand in the fields of a person, whether filed or corrected.

use jiff::Timestamp;
use jiff::civil::Date;

use super::correction::PersonField;
use super::words;
use crate::domain::calendar::local;
use crate::domain::identity;
use crate::domain::words::Text;

/// Refuses a value with the sentence that says why. Only the name must be there.
pub(super) fn check(field: PersonField, value: &str, now: Timestamp) -> Result<(), Text> {
    if value.trim().is_empty() {
        return match field {
            PersonField::Name => Err(words::NAME_MISSING.into()),
            _ => Ok(()),
        };
    }
    let max = longest(field);
    if value.chars().count() > max {
        return Err(words::TOO_LONG.text(&[("max", &max.to_string())]));
    }
    match field {
        PersonField::Name => identity::name(value).map(drop).map_err(Text::from),
        PersonField::Address => Ok(()),
        PersonField::IdNumber if is_id_number(value) => Ok(()),
        PersonField::IdNumber => Err(words::ID_NUMBER_WRONG.into()),
        PersonField::BirthDate => match value.parse::<Date>() {
            Ok(date) if date <= local(now).date() => Ok(()),
            Ok(_) => Err(words::BIRTH_AHEAD.into()),
            Err(_) => Err(words::DATE_WRONG.into()),
        },
        PersonField::Phone => identity::phone(value).map(drop).map_err(Text::from),
        PersonField::Email => identity::email(value).map(drop).map_err(Text::from),
    }
}

/// In characters.
const fn longest(field: PersonField) -> usize {
    match field {
        PersonField::Name => 200,
        PersonField::IdNumber | PersonField::BirthDate | PersonField::Phone => 30,
        PersonField::Email => 254,
        PersonField::Address => 500,
    }
}

/// An identity number, an old 9-digit card, a tax code, or a passport of letters and digits.
fn is_id_number(text: &str) -> bool {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let all_digits = compact.bytes().all(|b| b.is_ascii_digit());
    let passport = (6..=15).contains(&compact.len())
        && compact.bytes().all(|b| b.is_ascii_alphanumeric())
        && !all_digits;
    identity::IdentityNumber::parse(&compact).is_ok()
        || identity::tax_code(&compact).is_ok()
        || (all_digits && compact.len() == 9)
        || passport
}
