//! Mandates that a citizen holds: for whom they act, by which of their kept papers, in which field,
//! until when. A filing that begins with one has its owner filled in.

use jiff::civil::Date;

use super::drafts::{Answers, Draft};
use super::personal::no_paper;
use super::{Office, words};
use crate::domain::calendar::local;
use crate::domain::calendar::words::date_short;
use crate::domain::catalogue::Procedure;
use crate::domain::dossier::Directory;
use crate::domain::identity::{self, IdentityNumber};
use crate::domain::ids::{PersonalPaperId, ProcedureCode};
use crate::domain::person::{MandateKind, Person};
use crate::domain::personal::{PersonalPaper, Represents};
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::domain::words::Text;
use crate::store::ledger::Failure;

/// The answer that keeps the version of a declared form.
const FORM_VERSION: &str = "form_version";

impl Office {
    /// The papers by which somebody acts for others, the newest first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn mandates(&self, contact: &str) -> Result<Vec<PersonalPaper>, Failure> {
        let kept = self.personal_papers(contact)?.kept.into_iter();
        Ok(kept.filter(|paper| paper.represents.is_some()).collect())
    }

    /// Says for whom a kept paper lets its holder act.
    ///
    /// # Errors
    /// There is no such paper, it no longer holds, or a field is wrong.
    pub async fn set_mandate(
        &self,
        contact: &str,
        id: PersonalPaperId,
        represents: Represents,
    ) -> Result<(), Failure> {
        self.check_mandate(&represents)?;
        let today = local(self.now()).date();
        self.change_kept(contact, id, move |paper| {
            paper.represents = Some(represents);
            match paper.acts_until().is_some_and(|last| last < today) {
                true => Err(Refusal::field("paper", words::PERSONAL_EXPIRED)),
                false => Ok(()),
            }
        })
        .await
    }

    /// Takes a mandate back; the paper itself stays.
    ///
    /// # Errors
    /// There is no such paper.
    pub async fn revoke_mandate(&self, contact: &str, id: PersonalPaperId) -> Result<(), Failure> {
        self.change_kept(contact, id, |paper| {
            paper.represents = None;
            Ok(())
        })
        .await
    }

    async fn change_kept(
        &self,
        contact: &str,
        id: PersonalPaperId,
        change: impl FnOnce(&mut PersonalPaper) -> Result<(), Refusal> + Send + 'static,
    ) -> Result<(), Failure> {
        let person = self.person(contact);
        self.ledger
            .run(move |txn| {
                let mut paper = txn.personal_paper(person, id)?.ok_or_else(no_paper)?;
                change(&mut paper)?;
                txn.change_paper(person, &paper)
            })
            .await?;
        Ok(())
    }

    fn check_mandate(&self, represents: &Represents) -> Result<(), Refusal> {
        let owner = &represents.owner;
        let mut errors = Vec::new();
        let mut refuse = |field: &str, text: Text| {
            errors.push(FieldError { field: field.to_owned(), text });
        };
        if owner.name.trim().is_empty() {
            refuse("name", words::MANDATE_NAMELESS.into());
        } else if let Err(wrong) = identity::name(&owner.name) {
            refuse("name", wrong.into());
        }
        if let Some(number) = &owner.id_number
            && IdentityNumber::parse(number).is_err()
            && identity::tax_code(number).is_err()
        {
            refuse("id_number", words::MANDATE_NUMBER.into());
        }
        if let Some(phone) = &owner.phone
            && let Err(wrong) = identity::phone(phone)
        {
            refuse("phone", wrong.into());
        }
        if let Some(field) = &represents.field
            && !self.world().fields().contains(field.as_str())
        {
            refuse("field", words::MANDATE_FIELD.into());
        }
        if errors.is_empty() { Ok(()) } else { Err(Refusal::fields(errors)) }
    }

    /// Begins a filing for whom a mandate names: owner and paper are filled in.
    ///
    /// # Errors
    /// There is no such mandate, it is over, or it is not for this procedure.
    pub fn begin_by_mandate(
        &self,
        contact: &str,
        id: PersonalPaperId,
        procedure: &Procedure,
    ) -> Result<Draft, Failure> {
        let mandates = self.mandates(contact)?;
        let paper = mandates.into_iter().find(|paper| paper.id == id).ok_or_else(no_paper)?;
        let impossible = |message| Refusal::new(RefusalKind::Impossible, message);
        let represents = paper.represents.as_ref().ok_or_else(no_paper)?;
        if paper.acts_until().is_some_and(|last| last < local(self.now()).date()) {
            return Err(impossible(words::PERSONAL_EXPIRED).into());
        }
        if represents.field.as_ref().is_some_and(|field| *field != procedure.field) {
            return Err(impossible(words::MANDATE_ELSEWHERE).into());
        }
        let mut answers = self.known_of(contact)?;
        fill_in(&mut answers, represents, &paper);
        if let Some(form) = self.world().form(&ProcedureCode::from(procedure.code.as_str()), None) {
            answers.insert(FORM_VERSION.to_owned(), form.version.version.to_string());
        }
        self.begin_draft(&self.keeper_of(contact), procedure.code.as_str(), answers)
    }
}

fn fill_in(answers: &mut Answers, represents: &Represents, paper: &PersonalPaper) {
    let Person { name, id_number, birth_date, phone, email, address } = &represents.owner;
    let who = match represents.kind {
        MandateKind::Authorised => "mandate",
        MandateKind::LegalRepresentative => "law",
    };
    let part = |part: fn(Date) -> i16| birth_date.map(|day| part(day).to_string());
    let filled = [
        ("who", Some(who.to_owned())),
        ("owner.name", Some(name.clone())),
        ("owner.id_number", id_number.clone()),
        ("owner.birth_date.day", part(|day| day.day().into())),
        ("owner.birth_date.month", part(|day| day.month().into())),
        ("owner.birth_date.year", part(|day| day.year())),
        ("owner.phone", phone.clone()),
        ("owner.email", email.clone()),
        ("owner.address", address.clone()),
        ("mandate.paper", Some(in_words(paper))),
    ];
    for (name, value) in filled {
        if let Some(value) = value {
            answers.insert(name.to_owned(), value);
        }
    }
}

/// The paper as a filing names it: what, number, date, issuer.
fn in_words(paper: &PersonalPaper) -> String {
    let origin = &paper.origin;
    let number = origin.number.as_ref().map(|number| format!("số {number}"));
    let date = origin.issued_on.map(|day| format!("ngày {}", date_short(day)));
    let parts = [Some(origin.name.clone()), number, date, origin.issuer.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
