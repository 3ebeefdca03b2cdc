//! The sheet of a checkpoint: where an agency's log stood, to be signed by hand and filed away.

use serde::Serialize;

use super::{Deed, Follow, Ready, Sheet, ready};

/// A checkpoint on paper; numbers and digests are words already.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CheckpointSheet {
    /// Head and foot.
    #[serde(skip)]
    pub sheet: Sheet,
    /// Its place among the agency's checkpoints.
    #[serde(rename = "checkpoint_number")]
    pub number: String,
    /// When it was made.
    pub at: String,
    /// Whose log, with the code.
    #[serde(rename = "log_of")]
    pub agency: String,
    /// The instance.
    pub instance: String,
    /// How many events the log had.
    pub events: String,
    /// The chain's hash at the last of them.
    pub chain: String,
    /// Its commit.
    pub commit: String,
    /// How many looks at dossiers were noted.
    pub looks: String,
    /// The hash of their chain.
    pub looks_chain: String,
    /// The checkpoint before.
    pub previous: String,
    /// The key that signed.
    pub key: String,
    /// The checkpoint itself.
    pub digest: String,
}

impl CheckpointSheet {
    /// The paper, ready to be set.
    pub fn ready(&self) -> Ready {
        ready(Deed::Checkpoint, &self.sheet, &Follow::default(), self)
    }
}
