//! Rule packs as data: those that ship, from `assets/rules`, and those that lie in the data folder.
//! `docs/rule-packs.md` says how to write one.

mod wire;

use std::fs;
use std::path::Path;

use jiff::ToSpan;

use super::privacy;
use crate::domain::rules::RulePack;
use wire::PackFile;

const SHIPPED: [(&str, &str); 2] = [
    ("decree-118-2025", include_str!("../../assets/rules/decree-118-2025.toml")),
    ("decree-61-2018", include_str!("../../assets/rules/decree-61-2018.toml")),
];

/// A rule pack that cannot be read: which file, where and why, and what to do.
#[derive(Debug, thiserror::Error)]
#[error("the rule pack {file}{place} cannot be read: {why}; repair it, or move it out of the folder", place = place(*line))]
pub struct RulePackFault {
    file: String,
    line: Option<usize>,
    why: String,
}

fn place(line: Option<usize>) -> String {
    line.map(|line| format!(", line {line},")).unwrap_or_default()
}

/// The packs that ship with this version, each with its amendments; the first is the default.
///
/// # Errors
/// A pack is malformed; a test shows that none is.
pub fn shipped() -> Result<Vec<RulePack>, RulePackFault> {
    let packs = SHIPPED.iter().map(|(name, text)| parse(name, text));
    Ok(packs.collect::<Result<Vec<_>, _>>()?.concat())
}

/// The shipped packs and those of the files `*.toml` in a folder, in the order of their names. The
/// folder need not be there.
///
/// # Errors
/// A file cannot be read, is malformed, or names itself like another pack.
pub fn load(folder: &Path) -> Result<Vec<RulePack>, RulePackFault> {
    let mut packs = shipped()?;
    let unreadable = |path: &Path, error: &std::io::Error| RulePackFault {
        file: path.display().to_string(),
        line: None,
        why: error.to_string(),
    };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(packs),
        Err(error) => return Err(unreadable(folder, &error)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| unreadable(folder, &error))?.path();
        // What is promised about personal data is read elsewhere.
        let is_other = path.file_name().is_some_and(|name| name == privacy::RULES);
        if path.extension().is_some_and(|ending| ending == "toml") && !is_other {
            files.push(path);
        }
    }
    files.sort();
    for path in files {
        let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
        let file = path.display().to_string();
        let pack = parse(&file, &text)?;
        let taken = pack.first().is_some_and(|new| packs.iter().any(|old| old.pack == new.pack));
        if taken {
            let line = text.lines().position(|line| line.trim_start().starts_with("id"));
            let why = format!("another pack has the id {}", pack[0].pack);
            return Err(RulePackFault { file, line: line.map(|line| line + 1), why });
        }
        packs.extend(pack);
    }
    Ok(packs)
}

/// Reads a pack from its TOML text: as it begins, and as each amendment leaves it.
///
/// # Errors
/// The text is malformed; the fault says where.
pub fn parse(file: &str, text: &str) -> Result<Vec<RulePack>, RulePackFault> {
    let fault = |line, why| RulePackFault { file: file.to_owned(), line, why };
    let read: PackFile = toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| line_at(text, span.start));
        fault(line, error.message().trim().replace('\n', ", "))
    })?;
    let (mut pack, amendments) = read.open();
    let last = pack.valid_to.take();
    if last.is_some_and(|last| last < pack.valid_from) {
        return Err(fault(line_of(text, "valid_to"), "valid_to is before valid_from".to_owned()));
    }
    let mut packs = vec![pack];
    for amendment in amendments {
        let Some(before) = packs.last_mut() else { break };
        let line = || line_of(text, amendment.id());
        let from = amendment.valid_from();
        if from <= before.valid_from || last.is_some_and(|last| from > last) {
            let why = format!("the amendment {} is out of the order of dates", amendment.id());
            return Err(fault(line(), why));
        }
        let next = amendment.amend(before);
        before.valid_to = Some(from.saturating_sub(1.day()));
        packs.push(next);
    }
    if let Some(newest) = packs.last_mut() {
        newest.valid_to = last;
    }
    Ok(packs)
}

fn line_at(text: &str, byte: usize) -> usize {
    text.bytes().take(byte).filter(|byte| *byte == b'\n').count() + 1
}

fn line_of(text: &str, word: &str) -> Option<usize> {
    text.find(word).map(|byte| line_at(text, byte))
}

#[cfg(test)]
mod tests;
