//! `stop`: the settlement ends without a result, with a reason. The instance itself stops only what
//! lapsed: a supplement that never came, or an obligation that nobody met, under a pack that sets such
//! a time.

use jiff::Timestamp;

use super::actor::{Actor, Directory};
use super::clock;
use super::decide::{Context, optional, required};
use super::event::Event;
use super::state::Dossier;
use super::status::Status;
use super::words;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::rules::RulePack;

pub(super) fn decide(
    dossier: &Dossier,
    reason: &str,
    decision_number: Option<&str>,
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    if *ctx.actor == Actor::System && !has_lapsed(dossier, ctx.rules, ctx.directory, ctx.now) {
        let rule = match dossier.status {
            Status::PaymentRequired => "obligation_lapse",
            _ => "supplement_lapse",
        };
        let refusal = Refusal::new(RefusalKind::Impossible, words::NOT_LAPSED);
        return Err(refusal.by_rule(ctx.rules.source(rule)));
    }
    Ok(Event::Stopped {
        reason: required("reason", reason, words::REASON_MISSING)?,
        decision_number: optional("decision_number", decision_number)?,
    })
}

/// Whether a dossier has waited for its applicant longer than its pack allows.
pub fn has_lapsed(
    dossier: &Dossier,
    rules: &RulePack,
    directory: &dyn Directory,
    now: Timestamp,
) -> bool {
    let due = match dossier.status {
        Status::SupplementRequired => {
            let asked = dossier.supplement.as_ref().and_then(|supplement| supplement.due_at);
            rules.supplement.lapse_days.and(asked)
        }
        Status::PaymentRequired => {
            let since = dossier.clock.pauses.last().map(|pause| pause.from);
            let days = rules.obligation_lapse_days;
            let calendar = directory.calendar(&dossier.competent_agency);
            days.zip(since)
                .and_then(|(days, since)| clock::days_after(since, days, calendar, rules))
        }
        _ => None,
    };
    due.is_some_and(|due| due < now)
}

#[cfg(test)]
mod tests {
    use crate::domain::catalogue::Channel;
    use crate::domain::dossier::fixture::{
        Case, World, approver, assign, fee, invalid, missing, processor, receptionist, rules, stop,
    };
    use crate::domain::dossier::{Actor, Command, FeeKind, Status};
    use crate::domain::refusal::RefusalKind;

    #[test]
    fn the_approver_stops_with_a_reason() {
        let case = Case::in_status(Status::Stopped);
        assert_eq!(case.dossier.reason.as_deref(), Some("lý do"));
        let nameless = Command::Stop { reason: String::new(), decision_number: None };
        assert_eq!(Case::processing().refused(approver(), nameless), invalid("reason"));
        assert_eq!(Case::processing().refused(processor(), stop()).0, RefusalKind::Forbidden);
    }

    #[test]
    fn the_system_stops_what_lapsed_and_nothing_else() {
        let not_lapsed = RefusalKind::Impossible;
        assert_eq!(Case::processing().refused(Actor::System, stop()).0, not_lapsed);
        let waiting = Case::counter().after(receptionist(), missing()).later(24 * 365);
        assert_eq!(waiting.refused(Actor::System, stop()).0, not_lapsed, "the pack sets no time");

        let mut lapsing = rules();
        lapsing.supplement.lapse_days = Some(30);
        let world = World::new(lapsing);
        let case = Case::filed(&world, Channel::Counter).after(receptionist(), missing());
        let case = case.later(24 * 29);
        assert_eq!(case.refused(Actor::System, stop()).2, "source of supplement_lapse");
        let case = case.later(24 * 2).after(Actor::System, stop());
        assert_eq!(case.dossier.status, Status::Stopped);
    }

    #[test]
    fn an_obligation_that_nobody_met_lapses_too() {
        let mut lapsing = rules();
        lapsing.obligation_lapse_days = Some(30);
        let world = World::new(lapsing);
        let case = Case::filed(&world, Channel::Counter).after(receptionist(), assign());
        let case = case.after(processor(), fee(FeeKind::Obligation)).later(24 * 29);
        assert_eq!(case.refused(Actor::System, stop()).2, "source of obligation_lapse");
        let case = case.later(24 * 3).after(Actor::System, stop());
        assert_eq!(case.dossier.status, Status::Stopped);
        let forever = Case::in_status(Status::PaymentRequired).later(24 * 365);
        assert_eq!(forever.refused(Actor::System, stop()).0, RefusalKind::Impossible);
    }
}
