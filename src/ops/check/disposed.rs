//! Dossiers that were disposed of: head and log are there, nothing else, and the record fits them.

use super::dossiers::Pass;
use crate::domain::calendar::local;
use crate::domain::dossier::parts_of;
use crate::store::disposals::Disposed;
use crate::store::ledger::Failure;
use crate::store::reader::Head;
use crate::store::tables::{BLOBS, CODES, Key};
use crate::store::views;

impl Pass<'_> {
    /// Checks a dossier without a key; one that was not disposed of has lost it.
    pub(super) fn disposed(
        &mut self,
        place: &str,
        head: &Head,
        is_bare: bool,
    ) -> Result<(), Failure> {
        let known = match self.reader.disposed(head.id) {
            Ok(Some((_, _, known))) => known,
            Ok(None) => {
                self.problem(&format!("{place}: its key is missing from the keyring"));
                return Ok(());
            }
            Err(failure) => {
                self.problem(&format!("{place}: the record of its disposal: {failure}"));
                return Ok(());
            }
        };
        if !is_bare {
            self.problem(&format!("{place}: it was disposed of, and its state is still there"));
        }
        if known.code != head.code {
            self.problem(&format!("{place}: the record of its disposal says something else"));
        }
        for (at, event) in head.refs.0.iter().enumerate() {
            let is_its = self.reader.event(event).is_ok_and(|logged| {
                logged.is_some_and(|logged| {
                    let header = &logged.header;
                    (header.dossier, header.version) == (head.id, at as u64 + 1)
                })
            });
            if !is_its {
                let (sequence, agency) = (event.sequence, &event.agency);
                self.problem(&format!("{place}, event {sequence} of {agency}: is not in the log"));
            }
        }
        self.beside(place, head, &known)
    }

    /// What tables beside the dossiers have of it.
    fn beside(&mut self, place: &str, head: &Head, known: &Disposed) -> Result<(), Failure> {
        self.expected.codes += 1;
        let row = self.reader.get(CODES, Key::new().text(head.code.as_str()).bytes())?;
        if row.as_deref() != Some(head.id.0.as_slice()) {
            self.problem(&format!("{place}: its code leads to no or another dossier"));
        }
        self.expected.entries += known.entries;
        if let Some((agency, _)) = parts_of(&known.code).filter(|_| !known.voided) {
            let day = local(known.submitted_at).date();
            let key = views::filed_on(&agency, day).text(&known.procedure);
            *self.expected.counts.entry(key.into()).or_default() += 1;
        }
        for file in &known.files {
            self.expected.blobs += 1;
            let id = file.id;
            if self.reader.get(BLOBS, &id.0)?.as_deref() != Some(head.id.0.as_slice()) {
                self.problem(&format!("{place}: its result {id} is not booked to it"));
            }
            let Some(files) = self.files else { continue };
            self.report.blobs += 1;
            if let Err(fault) = files.verify(id, &file.cipher_sha256) {
                self.report.problem(format!(
                    "{place}, its result: {fault}; put the file back from a backup"
                ));
            }
        }
        Ok(())
    }
}
