//! Desk accounts and tokens: passwords by Argon2id in a bounded pool, sign-in that slows down after
//! wrong tries, tokens kept as digests only.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Semaphore;

use super::settings::{self, AccountRow, TokenRow};
use super::{Caller, Office, words};
use crate::domain::agency::{Role, Staff};
use crate::domain::calendar::local;
use crate::domain::dossier::Directory;
use crate::domain::ids::{AgencyCode, UnitCode, UserName};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::store::engine::{Fault, FaultKind};
use crate::store::event_log::sha256;
use crate::store::ledger::Failure;
use crate::store::txn::Txn;

/// Shortest password.
pub const MIN_PASSWORD: usize = 8;
/// The password of every account of the demo; its pages say it.
pub const DEMO_PASSWORD: &str = "motcua-demo";
/// Longest password; hashing more would only serve attackers.
const MAX_PASSWORD: usize = 200;
/// Wrong tries after which a name is locked for a while.
const MAX_TRIES: u32 = 5;
/// How long a name stays locked.
const LOCK: SignedDuration = SignedDuration::from_mins(15);
/// Passwords hashed at once; each takes a core for about 30 ms and 19 MiB.
const HASHERS: usize = 2;
/// Passwords that may wait for a hasher.
const WAITING: usize = 32;

/// A new account.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Sign-in name.
    pub name: String,
    /// The person's name.
    pub full_name: String,
    /// Roles.
    pub roles: Vec<Role>,
    /// Agency.
    pub agency: AgencyCode,
    /// Unit.
    pub unit: Option<UnitCode>,
}

impl NewAccount {
    fn into_row(self, password: Option<String>) -> AccountRow {
        AccountRow {
            full_name: match self.full_name.trim() {
                "" => self.name.clone(),
                full_name => full_name.to_owned(),
            },
            name: self.name,
            roles: self.roles.iter().map(|role| role.id().to_owned()).collect(),
            agency: self.agency.to_string(),
            unit: self.unit.map(|unit| unit.to_string()),
            enabled: true,
            password,
        }
    }
}

/// The state of sign-in that lives in memory.
pub(super) struct SignIn {
    hashers: Semaphore,
    waiting: Semaphore,
    tries: Mutex<HashMap<String, (u32, Timestamp)>>,
}

impl Default for SignIn {
    fn default() -> Self {
        Self {
            hashers: Semaphore::new(HASHERS),
            waiting: Semaphore::new(WAITING),
            tries: Mutex::new(HashMap::new()),
        }
    }
}

fn hash(password: &str) -> Result<String, Failure> {
    let hashed = Argon2::default().hash_password(password.as_bytes());
    hashed.map(|hash| hash.to_string()).map_err(|error| {
        Fault::new(FaultKind::Misuse, "hashing a password", error.to_string()).into()
    })
}

fn verify(password: &str, hashed: Option<&str>) -> bool {
    // An unknown name costs as much time as a wrong password.
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bW90Y3VhbW90Y3VhbW90Yw$\
        3QkdM6oY0Dk0pYZ8Q9V8sG1hVn0y3tT0a5yq8oYw1cE";
    let parsed = PasswordHash::new(hashed.unwrap_or(NOBODY));
    let fits = parsed
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
    fits && hashed.is_some()
}

fn check_password(password: &str) -> Result<(), Refusal> {
    let length = password.chars().count();
    if length < MIN_PASSWORD {
        let text = words::PASSWORD_SHORT.text(&[("n", &MIN_PASSWORD.to_string())]);
        return Err(Refusal::field("password", text));
    }
    if length > MAX_PASSWORD {
        let text = words::PASSWORD_LONG.text(&[("n", &MAX_PASSWORD.to_string())]);
        return Err(Refusal::field("password", text));
    }
    Ok(())
}

fn check_name(name: &str) -> Result<(), Refusal> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '-';
    if (2..=40).contains(&name.len()) && name.chars().all(plain) {
        Ok(())
    } else {
        Err(Refusal::field("name", words::USER_NAME_WRONG))
    }
}

/// Whether somebody can sign in with the account and administer.
fn administers(row: &AccountRow) -> bool {
    row.enabled && row.password.is_some() && row.roles.iter().any(|role| role == Role::Admin.id())
}

fn check_another_administers(txn: &Txn<'_>, others: &[String], name: &str) -> Result<(), Failure> {
    for other in others {
        if settings::get::<AccountRow>(txn, other)?.as_ref().is_some_and(administers) {
            return Ok(());
        }
    }
    Err(Refusal::field("name", words::LAST_ADMIN.text(&[("name", name)])).into())
}

fn digest(token: &str) -> String {
    sha256(token.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Office {
    /// Adds a desk account, with a password or without.
    ///
    /// # Errors
    /// The name is taken or malformed, the agency unknown, the password too short.
    pub fn add_account(&self, new: NewAccount, password: Option<&str>) -> Result<(), Failure> {
        self.add_accounts(vec![new], password)
    }

    /// Adds several accounts that begin with one password, all of them or none.
    ///
    /// # Errors
    /// As for [`Office::add_account`].
    pub fn add_accounts(
        &self,
        accounts: Vec<NewAccount>,
        password: Option<&str>,
    ) -> Result<(), Failure> {
        let world = self.world();
        for new in &accounts {
            check_name(&new.name)?;
            if world.agency(&new.agency).is_none() {
                let text = words::AGENCY_UNKNOWN.text(&[("code", new.agency.as_str())]);
                return Err(Refusal::field("agency", text).into());
            }
        }
        let password = match password {
            Some(password) => {
                check_password(password)?;
                Some(hash(password)?)
            }
            None => None,
        };
        let rows: Vec<AccountRow> =
            accounts.into_iter().map(|new| new.into_row(password.clone())).collect();
        self.ledger.run_blocking(move |txn| {
            for row in &rows {
                if settings::get::<AccountRow>(txn, &row.name)?.is_some() {
                    let text = words::USER_EXISTS.text(&[("name", &row.name)]);
                    return Err(Refusal::field("name", text).into());
                }
                settings::put(txn, row)?;
            }
            Ok(())
        })?;
        self.refresh_world()
    }

    /// Sets an account's password.
    ///
    /// # Errors
    /// There is no such account, or the password is too short.
    pub fn set_password(&self, name: &str, password: &str) -> Result<(), Failure> {
        check_password(password)?;
        let hashed = hash(password)?;
        self.change_account(name, move |_, row| {
            row.password = Some(hashed);
            Ok(())
        })?;
        self.end_sessions_of(name)
    }

    /// Shuts an account: its sessions and tokens end with it.
    ///
    /// # Errors
    /// There is no such account, or without it no administrator could sign in any more.
    pub fn disable_account(&self, name: &str) -> Result<(), Failure> {
        let world = self.world();
        let others = world.accounts().into_iter().filter(|other| other.name.as_str() != name);
        let others: Vec<String> = others.map(|other| other.name.to_string()).collect();
        let tokens = settings::all::<TokenRow>(&self.ledger.reader()?)?;
        let of_it = tokens.into_iter().filter(|token| token.user.as_deref() == Some(name));
        let of_it: Vec<String> = of_it.map(|token| token.digest).collect();
        self.change_account(name, move |txn, row| {
            if administers(row) {
                check_another_administers(txn, &others, &row.name)?;
            }
            row.enabled = false;
            for digest in &of_it {
                settings::delete::<TokenRow>(txn, digest);
            }
            Ok(())
        })?;
        self.end_sessions_of(name)
    }

    /// Opens an account again that was shut; it signs in with the password that it had.
    ///
    /// # Errors
    /// There is no such account.
    pub fn enable_account(&self, name: &str) -> Result<(), Failure> {
        self.change_account(name, |_, row| {
            row.enabled = true;
            Ok(())
        })
    }

    fn change_account(
        &self,
        name: &str,
        change: impl FnOnce(&mut Txn<'_>, &mut AccountRow) -> Result<(), Failure> + Send + 'static,
    ) -> Result<(), Failure> {
        let name = name.to_owned();
        self.ledger.run_blocking(move |txn| {
            let Some(mut row) = settings::get::<AccountRow>(txn, &name)? else {
                let text = words::USER_UNKNOWN.text(&[("name", &name)]);
                return Err(Refusal::field("name", text).into());
            };
            change(txn, &mut row)?;
            settings::put(txn, &row)
        })?;
        self.refresh_world()
    }

    /// Checks a name and password.
    ///
    /// # Errors
    /// They are wrong, the name is locked for a while, or too many people sign in at once.
    pub async fn sign_in(&self, name: &str, password: &str) -> Result<Staff, Failure> {
        let now = self.env.now();
        self.check_locked(name, now)?;
        let busy = || Refusal::new(RefusalKind::TooMany, words::BUSY);
        let _place = self.sign_in.waiting.try_acquire().map_err(|_| busy())?;
        let _hasher = self.sign_in.hashers.acquire().await.map_err(|_| busy())?;
        let row = settings::read::<AccountRow>(&self.ledger.reader()?, name)?;
        let hashed = row.as_ref().filter(|row| row.enabled).and_then(|row| row.password.clone());
        let typed = password.to_owned();
        let fits = typed.len() <= MAX_PASSWORD * 4
            && tokio::task::spawn_blocking(move || verify(&typed, hashed.as_deref()))
                .await
                .unwrap_or(false);
        match row.filter(|_| fits) {
            Some(row) => {
                self.tries().remove(name);
                Ok(Staff::from(&row))
            }
            None => {
                self.count_try(name, now);
                Err(Refusal::new(RefusalKind::Unauthenticated, words::WRONG_PASSWORD).into())
            }
        }
    }

    fn tries(&self) -> std::sync::MutexGuard<'_, HashMap<String, (u32, Timestamp)>> {
        self.sign_in.tries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn check_locked(&self, name: &str, now: Timestamp) -> Result<(), Refusal> {
        match self.tries().get(name) {
            Some((tries, since)) if *tries >= MAX_TRIES && now.duration_since(*since) < LOCK => {
                let until = local(since.saturating_add(LOCK).unwrap_or(now));
                let time = format!("{:02}:{:02}", until.hour(), until.minute());
                let text = words::SIGN_IN_LOCKED.text(&[("time", &time)]);
                Err(Refusal::new(RefusalKind::TooMany, text))
            }
            _ => Ok(()),
        }
    }

    fn count_try(&self, name: &str, now: Timestamp) {
        let mut tries = self.tries();
        // Names nobody tries any more make room.
        tries.retain(|_, (_, since)| now.duration_since(*since) < LOCK);
        if name.len() <= 40 {
            let entry = tries.entry(name.to_owned()).or_insert((0, now));
            *entry = (entry.0 + 1, now);
        }
    }

    /// Makes a token that acts as an account, or one for a program, and tells it once.
    ///
    /// # Errors
    /// The account is unknown, or the name is taken.
    pub fn create_token(&self, user: Option<&str>, name: &str) -> Result<String, Failure> {
        let name = name.trim().to_owned();
        if name.is_empty() {
            return Err(Refusal::field("name", words::NAME_MISSING).into());
        }
        if let Some(user) = user
            && self.world().staff(&UserName::from(user)).is_none()
        {
            let text = words::USER_UNKNOWN.text(&[("name", user)]);
            return Err(Refusal::field("user", text).into());
        }
        let random: [u8; 24] = self.env.bytes();
        let hex: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let token = format!("mc_{hex}");
        let row = TokenRow {
            digest: digest(&token),
            name,
            user: user.map(str::to_owned),
            created_at: self.env.now(),
        };
        if self.tokens()?.iter().any(|(known, _)| *known == row.name) {
            let text = words::TOKEN_EXISTS.text(&[("name", &row.name)]);
            return Err(Refusal::field("name", text).into());
        }
        self.ledger.run_blocking(move |txn| settings::put(txn, &row))?;
        Ok(token)
    }

    /// Names of tokens with the accounts that they act as.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn tokens(&self) -> Result<Vec<(String, Option<String>)>, Failure> {
        let rows = settings::all::<TokenRow>(&self.ledger.reader()?)?;
        Ok(rows.into_iter().map(|row| (row.name, row.user)).collect())
    }

    /// Ends a token.
    ///
    /// # Errors
    /// There is none with this name.
    pub fn revoke_token(&self, name: &str) -> Result<(), Failure> {
        let rows = settings::all::<TokenRow>(&self.ledger.reader()?)?;
        let Some(row) = rows.into_iter().find(|row| row.name == name) else {
            let text = words::TOKEN_UNKNOWN.text(&[("name", name)]);
            return Err(Refusal::field("name", text).into());
        };
        self.ledger.run_blocking(move |txn| {
            settings::delete::<TokenRow>(txn, &row.digest);
            Ok(())
        })?;
        Ok(())
    }

    /// The caller behind a token.
    ///
    /// # Errors
    /// The token is unknown or revoked, or its account is shut.
    pub fn caller_of_token(&self, token: &str) -> Result<Caller, Failure> {
        let unknown = || Refusal::new(RefusalKind::Unauthenticated, words::SIGN_IN_FIRST);
        let row = settings::read::<TokenRow>(&self.ledger.reader()?, &digest(token))?;
        let row = row.ok_or_else(unknown)?;
        match row.user {
            None => Ok(Caller::Program(row.name)),
            Some(user) => self.caller_of_user(&user).ok_or_else(|| unknown().into()),
        }
    }

    /// The caller behind an account that may sign in.
    pub fn caller_of_user(&self, name: &str) -> Option<Caller> {
        let world = self.world();
        let staff = world.staff(&UserName::from(name)).filter(|staff| staff.enabled)?;
        Some(Caller::Staff(staff.clone()))
    }
}
