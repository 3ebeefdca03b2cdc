//! What an applicant has prepared of a supplement and not yet sent: kept with the dossier, so that
//! whoever may open it goes on with it, on another telephone or after "later".

use std::sync::{Mutex, PoisonError};

use super::drafts::{Answers, KEPT};
use super::{Caller, Office};
use crate::domain::dossier::Dossier;
use crate::domain::ids::AttachmentId;
use crate::store::codec::wire::{Wire, record};
use crate::store::ledger::Failure;
use crate::store::tables::Key;

/// A supplement that was begun.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SupplementDraft {
    /// What was typed, by the names of the fields.
    pub answers: Answers,
    /// Files that came in, by the name of their field.
    pub files: Vec<(String, AttachmentId)>,
}

record! {
    SupplementDraft { answers, files }
}

impl std::fmt::Debug for SupplementDraft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SupplementDraft(…)")
    }
}

/// Two files may arrive at the same time.
static CHANGING: Mutex<()> = Mutex::new(());

/// Each request for a supplement has a draft of its own, and so have papers that nobody asked for.
fn place(dossier: &Dossier) -> Key {
    let (before, after) = dossier.supplements_asked;
    let round = u64::from(before) + u64::from(after);
    let kind = if dossier.supplement.is_some() { "supplement" } else { "papers" };
    Key::new().text(kind).fixed(&dossier.id.0).text(&round.to_string())
}

impl Office {
    /// Files of a supplement belong to the dossier's draft, whoever of its people sent them.
    pub const SUPPLEMENTER: Caller = Caller::Anybody;

    /// What is prepared for the supplement that a dossier waits for. Only for whoever has shown that
    /// the dossier is theirs.
    ///
    /// # Errors
    /// The relaxed store cannot be read.
    pub fn supplement_draft(&self, dossier: &Dossier) -> Result<SupplementDraft, Failure> {
        let plain = self.get_sealed(place(dossier).bytes(), KEPT)?;
        Ok(plain.map(|bytes| SupplementDraft::from_bytes(&bytes)).transpose()?.unwrap_or_default())
    }

    /// Changes what is prepared, and keeps its files as long as itself.
    ///
    /// # Errors
    /// The relaxed store fails.
    pub fn change_supplement_draft(
        &self,
        dossier: &Dossier,
        change: impl FnOnce(&mut SupplementDraft),
    ) -> Result<SupplementDraft, Failure> {
        let _one_by_one = CHANGING.lock().unwrap_or_else(PoisonError::into_inner);
        let mut draft = self.supplement_draft(dossier)?;
        change(&mut draft);
        self.put_sealed(place(dossier), &draft.to_bytes())?;
        let files: Vec<AttachmentId> = draft.files.iter().map(|(_, id)| *id).collect();
        self.hold_uploads(&files, &Self::SUPPLEMENTER, self.env.now() + KEPT)?;
        Ok(draft)
    }

    /// Forgets what was prepared, once it was sent: its files are the dossier's.
    ///
    /// # Errors
    /// The relaxed store fails.
    pub fn drop_supplement_draft(&self, asked: &Dossier) -> Result<(), Failure> {
        self.drop_sealed(place(asked))
    }
}
