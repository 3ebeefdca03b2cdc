//! Passkeys of desk accounts (WebAuthn): a key inside a device or a stick, which opens with a finger,
//! a face or a PIN there. Showing it is both factors of a sign-in at once. What was begun lies in
//! memory for five minutes; a restart only means to begin again.

use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use webauthn_rp::bin::{Decode, Encode};
use webauthn_rp::request::auth::AuthenticationVerificationOptions;
use webauthn_rp::request::register::{
    CredProtect, Nickname, PublicKeyCredentialUserEntity, RegistrationVerificationOptions,
    UserHandle64, Username,
};
use webauthn_rp::request::{
    AsciiDomain, DomainOrigin, FixedCapHashSet, InsertResult, Port, PublicKeyCredentialDescriptor,
    RpId, Scheme,
};
use webauthn_rp::response::register::{CompressedPubKey, DynamicState, StaticState};
use webauthn_rp::response::{AuthTransports, CredentialId};
use webauthn_rp::{
    AuthenticatedCredential, DiscoverableAuthentication64, DiscoverableAuthenticationServerState,
    DiscoverableCredentialRequestOptions, PublicKeyCredentialCreationOptions, Registration,
    RegistrationServerState,
};

use super::settings::{self, AccountRow};
use super::signing_in::{SignedIn, own_tries};
use super::{Office, words};
use crate::domain::agency::Staff;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::store::codec::wire::Damaged;
use crate::store::ledger::Failure;

/// Ceremonies that may be under way at once.
const MOST_BEGUN: usize = 1_000;
/// Passkeys of an account.
const MOST: usize = 20;
/// Longest name of a passkey, in characters.
const LONGEST_NAME: usize = 60;

type Owned = CompressedPubKey<[u8; 32], [u8; 32], [u8; 48], Vec<u8>>;

/// What is kept of a passkey; nothing of it is secret.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct PasskeyRow {
    /// The credential's id, Base64url.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    pub since: Timestamp,
    pub used_at: Option<Timestamp>,
    /// How it is reached.
    transports: u8,
    /// Its public key and what else stays, hexadecimal.
    fixed: String,
    /// Its counter and what else changes, hexadecimal.
    changing: String,
}

/// A passkey as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Since when.
    pub since: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

/// What was begun and not yet ended.
pub(super) struct Ceremonies {
    registering: Mutex<FixedCapHashSet<RegistrationServerState<64>>>,
    signing: Mutex<FixedCapHashSet<DiscoverableAuthenticationServerState>>,
}

impl Default for Ceremonies {
    fn default() -> Self {
        Self {
            registering: Mutex::new(FixedCapHashSet::new(MOST_BEGUN)),
            signing: Mutex::new(FixedCapHashSet::new(MOST_BEGUN)),
        }
    }
}

/// The name under which browsers keep passkeys of this instance, with where its pages may come from.
#[derive(Clone, Debug)]
pub struct Party {
    name: AsciiDomain,
    is_local: bool,
}

impl Party {
    /// The party of the host that people type; none for a number, which passkeys do not know.
    pub fn of(host: &str) -> Option<Self> {
        let host = host.trim().trim_end_matches('.').to_ascii_lowercase();
        let is_number = host.parse::<IpAddr>().is_ok();
        // Domains may have any ASCII; the names of hosts have these.
        let is_host = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '.');
        let may_be_name = !is_number && host.chars().all(is_host);
        let name = AsciiDomain::try_from(host).ok().filter(|_| may_be_name)?;
        let is_local = name.as_ref() == "localhost";
        Some(Self { name, is_local })
    }

    /// Whether it is this machine alone, where browsers need no TLS.
    pub fn is_local(&self) -> bool {
        self.is_local
    }

    fn id(&self) -> RpId {
        RpId::Domain(self.name.clone())
    }

    fn origin(&self) -> DomainOrigin<'static, '_> {
        let scheme = if self.is_local { Scheme::Other("http") } else { Scheme::Https };
        DomainOrigin { scheme, host: self.name.as_ref(), port: Port::Any }
    }
}

fn wrong() -> Refusal {
    Refusal::new(RefusalKind::Unauthenticated, words::PASSKEY_WRONG)
}

fn busy() -> Refusal {
    Refusal::new(RefusalKind::TooMany, words::BUSY)
}

impl PasskeyRow {
    fn credential_id(&self) -> Result<CredentialId<Vec<u8>>, Failure> {
        let damaged = || Damaged("id of a passkey");
        let bytes = BASE64URL_NOPAD.decode(self.id.as_bytes()).map_err(|_| damaged())?;
        Ok(CredentialId::<Vec<u8>>::decode(bytes).map_err(|_| damaged())?)
    }

    fn state(&self) -> Result<(StaticState<Owned>, DynamicState), Failure> {
        let damaged = || Damaged("key of a passkey");
        let bytes = |text: &str| HEXLOWER.decode(text.as_bytes()).map_err(|_| damaged());
        let (fixed, changing) = (bytes(&self.fixed)?, bytes(&self.changing)?);
        let fixed = StaticState::<Owned>::decode(&fixed).map_err(|_| damaged())?;
        let changing: [u8; 7] = changing.try_into().map_err(|_| damaged())?;
        Ok((fixed, DynamicState::decode(changing).map_err(|_| damaged())?))
    }
}

impl Office {
    /// The party under which passkeys are kept: by the address that was set, else by the host that
    /// was asked.
    pub fn party(&self, asked: &str) -> Option<Party> {
        let set = self.public_address();
        let set = set.as_deref().and_then(|address| address.split_once("://"));
        let host = set.map_or(asked, |(_, rest)| rest.split('/').next().unwrap_or_default());
        Party::of(host.rsplit_once(':').map_or(host, |(host, _)| host))
    }

    /// Whether any account has a passkey.
    pub fn has_passkeys(&self) -> bool {
        !self.world().passkeys.is_empty()
    }

    /// The handle of an account inside authenticators: always the same, and says nothing.
    fn handle(&self, name: &str) -> UserHandle64 {
        let mut bytes = [0; 64];
        let mut hasher = blake3::Hasher::new_keyed(self.person_key.bytes());
        hasher.update(b"passkeys of\0").update(name.as_bytes());
        hasher.finalize_xof().fill(&mut bytes);
        let Ok(handle) = UserHandle64::decode(bytes);
        handle
    }

    /// An account's passkeys, the oldest first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn passkeys(&self, name: &str) -> Result<Vec<Passkey>, Failure> {
        let row = settings::read::<AccountRow>(&self.ledger.reader()?, name)?;
        let rows = row.map(|row| row.passkeys).unwrap_or_default().into_iter();
        let told = |row: PasskeyRow| Passkey {
            id: row.id,
            name: row.name,
            since: row.since,
            used_at: row.used_at,
        };
        Ok(rows.map(told).collect())
    }

    /// What a browser makes a passkey of an account from.
    ///
    /// # Errors
    /// The account has no second factor yet, whose recovery codes help when a passkey is lost, or has
    /// many passkeys.
    pub fn begin_passkey(&self, staff: &Staff, party: &Party) -> Result<Value, Failure> {
        let name = staff.name.as_str();
        let row = settings::read::<AccountRow>(&self.ledger.reader()?, name)?;
        let row = row.filter(|row| row.second.is_some());
        let row =
            row.ok_or_else(|| Refusal::new(RefusalKind::Impossible, words::PASSKEY_NEEDS_SECOND))?;
        if row.passkeys.len() >= MOST {
            return Err(Refusal::new(RefusalKind::Impossible, words::PASSKEY_MANY).into());
        }
        let known = row.passkeys.iter().map(|row| {
            let transports = AuthTransports::decode(row.transports);
            let transports = transports.map_err(|_| Damaged("transports of a passkey"))?;
            Ok(PublicKeyCredentialDescriptor { id: row.credential_id()?, transports })
        });
        let known = known.collect::<Result<Vec<_>, Failure>>()?;
        let (handle, id) = (self.handle(name), party.id());
        let entity = PublicKeyCredentialUserEntity {
            name: Username::try_from(name).map_err(|_| Damaged("name of an account"))?,
            id: &handle,
            display_name: Nickname::try_from(staff.full_name.as_str()).ok(),
        };
        let mut options = PublicKeyCredentialCreationOptions::passkey(&id, entity, known);
        // Authenticators that do not know the extension are taken too.
        options.extensions.cred_protect = CredProtect::None;
        let (begun, asked) = options.start_ceremony().map_err(|_| busy())?;
        let told = serde_json::to_value(&asked).map_err(|_| Damaged("options of a passkey"))?;
        let mut all =
            self.sign_in.ceremonies.registering.lock().unwrap_or_else(PoisonError::into_inner);
        match all.insert_or_replace_all_expired(begun) {
            InsertResult::Success => Ok(told),
            _ => Err(busy().into()),
        }
    }

    /// Keeps the passkey that a browser has made.
    ///
    /// # Errors
    /// It was not made for this account from what was begun here, or is known already.
    pub async fn keep_passkey(
        &self,
        staff: &Staff,
        party: &Party,
        label: &str,
        made: &[u8],
    ) -> Result<(), Failure> {
        let made = Registration::from_json_relaxed(made).map_err(|_| wrong())?;
        let challenge = made.challenge_relaxed().map_err(|_| wrong())?;
        let begun = {
            let registering = &self.sign_in.ceremonies.registering;
            registering.lock().unwrap_or_else(PoisonError::into_inner).take(&challenge)
        };
        let origins = [party.origin()];
        let options = RegistrationVerificationOptions::<_, &str> {
            allowed_origins: &origins,
            ..RegistrationVerificationOptions::default()
        };
        let kept = begun.ok_or_else(wrong)?.verify(&party.id(), &made, &options);
        let kept = kept.map_err(|error| {
            tracing::info!(%error, "a passkey was refused");
            wrong()
        })?;
        if *kept.user_id() != self.handle(staff.name.as_str()) {
            return Err(wrong().into());
        }
        let Ok(fixed) = kept.static_state().encode();
        let Ok(changing) = kept.dynamic_state().encode();
        let Ok(transports) = kept.transports().encode();
        let row = PasskeyRow {
            id: BASE64URL_NOPAD.encode(kept.id().as_ref()),
            name: passkey_name(label),
            since: self.env.now(),
            used_at: None,
            transports,
            fixed: HEXLOWER.encode(&fixed),
            changing: HEXLOWER.encode(&changing),
        };
        if self.world().passkeys.contains_key(&row.id) {
            return Err(wrong().into());
        }
        tracing::info!(account = %staff.name, "a passkey was added");
        self.change_account_async(staff.name.as_str(), move |_, account| {
            account.passkeys.push(row);
            Ok(())
        })
        .await
    }

    /// Removes a passkey of an account.
    ///
    /// # Errors
    /// It has none with this id.
    pub async fn drop_passkey(&self, name: &str, id: &str) -> Result<(), Failure> {
        let id = id.to_owned();
        tracing::info!(account = name, "a passkey was removed");
        self.change_account_async(name, move |_, account| {
            let before = account.passkeys.len();
            account.passkeys.retain(|row| row.id != id);
            if account.passkeys.len() < before {
                Ok(())
            } else {
                Err(Refusal::new(RefusalKind::NotFound, words::PASSKEY_NONE).into())
            }
        })
        .await
    }

    /// What a browser signs in with a passkey from.
    ///
    /// # Errors
    /// Too many sign-ins are under way.
    pub fn begin_passkey_sign_in(&self, party: &Party) -> Result<Value, Failure> {
        let id = party.id();
        let options = DiscoverableCredentialRequestOptions::passkey(&id);
        let (begun, asked) = options.start_ceremony().map_err(|_| busy())?;
        let told = serde_json::to_value(&asked).map_err(|_| Damaged("options of a passkey"))?;
        let mut all =
            self.sign_in.ceremonies.signing.lock().unwrap_or_else(PoisonError::into_inner);
        match all.insert_or_replace_all_expired(begun) {
            InsertResult::Success => Ok(told),
            _ => Err(busy().into()),
        }
    }

    /// Signs in with a passkey: it is both factors.
    ///
    /// # Errors
    /// The passkey is not known, its account is shut, or what the browser sent does not fit what was
    /// begun here.
    pub async fn sign_in_passkey(&self, party: &Party, shown: &[u8]) -> Result<SignedIn, Failure> {
        let shown = DiscoverableAuthentication64::from_json_relaxed(shown).map_err(|_| wrong())?;
        let challenge = shown.challenge_relaxed().map_err(|_| wrong())?;
        let begun = {
            let signing = &self.sign_in.ceremonies.signing;
            signing.lock().unwrap_or_else(PoisonError::into_inner).take(&challenge)
        };
        let begun = begun.ok_or_else(wrong)?;
        let id = BASE64URL_NOPAD.encode(shown.raw_id().as_ref());
        let name = self.world().passkeys.get(&id).cloned().ok_or_else(wrong)?;
        let row = settings::read::<AccountRow>(&self.ledger.reader()?, &name)?;
        let row = row.filter(|row| row.enabled).ok_or_else(wrong)?;
        let kept = row.passkeys.iter().find(|kept| kept.id == id).ok_or_else(wrong)?;
        let (fixed, changing) = kept.state()?;
        let handle = self.handle(&name);
        let mut known = AuthenticatedCredential::new(shown.raw_id(), &handle, fixed, changing)
            .map_err(|_| Damaged("key of a passkey"))?;
        let origins = [party.origin()];
        let options = AuthenticationVerificationOptions::<_, &str> {
            allowed_origins: &origins,
            ..AuthenticationVerificationOptions::default()
        };
        begun.verify(&party.id(), &shown, &mut known, &options).map_err(|error| {
            tracing::info!(%error, account = %name, "a passkey was refused");
            wrong()
        })?;
        let Ok(changing) = known.dynamic_state().encode();
        let (changing, now) = (HEXLOWER.encode(&changing), self.env.now());
        self.ledger
            .run(super::accounts::changing(&name, move |_, account| {
                if let Some(row) = account.passkeys.iter_mut().find(|row| row.id == id) {
                    (row.changing, row.used_at) = (changing, Some(now));
                }
                Ok(())
            }))
            .await?;
        self.forget_tries(&own_tries(&name));
        self.step_of(&name, true)
    }
}

fn passkey_name(label: &str) -> String {
    let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
    label.chars().take(LONGEST_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::Party;

    #[test]
    fn passkeys_are_kept_under_names_and_never_under_numbers() {
        for name in ["motcua.example.gov.vn", "Localhost", "may-chu.lan."] {
            assert!(Party::of(name).is_some(), "{name}");
        }
        for number in ["127.0.0.1", "10.0.0.7", "[::1]", "::1", "", "a b"] {
            assert!(Party::of(number).is_none(), "{number}");
        }
        assert!(Party::of("localhost").is_some_and(|party| party.is_local()));
    }
}
