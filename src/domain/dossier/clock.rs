//! The clock of a dossier: every due date is computed from its basis, never patched.

use jiff::Timestamp;

use super::decide::Context;
use super::state::{Clock, Dossier};
use super::words;
use crate::domain::catalogue::{Channel, Procedure};
use crate::domain::deadline::{self, Deadline, Duration, Pause};
use crate::domain::ids::AgencyCode;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::rules::RulePack;

/// The published duration of a procedure for a way in.
pub fn published(procedure: &Procedure, channel: Channel) -> Option<Duration> {
    let ways = procedure.submission.iter();
    let exact = ways.clone().filter(|way| way.channel == channel);
    exact.chain(ways).find_map(|way| {
        let unit = way.unit?;
        let amount = match (way.duration, unit) {
            (Some(amount), _) => amount,
            (None, crate::domain::catalogue::DurationUnit::SameDay) => 0,
            (None, _) => return None,
        };
        Some(Duration { amount, unit })
    })
}

/// Until when the section answers a dossier that arrived at `from`.
pub(super) fn answer_due(
    from: Timestamp,
    agency: &AgencyCode,
    ctx: &Context<'_>,
) -> Result<Timestamp, Refusal> {
    let clock = Clock {
        duration: Some(answer_duration(ctx.rules)),
        pauses: Vec::new(),
        policy: ctx.rules.supplement.policy,
        extended_to: None,
        due_at: None,
    };
    due(&clock, from, agency, ctx)?.ok_or_else(no_working_day)
}

/// The reception clock's duration under a pack.
pub fn answer_duration(rules: &RulePack) -> Duration {
    Duration {
        amount: rules.reception.answer_working_hours,
        unit: crate::domain::catalogue::DurationUnit::WorkingHour,
    }
}

/// The due date of a clock that started at `from`.
pub(super) fn due(
    clock: &Clock,
    from: Timestamp,
    agency: &AgencyCode,
    ctx: &Context<'_>,
) -> Result<Option<Timestamp>, Refusal> {
    let calendar = ctx.directory.calendar(agency);
    let deadline = explain(clock, from, calendar, ctx.rules).map_err(|_| no_working_day())?;
    Ok(deadline.and_then(|deadline| deadline.due_at))
}

/// The due date of a clock with the lines of its calculation; none without a duration.
///
/// # Errors
/// The calendar has no working day.
pub fn explain(
    clock: &Clock,
    from: Timestamp,
    calendar: &crate::domain::calendar::Calendar,
    rules: &RulePack,
) -> Result<Option<Deadline>, deadline::DeadlineError> {
    let Some(duration) = clock.duration else { return Ok(None) };
    let settings = rules.deadline();
    deadline::due(calendar, from, duration, &clock.pauses, clock.policy, &settings).map(Some)
}

/// The due date of a paused dossier once its pause ends now.
pub(super) fn due_after_pause(
    dossier: &Dossier,
    ctx: &Context<'_>,
) -> Result<Option<Timestamp>, Refusal> {
    let Some(received_at) = dossier.received_at else {
        return answer_due(ctx.now, &dossier.receiving_agency, ctx).map(Some);
    };
    let mut clock = dossier.clock.clone();
    if let Some(Pause { to, .. }) = clock.pauses.last_mut() {
        to.get_or_insert(ctx.now);
    }
    due(&clock, received_at, &dossier.competent_agency, ctx)
}

fn no_working_day() -> Refusal {
    Refusal::new(RefusalKind::Invalid, words::CALENDAR_EMPTY)
}
