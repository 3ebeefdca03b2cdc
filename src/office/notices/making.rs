//! Letters from what is told: who reads them, in which words, on which ways.

use std::sync::Arc;

use jiff::Timestamp;

use super::settings::NoticeSettings;
use crate::domain::agency::{Role, Staff};
use crate::domain::dossier::{Directory, Dossier, Event};
use crate::domain::ids::UserName;
use crate::domain::notice::{
    Addressee, Channel, Delivery, DeliveryState, Facts, Field, Kind, Letter, Told, fill, may_go_at,
    tells, words,
};
use crate::domain::words::Lang;
use crate::office::world::World;
use crate::store::outbox::Notifier;

/// Most colleagues who are told of one thing.
const MOST: usize = 20;

/// Makes letters from a picture of the world.
pub(super) struct Maker {
    pub world: Arc<World>,
    /// Where people reach this instance, for links; or empty.
    pub address: String,
    pub is_demo: bool,
}

/// Who makes the letters of events.
pub(in crate::office) fn notifier(
    world: Arc<World>,
    address: String,
    is_demo: bool,
) -> Arc<dyn Notifier> {
    Arc::new(Maker { world, address, is_demo })
}

impl Notifier for Maker {
    fn letters(
        &self,
        dossier: &Dossier,
        event: &Event,
        actor: &str,
        now: Timestamp,
    ) -> Vec<Letter> {
        let told = tells(dossier, event, actor, self.world.as_ref(), Lang::Vi);
        let letters = told.into_iter().flat_map(|(kind, told, facts)| {
            self.letters_to(dossier, kind, &told, &facts, None, now)
        });
        letters.filter(|letter| letter.to != Addressee::Staff(UserName::from(actor))).collect()
    }
}

impl Maker {
    /// A letter to each reader of what is told.
    pub fn letters_to(
        &self,
        dossier: &Dossier,
        kind: Kind,
        told: &Told,
        facts: &Facts,
        about: Option<Timestamp>,
        now: Timestamp,
    ) -> Vec<Letter> {
        let readers: Vec<Addressee> = match told {
            Told::Applicant => vec![Addressee::Applicant],
            Told::Person(name) => vec![Addressee::Staff(name.clone())],
            Told::Unit(agency, unit) => {
                self.staff(|staff| staff.agency == *agency && staff.unit.as_ref() == Some(unit))
            }
            Told::Approvers(agency) => {
                self.staff(|staff| staff.agency == *agency && staff.is(Role::Approver))
            }
        };
        let template = self.settings().template(kind);
        let letter = |to: Addressee| {
            let mut facts = facts.clone();
            facts.push((Field::Link, self.link(dossier, &to)));
            Letter {
                kind,
                about,
                subject: fill(&template.subject, &facts),
                long: fill(&template.long, &facts),
                short: fill(&template.short, &facts),
                deliveries: self.deliveries(dossier, &to, now),
                to,
            }
        };
        readers.into_iter().map(letter).collect()
    }

    fn settings(&self) -> &NoticeSettings {
        &self.world.notices
    }

    fn staff(&self, is_told: impl Fn(&Staff) -> bool) -> Vec<Addressee> {
        let accounts = self.world.accounts().into_iter().filter(|s| s.enabled && is_told(s));
        accounts.take(MOST).map(|staff| Addressee::Staff(staff.name.clone())).collect()
    }

    /// The page about the dossier. The applicant's secret is not in it: it would lie in mailboxes.
    fn link(&self, dossier: &Dossier, to: &Addressee) -> String {
        let base = &self.address;
        match to {
            Addressee::Applicant if base.is_empty() => words::PORTAL.say(Lang::Vi).to_owned(),
            Addressee::Applicant => format!("{base}/tra-cuu/{}", dossier.code),
            Addressee::Staff(_) => format!("{base}/mot-cua/ho-so/{}", dossier.code),
        }
    }

    fn deliveries(&self, dossier: &Dossier, to: &Addressee, now: Timestamp) -> Vec<Delivery> {
        let web = Delivery {
            channel: Channel::Web,
            address: String::new(),
            state: DeliveryState::Sent,
            tries: 0,
            at: now,
            error: String::new(),
        };
        let person = &dossier.submitter;
        let away = Channel::ALL.into_iter().skip(1).filter_map(|channel| {
            let address = match (to, channel) {
                (Addressee::Applicant, Channel::Email) => person.email.clone(),
                (Addressee::Applicant, _) => person.phone.clone(),
                (Addressee::Staff(_), _) => None,
            }?;
            // The demo shows what would go, as far as the usual two ways.
            let usual = self.is_demo && matches!(channel, Channel::Email | Channel::Sms);
            let goes = self.settings().has(channel) || usual;
            (goes && !address.is_empty()).then(|| self.away(channel, address, now))
        });
        std::iter::once(web).chain(away).collect()
    }

    fn away(&self, channel: Channel, address: String, now: Timestamp) -> Delivery {
        let (state, at) = if self.is_demo {
            (DeliveryState::Withheld, now)
        } else {
            (DeliveryState::Waiting, may_go_at(self.settings().quiet, now))
        };
        Delivery { channel, address, state, tries: 0, at, error: String::new() }
    }

    /// What rules look things up in.
    pub fn directory(&self) -> &dyn Directory {
        self.world.as_ref()
    }
}
