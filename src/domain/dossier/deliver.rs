//! `deliver`: the result is handed over, once everything is paid.

use super::action::Action;
use super::actor::Actor;
use super::decide::{may_not, optional};
use super::event::Event;
use super::state::{Delivery, Dossier, Taker};
use super::words;
use crate::domain::catalogue::Channel;
use crate::domain::fee::grouped;
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};

/// Longest number of a postal item.
const MAX_TRACKING: usize = 40;

/// Only a person hands over paper: the instance itself delivers online.
pub(super) fn check_hand(channel: Channel, actor: &Actor) -> Result<(), Refusal> {
    match (actor, channel) {
        (Actor::System, Channel::Counter | Channel::Post) => Err(may_not(Action::Deliver)),
        _ => Ok(()),
    }
}

pub(super) fn decide(dossier: &Dossier, delivery: &Delivery) -> Result<Event, Refusal> {
    if dossier.unpaid() > 0 {
        let text = words::UNPAID.text(&[("amount", &grouped(dossier.unpaid()))]);
        return Err(Refusal::new(RefusalKind::Invalid, text));
    }
    let named = optional("received_by", delivery.received_by.as_deref())?;
    let mandate_paper = optional("mandate_paper", delivery.mandate_paper.as_deref())?;
    let is_owner = named.as_deref().is_none_or(|name| same_name(name, &dossier.owner.name));
    let (received_by, taker) = match delivery.taker {
        Some(Taker::Owner) if !is_owner => {
            return Err(Refusal::field("received_by", words::NOT_THE_OWNER));
        }
        Some(Taker::Owner) => (Some(dossier.owner.name.clone()), Some(Taker::Owner)),
        Some(Taker::Mandated) => {
            check_mandate(named.as_deref(), mandate_paper.as_deref())?;
            (named, Some(Taker::Mandated))
        }
        Some(Taker::Representative) => {
            (Some(representative(dossier, named.as_deref())?), Some(Taker::Representative))
        }
        // The owner takes it unless somebody else is named.
        None if delivery.channel == Channel::Counter && is_owner => {
            (Some(dossier.owner.name.clone()), Some(Taker::Owner))
        }
        None => (named, mandate_paper.as_ref().map(|_| Taker::Mandated)),
    };
    let mandate_paper = mandate_paper.filter(|_| taker == Some(Taker::Mandated));
    let tracking_number = tracking(delivery)?;
    Ok(Event::Delivered(Delivery {
        channel: delivery.channel,
        received_by,
        taker,
        mandate_paper,
        receipt_lost: delivery.receipt_lost,
        tracking_number,
    }))
}

/// The postal operator's number, as it is printed: only for what goes by post.
fn tracking(delivery: &Delivery) -> Result<Option<String>, Refusal> {
    let typed = delivery.tracking_number.as_deref().unwrap_or_default();
    let number: String = typed.split_whitespace().collect::<String>().to_uppercase();
    if number.is_empty() || delivery.channel != Channel::Post {
        return Ok(None);
    }
    let plain = number.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if number.len() > MAX_TRACKING || !plain {
        let text = words::TRACKING_WRONG.text(&[("max", &MAX_TRACKING.to_string())]);
        return Err(Refusal::field("tracking_number", text));
    }
    Ok(Some(number))
}

/// Who takes a result for the owner says who it is and shows by what right.
fn check_mandate(name: Option<&str>, paper: Option<&str>) -> Result<(), Refusal> {
    let missing = [
        ("received_by", name, words::RECEIVED_BY_MISSING),
        ("mandate_paper", paper, words::TAKING_MANDATE_MISSING),
    ];
    let errors: Vec<FieldError> = missing
        .into_iter()
        .filter(|(_, given, _)| given.is_none())
        .map(|(field, _, text)| FieldError { field: field.to_owned(), text: text.into() })
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(Refusal::fields(errors)) }
}

/// The submitter, who filed as the owner's legal representative and needs no further paper.
fn representative(dossier: &Dossier, named: Option<&str>) -> Result<String, Refusal> {
    if !dossier.has_legal_representative() {
        return Err(Refusal::field("taker", words::NO_REPRESENTATIVE));
    }
    let name = &dossier.submitter.name;
    match named.is_none_or(|named| same_name(named, name)) {
        true => Ok(name.clone()),
        false => Err(Refusal::field("received_by", words::NOT_THE_REPRESENTATIVE)),
    }
}

/// The same name but for capitals and blanks.
fn same_name(one: &str, other: &str) -> bool {
    let words = |name: &str| name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    words(one) == words(other)
}

#[cfg(test)]
mod tests {
    use crate::domain::catalogue::Channel;
    use crate::domain::dossier::fixture::{
        Case, cashier, deliver, fee, invalid, pay, plain, receptionist, wrong_status,
    };
    use crate::domain::dossier::{Actor, Command, Delivery, FeeKind, Status, Taker};
    use crate::domain::person::{Mandate, MandateKind};
    use crate::domain::refusal::RefusalKind;

    #[test]
    fn the_owner_takes_it_unless_somebody_else_is_named() {
        let case = Case::in_status(Status::ResultReturned);
        let delivery = case.dossier.delivery.unwrap();
        assert_eq!(delivery.received_by.as_deref(), Some("Nguyễn Thị Lan"));
        assert_eq!(case.dossier.returned_at, Some(case.now));
        assert_eq!(delivery.taker, Some(Taker::Owner));
        let named = Delivery {
            received_by: Some("Trần Văn Minh".to_owned()),
            ..Delivery::by(Channel::Counter)
        };
        let case = Case::in_status(Status::Finished)
            .after(receptionist(), Command::Deliver(named.clone()));
        assert_eq!(case.dossier.delivery, Some(named), "in which capacity was not said");
    }

    #[test]
    fn who_takes_it_for_the_owner_has_a_name_and_shows_a_paper() {
        let finished = || Case::in_status(Status::Finished);
        let by_mandate = |name: &str, paper: &str| {
            Command::Deliver(Delivery {
                received_by: Some(name.to_owned()),
                taker: Some(Taker::Mandated),
                mandate_paper: Some(paper.to_owned()),
                receipt_lost: true,
                ..Delivery::by(Channel::Counter)
            })
        };
        let refused = |name, paper| finished().refused(receptionist(), by_mandate(name, paper));
        assert_eq!(refused(" ", ""), invalid("received_by mandate_paper"));
        assert_eq!(refused("Trần Văn Minh", " "), invalid("mandate_paper"));
        let case = finished().after(receptionist(), by_mandate("Trần Văn Minh", "Số 5/2026"));
        let delivery = case.dossier.delivery.unwrap();
        assert_eq!(delivery.mandate_paper.as_deref(), Some("Số 5/2026"));
        assert!(delivery.receipt_lost && delivery.taker == Some(Taker::Mandated));
    }

    #[test]
    fn who_filed_as_legal_representative_takes_it_without_a_paper() {
        let by_law = |name: Option<&str>| {
            Command::Deliver(Delivery {
                received_by: name.map(str::to_owned),
                taker: Some(Taker::Representative),
                ..Delivery::by(Channel::Counter)
            })
        };
        let mut case = Case::in_status(Status::Finished);
        assert_eq!(case.refused(receptionist(), by_law(None)), invalid("taker"));
        case.dossier.mandate =
            Some(Mandate { kind: MandateKind::LegalRepresentative, paper: None });
        let other = case.refused(receptionist(), by_law(Some("Trần Văn Minh")));
        assert_eq!(other, invalid("received_by"));
        let submitter = case.dossier.submitter.name.clone();
        let delivery = case.after(receptionist(), by_law(None)).dossier.delivery.unwrap();
        assert_eq!(delivery.taker, Some(Taker::Representative));
        assert_eq!((delivery.received_by, delivery.mandate_paper), (Some(submitter), None));
    }

    #[test]
    fn another_name_than_the_owners_is_not_the_owner() {
        let owner = |name: &str| {
            Command::Deliver(Delivery {
                received_by: Some(name.to_owned()),
                taker: Some(Taker::Owner),
                ..Delivery::by(Channel::Counter)
            })
        };
        let finished = Case::in_status(Status::Finished);
        let refused = finished.refused(receptionist(), owner("Trần Văn Minh"));
        assert_eq!(refused, invalid("received_by"));
        let case = finished.after(receptionist(), owner("NGUYỄN THỊ  LAN"));
        let taken = case.dossier.delivery.unwrap().received_by;
        assert_eq!(taken.as_deref(), Some("Nguyễn Thị Lan"));
    }

    #[test]
    fn what_goes_by_post_keeps_its_tracking_number() {
        let by = |channel, number: &str| {
            let tracking_number = Some(number.to_owned());
            Command::Deliver(Delivery { tracking_number, ..Delivery::by(channel) })
        };
        let finished = Case::in_status(Status::Finished);
        let wrong = finished.refused(receptionist(), by(Channel::Post, "a/b"));
        assert_eq!(wrong, invalid("tracking_number"));
        let sent = Case::in_status(Status::Finished)
            .after(receptionist(), by(Channel::Post, " ee123 456 789vn"));
        let number = sent.dossier.delivery.unwrap().tracking_number;
        assert_eq!(number.as_deref(), Some("EE123456789VN"));
        let handed = finished.after(receptionist(), by(Channel::Counter, "EE1"));
        assert_eq!(handed.dossier.delivery.unwrap().tracking_number, None);
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
