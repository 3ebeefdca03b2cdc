//! What an agency says of a procedure: whether it takes it, with what guidance, at which counter and
//! in which hours.

use jiff::civil::Date;

use super::calendar::words::date_short;
use super::dossier::{Directory, words};
use super::ids::{AgencyCode, ProcedureCode};
use super::refusal::{FieldError, Refusal};
use super::words::Text;

/// Longest guidance, in characters.
pub const LONGEST_GUIDANCE: usize = 4_000;
/// Longest line: counter, hours, telephone.
pub const LONGEST_LINE: usize = 200;

/// Whether an agency takes a procedure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OfferState {
    /// It takes it; where a date is set, from that day on.
    #[default]
    Open,
    /// It does not take it, and did not before.
    NotOpen,
    /// It took it, and since the date, or at once, does not any more.
    Stopped,
}

impl OfferState {
    /// All states.
    pub const ALL: [Self; 3] = [Self::Open, Self::NotOpen, Self::Stopped];

    /// The name in the API and in settings.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::NotOpen => "not_open",
            Self::Stopped => "stopped",
        }
    }

    /// The state with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.id() == id)
    }
}

/// What an agency says of a procedure. What is left empty is as everywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// Whether it takes it.
    pub state: OfferState,
    /// Since when that is so.
    pub since: Option<Date>,
    /// Its own guidance, paragraphs and "- " lists.
    pub guidance: String,
    /// The counter that takes it.
    pub counter: String,
    /// Days and hours of its reception, where they are not those of the section.
    pub hours: String,
    /// Whom to call about it.
    pub phone: String,
}

impl Offer {
    /// Whether the agency takes it on a day.
    pub fn is_open(&self, day: Date) -> bool {
        let has_begun = self.since.is_none_or(|since| since <= day);
        match self.state {
            OfferState::Open => has_begun,
            OfferState::NotOpen => false,
            OfferState::Stopped => !has_begun,
        }
    }

    /// Refuses texts that are too long.
    ///
    /// # Errors
    /// A [`Refusal`] that names every field to repair.
    pub fn check(&self) -> Result<(), Refusal> {
        let texts = [
            ("guidance", &self.guidance, LONGEST_GUIDANCE),
            ("counter", &self.counter, LONGEST_LINE),
            ("hours", &self.hours, LONGEST_LINE),
            ("phone", &self.phone, LONGEST_LINE),
        ];
        let long = texts.into_iter().filter(|(_, text, most)| text.chars().count() > *most);
        let errors: Vec<FieldError> = long
            .map(|(field, _, most)| FieldError {
                field: field.to_owned(),
                text: words::OFFER_TOO_LONG.text(&[("max", &most.to_string())]),
            })
            .collect();
        if errors.is_empty() { Ok(()) } else { Err(Refusal::fields(errors)) }
    }
}

/// Refuses a dossier at an agency that does not take its procedure on a day.
///
/// # Errors
/// A [`Refusal`] that says so, and since when or from when on.
pub fn check_offered(
    agency: &AgencyCode,
    procedure: &ProcedureCode,
    day: Date,
    directory: &dyn Directory,
) -> Result<(), Refusal> {
    let Some(offer) = directory.offer(agency, procedure).filter(|offer| !offer.is_open(day)) else {
        return Ok(());
    };
    let name = directory.agency(agency).map_or(agency.as_str(), |agency| &agency.name);
    let text: Text = match (offer.state, offer.since.map(date_short)) {
        (OfferState::Open, Some(date)) => {
            words::OFFERED_LATER.text(&[("agency", name), ("date", &date)])
        }
        (OfferState::Stopped, Some(date)) => {
            words::OFFER_STOPPED.text(&[("agency", name), ("date", &date)])
        }
        _ => words::NOT_OFFERED.text(&[("agency", name)]),
    };
    Err(Refusal::field("agency", text))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Offer, OfferState};

    #[test]
    fn an_offer_begins_and_ends_on_its_day() {
        let day = date(2026, 12, 1);
        let offer = |state, since| Offer { state, since, ..Offer::default() };
        assert!(Offer::default().is_open(day));
        assert!(!offer(OfferState::Open, Some(date(2026, 12, 2))).is_open(day));
        assert!(offer(OfferState::Open, Some(day)).is_open(day));
        assert!(!offer(OfferState::Stopped, Some(day)).is_open(day));
        assert!(!offer(OfferState::Stopped, None).is_open(day));
        assert!(offer(OfferState::Stopped, Some(date(2026, 12, 2))).is_open(day));
        assert!(!offer(OfferState::NotOpen, None).is_open(day));
    }
}
