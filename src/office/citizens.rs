//! A citizen's account: what is known of them for the next filing, and its deletion.

use super::drafts::Answers;
use super::sessions::{CodeFor, Whose, clean_contact};
use super::{Office, words};
use crate::domain::personal::PersonalPaper;
use crate::domain::privacy::{Act, Entry, Purpose, Way};
use crate::domain::refusal::Refusal;
use crate::store::engine::Batch;
use crate::store::ledger::Failure;
use crate::store::tables::CODES_SENT;

/// The beginning of the names of what an account knows of its owner.
pub const PROFILE: &str = "applicant.";

/// What an account holds, before it is deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Belongings {
    /// Drafts that were not sent.
    pub drafts: usize,
    /// Papers that the person keeps.
    pub papers: usize,
    /// Dossiers that were filed: they stay as long as the law wants them.
    pub dossiers: usize,
}

impl Office {
    /// Keeps what somebody says of themselves, so that the next filing begins with it: they agree to it
    /// now, or have agreed.
    ///
    /// # Errors
    /// They do not agree, or a store fails.
    pub async fn set_profile(
        &self,
        contact: &str,
        answers: Answers,
        agrees: bool,
    ) -> Result<(), Failure> {
        if agrees {
            let entry = self.agreement(contact, Purpose::Remember, Way::Account)?;
            self.note_privacy(entry.into_iter().collect()).await?;
        } else if self.privacy_standing(contact)?.agreed(Purpose::Remember).is_none() {
            return Err(Refusal::field(Purpose::Remember.id(), words::REMEMBER_CONSENT).into());
        }
        let is_own = |(name, value): &(String, String)| {
            name.starts_with(PROFILE) && !value.trim().is_empty()
        };
        let own = answers.into_iter().filter(is_own).collect();
        self.change_account_of(contact, |account| account.profile = own)
    }

    /// Deletes what somebody said of themselves.
    pub(super) fn forget_profile(&self, contact: &str) -> Result<(), Failure> {
        self.change_account_of(contact, |account| account.profile = Answers::new())
    }

    /// What an account holds.
    ///
    /// # Errors
    /// A store cannot be read.
    pub fn belongings(&self, contact: &str) -> Result<Belongings, Failure> {
        Ok(Belongings {
            drafts: self.drafts(&self.keeper_of(contact))?.len(),
            papers: self.personal_papers(contact)?.kept.len(),
            dossiers: self.account(contact)?.dossiers.len(),
        })
    }

    /// Deletes an account after a code to its telephone or email address.
    ///
    /// # Errors
    /// The code is wrong or too old, and nothing has changed then; or a store fails.
    pub async fn delete_account(&self, contact: &str, code: &str) -> Result<(), Failure> {
        let contact = clean_contact(contact)
            .ok_or_else(|| Refusal::field("contact", words::CONTACT_MISSING))?;
        self.verify_code(&contact, CodeFor::Delete, code)?;
        self.delete_whole_account(&contact).await
    }

    /// Deletes an account whose owner has proved to be theirs.
    pub(super) async fn delete_whole_account(&self, contact: &str) -> Result<(), Failure> {
        let erased = self.privacy_entry(contact, Act::Erased, Way::Account);
        self.erase_account(contact, erased).await?;
        tracing::info!("a citizen's account was deleted by its owner");
        Ok(())
    }

    /// Erases an account: drafts with their files, kept papers, what is known of the person, consents and
    /// every session. Dossiers stay: they are the agency's, and their code and secret open them as before.
    pub(super) async fn erase_account(&self, contact: &str, erased: Entry) -> Result<(), Failure> {
        let kept: Vec<PersonalPaper> = self.personal_papers(contact)?.kept;
        for paper in kept {
            self.delete_paper(contact, paper.id).await?;
        }
        let keeper = self.keeper_of(contact);
        for draft in self.drafts(&keeper)? {
            self.drop_draft(&keeper, &draft)?;
        }
        self.forget_links(contact)?;
        self.forget_keeper(&keeper)?;
        let mut batch = Batch::new();
        batch.delete(CODES_SENT, self.row_name("code", contact));
        self.relaxed.commit(batch)?;
        self.close_requests(contact, &erased).await?;
        self.note_privacy(vec![erased]).await?;
        self.end_sessions(Whose::Contact(contact), "")
    }
}
