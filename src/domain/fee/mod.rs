//! Fees and charges (domain section 8): what a matter costs, and the lines that show how.
//!
//! A [`Schedule`] is data: rules with unit, tiers, cap, channels and dates in force, and exemptions
//! that name their reason. [`Schedule::assess`] computes whole đồng from it, line by line: the lines
//! are the calculation, adding them up gives the amount.

use jiff::civil::Date;

use super::catalogue::Channel;
use super::dossier::FeeKind;
use super::refusal::Refusal;

mod assess;
mod check;
mod counting;
#[cfg(test)]
mod laws;
mod published;
pub mod takings;
pub mod words;

pub use assess::{Asked, Assessment, Count, Granted, Item, Step};
pub use counting::{Charge, Counted};
pub use words::{dong, grouped};

/// Largest amount of one line, in đồng.
pub const MAX_AMOUNT: u64 = 1_000_000_000_000;

/// What is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// The dossier itself: charged once, without being asked for.
    #[default]
    Dossier,
    /// Trường hợp: one paper with its signatures, one act.
    Case,
    /// Pages of the original.
    Page,
    /// Copies.
    Copy,
    /// Persons.
    Person,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Self; 5] = [Self::Dossier, Self::Case, Self::Page, Self::Copy, Self::Person];

    /// The name in files and in the API.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Dossier => "dossier",
            Self::Case => "case",
            Self::Page => "page",
            Self::Copy => "copy",
            Self::Person => "person",
        }
    }

    /// The unit with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.id() == id)
    }
}

/// A price from one unit on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tier {
    /// The first unit that it is for, counted from 1.
    pub from: u32,
    /// Đồng a unit.
    pub price: u64,
}

/// A fee or charge of a procedure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeeRule {
    /// Names it within its schedule, such as `copy`.
    pub id: String,
    /// What people read, such as “Phí chứng thực bản sao từ bản chính”.
    pub name: String,
    /// An ordinary fee, or an obligation that pauses the dossier.
    pub kind: FeeKind,
    /// The ways in for which it is charged; empty for every one.
    pub channels: Vec<Channel>,
    /// What is counted.
    pub unit: Unit,
    /// Whether every copy is charged anew, each with its own tiers and cap.
    pub per_copy: bool,
    /// Prices, ascending; the first is from 1.
    pub tiers: Vec<Tier>,
    /// At most so much, a copy where copies count.
    pub cap: Option<u64>,
    /// First day in force, when it is limited.
    pub valid_from: Option<Date>,
    /// Last day in force, when it is limited.
    pub valid_to: Option<Date>,
    /// The legal source.
    pub source: String,
    /// The answers of the procedure's form that count it; none when somebody counts.
    pub counted: Option<Counted>,
}

/// Who pays less, or nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exemption {
    /// Names it within its schedule, such as `poor_household`.
    pub id: String,
    /// The reason that people read, such as “Người thuộc hộ nghèo”.
    pub name: String,
    /// How much is taken off, 1 to 100.
    pub percent: u32,
    /// The rules that it is for, by id; empty for every one.
    pub rules: Vec<String>,
    /// First day in force, when it is limited.
    pub valid_from: Option<Date>,
    /// Last day in force, when it is limited.
    pub valid_to: Option<Date>,
    /// The legal source.
    pub source: String,
}

/// What a procedure costs at an agency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    /// Fees and charges, in the order in which they are printed.
    pub rules: Vec<FeeRule>,
    /// Exemptions.
    pub exemptions: Vec<Exemption>,
}

impl FeeRule {
    /// Whether it costs nothing.
    pub fn is_free(&self) -> bool {
        self.tiers.iter().all(|tier| tier.price == 0)
    }

    /// Whether it is charged for this way in on this day.
    pub fn applies(&self, channel: Channel, day: Date) -> bool {
        let for_channel = self.channels.is_empty() || self.channels.contains(&channel);
        for_channel && in_force(day, self.valid_from, self.valid_to)
    }
}

impl Exemption {
    /// Whether it is in force on this day.
    pub fn is_in_force(&self, day: Date) -> bool {
        in_force(day, self.valid_from, self.valid_to)
    }

    /// Whether it is for this rule.
    pub fn covers(&self, rule: &str) -> bool {
        self.rules.is_empty() || self.rules.iter().any(|covered| covered == rule)
    }
}

impl Schedule {
    /// The rules that are charged for this way in on this day.
    pub fn rules_for(&self, channel: Channel, day: Date) -> impl Iterator<Item = &FeeRule> {
        self.rules.iter().filter(move |rule| rule.applies(channel, day))
    }

    /// The exemptions in force on this day.
    pub fn exemptions_on(&self, day: Date) -> impl Iterator<Item = &Exemption> {
        self.exemptions.iter().filter(move |exemption| exemption.is_in_force(day))
    }

    /// What a matter costs.
    ///
    /// # Errors
    /// A count names no rule that is charged, counts nothing or too much; or the exemption is not
    /// in force or takes nothing off. The field is named.
    pub fn assess(&self, asked: &Asked<'_>) -> Result<Assessment, Refusal> {
        assess::assess(self, asked)
    }

    /// Refuses a schedule that makes no sense, each wrong place by its field.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn check(&self) -> Result<(), Refusal> {
        check::check(self)
    }
}

fn in_force(day: Date, first: Option<Date>, last: Option<Date>) -> bool {
    first.is_none_or(|first| first <= day) && last.is_none_or(|last| day <= last)
}
