//! `request_supplement`: everything that is missing, told once and completely.

use jiff::Timestamp;

use super::clock;
use super::command::MissingItem;
use super::decide::{Context, required};
use super::event::Event;
use super::state::{Dossier, SupplementItem};
use super::words;
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};

/// Most things that one request may name.
const MAX_ITEMS: usize = 50;

pub(super) fn decide(
    dossier: &Dossier,
    items: &[MissingItem],
    due_at: Option<Timestamp>,
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    let asked = match dossier.received_at {
        None => dossier.supplements_asked.0,
        Some(_) => dossier.supplements_asked.1,
    };
    let limit = ctx.rules.supplement.per_phase;
    if asked >= limit {
        let (n, limit) = (asked.to_string(), limit.to_string());
        let text = words::SUPPLEMENT_ONCE.text(&[("n", &n), ("limit", &limit)]);
        return Err(Refusal::new(RefusalKind::Invalid, text)
            .by_rule(ctx.rules.source("supplement_per_phase")));
    }
    if items.is_empty() {
        return Err(Refusal::field("items", words::ITEMS_MISSING));
    }
    if items.len() > MAX_ITEMS {
        let text = words::TOO_MANY.text(&[("max", &MAX_ITEMS.to_string())]);
        return Err(Refusal::field("items", text));
    }
    if due_at.is_some_and(|due| due <= ctx.now) {
        return Err(Refusal::field("due_at", words::DATE_PAST));
    }
    let (mut named, mut errors) = (Vec::new(), Vec::new());
    for (position, item) in items.iter().enumerate() {
        match name_item(dossier, item, position, ctx) {
            Ok(item) => named.push(item),
            Err(error) => errors.extend(error.fields),
        }
    }
    if !errors.is_empty() {
        return Err(Refusal::fields(errors));
    }
    let due_at = match due_at {
        Some(due) => Some(due),
        None => clock::lapse_due(ctx.now, &dossier.receiving_agency, ctx)?,
    };
    Ok(Event::SupplementRequested { items: named, due_at })
}

fn name_item(
    dossier: &Dossier,
    item: &MissingItem,
    position: usize,
    ctx: &Context<'_>,
) -> Result<SupplementItem, Refusal> {
    let field = format!("items[{position}].reason");
    let reason = required(&field, &item.reason, words::ITEM_REASON_MISSING)?;
    let Some(wanted) = item.component.as_deref().filter(|wanted| !wanted.is_empty()) else {
        return Ok(SupplementItem { component: None, reason });
    };
    let of_procedure = ctx
        .directory
        .procedure(&dossier.procedure)
        .and_then(|p| p.component(wanted))
        .map(|c| &c.id);
    let handed_in = dossier
        .components
        .iter()
        .find(|paper| paper.component.as_str() == wanted || paper.name == wanted)
        .map(|paper| &paper.component);
    match of_procedure.or(handed_in) {
        Some(id) => Ok(SupplementItem { component: Some(id.clone()), reason }),
        None => Err(Refusal::fields(vec![FieldError {
            field: format!("items[{position}].component"),
            text: words::UNKNOWN_COMPONENT.text(&[("component", wanted)]),
        }])),
    }
}
