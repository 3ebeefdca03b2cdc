//! Turns what a batch has decided into sealed rows: events chained at the end of their logs, and the
//! state in which each dossier ends. Sealing is most of a batch's work and each part is sealed for
//! itself, so a large batch is spread over the cores; only the chain is made in order.

use std::collections::HashMap;
use std::num::NonZero;
use std::sync::{Arc, LazyLock};

use super::engine::Batch;
use super::event_log::{Hash, Header, Logged, link, seal_event, sha256};
use super::keyring::SealKey;
use super::outbox::UnsealedLetter;
use super::places::EventRef;
use super::reader::Stored;
use super::tables::{DOSSIERS, LOG, OUTBOX};
use crate::domain::ids::{AgencyCode, DossierId};
use crate::env::Env;

/// Parts from which a second thread pays: waking it takes longer than sealing a few.
const SPREAD_FROM: usize = 128;
/// Most threads.
const MAX_THREADS: usize = 4;
/// The cores, at most so many; asked for once, since the answer is read from files.
static CORES: LazyLock<usize> =
    LazyLock::new(|| std::thread::available_parallelism().map_or(1, NonZero::get).min(MAX_THREADS));

/// An event that waits for its seal.
pub(super) struct Unsealed {
    /// All but the digest of the sealed part.
    pub header: Header,
    /// Where it will lie.
    pub event: EventRef,
    /// The event, encoded.
    pub plain: Arc<[u8]>,
    /// The dossier's first event, encoded.
    pub submission: Arc<[u8]>,
    /// The dossier's key.
    pub key: SealKey,
}

/// A dossier that a batch has changed.
#[derive(Clone)]
pub(super) struct Changed {
    pub stored: Stored,
    pub key: SealKey,
    /// Whether its row is in the batch.
    pub is_sealed: bool,
}

/// The events of a batch that are sealed.
#[derive(Default)]
pub(super) struct Sealed(pub Vec<EventRef>);

impl Sealed {
    /// Seals into `batch`: the events after `heads`, which move, and the states.
    pub fn seal(
        &mut self,
        events: Vec<Unsealed>,
        changed: &mut HashMap<DossierId, Changed>,
        heads: &mut HashMap<AgencyCode, Hash>,
        env: &Env,
        batch: &mut Batch,
    ) {
        let sealed = spread(&events, |one: &Unsealed| {
            let sealed = seal_event(&one.header, &one.plain, &one.submission, &one.key, env);
            (sha256(&sealed), sealed)
        });
        for (Unsealed { header, event, .. }, (sealed_sha256, sealed)) in
            events.into_iter().zip(sealed)
        {
            let header = Header { sealed_sha256, ..header };
            let header_bytes = header.to_bytes();
            let head = heads.entry(event.agency.clone()).or_default();
            let hash = link(head, &header_bytes);
            *head = hash;
            let logged = Logged { event: event.clone(), header, header_bytes, hash, sealed };
            batch.put(LOG, event.place.key(), logged.to_bytes());
            self.0.push(event);
        }
        let mut unsealed: Vec<&mut Changed> =
            changed.values_mut().filter(|changed| !changed.is_sealed).collect();
        let rows = spread(&unsealed, |one| one.stored.to_bytes(&one.key, env));
        for (one, row) in unsealed.iter_mut().zip(rows) {
            batch.put(DOSSIERS, one.stored.dossier.id.0, row);
            one.is_sealed = true;
        }
    }
}

/// Seals letters.
pub(super) fn seal_letters(letters: &[UnsealedLetter], env: &Env) -> Batch {
    let mut batch = Batch::new();
    for (letter, row) in letters.iter().zip(spread(letters, |letter| letter.to_bytes(env))) {
        batch.put(OUTBOX, letter.row_key(), row);
    }
    batch
}

/// Does `work` on each part, on several cores when there are many.
fn spread<P: Sync, R: Send>(parts: &[P], work: impl Fn(&P) -> R + Sync) -> Vec<R> {
    let cores = *CORES;
    if parts.len() < SPREAD_FROM || cores == 1 {
        return parts.iter().map(work).collect();
    }
    let share = parts.len().div_ceil(cores);
    let (own, others) = parts.split_at(share);
    std::thread::scope(|scope| {
        let work = &work;
        let others: Vec<_> = others
            .chunks(share)
            .map(|chunk| scope.spawn(move || chunk.iter().map(work).collect::<Vec<R>>()))
            .collect();
        let mut done: Vec<R> = own.iter().map(work).collect();
        for (thread, chunk) in others.into_iter().zip(parts[share..].chunks(share)) {
            // A thread that failed leaves its share to this one.
            done.extend(thread.join().unwrap_or_else(|_| chunk.iter().map(work).collect()));
        }
        done
    })
}
