//! The writer's two threads. One decides commands on a snapshot plus the changes of those before
//! them; the other commits what was decided, one transaction and one fsync a batch, and only then
//! answers. While the disk works on one batch, the next ones are decided on top of it, so that it goes
//! from one to the next without waiting; when a commit fails, what was decided on top of it fails too.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc as threads;
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{mpsc, watch};

use super::engine::{Batch, Fault, FaultKind, Snapshot};
use super::ledger::{Failure, Shared};
use super::outbox::UnsealedLetter;
use super::reader::Reader;
use super::sealing::seal_letters;
use super::txn::{Heads, InFlight, Txn};

/// Most commands of one commit.
const MAX_COMMANDS: usize = 256;
/// Commands for which a disk that has nothing to do is not kept waiting for more. As many are also
/// worth a place behind the batch that the disk is working on.
const ENOUGH: usize = 32;
/// Events that are worth it whatever the number of commands.
const ENOUGH_EVENTS: usize = 512;
/// Batches that may be on their way to the disk: one that it works on, and one for its next moment.
const MOST_IN_FLIGHT: usize = 2;
/// A clock that jumps back further makes the store read-only until somebody confirms.
const MAX_CLOCK_STEP: SignedDuration = SignedDuration::from_mins(5);

/// Answers a command, once it is known whether its commit succeeded.
pub(super) type Finish = Box<dyn FnOnce(Result<u64, Arc<Fault>>) + Send>;
/// Decides a command, or answers it at once with a fault.
pub(super) type Work = Box<dyn FnOnce(Result<&mut Txn<'_>, Arc<Fault>>) -> Option<Finish> + Send>;

/// What the deciding thread waits for.
pub(super) enum Message {
    /// A command.
    Work(Work),
    /// The disk has finished; the outcome lies in its own channel.
    Wake,
}

/// A decided batch on its way to the disk.
struct Committing {
    decided: InFlight,
    letters: Vec<UnsealedLetter>,
    commit: u64,
    has_events: bool,
    finishes: Vec<Finish>,
    line: u64,
}

type Outcome = Result<(), Arc<Fault>>;

/// The thread that commits.
struct Committer {
    shared: Arc<Shared>,
    batches: threads::Receiver<Committing>,
    outcomes: threads::Sender<Outcome>,
    queue: mpsc::WeakSender<Message>,
    announce: Arc<watch::Sender<u64>>,
    hindrance: Hindrance,
    /// The line of batches of which one failed: what follows in it was decided on what is not there.
    broken: Option<u64>,
}

/// What kept the last batch from the disk; nothing after one that reached it.
#[derive(Clone, Default)]
pub(super) struct Hindrance(Arc<Mutex<Option<Arc<Fault>>>>);

impl Hindrance {
    /// What it is now.
    pub fn now(&self) -> Option<Arc<Fault>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, fault: Option<Arc<Fault>>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = fault;
    }
}

impl Committer {
    fn run(mut self) {
        while let Ok(committing) = self.batches.recv() {
            let outcome = if self.broken == Some(committing.line) {
                Err(Arc::new(after_a_failure()))
            } else {
                self.commit(&committing)
            };
            if outcome.is_err() {
                self.broken = Some(committing.line);
            }
            // Without anybody to hear it, the writer is ending.
            let _ = self.outcomes.send(outcome.clone());
            if let Some(queue) = self.queue.upgrade() {
                // A full queue wakes the other thread as well.
                let _ = queue.try_send(Message::Wake);
            }
            let outcome = outcome.map(|()| committing.commit);
            for finish in committing.finishes {
                finish(outcome.clone());
            }
        }
    }

    fn commit(&self, committing: &Committing) -> Outcome {
        let mut batch = Batch::clone(&committing.decided.batch);
        if !committing.letters.is_empty() {
            let letters = seal_letters(&committing.letters, &self.shared.env);
            batch.append(letters.clone());
            // Nobody else sets them.
            let _ = committing.decided.letters.set(letters);
        }
        let outcome = self.shared.engine.apply(&batch).map_err(Arc::new);
        // An empty batch never asks the disk.
        if outcome.is_err() || !batch.is_empty() {
            self.hindrance.set(outcome.as_ref().err().cloned());
        }
        if outcome.is_ok() && committing.has_events {
            self.announce.send_replace(committing.commit);
        }
        outcome
    }
}

/// What the writer shares with its handles.
pub(super) struct Signals {
    /// Somebody has confirmed the clock.
    pub clock_confirmed: Arc<AtomicBool>,
    /// Commands decided.
    pub decided: Arc<AtomicU64>,
    /// What kept the last batch from the disk.
    pub hindrance: Hindrance,
}

/// The thread that decides.
pub(super) struct Writer {
    shared: Arc<Shared>,
    queue: mpsc::Receiver<Message>,
    batches: threads::Sender<Committing>,
    outcomes: threads::Receiver<Outcome>,
    /// The batches on their way to the disk, in their order.
    in_flight: VecDeque<InFlight>,
    /// Counts how often what was in flight was lost: batches of one number build on each other.
    line: u64,
    announce: Arc<watch::Sender<u64>>,
    signals: Signals,
    /// The last commit with events, as if what is in flight had succeeded.
    last_commit: u64,
    last_at: Timestamp,
    heads: Heads,
    /// The last instant before a jump back of the clock that somebody has confirmed.
    accepted_jump_from: Option<Timestamp>,
    /// Whether a commit failed, so that what is in memory may not be what is on the disk.
    is_unsure: bool,
}

/// The two threads, for whoever ends the writer.
pub(super) struct Threads {
    /// Ends after the committing one.
    pub deciding: JoinHandle<()>,
    /// The committing one, which answers commands.
    pub committing: std::thread::ThreadId,
}

impl Writer {
    /// Starts both threads.
    pub fn start(
        shared: Arc<Shared>,
        (sender, queue): (&mpsc::Sender<Message>, mpsc::Receiver<Message>),
        announce: watch::Sender<u64>,
        last_at: Timestamp,
        signals: Signals,
    ) -> Result<Threads, Fault> {
        let (batches, to_commit) = threads::channel();
        let (done, outcomes) = threads::channel();
        let announce = Arc::new(announce);
        let committer = Committer {
            shared: shared.clone(),
            batches: to_commit,
            outcomes: done,
            queue: sender.downgrade(),
            announce: announce.clone(),
            hindrance: signals.hindrance.clone(),
            broken: None,
        };
        let last_commit = *announce.borrow();
        let writer = Self {
            shared,
            queue,
            batches,
            outcomes,
            in_flight: VecDeque::new(),
            line: 0,
            announce,
            signals,
            last_commit,
            last_at,
            heads: Heads::default(),
            accepted_jump_from: None,
            is_unsure: false,
        };
        let committer = spawn("commit", move || committer.run())?;
        let committing = committer.thread().id();
        let deciding = spawn("decide", move || {
            writer.run();
            // It has answered everything when it ends; one that panicked is gone.
            let _ = committer.join();
        })?;
        Ok(Threads { deciding, committing })
    }

    fn run(mut self) {
        while let Some(message) = self.queue.blocking_recv() {
            if let Message::Work(first) = message {
                self.batch(first);
            }
        }
    }

    /// Decides a command and those that come while the disk is busy, and hands them over.
    fn batch(&mut self, first: Work) {
        self.hear();
        let (snapshot, at) = match self.start_batch() {
            Ok(started) => started,
            Err(failure) => return self.refuse(first, failure),
        };
        let shared = self.shared.clone();
        let last = (self.last_at, self.last_commit);
        let in_flight = self.in_flight.iter().rev().cloned().collect();
        let mut txn = Txn::new(snapshot.as_ref(), &shared, at, last, &self.heads, in_flight);
        let (mut decided, mut finishes) = (1, Vec::new());
        finishes.extend(first(Ok(&mut txn)));
        loop {
            // Asked before each command: those who were just answered come back at once, and must
            // not keep a disk waiting that could be working on what the others sent meanwhile.
            self.hear();
            let most = match self.in_flight.len() {
                0 => ENOUGH,
                1 => 2 * ENOUGH,
                _ => MAX_COMMANDS,
            };
            let has_room = self.in_flight.len() < MOST_IN_FLIGHT;
            let is_full = decided >= most || (has_room && txn.events() >= ENOUGH_EVENTS);
            if !is_full && let Ok(message) = self.queue.try_recv() {
                decided += take(message, &mut txn, &mut finishes);
                continue;
            }
            let is_worth_it = is_full || decided >= ENOUGH;
            if self.in_flight.is_empty() || (has_room && is_worth_it) {
                break;
            }
            txn.seal_so_far();
            // The disk is busy: wait for it, or for a command that can still join.
            match if decided < MAX_COMMANDS { self.queue.blocking_recv() } else { None } {
                Some(message) => decided += take(message, &mut txn, &mut finishes),
                None => self.wait(),
            }
        }
        self.signals.decided.fetch_add(decided as u64, Ordering::Relaxed);
        if self.is_unsure {
            return fail(finishes, after_a_failure());
        }
        let closed = match txn.close() {
            Ok(closed) => closed,
            Err(fault) => return fail(finishes, fault),
        };
        let commit = self.last_commit + 1;
        (self.heads, self.last_at) = (closed.heads, closed.last_at);
        self.last_commit += u64::from(closed.has_events);
        let decided = InFlight { batch: Arc::new(closed.batch), letters: Arc::default() };
        self.in_flight.push_back(decided.clone());
        let (letters, has_events, line) = (closed.letters, closed.has_events, self.line);
        let committing = Committing { decided, letters, commit, has_events, finishes, line };
        if self.batches.send(committing).is_err() {
            // The other thread is gone, and its commands with it: their senders see that.
            self.in_flight.clear();
            self.is_unsure = true;
        }
    }

    /// Takes in what the disk has said.
    fn hear(&mut self) {
        while !self.in_flight.is_empty() {
            match self.outcomes.try_recv() {
                Ok(outcome) => self.heard(outcome.is_ok()),
                Err(threads::TryRecvError::Empty) => break,
                Err(threads::TryRecvError::Disconnected) => self.heard(false),
            }
        }
    }

    /// Waits until the disk has said something.
    fn wait(&mut self) {
        if !self.in_flight.is_empty() {
            let outcome = self.outcomes.recv();
            self.heard(matches!(outcome, Ok(Ok(()))));
        }
    }

    fn heard(&mut self, is_ok: bool) {
        self.in_flight.pop_front();
        self.is_unsure |= !is_ok;
    }

    fn refuse(&self, work: Work, failure: Failure) {
        let fault = match failure {
            Failure::Fault(fault) => fault,
            Failure::Refused(refusal) => {
                let what = refusal.to_string();
                Arc::new(Fault::new(FaultKind::Misuse, "starting a batch", what))
            }
        };
        self.signals.hindrance.set(Some(fault.clone()));
        // With a fault there is nothing to finish.
        let _ = work(Err(fault));
    }

    fn start_batch(&mut self) -> Result<(Box<dyn Snapshot>, Timestamp), Failure> {
        if self.is_unsure {
            while !self.in_flight.is_empty() {
                self.wait();
            }
            self.line += 1;
            // A commit that failed may be on the disk all the same: only the disk knows.
            let last = Reader::new(self.shared.clone())?.last_commit()?;
            self.heads.clear();
            self.last_at = last.as_ref().map_or(self.last_at, |row| row.at);
            self.last_commit = last.map_or(0, |row| row.commit);
            self.announce.send_replace(self.last_commit);
            self.is_unsure = false;
        }
        let now = self.shared.env.now();
        if self.last_at.duration_since(now) > MAX_CLOCK_STEP {
            if self.signals.clock_confirmed.swap(false, Ordering::AcqRel) {
                self.accepted_jump_from = Some(self.last_at);
            }
            // Until the clock catches up, instants stay at the last one.
            if self.accepted_jump_from != Some(self.last_at) {
                let what = format!("the clock says {now}, the last event is of {}", self.last_at);
                return Err(Fault::new(FaultKind::ClockBehind, "stamping the time", what).into());
            }
        }
        Ok((self.shared.engine.snapshot()?, now.max(self.last_at)))
    }
}

/// Why nothing that was decided on top of a failed commit stands.
fn after_a_failure() -> Fault {
    Fault::new(FaultKind::Interrupted, "commit", "the commit before this one failed")
}

/// Tells everybody that the batch failed.
fn fail(finishes: Vec<Finish>, fault: Fault) {
    let fault = Arc::new(fault);
    finishes.into_iter().for_each(|finish| finish(Err(fault.clone())));
}

/// Decides a command; 1 if it was one.
fn take(message: Message, txn: &mut Txn<'_>, finishes: &mut Vec<Finish>) -> usize {
    match message {
        Message::Work(work) => {
            finishes.extend(work(Ok(txn)));
            1
        }
        Message::Wake => 0,
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Fault> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
        .map_err(|error| Fault::caused(FaultKind::Storage, "starting the writer", error))
}
