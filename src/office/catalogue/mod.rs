//! Import and export of procedure catalogues: bytes in, values out. Storing them is the caller's.
//!
//! Two formats come in (contract, `catalogue import`): JSON lines, which carry whole procedures, and
//! XLSX lists as the national procedure database exports them, which carry five facts a row.
//! [`parse`] reads either, [`plan()`] compares with what is stored, [`export()`] gives back what
//! came in. Whatever can be read goes in; whatever cannot says which row and why.

mod changes;
mod cleaning;
mod components;
mod export;
mod lines;
mod perils;
mod plan;
mod sheet;
mod stored;
#[cfg(test)]
mod tests;
pub mod wire;
pub mod words;

pub use changes::{duration, said};
pub use export::{Format, export};
pub use perils::{Peril, perils};
pub use plan::{Change, ImportPlan, Report, differences, plan};
pub use stored::{NotStored, Source, Stored};

use crate::domain::catalogue::Procedure;
use crate::domain::ids::ProcedureCode;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::{Lang, Text};

/// Most bytes that a catalogue may have, once unpacked.
const LIMIT: usize = 128 << 20;

/// A catalogue file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The file's name, as the person gave it.
    pub file: String,
    /// The rows that can be used, in the file's order.
    pub rows: Vec<Row>,
    /// The rows that cannot.
    pub rejected: Vec<Rejected>,
    /// Rows that go in with something left open, and what.
    pub remarks: Vec<Rejected>,
}

/// One usable row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number as a person sees it: the line, or the spreadsheet's row, from 1.
    pub number: u32,
    /// What it says.
    pub facts: Facts,
}

impl Row {
    /// The code that it gives, and the field.
    pub fn named(&self) -> (ProcedureCode, String) {
        match &self.facts {
            Facts::Line(line) => (line.procedure.code.clone(), line.procedure.field.clone()),
            Facts::List(list) => {
                let procedure = list.procedure();
                (procedure.code, procedure.field)
            }
        }
    }
}

/// What a row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Facts {
    /// A whole procedure.
    Line(Box<Line>),
    /// Five facts of a procedure.
    List(ListRow),
}

/// A JSON line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The line as it came, without its line end.
    pub json: String,
    /// What it says.
    pub procedure: Procedure,
    /// For each component, whether the line itself names its id.
    pub named: Vec<bool>,
    /// What it carries beside the catalogue's facts.
    pub carried: serde_json::Map<String, serde_json::Value>,
}

/// A row of an XLSX list, its cells as they came.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ListRow {
    /// Mã số.
    pub code: String,
    /// Tên.
    pub name: String,
    /// Cơ quan ban hành.
    pub issuer: String,
    /// Cơ quan thực hiện.
    pub agency: String,
    /// Lĩnh vực.
    pub field: String,
}

/// A row that was left out (or, among the remarks, went in with something left open).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// The row's number as a person sees it.
    pub row: u32,
    /// Why.
    pub reason: Text,
}

/// Reads a catalogue. The kind is told by the contents first, then by the name.
///
/// # Errors
/// A [`Refusal`] when nothing of the file can be read: it is empty, of an unknown kind, damaged,
/// protected by a password, too large, or has no header row.
pub fn parse(file_name: &str, bytes: &[u8]) -> Result<Parsed, Refusal> {
    if bytes.len() > LIMIT {
        return Err(too_large());
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(invalid(words::EMPTY_FILE));
    }
    let (rows, rejected, remarks) = match kind(file_name, bytes) {
        Some(Kind::Sheet) => sheet::read(bytes)?,
        Some(Kind::Lines) => lines::read(bytes)?,
        Some(Kind::Compound) => return Err(invalid(sheet::compound_file(bytes))),
        None => {
            let text = words::UNKNOWN_KIND.text(&[("file", file_name)]);
            return Err(Refusal::new(RefusalKind::Invalid, text));
        }
    };
    Ok(Parsed { file: file_name.to_owned(), rows, rejected, remarks })
}

/// A refusal that also says which file it is about.
pub fn of_file(file_name: &str, refusal: Refusal) -> Refusal {
    let say = |lang| {
        words::ON_FILE.fill(lang, &[("file", file_name), ("reason", refusal.text.say(lang))])
    };
    let text = Text { vi: say(Lang::Vi), en: say(Lang::En) };
    Refusal { text, ..refusal }
}

/// What a reader gives: rows, rejected rows, remarks.
type Read = (Vec<Row>, Vec<Rejected>, Vec<Rejected>);

enum Kind {
    Sheet,
    Lines,
    /// The container of old Excel files and of encrypted new ones.
    Compound,
}

fn kind(file_name: &str, bytes: &[u8]) -> Option<Kind> {
    if bytes.starts_with(b"PK") {
        return Some(Kind::Sheet);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Some(Kind::Compound);
    }
    let extension = file_name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
    match extension.as_deref() {
        Some("xlsx") => Some(Kind::Sheet),
        Some("jsonl" | "ndjson" | "json") => Some(Kind::Lines),
        _ => {
            let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            let first = text.iter().find(|byte| !byte.is_ascii_whitespace());
            (first == Some(&b'{')).then_some(Kind::Lines)
        }
    }
}

fn invalid(text: impl Into<Text>) -> Refusal {
    Refusal::new(RefusalKind::Invalid, text)
}

fn too_large() -> Refusal {
    let limit = (LIMIT >> 20).to_string();
    Refusal::new(RefusalKind::TooLarge, words::TOO_LARGE.text(&[("limit", &limit)]))
}
