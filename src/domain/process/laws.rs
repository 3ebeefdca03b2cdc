//! What holds for every process and every way through it.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::fixture::{asks, step};
use super::{
    Condition, EndsWith, Ground, Performer, Process, Run, Step, Test, What, check, total_hours,
};
use crate::domain::agency::{Agency, Role, Unit};
use crate::domain::catalogue::Level;
use crate::domain::dossier::{Form, FormValue};

/// A step between the hand-over and the approver: its hours, whether it asks, whether it runs beside
/// the one before, whether the answers leave it out.
type Middle = (u32, bool, bool, bool);

fn processes() -> impl Strategy<Value = Process> {
    let middle = (1u32..40, any::<bool>(), any::<bool>(), any::<bool>());
    let stages = (0usize..3, any::<[bool; 4]>());
    (stages, prop::collection::vec(middle, 0..8)).prop_map(|((assigns, stages), middle)| {
        let assign = |n| step(&format!("a{n}"), Role::Coordinator, 2, EndsWith::Assign);
        let mut steps: Vec<Step> = (0..assigns).map(assign).collect();
        let given = steps.len();
        steps.extend(middle.into_iter().enumerate().map(|(n, middle)| between(n, middle)));
        if let Some(first) = steps.get_mut(given) {
            first.parallel = false;
        }
        let last = [
            ("submit", Role::Processor, EndsWith::Submit),
            ("approve", Role::Approver, EndsWith::Approve),
            ("number", Role::Clerk, EndsWith::Number),
            ("finish", Role::Processor, EndsWith::Finish),
        ];
        for ((id, role, ends_with), is_there) in last.into_iter().zip(stages) {
            if is_there || steps.is_empty() {
                steps.push(step(id, role, 3, ends_with));
            }
        }
        Process { procedure: "1.001".into(), agency: None, version: 1, steps }
    })
}

fn between(n: usize, (hours, is_asked, parallel, is_left_out): Middle) -> Step {
    let id = format!("m{n}");
    let plain = match is_asked {
        true => asks(&id, "tu-phap", hours, parallel),
        false => Step { parallel, ..step(&id, Role::Processor, hours, EndsWith::Complete) },
    };
    let when = Condition { field: "co".to_owned(), test: Test::Is("có".to_owned()) };
    Step { skip_when: is_left_out.then_some(when), ..plain }
}

fn agency() -> Agency {
    let unit = Unit { code: "tu-phap".into(), name: String::new() };
    Agency {
        code: "H40.01".into(),
        name: String::new(),
        superior: String::new(),
        place: String::new(),
        level: Level::Commune,
        one_stop: String::new(),
        address: String::new(),
        phone: String::new(),
        units: vec![unit],
    }
}

fn is_taken(steps: &[Step], hours: Option<u32>) -> bool {
    let agency = agency();
    let ground = Ground {
        competent: &[&agency],
        agency: &|_| None,
        is_open: &|_| true,
        hours,
        fields: None,
    };
    check(steps, &ground).is_ok()
}

/// Tries something on a run, by a number.
fn go(run: &mut Run, at: Timestamp, version: u64, pick: u8, form: &Form) {
    let (agency, unit) = ("H40.01".into(), "tu-phap".into());
    let open: Vec<_> = run.open().map(|(step, _)| step.id.clone()).collect();
    let named = open.get(usize::from(pick / 16) % open.len().max(1)).cloned();
    let named = named.unwrap_or_else(|| "none".into());
    let what = match pick % 14 {
        0 => What::Assigned,
        1 | 2 => What::Asked {
            number: u32::from(pick),
            agency: &agency,
            unit: Some(&unit),
            competent: &agency,
        },
        3 | 4 => What::Answered(u32::from(pick) - 2),
        5..=8 => What::Completed(&named),
        9 => What::Submitted,
        10 => What::Approved,
        11 => What::Numbered,
        12 => What::SentBack,
        _ => What::Paused,
    };
    run.happened(at, version, what, form);
}

/// What holds after whatever happened.
fn check_run(run: &Run) -> Result<(), TestCaseError> {
    for place in 0..run.process.steps.len() {
        let own = run.passages.iter().filter(|passage| passage.step as usize == place);
        let present = own.clone().filter(|passage| !passage.is_past).count();
        prop_assert!(present <= 1, "step {place} was opened twice");
        prop_assert!(own.filter(|passage| passage.is_open()).count() <= 1);
    }
    // Whatever is open is of one group, and nothing after it was reached.
    let open: Vec<usize> = run.open().map(|(_, passage)| passage.step as usize).collect();
    let groups = super::groups(&run.process.steps);
    let together = |group: &&std::ops::Range<usize>| open.iter().all(|place| group.contains(place));
    let group = groups.iter().find(together);
    prop_assert!(group.is_some() || open.is_empty(), "{open:?}");
    if let (Some(group), Some(_)) = (group, open.first()) {
        for place in group.end..run.process.steps.len() {
            prop_assert!(run.passage(place).is_none(), "step {place} came too early");
        }
        for place in 0..group.start {
            prop_assert!(run.passage(place).is_some_and(|p| !p.is_open()));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn every_process_that_is_taken_can_be_finished(
        process in processes(),
        picks in prop::collection::vec(any::<u8>(), 0..60),
        is_left_out in any::<bool>(),
    ) {
        prop_assert!(is_taken(&process.steps, None), "{process:?}");
        let form = Form::from_iter([("co".to_owned(), FormValue::Bool(is_left_out))]);
        let begin = Timestamp::UNIX_EPOCH;
        let mut run = Run::begin(process, begin, 1, &form);
        check_run(&run)?;
        let mut at = begin;
        for (version, pick) in (2..).zip(picks) {
            at += SignedDuration::from_hours(1);
            go(&mut run, at, version, pick, &form);
            check_run(&run)?;
        }
        run.happened(at, 99, What::Finished, &form);
        prop_assert_eq!(run.current(), None);
        prop_assert_eq!(run.open().count(), 0);
        check_run(&run)?;
        // What its condition leaves out was never open.
        for (place, step) in run.process.steps.iter().enumerate() {
            if step.skip_when.is_some() && is_left_out {
                let ended = run.passage(place).and_then(|passage| passage.ended);
                prop_assert_eq!(ended.map(|ended| ended.how), Some(super::How::Skipped));
            }
        }
        let before = run.clone();
        run.happened(at, 100, What::Submitted, &form);
        prop_assert_eq!(before, run, "after the end nothing moves");
    }

    #[test]
    fn the_hours_of_a_process_are_how_long_it_takes(process in processes(), limit in 1u32..200) {
        // Everybody takes all of their hours, and nothing is left out.
        let steps: Vec<Step> = process
            .steps
            .into_iter()
            .map(|step| Step {
                by: Performer::Role(Role::Processor),
                consults: None,
                skip_when: None,
                ends_with: EndsWith::Complete,
                ..step
            })
            .collect();
        let total = total_hours(&steps);
        prop_assert_eq!(is_taken(&steps, Some(limit)), total <= limit);
        let (begin, form) = (Timestamp::UNIX_EPOCH, Form::default());
        let mut run = Run::begin(Process { procedure: "1".into(), agency: None, version: 1, steps }, begin, 1, &form);
        let mut now = begin;
        loop {
            let ends = |(step, passage): (&Step, &super::Passage)| {
                (passage.opened_at + SignedDuration::from_hours(i64::from(step.hours)), step.id.clone())
            };
            let Some((at, id)) = run.open().map(ends).min() else { break };
            now = at;
            run.happened(now, 2, What::Completed(&id), &form);
        }
        prop_assert_eq!(now.duration_since(begin).as_hours(), i64::from(total));
    }
}
