//! What the desk, the public and administration read of letters.

use super::words;
use crate::domain::dossier::Dossier;
use crate::domain::ids::{DossierCode, UserName};
use crate::domain::notice::{Addressee, Channel, Delivery, DeliveryState};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::office::{Caller, Failure, Office, no_dossier};
use crate::store::outbox::{Listed, Posted};

/// Most deliveries that are counted or listed for administration.
const MOST: usize = 10_000;
/// Given-up deliveries that are shown.
const SHOWN: usize = 50;

/// The outbox as administration sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outbox {
    /// Deliveries that wait, up to ten thousand.
    pub waiting: usize,
    /// Deliveries that were given up, up to ten thousand.
    pub dead: usize,
    /// The newest of them.
    pub troubled: Vec<Troubled>,
}

/// A delivery that was given up, or has failed and waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Troubled {
    /// Its dossier.
    pub code: DossierCode,
    /// The letter's subject is not shown here: only what went wrong.
    pub delivery: Delivery,
}

impl Office {
    /// Everything that was said of a dossier, to a desk caller who may see it.
    ///
    /// # Errors
    /// The dossier is not the caller's to see, or the store cannot be read.
    pub fn letters(&self, caller: &Caller, code: &DossierCode) -> Result<Vec<Posted>, Failure> {
        let dossier = self.whole_dossier(caller, code)?;
        self.ledger.reader()?.letters(dossier.id)
    }

    /// What the applicant was told, newest first. Their right to the dossier was checked.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn letters_to_applicant(&self, dossier: &Dossier) -> Result<Vec<Posted>, Failure> {
        let mut letters = self.ledger.reader()?.letters(dossier.id)?;
        letters.retain(|posted| posted.letter.to == Addressee::Applicant);
        letters.reverse();
        Ok(letters)
    }

    /// The newest letters to an account of the desk, with the codes of their dossiers.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn letters_to_staff(
        &self,
        name: &UserName,
        most: usize,
    ) -> Result<Vec<(DossierCode, Posted)>, Failure> {
        let reader = self.ledger.reader()?;
        let mut letters = Vec::new();
        for posted in reader.staff_letters(name, most)? {
            let head = reader.head(posted.id.dossier)?.ok_or_else(no_dossier)?;
            letters.push((head.code, posted));
        }
        Ok(letters)
    }

    /// Sends what was given up once more.
    ///
    /// # Errors
    /// There is no such letter, or it was not given up.
    pub fn send_again(
        &self,
        caller: &Caller,
        code: &DossierCode,
        (version, place): (u64, u8),
        channel: Channel,
    ) -> Result<(), Failure> {
        let missing = || Refusal::new(RefusalKind::NotFound, words::NO_LETTER);
        let letters = self.letters(caller, code)?;
        let posted = letters
            .into_iter()
            .find(|posted| posted.id.version == version && posted.id.place == place)
            .ok_or_else(missing)?;
        let delivery = posted
            .letter
            .deliveries
            .into_iter()
            .find(|d| d.channel == channel && d.state == DeliveryState::Dead)
            .ok_or_else(missing)?;
        let listed = Listed { letter: posted.id, channel, at: delivery.at };
        if self.revive(listed, delivery)? { Ok(()) } else { Err(missing().into()) }
    }

    /// How many deliveries wait, and how many were given up, up to ten thousand each.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn outbox_size(&self) -> Result<(u64, u64), Failure> {
        let reader = self.ledger.reader()?;
        let count = |state| Ok::<_, Failure>(reader.deliveries(state, MOST)?.len() as u64);
        Ok((count(DeliveryState::Waiting)?, count(DeliveryState::Dead)?))
    }

    /// How much waits and what went wrong.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn outbox(&self) -> Result<Outbox, Failure> {
        let reader = self.ledger.reader()?;
        let waiting = reader.deliveries(DeliveryState::Waiting, MOST)?;
        let dead = reader.deliveries(DeliveryState::Dead, MOST)?;
        let mut troubled = Vec::new();
        for listed in dead.iter().rev().chain(&waiting).take(SHOWN) {
            let head = reader.head(listed.letter.dossier)?.ok_or_else(no_dossier)?;
            let Some(posted) = reader.letter(listed.letter)? else { continue };
            let failed = posted
                .letter
                .deliveries
                .into_iter()
                .find(|d| d.channel == listed.channel && !d.error.is_empty());
            troubled.extend(failed.map(|delivery| Troubled { code: head.code, delivery }));
        }
        Ok(Outbox { waiting: waiting.len(), dead: dead.len(), troubled })
    }
}
