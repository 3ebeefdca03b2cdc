//! The clock of a dossier: every due date is computed from its basis, never patched.

use jiff::Timestamp;

use super::decide::Context;
use super::event::Event;
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

/// Until when the section answers a dossier that arrived at `from`; `rules` are those of its
/// submission, whatever is in force when it is received.
pub(super) fn answer_due(
    from: Timestamp,
    agency: &AgencyCode,
    rules: &RulePack,
    ctx: &Context<'_>,
) -> Result<Timestamp, Refusal> {
    alone(answer_duration(rules), from, agency, ctx)
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

/// The end of so many days that nothing pauses; none when no date can be computed.
pub(super) fn days_after(
    from: Timestamp,
    days: u32,
    calendar: &Calendar,
    rules: &RulePack,
) -> Option<Timestamp> {
    let duration = Duration::new(days, DurationUnit::Day);
    let (policy, settings) = (PausePolicy::default(), rules.deadline());
    deadline::due(calendar, from, duration, &[], policy, &settings).ok()?.due_at
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

/// Until when a dossier received at an instant goes to its settling unit: the same day, or the next
/// working morning when it was received after the pack's hour or outside a working day
/// (Decree 61/2018/ND-CP art. 18).
pub fn transfer_due(
    received: Timestamp,
    calendar: &Calendar,
    rules: &RulePack,
) -> Option<Timestamp> {
    let here = local(received);
    let day = here.date();
    let is_in_time = here.time() <= rules.reception.transfer_cutoff;
    if calendar.is_working_day(day) && is_in_time {
        return instant(day.to_datetime(calendar.closes(day)?));
    }
    let next = calendar.next_working_day(day)?;
    instant(next.to_datetime(calendar.regular(next).first()?.closes))
}

/// The due date of a clock, after reception.
pub(super) fn due(
    clock: &Clock,
    agency: &AgencyCode,
    ctx: &Context<'_>,
) -> Result<Option<Timestamp>, Refusal> {
    let deadline = calculate(clock, ctx.directory.calendar(agency), ctx.rules)?;
    Ok(deadline.and_then(|deadline| deadline.due_at))
}

/// Until when a step is to be done that opened at an instant, and from when it is nearly due: when a
/// quarter of its hours is left. Its clock stands still, or begins anew, with the dossier's.
pub(super) fn step_due(
    clock: &Clock,
    opened: Timestamp,
    hours: u32,
    calendar: &Calendar,
    rules: &RulePack,
) -> Result<(Timestamp, Timestamp), DeadlineError> {
    let settings = rules.deadline();
    let after = |hours: u32| {
        let duration = Duration::new(hours, DurationUnit::WorkingHour);
        let due =
            deadline::due(calendar, opened, duration, &clock.pauses, clock.policy, &settings)?;
        due.due_at.ok_or(DeadlineError::TooFar)
    };
    let before = hours - (hours / 4).max(1).min(hours);
    let warn_at = if before == 0 { opened } else { after(before)? };
    Ok((after(hours)?, warn_at))
}

/// The agency whose calendar the clock of a dossier follows now: before reception the one that
/// answers, then the one that decides.
pub fn clock_agency(dossier: &Dossier) -> &AgencyCode {
    if dossier.is_before_reception() {
        &dossier.receiving_agency
    } else {
        &dossier.competent_agency
    }
}

/// The calculation of the date that runs for a dossier, or ran when it ended, by the calendar of its
/// [`clock_agency`]; a date given with an apology included. None without a duration, and none for an
/// ended one when the calendar has changed since and would lead to another date.
///
/// # Errors
/// See [`DeadlineError`].
pub fn explain(
    dossier: &Dossier,
    calendar: &Calendar,
    rules: &RulePack,
) -> Result<Option<Deadline>, DeadlineError> {
    let deadline = if dossier.is_before_reception() {
        // What comes in after a supplement is checked anew, so the section has its hours again.
        let clock = Clock { duration: Some(answer_duration(rules)), ..dossier.clock.clone() };
        calculate(&clock, calendar, rules)?.map(as_answer)
    } else {
        calculate(&dossier.clock, calendar, rules)?
    };
    let ended = dossier.clock.ended_due_at;
    Ok(deadline.filter(|deadline| ended.is_none() || ended == deadline.due_at))
}

/// The lines of an answer tell of a filing and a check, not of a reception and an appointment.
fn as_answer(mut deadline: Deadline) -> Deadline {
    for line in &mut deadline.why {
        *line = match *line {
            WhyLine::Received { at } => WhyLine::Filed { at },
            WhyLine::Restarted { at } => WhyLine::CheckedAnew { at },
            WhyLine::Due { at } => WhyLine::AnswerDue { at },
            ref other => other.clone(),
        };
    }
    deadline
}

fn calculate(
    clock: &Clock,
    calendar: &Calendar,
    rules: &RulePack,
) -> Result<Option<Deadline>, DeadlineError> {
    let Some(duration) = clock.duration else { return Ok(None) };
    let settings = rules.deadline();
    let (since, pauses) = (clock.since, &clock.pauses);
    let mut deadline = deadline::due(calendar, since, duration, pauses, clock.policy, &settings)?;
    if let (Some(_), Some(at)) = (deadline.due_at, clock.extended_to) {
        deadline.due_at = Some(at);
        deadline.why.push(WhyLine::Extended { at });
    }
    Ok(Some(deadline))
}

/// The event by which the due date of an open dossier follows a changed calendar; none when it stays
/// where it is: paused, ended, put off with an apology, or not touched by the change.
///
/// # Errors
/// No due date can be computed any more; see [`DeadlineError`].
pub fn follow_calendar(
    dossier: &Dossier,
    calendar: &Calendar,
    rules: &RulePack,
    reason: &str,
) -> Result<Option<Event>, DeadlineError> {
    let Some(old) = dossier.clock.due_at else { return Ok(None) };
    let deadline = explain(dossier, calendar, rules)?;
    let moved = deadline.and_then(|deadline| deadline.due_at).filter(|due_at| *due_at != old);
    Ok(moved.map(|due_at| Event::DueDateMoved { due_at, reason: reason.to_owned() }))
}

/// The due date of a paused dossier once its pause ends now.
pub(super) fn due_after_pause(
    dossier: &Dossier,
    ctx: &Context<'_>,
) -> Result<Option<Timestamp>, Refusal> {
    if dossier.is_before_reception() {
        let rules = ctx.directory.rules(&dossier.rule_pack);
        return answer_due(ctx.now, &dossier.receiving_agency, rules, ctx).map(Some);
    }
    let calendar = ctx.directory.calendar(&dossier.competent_agency);
    let mut clock = dossier.clock.clone();
    if let Some(pause) = clock.pauses.last_mut() {
        let to = *pause.to.get_or_insert(ctx.now);
        let moved = |at| moved_by(Pause { from: pause.from, to: Some(to) }, at, calendar);
        clock.extended_to = match clock.policy {
            PausePolicy::Restart => None,
            PausePolicy::Resume => clock.extended_to.and_then(moved),
        };
    }
    let due_at = due(&clock, &dossier.competent_agency, ctx)?;
    // A date that was given with an apology still holds when the deadline that begins anew ends
    // before it.
    let promised = dossier.clock.extended_to.filter(|_| clock.policy == PausePolicy::Restart);
    Ok(due_at.map(|due_at| promised.map_or(due_at, |promised| promised.max(due_at))))
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
    use super::{clock_agency, explain, follow_calendar, transfer_due};
    use crate::domain::calendar::{Calendar, DayRule};
    use crate::domain::deadline::WhyLine;
    use crate::domain::dossier::fixture::{
        ASKED, Case, DEPARTMENT, WARD, approver, assign, at, missing, processor, receptionist,
        rules,
    };
    use crate::domain::dossier::{Actor, Command, Directory, Dossier, Event};
    use jiff::civil::{Date, DateTime, date};

    fn with_day_off(case: &Case<'_>, day: Date) -> Calendar {
        let mut table = case.world.calendar(&WARD.into()).timetable().clone();
        table.set(day, DayRule::Off);
        Calendar::new(table).unwrap()
    }

    fn moved(dossier: &Dossier, calendar: &Calendar) -> Option<Event> {
        follow_calendar(dossier, calendar, &rules(), "Nghỉ bù").unwrap()
    }

    #[test]
    fn an_open_dossier_follows_its_calendar_by_an_event() {
        // Five working days from Monday 23 November.
        let case = Case::processing();
        let thursday = with_day_off(&case, date(2026, 11, 26));
        let event = moved(&case.dossier, &thursday).unwrap();
        let due_at = at(date(2026, 12, 1).at(17, 0, 0, 0));
        assert_eq!(event, Event::DueDateMoved { due_at, reason: "Nghỉ bù".to_owned() });
        let mut dossier = case.dossier.clone();
        dossier.apply(at(date(2026, 11, 24).at(8, 0, 0, 0)), &event);
        assert_eq!(dossier.clock.due_at, Some(due_at));
        let told = explain(&dossier, &thursday, &rules()).unwrap().unwrap();
        assert_eq!(told.due_at, dossier.clock.due_at);
        // A day after the due date moves nothing; nor does the change a second time.
        assert_eq!(moved(&case.dossier, &with_day_off(&case, date(2026, 12, 2))), None);
        assert_eq!(moved(&dossier, &thursday), None);
    }

    #[test]
    fn what_has_no_running_clock_or_a_promised_date_stays() {
        let paused = Case::processing().after(processor(), missing());
        let thursday = with_day_off(&paused, date(2026, 11, 26));
        assert_eq!(moved(&paused.dossier, &thursday), None);
        let promise = Command::Extend {
            due_at: at(date(2026, 12, 4).at(17, 0, 0, 0)),
            reason: "Chờ xác minh".to_owned(),
        };
        let promised = Case::processing().after(approver(), promise);
        assert_eq!(moved(&promised.dossier, &thursday), None);
    }

    #[test]
    fn before_reception_the_clock_is_the_section_s() {
        let case = Case::online();
        assert_eq!(*clock_agency(&case.dossier), WARD.into());
        let same = |dossier: &Dossier| {
            let calendar = case.world.calendar(clock_agency(dossier));
            explain(dossier, calendar, &rules()).unwrap().unwrap().due_at == dossier.clock.due_at
        };
        assert!(same(&case.dossier));
        let elsewhere = Command::Transfer { agency: ASKED.into(), reason: "Nhầm".to_owned() };
        let sent = Case::online().later(1).after(receptionist(), elsewhere);
        assert_eq!(*clock_agency(&sent.dossier), ASKED.into());
        assert!(same(&sent.dossier), "the other section has its hours from the transfer on");
        let asked = Case::online().after(receptionist(), missing()).later(1);
        let asked = asked.after(Actor::Applicant, crate::domain::dossier::fixture::supplement());
        assert!(same(&asked.dossier));
        let received = Case::counter().after(receptionist(), assign());
        assert_eq!(*clock_agency(&received.dossier), DEPARTMENT.into());
        assert!(same(&received.dossier));
    }

    #[test]
    fn the_lines_of_an_answer_tell_of_no_reception() {
        let why = |case: &Case<'_>| {
            let calendar = case.world.calendar(clock_agency(&case.dossier));
            explain(&case.dossier, calendar, &rules()).unwrap().unwrap().why
        };
        let filed = Case::online();
        let due_at = filed.dossier.clock.due_at.unwrap();
        assert_eq!(why(&filed).first(), Some(&WhyLine::Filed { at: filed.now }));
        assert_eq!(why(&filed).last(), Some(&WhyLine::AnswerDue { at: due_at }));
        let anew = filed.after(receptionist(), missing()).later(1);
        let anew = anew.after(Actor::Applicant, crate::domain::dossier::fixture::supplement());
        assert!(why(&anew).contains(&WhyLine::CheckedAnew { at: anew.now }));
    }

    #[test]
    fn what_an_ended_one_was_due_stays_known() {
        let stopped = Case::processing().after(approver(), crate::domain::dossier::fixture::stop());
        assert_eq!(stopped.dossier.clock.due_at, None);
        assert_eq!(stopped.dossier.clock.ended_due_at, Case::processing().dossier.clock.due_at);
    }

    #[test]
    fn a_dossier_goes_on_the_same_day_or_the_next_working_morning() {
        let calendar = Calendar::office_hours();
        let mut rules = rules();
        let by = |received: DateTime, rules: &_| transfer_due(at(received), &calendar, rules);
        // Thursday, Friday and Saturday; Monday the 30th is a working day.
        let (thursday, friday) = (date(2026, 11, 26), date(2026, 11, 27));
        let monday = Some(at(date(2026, 11, 30).at(11, 30, 0, 0)));
        assert_eq!(by(thursday.at(15, 0, 0, 0), &rules), Some(at(thursday.at(17, 0, 0, 0))));
        assert_eq!(by(thursday.at(15, 1, 0, 0), &rules), Some(at(friday.at(11, 30, 0, 0))));
        assert_eq!(by(friday.at(16, 55, 0, 0), &rules), monday);
        assert_eq!(by(date(2026, 11, 28).at(9, 0, 0, 0), &rules), monday);
        rules.reception.transfer_cutoff = jiff::civil::time(16, 0, 0, 0);
        assert_eq!(by(thursday.at(15, 1, 0, 0), &rules), Some(at(thursday.at(17, 0, 0, 0))));
    }
}
