//! The declared form of a procedure (tờ khai điện tử): sections of questions, which of them are asked,
//! what is calculated, and what an answer must be.
//!
//! [`Declaration`] is what an official declares, [`check`] refuses what nobody could fill in, and
//! [`evaluate`] reads answers against it. Whatever a question refers to stands above it, as on paper:
//! one pass from top to bottom decides everything, and nothing can go round in circles.

mod calculation;
mod cases;
mod changes;
mod check;
mod editing;
mod evaluate;
mod fulfilling;
mod groups;
#[cfg(test)]
mod laws;
mod naming;
mod official;
mod official_lines;
mod paper_lines;
mod reading;
mod renaming;
mod saying;
mod sketch;
pub mod words;

use rust_decimal::Decimal;

pub use calculation::Calculation;
pub use cases::{Around, Outcome};
pub use changes::{Difference, Placed, QuestionPart, differences, placed};
pub use check::{MAX_OPTIONS, MAX_QUESTIONS, MAX_ROWS, MAX_SECTIONS, check, is_key};
pub use editing::{Behind, Spot, Step};
pub use evaluate::{Evaluation, Problem, evaluate};
pub use groups::ETHNIC_GROUPS;
pub use official::{AddedQuestion, FieldFrom, OfficialField, OfficialForm};
pub use official_lines::{OFFICIAL_ADDED, OFFICIAL_FIELDS};
pub use reading::typed_number;
pub use saying::{asked_when, read_again, said, tested, written_apart};
pub use sketch::{fresh_key, guess, sketch, sketch_columns};

use super::dossier::Form;
use super::fee::Charge;
use super::ids::ProcedureCode;
use super::process::Condition;
use super::words::Text;

/// The parts of an address by administrative unit, two levels since 1 July 2025: names of its answers.
pub const PLACE_PARTS: [&str; 3] = ["province", "commune", "detail"];

/// Which published form answers belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormVersion {
    /// The procedure whose form it is.
    pub procedure: ProcedureCode,
    /// Its version, from 1.
    pub version: u32,
}

/// A published version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredForm {
    /// Whose, and which.
    pub version: FormVersion,
    /// What is asked.
    pub declaration: Declaration,
}

/// What an official declares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declaration {
    /// What the paper is called.
    pub title: Text,
    /// What the law calls the printed form, such as `Mẫu CT01`; or empty.
    pub form_number: String,
    /// Whose matter it is, in the words of the procedure, such as “trẻ được khai sinh”; or empty.
    pub owner: Text,
    /// The official form that it stands for.
    pub official: OfficialForm,
    /// Who signs the printed form, each under their words; whoever declares, when nobody is named.
    pub signers: Vec<Text>,
    /// The sections, in order.
    pub sections: Vec<Section>,
    /// Filled forms with what must come of them, tried at every change.
    pub cases: Vec<Case>,
}

/// Questions under one heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub title: Text,
    /// What to know before answering; or empty.
    pub help: Text,
    /// Asked only when all of these hold.
    pub only_if: Vec<Condition>,
    /// The questions, in order.
    pub questions: Vec<Question>,
}

/// A question, or a value that is calculated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The name of its answer: stays the same over versions.
    pub key: String,
    /// What is asked.
    pub label: Text,
    /// How to answer; or empty.
    pub help: Text,
    /// Whether it must be answered when it is asked.
    pub is_required: bool,
    /// Asked only when all of these hold; in a table they speak of the same row.
    pub only_if: Vec<Condition>,
    /// What an answer is.
    pub kind: Kind,
    /// What it must fulfil besides.
    pub checks: Vec<Check>,
    /// What it begins with.
    pub prefill: Option<Prefill>,
    /// It begins so only when all of these hold.
    pub prefill_if: Vec<Condition>,
}

impl Question {
    /// A question that is not required, depends on nothing and is checked and filled in by nothing.
    pub fn new(key: impl Into<String>, label: Text, kind: Kind) -> Self {
        Self {
            key: key.into(),
            label,
            help: Text::default(),
            is_required: false,
            only_if: Vec::new(),
            kind,
            checks: Vec::new(),
            prefill: None,
            prefill_if: Vec::new(),
        }
    }
}

/// What an answer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words, on so many lines.
    Text {
        /// Lines of the box.
        lines: u8,
    },
    /// The name of a person or an organisation.
    Name,
    /// A number.
    Number {
        /// The least.
        min: Option<Decimal>,
        /// The most.
        max: Option<Decimal>,
        /// Decimal places.
        places: u32,
    },
    /// Whole đồng.
    Money,
    /// A date.
    Date(When),
    /// One of these.
    Choice(Vec<ChoiceOption>),
    /// Ticked or not; a required one must be ticked.
    Tick,
    /// A personal identity number.
    IdNumber,
    /// A telephone number.
    Phone,
    /// An email address.
    Email,
    /// A tax code.
    TaxCode,
    /// An ethnic group: one of the official list, or another in words.
    Ethnicity,
    /// A nationality.
    Nationality,
    /// An address: province, commune, and what lies below.
    Place,
    /// Rows of the same questions.
    Table {
        /// The questions of a row.
        columns: Vec<Question>,
        /// The fewest rows.
        min: u32,
        /// The most rows.
        max: u32,
    },
    /// Calculated, and asked of nobody.
    Calculated(Calculation),
}

/// When a date may lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum When {
    /// On any day.
    #[default]
    Any,
    /// Today at the latest.
    Past,
    /// Today at the earliest.
    Future,
}

/// A possible answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceOption {
    /// How it is kept.
    pub value: String,
    /// What people read.
    pub label: Text,
}

/// A comparison that an answer must fulfil; with nothing to compare it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// How it must stand to the other value.
    pub must: Must,
    /// The other value; of dates and texts, an answer or today.
    pub than: Calculation,
    /// Years that are added to the other value where it is a day or a year; less than nothing for so
    /// many years before.
    pub years: i16,
    /// What is said when it does not hold.
    pub message: Text,
}

/// How an answer must stand to another value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Must {
    /// As large, as late, or more.
    AtLeast,
    /// As large, as late, or less.
    AtMost,
    /// The same.
    Same,
    /// Another.
    Differ,
}

/// What an answer begins with: something that is known of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prefill {
    /// Of whose.
    pub of: PrefillOf,
    /// What.
    pub part: PrefillPart,
}

/// Whose data an answer begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrefillOf {
    /// Who files.
    Applicant,
    /// Whose matter it is.
    Owner,
    /// Whose matter it is, when somebody else files: a child, a ward, who gave the mandate.
    Represented,
}

/// Which of a person's data an answer begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrefillPart {
    /// The name.
    Name,
    /// The date of birth.
    BirthDate,
    /// The year of birth.
    BirthYear,
    /// The identity number.
    IdNumber,
    /// The telephone.
    Phone,
    /// The email address.
    Email,
    /// The address, as the detail of a place or as a text.
    Address,
}

/// A filled form with what must come of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// What it shows.
    pub name: String,
    /// The answers.
    pub answers: Form,
    /// Keys that must be asked.
    pub shows: Vec<String>,
    /// Keys that must not be asked.
    pub hides: Vec<String>,
    /// The paths of every error.
    pub errors: Vec<String>,
    /// Answers that must come out, as texts.
    pub values: Vec<(String, String)>,
    /// What must come out beside the form.
    pub expected: Expected,
}

/// What a test case expects beside the form; what is none is not looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// The fees, line by line, without what is free.
    pub fees: Option<Vec<Charge>>,
    /// The papers that must go along, by their names in the catalogue.
    pub papers: Option<Vec<String>>,
    /// The papers that go along if there are any, by their names in the catalogue.
    pub papers_if_any: Option<Vec<String>>,
    /// The steps that run, by their names.
    pub steps: Option<Vec<String>>,
}

impl Must {
    /// Each, with its name in files.
    pub const ALL: [(&'static str, Self); 4] = [
        ("at_least", Self::AtLeast),
        ("at_most", Self::AtMost),
        ("same", Self::Same),
        ("differ", Self::Differ),
    ];
}

impl Prefill {
    const OF: [(&'static str, PrefillOf); 3] = [
        ("applicant", PrefillOf::Applicant),
        ("owner", PrefillOf::Owner),
        ("represented", PrefillOf::Represented),
    ];
    const PARTS: [(&'static str, PrefillPart); 7] = [
        ("name", PrefillPart::Name),
        ("birth_date", PrefillPart::BirthDate),
        ("birth_year", PrefillPart::BirthYear),
        ("id_number", PrefillPart::IdNumber),
        ("phone", PrefillPart::Phone),
        ("email", PrefillPart::Email),
        ("address", PrefillPart::Address),
    ];

    /// Every one.
    pub fn all() -> impl Iterator<Item = Self> {
        let parts = |(_, of)| Self::PARTS.into_iter().map(move |(_, part)| Self { of, part });
        Self::OF.into_iter().flat_map(parts)
    }

    /// The one with a name such as `owner.name`.
    pub fn from_id(id: &str) -> Option<Self> {
        let (of, part) = id.split_once('.')?;
        let (_, of) = Self::OF.into_iter().find(|(name, _)| *name == of)?;
        let (_, part) = Self::PARTS.into_iter().find(|(name, _)| *name == part)?;
        Some(Self { of, part })
    }

    /// Its name in files.
    pub fn id(self) -> String {
        let of = Self::OF.into_iter().find(|(_, of)| *of == self.of);
        let part = Self::PARTS.into_iter().find(|(_, part)| *part == self.part);
        format!("{}.{}", of.map_or("", |(name, _)| name), part.map_or("", |(name, _)| name))
    }
}

impl Kind {
    /// Its name in files.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Name => "name",
            Self::Number { .. } => "number",
            Self::Money => "money",
            Self::Date(_) => "date",
            Self::Choice(_) => "choice",
            Self::Tick => "tick",
            Self::IdNumber => "id_number",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::TaxCode => "tax_code",
            Self::Ethnicity => "ethnicity",
            Self::Nationality => "nationality",
            Self::Place => "place",
            Self::Table { .. } => "table",
            Self::Calculated(_) => "calculated",
        }
    }

    /// One of this name that was just chosen: its details are still open.
    pub fn fresh(id: &str) -> Option<Self> {
        Some(match id {
            "text" => Self::Text { lines: 1 },
            "name" => Self::Name,
            "number" => Self::Number { min: None, max: None, places: 0 },
            "money" => Self::Money,
            "date" => Self::Date(When::Any),
            "choice" => Self::Choice(Vec::new()),
            "tick" => Self::Tick,
            "id_number" => Self::IdNumber,
            "phone" => Self::Phone,
            "email" => Self::Email,
            "tax_code" => Self::TaxCode,
            "ethnicity" => Self::Ethnicity,
            "nationality" => Self::Nationality,
            "place" => Self::Place,
            "table" => Self::Table { columns: Vec::new(), min: 0, max: 20 },
            "calculated" => Self::Calculated(Calculation::Sum(Vec::new())),
            _ => return None,
        })
    }

    /// Whether calculations can use it.
    pub const fn is_number(&self) -> bool {
        matches!(self, Self::Number { .. } | Self::Money | Self::Calculated(_))
    }
}

impl Declaration {
    /// Every question outside tables, in order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.sections.iter().flat_map(|section| &section.questions)
    }

    /// The question with this key.
    pub fn question(&self, key: &str) -> Option<&Question> {
        self.questions().find(|question| question.key == key)
    }

    /// The names that conditions can speak of, with dots into addresses.
    pub fn names(&self) -> std::collections::BTreeSet<String> {
        let mut names = std::collections::BTreeSet::new();
        for question in self.questions() {
            names.insert(question.key.clone());
            if question.kind == Kind::Place {
                names.extend(PLACE_PARTS.map(|part| format!("{}.{part}", question.key)));
            }
        }
        names
    }
}
