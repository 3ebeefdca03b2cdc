//! The shape of a rule pack's file. Every value is checked where it is read, so that a fault names
//! its line.

use jiff::civil::{Date, Time};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::documents::deed::{Deed, PaperSize};
use crate::domain::catalogue::DurationUnit;
use crate::domain::deadline::{Duration, PausePolicy};
use crate::domain::dossier::CodeFormat;
use crate::domain::ids::ProcedureCode;
use crate::domain::retention::Retention;
use crate::domain::rules::{
    Amendment, CertificationKind, ExtensionRules, FieldDuration, PaperForm, Reception, RulePack,
    SupplementRules,
};
use crate::domain::words::Text;
use crate::office::catalogue;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PackFile {
    #[serde(deserialize_with = "id")]
    id: String,
    name: Names,
    sources: Vec<String>,
    valid_from: Date,
    valid_to: Option<Date>,
    #[serde(default)]
    to_verify: Vec<String>,
    #[serde(default, deserialize_with = "code_format")]
    dossier_code: CodeFormat,
    reception: ReceptionRow,
    supplement: SupplementRow,
    extension: ExtensionRow,
    #[serde(default)]
    obligation: ObligationRow,
    due_soon: DueSoonRow,
    #[serde(default)]
    process: ProcessRow,
    rule_sources: std::collections::BTreeMap<String, String>,
    #[serde(default)]
    durations: Vec<DurationRow>,
    papers: Vec<PaperRow>,
    #[serde(default)]
    certification: Vec<CertificationRow>,
    #[serde(default)]
    retention: Vec<RetentionRow>,
    #[serde(default)]
    amendments: Vec<AmendmentRow>,
}

/// A dated step: what it names replaces what stood there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AmendmentRow {
    #[serde(deserialize_with = "id")]
    id: String,
    name: Names,
    #[serde(default)]
    about: Names,
    sources: Vec<String>,
    valid_from: Date,
    to_verify: Option<Vec<String>>,
    #[serde(default)]
    reception: ReceptionStep,
    #[serde(default)]
    supplement: SupplementStep,
    #[serde(default)]
    extension: ExtensionStep,
    #[serde(default)]
    obligation: ObligationRow,
    due_soon: Option<DueSoonRow>,
    process: Option<ProcessRow>,
    #[serde(default)]
    rule_sources: std::collections::BTreeMap<String, String>,
    durations: Option<Vec<DurationRow>>,
    #[serde(default)]
    papers: Vec<PaperRow>,
    certification: Option<Vec<CertificationRow>>,
    retention: Option<Vec<RetentionRow>>,
}

/// For how long dossiers are kept; for ever without `years`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RetentionRow {
    procedure: Option<String>,
    field: Option<String>,
    years: Option<u32>,
    source: String,
}

#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    vi: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReceptionRow {
    #[serde(deserialize_with = "hours")]
    answer_working_hours: u32,
    same_day_cutoff: Time,
    transfer_cutoff: Time,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ReceptionStep {
    #[serde(deserialize_with = "some_hours")]
    answer_working_hours: Option<u32>,
    same_day_cutoff: Option<Time>,
    transfer_cutoff: Option<Time>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SupplementRow {
    #[serde(deserialize_with = "times")]
    per_phase: u32,
    policy: Policy,
    lapse_days: Option<u32>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct SupplementStep {
    #[serde(deserialize_with = "some_times")]
    per_phase: Option<u32>,
    policy: Option<Policy>,
    lapse_days: Option<u32>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Policy {
    Restart,
    Resume,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExtensionRow {
    #[serde(deserialize_with = "times")]
    limit: u32,
    days_before: u32,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ExtensionStep {
    #[serde(deserialize_with = "some_times")]
    limit: Option<u32>,
    days_before: Option<u32>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ObligationRow {
    lapse_days: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DueSoonRow {
    working_days: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProcessRow {
    #[serde(deserialize_with = "hours_of_a_day")]
    hours_per_day: u32,
}

impl Default for ProcessRow {
    /// The normal day of the Labour Code, article 105.
    fn default() -> Self {
        Self { hours_per_day: 8 }
    }
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct DurationRow {
    field: String,
    amount: u32,
    #[serde(deserialize_with = "unit")]
    unit: DurationUnit,
    source: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PaperRow {
    #[serde(deserialize_with = "deed")]
    deed: String,
    #[serde(default)]
    number: String,
    title: String,
    #[serde(deserialize_with = "size")]
    size: String,
    #[serde(default)]
    mark: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct CertificationRow {
    procedure: String,
    name: Names,
    #[serde(deserialize_with = "book")]
    book: String,
    numbers: Numbers,
    stamp: String,
}

/// What takes a number of a book.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Numbers {
    Paper,
    Act,
}

fn id<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let id = String::deserialize(from)?;
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    match (1..=40).contains(&id.len()) && id.chars().all(plain) {
        true => Ok(id),
        false => Err(D::Error::custom("an id is small letters, digits and dashes, 40 at most")),
    }
}

fn code_format<'de, D: Deserializer<'de>>(from: D) -> Result<CodeFormat, D::Error> {
    let text = String::deserialize(from)?;
    CodeFormat::parse(&text).ok_or_else(|| {
        D::Error::custom("a dossier code is {agency}-{yyMMdd}-{nnnn}, with 2 or 4 y and 4 to 8 n")
    })
}

fn book<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let sign = String::deserialize(from)?;
    match (1..=30).contains(&sign.chars().count()) && !sign.contains(char::is_whitespace) {
        true => Ok(sign),
        false => Err(D::Error::custom("a book's sign has no blanks and 30 characters at most")),
    }
}

fn within<E: serde::de::Error>(
    number: u32,
    range: std::ops::RangeInclusive<u32>,
) -> Result<u32, E> {
    let (least, most) = (range.start(), range.end());
    match range.contains(&number) {
        true => Ok(number),
        false => Err(E::custom(format!("{number} is not between {least} and {most}"))),
    }
}

fn hours<'de, D: Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
    within(u32::deserialize(from)?, 1..=400)
}

fn hours_of_a_day<'de, D: Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
    within(u32::deserialize(from)?, 1..=24)
}

fn some_hours<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u32>, D::Error> {
    hours(from).map(Some)
}

fn times<'de, D: Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
    within(u32::deserialize(from)?, 0..=20)
}

fn some_times<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u32>, D::Error> {
    times(from).map(Some)
}

fn unit<'de, D: Deserializer<'de>>(from: D) -> Result<DurationUnit, D::Error> {
    let id = String::deserialize(from)?;
    let unknown = || D::Error::custom(format!("{id} is no unit of durations"));
    catalogue::wire::unit(&id).ok_or_else(unknown)
}

fn deed<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let id = String::deserialize(from)?;
    match Deed::from_id(&id) {
        Some(_) => Ok(id),
        None => Err(D::Error::custom(format!("no paper is called {id}"))),
    }
}

fn size<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let name = String::deserialize(from)?;
    match PaperSize::from_name(&name) {
        Some(_) => Ok(name),
        None => {
            Err(D::Error::custom("a size is A5, A5 landscape, A4, A4 landscape or A6 landscape"))
        }
    }
}

impl From<Names> for Text {
    fn from(names: Names) -> Self {
        Self { vi: names.vi, en: names.en }
    }
}

impl From<Policy> for PausePolicy {
    fn from(policy: Policy) -> Self {
        match policy {
            Policy::Restart => Self::Restart,
            Policy::Resume => Self::Resume,
        }
    }
}

impl From<DurationRow> for FieldDuration {
    fn from(row: DurationRow) -> Self {
        let duration = Duration::new(row.amount, row.unit);
        Self { field: row.field, duration, source: row.source }
    }
}

impl From<RetentionRow> for Retention {
    fn from(row: RetentionRow) -> Self {
        let RetentionRow { procedure, field, years, source } = row;
        Self { procedure: procedure.map(ProcedureCode::new), field, years, source }
    }
}

impl From<CertificationRow> for CertificationKind {
    fn from(row: CertificationRow) -> Self {
        Self {
            procedure: ProcedureCode::new(row.procedure),
            name: row.name.into(),
            book: row.book,
            per_paper: row.numbers == Numbers::Paper,
            stamp: row.stamp,
        }
    }
}

impl From<PaperRow> for PaperForm {
    fn from(row: PaperRow) -> Self {
        let PaperRow { deed, number, title, size, mark } = row;
        Self { deed, number, title, size, mark }
    }
}

impl PackFile {
    /// The pack as it begins, and its amendments.
    pub(super) fn open(self) -> (RulePack, Vec<AmendmentRow>) {
        let pack = RulePack {
            id: self.id.clone(),
            pack: self.id,
            name: self.name.into(),
            amendments: Vec::new(),
            sources: self.sources,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            to_verify: self.to_verify,
            code_format: self.dossier_code,
            reception: Reception {
                answer_working_hours: self.reception.answer_working_hours,
                same_day_cutoff: self.reception.same_day_cutoff,
                transfer_cutoff: self.reception.transfer_cutoff,
            },
            supplement: SupplementRules {
                per_phase: self.supplement.per_phase,
                policy: self.supplement.policy.into(),
                lapse_days: self.supplement.lapse_days,
            },
            extension: ExtensionRules {
                limit: self.extension.limit,
                days_before: self.extension.days_before,
            },
            obligation_lapse_days: self.obligation.lapse_days,
            due_soon_working_days: self.due_soon.working_days,
            hours_per_day: self.process.hours_per_day,
            rule_sources: self.rule_sources.into_iter().collect(),
            durations: self.durations.into_iter().map(FieldDuration::from).collect(),
            papers: self.papers.into_iter().map(PaperForm::from).collect(),
            certification: self.certification.into_iter().map(Into::into).collect(),
            retention: self.retention.into_iter().map(Into::into).collect(),
        };
        (pack, self.amendments)
    }
}

impl AmendmentRow {
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn valid_from(&self) -> Date {
        self.valid_from
    }

    /// The pack as this step leaves it.
    pub(super) fn amend(self, before: &RulePack) -> RulePack {
        let mut pack = before.clone();
        pack.id = format!("{}+{}", before.pack, self.id);
        pack.amendments.push(Amendment {
            name: self.name.into(),
            about: self.about.into(),
            valid_from: self.valid_from,
        });
        pack.sources.extend(self.sources);
        pack.valid_from = self.valid_from;
        let (reception, supplement, extension) =
            (&mut pack.reception, &mut pack.supplement, &mut pack.extension);
        replace(&mut reception.answer_working_hours, self.reception.answer_working_hours);
        replace(&mut reception.same_day_cutoff, self.reception.same_day_cutoff);
        replace(&mut reception.transfer_cutoff, self.reception.transfer_cutoff);
        replace(&mut supplement.per_phase, self.supplement.per_phase);
        replace(&mut supplement.policy, self.supplement.policy.map(PausePolicy::from));
        replace(&mut supplement.lapse_days, self.supplement.lapse_days.map(Some));
        replace(&mut extension.limit, self.extension.limit);
        replace(&mut extension.days_before, self.extension.days_before);
        replace(&mut pack.obligation_lapse_days, self.obligation.lapse_days.map(Some));
        replace(&mut pack.due_soon_working_days, self.due_soon.map(|row| row.working_days));
        replace(&mut pack.hours_per_day, self.process.map(|row| row.hours_per_day));
        replace(&mut pack.to_verify, self.to_verify);
        let durations = |rows: Vec<DurationRow>| rows.into_iter().map(Into::into).collect();
        replace(&mut pack.durations, self.durations.map(durations));
        let kinds = |rows: Vec<CertificationRow>| rows.into_iter().map(Into::into).collect();
        replace(&mut pack.certification, self.certification.map(kinds));
        let kept = |rows: Vec<RetentionRow>| rows.into_iter().map(Into::into).collect();
        replace(&mut pack.retention, self.retention.map(kept));
        for (rule, source) in self.rule_sources {
            pack.rule_sources.retain(|(known, _)| *known != rule);
            pack.rule_sources.push((rule, source));
        }
        for row in self.papers {
            pack.papers.retain(|known| known.deed != row.deed);
            pack.papers.push(row.into());
        }
        pack
    }
}

fn replace<T>(slot: &mut T, new: Option<T>) {
    if let Some(new) = new {
        *slot = new;
    }
}
