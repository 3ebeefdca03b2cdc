//! The one writer. Commands queue up, are decided one after the other on a snapshot plus the changes
//! of those before them, and reach the engine together: one transaction, one fsync. Only then does
//! anybody get an answer, so what was acknowledged is on the disk.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot, watch};

use super::codec::wire::Damaged;
use super::engine::{Engine, Fault, FaultKind};
use super::keyring::{NewKey, Unsealable, Wrapping};
use super::outbox::Notifier;
use super::reader::Reader;
use super::txn::Txn;
use super::writer::{Finish, Hindrance, Message, Signals, Threads, Work, Writer};
use crate::domain::ids::DossierId;
use crate::domain::refusal::Refusal;
use crate::env::Env;

/// Commands that may wait before senders do.
const QUEUE: usize = 4_096;
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

/// What every part of the store shares.
pub struct Shared {
    /// The durable engine.
    pub engine: Arc<dyn Engine>,
    /// The key under which dossier keys are wrapped.
    pub wrapping: Wrapping,
    /// Clock and randomness.
    pub env: Env,
    /// Makes the letters of events; nobody is told anything without it.
    pub notifier: RwLock<Option<Arc<dyn Notifier>>>,
}

impl Shared {
    /// Who makes the letters of events now.
    pub(super) fn notifier(&self) -> Option<Arc<dyn Notifier>> {
        self.notifier.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The writer's handle; cheap to clone.
#[derive(Clone)]
pub struct Ledger {
    shared: Arc<Shared>,
    writer: Arc<WriterThread>,
    commits: watch::Receiver<u64>,
    clock_confirmed: Arc<AtomicBool>,
    decided: Arc<AtomicU64>,
    hindrance: Hindrance,
}

/// The writer's queue and thread. The last handle to go waits until the writer has finished what it
/// accepted, so that the engine closes cleanly.
struct WriterThread {
    queue: Option<mpsc::Sender<Message>>,
    threads: Option<Threads>,
}

impl Drop for WriterThread {
    fn drop(&mut self) {
        self.queue.take();
        // A command that holds the last handle cannot wait for itself.
        let own = std::thread::current().id();
        if let Some(threads) = self.threads.take()
            && ![threads.deciding.thread().id(), threads.committing].contains(&own)
        {
            // It catches what commands throw; a writer that panicked all the same is gone.
            let _ = threads.deciding.join();
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
    pub fn start(
        engine: Arc<dyn Engine>,
        wrapping: impl Into<Wrapping>,
        env: Env,
    ) -> Result<Self, Failure> {
        let wrapping = wrapping.into();
        let shared = Arc::new(Shared { engine, wrapping, env, notifier: RwLock::new(None) });
        let last = Reader::new(shared.clone())?.last_commit()?;
        let (queue, work) = mpsc::channel(QUEUE);
        let (announce, commits) = watch::channel(last.as_ref().map_or(0, |row| row.commit));
        let clock_confirmed = Arc::new(AtomicBool::new(false));
        let decided = Arc::new(AtomicU64::new(0));
        let hindrance = Hindrance::default();
        let signals = Signals {
            clock_confirmed: clock_confirmed.clone(),
            decided: decided.clone(),
            hindrance: hindrance.clone(),
        };
        let last_at = last.map_or(Timestamp::MIN, |row| row.at);
        let threads = Writer::start(shared.clone(), (&queue, work), announce, last_at, signals)?;
        let writer = Arc::new(WriterThread { queue: Some(queue), threads: Some(threads) });
        Ok(Self { shared, writer, commits, clock_confirmed, decided, hindrance })
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
        self.queue()?.send(Message::Work(job)).await.map_err(|_| stopped())?;
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
        self.queue()?.blocking_send(Message::Work(job)).map_err(|_| stopped())?;
        answer.blocking_recv().map_err(|_| stopped())?
    }

    /// As [`Ledger::run`], for several commands that reach the disk in one commit. Each is kept or
    /// dropped for itself, in their order; a refused one takes no other down.
    ///
    /// # Errors
    /// The writer has stopped; nothing has changed then. Each command has its own outcome beside.
    pub async fn run_each<T, F>(
        &self,
        works: Vec<F>,
    ) -> Result<Vec<Result<Committed<T>, Failure>>, Failure>
    where
        T: Send + 'static,
        F: FnOnce(&mut Txn<'_>) -> Result<T, Failure> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job: Work = Box::new(move |txn| {
            let txn = match txn {
                Ok(txn) => txn,
                Err(fault) => {
                    let failed = works.iter().map(|_| Err(Failure::Fault(fault.clone())));
                    let _ = reply.send(failed.collect());
                    return None;
                }
            };
            let outcomes: Vec<_> = works.into_iter().map(|work| decided(work, txn)).collect();
            let finish: Finish = Box::new(move |commit| {
                let told = outcomes.into_iter().map(|outcome| committed(outcome, commit.clone()));
                let _ = reply.send(told.collect());
            });
            Some(finish)
        });
        self.queue()?.send(Message::Work(job)).await.map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())
    }

    fn queue(&self) -> Result<&mpsc::Sender<Message>, Failure> {
        self.writer.queue.as_ref().ok_or_else(stopped)
    }

    /// The key of a dossier that a command is to open.
    pub fn new_key(&self, id: DossierId) -> NewKey {
        NewKey::generate(&self.shared.env, &self.shared.wrapping, id)
    }

    /// A consistent view of everything committed.
    ///
    /// # Errors
    /// The engine cannot be read.
    pub fn reader(&self) -> Result<Reader, Failure> {
        Reader::new(self.shared.clone())
    }

    /// From now on events are told of by `notifier`, in their own commit.
    pub fn notify_by(&self, notifier: Arc<dyn Notifier>) {
        let mut slot = self.shared.notifier.write().unwrap_or_else(PoisonError::into_inner);
        *slot = Some(notifier);
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

    /// What kept the last batch from the disk; nothing after one that reached it.
    pub fn hindrance(&self) -> Option<Arc<Fault>> {
        self.hindrance.now()
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
        let outcome = decided(work, txn);
        let finish: Finish = Box::new(move |commit| answer_with(reply, committed(outcome, commit)));
        Some(finish)
    });
    (job, answer)
}

/// Decides a command and keeps or drops its changes. One that panics takes only itself down.
fn decided<T, F>(work: F, txn: &mut Txn<'_>) -> Result<T, Failure>
where
    F: FnOnce(&mut Txn<'_>) -> Result<T, Failure>,
{
    let outcome = catch_unwind(AssertUnwindSafe(|| work(txn))).unwrap_or_else(|_| {
        Err(Fault::new(FaultKind::Misuse, "deciding a command", "the command panicked").into())
    });
    txn.settle(outcome.is_ok());
    outcome
}

/// What a command's sender is told, once it is known whether its commit succeeded.
fn committed<T>(
    outcome: Result<T, Failure>,
    commit: Result<u64, Arc<Fault>>,
) -> Result<Committed<T>, Failure> {
    match (outcome, commit) {
        (Ok(value), Ok(commit)) => Ok(Committed { value, commit }),
        (Ok(_), Err(fault)) => Err(Failure::Fault(fault)),
        (Err(failure), _) => Err(failure),
    }
}

fn answer_with<T>(
    reply: oneshot::Sender<Result<Committed<T>, Failure>>,
    result: Result<Committed<T>, Failure>,
) {
    // The sender may have gone away; what was committed stands all the same.
    let _ = reply.send(result);
}
