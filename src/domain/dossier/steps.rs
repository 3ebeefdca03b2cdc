//! A dossier follows the process of its procedure: it begins with the version that is published when
//! the dossier is received, and each step that opens gets its date.

use jiff::Timestamp;

use super::actor::Directory;
use super::clock::step_due;
use super::decide::Context;
use super::event::Event;
use super::state::{Dossier, Form};
use crate::domain::calendar::Calendar;
use crate::domain::deadline::DeadlineError;
use crate::domain::process::{EndsWith, Process, Run, StepDue, What, hours_of, usual};
use crate::domain::refusal::Refusal;
use crate::domain::rules::RulePack;

/// Working days of a week, as durations in days and months are shared out.
const WEEK: u32 = 5;

impl Dossier {
    /// What an event means to the process.
    pub(super) fn follow_process(&mut self, at: Timestamp, event: &Event) {
        match event {
            Event::ProcessBegun { process } => {
                let process = (**process).clone();
                self.run = Some(Run::begin(process, at, self.version, &self.form));
            }
            // Another procedure or agency has another process; its event comes next.
            Event::Received(_) | Event::Transferred { .. } | Event::ProcedureChanged { .. } => {
                self.run = None;
            }
            _ => {
                let Some(mut run) = self.run.take() else { return };
                if let Event::StepsDue { due } = event {
                    run.set_due(due);
                }
                tell(&mut run, at, self.version, event, self);
                if self.clock.due_at.is_none() && !self.status.is_ended() {
                    run.happened(at, self.version, What::Paused, &self.form);
                }
                self.run = Some(run);
            }
        }
    }
}

/// Tells a run what happened to its dossier.
fn tell(run: &mut Run, at: Timestamp, version: u64, event: &Event, dossier: &Dossier) {
    let what = match event {
        Event::Assigned { .. } | Event::Forwarded { .. } => What::Assigned,
        Event::Consulted { agency, unit, .. } => What::Asked {
            number: dossier.consultations.last().map_or(0, |asked| asked.number),
            agency,
            unit: unit.as_ref(),
            competent: &dossier.competent_agency,
        },
        Event::ConsultationAnswered { number, .. } => What::Answered(*number),
        Event::StepCompleted { step } => What::Completed(step),
        Event::SubmittedForApproval { .. } => What::Submitted,
        Event::Approved => What::Approved,
        Event::NumberIssued { .. } => What::Numbered,
        Event::Finished { .. } => What::Finished,
        Event::ReturnedForRework { .. } | Event::SupplementRequested { .. } => What::SentBack,
        _ if dossier.status.is_ended() => What::Stopped,
        _ => return,
    };
    run.happened(at, version, what, &dossier.form);
}

/// Events with what they mean to the process: that it begins, and until when steps are to be done.
pub(super) fn with_steps(
    before: &Dossier,
    mut events: Vec<Event>,
    ctx: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let begins = events.iter().any(|event| {
        matches!(
            event,
            Event::Received(_) | Event::Transferred { .. } | Event::ProcedureChanged { .. }
        )
    });
    if before.run.is_none() && !begins {
        return Ok(events);
    }
    let mut after = before.clone();
    events.iter().for_each(|event| after.apply(ctx.now, event));
    if begins && after.received_at.is_some() {
        let known = ctx.directory.process(&after.procedure, &after.competent_agency);
        if let Some(process) = known {
            let event = Event::ProcessBegun { process: Box::new(process.clone()) };
            after.apply(ctx.now, &event);
            events.push(event);
        }
    }
    let calendar = ctx.directory.calendar(&after.competent_agency);
    let due = dates(&after, calendar, ctx.directory.rules(&after.rule_pack), true)?;
    if !due.is_empty() {
        events.push(Event::StepsDue { due });
    }
    Ok(events)
}

/// The event by which open steps follow a changed calendar; none when they stay where they are.
///
/// # Errors
/// No date can be computed any more; see [`DeadlineError`].
pub fn follow_steps(
    dossier: &Dossier,
    calendar: &Calendar,
    rules: &RulePack,
) -> Result<Option<Event>, DeadlineError> {
    let due = dates(dossier, calendar, rules, false)?;
    Ok((!due.is_empty()).then_some(Event::StepsDue { due }))
}

/// The dates of open steps that have none or another one; `only_new`: that have none.
fn dates(
    dossier: &Dossier,
    calendar: &Calendar,
    rules: &RulePack,
    only_new: bool,
) -> Result<Vec<StepDue>, DeadlineError> {
    let mut found = Vec::new();
    if dossier.clock.due_at.is_none() {
        return Ok(found);
    }
    for (step, passage) in dossier.run.iter().flat_map(Run::open) {
        if step.hours == 0 || (only_new && passage.due_at.is_some()) {
            continue;
        }
        let (due_at, warn_at) =
            step_due(&dossier.clock, passage.opened_at, step.hours, calendar, rules)?;
        if passage.due_at != Some(due_at) {
            found.push(StepDue { step: step.id.clone(), due_at, warn_at });
        }
    }
    Ok(found)
}

/// Where a dossier stands in its process: in the one that it began with, else in the usual one, by
/// its events, with its published duration shared out among the steps. None before it is received.
pub fn run_of<'e>(
    dossier: &Dossier,
    history: impl IntoIterator<Item = (Timestamp, &'e Event)>,
    directory: &dyn Directory,
) -> Option<Run> {
    dossier.received_at?;
    if let Some(run) = &dossier.run {
        return Some(run.clone());
    }
    let mut run: Option<Run> = None;
    let form = Form::default();
    for (number, (at, event)) in (1..).zip(history) {
        match (event, &mut run) {
            (Event::Received(_), _) => run = Some(begin(usual(), at, number, &form)),
            (_, Some(run)) => tell_usual(run, at, number, event, &form),
            _ => {}
        }
    }
    // What was settled by another way, as a certification is in one visit, is over all the same.
    if let (Some(run), Some(at)) = (&mut run, dossier.ended_at) {
        let what = if dossier.outcome.is_some() { What::Finished } else { What::Stopped };
        run.happened(at, dossier.version, what, &form);
    }
    if let Some(run) = &mut run {
        share_out(run, dossier, directory);
    }
    run
}

/// Gives the steps of the usual process their hours: to hand on, to approve and to record the result
/// an eighth of the duration each and half a day at most, the rest to the work; and the dates that
/// follow.
fn share_out(run: &mut Run, dossier: &Dossier, directory: &dyn Directory) {
    let Some(duration) = dossier.clock.duration else { return };
    let rules = directory.rules(&dossier.rule_pack);
    let calendar = directory.calendar(&dossier.competent_agency);
    let day = rules.hours_per_day;
    let all = hours_of(duration, day, WEEK);
    let part = (all / 8).min(day / 2);
    let beside = u32::try_from(run.process.steps.len()).unwrap_or(1).saturating_sub(1);
    for step in &mut run.process.steps {
        let is_work = step.ends_with == EndsWith::Submit;
        step.hours = if is_work { all.saturating_sub(part * beside) } else { part };
    }
    for passage in &mut run.passages {
        let step = run.process.steps.get(passage.step as usize);
        let hours = step.map_or(0, |step| step.hours);
        let is_paused = passage.ended.is_none() && dossier.clock.due_at.is_none();
        if hours == 0 || is_paused {
            continue;
        }
        // What paused the dossier after a step had ended did not move the step's date.
        let mut clock = dossier.clock.clone();
        clock.pauses.retain(|pause| passage.ended.is_none_or(|ended| pause.from < ended.at));
        if let Ok((due_at, warn_at)) = step_due(&clock, passage.opened_at, hours, calendar, rules) {
            (passage.due_at, passage.warn_at) = (Some(due_at), Some(warn_at));
        }
    }
}

fn begin(process: &Process, at: Timestamp, number: u64, form: &Form) -> Run {
    Run::begin(process.clone(), at, number, form)
}

/// Tells a run of the usual process, which asks nobody and leaves nothing out.
fn tell_usual(run: &mut Run, at: Timestamp, number: u64, event: &Event, form: &Form) {
    let what = match event {
        Event::Assigned { .. } | Event::Forwarded { .. } => What::Assigned,
        Event::SubmittedForApproval { .. } => What::Submitted,
        Event::Approved => What::Approved,
        Event::Finished { .. } => What::Finished,
        Event::ReturnedForRework { .. } | Event::SupplementRequested { .. } => What::SentBack,
        Event::Stopped { .. } | Event::Voided { .. } | Event::WithdrawalApproved => What::Stopped,
        _ => return,
    };
    run.happened(at, number, what, form);
}

#[cfg(test)]
mod tests {
    use crate::domain::calendar::{Calendar, DayRule};
    use crate::domain::catalogue::Channel;
    use crate::domain::deadline::PausePolicy;
    use crate::domain::dossier::Directory;
    use crate::domain::dossier::fixture::{
        ASKED, Case, FIELD_ANSWER, PROCEDURE, World, approver, assign, at, finish, missing,
        processor, receptionist, rules, submit_for_approval, supplement,
    };
    use crate::domain::dossier::{Actor, Command, Event, follow_steps, run_of};
    use crate::domain::notice::{Field, Kind, Reminder, Told, remind};
    use crate::domain::process::{How, StepState, fixture::land, views};
    use crate::domain::rules::{RulePack, SupplementRules};
    use crate::domain::words::Lang;
    use jiff::Timestamp;
    use jiff::civil::date;

    fn complete(step: &str) -> Command {
        Command::CompleteStep { step: Some(step.into()) }
    }

    fn open(case: &Case<'_>) -> Vec<(String, Option<Timestamp>)> {
        let run = case.dossier.run.as_ref().unwrap();
        run.open().map(|(step, passage)| (step.id.to_string(), passage.due_at)).collect()
    }

    fn monday(hour: i8, minute: i8) -> Option<Timestamp> {
        Some(at(date(2026, 11, 23).at(hour, minute, 0, 0)))
    }

    fn world() -> World {
        World::new(rules()).with_process(land())
    }

    #[test]
    fn each_step_has_its_hours_from_when_it_opened() {
        let world = world();
        // Received on Monday at 9:00; four working hours end at 15:00.
        let case = Case::filed(&world, Channel::Counter);
        assert_eq!(open(&case), [("give".to_owned(), monday(15, 0))]);
        let case = case.when(date(2026, 11, 23).at(10, 0, 0, 0)).after(receptionist(), assign());
        // Sixteen hours from 10:00: 5, 7.5, and 3.5 on Wednesday.
        let wednesday = Some(at(date(2026, 11, 25).at(11, 0, 0, 0)));
        assert_eq!(open(&case), [("check".to_owned(), wednesday)]);
    }

    #[test]
    fn a_step_s_clock_stands_still_with_the_dossier_s() {
        let supplement_rules =
            SupplementRules { policy: PausePolicy::Resume, ..rules().supplement };
        let resumes = RulePack { supplement: supplement_rules, ..rules() };
        let world = World::new(resumes).with_process(land());
        let case = Case::filed(&world, Channel::Counter).after(receptionist(), assign());
        let due = open(&case)[0].1.unwrap();
        let case = case.later(1).after(processor(), missing());
        assert_eq!(open(&case), [("check".to_owned(), None)]);
        // A working day later; it ends as much later.
        let case = case.later(24).after(Actor::Applicant, supplement());
        let moved = open(&case)[0].1.unwrap();
        assert_eq!(moved.duration_since(due).as_hours(), 24);
    }

    #[test]
    fn an_edited_process_does_not_touch_a_dossier_that_began() {
        let world = world();
        let case = Case::filed(&world, Channel::Counter);
        let mut shorter = land();
        (shorter.version, shorter.steps) = (2, shorter.steps.split_off(5));
        let edited = World::new(rules()).with_process(shorter);
        let case = Case { world: &edited, ..case }.after(receptionist(), assign());
        let run = case.dossier.run.as_ref().unwrap();
        assert_eq!((run.process.version, run.process.steps.len()), (1, 8));
        assert_eq!(open(&case)[0].0, "check");
        let new = Case::filed(&edited, Channel::Counter);
        assert_eq!(new.dossier.run.as_ref().unwrap().process.version, 2);
    }

    #[test]
    fn it_is_finished_with_a_step_left_out_and_two_side_by_side() {
        let world = world();
        let case = Case::filed(&world, Channel::Counter);
        assert!(case.dossier.form.contains_key(FIELD_ANSWER));
        let case = case.after(receptionist(), assign()).after(processor(), complete("check"));
        let opened: Vec<String> = open(&case).into_iter().map(|(id, _)| id).collect();
        assert_eq!(opened, ["map", "law"]);
        let due_at = case.now + jiff::SignedDuration::from_hours(48);
        let ask = |unit: &str| Command::Consult {
            agency: None,
            unit: Some(unit.into()),
            question: "?".to_owned(),
            due_at,
            shares: Vec::new(),
        };
        let answer = Command::AnswerConsultation {
            number: 2,
            answer: "Đồng ý".to_owned(),
            attachments: Vec::new(),
        };
        // Nobody asks the unit they are in.
        let Actor::Staff(mut asks) = processor() else { unreachable!() };
        asks.unit = None;
        let case = case
            .after(processor(), ask("dia-chinh"))
            .after(Actor::Staff(asks), ask("tu-phap"))
            .after(processor(), answer);
        assert_eq!(open(&case)[0].0, "map");
        let case = case
            .after(processor(), submit_for_approval())
            .after(approver(), Command::Approve)
            .after(processor(), finish());
        let run = case.dossier.run.as_ref().unwrap();
        assert_eq!(run.current(), None);
        let calendar = case.world.calendar(&ASKED.into());
        let states: Vec<StepState> =
            views(run, calendar, case.now, false).iter().map(|view| view.state).collect();
        use StepState::{Done, InTime, Passed, Skipped};
        // What was laid before the approver at once had no time in which to be late.
        let wanted = [InTime, InTime, Passed, InTime, Skipped, Done, InTime, InTime];
        assert_eq!(states, wanted);
    }

    #[test]
    fn another_procedure_has_another_process() {
        let world = world();
        let change = Command::ChangeProcedure {
            procedure: super::super::fixture::OTHER_PROCEDURE.into(),
            reason: "Nộp nhầm".to_owned(),
        };
        let case = Case::filed(&world, Channel::Counter).after(receptionist(), change);
        assert_eq!(case.dossier.run, None);
        let back = Command::ChangeProcedure { procedure: PROCEDURE.into(), reason: "x".to_owned() };
        let case = case.after(receptionist(), back);
        assert_eq!(open(&case)[0].0, "give");
    }

    #[test]
    fn steps_follow_a_changed_calendar() {
        let world = world();
        let case = Case::filed(&world, Channel::Counter).after(receptionist(), assign());
        let mut table = world.calendar(&ASKED.into()).timetable().clone();
        table.set(date(2026, 11, 24), DayRule::Off);
        let calendar = Calendar::new(table).unwrap();
        let event = follow_steps(&case.dossier, &calendar, &rules()).unwrap();
        assert!(matches!(&event, Some(Event::StepsDue { due }) if due.len() == 1));
        let mut dossier = case.dossier.clone();
        dossier.apply(case.now, &event.unwrap());
        assert_eq!(follow_steps(&dossier, &calendar, &rules()).unwrap(), None);
    }

    #[test]
    fn whoever_does_a_step_is_reminded_when_a_quarter_of_its_hours_is_left() {
        let world = world();
        let case = Case::filed(&world, Channel::Counter).when(date(2026, 11, 23).at(10, 0, 0, 0));
        let case = case.after(receptionist(), assign());
        // Twelve of sixteen hours from 10:00: five on Monday, seven on Tuesday.
        let warn = at(date(2026, 11, 24).at(16, 30, 0, 0));
        assert_eq!(Reminder::Step.instants(&case.dossier), [warn]);
        let told = remind(Reminder::Step, &case.dossier, warn, &rules(), warn, &world, Lang::Vi);
        let person = Told::Person("processor@H40.01".into());
        let [(Kind::StepDue, to, facts)] = told.as_slice() else { panic!("{told:?}") };
        assert_eq!(*to, person);
        assert!(facts.contains(&(Field::Step, "Bước check".to_owned())));
        let later = case.later(1).now;
        let told = remind(
            Reminder::Step,
            &Case::processing().dossier,
            later,
            &rules(),
            later,
            &world,
            Lang::Vi,
        );
        assert!(told.is_empty(), "the usual process has no steps that are due");
    }

    #[test]
    fn the_usual_process_follows_from_the_events() {
        let case = Case::approved();
        let history = case.log.iter().map(|(at, event)| (*at, event));
        let run = run_of(&case.dossier, history, case.world).unwrap();
        assert_eq!(run.current(), Some(3));
        // Five working days are 40 hours: 4 to hand on, to approve and to record, 28 to work.
        let hours: Vec<u32> = run.process.steps.iter().map(|step| step.hours).collect();
        assert_eq!(hours, [4, 28, 4, 4]);
        // Received on Monday at 9:00; four working hours end at 15:00.
        assert_eq!(run.passages[0].due_at, monday(15, 0));
        assert!(run.passages.iter().all(|passage| passage.due_at.is_some()));
        assert!(run.passages[..3].iter().all(|p| p.ended.is_some_and(|e| e.how == How::Done)));
        assert_eq!(run_of(&Case::online().dossier, [], case.world), None);
    }
}
