//! `stop`: the settlement ends without a result, with a reason. The instance itself stops only what
//! lapsed: a supplement that never came, under a pack that sets such a time.

use super::actor::Actor;
use super::decide::{Context, optional, required};
use super::event::Event;
use super::state::Dossier;
use super::words;
use crate::domain::refusal::{Refusal, RefusalKind};

pub(super) fn decide(
    dossier: &Dossier,
    reason: &str,
    decision_number: Option<&str>,
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    if *ctx.actor == Actor::System && !has_lapsed(dossier, ctx) {
        return Err(Refusal::new(RefusalKind::Impossible, words::NOT_LAPSED)
            .by_rule(ctx.rules.source("supplement_lapse")));
    }
    Ok(Event::Stopped {
        reason: required("reason", reason, words::REASON_MISSING)?,
        decision_number: optional("decision_number", decision_number)?,
    })
}

fn has_lapsed(dossier: &Dossier, ctx: &Context<'_>) -> bool {
    let due = dossier.supplement.as_ref().and_then(|supplement| supplement.due_at);
    ctx.rules.supplement.lapse_days.is_some() && due.is_some_and(|due| due < ctx.now)
}
