//! What a check has found.

/// Problems and remarks that are told one by one; the rest is counted.
const TOLD: usize = 1_000;

/// The outcome of a check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What does not fit, each with its place and what to do.
    pub problems: Vec<String>,
    /// What is unusual and harmless.
    pub remarks: Vec<String>,
    /// Problems that are not told, beyond the first thousand.
    pub untold: u64,
    /// Dossiers read.
    pub dossiers: u64,
    /// Events read.
    pub events: u64,
    /// Commits read.
    pub commits: u64,
    /// Attachments read.
    pub blobs: u64,
    /// Looks at dossiers read.
    pub looks: u64,
    /// The ends of all logs, for [`super::compare`].
    pub checkpoints: Vec<String>,
}

impl Report {
    /// Whether nothing was found.
    pub fn is_ok(&self) -> bool {
        self.problems.is_empty()
    }

    pub(super) fn problem(&mut self, what: String) {
        if self.problems.len() < TOLD {
            self.problems.push(what);
        } else {
            self.untold += 1;
        }
    }

    pub(super) fn remark(&mut self, what: String) {
        if self.remarks.len() < TOLD {
            self.remarks.push(what);
        }
    }
}
