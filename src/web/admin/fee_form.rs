//! The form of fee rules: what was typed, and the schedule that it means. Field names are those of
//! the schedule's refusals, so that an error stands where it was made.

use jiff::civil::Date;

use crate::domain::calendar::words::date_short;
use crate::domain::fee::{Counted, FeeRule, Schedule};
use crate::domain::refusal::{FieldError, Refusal};
use crate::office::catalogue::wire::channel_id;
use crate::office::fees::wire::{
    CountedWire, ExemptionWire, RuleWire, ScheduleWire, TierWire, kind_id,
};
use crate::web::desk::posted::Posted;
use crate::web::words::fees as words;

/// Prices of one rule that the form has room for.
pub const TIERS: usize = 4;
/// Rules and exemptions that the form has room for.
pub const ROWS: usize = 30;

/// A rule as typed.
#[derive(Clone, Debug, Default)]
pub struct TypedRule {
    pub id: String,
    pub name: String,
    pub kind: String,
    pub channels: Vec<String>,
    pub unit: String,
    pub per_copy: bool,
    pub tiers: Vec<(String, String)>,
    pub cap: String,
    pub valid_from: String,
    pub valid_to: String,
    pub source: String,
    pub counted_units: String,
    pub counted_copies: String,
    pub counted_what: String,
}

/// An exemption as typed.
#[derive(Clone, Debug, Default)]
pub struct TypedExemption {
    pub id: String,
    pub name: String,
    pub percent: String,
    pub rules: Vec<String>,
    pub valid_from: String,
    pub valid_to: String,
    pub source: String,
}

/// A schedule as typed.
#[derive(Clone, Debug, Default)]
pub struct TypedSchedule {
    /// The rules.
    pub rules: Vec<TypedRule>,
    /// The exemptions.
    pub exemptions: Vec<TypedExemption>,
}

impl TypedSchedule {
    /// A schedule to be changed.
    pub fn of(schedule: &Schedule) -> Self {
        let day = |day: Option<Date>| day.map(date_short).unwrap_or_default();
        let rule = |rule: &FeeRule| TypedRule {
            id: rule.id.clone(),
            name: rule.name.clone(),
            kind: kind_id(rule.kind).to_owned(),
            channels: rule.channels.iter().map(|c| channel_id(*c).to_owned()).collect(),
            unit: rule.unit.id().to_owned(),
            per_copy: rule.per_copy,
            tiers: rule.tiers.iter().map(|t| (t.from.to_string(), t.price.to_string())).collect(),
            cap: rule.cap.map(|cap| cap.to_string()).unwrap_or_default(),
            valid_from: day(rule.valid_from),
            valid_to: day(rule.valid_to),
            source: rule.source.clone(),
            counted_units: counted(|counted| Some(&counted.units), rule),
            counted_copies: counted(|counted| counted.copies.as_ref(), rule),
            counted_what: counted(|counted| counted.what.as_ref(), rule),
        };
        let exemption = |known: &crate::domain::fee::Exemption| TypedExemption {
            id: known.id.clone(),
            name: known.name.clone(),
            percent: known.percent.to_string(),
            rules: known.rules.clone(),
            valid_from: day(known.valid_from),
            valid_to: day(known.valid_to),
            source: known.source.clone(),
        };
        Self {
            rules: schedule.rules.iter().map(rule).collect(),
            exemptions: schedule.exemptions.iter().map(exemption).collect(),
        }
    }

    /// What a form sent; what was dropped, and empty rows at the end, are left out.
    pub fn read(posted: &Posted) -> Self {
        let mut typed = Self::default();
        for row in 0..count(posted, "rules") {
            let rule = read_rule(posted, row);
            let is_blank = rule.name.is_empty() && rule.source.is_empty();
            if !is_blank && !dropped(posted, "rules", row) {
                typed.rules.push(rule);
            }
        }
        for row in 0..count(posted, "exemptions") {
            let known = read_exemption(posted, row);
            let is_blank = known.name.is_empty() && known.source.is_empty();
            if !is_blank && !dropped(posted, "exemptions", row) {
                typed.exemptions.push(known);
            }
        }
        match posted.get("_add") {
            "rules" => typed.rules.push(TypedRule::default()),
            "exemptions" => typed.exemptions.push(TypedExemption::default()),
            _ => {}
        }
        typed
    }

    /// The schedule that it means.
    ///
    /// # Errors
    /// Numbers and dates that are none, at their fields.
    pub fn wire(&self) -> Result<ScheduleWire, Refusal> {
        let mut errors = Vec::new();
        let rules = self.rules.iter().enumerate();
        let rules = rules.map(|(at, rule)| rule.wire(at, &mut errors)).collect();
        let exemptions = self.exemptions.iter().enumerate();
        let exemptions = exemptions.map(|(at, known)| known.wire(at, &mut errors)).collect();
        match errors.is_empty() {
            true => Ok(ScheduleWire { rules, exemptions }),
            false => Err(Refusal::fields(errors)),
        }
    }
}

fn counted(part: impl Fn(&Counted) -> Option<&String>, rule: &FeeRule) -> String {
    rule.counted.as_ref().and_then(part).cloned().unwrap_or_default()
}

fn count(posted: &Posted, name: &str) -> usize {
    posted.get(&format!("{name}.rows")).parse().unwrap_or(0).min(ROWS)
}

/// The button “Bỏ” of a row sends `_drop` with the row's place, such as `rules.1`.
fn dropped(posted: &Posted, name: &str, row: usize) -> bool {
    posted.get("_drop") == format!("{name}.{row}")
}

fn read_rule(posted: &Posted, row: usize) -> TypedRule {
    let get = |part: &str| posted.get(&format!("rules[{row}].{part}")).to_owned();
    let channels = format!("rules[{row}].channels");
    let tiers = (0..TIERS)
        .map(|tier| (get(&format!("tiers[{tier}].from")), get(&format!("tiers[{tier}].price"))))
        .filter(|(from, price)| !from.is_empty() || !price.is_empty())
        .collect();
    TypedRule {
        id: get("id"),
        name: get("name"),
        kind: get("kind"),
        channels: posted.all(&channels).map(str::to_owned).collect(),
        unit: get("unit"),
        per_copy: posted.has(&format!("rules[{row}].per_copy")),
        tiers,
        cap: get("cap"),
        valid_from: get("valid_from"),
        valid_to: get("valid_to"),
        source: get("source"),
        counted_units: get("counted.units"),
        counted_copies: get("counted.copies"),
        counted_what: get("counted.what"),
    }
}

fn read_exemption(posted: &Posted, row: usize) -> TypedExemption {
    let get = |part: &str| posted.get(&format!("exemptions[{row}].{part}")).to_owned();
    let rules = format!("exemptions[{row}].rules");
    TypedExemption {
        id: get("id"),
        name: get("name"),
        percent: get("percent"),
        rules: posted.all(&rules).map(str::to_owned).collect(),
        valid_from: get("valid_from"),
        valid_to: get("valid_to"),
        source: get("source"),
    }
}

impl TypedRule {
    fn wire(&self, at: usize, errors: &mut Vec<FieldError>) -> RuleWire {
        let field = |part: &str| format!("rules[{at}].{part}");
        let id = if self.id.is_empty() { format!("fee_{}", at + 1) } else { self.id.clone() };
        let tiers = self.tiers.iter().enumerate().map(|(tier, (from, price))| TierWire {
            // The first price is from the first unit, whatever was typed.
            from: match (tier, from.as_str()) {
                (0, "") => 1,
                _ => number(from, field(&format!("tiers[{tier}].from")), errors),
            },
            price: number(price, field(&format!("tiers[{tier}].price")), errors),
        });
        RuleWire {
            tiers: tiers.collect(),
            id,
            name: self.name.clone(),
            kind: if self.kind.is_empty() { "fee".to_owned() } else { self.kind.clone() },
            channels: self.channels.clone(),
            unit: if self.unit.is_empty() { "dossier".to_owned() } else { self.unit.clone() },
            per_copy: self.per_copy,
            cap: match self.cap.as_str() {
                "" => None,
                cap => Some(number(cap, field("cap"), errors)),
            },
            valid_from: day(&self.valid_from, field("valid_from"), errors),
            valid_to: day(&self.valid_to, field("valid_to"), errors),
            source: self.source.clone(),
            counted: (!self.counted_units.is_empty()).then(|| CountedWire {
                units: self.counted_units.clone(),
                copies: Some(self.counted_copies.clone()).filter(|name| !name.is_empty()),
                what: Some(self.counted_what.clone()).filter(|name| !name.is_empty()),
            }),
        }
    }
}

impl TypedExemption {
    fn wire(&self, at: usize, errors: &mut Vec<FieldError>) -> ExemptionWire {
        let field = |part: &str| format!("exemptions[{at}].{part}");
        ExemptionWire {
            id: if self.id.is_empty() { format!("exemption_{}", at + 1) } else { self.id.clone() },
            name: self.name.clone(),
            percent: number(&self.percent, field("percent"), errors),
            rules: self.rules.clone(),
            valid_from: day(&self.valid_from, field("valid_from"), errors),
            valid_to: day(&self.valid_to, field("valid_to"), errors),
            source: self.source.clone(),
        }
    }
}

/// A whole number as people write it, with dots or blanks between the thousands.
fn number<N: std::str::FromStr + Default>(
    typed: &str,
    field: String,
    errors: &mut Vec<FieldError>,
) -> N {
    let plain = typed.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ' ' | '\u{a0}'));
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|_| plain).unwrap_or_else(|| {
        errors.push(FieldError { field, text: words::NOT_A_NUMBER.into() });
        N::default()
    })
}

fn day(typed: &str, field: String, errors: &mut Vec<FieldError>) -> Option<Date> {
    if typed.is_empty() {
        return None;
    }
    let found = crate::web::desk::dates::date(typed);
    if found.is_none() {
        errors.push(FieldError { field, text: words::NOT_A_DATE.into() });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{TypedRule, TypedSchedule};

    #[test]
    fn what_is_typed_means_a_schedule_or_names_its_place() {
        let rule = TypedRule {
            name: "Phí".to_owned(),
            tiers: vec![(String::new(), "2.000".to_owned()), ("3".to_owned(), "1000".to_owned())],
            cap: "200 000".to_owned(),
            valid_from: "01/01/2027".to_owned(),
            source: "Nghị quyết".to_owned(),
            ..TypedRule::default()
        };
        let typed = TypedSchedule { rules: vec![rule.clone()], exemptions: Vec::new() };
        let schedule = typed.wire().unwrap().open().unwrap();
        let prices: Vec<_> = schedule.rules[0].tiers.iter().map(|t| (t.from, t.price)).collect();
        assert_eq!(prices, [(1, 2_000), (3, 1_000)]);
        assert_eq!(schedule.rules[0].cap, Some(200_000));
        // What is kept is shown as it was typed, and means the same again.
        assert_eq!(TypedSchedule::of(&schedule).wire().unwrap().open().as_ref(), Ok(&schedule));
        let wrong = TypedRule { cap: "nhiều".to_owned(), valid_to: "31/02".to_owned(), ..rule };
        let typed = TypedSchedule { rules: vec![wrong], exemptions: Vec::new() };
        let fields: Vec<_> =
            typed.wire().unwrap_err().fields.into_iter().map(|e| e.field).collect();
        assert_eq!(fields, ["rules[0].cap", "rules[0].valid_to"]);
    }
}
