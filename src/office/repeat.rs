//! Idempotency: the same request sent twice does its work once and gets its first answer.

use jiff::{SignedDuration, Timestamp};

use super::{Office, words};
use crate::domain::dossier::{Dossier, Status};
use crate::domain::ids::DossierId;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::store::codec::wire::{Wire, record};
use crate::store::event_log::sha256;
use crate::store::ledger::Failure;
use crate::store::tables::ANSWERS;
use crate::store::txn::Txn;

/// How long an answer is kept.
pub const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A request that may come again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Once {
    pub(super) key: [u8; 32],
    pub(super) body: [u8; 32],
    /// Only who sends the same again has it.
    pub(super) secret: [u8; 32],
}

impl Once {
    /// A request by caller, route, the key that the sender chose, and its contents.
    pub fn new(scope: &str, route: &str, key: &str, body: &[u8]) -> Self {
        let parts = format!("{}\0{scope}\0{route}\0{key}", scope.len());
        let digest = |purpose: &str| {
            let mut hasher = blake3::Hasher::new_derive_key(purpose);
            *hasher.update(parts.as_bytes()).update(body).finalize().as_bytes()
        };
        Self {
            key: sha256(parts.as_bytes()),
            body: digest("motcua 2026 bodies of repeated requests"),
            secret: digest("motcua 2026 kept replies"),
        }
    }

    /// The filing of a draft, by whomever and wherever: it becomes one dossier.
    pub fn of_draft(id: &str) -> Self {
        Self::new("draft", "filing of a draft", id, b"")
    }
}

/// What a command on a dossier answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The dossier.
    pub dossier: DossierId,
    /// Its version after the command.
    pub version: u64,
    /// Its status after the command.
    pub status: Status,
    /// When it is due after the command.
    pub due_at: Option<Timestamp>,
}

impl Answer {
    /// What a command answers that left a dossier so.
    pub fn of(dossier: &Dossier) -> Self {
        Self {
            dossier: dossier.id,
            version: dossier.version,
            status: dossier.status,
            due_at: dossier.clock.due_at,
        }
    }
}

struct Row {
    at: Timestamp,
    body: [u8; 32],
    answer: Answer,
}

record! {
    Answer { dossier, version, status, due_at }
    Row { at, body, answer }
}

/// The first answer to this request, if it came before.
pub(super) fn recall(txn: &Txn<'_>, once: Option<&Once>) -> Result<Option<Answer>, Failure> {
    let Some(once) = once else { return Ok(None) };
    let Some(bytes) = txn.get(ANSWERS, &once.key)? else { return Ok(None) };
    first_answer(once, &bytes, txn.now())
}

fn first_answer(once: &Once, bytes: &[u8], now: Timestamp) -> Result<Option<Answer>, Failure> {
    let row = Row::from_bytes(bytes)?;
    if now.duration_since(row.at) > KEPT {
        return Ok(None);
    }
    if row.body != once.body {
        let refusal = Refusal::new(RefusalKind::Invalid, words::KEY_REUSED);
        return Err(refusal.into());
    }
    Ok(Some(row.answer))
}

/// Keeps the answer for the next time.
pub(super) fn remember(txn: &mut Txn<'_>, once: Option<&Once>, answer: Answer) {
    if let Some(once) = once {
        let row = Row { at: txn.now(), body: once.body, answer };
        txn.put(ANSWERS, once.key, row.to_bytes());
    }
}

impl Office {
    /// Forgets answers older than [`KEPT`], looking at no more than `limit` rows after the place
    /// where the last look ended. Returns where the next one begins, or none at the end.
    ///
    /// # Errors
    /// The store fails.
    pub fn sweep_answers(
        &self,
        after: Option<Vec<u8>>,
        limit: usize,
    ) -> Result<Option<Vec<u8>>, Failure> {
        let rows = self.ledger.reader()?.scan(ANSWERS, &[], after.as_deref(), limit)?;
        let is_old = |bytes: &[u8], now: Timestamp| {
            Row::from_bytes(bytes).map(|row| now.duration_since(row.at) > KEPT)
        };
        let now = self.env.now();
        let mut old = Vec::new();
        for (key, value) in &rows {
            if is_old(value, now)? {
                old.push(key.clone());
            }
        }
        if !old.is_empty() {
            self.ledger.run_blocking(move |txn| {
                for key in old {
                    // The same request may have come again meanwhile.
                    if let Some(bytes) = txn.get(ANSWERS, &key)?
                        && is_old(&bytes, now)?
                    {
                        txn.delete(ANSWERS, key);
                    }
                }
                Ok(())
            })?;
        }
        Ok(rows.last().map(|(key, _)| key.clone()).filter(|_| rows.len() == limit))
    }

    /// The first answer to this request, if it was committed before.
    pub(super) fn answered(&self, once: Option<&Once>) -> Result<Option<Answer>, Failure> {
        let Some(once) = once else { return Ok(None) };
        let row = self.ledger.reader()?.get(ANSWERS, &once.key)?;
        row.map_or(Ok(None), |bytes| first_answer(once, &bytes, self.env.now()))
    }
}
