//! JSON lines: one procedure a line.

use rayon::prelude::*;
use serde_json::{Map, Value};

use super::wire::{self, Understood};
use super::{Facts, Line, Read, Rejected, Row, invalid, words};
use crate::domain::refusal::Refusal;
use crate::domain::words::Text;
use crate::office::carried::KEYS;

/// Reads every line; blank ones are skipped.
pub(super) fn read(bytes: &[u8]) -> Result<Read, Refusal> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(invalid(words::NOT_UTF8_FILE));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let lines: Vec<(u32, &[u8])> = (1..)
        .zip(bytes.split(|byte| *byte == b'\n'))
        .filter(|(_, line)| !line.iter().all(u8::is_ascii_whitespace))
        .collect();
    // Most of an import is to understand its lines, each for itself.
    let lines: Vec<_> =
        lines.par_iter().map(|(number, line)| (*number, understand(line))).collect();
    let (mut rows, mut rejected, mut remarks) = (Vec::new(), Vec::new(), Vec::new());
    for (number, understood) in lines {
        match understood {
            Ok((json, understood, carried)) => {
                let Understood { procedure, named, remarks: said } = understood;
                remarks.extend(said.into_iter().map(|reason| Rejected { row: number, reason }));
                let facts = Facts::Line(Box::new(Line { json, procedure, named, carried }));
                rows.push(Row { number, facts });
            }
            Err(reason) => rejected.push(Rejected { row: number, reason }),
        }
    }
    Ok((rows, rejected, remarks))
}

/// The line without what it carries, what it says, and what it carries.
type UnderstoodLine = (String, Understood, Map<String, Value>);

fn understand(line: &[u8]) -> Result<UnderstoodLine, Text> {
    let json = std::str::from_utf8(line).map_err(|_| Text::from(words::NOT_UTF8))?.trim();
    let value: Value = serde_json::from_str(json)
        .map_err(|error| words::NOT_JSON.text(&[("column", &error.column().to_string())]))?;
    let Value::Object(mut object) = value else { return Err(words::NOT_AN_OBJECT.into()) };
    let carried: Map<String, Value> =
        KEYS.iter().filter_map(|key| Some(((*key).to_owned(), object.remove(*key)?))).collect();
    let understood = wire::from_json(&object)?;
    let json = match carried.is_empty() {
        true => json.to_owned(),
        false => Value::Object(object).to_string(),
    };
    Ok((json, understood, carried))
}
