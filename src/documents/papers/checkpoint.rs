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
    /// An invented one, on which layouts are tried.
    pub(super) fn sample(sheet: Sheet) -> Self {
        let digits = |byte: &str| (0..16).map(|_| byte.repeat(2)).collect::<Vec<_>>().join(" ");
        Self {
            sheet,
            number: "1.284".to_owned(),
            at: "00 giờ 01 phút 09 giây, ngày 24 tháng 11 năm 2026".to_owned(),
            agency: "UBND phường Hải Châu (H40.12)".to_owned(),
            instance: "9f8e 7d6c 5b4a 3928 1706 f5e4 d3c2 b1a0".to_owned(),
            events: "1.020.417".to_owned(),
            chain: digits("9f"),
            commit: "3.408.551".to_owned(),
            looks: "20.184.002".to_owned(),
            looks_chain: digits("3c"),
            previous: digits("a7"),
            key: "5e884898".to_owned(),
            digest: digits("e1"),
        }
    }

    /// The paper, ready to be set.
    pub fn ready(&self) -> Ready {
        ready(Deed::Checkpoint, &self.sheet, &Follow::default(), self)
    }
}
