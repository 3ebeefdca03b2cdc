//! The clock of a dossier: every due date is computed from its basis, never patched.

use jiff::Timestamp;

use super::decide::Context;
use super::state::{Clock, Dossier};
use crate::domain::calendar::{Calendar, instant, local};
use crate::domain::catalogue::{Channel, DurationUnit, Procedure};
use crate::domain::deadline::{
    self, Deadline, DeadlineError, Duration, Pause, PausePolicy, WhyLine,
};
use crate::domain::ids::AgencyCode;
use crate::domain::refusal::Refusal;
use crate::domain::rules::RulePack;

/// The published duration of a procedure for a way in.
pub fn published(procedure: &Procedure, channel: Channel) -> Option<Duration> {
    let ways = procedure.submission.iter();
    let exact = ways.clone().filter(|way| way.channel == channel);
    exact.chain(ways).find_map(|way| {
        let unit = way.unit?;
        match (way.duration, unit) {
            (amount, DurationUnit::SameDay) => Some(Duration::new(amount.unwrap_or(0), unit)),
            // A duration of nothing is none.
            (amount, _) => amount.filter(|n| *n > 0).map(|amount| Duration::new(amount, unit)),
        }
    })
}

/// Until when the section answers a dossier that arrived at `from`.
pub(super) fn answer_due(
    from: Timestamp,
    agency: &AgencyCode,
    ctx: &Context<'_>,
) -> Result<Timestamp, Refusal> {
    alone(answer_duration(ctx.rules), from, agency, ctx)
}

/// Until when the applicant may supplement, when nobody sets a date: none unless the pack does.
pub(super) fn lapse_due(
    from: Timestamp,
    agency: &AgencyCode,
    ctx: &Context<'_>,
) -> Result<Option<Timestamp>, Refusal> {
    let days = ctx.rules.supplement.lapse_days.filter(|days| *days > 0);
    days.map(|days| alone(Duration::new(days, DurationUnit::Day), from, agency, ctx)).transpose()
}

/// The end of a duration that nothing pauses.
fn alone(
    duration: Duration,
    from: Timestamp,
    agency: &AgencyCode,
    ctx: &Context<'_>,
) -> Result<Timestamp, Refusal> {
    let (calendar, rules) = (ctx.directory.calendar(agency), ctx.rules.deadline());
    let deadline = deadline::due(calendar, from, duration, &[], PausePolicy::default(), &rules)?;
    deadline.due_at.ok_or_else(|| DeadlineError::TooFar.into())
}

/// The reception clock's duration under a pack.
pub fn answer_duration(rules: &RulePack) -> Duration {
    Duration { amount: rules.reception.answer_working_hours, unit: DurationUnit::WorkingHour }
}

/// The due date of a clock that started at `from`.
pub(super) fn due(
    clock: &Clock,
    from: Timestamp,
    agency: &AgencyCode,
    ctx: &Context<'_>,
) -> Result<Option<Timestamp>, Refusal> {
    let calendar = ctx.directory.calendar(agency);
    let deadline = explain(clock, from, calendar, ctx.rules)?;
    Ok(deadline.and_then(|deadline| deadline.due_at))
}

/// The due date of a clock with the lines of its calculation, a date given with an apology
/// included; none without a duration.
///
/// # Errors
/// See [`DeadlineError`].
pub fn explain(
    clock: &Clock,
    from: Timestamp,
    calendar: &Calendar,
    rules: &RulePack,
) -> Result<Option<Deadline>, DeadlineError> {
    let Some(duration) = clock.duration else { return Ok(None) };
    let settings = rules.deadline();
    let mut deadline =
        deadline::due(calendar, from, duration, &clock.pauses, clock.policy, &settings)?;
    if let (Some(_), Some(at)) = (deadline.due_at, clock.extended_to) {
        deadline.due_at = Some(at);
        deadline.why.push(WhyLine::Extended { at });
    }
    Ok(Some(deadline))
}

/// The calculation of the section's answer to a dossier that is not yet received: counted from its
/// filing, anew after each supplement. Nothing is due while one is awaited.
///
/// # Errors
/// See [`DeadlineError`].
pub fn explain_answer(
    dossier: &Dossier,
    calendar: &Calendar,
    rules: &RulePack,
) -> Result<Deadline, DeadlineError> {
    let pauses = &dossier.clock.pauses;
    let supplemented = pauses.iter().rev().find_map(|pause| pause.to);
    let open: Vec<Pause> = pauses.iter().filter(|pause| pause.to.is_none()).copied().collect();
    let (duration, policy) = (answer_duration(rules), PausePolicy::default());
    let from = supplemented.unwrap_or(dossier.submitted_at);
    let mut deadline = deadline::due(calendar, from, duration, &open, policy, &rules.deadline())?;
    for line in &mut deadline.why {
        *line = match *line {
            WhyLine::Received { at } if supplemented.is_some() => WhyLine::CheckedAnew { at },
            WhyLine::Received { at } => WhyLine::Filed { at },
            WhyLine::Due { at } => WhyLine::AnswerDue { at },
            ref other => other.clone(),
        };
    }
    Ok(deadline)
}

/// The due date of a paused dossier once its pause ends now.
pub(super) fn due_after_pause(
    dossier: &Dossier,
    ctx: &Context<'_>,
) -> Result<Option<Timestamp>, Refusal> {
    let Some(received_at) = dossier.received_at else {
        // What came in is checked anew, so the section has its hours again.
        return answer_due(ctx.now, &dossier.receiving_agency, ctx).map(Some);
    };
    let calendar = ctx.directory.calendar(&dossier.competent_agency);
    let mut clock = dossier.clock.clone();
    if let Some(pause) = clock.pauses.last_mut() {
        let to = *pause.to.get_or_insert(ctx.now);
        let moved = |at| moved_by(Pause { from: pause.from, to: Some(to) }, at, calendar);
        clock.extended_to = match clock.policy {
            // A date given with an apology is lost when the deadline is computed anew.
            PausePolicy::Restart => None,
            PausePolicy::Resume => clock.extended_to.and_then(moved),
        };
    }
    due(&clock, received_at, &dossier.competent_agency, ctx)
}

/// A date given with an apology, moved by the working days of a pause as deadlines of days are.
fn moved_by(pause: Pause, at: Timestamp, calendar: &Calendar) -> Option<Timestamp> {
    let here = local(at);
    let until = calendar.receipt_day(pause.to?)?;
    let mut date = here.date();
    for _ in 0..calendar.working_days_between(local(pause.from).date(), until) {
        date = calendar.next_working_day(date)?;
    }
    instant(date.to_datetime(here.time()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::explain_answer;
    use crate::domain::deadline::WhyLine;
    use crate::domain::dossier::fixture::{
        Case, WARD, WORLD, at, missing, receptionist, rules, supplement,
    };
    use crate::domain::dossier::{Actor, Directory};

    #[test]
    fn the_lines_of_an_answer_tell_of_no_reception_and_give_the_dossiers_own_date() {
        let calendar = WORLD.calendar(&WARD.into());
        let explained =
            |case: &Case<'_>| explain_answer(&case.dossier, calendar, &rules()).unwrap();
        let ends = |case: &Case<'_>| {
            let why = explained(case).why;
            (why.first().unwrap().clone(), why.last().unwrap().clone())
        };
        let filed = Case::online();
        let due = filed.dossier.clock.due_at.unwrap();
        let (first, last) = (WhyLine::Filed { at: filed.now }, WhyLine::AnswerDue { at: due });
        assert_eq!(ends(&filed), (first, last));

        let waiting = filed.after(receptionist(), missing());
        assert_eq!(explained(&waiting).due_at, None);
        assert!(explained(&waiting).remaining.is_some());

        let supplemented =
            waiting.when(date(2026, 11, 25).at(8, 30, 0, 0)).after(Actor::Applicant, supplement());
        let due = supplemented.dossier.clock.due_at.unwrap();
        assert_eq!(due, at(date(2026, 11, 26).at(9, 0, 0, 0)));
        let first = WhyLine::CheckedAnew { at: supplemented.now };
        assert_eq!(ends(&supplemented), (first, WhyLine::AnswerDue { at: due }));
    }
}
