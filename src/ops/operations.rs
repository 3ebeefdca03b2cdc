//! What the command line asks of an instance, at rest or being served: one list, one way to do it.

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::seed::{self, SeedOptions};
use super::{Progress, calendars, check, checkpoints, papers, reindex};
use crate::domain::agency::{Role, Staff};
use crate::domain::dossier::Directory;
use crate::domain::ids::{AgencyCode, UnitCode, UserName};
use crate::office::accounts::{AccountChange, GivenPassword, NewAccount};
use crate::office::catalogue::{Format, Report};
use crate::office::importing::Import;
use crate::office::keyring::KeyMarks;
use crate::office::{Failure, Office};

/// An operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "operation", rename_all = "snake_case")]
pub enum Operation {
    /// Imports catalogue files; their contents are attached, one after the other.
    ImportCatalogue {
        /// Names and lengths of the files.
        files: Vec<(String, u64)>,
        /// Only tell what would change.
        dry_run: bool,
        /// A rejected row keeps everything from being written.
        strict: bool,
    },
    /// Attaches the catalogue to the answer, in the format that the file's name asks for.
    ExportCatalogue {
        /// The file's name.
        file: String,
    },
    /// Adds an account.
    AddUser(User),
    /// Lists the accounts.
    ListUsers,
    /// Shuts an account.
    DisableUser {
        /// Its name.
        name: String,
    },
    /// Opens an account that was shut.
    EnableUser {
        /// Its name.
        name: String,
    },
    /// Sets an account's password.
    SetPassword {
        /// Its name.
        name: String,
        /// The password.
        password: String,
        /// Whether the account's owner has to choose their own at the next sign-in.
        #[serde(default)]
        must_change: bool,
    },
    /// Changes an account; what is not given stays.
    ChangeUser {
        /// Its name.
        name: String,
        /// The person's name.
        full_name: Option<String>,
        /// Names of all its roles.
        roles: Vec<String>,
        /// The agency.
        agency: Option<String>,
        /// A unit of the agency; with an agency alone there is none.
        unit: Option<String>,
    },
    /// Takes an account's second factor away.
    ResetSecondFactor {
        /// Its name.
        name: String,
    },
    /// Makes a token.
    CreateToken {
        /// The account that it acts as; none for a program.
        user: Option<String>,
        /// Its name; one after the account's when none is given.
        name: Option<String>,
    },
    /// Lists the tokens.
    ListTokens,
    /// Ends a token.
    RevokeToken {
        /// Its name.
        name: String,
    },
    /// Attaches a calendar to the answer.
    ExportCalendar {
        /// Of this agency; of the instance when none is named.
        agency: Option<String>,
    },
    /// Makes the attached calendar the one of an agency, or of the instance.
    ImportCalendar {
        /// Of this agency; of the instance when none is named.
        agency: Option<String>,
        /// What the applicants read whose dates move; a general sentence when there is none.
        reason: Option<String>,
        /// Only tell which due dates would move.
        dry_run: bool,
    },
    /// Reads everything and tells what does not fit.
    Check {
        /// Texts of checkpoints, or places of logs with the hashes that somebody noted there.
        against: Vec<String>,
    },
    /// Makes a checkpoint of an agency's log, or of every log.
    CreateCheckpoint {
        /// Of this agency; of every one that has a log when none is named.
        agency: Option<String>,
    },
    /// Lists the checkpoints of an agency.
    ListCheckpoints {
        /// Of this agency; of the only one when none is named.
        agency: Option<String>,
    },
    /// Attaches a checkpoint as a file.
    ExportCheckpoint {
        /// Of this agency; of the only one when none is named.
        agency: Option<String>,
        /// Its number; the last one when none is named.
        number: Option<u64>,
        /// As a sheet to print; as a text otherwise.
        pdf: bool,
    },
    /// Builds the search index anew.
    Reindex,
    /// Checks the attached paper: a PDF, or a text with a signed statement.
    CheckPaper,
    /// Attaches the keys that check papers, as PEM.
    ExportPaperKeys,
    /// Lists those keys.
    ListPaperKeys,
    /// Signs papers with a new key from now on.
    ChangePaperKey,
    /// Tells the keys by marks that open nothing.
    ShowKeys,
    /// Changes the instance key and the key of the keyring.
    RotateKeys,
    /// Makes plausible dossiers.
    Seed {
        /// How many.
        dossiers: u64,
        /// Which stories.
        seed: u64,
    },
}

/// A new account, in the words of the command line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Sign-in name.
    pub name: String,
    /// The person's name; the sign-in name when empty.
    pub full_name: String,
    /// Names of roles.
    pub roles: Vec<String>,
    /// The agency; the only one there is when none is named.
    pub agency: Option<String>,
    /// A unit of it.
    pub unit: Option<String>,
    /// The password; an account without one can only be used through tokens.
    pub password: Option<String>,
    /// Whether the account's owner has to choose their own at the first sign-in.
    #[serde(default)]
    pub must_change: bool,
}

/// What an operation answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// For people and programs.
    pub value: Value,
    /// The bytes of a file.
    pub attached: Vec<u8>,
}

impl From<Value> for Done {
    fn from(value: Value) -> Self {
        Self { value, attached: Vec::new() }
    }
}

/// Why an operation was not done.
#[derive(Debug, thiserror::Error)]
pub enum NotDone {
    /// It was refused, or the store failed.
    #[error(transparent)]
    Failed(#[from] Failure),
    /// What was asked for makes no sense: what, and what to do.
    #[error("{0}")]
    Wrong(String),
}

impl From<crate::domain::refusal::Refusal> for NotDone {
    fn from(refusal: crate::domain::refusal::Refusal) -> Self {
        Self::Failed(refusal.into())
    }
}

/// Does an operation. Not on an async thread.
///
/// # Errors
/// Nothing has changed then, unless the store failed on the way.
pub fn run(
    office: &Office,
    operation: Operation,
    attached: &[u8],
    progress: Progress<'_>,
) -> Result<Done, NotDone> {
    match operation {
        Operation::ImportCatalogue { files, dry_run, strict } => {
            let how = Import { is_dry_run: dry_run, is_strict: strict, tries_cases: true };
            import(office, &files, attached, how, progress).map(Done::from)
        }
        Operation::ExportCatalogue { file } => {
            let attached = office.export_catalogue(Format::of(&file)?)?;
            let count = office.world().procedure_count();
            Ok(Done { value: json!({ "file": file, "procedures": count }), attached })
        }
        Operation::AddUser(_)
        | Operation::ListUsers
        | Operation::DisableUser { .. }
        | Operation::EnableUser { .. }
        | Operation::SetPassword { .. }
        | Operation::ChangeUser { .. }
        | Operation::ResetSecondFactor { .. } => of_users(office, operation).map(Done::from),
        Operation::CreateToken { user, name } => {
            let free = || free_token_name(office, user.as_deref().unwrap_or("token"));
            let name = name.map_or_else(free, Ok)?;
            let token = office.create_token(user.as_deref(), &name)?;
            Ok(json!({ "token": token, "name": name }).into())
        }
        Operation::ListTokens => {
            let tokens = office.tokens()?.into_iter();
            let tokens = tokens.map(|(name, user)| json!({ "name": name, "user": user }));
            Ok(Value::from(tokens.collect::<Vec<_>>()).into())
        }
        Operation::RevokeToken { name } => {
            office.revoke_token(&name)?;
            Ok(json!({ "name": name, "revoked": true }).into())
        }
        Operation::ExportCalendar { agency } => calendars::export(office, agency),
        Operation::ImportCalendar { agency, reason, dry_run } => {
            calendars::import(office, agency, reason, dry_run, attached).map(Done::from)
        }
        Operation::Check { against } => {
            let mut report = check::run(office, progress)?;
            check::compare(office, &against, &mut report)?;
            Ok(told(&report).into())
        }
        Operation::CreateCheckpoint { agency } => checkpoints::create(office, agency.as_deref()),
        Operation::ListCheckpoints { agency } => checkpoints::list(office, agency.as_deref()),
        Operation::ExportCheckpoint { agency, number, pdf } => {
            checkpoints::export(office, agency.as_deref(), number, pdf)
        }
        Operation::Reindex => Ok(json!({ "dossiers": reindex::run(office, progress)? }).into()),
        Operation::CheckPaper => Ok(papers::told(&office.check_paper(attached)?).into()),
        Operation::ExportPaperKeys => Ok(papers::export_keys(office)),
        Operation::ListPaperKeys => Ok(papers::list_keys(office).into()),
        Operation::ChangePaperKey => Ok(papers::change_key(office)?.into()),
        Operation::ShowKeys => Ok(marks(&office.key_marks()?).into()),
        Operation::RotateKeys => Ok(marks(&office.rotate_keys()?).into()),
        Operation::Seed { dossiers, seed } => {
            seeded(office, SeedOptions { dossiers, seed }, progress)
        }
    }
}

fn seeded(office: &Office, options: SeedOptions, progress: Progress<'_>) -> Result<Done, NotDone> {
    let seeded = seed::run(office, options, progress)?;
    Ok(json!({ "dossiers": seeded.dossiers, "events": seeded.events }).into())
}

/// Does an operation on accounts.
fn of_users(office: &Office, operation: Operation) -> Result<Value, NotDone> {
    match operation {
        Operation::AddUser(user) => add_user(office, user),
        Operation::ListUsers => Ok(list_users(office)),
        Operation::DisableUser { name } => {
            office.disable_account(&name)?;
            Ok(json!({ "name": name, "enabled": false }))
        }
        Operation::EnableUser { name } => {
            office.enable_account(&name)?;
            Ok(json!({ "name": name, "enabled": true }))
        }
        Operation::SetPassword { name, password, must_change } => {
            office.set_password(&name, GivenPassword { password: &password, must_change })?;
            Ok(json!({ "name": name, "enabled": is_enabled(office, &name) }))
        }
        Operation::ChangeUser { name, full_name, roles, agency, unit } => {
            change_user(office, &name, full_name, &roles, (agency, unit))
        }
        Operation::ResetSecondFactor { name } => {
            office.reset_second_factor(&name)?;
            Ok(json!({ "name": name, "second_factor": false }))
        }
        other => Err(NotDone::Wrong(format!("{other:?} is not about accounts"))),
    }
}

fn is_enabled(office: &Office, name: &str) -> bool {
    office.world().staff(&UserName::from(name)).is_some_and(|staff| staff.enabled)
}

fn marks(keys: &KeyMarks) -> Value {
    json!({
        "instance_key": keys.path,
        "instance": HEXLOWER.encode(&keys.instance),
        "keyring": HEXLOWER.encode(&keys.keyring),
        "changing": keys.is_changing,
    })
}

fn told(report: &check::Report) -> Value {
    json!({
        "ok": report.is_ok(),
        "problems": report.problems,
        "untold": report.untold,
        "remarks": report.remarks,
        "dossiers": report.dossiers,
        "events": report.events,
        "commits": report.commits,
        "files": report.blobs,
        "looks": report.looks,
        "checkpoints": report.checkpoints,
    })
}

fn import(
    office: &Office,
    files: &[(String, u64)],
    mut attached: &[u8],
    how: Import,
    progress: Progress<'_>,
) -> Result<Value, NotDone> {
    let mut contents = Vec::with_capacity(files.len());
    for (name, length) in files {
        let length = usize::try_from(*length).unwrap_or(usize::MAX);
        let (file, rest) = attached.split_at_checked(length).ok_or_else(|| {
            NotDone::Wrong(format!("the contents of {name} did not arrive whole"))
        })?;
        contents.push((name.clone(), file.to_vec()));
        attached = rest;
    }
    progress("import", 0, files.len() as u64);
    let imported = office.import_catalogue(&contents, how)?;
    progress("import", files.len() as u64, files.len() as u64);
    let sum = |count: fn(&Report) -> usize| imported.reports.iter().map(count).sum::<usize>();
    let rows = |rows: fn(&Report) -> &Vec<crate::office::catalogue::Rejected>| -> Vec<Value> {
        let files = files.iter().zip(&imported.reports);
        let told = files.flat_map(|((file, _), report)| {
            rows(report)
                .iter()
                .map(move |row| json!({ "row": row.row, "reason": row.reason.en, "file": file }))
        });
        told.collect()
    };
    let changed = imported.reports.iter().flat_map(|report| &report.changed);
    let differences: Vec<Value> = changed
        .map(|change| {
            let said: Vec<&str> = change.said.iter().map(|text| text.en.as_str()).collect();
            json!({ "code": change.code.as_str(), "name": change.name, "said": said })
        })
        .collect();
    Ok(json!({
        "new": sum(|report| report.new.len()),
        "changed": sum(|report| report.changed.len()),
        "unchanged": sum(|report| report.unchanged),
        "rejected": rows(|report| &report.rejected),
        "remarks": rows(|report| &report.remarks),
        "differences": differences,
        "written": imported.is_written,
    }))
}

fn add_user(office: &Office, user: User) -> Result<Value, NotDone> {
    let roles = read_roles(&user.roles)?;
    let world = office.world();
    let agency = match &user.agency {
        Some(code) => AgencyCode::new(code.trim().to_uppercase()),
        None => {
            let codes: Vec<&str> = world.agencies().map(|agency| agency.code.as_str()).collect();
            match codes.as_slice() {
                [only] => AgencyCode::new(*only),
                _ => {
                    let codes = codes.join(", ");
                    return Err(NotDone::Wrong(format!(
                        "there are several agencies; name one with --agency: {codes}"
                    )));
                }
            }
        }
    };
    let name = user.name.clone();
    let new = NewAccount {
        name: user.name,
        full_name: user.full_name,
        roles,
        agency,
        unit: user.unit.map(UnitCode::new),
    };
    let must_change = user.must_change;
    let given = user.password.as_deref().map(|password| GivenPassword { password, must_change });
    office.add_account(new, given)?;
    let world = office.world();
    let added = world.accounts().into_iter().find(|staff| staff.name.as_str() == name);
    Ok(added.map_or(Value::Null, listed))
}

fn read_roles(names: &[String]) -> Result<Vec<Role>, NotDone> {
    let roles = names.iter().map(|id| {
        Role::from_id(id).ok_or_else(|| {
            let known: Vec<&str> = Role::ALL.iter().map(|role| role.id()).collect();
            NotDone::Wrong(format!("there is no role {id}; the roles are {}", known.join(", ")))
        })
    });
    roles.collect()
}

fn change_user(
    office: &Office,
    name: &str,
    full_name: Option<String>,
    roles: &[String],
    (agency, unit): (Option<String>, Option<String>),
) -> Result<Value, NotDone> {
    let roles = (!roles.is_empty()).then(|| read_roles(roles)).transpose()?;
    let known = office.world().staff(&UserName::from(name)).cloned();
    // A unit alone is one of the account's own agency.
    let place = match (agency, unit) {
        (None, None) => None,
        (agency, unit) => {
            let own = || known.as_ref().map_or_else(|| AgencyCode::from(""), |s| s.agency.clone());
            let agency = agency.map(|code| AgencyCode::new(code.trim().to_uppercase()));
            Some((agency.unwrap_or_else(own), unit.map(UnitCode::new)))
        }
    };
    office.edit_account(name, AccountChange { full_name, roles, place })?;
    let world = office.world();
    Ok(world.staff(&UserName::from(name)).map_or(Value::Null, listed))
}

fn list_users(office: &Office) -> Value {
    let world = office.world();
    world.accounts().into_iter().map(listed).collect::<Vec<_>>().into()
}

fn listed(staff: &Staff) -> Value {
    json!({
        "name": staff.name.as_str(),
        "full_name": staff.full_name,
        "roles": staff.roles.iter().map(|role| role.id()).collect::<Vec<_>>(),
        "agency": staff.agency.as_str(),
        "enabled": staff.enabled,
    })
}

/// A name for a token that nobody named: the account's, with a number when it is taken.
fn free_token_name(office: &Office, stem: &str) -> Result<String, Failure> {
    let taken = office.tokens()?;
    let is_free = |name: &String| !taken.iter().any(|(known, _)| known == name);
    let numbered = (2..).map(|number: u32| format!("{stem}-{number}"));
    let mut names = std::iter::once(stem.to_owned()).chain(numbered);
    Ok(names.find(is_free).unwrap_or_default())
}
