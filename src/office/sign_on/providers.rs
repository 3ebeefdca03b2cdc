//! The providers that an administrator has set, as rows of the settings.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

use super::words;
use crate::domain::agency::Role;
use crate::domain::dossier::Directory;
use crate::domain::ids::AgencyCode;
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::sign_on::{ClaimNames, Part, RoleRule, is_issuer};
use crate::domain::words::{Lang, Text};
use crate::office::settings::{self, Row};
use crate::office::{Failure, Office};
use crate::store::codec::wire::Damaged;
use crate::store::reader::Reader;

/// Longest name of a claim, in characters.
const LONGEST_CLAIM: usize = 100;

/// A provider.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Provider {
    /// Its short name, which stands in addresses.
    pub id: String,
    /// What stands on its button, Vietnamese and English.
    pub names: [String; 2],
    /// Who it is: the address by which it calls itself.
    pub issuer: String,
    /// Our name there.
    pub client: String,
    /// Our secret there, sealed; or empty.
    pub secret: String,
    /// Whether citizens sign in through it.
    pub citizens: bool,
    /// Whether staff does.
    pub staff: bool,
    /// What is asked for beside `openid`.
    pub scopes: Vec<String>,
    /// The claims that say something of the person.
    pub claims: ClaimNames,
    /// The claim about roles; or empty, and accounts keep their own.
    pub roles_claim: String,
    /// What its values mean.
    pub rules: Vec<RoleRule>,
    /// The claim that is the name of an account here; or empty, and nobody unknown is let in.
    pub match_claim: String,
    /// Values of `acr` and `amr` that say that a second factor was shown.
    pub second_factor: Vec<String>,
    /// Whether it may be on this very machine without TLS: for trying things out.
    pub is_local: bool,
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Provider({})", self.id)
    }
}

impl Provider {
    /// What it is called.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.names[1].is_empty() => &self.names[1],
            _ => &self.names[0],
        }
    }

    /// A sentence with its name in place of `{provider}`.
    pub fn in_words(&self, message: crate::domain::words::Message) -> Text {
        let name = Text { vi: self.name(Lang::Vi).to_owned(), en: self.name(Lang::En).to_owned() };
        message.text_of(&[("provider", &name)])
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct ProviderRow {
    id: String,
    names: [String; 2],
    issuer: String,
    client: String,
    secret: String,
    citizens: bool,
    staff: bool,
    scopes: Vec<String>,
    claims: BTreeMap<String, String>,
    roles_claim: String,
    /// Value, role, agency.
    rules: Vec<(String, String, String)>,
    match_claim: String,
    second_factor: Vec<String>,
    local: bool,
}

impl Row for ProviderRow {
    const KIND: &'static str = "provider";
    fn key(&self) -> &str {
        &self.id
    }
}

impl From<Provider> for ProviderRow {
    fn from(provider: Provider) -> Self {
        let claims = provider.claims.into_iter();
        let rules = provider.rules.into_iter();
        Self {
            id: provider.id,
            names: provider.names,
            issuer: provider.issuer,
            client: provider.client,
            secret: provider.secret,
            citizens: provider.citizens,
            staff: provider.staff,
            scopes: provider.scopes,
            claims: claims.map(|(part, claim)| (part.id().to_owned(), claim)).collect(),
            roles_claim: provider.roles_claim,
            rules: rules
                .map(|rule| (rule.value, rule.role.id().to_owned(), rule.agency.to_string()))
                .collect(),
            match_claim: provider.match_claim,
            second_factor: provider.second_factor,
            local: provider.is_local,
        }
    }
}

impl From<ProviderRow> for Provider {
    fn from(row: ProviderRow) -> Self {
        let claims = row.claims.into_iter();
        let rule = |(value, role, agency): (String, String, String)| {
            let role = Role::from_id(&role)?;
            Some(RoleRule { value, role, agency: AgencyCode::new(agency) })
        };
        Self {
            id: row.id,
            names: row.names,
            issuer: row.issuer,
            client: row.client,
            secret: row.secret,
            citizens: row.citizens,
            staff: row.staff,
            scopes: row.scopes,
            claims: claims
                .filter_map(|(part, claim)| Some((Part::from_id(&part)?, claim)))
                .collect(),
            roles_claim: row.roles_claim,
            rules: row.rules.into_iter().filter_map(rule).collect(),
            match_claim: row.match_claim,
            second_factor: row.second_factor,
            is_local: row.local,
        }
    }
}

/// Every provider, by id; secrets sealed.
pub(in crate::office) fn read(reader: &Reader) -> Result<Vec<Arc<Provider>>, Failure> {
    let rows = settings::all::<ProviderRow>(reader)?.into_iter();
    Ok(rows.map(|row| Arc::new(Provider::from(row))).collect())
}

impl Office {
    /// A client's secret as it lies in the settings.
    pub fn seal_provider_secret(&self, secret: &str) -> String {
        match secret {
            "" => String::new(),
            _ => BASE64URL_NOPAD.encode(&self.sign_on.key.seal(
                &self.env,
                b"secret",
                secret.as_bytes(),
            )),
        }
    }

    pub(super) fn open_provider_secret(&self, sealed: &str) -> Result<String, Failure> {
        if sealed.is_empty() {
            return Ok(String::new());
        }
        let damaged = || Damaged("secret of a provider");
        let sealed = BASE64URL_NOPAD.decode(sealed.as_bytes()).map_err(|_| damaged())?;
        let plain = self.sign_on.key.open(b"secret", &sealed)?;
        Ok(String::from_utf8(plain).map_err(|_| damaged())?)
    }

    /// Writes a provider, its secret sealed as [`Office::seal_provider_secret`] does.
    ///
    /// # Errors
    /// Something of it is wrong, or `is_new` and the id is taken; nothing has changed then.
    pub fn put_provider(&self, provider: Provider, is_new: bool) -> Result<(), Failure> {
        let mut errors = errors(&provider);
        let world = self.world();
        if is_new && world.provider(&provider.id).is_some() {
            errors.push(FieldError { field: "id".to_owned(), text: words::ID_TAKEN.into() });
        }
        let others = world.providers().iter().filter(|other| other.id != provider.id);
        if others.into_iter().any(|other| other.issuer == provider.issuer) {
            errors
                .push(FieldError { field: "issuer".to_owned(), text: words::ISSUER_TAKEN.into() });
        }
        for rule in &provider.rules {
            if world.agency(&rule.agency).is_none() {
                let text = words::RULE_AGENCY.text(&[("said", rule.agency.as_str())]);
                errors.push(FieldError { field: "rules".to_owned(), text });
            }
        }
        if !errors.is_empty() {
            return Err(Refusal::fields(errors).into());
        }
        let row = ProviderRow::from(provider);
        tracing::info!(provider = row.id, "a provider of sign-on was set");
        self.ledger.run_blocking(move |txn| settings::put(txn, &row))?;
        self.refresh_world()
    }

    /// Removes a provider. Accounts stay, and so do their other ways in.
    ///
    /// # Errors
    /// There is none of this name.
    pub fn remove_provider(&self, id: &str) -> Result<(), Failure> {
        let provider = self.provider(id)?;
        tracing::info!(provider = provider.id, "a provider of sign-on was removed");
        let id = provider.id.clone();
        self.ledger.run_blocking(move |txn| {
            settings::delete::<ProviderRow>(txn, &id);
            Ok(())
        })?;
        self.refresh_world()?;
        // Whoever came in through it is out again.
        self.end_sessions_through(&provider.id)
    }
}

fn errors(provider: &Provider) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, text: Text| {
        errors.push(FieldError { field: field.to_owned(), text });
    };
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !(2..=30).contains(&provider.id.len()) || !provider.id.chars().all(plain) {
        wrong("id", words::ID_WRONG.into());
    }
    let [vi, en] = &provider.names;
    if vi.is_empty() || vi.chars().count() > 60 {
        wrong("name_vi", words::NAME_WRONG.into());
    }
    if en.chars().count() > 60 {
        wrong("name_en", words::NAME_WRONG.into());
    }
    if !is_issuer(&provider.issuer, provider.is_local) {
        let is_plain = provider.is_local && provider.issuer.starts_with("http://");
        let message = if is_plain { words::ISSUER_LOCAL } else { words::ISSUER_WRONG };
        wrong("issuer", message.into());
    }
    if provider.client.is_empty() || provider.client.chars().count() > 200 {
        wrong("client", words::CLIENT_WRONG.into());
    }
    if !provider.citizens && !provider.staff {
        wrong("for", words::FOR_NOBODY.into());
    }
    let too_long = || words::TOO_LONG.text(&[("n", &LONGEST_CLAIM.to_string())]);
    let is_long = |claim: &str| claim.chars().count() > LONGEST_CLAIM;
    for (part, claim) in &provider.claims {
        if is_long(claim) {
            wrong(part.id(), too_long());
        }
    }
    if is_long(&provider.match_claim) {
        wrong("match", too_long());
    }
    if is_long(&provider.roles_claim) {
        wrong("roles_claim", too_long());
    }
    match (provider.roles_claim.is_empty(), provider.rules.is_empty()) {
        (true, false) => wrong("roles_claim", words::RULES_NO_CLAIM.into()),
        (false, true) => wrong("rules", words::CLAIM_NO_RULES.into()),
        _ => {}
    }
    errors
}
