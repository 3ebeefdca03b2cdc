//! `extend`: an apology and a new date, in time and at most as often as the pack allows.

use jiff::{Timestamp, ToSpan};

use super::decide::{Context, required};
use super::event::Event;
use super::state::Dossier;
use super::words;
use crate::domain::calendar::local;
use crate::domain::refusal::{Refusal, RefusalKind};

pub(super) fn decide(
    dossier: &Dossier,
    due_at: Timestamp,
    reason: &str,
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    let Some(old) = dossier.clock.due_at else {
        return Err(Refusal::new(RefusalKind::Impossible, words::NO_DUE_DATE));
    };
    let rules = &ctx.rules.extension;
    if dossier.extensions >= rules.limit {
        let (n, limit) = (dossier.extensions.to_string(), rules.limit.to_string());
        let text = words::EXTENDED_ONCE.text(&[("n", &n), ("limit", &limit)]);
        return Err(Refusal::new(RefusalKind::Invalid, text).by_rule(ctx.rules.source("extension")));
    }
    let last_day = local(old).date().saturating_sub(i64::from(rules.days_before).days());
    if local(ctx.now).date() > last_day {
        let text = words::EXTEND_TOO_LATE.text(&[("days", &rules.days_before.to_string())]);
        return Err(Refusal::new(RefusalKind::Invalid, text).by_rule(ctx.rules.source("extension")));
    }
    if due_at <= old {
        return Err(Refusal::field("due_at", words::EXTEND_EARLIER));
    }
    Ok(Event::Extended { due_at, reason: required("reason", reason, words::REASON_MISSING)? })
}
