//! What the carrier takes from the outbox, and how it writes down what came of it. A crash between
//! the two sends a letter twice, with the same id; it never loses one.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{oneshot, watch};
use tokio::time::timeout;

use super::words;
use crate::domain::notice::{Channel, Delivery, DeliveryState, Letter, may_go_at, retry_at, short};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::{Lang, Message};
use crate::office::sessions::clean_contact;
use crate::office::{Failure, Office};
use crate::store::outbox::{LetterId, Listed, Posted};
use crate::store::reader::Reader;

/// Most deliveries of one round.
const ROUND: usize = 200;
/// Most one-time codes that wait: more are somebody's mischief.
const CODES: usize = 500;

/// A delivery that is due now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    listed: Listed,
    before: Delivery,
    /// The letter's name towards gateways: the same at every try.
    pub id: String,
    /// The way.
    pub channel: Channel,
    /// The phone or address.
    pub to: String,
    /// The subject, for email.
    pub subject: String,
    /// The text of this way.
    pub text: String,
}

/// How a try went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The other side has taken it.
    Taken,
    /// It may work later; the words hold no person.
    Failed(String),
    /// It will never work, such as an address that does not exist.
    Hopeless(String),
}

/// What became of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carried {
    /// It is there.
    Sent,
    /// It is tried again.
    Again,
    /// It was given up.
    GivenUp,
}

/// How long whoever asked for a code waits to be told that it has left: longer than a gateway is
/// waited for.
const PATIENCE: Duration = Duration::from_secs(25);

/// A one-time code on its way; it lives five minutes and is not stored.
pub struct UrgentCode {
    /// Names it to the other side, so that what is sent twice arrives once.
    pub id: String,
    /// A phone or an email address.
    pub to: String,
    /// The subject, for email.
    pub subject: String,
    /// The sentence with the code.
    pub text: String,
    /// The way that is tried out with it; codes take the first one that fits.
    pub trial: Option<Channel>,
    /// Who waits to be told whether it has left.
    left: Option<oneshot::Sender<bool>>,
}

impl UrgentCode {
    /// Tells whoever waits whether the other side has taken it.
    pub fn settle(self, is_taken: bool) {
        if let Some(left) = self.left {
            // Nobody waits any more: they were told that it failed.
            let _ = left.send(is_taken);
        }
    }
}

/// A one-time code that was made: in the demo it is shown, otherwise it is on its way.
pub struct SentCode {
    code: String,
    left: Option<oneshot::Receiver<bool>>,
}

impl SentCode {
    pub(in crate::office) const fn new(
        code: String,
        left: Option<oneshot::Receiver<bool>>,
    ) -> Self {
        Self { code, left }
    }

    /// The code, for the demo's page, once a gateway or mail server has taken it.
    ///
    /// # Errors
    /// None has: the way is down, or does not know the phone or address.
    pub async fn left(self) -> Result<String, Failure> {
        let taken = match self.left {
            None => true,
            Some(left) => matches!(timeout(PATIENCE, left).await, Ok(Ok(true))),
        };
        if taken {
            return Ok(self.code);
        }
        let refusal = Refusal::field("contact", words::CODE_NOT_TAKEN);
        Err(Refusal { kind: RefusalKind::Impossible, ..refusal }.into())
    }
}

/// How trying out a way went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// When.
    pub at: Timestamp,
    /// What went wrong; nothing when it was taken.
    pub error: Option<String>,
}

/// One-time codes that wait for the carrier, and how trials went.
pub(in crate::office) struct Urgent {
    codes: Mutex<VecDeque<UrgentCode>>,
    trials: Mutex<BTreeMap<Channel, Trial>>,
    news: watch::Sender<u64>,
}

impl Default for Urgent {
    fn default() -> Self {
        let (codes, trials) = (Mutex::default(), Mutex::default());
        Self { codes, trials, news: watch::channel(0).0 }
    }
}

impl Urgent {
    fn push(&self, code: UrgentCode) {
        let mut codes = self.codes.lock().unwrap_or_else(PoisonError::into_inner);
        if codes.len() >= CODES {
            codes.pop_front();
        }
        codes.push_back(code);
        drop(codes);
        self.news.send_modify(|count| *count += 1);
    }
}

impl Office {
    /// Refuses a one-time code for a phone or address to which nothing can go. The demo shows codes.
    pub(in crate::office) fn check_code_way(&self, contact: &str) -> Result<(), Failure> {
        let world = self.world();
        let has = |channel| world.notices.has(channel);
        let (by_mail, by_phone) = (has(Channel::Email), Channel::GATEWAYS.into_iter().any(has));
        let is_mail = contact.contains('@');
        if self.is_demo || if is_mail { by_mail } else { by_phone } {
            return Ok(());
        }
        let missing = match (by_mail, by_phone) {
            (true, _) => words::NO_PHONE_WAY,
            (_, true) => words::NO_MAIL_WAY,
            (false, false) => words::NO_WAY,
        };
        Err(Refusal { kind: RefusalKind::Impossible, ..Refusal::field("contact", missing) }.into())
    }

    /// Gives a one-time code to the carrier; who waits for the answer hears whether it has left. In
    /// the demo it is shown on the page instead.
    pub(in crate::office) fn carry_code(
        &self,
        contact: &str,
        (code, purpose): (&str, Message),
        minutes: i64,
    ) -> Option<oneshot::Receiver<bool>> {
        if self.is_demo {
            return None;
        }
        let minutes = minutes.to_string();
        let (left, waits) = oneshot::channel();
        self.urgent.push(UrgentCode {
            id: self.urgent_id(),
            to: contact.to_owned(),
            subject: words::CODE_SUBJECT.say(Lang::Vi).to_owned(),
            text: words::CODE_TEXT.fill(
                Lang::Vi,
                &[("code", code), ("purpose", purpose.say(Lang::Vi)), ("minutes", &minutes)],
            ),
            trial: None,
            left: Some(left),
        });
        Some(waits)
    }

    fn urgent_id(&self) -> String {
        format!("{:032x}", u128::from_be_bytes(self.env.bytes()))
    }

    /// Sends a text that says nothing, to try a way out. How it went is found in
    /// [`Office::trials`] a moment later.
    ///
    /// # Errors
    /// The phone or address is none, the way is not set, or this is the demo.
    pub fn try_channel(&self, channel: Channel, to: &str) -> Result<(), Failure> {
        if self.is_demo {
            return Err(Refusal::new(RefusalKind::Impossible, words::DEMO_KEEPS).into());
        }
        let world = self.world();
        if channel == Channel::Web || !world.notices.has(channel) {
            return Err(Refusal::field("channel", words::CHANNEL_UNSET).into());
        }
        let is_fit = |to: &String| to.contains('@') == (channel == Channel::Email);
        let to = clean_contact(to).filter(is_fit);
        let to = to.ok_or_else(|| Refusal::field("to", words::TO_WRONG))?;
        let agency = world.home().map(|agency| agency.name.clone()).unwrap_or_default();
        self.urgent.push(UrgentCode {
            id: self.urgent_id(),
            to,
            subject: words::TEST_SUBJECT.say(Lang::Vi).to_owned(),
            text: words::TEST_TEXT.fill(Lang::Vi, &[("agency", &agency)]),
            trial: Some(channel),
            left: None,
        });
        Ok(())
    }

    /// Writes down how a trial went, until the end of the process.
    pub fn note_trial(&self, channel: Channel, error: Option<String>) {
        let trial = Trial { at: self.env.now(), error };
        let mut trials = self.urgent.trials.lock().unwrap_or_else(PoisonError::into_inner);
        trials.insert(channel, trial);
    }

    /// How the last trial of each way went.
    pub fn trials(&self) -> BTreeMap<Channel, Trial> {
        self.urgent.trials.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The codes that wait; they wait no longer.
    pub fn take_codes(&self) -> Vec<UrgentCode> {
        let mut codes = self.urgent.codes.lock().unwrap_or_else(PoisonError::into_inner);
        codes.drain(..).collect()
    }

    /// Tells when a code waits.
    pub fn code_news(&self) -> watch::Receiver<u64> {
        self.urgent.news.subscribe()
    }

    /// Tells of each commit, in which letters may lie.
    pub fn letter_news(&self) -> watch::Receiver<u64> {
        self.ledger.commits()
    }

    /// The deliveries that are due, at most one a dossier and way: the next one follows when it has
    /// gone, so that a dossier's letters keep their order.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn due_deliveries(&self) -> Result<Vec<Due>, Failure> {
        let now = self.env.now();
        let reader = self.ledger.reader()?;
        let mut seen = HashSet::new();
        let mut due = Vec::new();
        for listed in reader.deliveries(DeliveryState::Waiting, ROUND)? {
            if listed.at > now {
                break;
            }
            if seen.insert((listed.letter.dossier, listed.channel)) {
                due.extend(self.first_of(&reader, &listed, now)?);
            }
        }
        Ok(due)
    }

    /// When the next delivery is due, if one waits.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn next_delivery_at(&self) -> Result<Option<Timestamp>, Failure> {
        let first = self.ledger.reader()?.deliveries(DeliveryState::Waiting, 1)?;
        Ok(first.first().map(|listed| listed.at))
    }

    /// The earliest letter of this dossier, reader and way that waits, if its time has come; else
    /// those behind it wait for it.
    fn first_of(
        &self,
        reader: &Reader,
        listed: &Listed,
        now: Timestamp,
    ) -> Result<Option<Due>, Failure> {
        let letters = reader.letters(listed.letter.dossier)?;
        let waiting = |posted: &Posted| {
            let found = posted.letter.deliveries.iter().find(|delivery| {
                delivery.channel == listed.channel && delivery.state == DeliveryState::Waiting
            });
            found.cloned().map(|delivery| (posted.id, delivery))
        };
        let Some((id, first)) = letters.iter().find_map(waiting) else { return Ok(None) };
        if first.at > now {
            self.wait_for(listed, &first)?;
            return Ok(None);
        }
        let Some(posted) = letters.iter().find(|posted| posted.id == id) else { return Ok(None) };
        let listed = Listed { letter: id, channel: listed.channel, at: first.at };
        Ok(Some(self.due(listed, first, &posted.letter)))
    }

    fn due(&self, listed: Listed, before: Delivery, letter: &Letter) -> Due {
        let channel = listed.channel;
        let world = self.world();
        let plain = world.notices.gateway(channel).is_none_or(|gateway| gateway.plain);
        Due {
            id: name_of(listed.letter, channel),
            channel,
            to: before.address.clone(),
            subject: letter.subject.clone(),
            text: match channel {
                Channel::Web | Channel::Email => letter.long.clone(),
                Channel::Sms => short(&letter.short, plain),
                Channel::Zalo | Channel::Other if plain => short(&letter.short, true),
                Channel::Zalo | Channel::Other => letter.long.clone(),
            },
            listed,
            before,
        }
    }

    /// A delivery waits as long as the one before it.
    fn wait_for(&self, listed: &Listed, first: &Delivery) -> Result<(), Failure> {
        let (listed, at) = (*listed, first.at);
        self.ledger.run_blocking(move |txn| {
            let Some(mut delivery) = txn.delivery(&listed)? else { return Ok(()) };
            delivery.at = at;
            txn.settle_delivery(&listed, &delivery).map(|_| ())
        })?;
        Ok(())
    }

    /// Puts deliveries off for a minute without counting a try: their way is down at the moment,
    /// and others must not wait behind them.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn postpone(&self, later: Vec<Due>) -> Result<(), Failure> {
        if later.is_empty() {
            return Ok(());
        }
        let at = retry_at(None, 1, self.env.now());
        self.ledger.run_blocking(move |txn| {
            for due in later {
                txn.settle_delivery(&due.listed, &Delivery { at, ..due.before })?;
            }
            Ok(())
        })?;
        Ok(())
    }

    /// Writes down how a try went.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn settle_delivery(&self, due: &Due, outcome: Outcome) -> Result<Carried, Failure> {
        let world = self.world();
        let settings = &world.notices;
        let now = self.env.now();
        let tries = due.before.tries + 1;
        let (state, at, error, carried) = match outcome {
            Outcome::Taken => (DeliveryState::Sent, now, String::new(), Carried::Sent),
            Outcome::Failed(error) if tries < settings.tries => {
                let at = retry_at(settings.quiet, tries, now);
                (DeliveryState::Waiting, at, error, Carried::Again)
            }
            Outcome::Failed(error) | Outcome::Hopeless(error) => {
                (DeliveryState::Dead, now, error, Carried::GivenUp)
            }
        };
        let after = Delivery { state, tries, at, error, ..due.before.clone() };
        let listed = due.listed;
        self.ledger.run_blocking(move |txn| txn.settle_delivery(&listed, &after))?;
        Ok(carried)
    }

    /// Sends a delivery that was given up once more, as if it were new.
    pub(super) fn revive(&self, listed: Listed, before: Delivery) -> Result<bool, Failure> {
        let quiet = self.world().notices.quiet;
        let at = may_go_at(quiet, self.env.now());
        let after = Delivery { state: DeliveryState::Waiting, tries: 0, at, ..before };
        let done = self.ledger.run_blocking(move |txn| txn.settle_delivery(&listed, &after))?;
        // No event came with it, so no commit is announced: the carrier is told otherwise.
        self.urgent.news.send_modify(|count| *count += 1);
        Ok(done.value)
    }
}

/// The name of a delivery towards the other side: says nothing, and is the same at every try.
fn name_of(id: LetterId, channel: Channel) -> String {
    let digest = crate::store::event_log::sha256(
        &[&id.dossier.0[..], &id.version.to_be_bytes(), &[id.place], channel.id().as_bytes()]
            .concat(),
    );
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
