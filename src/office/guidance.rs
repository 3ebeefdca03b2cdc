//! The questions that lead to the right procedure, as data: the families that ship, and those that the
//! office set in their place. Both are lines of text, and are read by the same reader.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::settings::{self, Row};
use super::world::World;
use super::{Failure, Office, words};
use crate::domain::guidance::{Asked, Guide, Leads, Reply};
use crate::domain::ids::ProcedureCode;
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::domain::words::Text;
use crate::store::reader::Reader;

const SHIPPED_LINES: &str = include_str!("../../assets/filing/questions.txt");
/// Longest text of a family, in bytes.
const LONGEST: usize = 40_000;
/// How an answer says that it leads out of the catalogue.
const ELSEWHERE: &str = "nơi khác";

/// The families that ship: their lines, and what they say.
static SHIPPED: LazyLock<Vec<(String, Guide)>> = LazyLock::new(|| {
    let parts = SHIPPED_LINES.split("\n== ").skip(1).map(|part| format!("== {}", part.trim()));
    parts.filter_map(|lines| read_lines(&lines).ok().map(|guide| (lines, guide))).collect()
});

/// What the office set.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct GuideRow {
    id: String,
    lines: String,
    by: String,
    at: Timestamp,
}

impl Row for GuideRow {
    const KIND: &'static str = "guide";
    fn key(&self) -> &str {
        &self.id
    }
}

/// A family as it stands.
#[derive(Clone, Debug)]
pub struct SetGuide {
    /// Its lines.
    pub lines: String,
    /// What they say.
    pub guide: Guide,
    /// Who set it here, and when; none when it is the supplied one.
    pub set: Option<(String, Timestamp)>,
}

/// The families as they stand, by their ids.
pub(super) type Guides = BTreeMap<String, SetGuide>;

/// Reads what ships and what was set.
///
/// # Errors
/// The store cannot be read, or a row is damaged.
pub(super) fn read(reader: &Reader) -> Result<Guides, Failure> {
    let shipped = SHIPPED.iter().map(|(lines, guide)| {
        let set = SetGuide { lines: lines.clone(), guide: guide.clone(), set: None };
        (guide.id.clone(), set)
    });
    let mut guides: Guides = shipped.collect();
    for row in settings::all::<GuideRow>(reader)? {
        // A text that a later version cannot read leaves the supplied family in force.
        if let Ok(guide) = read_lines(&row.lines) {
            let set = Some((row.by, row.at));
            guides.insert(row.id, SetGuide { lines: row.lines, guide, set });
        }
    }
    Ok(guides)
}

/// Reads a family.
///
/// # Errors
/// The line that cannot be read.
pub fn read_lines(lines: &str) -> Result<Guide, Text> {
    let mut guide = Guide {
        id: String::new(),
        title: Text::default(),
        procedures: Vec::new(),
        questions: Vec::new(),
    };
    for (place, line) in lines.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        read_line(&mut guide, line).ok_or_else(|| {
            words::GUIDE_LINE.text(&[("n", &(place + 1).to_string()), ("line", line)])
        })?;
    }
    Ok(guide)
}

fn read_line(guide: &mut Guide, line: &str) -> Option<()> {
    if let Some(rest) = line.strip_prefix("== ") {
        let (id, title) = rest.split_once('|')?;
        id.trim().clone_into(&mut guide.id);
        guide.title = said(title)?;
    } else if let Some(codes) = line.strip_prefix("thủ tục:") {
        guide.procedures = codes.split_whitespace().map(ProcedureCode::from).collect();
    } else if let Some(rest) = line.strip_prefix("? ") {
        let (key, text) = rest.split_once('|')?;
        let key = key.trim().to_owned();
        guide.questions.push(Asked { key, text: said(text)?, answers: Vec::new() });
    } else {
        let (text, leads) = line.strip_prefix("- ")?.split_once(" > ")?;
        let reply = Reply { text: said(text)?, leads: leads_of(leads)? };
        guide.questions.last_mut()?.answers.push(reply);
    }
    Some(())
}

/// "tiếng Việt | English"; without the latter the former holds for both.
fn said(text: &str) -> Option<Text> {
    let (vi, en) = text.split_once('|').unwrap_or((text, text));
    let (vi, en) = (vi.trim().to_owned(), en.trim().to_owned());
    (!vi.is_empty()).then_some(Text { vi, en })
}

fn leads_of(text: &str) -> Option<Leads> {
    let Some((target, why)) = text.split_once('|') else {
        let key = text.trim();
        let is_procedure = key.starts_with(|c: char| c.is_ascii_digit());
        return (!is_procedure && key != ELSEWHERE).then(|| Leads::Question(key.to_owned()));
    };
    let why = said(why)?;
    Some(match target.trim() {
        ELSEWHERE => Leads::Elsewhere(why),
        code => Leads::Procedure(code.into(), why),
    })
}

impl World {
    /// Every family of questions, by its id.
    pub fn guides(&self) -> impl Iterator<Item = &SetGuide> {
        self.guides.values()
    }

    /// The family with this id.
    pub fn guide(&self, id: &str) -> Option<&SetGuide> {
        self.guides.get(id)
    }

    /// The questions that are asked about a procedure.
    pub fn guide_of(&self, procedure: &ProcedureCode) -> Option<&Guide> {
        let of = |set: &&SetGuide| set.guide.procedures.contains(procedure);
        self.guides.values().find(of).map(|set| &set.guide)
    }
}

impl Office {
    /// Sets a family of questions in place of the supplied one; `None` takes that back.
    ///
    /// # Errors
    /// A line cannot be read, or the questions lead in a circle or to nothing: the field is `lines`.
    pub fn set_guide(&self, id: &str, lines: Option<&str>, by: &str) -> Result<(), Failure> {
        if self.world().guide(id).is_none() {
            return Err(Refusal::new(RefusalKind::NotFound, words::GUIDE_UNKNOWN).into());
        }
        let name = id.to_owned();
        let Some(lines) = lines else {
            self.ledger.run_blocking(move |txn| {
                settings::delete::<GuideRow>(txn, &name);
                Ok(())
            })?;
            return self.refresh_world();
        };
        let at_lines = |text: Text| FieldError { field: "lines".to_owned(), text };
        if lines.len() > LONGEST {
            return Err(Refusal::field("lines", words::RULES_TOO_MANY).into());
        }
        let guide = read_lines(lines).map_err(|text| Refusal::fields(vec![at_lines(text)]))?;
        let mut wrong = guide.check();
        if guide.id != id {
            wrong.insert(0, words::GUIDE_ID.text(&[("id", id)]));
        }
        if !wrong.is_empty() {
            return Err(Refusal::fields(wrong.into_iter().map(at_lines).collect()).into());
        }
        let lines = lines.trim().to_owned();
        let row = GuideRow { id: name, lines, by: by.to_owned(), at: self.now() };
        self.ledger.run_blocking(move |txn| settings::put(txn, &row))?;
        self.refresh_world()
    }
}

#[cfg(test)]
mod tests {
    use super::{SHIPPED, SHIPPED_LINES, read_lines};

    #[test]
    fn every_supplied_family_leads_somewhere() {
        assert_eq!(SHIPPED.len(), SHIPPED_LINES.matches("\n== ").count());
        for (_, guide) in SHIPPED.iter() {
            let wrong: Vec<String> =
                guide.check().into_iter().map(|text| text.vi.to_string()).collect();
            assert!(wrong.is_empty(), "{}: {wrong:?}", guide.id);
            let twice = |code| SHIPPED.iter().filter(|(_, g)| g.procedures.contains(code)).count();
            assert!(guide.procedures.iter().all(|code| twice(code) == 1), "{}", guide.id);
        }
    }

    #[test]
    fn a_line_that_says_nothing_is_named() {
        for line in ["- a > b", "? chỉ mã", "== chỉ-mã", "? a | b\n- x > 1.001193", "lời"] {
            let wrong = read_lines(line).unwrap_err();
            assert!(wrong.vi.contains("Dòng"), "{line}: {}", wrong.vi);
        }
    }
}
