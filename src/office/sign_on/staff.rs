//! Staff who sign in through a provider: whose account it is, with which roles, and what is still asked.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Identity, Provider, words};
use crate::domain::agency::{Role, Staff};
use crate::domain::dossier::Directory;
use crate::domain::ids::{AgencyCode, UserName};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::sign_on::{Misplaced, placed, shows_second_factor};
use crate::office::accounts::AccountChange;
use crate::office::settings::{self, AccountRow};
use crate::office::signing_in::SignedIn;
use crate::office::{Failure, Office};

/// What is kept of a link between an account and somebody at a provider.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::office) struct StaffLinkRow {
    /// The provider.
    pub provider: String,
    /// Who it is there, as a keyed digest.
    pub who: String,
    /// Since when.
    pub since: Timestamp,
}

/// The accounts that are linked, by the digest of whoever they are linked with.
pub(in crate::office) fn accounts_by_person(accounts: &[AccountRow]) -> HashMap<String, String> {
    let links = accounts.iter().flat_map(|row| row.sign_ons.iter().map(move |link| (row, link)));
    links.map(|(row, link)| (link.who.clone(), row.name.clone())).collect()
}

/// A link as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffLink {
    /// The provider's id.
    pub provider: String,
    /// Since when.
    pub since: Timestamp,
}

fn refused(provider: &Provider, message: crate::domain::words::Message) -> Failure {
    Refusal::new(RefusalKind::Forbidden, provider.in_words(message)).into()
}

impl Office {
    /// Whoever a provider vouches for, at the desk: the account that is linked with them, with the roles
    /// that the claims give where an administrator said so. What else the account needs is told.
    ///
    /// # Errors
    /// No account is theirs, it is shut, or the claims give it no place.
    pub async fn staff_arrives(
        &self,
        provider: &Arc<Provider>,
        identity: &Identity,
    ) -> Result<SignedIn, Failure> {
        if !provider.staff {
            return Err(refused(provider, words::NOT_FOR_STAFF));
        }
        let who = self.who(provider, &identity.subject);
        let linked = self.world().linked_account(&who).map(str::to_owned);
        let name = match linked {
            Some(name) => name,
            None => self.matched(provider, identity, &who).await?,
        };
        let row = settings::read::<AccountRow>(&self.ledger.reader()?, &name)?;
        if !row.is_some_and(|row| row.enabled) {
            return Err(refused(provider, words::STAFF_SHUT));
        }
        self.place(provider, identity, &name).await?;
        let second = shows_second_factor(&provider.second_factor, &identity.claims);
        let signed = self.step_after_provider(&name, second)?;
        tracing::info!(account = name, provider = provider.id, "signed in through a provider");
        Ok(signed)
    }

    /// The account whose name a claim has, as the administrator set it; linked from now on.
    async fn matched(
        &self,
        provider: &Arc<Provider>,
        identity: &Identity,
        who: &str,
    ) -> Result<String, Failure> {
        let unknown = || refused(provider, words::STAFF_UNKNOWN);
        if provider.match_claim.is_empty() {
            return Err(unknown());
        }
        let said = identity.claims.one(&provider.match_claim).ok_or_else(unknown)?;
        // Letters that other letters fold into are another name.
        let said = Some(said).filter(|said| said.is_ascii()).ok_or_else(unknown)?;
        let said = said.to_ascii_lowercase();
        let staff = self.world().staff(&UserName::from(said.as_str())).cloned();
        let staff = staff.ok_or_else(unknown)?;
        if !staff.enabled {
            return Err(refused(provider, words::STAFF_SHUT));
        }
        self.link_staff(provider, who, staff.name.as_str()).await?;
        Ok(said)
    }

    /// Links an account with somebody at a provider.
    async fn link_staff(
        &self,
        provider: &Arc<Provider>,
        who: &str,
        name: &str,
    ) -> Result<(), Failure> {
        let taken = provider.in_words(words::STAFF_TAKEN);
        let taken = crate::domain::words::Text {
            vi: taken.vi.replace("{name}", name),
            en: taken.en.replace("{name}", name),
        };
        let (id, who, now) = (provider.id.clone(), who.to_owned(), self.env.now());
        self.change_account_async(name, move |_, row| {
            if row.sign_ons.iter().any(|link| link.provider == id && link.who != who) {
                return Err(Refusal::new(RefusalKind::Conflict, taken).into());
            }
            if !row.sign_ons.iter().any(|link| link.who == who) {
                row.sign_ons.push(StaffLinkRow { provider: id, who, since: now });
            }
            Ok(())
        })
        .await?;
        tracing::info!(account = name, provider = provider.id, "an account was linked");
        Ok(())
    }

    /// Links the account of somebody who is signed in.
    ///
    /// # Errors
    /// Another account has this person, or this account another person.
    pub async fn link_own_account(
        &self,
        provider: &Arc<Provider>,
        who: &str,
        name: &str,
    ) -> Result<(), Failure> {
        match self.world().linked_account(who) {
            Some(other) if other != name => Err(refused(provider, words::LINKED_ELSEWHERE)),
            _ => self.link_staff(provider, who, name).await,
        }
    }

    /// Gives the account the agency and roles of the claims, where the administrator said so.
    async fn place(
        &self,
        provider: &Provider,
        identity: &Identity,
        name: &str,
    ) -> Result<(), Failure> {
        if provider.roles_claim.is_empty() {
            return Ok(());
        }
        let world = self.world();
        let Some(staff) = world.staff(&UserName::from(name)) else {
            return Err(refused(provider, words::STAFF_SHUT));
        };
        let values = identity.claims.all(&provider.roles_claim);
        let place = placed(&provider.rules, values, &staff.agency);
        let (agency, roles) = place.map_err(|misplaced| match misplaced {
            Misplaced::Nowhere => refused(provider, words::NOWHERE),
            Misplaced::Several => refused(provider, words::SEVERAL),
        })?;
        match changed(staff, agency, roles) {
            Some(change) => self.edit_account_async(name, change).await,
            None => Ok(()),
        }
    }

    /// The links of an account, the oldest first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn staff_links(&self, name: &str) -> Result<Vec<StaffLink>, Failure> {
        let row = settings::read::<AccountRow>(&self.ledger.reader()?, name)?;
        let links = row.map(|row| row.sign_ons).unwrap_or_default().into_iter();
        Ok(links.map(|link| StaffLink { provider: link.provider, since: link.since }).collect())
    }

    /// Takes the link of an account with a provider away.
    ///
    /// # Errors
    /// It has none.
    pub async fn unlink_staff(&self, name: &str, provider: &str) -> Result<(), Failure> {
        let id = provider.to_owned();
        self.change_account_async(name, move |_, row| {
            let before = row.sign_ons.len();
            row.sign_ons.retain(|link| link.provider != id);
            if row.sign_ons.len() == before {
                return Err(Refusal::new(RefusalKind::NotFound, words::NOT_LINKED).into());
            }
            Ok(())
        })
        .await?;
        tracing::info!(account = name, provider, "a link was taken away");
        Ok(())
    }
}

/// What is to be changed of an account; none when it is there already.
fn changed(staff: &Staff, agency: AgencyCode, roles: Vec<Role>) -> Option<AccountChange> {
    let mut own = staff.roles.to_vec();
    own.sort_unstable();
    let same_roles = own == roles;
    let same_agency = staff.agency == agency;
    (!same_roles || !same_agency).then(|| AccountChange {
        full_name: None,
        roles: (!same_roles).then_some(roles),
        place: (!same_agency).then_some((agency, None)),
    })
}
