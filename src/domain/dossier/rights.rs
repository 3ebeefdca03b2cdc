//! What of a dossier somebody at a desk may see: everything at the agencies that work on it, and at
//! one that was only asked for its opinion the question, the files that went with it, and its answer.

use super::actor::Actor;
use super::event::Event;
use super::state::{Consultation, Dossier, Holder};
use crate::domain::ids::AgencyCode;
use crate::domain::person::Person;

impl Dossier {
    /// Whether an account sees all of it.
    pub fn is_whole_to(&self, actor: &Actor) -> bool {
        actor.staff().is_none_or(|staff| self.is_of(&staff.agency))
    }

    /// The dossier as an actor sees it, who may know of it.
    #[must_use]
    pub fn seen_by(self, actor: &Actor) -> Self {
        match actor.staff() {
            Some(staff) if !self.is_of(&staff.agency) => self.seen_by_asked(&staff.agency),
            _ => self,
        }
    }

    fn seen_by_asked(mut self, agency: &AgencyCode) -> Self {
        self.consultations.retain(|asked| asked.agency == *agency);
        let shared = |id| self.consultations.iter().any(|asked| asked.shares.contains(&id));
        self.attachments.retain(|file| shared(file.id));
        let sent = &self.attachments;
        self.components.retain(|paper| {
            sent.iter().any(|file| file.component.as_ref() == Some(&paper.component))
        });
        self.owner = Person { name: self.owner.name, ..Person::default() };
        self.submitter = self.owner.clone();
        self.mandate = None;
        self.lookup_secret.clear();
        self.external_codes.clear();
        self.form.clear();
        self.fees.clear();
        self.drafts.clear();
        self.links.clear();
        self.holder = Holder::default();
        (self.outcome, self.number, self.reason) = (None, None, None);
        (self.delivery, self.supplement, self.led_by) = (None, None, None);
        self
    }
}

/// Which of a dossier's events, given oldest first, an actor sees; in the same order.
pub fn seen_events<'e>(
    dossier: &Dossier,
    actor: &Actor,
    events: impl IntoIterator<Item = &'e Event>,
) -> Vec<bool> {
    let mut asked = 0;
    let agency = actor.staff().filter(|staff| !dossier.is_of(&staff.agency)).map(|s| &s.agency);
    let own = |number: u32| {
        let is_own = |c: &Consultation| c.number == number && Some(&c.agency) == agency;
        dossier.consultations.iter().any(is_own)
    };
    let sees = |event: &Event| {
        asked += u32::from(matches!(event, Event::Consulted { .. }));
        agency.is_none()
            || match event {
                Event::Consulted { .. } => own(asked),
                Event::ConsultationAnswered { number, .. } => own(*number),
                _ => false,
            }
    };
    events.into_iter().map(sees).collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{ASKED, Case, file, neighbour, processor, receptionist, staff};
    use super::super::{Command, Event};
    use super::seen_events;
    use crate::domain::agency::Role;

    fn asked() -> Case<'static> {
        let mut case = Case::processing();
        case.dossier.attachments.push(file(false));
        let mut secret = file(false);
        secret.id.0 = [5; 16];
        case.dossier.attachments.push(secret);
        let due_at = case.now + jiff::SignedDuration::from_hours(24);
        let ask = |agency: Option<&str>, unit: Option<&str>| Command::Consult {
            agency: agency.map(Into::into),
            unit: unit.map(Into::into),
            question: "Có ý kiến gì không?".to_owned(),
            due_at,
            shares: vec![file(false).id],
        };
        case.after(processor(), ask(None, Some("dia-chinh")))
            .after(processor(), ask(Some(ASKED), None))
    }

    #[test]
    fn who_was_asked_sees_the_question_and_what_went_with_it() {
        let case = asked();
        let expert = staff(Role::Processor, ASKED);
        let seen = case.dossier.clone().seen_by(&expert);
        assert_eq!(seen.owner.name, case.dossier.owner.name);
        assert_eq!((&seen.owner.phone, seen.form.len()), (&None, 0));
        assert!(seen.lookup_secret.is_empty());
        let files: Vec<_> = seen.attachments.iter().map(|file| file.id).collect();
        assert_eq!(files, [file(false).id]);
        let numbers: Vec<_> = seen.consultations.iter().map(|c| c.number).collect();
        assert_eq!(numbers, [2], "what others are asked is not theirs");
        assert_eq!(seen.version, case.dossier.version);
        let events: Vec<&Event> = case.log.iter().map(|(_, event)| event).collect();
        let visible = seen_events(&case.dossier, &expert, events.iter().copied());
        assert_eq!(visible.iter().filter(|seen| **seen).count(), 1);
        assert!(visible.last().is_some_and(|seen| *seen));
    }

    #[test]
    fn who_works_on_it_sees_everything() {
        let case = asked();
        for actor in [receptionist(), processor(), neighbour()] {
            assert!(case.dossier.is_whole_to(&actor));
            assert_eq!(case.dossier.clone().seen_by(&actor), case.dossier);
            let events = case.log.iter().map(|(_, event)| event);
            assert!(seen_events(&case.dossier, &actor, events).iter().all(|seen| *seen));
        }
        let expert = staff(Role::Processor, ASKED);
        assert!(!case.dossier.is_whole_to(&expert));
    }
}
