//! A sign-in that went to a provider and has not come back. The browser keeps it, sealed, in a cookie of
//! ten minutes, so that nobody else can come back with its answer; each comes back once.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use data_encoding::BASE64URL_NOPAD;
use jiff::{SignedDuration, Timestamp};
use subtle::ConstantTimeEq;

use super::{Provider, busy, words};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::office::Office;
use crate::store::codec::wire::{Wire, record, tagged};
use crate::store::event_log::sha256;

/// How long somebody may stay at the provider.
const LIFETIME: SignedDuration = SignedDuration::from_mins(10);
/// Answers of the last ten minutes that are remembered.
const MOST_SPENT: usize = 100_000;
/// Bytes of a secret.
const SECRET: usize = 32;

/// For whom something was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A citizen signs in.
    Citizen,
    /// A member of the staff signs in.
    Staff,
    /// A citizen who is signed in links their account.
    LinkCitizen,
    /// A member of the staff who is signed in does.
    LinkStaff,
}

/// What was begun with a provider.
#[derive(Clone)]
pub struct Begun {
    /// The provider.
    pub provider: String,
    /// For whom.
    pub purpose: Purpose,
    /// What the provider gives back unread.
    pub state: String,
    /// What its token has to repeat.
    pub nonce: String,
    /// The secret of PKCE, whose digest the provider has.
    pub verifier: String,
    /// Where the provider sends the visitor.
    pub redirect: String,
    /// The address to go on with.
    pub back: String,
    /// The ticket of a form that waits; or empty.
    pub ticket: String,
    /// The account that is to be linked; or empty.
    pub account: String,
    /// Since when.
    pub began_at: Timestamp,
}

tagged! { Purpose { 0 = Citizen, 1 = Staff, 2 = LinkCitizen, 3 = LinkStaff } }
record! {
    Begun {
        provider, purpose, state, nonce, verifier, redirect, back, ticket, account, began_at
    }
}

/// With what somebody came back.
#[derive(Clone, Copy, Debug)]
pub struct Returned<'a> {
    /// The provider, as the address has it.
    pub provider: &'a str,
    /// What the browser kept; or empty.
    pub kept: &'a str,
    /// The state.
    pub state: &'a str,
}

/// States that came back already.
pub(super) struct Spent {
    since: Timestamp,
    states: Mutex<HashMap<[u8; 32], Timestamp>>,
}

impl Spent {
    /// None, at the start. What was begun before it cannot be known to come back for the first time.
    pub fn since(now: Timestamp) -> Self {
        Self { since: now, states: Mutex::default() }
    }

    fn spend(&self, begun: &Begun, now: Timestamp) -> Result<(), Refusal> {
        let old = || Refusal::new(RefusalKind::Unauthenticated, words::TOO_OLD);
        let age = now.duration_since(begun.began_at);
        if begun.began_at < self.since || age > LIFETIME || age.is_negative() {
            return Err(old());
        }
        let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        if states.len() >= MOST_SPENT {
            states.retain(|_, at| now.duration_since(*at) <= LIFETIME);
            if states.len() >= MOST_SPENT {
                return Err(busy());
            }
        }
        match states.insert(sha256(begun.state.as_bytes()), now) {
            None => Ok(()),
            Some(_) => Err(old()),
        }
    }
}

impl Office {
    /// Begins something with a provider that sends the visitor to `redirect`.
    pub fn new_begun(&self, provider: &Provider, purpose: Purpose, redirect: String) -> Begun {
        let secret = || BASE64URL_NOPAD.encode(&self.env.bytes::<SECRET>());
        Begun {
            provider: provider.id.clone(),
            purpose,
            state: secret(),
            nonce: secret(),
            verifier: secret(),
            redirect,
            back: String::new(),
            ticket: String::new(),
            account: String::new(),
            began_at: self.env.now(),
        }
    }

    pub(super) fn keep_begun(&self, begun: &Begun) -> String {
        let sealed = self.sign_on.key.seal(&self.env, b"begun", &begun.to_bytes());
        BASE64URL_NOPAD.encode(&sealed)
    }

    /// What somebody began who comes back; once.
    ///
    /// # Errors
    /// This browser began nothing of the kind, or too long ago, or came back with it before.
    pub fn take_begun(&self, returned: Returned<'_>) -> Result<Begun, Refusal> {
        let foreign = || Refusal::new(RefusalKind::Unauthenticated, words::NOT_BEGUN_HERE);
        let sealed = BASE64URL_NOPAD.decode(returned.kept.as_bytes()).map_err(|_| foreign())?;
        let plain = self.sign_on.key.open(b"begun", &sealed).map_err(|_| foreign())?;
        let begun = Begun::from_bytes(&plain).map_err(|_| foreign())?;
        let is_same = bool::from(begun.state.as_bytes().ct_eq(returned.state.as_bytes()));
        if !is_same || begun.provider != returned.provider {
            return Err(foreign());
        }
        self.sign_on.spent.spend(&begun, self.env.now())?;
        Ok(begun)
    }
}
