//! Persons whom earlier dossiers of an account already name, so that nobody types them again.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::domain::catalogue::Channel;
use crate::domain::dossier::{Dossier, Form, FormValue};
use crate::domain::form::{Declaration, Prefill, PrefillOf, PrefillPart};
use crate::domain::ids::{DossierCode, ProcedureCode};
use crate::domain::person::Person;
use crate::domain::privacy::Purpose;
use crate::domain::words::fold;
use crate::office::{Failure, Office};

/// Dossiers that are looked through, the newest first.
const LOOKED: usize = 20;
/// Persons that are offered.
const OFFERED: usize = 8;
/// How long a dossier of the same case is asked about.
const TWIN_DAYS: i64 = 30;

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
        if self.remembered_details(contact)?.is_empty() {
            return Ok(None);
        }
        let account = self.account(contact)?;
        if account.profile.is_empty() {
            return Ok(None);
        }
        let last: Vec<_> = account.dossiers.iter().rev().take(LOOKED).copied().collect();
        let dossiers = self.applicants_dossiers(&last)?;
        // What was received at the counter left the profile as it was.
        let own = dossiers.iter().find(|dossier| dossier.channel == Channel::Online);
        Ok(own.map(|dossier| (dossier.code.clone(), dossier.submitted_at)))
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

    /// The others for whom an account has filed, and whom its forms name in their place, such as a child;
    /// nobody unless its owner agreed to be remembered.
    ///
    /// # Errors
    /// A store cannot be read.
    pub fn known_persons(&self, contact: &str) -> Result<Vec<KnownPerson>, Failure> {
        if !self.privacy_standing(contact)?.may_use(Purpose::Remember) {
            return Ok(Vec::new());
        }
        let mut ids = self.account(contact)?.dossiers;
        ids.reverse();
        ids.truncate(LOOKED);
        let world = self.world();
        let mut known: Vec<KnownPerson> = Vec::new();
        for dossier in self.applicants_dossiers(&ids)? {
            let form = dossier.form_version.as_ref().and_then(|version| world.form_of(version));
            let child = form.and_then(|form| represented(&form.declaration, &dossier.form));
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

/// The person whom answers name where whoever is filed for would be filled in.
fn represented(form: &Declaration, answers: &Form) -> Option<Person> {
    let said = |part: PrefillPart| {
        let prefill = Some(Prefill { of: PrefillOf::Represented, part });
        let question = form.questions().find(|question| question.prefill == prefill)?;
        match answers.get(&question.key) {
            Some(FormValue::Text(text)) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            _ => None,
        }
    };
    let birth_date = said(PrefillPart::BirthDate).and_then(|day| day.parse::<Date>().ok());
    Some(Person { name: said(PrefillPart::Name)?, birth_date, ..Person::default() })
}
