//! A checkpoint that somebody holds, against the log as it is now.

use super::super::words;
use super::{Office, read};
use crate::documents::seal::{PublicKey, SignedCheckpoint};
use crate::domain::calendar::words::instant_short;
use crate::domain::words::{Message, Text};
use crate::store::ledger::Failure;
use crate::store::reader::Reader;

/// What comparing a checkpoint found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The log and the looks are what they were.
    Holds,
    /// Signed with a key that never was this instance's.
    ForeignKey,
    /// The checkpoint was altered itself.
    Altered,
    /// Of another instance: this folder is not the one that it saw.
    Foreign,
    /// Everything here ends before it: an older copy of the folder.
    Older,
    /// The agency's log ends before it, though the instance went on.
    Cut,
    /// Another event stands where the log ended.
    Rewritten,
    /// The looks end before it.
    LooksCut,
    /// Other looks stand where they ended.
    LooksRewritten,
    /// The log fits, but the list of checkpoints does not have this one.
    Unlisted,
}

impl Finding {
    const fn message(self) -> Message {
        match self {
            Self::Holds => words::CHECKPOINT_HOLDS,
            Self::ForeignKey => words::CHECKPOINT_FOREIGN_KEY,
            Self::Altered => words::CHECKPOINT_ALTERED,
            Self::Foreign => words::CHECKPOINT_FOREIGN,
            Self::Older => words::CHECKPOINT_OLDER,
            Self::Cut => words::CHECKPOINT_CUT,
            Self::Rewritten => words::CHECKPOINT_REWRITTEN,
            Self::LooksCut => words::CHECKPOINT_LOOKS_CUT,
            Self::LooksRewritten => words::CHECKPOINT_LOOKS_REWRITTEN,
            Self::Unlisted => words::CHECKPOINT_UNLISTED,
        }
    }

    /// The finding in a sentence.
    pub fn text(self, signed: &SignedCheckpoint) -> Text {
        let said = &signed.said;
        self.message().text(&[
            ("agency", said.agency.as_str()),
            ("number", &said.number.to_string()),
            ("at", &instant_short(said.at)),
            ("n", &said.sequence.to_string()),
            ("looks", &said.looks.to_string()),
            ("key", &signed.key.to_string()),
        ])
    }
}

impl Office {
    /// Compares a checkpoint with what is stored now: first itself, then the log, then the looks, then
    /// the list of checkpoints.
    ///
    /// # Errors
    /// The store cannot be read at all.
    pub fn compare_checkpoint(
        &self,
        reader: &Reader,
        signed: &SignedCheckpoint,
    ) -> Result<Finding, Failure> {
        let said = &signed.said;
        let known: Vec<PublicKey> = self.paper_keys().iter().map(|key| key.public).collect();
        let is_ours = said.instance == self.instance();
        match known.iter().find(|key| key.id() == signed.key) {
            None if is_ours => return Ok(Finding::ForeignKey),
            Some(key) if !signed.is_of(key) => return Ok(Finding::Altered),
            _ if !is_ours => return Ok(Finding::Foreign),
            Some(_) | None => {}
        }
        // A row that cannot be read is as good as gone here; the check of the log tells of it.
        let logged = reader.logged(&said.agency, said.sequence).unwrap_or_default();
        let Some(logged) = logged else {
            let end = reader.last_commit()?.map_or(0, |last| last.commit);
            return Ok(if end < said.commit { Finding::Older } else { Finding::Cut });
        };
        if (logged.hash, logged.header.commit) != (said.chain, said.commit) {
            return Ok(Finding::Rewritten);
        }
        if said.looks > 0 {
            match reader.look(said.looks).unwrap_or_default() {
                None => return Ok(Finding::LooksCut),
                Some(noted) if noted.hash != said.looks_chain => {
                    return Ok(Finding::LooksRewritten);
                }
                Some(_) => {}
            }
        }
        let row = reader.checkpoint(&said.agency, said.number)?;
        let listed = row.is_some_and(|row| read(&row).is_ok_and(|listed| listed == *signed));
        Ok(if listed { Finding::Holds } else { Finding::Unlisted })
    }
}
