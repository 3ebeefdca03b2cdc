//! A PDF that streams past: is it locked, does it end, how many pages does it show, does it do
//! something by itself.

use memchr::memmem::{Finder, find, rfind};

use super::active::Active;

/// How much of the end is kept: readers look for the end mark in the last kilobyte, scanners
/// sometimes pad.
const TAIL: usize = 4096;
/// Longest piece that a decision at one place needs.
const OVERLAP: usize = 64;

/// What has been seen of a PDF so far.
pub(super) struct Pdf {
    encrypt: Finder<'static>,
    kind: Finder<'static>,
    /// What is still undecided: the end of the previous chunk, then the present one.
    window: Vec<u8>,
    tail: Vec<u8>,
    locked: bool,
    pages: u32,
    hidden_pages: bool,
    revisions: u32,
    active: Active,
}

impl Pdf {
    pub(super) fn new() -> Self {
        Self {
            encrypt: Finder::new("/Encrypt"),
            kind: Finder::new("/Type"),
            window: Vec::new(),
            tail: Vec::new(),
            locked: false,
            pages: 0,
            hidden_pages: false,
            revisions: 0,
            active: Active::new(),
        }
    }

    pub(super) fn push(&mut self, chunk: &[u8]) {
        for piece in chunk.chunks(64 * 1024) {
            self.window.extend_from_slice(piece);
            self.look(self.window.len().saturating_sub(OVERLAP));
            keep_last(&mut self.tail, piece, TAIL);
            self.active.push(piece);
        }
    }

    /// Decides every place before `until`, and forgets what no later decision needs.
    fn look(&mut self, until: usize) {
        let places = |finder: &Finder<'_>| -> Vec<usize> {
            finder.find_iter(&self.window).take_while(|&at| at < until).collect()
        };
        let locked = places(&self.encrypt).into_iter().any(|at| is_lock(&self.window[at..]));
        let kinds = places(&self.kind);
        let ends = places(&Finder::new("%%EOF")).len();
        for at in kinds {
            match name_after(&self.window[at + b"/Type".len()..]) {
                b"Page" => self.pages = self.pages.saturating_add(1),
                b"ObjStm" => self.hidden_pages = true,
                _ => {}
            }
        }
        self.locked |= locked;
        self.revisions = self.revisions.saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
        self.window.drain(..until);
    }

    /// Decides what was still open at the end of the file.
    pub(super) fn finish(&mut self) {
        self.look(self.window.len());
        self.active.finish();
    }

    /// Whether it does something by itself, carries a file along, or hides whether it does.
    pub(super) fn is_active(&self) -> bool {
        self.active.is_active()
    }

    /// Whether opening it takes a password.
    pub(super) fn is_locked(&self) -> bool {
        self.locked
    }

    /// Whether the cross-reference pointer and the end mark stand near the end.
    pub(super) fn is_complete(&self) -> bool {
        rfind(&self.tail, b"%%EOF")
            .is_some_and(|end| find(&self.tail[..end], b"startxref").is_some())
    }

    /// The number of pages, when the file shows it plainly: not packed into object streams, and not
    /// rewritten by later revisions.
    pub(super) fn pages(&self) -> Option<u32> {
        (self.pages > 0 && !self.hidden_pages && self.revisions == 1).then_some(self.pages)
    }
}

/// Whether `/Encrypt` here is the key of a dictionary or a reference, not some longer word.
fn is_lock(at: &[u8]) -> bool {
    let rest = at[b"/Encrypt".len()..].trim_ascii_start();
    rest.starts_with(b"<<") || rest.first().is_some_and(u8::is_ascii_digit)
}

/// The PDF name that follows, without its slash.
fn name_after(rest: &[u8]) -> &[u8] {
    let Some(name) = rest.trim_ascii_start().strip_prefix(b"/") else { return b"" };
    let end = name.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(name.len());
    &name[..end]
}

/// Appends `piece` and keeps the last `limit` bytes of the whole.
fn keep_last(kept: &mut Vec<u8>, piece: &[u8], limit: usize) {
    let piece = &piece[piece.len().saturating_sub(limit)..];
    let excess = (kept.len() + piece.len()).saturating_sub(limit);
    kept.drain(..excess.min(kept.len()));
    kept.extend_from_slice(piece);
}
