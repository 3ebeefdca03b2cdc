//! `deliver`: the result is handed over, once everything is paid.

use super::action::Action;
use super::actor::Actor;
use super::decide::{may_not, optional};
use super::event::Event;
use super::state::{Delivery, Dossier};
use super::words;
use crate::domain::catalogue::Channel;
use crate::domain::refusal::{Refusal, RefusalKind};

/// Only a person hands over paper: the instance itself delivers online.
pub(super) fn check_hand(channel: Channel, actor: &Actor) -> Result<(), Refusal> {
    match (actor, channel) {
        (Actor::System, Channel::Counter | Channel::Post) => Err(may_not(Action::Deliver)),
        _ => Ok(()),
    }
}

pub(super) fn decide(
    dossier: &Dossier,
    channel: Channel,
    received_by: Option<&str>,
) -> Result<Event, Refusal> {
    if dossier.unpaid() > 0 {
        let text = words::UNPAID.text(&[("amount", &dossier.unpaid().to_string())]);
        return Err(Refusal::new(RefusalKind::Invalid, text));
    }
    let named = optional("received_by", received_by)?;
    let received_by = match channel {
        // The owner takes it unless somebody else is named.
        Channel::Counter => Some(named.unwrap_or_else(|| dossier.owner.name.clone())),
        Channel::Online | Channel::Post => named,
    };
    Ok(Event::Delivered(Delivery { channel, received_by }))
}
