//! Calendars as files: out of an instance and into it.

use serde_json::{Value, json};

use super::operations::{Done, NotDone};
use crate::domain::ids::AgencyCode;
use crate::domain::refusal::Refusal;
use crate::office::Office;
use crate::office::calendars::{CalendarEdit, wire};

/// Who changes a calendar on the command line, in the log.
const ACTOR: &str = "system";

/// The calendar of an agency, or of the instance, as a file.
pub(super) fn export(office: &Office, agency: Option<String>) -> Result<Done, NotDone> {
    let code = agency_code(agency.as_deref());
    let calendar = office.calendar(code.as_ref())?;
    let mut attached =
        serde_json::to_vec_pretty(&wire::to_json(calendar.timetable())).unwrap_or_default();
    attached.push(b'\n');
    let table = calendar.timetable();
    let value = json!({
        "agency": code.as_ref().map(AgencyCode::as_str),
        "holidays": table.holidays.len(),
        "working": table.working.len(),
    });
    Ok(Done { value, attached })
}

/// Takes a calendar in and lets open dossiers follow it.
pub(super) fn import(
    office: &Office,
    agency: Option<String>,
    reason: Option<String>,
    is_dry_run: bool,
    file: &[u8],
) -> Result<Value, NotDone> {
    let parsed: Value = serde_json::from_slice(file)
        .map_err(|error| NotDone::Wrong(format!("the file is no JSON: {error}")))?;
    let calendar = wire::calendar(&parsed).map_err(|refusal| NotDone::Wrong(placed(&refusal)))?;
    let agency = agency_code(agency.as_deref());
    let edit = CalendarEdit {
        agency: agency.clone(),
        timetable: calendar.timetable().clone(),
        reason: reason.unwrap_or_default(),
    };
    let moved = if is_dry_run {
        office.preview_calendar(&edit)?.count
    } else {
        office.set_calendar(&edit, ACTOR)?
    };
    let agency = agency.as_ref().map(AgencyCode::as_str);
    Ok(json!({ "agency": agency, "moved": moved, "written": !is_dry_run }))
}

fn agency_code(agency: Option<&str>) -> Option<AgencyCode> {
    agency.map(|code| AgencyCode::new(code.trim().to_uppercase()))
}

/// A refusal with the place that it is about.
fn placed(refusal: &Refusal) -> String {
    match refusal.fields.first() {
        Some(error) => format!("{}: {}", error.field, error.text.en),
        None => refusal.text.en.clone(),
    }
}
