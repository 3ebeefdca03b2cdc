//! `motcua user`: desk accounts.

use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args, Subcommand};
use serde_json::Value;

use super::Common;
use super::output::{Output, Trouble};
use super::password;
use super::target::perform;
use crate::domain::agency::Role;
use crate::domain::password::SHORTEST_ALONE;
use crate::ops::operations::{Operation, User as NewUser};

/// The variable that may hold a password.
const VARIABLE: &str = "MOTCUA_PASSWORD";

/// Desk accounts.
#[derive(Debug, Subcommand)]
pub(super) enum User {
    /// Add an account
    Add(Add),
    /// List the accounts
    List,
    /// Shut an account; its sessions and tokens end with it
    Disable {
        /// The account.
        name: String,
    },
    /// Open an account again that was shut; it signs in with the password that it had
    Enable {
        /// The account.
        name: String,
    },
    /// Change name, roles or place of an account; with other rights its sessions end
    Change(Change),
    /// Set an account's password
    Password {
        /// The account.
        name: String,
        /// A file with the password; else MOTCUA_PASSWORD, else a prompt.
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
        /// The owner has to choose a password of their own at the next sign-in.
        #[arg(long)]
        must_change: bool,
    },
    /// The second factor of an account
    SecondFactor {
        #[command(subcommand)]
        what: SecondFactor,
    },
}

/// What changes; what is not given stays.
#[derive(Debug, Args)]
#[group(skip)]
#[command(group = ArgGroup::new("what").required(true).multiple(true).args(["roles", "agency", "unit", "full_name"]))]
pub(super) struct Change {
    /// The account.
    name: String,
    /// All that it may do from now on; may be given several times.
    #[arg(long = "role", value_name = "ROLE", value_parser = roles())]
    roles: Vec<String>,
    /// The agency's code.
    #[arg(long, value_name = "CODE")]
    agency: Option<String>,
    /// A unit of the agency; with --agency alone the account is of none.
    #[arg(long, value_name = "CODE")]
    unit: Option<String>,
    /// The person's name.
    #[arg(long, value_name = "NAME")]
    full_name: Option<String>,
}

/// What is done with a second factor.
#[derive(Debug, Subcommand)]
pub(super) enum SecondFactor {
    /// Take it away from who has lost it; the account's sessions end
    Reset {
        /// The account.
        name: String,
    },
}

/// A new account.
#[derive(Debug, Args)]
pub(super) struct Add {
    /// The name to sign in with.
    name: String,
    /// What it may do; may be given several times.
    #[arg(long = "role", value_name = "ROLE", required = true, value_parser = roles())]
    roles: Vec<String>,
    /// The agency's code; the only agency when there is one.
    #[arg(long, value_name = "CODE")]
    agency: Option<String>,
    /// A unit of the agency.
    #[arg(long, value_name = "CODE")]
    unit: Option<String>,
    /// The person's name.
    #[arg(long, value_name = "NAME", default_value = "")]
    full_name: String,
    /// A file with the password; else MOTCUA_PASSWORD, else a prompt.
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// The owner has to choose a password of their own at the first sign-in.
    #[arg(long)]
    must_change: bool,
}

fn roles() -> clap::builder::PossibleValuesParser {
    Role::ALL.map(Role::id).into()
}

impl User {
    pub fn run(self, common: &Common) -> Result<(), Trouble> {
        let output = common.output();
        match self {
            Self::Add(add) => add.run(common),
            Self::List => {
                let users = perform(common, Operation::ListUsers, &[])?.value;
                output.value(&users);
                list(output, &users);
                Ok(())
            }
            Self::Disable { name } => {
                let operation = Operation::DisableUser { name: name.clone() };
                output.value(&perform(common, operation, &[])?.value);
                output.say(format_args!("the account {name} is shut"));
                Ok(())
            }
            Self::Enable { name } => {
                let operation = Operation::EnableUser { name: name.clone() };
                output.value(&perform(common, operation, &[])?.value);
                output.say(format_args!("the account {name} is open again"));
                Ok(())
            }
            Self::Change(Change { name, roles, agency, unit, full_name }) => {
                let operation =
                    Operation::ChangeUser { name: name.clone(), full_name, roles, agency, unit };
                output.value(&perform(common, operation, &[])?.value);
                output.say(format_args!("changed {name}"));
                Ok(())
            }
            Self::Password { name, password_file, must_change } => {
                set_password(common, name, password_file.as_deref(), must_change)
            }
            Self::SecondFactor { what: SecondFactor::Reset { name } } => {
                let operation = Operation::ResetSecondFactor { name: name.clone() };
                output.value(&perform(common, operation, &[])?.value);
                output.say(format_args!(
                    "the second factor of {name} is gone; its sessions have ended"
                ));
                Ok(())
            }
        }
    }
}

fn set_password(
    common: &Common,
    name: String,
    file: Option<&Path>,
    must_change: bool,
) -> Result<(), Trouble> {
    let output = common.output();
    let password = password::read(file, VARIABLE)?;
    let password = password
        .ok_or_else(|| Trouble::new(format!("give --password-file FILE or set {VARIABLE}")))?;
    let short = !must_change && is_short(&password);
    let operation = Operation::SetPassword { name: name.clone(), password, must_change };
    let set = perform(common, operation, &[])?.value;
    output.value(&set);
    output.say(format_args!("the password of {name} is set; its sessions have ended"));
    if set["enabled"] == false {
        output.say(format_args!("the account is shut: open it with `motcua user enable {name}`"));
    }
    warn_short(output, short);
    Ok(())
}

/// Whether a password is too short to be all that an account signs in with.
fn is_short(password: &str) -> bool {
    password.chars().count() < SHORTEST_ALONE
}

fn warn_short(output: Output, is_short: bool) {
    if is_short {
        output.say(format_args!(
            "it is shorter than {SHORTEST_ALONE} characters: set a second factor up, or let its owner \
             choose another with --must-change"
        ));
    }
}

impl Add {
    fn run(self, common: &Common) -> Result<(), Trouble> {
        let password = password::read(self.password_file.as_deref(), VARIABLE)?;
        let has_password = password.is_some();
        let short = !self.must_change && password.as_deref().is_some_and(is_short);
        let operation = Operation::AddUser(NewUser {
            name: self.name.clone(),
            full_name: self.full_name,
            roles: self.roles,
            agency: self.agency,
            unit: self.unit,
            password,
            must_change: self.must_change,
        });
        let output = common.output();
        output.value(&perform(common, operation, &[])?.value);
        let name = self.name;
        output.say(format_args!("added {name}"));
        if !has_password {
            output.say(format_args!(
                "it has no password yet: set one with `motcua user password {name}`"
            ));
        }
        warn_short(output, short);
        Ok(())
    }
}

fn list(output: Output, users: &Value) {
    for user in users.as_array().into_iter().flatten() {
        let text = |key: &str| user[key].as_str().unwrap_or_default();
        let roles: Vec<&str> =
            user["roles"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let shut = if user["enabled"] == false { "  (shut)" } else { "" };
        let (name, agency, full_name) = (text("name"), text("agency"), text("full_name"));
        let roles = roles.join(",");
        output.say(format_args!("{name:<16} {agency:<10} {roles:<24} {full_name}{shut}"));
    }
}
