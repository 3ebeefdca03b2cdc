//! What commands print: sentences for people, or JSON.

use std::fmt::Display;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use serde_json::{Map, Value};

/// Why a command ended without having done its work: a sentence that says what and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// To be told.
    Sentence(String),
    /// To be told, with what else the answer under `--json` holds.
    Detailed(String, Map<String, Value>),
    /// The command has told it already.
    Told,
}

impl Trouble {
    /// Trouble told by a sentence.
    pub fn new(sentence: impl Display) -> Self {
        Self::Sentence(sentence.to_string())
    }
}

/// How a command speaks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Output {
    /// JSON instead of sentences.
    pub json: bool,
}

impl Output {
    /// A line for people; nothing under `--json`.
    pub fn say(self, line: impl Display) {
        if !self.json {
            print(line);
        }
    }

    /// The answer under `--json`.
    pub fn value(self, value: &Value) {
        if self.json {
            print(value);
        }
    }

    /// The end of a command that failed.
    pub fn trouble(self, trouble: &Trouble) {
        let (sentence, mut answer) = match trouble {
            Trouble::Sentence(sentence) => (sentence, Map::new()),
            Trouble::Detailed(sentence, answer) => (sentence, answer.clone()),
            Trouble::Told => return,
        };
        if self.json {
            answer.insert("error".to_owned(), sentence.as_str().into());
            print(Value::Object(answer));
        }
        eprintln(format_args!("motcua: {sentence}"));
    }
}

/// A line on standard output; a reader that has gone away ends nothing.
pub(super) fn print(line: impl Display) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}

/// A line on standard error; with the stream closed there is nobody left to tell.
pub(super) fn eprintln(line: impl Display) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Writes a file whole or not at all: a full disk leaves the old one as it was.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = Path::new(&part);
    let written = fs::write(part, bytes).and_then(|()| fs::rename(part, path));
    written.map_err(|error| Trouble::new(format!("{}: {error}", path.display())))
}
