//! Rule packs: the parameters that laws and decrees set (domain section 9). The values are data in
//! `assets/rules`; this is their shape.

use jiff::Timestamp;
use jiff::civil::{Date, Time};

use super::deadline::{self, Duration, PausePolicy};
use super::dossier::CodeFormat;
use super::ids::ProcedureCode;
use super::retention::Retention;
use super::words::Text;

/// A rule pack as it stands between two amendments. A dossier keeps the one that it was received
/// under, by its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulePack {
    /// Such as `decree-118-2025`, or `decree-118-2025+367-2025` from an amendment on.
    pub id: String,
    /// The pack that the agency chooses, such as `decree-118-2025`.
    pub pack: String,
    /// Its name.
    pub name: Text,
    /// The amendments in it, oldest first.
    pub amendments: Vec<Amendment>,
    /// Legal sources.
    pub sources: Vec<String>,
    /// First day in force, as amended.
    pub valid_from: Date,
    /// Parts not yet checked against the official text.
    pub to_verify: Vec<String>,
    /// Last day in force, if it has ended.
    pub valid_to: Option<Date>,
    /// How dossier codes are written.
    pub code_format: CodeFormat,
    /// Reception.
    pub reception: Reception,
    /// Supplements.
    pub supplement: SupplementRules,
    /// New dates with an apology.
    pub extension: ExtensionRules,
    /// Days after which a statutory obligation that nobody met lapses; none when the law sets none.
    pub obligation_lapse_days: Option<u32>,
    /// Working days before the due date from which a dossier is due soon.
    pub due_soon_working_days: u32,
    /// Legal sources of single rules, by rule name.
    pub rule_sources: Vec<(String, String)>,
    /// Working hours in a working day, as the hours of processes count them.
    pub hours_per_day: u32,
    /// Durations that the law of a field sets where the catalogue publishes none.
    pub durations: Vec<FieldDuration>,
    /// Papers: number and title by deed.
    pub papers: Vec<PaperForm>,
    /// The procedures whose papers stand in the books of certification.
    pub certification: Vec<CertificationKind>,
    /// For how long dossiers are kept.
    pub retention: Vec<Retention>,
}

/// A dated step on a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amendment {
    /// The amending text.
    pub name: Text,
    /// What it changes, for the page that shows the pack; may be empty.
    pub about: Text,
    /// Its first day in force.
    pub valid_from: Date,
}

/// Parameters of reception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reception {
    /// Working hours in which an online dossier is answered.
    pub answer_working_hours: u32,
    /// Until when a same-day matter is settled the same day.
    pub same_day_cutoff: Time,
    /// Until when a dossier goes to its unit the same day.
    pub transfer_cutoff: Time,
}

/// Parameters of supplements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplementRules {
    /// How often it may be asked before reception, and again after it.
    pub per_phase: u32,
    /// What a pause does to the deadline.
    pub policy: PausePolicy,
    /// Days after which an unanswered request lapses; none when the law sets none.
    pub lapse_days: Option<u32>,
}

/// Parameters of extensions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtensionRules {
    /// How often.
    pub limit: u32,
    /// Days before the old due date at the latest.
    pub days_before: u32,
}

/// The duration of a field's procedures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldDuration {
    /// The field.
    pub field: String,
    /// How long.
    pub duration: Duration,
    /// The legal source.
    pub source: String,
}

/// A procedure of certification (chứng thực) and its yearly book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificationKind {
    /// The procedure.
    pub procedure: ProcedureCode,
    /// A short name, for lists.
    pub name: Text,
    /// The book's sign, such as `SCT/BS`.
    pub book: String,
    /// Whether papers of one kind share a number; else each act has its own.
    pub per_paper: bool,
    /// What is attested, with `{slots}`; without any it is a stamp for each copy.
    pub stamp: String,
}

/// A printed form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperForm {
    /// What it is for, such as `receipt`.
    pub deed: String,
    /// Its number in the law, such as `01`.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Paper size, such as `A5` or `A4 landscape`.
    pub size: String,
    /// The ending of the paper's own number, such as `TNHS` in `0012/TNHS`; or empty.
    pub mark: String,
}

impl RulePack {
    /// The legal source of a rule by its name, else the pack's first source.
    pub fn source(&self, rule: &str) -> String {
        self.rule_sources
            .iter()
            .find(|(name, _)| name == rule)
            .map(|(_, source)| source.clone())
            .or_else(|| self.sources.first().cloned())
            .unwrap_or_default()
    }

    /// What due dates are computed with.
    pub fn deadline(&self) -> deadline::Rules {
        deadline::Rules {
            same_day_cutoff: self.reception.same_day_cutoff,
            due_soon_days: self.due_soon_working_days,
        }
    }

    /// How a procedure stands in the books of certification, if it does.
    pub fn certification_kind(&self, procedure: &ProcedureCode) -> Option<&CertificationKind> {
        self.certification.iter().find(|kind| kind.procedure == *procedure)
    }

    /// The printed form for a deed.
    pub fn paper(&self, deed: &str) -> Option<&PaperForm> {
        self.papers.iter().find(|paper| paper.deed == deed)
    }

    /// Whether the pack is in force on the day of an instant in Vietnam.
    pub fn is_in_force(&self, at: Timestamp) -> bool {
        let day = super::calendar::local(at).date();
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}
