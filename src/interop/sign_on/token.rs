//! What a provider's tokens have to prove before anybody is believed to be somebody.

use std::time::{Duration, SystemTime};

use data_encoding::BASE64URL_NOPAD;
use jiff::Timestamp;
use openidconnect::core::{CoreGenderClaim, CoreTokenResponse};
use openidconnect::{
    AccessTokenHash, AdditionalClaims, ClaimsVerificationError, HttpRequest, HttpResponse, Nonce,
    OAuth2TokenResponse, SignatureVerificationError, SubjectIdentifier, TokenResponse,
    UserInfoClaims, UserInfoError,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Client, SIGNATURES};
use crate::domain::sign_on::Claims;
use crate::office::sign_on::{Begun, Flaw, Identity, Opened, Trouble};

/// By how many seconds clocks may differ.
const SKEW: i64 = 60;
/// The oldest token that was made for a sign-in of now, in seconds.
const OLDEST: i64 = 15 * 60;
/// How deep claims lie in one another.
const DEEPEST: usize = 4;

/// Claims of any name.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Any(#[serde(default)] Map<String, Value>);

impl AdditionalClaims for Any {}

/// Why a token proves nothing.
pub(super) enum Unproved {
    /// It names a key that is not known.
    UnknownKey,
    /// It has a flaw.
    Flawed(Flaw),
}

impl Unproved {
    pub fn trouble(self) -> Trouble {
        match self {
            Self::UnknownKey => Trouble::Token(Flaw::Signature),
            Self::Flawed(flaw) => Trouble::Token(flaw),
        }
    }
}

impl From<ClaimsVerificationError> for Unproved {
    fn from(error: ClaimsVerificationError) -> Self {
        Self::Flawed(match error {
            ClaimsVerificationError::Expired(_) => Flaw::Time,
            ClaimsVerificationError::InvalidAudience(_) => Flaw::Audience,
            ClaimsVerificationError::InvalidIssuer(_) => Flaw::Issuer,
            ClaimsVerificationError::InvalidNonce(_) => Flaw::Nonce,
            ClaimsVerificationError::InvalidSubject(_) => Flaw::Mismatch,
            ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            ) => return Self::UnknownKey,
            ClaimsVerificationError::SignatureVerification(_) => Flaw::Signature,
            // The time of issue is refused by a sentence of ours.
            ClaimsVerificationError::Other(_) => Flaw::Time,
            _ => Flaw::Incomplete,
        })
    }
}

impl From<SignatureVerificationError> for Unproved {
    fn from(error: SignatureVerificationError) -> Self {
        ClaimsVerificationError::SignatureVerification(error).into()
    }
}

/// Checks the token of an answer: signed by the provider, by it, for us, for this sign-in, now, and
/// belonging to the access token beside it. The answer is who it is of, what it says, and itself.
pub(super) fn check(
    client: &Client,
    response: &CoreTokenResponse,
    begun: &Begun,
    now: Timestamp,
) -> Result<(String, Claims, String), Unproved> {
    let token = response.id_token().ok_or(Unproved::Flawed(Flaw::Incomplete))?;
    let past = u64::try_from(now.as_second() - SKEW).unwrap_or_default();
    let leeway = SystemTime::UNIX_EPOCH + Duration::from_secs(past);
    let seconds = now.as_second();
    let verifier = client
        .id_token_verifier()
        .set_allowed_algs(SIGNATURES)
        .set_time_fn(move || leeway.into())
        .set_issue_time_verifier_fn(move |at| {
            let age = seconds - at.timestamp();
            if (-SKEW..=OLDEST).contains(&age) { Ok(()) } else { Err("not made now".to_owned()) }
        });
    let claims = token.claims(&verifier, &Nonce::new(begun.nonce.clone()))?;
    // Who is named as the one for whom it was made has to be us, also where it is for us alone.
    if claims.authorized_party().is_some_and(|party| party != client.client_id()) {
        return Err(Unproved::Flawed(Flaw::Audience));
    }
    if let Some(expected) = claims.access_token_hash() {
        let algorithm = token.signing_alg()?;
        let key = token.signing_key(&verifier)?;
        let found = AccessTokenHash::from_token(response.access_token(), algorithm, key);
        if found.is_err() || found.is_ok_and(|found| found != *expected) {
            return Err(Unproved::Flawed(Flaw::Mismatch));
        }
    }
    let subject = claims.subject().as_str().to_owned();
    let written = token.to_string();
    let said = payload(&written).ok_or(Unproved::Flawed(Flaw::Incomplete))?;
    // The longest name that OpenID Connect allows.
    if subject.is_empty() || subject.len() > 255 {
        return Err(Unproved::Flawed(Flaw::Incomplete));
    }
    Ok((subject, flat(&said), written))
}

/// Asks for what the token left out, at the address that the provider has for it.
pub(super) fn complete<F>(
    client: &Client,
    response: &CoreTokenResponse,
    opened: &Opened,
    mut identity: Identity,
    call: &F,
) -> Result<Identity, Trouble>
where
    F: Fn(HttpRequest) -> Result<HttpResponse, Trouble>,
{
    let provider = &opened.provider;
    let own = [provider.match_claim.as_str(), provider.roles_claim.as_str()];
    let mut wanted = provider.claims.values().map(String::as_str).chain(own);
    let lacks = |name: &str| !name.is_empty() && identity.claims.all(name).is_empty();
    if !wanted.any(lacks) {
        return Ok(identity);
    }
    let subject = SubjectIdentifier::new(identity.subject.clone());
    let Ok(request) = client.user_info(response.access_token().clone(), Some(subject)) else {
        return Ok(identity);
    };
    let told: Result<UserInfoClaims<Any, CoreGenderClaim>, _> = request.request(call);
    let told = told.map_err(|error| match error {
        UserInfoError::Request(trouble) => trouble,
        UserInfoError::ClaimsVerification(_) => Trouble::Token(Flaw::Mismatch),
        UserInfoError::Response(status, ..) if !status.is_success() => {
            Trouble::Status(status.as_u16())
        }
        _ => Trouble::Unreadable,
    })?;
    if let Ok(Value::Object(mut said)) = serde_json::to_value(&told) {
        // How somebody signed in is what the signed token says, or nothing.
        said.retain(|name, _| name != "acr" && name != "amr");
        identity.claims.complete(flat(&said));
    }
    Ok(identity)
}

/// The claims of a token that was checked.
fn payload(token: &str) -> Option<Map<String, Value>> {
    let part = token.split('.').nth(1)?;
    let plain = BASE64URL_NOPAD.decode(part.as_bytes()).ok()?;
    serde_json::from_slice(&plain).ok()
}

/// Claims by their names, those inside others by their paths.
fn flat(said: &Map<String, Value>) -> Claims {
    let mut claims = Claims::default();
    for (name, value) in said {
        put(&mut claims, name, value, DEEPEST);
    }
    claims
}

fn put(claims: &mut Claims, name: &str, value: &Value, depth: usize) {
    match value {
        Value::String(text) => claims.add(name, text),
        Value::Number(number) => claims.add(name, &number.to_string()),
        Value::Bool(yes) => claims.add(name, &yes.to_string()),
        Value::Array(values) => {
            for value in values.iter().filter(|value| !value.is_object() && !value.is_array()) {
                put(claims, name, value, depth);
            }
        }
        Value::Object(inner) if depth > 0 => {
            for (part, value) in inner {
                put(claims, &format!("{name}.{part}"), value, depth - 1);
            }
        }
        Value::Object(_) | Value::Null => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::flat;

    #[test]
    fn claims_lie_under_their_paths() {
        let said = json!({
            "sub": "a", "realm_access": { "roles": ["x", "y", ["z"]] }, "n": 7, "none": null
        });
        let claims = flat(said.as_object().unwrap());
        assert_eq!(claims.one("sub"), Some("a"));
        assert_eq!(claims.all("realm_access.roles"), ["x", "y"]);
        assert_eq!(claims.one("n"), Some("7"));
        assert_eq!(claims.one("none"), None);
    }
}
