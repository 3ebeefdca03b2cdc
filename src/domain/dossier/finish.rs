//! `finish`: a result, or a refusal with its reason; after approval.

use super::decide::{optional, required};
use super::event::Event;
use super::state::{Attachment, Dossier, Settlement};
use super::words;
use crate::domain::refusal::Refusal;

/// What the processor enters.
pub(super) struct Result<'a> {
    pub favourable: bool,
    pub name: &'a str,
    pub number: Option<&'a str>,
    pub reason: Option<&'a str>,
}

pub(super) fn decide(
    dossier: &Dossier,
    result: Result<'_>,
    attachments: &[Attachment],
) -> std::result::Result<Event, Refusal> {
    let issued = dossier.number.as_ref().map(|(number, _)| number.as_str());
    let number = optional("result.number", result.number.or(issued))?;
    let outcome = if result.favourable {
        Settlement {
            favourable: true,
            name: required("result.name", result.name, words::RESULT_MISSING)?,
            number,
            reason: None,
            at_section: false,
        }
    } else {
        Settlement {
            favourable: false,
            name: optional("result.name", Some(result.name))?.unwrap_or_default(),
            number,
            reason: Some(required(
                "reason",
                result.reason.unwrap_or_default(),
                words::REASON_MISSING,
            )?),
            at_section: false,
        }
    };
    Ok(Event::Finished { outcome, attachments: attachments.to_vec() })
}
