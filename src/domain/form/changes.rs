//! What differs between two versions of a form.

use super::{Declaration, Kind, Question, Section, words};
use crate::domain::words::Message;

/// A part of a question that people compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionPart {
    /// What is asked.
    Label,
    /// How to answer.
    Help,
    /// What an answer is.
    Kind,
    /// Whether it must be answered.
    Required,
    /// When it is asked.
    OnlyIf,
    /// What it must fulfil.
    Checks,
    /// What it begins with.
    Prefill,
}

impl QuestionPart {
    /// Every part.
    pub const ALL: [Self; 7] = [
        Self::Label,
        Self::Help,
        Self::Kind,
        Self::Required,
        Self::OnlyIf,
        Self::Checks,
        Self::Prefill,
    ];

    /// Its words.
    pub const fn name(self) -> Message {
        match self {
            Self::Label => words::PART_LABEL,
            Self::Help => words::PART_HELP,
            Self::Kind => words::PART_KIND,
            Self::Required => words::PART_REQUIRED,
            Self::OnlyIf => words::PART_ONLY_IF,
            Self::Checks => words::PART_CHECKS,
            Self::Prefill => words::PART_PREFILL,
        }
    }

    fn differs(self, a: &Question, b: &Question) -> bool {
        match self {
            Self::Label => a.label != b.label,
            Self::Help => a.help != b.help,
            Self::Kind => !is_same_kind(&a.kind, &b.kind),
            Self::Required => a.is_required != b.is_required,
            Self::OnlyIf => a.only_if != b.only_if,
            Self::Checks => a.checks != b.checks,
            Self::Prefill => a.prefill != b.prefill || a.prefill_if != b.prefill_if,
        }
    }
}

/// Columns are compared as questions of their own.
fn is_same_kind(a: &Kind, b: &Kind) -> bool {
    match (a, b) {
        (Kind::Table { min, max, .. }, Kind::Table { min: least, max: most, .. }) => {
            min == least && max == most
        }
        _ => a == b,
    }
}

/// A question with the table that it is a column of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed<'a> {
    /// The table; none outside of tables.
    pub table: Option<&'a Question>,
    /// The question.
    pub question: &'a Question,
}

impl Placed<'_> {
    /// The name of its answers: `ho_ten`, `thanh_vien.ho_ten`.
    pub fn path(&self) -> String {
        match self.table {
            Some(table) => format!("{}.{}", table.key, self.question.key),
            None => self.question.key.clone(),
        }
    }
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference<'a> {
    /// The form is called otherwise: before, and now.
    Title(&'a str, &'a str),
    /// Whose matter it is is called otherwise: before, and now.
    Owner(&'a str, &'a str),
    /// A new section.
    SectionAdded(&'a Section),
    /// A section that is gone.
    SectionRemoved(&'a Section),
    /// A section that is called otherwise: before, and now.
    SectionRenamed(&'a Section, &'a Section),
    /// A section whose help or condition is another.
    SectionChanged(&'a Section),
    /// A new question.
    Added(Placed<'a>),
    /// A question that is gone.
    Removed(Placed<'a>),
    /// A question that stands at another place among those that stayed.
    Moved(Placed<'a>),
    /// A question that is other in these parts.
    Changed(Placed<'a>, Placed<'a>, Vec<QuestionPart>),
    /// The printed form has another number, source, list of fields or other signers.
    Print,
    /// The test cases are others.
    Cases,
}

/// What differs from an old version to a new one. Questions are known by their keys, sections by
/// their titles, or by a question that they share.
pub fn differences<'a>(old: &'a Declaration, new: &'a Declaration) -> Vec<Difference<'a>> {
    let mut found = Vec::new();
    if old.title != new.title {
        found.push(Difference::Title(&old.title.vi, &new.title.vi));
    }
    if old.owner != new.owner {
        found.push(Difference::Owner(&old.owner.vi, &new.owner.vi));
    }
    sections(old, new, &mut found);
    questions(&placed(old), &placed(new), &mut found);
    let printed = |form: &'a Declaration| (&form.form_number, &form.official, &form.signers);
    if printed(old) != printed(new) {
        found.push(Difference::Print);
    }
    if old.cases != new.cases {
        found.push(Difference::Cases);
    }
    found
}

fn sections<'a>(old: &'a Declaration, new: &'a Declaration, found: &mut Vec<Difference<'a>>) {
    let gone = old.sections.iter().filter(|section| twin(section, old, new).is_none());
    found.extend(gone.map(Difference::SectionRemoved));
    for section in &new.sections {
        // Of a section that was divided, one part is the old one.
        let before = twin(section, new, old).filter(|before| {
            twin(before, old, new).is_some_and(|after| std::ptr::eq(after, section))
        });
        let Some(before) = before else {
            found.push(Difference::SectionAdded(section));
            continue;
        };
        if before.title.vi != section.title.vi {
            found.push(Difference::SectionRenamed(before, section));
        }
        let is_same = before.help == section.help
            && before.only_if == section.only_if
            && (before.title.en == section.title.en || before.title.vi != section.title.vi);
        if !is_same {
            found.push(Difference::SectionChanged(section));
        }
    }
}

/// The section of another version with the same title; else one whose title is new there and that
/// shares a question.
fn twin<'a>(section: &Section, of: &Declaration, other: &'a Declaration) -> Option<&'a Section> {
    let titled = |form: &'a Declaration| {
        form.sections.iter().find(|known| known.title.vi == section.title.vi)
    };
    let shares = |known: &Section| {
        let keys = |key: &str| known.questions.iter().any(|question| question.key == key);
        section.questions.iter().any(|question| keys(&question.key))
    };
    let is_new = |known: &Section| of.sections.iter().all(|own| own.title.vi != known.title.vi);
    titled(other).or_else(|| other.sections.iter().find(|known| is_new(known) && shares(known)))
}

fn questions<'a>(old: &[Placed<'a>], new: &[Placed<'a>], found: &mut Vec<Difference<'a>>) {
    let twin = |placed: &Placed<'_>, others: &[Placed<'a>]| {
        let path = placed.path();
        others.iter().find(|other| other.path() == path).copied()
    };
    let gone = old.iter().filter(|placed| twin(placed, new).is_none());
    found.extend(gone.copied().map(Difference::Removed));
    let stayed: Vec<String> =
        old.iter().filter(|placed| twin(placed, new).is_some()).map(Placed::path).collect();
    let mut place = 0;
    for placed in new {
        let Some(before) = twin(placed, old) else {
            found.push(Difference::Added(*placed));
            continue;
        };
        let parts: Vec<QuestionPart> = QuestionPart::ALL
            .into_iter()
            .filter(|part| part.differs(before.question, placed.question))
            .collect();
        if !parts.is_empty() {
            found.push(Difference::Changed(before, *placed, parts));
        }
        if stayed.get(place).is_some_and(|path| *path != placed.path()) {
            found.push(Difference::Moved(*placed));
        }
        place += 1;
    }
}

/// Every question with every column, in order.
pub fn placed(declaration: &Declaration) -> Vec<Placed<'_>> {
    let mut all = Vec::new();
    for question in declaration.questions() {
        all.push(Placed { table: None, question });
        if let Kind::Table { columns, .. } = &question.kind {
            let table = Some(question);
            all.extend(columns.iter().map(|question| Placed { table, question }));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{Difference, differences};
    use crate::domain::form::{Declaration, QuestionPart, sketch};

    fn form(text: &str) -> Declaration {
        Declaration { sections: sketch(text, &|_| false), ..Declaration::default() }
    }

    #[test]
    fn sections_are_known_by_their_titles_or_by_what_they_ask() {
        let old = form("# A\nmột\nhai\n# B\nba");
        assert!(differences(&old, &old).is_empty());
        let found = form("# C\nmột\n# D\nhai\n# B\nba");
        let found = differences(&old, &found);
        assert!(
            matches!(&found[..], [Difference::SectionRenamed(a, c), Difference::SectionAdded(d)]
            if a.title.vi == "A" && c.title.vi == "C" && d.title.vi == "D"),
            "{found:?}"
        );
        let other = form("# A\nhai\nmột");
        let found = differences(&old, &other);
        assert!(matches!(found[0], Difference::SectionRemoved(b) if b.title.vi == "B"));
        assert!(matches!(found[1], Difference::Removed(placed) if placed.path() == "ba"));
        assert!(matches!(found[2], Difference::Moved(_)));
    }

    #[test]
    fn columns_are_compared_as_questions_of_their_own() {
        let old = form("# A\nbảng\n- tên\n- tuổi");
        let mut new = old.clone();
        let spot = new.spot("bang.ten").unwrap();
        new.at_mut(spot).unwrap().is_required = false;
        new.remove("bang.tuoi");
        let found = differences(&old, &new);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(matches!(found[0], Difference::Removed(placed) if placed.path() == "bang.tuoi"));
        assert!(matches!(&found[1], Difference::Changed(_, placed, parts)
            if placed.path() == "bang.ten" && *parts == [QuestionPart::Required]));
    }
}
