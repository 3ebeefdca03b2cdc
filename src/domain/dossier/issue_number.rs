//! `issue_number`: the clerk's number and stamp.

use jiff::Timestamp;
use jiff::civil::Date;

use super::decide::required;
use super::event::Event;
use super::words;
use crate::domain::calendar::local;
use crate::domain::refusal::Refusal;

pub(super) fn decide(number: &str, date: Date, now: Timestamp) -> Result<Event, Refusal> {
    if date > local(now).date() {
        return Err(Refusal::field("date", words::NUMBER_AHEAD));
    }
    Ok(Event::NumberIssued { number: required("number", number, words::NUMBER_MISSING)?, date })
}

#[cfg(test)]
mod tests {
    use crate::domain::dossier::fixture::{Case, clerk, invalid, plain};
    use crate::domain::dossier::{Command, Stage};
    use crate::domain::refusal::RefusalKind;
    use jiff::civil::date;

    fn number(number: &str) -> Command {
        Command::IssueNumber { number: number.to_owned(), date: date(2026, 11, 23) }
    }

    #[test]
    fn the_clerk_numbers_what_was_approved() {
        let case = Case::approved().after(clerk(), number(" 12/QĐ "));
        assert_eq!(case.dossier.number, Some(("12/QĐ".to_owned(), date(2026, 11, 23))));
        assert_eq!(case.dossier.stage, Stage::Numbered);
        assert_eq!(Case::approved().refused(clerk(), number("")), invalid("number"));
        let tomorrow = Command::IssueNumber { number: "13".to_owned(), date: date(2026, 11, 24) };
        assert_eq!(Case::approved().refused(clerk(), tomorrow), invalid("date"));
        let early = Case::submitted_for_approval().refused(clerk(), number("1"));
        assert_eq!(early, plain(RefusalKind::Impossible));
    }
}
