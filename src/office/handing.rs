//! Hand-over lists of a period and a unit, and the word of whoever took the papers over.

use jiff::Timestamp;

use super::printing::{Period, of_desk};
use super::{Caller, Office, no_dossier};
use crate::domain::agency::Staff;
use crate::domain::dossier::{Directory, Dossier, Event, holds, take_over};
use crate::domain::ids::{DossierCode, UnitCode};
use crate::store::ledger::Failure;

/// Days before a period in which what was handed over in it may have been received.
const BEFORE: i64 = 60;

/// Which way papers go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// Dossiers, from the section to a unit.
    #[default]
    Out,
    /// Results, from a unit to the section.
    Back,
}

/// A line of a hand-over list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedOver {
    /// The dossier.
    pub dossier: Dossier,
    /// When it was handed over.
    pub at: Timestamp,
    /// Who took it, and when; none until it is acknowledged.
    pub taken: Option<(String, Timestamp)>,
}

impl Office {
    /// What was handed over in a period, oldest first: dossiers to a unit, or results back from it;
    /// of every unit when none is named.
    ///
    /// # Errors
    /// The caller is not of a desk, or the store cannot be read.
    pub fn handed_over(
        &self,
        caller: &Caller,
        period: Period,
        direction: Direction,
        unit: Option<&UnitCode>,
    ) -> Result<Vec<HandedOver>, Failure> {
        let reader = self.ledger.reader()?;
        let (from, to) = period.instants();
        let world = self.world();
        let own = &of_desk(caller)?.agency;
        let ids = self.received_around(caller, &reader, period, BEFORE)?;
        let mut lines = Vec::new();
        for id in ids {
            let stored = reader.dossier(id)?.ok_or_else(no_dossier)?;
            if unit.is_some() && stored.dossier.holder.unit.as_ref() != unit {
                continue;
            }
            let history = reader.history(&stored)?;
            let given = history.iter().rev().find(|(_, _, event)| match direction {
                Direction::Out => matches!(event, Event::Assigned { .. } | Event::Forwarded { .. }),
                Direction::Back => matches!(event, Event::Finished { .. }),
            });
            let Some((logged, _, _)) = given else { continue };
            let at = logged.header.at;
            // What another agency hands over inside its own house is no list of this one.
            let by = world.staff(&logged.header.actor.as_str().into());
            let is_ours = direction == Direction::Back
                || stored.dossier.competent_agency == *own
                || by.is_none_or(|staff| staff.agency == *own);
            if at < from || at >= to || !is_ours {
                continue;
            }
            let taken = match direction {
                Direction::Out => stored.dossier.taken_over.clone(),
                Direction::Back => history
                    .iter()
                    .find(|(_, _, event)| matches!(event, Event::ResultReceived))
                    .map(|(logged, _, _)| (self.name_of(&logged.header.actor), logged.header.at)),
            };
            // A certification never leaves the desk.
            if stored.dossier.certification.is_none() {
                lines.push(HandedOver { dossier: stored.dossier, at, taken });
            }
        }
        lines.sort_by_key(|line| line.at);
        Ok(lines)
    }

    fn name_of(&self, actor: &str) -> String {
        let world = self.world();
        let staff = world.staff(&actor.into());
        staff.map_or_else(|| actor.to_owned(), |staff| staff.full_name.clone())
    }

    /// Takes dossiers over that were handed to the caller or to their unit: each with its own
    /// outcome.
    ///
    /// # Errors
    /// The store fails; refusals are the outcomes.
    pub async fn take_over(
        &self,
        caller: &Caller,
        codes: &[DossierCode],
    ) -> Result<Vec<(DossierCode, Result<(), Failure>)>, Failure> {
        let mut outcomes = Vec::with_capacity(codes.len());
        for code in codes {
            let outcome = self.take_one_over(caller, code).await;
            if let Err(Failure::Fault(_)) = outcome {
                outcome?;
                continue;
            }
            outcomes.push((code.clone(), outcome));
        }
        Ok(outcomes)
    }

    async fn take_one_over(&self, caller: &Caller, code: &DossierCode) -> Result<(), Failure> {
        let (id, actor) = (self.dossier(caller, code)?.id, caller.actor());
        let done = self.ledger.run(move |txn| {
            let stored = txn.dossier(id)?.ok_or_else(no_dossier)?;
            let event = take_over(&stored.dossier, &actor)?;
            txn.append(stored, &[event], &actor.label())?;
            Ok(())
        });
        done.await?;
        Ok(())
    }

    /// Whether a line still waits for this account's word.
    pub fn waits_for(staff: &Staff, line: &HandedOver) -> bool {
        line.taken.is_none() && holds(&line.dossier, staff)
    }
}
