//! The calculation: counts into lines, lines into an amount.

use jiff::civil::Date;

use super::words as w;
use super::{Exemption, FeeRule, MAX_AMOUNT, Schedule, Tier, Unit, dong, grouped};
use crate::domain::catalogue::Channel;
use crate::domain::dossier::FeeKind;
use crate::domain::refusal::Refusal;
use crate::domain::words::Lang;

/// How many units of a rule are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The rule, by its id.
    pub rule: String,
    /// Of what, when one rule is charged for several things: the name of the document; or empty.
    pub what: String,
    /// Units, such as pages of the original.
    pub units: u32,
    /// Copies; read only where they count.
    pub copies: u32,
}

/// What is to be assessed.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The way in.
    pub channel: Channel,
    /// The day on which the rules must be in force.
    pub day: Date,
    /// Counted units. Rules counted by the dossier need none.
    pub counts: &'a [Count],
    /// The exemption that was granted, by its id.
    pub exemption: Option<&'a str>,
}

/// One line of a calculation. Its `adds` is what it changes; together they are the item's amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Units at a price.
    Units {
        /// The first unit, counted from 1.
        first: u32,
        /// The last one.
        last: u32,
        /// What is counted.
        unit: Unit,
        /// Copies, when each is charged anew.
        copies: Option<u32>,
        /// Đồng a unit.
        price: u64,
        /// Whether other units have other prices, so that it must say which these are.
        tiered: bool,
        /// The product.
        adds: i64,
    },
    /// What is over the cap.
    Cap {
        /// At most so much.
        cap: u64,
        /// Copies, when each is capped.
        copies: Option<u32>,
        /// Less than nothing.
        adds: i64,
    },
    /// What an exemption takes off.
    Exempt {
        /// The reason.
        name: String,
        /// Its part; 100 is all.
        percent: u32,
        /// Less than nothing.
        adds: i64,
    },
}

/// A fee with its calculation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The rule, by its id.
    pub rule: String,
    /// What people read; with the name of the document when one was given.
    pub name: String,
    /// An ordinary fee, or an obligation.
    pub kind: FeeKind,
    /// The legal source.
    pub source: String,
    /// The calculation.
    pub steps: Vec<Step>,
    /// Whole đồng.
    pub amount: u64,
}

/// An exemption as it was granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    /// The reason.
    pub name: String,
    /// How much was taken off, 1 to 100.
    pub percent: u32,
    /// The legal source.
    pub source: String,
    /// How much that is, in đồng.
    pub amount: u64,
}

/// What a matter costs, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assessment {
    /// The fees, in the order of the schedule and of the counts.
    pub items: Vec<Item>,
    /// The exemption that was granted.
    pub exemption: Option<Granted>,
    /// Whole đồng.
    pub total: u64,
}

pub(super) fn assess(schedule: &Schedule, asked: &Asked<'_>) -> Result<Assessment, Refusal> {
    let exemption = asked.exemption.map(|id| granted(schedule, id, asked.day)).transpose()?;
    check_counts(schedule, asked)?;
    let mut assessment = Assessment::default();
    let mut less = 0_u64;
    for rule in schedule.rules_for(asked.channel, asked.day) {
        let exemption = exemption.filter(|exemption| exemption.covers(&rule.id));
        for (field, count) in counts_of(rule, asked.counts) {
            let (item, off) = item(rule, &field, &count, exemption)?;
            less += off;
            assessment.total += item.amount;
            if assessment.total > MAX_AMOUNT {
                return Err(too_large(field));
            }
            assessment.items.push(item);
        }
    }
    if let Some(exemption) = exemption {
        if less == 0 {
            return Err(Refusal::field("exemption", w::EXEMPTS_NOTHING).by_rule(&exemption.source));
        }
        assessment.exemption = Some(Granted {
            name: exemption.name.clone(),
            percent: exemption.percent,
            source: exemption.source.clone(),
            amount: less,
        });
    }
    Ok(assessment)
}

fn granted<'a>(schedule: &'a Schedule, id: &str, day: Date) -> Result<&'a Exemption, Refusal> {
    schedule
        .exemptions_on(day)
        .find(|exemption| exemption.id == id)
        .ok_or_else(|| Refusal::field("exemption", w::UNKNOWN_EXEMPTION.text(&[("exemption", id)])))
}

fn check_counts(schedule: &Schedule, asked: &Asked<'_>) -> Result<(), Refusal> {
    for (position, count) in asked.counts.iter().enumerate() {
        let mut charged = schedule.rules_for(asked.channel, asked.day);
        let Some(rule) = charged.find(|rule| rule.id == count.rule) else {
            let text = w::UNKNOWN_RULE.text(&[("rule", &count.rule)]);
            return Err(Refusal::field(format!("counts[{position}].rule"), text));
        };
        if count.units == 0 {
            let field = format!("counts[{position}].units");
            return Err(Refusal::field(field, w::NOTHING_COUNTED).by_rule(&rule.source));
        }
        if rule.per_copy && count.copies == 0 {
            let field = format!("counts[{position}].copies");
            return Err(Refusal::field(field, w::NO_COPIES).by_rule(&rule.source));
        }
    }
    Ok(())
}

/// The counts of a rule with their fields; a rule of the dossier is counted once by itself.
fn counts_of(rule: &FeeRule, counts: &[Count]) -> Vec<(String, Count)> {
    let own = counts.iter().enumerate().filter(|(_, count)| count.rule == rule.id);
    let mut own: Vec<(String, Count)> =
        own.map(|(position, count)| (format!("counts[{position}]"), count.clone())).collect();
    if own.is_empty() && rule.unit == Unit::Dossier {
        let once = Count { rule: rule.id.clone(), what: String::new(), units: 1, copies: 1 };
        own.push(("counts".to_owned(), once));
    }
    own
}

fn item(
    rule: &FeeRule,
    field: &str,
    count: &Count,
    exemption: Option<&Exemption>,
) -> Result<(Item, u64), Refusal> {
    let copies = rule.per_copy.then_some(count.copies);
    let times = u128::from(copies.unwrap_or(1));
    let (mut steps, mut sum) = (Vec::new(), 0_u128);
    for (position, tier) in rule.tiers.iter().enumerate() {
        let next = rule.tiers.get(position + 1).map_or(u32::MAX, |next: &Tier| next.from - 1);
        let last = count.units.min(next);
        if tier.from > last {
            break;
        }
        let units = u128::from(last - tier.from) + 1;
        let adds = units * times * u128::from(tier.price);
        sum += adds;
        steps.push(Step::Units {
            first: tier.from,
            last,
            unit: rule.unit,
            copies,
            price: tier.price,
            tiered: rule.tiers.len() > 1,
            adds: within(adds).ok_or_else(|| too_large(field))?,
        });
    }
    let mut amount = within(sum).ok_or_else(|| too_large(field))?;
    if let Some(cap) = rule.cap {
        let most = within(u128::from(cap) * times).unwrap_or(i64::MAX);
        if amount > most {
            steps.push(Step::Cap { cap, copies, adds: most - amount });
            amount = most;
        }
    }
    let mut off = 0;
    if let Some(exemption) = exemption.filter(|_| amount > 0) {
        // What is left is rounded down to whole đồng, in favour of who pays.
        let left = amount * i64::from(100 - exemption.percent.min(100)) / 100;
        off = amount - left;
        let (name, percent) = (exemption.name.clone(), exemption.percent);
        steps.push(Step::Exempt { name, percent, adds: -off });
        amount = left;
    }
    let name = match count.what.trim() {
        "" => rule.name.clone(),
        what => format!("{}: {what}", rule.name),
    };
    let (rule, kind, source) = (rule.id.clone(), rule.kind, rule.source.clone());
    let item = Item { rule, name, kind, source, steps, amount: amount.unsigned_abs() };
    Ok((item, off.unsigned_abs()))
}

fn within(amount: u128) -> Option<i64> {
    i64::try_from(amount).ok().filter(|amount| amount.unsigned_abs() <= MAX_AMOUNT)
}

fn too_large(field: impl Into<String>) -> Refusal {
    Refusal::field(field, w::TOO_LARGE.text(&[("max", &dong(MAX_AMOUNT))]))
}

impl Step {
    /// What the line changes, in đồng.
    pub const fn adds(&self) -> i64 {
        match self {
            Self::Units { adds, .. } | Self::Cap { adds, .. } | Self::Exempt { adds, .. } => *adds,
        }
    }

    /// The line in words.
    pub fn say(&self, lang: Lang) -> String {
        let amount = dong(self.adds().unsigned_abs());
        match self {
            Self::Units { first, last, unit, copies, price, tiered, .. } => {
                let mut factors = vec![w::count(*unit, u64::from(last - first) + 1, lang)];
                factors.extend(copies.map(|copies| w::count(Unit::Copy, u64::from(copies), lang)));
                factors.push(grouped(*price));
                let product = format!("{} = {amount}", factors.join(" × "));
                if *tiered {
                    format!("{}: {product}", w::range(*unit, *first, *last, lang))
                } else {
                    product
                }
            }
            Self::Cap { cap, copies: None, .. } => {
                w::CAP.fill(lang, &[("cap", &dong(*cap)), ("less", &amount)])
            }
            Self::Cap { cap, copies: Some(copies), .. } => {
                let copies = w::count(Unit::Copy, u64::from(*copies), lang);
                let values = [("cap", dong(*cap)), ("copies", copies), ("less", amount)];
                w::CAP_EACH.fill(lang, &values.each_ref().map(|(slot, v)| (*slot, v.as_str())))
            }
            Self::Exempt { name, percent: 100, .. } => {
                w::EXEMPT.fill(lang, &[("reason", name), ("less", &amount)])
            }
            Self::Exempt { name, percent, .. } => w::REDUCED.fill(
                lang,
                &[("reason", name), ("percent", &percent.to_string()), ("less", &amount)],
            ),
        }
    }
}

impl Item {
    /// The calculation in words, without its sum.
    pub fn lines(&self, lang: Lang) -> Vec<String> {
        self.steps.iter().map(|step| step.say(lang)).collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Asked, Count};
    use crate::domain::catalogue::Channel;
    use crate::domain::dossier::FeeKind;
    use crate::domain::fee::{Exemption, FeeRule, Schedule, Tier, Unit};
    use crate::domain::words::Lang;

    const DAY: jiff::civil::Date = date(2026, 11, 27);

    fn copies() -> Schedule {
        let rule = FeeRule {
            id: "copy".to_owned(),
            name: "Phí chứng thực bản sao".to_owned(),
            kind: FeeKind::Fee,
            channels: vec![Channel::Counter],
            unit: Unit::Page,
            per_copy: true,
            tiers: vec![Tier { from: 1, price: 2_000 }, Tier { from: 3, price: 1_000 }],
            cap: Some(200_000),
            valid_from: Some(date(2017, 1, 1)),
            valid_to: None,
            source: "226/2016/TT-BTC".to_owned(),
            counted: None,
        };
        let half = Exemption {
            id: "half".to_owned(),
            name: "Hộ nghèo".to_owned(),
            percent: 50,
            rules: Vec::new(),
            valid_from: None,
            valid_to: Some(date(2026, 12, 31)),
            source: "Luật 97/2015/QH13".to_owned(),
        };
        let all = Exemption { id: "all".to_owned(), percent: 100, ..half.clone() };
        Schedule { rules: vec![rule], exemptions: vec![half, all] }
    }

    fn count(units: u32, copies: u32) -> Vec<Count> {
        vec![Count { rule: "copy".to_owned(), what: String::new(), units, copies }]
    }

    fn cost(units: u32, copies_asked: u32, exemption: Option<&str>) -> (u64, Vec<String>) {
        let counts = count(units, copies_asked);
        let asked = Asked { channel: Channel::Counter, day: DAY, counts: &counts, exemption };
        let assessed = copies().assess(&asked).unwrap();
        (assessed.total, assessed.items[0].lines(Lang::Vi))
    }

    #[test]
    fn a_certified_copy_costs_what_the_circular_says() {
        let prices =
            [(1, 2_000), (2, 4_000), (3, 5_000), (7, 9_000), (198, 200_000), (199, 200_000)];
        for (pages, price) in prices {
            assert_eq!(cost(pages, 1, None).0, price, "{pages} pages");
            assert_eq!(cost(pages, 3, None).0, price * 3, "{pages} pages, 3 copies");
        }
    }

    #[test]
    fn the_lines_say_how() {
        let lines = cost(7, 2, Some("half")).1;
        let said: Vec<String> = lines.iter().map(|line| line.replace('\u{a0}', " ")).collect();
        assert_eq!(
            said,
            [
                "Trang 1–2: 2 trang × 2 bản × 2.000 = 8.000 đồng",
                "Trang 3–7: 5 trang × 2 bản × 1.000 = 10.000 đồng",
                "Giảm 50 % (Hộ nghèo): trừ 9.000 đồng",
            ]
        );
        let capped = cost(300, 2, None).1.pop().unwrap().replace('\u{a0}', " ");
        assert_eq!(capped, "Tối đa 200.000 đồng một bản, 2 bản: trừ 204.000 đồng");
    }

    #[test]
    fn what_cannot_be_assessed_names_its_field() {
        let refused = |counts: Vec<Count>, channel, exemption| {
            let asked = Asked { channel, day: DAY, counts: &counts, exemption };
            copies().assess(&asked).unwrap_err().fields[0].field.clone()
        };
        let counter = Channel::Counter;
        assert_eq!(refused(count(0, 1), counter, None), "counts[0].units");
        assert_eq!(refused(count(1, 0), counter, None), "counts[0].copies");
        assert_eq!(refused(count(1, 1), Channel::Online, None), "counts[0].rule");
        assert_eq!(refused(count(1, 1), counter, Some("none")), "exemption");
        assert_eq!(refused(Vec::new(), counter, Some("all")), "exemption");
        assert_eq!(refused(count(u32::MAX, u32::MAX), counter, None), "counts[0]");
    }

    #[test]
    fn an_exemption_of_everything_leaves_nothing() {
        assert_eq!(cost(7, 2, Some("all")).0, 0);
        assert!(cost(7, 2, Some("all")).1[2].starts_with("Miễn (Hộ nghèo)"));
    }
}
