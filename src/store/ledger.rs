//! The one writer. Commands queue up, are decided one after the other on a snapshot plus the changes
//! of those before them, and reach the engine together: one transaction, one fsync. Only then does
//! anybody get an answer, so what was acknowledged is on the disk.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{mpsc, oneshot, watch};

use super::codec::wire::Damaged;
use super::engine::{Engine, Fault, FaultKind, Snapshot};
use super::keyring::{SealKey, Unsealable};
use super::reader::Reader;
use super::txn::{Heads, Txn};
use crate::domain::refusal::Refusal;
use crate::env::Env;

/// Most commands of one commit.
const MAX_COMMANDS: usize = 256;
/// Commands that may wait before senders do.
const QUEUE: usize = 4_096;
/// A clock that jumps back further makes the store read-only until somebody confirms.
const MAX_CLOCK_STEP: SignedDuration = SignedDuration::from_mins(5);

/// Why a command has no effect.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Failure {
    /// It was refused: the sentence is for the person.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store failed: the words are for the log.
    #[error(transparent)]
    Fault(Arc<Fault>),
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Fault(Arc::new(fault))
    }
}

impl From<Damaged> for Failure {
    fn from(damaged: Damaged) -> Self {
        Fault::new(FaultKind::Damaged, "reading a stored value", damaged.to_string()).into()
    }
}

impl From<Unsealable> for Failure {
    fn from(unsealable: Unsealable) -> Self {
        Fault::new(FaultKind::Damaged, "opening a sealed part", unsealable.to_string()).into()
    }
}

type Finish = Box<dyn FnOnce(Result<u64, Arc<Fault>>) + Send>;
type Work = Box<dyn FnOnce(Result<&mut Txn<'_>, Arc<Fault>>) -> Option<Finish> + Send>;

/// What every part of the store shares.
pub struct Shared {
    /// The durable engine.
    pub engine: Arc<dyn Engine>,
    /// The key under which dossier keys are wrapped.
    pub wrapping: SealKey,
    /// Clock and randomness.
    pub env: Env,
}

/// The writer's handle; cheap to clone.
#[derive(Clone)]
pub struct Ledger {
    shared: Arc<Shared>,
    writer: Arc<WriterThread>,
    commits: watch::Receiver<u64>,
    clock_confirmed: Arc<AtomicBool>,
    decided: Arc<AtomicU64>,
}

/// The writer's queue and thread. The last handle to go waits until the writer has finished what it
/// accepted, so that the engine closes cleanly.
struct WriterThread {
    queue: Option<mpsc::Sender<Work>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for WriterThread {
    fn drop(&mut self) {
        self.queue.take();
        // A command that holds the last handle cannot wait for itself.
        if let Some(thread) = self.thread.take()
            && thread.thread().id() != std::thread::current().id()
        {
            // It catches what commands throw; a writer that panicked all the same is gone.
            let _ = thread.join();
        }
    }
}

/// What a command left behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Committed<T> {
    /// Its answer.
    pub value: T,
    /// The commit that made it durable.
    pub commit: u64,
}

impl Ledger {
    /// Starts the writer's thread on an engine.
    ///
    /// # Errors
    /// The last commit cannot be read, or no thread can be started.
    pub fn start(engine: Arc<dyn Engine>, wrapping: SealKey, env: Env) -> Result<Self, Failure> {
        let shared = Arc::new(Shared { engine, wrapping, env });
        let last = Reader::new(shared.clone())?.last_commit()?;
        let (queue, work) = mpsc::channel(QUEUE);
        let (announce, commits) = watch::channel(last.as_ref().map_or(0, |row| row.commit));
        let clock_confirmed = Arc::new(AtomicBool::new(false));
        let decided = Arc::new(AtomicU64::new(0));
        let writer = Writer {
            shared: shared.clone(),
            work,
            announce,
            last_at: last.map_or(Timestamp::MIN, |row| row.at),
            heads: Heads::default(),
            clock_confirmed: clock_confirmed.clone(),
            decided: decided.clone(),
            accepted_jump_from: None,
            is_unsure: false,
        };
        let thread = std::thread::Builder::new()
            .name("ledger".to_owned())
            .spawn(move || writer.run())
            .map_err(|error| Fault::caused(FaultKind::Storage, "starting the writer", error))?;
        let writer = Arc::new(WriterThread { queue: Some(queue), thread: Some(thread) });
        Ok(Self { shared, writer, commits, clock_confirmed, decided })
    }

    /// Runs a command in the writer and waits until it is durable.
    ///
    /// # Errors
    /// The refusal of `work`, or a fault; nothing has changed then.
    pub async fn run<T, F>(&self, work: F) -> Result<Committed<T>, Failure>
    where
        T: Send + 'static,
        F: FnOnce(&mut Txn<'_>) -> Result<T, Failure> + Send + 'static,
    {
        let (job, answer) = job(work);
        self.queue()?.send(job).await.map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }

    /// As [`Ledger::run`], for threads outside the runtime.
    ///
    /// # Errors
    /// As [`Ledger::run`].
    pub fn run_blocking<T, F>(&self, work: F) -> Result<Committed<T>, Failure>
    where
        T: Send + 'static,
        F: FnOnce(&mut Txn<'_>) -> Result<T, Failure> + Send + 'static,
    {
        let (job, answer) = job(work);
        self.queue()?.blocking_send(job).map_err(|_| stopped())?;
        answer.blocking_recv().map_err(|_| stopped())?
    }

    fn queue(&self) -> Result<&mpsc::Sender<Work>, Failure> {
        self.writer.queue.as_ref().ok_or_else(stopped)
    }

    /// A consistent view of everything committed.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn reader(&self) -> Result<Reader, Failure> {
        Reader::new(self.shared.clone())
    }

    /// Tells of each commit; followers wait on it.
    pub fn commits(&self) -> watch::Receiver<u64> {
        self.commits.clone()
    }

    /// Commands decided since the start, and commands that wait.
    pub fn traffic(&self) -> (u64, u64) {
        let queue = self.writer.queue.as_ref();
        let waiting = queue.map_or(0, |queue| queue.max_capacity() - queue.capacity());
        (self.decided.load(Ordering::Relaxed), waiting as u64)
    }

    /// Somebody has looked at the clock and says that it is right now.
    pub fn confirm_clock(&self) {
        self.clock_confirmed.store(true, Ordering::Release);
    }

    /// Engine, key and environment, for followers and checks.
    pub fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }
}

fn stopped() -> Failure {
    Fault::new(FaultKind::Interrupted, "sending a command", "the writer has stopped").into()
}

type Answer<T> = oneshot::Receiver<Result<Committed<T>, Failure>>;

fn job<T, F>(work: F) -> (Work, Answer<T>)
where
    T: Send + 'static,
    F: FnOnce(&mut Txn<'_>) -> Result<T, Failure> + Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    let job: Work = Box::new(move |txn| {
        let txn = match txn {
            Ok(txn) => txn,
            Err(fault) => {
                answer_with(reply, Err(Failure::Fault(fault)));
                return None;
            }
        };
        // A panicking command takes only itself down: its changes are dropped with it.
        let outcome = catch_unwind(AssertUnwindSafe(|| work(txn))).unwrap_or_else(|_| {
            Err(Fault::new(FaultKind::Misuse, "deciding a command", "the command panicked").into())
        });
        txn.settle(outcome.is_ok());
        let finish: Finish = Box::new(move |commit| {
            let result = match (outcome, commit) {
                (Ok(value), Ok(commit)) => Ok(Committed { value, commit }),
                (Ok(_), Err(fault)) => Err(Failure::Fault(fault)),
                (Err(failure), _) => Err(failure),
            };
            answer_with(reply, result);
        });
        Some(finish)
    });
    (job, answer)
}

fn answer_with<T>(
    reply: oneshot::Sender<Result<Committed<T>, Failure>>,
    result: Result<Committed<T>, Failure>,
) {
    // The sender may have gone away; what was committed stands all the same.
    let _ = reply.send(result);
}

struct Writer {
    shared: Arc<Shared>,
    work: mpsc::Receiver<Work>,
    announce: watch::Sender<u64>,
    last_at: Timestamp,
    heads: Heads,
    clock_confirmed: Arc<AtomicBool>,
    decided: Arc<AtomicU64>,
    /// The last instant before a jump back of the clock that somebody has confirmed.
    accepted_jump_from: Option<Timestamp>,
    /// Whether the last commit failed, so that what is in memory may not be what is on the disk.
    is_unsure: bool,
}

impl Writer {
    fn run(mut self) {
        while let Some(first) = self.work.blocking_recv() {
            let mut jobs = vec![first];
            while jobs.len() < MAX_COMMANDS {
                let Ok(next) = self.work.try_recv() else { break };
                jobs.push(next);
            }
            self.commit(jobs);
        }
    }

    fn commit(&mut self, jobs: Vec<Work>) {
        self.decided.fetch_add(jobs.len() as u64, Ordering::Relaxed);
        let (snapshot, at) = match self.start_batch() {
            Ok(started) => started,
            Err(failure) => {
                let fault = match failure {
                    Failure::Fault(fault) => fault,
                    Failure::Refused(refusal) => Arc::new(Fault::new(
                        FaultKind::Misuse,
                        "starting a batch",
                        refusal.to_string(),
                    )),
                };
                for job in jobs {
                    job(Err(fault.clone()));
                }
                return;
            }
        };
        let last = *self.announce.borrow();
        let last = (self.last_at, last);
        let mut txn = Txn::new(snapshot.as_ref(), &self.shared, at, last, &self.heads);
        let finishes: Vec<Finish> = jobs.into_iter().filter_map(|job| job(Ok(&mut txn))).collect();
        let closed = txn.close();
        drop(snapshot);
        let commit = last.1 + 1;
        let outcome = self.shared.engine.commit(closed.batch).map_err(Arc::new);
        match &outcome {
            Ok(()) => {
                self.heads = closed.heads;
                self.last_at = closed.last_at;
                if closed.has_events {
                    self.announce.send_replace(commit);
                }
            }
            Err(_) => self.is_unsure = true,
        }
        let outcome = outcome.map(|()| commit);
        for finish in finishes {
            finish(outcome.clone());
        }
    }

    fn start_batch(&mut self) -> Result<(Box<dyn Snapshot>, Timestamp), Failure> {
        if self.is_unsure {
            // A commit that failed may be on the disk all the same: only the disk knows.
            let last = Reader::new(self.shared.clone())?.last_commit()?;
            self.heads.clear();
            self.last_at = last.as_ref().map_or(self.last_at, |row| row.at);
            self.announce.send_replace(last.map_or(0, |row| row.commit));
            self.is_unsure = false;
        }
        let now = self.shared.env.now();
        if self.last_at.duration_since(now) > MAX_CLOCK_STEP {
            if self.clock_confirmed.swap(false, Ordering::AcqRel) {
                self.accepted_jump_from = Some(self.last_at);
            }
            // Until the clock catches up, instants stay at the last one.
            if self.accepted_jump_from != Some(self.last_at) {
                let what = format!("the clock says {now}, the last event is of {}", self.last_at);
                return Err(Fault::new(FaultKind::ReadOnly, "stamping the time", what).into());
            }
        }
        Ok((self.shared.engine.snapshot()?, now.max(self.last_at)))
    }
}
