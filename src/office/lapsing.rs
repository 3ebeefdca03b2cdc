//! What the instance stops by itself: dossiers that have waited for their applicant longer than their
//! rule pack allows. The shipped packs set no such time.

use super::acting::Deed;
use super::linking::Copies;
use super::{Failure, Office};
use crate::domain::dossier::{Actor, Command, Queue, Request, Status, has_lapsed, words};
use crate::domain::refusal::RefusalKind;
use crate::store::engine::Direction;

/// Dossiers looked at at once.
const CHUNK: usize = 200;

impl Office {
    /// Stops what has lapsed, and says how many dossiers that were.
    ///
    /// # Errors
    /// The store fails; what was not stopped is the next time.
    pub fn stop_lapsed(&self) -> Result<usize, Failure> {
        let (world, now) = (self.world(), self.env.now());
        let lapses = world.packs().iter().any(|pack| {
            pack.supplement.lapse_days.is_some() || pack.obligation_lapse_days.is_some()
        });
        let mut stopped = 0;
        if !lapses {
            return Ok(stopped);
        }
        let reader = self.ledger.reader()?;
        for agency in world.agencies() {
            let mut after = None;
            loop {
                let (queue, forward) = (Queue::Waiting, Direction::Forward);
                let page = reader.queue(&agency.code, queue, "", forward, after.as_ref(), CHUNK)?;
                for (id, _) in &page.ids {
                    let Some(stored) = reader.dossier(*id)? else { continue };
                    let dossier = stored.dossier;
                    let rules = world.rules_of(&dossier, now);
                    // Both agencies have it in their lists.
                    if dossier.competent_agency == agency.code
                        && has_lapsed(&dossier, rules, world.as_ref(), now)
                    {
                        stopped += usize::from(self.stop_one(&dossier)?);
                    }
                }
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
        }
        Ok(stopped)
    }

    fn stop_one(&self, dossier: &crate::domain::dossier::Dossier) -> Result<bool, Failure> {
        let reason = match dossier.status {
            Status::PaymentRequired => words::LAPSED_OBLIGATION,
            _ => words::LAPSED_SUPPLEMENT,
        };
        let command = Command::Stop { reason: reason.vi.to_owned(), decision_number: None };
        let request = Request { version: dossier.version, command, note: None };
        let deed = Deed::new(self.world(), Actor::System, dossier.id, request);
        match self.ledger.run_blocking(move |txn| deed.done(txn, &Copies::default())) {
            Ok(_) => Ok(true),
            // Somebody was there first.
            Err(Failure::Refused(refusal))
                if matches!(refusal.kind, RefusalKind::Conflict | RefusalKind::Impossible) =>
            {
                Ok(false)
            }
            Err(failure) => Err(failure),
        }
    }
}
