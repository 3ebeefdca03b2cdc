//! `return_papers`: originals go back, against a signature.

use super::decide::{check_length, required};
use super::event::Event;
use super::words;
use crate::domain::refusal::Refusal;

pub(super) fn decide(items: &[String], received_by: &str) -> Result<Event, Refusal> {
    let named = items.iter().map(|item| item.trim()).filter(|item| !item.is_empty());
    let items: Vec<String> = named.map(str::to_owned).collect();
    if items.is_empty() {
        return Err(Refusal::field("items", words::ITEMS_MISSING));
    }
    for item in &items {
        check_length("items", item)?;
    }
    let received_by = required("received_by", received_by, words::RECEIVED_BY_MISSING)?;
    Ok(Event::PapersReturned { items, received_by })
}
