//! What happened to a dossier, with the places and hashes that prove it.

use jiff::Timestamp;

use super::{Caller, Office, no_dossier};
use crate::domain::dossier::{Dossier, Event, Status};
use crate::domain::ids::DossierCode;
use crate::store::ledger::Failure;

/// One event of a dossier as its log keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// When.
    pub at: Timestamp,
    /// Its place in the agency's log.
    pub sequence: u64,
    /// The commit that made it durable.
    pub commit: u64,
    /// Who: an account's name, `applicant`, `system` or a program's name.
    pub actor: String,
    /// The dossier's version after it.
    pub version: u64,
    /// The status after it.
    pub status: Status,
    /// When the dossier was due after it.
    pub due_at: Option<Timestamp>,
    /// What.
    pub event: Event,
    /// SHA-256 of what is sealed in it.
    pub sealed_sha256: [u8; 32],
    /// Its chain hash.
    pub hash: [u8; 32],
    /// The chain hash of the event before it in the log.
    pub prev_hash: [u8; 32],
}

impl Office {
    /// A dossier that this desk caller may see, with everything that happened to it, oldest first.
    ///
    /// # Errors
    /// There is none, or it is not the caller's to see.
    pub fn history(
        &self,
        caller: &Caller,
        code: &DossierCode,
    ) -> Result<(Dossier, Vec<Recorded>), Failure> {
        let seen = self.dossier(caller, code)?;
        let reader = self.ledger.reader()?;
        let stored = reader.dossier(seen.id)?.ok_or_else(no_dossier)?;
        let recorded = reader.history(&stored)?.into_iter().map(|(logged, before, event)| {
            let header = logged.header;
            Recorded {
                at: header.at,
                sequence: header.sequence,
                commit: header.commit,
                actor: header.actor,
                version: header.version,
                status: header.status,
                due_at: header.due_at,
                event,
                sealed_sha256: header.sealed_sha256,
                hash: logged.hash,
                prev_hash: before,
            }
        });
        let recorded = recorded.collect();
        Ok((stored.dossier, recorded))
    }
}
