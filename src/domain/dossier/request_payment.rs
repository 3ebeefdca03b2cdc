//! `request_payment`: fee lines; an obligation that the law sets pauses the clock.

use super::command::Asking;
use super::decide::{Context, optional, required};
use super::event::Event;
use super::money::{FeeKind, FeeLine};
use super::state::Dossier;
use super::status::Status;
use super::words;
use crate::domain::calendar::local;
use crate::domain::fee::{Asked, MAX_AMOUNT, Schedule, Step, Unit, grouped};
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};

/// Most lines of one request.
const MAX_LINES: usize = 50;

pub(super) fn decide(
    dossier: &Dossier,
    asking: &Asking,
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    let runs = matches!(dossier.status, Status::Received | Status::Processing);
    if asking.fees.iter().any(|line| line.kind == FeeKind::Obligation) && !runs {
        return Err(Refusal::new(RefusalKind::Impossible, words::OBLIGATION_NOT_NOW));
    }
    let by_rules =
        asking.fees.is_empty() || !asking.counts.is_empty() || asking.exemption.is_some();
    let mut fees = if by_rules { assessed(dossier, asking, ctx)? } else { Vec::new() };
    if asking.exemption.is_none() && asking.exemption_proof.is_some() {
        return Err(Refusal::field("exemption", words::PROOF_ALONE));
    }
    if fees.iter().any(|line| line.kind == FeeKind::Obligation && line.amount > 0) && !runs {
        return Err(Refusal::new(RefusalKind::Impossible, words::OBLIGATION_NOT_NOW));
    }
    fees.extend(free(&asking.fees)?);
    if fees.len() > MAX_LINES {
        let text = words::TOO_MANY.text(&[("max", &MAX_LINES.to_string())]);
        return Err(Refusal::field("fees", text));
    }
    Ok(Event::PaymentRequested { fees })
}

/// The lines that the fee rules of the procedure give.
fn assessed(
    dossier: &Dossier,
    asking: &Asking,
    ctx: &Context<'_>,
) -> Result<Vec<FeeLine>, Refusal> {
    let schedule = ctx.directory.fees(&dossier.competent_agency, &dossier.procedure);
    let asked = Asked {
        channel: dossier.channel,
        day: local(ctx.now).date(),
        counts: &asking.counts,
        exemption: asking.exemption.as_deref(),
    };
    if asking.fees.is_empty() && asking.counts.is_empty() {
        check_countless(&schedule, &asked)?;
    }
    let proof = optional("exemption_proof", asking.exemption_proof.as_deref())?;
    let mut lines: Vec<FeeLine> =
        schedule.assess(&asked)?.items.into_iter().map(FeeLine::from).collect();
    // What costs nothing is a line only when an exemption made it so.
    lines.retain(FeeLine::says_something);
    if lines.is_empty() && asking.fees.is_empty() {
        return Err(Refusal::field("fees", words::NO_FEE));
    }
    // What the rules give without counting is owed once; more copies are counted anew.
    if asking.counts.is_empty() {
        lines.retain(|line| !dossier.is_asked_for(line));
        if lines.is_empty() && asking.fees.is_empty() {
            return Err(Refusal::field("fees", words::FEE_ASKED_ALREADY));
        }
    }
    if let Some(proof) = proof {
        for step in lines.iter_mut().flat_map(|line| &mut line.basis).flat_map(|b| &mut b.steps) {
            if let Step::Exempt { name, .. } = step {
                *name = format!("{name}: {proof}");
            }
        }
    }
    Ok(lines)
}

/// Nothing was counted: there must be a rule that needs no counting.
fn check_countless(schedule: &Schedule, asked: &Asked<'_>) -> Result<(), Refusal> {
    let mut rules = schedule.rules_for(asked.channel, asked.day).peekable();
    let Some(first) = rules.peek().copied() else {
        return Err(Refusal::field("fees", words::FEES_MISSING));
    };
    if rules.any(|rule| rule.unit == Unit::Dossier) {
        return Ok(());
    }
    Err(Refusal::field("counts", words::COUNTS_MISSING).by_rule(&first.source))
}

/// The lines that somebody wrote, each with a name and an amount.
fn free(fees: &[FeeLine]) -> Result<Vec<FeeLine>, Refusal> {
    let (mut lines, mut errors) = (Vec::with_capacity(fees.len()), Vec::new());
    for (position, line) in fees.iter().enumerate() {
        let field = format!("fees[{position}].name");
        match required(&field, &line.name, words::FEE_NAME_MISSING) {
            Ok(name) => lines.push(FeeLine { name, basis: None, ..line.clone() }),
            Err(refusal) => errors.extend(refusal.fields),
        }
        if line.amount == 0 || line.amount > MAX_AMOUNT {
            errors.push(FieldError {
                field: format!("fees[{position}].amount"),
                text: words::FEE_AMOUNT_WRONG.text(&[("max", &grouped(MAX_AMOUNT))]),
            });
        }
    }
    if errors.is_empty() { Ok(lines) } else { Err(Refusal::fields(errors)) }
}

#[cfg(test)]
mod tests {
    use crate::domain::dossier::fixture::{
        Case, WORLD, World, cashier, fee, invalid, plain, processor, rules,
    };
    use crate::domain::dossier::{Asking, Command, FeeKind, FeeLine, Status};
    use crate::domain::fee::{Count, Exemption, FeeRule, Schedule, Tier, Unit};
    use crate::domain::refusal::RefusalKind;

    fn line(name: &str, amount: u64, kind: FeeKind) -> Command {
        let fees = vec![FeeLine::free(name, amount, kind)];
        Command::RequestPayment(Asking { fees, ..Asking::default() })
    }

    /// The fees of certified copies, free for poor households.
    fn copies() -> World {
        let rule = FeeRule {
            id: "copy".to_owned(),
            name: "Phí chứng thực bản sao".to_owned(),
            kind: FeeKind::Fee,
            channels: Vec::new(),
            unit: Unit::Page,
            per_copy: true,
            tiers: vec![Tier { from: 1, price: 2_000 }, Tier { from: 3, price: 1_000 }],
            cap: Some(200_000),
            valid_from: None,
            valid_to: None,
            source: "226/2016/TT-BTC".to_owned(),
            counted: None,
        };
        let poor = Exemption {
            id: "poor".to_owned(),
            name: "Hộ nghèo".to_owned(),
            percent: 100,
            rules: Vec::new(),
            valid_from: None,
            valid_to: None,
            source: "97/2015/QH13".to_owned(),
        };
        let mut world = World::new(rules());
        world.fees = Schedule { rules: vec![rule], exemptions: vec![poor] };
        world
    }

    fn asking(exemption: Option<&str>, pages: &[u32]) -> Command {
        let count = |units: &u32| Count {
            rule: "copy".to_owned(),
            what: String::new(),
            units: *units,
            copies: 2,
        };
        Command::RequestPayment(Asking {
            counts: pages.iter().map(count).collect(),
            exemption: exemption.map(str::to_owned),
            exemption_proof: exemption.map(|_| "số 12".to_owned()),
            ..Asking::default()
        })
    }

    #[test]
    fn an_obligation_pauses_and_an_ordinary_fee_does_not() {
        let case = Case::processing().after(processor(), fee(FeeKind::Fee));
        assert_eq!(case.dossier.status, Status::Processing);
        assert!(case.dossier.clock.due_at.is_some());
        let case = case.after(processor(), fee(FeeKind::Obligation));
        assert_eq!(case.dossier.status, Status::PaymentRequired);
        assert_eq!((case.dossier.clock.due_at, case.dossier.unpaid()), (None, 100_000));
        assert_eq!(case.dossier.open_requests(), [1, 2]);
    }

    #[test]
    fn an_obligation_waits_for_reception_and_comes_before_the_result() {
        let refused = plain(RefusalKind::Impossible);
        for case in [Case::online(), Case::in_status(Status::Finished)] {
            // Even when the lines themselves are wrong.
            assert_eq!(case.refused(cashier(), line("", 0, FeeKind::Obligation)), refused);
            assert_eq!(case.after(cashier(), fee(FeeKind::Fee)).dossier.unpaid(), 50_000);
        }
    }

    #[test]
    fn every_wrong_line_is_named() {
        let refused = |command| Case::counter().refused(cashier(), command);
        let nothing = || Command::RequestPayment(Asking::default());
        assert_eq!(refused(nothing()), invalid("fees"));
        assert_eq!(refused(line(" ", 0, FeeKind::Fee)), invalid("fees[0].name fees[0].amount"));
        assert_eq!(refused(line("Phí", u64::MAX, FeeKind::Fee)), invalid("fees[0].amount"));
    }

    #[test]
    fn the_rules_say_how_much_and_why() {
        let world = copies();
        let case = Case::filed(&world, crate::domain::catalogue::Channel::Counter);
        let case = case.after(cashier(), asking(None, &[7, 1]));
        let amounts: Vec<u64> = case.dossier.fees.iter().map(|fee| fee.line.amount).collect();
        assert_eq!(amounts, [18_000, 4_000]);
        let basis = case.dossier.fees[0].line.basis.as_ref().unwrap();
        assert_eq!(basis.source, "226/2016/TT-BTC");
        assert_eq!(basis.steps.iter().map(|step| step.adds()).sum::<i64>(), 18_000);
    }

    #[test]
    fn an_exemption_leaves_a_line_that_asks_for_nothing() {
        let world = copies();
        let case = Case::filed(&world, crate::domain::catalogue::Channel::Counter);
        let case = case.after(cashier(), asking(Some("poor"), &[7]));
        assert_eq!((case.dossier.unpaid(), case.dossier.fees.len()), (0, 1));
        let steps = &case.dossier.fees[0].line.basis.as_ref().unwrap().steps;
        let said = steps[2].say(crate::domain::words::Lang::Vi);
        assert!(said.contains("Hộ nghèo: số 12"), "{said}");
    }

    #[test]
    fn what_must_be_counted_is_asked_for_by_its_rule() {
        let world = copies();
        let case = Case::filed(&world, crate::domain::catalogue::Channel::Counter);
        let refused = |command| case.refused(cashier(), command);
        let counted = refused(asking(None, &[]));
        assert_eq!((counted.1.as_str(), counted.2.as_str()), ("counts", "226/2016/TT-BTC"));
        assert_eq!(refused(asking(None, &[0])).1, "counts[0].units");
        assert_eq!(refused(asking(Some("rich"), &[1])).1, "exemption");
        let proof_alone = Command::RequestPayment(Asking {
            fees: vec![FeeLine::free("Phí", 1, FeeKind::Fee)],
            exemption_proof: Some("số 12".to_owned()),
            ..Asking::default()
        });
        assert_eq!(
            Case::filed(&WORLD, crate::domain::catalogue::Channel::Counter)
                .refused(cashier(), proof_alone)
                .1,
            "exemption"
        );
    }
}
