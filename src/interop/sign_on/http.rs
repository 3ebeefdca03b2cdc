//! Requests to providers: no redirects, an end to patience and to length, TLS or this very machine.

use std::cell::Cell;
use std::time::Duration;

use jiff::Timestamp;
use openidconnect::{HttpRequest, HttpResponse};
use ureq::http::Method;
use ureq::http::header::DATE;
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};
use ureq::{Agent, Error};

use crate::domain::sign_on::is_loopback;
use crate::interop::crypto;
use crate::office::sign_on::Trouble;

/// How long a provider may take for one answer.
const PATIENCE: Duration = Duration::from_secs(8);
/// Longest answer that is read, in bytes.
const LONGEST: u64 = 512 * 1024;

/// A client; for this very machine it goes past proxies.
pub(super) fn agent(is_local: bool) -> Agent {
    let tls = TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .root_certs(RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(crypto())
        .build();
    let config = Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .https_only(!is_local)
        .tls_config(tls);
    let config = if is_local { config.proxy(None) } else { config };
    Agent::new_with_config(config.build())
}

/// One talk with a provider.
pub(super) struct Http<'a> {
    agent: &'a Agent,
    is_local: bool,
    /// What the provider's clock showed last.
    told: Cell<Option<Timestamp>>,
}

impl<'a> Http<'a> {
    pub fn new(agent: &'a Agent, is_local: bool) -> Self {
        Self { agent, is_local, told: Cell::new(None) }
    }

    /// Refuses an address that is neither under TLS nor, when that is allowed, on this machine.
    pub fn check(&self, address: &str) -> Result<(), Trouble> {
        let is_safe = address.starts_with("https://") || (self.is_local && is_loopback(address));
        is_safe.then_some(()).ok_or(Trouble::Unsafe)
    }

    /// By how many seconds the provider's clock is ahead of `now`.
    pub fn clock_off(&self, now: Timestamp) -> Option<i64> {
        self.told.get().map(|told| told.as_second() - now.as_second())
    }

    /// Makes a request.
    pub fn call(&self, request: HttpRequest) -> Result<HttpResponse, Trouble> {
        self.check(&request.uri().to_string())?;
        let answer = if request.method() == Method::GET {
            self.agent.run(request.map(|_| ()))
        } else {
            self.agent.run(request)
        };
        let (parts, mut body) = answer.map_err(|error| trouble(&error))?.into_parts();
        // Whoever is in trouble says nothing that is to be read.
        if parts.status.is_server_error() {
            return Err(Trouble::Status(parts.status.as_u16()));
        }
        let date = parts.headers.get(DATE).and_then(|date| date.to_str().ok());
        let told = date.and_then(|date| jiff::fmt::rfc2822::parse(date).ok());
        self.told.set(told.map(|told| told.timestamp()).or(self.told.get()));
        let body = body.with_config().limit(LONGEST).read_to_vec();
        Ok(HttpResponse::from_parts(parts, body.map_err(|error| trouble(&error))?))
    }
}

fn trouble(error: &Error) -> Trouble {
    match error {
        Error::Timeout(_) => Trouble::Slow,
        Error::HostNotFound => Trouble::NotFound,
        Error::Tls(_) | Error::Rustls(_) => Trouble::Tls,
        Error::RequireHttpsOnly(_) => Trouble::Unsafe,
        // The handshake's own troubles come wrapped.
        Error::Io(error) if error.get_ref().is_some_and(|inner| inner.is::<rustls::Error>()) => {
            Trouble::Tls
        }
        Error::Io(_) | Error::ConnectionFailed => Trouble::NoConnection,
        _ => Trouble::Unreadable,
    }
}
