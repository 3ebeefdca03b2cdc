//! `extend`: an apology and a new date, in time and at most as often as the pack allows.

use jiff::{Timestamp, ToSpan};

use super::decide::{Context, required};
use super::event::Event;
use super::state::Dossier;
use super::words;
use crate::domain::calendar::{Calendar, instant, local};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::rules::RulePack;

/// Refuses more new dates than the pack allows.
pub(super) fn check_limit(dossier: &Dossier, rules: &RulePack) -> Result<(), Refusal> {
    let limit = rules.extension.limit;
    if dossier.extensions < limit {
        return Ok(());
    }
    let (n, limit) = (dossier.extensions.to_string(), limit.to_string());
    let text = words::EXTENDED_ONCE.text(&[("n", &n), ("limit", &limit)]);
    Err(Refusal::new(RefusalKind::Invalid, text).by_rule(rules.source("extension")))
}

/// A date on which nobody works is moved to the close of the next day on which somebody does.
fn on_working_day(at: Timestamp, calendar: &Calendar) -> Timestamp {
    let day = local(at).date();
    if calendar.is_working_day(day) {
        return at;
    }
    let next = calendar.next_working_day(day);
    let close = next.and_then(|day| Some(day.to_datetime(calendar.closes(day)?)));
    close.and_then(instant).unwrap_or(at)
}

pub(super) fn decide(
    dossier: &Dossier,
    due_at: Timestamp,
    reason: &str,
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    let Some(old) = dossier.clock.due_at else {
        return Err(Refusal::new(RefusalKind::Impossible, words::NO_DUE_DATE));
    };
    check_limit(dossier, ctx.rules)?;
    let rules = &ctx.rules.extension;
    let last_day = local(old).date().saturating_sub(i64::from(rules.days_before).days());
    if local(ctx.now).date() > last_day {
        let text = words::EXTEND_TOO_LATE.text(&[("days", &rules.days_before.to_string())]);
        return Err(Refusal::new(RefusalKind::Invalid, text).by_rule(ctx.rules.source("extension")));
    }
    let calendar = ctx.directory.calendar(&dossier.competent_agency);
    let due_at = on_working_day(due_at, calendar);
    if due_at <= old {
        return Err(Refusal::field("due_at", words::EXTEND_EARLIER));
    }
    Ok(Event::Extended { due_at, reason: required("reason", reason, words::REASON_MISSING)? })
}

#[cfg(test)]
mod tests {
    use crate::domain::calendar::local;
    use crate::domain::catalogue::Channel;
    use crate::domain::deadline::PausePolicy;
    use crate::domain::dossier::fixture::{
        Case, World, approver, assign, at, invalid, missing, processor, receptionist, rules,
        supplement,
    };
    use crate::domain::dossier::{Command, Directory, explain};
    use crate::domain::refusal::RefusalKind;
    use crate::domain::words::Lang;
    use jiff::civil::{Date, DateTime, date};

    fn extend(to: DateTime) -> Command {
        Command::Extend { due_at: at(to), reason: "Chờ xác minh".to_owned() }
    }

    /// Processing, due on Monday 30 November at 17:00.
    fn due_monday() -> Case<'static> {
        Case::processing()
    }

    const FRIDAY: DateTime = date(2026, 12, 4).at(17, 0, 0, 0);

    #[test]
    fn a_new_date_is_given_at_the_latest_the_day_before() {
        let case = due_monday()
            .when(date(2026, 11, 29).at(23, 59, 0, 0))
            .after(approver(), extend(FRIDAY));
        assert_eq!(case.dossier.clock.due_at, Some(at(FRIDAY)));
        let late = due_monday().when(date(2026, 11, 30).at(0, 0, 0, 0));
        let refused = late.refused(approver(), extend(FRIDAY));
        assert_eq!(refused.0, RefusalKind::Invalid);
        assert_eq!(refused.2, "source of extension");
    }

    #[test]
    fn it_is_given_once_and_later_than_the_old_one() {
        let case = due_monday();
        assert_eq!(
            case.refused(approver(), extend(date(2026, 11, 30).at(17, 0, 0, 0))),
            invalid("due_at")
        );
        // Nobody works on a Sunday.
        let sunday = due_monday().after(approver(), extend(date(2026, 12, 6).at(17, 0, 0, 0)));
        assert_eq!(sunday.dossier.clock.due_at, Some(at(date(2026, 12, 7).at(17, 0, 0, 0))));
        let case = case.after(approver(), extend(FRIDAY));
        let refused = case.refused(approver(), extend(date(2026, 12, 8).at(17, 0, 0, 0)));
        assert_eq!((refused.0, refused.2.as_str()), (RefusalKind::Invalid, "source of extension"));
    }

    #[test]
    fn the_lines_of_the_date_end_with_the_new_one() {
        let case = due_monday().after(approver(), extend(FRIDAY));
        let world = World::new(rules());
        let calendar = world.calendar(&case.dossier.competent_agency);
        let told = explain(&case.dossier, calendar, &world.rules).unwrap().unwrap();
        assert_eq!(told.due_at, case.dossier.clock.due_at);
        assert!(
            told.why.last().unwrap().say(Lang::En).starts_with("Put off with a written apology")
        );
    }

    /// Extended to Friday 4 December, then paused from Tuesday morning to Thursday morning.
    fn paused(world: &World) -> Case<'_> {
        paused_until(world, date(2026, 11, 26))
    }

    fn paused_until(world: &World, day: Date) -> Case<'_> {
        Case::filed(world, Channel::Counter)
            .after(receptionist(), assign())
            .after(approver(), extend(FRIDAY))
            .when(date(2026, 11, 24).at(9, 0, 0, 0))
            .after(processor(), missing())
            .when(day.at(9, 0, 0, 0))
            .after(receptionist(), supplement())
    }

    #[test]
    fn a_pause_moves_the_new_date_or_starts_again_as_the_pack_says() {
        let mut resume = rules();
        resume.supplement.policy = PausePolicy::Resume;
        let world = World::new(resume);
        let due = paused(&world).dossier.clock.due_at.unwrap();
        // Wednesday and Thursday were lost: Friday, and two working days more.
        assert_eq!(local(due), date(2026, 12, 8).at(17, 0, 0, 0));
        let world = World::new(rules());
        let clock = paused(&world).dossier.clock;
        // Anew it would be Thursday 3 December; Friday was promised.
        assert_eq!(local(clock.due_at.unwrap()), FRIDAY);
        assert_eq!(clock.extended_to, clock.due_at);
        let later = paused_until(&world, date(2026, 12, 1)).dossier.clock;
        assert_eq!(local(later.due_at.unwrap()), date(2026, 12, 8).at(17, 0, 0, 0));
        assert_eq!(later.extended_to, None, "it has the whole time again");
    }
}
