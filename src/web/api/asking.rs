//! Who asks: by a token, by a desk session's token, or by a proof of a phone or email.
//!
//! A browser's session cookie is taken too, for reads, and for writes only with what another site
//! cannot send: the form token in `X-CSRF-Token`, or the browser's own word that the page is ours.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::{Method, header};
use actix_web::{FromRequest, HttpRequest, web};

use super::problem::ApiFailure;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::office::repeat::Once;
use crate::office::{Caller, Failure};
use crate::web::Site;
use crate::web::limits::Asked;
use crate::web::rights;
use crate::web::visitor::Visitor;
use crate::web::words::api as words;

/// Longest idempotency key.
const MAX_KEY: usize = 200;

/// Who asks, and how the request may be repeated.
#[derive(Clone, Debug)]
pub struct Asking {
    /// Who it is.
    pub caller: Caller,
    /// The phone or email that was proved.
    pub contact: Option<String>,
    /// The sender's network address.
    pub address: String,
    /// The idempotency key.
    key: Option<String>,
}

impl Asking {
    /// Refuses nobody in particular.
    ///
    /// # Errors
    /// 401.
    pub fn signed_in(&self) -> Result<&Caller, Refusal> {
        match &self.caller {
            Caller::Anybody => {
                Err(Refusal::new(RefusalKind::Unauthenticated, words::SIGN_IN_FIRST))
            }
            caller => Ok(caller),
        }
    }

    /// The request under its idempotency key, if it has one; what does the same has the same `route`
    /// and `body`.
    pub fn once(&self, route: &str, body: &[u8]) -> Option<Once> {
        self.once_as(&self.caller.scope(), route, body)
    }

    /// As [`Asking::once`], for senders who are told apart by something else than their name.
    pub fn once_as(&self, scope: &str, route: &str, body: &[u8]) -> Option<Once> {
        self.key.as_ref().map(|key| Once::new(scope, route, key, body))
    }

    /// Counts a request of somebody without a token against their network address.
    ///
    /// # Errors
    /// 429.
    pub fn limit(&self, site: &Site, asked: Asked) -> Result<(), ApiFailure> {
        match self.caller {
            Caller::Staff(_) | Caller::Program(_) => Ok(()),
            Caller::Citizen(_) | Caller::Draft(_) | Caller::Anybody => {
                pace(site, asked, &self.address)
            }
        }
    }
}

impl FromRequest for Asking {
    type Error = ApiFailure;
    type Future = Ready<Result<Self, ApiFailure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(site) = request.app_data::<web::Data<Site>>() else {
            return ready(Err(ApiFailure::no_route()));
        };
        ready(read(request, site).and_then(|asking| {
            rights::check(request, &asking.caller)?;
            Ok(asking)
        }))
    }
}

fn read(request: &HttpRequest, site: &Site) -> Result<Asking, ApiFailure> {
    // What a proxy says counts only from proxies that are trusted; the server strips the rest.
    let address = request.connection_info().realip_remote_addr().unwrap_or_default().to_owned();
    let key = read_key(request)?;
    let proof = request.headers().get("X-Proof").map(|value| value.to_str().unwrap_or("?"));
    let contact = match proof {
        Some(proof) => Some(or_count(site, &address, site.office.check_proof(proof.trim()))?),
        None => None,
    };
    let bearer = request.headers().get(header::AUTHORIZATION);
    let caller = match bearer {
        Some(value) => {
            let caller = caller_of_bearer(site, value.to_str().unwrap_or_default());
            let caller = or_count(site, &address, caller)?;
            if let Caller::Program(name) = &caller {
                pace(site, Asked::Token, name)?;
            }
            caller
        }
        None => match (&contact, caller_of_cookie(request, site)) {
            (Some(contact), _) => Caller::Citizen(contact.clone()),
            (None, Some(caller)) => caller,
            (None, None) => Caller::Anybody,
        },
    };
    let contact = contact.or_else(|| match &caller {
        Caller::Citizen(contact) => Some(contact.clone()),
        _ => None,
    });
    Ok(Asking { caller, contact, address, key })
}

/// Counts a request.
///
/// # Errors
/// It is one too many: 429, with the seconds after which to come again.
pub fn pace(site: &Site, asked: Asked, who: &str) -> Result<(), ApiFailure> {
    site.limits.pace(asked, who).map_err(ApiFailure::too_many)
}

/// Counts wrong tokens and proofs, so that nobody guesses them.
fn or_count<T>(site: &Site, address: &str, found: Result<T, Failure>) -> Result<T, ApiFailure> {
    match found {
        Err(Failure::Refused(refusal)) => {
            pace(site, Asked::SignIn, address)?;
            Err(refusal.into())
        }
        other => Ok(other?),
    }
}

fn caller_of_bearer(site: &Site, value: &str) -> Result<Caller, Failure> {
    let wrong = || Refusal::new(RefusalKind::Unauthenticated, words::TOKEN_WRONG);
    let (scheme, token) = value.split_once(' ').ok_or_else(wrong)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(wrong().into());
    }
    let token = token.trim();
    if token.starts_with("mc_") {
        return site.office.caller_of_token(token).map_err(|failure| match failure {
            Failure::Refused(_) => wrong().into(),
            fault => fault,
        });
    }
    let session = site.office.session(token)?.ok_or_else(wrong)?;
    match site.office.caller_of_session(&session) {
        Caller::Anybody => Err(wrong().into()),
        caller => Ok(caller),
    }
}

fn caller_of_cookie(request: &HttpRequest, site: &Site) -> Option<Caller> {
    let visitor = Visitor::extract(request).into_inner().ok()?;
    visitor.session.as_ref()?;
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let is_reading = matches!(*request.method(), Method::GET | Method::HEAD);
    let is_ours = header("Sec-Fetch-Site") == Some("same-origin")
        || header("X-CSRF-Token").is_some_and(|token| visitor.check_csrf(site, token).is_ok());
    (is_reading || is_ours).then_some(visitor.caller).filter(|caller| *caller != Caller::Anybody)
}

fn read_key(request: &HttpRequest) -> Result<Option<String>, Refusal> {
    let Some(value) = request.headers().get("Idempotency-Key") else { return Ok(None) };
    let key = value.to_str().unwrap_or_default().trim();
    if (1..=MAX_KEY).contains(&key.len()) {
        Ok(Some(key.to_owned()))
    } else {
        Err(Refusal::field("Idempotency-Key", words::KEY_WRONG))
    }
}
