//! Persons as they are sent and shown.

use jiff::civil::Date;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::ToSchema;

use super::names::MandateKindName;
use crate::domain::person::{Mandate, Person};
use crate::domain::territory::{Address, Commune, Found, Recognised, territory};

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
    /// Address in one line; not needed when `place` is given, which it is then made of.
    pub address: Option<String>,
    /// The address by its commune; answered when the line names a commune of today.
    pub place: Option<PlaceBody>,
}

/// An address by its commune.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Place)]
pub struct PlaceBody {
    /// The national code of a commune, ward or special zone, as since 1 July 2025.
    #[schema(value_type = String, example = "13669")]
    pub commune: CommuneCode,
    /// House, street, hamlet.
    #[serde(default)]
    pub detail: String,
    /// The commune's name; only answered.
    #[serde(default)]
    pub commune_name: String,
    /// The province's national code; only answered.
    #[serde(default)]
    pub province: String,
    /// The province's name; only answered.
    #[serde(default)]
    pub province_name: String,
}

/// The code of a commune that is known.
#[derive(Clone, Copy)]
pub struct CommuneCode(&'static Commune);

impl Serialize for CommuneCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.code)
    }
}

impl<'de> Deserialize<'de> for CommuneCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        let known = territory().commune(&code).map(Self);
        known.ok_or_else(|| D::Error::custom("expected the code of a commune"))
    }
}

impl PlaceBody {
    /// The address in one line.
    fn line(&self) -> String {
        let commune = self.commune.0;
        let address = Address {
            province: territory().province_of(commune).name.to_owned(),
            commune: commune.name.to_owned(),
            detail: self.detail.trim().to_owned(),
        };
        address.line()
    }

    /// The commune that a line names, when it is one of today.
    fn of(line: &str) -> Option<Self> {
        let Recognised { found: Found::Now(commune), detail } = territory().recognise(line) else {
            return None;
        };
        let province = territory().province_of(commune);
        Some(Self {
            commune: CommuneCode(commune),
            detail,
            commune_name: commune.name.to_owned(),
            province: province.code.to_owned(),
            province_name: province.name.to_owned(),
        })
    }
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
            address: body.place.map(|place| place.line()).or_else(|| filled(body.address)),
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
            place: person.address.as_deref().and_then(PlaceBody::of),
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
