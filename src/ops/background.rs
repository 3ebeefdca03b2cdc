//! What a served instance does by itself: follow the log into the search index, write looks down and
//! make the relaxed store durable each second, remind the desk and look for days that are over each
//! minute, stop what has lapsed and sweep what is over each hour. Nothing of it runs on async threads.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{Either, select};
use tokio::sync::watch;
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::timeout;

use crate::office::{Failure, Office};

/// Sessions and drafts that a power cut may take.
const FLUSH: Duration = Duration::from_secs(1);
/// How often what is over is looked for.
const SWEEP: Duration = Duration::from_secs(3_600);
/// After the start, tasks wait no longer than this.
const SETTLED: Duration = Duration::from_secs(10);
/// How often the desk is reminded of what has come near its date, and whether a day is over is asked.
const REMIND: Duration = Duration::from_secs(60);
/// Commits are gathered for so long before the index follows: it writes files for each round.
const GATHER: Duration = Duration::from_millis(150);
/// Without commits for so long, the log is quiet.
const QUIET: Duration = Duration::from_secs(3);
/// The longest rest of a follower that keeps failing.
const MAX_REST: Duration = Duration::from_secs(60);

/// The tasks that run beside the server.
pub struct Background {
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Background {
    /// Starts them, inside a runtime.
    pub fn start(office: &Arc<Office>) -> Self {
        let (stop, stopped) = watch::channel(false);
        let tasks = vec![
            tokio::spawn(follow(office.clone(), stopped.clone())),
            tokio::spawn(repeat(office.clone(), FLUSH, stopped.clone(), "flushing", |office| {
                office.flush_looks().and_then(|()| office.flush_relaxed())
            })),
            tokio::spawn(repeat(office.clone(), REMIND, stopped.clone(), "reminding", |office| {
                office.remind().and_then(|_| office.remind_of_questions()).map(|_| ())
            })),
            tokio::spawn(repeat(
                office.clone(),
                REMIND,
                stopped.clone(),
                "checkpoints",
                |office| office.checkpoint_days().map(|_| ()),
            )),
            tokio::spawn(repeat(office.clone(), SWEEP, stopped.clone(), "stopping", |office| {
                office.stop_lapsed().map(|_| ())
            })),
            tokio::spawn(repeat(office.clone(), SWEEP, stopped, "sweeping", Office::sweep)),
        ];
        Self { stop, tasks }
    }

    /// Ends them, and waits until they have.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        for task in self.tasks {
            // A task that panicked has ended as well.
            let _ = task.await;
        }
    }
}

/// Waits for so long, or until the end; whether it is the end.
async fn rest(stopped: &mut watch::Receiver<bool>, time: Duration) -> bool {
    timeout(time, stopped.wait_for(|stopped| *stopped)).await.is_ok()
}

async fn follow(office: Arc<Office>, mut stopped: watch::Receiver<bool>) {
    let mut commits = office.ledger().commits();
    let mut wait = GATHER;
    loop {
        commits.mark_unchanged();
        let follower = office.clone();
        let outcome = spawn_blocking(move || follower.follow_log(&mut |_, _| {})).await;
        let failed = match outcome {
            Ok(Ok(_)) => false,
            Ok(Err(failure)) => {
                tracing::error!(%failure, "the search index cannot follow the log");
                true
            }
            Err(error) => {
                tracing::error!(%error, "the search index cannot follow the log");
                true
            }
        };
        wait = if failed { (wait * 2).min(MAX_REST) } else { GATHER };
        if rest(&mut stopped, wait).await {
            return;
        }
        if failed {
            continue;
        }
        let next = timeout(QUIET, commits.changed());
        let next = match select(pin!(next), pin!(stopped.wait_for(|stopped| *stopped))).await {
            Either::Left((next, _)) => next,
            Either::Right(_) => return,
        };
        if next.is_err() {
            // Nothing happens: the index gives its memory back until something does.
            let resting = office.clone();
            match spawn_blocking(move || resting.rest_index()).await {
                Ok(Ok(())) => {}
                Ok(Err(failure)) => tracing::error!(%failure, "the search index cannot rest"),
                Err(error) => tracing::error!(%error, "the search index cannot rest"),
            }
            let news = pin!(commits.changed());
            let end = pin!(stopped.wait_for(|stopped| *stopped));
            match select(news, end).await {
                Either::Left((Ok(()), _)) => {}
                _ => return,
            }
        }
    }
}

async fn repeat(
    office: Arc<Office>,
    every: Duration,
    mut stopped: watch::Receiver<bool>,
    what: &'static str,
    work: fn(&Office) -> Result<(), Failure>,
) {
    // Once at the start: a machine that is off at night would else be late each day.
    let mut wait = every.min(SETTLED);
    while !rest(&mut stopped, wait).await {
        wait = every;
        let office = office.clone();
        match spawn_blocking(move || work(&office)).await {
            Ok(Ok(())) => {}
            Ok(Err(failure)) => tracing::error!(%failure, what, "failed"),
            Err(error) => tracing::error!(%error, what, "failed"),
        }
    }
}
