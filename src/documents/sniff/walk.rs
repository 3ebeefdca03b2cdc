//! Walks the structure of a file that streams past, without keeping it.

use memchr::memchr;

/// What a format wants to see next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Skip `skip` bytes, then show the `take` bytes after them.
    Field {
        /// Bytes of no interest.
        skip: u64,
        /// Length of the field that follows; at most a few dozen bytes.
        take: usize,
    },
    /// Skip everything up to and including this pair of bytes; the file is complete then.
    Pair([u8; 2]),
    /// Enough was seen: the file is complete as far as its structure tells.
    Complete,
    /// The structure is broken.
    Broken,
}

impl Next {
    /// The next `take` bytes.
    pub(super) const fn take(take: usize) -> Self {
        Self::Field { skip: 0, take }
    }
}

/// A format, seen as a sequence of fields.
pub(super) trait Format {
    /// The first field of the file.
    fn first(&self) -> Next;
    /// Reads the field that was asked for and names the next one.
    fn field(&mut self, bytes: &[u8]) -> Next;
    /// Whether a file may end where a field was expected and nothing of it has come.
    fn may_end(&self) -> bool;
    /// The largest picture that the headers announce, in pixels.
    fn pixels(&self) -> u64;
}

/// Drives a [`Format`] over chunks of any size.
pub(super) struct Walk<F> {
    format: F,
    next: Next,
    field: Vec<u8>,
    last: u8,
}

impl<F: Format> Walk<F> {
    pub(super) fn new(format: F) -> Self {
        let next = format.first();
        Self { format, next, field: Vec::new(), last: 0 }
    }

    pub(super) fn push(&mut self, mut chunk: &[u8]) {
        while !chunk.is_empty() {
            match &mut self.next {
                Next::Complete | Next::Broken => return,
                Next::Pair(pair) => {
                    let pair = *pair;
                    if self.finds(pair, chunk) {
                        self.next = Next::Complete;
                    }
                    return;
                }
                Next::Field { skip, take } => {
                    let skipped = chunk.len().min(usize::try_from(*skip).unwrap_or(usize::MAX));
                    *skip -= skipped as u64;
                    chunk = &chunk[skipped..];
                    let taken = chunk.len().min(*take - self.field.len());
                    self.field.extend_from_slice(&chunk[..taken]);
                    chunk = &chunk[taken..];
                    if *skip == 0 && self.field.len() == *take {
                        self.next = self.format.field(&self.field);
                        self.field.clear();
                    }
                }
            }
        }
    }

    /// Whether `pair` lies in `chunk` or across its beginning.
    fn finds(&mut self, pair: [u8; 2], chunk: &[u8]) -> bool {
        let before = std::mem::replace(&mut self.last, *chunk.last().unwrap_or(&0));
        if [before, chunk[0]] == pair {
            return true;
        }
        let mut from = 0;
        while let Some(at) = memchr(pair[0], &chunk[from..]) {
            if chunk.get(from + at + 1) == Some(&pair[1]) {
                return true;
            }
            from += at + 1;
        }
        false
    }

    /// Whether the file ended where its structure ends.
    pub(super) fn is_complete(&self) -> bool {
        match self.next {
            Next::Complete => true,
            Next::Field { skip: 0, .. } => self.field.is_empty() && self.format.may_end(),
            _ => false,
        }
    }

    pub(super) fn pixels(&self) -> u64 {
        self.format.pixels()
    }
}

/// A big-endian 16-bit number at `at`; zero when there is none.
pub(super) fn be16(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 2).map_or(0, |b| u64::from(b[0]) << 8 | u64::from(b[1]))
}

/// A big-endian 32-bit number at `at`; zero when there is none.
pub(super) fn be32(bytes: &[u8], at: usize) -> u64 {
    be16(bytes, at) << 16 | be16(bytes, at + 2)
}
