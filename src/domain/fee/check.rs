//! Whether a schedule makes sense, before it is kept.

use std::collections::BTreeSet;

use super::{Exemption, FeeRule, MAX_AMOUNT, Schedule, Unit, dong, words as w};
use crate::domain::process::Condition;
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::Text;

/// Longest name or source, in characters.
const MAX_TEXT: usize = 300;
/// Most rules, exemptions, or tiers of a rule.
const MAX_ROWS: usize = 50;

pub(super) fn check(schedule: &Schedule) -> Result<(), Refusal> {
    let mut wrong = Wrong::default();
    wrong.many("rules", schedule.rules.len());
    wrong.many("exemptions", schedule.exemptions.len());
    let mut ids = BTreeSet::new();
    for (position, rule) in schedule.rules.iter().enumerate() {
        let at = format!("rules[{position}]");
        wrong.id(&at, &rule.id, &mut ids);
        check_rule(&mut wrong, &at, rule);
    }
    let mut others = BTreeSet::new();
    for (position, exemption) in schedule.exemptions.iter().enumerate() {
        let at = format!("exemptions[{position}]");
        wrong.id(&at, &exemption.id, &mut others);
        check_exemption(&mut wrong, &at, exemption, &ids);
    }
    if wrong.0.is_empty() { Ok(()) } else { Err(Refusal::fields(wrong.0)) }
}

fn check_rule(wrong: &mut Wrong, at: &str, rule: &FeeRule) {
    wrong.text(format!("{at}.name"), &rule.name, w::NAME_MISSING);
    wrong.text(format!("{at}.source"), &rule.source, w::SOURCE_MISSING);
    wrong.many(&format!("{at}.tiers"), rule.tiers.len());
    match rule.tiers.first() {
        None => wrong.add(format!("{at}.tiers"), w::TIERS_MISSING),
        Some(first) if first.from != 1 => wrong.add(format!("{at}.tiers[0].from"), w::TIERS_FIRST),
        Some(_) => {}
    }
    for (position, pair) in rule.tiers.windows(2).enumerate() {
        if pair[0].from >= pair[1].from {
            wrong.add(format!("{at}.tiers[{}].from", position + 1), w::TIERS_ORDER);
        }
    }
    for (position, tier) in rule.tiers.iter().enumerate() {
        if tier.price > MAX_AMOUNT {
            let text = w::PRICE_WRONG.text(&[("max", &dong(MAX_AMOUNT))]);
            wrong.add(format!("{at}.tiers[{position}].price"), text);
        }
    }
    if rule.cap.is_some_and(|cap| cap == 0 || cap > MAX_AMOUNT) {
        let text = w::CAP_WRONG.text(&[("max", &dong(MAX_AMOUNT))]);
        wrong.add(format!("{at}.cap"), text);
    }
    wrong.dates(at, rule.valid_from, rule.valid_to);
    if let Some(counted) = &rule.counted {
        if rule.unit == Unit::Dossier {
            wrong.add(format!("{at}.counted.units"), w::COUNTED_ONCE);
        }
        for name in counted.names().filter(|name| !Condition::is_well_formed(name)) {
            wrong.add(format!("{at}.counted.units"), w::COUNTED_WRONG.text(&[("name", name)]));
        }
    }
}

fn check_exemption(wrong: &mut Wrong, at: &str, exemption: &Exemption, rules: &BTreeSet<String>) {
    wrong.text(format!("{at}.name"), &exemption.name, w::REASON_MISSING);
    wrong.text(format!("{at}.source"), &exemption.source, w::SOURCE_MISSING);
    if !(1..=100).contains(&exemption.percent) {
        wrong.add(format!("{at}.percent"), w::PERCENT_WRONG);
    }
    for (position, rule) in exemption.rules.iter().enumerate() {
        if !rules.contains(rule) {
            let text = w::EXEMPTS_UNKNOWN.text(&[("rule", rule)]);
            wrong.add(format!("{at}.rules[{position}]"), text);
        }
    }
    wrong.dates(at, exemption.valid_from, exemption.valid_to);
}

/// The fields found wrong so far.
#[derive(Default)]
struct Wrong(Vec<FieldError>);

impl Wrong {
    fn add(&mut self, field: String, text: impl Into<Text>) {
        self.0.push(FieldError { field, text: text.into() });
    }

    fn text(&mut self, field: String, text: &str, missing: crate::domain::words::Message) {
        if text.trim().is_empty() {
            self.add(field, missing);
        } else if text.chars().count() > MAX_TEXT {
            self.add(field, w::TOO_LONG.text(&[("max", &MAX_TEXT.to_string())]));
        }
    }

    fn many(&mut self, field: &str, count: usize) {
        if count > MAX_ROWS {
            self.add(field.to_owned(), w::TOO_MANY.text(&[("max", &MAX_ROWS.to_string())]));
        }
    }

    fn id(&mut self, at: &str, id: &str, seen: &mut BTreeSet<String>) {
        let plain = |letter: char| matches!(letter, 'a'..='z' | '0'..='9' | '_');
        if id.is_empty() || id.len() > 40 || !id.chars().all(plain) {
            self.add(format!("{at}.id"), w::ID_WRONG);
        } else if !seen.insert(id.to_owned()) {
            self.add(format!("{at}.id"), w::ID_TWICE.text(&[("id", id)]));
        }
    }

    fn dates(
        &mut self,
        at: &str,
        first: Option<jiff::civil::Date>,
        last: Option<jiff::civil::Date>,
    ) {
        if first.zip(last).is_some_and(|(first, last)| last < first) {
            self.add(format!("{at}.valid_to"), w::DATES_WRONG);
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::domain::dossier::FeeKind;
    use crate::domain::fee::{Counted, Exemption, FeeRule, MAX_AMOUNT, Schedule, Tier, Unit};

    fn rule(id: &str) -> FeeRule {
        FeeRule {
            id: id.to_owned(),
            name: "Lệ phí".to_owned(),
            kind: FeeKind::Fee,
            channels: Vec::new(),
            unit: Unit::Dossier,
            per_copy: false,
            tiers: vec![Tier { from: 1, price: 8_000 }],
            cap: None,
            valid_from: None,
            valid_to: None,
            source: "Nghị quyết".to_owned(),
            counted: None,
        }
    }

    fn wrong(schedule: &Schedule) -> Vec<String> {
        match schedule.check() {
            Ok(()) => Vec::new(),
            Err(refusal) => refusal.fields.into_iter().map(|error| error.field).collect(),
        }
    }

    #[test]
    fn every_wrong_place_is_named() {
        let bad = FeeRule {
            name: " ".to_owned(),
            source: String::new(),
            counted: Some(Counted { units: "giấy".to_owned(), ..Counted::default() }),
            tiers: vec![Tier { from: 2, price: MAX_AMOUNT + 1 }, Tier { from: 2, price: 0 }],
            cap: Some(0),
            valid_from: Some(date(2026, 1, 2)),
            valid_to: Some(date(2026, 1, 1)),
            ..rule("a")
        };
        let exemption = Exemption {
            id: "E".to_owned(),
            name: String::new(),
            percent: 101,
            rules: vec!["b".to_owned()],
            valid_from: None,
            valid_to: None,
            source: "Luật".to_owned(),
        };
        let schedule = Schedule {
            rules: vec![rule("a"), bad, FeeRule { tiers: Vec::new(), ..rule("c") }],
            exemptions: vec![exemption],
        };
        assert_eq!(
            wrong(&schedule),
            [
                "rules[1].id",
                "rules[1].name",
                "rules[1].source",
                "rules[1].tiers[0].from",
                "rules[1].tiers[1].from",
                "rules[1].tiers[0].price",
                "rules[1].cap",
                "rules[1].valid_to",
                "rules[1].counted.units",
                "rules[1].counted.units",
                "rules[2].tiers",
                "exemptions[0].id",
                "exemptions[0].name",
                "exemptions[0].percent",
                "exemptions[0].rules[0]",
            ]
        );
        assert!(wrong(&Schedule { rules: vec![rule("a")], exemptions: Vec::new() }).is_empty());
    }
}
