//! Durable submissions by many clients at once, beside the same puts on raw redb.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::observed::Tape;
use super::{BenchError, Figures, instance, raw};
use crate::env::Env;
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
        Self { clients: 64, dossiers: 20_000 }
    }
}

/// Files reference dossiers in a new instance in `folder`, which is to lie on the disk in question,
/// then replays what reached the engine on raw redb. Not from within an async runtime.
///
/// # Errors
/// The folder cannot be written, or a submission failed.
pub fn run(folder: &Path, env: &Env, options: SubmitOptions) -> Result<Figures, BenchError> {
    let tape = Tape::default();
    let office = instance(&folder.join("data"), env, &|engine| tape.observe(engine))?;
    let cast = Cast::of(office.world(), demo_data::load()?.people)?;
    let office = Arc::new(office);
    let cast = Arc::new(cast);
    // Caches fill and lazy tables are made before anything is timed.
    file(&office, &cast, SubmitOptions { dossiers: 200, ..options }, 0)?;
    let before = tape.take();
    let begun = office.engine().stats().map_err(Failure::from)?;
    let took = file(&office, &cast, options, 200)?;
    let ended = office.engine().stats().map_err(Failure::from)?;
    let batches = tape.take();
    drop(office);
    let raw = raw::replay(&folder.join("raw.redb"), &before, &batches)?;
    let (commits, puts) = (ended.commits - begun.commits, ended.puts - begun.puts);
    let dossiers = options.dossiers as f64;
    let per_second = |took: Duration| dossiers / took.as_secs_f64();
    let mut figures = Figures::new("submit");
    figures.add("clients", options.clients as f64, "");
    figures.add("commands", dossiers, "");
    figures.add("seconds", took.as_secs_f64(), "s");
    figures.add("commands_a_second", per_second(took), "1/s");
    figures.add("commits", commits as f64, "");
    figures.add("commands_a_commit", dossiers / commits as f64, "");
    figures.add("puts_a_command", puts as f64 / dossiers, "");
    let bytes = (ended.batch_bytes - begun.batch_bytes) as f64;
    figures.add("bytes_put_a_command", bytes / dossiers, "B");
    let written = (ended.written_bytes - begun.written_bytes) as f64;
    figures.add("bytes_written_a_command", written / dossiers, "B");
    figures.add("raw_redb_commands_a_second", per_second(raw), "1/s");
    figures.add("share_of_raw_redb", 100.0 * raw.as_secs_f64() / took.as_secs_f64(), "%");
    Ok(figures)
}

/// Files dossiers by number from `first`, and says how long it took.
fn file(
    office: &Arc<Office>,
    cast: &Arc<Cast>,
    options: SubmitOptions,
    first: u64,
) -> Result<Duration, BenchError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().build()?;
    let next = Arc::new(AtomicU64::new(first));
    let end = first + options.dossiers;
    let begun = Instant::now();
    let outcome: Result<(), Failure> = runtime.block_on(async {
        let clients: Vec<_> = (0..options.clients)
            .map(|_| {
                let (office, cast, next) = (office.clone(), cast.clone(), next.clone());
                tokio::spawn(async move {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number >= end {
                            return Ok::<(), Failure>(());
                        }
                        let filing = reference(&cast, number);
                        office.file(&Caller::Anybody, filing, None).await?;
                    }
                })
            })
            .collect();
        for client in clients {
            client.await.unwrap_or(Ok(()))?;
        }
        Ok(())
    });
    outcome?;
    Ok(begun.elapsed())
}
