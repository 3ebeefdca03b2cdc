//! Desk accounts and tokens; tokens are kept as digests only.

use super::settings::{self, AccountRow, TokenRow};
use super::signing_in::hash;
use super::{Caller, Office, words};
use crate::domain::agency::{Role, Staff};
use crate::domain::dossier::Directory;
use crate::domain::ids::{AgencyCode, UnitCode, UserName};
use crate::domain::password::SHORTEST;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::store::event_log::sha256;
use crate::store::ledger::Failure;
use crate::store::txn::Txn;

/// The password of every account of the demo; its pages say it.
pub const DEMO_PASSWORD: &str = "motcua-demo";

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

/// What is changed of an account; what is none stays as it is.
#[derive(Clone, Debug, Default)]
pub struct AccountChange {
    /// The person's name.
    pub full_name: Option<String>,
    /// Roles.
    pub roles: Option<Vec<Role>>,
    /// Agency and unit.
    pub place: Option<(AgencyCode, Option<UnitCode>)>,
}

/// The password that somebody sets for an account that is not theirs.
#[derive(Clone, Copy)]
pub struct GivenPassword<'a> {
    /// The password.
    pub password: &'a str,
    /// Whether the account's owner has to choose their own at the next sign-in.
    pub must_change: bool,
}

impl<'a> GivenPassword<'a> {
    /// One that the account keeps.
    pub fn kept(password: &'a str) -> Self {
        Self { password, must_change: false }
    }

    /// One that is good for one sign-in.
    pub fn first(password: &'a str) -> Self {
        Self { password, must_change: true }
    }
}

impl NewAccount {
    fn into_row(self, password: Option<String>, must_change: bool) -> AccountRow {
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
            must_change,
            second: None,
            passkeys: Vec::new(),
            sign_ons: Vec::new(),
        }
    }
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

/// What changes an account in the writer.
pub(super) fn changing<F>(
    name: &str,
    change: F,
) -> impl FnOnce(&mut Txn<'_>) -> Result<(), Failure> + Send + 'static + use<F>
where
    F: FnOnce(&mut Txn<'_>, &mut AccountRow) -> Result<(), Failure> + Send + 'static,
{
    let name = name.to_owned();
    move |txn| {
        let Some(mut row) = settings::get::<AccountRow>(txn, &name)? else {
            let text = words::USER_UNKNOWN.text(&[("name", &name)]);
            return Err(Refusal::field("name", text).into());
        };
        change(txn, &mut row)?;
        settings::put(txn, &row)
    }
}

fn digest(token: &str) -> String {
    sha256(token.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Office {
    /// Adds a desk account, with a password or without.
    ///
    /// # Errors
    /// The name is taken or malformed, the agency unknown, the password too short.
    pub fn add_account(
        &self,
        new: NewAccount,
        password: Option<GivenPassword<'_>>,
    ) -> Result<(), Failure> {
        self.add_accounts(vec![new], password)
    }

    /// Adds several accounts that begin with one password, all of them or none.
    ///
    /// # Errors
    /// As for [`Office::add_account`].
    pub fn add_accounts(
        &self,
        accounts: Vec<NewAccount>,
        given: Option<GivenPassword<'_>>,
    ) -> Result<(), Failure> {
        let world = self.world();
        for new in &accounts {
            check_name(&new.name)?;
            if world.agency(&new.agency).is_none() {
                let text = words::AGENCY_UNKNOWN.text(&[("code", new.agency.as_str())]);
                return Err(Refusal::field("agency", text).into());
            }
        }
        let (must_change, password) = match given {
            Some(GivenPassword { password, must_change }) => (must_change, Some(hash(password)?)),
            None => (false, None),
        };
        let rows = accounts.into_iter().map(|new| new.into_row(password.clone(), must_change));
        let rows: Vec<AccountRow> = rows.collect();
        for row in &rows {
            let given = given.map_or(Ok(()), |given| {
                self.check_password(&Staff::from(row), given.password, SHORTEST)
            });
            given?;
        }
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
    /// There is no such account, or the password is too short or easy to guess.
    pub fn set_password(&self, name: &str, given: GivenPassword<'_>) -> Result<(), Failure> {
        if let Some(staff) = self.world().staff(&UserName::from(name)) {
            self.check_password(staff, given.password, SHORTEST)?;
        }
        let (hashed, must_change) = (hash(given.password)?, given.must_change);
        self.change_account(name, move |_, row| {
            (row.password, row.must_change) = (Some(hashed), must_change);
            Ok(())
        })?;
        tracing::info!(account = name, must_change, "the password was set by somebody else");
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

    /// Changes name, roles or place of an account. With other rights its sessions end.
    ///
    /// # Errors
    /// There is no such account, agency or unit, it would have no role, or without it no administrator
    /// could sign in any more.
    pub fn edit_account(&self, name: &str, change: AccountChange) -> Result<(), Failure> {
        let before = self.check_change(name, &change)?;
        self.change_account(name, self.applying(name, change))?;
        self.end_with_other_rights(name, before)
    }

    /// As [`Office::edit_account`], for a request that waits.
    pub(super) async fn edit_account_async(
        &self,
        name: &str,
        change: AccountChange,
    ) -> Result<(), Failure> {
        let before = self.check_change(name, &change)?;
        self.change_account_async(name, self.applying(name, change)).await?;
        self.end_with_other_rights(name, before)
    }

    /// Refuses a change that cannot be; the answer is the account as it was.
    fn check_change(&self, name: &str, change: &AccountChange) -> Result<Option<Staff>, Failure> {
        let world = self.world();
        if change.roles.as_ref().is_some_and(Vec::is_empty) {
            return Err(Refusal::field("role", words::ROLE_MISSING).into());
        }
        if let Some((code, unit)) = &change.place {
            let agency = world
                .agency(code)
                .filter(|agency| unit.as_ref().is_none_or(|unit| agency.unit(unit).is_some()));
            if agency.is_none() {
                let text = words::AGENCY_UNKNOWN.text(&[("code", code.as_str())]);
                return Err(Refusal::field("agency", text).into());
            }
        }
        Ok(world.staff(&UserName::from(name)).cloned())
    }

    /// What changes the account in the writer.
    fn applying(
        &self,
        name: &str,
        change: AccountChange,
    ) -> impl FnOnce(&mut Txn<'_>, &mut AccountRow) -> Result<(), Failure> + Send + use<> {
        let world = self.world();
        let others = world.accounts().into_iter().filter(|other| other.name.as_str() != name);
        let others: Vec<String> = others.map(|other| other.name.to_string()).collect();
        move |txn, row| {
            let administered = administers(row);
            if let Some(full_name) = change.full_name {
                row.full_name = match full_name.trim() {
                    "" => row.name.clone(),
                    full_name => full_name.to_owned(),
                };
            }
            if let Some(roles) = change.roles {
                row.roles = roles.iter().map(|role| role.id().to_owned()).collect();
            }
            if let Some((agency, unit)) = change.place {
                (row.agency, row.unit) = (agency.to_string(), unit.map(|unit| unit.to_string()));
            }
            if administered && !administers(row) {
                check_another_administers(txn, &others, &row.name)?;
            }
            Ok(())
        }
    }

    /// Ends the sessions of an account whose roles or agency are others than before.
    fn end_with_other_rights(&self, name: &str, before: Option<Staff>) -> Result<(), Failure> {
        let after = self.world().staff(&UserName::from(name)).cloned();
        let rights = |staff: Option<Staff>| staff.map(|staff| (staff.roles, staff.agency));
        if rights(before) == rights(after) {
            return Ok(());
        }
        tracing::info!(account = name, "roles or agency were changed");
        self.end_sessions_of(name)
    }

    pub(super) fn change_account(
        &self,
        name: &str,
        change: impl FnOnce(&mut Txn<'_>, &mut AccountRow) -> Result<(), Failure> + Send + 'static,
    ) -> Result<(), Failure> {
        self.ledger.run_blocking(changing(name, change))?;
        self.refresh_world()
    }

    /// As [`Office::change_account`], for a request that waits.
    pub(super) async fn change_account_async(
        &self,
        name: &str,
        change: impl FnOnce(&mut Txn<'_>, &mut AccountRow) -> Result<(), Failure> + Send + 'static,
    ) -> Result<(), Failure> {
        self.ledger.run(changing(name, change)).await?;
        self.refresh_world()
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
