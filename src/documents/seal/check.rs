//! Checking what somebody holds: a file, or the text of a QR code.

use memchr::memmem;
use serde_json::Value;

use super::checkpoint::SignedCheckpoint;
use super::file::{self, Opened, Part};
use super::key::{KeyId, PublicKey};
use super::statement::{Signed, Statement};
use crate::documents::words;
use crate::domain::words::{Message, Text};

/// Longest text in which a statement is looked for.
const MAX_TEXT: usize = 64 * 1024;

/// Within its first bytes a PDF may hide its mark, as readers of PDF allow.
const HEAD: usize = 1024;
/// As many letters in a row are meant to be a statement.
const LONG: usize = 100;

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Issued under a known key, and unaltered since.
    Genuine,
    /// Under a key that is not known here: nobody can say.
    UnknownKey,
    /// It carries no signature that could be checked.
    Unsigned,
    /// Rightly signed, but the office's log does not have what it says.
    NotInLog,
    /// Something is not as it was signed.
    Altered,
}

impl Verdict {
    /// The name in answers to programs.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Genuine => "genuine",
            Self::UnknownKey => "unknown_key",
            Self::Unsigned => "unsigned",
            Self::NotInLog => "not_in_log",
            Self::Altered => "altered",
        }
    }
}

/// A paper that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct PaperSeen {
    /// What it says; to be believed only when the verdict is good.
    pub statement: Statement,
    /// Its contents, when a file carries them.
    pub contents: Option<Value>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// The whole in a word.
    pub verdict: Verdict,
    /// Why, in both languages, the worst first.
    pub reasons: Vec<Text>,
    /// The papers, in their order.
    pub papers: Vec<PaperSeen>,
    /// The checkpoints among them.
    pub checkpoints: Vec<SignedCheckpoint>,
    /// Whether a whole file was checked, and not only the text of a code.
    pub is_file: bool,
    /// The key that it names.
    pub key: Option<KeyId>,
}

impl Checked {
    /// Takes a finding in; the verdict becomes the worst of all.
    pub fn find(&mut self, verdict: Verdict, reason: impl Into<Text>) {
        let at = if verdict > self.verdict { 0 } else { self.reasons.len() };
        self.verdict = self.verdict.max(verdict);
        self.reasons.insert(at, reason.into());
    }

    fn new(is_file: bool) -> Self {
        let (verdict, key) = (Verdict::Genuine, None);
        let (reasons, papers, checkpoints) = (Vec::new(), Vec::new(), Vec::new());
        Self { verdict, reasons, papers, checkpoints, is_file, key }
    }
}

/// Checks a PDF, a sealed paper as JSON, or a text that holds a signed statement, against the keys
/// that are known.
pub fn check(bytes: &[u8], keys: &[PublicKey]) -> Checked {
    if let Some(opened) = file::open(bytes) {
        return of_file(&opened, keys);
    }
    if file::bears_seal(bytes) {
        let mut checked = Checked::new(true);
        checked.find(Verdict::Altered, words::FILE_ALTERED);
        return checked;
    }
    if memmem::find(&bytes[..bytes.len().min(HEAD)], b"%PDF-").is_some() {
        let mut checked = Checked::new(true);
        checked.find(Verdict::Unsigned, words::FILE_UNSEALED);
        return checked;
    }
    if let Ok(part) = serde_json::from_slice::<Part>(bytes) {
        let mut checked = Checked::new(false);
        of_paper(&mut checked, &part.text, Some(&part.contents), keys);
        // What stands beside a checkpoint is not bound to it.
        let good =
            if checked.papers.is_empty() { words::TEXT_WHOLE } else { words::CONTENTS_WHOLE };
        return told(checked, good);
    }
    of_text(bytes, keys)
}

fn of_file(opened: &Opened<'_>, keys: &[PublicKey]) -> Checked {
    let mut checked = Checked::new(true);
    let key = opened.key();
    for part in &opened.seal.papers {
        of_paper(&mut checked, &part.text, Some(&part.contents), keys);
    }
    checked.key = key;
    match known(key, keys) {
        None => checked.find(Verdict::UnknownKey, unknown(key)),
        Some(known) if opened.is_whole(known) => {}
        Some(_) => checked.find(Verdict::Altered, words::FILE_ALTERED),
    }
    told(checked, words::FILE_WHOLE)
}

fn of_text(bytes: &[u8], keys: &[PublicKey]) -> Checked {
    let mut checked = Checked::new(false);
    // A picture or another file of bytes is no text, so no code of ours can stand in it.
    if std::str::from_utf8(bytes).is_err() {
        checked.find(Verdict::Unsigned, words::FILE_FOREIGN);
        return checked;
    }
    let text = String::from_utf8_lossy(bytes.get(..MAX_TEXT).unwrap_or(bytes));
    // A statement may be broken into lines; what else a text holds stands in other words.
    let whole = is_signed(&text).then(|| text.trim());
    let word = || text.split_whitespace().find(|word| is_signed(word));
    match whole.or_else(word) {
        Some(found) => of_paper(&mut checked, found, None, keys),
        None if looks_signed(&text) => checked.find(Verdict::Altered, words::TEXT_BROKEN),
        None => checked.find(Verdict::Unsigned, words::TEXT_UNSIGNED),
    }
    told(checked, words::TEXT_WHOLE)
}

/// The findings, each said once; good ones when there is nothing else to say.
fn told(mut checked: Checked, good: Message) -> Checked {
    checked.reasons.dedup();
    if checked.verdict == Verdict::Genuine {
        checked.find(Verdict::Genuine, good);
    }
    checked
}

/// Whether a text is a statement or a checkpoint, rightly signed or not.
fn is_signed(text: &str) -> bool {
    Signed::read(text).is_ok() || SignedCheckpoint::read(text).is_ok()
}

/// Whether a text is at least meant to be a statement: it names the page of statements, or it is
/// long, of nothing but the letters of codes.
fn looks_signed(text: &str) -> bool {
    let is_long = |word: &str| {
        word.len() >= LONG && word.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-')
    };
    text.to_ascii_uppercase().contains(super::PATH) || text.split_whitespace().any(is_long)
}

fn of_paper(checked: &mut Checked, text: &str, contents: Option<&Value>, keys: &[PublicKey]) {
    if let Ok(signed) = SignedCheckpoint::read(text) {
        return of_checkpoint(checked, signed, keys);
    }
    let Ok(signed) = Signed::read(text) else {
        return checked.find(Verdict::Altered, words::TEXT_BROKEN);
    };
    checked.key = Some(signed.key);
    match known(checked.key, keys) {
        None => checked.find(Verdict::UnknownKey, unknown(checked.key)),
        Some(key) if signed.is_of(key) => {}
        Some(_) => checked.find(Verdict::Altered, words::TEXT_ALTERED),
    }
    let differs = contents.is_some_and(|known| Part::digest(known) != signed.statement.contents);
    if differs {
        checked.find(Verdict::Altered, words::CONTENTS_ALTERED);
    }
    checked.papers.push(PaperSeen { statement: signed.statement, contents: contents.cloned() });
}

fn of_checkpoint(checked: &mut Checked, signed: SignedCheckpoint, keys: &[PublicKey]) {
    checked.key = Some(signed.key);
    match known(checked.key, keys) {
        None => checked.find(Verdict::UnknownKey, unknown(checked.key)),
        Some(key) if signed.is_of(key) => {}
        Some(_) => checked.find(Verdict::Altered, words::TEXT_ALTERED),
    }
    checked.checkpoints.push(signed);
}

fn known(id: Option<KeyId>, keys: &[PublicKey]) -> Option<&PublicKey> {
    keys.iter().find(|key| Some(key.id()) == id)
}

fn unknown(id: Option<KeyId>) -> Text {
    let id = id.map(|id| id.to_string()).unwrap_or_default();
    words::KEY_UNKNOWN.text(&[("key", &id)])
}
