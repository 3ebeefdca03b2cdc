//! Idempotency of what is no command on a dossier: sign-ins, one-time codes, files that wait. The
//! first answer lies in the relaxed store, sealed under a key that only the sender's own key and
//! body give: it may hold a token.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::repeat::Once;
use super::{Office, words};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::store::codec::wire::{Damaged, Wire, record};
use crate::store::engine::{Batch, Fault, FaultKind};
use crate::store::keyring::SealKey;
use crate::store::ledger::Failure;
use crate::store::tables::REPLIES;

/// How long a reply is kept: as long as a file waits for its dossier.
const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// What a sealed reply is bound to.
const PART: &[u8] = b"reply";

/// What stands before a sealed reply.
struct Head {
    at: Timestamp,
    body: [u8; 32],
}

record! {
    Head { at, body }
}

/// Bytes of a head: a byte for its length, the instant and the digest.
const HEAD: usize = 1 + 8 + 32;

fn split(bytes: &[u8]) -> Result<(Head, &[u8]), Damaged> {
    let (head, sealed) = bytes.split_at_checked(HEAD).ok_or(Damaged("a kept reply is cut"))?;
    Ok((Head::from_bytes(head)?, sealed))
}

/// The requests under a key that are being answered: a second one waits for the first.
#[derive(Default)]
pub(super) struct Turns(Mutex<HashMap<[u8; 32], Arc<tokio::sync::Mutex<()>>>>);

impl Turns {
    fn of(&self, key: [u8; 32]) -> Arc<tokio::sync::Mutex<()>> {
        let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        turns.retain(|_, turn| Arc::strong_count(turn) > 1);
        turns.entry(key).or_default().clone()
    }
}

impl Office {
    /// Does `work`, or gives the answer that it gave to the same request before.
    ///
    /// # Errors
    /// Those of the work, which are not kept; the key was sent with another body; the store fails.
    pub async fn once<T, E>(
        &self,
        once: Option<Once>,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E>
    where
        T: Serialize + DeserializeOwned,
        E: From<Failure>,
    {
        let Some(once) = once else { return work.await };
        let turn = self.turns.of(once.key);
        let _turn = turn.lock().await;
        if let Some(reply) = self.reply(&once)? {
            return Ok(reply);
        }
        let reply = work.await?;
        self.keep_reply(&once, &reply)?;
        Ok(reply)
    }

    fn reply<T: DeserializeOwned>(&self, once: &Once) -> Result<Option<T>, Failure> {
        let Some(bytes) = self.relaxed.snapshot()?.get(REPLIES, &once.key)? else {
            return Ok(None);
        };
        let (row, sealed) = split(&bytes)?;
        if self.env.now().duration_since(row.at) > KEPT {
            return Ok(None);
        }
        if row.body != once.body {
            return Err(Refusal::new(RefusalKind::Invalid, words::KEY_REUSED).into());
        }
        let damaged = |what: &str| Fault::new(FaultKind::Damaged, "reading a reply", what);
        let plain = SealKey::from_bytes(once.secret)
            .open(PART, sealed)
            .map_err(|error| damaged(error.0))?;
        let reply = serde_json::from_slice(&plain).map_err(|error| damaged(&error.to_string()))?;
        Ok(Some(reply))
    }

    fn keep_reply<T: Serialize>(&self, once: &Once, reply: &T) -> Result<(), Failure> {
        let plain = serde_json::to_vec(reply)
            .map_err(|error| Fault::caused(FaultKind::Storage, "writing a reply", error))?;
        let sealed = SealKey::from_bytes(once.secret).seal(&self.env, PART, &plain);
        let mut row = Head { at: self.env.now(), body: once.body }.to_bytes();
        row.extend_from_slice(&sealed);
        let mut batch = Batch::new();
        batch.put(REPLIES, once.key, row);
        Ok(self.relaxed.commit(batch)?)
    }

    /// Forgets replies older than a day.
    ///
    /// # Errors
    /// The store fails.
    pub fn sweep_replies(&self) -> Result<(), Failure> {
        let now = self.env.now();
        self.sweep_relaxed(REPLIES, &|_, bytes| Ok(now.duration_since(split(bytes)?.0.at) > KEPT))
    }
}
