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

#[cfg(test)]
mod tests {
    use crate::domain::catalogue::Channel;
    use crate::domain::dossier::fixture::{
        Case, cashier, deliver, fee, pay, plain, receptionist, wrong_status,
    };
    use crate::domain::dossier::{Actor, Command, FeeKind, Status};
    use crate::domain::refusal::RefusalKind;

    #[test]
    fn the_owner_takes_it_unless_somebody_else_is_named() {
        let case = Case::in_status(Status::ResultReturned);
        let delivery = case.dossier.delivery.unwrap();
        assert_eq!(delivery.received_by.as_deref(), Some("Nguyễn Thị Lan"));
        assert_eq!(case.dossier.returned_at, Some(case.now));
        let received_by = Some("Trần Văn Minh, theo giấy ủy quyền".to_owned());
        let command =
            Command::Deliver { channel: Channel::Counter, received_by: received_by.clone() };
        let case = Case::in_status(Status::Finished).after(receptionist(), command);
        assert_eq!(case.dossier.delivery.unwrap().received_by, received_by);
    }

    #[test]
    fn what_is_unpaid_comes_first() {
        let case = Case::in_status(Status::Finished).after(cashier(), fee(FeeKind::Fee));
        assert_eq!(case.dossier.status, Status::Finished, "an ordinary fee changes no status");
        let refused = case.refused(receptionist(), deliver(Channel::Counter));
        assert_eq!(refused, plain(RefusalKind::Invalid));
        let case = case.after(cashier(), pay()).after(receptionist(), deliver(Channel::Counter));
        assert_eq!(case.dossier.status, Status::ResultReturned);
    }

    #[test]
    fn the_system_delivers_online_and_only_so() {
        let finished = Case::in_status(Status::Finished);
        for channel in [Channel::Counter, Channel::Post] {
            let refused = finished.refused(Actor::System, deliver(channel));
            assert_eq!(refused, plain(RefusalKind::Forbidden));
        }
        let case = finished.after(Actor::System, deliver(Channel::Online));
        assert_eq!(case.dossier.delivery.as_ref().unwrap().received_by, None);
        assert_eq!(case.refused(receptionist(), deliver(Channel::Online)), wrong_status());
    }
}
