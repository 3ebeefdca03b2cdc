//! Carries letters and one-time codes. One at a time: what a commune sends in a day is little, and a
//! gateway that is down keeps nobody else waiting, since its way is left alone for a while.

use std::collections::HashSet;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{Either, select};
use tokio::sync::watch;
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::timeout;
use ureq::Agent;

use super::{gateway, smtp};
use crate::domain::notice::{Channel, short};
use crate::office::notices::{Carried, Ends, Outcome};
use crate::office::{Failure, Office};

/// Commits are gathered for so long.
const GATHER: Duration = Duration::from_millis(150);
/// How long a way that failed is left alone, and how long the carrier rests after a fault.
const REST: Duration = Duration::from_secs(15);
/// The longest sleep: clocks are set, settings change.
const SLEEP: Duration = Duration::from_secs(60);

/// What a round has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Letters and codes that the other side has taken.
    pub sent: usize,
    /// Tries that failed.
    pub failed: usize,
    /// Deliveries that were given up.
    pub given_up: usize,
}

/// The carrier.
pub struct Carrier {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Carrier {
    /// Starts it, inside a runtime.
    pub fn start(office: &Arc<Office>) -> Self {
        let (stop, stopped) = watch::channel(false);
        Self { stop, task: tokio::spawn(run(office.clone(), stopped)) }
    }

    /// Ends it after the delivery at which it is.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        // A task that panicked has ended as well.
        let _ = self.task.await;
    }
}

async fn run(office: Arc<Office>, mut stopped: watch::Receiver<bool>) {
    let (mut commits, mut codes) = (office.letter_news(), office.code_news());
    loop {
        commits.mark_unchanged();
        codes.mark_unchanged();
        let (carrying, ending) = (office.clone(), stopped.clone());
        let round = spawn_blocking(move || carry(&carrying, &|| *ending.borrow())).await;
        let wait = match round {
            Ok(Ok(round)) if round.failed == 0 && round.sent > 0 => Duration::ZERO,
            Ok(Ok(Round { failed: 0, .. })) => until_next(&office),
            Ok(Ok(_)) => REST,
            Ok(Err(failure)) => {
                tracing::error!(%failure, "letters cannot be carried");
                REST
            }
            Err(error) => {
                tracing::error!(%error, "letters cannot be carried");
                REST
            }
        };
        let woken = timeout(wait, news(&mut commits, &mut codes));
        let end = stopped.wait_for(|stopped| *stopped);
        if let Either::Right(_) = select(pin!(woken), pin!(end)).await {
            return;
        }
        if timeout(GATHER, stopped.wait_for(|stopped| *stopped)).await.is_ok() {
            return;
        }
    }
}

/// Waits until there may be something to carry.
async fn news(commits: &mut watch::Receiver<u64>, codes: &mut watch::Receiver<u64>) {
    // Neither can be closed while the office is open.
    let _ = select(pin!(commits.changed()), pin!(codes.changed())).await;
}

/// How long nothing is due.
fn until_next(office: &Office) -> Duration {
    let next = office.next_delivery_at().ok().flatten();
    let wait = next.map(|at| at.duration_since(office.now()));
    wait.map_or(SLEEP, |wait| Duration::try_from(wait).unwrap_or(GATHER)).clamp(GATHER, SLEEP)
}

/// Carries everything that is due now, until `is_over`. After a failure a way is left alone for the
/// rest of the round.
///
/// # Errors
/// The store fails. What was sent and not written down is sent again, with the same id.
pub fn carry(office: &Office, is_over: &dyn Fn() -> bool) -> Result<Round, Failure> {
    let ways = Ways { ends: office.ends()?, agent: gateway::agent() };
    let mut round = Round::default();
    carry_codes(office, &ways, &mut round);
    let (mut resting, mut later) = (HashSet::new(), Vec::new());
    for due in office.due_deliveries()? {
        if is_over() {
            break;
        }
        // Whoever waits at a page for a code does not wait for everybody's letters.
        carry_codes(office, &ways, &mut round);
        if resting.contains(&due.channel) {
            later.push(due);
            continue;
        }
        let outcome = ways.send(due.channel, &due.id, &due.to, &due.subject, &due.text);
        if let Outcome::Failed(why) = &outcome {
            tracing::warn!(channel = due.channel.id(), why, "a letter could not be sent");
            resting.insert(due.channel);
        }
        match office.settle_delivery(&due, outcome)? {
            Carried::Sent => round.sent += 1,
            Carried::Again => round.failed += 1,
            Carried::GivenUp => round.given_up += 1,
        }
    }
    office.postpone(later)?;
    Ok(round)
}

/// Carries the one-time codes and trials that wait.
fn carry_codes(office: &Office, ways: &Ways, round: &mut Round) {
    for code in office.take_codes() {
        let Some(channel) = code.trial.or_else(|| ways.contact(&code.to)) else {
            tracing::warn!("a one-time code has no way: no gateway is set");
            code.settle(false);
            continue;
        };
        let text = ways.short(channel, &code.text);
        let error = match ways.send(channel, &code.id, &code.to, &code.subject, &text) {
            Outcome::Taken => {
                round.sent += 1;
                None
            }
            // Whoever waits asks for another one: a code of yesterday helps nobody.
            Outcome::Failed(why) | Outcome::Hopeless(why) => {
                round.failed += 1;
                tracing::warn!(channel = channel.id(), why, "a code or trial could not be sent");
                Some(why)
            }
        };
        let is_taken = error.is_none();
        if code.trial.is_some() {
            office.note_trial(channel, error);
        }
        code.settle(is_taken);
    }
}

struct Ways {
    ends: Ends,
    agent: Agent,
}

impl Ways {
    fn send(&self, channel: Channel, id: &str, to: &str, subject: &str, text: &str) -> Outcome {
        let unset = || Outcome::Failed("kênh chưa được cài đặt".to_owned());
        match channel {
            Channel::Web => Outcome::Taken,
            Channel::Email => match &self.ends.email {
                Some(server) => smtp::send(server, id, to, subject, text),
                None => unset(),
            },
            Channel::Sms | Channel::Zalo | Channel::Other => {
                match self.ends.gateways.get(channel.id()) {
                    Some(gateway) => gateway::send(&self.agent, gateway, id, to, text),
                    None => unset(),
                }
            }
        }
    }

    /// The way of a one-time code.
    fn contact(&self, to: &str) -> Option<Channel> {
        if to.contains('@') {
            return self.ends.email.as_ref().map(|_| Channel::Email);
        }
        Channel::GATEWAYS.into_iter().find(|channel| self.ends.gateways.contains_key(channel.id()))
    }

    fn short(&self, channel: Channel, text: &str) -> String {
        if channel == Channel::Email {
            return text.to_owned();
        }
        let gateway = self.ends.gateways.get(channel.id());
        short(text, gateway.is_none_or(|gateway| gateway.plain))
    }
}
