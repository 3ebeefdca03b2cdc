//! `complete_step`: a step of the process is done that no other action ends.

use super::actor::Actor;
use super::decide::may_not;
use super::event::Event;
use super::state::Dossier;
use super::words;
use super::{Action, Side};
use crate::domain::agency::{Role, Staff};
use crate::domain::ids::StepId;
use crate::domain::process::{Run, Step};
use crate::domain::refusal::{Refusal, RefusalKind};

fn waiting(dossier: &Dossier) -> impl Iterator<Item = &Step> {
    dossier.run.iter().flat_map(Run::completable)
}

/// Whether this account completes the step: its role or unit does it, or it settles the dossier.
fn completes(dossier: &Dossier, step: &Step, staff: &Staff) -> bool {
    let settles = staff.is(Role::Processor) && Side::Competent.is(staff, dossier);
    settles || step.is_done_by(staff, &dossier.receiving_agency, &dossier.competent_agency)
}

/// The open steps that this account completes.
pub fn completable<'a>(dossier: &'a Dossier, staff: &Staff) -> Vec<&'a Step> {
    waiting(dossier).filter(|step| completes(dossier, step, staff)).collect()
}

/// Whether an open step is this account's.
pub(super) fn does_one(dossier: &Dossier, staff: &Staff) -> bool {
    let mut steps = waiting(dossier);
    steps.any(|step| step.is_done_by(staff, &dossier.receiving_agency, &dossier.competent_agency))
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
            let ids: Vec<&str> = several.iter().map(|step| step.id.as_str()).collect();
            let text = words::STEP_WHICH.text(&[("steps", &ids.join(", "))]);
            Err(Refusal::field("step", text))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::agency::Role;
    use crate::domain::catalogue::Channel;
    use crate::domain::dossier::fixture::{
        Case, DEPARTMENT, WARD, World, assign, clerk, invalid, plain, processor, receptionist,
        rules, staff,
    };
    use crate::domain::dossier::{Action, Command};
    use crate::domain::process::fixture::{land, step};
    use crate::domain::process::{EndsWith, Performer, Process, Step};
    use crate::domain::refusal::RefusalKind;

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
        // The processor settles the dossier and has two.
        assert_eq!(case.refused(processor(), complete(None)), invalid("step"));
        assert_eq!(case.refused(processor(), complete(Some("b"))), invalid("step"));
        let case = case.after(processor(), complete(Some("a"))).after(processor(), complete(None));
        // The section's own step; the department's receptionist may do it as well.
        let case = case.after(receptionist(), complete(None));
        assert_eq!(case.dossier.run.as_ref().unwrap().current(), None);
        let refused = case.refused(processor(), complete(None));
        assert_eq!(refused, plain(RefusalKind::Impossible));
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
