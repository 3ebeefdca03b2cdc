//! What an agency says of a procedure: whether it takes it, with what guidance, at which counter and
//! in which hours.

use jiff::civil::{Date, DateTime, Weekday};

use super::calendar::words::{capitalised, date_short, session, time_short, weekday};
use super::calendar::{Calendar, Session, WEEKDAYS, Week};
use super::dossier::{Directory, words};
use super::identity::phone;
use super::ids::{AgencyCode, ProcedureCode};
use super::refusal::{FieldError, Refusal};
use super::words::{Lang, Text};

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
    /// Why it does not take it any more; or empty.
    pub reason: String,
    /// The agency that takes it instead.
    pub instead: Option<AgencyCode>,
    /// Its own guidance, paragraphs and "- " lists.
    pub guidance: String,
    /// The counter that takes it.
    pub counter: String,
    /// The sessions in which it is taken, where they are not those of the section.
    pub sessions: Week,
    /// What else to know of its days and hours; or empty.
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

    /// Its own days and hours in words, days with the same sessions together, then what else is said of
    /// them: "Thứ Ba, thứ Năm: 07:30–11:00".
    pub fn hours_said(&self, lang: Lang) -> Vec<String> {
        let mut groups: Vec<(Vec<Weekday>, &[Session])> = Vec::new();
        for day in WEEKDAYS.into_iter().filter(|day| !self.sessions[*day].is_empty()) {
            let sessions = self.sessions[day].as_slice();
            match groups.iter_mut().find(|(_, known)| *known == sessions) {
                Some((days, _)) => days.push(day),
                None => groups.push((vec![day], sessions)),
            }
        }
        let said = groups.into_iter().map(|(days, sessions)| {
            let days: Vec<&str> = days.into_iter().map(|day| weekday(day).say(lang)).collect();
            let sessions: Vec<String> = sessions.iter().copied().map(session).collect();
            format!("{}: {}", capitalised(&days.join(", ")), sessions.join(", "))
        });
        let note = Some(self.hours.trim().to_owned()).filter(|note| !note.is_empty());
        said.chain(note).collect()
    }

    /// Until when it is taken today, or that it is not: by its own sessions, else by the section's.
    pub fn today(&self, now: DateTime, calendar: &Calendar) -> Text {
        let (date, time) = (now.date(), now.time());
        let is_off =
            calendar.timetable().holidays.contains(&date) && !calendar.is_working_day(date);
        let mut sessions: Vec<Session> = match (is_off, self.sessions.is_empty()) {
            (true, _) => Vec::new(),
            (false, true) => [calendar.regular(date), calendar.extra(date)].concat(),
            (false, false) => self.sessions[date.weekday()].clone(),
        };
        sessions.sort_unstable();
        let Some(last) = sessions.last() else { return words::OFFER_NOT_TODAY.into() };
        let until = time_short(last.closes);
        match sessions.iter().find(|session| time < session.closes) {
            None => words::OFFER_OVER_TODAY.text(&[("time", &until)]),
            Some(next) if next.opens <= time => words::OFFER_TODAY.text(&[("time", &until)]),
            Some(next) => {
                let from = time_short(next.opens);
                words::OFFER_LATER_TODAY.text(&[("from", &from), ("time", &until)])
            }
        }
    }

    /// Refuses texts that are too long, and a telephone that nobody could call.
    ///
    /// # Errors
    /// A [`Refusal`] that names every field to repair.
    pub fn check(&self) -> Result<(), Refusal> {
        let texts = [
            ("guidance", &self.guidance, LONGEST_GUIDANCE),
            ("reason", &self.reason, LONGEST_LINE),
            ("counter", &self.counter, LONGEST_LINE),
            ("hours", &self.hours, LONGEST_LINE),
            ("phone", &self.phone, LONGEST_LINE),
        ];
        let long = texts.into_iter().filter(|(_, text, most)| text.chars().count() > *most);
        let mut errors: Vec<FieldError> = long
            .map(|(field, _, most)| FieldError {
                field: field.to_owned(),
                text: words::OFFER_TOO_LONG.text(&[("max", &most.to_string())]),
            })
            .collect();
        if !self.phone.trim().is_empty() && !is_phone(&self.phone) {
            let text = words::OFFER_PHONE.into();
            errors.push(FieldError { field: "phone".to_owned(), text });
        }
        if errors.is_empty() { Ok(()) } else { Err(Refusal::fields(errors)) }
    }
}

/// Whether people can call it: a telephone number, or one of the services 1800 and 1900.
fn is_phone(text: &str) -> bool {
    let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
    let is_service = (8..=10).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && ["1800", "1900"].iter().any(|prefix| digits.starts_with(prefix));
    is_service || phone(text).is_ok()
}

/// That an agency does not take a procedure on a day: since when or from when on, why, and where it is
/// taken instead. Nothing where it does.
pub fn said(
    agency: &AgencyCode,
    procedure: &ProcedureCode,
    day: Date,
    directory: &dyn Directory,
) -> Option<Text> {
    let offer = directory.offer(agency, procedure).filter(|offer| !offer.is_open(day))?;
    let name_of = |code: &AgencyCode| match directory.agency(code) {
        Some(known) => known.name.clone(),
        None => code.to_string(),
    };
    let name = name_of(agency);
    let mut parts: Vec<Text> = vec![match (offer.state, offer.since.map(date_short)) {
        (OfferState::Open, Some(date)) => {
            words::OFFERED_LATER.text(&[("agency", &name), ("date", &date)])
        }
        (OfferState::Stopped, Some(date)) => {
            words::OFFER_STOPPED.text(&[("agency", &name), ("date", &date)])
        }
        (OfferState::Stopped, None) => words::OFFER_HALTED.text(&[("agency", &name)]),
        _ => words::NOT_OFFERED.text(&[("agency", &name)]),
    }];
    let reason = offer.reason.trim().trim_end_matches('.');
    if !reason.is_empty() {
        parts.push(words::OFFER_BECAUSE.text(&[("reason", reason)]));
    }
    if let Some(other) = &offer.instead {
        parts.push(words::OFFER_INSTEAD.text(&[("agency", &name_of(other))]));
    }
    let say = |lang| parts.iter().map(|part| part.say(lang)).collect::<Vec<_>>().join(" ");
    Some(Text { vi: say(Lang::Vi), en: say(Lang::En) })
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
    match said(agency, procedure, day, directory) {
        Some(text) => Err(Refusal::field("agency", text)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{DateTime, Weekday, date, time};

    use super::{Offer, OfferState};
    use crate::domain::calendar::{Calendar, Session};
    use crate::domain::words::Lang;

    #[test]
    fn own_hours_are_said_by_days_and_for_today() {
        let mut offer = Offer { hours: "Mang theo giấy hẹn.".to_owned(), ..Offer::default() };
        let morning = Session::new(time(7, 30, 0, 0), time(11, 0, 0, 0));
        for day in [Weekday::Tuesday, Weekday::Thursday] {
            offer.sessions[day] = vec![morning];
        }
        let said = offer.hours_said(Lang::Vi);
        assert_eq!(said, ["Thứ Ba, thứ Năm: 07:30–11:00", "Mang theo giấy hẹn."]);
        let calendar = Calendar::office_hours();
        let today = |offer: &Offer, now: DateTime| offer.today(now, &calendar).vi;
        // 1 December 2026 is a Tuesday, 2 September a holiday.
        assert_eq!(today(&offer, date(2026, 12, 1).at(8, 0, 0, 0)), "Hôm nay nhận đến 11:00.");
        assert_eq!(
            today(&offer, date(2026, 12, 1).at(7, 0, 0, 0)),
            "Hôm nay nhận từ 07:30 đến 11:00."
        );
        assert_eq!(
            today(&offer, date(2026, 12, 1).at(11, 0, 0, 0)),
            "Hôm nay đã hết giờ nhận (đến 11:00)."
        );
        assert_eq!(today(&offer, date(2026, 12, 2).at(8, 0, 0, 0)), "Hôm nay không nhận.");
        let usual = Offer::default();
        assert_eq!(today(&usual, date(2026, 12, 2).at(8, 0, 0, 0)), "Hôm nay nhận đến 17:00.");
        assert_eq!(today(&usual, date(2026, 9, 2).at(8, 0, 0, 0)), "Hôm nay không nhận.");
    }

    #[test]
    fn a_telephone_is_one_that_people_can_call() {
        for (phone, fits) in [
            ("02363 111 222", true),
            ("0912.345.678", true),
            ("1900 1234", true),
            ("hỏi bác Tư", false),
            ("12", false),
        ] {
            let offer = Offer { phone: phone.to_owned(), ..Offer::default() };
            assert_eq!(offer.check().is_ok(), fits, "{phone}");
        }
    }

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
