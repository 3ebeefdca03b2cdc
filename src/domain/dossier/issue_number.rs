//! `issue_number`: the clerk's number and stamp.

use jiff::civil::Date;

use super::decide::required;
use super::event::Event;
use super::words;
use crate::domain::refusal::Refusal;

pub(super) fn decide(number: &str, date: Date) -> Result<Event, Refusal> {
    Ok(Event::NumberIssued { number: required("number", number, words::NUMBER_MISSING)?, date })
}
