//! `complete_step`: a step of the process is done that no other action ends.

use super::actor::Actor;
use super::decide::may_not;
use super::event::Event;
use super::state::Dossier;
use super::words;
use super::{Action, Side};
use crate::domain::agency::{Role, Staff};
use crate::domain::ids::StepId;
use crate::domain::process::{EndsWith, Performer, Run, Step};
use crate::domain::refusal::{Refusal, RefusalKind};

fn waiting(dossier: &Dossier) -> impl Iterator<Item = &Step> {
    dossier.run.iter().flat_map(Run::completable)
}

/// Whether this account completes the step: its role or unit does it; the step of a role also by
/// whoever settles the dossier, and each by the head, where a unit has nobody.
fn completes(dossier: &Dossier, step: &Step, staff: &Staff) -> bool {
    let is_competent = Side::Competent.is(staff, dossier);
    let settles = staff.is(Role::Processor) && matches!(step.by, Performer::Role(_));
    (is_competent && (settles || staff.is(Role::Head))) || is_own(dossier, step, staff)
}

fn is_own(dossier: &Dossier, step: &Step, staff: &Staff) -> bool {
    step.is_done_by(staff, &dossier.receiving_agency, &dossier.competent_agency)
}

/// The steps that must be done before this account lays the dossier before the approver, by name: it
/// does not sign for others, and whoever is to be consulted is asked. An answer is not waited for;
/// where somebody else was asked instead, that will do.
pub(super) fn left_before_approval(dossier: &Dossier, actor: &Actor) -> Vec<String> {
    let Some(run) = &dossier.run else { return Vec::new() };
    let (mut left, mut unasked) = (Vec::new(), Vec::new());
    for (step, passage) in run.before(EndsWith::Submit, &dossier.form) {
        let name = format!("“{}”", step.name);
        let is_others = || actor.staff().is_none_or(|staff| !completes(dossier, step, staff));
        match step.ends_with {
            EndsWith::Complete if is_others() => left.push(name),
            EndsWith::Answer if passage.is_none_or(|p| p.consultation.is_none()) => {
                unasked.push(name);
            }
            _ => {}
        }
    }
    let of_steps = run.passages.iter().filter(|passage| passage.consultation.is_some()).count();
    let instead = dossier.consultations.len().saturating_sub(of_steps);
    if unasked.len() > instead {
        left.append(&mut unasked);
    }
    left
}

/// The open steps that this account completes.
pub fn completable<'a>(dossier: &'a Dossier, staff: &Staff) -> Vec<&'a Step> {
    waiting(dossier).filter(|step| completes(dossier, step, staff)).collect()
}

/// Whether an open step is this account's.
pub(super) fn does_one(dossier: &Dossier, staff: &Staff) -> bool {
    waiting(dossier).any(|step| is_own(dossier, step, staff))
}

/// Refuses another's step.
pub(super) fn check_doer(
    dossier: &Dossier,
    step: Option<&StepId>,
    actor: &Actor,
) -> Result<(), Refusal> {
    let Some(named) = step else { return Ok(()) };
    let Some(step) = waiting(dossier).find(|step| step.id == *named) else { return Ok(()) };
    match actor.staff() {
        Some(staff) if completes(dossier, step, staff) => Ok(()),
        Some(_) => Err(Refusal::new(RefusalKind::Forbidden, words::STEP_NOT_YOURS)),
        None => Err(may_not(Action::CompleteStep)),
    }
}

/// The step that is meant: the one named, else the only one that is this account's.
pub(super) fn decide(
    dossier: &Dossier,
    step: Option<&StepId>,
    actor: &Actor,
) -> Result<Event, Refusal> {
    let own = actor.staff().map(|staff| completable(dossier, staff)).unwrap_or_default();
    match (step, own.as_slice()) {
        (Some(named), own) if !own.iter().any(|step| step.id == *named) => {
            let text = words::STEP_UNKNOWN.text(&[("step", named.as_str())]);
            Err(Refusal::field("step", text))
        }
        (Some(named), _) => Ok(Event::StepCompleted { step: named.clone() }),
        (None, [only]) => Ok(Event::StepCompleted { step: only.id.clone() }),
        (None, several) => {
            let names: Vec<String> =
                several.iter().map(|step| format!("“{}” ({})", step.name, step.id)).collect();
            let text = words::STEP_WHICH.text(&[("steps", &names.join(", "))]);
            Err(Refusal::field("step", text))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::agency::{Role, Staff};
    use crate::domain::catalogue::Channel;
    use crate::domain::dossier::fixture::{
        Case, DEPARTMENT, WARD, World, assign, at, clerk, invalid, neighbour, plain, processor,
        receptionist, rules, staff, submit_for_approval,
    };
    use crate::domain::dossier::{Action, Actor, Command, Queue, Stage, entries};
    use crate::domain::process::fixture::{land, step};
    use crate::domain::process::{EndsWith, Performer, Process, Step};
    use crate::domain::refusal::RefusalKind;
    use jiff::civil::date;

    fn complete(step: Option<&str>) -> Command {
        Command::CompleteStep { step: step.map(Into::into) }
    }

    /// Three steps side by side: the processor's, the clerk's, and a unit's.
    fn three() -> World {
        let beside = |step: Step| Step { parallel: true, ..step };
        let of_unit = Step {
            by: Performer::Unit("dia-chinh".into()),
            ..step("c", Role::Processor, 4, EndsWith::Complete)
        };
        let steps = vec![
            step("a", Role::Processor, 4, EndsWith::Complete),
            beside(step("b", Role::Clerk, 4, EndsWith::Complete)),
            beside(of_unit),
            step("d", Role::Receptionist, 4, EndsWith::Complete),
        ];
        World::new(rules()).with_process(Process { steps, ..land() })
    }

    #[test]
    fn whoever_does_a_step_says_that_it_is_done() {
        let world = three();
        let case = Case::filed(&world, Channel::Counter).after(receptionist(), assign());
        // The clerk has one, and need not name it.
        let case = case.after(clerk(), complete(None));
        let run = case.dossier.run.as_ref().unwrap();
        assert_eq!(run.completable().count(), 2);
        // The processor settles the dossier and has one; a unit's step is the unit's.
        assert_eq!(case.refused(processor(), complete(Some("b"))), invalid("step"));
        assert_eq!(case.refused(processor(), complete(Some("c"))), plain(RefusalKind::Forbidden));
        let case = case.after(processor(), complete(None));
        assert!(is_work_of(&case, "dia-chinh"));
        let case = case.after(of_unit("dia-chinh"), complete(None));
        assert!(!is_work_of(&case, "dia-chinh"));
        // The section's own step; the department's receptionist may do it as well.
        let case = case.after(receptionist(), complete(None));
        assert_eq!(case.dossier.run.as_ref().unwrap().current(), None);
        let refused = case.refused(processor(), complete(None));
        assert_eq!(refused, plain(RefusalKind::Impossible));
    }

    /// Somebody of a unit of the department.
    fn of_unit(unit: &str) -> Actor {
        let Actor::Staff(staff) = processor() else { unreachable!("the processor is staff") };
        Actor::Staff(Staff { unit: Some(unit.into()), ..staff })
    }

    /// Whether a dossier is a unit's work.
    fn is_work_of(case: &Case<'_>, unit: &str) -> bool {
        let holder = format!("u:{unit}");
        entries(&case.dossier).iter().any(|at| at.queue == Queue::Work && at.holder == holder)
    }

    #[test]
    fn nobody_signs_for_a_unit_or_leaves_out_whom_to_ask() {
        let of_unit_step = Step {
            by: Performer::Unit("dia-chinh".into()),
            ..step("c", Role::Processor, 4, EndsWith::Complete)
        };
        let mut steps = land().steps;
        steps.insert(1, of_unit_step);
        let world = World::new(rules()).with_process(Process { steps, ..land() });
        let case = Case::filed(&world, Channel::Counter).after(receptionist(), assign());
        let impossible = plain(RefusalKind::Impossible);
        assert_eq!(case.refused(processor(), submit_for_approval()), impossible);
        let case = case.after(of_unit("dia-chinh"), complete(Some("c")));
        // Now the questions of the process are left: asked is enough, an answer is not waited for.
        assert_eq!(case.refused(processor(), submit_for_approval()), impossible);
        let ask = |unit: &str| Command::Consult {
            agency: None,
            unit: Some(unit.into()),
            question: "Đúng bản đồ không?".to_owned(),
            due_at: at(date(2026, 11, 26).at(17, 0, 0, 0)),
            shares: Vec::new(),
        };
        let half = case.after(processor(), complete(Some("check")));
        let half = half.after(processor(), ask("dia-chinh"));
        assert_eq!(half.refused(processor(), submit_for_approval()), impossible);
        let asked = half.after(neighbour(), ask("tu-phap"));
        let laid = asked.after(processor(), submit_for_approval());
        assert_eq!(laid.dossier.stage, Stage::AwaitingApproval);
    }

    #[test]
    fn nobody_completes_another_s_step() {
        let world = three();
        let case = Case::filed(&world, Channel::Counter).after(receptionist(), assign());
        let forbidden = plain(RefusalKind::Forbidden);
        assert_eq!(case.refused(clerk(), complete(Some("a"))), forbidden);
        assert_eq!(case.refused(receptionist(), complete(None)), forbidden);
        assert_eq!(case.refused(staff(Role::Clerk, WARD), complete(None)), forbidden);
        let of_law = staff(Role::Approver, DEPARTMENT);
        assert!(!Action::CompleteStep.allows(&of_law, &case.dossier));
    }

    #[test]
    fn without_a_process_of_its_own_a_dossier_has_no_such_step() {
        let refused = Case::processing().refused(processor(), complete(None));
        assert_eq!(refused, plain(RefusalKind::Impossible));
    }
}
