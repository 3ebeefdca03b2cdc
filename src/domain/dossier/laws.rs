//! What holds whatever happens: random people do random things at random times.

use std::collections::BTreeSet;

use jiff::{SignedDuration, ToSpan};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::fixture::{
    ASKED, Case, DEPARTMENT, OTHER_PROCEDURE, STRANGER, WARD, World, rules, staff,
};
use super::matrix::{code, row};
use super::{
    Action, Actor, Asking, CheckedPaper, Command, Delivery, Directory, Dossier, Event, Fee,
    FeeKind, FeeLine, FormValue, Instead, MissingItem, Paying, PaymentMethod, Queue, Request,
    Stage, Status, check_possible, clock_agency, entries, explain, fixture,
};
use crate::domain::agency::Role;
use crate::domain::calendar::local;
use crate::domain::catalogue::Channel;
use crate::domain::deadline::PausePolicy;
use crate::domain::process::Run;
use crate::domain::process::fixture::land;
use crate::domain::refusal::RefusalKind;
use crate::domain::rules::{RulePack, SupplementRules};

/// What brings a dossier to its end; done more often, or few walks would get there.
const ONWARD: [Action; 6] = [
    Action::Accept,
    Action::Assign,
    Action::SubmitForApproval,
    Action::Approve,
    Action::Finish,
    Action::Deliver,
];

/// One thing that somebody tries.
#[derive(Clone, Debug)]
struct Step {
    /// Who and what, out of all pairs or of those that are possible.
    pick: usize,
    /// Whether it need not be possible.
    any: bool,
    /// What the command carries.
    seed: u8,
    /// Hours that passed before it.
    hours: i64,
    /// Whether the sender saw an old version.
    stale: bool,
}

fn step() -> impl Strategy<Value = Step> {
    let weighted = |n| (0..n).prop_map(|i| i == 0);
    (any::<u16>(), weighted(4), any::<u8>(), 0i64..20, weighted(20)).prop_map(
        |(pick, any, seed, hours, stale)| Step { pick: pick.into(), any, seed, hours, stale },
    )
}

fn steps() -> impl Strategy<Value = (bool, usize, Vec<Step>)> {
    (any::<bool>(), 0..3_usize, prop::collection::vec(step(), 1..50))
}

fn actors() -> Vec<Actor> {
    let mut actors = vec![Actor::Applicant, Actor::System, Actor::Program("p".to_owned())];
    for agency in [WARD, DEPARTMENT, ASKED, STRANGER] {
        actors.extend(Role::ALL.into_iter().map(|role| staff(role, agency)));
    }
    actors
}

/// A command for an action; mostly one that can be done, by its seed sometimes not.
fn command(case: &Case<'_>, action: Action, seed: u8) -> Command {
    let reason = if seed.is_multiple_of(8) { String::new() } else { "lý do".to_owned() };
    let agency = [WARD, DEPARTMENT, ASKED][usize::from(seed) % 3];
    let kind = if seed.is_multiple_of(2) { FeeKind::Fee } else { FeeKind::Obligation };
    let soon = case.now + SignedDuration::from_hours(24 * 30);
    match action {
        Action::Accept => {
            let check = |component: &str| CheckedPaper {
                component: component.to_owned(),
                originals: 1,
                copies: 0,
                evidence: Default::default(),
            };
            Command::Accept { components: vec![check("tp1"), check("tp2")] }
        }
        Action::Refuse => Command::Refuse { reason },
        Action::RequestSupplement => {
            let item = MissingItem { component: None, reason };
            Command::RequestSupplement { items: vec![item], due_at: None }
        }
        Action::Supplement => fixture::supplement(),
        Action::Transfer => Command::Transfer { agency: agency.into(), reason },
        Action::ChangeProcedure => {
            let procedures = [OTHER_PROCEDURE, fixture::PROCEDURE, fixture::LEADING];
            let procedure = procedures[usize::from(seed) % 3];
            Command::ChangeProcedure { procedure: procedure.into(), reason }
        }
        Action::Assign | Action::Forward => {
            let (to, unit) = (None, Some("tu-phap".into()));
            match action {
                Action::Assign => Command::Assign { to, unit },
                _ => Command::Forward { to, unit },
            }
        }
        Action::Consult => Command::Consult {
            agency: Some(agency.into()),
            unit: seed.is_multiple_of(2).then(|| "tu-phap".into()),
            question: "?".to_owned(),
            due_at: soon,
            shares: Vec::new(),
        },
        Action::AnswerConsultation => {
            let number = 1 + u32::from(seed % 3);
            Command::AnswerConsultation { number, answer: reason, attachments: Vec::new() }
        }
        Action::SubmitForApproval => fixture::submit_for_approval(),
        Action::Approve => Command::Approve,
        Action::ReturnForRework => Command::ReturnForRework { reason },
        Action::IssueNumber => {
            Command::IssueNumber { number: "7".to_owned(), date: local(case.now).date() }
        }
        Action::CompleteStep => {
            let named = ["check", "tax", "give"][usize::from(seed) % 3];
            Command::CompleteStep { step: (!seed.is_multiple_of(4)).then(|| named.into()) }
        }
        Action::RequestPayment => {
            let amount = u64::from(seed / 4);
            let fees = vec![FeeLine::free("Phí", amount, kind)];
            Command::RequestPayment(Asking { fees, ..Asking::default() })
        }
        _ => later_command(case, action, seed, reason),
    }
}

fn later_command(case: &Case<'_>, action: Action, seed: u8, reason: String) -> Command {
    let channel = [Channel::Counter, Channel::Online, Channel::Post][usize::from(seed) % 3];
    match action {
        Action::RecordPayment => Command::RecordPayment(Paying {
            request: seed.is_multiple_of(3).then_some(1 + u32::from(seed % 2)),
            ..Paying::all(PaymentMethod::Card)
        }),
        Action::ReversePayment => {
            let method = PaymentMethod::ALL[usize::from(seed) % 4];
            let instead = Instead { method, receipt_number: None };
            let standing: Vec<u32> =
                case.dossier.standing_takings().map(|taking| taking.number).collect();
            let payment = standing.get(usize::from(seed) % standing.len().max(1)).copied();
            let instead = seed.is_multiple_of(3).then_some(instead);
            Command::ReversePayment { payment, reason, instead }
        }
        Action::CancelPaymentRequest => {
            let request = case.dossier.open_requests().first().copied();
            Command::CancelPaymentRequest { request, reason }
        }
        Action::DeclareTransfer => Command::DeclareTransfer { amount: None },
        Action::RejectTransfer => Command::RejectTransfer { reason },
        Action::Extend => {
            let due_at = case.dossier.clock.due_at.unwrap_or(case.now);
            Command::Extend { due_at: due_at + i64::from(seed % 100).hours(), reason }
        }
        Action::RequestWithdrawal => Command::RequestWithdrawal { reason },
        Action::ApproveWithdrawal => Command::ApproveWithdrawal,
        Action::RejectWithdrawal => Command::RejectWithdrawal { reason },
        Action::Stop => Command::Stop { reason, decision_number: None },
        Action::Finish => Command::Finish {
            favourable: seed.is_multiple_of(2),
            name: "Giấy".to_owned(),
            number: None,
            reason: Some(reason),
            form: None,
            collect_reason: None,
            attachments: Vec::new(),
        },
        Action::ReceiveResult => Command::ReceiveResult,
        Action::Deliver => Command::Deliver(Delivery::by(channel)),
        Action::Certify => fixture::certify(),
        Action::ReturnPapers => {
            Command::ReturnPapers { items: vec!["Bản chính".to_owned()], received_by: reason }
        }
        Action::Correct => {
            let changes = vec![("owner.name".to_owned(), FormValue::Text(reason.clone()))];
            Command::Correct { changes, reason }
        }
        Action::RequestCorrection => {
            let name = FormValue::Text(format!("Nguyễn {seed} {reason}"));
            let changes = vec![("owner.name".to_owned(), name)];
            Command::RequestCorrection { changes, reason }
        }
        Action::RejectCorrection => Command::RejectCorrection { reason },
        Action::AddPapers => Command::AddPapers { attachments: vec![fixture::paper_file()] },
        Action::CorrectResult => {
            let changes = vec![("result.number".to_owned(), FormValue::Text("8".to_owned()))];
            Command::CorrectResult { changes, reason }
        }
        Action::Void => Command::Void { reason },
        _ => Command::Note,
    }
}

/// Statuses and actions that were met.
#[derive(Default)]
struct Met {
    statuses: BTreeSet<Status>,
    actions: BTreeSet<Action>,
}

/// Where the table lets a dossier go back to: the status in which it last ran, and the one in which
/// a withdrawal was asked for. Kept from the outside, by watching.
struct Origins {
    of_pause: String,
    of_withdrawal: String,
}

fn walk(world: &World, online: bool, steps: &[Step]) -> Result<Met, TestCaseError> {
    let channel = if online { Channel::Online } else { Channel::Counter };
    // Some lead others: what they plan must not disturb what they are.
    let mut case = match steps.len() % 2 {
        0 => Case::filed(world, channel),
        _ => Case::leading(world, channel),
    };
    let mut met = Met::default();
    let mut origins = Origins { of_pause: String::new(), of_withdrawal: String::new() };
    let actors = actors();
    check_state(&case)?;
    for step in steps {
        case.now += SignedDuration::from_hours(step.hours);
        let Some((actor, action)) = choose(&case.dossier, world, &actors, step) else { continue };
        let version = case.dossier.version - u64::from(step.stale);
        let note = (action == Action::Note).then(|| "ghi chú".to_owned());
        let request = Request { version, command: command(&case, action, step.seed), note };
        let possible = check_possible(&case.dossier, action, actor, &world.rules);
        let decided = case.decide(actor, &request);
        prop_assert_eq!(&decided, &case.decide(actor, &request), "the same twice");
        prop_assert!(!(step.stale && decided.is_ok()), "an old version was taken");
        match (&possible, &decided) {
            (Err(no), Err(refused)) if step.stale => {
                prop_assert!(refused.kind == no.kind || refused.kind == RefusalKind::Conflict);
            }
            // To be told apart before the status: another's question, another's hand.
            (Err(no), Err(refused)) if refused.kind != RefusalKind::Forbidden => {
                prop_assert_eq!(no.kind, refused.kind);
            }
            (Err(_), Ok(_)) => prop_assert!(false, "{action:?} was done, though impossible"),
            _ => {}
        }
        let before = case.dossier.clone();
        if case.act(actor, &request).is_err() {
            prop_assert_eq!(&before, &case.dossier, "a refusal changed something");
            continue;
        }
        check_transition(&before, &case.dossier, action, &mut origins)?;
        check_state(&case)?;
        met.statuses.insert(case.dossier.status);
        met.actions.insert(action);
    }
    Ok(met)
}

fn choose<'a>(
    dossier: &Dossier,
    world: &World,
    actors: &'a [Actor],
    step: &Step,
) -> Option<(&'a Actor, Action)> {
    let can = |actor: &Actor, action: Action| {
        // The first half is the second's, without writing the refusal.
        action.allows(actor, dossier)
            && check_possible(dossier, action, actor, &world.rules).is_ok()
    };
    let all =
        actors.iter().flat_map(|actor| Action::ALL.iter().map(move |action| (actor, *action)));
    let pairs: Vec<_> = all.filter(|(actor, action)| step.any || can(actor, *action)).collect();
    // First what, then who, so that what many may do is not done more often.
    let mut actions: Vec<Action> = pairs.iter().map(|(_, action)| *action).collect();
    actions.sort_unstable();
    actions.dedup();
    let onward: Vec<_> = ONWARD.into_iter().filter(|action| actions.contains(action)).collect();
    actions.extend(onward.iter().chain(&onward));
    let action = actions.get(step.pick % actions.len().max(1))?;
    let able: Vec<_> = pairs.iter().filter(|pair| pair.1 == *action).collect();
    able.get(step.pick / 64 % able.len()).map(|pair| **pair)
}

fn check_transition(
    before: &Dossier,
    after: &Dossier,
    action: Action,
    origins: &mut Origins,
) -> Result<(), TestCaseError> {
    let (from, to) = (code(before), code(after));
    let listed = row(action).0.split(' ').filter_map(|t| t.split_once('>')).any(|(a, b)| {
        let origin = if before.status == Status::WithdrawalRequested {
            &origins.of_withdrawal
        } else {
            &origins.of_pause
        };
        a == from && (b == to || (b == "=" && from == to) || (b == "o" && *origin == to))
    });
    prop_assert!(listed, "{} made {from} into {to}", action.id());
    if after.status == Status::WithdrawalRequested && before.status != after.status {
        origins.of_withdrawal.clone_from(&from);
    }
    if matches!(after.status, Status::SupplementRequired | Status::PaymentRequired)
        && !before.status.is_paused()
    {
        origins.of_pause = from;
    }
    Ok(())
}

fn check_state(case: &Case<'_>) -> Result<(), TestCaseError> {
    let dossier = &case.dossier;
    prop_assert_eq!(dossier.version, case.log.len() as u64);
    let replayed = fixture::replay(case.log.iter().map(|(at, event)| (*at, event)));
    prop_assert_eq!(&replayed, dossier);
    let runs = matches!(dossier.status, Status::Registered | Status::Received | Status::Processing);
    prop_assert_eq!(dossier.clock.due_at.is_some(), runs, "{:?} {:?}", dossier.status, last(case));
    let calendar = case.world.calendar(clock_agency(dossier));
    let told = explain(dossier, calendar, &case.world.rules).expect("a due date");
    let told = told.map(|deadline| deadline.due_at);
    prop_assert!(!runs || told == Some(dossier.clock.due_at), "{told:?} {:?}", dossier.clock);
    check_steps(dossier, runs)?;
    let open = dossier.clock.pauses.iter().filter(|pause| pause.to.is_none()).count();
    prop_assert!(open <= usize::from(!runs), "a pause is open in {:?}", dossier.status);
    let ended = matches!(code(dossier).as_str(), "3" | "8" | "9" | "10");
    prop_assert_eq!(dossier.ended_at.is_some(), ended);
    let required = dossier.status == Status::SupplementRequired;
    prop_assert!(!required || dossier.supplement.is_some());
    prop_assert!(dossier.status != Status::PaymentRequired || dossier.owes_obligation());
    check_money(dossier)?;
    prop_assert!(dossier.status != Status::ResultReturned || dossier.unpaid() == 0);
    check_links(case)?;
    check_queues(dossier)
}

/// What was asked for is paid by a taking that stands, is owed, or is no longer asked for; what
/// stands was paid for lines.
fn check_money(dossier: &Dossier) -> Result<(), TestCaseError> {
    let mut owed = 0;
    for fee in &dossier.fees {
        let stands = |number| dossier.standing_takings().any(|taking| taking.number == number);
        match &fee.paid {
            Some(paid) => prop_assert!(stands(paid.taking) && fee.cancelled.is_none()),
            None if fee.cancelled.is_none() => owed += fee.line.amount,
            None => {}
        }
    }
    prop_assert_eq!(owed, dossier.unpaid());
    for taking in dossier.standing_takings() {
        let of_it = |fee: &&Fee| fee.paid.as_ref().is_some_and(|paid| paid.taking == taking.number);
        let paid: u64 = dossier.fees.iter().filter(of_it).map(|fee| fee.line.amount).sum();
        prop_assert_eq!(paid, taking.amount);
    }
    prop_assert!(dossier.declared.is_none() || owed > 0, "a transfer of nothing is waited for");
    Ok(())
}

/// The parts that are planned are those of the procedure that the dossier is under, each once; none
/// opens by itself.
fn check_links(case: &Case<'_>) -> Result<(), TestCaseError> {
    let dossier = &case.dossier;
    let planned: Vec<_> = dossier.links.iter().map(|link| &link.procedure).collect();
    let followers = case.world.followers(&dossier.procedure);
    let wanted: Vec<_> = followers.iter().map(|follower| &follower.procedure).collect();
    prop_assert_eq!(planned, wanted, "under {}", dossier.procedure);
    let numbers: BTreeSet<u32> = dossier.links.iter().map(|link| link.number).collect();
    prop_assert_eq!(numbers.len(), dossier.links.len());
    prop_assert!(dossier.links.iter().all(|link| link.dossier.is_none()));
    Ok(())
}

/// A received dossier of a procedure with a process is in it; open steps have dates while the clock
/// runs, and none while it does not.
fn check_steps(dossier: &Dossier, runs: bool) -> Result<(), TestCaseError> {
    let Some(run) = &dossier.run else { return Ok(()) };
    prop_assert!(dossier.received_at.is_some());
    for (step, passage) in run.open() {
        prop_assert_eq!(passage.due_at.is_some(), runs, "{} {:?}", step.id, dossier.status);
        prop_assert!(passage.due_at.is_none_or(|due| due > passage.opened_at));
        prop_assert!(passage.warn_at <= passage.due_at);
    }
    if matches!(dossier.status, Status::Finished | Status::ResultReturned) {
        prop_assert_eq!(run.current(), None, "finished in the middle of its process");
    }
    prop_assert!(!dossier.status.is_ended() || run.open().next().is_none());
    Ok(())
}

fn last<'a>(case: &'a Case<'_>) -> Option<&'a Event> {
    case.log.last().map(|(_, event)| event)
}

/// The queues in which a status puts a dossier, at the receiving and at the competent agency.
fn queues_of(dossier: &Dossier) -> (Vec<Queue>, Vec<Queue>) {
    let (at_receiving, mut at_competent) = match dossier.status.code() {
        1 => (vec![Queue::Open, Queue::ToCheck], vec![Queue::Open]),
        2 => (vec![Queue::Open, Queue::ToAssign], vec![Queue::Open, Queue::ToAssign]),
        4 => (vec![Queue::Open], vec![Queue::Open, Queue::Work]),
        5 | 6 => (vec![Queue::Waiting], vec![Queue::Waiting]),
        7 => (Vec::new(), vec![Queue::Withdrawals]),
        // In these walks every result is a paper.
        9 if dossier.outcome.as_ref().is_some_and(|o| o.at_section) => {
            (vec![Queue::ToDeliver], Vec::new())
        }
        9 => (vec![Queue::ResultsToReceive], Vec::new()),
        _ => (vec![Queue::Ended], Vec::new()),
    };
    if dossier.status == Status::Processing {
        match dossier.stage {
            Stage::Work => {}
            Stage::AwaitingApproval => at_competent.push(Queue::ToApprove),
            Stage::Approved => at_competent.extend([Queue::ToNumber, Queue::ToFinish]),
            Stage::Numbered => at_competent.push(Queue::ToFinish),
        }
    }
    (at_receiving, at_competent)
}

fn check_queues(dossier: &Dossier) -> Result<(), TestCaseError> {
    let found = entries(dossier);
    let (at_receiving, at_competent) = queues_of(dossier);
    let mut wanted = BTreeSet::new();
    wanted.extend(at_receiving.into_iter().map(|queue| (dossier.receiving_agency.clone(), queue)));
    wanted.extend(at_competent.into_iter().map(|queue| (dossier.competent_agency.clone(), queue)));
    if dossier.received_at.is_some() {
        wanted.insert((dossier.receiving_agency.clone(), Queue::Register));
    }
    let payable = matches!(dossier.status.code(), 1 | 2 | 4 | 6 | 9);
    for agency in [&dossier.receiving_agency, &dossier.competent_agency] {
        if payable && dossier.unpaid() > 0 {
            let said = dossier.declared.is_some();
            wanted.insert((agency.clone(), if said { Queue::Declared } else { Queue::ToCollect }));
        }
    }
    if dossier.correction.is_some() {
        wanted.insert((dossier.receiving_agency.clone(), Queue::Corrections));
    }
    if dossier.run.iter().flat_map(Run::open).any(|(_, passage)| passage.warn_at.is_some()) {
        wanted.insert((dossier.competent_agency.clone(), Queue::Steps));
    }
    for asked in &dossier.consultations {
        if dossier.status == Status::Processing && asked.answer.is_none() {
            wanted.insert((asked.agency.clone(), Queue::Consultations));
        }
    }
    for agency in [WARD, DEPARTMENT, ASKED, STRANGER].map(Into::into) {
        if dossier.concerns(&agency) {
            wanted.insert((agency, Queue::All));
        }
    }
    let stands: BTreeSet<_> =
        found.iter().map(|entry| (entry.agency.clone(), entry.queue)).collect();
    prop_assert_eq!(stands, wanted, "in {:?} {:?}", dossier.status, dossier.stage);
    let distinct: BTreeSet<_> = found.iter().collect();
    prop_assert_eq!(distinct.len(), found.len());
    Ok(())
}

fn worlds() -> [World; 3] {
    let generous = RulePack {
        supplement: SupplementRules {
            per_phase: 3,
            policy: PausePolicy::Resume,
            lapse_days: Some(2),
        },
        ..rules()
    };
    let with_process = World::new(rules()).with_process(land());
    [World::new(rules()), World::new(generous), with_process]
}

#[test]
fn whatever_happens_is_in_the_table() {
    let worlds = worlds();
    let run = |(online, world, steps): (bool, usize, Vec<Step>)| {
        walk(&worlds[world], online, &steps).map(|_| ())
    };
    let config = Config { failure_persistence: None, ..Config::with_cases(100) };
    if let Err(error) = TestRunner::new(config).run(&steps(), run) {
        panic!("{error}");
    }
}

#[test]
fn the_walks_reach_every_status_and_every_action() {
    let worlds = worlds();
    let met = std::cell::RefCell::new(Met::default());
    let run = |(online, world, steps): (bool, usize, Vec<Step>)| {
        let seen = walk(&worlds[world], online, &steps)?;
        met.borrow_mut().statuses.extend(seen.statuses);
        met.borrow_mut().actions.extend(seen.actions);
        Ok(())
    };
    let config = Config { failure_persistence: None, ..Config::with_cases(300) };
    let seed = proptest::test_runner::TestRng::deterministic_rng(config.rng_algorithm);
    let mut runner = TestRunner::new_with_rng(config, seed);
    if let Err(error) = runner.run(&steps(), run) {
        panic!("{error}");
    }
    let met = met.into_inner();
    assert_eq!(met.statuses.len(), Status::ALL.len(), "{:?}", met.statuses);
    let missed: Vec<_> = Action::ALL.iter().filter(|a| !met.actions.contains(a)).collect();
    assert!(missed.is_empty(), "never done: {missed:?}");
}
