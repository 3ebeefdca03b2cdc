//! The second factor of desk accounts: codes of an authenticator app (RFC 6238), and recovery codes
//! for the day on which the telephone is lost. The app's secret is sealed under a key of the instance,
//! recovery codes are kept as keyed digests; each code is taken once.

use std::collections::BTreeSet;

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use totp_rs::{Builder, Totp};

use super::settings::{self, AccountRow, Row};
use super::signing_in::own_tries;
use super::{Office, words};
use crate::domain::agency::{Role, Staff};
use crate::domain::dossier::Directory;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::store::codec::wire::Damaged;
use crate::store::keyring::SealKey;
use crate::store::ledger::Failure;

/// Bytes of a secret, as RFC 4226 recommends.
const SECRET: usize = 20;
/// How many recovery codes there are.
const RECOVERY_CODES: usize = 10;
/// Letters of a recovery code: 60 bits. None that is taken for another.
const RECOVERY_LETTERS: usize = 12;
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What is kept of a second factor.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct SecondRow {
    /// The app's secret, sealed and bound to the account, hexadecimal.
    pub secret: String,
    /// Since when.
    pub since: Timestamp,
    /// The last step of time whose code was taken; no earlier one is.
    pub last_step: u64,
    /// Digests of the recovery codes that were not used, hexadecimal.
    pub recovery: Vec<String>,
}

/// Which roles sign in with a second factor.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct SignInRow {
    pub second_factor: Vec<String>,
}

impl Row for SignInRow {
    const KIND: &'static str = "sign_in";
    fn key(&self) -> &str {
        "this"
    }
}

impl SignInRow {
    /// The roles.
    pub fn roles(&self) -> BTreeSet<Role> {
        self.second_factor.iter().filter_map(|id| Role::from_id(id)).collect()
    }
}

/// A secret that an app is about to be given.
#[derive(Clone, Debug)]
pub struct NewSecret {
    /// For people to type, in groups.
    pub typed: String,
    /// For the app's camera.
    pub address: String,
    /// For the form: sealed, so that nobody chooses their own.
    pub sealed: String,
}

/// What an account's owner sees of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecondFactor {
    /// Since when.
    pub since: Timestamp,
    /// Recovery codes that are left.
    pub recovery_left: usize,
}

/// What opens secrets, and what digests recovery codes.
#[derive(Clone)]
pub(super) struct SecondKeys {
    secrets: SealKey,
    recovery: SealKey,
}

impl SecondKeys {
    /// Those of an instance.
    pub fn of(instance: &SealKey) -> Self {
        Self {
            secrets: instance.derive("motcua 2026 secrets of second factors"),
            recovery: instance.derive("motcua 2026 recovery codes"),
        }
    }

    fn totp(&self, name: &str, sealed: &str) -> Result<Totp, Failure> {
        let damaged = || Damaged("secret of a second factor");
        let bytes = HEXLOWER.decode(sealed.as_bytes()).map_err(|_| damaged())?;
        let secret = self.secrets.open(name.as_bytes(), &bytes)?;
        Ok(Builder::new().with_secret(secret).build().map_err(|_| damaged())?)
    }

    fn digest(&self, name: &str, letters: &str) -> String {
        let digest =
            blake3::keyed_hash(self.recovery.bytes(), format!("{name}\0{letters}").as_bytes());
        digest.to_hex().to_string()
    }

    /// Uses a code up.
    fn take(&self, row: &mut AccountRow, typed: &str, now: Timestamp) -> Result<(), Failure> {
        let wrong = |message| {
            let refusal = Refusal::field("code", message);
            Failure::from(Refusal { kind: RefusalKind::Unauthenticated, ..refusal })
        };
        let Some(second) = &mut row.second else { return Err(wrong(words::SECOND_NONE)) };
        let letters = letters(typed);
        if letters.len() == RECOVERY_LETTERS {
            let digest = self.digest(&row.name, &letters);
            let before = second.recovery.len();
            second.recovery.retain(|known| *known != digest);
            return if second.recovery.len() < before {
                Ok(())
            } else {
                Err(wrong(words::SECOND_WRONG))
            };
        }
        let totp = self.totp(&row.name, &second.secret)?;
        match totp.check(&letters, seconds(now)) {
            None => Err(wrong(words::SECOND_WRONG)),
            Some(step) if step <= second.last_step => Err(wrong(words::SECOND_USED)),
            Some(step) => {
                second.last_step = step;
                Ok(())
            }
        }
    }
}

fn seconds(now: Timestamp) -> u64 {
    u64::try_from(now.as_second()).unwrap_or(0)
}

/// What was typed, in the letters of recovery codes.
fn letters(typed: &str) -> String {
    let upper = typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase());
    upper
        .map(|c| match c {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

/// A refusal of a code at another field.
fn at_field(mut failure: Failure, field: &str) -> Failure {
    if let Failure::Refused(refusal) = &mut failure {
        for error in &mut refusal.fields {
            field.clone_into(&mut error.field);
        }
    }
    failure
}

fn in_fours(letters: &str, between: &str) -> String {
    let letters: Vec<char> = letters.chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|four| four.iter().collect()).collect();
    groups.join(between)
}

impl Office {
    /// Whether an account signs in with a second factor.
    pub fn has_second(&self, name: &str) -> bool {
        self.world().secured.contains(name)
    }

    /// What an account's owner sees of their second factor; none while there is none.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn second_factor(&self, name: &str) -> Result<Option<SecondFactor>, Failure> {
        let row = settings::read::<AccountRow>(&self.ledger.reader()?, name)?;
        Ok(row.and_then(|row| row.second).map(|second| SecondFactor {
            since: second.since,
            recovery_left: second.recovery.len(),
        }))
    }

    /// A secret for an account's app. Nothing changes until a code of it was shown.
    pub fn new_second_factor(&self, staff: &Staff) -> NewSecret {
        let secret: [u8; SECRET] = self.env.bytes();
        let sealed =
            self.second_keys.secrets.seal(&self.env, staff.name.as_str().as_bytes(), &secret);
        self.told_secret(staff, &secret, HEXLOWER.encode(&sealed))
    }

    /// The secret that a form brings back, to be shown again.
    ///
    /// # Errors
    /// It was not made here for this account.
    pub fn same_second_factor(&self, staff: &Staff, sealed: &str) -> Result<NewSecret, Failure> {
        let stale = || Refusal::field("code", words::SECOND_STALE);
        let bytes = HEXLOWER.decode(sealed.as_bytes()).map_err(|_| stale())?;
        let name = staff.name.as_str().as_bytes();
        let secret = self.second_keys.secrets.open(name, &bytes).map_err(|_| stale())?;
        Ok(self.told_secret(staff, &secret, sealed.to_owned()))
    }

    fn told_secret(&self, staff: &Staff, secret: &[u8], sealed: String) -> NewSecret {
        let base32 = BASE32_NOPAD.encode(secret);
        // The label shows in the app's list: the house, and whose account it is.
        let issuer = format!("Motcua%20{}", staff.agency);
        let address =
            format!("otpauth://totp/{issuer}:{}?secret={base32}&issuer={issuer}", staff.name);
        NewSecret { typed: in_fours(&base32, " "), address, sealed }
    }

    /// Sets an account's second factor up with a first code of its app, and tells the recovery codes,
    /// this once. What it had before is replaced for a code of that, `old`. Every session of the
    /// account ends.
    ///
    /// # Errors
    /// A code is wrong; nothing has changed then.
    pub async fn set_second_factor(
        &self,
        name: &str,
        sealed: &str,
        code: &str,
        old: Option<&str>,
    ) -> Result<Vec<String>, Failure> {
        let totp = self
            .second_keys
            .totp(name, sealed)
            .map_err(|_| Failure::from(Refusal::field("code", words::SECOND_STALE)))?;
        let now = self.env.now();
        let turn = self.turn(name).await;
        self.take_try(&own_tries(name))?;
        let Some(step) = totp.check(&letters(code), seconds(now)) else {
            return Err(Refusal::field("code", words::SECOND_NOT_YET).into());
        };
        self.give_back_try(&own_tries(name));
        drop(turn);
        if let Some(old) = old {
            self.take_code(name, old).await.map_err(|failure| at_field(failure, "old_code"))?;
        }
        let (codes, recovery) = self.new_codes(name);
        let secret = sealed.to_owned();
        self.change_account_async(name, move |_, row| {
            row.second = Some(SecondRow { secret, since: now, last_step: step, recovery });
            Ok(())
        })
        .await?;
        tracing::info!(account = name, "a second factor was set up");
        self.end_sessions_of(name)?;
        Ok(codes)
    }

    fn new_codes(&self, name: &str) -> (Vec<String>, Vec<String>) {
        let code = || {
            let random: [u8; RECOVERY_LETTERS] = self.env.bytes();
            random.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
        };
        let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| code()).collect();
        let digests = codes.iter().map(|code| self.second_keys.digest(name, code)).collect();
        (codes.iter().map(|code| in_fours(code, "-")).collect(), digests)
    }

    /// Uses up a code of an account.
    pub(super) async fn take_code(&self, name: &str, code: &str) -> Result<AccountRow, Failure> {
        let _turn = self.turn(name).await;
        self.take_try(&own_tries(name))?;
        let (keys, account, typed) = (self.second_keys.clone(), name.to_owned(), code.to_owned());
        // In the writer: of two requests with the same code one is the second.
        let taken = self.ledger.run(move |txn| {
            let gone = || Refusal::new(RefusalKind::Unauthenticated, words::SIGN_IN_FIRST);
            let row = settings::get::<AccountRow>(txn, &account)?;
            let mut row = row.filter(|row| row.enabled).ok_or_else(gone)?;
            keys.take(&mut row, &typed, txn.now())?;
            settings::put(txn, &row)?;
            Ok(row)
        });
        let taken = taken.await;
        if !matches!(&taken, Err(Failure::Refused(_))) {
            self.give_back_try(&own_tries(name));
        }
        Ok(taken?.value)
    }

    /// Gives an account new recovery codes, for a code of its app; the old ones are void.
    ///
    /// # Errors
    /// The code is wrong; nothing has changed then.
    pub async fn renew_recovery(&self, name: &str, code: &str) -> Result<Vec<String>, Failure> {
        self.take_code(name, code).await?;
        let (codes, recovery) = self.new_codes(name);
        self.change_account_async(name, move |_, row| {
            if let Some(second) = &mut row.second {
                second.recovery = recovery;
            }
            Ok(())
        })
        .await?;
        Ok(codes)
    }

    /// Takes one's own second factor away, for a code of it.
    ///
    /// # Errors
    /// A role demands it, or the code is wrong; nothing has changed then.
    pub async fn drop_second_factor(&self, staff: &Staff, code: &str) -> Result<(), Failure> {
        // By one's own roles, also while standing in for somebody.
        let world = self.world();
        if world.staff(&staff.name).is_some_and(|own| self.demands_second(own)) {
            return Err(Refusal::new(RefusalKind::Forbidden, words::SECOND_DEMANDED).into());
        }
        let name = staff.name.as_str();
        self.take_code(name, code).await?;
        self.change_account_async(name, |_, row| {
            (row.second, row.passkeys) = (None, Vec::new());
            Ok(())
        })
        .await?;
        tracing::info!(account = name, "the second factor was taken away by its owner");
        self.end_sessions_of(name)
    }

    /// Takes an account's second factor away, as an administrator does for who has lost it.
    ///
    /// # Errors
    /// There is no such account, or it has none.
    pub fn reset_second_factor(&self, name: &str) -> Result<(), Failure> {
        self.change_account(name, |_, row| match row.second.take() {
            Some(_) => {
                row.passkeys.clear();
                Ok(())
            }
            None => Err(Refusal::field("name", words::SECOND_NOT_SET).into()),
        })?;
        tracing::info!(account = name, "the second factor was reset");
        self.end_sessions_of(name)
    }

    /// Says which roles sign in with a second factor, from their next sign-in on.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn set_second_factor_roles(&self, roles: &[Role]) -> Result<(), Failure> {
        let second_factor = roles.iter().map(|role| role.id().to_owned()).collect();
        self.ledger.run_blocking(move |txn| settings::put(txn, &SignInRow { second_factor }))?;
        self.refresh_world()
    }
}
