//! Persons whom earlier dossiers of an account already name, so that nobody types them again.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::domain::dossier::{Dossier, Form, FormValue};
use crate::domain::ids::{DossierCode, ProcedureCode};
use crate::domain::person::Person;
use crate::domain::words::fold;
use crate::office::{Failure, Office};

/// Dossiers that are looked through, the newest first.
const LOOKED: usize = 20;
/// Persons that are offered.
const OFFERED: usize = 8;
/// How long a dossier of the same case is asked about.
const TWIN_DAYS: i64 = 30;
/// The family of procedures whose forms name a child.
const BIRTHS: &str = "khai-sinh";

/// A person and where it is known from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPerson {
    /// The person.
    pub person: Person,
    /// The dossier that names it.
    pub from: DossierCode,
    /// When that was filed.
    pub at: Timestamp,
}

impl Office {
    /// The last dossier of an account, from which its profile is, with the day of its filing.
    ///
    /// # Errors
    /// A store cannot be read.
    pub fn profile_source(
        &self,
        contact: &str,
    ) -> Result<Option<(DossierCode, Timestamp)>, Failure> {
        let account = self.account(contact)?;
        let last = account.dossiers.last().copied();
        let dossiers = self.applicants_dossiers(last.as_slice())?;
        Ok(dossiers.first().map(|dossier| (dossier.code.clone(), dossier.submitted_at)))
    }

    /// A dossier of an account that is open and was filed not long ago in the same case: the same
    /// procedure for the same person.
    ///
    /// # Errors
    /// A store cannot be read.
    pub fn open_twin(
        &self,
        contact: &str,
        procedure: &ProcedureCode,
        owner: &Person,
    ) -> Result<Option<Dossier>, Failure> {
        let mut ids = self.account(contact)?.dossiers;
        ids.reverse();
        ids.truncate(LOOKED);
        let since = self.env.now() - SignedDuration::from_hours(TWIN_DAYS * 24);
        let is_twin = |dossier: &Dossier| {
            dossier.procedure == *procedure
                && !dossier.status.is_ended()
                && dossier.submitted_at >= since
                && is_same(&dossier.owner, owner)
        };
        Ok(self.applicants_dossiers(&ids)?.into_iter().find(is_twin))
    }

    /// The others for whom an account has filed, and the children whose birth it registered.
    ///
    /// # Errors
    /// A store cannot be read.
    pub fn known_persons(&self, contact: &str) -> Result<Vec<KnownPerson>, Failure> {
        let mut ids = self.account(contact)?.dossiers;
        ids.reverse();
        ids.truncate(LOOKED);
        let world = self.world();
        let births = world.guide(BIRTHS).map(|set| set.guide.procedures.as_slice());
        let mut known: Vec<KnownPerson> = Vec::new();
        for dossier in self.applicants_dossiers(&ids)? {
            let is_birth = births.is_some_and(|births| births.contains(&dossier.procedure));
            let child = is_birth.then(|| child(&dossier.form)).flatten();
            let owner = Some(dossier.owner.clone()).filter(|owner| is_another(owner, &dossier));
            for person in child.into_iter().chain(owner) {
                let is_same = |other: &KnownPerson| {
                    fold(&other.person.name) == fold(&person.name)
                        && other.person.birth_date == person.birth_date
                };
                if !known.iter().any(is_same) {
                    let (from, at) = (dossier.code.clone(), dossier.submitted_at);
                    known.push(KnownPerson { person, from, at });
                }
            }
        }
        known.truncate(OFFERED);
        Ok(known)
    }
}

/// Whether two descriptions are of one person, as far as both say it.
fn is_same(one: &Person, other: &Person) -> bool {
    let agree = |one: Option<String>, other: Option<String>| {
        one.is_none() || other.is_none() || one == other
    };
    let day = |person: &Person| person.birth_date.map(|day| day.to_string());
    fold(&one.name) == fold(&other.name)
        && agree(one.id_number.clone(), other.id_number.clone())
        && agree(day(one), day(other))
}

fn is_another(owner: &Person, dossier: &Dossier) -> bool {
    !owner.name.is_empty() && fold(&owner.name) != fold(&dossier.submitter.name)
}

/// The child that a birth's form names.
fn child(form: &Form) -> Option<Person> {
    let text = |key: &str| match form.get(key) {
        Some(FormValue::Text(text)) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        _ => None,
    };
    let birth_date = text("ngay_sinh").and_then(|day| day.parse::<Date>().ok());
    Some(Person { name: text("ho_ten")?, birth_date, ..Person::default() })
}
