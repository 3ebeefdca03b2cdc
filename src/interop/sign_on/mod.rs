//! Speaks OpenID Connect with the providers of central sign-on: authorization code with PKCE. What is
//! checked of a token stands in `token.rs`; here is the way to it. Nothing of a person is logged.

mod http;
mod token;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use openidconnect::core::CoreErrorResponseType;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreClaimName, CoreClaimType,
    CoreClient, CoreClientAuthMethod, CoreGrantType, CoreIdToken, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreJwsSigningAlgorithm,
    CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
};
use openidconnect::{
    AdditionalProviderMetadata, AuthType, AuthorizationCode, ClientId, ClientSecret, CsrfToken,
    DiscoveryError, EndSessionUrl, IssuerUrl, LogoutRequest, Nonce, PkceCodeChallenge,
    PkceCodeVerifier, PostLogoutRedirectUrl, ProviderMetadata, RedirectUrl, RequestTokenError,
    Scope, StandardErrorResponse,
};
use serde::{Deserialize, Serialize};

use crate::office::sign_on::{Answer, Begun, Flaw, Gate, Identity, Opened, Seen, Trouble};

/// How long what a provider says of itself is remembered.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(1);
/// How often its keys are asked for again because a token names an unknown one.
const AGAIN: SignedDuration = SignedDuration::from_secs(20);
/// The signatures that prove something: by keys whose other half everybody may have.
const SIGNATURES: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// What a provider says of itself beside what OpenID Connect Discovery demands.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Further {
    #[serde(default)]
    end_session_endpoint: Option<EndSessionUrl>,
    #[serde(default)]
    code_challenge_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: Option<bool>,
}

impl AdditionalProviderMetadata for Further {}

type Metadata = ProviderMetadata<
    Further,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// A client as metadata makes it: it knows where to send people, and may know the other two.
type Client = CoreClient<
    openidconnect::EndpointSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointMaybeSet,
    openidconnect::EndpointMaybeSet,
>;

/// What is remembered of a provider.
#[derive(Clone)]
struct Known {
    metadata: Arc<Metadata>,
    at: Timestamp,
    /// When its keys were last asked for because a token named an unknown one.
    again_at: Option<Timestamp>,
}

/// Speaks with every provider.
pub struct Providers {
    remote: ureq::Agent,
    local: ureq::Agent,
    known: Mutex<HashMap<String, Known>>,
}

impl Default for Providers {
    fn default() -> Self {
        Self { remote: http::agent(false), local: http::agent(true), known: Mutex::default() }
    }
}

impl Providers {
    fn http(&self, opened: &Opened) -> http::Http<'_> {
        let is_local = opened.provider.is_local;
        http::Http::new(if is_local { &self.local } else { &self.remote }, is_local)
    }

    fn remembered(&self, issuer: &str) -> Option<Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).get(issuer).cloned()
    }

    /// What a provider says of itself, as remembered for a while.
    fn metadata(&self, opened: &Opened) -> Result<Arc<Metadata>, Trouble> {
        let issuer = opened.provider.issuer.as_str();
        let fresh = |known: &Known| opened.now.duration_since(known.at).abs() <= REMEMBERED;
        match self.remembered(issuer).filter(fresh) {
            Some(known) => Ok(known.metadata),
            None => self.read(opened, &self.http(opened)),
        }
    }

    /// The same after a token has named an unknown key: keys change. Asked for again once in a while,
    /// and not for every token that somebody makes up.
    fn metadata_again(&self, opened: &Opened) -> Result<Arc<Metadata>, Trouble> {
        let issuer = opened.provider.issuer.as_str();
        let known = self.remembered(issuer);
        let last = known.as_ref().and_then(|known| known.again_at);
        if let Some(known) = known
            && last.is_some_and(|at| opened.now.duration_since(at).abs() <= AGAIN)
        {
            return Ok(known.metadata);
        }
        let metadata = self.read(opened, &self.http(opened))?;
        let mut all = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = all.get_mut(issuer) {
            known.again_at = Some(opened.now);
        }
        Ok(metadata)
    }

    fn read(&self, opened: &Opened, http: &http::Http<'_>) -> Result<Arc<Metadata>, Trouble> {
        let issuer = opened.provider.issuer.as_str();
        let named = IssuerUrl::new(issuer.to_owned()).map_err(|_| Trouble::Unreadable)?;
        let call = |request| http.call(request);
        let metadata = Metadata::discover(&named, &call).map_err(discovery)?;
        let metadata = Arc::new(metadata);
        let mut all = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let again_at = all.get(issuer).and_then(|known| known.again_at);
        let known = Known { metadata: metadata.clone(), at: opened.now, again_at };
        all.insert(issuer.to_owned(), known);
        Ok(metadata)
    }

    fn client(opened: &Opened, metadata: &Metadata) -> Client {
        let secret = Some(opened.secret.clone()).filter(|secret| !secret.is_empty());
        let id = ClientId::new(opened.provider.client.clone());
        let client =
            CoreClient::from_provider_metadata(metadata.clone(), id, secret.map(ClientSecret::new));
        let ways = metadata.token_endpoint_auth_methods_supported();
        let only_body = ways.is_some_and(|ways| {
            ways.contains(&CoreClientAuthMethod::ClientSecretPost)
                && !ways.contains(&CoreClientAuthMethod::ClientSecretBasic)
        });
        client.set_auth_type(if only_body { AuthType::RequestBody } else { AuthType::BasicAuth })
    }
}

impl Gate for Providers {
    fn look(&self, opened: &Opened) -> Result<Seen, Trouble> {
        let http = self.http(opened);
        let metadata = self.read(opened, &http)?;
        for address in addresses(&metadata) {
            http.check(&address)?;
        }
        let further = metadata.additional_metadata();
        let methods = further.code_challenge_methods_supported.as_deref().unwrap_or_default();
        let signs = metadata.id_token_signing_alg_values_supported();
        let named = metadata.scopes_supported();
        let is_unknown = |scope: &&String| {
            named.is_some_and(|named| !named.iter().any(|known| known.as_str() == scope.as_str()))
        };
        Ok(Seen {
            pkce: methods.iter().any(|method| method == "S256"),
            signs: signs.iter().any(|algorithm| SIGNATURES.contains(algorithm)),
            keys: metadata.jwks().keys().len(),
            ends_sessions: further.end_session_endpoint.is_some(),
            clock_off: http.clock_off(opened.now),
            unknown_scopes: opened.provider.scopes.iter().filter(is_unknown).cloned().collect(),
        })
    }

    fn address(&self, opened: &Opened, begun: &Begun, again: bool) -> Result<String, Trouble> {
        let metadata = self.metadata(opened)?;
        self.http(opened).check(metadata.authorization_endpoint().as_str())?;
        let redirect = redirect(begun)?;
        let client = Self::client(opened, &metadata).set_redirect_uri(redirect);
        let (state, nonce) = (begun.state.clone(), begun.nonce.clone());
        let verifier = PkceCodeVerifier::new(begun.verifier.clone());
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        for scope in &opened.provider.scopes {
            request = request.add_scope(Scope::new(scope.clone()));
        }
        if again {
            request = request.add_prompt(CoreAuthPrompt::Login);
        }
        Ok(request.url().0.to_string())
    }

    fn redeem(&self, opened: &Opened, begun: &Begun, answer: &Answer) -> Result<Identity, Trouble> {
        let metadata = self.metadata(opened)?;
        let further = metadata.additional_metadata();
        let names_itself = further.authorization_response_iss_parameter_supported == Some(true);
        match &answer.issuer {
            Some(issuer) if *issuer != opened.provider.issuer => return Err(Trouble::MixedUp),
            None if names_itself => return Err(Trouble::MixedUp),
            _ => {}
        }
        let http = self.http(opened);
        let call = |request| http.call(request);
        let client = Self::client(opened, &metadata).set_redirect_uri(redirect(begun)?);
        let request = client
            .exchange_code(AuthorizationCode::new(answer.code.clone()))
            .map_err(|_| Trouble::Unreadable)?
            .set_pkce_verifier(PkceCodeVerifier::new(begun.verifier.clone()));
        let response = request.request(&call).map_err(exchange)?;
        let checked = token::check(&client, &response, begun, opened.now);
        let checked = match checked {
            Err(token::Unproved::UnknownKey) => {
                let metadata = self.metadata_again(opened)?;
                token::check(&Self::client(opened, &metadata), &response, begun, opened.now)
            }
            checked => checked,
        };
        let (subject, claims, id_token) = checked.map_err(token::Unproved::trouble)?;
        let identity = Identity { subject, claims, id_token };
        token::complete(&client, &response, opened, identity, &call)
    }

    fn way_out(&self, opened: &Opened, id_token: &str, back: &str) -> Result<String, Trouble> {
        let metadata = self.metadata(opened)?;
        let end = metadata.additional_metadata().end_session_endpoint.clone();
        let end = end.ok_or(Trouble::NoWayOut)?;
        self.http(opened).check(end.as_str())?;
        let token: CoreIdToken = id_token.parse().map_err(|_| Trouble::Unreadable)?;
        let back = PostLogoutRedirectUrl::new(back.to_owned()).map_err(|_| Trouble::Unreadable)?;
        let request = LogoutRequest::from(end)
            .set_id_token_hint(&token)
            .set_client_id(ClientId::new(opened.provider.client.clone()))
            .set_post_logout_redirect_uri(back);
        Ok(request.http_get_url().to_string())
    }
}

fn redirect(begun: &Begun) -> Result<RedirectUrl, Trouble> {
    RedirectUrl::new(begun.redirect.clone()).map_err(|_| Trouble::Unreadable)
}

/// Every address that a provider names and that is used.
fn addresses(metadata: &Metadata) -> Vec<String> {
    let further = metadata.additional_metadata();
    let mut all =
        vec![metadata.authorization_endpoint().to_string(), metadata.jwks_uri().to_string()];
    all.extend(metadata.token_endpoint().map(|address| address.to_string()));
    all.extend(metadata.userinfo_endpoint().map(|address| address.to_string()));
    all.extend(further.end_session_endpoint.as_ref().map(|address| address.to_string()));
    all
}

fn discovery(error: DiscoveryError<Trouble>) -> Trouble {
    match error {
        DiscoveryError::Request(trouble) => trouble,
        DiscoveryError::Response(status, ..) if !status.is_success() => {
            Trouble::Status(status.as_u16())
        }
        // The one thing that is compared is the name, which the sentence quotes first.
        DiscoveryError::Validation(sentence) => {
            Trouble::OtherIssuer(sentence.split('`').nth(1).unwrap_or_default().to_owned())
        }
        _ => Trouble::Unreadable,
    }
}

type Refused = StandardErrorResponse<CoreErrorResponseType>;

fn exchange(error: RequestTokenError<Trouble, Refused>) -> Trouble {
    match error {
        RequestTokenError::Request(trouble) => trouble,
        RequestTokenError::ServerResponse(said) => match said.error() {
            CoreErrorResponseType::InvalidGrant => Trouble::CodeRefused,
            CoreErrorResponseType::InvalidClient | CoreErrorResponseType::UnauthorizedClient => {
                Trouble::ClientRefused
            }
            _ => Trouble::Unreadable,
        },
        // A token without signature, or with one that is none, is not even read.
        RequestTokenError::Parse(..) => Trouble::Token(Flaw::Incomplete),
        RequestTokenError::Other(_) => Trouble::Unreadable,
    }
}
