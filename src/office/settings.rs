//! Agencies, accounts and tokens as rows of the settings table, in JSON; and the picture of the
//! world read from them.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::absences;
use super::calendars::Calendars;
use super::catalogue;
use super::checklists;
use super::connections::Connections;
use super::dictionary;
use super::fees::Fees;
use super::forms;
use super::guidance;
use super::life_events;
use super::notices;
use super::offers;
use super::passkeys::PasskeyRow;
use super::processes;
use super::publishing::{self, Published};
use super::queue_services;
use super::second_factor::{SecondRow, SignInRow};
use super::sign_on::{self, StaffLinkRow};
use super::validity;
use super::world::World;
use crate::documents::papers::{Layout, Layouts};
use crate::domain::agency::{Agency, Role, Staff, Unit};
use crate::domain::catalogue::{Channel, Level, Procedure, SubmissionWay};
use crate::domain::deadline::Duration;
use crate::domain::ids::{AgencyCode, UnitCode, UserName};
use crate::domain::rules::RulePack;
use crate::store::codec::wire::Damaged;
use crate::store::engine::{Fault, FaultKind};
use crate::store::ledger::Failure;
use crate::store::reader::Reader;
use crate::store::tables::{Key, SETTINGS};
use crate::store::txn::Txn;

/// Most rows of one kind.
const MAX_ROWS: usize = 1_000_000;

/// A kind of settings.
pub(super) trait Row: Serialize + DeserializeOwned {
    /// The first part of its keys.
    const KIND: &'static str;
    /// The second part.
    fn key(&self) -> &str;
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct AgencyRow {
    pub code: String,
    pub name: String,
    #[serde(default)]
    pub superior: String,
    #[serde(default)]
    pub place: String,
    pub level: String,
    #[serde(default)]
    pub one_stop: String,
    #[serde(default)]
    pub address: String,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub units: Vec<(String, String)>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct AccountRow {
    pub name: String,
    pub full_name: String,
    pub roles: Vec<String>,
    pub agency: String,
    pub unit: Option<String>,
    pub enabled: bool,
    /// Argon2id, as a PHC string; none while no password was set.
    pub password: Option<String>,
    /// Somebody else set the password: it is good for choosing one's own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub must_change: bool,
    /// The second factor, once it is set up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<SecondRow>,
    /// Passkeys; only beside a second factor.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passkeys: Vec<PasskeyRow>,
    /// Links with providers of sign-on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sign_ons: Vec<StaffLinkRow>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct TokenRow {
    /// SHA-256 of the token, hexadecimal.
    pub digest: String,
    pub name: String,
    /// The account that it acts as; none for a program's own.
    pub user: Option<String>,
    pub created_at: Timestamp,
}

/// A duration that the agency sets where the catalogue publishes none.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct DurationRow {
    pub procedure: String,
    pub amount: u32,
    pub unit: String,
}

/// The rule pack that an agency chose.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ChosenPackRow {
    pub agency: String,
    pub pack: String,
}

/// A layout of papers that an administrator adapted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct LayoutRow {
    pub layout: String,
    pub text: String,
    /// Who adapted it, and when.
    pub by: String,
    pub at: Timestamp,
}

/// A key that signed papers of this instance; kept as long as its papers are.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct PaperKeyRow {
    /// Its short name.
    pub id: String,
    /// The public key, hexadecimal.
    pub public: String,
    /// Since when.
    pub since: Timestamp,
}

/// What this instance is.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct InstanceRow {
    /// Demo data: passwords are public, one-time codes are shown on the page.
    pub demo: bool,
}

impl Row for AgencyRow {
    const KIND: &'static str = "agency";
    fn key(&self) -> &str {
        &self.code
    }
}

impl Row for AccountRow {
    const KIND: &'static str = "account";
    fn key(&self) -> &str {
        &self.name
    }
}

impl Row for TokenRow {
    const KIND: &'static str = "token";
    fn key(&self) -> &str {
        &self.digest
    }
}

impl Row for DurationRow {
    const KIND: &'static str = "duration";
    fn key(&self) -> &str {
        &self.procedure
    }
}

impl Row for ChosenPackRow {
    const KIND: &'static str = "rules";
    fn key(&self) -> &str {
        &self.agency
    }
}

impl Row for LayoutRow {
    const KIND: &'static str = "layout";
    fn key(&self) -> &str {
        &self.layout
    }
}

impl Row for PaperKeyRow {
    const KIND: &'static str = "paper_key";
    fn key(&self) -> &str {
        &self.id
    }
}

impl Row for InstanceRow {
    const KIND: &'static str = "instance";
    fn key(&self) -> &str {
        "this"
    }
}

fn key(kind: &str, name: &str) -> Key {
    Key::new().text(kind).text(name)
}

fn decode<R: Row>(bytes: &[u8]) -> Result<R, Failure> {
    serde_json::from_slice(bytes).map_err(|error| {
        let what = format!("a row of kind {}: {error}", R::KIND);
        Fault::new(FaultKind::Damaged, "reading settings", what).into()
    })
}

/// Writes a row.
pub(super) fn put<R: Row>(txn: &mut Txn<'_>, row: &R) -> Result<(), Failure> {
    let bytes = serde_json::to_vec(row).map_err(|_| Damaged("settings row"))?;
    txn.put(SETTINGS, key(R::KIND, row.key()), bytes);
    Ok(())
}

/// Deletes a row.
pub(super) fn delete<R: Row>(txn: &mut Txn<'_>, name: &str) {
    txn.delete(SETTINGS, key(R::KIND, name));
}

/// A row as a command sees it.
pub(super) fn get<R: Row>(txn: &Txn<'_>, name: &str) -> Result<Option<R>, Failure> {
    txn.get(SETTINGS, key(R::KIND, name).bytes())?.map(|bytes| decode(&bytes)).transpose()
}

/// A row as committed.
pub(super) fn read<R: Row>(reader: &Reader, name: &str) -> Result<Option<R>, Failure> {
    reader.get(SETTINGS, key(R::KIND, name).bytes())?.map(|bytes| decode(&bytes)).transpose()
}

/// All rows of a kind, by name.
pub(super) fn all<R: Row>(reader: &Reader) -> Result<Vec<R>, Failure> {
    let prefix = Key::new().text(R::KIND);
    let rows = reader.scan(SETTINGS, prefix.bytes(), None, MAX_ROWS)?;
    rows.iter().map(|(_, value)| decode(value)).collect()
}

/// The name of a level in settings and files.
pub fn level_id(level: Level) -> &'static str {
    match level {
        Level::Ministry => "ministry",
        Level::Province => "province",
        Level::District => "district",
        Level::Commune => "commune",
    }
}

/// The level with this name.
pub fn level_from_id(id: &str) -> Option<Level> {
    Level::ALL.into_iter().find(|level| level_id(*level) == id)
}

impl From<&Agency> for AgencyRow {
    fn from(agency: &Agency) -> Self {
        let units = agency.units.iter();
        Self {
            code: agency.code.as_str().to_owned(),
            name: agency.name.clone(),
            superior: agency.superior.clone(),
            place: agency.place.clone(),
            level: level_id(agency.level).to_owned(),
            one_stop: agency.one_stop.clone(),
            address: agency.address.clone(),
            phone: agency.phone.clone(),
            units: units.map(|unit| (unit.code.to_string(), unit.name.clone())).collect(),
        }
    }
}

impl From<AgencyRow> for Agency {
    fn from(row: AgencyRow) -> Self {
        let units = row.units.into_iter();
        Self {
            code: AgencyCode::new(row.code),
            name: row.name,
            superior: row.superior,
            place: row.place,
            level: level_from_id(&row.level).unwrap_or(Level::Commune),
            one_stop: row.one_stop,
            address: row.address,
            phone: row.phone,
            units: units.map(|(code, name)| Unit { code: UnitCode::new(code), name }).collect(),
        }
    }
}

impl From<&AccountRow> for Staff {
    fn from(row: &AccountRow) -> Self {
        Self {
            name: UserName::new(row.name.clone()),
            full_name: row.full_name.clone(),
            roles: row.roles.iter().filter_map(|id| Role::from_id(id)).collect(),
            agency: AgencyCode::new(row.agency.clone()),
            unit: row.unit.clone().map(UnitCode::new),
            enabled: row.enabled,
            stands_in_for: None,
        }
    }
}

/// Reads the picture of the world.
///
/// # Errors
/// The store cannot be read, or a row is damaged.
pub(super) fn read_world(
    reader: &Reader,
    packs: Arc<[RulePack]>,
    known: &Published,
) -> Result<World, Failure> {
    let agencies: BTreeMap<AgencyCode, Agency> = all::<AgencyRow>(reader)?
        .into_iter()
        .map(|row| (AgencyCode::new(row.code.clone()), Agency::from(row)))
        .collect();
    let accounts = all::<AccountRow>(reader)?;
    let staff: HashMap<UserName, Staff> =
        accounts.iter().map(|row| (UserName::new(row.name.clone()), Staff::from(row))).collect();
    let secured = accounts.iter().filter(|row| row.second.is_some());
    let secured = secured.map(|row| row.name.clone()).collect();
    let keys = accounts.iter().flat_map(|row| row.passkeys.iter().map(move |key| (row, key)));
    let passkeys = keys.map(|(row, key)| (key.id.clone(), row.name.clone())).collect();
    let links = accounts.iter().flat_map(|row| row.sign_ons.iter().map(move |link| (row, link)));
    let sign_ons = links.map(|(row, link)| (link.who.clone(), row.name.clone())).collect();
    let sign_in = read::<SignInRow>(reader, "this")?.unwrap_or_default();
    let chosen = all::<ChosenPackRow>(reader)?
        .into_iter()
        .map(|row| (AgencyCode::new(row.agency), row.pack))
        .collect();
    let mut layouts = Layouts::default();
    for row in all::<LayoutRow>(reader)? {
        if let Some(layout) = Layout::from_id(&row.layout) {
            layouts = layouts.with(layout, row.text);
        }
    }
    let set: HashMap<String, DurationRow> =
        all::<DurationRow>(reader)?.into_iter().map(|row| (row.procedure.clone(), row)).collect();
    let (published, stamp) = publishing::published(reader, known)?;
    let procedures = published
        .values()
        .map(|procedure| {
            let code = procedure.code.clone();
            let set = set.get(code.as_str());
            (code, opened_with(procedure, set, &packs))
        })
        .collect();
    Ok(World {
        agencies,
        staff,
        secured,
        passkeys,
        sign_ons,
        providers: sign_on::read(reader)?,
        second_factor_roles: sign_in.roles(),
        absences: absences::read(reader)?,
        procedures,
        published,
        earlier: publishing::earlier(reader)?,
        validities: validity::read(reader)?,
        offers: offers::read(reader)?,
        calendars: Calendars::read(reader)?,
        fees: Fees::read(reader)?,
        notices: notices::settings::read(reader)?,
        packs,
        chosen,
        layouts,
        connections: Connections::read(reader)?,
        queues: queue_services::read(reader)?,
        processes: processes::read(reader)?,
        words: dictionary::read(reader)?,
        life: life_events::read(reader)?,
        forms: forms::read(reader)?,
        checklists: checklists::read(reader)?,
        guides: guidance::read(reader)?,
        catalogue_stamp: stamp,
    })
}

/// Gives a procedure without a published duration the one that the agency set, else the one of its
/// field's law; without either it takes no dossiers yet.
fn opened_with(
    published: &Arc<Procedure>,
    set: Option<&DurationRow>,
    packs: &[RulePack],
) -> Arc<Procedure> {
    if published.submission.iter().any(|way| way.unit.is_some()) {
        return published.clone();
    }
    let by_agency =
        set.and_then(|row| Some(Duration::new(row.amount, catalogue::wire::unit(&row.unit)?)));
    let by_law = packs
        .first()
        .and_then(|pack| pack.durations.iter().find(|row| row.field == published.field))
        .map(|row| row.duration);
    let Some(duration) = by_agency.or(by_law) else { return published.clone() };
    let mut procedure = published.as_ref().clone();
    if procedure.submission.is_empty() {
        let ways =
            [Channel::Counter, Channel::Online, Channel::Post].map(|channel| SubmissionWay {
                channel,
                duration: None,
                unit: None,
                fee_vnd: None,
                fee_text: String::new(),
            });
        procedure.submission.extend(ways);
    }
    for way in &mut procedure.submission {
        (way.duration, way.unit) = (Some(duration.amount), Some(duration.unit));
    }
    Arc::new(procedure)
}
