//! Persons as they are sent and shown.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::names::MandateKindName;
use crate::domain::person::{Mandate, Person};

/// A person or organisation.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Person)]
pub struct PersonBody {
    /// Full name.
    #[schema(example = "Nguyễn Văn An")]
    pub name: String,
    /// Identity number (12 digits), passport or tax code.
    pub id_number: Option<String>,
    /// Birth date.
    #[schema(value_type = Option<String>, format = Date)]
    pub birth_date: Option<Date>,
    /// Vietnamese mobile or fixed number, also with +84.
    pub phone: Option<String>,
    /// Email address.
    pub email: Option<String>,
    /// Address in one line.
    pub address: Option<String>,
}

/// By what right the applicant files for the owner.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Mandate)]
pub struct MandateBody {
    /// Authorised by the owner, or their legal representative.
    pub kind: MandateKindName,
    /// The paper that shows it: number, date, issuer, in words.
    pub paper: Option<String>,
}

fn filled(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

impl From<PersonBody> for Person {
    fn from(body: PersonBody) -> Self {
        Self {
            name: body.name.trim().to_owned(),
            id_number: filled(body.id_number),
            birth_date: body.birth_date,
            phone: filled(body.phone),
            email: filled(body.email),
            address: filled(body.address),
        }
    }
}

impl From<&Person> for PersonBody {
    fn from(person: &Person) -> Self {
        Self {
            name: person.name.clone(),
            id_number: person.id_number.clone(),
            birth_date: person.birth_date,
            phone: person.phone.clone(),
            email: person.email.clone(),
            address: person.address.clone(),
        }
    }
}

impl From<MandateBody> for Mandate {
    fn from(body: MandateBody) -> Self {
        Self { kind: body.kind.into(), paper: filled(body.paper) }
    }
}

impl From<&Mandate> for MandateBody {
    fn from(mandate: &Mandate) -> Self {
        Self { kind: mandate.kind.into(), paper: mandate.paper.clone() }
    }
}
