//! Persons, as the law's papers name them. `Debug` shows none of it.

use std::fmt;

use jiff::civil::Date;

/// A person or organisation who owns or files a dossier.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// Full name as typed, NFC.
    pub name: String,
    /// Identity number (CCCD, 12 digits), passport or tax code.
    pub id_number: Option<String>,
    /// Birth date.
    pub birth_date: Option<Date>,
    /// Phone, digits with an optional leading `+`.
    pub phone: Option<String>,
    /// Email address.
    pub email: Option<String>,
    /// Address in one line.
    pub address: Option<String>,
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Person(…)")
    }
}

/// By what right a submitter files for an owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MandateKind {
    /// Ủy quyền: authorised by the owner.
    Authorised,
    /// Đại diện hợp pháp: a parent, guardian or a company's head.
    LegalRepresentative,
}

/// The mandate between submitter and owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mandate {
    /// Its kind.
    pub kind: MandateKind,
    /// The paper that shows it: number, date, issuer, in words.
    pub paper: Option<String>,
}
