//! The fields of a dossier that `correct` and `correct_result` may change, by their paths.

use jiff::civil::Date;

use super::state::{Dossier, FormValue};
use crate::domain::person::Person;

/// A field that can be corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// The owner's.
    Owner(PersonField),
    /// The submitter's.
    Submitter(PersonField),
    /// An answer of the form, by its name.
    Form(String),
    /// The result's name.
    ResultName,
    /// The result's number.
    ResultNumber,
}

/// A field of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PersonField {
    Name,
    IdNumber,
    BirthDate,
    Phone,
    Email,
    Address,
}

impl PersonField {
    /// Every field.
    pub const ALL: [Self; 6] =
        [Self::Name, Self::IdNumber, Self::BirthDate, Self::Phone, Self::Email, Self::Address];

    /// Its name in paths and in the API.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::IdNumber => "id_number",
            Self::BirthDate => "birth_date",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Address => "address",
        }
    }

    fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.id() == name)
    }

    /// What stands there; empty when nothing does.
    pub fn read(self, person: &Person) -> String {
        match self {
            Self::Name => Some(person.name.clone()),
            Self::IdNumber => person.id_number.clone(),
            Self::BirthDate => person.birth_date.map(|date| date.to_string()),
            Self::Phone => person.phone.clone(),
            Self::Email => person.email.clone(),
            Self::Address => person.address.clone(),
        }
        .unwrap_or_default()
    }

    fn write(self, person: &mut Person, value: &str) {
        let text = Some(value.to_owned()).filter(|text| !text.is_empty());
        match self {
            Self::Name => person.name = value.to_owned(),
            Self::IdNumber => person.id_number = text,
            Self::BirthDate => person.birth_date = value.parse::<Date>().ok(),
            Self::Phone => person.phone = text,
            Self::Email => person.email = text,
            Self::Address => person.address = text,
        }
    }
}

impl Slot {
    /// The field with this path: `owner.name`, `submitter.phone` (also `applicant.phone`),
    /// `form.<field>`, `result.name`, or a bare `name`, which is the owner's.
    pub fn find(path: &str) -> Option<Self> {
        match path.split_once('.') {
            None => PersonField::find(path).map(Self::Owner),
            Some(("owner", field)) => PersonField::find(field).map(Self::Owner),
            Some(("submitter" | "applicant", field)) => {
                PersonField::find(field).map(Self::Submitter)
            }
            Some(("form", field)) if !field.is_empty() => Some(Self::Form(field.to_owned())),
            Some(("result", "name")) => Some(Self::ResultName),
            Some(("result", "number")) => Some(Self::ResultNumber),
            Some(_) => None,
        }
    }

    /// The field with this path in a dossier: while owner and submitter are one person, their fields
    /// are the same.
    pub fn of(path: &str, dossier: &Dossier) -> Option<Self> {
        Some(match Self::find(path)? {
            Self::Submitter(field) if is_one_person(dossier) => Self::Owner(field),
            slot => slot,
        })
    }

    /// Its path: the one spelling of several.
    pub fn path(&self) -> String {
        match self {
            Self::Owner(field) => format!("owner.{}", field.id()),
            Self::Submitter(field) => format!("submitter.{}", field.id()),
            Self::Form(name) => format!("form.{name}"),
            Self::ResultName => "result.name".to_owned(),
            Self::ResultNumber => "result.number".to_owned(),
        }
    }

    /// Whether it belongs to the result, not to the applicant's data.
    pub fn is_result(&self) -> bool {
        matches!(self, Self::ResultName | Self::ResultNumber)
    }

    /// The person's field, if it is one.
    pub fn person_field(&self) -> Option<PersonField> {
        match self {
            Self::Owner(field) | Self::Submitter(field) => Some(*field),
            _ => None,
        }
    }

    /// What stands there, or none when the dossier has no such field.
    pub fn read(&self, dossier: &Dossier) -> Option<String> {
        match self {
            Self::Owner(field) => Some(field.read(&dossier.owner)),
            Self::Submitter(field) => Some(field.read(&dossier.submitter)),
            Self::Form(name) => match dossier.form.get(name)? {
                FormValue::Text(text) | FormValue::Number(text) => Some(text.clone()),
                FormValue::Bool(yes) => Some(yes.to_string()),
                FormValue::Null => Some(String::new()),
                FormValue::List(_) | FormValue::Group(_) => None,
            },
            Self::ResultName => dossier.outcome.as_ref().map(|o| o.name.clone()),
            Self::ResultNumber => {
                dossier.outcome.as_ref().map(|o| o.number.clone().unwrap_or_default())
            }
        }
    }

    /// Puts a new value there. Owner and submitter are corrected together while they are one person.
    pub fn write(&self, dossier: &mut Dossier, value: &str) {
        match self {
            Self::Owner(field) | Self::Submitter(field) if is_one_person(dossier) => {
                field.write(&mut dossier.owner, value);
                field.write(&mut dossier.submitter, value);
            }
            Self::Owner(field) => field.write(&mut dossier.owner, value),
            Self::Submitter(field) => field.write(&mut dossier.submitter, value),
            Self::Form(name) => {
                if let Some(slot) = dossier.form.get_mut(name) {
                    *slot = like(slot, value);
                }
            }
            Self::ResultName => {
                if let Some(outcome) = &mut dossier.outcome {
                    outcome.name = value.to_owned();
                }
            }
            Self::ResultNumber => {
                if let Some(outcome) = &mut dossier.outcome {
                    outcome.number = Some(value.to_owned()).filter(|text| !text.is_empty());
                }
            }
        }
    }
}

/// Whether who files is the one whose matter it is.
pub(super) fn is_one_person(dossier: &Dossier) -> bool {
    dossier.mandate.is_none() && dossier.owner == dossier.submitter
}

/// An answer of the same kind as the old one, when the new value can be one.
fn like(old: &FormValue, value: &str) -> FormValue {
    match (old, value.parse::<bool>()) {
        (FormValue::Bool(_), Ok(yes)) => FormValue::Bool(yes),
        (FormValue::Number(_), _) if is_number(value) => FormValue::Number(value.to_owned()),
        _ => FormValue::Text(value.to_owned()),
    }
}

/// A decimal number as JSON writes it.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    digits(whole) && digits(fraction) && (whole.len() == 1 || !whole.starts_with('0'))
}

#[cfg(test)]
mod tests {
    use super::is_number;

    #[test]
    fn numbers_are_those_of_json() {
        for number in ["0", "12", "-3", "0.5", "10.25"] {
            assert!(is_number(number), "{number}");
        }
        for text in ["", "-", "+3", ".5", "3.", "007", "1e5", "1,5", "ba"] {
            assert!(!is_number(text), "{text}");
        }
    }
}
