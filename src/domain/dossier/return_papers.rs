//! `return_papers`: originals go back, against a signature.

use super::decide::{check_length, required};
use super::event::Event;
use super::words;
use crate::domain::refusal::Refusal;

pub(super) fn decide(items: &[String], received_by: &str) -> Result<Event, Refusal> {
    let named = items.iter().map(|item| item.trim()).filter(|item| !item.is_empty());
    let items: Vec<String> = named.map(str::to_owned).collect();
    if items.is_empty() {
        return Err(Refusal::field("items", words::PAPERS_MISSING));
    }
    for item in &items {
        check_length("items", item)?;
    }
    let received_by = required("received_by", received_by, words::RECEIVED_BY_MISSING)?;
    Ok(Event::PapersReturned { items, received_by })
}

#[cfg(test)]
mod tests {
    use crate::domain::dossier::fixture::{Case, invalid, receptionist, wrong_status};
    use crate::domain::dossier::{Command, Status};

    fn papers(item: &str, received_by: &str) -> Command {
        let (items, received_by) = (vec![item.to_owned()], received_by.to_owned());
        Command::ReturnPapers { items, received_by }
    }

    #[test]
    fn originals_go_back_after_the_end_against_a_name() {
        for status in [Status::NotReceived, Status::Stopped, Status::ResultReturned] {
            let case = Case::in_status(status).after(receptionist(), papers("Bản chính", "Lan"));
            assert_eq!(case.dossier.status, status);
            assert_eq!(case.refused(receptionist(), papers(" ", "Lan")), invalid("items"));
            assert_eq!(
                case.refused(receptionist(), papers("Bản chính", "")),
                invalid("received_by")
            );
        }
        let early = Case::processing().refused(receptionist(), papers("Bản chính", "Lan"));
        assert_eq!(early, wrong_status());
    }
}
