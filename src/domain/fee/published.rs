//! The fees that the catalogue publishes as one figure, as rules.

use super::{FeeRule, Schedule, Tier, Unit, words};
use crate::domain::catalogue::{Channel, SubmissionWay};
use crate::domain::dossier::FeeKind;

impl Schedule {
    /// One rule for every figure that the catalogue publishes for the ways in, by a decision that is
    /// named as the source: ways with the same figure share it, and a way that costs nothing has
    /// none. Where a way has several figures, the catalogue does not say which one is due: the
    /// office sets a rule.
    pub fn published(ways: &[SubmissionWay], source: &str) -> Self {
        let mut rules: Vec<FeeRule> = Vec::new();
        for channel in [Channel::Counter, Channel::Online, Channel::Post] {
            let Some(price) = figure(ways, channel).filter(|price| *price > 0) else {
                continue;
            };
            match rules.iter_mut().find(|rule| rule.tiers.iter().any(|tier| tier.price == price)) {
                Some(rule) => rule.channels.push(channel),
                None => rules.push(rule(source, channel, price, rules.len())),
            }
        }
        Self { rules, exemptions: Vec::new() }
    }
}

/// The one figure of a way in.
fn figure(ways: &[SubmissionWay], channel: Channel) -> Option<u64> {
    let mut ways = ways.iter().filter(|way| way.channel == channel);
    let figure = ways.next()?.fee_vnd?;
    ways.all(|way| way.fee_vnd == Some(figure)).then_some(figure)
}

fn rule(source: &str, channel: Channel, price: u64, position: usize) -> FeeRule {
    FeeRule {
        id: format!("published_{}", position + 1),
        name: words::PUBLISHED.vi.to_owned(),
        kind: FeeKind::Fee,
        channels: vec![channel],
        unit: Unit::Dossier,
        per_copy: false,
        tiers: vec![Tier { from: 1, price }],
        cap: None,
        valid_from: None,
        valid_to: None,
        source: source.to_owned(),
        counted: None,
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::catalogue::{Channel, SubmissionWay};
    use crate::domain::fee::Schedule;

    #[test]
    fn only_a_single_figure_becomes_a_rule() {
        let way = |channel, fee_vnd| SubmissionWay {
            channel,
            duration: None,
            unit: None,
            fee_vnd,
            fee_text: String::new(),
        };
        let rules = |ways: &[(Channel, Option<u64>)]| {
            let ways: Vec<_> = ways.iter().map(|(channel, fee)| way(*channel, *fee)).collect();
            let schedule = Schedule::published(&ways, "Quyết định");
            assert!(schedule.check().is_ok());
            let rules = schedule.rules.into_iter();
            rules.map(|rule| (rule.tiers[0].price, rule.channels)).collect::<Vec<_>>()
        };
        use Channel::{Counter, Online, Post};
        assert_eq!(
            rules(&[(Online, Some(4)), (Counter, Some(8)), (Post, Some(8))]),
            [(8, vec![Counter, Post]), (4, vec![Online])]
        );
        assert!(rules(&[(Online, Some(0)), (Counter, None)]).is_empty());
        assert!(rules(&[(Online, Some(0)), (Online, Some(8))]).is_empty());
    }
}
