//! Signing in at the desk: a password by Argon2id in a bounded pool, then what else the account needs
//! before anything is open to it. Wrong tries, of passwords and of codes alike, slow a name down.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Semaphore;

use super::passkeys::Ceremonies;
use super::settings::{self, AccountRow};
use super::{Office, words};
use crate::domain::agency::{Role, Staff};
use crate::domain::calendar::local;
use crate::domain::dossier::Directory;
use crate::domain::ids::UserName;
use crate::domain::password::{self, LONGEST, SHORTEST, SHORTEST_ALONE};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::store::engine::{Fault, FaultKind};
use crate::store::ledger::Failure;

/// Wrong tries after which a name is locked for a while.
const MAX_TRIES: u32 = 5;
/// Longest name under which tries are counted: an account's and what tells its browsers apart.
const LONGEST_NAME: usize = 80;
/// How long a name stays locked.
const LOCK: SignedDuration = SignedDuration::from_mins(15);
/// Passwords hashed at once; each takes a core for about 30 ms and 19 MiB.
const HASHERS: usize = 2;
/// Passwords that may wait for a hasher.
const WAITING: usize = 32;
/// Names are tried in so many queues.
const TURNS: usize = 64;

/// The state of sign-in that lives in memory.
pub(super) struct SignIn {
    hashers: Semaphore,
    waiting: Semaphore,
    tries: Mutex<HashMap<String, (u32, Timestamp)>>,
    /// Tries of one name take turns; some names share one.
    turns: [tokio::sync::Mutex<()>; TURNS],
    /// Passkeys that are being made or shown.
    pub(super) ceremonies: Ceremonies,
}

impl Default for SignIn {
    fn default() -> Self {
        Self {
            hashers: Semaphore::new(HASHERS),
            waiting: Semaphore::new(WAITING),
            tries: Mutex::new(HashMap::new()),
            turns: std::array::from_fn(|_| tokio::sync::Mutex::new(())),
            ceremonies: Ceremonies::default(),
        }
    }
}

/// What is still to be done before an account is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The code of the second factor.
    Code,
    /// A password of one's own: somebody else has set the present one.
    Password,
    /// A second factor is to be set up, since a role demands it.
    SetUp,
}

/// Somebody whose password was right.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The account.
    pub staff: Staff,
    /// What is still to be done; without it the account is signed in.
    pub step: Option<Step>,
}

/// A password as it is kept.
pub(super) fn hash(password: &str) -> Result<String, Failure> {
    let hashed = Argon2::default().hash_password(password::spelled(password).as_bytes());
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

/// Under which name tries of somebody are counted whose password was right before.
pub(super) fn own_tries(name: &str) -> String {
    format!("{name} own")
}

fn busy() -> Refusal {
    Refusal::new(RefusalKind::TooMany, words::BUSY)
}

impl Office {
    /// Checks a name and password. What else the account needs is told; until that is done nothing is
    /// open to it. `device` is what the browser has from [`Office::device_token`], or empty.
    ///
    /// # Errors
    /// They are wrong, the name is locked for a while, or too many people sign in at once.
    pub async fn sign_in(
        &self,
        name: &str,
        password: &str,
        device: &str,
    ) -> Result<SignedIn, Failure> {
        let _turn = self.turn(name).await;
        // In its turn: a password that was changed while others were tried no longer fits.
        let row = settings::read::<AccountRow>(&self.ledger.reader()?, name)?;
        let row = row.filter(|row| row.enabled);
        let hashed = row.as_ref().and_then(|row| row.password.clone());
        let tried = self.counted_as(row.as_ref(), name, device);
        self.take_try(&tried)?;
        let fits = self.fits(password, hashed).await.inspect_err(|_| self.give_back_try(&tried))?;
        match row.filter(|_| fits) {
            Some(row) => {
                let step = self.next_step(&row, false);
                match step {
                    Some(Step::Code) => self.give_back_try(&tried),
                    _ => self.forget_tries(&tried),
                }
                Ok(SignedIn { staff: Staff::from(&row), step })
            }
            None => Err(Refusal::new(RefusalKind::Unauthenticated, words::WRONG_PASSWORD).into()),
        }
    }

    /// Hashes in the pool, so that no other request waits for it.
    async fn in_pool<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let _place = self.sign_in.waiting.try_acquire().map_err(|_| busy())?;
        let _hasher = self.sign_in.hashers.acquire().await.map_err(|_| busy())?;
        tokio::task::spawn_blocking(work).await.map_err(|error| {
            Fault::new(FaultKind::Misuse, "hashing a password", error.to_string()).into()
        })
    }

    /// Whether a typed password is the one that was hashed.
    async fn fits(&self, typed: &str, hashed: Option<String>) -> Result<bool, Failure> {
        if typed.len() > LONGEST * 4 {
            return Ok(false);
        }
        let typed = password::spelled(typed);
        self.in_pool(move || verify(&typed, hashed.as_deref())).await
    }

    /// Checks the password of somebody who is signed in, before something that only they may do.
    ///
    /// # Errors
    /// It is wrong, which is said at `field`, or was wrong too often.
    pub async fn check_own_password(
        &self,
        name: &str,
        typed: &str,
        field: &str,
    ) -> Result<(), Failure> {
        let _turn = self.turn(name).await;
        let row = settings::read::<AccountRow>(&self.ledger.reader()?, name)?;
        let hashed = row.and_then(|row| row.password);
        let tried = own_tries(name);
        self.take_try(&tried)?;
        if self.fits(typed, hashed).await.inspect_err(|_| self.give_back_try(&tried))? {
            self.give_back_try(&tried);
            return Ok(());
        }
        Err(Refusal::field(field, words::PASSWORD_NOT_YOURS).into())
    }

    /// The second part of a sign-in: the code of the account's app, or one of its recovery codes.
    ///
    /// # Errors
    /// The code is wrong, was used, or codes were wrong too often.
    pub async fn sign_in_code(&self, name: &str, code: &str) -> Result<SignedIn, Failure> {
        let row = self.take_code(name, code).await?;
        self.forget_tries(&own_tries(name));
        Ok(SignedIn { staff: Staff::from(&row), step: self.next_step(&row, true) })
    }

    /// What an account still has to do after its password; `is_proved` when its second factor was
    /// shown.
    ///
    /// # Errors
    /// The account is gone or shut, or the store cannot be read.
    pub fn step_of(&self, name: &str, is_proved: bool) -> Result<SignedIn, Failure> {
        let row = settings::read::<AccountRow>(&self.ledger.reader()?, name)?;
        let gone = || Refusal::new(RefusalKind::Unauthenticated, words::SIGN_IN_FIRST);
        let row = row.filter(|row| row.enabled).ok_or_else(gone)?;
        Ok(SignedIn { staff: Staff::from(&row), step: self.next_step(&row, is_proved) })
    }

    /// What an account still has to do after a provider has vouched for its owner. No password is asked
    /// for; a second factor is, unless the provider has `second` shown.
    pub(super) fn step_after_provider(
        &self,
        name: &str,
        second: bool,
    ) -> Result<SignedIn, Failure> {
        let row = settings::read::<AccountRow>(&self.ledger.reader()?, name)?;
        let gone = || Refusal::new(RefusalKind::Unauthenticated, words::SIGN_IN_FIRST);
        let row = row.filter(|row| row.enabled).ok_or_else(gone)?;
        let staff = Staff::from(&row);
        let step = match (second, row.second.is_some()) {
            (true, _) => None,
            (false, true) => Some(Step::Code),
            (false, false) => self.demands_second(&staff).then_some(Step::SetUp),
        };
        Ok(SignedIn { staff, step })
    }

    fn next_step(&self, row: &AccountRow, is_proved: bool) -> Option<Step> {
        if row.second.is_some() && !is_proved {
            return Some(Step::Code);
        }
        if row.must_change {
            return Some(Step::Password);
        }
        (row.second.is_none() && self.demands_second(&Staff::from(row))).then_some(Step::SetUp)
    }

    /// Refuses a password for an account. `least` is the shortest that it may have.
    pub(super) fn check_password(
        &self,
        staff: &Staff,
        password: &str,
        least: usize,
    ) -> Result<(), Refusal> {
        // The demo's password is public anyway.
        if self.is_demo && password == super::accounts::DEMO_PASSWORD {
            return Ok(());
        }
        let world = self.world();
        let agency = world.agency(&staff.agency).map_or("", |agency| agency.name.as_str());
        let known = ["motcua", staff.name.as_str(), &staff.full_name, agency];
        password::check(password, least, &known).map_err(|text| Refusal::field("password", text))
    }

    /// Somebody chooses a password of their own; every session of the account ends with the old one.
    ///
    /// # Errors
    /// It is too short for an account that signs in with nothing else, easy to guess, or the old one.
    pub async fn choose_password(&self, name: &str, password: &str) -> Result<(), Failure> {
        let staff = self.world().staff(&UserName::from(name)).cloned();
        let unknown = || Refusal::field("name", words::USER_UNKNOWN.text(&[("name", name)]));
        let staff = staff.ok_or_else(unknown)?;
        let secured = self.has_second(name) || self.demands_second(&staff);
        let least = if secured { SHORTEST } else { SHORTEST_ALONE };
        self.check_password(&staff, password, least)?;
        let row = settings::read::<AccountRow>(&self.ledger.reader()?, name)?;
        if self.fits(password, row.and_then(|row| row.password)).await? {
            return Err(Refusal::field("password", words::PASSWORD_SAME).into());
        }
        let chosen = password.to_owned();
        let hashed = self.in_pool(move || hash(&chosen)).await??;
        self.change_account_async(name, move |_, row| {
            (row.password, row.must_change) = (Some(hashed), false);
            Ok(())
        })
        .await?;
        tracing::info!(account = name, "the password was changed by its owner");
        self.end_sessions_of(name)
    }

    /// Roles whose accounts sign in with a second factor.
    pub fn second_factor_roles(&self) -> Vec<Role> {
        self.world().second_factor_roles.iter().copied().collect()
    }

    /// Whether one of an account's roles demands a second factor.
    pub fn demands_second(&self, staff: &Staff) -> bool {
        let world = self.world();
        staff.roles.iter().any(|role| world.second_factor_roles.contains(role))
    }

    fn tries(&self) -> std::sync::MutexGuard<'_, HashMap<String, (u32, Timestamp)>> {
        self.sign_in.tries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The turn of a name: many tries at once are no more than one after the other.
    pub(super) async fn turn(&self, name: &str) -> tokio::sync::MutexGuard<'_, ()> {
        let at = usize::from(blake3::hash(name.as_bytes()).as_bytes()[0]) % TURNS;
        self.sign_in.turns[at].lock().await
    }

    /// Counts a try, in its turn, before it is looked at: also when nobody waits for the answer. One that
    /// was right, or never looked at, is given back.
    ///
    /// # Errors
    /// The name was tried wrongly too often, and rests.
    pub(super) fn take_try(&self, name: &str) -> Result<(), Refusal> {
        let now = self.env.now();
        let mut tries = self.tries();
        // Names nobody tries any more make room.
        tries.retain(|_, (_, since)| now.duration_since(*since) < LOCK);
        if name.len() > LONGEST_NAME {
            return Ok(());
        }
        let (count, since) = tries.entry(name.to_owned()).or_insert((0, now));
        if *count >= MAX_TRIES {
            let until = local(since.saturating_add(LOCK).unwrap_or(now));
            let time = format!("{:02}:{:02}", until.hour(), until.minute());
            let text = words::SIGN_IN_LOCKED.text(&[("time", &time)]);
            return Err(Refusal::new(RefusalKind::TooMany, text));
        }
        (*count, *since) = (*count + 1, now);
        Ok(())
    }

    /// Takes a try back that was not wrong.
    pub(super) fn give_back_try(&self, name: &str) {
        let mut tries = self.tries();
        if let Some((count, _)) = tries.get_mut(name) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                tries.remove(name);
            }
        }
    }

    pub(super) fn forget_tries(&self, name: &str) {
        self.tries().remove(name);
    }
}
