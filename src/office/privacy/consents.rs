//! Consents by purpose: given in a box that nobody ticked beforehand, taken back at any time with effect
//! at once, each with the version and hash of the words, in a chained record.

use jiff::SignedDuration;

use crate::domain::privacy::{Act, Entry, Purpose, Standing, Way};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::office::citizens::PROFILE;
use crate::office::drafts::Answers;
use crate::office::sessions::CodeFor;
use crate::office::{Failure, Office, words};
use crate::store::event_log::sha256;

use super::Privacy;

/// Copies that one contact may take within a day.
const COPIES_A_DAY: usize = 3;
/// Who does what a citizen does.
pub(super) const APPLICANT: &str = "applicant";

impl Office {
    /// What is said and promised about personal data.
    pub fn privacy(&self) -> &Privacy {
        &self.privacy
    }

    /// The record of a contact's data, the oldest line first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn privacy_record(&self, contact: &str) -> Result<Vec<Entry>, Failure> {
        self.ledger.reader()?.privacy_of(self.person(contact))
    }

    /// What a contact has agreed to, and whether its data are restricted.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn privacy_standing(&self, contact: &str) -> Result<Standing, Failure> {
        Ok(Standing::after(&self.privacy_record(contact)?))
    }

    /// A line of the record by the person themselves, now.
    pub(in crate::office) fn privacy_entry(&self, contact: &str, act: Act, way: Way) -> Entry {
        Entry {
            at: self.now(),
            person: self.person(contact).0,
            actor: APPLICANT.to_owned(),
            act,
            purpose: None,
            version: 0,
            text: [0; 32],
            way,
            request: 0,
        }
    }

    /// The line that says that a contact agrees to a purpose in its present words; none when it says so
    /// already.
    ///
    /// # Errors
    /// Nothing is asked for the purpose today, or the store cannot be read.
    pub(in crate::office) fn agreement(
        &self,
        contact: &str,
        purpose: Purpose,
        way: Way,
    ) -> Result<Option<Entry>, Failure> {
        let today = self.today();
        let text = self
            .privacy
            .texts
            .consent(purpose, today)
            .ok_or_else(|| Refusal::new(RefusalKind::Impossible, words::PURPOSE_NONE))?;
        let standing = self.privacy_standing(contact)?;
        if standing.agreed(purpose).is_some_and(|known| known.version == text.version) {
            return Ok(None);
        }
        Ok(Some(Entry {
            purpose: Some(purpose),
            version: text.version,
            text: sha256(text.said().as_bytes()),
            ..self.privacy_entry(contact, Act::Agreed, way)
        }))
    }

    /// Notes lines of the record.
    pub(in crate::office) async fn note_privacy(&self, entries: Vec<Entry>) -> Result<(), Failure> {
        if entries.is_empty() {
            return Ok(());
        }
        let noted = self
            .ledger
            .run(move |txn| entries.iter().try_for_each(|entry| txn.note_privacy(entry)));
        noted.await.map(|_| ())
    }

    /// Takes a consent back, with effect at once: what it allowed to keep is deleted.
    ///
    /// # Errors
    /// A store or the disk fails.
    pub async fn withdraw(&self, contact: &str, purpose: Purpose, way: Way) -> Result<(), Failure> {
        match purpose {
            Purpose::Remember => self.forget_profile(contact)?,
            Purpose::Papers => {
                for paper in self.personal_papers(contact)?.kept {
                    self.delete_paper(contact, paper.id).await?;
                }
            }
        }
        if self.privacy_standing(contact)?.agreed(purpose).is_none() {
            return Ok(());
        }
        let entry = self.privacy_entry(contact, Act::Withdrew, way);
        self.note_privacy(vec![Entry { purpose: Some(purpose), ..entry }]).await
    }

    /// Notes that a contact takes a copy of what is kept of them, after a code to it.
    ///
    /// # Errors
    /// The code is wrong or too old, they took too many today, or the store fails.
    pub async fn begin_copy(&self, contact: &str, code: &str) -> Result<(), Failure> {
        self.verify_code(contact, CodeFor::Copy, code)?;
        let since = self.now() - SignedDuration::from_hours(24);
        let record = self.privacy_record(contact)?;
        let lately = record.iter().filter(|one| one.act == Act::Exported && one.at > since).count();
        if lately >= COPIES_A_DAY {
            let text = words::COPIES_MANY.text(&[("n", &COPIES_A_DAY.to_string())]);
            return Err(Refusal::new(RefusalKind::TooMany, text).into());
        }
        let entry = self.privacy_entry(contact, Act::Exported, Way::Account);
        self.note_privacy(vec![entry]).await?;
        tracing::info!("a copy of one's own data was asked for");
        Ok(())
    }

    /// Ends a restriction that the person asked for.
    ///
    /// # Errors
    /// The store fails.
    pub async fn release(&self, contact: &str) -> Result<(), Failure> {
        if self.privacy_standing(contact)?.restricted.is_none() {
            return Ok(());
        }
        self.note_privacy(vec![self.privacy_entry(contact, Act::Released, Way::Account)]).await
    }

    /// What an account may fill the next filing in with: what its owner agreed to be remembered, and
    /// nothing while they have restricted it.
    ///
    /// # Errors
    /// A store cannot be read.
    pub fn remembered_details(&self, contact: &str) -> Result<Answers, Failure> {
        match self.privacy_standing(contact)?.may_use(Purpose::Remember) {
            true => Ok(self.account(contact)?.profile),
            false => Ok(Answers::new()),
        }
    }

    /// Remembers what somebody said of themselves in a filing: when they agree to it now, or have agreed.
    /// Whoever did not is not remembered.
    ///
    /// # Errors
    /// A store fails.
    pub async fn remember_applicant(
        &self,
        contact: &str,
        answers: &Answers,
        agrees: bool,
    ) -> Result<(), Failure> {
        if agrees {
            let entry = self.agreement(contact, Purpose::Remember, Way::Filing)?;
            self.note_privacy(entry.into_iter().collect()).await?;
        }
        if !self.privacy_standing(contact)?.may_use(Purpose::Remember) {
            return Ok(());
        }
        let own = answers.iter().filter(|(name, _)| name.starts_with(PROFILE));
        let own = own.map(|(name, value)| (name.clone(), value.clone())).collect();
        self.change_account_of(contact, |account| account.profile = own)
    }
}
