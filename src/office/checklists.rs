//! When which papers of a procedure are asked for, as data: the rules that ship, and those that an
//! official set in their place. Both are lines of text, and are read by the same reader.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::forms::Tests;
use super::settings::{self, Row};
use super::typed_lines::AtLine;
use super::world::World;
use super::{Failure, Office, words};
use crate::domain::catalogue::{Channel, Procedure};
use crate::domain::checklist::{Filer, PaperRule, wrong_with};
use crate::domain::dossier::Directory;
use crate::domain::form::Declaration;
use crate::domain::ids::ProcedureCode;
use crate::domain::process::{Condition, Test};
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::domain::words::Text;
use crate::store::reader::Reader;

const SHIPPED_LINES: &str = include_str!("../../assets/filing/papers.txt");
/// Most rules of a procedure.
const MOST_RULES: usize = 200;
/// Longest text of a procedure's rules, in bytes.
pub const LONGEST_RULES: usize = 20_000;
/// How a line says that a dossier cannot go without the paper.
const REQUIRED: &str = "bắt buộc";
const CHANNELS: [(&str, Channel); 3] = [
    ("trực tiếp", Channel::Counter),
    ("trực tuyến", Channel::Online),
    ("bưu chính", Channel::Post),
];

/// The rules that ship, by procedure: their lines, and what they say.
static SHIPPED: LazyLock<BTreeMap<ProcedureCode, (String, Vec<PaperRule>)>> = LazyLock::new(|| {
    let parts = SHIPPED_LINES.split("\n== ").skip(1);
    let part = |part: &str| {
        let (code, lines) = part.split_once('\n')?;
        let lines = lines.trim().to_owned();
        let rules = read_lines(&lines).ok()?;
        Some((ProcedureCode::new(code.trim()), (lines, rules)))
    };
    parts.filter_map(part).collect()
});

/// What an official set.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct RulesRow {
    procedure: String,
    lines: String,
    by: String,
    at: Timestamp,
}

impl Row for RulesRow {
    const KIND: &'static str = "paper_rules";
    fn key(&self) -> &str {
        &self.procedure
    }
}

/// The rules of a procedure as they stand.
#[derive(Clone, Debug)]
pub struct SetRules {
    /// Their lines.
    pub lines: String,
    /// What they say.
    pub rules: Vec<PaperRule>,
    /// Who set them and when.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// The rules that were set here.
pub(super) type Checklists = HashMap<ProcedureCode, SetRules>;

/// Reads what was set.
///
/// # Errors
/// The store cannot be read, or a row is damaged.
pub(super) fn read(reader: &Reader) -> Result<Checklists, Failure> {
    let rows = settings::all::<RulesRow>(reader)?.into_iter();
    let set = rows.map(|row| {
        // What was checked when it was set is read again; a line that a later version cannot read is
        // left out rather than keeping the office from opening.
        let rules = read_lines(&row.lines).unwrap_or_default();
        let set = SetRules { lines: row.lines, rules, by: row.by, at: row.at };
        (ProcedureCode::new(row.procedure), set)
    });
    Ok(set.collect())
}

/// A line that says when a paper is asked for, as it was read.
#[derive(Clone, Debug)]
pub struct ReadRule {
    /// Its number, from 1.
    pub line: usize,
    /// What it says; none when it cannot be read.
    pub rule: Option<PaperRule>,
    /// What is wrong with it.
    pub wrong: Vec<Text>,
}

/// Reads lines as the rules of a procedure, each with what is wrong with it.
pub fn looked_through(
    lines: &str,
    procedure: &Procedure,
    form: Option<&Declaration>,
) -> Vec<ReadRule> {
    let read = said_lines(lines).map(|(line, text)| match read_line(text) {
        Ok(rule) => {
            let wrong = wrong_with(&rule, procedure, form);
            ReadRule { line, rule: Some(rule), wrong }
        }
        Err(wrong) => ReadRule { line, rule: None, wrong: vec![wrong] },
    });
    read.collect()
}

/// The lines that are neither empty nor remarks, with their numbers.
fn said_lines(lines: &str) -> impl Iterator<Item = (usize, &str)> {
    let numbered = lines.lines().enumerate().map(|(place, line)| (place + 1, line.trim()));
    numbered.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

/// Reads rules, a line each.
///
/// # Errors
/// The line that cannot be read, and why.
fn read_lines(lines: &str) -> Result<Vec<PaperRule>, Text> {
    said_lines(lines).map(|(_, line)| read_line(line)).collect()
}

fn read_line(line: &str) -> Result<PaperRule, Text> {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let cell = |place: usize| cells.get(place).copied().unwrap_or_default();
    if !(2..=5).contains(&cells.len()) {
        return Err(words::RULE_CELLS.text(&[("n", &cells.len().to_string())]));
    }
    if !matches!(cell(2), "" | REQUIRED) {
        return Err(words::RULE_REQUIRED.text(&[("said", cell(2))]));
    }
    let or = |text: &str, other: &str| if text.is_empty() { other } else { text }.to_owned();
    let mut rule = PaperRule {
        paper: cell(0).to_owned(),
        filers: Vec::new(),
        channels: Vec::new(),
        only_if: Vec::new(),
        is_required: cell(2) == REQUIRED,
        why: Text { vi: cell(3).to_owned(), en: or(cell(4), cell(3)) },
    };
    for part in cell(1).split(';').map(str::trim).filter(|part| !part.is_empty()) {
        if let Some((_, filer)) = Filer::ALL.into_iter().find(|(name, _)| *name == part) {
            rule.filers.push(filer);
        } else if let Some((_, channel)) = CHANNELS.into_iter().find(|(name, _)| *name == part) {
            rule.channels.push(channel);
        } else {
            let unread = || words::RULE_PART.text(&[("said", part)]);
            rule.only_if.push(read_condition(part).ok_or_else(unread)?);
        }
    }
    Ok(rule)
}

/// A rule as the line that [`read_line`] reads.
pub fn line_of(rule: &PaperRule) -> String {
    // What parts a line cannot stand inside it.
    let plain = |text: &str| text.replace(['|', ';', '\n', '\r'], " ").trim().to_owned();
    let filers = Filer::ALL.iter().filter(|(_, filer)| rule.filers.contains(filer));
    let channels = CHANNELS.iter().filter(|(_, channel)| rule.channels.contains(channel));
    let named = filers.map(|(name, _)| *name).chain(channels.map(|(name, _)| *name));
    let tests = rule.only_if.iter().map(|condition| {
        let field = &condition.field;
        match &condition.test {
            Test::Is(value) => format!("câu {field} là {}", plain(value)),
            Test::IsNot(value) => format!("câu {field} khác {}", plain(value)),
            Test::Given => format!("câu {field} có"),
            Test::Missing => format!("câu {field} trống"),
        }
    });
    let when: Vec<String> = named.map(str::to_owned).chain(tests).collect();
    let required = if rule.is_required { REQUIRED } else { "" };
    let why = (plain(&rule.why.vi), plain(&rule.why.en));
    let cells = [plain(&rule.paper), when.join("; "), required.to_owned(), why.0, why.1];
    cells.join(" | ")
}

/// `câu KEY là VALUE`, `câu KEY khác VALUE`, `câu KEY có`, `câu KEY trống`.
pub(super) fn read_condition(text: &str) -> Option<Condition> {
    let (field, rest) = text.strip_prefix("câu ")?.trim().split_once(' ')?;
    let test = match rest.trim().split_once(' ') {
        None if rest.trim() == "có" => Test::Given,
        None if rest.trim() == "trống" => Test::Missing,
        Some(("là", value)) => Test::Is(value.trim().to_owned()),
        Some(("khác", value)) => Test::IsNot(value.trim().to_owned()),
        _ => return None,
    };
    Condition::is_well_formed(field).then(|| Condition { field: field.to_owned(), test })
}

impl World {
    /// The rules for the papers of a procedure: those that were set here, else the supplied ones.
    pub fn checklist_rules(&self, procedure: &ProcedureCode) -> &[PaperRule] {
        match self.checklists.get(procedure) {
            Some(set) => &set.rules,
            None => shipped_rules(procedure),
        }
    }

    /// The rules of a procedure as lines. Of the supplied ones only those that fit it as it is here: they
    /// know papers by other names too, and the questions of the supplied forms.
    pub fn checklist_lines(&self, procedure: &ProcedureCode) -> String {
        if let Some(set) = self.checklists.get(procedure) {
            return set.lines.clone();
        }
        let lines = SHIPPED.get(procedure).map_or("", |(lines, _)| lines.as_str());
        let form = self.form(procedure, None).map(|form| &form.declaration);
        self.procedure(procedure).map(|known| fitting(lines, known, form)).unwrap_or_default()
    }

    /// The rules of a procedure that say something of these papers and questions.
    pub(super) fn checklist_of(
        &self,
        procedure: &Procedure,
        form: Option<&Declaration>,
    ) -> Vec<PaperRule> {
        let rules = self.checklist_rules(&procedure.code).iter();
        rules.filter(|rule| fits(rule, procedure, form)).cloned().collect()
    }

    /// Refuses a form without an answer that the rules set here look at. What ships looks at the forms
    /// that ship.
    pub(super) fn check_asked(
        &self,
        procedure: &ProcedureCode,
        declaration: &Declaration,
    ) -> Result<(), Refusal> {
        let here = self.form(procedure, None).map_or(declaration, |form| &form.declaration);
        let rules = self.own_checklist(procedure).map_or(&[][..], |set| set.rules.as_slice());
        let mut errors = Vec::new();
        for rule in rules {
            let paper = Text { vi: rule.paper.clone(), en: rule.paper.clone() };
            for tested in &rule.only_if {
                let Some(why) = declaration.wrong_with(tested) else { continue };
                let text = match declaration.names().contains(&tested.field) {
                    true => words::PAPER_TESTS_ANSWER.text_of(&[("paper", &paper), ("why", &why)]),
                    false => {
                        let label = here.label_of(&tested.field);
                        words::PAPER_TESTS.text_of(&[("paper", &paper), ("label", &label)])
                    }
                };
                errors.push(FieldError { field: "papers".to_owned(), text });
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(Refusal::fields(errors)) }
    }

    /// What was set here for a procedure.
    pub fn own_checklist(&self, procedure: &ProcedureCode) -> Option<&SetRules> {
        self.checklists.get(procedure)
    }
}

impl Office {
    /// Sets the rules for the papers of a procedure; empty lines mean that every paper is asked for as
    /// the catalogue says. `None` takes the supplied ones back.
    ///
    /// # Errors
    /// A line cannot be read, names no paper or question, or can never hold: the field is `lines`. Or a
    /// test case of the form comes out otherwise.
    pub fn set_checklist(
        &self,
        procedure: &ProcedureCode,
        lines: Option<&str>,
        (tests, by): (Tests, &str),
    ) -> Result<(), Failure> {
        let world = self.world();
        let known = world
            .procedure(procedure)
            .ok_or_else(|| Refusal::new(RefusalKind::NotFound, words::PROCEDURE_UNKNOWN))?;
        let form = world.form(procedure, None).map(|form| &form.declaration);
        let rules = match lines {
            Some(lines) => checked(lines, known, form)?,
            None => shipped_rules(procedure).to_vec(),
        };
        if tests == Tests::Hold {
            self.try_in_use(procedure, |around| around.rules = rules)?;
        }
        let (name, publisher, at) = (procedure.to_string(), by.to_owned(), self.now());
        let lines = lines.map(|lines| lines.trim().to_owned());
        self.ledger.run_blocking(move |txn| {
            match lines.clone() {
                Some(lines) => {
                    let row = RulesRow { procedure: name, lines, by: publisher, at };
                    settings::put(txn, &row)?;
                }
                None => settings::delete::<RulesRow>(txn, &name),
            }
            Ok(())
        })?;
        self.refresh_world()?;
        if tests == Tests::Renew {
            self.renew_cases(procedure, by)?;
        }
        Ok(())
    }
}

/// The rules that ship for a procedure.
pub(super) fn shipped_rules(procedure: &ProcedureCode) -> &'static [PaperRule] {
    SHIPPED.get(procedure).map_or(&[], |(_, rules)| rules.as_slice())
}

/// Reads lines that can be the rules of a procedure.
///
/// # Errors
/// A line cannot be read, names no paper or question, or can never hold: the field is `lines`.
pub(super) fn checked(
    lines: &str,
    procedure: &Procedure,
    form: Option<&Declaration>,
) -> Result<Vec<PaperRule>, Refusal> {
    if lines.len() > LONGEST_RULES {
        return Err(Refusal::field("lines", words::RULES_TOO_MANY));
    }
    let read = looked_through(lines, procedure, form);
    if read.len() > MOST_RULES {
        return Err(Refusal::field("lines", words::RULES_TOO_MANY));
    }
    let wrong = read.iter().flat_map(|read| {
        read.wrong.iter().map(|text| AtLine { line: Some(read.line), text: text.clone() })
    });
    let errors: Vec<FieldError> = wrong.map(|wrong| wrong.error("lines")).collect();
    match errors.is_empty() {
        true => Ok(read.into_iter().filter_map(|read| read.rule).collect()),
        false => Err(Refusal::fields(errors)),
    }
}

/// Whether a rule says something of a procedure's papers by questions of its form.
fn fits(rule: &PaperRule, procedure: &Procedure, form: Option<&Declaration>) -> bool {
    wrong_with(rule, procedure, form).is_empty()
}

/// The lines whose rules fit.
fn fitting(lines: &str, procedure: &Procedure, form: Option<&Declaration>) -> String {
    let fits = |line: &&str| {
        read_lines(line).is_ok_and(|rules| rules.iter().all(|rule| fits(rule, procedure, form)))
    };
    lines.lines().filter(fits).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::{SHIPPED, SHIPPED_LINES, line_of, read_lines};
    use crate::domain::catalogue::Channel;
    use crate::domain::checklist::Filer;
    use crate::domain::process::Test;

    #[test]
    fn a_line_says_when_a_paper_is_asked_for() {
        let line = "giấy báo tử | câu a là b c; trực tuyến; ủy quyền | bắt buộc | vì thế | so";
        let rules = read_lines(&format!("# lời\n\n{line}")).unwrap();
        let rule = &rules[0];
        assert_eq!((rule.paper.as_str(), rule.is_required), ("giấy báo tử", true));
        assert_eq!(
            (&rule.filers[..], &rule.channels[..]),
            (&[Filer::Mandate][..], &[Channel::Online][..])
        );
        assert_eq!(rule.only_if[0].test, Test::Is("b c".to_owned()));
        assert_eq!((rule.why.vi.as_str(), rule.why.en.as_str()), ("vì thế", "so"));
        let wrong = read_lines("a | tự nộp | | x\nb | khi trời mưa | | x").unwrap_err();
        assert!(wrong.vi.contains("trời mưa"), "{}", wrong.vi);
        assert!(read_lines("chỉ một ô").is_err() && read_lines("a | | lúc nào cũng | x").is_err());
    }

    #[test]
    fn every_supplied_line_is_read() {
        let parts = SHIPPED_LINES.matches("\n== ").count();
        assert_eq!(SHIPPED.len(), parts);
        for (code, (lines, rules)) in SHIPPED.iter() {
            assert!(!rules.is_empty(), "{code}");
            assert!(rules.iter().all(|rule| !rule.why.vi.is_empty()), "{code}: {lines}");
            // Written and read again, they say the same.
            let again: Vec<String> = rules.iter().map(line_of).collect();
            assert_eq!(&read_lines(&again.join("\n")).unwrap(), rules, "{code}");
        }
    }
}
