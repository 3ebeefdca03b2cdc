//! A person's papers (Kho giấy tờ của tôi): the results of their dossiers, and what they keep to use
//! again. For the contact alone that proved to be theirs.

use std::sync::Arc;

use jiff::civil::Date;

use super::uploads::{Upload, check_unclaimed};
use super::{Caller, Office, words};
use crate::documents::blobs::PutError;
use crate::domain::calendar::local;
use crate::domain::dossier::{Attachment, Directory, Dossier};
use crate::domain::ids::{AttachmentId, DossierCode, PersonalPaperId};
use crate::domain::personal::{Holds, MOST, MOST_BYTES, Origin, OriginKind, PersonalPaper};
use crate::domain::privacy::{Purpose, Way};
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::store::ledger::Failure;
use crate::store::persons::PersonId;

/// What is said when somebody does not agree that a paper is kept.
pub const CONSENT_NEEDED: crate::domain::words::Message = words::PERSONAL_CONSENT;
/// Longest name of a paper, in characters; of its number and issuer too.
const LONGEST: usize = 200;

/// A paper that a person adds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewPaper {
    /// What it is.
    pub name: String,
    /// Its number.
    pub number: String,
    /// Who issued it.
    pub issuer: String,
    /// Its date.
    pub issued_on: Option<Date>,
    /// After this day it no longer holds.
    pub expires_on: Option<Date>,
    /// Its files, uploaded by the person.
    pub files: Vec<AttachmentId>,
    /// They agree that it is kept, for this purpose.
    pub is_agreed: bool,
}

/// What a person has to hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Papers {
    /// Results of their dossiers, newest first.
    pub results: Vec<PersonalPaper>,
    /// What they keep, newest first.
    pub kept: Vec<PersonalPaper>,
}

impl Papers {
    /// All of them, results first.
    pub fn all(&self) -> impl Iterator<Item = &PersonalPaper> {
        self.results.iter().chain(&self.kept)
    }

    /// The one with this id.
    pub fn find(&self, id: PersonalPaperId) -> Option<&PersonalPaper> {
        self.all().find(|paper| paper.id == id)
    }

    /// Those that a component may be, those that no longer hold last.
    pub fn fitting(&self, component: &str, today: Date) -> Vec<&PersonalPaper> {
        let mut fitting: Vec<_> = self.all().filter(|paper| paper.fits(component)).collect();
        fitting.sort_by_key(|paper| paper.holds(today) == Holds::No);
        fitting
    }
}

/// The refusal of a paper that is not there, or not for this person.
pub fn no_paper() -> Refusal {
    Refusal::new(RefusalKind::NotFound, words::PERSONAL_NONE)
}

fn text(value: &str) -> Option<String> {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    (!value.is_empty()).then_some(value)
}

impl Office {
    pub(super) fn person(&self, contact: &str) -> PersonId {
        PersonId(*blake3::keyed_hash(self.person_key.bytes(), contact.as_bytes()).as_bytes())
    }

    /// What a contact has to hand.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn personal_papers(&self, contact: &str) -> Result<Papers, Failure> {
        let mut kept = self.ledger.reader()?.personal_papers(self.person(contact))?;
        kept.sort_by_key(|paper| std::cmp::Reverse(paper.kept_at));
        let dossiers = self.applicants_dossiers(&self.account(contact)?.dossiers)?;
        let mut results: Vec<_> = dossiers.iter().filter_map(|one| self.result_of(one)).collect();
        results.sort_by_key(|paper| std::cmp::Reverse(paper.kept_at));
        Ok(Papers { results, kept })
    }

    /// What a contact has to hand where a paper is asked for; nothing while they have restricted it.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn offered_papers(&self, contact: &str) -> Result<Papers, Failure> {
        match self.privacy_standing(contact)?.restricted {
            Some(_) => Ok(Papers::default()),
            None => self.personal_papers(contact),
        }
    }

    /// The result of a dossier as a paper: granted, and there as a file.
    fn result_of(&self, dossier: &Dossier) -> Option<PersonalPaper> {
        let outcome = dossier.outcome.as_ref().filter(|outcome| outcome.favourable)?;
        let files: Vec<Attachment> = dossier.result_files().cloned().collect();
        if files.is_empty() || !dossier.status.is_ended() {
            return None;
        }
        let issued = dossier.number.as_ref().map(|(_, date)| *date);
        let ended = dossier.ended_at?;
        let origin = Origin {
            kind: OriginKind::Result,
            name: outcome.name.clone(),
            number: outcome.number.clone(),
            issued_on: Some(issued.unwrap_or_else(|| local(ended).date())),
            issuer: Some(self.agency_name(dossier)),
            dossier: Some(dossier.code.clone()),
        };
        let id = PersonalPaperId(dossier.id.0);
        Some(PersonalPaper {
            id,
            origin,
            expires_on: None,
            files,
            kept_at: ended,
            represents: None,
        })
    }

    fn agency_name(&self, dossier: &Dossier) -> String {
        let (world, code) = (self.world(), &dossier.competent_agency);
        world.agency(code).map_or_else(|| code.to_string(), |agency| agency.name.clone())
    }

    /// A dossier of a contact's account.
    ///
    /// # Errors
    /// It is not theirs, or the store cannot be read.
    pub fn own_dossier(&self, contact: &str, code: &DossierCode) -> Result<Dossier, Failure> {
        let own = self.applicants_dossiers(&self.account(contact)?.dossiers)?;
        let found = own.into_iter().find(|dossier| dossier.code == *code);
        found.ok_or_else(|| super::no_dossier().into())
    }

    /// Keeps files that a person uploaded as a paper of theirs.
    ///
    /// # Errors
    /// A refusal that names every field to repair, the limits of a person, or a fault.
    pub async fn add_paper(&self, contact: &str, new: NewPaper) -> Result<PersonalPaper, Failure> {
        self.check_new(&new)?;
        let wanted: Vec<_> = new.files.iter().map(|id| ("files".to_owned(), *id)).collect();
        let uploads = self.claim_uploads(&wanted, &Caller::Citizen(contact.to_owned()))?;
        let origin = Origin {
            kind: OriginKind::Added,
            name: text(&new.name).unwrap_or_default(),
            number: text(&new.number),
            issued_on: new.issued_on,
            issuer: text(&new.issuer),
            dossier: None,
        };
        self.keep_paper(contact, origin, new.expires_on, uploads).await
    }

    fn check_new(&self, new: &NewPaper) -> Result<(), Refusal> {
        let mut errors = Vec::new();
        let mut refuse = |field: &str, text: crate::domain::words::Text| {
            errors.push(FieldError { field: field.to_owned(), text });
        };
        if text(&new.name).is_none() {
            refuse("name", words::PERSONAL_NAMELESS.into());
        }
        for (field, value) in
            [("name", &new.name), ("number", &new.number), ("issuer", &new.issuer)]
        {
            if value.chars().count() > LONGEST {
                refuse(field, words::PERSONAL_LONG.text(&[("max", &LONGEST.to_string())]));
            }
        }
        let today = local(self.env.now()).date();
        if new.issued_on.is_some_and(|day| day > today) {
            refuse("issued_on", words::PERSONAL_AHEAD.into());
        }
        if let (Some(issued), Some(expires)) = (new.issued_on, new.expires_on)
            && expires < issued
        {
            refuse("expires_on", words::PERSONAL_EXPIRED_BEFORE.into());
        }
        if new.files.is_empty() {
            refuse("files", words::PERSONAL_FILELESS.into());
        }
        if !new.is_agreed {
            refuse("agreed", words::PERSONAL_CONSENT.into());
        }
        if errors.is_empty() { Ok(()) } else { Err(Refusal::fields(errors)) }
    }

    /// Keeps a paper that was handed in with a dossier of one's own: a copy, which the dossier's end
    /// does not touch.
    ///
    /// # Errors
    /// The dossier or the file is not theirs, the limits of a person, or a fault.
    pub async fn keep_from_dossier(
        &self,
        contact: &str,
        code: &DossierCode,
        file: AttachmentId,
    ) -> Result<PersonalPaper, Failure> {
        let dossier = self.own_dossier(contact, code)?;
        let attachment = dossier.attachment(file).ok_or_else(no_paper)?;
        let paper = attachment.component.as_ref().and_then(|component| dossier.paper(component));
        let compared = dossier.confirmed_by(file).is_some();
        let evidence = paper.map(|paper| paper.evidence.clone()).unwrap_or_default();
        let origin = match (&attachment.origin, attachment.is_result) {
            (Some(origin), _) => origin.clone(),
            (None, true) => self.result_of(&dossier).ok_or_else(no_paper)?.origin,
            (None, false) => Origin {
                kind: if compared { OriginKind::Compared } else { OriginKind::HandedIn },
                name: paper.map_or_else(|| attachment.name.clone(), |paper| paper.name.clone()),
                number: evidence.number,
                issued_on: evidence.issued_on,
                issuer: match compared {
                    true => Some(self.agency_name(&dossier)),
                    false => evidence.issuer,
                },
                dossier: Some(dossier.code.clone()),
            },
        };
        let copy = self.copy_for(contact, attachment, None).await?;
        self.keep_paper(contact, origin, None, vec![copy]).await
    }

    /// Copies the files of a paper, as files that wait for a dossier of the contact's; `owner` is who
    /// names them later.
    ///
    /// # Errors
    /// There is no such paper, it no longer holds, or the disk fails.
    pub async fn reuse_paper(
        &self,
        contact: &str,
        id: PersonalPaperId,
        owner: &Caller,
    ) -> Result<Vec<Upload>, Failure> {
        let papers = self.personal_papers(contact)?;
        let paper = papers.find(id).ok_or_else(no_paper)?;
        if paper.holds(local(self.env.now()).date()) == Holds::No {
            return Err(Refusal::new(RefusalKind::Impossible, words::PERSONAL_EXPIRED).into());
        }
        let mut copies = Vec::with_capacity(paper.files.len());
        for file in &paper.files {
            let copy = self.copy_for(contact, file, Some(paper.origin.clone())).await?;
            let mine = Caller::Citizen(contact.to_owned());
            copies.push(match *owner == mine {
                true => copy,
                false => self.hand_upload(copy.id, &mine, owner)?.ok_or_else(no_paper)?,
            });
        }
        Ok(copies)
    }

    /// A copy of a file under a fresh blob: two papers never share one.
    async fn copy_for(
        &self,
        contact: &str,
        file: &Attachment,
        origin: Option<Origin>,
    ) -> Result<Upload, Failure> {
        let (id, from) = (AttachmentId(self.env.bytes()), file.clone());
        let (blobs, most) = (self.blobs.clone(), self.max_upload);
        let copying = tokio::task::spawn_blocking(move || blobs.copy(id, &from, most));
        let copied: Result<_, PutError> = copying.await.map_err(|error| {
            use crate::store::engine::{Fault, FaultKind};
            Fault::caused(FaultKind::Interrupted, "copying a file", error)
        })?;
        self.keep_blob_of(copied?, &Caller::Citizen(contact.to_owned()), origin)
    }

    async fn keep_paper(
        &self,
        contact: &str,
        origin: Origin,
        expires_on: Option<Date>,
        uploads: Vec<Upload>,
    ) -> Result<PersonalPaper, Failure> {
        let now = self.env.now();
        let waiting: Vec<AttachmentId> = uploads.iter().map(|upload| upload.id).collect();
        let files = uploads.into_iter().map(|upload| upload.attachment(None, false, now));
        let paper = PersonalPaper {
            id: PersonalPaperId(self.env.bytes()),
            origin,
            expires_on,
            files: files.collect(),
            kept_at: now,
            represents: None,
        };
        let (person, kept) = (self.person(contact), paper.clone());
        // Whoever comes here has ticked that they agree.
        let agreed = self.agreement(contact, Purpose::Papers, Way::Papers)?;
        let done = self.ledger.run(move |txn| {
            let files: Arc<[Attachment]> = kept.files.clone().into();
            check_unclaimed(txn, &files)?;
            if let Some(holdings) = txn.holdings(person)?
                && (holdings.papers >= MOST || holdings.bytes + kept.size() > MOST_BYTES)
            {
                let (n, mb) = (MOST.to_string(), (MOST_BYTES >> 20).to_string());
                let text = words::PERSONAL_FULL.text(&[("n", &n), ("mb", &mb)]);
                return Err(Refusal::field("files", text).into());
            }
            agreed.iter().try_for_each(|entry| txn.note_privacy(entry))?;
            txn.keep_paper(person, &kept)
        });
        match done.await {
            Ok(_) => {
                self.forget_uploads(&waiting)?;
                Ok(paper)
            }
            Err(failure) => Err(failure),
        }
    }

    /// Deletes a paper that a person keeps: its row, its key with the last one, and its bytes.
    ///
    /// # Errors
    /// There is no such paper, it is a dossier's result, or the disk fails.
    pub async fn delete_paper(&self, contact: &str, id: PersonalPaperId) -> Result<(), Failure> {
        let papers = self.personal_papers(contact)?;
        if papers.results.iter().any(|paper| paper.id == id) {
            return Err(Refusal::new(RefusalKind::Impossible, words::PERSONAL_OF_DOSSIER).into());
        }
        let person = self.person(contact);
        let gone = self.ledger.run(move |txn| {
            let paper = txn.personal_paper(person, id)?.ok_or_else(no_paper)?;
            txn.drop_paper(person, &paper)?;
            Ok(paper)
        });
        for file in gone.await?.value.files {
            self.remove_blob(file.id)?;
        }
        Ok(())
    }

    /// A file of a paper of a contact.
    ///
    /// # Errors
    /// There is no such paper or file.
    pub fn paper_file(
        &self,
        contact: &str,
        id: PersonalPaperId,
        file: AttachmentId,
    ) -> Result<Attachment, Failure> {
        let papers = self.personal_papers(contact)?;
        let paper = papers.find(id).ok_or_else(no_paper)?;
        let found = paper.files.iter().find(|known| known.id == file).cloned();
        found.ok_or_else(|| no_paper().into())
    }
}
