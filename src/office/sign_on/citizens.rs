//! Citizens who sign in through a provider. Whom it vouches for has an account here by their name at the
//! provider alone; a telephone or an email address leads to another account only once a code proved it.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::{Identity, Provider, words};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::sign_on::{Born, Stated};
use crate::office::drafts::Answers;
use crate::office::sessions::{Session, SignedOn, Whose};
use crate::office::{Failure, Office};
use crate::store::codec::wire::{Wire, record};
use crate::store::engine::Batch;
use crate::store::tables::{Key, SIGN_ONS};

/// What the key of an account begins with that has no telephone and no email address.
pub const SIGNED_ON: &str = "sso:";
/// How long a first sign-in may wait for its account.
const JOINING: SignedDuration = SignedDuration::from_mins(30);
/// How fresh a sign-in is that takes the place of a code.
const FRESH: SignedDuration = SignedDuration::from_mins(10);

/// Whether an account is one without telephone and email address.
pub fn is_signed_on(account: &str) -> bool {
    account.starts_with(SIGNED_ON)
}

/// What a provider has confirmed of an account's owner.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Confirmed {
    /// The provider's id.
    pub provider: String,
    /// When.
    pub at: Timestamp,
    /// The answers of a filing that it confirms.
    pub answers: Answers,
    /// Those that it only says: telephone and email address.
    pub said: Answers,
    /// The organisation for which the person stands; or empty.
    pub organisation: String,
}

/// A link of an account, as its owner sees it.
#[derive(Clone, PartialEq, Eq)]
pub struct Linked {
    /// The provider's id.
    pub provider: String,
    /// Who it is there, as a keyed digest.
    pub who: String,
    /// Since when.
    pub since: Timestamp,
}

/// Somebody whom a provider vouches for and who has no account yet, or wants to link one.
#[derive(Clone)]
pub struct Joining {
    /// The provider's id.
    pub provider: String,
    /// Who it is there, as a keyed digest.
    pub who: String,
    /// What is confirmed of them.
    pub confirmed: Confirmed,
    /// The telephone or email address that the provider names; proved by nobody; or empty.
    pub contact: String,
    /// The account that is to be linked; or empty at a first sign-in.
    pub account: String,
    /// The address to go on with.
    pub back: String,
    /// The ticket of a form that waits; or empty.
    pub ticket: String,
    /// What the session keeps.
    pub signed_on: SignedOn,
}

/// How somebody goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// With this account.
    Known(String),
    /// With a ticket, until they have said which account is theirs.
    New(String),
}

/// What is to be joined, and how it goes on.
pub struct Join<'a> {
    /// The account that is to be linked; or empty at a first sign-in.
    pub account: &'a str,
    /// The address to go on with.
    pub back: &'a str,
    /// The ticket of a form that waits; or empty.
    pub ticket: &'a str,
}

record! {
    Confirmed { provider, at, answers, said, organisation }
    Linked { provider, who, since }
    Joining { provider, who, confirmed, contact, account, back, ticket, signed_on }
}

fn confirmed(provider: &Provider, stated: &Stated, at: Timestamp) -> Confirmed {
    let mut answers = Answers::new();
    let mut say = |name: &str, value: String| {
        answers.insert(format!("applicant.{name}"), value);
    };
    if let Some(name) = &stated.name {
        say("name", name.clone());
    }
    if let Some(number) = &stated.id_number {
        say("id_number", number.clone());
    }
    match stated.born {
        Some(Born::On(day)) => {
            say("birth_date.day", day.day().to_string());
            say("birth_date.month", day.month().to_string());
            say("birth_date.year", day.year().to_string());
        }
        Some(Born::In(year)) => {
            say("birth_date.day", String::new());
            say("birth_date.month", String::new());
            say("birth_date.year", year.to_string());
        }
        None => {}
    }
    let reached = [("applicant.phone", &stated.phone), ("applicant.email", &stated.email)];
    let said = reached
        .into_iter()
        .filter_map(|(name, value)| value.clone().map(|value| (name.to_owned(), value)));
    Confirmed {
        provider: provider.id.clone(),
        at,
        answers,
        said: said.collect(),
        organisation: stated.organisation.clone().unwrap_or_default(),
    }
}

fn over() -> Refusal {
    Refusal::new(RefusalKind::Unauthenticated, words::JOINING_OVER)
}

fn joining_row(ticket: &str) -> Key {
    Key::new().text("joining").text(ticket)
}

impl Office {
    /// Whoever a provider vouches for, as a citizen: their account, or a ticket until they have said
    /// which one is theirs.
    ///
    /// # Errors
    /// The provider is not for citizens, or a store fails.
    pub fn citizen_arrives(
        &self,
        provider: &Arc<Provider>,
        identity: &Identity,
        join: &Join<'_>,
    ) -> Result<Arrival, Failure> {
        if !provider.citizens && join.account.is_empty() {
            let text = provider.in_words(words::NOT_FOR_CITIZENS);
            return Err(Refusal::new(RefusalKind::Forbidden, text).into());
        }
        let who = self.who(provider, &identity.subject);
        let stated = Stated::read(&provider.claims, &identity.claims);
        let confirmed = confirmed(provider, &stated, self.env.now());
        let linked = self.linked(&who)?;
        if let Some(account) = linked.filter(|_| join.account.is_empty()) {
            self.change_account_of(&account, |known| known.confirmed = Some(confirmed))?;
            tracing::info!(provider = provider.id, "a citizen signed in through a provider");
            return Ok(Arrival::Known(account));
        }
        let joining = Joining {
            provider: provider.id.clone(),
            who,
            confirmed,
            contact: stated.phone.or(stated.email).unwrap_or_default(),
            account: join.account.to_owned(),
            back: join.back.to_owned(),
            ticket: join.ticket.to_owned(),
            signed_on: self.signed_on(provider, identity),
        };
        self.put_joining(&joining).map(Arrival::New)
    }

    /// Puts somebody aside whose account is still to be said; the answer is their ticket.
    ///
    /// # Errors
    /// The relaxed store cannot be written.
    pub fn put_joining(&self, joining: &Joining) -> Result<String, Failure> {
        let ticket = self.random_name();
        self.put_sealed(joining_row(&ticket), &joining.to_bytes())?;
        Ok(ticket)
    }

    /// Whoever a provider vouches for, put aside until an account of the desk has confirmed the link.
    ///
    /// # Errors
    /// The relaxed store cannot be written.
    pub fn staff_joins(
        &self,
        provider: &Arc<Provider>,
        identity: &Identity,
        join: &Join<'_>,
    ) -> Result<String, Failure> {
        let stated = Stated::read(&provider.claims, &identity.claims);
        self.put_joining(&Joining {
            provider: provider.id.clone(),
            who: self.who(provider, &identity.subject),
            confirmed: confirmed(provider, &stated, self.env.now()),
            contact: String::new(),
            account: join.account.to_owned(),
            back: join.back.to_owned(),
            ticket: String::new(),
            signed_on: self.signed_on(provider, identity),
        })
    }

    /// Who waits under a ticket.
    ///
    /// # Errors
    /// Nobody does any more, or the relaxed store cannot be read.
    pub fn joining(&self, ticket: &str) -> Result<Joining, Failure> {
        let plain = self.get_sealed(joining_row(ticket).bytes(), JOINING)?;
        let joining = plain.map(|bytes| Joining::from_bytes(&bytes)).transpose()?;
        joining.ok_or_else(|| over().into())
    }

    /// Takes who waits under a ticket, once.
    ///
    /// # Errors
    /// Nobody does any more, or the relaxed store fails.
    pub fn take_joining(&self, ticket: &str) -> Result<Joining, Failure> {
        let joining = self.joining(ticket)?;
        self.drop_sealed(joining_row(ticket))?;
        Ok(joining)
    }

    /// Begins an account that is known by its provider alone.
    ///
    /// # Errors
    /// The provider is gone or not for citizens, the ticket is for something else, or the relaxed store
    /// fails.
    pub fn begin_signed_on(&self, joining: &Joining) -> Result<String, Failure> {
        let provider = self.provider(&joining.provider)?;
        // A ticket that was made to link an account begins none.
        if !provider.citizens || !joining.account.is_empty() {
            let text = provider.in_words(words::NOT_FOR_CITIZENS);
            return Err(Refusal::new(RefusalKind::Forbidden, text).into());
        }
        let account = format!("{SIGNED_ON}{}", joining.who);
        self.link(&account, joining)?;
        Ok(account)
    }

    /// Links an account, by its telephone or email address, with somebody at a provider.
    ///
    /// # Errors
    /// They have another account which holds something, the account has somebody else of this provider,
    /// or a store fails.
    pub fn join(&self, account: &str, joining: &Joining) -> Result<(), Failure> {
        let provider = self.provider(&joining.provider)?;
        let conflict =
            |message| Refusal::new(RefusalKind::Conflict, provider.in_words(message)).into();
        let links = self.account(account)?.sign_ons;
        if links.iter().any(|one| one.provider == joining.provider && one.who != joining.who) {
            return Err(conflict(words::LINKED_ANOTHER));
        }
        if let Some(other) = self.linked(&joining.who)?.filter(|other| other != account) {
            let held = self.belongings(&other)?;
            // An account that was begun by the provider and holds nothing is given up for this one.
            if !is_signed_on(&other) || held.drafts + held.papers + held.dossiers > 0 {
                return Err(conflict(words::LINKED_ELSEWHERE));
            }
            self.forget_keeper(&self.keeper_of(&other))?;
            self.end_sessions(Whose::Contact(&other), "")?;
        }
        self.link(account, joining)
    }

    fn link(&self, account: &str, joining: &Joining) -> Result<(), Failure> {
        let key = Key::new().text(&joining.who);
        let sealed = self.seal_row(key.bytes(), &account.to_owned());
        let mut batch = Batch::new();
        batch.put(SIGN_ONS, key, sealed);
        self.relaxed.commit(batch)?;
        let now = self.env.now();
        self.change_account_of(account, |known| {
            known.confirmed = Some(joining.confirmed.clone());
            if !known.sign_ons.iter().any(|one| one.who == joining.who) {
                known.sign_ons.push(Linked {
                    provider: joining.provider.clone(),
                    who: joining.who.clone(),
                    since: now,
                });
            }
        })?;
        tracing::info!(provider = joining.provider, "a citizen's account was linked");
        Ok(())
    }

    /// The account of somebody at a provider.
    fn linked(&self, who: &str) -> Result<Option<String>, Failure> {
        let key = Key::new().text(who);
        let sealed = self.relaxed.snapshot()?.get(SIGN_ONS, key.bytes())?;
        Ok(sealed.and_then(|sealed| self.open_row(key.bytes(), &sealed)))
    }

    /// Takes the links of an account with a provider away.
    ///
    /// # Errors
    /// It has none, it is the only way into the account, or the relaxed store fails.
    pub fn unlink(&self, account: &str, provider: &str) -> Result<(), Failure> {
        if is_signed_on(account) {
            return Err(Refusal::new(RefusalKind::Impossible, words::ONLY_WAY).into());
        }
        let links = self.account(account)?.sign_ons;
        let gone: Vec<&Linked> = links.iter().filter(|one| one.provider == provider).collect();
        if gone.is_empty() {
            return Err(Refusal::new(RefusalKind::NotFound, words::NOT_LINKED).into());
        }
        self.drop_links(gone)?;
        self.change_account_of(account, |known| {
            known.sign_ons.retain(|one| one.provider != provider);
            known.confirmed = known.confirmed.take().filter(|said| said.provider != provider);
        })?;
        tracing::info!(provider, "a citizen's account was unlinked");
        Ok(())
    }

    fn drop_links<'a>(&self, links: impl IntoIterator<Item = &'a Linked>) -> Result<(), Failure> {
        let mut batch = Batch::new();
        for link in links {
            batch.delete(SIGN_ONS, Key::new().text(&link.who));
        }
        Ok(self.relaxed.commit(batch)?)
    }

    /// Takes every link of an account away that is deleted.
    pub(in crate::office) fn forget_links(&self, account: &str) -> Result<(), Failure> {
        self.drop_links(&self.account(account)?.sign_ons)
    }

    /// Whether a session came from a provider just now, which takes the place of a code for an account
    /// without telephone and email address.
    pub fn is_fresh(&self, session: &Session) -> bool {
        let age = self.env.now().duration_since(session.began_at);
        session.signed_on.is_some() && age <= FRESH
    }

    /// Deletes an account that is known by its provider alone, right after a sign-in.
    ///
    /// # Errors
    /// The sign-in was not just now, and nothing has changed then; or a store fails.
    pub async fn delete_signed_on(&self, account: &str, session: &Session) -> Result<(), Failure> {
        if !is_signed_on(account) || !self.is_fresh(session) {
            let provider = session.signed_on.as_ref().map_or("", |one| &one.provider);
            let provider = self.provider(provider)?;
            let text = provider.in_words(words::SIGN_ON_AGAIN);
            return Err(Refusal::new(RefusalKind::Unauthenticated, text).into());
        }
        self.delete_whole_account(account).await
    }

    /// What an account knows of its owner for the next filing: what a provider confirmed, then what they
    /// agreed to be remembered, then the contact alone; under a restriction nothing but that.
    ///
    /// # Errors
    /// A store cannot be read.
    pub fn known_of(&self, account: &str) -> Result<Answers, Failure> {
        let mut answers = self.remembered_details(account)?;
        let confirmed = match self.privacy_standing(account)?.restricted {
            Some(_) => None,
            None => self.account(account)?.confirmed,
        };
        let confirmed = confirmed.unwrap_or_default();
        answers.extend(confirmed.answers);
        if !is_signed_on(account) {
            let field = if account.contains('@') { "applicant.email" } else { "applicant.phone" };
            answers.entry(field.to_owned()).or_insert_with(|| account.to_owned());
        }
        for (name, value) in confirmed.said {
            answers.entry(name).or_insert(value);
        }
        Ok(answers)
    }
}
