//! `issue_number`: the clerk's number and stamp.

use jiff::civil::Date;

use super::action::Action;
use super::decide::required;
use super::event::Event;
use super::stages::check_stage;
use super::state::Dossier;
use super::words;
use crate::domain::refusal::Refusal;

pub(super) fn decide(dossier: &Dossier, number: &str, date: Date) -> Result<Event, Refusal> {
    check_stage(dossier, Action::IssueNumber)?;
    let number = required("number", number, words::NUMBER_MISSING)?;
    Ok(Event::NumberIssued { number, date })
}
