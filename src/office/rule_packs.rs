//! Rule packs as data: the two that ship, read from `assets/rules`.

use jiff::civil::{Date, Time};
use serde::Deserialize;

use super::catalogue;
use crate::domain::deadline::{Duration, PausePolicy};
use crate::domain::rules::{
    ExtensionRules, FieldDuration, PaperForm, Reception, RulePack, SupplementRules,
};
use crate::domain::words::Text;

const SHIPPED: [(&str, &str); 2] = [
    ("decree-118-2025", include_str!("../../assets/rules/decree-118-2025.toml")),
    ("decree-61-2018", include_str!("../../assets/rules/decree-61-2018.toml")),
];

/// A rule pack that cannot be read: which, where and why.
#[derive(Debug, thiserror::Error)]
#[error("the rule pack {pack} cannot be read: {why}")]
pub struct RulePackFault {
    pack: String,
    why: String,
}

/// The packs that ship with this version; the first is the default.
///
/// # Errors
/// A pack is malformed; a test shows that none is.
pub fn shipped() -> Result<Vec<RulePack>, RulePackFault> {
    SHIPPED.iter().map(|(name, text)| parse(name, text)).collect()
}

/// Reads a pack from its TOML text.
///
/// # Errors
/// The text is malformed; the fault says where.
pub fn parse(name: &str, text: &str) -> Result<RulePack, RulePackFault> {
    let fault = |why: String| RulePackFault { pack: name.to_owned(), why };
    let mut wire: Pack = toml::from_str(text).map_err(|error| fault(error.to_string()))?;
    let mut durations = Vec::new();
    for row in std::mem::take(&mut wire.durations) {
        let unit = catalogue::wire::unit(&row.unit)
            .ok_or_else(|| fault(format!("the unit {} of {}", row.unit, row.field)))?;
        let duration = Duration::new(row.amount, unit);
        durations.push(FieldDuration { field: row.field, duration, source: row.source });
    }
    Ok(RulePack { durations, ..wire.into() })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pack {
    id: String,
    name: Names,
    sources: Vec<String>,
    valid_from: Date,
    valid_to: Option<Date>,
    to_verify: Vec<String>,
    reception: ReceptionRow,
    supplement: SupplementRow,
    extension: ExtensionRow,
    due_soon: DueSoonRow,
    rule_sources: std::collections::BTreeMap<String, String>,
    #[serde(default)]
    durations: Vec<DurationRow>,
    papers: Vec<PaperRow>,
}

#[derive(Deserialize)]
struct Names {
    vi: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReceptionRow {
    answer_working_hours: u32,
    same_day_cutoff: Time,
    transfer_cutoff: Time,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SupplementRow {
    per_phase: u32,
    policy: Policy,
    lapse_days: Option<u32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Policy {
    Restart,
    Resume,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExtensionRow {
    limit: u32,
    days_before: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DueSoonRow {
    working_days: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DurationRow {
    field: String,
    amount: u32,
    unit: String,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PaperRow {
    deed: String,
    number: String,
    title: String,
    size: String,
}

impl From<Pack> for RulePack {
    fn from(pack: Pack) -> Self {
        let policy = match pack.supplement.policy {
            Policy::Restart => PausePolicy::Restart,
            Policy::Resume => PausePolicy::Resume,
        };
        let papers = pack.papers.into_iter().map(|paper| PaperForm {
            deed: paper.deed,
            number: paper.number,
            title: paper.title,
            size: paper.size,
        });
        Self {
            id: pack.id,
            name: Text { vi: pack.name.vi, en: pack.name.en },
            sources: pack.sources,
            valid_from: pack.valid_from,
            valid_to: pack.valid_to,
            to_verify: pack.to_verify,
            reception: Reception {
                answer_working_hours: pack.reception.answer_working_hours,
                same_day_cutoff: pack.reception.same_day_cutoff,
                transfer_cutoff: pack.reception.transfer_cutoff,
            },
            supplement: SupplementRules {
                per_phase: pack.supplement.per_phase,
                policy,
                lapse_days: pack.supplement.lapse_days,
            },
            extension: ExtensionRules {
                limit: pack.extension.limit,
                days_before: pack.extension.days_before,
            },
            due_soon_working_days: pack.due_soon.working_days,
            rule_sources: pack.rule_sources.into_iter().collect(),
            durations: Vec::new(),
            papers: papers.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{parse, shipped};

    #[test]
    fn the_shipped_packs_are_whole() {
        let packs = shipped().unwrap();
        assert_eq!(packs[0].id, "decree-118-2025");
        for pack in &packs {
            assert!(pack.paper("receipt").is_some_and(|paper| paper.number == "01"));
            for rule in ["supplement_per_phase", "extension", "reception", "statuses"] {
                assert!(pack.rule_sources.iter().any(|(name, _)| name == rule), "{rule}");
            }
        }
    }

    #[test]
    fn a_wrong_key_is_refused_with_its_place() {
        let fault = parse("x", "id = \"x\"\nnot_a_rule = 1\n").unwrap_err();
        assert!(fault.to_string().contains("x"));
    }
}
