//! What a request would do, without doing it: for pages that ask before they act, and for the
//! counter's running preview.

use super::acting::{Files, put_files};
use super::filing::Filing;
use super::{Caller, Office};
use crate::domain::checklist::Verdict;
use crate::domain::dossier::{
    Context, Dossier, Event, Names, Request, decide, lookup_secret, papers_asked, submit,
};
use crate::domain::ids::{DossierCode, DossierId};
use crate::store::ledger::Failure;

impl Office {
    /// The dossier as it would be after this request of a desk caller with its files.
    ///
    /// # Errors
    /// What the request itself would be refused for.
    pub fn preview(
        &self,
        caller: &Caller,
        code: &DossierCode,
        mut request: Request,
        files: &Files,
    ) -> Result<Dossier, Failure> {
        let mut dossier = self.dossier(caller, code)?;
        let attachments = self.claim_files(caller, &dossier, files, &request.command)?;
        put_files(&mut request.command, &attachments);
        let (world, actor, now) = (self.world(), caller.actor(), self.now());
        let ctx = Context {
            now,
            actor: &actor,
            rules: world.rules_of(&dossier, now),
            directory: world.as_ref(),
        };
        for event in decide(&dossier, &request, &ctx)? {
            dossier.apply(now, &event);
        }
        Ok(dossier)
    }

    /// The dossier as it would be filed; its code and secret are not drawn yet.
    ///
    /// # Errors
    /// What filing itself would be refused for.
    pub fn preview_filing(&self, caller: &Caller, filing: Filing) -> Result<Dossier, Failure> {
        let submission = self.submission(caller, filing)?;
        let (world, actor, now) = (self.world(), caller.actor(), self.now());
        let rules = world.pack_for(&submission.receiving_agency, now);
        let ctx = Context { now, actor: &actor, rules, directory: world.as_ref() };
        let names = Names {
            id: DossierId([0; 16]),
            code: DossierCode::new(""),
            lookup_secret: lookup_secret([0; 8]),
        };
        let mut events = submit(&submission, names, &ctx)?.into_iter();
        let Some(Event::Submitted(first)) = events.next() else {
            return Err(super::no_dossier().into());
        };
        let mut dossier = Dossier::open(*first, now);
        for event in events {
            dossier.apply(now, &event);
        }
        Ok(dossier)
    }

    /// What its reception will say of each paper of a filing, in the catalogue's order; the filing need not
    /// be complete.
    ///
    /// # Errors
    /// There is no such procedure or agency.
    pub fn papers_asked(&self, caller: &Caller, filing: Filing) -> Result<Vec<Verdict>, Failure> {
        let submission = self.submission(caller, filing)?;
        let (world, actor, now) = (self.world(), caller.actor(), self.now());
        let rules = world.pack_for(&submission.receiving_agency, now);
        let ctx = Context { now, actor: &actor, rules, directory: world.as_ref() };
        Ok(papers_asked(&submission, &ctx))
    }
}
