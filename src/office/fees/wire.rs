//! Fee rules as data: the shape that files, rows of settings and the API share.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::words;
use crate::domain::catalogue::Channel;
use crate::domain::dossier::FeeKind;
use crate::domain::fee::{Counted, Exemption, FeeRule, Schedule, Tier, Unit};
use crate::domain::refusal::{FieldError, Refusal};
use crate::office::catalogue::wire::{channel, channel_id};

/// A schedule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScheduleWire {
    /// Fees and charges.
    #[serde(default)]
    pub rules: Vec<RuleWire>,
    /// Exemptions.
    #[serde(default)]
    pub exemptions: Vec<ExemptionWire>,
}

/// A fee or charge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are those of the domain's rule")]
pub struct RuleWire {
    pub id: String,
    pub name: String,
    /// `fee` or `obligation`.
    #[serde(default = "ordinary")]
    pub kind: String,
    #[serde(default)]
    pub channels: Vec<String>,
    #[serde(default = "dossier")]
    pub unit: String,
    #[serde(default)]
    pub per_copy: bool,
    pub tiers: Vec<TierWire>,
    #[serde(default)]
    pub cap: Option<u64>,
    #[serde(default)]
    pub valid_from: Option<Date>,
    #[serde(default)]
    pub valid_to: Option<Date>,
    pub source: String,
    /// The answers that count it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<CountedWire>,
}

/// The answers that count a fee.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are those of the domain's counted")]
pub struct CountedWire {
    pub units: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copies: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
}

/// A price from one unit on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are those of the domain's tier")]
pub struct TierWire {
    pub from: u32,
    pub price: u64,
}

/// An exemption.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are those of the domain's exemption")]
pub struct ExemptionWire {
    pub id: String,
    pub name: String,
    pub percent: u32,
    #[serde(default)]
    pub rules: Vec<String>,
    #[serde(default)]
    pub valid_from: Option<Date>,
    #[serde(default)]
    pub valid_to: Option<Date>,
    pub source: String,
}

fn ordinary() -> String {
    kind_id(FeeKind::Fee).to_owned()
}

fn dossier() -> String {
    Unit::Dossier.id().to_owned()
}

/// The name of a kind of fee.
pub const fn kind_id(kind: FeeKind) -> &'static str {
    match kind {
        FeeKind::Fee => "fee",
        FeeKind::Obligation => "obligation",
    }
}

/// The kind with this name.
pub fn kind(id: &str) -> Option<FeeKind> {
    [FeeKind::Fee, FeeKind::Obligation].into_iter().find(|kind| kind_id(*kind) == id)
}

impl From<&Schedule> for ScheduleWire {
    fn from(schedule: &Schedule) -> Self {
        Self {
            rules: schedule.rules.iter().map(RuleWire::from).collect(),
            exemptions: schedule.exemptions.iter().map(ExemptionWire::from).collect(),
        }
    }
}

impl From<&FeeRule> for RuleWire {
    fn from(rule: &FeeRule) -> Self {
        Self {
            id: rule.id.clone(),
            name: rule.name.clone(),
            kind: kind_id(rule.kind).to_owned(),
            channels: rule.channels.iter().map(|known| channel_id(*known).to_owned()).collect(),
            unit: rule.unit.id().to_owned(),
            per_copy: rule.per_copy,
            tiers: rule.tiers.iter().map(|t| TierWire { from: t.from, price: t.price }).collect(),
            cap: rule.cap,
            valid_from: rule.valid_from,
            valid_to: rule.valid_to,
            source: rule.source.clone(),
            counted: rule.counted.as_ref().map(|counted| CountedWire {
                units: counted.units.clone(),
                copies: counted.copies.clone(),
                what: counted.what.clone(),
            }),
        }
    }
}

impl From<&Exemption> for ExemptionWire {
    fn from(exemption: &Exemption) -> Self {
        Self {
            id: exemption.id.clone(),
            name: exemption.name.clone(),
            percent: exemption.percent,
            rules: exemption.rules.clone(),
            valid_from: exemption.valid_from,
            valid_to: exemption.valid_to,
            source: exemption.source.clone(),
        }
    }
}

impl ScheduleWire {
    /// The schedule that this stands for, checked.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn open(self) -> Result<Schedule, Refusal> {
        let mut wrong = Vec::new();
        let rules = self.rules.into_iter().enumerate();
        let rules = rules.map(|(position, rule)| rule.open(position, &mut wrong)).collect();
        let exemptions = self.exemptions.into_iter().map(ExemptionWire::open).collect();
        let schedule = Schedule { rules, exemptions };
        if let Err(refusal) = schedule.check() {
            wrong.extend(refusal.fields);
        }
        if wrong.is_empty() { Ok(schedule) } else { Err(Refusal::fields(wrong)) }
    }
}

impl RuleWire {
    fn open(self, position: usize, wrong: &mut Vec<FieldError>) -> FeeRule {
        let mut add = |field: &str, value: &str| {
            let field = format!("rules[{position}].{field}");
            wrong.push(FieldError { field, text: words::UNKNOWN_VALUE.text(&[("value", value)]) });
        };
        let kind = kind(&self.kind);
        if kind.is_none() {
            add("kind", &self.kind);
        }
        let unit = Unit::from_id(&self.unit);
        if unit.is_none() {
            add("unit", &self.unit);
        }
        let mut channels: Vec<Channel> = Vec::new();
        for name in &self.channels {
            match channel(name) {
                Some(known) if channels.contains(&known) => {}
                Some(known) => channels.push(known),
                None => add("channels", name),
            }
        }
        FeeRule {
            id: self.id,
            name: self.name.trim().to_owned(),
            kind: kind.unwrap_or(FeeKind::Fee),
            channels,
            unit: unit.unwrap_or_default(),
            per_copy: self.per_copy,
            tiers: self.tiers.iter().map(|t| Tier { from: t.from, price: t.price }).collect(),
            cap: self.cap,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            source: self.source.trim().to_owned(),
            counted: self.counted.map(|counted| Counted {
                units: counted.units,
                copies: counted.copies,
                what: counted.what,
            }),
        }
    }
}

impl ExemptionWire {
    fn open(self) -> Exemption {
        Exemption {
            id: self.id,
            name: self.name.trim().to_owned(),
            percent: self.percent,
            rules: self.rules,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            source: self.source.trim().to_owned(),
        }
    }
}
