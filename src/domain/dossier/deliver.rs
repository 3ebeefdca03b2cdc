//! `receive_result` and `deliver`: the section takes the result and hands it over.

use super::action::Action;
use super::decide::{optional, required};
use super::event::Event;
use super::stages::check_stage;
use super::state::{Delivery, Dossier};
use super::words;
use crate::domain::catalogue::Channel;
use crate::domain::refusal::{Refusal, RefusalKind};

pub(super) fn receive_result(dossier: &Dossier) -> Result<Event, Refusal> {
    check_stage(dossier, Action::ReceiveResult)?;
    Ok(Event::ResultReceived)
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
    let received_by = match channel {
        Channel::Counter => {
            // The owner takes it unless somebody else is named.
            let name = optional("received_by", received_by)?;
            Some(name.unwrap_or_else(|| dossier.owner.name.clone()))
        }
        Channel::Online | Channel::Post => optional("received_by", received_by)?,
    };
    if let Some(name) = &received_by {
        required("received_by", name, words::RECEIVED_BY_MISSING)?;
    }
    Ok(Event::Delivered(Delivery { channel, received_by }))
}
