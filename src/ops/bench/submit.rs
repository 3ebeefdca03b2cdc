//! Durable submissions by many clients at once, beside the same puts on raw redb.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;

use super::observed::Tape;
use super::raw::Raw;
use super::{BenchError, Figures, instance};
use crate::env::Env;
use crate::office::filing::Filing;
use crate::office::{Caller, Failure, Office};
use crate::ops::demo_data;
use crate::ops::seed::{Cast, reference};
use crate::store::engine::Engine;

/// How much to file.
#[derive(Clone, Copy, Debug)]
pub struct SubmitOptions {
    /// Clients that file at the same time, each the next when it has its answer.
    pub clients: usize,
    /// Dossiers in all.
    pub dossiers: u64,
}

impl Default for SubmitOptions {
    fn default() -> Self {
        Self { clients: 64, dossiers: 50_000 }
    }
}

/// Ours and raw redb take turns so often: a machine that is slower for a moment is so for both.
const ROUNDS: u64 = 10;

/// Files reference dossiers in a new instance in `folder`, which is to lie on the disk in question,
/// and replays what reached the engine on raw redb, round by round. Not from within an async runtime.
///
/// # Errors
/// The folder cannot be written, or a submission failed.
pub fn run(folder: &Path, env: &Env, options: SubmitOptions) -> Result<Figures, BenchError> {
    let tape = Tape::default();
    let office = instance(&folder.join("data"), env, &|engine| tape.observe(engine))?;
    let cast = Cast::of(office.world(), office.today(), demo_data::load()?.people)?;
    let office = Arc::new(office);
    let runtime = tokio::runtime::Builder::new_multi_thread().build()?;
    let mut raw = Raw::create(&folder.join("raw.redb"))?;
    let mut next = 0;
    let mut round = |dossiers: u64| -> Result<(Duration, Duration), BenchError> {
        // What a client does before it sends is no work of ours.
        let filings = (next..next + dossiers).map(|number| reference(&cast, number)).collect();
        next += dossiers;
        let ours = file(&runtime, &office, filings, options.clients)?;
        Ok((ours, raw.replay(&tape.take())?))
    };
    // Caches fill and lazy tables are made before anything is timed.
    round(200)?;
    let begun = office.engine().stats().map_err(Failure::from)?;
    let (mut ours, mut bare) = (Duration::ZERO, Duration::ZERO);
    for number in 0..ROUNDS {
        let share = options.dossiers / ROUNDS + u64::from(number < options.dossiers % ROUNDS);
        let took = round(share)?;
        ours += took.0;
        bare += took.1;
    }
    let ended = office.engine().stats().map_err(Failure::from)?;
    let (commits, puts) = (ended.commits - begun.commits, ended.puts - begun.puts);
    let dossiers = options.dossiers as f64;
    let per_second = |took: Duration| dossiers / took.as_secs_f64();
    let mut figures = Figures::new("submit");
    figures.add("clients", options.clients as f64, "");
    figures.add("commands", dossiers, "");
    figures.add("seconds", ours.as_secs_f64(), "s");
    figures.add("commands_a_second", per_second(ours), "1/s");
    figures.add("commits", commits as f64, "");
    figures.add("commands_a_commit", dossiers / commits as f64, "");
    figures.add("puts_a_command", puts as f64 / dossiers, "");
    let bytes = (ended.batch_bytes - begun.batch_bytes) as f64;
    figures.add("bytes_put_a_command", bytes / dossiers, "B");
    let written = (ended.written_bytes - begun.written_bytes) as f64;
    figures.add("bytes_written_a_command", written / dossiers, "B");
    figures.add("raw_redb_commands_a_second", per_second(bare), "1/s");
    figures.add("share_of_raw_redb", 100.0 * bare.as_secs_f64() / ours.as_secs_f64(), "%");
    Ok(figures)
}

/// Sends filings by so many clients at once, each the next when it has its answer, and says how long
/// it took.
fn file(
    runtime: &Runtime,
    office: &Arc<Office>,
    filings: Vec<Filing>,
    clients: usize,
) -> Result<Duration, BenchError> {
    let filings = Arc::new(Mutex::new(filings));
    let begun = Instant::now();
    let outcome: Result<(), Failure> = runtime.block_on(async {
        let clients: Vec<_> = (0..clients)
            .map(|_| {
                let (office, filings) = (office.clone(), filings.clone());
                let next = move || filings.lock().unwrap_or_else(PoisonError::into_inner).pop();
                tokio::spawn(async move {
                    while let Some(filing) = next() {
                        office.file(&Caller::Anybody, filing, None).await?;
                    }
                    Ok::<(), Failure>(())
                })
            })
            .collect();
        for client in clients {
            client.await.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))?;
        }
        Ok(())
    });
    outcome?;
    Ok(begun.elapsed())
}
