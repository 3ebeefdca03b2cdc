//! Signing in through a central provider (OpenID Connect): which providers there are, what was begun
//! with one, and whose account its answer opens. The talk with the provider itself is `interop`'s; here
//! it is a [`Gate`]. Without providers everything works as before.

mod begun;
mod citizens;
mod providers;
mod staff;
pub mod words;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::Semaphore;

pub use begun::{Begun, Purpose, Returned};
pub use citizens::{Arrival, Confirmed, Join, Joining, Linked, SIGNED_ON, is_signed_on};
pub use providers::Provider;
pub(in crate::office) use providers::read;
pub use staff::StaffLink;
pub(in crate::office) use staff::{StaffLinkRow, accounts_by_person};

use super::{Office, sessions};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::sign_on::Claims;
use crate::domain::words::Text;
use crate::store::engine::{Fault, FaultKind};
use crate::store::keyring::SealKey;
use crate::store::ledger::Failure;

/// Talks with one provider at the same time: one that hangs holds no more threads than this.
const AT_ONCE: usize = 16;
/// How long a talk waits for its place.
const PATIENCE: Duration = Duration::from_secs(5);

/// Somebody whom a provider vouches for.
#[derive(Clone)]
pub struct Identity {
    /// Who it is at the provider: the only name that stays the same.
    pub subject: String,
    /// What it says of them.
    pub claims: Claims,
    /// The token itself, by which the provider knows the session to end.
    pub id_token: String,
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(…)")
    }
}

/// What was wrong with a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Not signed by a key of the provider, or not at all.
    Signature,
    /// Of another provider.
    Issuer,
    /// For another program.
    Audience,
    /// Too old, or from the future.
    Time,
    /// For another sign-in.
    Nonce,
    /// Not the one that belongs to the access token, or to the person.
    Mismatch,
    /// It lacks something.
    Incomplete,
}

/// Why a talk with a provider led nowhere.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The name of its host is unknown.
    #[error("the host is not found")]
    NotFound,
    /// Nobody answers there.
    #[error("no connection")]
    NoConnection,
    /// Its certificate is not trusted.
    #[error("TLS fails")]
    Tls,
    /// It took too long.
    #[error("no answer in time")]
    Slow,
    /// It answered with a status that is no success.
    #[error("HTTP status {0}")]
    Status(u16),
    /// Its answer cannot be read.
    #[error("the answer cannot be read")]
    Unreadable,
    /// It names an address without TLS.
    #[error("an address without TLS")]
    Unsafe,
    /// It calls itself something else.
    #[error("the issuer differs")]
    OtherIssuer(String),
    /// The answer came from another provider than was asked.
    #[error("the answer is another provider's")]
    MixedUp,
    /// It did not take the code.
    #[error("the code was refused")]
    CodeRefused,
    /// It did not take the client's name or secret.
    #[error("the client was refused")]
    ClientRefused,
    /// Its token is not good.
    #[error("the token is not good: {0:?}")]
    Token(Flaw),
    /// It has no way out.
    #[error("no end of sessions")]
    NoWayOut,
}

impl Trouble {
    /// Its words for whoever signs in; details are for administrators.
    pub fn say(&self) -> Text {
        match self {
            Self::Token(_) | Self::MixedUp | Self::OtherIssuer(_) | Self::Unsafe => {
                words::NOT_TRUSTED.into()
            }
            Self::CodeRefused => words::CODE_REFUSED.into(),
            _ => words::NOT_REACHED.into(),
        }
    }

    /// Its words for administrators.
    pub fn explain(&self) -> Text {
        match self {
            Self::NotFound => words::HOST_NOT_FOUND.into(),
            Self::NoConnection => words::NO_CONNECTION.into(),
            Self::Tls => words::TLS_WRONG.into(),
            Self::Slow => words::TOO_SLOW.into(),
            Self::Status(status) => words::STATUS.text(&[("n", &status.to_string())]),
            Self::Unreadable => words::UNREADABLE.into(),
            Self::Unsafe => words::UNSAFE.into(),
            Self::OtherIssuer(name) => words::OTHER_ISSUER.text(&[("name", name)]),
            Self::ClientRefused => words::CLIENT_REFUSED.into(),
            Self::NoWayOut | Self::MixedUp | Self::CodeRefused | Self::Token(_) => self.say(),
        }
    }
}

/// What a provider says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Whether it takes PKCE with SHA-256.
    pub pkce: bool,
    /// Whether it signs with keys whose other half everybody may have.
    pub signs: bool,
    /// How many keys it shows.
    pub keys: usize,
    /// Whether a sign-out there can be asked for.
    pub ends_sessions: bool,
    /// By how many seconds its clock differs from ours, when it says the time.
    pub clock_off: Option<i64>,
    /// Scopes that are asked for and that it does not name.
    pub unknown_scopes: Vec<String>,
}

/// A provider with its secret open.
pub struct Opened {
    /// The provider.
    pub provider: Arc<Provider>,
    /// The client's secret; empty when it has none.
    pub secret: String,
    /// The present instant.
    pub now: Timestamp,
}

/// What came back with a visitor.
pub struct Answer {
    /// The code.
    pub code: String,
    /// Who says that the answer is theirs (RFC 9207), when somebody does.
    pub issuer: Option<String>,
}

/// Speaks OpenID Connect. Every call may take as long as the other side's patience lasts.
pub trait Gate: Send + Sync {
    /// Looks at what a provider says of itself, past anything that is remembered.
    ///
    /// # Errors
    /// It cannot be reached or used.
    fn look(&self, opened: &Opened) -> Result<Seen, Trouble>;

    /// The address at the provider to which a visitor goes; `again` when it has to ask who they are.
    ///
    /// # Errors
    /// It cannot be reached or used.
    fn address(&self, opened: &Opened, begun: &Begun, again: bool) -> Result<String, Trouble>;

    /// Who somebody is that came back.
    ///
    /// # Errors
    /// It cannot be reached, or its answer does not prove anything.
    fn redeem(&self, opened: &Opened, begun: &Begun, answer: &Answer) -> Result<Identity, Trouble>;

    /// The address at the provider where a session ends, from which it leads `back`.
    ///
    /// # Errors
    /// It cannot be reached, or has no such address.
    fn way_out(&self, opened: &Opened, id_token: &str, back: &str) -> Result<String, Trouble>;
}

/// The state of signing on that lives in memory.
pub(super) struct SignOn {
    gate: OnceLock<Arc<dyn Gate>>,
    places: Mutex<HashMap<String, Arc<Semaphore>>>,
    spent: begun::Spent,
    key: SealKey,
}

impl SignOn {
    /// That of an instance which begins to work at `now`.
    pub fn of(instance: &SealKey, now: Timestamp) -> Self {
        Self {
            gate: OnceLock::new(),
            places: Mutex::default(),
            spent: begun::Spent::since(now),
            key: instance.derive("motcua 2026 central sign-on"),
        }
    }

    fn places_of(&self, id: &str) -> Arc<Semaphore> {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        places.entry(id.to_owned()).or_insert_with(|| Arc::new(Semaphore::new(AT_ONCE))).clone()
    }
}

fn no_provider() -> Refusal {
    Refusal::new(RefusalKind::NotFound, words::PROVIDER_UNKNOWN)
}

fn busy() -> Refusal {
    Refusal::new(RefusalKind::TooMany, words::BUSY)
}

impl Office {
    /// Gives it what speaks with providers; once.
    pub fn set_gate(&self, gate: Arc<dyn Gate>) {
        // The first one stays: there is one.
        let _ = self.sign_on.gate.set(gate);
    }

    /// A provider.
    ///
    /// # Errors
    /// There is none of this name.
    pub fn provider(&self, id: &str) -> Result<Arc<Provider>, Refusal> {
        self.world().provider(id).cloned().ok_or_else(no_provider)
    }

    /// The name of somebody at a provider, as it is kept: a digest that says nothing.
    fn who(&self, provider: &Provider, subject: &str) -> String {
        let name = format!("{}\0{subject}", provider.issuer);
        data_encoding::HEXLOWER.encode(&self.row_name("sign-on", &name))
    }

    /// Talks with a provider where it holds up nobody else.
    async fn talk<T: Send + 'static>(
        &self,
        provider: &Arc<Provider>,
        talk: impl FnOnce(&dyn Gate, &Opened) -> Result<T, Trouble> + Send + 'static,
    ) -> Result<Result<T, Trouble>, Failure> {
        let gate = self.sign_on.gate.get().cloned().ok_or_else(busy)?;
        let opened = Opened {
            provider: provider.clone(),
            secret: self.open_provider_secret(&provider.secret)?,
            now: self.env.now(),
        };
        let places = self.sign_on.places_of(&provider.id);
        let place = tokio::time::timeout(PATIENCE, places.acquire_owned()).await;
        let place = place.ok().and_then(Result::ok).ok_or_else(busy)?;
        let talked = tokio::task::spawn_blocking(move || {
            let _place = place;
            talk(gate.as_ref(), &opened)
        });
        talked.await.map_err(|error| {
            Fault::new(FaultKind::Misuse, "talking with a provider", error.to_string()).into()
        })
    }

    /// As [`Office::talk`], for somebody who signs in: what went wrong is told calmly, and logged.
    async fn told<T: Send + 'static>(
        &self,
        provider: &Arc<Provider>,
        talk: impl FnOnce(&dyn Gate, &Opened) -> Result<T, Trouble> + Send + 'static,
    ) -> Result<T, Failure> {
        self.talk(provider, talk).await?.map_err(|trouble| {
            tracing::warn!(provider = provider.id, %trouble, "signing in through a provider failed");
            Refusal::new(RefusalKind::Unauthenticated, trouble.say()).into()
        })
    }

    /// What a provider says of itself now.
    ///
    /// # Errors
    /// It is talked with by too many, or its secret cannot be opened.
    pub async fn try_provider(&self, id: &str) -> Result<Result<Seen, Trouble>, Failure> {
        let provider = self.provider(id)?;
        self.talk(&provider, |gate, opened| gate.look(opened)).await
    }

    /// The address at the provider to which a visitor goes, and what the browser keeps until they come
    /// back.
    ///
    /// # Errors
    /// The provider cannot be reached or used.
    pub async fn begin_sign_on(
        &self,
        provider: &Arc<Provider>,
        begun: Begun,
        again: bool,
    ) -> Result<(String, String), Failure> {
        let kept = self.keep_begun(&begun);
        let talk = move |gate: &dyn Gate, opened: &Opened| gate.address(opened, &begun, again);
        Ok((self.told(provider, talk).await?, kept))
    }

    /// Who somebody is that came back with a code.
    ///
    /// # Errors
    /// The provider cannot be reached, or its answer does not prove anything.
    pub async fn finish_sign_on(
        &self,
        provider: &Arc<Provider>,
        begun: Begun,
        answer: Answer,
    ) -> Result<Identity, Failure> {
        let talk = move |gate: &dyn Gate, opened: &Opened| gate.redeem(opened, &begun, &answer);
        self.told(provider, talk).await
    }

    /// What a session keeps of the sign-in through a provider.
    pub fn signed_on(&self, provider: &Provider, identity: &Identity) -> sessions::SignedOn {
        let sealed = self.sign_on.key.seal(&self.env, b"token", identity.id_token.as_bytes());
        sessions::SignedOn {
            provider: provider.id.clone(),
            token: data_encoding::BASE64URL_NOPAD.encode(&sealed),
        }
    }

    /// A way out at a provider and the way home, for the page after a sign-out: sealed, since nobody else
    /// may put a link there.
    pub fn keep_way_out(&self, provider: &str, way: &str, home: &str) -> String {
        let parts = [provider, way, home].join("\n");
        let sealed = self.sign_on.key.seal(&self.env, b"way out", parts.as_bytes());
        data_encoding::BASE64URL_NOPAD.encode(&sealed)
    }

    /// What [`Office::keep_way_out`] made: the provider, the way out, the way home.
    pub fn kept_way_out(&self, ticket: &str) -> Option<[String; 3]> {
        let sealed = data_encoding::BASE64URL_NOPAD.decode(ticket.as_bytes()).ok()?;
        let plain = self.sign_on.key.open(b"way out", &sealed).ok()?;
        let parts: Vec<String> =
            String::from_utf8(plain).ok()?.split('\n').map(str::to_owned).collect();
        parts.try_into().ok()
    }

    /// The address at which the provider of a session ends its own, when it has one.
    ///
    /// # Errors
    /// Its secret cannot be opened.
    pub async fn way_out(
        &self,
        signed_on: &sessions::SignedOn,
        back: String,
    ) -> Result<Option<(Arc<Provider>, String)>, Failure> {
        let Some(provider) = self.world().provider(&signed_on.provider).cloned() else {
            return Ok(None);
        };
        let sealed = data_encoding::BASE64URL_NOPAD.decode(signed_on.token.as_bytes());
        let opened = sealed.ok().and_then(|sealed| self.sign_on.key.open(b"token", &sealed).ok());
        let Some(token) = opened.and_then(|plain| String::from_utf8(plain).ok()) else {
            return Ok(None);
        };
        let talk = move |gate: &dyn Gate, opened: &Opened| gate.way_out(opened, &token, &back);
        // Who signs out has done so here; whether the provider answers is no trouble of theirs.
        let way = self.talk(&provider, talk).await?.ok();
        Ok(way.map(|way| (provider, way)))
    }
}
