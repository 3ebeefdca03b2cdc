//! `request_supplement`: everything that is missing, told once and completely.

use jiff::Timestamp;

use super::clock;
use super::command::MissingItem;
use super::decide::{Context, required};
use super::event::Event;
use super::state::{Dossier, SupplementItem};
use super::words;
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::domain::rules::RulePack;

/// Most things that one request may name.
const MAX_ITEMS: usize = 50;

/// Refuses more supplements in a phase than the pack allows.
pub(super) fn check_limit(dossier: &Dossier, rules: &RulePack) -> Result<(), Refusal> {
    let asked = match dossier.received_at {
        None => dossier.supplements_asked.0,
        Some(_) => dossier.supplements_asked.1,
    };
    let limit = rules.supplement.per_phase;
    if asked < limit {
        return Ok(());
    }
    let (n, limit) = (asked.to_string(), limit.to_string());
    let text = words::SUPPLEMENT_ONCE.text(&[("n", &n), ("limit", &limit)]);
    Err(Refusal::new(RefusalKind::Invalid, text).by_rule(rules.source("supplement_per_phase")))
}

pub(super) fn decide(
    dossier: &Dossier,
    items: &[MissingItem],
    due_at: Option<Timestamp>,
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    check_limit(dossier, ctx.rules)?;
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
        .procedure_at(&dossier.procedure, dossier.received_at.unwrap_or(ctx.now))
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

#[cfg(test)]
mod tests {
    use crate::domain::catalogue::Channel;
    use crate::domain::dossier::fixture::{
        Case, World, at, invalid, missing, processor, receptionist, rules, supplement,
    };
    use crate::domain::dossier::{Actor, Command, MissingItem, Stage, Status};
    use crate::domain::refusal::RefusalKind;
    use jiff::civil::date;

    fn item(component: &str, reason: &str) -> Command {
        let component = Some(component.to_owned());
        let items = vec![MissingItem { component, reason: reason.to_owned() }];
        Command::RequestSupplement { items, due_at: None }
    }

    #[test]
    fn once_before_reception_and_once_after() {
        let case =
            Case::online().after(receptionist(), missing()).after(Actor::Applicant, supplement());
        let once =
            (RefusalKind::Invalid, String::new(), "source of supplement_per_phase".to_owned());
        assert_eq!(case.refused(receptionist(), missing()), once);
        let case = case
            .after(receptionist(), Command::Accept { components: Vec::new() })
            .after(receptionist(), missing())
            .after(Actor::Applicant, supplement());
        assert_eq!(case.refused(receptionist(), missing()), once);
    }

    #[test]
    fn the_clock_stops_and_nothing_is_due() {
        let case = Case::counter().after(receptionist(), missing());
        assert_eq!(case.dossier.status, Status::SupplementRequired);
        assert_eq!(case.dossier.clock.due_at, None);
        let supplement = case.dossier.supplement.unwrap();
        assert_eq!(supplement.items[0].component.as_ref().unwrap().as_str(), "tp2");
        assert_eq!(supplement.due_at, None, "the pack sets no time");
    }

    #[test]
    fn the_pack_may_set_a_time() {
        let mut lapsing = rules();
        lapsing.supplement.lapse_days = Some(30);
        let world = World::new(lapsing);
        let case = Case::filed(&world, Channel::Counter).after(receptionist(), missing());
        let due = case.dossier.supplement.unwrap().due_at;
        assert_eq!(due, Some(at(date(2026, 12, 23).at(17, 0, 0, 0))));
    }

    #[test]
    fn what_was_approved_goes_back_to_work() {
        let case =
            Case::approved().after(processor(), missing()).after(receptionist(), supplement());
        assert_eq!((case.dossier.status, case.dossier.stage), (Status::Processing, Stage::Work));
    }

    #[test]
    fn every_thing_is_named_with_its_reason() {
        let refused = |command| Case::online().refused(receptionist(), command);
        assert_eq!(refused(item("tp1", " ")), invalid("items[0].reason"));
        assert_eq!(refused(item("tp9", "Thiếu")), invalid("items[0].component"));
        let nothing = Command::RequestSupplement { items: Vec::new(), due_at: None };
        assert_eq!(refused(nothing), invalid("items"));
    }
}
