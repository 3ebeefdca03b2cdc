//! The end of a file that is an archive as well: archives are read from their end, so that anything
//! may stand in front of one.

use memchr::memmem::Finder;

/// An archive's last record is at most so long.
const MOST: usize = 22 + 65_535;
const SIGNATURE: &[u8] = b"PK\x05\x06";

/// The last bytes of what streams past.
#[derive(Default)]
pub(super) struct Tail {
    kept: Vec<u8>,
    length: u64,
}

impl Tail {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.length += bytes.len() as u64;
        let last = &bytes[bytes.len().saturating_sub(MOST)..];
        self.kept.extend_from_slice(last);
        if self.kept.len() > 2 * MOST {
            let excess = self.kept.len() - MOST;
            self.kept.drain(..excess);
        }
    }

    /// Whether it ends as an archive with something in it.
    pub(super) fn is_archive(&self) -> bool {
        let from = self.kept.len().saturating_sub(MOST);
        let kept = &self.kept[from..];
        let before = self.length - kept.len() as u64;
        let is_record = |at: usize| {
            let Some(record) = kept.get(at..at + 22) else { return false };
            let small = |at: usize| u64::from(record[at]) | u64::from(record[at + 1]) << 8;
            let large = |at: usize| small(at) | small(at + 2) << 16;
            let (entries, size, offset, comment) = (small(10), large(12), large(16), small(20));
            // What is not so is a chance of four bytes, as photographs have them.
            entries > 0
                && size >= 46 * entries
                && offset + size <= before + at as u64
                && at as u64 + 22 + comment <= kept.len() as u64
        };
        Finder::new(SIGNATURE).find_iter(kept).any(is_record)
    }
}
