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

#[cfg(test)]
mod tests {
    use crate::domain::dossier::fixture::{
        Case, clerk, finish, invalid, plain, processor, wrong_status,
    };
    use crate::domain::dossier::{Command, Status};
    use crate::domain::refusal::RefusalKind;
    use jiff::civil::date;

    fn unfavourable(reason: Option<&str>) -> Command {
        Command::Finish {
            favourable: false,
            name: String::new(),
            number: None,
            reason: reason.map(str::to_owned),
            attachments: Vec::new(),
        }
    }

    fn unnumbered(name: &str) -> Command {
        Command::Finish {
            favourable: true,
            name: name.to_owned(),
            number: None,
            reason: None,
            attachments: Vec::new(),
        }
    }

    #[test]
    fn it_ends_the_clock_and_takes_the_clerks_number() {
        let number = Command::IssueNumber { number: "21/GKS".to_owned(), date: date(2026, 11, 23) };
        let case = Case::approved()
            .after(clerk(), number)
            .after(processor(), unnumbered("Giấy khai sinh"));
        assert_eq!(case.dossier.status, Status::Finished);
        assert_eq!(case.dossier.clock.due_at, None);
        assert_eq!(case.dossier.ended_at, Some(case.now));
        assert_eq!(case.dossier.outcome.unwrap().number.as_deref(), Some("21/GKS"));
    }

    #[test]
    fn only_after_approval() {
        let refused = plain(RefusalKind::Impossible);
        assert_eq!(Case::processing().refused(processor(), finish()), refused);
        assert_eq!(
            Case::submitted_for_approval().refused(processor(), unfavourable(Some("x"))),
            refused
        );
        assert_eq!(Case::counter().refused(processor(), finish()), wrong_status());
    }

    #[test]
    fn a_result_has_a_name_and_a_refusal_a_reason() {
        assert_eq!(Case::approved().refused(processor(), unnumbered(" ")), invalid("result.name"));
        assert_eq!(Case::approved().refused(processor(), unfavourable(None)), invalid("reason"));
        let case = Case::approved().after(processor(), unfavourable(Some("Không đủ điều kiện")));
        assert!(!case.dossier.outcome.unwrap().favourable);
    }
}
