//! Calendars: the one that ships, what the instance says differently, and what each agency does.

mod moving;
pub mod wire;
pub mod words;

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub(super) use moving::each_open;
pub use moving::{Moved, Moves};

use super::settings::{self, Row};
use super::{Failure, Office, words as office_words};
use crate::domain::calendar::{Calendar, Changes, Timetable};
use crate::domain::dossier::Directory;
use crate::domain::ids::AgencyCode;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::{Lang, Text};
use crate::store::event_log::sha256;
use crate::store::reader::Reader;

/// The shipped calendar, computed once.
static SHIPPED: LazyLock<Calendar> = LazyLock::new(Calendar::office_hours);

/// What the instance (no agency) or an agency says differently.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct CalendarRow {
    /// The agency's code; empty for the instance.
    agency: String,
    /// In the shape of [`wire::changes`].
    changes: Value,
    /// Due dates that still have to follow the change.
    following: Option<Following>,
}

/// A change that due dates have not all followed yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Following {
    since: Date,
    reason: String,
    actor: String,
}

impl Row for CalendarRow {
    const KIND: &'static str = "calendar";
    fn key(&self) -> &str {
        &self.agency
    }
}

/// The calendars of an instance, put together.
#[derive(Clone, Debug)]
pub(super) struct Calendars {
    instance: Calendar,
    own: HashMap<AgencyCode, Calendar>,
}

impl Calendars {
    /// The calendar of an agency: its own, or the one that it inherits.
    pub fn of(&self, agency: &AgencyCode) -> &Calendar {
        self.own.get(agency).unwrap_or(&self.instance)
    }

    fn of_either(&self, agency: Option<&AgencyCode>) -> &Calendar {
        agency.map_or(&self.instance, |agency| self.of(agency))
    }

    /// Reads them.
    ///
    /// # Errors
    /// The store cannot be read, or a row is damaged.
    pub fn read(reader: &Reader) -> Result<Self, Failure> {
        Self::from_rows(&settings::all::<CalendarRow>(reader)?)
    }

    fn from_rows(rows: &[CalendarRow]) -> Result<Self, Failure> {
        let above = rows.iter().find(|row| row.agency.is_empty());
        let instance = match above {
            Some(row) => inherited(&SHIPPED, &wire::changes(&row.changes)?)?,
            None => SHIPPED.clone(),
        };
        let mut own = HashMap::new();
        for row in rows.iter().filter(|row| !row.agency.is_empty()) {
            let calendar = inherited(&instance, &wire::changes(&row.changes)?);
            let calendar = calendar.map_err(|error| {
                let say = |lang| {
                    let why = error.text.say(lang);
                    words::AGENCY_BREAKS.fill(lang, &[("agency", &row.agency), ("why", why)])
                };
                let text = Text { vi: say(Lang::Vi), en: say(Lang::En) };
                Refusal::new(RefusalKind::Invalid, text)
            })?;
            own.insert(AgencyCode::new(row.agency.clone()), calendar);
        }
        Ok(Self { instance, own })
    }
}

fn inherited(base: &Calendar, changes: &Changes) -> Result<Calendar, Refusal> {
    Ok(Calendar::new(changes.apply(base.timetable()))?)
}

/// The calendar that ships with this version.
pub fn shipped() -> &'static Calendar {
    &SHIPPED
}

/// A change of a calendar.
#[derive(Clone, Debug)]
pub struct CalendarEdit {
    /// Of this agency; of the instance when none is named.
    pub agency: Option<AgencyCode>,
    /// What it shall be.
    pub timetable: Timetable,
    /// What the applicants read whose dates move; a general sentence when empty.
    pub reason: String,
}

impl Office {
    /// The calendar of the instance, or of an agency.
    ///
    /// # Errors
    /// There is no such agency.
    pub fn calendar(&self, agency: Option<&AgencyCode>) -> Result<Calendar, Refusal> {
        let world = self.world();
        check_agency(world.as_ref(), agency)?;
        Ok(world.calendars.of_either(agency).clone())
    }

    /// The calendar that an agency inherits, or the one that ships for the instance.
    pub fn inherited_calendar(&self, agency: Option<&AgencyCode>) -> Calendar {
        match agency {
            Some(_) => self.world().calendars.instance.clone(),
            None => SHIPPED.clone(),
        }
    }

    /// Which open dossiers a change would move.
    ///
    /// # Errors
    /// There is no such agency, the calendar is impossible, or the store cannot be read.
    pub fn preview_calendar(&self, edit: &CalendarEdit) -> Result<Moves, Failure> {
        let (_, planned) = self.plan_calendar(edit)?;
        self.moves(&planned)
    }

    /// Changes a calendar; the due dates of open dossiers follow by an event each. Returns how many
    /// moved.
    ///
    /// # Errors
    /// As [`Office::preview_calendar`]; nothing has changed then. When the store fails on the way,
    /// the rest follows when the instance is opened again.
    pub fn set_calendar(&self, edit: &CalendarEdit, actor: &str) -> Result<u64, Failure> {
        let (row, planned) = self.plan_calendar(edit)?;
        let before = self.world();
        let spans = moving::spans(&before, &planned);
        let reason = match edit.reason.trim() {
            "" => words::CHANGED.vi,
            reason => reason,
        };
        let following = spans.values().min().map(|since| Following {
            since: *since,
            reason: reason.to_owned(),
            actor: actor.to_owned(),
        });
        let row = CalendarRow { following, ..row };
        let kept = row.clone();
        self.ledger.run_blocking(move |txn| settings::put(txn, &kept))?;
        self.refresh_world()?;
        self.follow(row, &spans)
    }

    /// Lets the due dates follow where that was broken off.
    pub(super) fn finish_following(&self) -> Result<(), Failure> {
        let rows = settings::all::<CalendarRow>(&self.ledger.reader()?)?;
        for row in rows {
            let Some(following) = &row.following else { continue };
            let spans = moving::all_from(&self.world(), following.since);
            self.follow(row, &spans)?;
        }
        Ok(())
    }

    fn follow(&self, row: CalendarRow, spans: &moving::Spans) -> Result<u64, Failure> {
        let Some(following) = &row.following else { return Ok(0) };
        let moved = self.move_due_dates(spans, &following.reason, &following.actor)?;
        let row = CalendarRow { following: None, ..row };
        self.ledger.run_blocking(move |txn| settings::put(txn, &row))?;
        Ok(moved)
    }

    fn plan_calendar(&self, edit: &CalendarEdit) -> Result<(CalendarRow, Calendars), Failure> {
        check_agency(self.world().as_ref(), edit.agency.as_ref())?;
        let wanted = Calendar::new(edit.timetable.clone()).map_err(Refusal::from)?;
        let base = self.inherited_calendar(edit.agency.as_ref());
        let changes = Changes::between(base.timetable(), wanted.timetable());
        let agency = edit.agency.as_ref().map(ToString::to_string).unwrap_or_default();
        let row = CalendarRow { agency, changes: wire::changes_json(&changes), following: None };
        let mut rows = settings::all::<CalendarRow>(&self.ledger.reader()?)?;
        rows.retain(|known| known.agency != row.agency);
        rows.push(row.clone());
        let planned = Calendars::from_rows(&rows)?;
        Ok((row, planned))
    }
}

fn check_agency(world: &dyn Directory, agency: Option<&AgencyCode>) -> Result<(), Refusal> {
    match agency {
        Some(code) if world.agency(code).is_none() => {
            let text = office_words::AGENCY_UNKNOWN.text(&[("code", code.as_str())]);
            Err(Refusal::field("agency", text))
        }
        _ => Ok(()),
    }
}

/// Sixteen digits that change with a calendar, to notice that somebody else changed it meanwhile.
pub fn stamp(calendar: &Calendar) -> String {
    let digest = sha256(wire::to_json(calendar.timetable()).to_string().as_bytes());
    digest[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}
