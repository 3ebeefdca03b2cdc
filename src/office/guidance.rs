//! The questions that lead to the right procedure, as data: the families that ship, and those that the
//! office set in their place. Both are lines of text, and are read by the same reader.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::checklists::read_condition;
use super::settings::{self, Row};
use super::typed_lines::AtLine;
use super::world::World;
use super::{Failure, Office, words};
use crate::domain::dossier::{Directory, Form};
use crate::domain::guidance::{Asked, Guide, Leads, Part, Reply, Signpost};
use crate::domain::ids::ProcedureCode;
use crate::domain::process::Condition;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::Text;
use crate::store::reader::Reader;

const SHIPPED_LINES: &str = include_str!("../../assets/filing/questions.txt");
/// Longest text of a family, in bytes.
const LONGEST: usize = 40_000;
/// How an answer says that it leads out of the catalogue.
pub const ELSEWHERE: &str = "nơi khác";

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

/// A family as it was read from lines.
#[derive(Clone, Debug)]
pub struct ReadGuide {
    /// What the lines say, as far as they can be read.
    pub guide: Guide,
    /// What is wrong, at its line.
    pub wrong: Vec<AtLine>,
    /// The line of each part.
    lines: Lines,
}

/// The lines on which the parts of a family stand.
#[derive(Clone, Debug, Default)]
struct Lines {
    procedures: Option<usize>,
    questions: Vec<(usize, Vec<usize>)>,
    signposts: Vec<usize>,
}

impl ReadGuide {
    /// The line on which a part stands.
    pub fn line(&self, part: Part) -> Option<usize> {
        match part {
            Part::Whole => None,
            Part::Procedures => self.lines.procedures,
            Part::Question(place) => self.lines.questions.get(place).map(|(line, _)| *line),
            Part::Answer(place, number) => self.lines.questions.get(place)?.1.get(number).copied(),
            Part::Signpost(place) => self.lines.signposts.get(place).copied(),
        }
    }

    fn is_wrong(&mut self, part: Part, text: Text) {
        let line = self.line(part);
        self.wrong.push(AtLine { line, text });
    }
}

/// Reads a family.
///
/// # Errors
/// The first line that cannot be read.
fn read_lines(lines: &str) -> Result<Guide, Text> {
    let mut read = read_all(lines);
    match read.wrong.is_empty() {
        true => Ok(read.guide),
        false => Err(read.wrong.swap_remove(0).text),
    }
}

/// Reads a family as far as it can be read.
fn read_all(lines: &str) -> ReadGuide {
    let guide = Guide {
        id: String::new(),
        title: Text::default(),
        procedures: Vec::new(),
        questions: Vec::new(),
        signposts: Vec::new(),
    };
    let mut read = ReadGuide { guide, wrong: Vec::new(), lines: Lines::default() };
    for (place, line) in lines.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if read_line(&mut read, place + 1, line).is_none() {
            let text = words::GUIDE_LINE.text(&[("line", line)]);
            read.wrong.push(AtLine { line: Some(place + 1), text });
        }
    }
    read
}

fn read_line(read: &mut ReadGuide, number: usize, line: &str) -> Option<()> {
    let ReadGuide { guide, lines, .. } = read;
    if let Some(rest) = line.strip_prefix("== ") {
        let (id, title) = rest.split_once('|')?;
        id.trim().clone_into(&mut guide.id);
        guide.title = said(title)?;
    } else if let Some(codes) = line.strip_prefix("thủ tục:") {
        guide.procedures = codes.split_whitespace().map(ProcedureCode::from).collect();
        lines.procedures = Some(number);
    } else if let Some(rest) = line.strip_prefix("? ") {
        let (key, text) = rest.split_once('|')?;
        let key = key.trim().to_owned();
        guide.questions.push(Asked { key, text: said(text)?, answers: Vec::new() });
        lines.questions.push((number, Vec::new()));
    } else if let Some(rest) = line.strip_prefix("dẫn:") {
        guide.signposts.push(signpost(rest)?);
        lines.signposts.push(number);
    } else {
        let (text, leads) = line.strip_prefix("- ")?.split_once(" > ")?;
        let reply = Reply { text: said(text)?, leads: leads_of(leads)? };
        guide.questions.last_mut()?.answers.push(reply);
        lines.questions.last_mut()?.1.push(number);
    }
    Some(())
}

/// "1.001193 | câu co_cha là co > 1.000689 | vì thế | so".
fn signpost(text: &str) -> Option<Signpost> {
    let (when, leads) = text.split_once(" > ")?;
    let (of, when) = when.split_once('|')?;
    let parts = when.split(';').map(str::trim);
    let only_if: Option<Vec<Condition>> = parts.map(read_condition).collect();
    match leads_of(leads)? {
        Leads::Procedure(to, why) => {
            Some(Signpost { of: of.trim().into(), only_if: only_if?, to, why })
        }
        Leads::Question(_) | Leads::Elsewhere(_) => None,
    }
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

    /// Reads lines in the place of a family, each with what is wrong with it. A code that the catalogue
    /// does not have is wrong unless the family had it before: families ship for the whole national
    /// catalogue.
    pub fn looked_through(&self, id: &str, lines: &str) -> ReadGuide {
        let mut read = read_all(lines);
        if read.guide.id != id {
            read.is_wrong(Part::Whole, words::GUIDE_ID.text(&[("id", id)]));
        }
        let standing = self.guide(id).map(|set| &set.guide);
        let shipped = SHIPPED.iter().map(|(_, guide)| guide).find(|guide| guide.id == id);
        let known: HashSet<&ProcedureCode> = standing
            .into_iter()
            .chain(shipped)
            .flat_map(|guide| guide.named().map(|(_, c)| c))
            .collect();
        let unknown: Vec<(Part, Text)> = read
            .guide
            .named()
            .filter(|(_, code)| !known.contains(code))
            .filter_map(|(part, code)| Some((part, self.no_procedure(code)?)))
            .collect();
        let unasked: Vec<(Part, Text)> = self.unasked(&read.guide).collect();
        for (part, text) in unknown.into_iter().chain(unasked).chain(read.guide.check()) {
            read.is_wrong(part, text);
        }
        read.wrong.sort_by_key(|wrong| wrong.line);
        read
    }

    /// What signposts ask for that no form answers.
    fn unasked(&self, guide: &Guide) -> impl Iterator<Item = (Part, Text)> {
        let posts = guide.signposts.iter().enumerate();
        posts.flat_map(|(place, post)| {
            let form = self.form(&post.of, None).map(|form| &form.declaration);
            let wrong =
                post.only_if.iter().filter_map(move |condition| form?.wrong_with(condition));
            wrong.map(move |text| (Part::Signpost(place), text))
        })
    }

    /// The procedure that answers of a form are those of, when that is another.
    pub fn signpost(&self, of: &ProcedureCode, answers: &Form) -> Option<&Signpost> {
        self.guide_of(of)?.signpost(of, answers)
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
    /// A line cannot be read or names a procedure that nobody knows, or the questions lead in a circle or
    /// to nothing: the field is `lines`, and the line is named.
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
        if lines.len() > LONGEST {
            return Err(Refusal::field("lines", words::RULES_TOO_MANY).into());
        }
        let read = self.world().looked_through(id, lines);
        if !read.wrong.is_empty() {
            let errors = read.wrong.into_iter().map(|wrong| wrong.error("lines"));
            return Err(Refusal::fields(errors.collect()).into());
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
            let wrong: Vec<String> = guide.check().into_iter().map(|(_, text)| text.vi).collect();
            assert!(wrong.is_empty(), "{}: {wrong:?}", guide.id);
            let twice = |code| SHIPPED.iter().filter(|(_, g)| g.procedures.contains(code)).count();
            assert!(guide.procedures.iter().all(|code| twice(code) == 1), "{}", guide.id);
        }
    }

    #[test]
    fn a_line_that_says_nothing_is_named() {
        for line in ["- a > b", "? chỉ mã", "== chỉ-mã", "? a | b\n- x > 1.001193", "lời"] {
            let wrong = read_lines(line).unwrap_err();
            let said = line.lines().last().unwrap();
            assert!(wrong.vi.contains(said), "{line}: {}", wrong.vi);
        }
    }
}
