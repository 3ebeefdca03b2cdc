//! What the deciding agency writes: the apology, and the notice that the settlement stops.

use jiff::Timestamp;

use super::{Source, addressee, sheets, words};
use crate::documents::papers::{Apology, Signer, StopNotice, time_in_words};
use crate::domain::agency::Role;
use crate::domain::calendar::local;
use crate::domain::dossier::{Directory, Event};
use crate::domain::words::Lang;

impl Source<'_> {
    pub(super) fn apology(&self, due_at: Timestamp, reason: &str) -> Apology {
        let dossier = self.dossier;
        Apology {
            sheet: self.sheet(),
            person: addressee(dossier, self.header.at),
            procedure: dossier.procedure_name.clone(),
            office: self.agency.name.clone(),
            received: dossier.received_at.map(said).unwrap_or_default(),
            due: self.due_before().map(said).unwrap_or_default(),
            reason: reason.to_owned(),
            new_due: said(due_at),
            signer: self.signer(),
            recipients: self.recipients(),
            follow: self.follow(),
        }
    }

    /// The due date before the event that the paper certifies.
    fn due_before(&self) -> Option<Timestamp> {
        let earlier = self.history.iter().rev().map(|(logged, _, _)| &logged.header);
        let mut earlier = earlier.skip_while(|header| header.version >= self.header.version);
        earlier.find_map(|header| header.due_at)
    }

    pub(super) fn stop_notice(&self) -> StopNotice {
        let dossier = self.dossier;
        let basis = match &self.event {
            Event::Stopped { decision_number: Some(number), .. } => {
                Some(words::BY_DECISION.fill(Lang::Vi, &[("number", number)]))
            }
            Event::WithdrawalApproved | Event::WithdrawalRequested { .. } => {
                Some(words::BY_REQUEST.vi.to_owned())
            }
            _ => None,
        };
        let receiving = self.world.agency(&dossier.receiving_agency);
        StopNotice {
            sheet: self.sheet(),
            person: addressee(dossier, self.header.at),
            procedure: dossier.procedure_name.clone(),
            office: self.agency.name.clone(),
            received: said(dossier.received_at.unwrap_or(dossier.submitted_at)),
            basis,
            reason: dossier.reason.clone().unwrap_or_default(),
            stopped: said(self.header.at),
            received_at_section: receiving.map_or_else(|| self.section(), sheets::section),
            signer: self.signer(),
            recipients: self.recipients(),
            follow: self.follow(),
        }
    }

    /// The head signs. A processor's act, such as granting a withdrawal, puts no name there.
    fn signer(&self) -> Signer {
        let staff = self.world.staff(&self.header.actor.as_str().into());
        let name = staff.filter(|staff| staff.is(Role::Approver)).map(|s| s.full_name.clone());
        Signer { role: words::HEAD_SIGNS.vi.to_owned(), name: name.unwrap_or_default() }
    }

    fn recipients(&self) -> Vec<String> {
        let receiving = self.world.agency(&self.dossier.receiving_agency);
        let section = receiving.map_or_else(|| self.section(), sheets::section);
        let section = words::TO_SECTION.fill(Lang::Vi, &[("section", &section)]);
        vec![words::TO_ABOVE.vi.to_owned(), section, words::TO_FILES.vi.to_owned()]
    }
}

/// An instant as papers write it.
pub(super) fn said(at: Timestamp) -> String {
    time_in_words(local(at))
}
