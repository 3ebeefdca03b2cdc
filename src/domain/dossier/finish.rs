//! `finish`: a result, or a refusal with its reason; after approval.

use super::decide::{optional, required};
use super::event::Event;
use super::state::{Attachment, Dossier, ResultForm, Settlement};
use super::words;
use crate::domain::catalogue::Channel;
use crate::domain::refusal::Refusal;

/// What the processor enters.
pub(super) struct Result<'a> {
    pub favourable: bool,
    pub name: &'a str,
    pub number: &'a Option<String>,
    pub reason: &'a Option<String>,
    pub form: Option<ResultForm>,
    pub collect_reason: &'a Option<String>,
}

pub(super) fn decide(
    dossier: &Dossier,
    result: Result<'_>,
    attachments: &[Attachment],
) -> std::result::Result<Event, Refusal> {
    let issued = dossier.number.as_ref().map(|(number, _)| number.as_str());
    let number = optional("result.number", result.number.as_deref().or(issued))?;
    let outcome = if result.favourable {
        let name = required("result.name", result.name, words::RESULT_MISSING)?;
        let collect_reason = check_form(dossier, &result, number.as_deref(), attachments)?;
        Settlement { favourable: true, name, number, collect_reason, ..nothing() }
    } else {
        let name = optional("result.name", Some(result.name))?.unwrap_or_default();
        let reason = result.reason.as_deref().unwrap_or_default();
        let reason = Some(required("reason", reason, words::REASON_MISSING)?);
        Settlement { name, number, reason, ..nothing() }
    };
    Ok(Event::Finished { outcome, attachments: attachments.to_vec() })
}

const fn nothing() -> Settlement {
    Settlement {
        favourable: false,
        name: String::new(),
        number: None,
        reason: None,
        collect_reason: None,
        at_section: false,
    }
}

/// A result is there: as a file, or as a paper. Whoever wanted it online gets a file, or reads why
/// it must be fetched, which is the answer.
fn check_form(
    dossier: &Dossier,
    result: &Result<'_>,
    number: Option<&str>,
    attachments: &[Attachment],
) -> std::result::Result<Option<String>, Refusal> {
    if !attachments.is_empty() {
        return Ok(None);
    }
    match result.form {
        Some(ResultForm::File) => {
            return Err(Refusal::field("result.uploads", words::RESULT_FILE_MISSING));
        }
        Some(ResultForm::Paper) if number.is_none() => {
            return Err(Refusal::field("result.number", words::RESULT_NUMBER_MISSING));
        }
        Some(ResultForm::Paper) | None => {}
    }
    // A program that does not say in which form the result is may leave the reason out.
    let is_said = result.form.is_some() || result.collect_reason.is_some();
    if dossier.return_channel != Channel::Online || !is_said {
        return Ok(None);
    }
    let why = result.collect_reason.as_deref().unwrap_or_default();
    required("result.collect_reason", why, words::COLLECT_REASON_MISSING).map(Some)
}

#[cfg(test)]
mod tests {
    use crate::domain::catalogue::Channel;
    use crate::domain::dossier::fixture::{
        Case, clerk, file, finish, invalid, plain, processor, wrong_status,
    };
    use crate::domain::dossier::{Attachment, Command, ResultForm, Status};
    use crate::domain::refusal::RefusalKind;
    use jiff::civil::date;

    fn unfavourable(reason: Option<&str>) -> Command {
        Command::Finish {
            favourable: false,
            name: String::new(),
            number: None,
            reason: reason.map(str::to_owned),
            form: None,
            collect_reason: None,
            attachments: Vec::new(),
        }
    }

    fn unnumbered(name: &str) -> Command {
        Command::Finish {
            favourable: true,
            name: name.to_owned(),
            number: None,
            reason: None,
            form: None,
            collect_reason: None,
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

    /// A granted result with these answers.
    fn granted(
        form: Option<ResultForm>,
        number: Option<&str>,
        why: Option<&str>,
        files: Vec<Attachment>,
    ) -> Command {
        Command::Finish {
            favourable: true,
            name: "Giấy khai sinh".to_owned(),
            number: number.map(str::to_owned),
            reason: None,
            form,
            collect_reason: why.map(str::to_owned),
            attachments: files,
        }
    }

    #[test]
    fn a_file_or_a_paper_with_its_number() {
        let (a_file, a_paper) = (Some(ResultForm::File), Some(ResultForm::Paper));
        let refused = |command| Case::approved().refused(processor(), command);
        assert_eq!(refused(granted(a_file, None, None, Vec::new())), invalid("result.uploads"));
        assert_eq!(refused(granted(a_paper, None, None, Vec::new())), invalid("result.number"));
        for command in [
            granted(a_paper, Some("3/2026"), None, Vec::new()),
            granted(a_file, None, None, vec![file(true)]),
            granted(None, None, None, Vec::new()),
        ] {
            let case = Case::approved().after(processor(), command);
            assert_eq!(case.dossier.status, Status::Finished);
        }
    }

    #[test]
    fn whoever_wants_it_online_gets_a_file_or_the_reason_why_not() {
        let online = || {
            let mut case = Case::approved();
            case.dossier.return_channel = Channel::Online;
            case
        };
        let plain = granted(Some(ResultForm::Paper), Some("3/2026"), None, Vec::new());
        assert_eq!(online().refused(processor(), plain), invalid("result.collect_reason"));
        let why = granted(Some(ResultForm::Paper), Some("3/2026"), Some("Bản gốc"), Vec::new());
        let told = online().after(processor(), why).dossier.outcome.unwrap().collect_reason;
        assert_eq!(told.as_deref(), Some("Bản gốc"));
        let with_file = granted(None, None, Some("Bản gốc"), vec![file(true)]);
        let told = online().after(processor(), with_file).dossier.outcome.unwrap();
        assert_eq!(told.collect_reason, None);
    }
}
