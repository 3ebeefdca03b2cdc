//! Laws of fees, and a naive cashier who adds up unit by unit.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::{Asked, Count, Exemption, FeeRule, MAX_AMOUNT, Schedule, Tier, Unit};
use crate::domain::catalogue::Channel;
use crate::domain::dossier::FeeKind;

const DAY: Date = date(2026, 11, 27);

fn rule(id: String) -> impl Strategy<Value = FeeRule> {
    let tiers = prop::collection::vec((1_u32..20, 0_u64..5_000), 1..4);
    let dates = (prop::option::of(0_i8..28), prop::option::of(0_i8..28));
    let cap = prop::option::of(1_u64..50_000);
    let unit = prop::sample::select(Unit::ALL.to_vec());
    (tiers, cap, unit, any::<bool>(), any::<bool>(), dates).prop_map(
        move |(steps, cap, unit, per_copy, online, (first, last))| {
            let mut from = 1;
            let mut tiers = Vec::new();
            for (width, price) in steps {
                tiers.push(Tier { from, price });
                from += width;
            }
            let day = |day: i8| date(2026, 11, 1 + day);
            FeeRule {
                id: id.clone(),
                name: id.clone(),
                kind: FeeKind::Fee,
                channels: if online { vec![Channel::Online] } else { Vec::new() },
                unit,
                per_copy,
                tiers,
                cap,
                valid_from: first.map(day),
                valid_to: last.map(day),
                source: "luật".to_owned(),
                counted: None,
            }
        },
    )
}

fn schedule() -> impl Strategy<Value = Schedule> {
    (rule("a".to_owned()), rule("b".to_owned()), 1_u32..=100, any::<bool>()).prop_map(
        |(a, b, percent, only_a)| {
            let exemption = Exemption {
                id: "e".to_owned(),
                name: "lý do".to_owned(),
                percent,
                rules: if only_a { vec!["a".to_owned()] } else { Vec::new() },
                valid_from: None,
                valid_to: None,
                source: "luật".to_owned(),
            };
            Schedule { rules: vec![a, b], exemptions: vec![exemption] }
        },
    )
}

fn counts() -> impl Strategy<Value = Vec<Count>> {
    let one = (prop::sample::select(vec!["a", "b"]), 1_u32..60, 1_u32..5).prop_map(
        |(rule, units, copies)| Count { rule: rule.to_owned(), what: String::new(), units, copies },
    );
    prop::collection::vec(one, 0..4)
}

/// The cashier: copy by copy, unit by unit.
fn by_hand(rule: &FeeRule, units: u32, copies: u32) -> u64 {
    let copies = if rule.per_copy { copies } else { 1 };
    (0..copies)
        .map(|_| {
            let price =
                |unit: u32| rule.tiers.iter().rev().find(|tier| tier.from <= unit).unwrap().price;
            let sum: u64 = (1..=units).map(price).sum();
            rule.cap.map_or(sum, |cap| sum.min(cap))
        })
        .sum()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn lines_add_up_to_what_a_cashier_counts(
        schedule in schedule(), counts in counts(), online: bool, exempt: bool,
    ) {
        let channel = if online { Channel::Online } else { Channel::Counter };
        let exemption = exempt.then_some("e");
        let asked = Asked { channel, day: DAY, counts: &counts, exemption };
        let known = |count: &Count| schedule.rules.iter().any(|rule| rule.id == count.rule && rule.applies(channel, DAY));
        let Ok(assessed) = schedule.assess(&asked) else {
            // Only what names nothing that is charged, or takes nothing off, is refused.
            let plain = Asked { exemption: None, ..asked };
            let nothing_off = exempt && schedule.assess(&plain).is_ok_and(|assessed| {
                assessed.items.iter().all(|item| item.amount == 0 || !schedule.exemptions[0].covers(&item.rule))
            });
            prop_assert!(!counts.iter().all(known) || nothing_off);
            return Ok(());
        };
        let mut expected = Vec::new();
        for rule in schedule.rules.iter().filter(|rule| rule.applies(channel, DAY)) {
            let own: Vec<_> = counts.iter().filter(|count| count.rule == rule.id).collect();
            if own.is_empty() && rule.unit == Unit::Dossier {
                expected.push((rule, by_hand(rule, 1, 1)));
            }
            expected.extend(own.into_iter().map(|count| (rule, by_hand(rule, count.units, count.copies))));
        }
        prop_assert_eq!(assessed.items.len(), expected.len());
        let mut off = 0;
        for (item, (rule, full)) in assessed.items.iter().zip(expected) {
            let sum: i64 = item.steps.iter().map(super::Step::adds).sum();
            prop_assert_eq!(sum, i64::try_from(item.amount).unwrap(), "{:?}", item.steps);
            let percent = schedule.exemptions[0].percent;
            let covered = exempt && schedule.exemptions[0].covers(&rule.id);
            let left = if covered { full * u64::from(100 - percent) / 100 } else { full };
            prop_assert_eq!(item.amount, left);
            off += full - left;
        }
        prop_assert_eq!(assessed.total, assessed.items.iter().map(|item| item.amount).sum::<u64>());
        prop_assert_eq!(assessed.exemption.map_or(0, |granted| granted.amount), off);
    }

    #[test]
    fn no_count_or_price_overflows(units: u32, copies: u32, price in 0..=MAX_AMOUNT, cap in prop::option::of(1..=MAX_AMOUNT)) {
        let rule = FeeRule {
            id: "a".to_owned(), name: "a".to_owned(), kind: FeeKind::Fee, channels: Vec::new(),
            unit: Unit::Page, per_copy: true, tiers: vec![Tier { from: 1, price }], cap,
            valid_from: None, valid_to: None, source: "luật".to_owned(),
            counted: None,
        };
        let schedule = Schedule { rules: vec![rule], exemptions: Vec::new() };
        let counts = [Count { rule: "a".to_owned(), what: String::new(), units, copies }];
        let asked = Asked { channel: Channel::Post, day: DAY, counts: &counts, exemption: None };
        match schedule.assess(&asked) {
            Ok(assessed) => prop_assert!(assessed.total <= MAX_AMOUNT),
            Err(refusal) => prop_assert!(refusal.fields[0].field.starts_with("counts[0]")),
        }
    }
}
