//! Queue tickets: a number by service that begins at 1 each day, and is called to a counter.

mod words;

use jiff::Timestamp;

use super::ids::{DossierCode, UserName};
use super::refusal::{FieldError, Refusal, RefusalKind};
use super::words::{Message, Text};

/// Most numbers of a service on a day: they keep three digits on the screen.
pub const MOST: u32 = 999;
/// Largest number of a counter.
pub const MOST_COUNTERS: u32 = 99;

/// Most services of an agency: more fit neither the kiosk nor the counters' screens.
pub const MOST_SERVICES: usize = 8;
/// Longest name of a service, in characters: it stands on a button and on the slip.
pub const MOST_NAME: usize = 60;

/// What people come for, by the letter that stands before its numbers. What it is called says the
/// agency's [`Offer`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Service(u8);

/// The names that the usual services have in the API, by their letters.
const USUAL_IDS: [&str; 4] = ["filing", "results", "certification", "advice"];

impl Service {
    /// Nộp hồ sơ.
    pub const FILING: Self = Self(0);
    /// Nhận kết quả.
    pub const RESULTS: Self = Self(1);
    /// Chứng thực.
    pub const CERTIFICATION: Self = Self(2);
    /// Hướng dẫn, việc khác.
    pub const ADVICE: Self = Self(3);

    /// Every service that an agency may offer, by letter.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..MOST_SERVICES).filter_map(|index| u8::try_from(index).ok()).map(Self)
    }

    /// Its place among the letters, from 0.
    pub const fn index(self) -> u8 {
        self.0
    }

    /// The service at a place among the letters.
    pub fn from_index(index: u8) -> Option<Self> {
        (usize::from(index) < MOST_SERVICES).then_some(Self(index))
    }

    /// The letter of its numbers.
    pub const fn letter(self) -> char {
        (b'A' + self.0) as char
    }

    /// The name in the API: `filing`, or `service_e` beyond the usual ones.
    pub fn id(self) -> String {
        match USUAL_IDS.get(usize::from(self.0)) {
            Some(id) => (*id).to_owned(),
            None => format!("service_{}", self.letter().to_ascii_lowercase()),
        }
    }

    /// The service with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::all().find(|service| service.id() == id)
    }
}

/// Where a counter goes on with whoever came for a service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LeadsTo {
    /// To reception.
    #[default]
    Reception,
    /// To the delivery of results.
    Delivery,
    /// To certification.
    Certification,
}

impl LeadsTo {
    /// Everywhere that a counter goes on.
    pub const ALL: [Self; 3] = [Self::Reception, Self::Delivery, Self::Certification];

    /// The name in settings and forms.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Reception => "reception",
            Self::Delivery => "delivery",
            Self::Certification => "certification",
        }
    }

    /// The place with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.id() == id)
    }
}

/// A service that an agency offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its letter.
    pub service: Service,
    /// What the kiosk calls it.
    pub name: Text,
    /// Where a counter goes on.
    pub leads_to: LeadsTo,
}

/// What agencies offer that said nothing else.
pub fn usual() -> Vec<Offer> {
    [
        (Service::FILING, words::FILING, LeadsTo::Reception),
        (Service::RESULTS, words::RESULTS, LeadsTo::Delivery),
        (Service::CERTIFICATION, words::CERTIFICATION, LeadsTo::Certification),
        (Service::ADVICE, words::ADVICE, LeadsTo::Reception),
    ]
    .map(|(service, name, leads_to)| Offer { service, name: name.into(), leads_to })
    .into()
}

/// The offers that these tickets need to be told: those of now, and a letter for what was offered
/// when a ticket was taken and is no longer.
pub fn told(offers: &[Offer], tickets: &[Ticket]) -> Vec<Offer> {
    let mut told = offers.to_vec();
    for ticket in tickets {
        let service = ticket.number.service;
        if !told.iter().any(|offer| offer.service == service) {
            let letter = service.letter().to_string();
            let name = words::NO_LONGER.text(&[("letter", &letter)]);
            told.push(Offer { service, name, leads_to: LeadsTo::default() });
        }
    }
    told.sort_by_key(|offer| offer.service);
    told
}

/// Refuses what cannot be offered.
///
/// # Errors
/// Nothing is offered, a name is missing or long, or two are the same; each is named by its letter.
pub fn check(offers: &[Offer]) -> Result<(), Refusal> {
    if offers.is_empty() {
        return Err(Refusal::field("services[0].name", words::NOTHING_OFFERED));
    }
    let mut errors = Vec::new();
    for (place, offer) in offers.iter().enumerate() {
        let mut refuse = |part: &str, text: Text| {
            let field = format!("services[{}].{part}", offer.service.index());
            errors.push(FieldError { field, text });
        };
        let letter = offer.service.letter().to_string();
        let names = [("name", &offer.name.vi), ("name_en", &offer.name.en)];
        for (part, name) in names {
            if name.trim().is_empty() {
                refuse(part, words::NAME_MISSING.text(&[("letter", &letter)]));
            } else if name.chars().count() > MOST_NAME {
                let values = [("letter", &*letter), ("max", &MOST_NAME.to_string())];
                refuse(part, words::NAME_LONG.text(&values));
            }
        }
        let same = |known: &&Offer| known.name.vi.to_lowercase() == offer.name.vi.to_lowercase();
        if let Some(earlier) = offers.iter().take(place).find(same) {
            let values = [("letter", &*letter), ("other", &earlier.service.letter().to_string())];
            refuse("name", words::NAME_TWICE.text(&values));
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Refusal::fields(errors)) }
}

/// A number of a service on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TicketNumber {
    /// The service.
    pub service: Service,
    /// From 1 each day.
    pub number: u32,
}

impl std::fmt::Display for TicketNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{:03}", self.service.letter(), self.number)
    }
}

impl TicketNumber {
    /// The number in a text such as `A012` or `a12`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut rest = text.trim().chars();
        let letter = rest.next()?.to_ascii_uppercase();
        let service = Service::all().find(|service| service.letter() == letter)?;
        let digits = rest.as_str();
        let plain = digits.len() <= 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
        let number = digits.parse().ok().filter(|number| plain && (1..=MOST).contains(number))?;
        Some(Self { service, number })
    }
}

/// Where a ticket stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketState {
    /// Nobody called it yet.
    Waiting,
    /// Called to a counter.
    Called,
    /// The person was served.
    Served,
    /// Nobody came.
    Absent,
}

impl TicketState {
    /// The name in the API.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Called => "called",
            Self::Served => "served",
            Self::Absent => "absent",
        }
    }

    /// What people call it.
    pub const fn name(self) -> Message {
        match self {
            Self::Waiting => words::WAITING,
            Self::Called => words::CALLED,
            Self::Served => words::SERVED,
            Self::Absent => words::ABSENT,
        }
    }
}

/// A ticket. It names no person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Its number.
    pub number: TicketNumber,
    /// When it was taken.
    pub taken_at: Timestamp,
    /// Where it stands.
    pub state: TicketState,
    /// The counter that called it last.
    pub counter: Option<u32>,
    /// When it was called last.
    pub called_at: Option<Timestamp>,
    /// How often it was called.
    pub calls: u32,
    /// Who called it.
    pub by: Option<UserName>,
    /// When it was served or given up.
    pub ended_at: Option<Timestamp>,
    /// The dossiers that came of it.
    pub dossiers: Vec<DossierCode>,
    /// The one-shot key of whoever took it: pressed twice, taken once.
    pub key: String,
}

/// What a counter does with the number that it called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Gọi lại.
    Again,
    /// Đã phục vụ xong.
    Served,
    /// Vắng mặt.
    Absent,
}

impl Turn {
    /// Everything that a counter does.
    pub const ALL: [Self; 3] = [Self::Again, Self::Served, Self::Absent];

    /// The name in the API and in forms.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Again => "again",
            Self::Served => "served",
            Self::Absent => "absent",
        }
    }

    /// The deed with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|turn| turn.id() == id)
    }
}

impl Ticket {
    /// A ticket that was taken now.
    pub fn new(number: TicketNumber, taken_at: Timestamp, key: &str) -> Self {
        Self {
            number,
            taken_at,
            state: TicketState::Waiting,
            counter: None,
            called_at: None,
            calls: 0,
            by: None,
            ended_at: None,
            dossiers: Vec::new(),
            key: key.to_owned(),
        }
    }

    /// Called to a counter; who came late after a call in vain is called once more.
    ///
    /// # Errors
    /// It was served already, or another counter called it meanwhile.
    pub fn call(&mut self, counter: u32, by: &UserName, now: Timestamp) -> Result<(), Refusal> {
        let by_another = self.state == TicketState::Called && self.by.as_ref() != Some(by);
        if self.state == TicketState::Served || by_another {
            return Err(self.taken());
        }
        self.state = TicketState::Called;
        self.counter = Some(counter);
        self.called_at = Some(now);
        self.calls += 1;
        self.by = Some(by.clone());
        self.ended_at = None;
        Ok(())
    }

    /// Served, or given up when nobody came.
    ///
    /// # Errors
    /// This person did not call it, or it is done with.
    pub fn end(&mut self, turn: Turn, by: &UserName, now: Timestamp) -> Result<(), Refusal> {
        if self.state != TicketState::Called || self.by.as_ref() != Some(by) {
            return Err(self.taken());
        }
        self.state = match turn {
            Turn::Absent => TicketState::Absent,
            Turn::Again | Turn::Served => TicketState::Served,
        };
        self.ended_at = Some(now);
        Ok(())
    }

    fn taken(&self) -> Refusal {
        let number = self.number.to_string();
        Refusal::new(RefusalKind::Conflict, words::NOT_YOURS_NOW.text(&[("number", &number)]))
    }
}

/// Whose turn it is: who has waited longest for one of these services, or for any when none is
/// named.
pub fn next<'a>(tickets: &'a [Ticket], services: &[Service]) -> Option<&'a Ticket> {
    let wanted = |ticket: &&Ticket| {
        ticket.state == TicketState::Waiting
            && (services.is_empty() || services.contains(&ticket.number.service))
    };
    tickets.iter().filter(wanted).min_by_key(|ticket| (ticket.taken_at, ticket.number))
}

/// How many people wait for the same service before this number.
pub fn ahead(tickets: &[Ticket], number: TicketNumber) -> usize {
    let before = |ticket: &&Ticket| {
        ticket.state == TicketState::Waiting
            && ticket.number.service == number.service
            && ticket.number.number < number.number
    };
    tickets.iter().filter(before).count()
}

/// The next number of a service.
///
/// # Errors
/// The day's numbers are used up.
pub fn following(tickets: &[Ticket], service: Service) -> Result<TicketNumber, Refusal> {
    let of_service = tickets.iter().filter(|ticket| ticket.number.service == service);
    let number = of_service.map(|ticket| ticket.number.number).max().unwrap_or(0) + 1;
    if number > MOST {
        return Err(Refusal::new(RefusalKind::TooMany, words::NO_MORE));
    }
    Ok(TicketNumber { service, number })
}

/// A counter's number, if it is one.
///
/// # Errors
/// It is none.
pub fn counter(number: u32) -> Result<u32, Refusal> {
    if (1..=MOST_COUNTERS).contains(&number) {
        return Ok(number);
    }
    let most = MOST_COUNTERS.to_string();
    Err(Refusal::field("counter", words::COUNTER_WRONG.text(&[("max", &most)])))
}

/// The figures of a day, of a service or of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Numbers taken.
    pub taken: usize,
    /// Still waiting.
    pub waiting: usize,
    /// At a counter.
    pub called: usize,
    /// Served.
    pub served: usize,
    /// Nobody came.
    pub absent: usize,
    /// Mean minutes from taking to the last call, of those called; none when nobody was.
    pub wait_minutes: Option<u32>,
    /// Mean minutes at the counter, of those served.
    pub serve_minutes: Option<u32>,
}

/// The figures of these tickets.
pub fn figures<'a>(tickets: impl Iterator<Item = &'a Ticket>) -> Figures {
    let mut figures = Figures::default();
    let (mut waits, mut serves) = (Vec::new(), Vec::new());
    for ticket in tickets {
        figures.taken += 1;
        match ticket.state {
            TicketState::Waiting => figures.waiting += 1,
            TicketState::Called => figures.called += 1,
            TicketState::Served => figures.served += 1,
            TicketState::Absent => figures.absent += 1,
        }
        let Some(called) = ticket.called_at else { continue };
        waits.push(called.duration_since(ticket.taken_at).as_secs());
        if let (TicketState::Served, Some(ended)) = (ticket.state, ticket.ended_at) {
            serves.push(ended.duration_since(called).as_secs());
        }
    }
    figures.wait_minutes = mean_minutes(&waits);
    figures.serve_minutes = mean_minutes(&serves);
    figures
}

fn mean_minutes(seconds: &[i64]) -> Option<u32> {
    let count = i64::try_from(seconds.len()).ok().filter(|count| *count > 0)?;
    u32::try_from((seconds.iter().sum::<i64>() / count + 30) / 60).ok()
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::{
        Service, Ticket, TicketNumber, TicketState, Turn, ahead, check, counter, figures,
        following, next, told, usual,
    };
    use crate::domain::ids::UserName;
    use crate::domain::refusal::Refusal;

    fn at(minute: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minute)
    }

    /// Tickets taken one a minute.
    fn taken(labels: &[&str]) -> Vec<Ticket> {
        let numbers = labels.iter().map(|label| TicketNumber::parse(label).unwrap());
        (0..).zip(numbers).map(|(minute, number)| Ticket::new(number, at(minute), "")).collect()
    }

    #[test]
    fn numbers_are_written_with_their_letter_and_read_as_people_type_them() {
        let number = TicketNumber { service: Service::CERTIFICATION, number: 7 };
        assert_eq!(number.to_string(), "C007");
        for text in ["C007", "c7", " c07 "] {
            assert_eq!(TicketNumber::parse(text), Some(number), "{text}");
        }
        for text in ["", "C", "7", "C0", "C1000", "I1", "C-1", "C1x"] {
            assert_eq!(TicketNumber::parse(text), None, "{text}");
        }
    }

    #[test]
    fn services_have_a_letter_and_a_name_of_their_own() {
        assert_eq!(check(&usual()), Ok(()));
        let refused = |change: &dyn Fn(&mut Vec<super::Offer>)| {
            let mut offers = usual();
            change(&mut offers);
            let fields = check(&offers).err().map(|Refusal { fields, .. }| fields);
            fields.unwrap_or_default().into_iter().map(|error| error.field).collect::<Vec<_>>()
        };
        assert_eq!(refused(&|offers| offers.clear()), ["services[0].name"]);
        assert_eq!(refused(&|offers| offers[1].name.vi.clear()), ["services[1].name"]);
        assert_eq!(refused(&|offers| offers[2].name.en = "x".repeat(61)), ["services[2].name_en"]);
        let same = |offers: &mut Vec<super::Offer>| offers[3].name.vi = "nộp HỒ SƠ".to_owned();
        assert_eq!(refused(&same), ["services[3].name"]);
        for service in Service::all() {
            assert_eq!(Service::from_id(&service.id()), Some(service));
            assert_eq!(Service::from_index(service.index()), Some(service));
        }
        assert_eq!((Service::from_index(8), Service::from_id("service_a")), (None, None));
    }

    #[test]
    fn what_is_no_longer_offered_keeps_its_letter_in_the_figures() {
        let shown = told(&usual()[..1], &taken(&["C1", "A1", "C2"]));
        let said: Vec<_> = shown.iter().map(|offer| offer.name.vi.as_str()).collect();
        assert_eq!(said, ["Nộp hồ sơ", "Việc C"]);
    }

    #[test]
    fn each_service_counts_for_itself_and_the_longest_wait_is_next() {
        let mut tickets = taken(&["A1", "B1", "A2"]);
        assert_eq!(following(&tickets, Service::FILING).unwrap().to_string(), "A003");
        assert_eq!(following(&tickets, Service::ADVICE).unwrap().to_string(), "D001");
        assert_eq!(next(&tickets, &[]).unwrap().number.to_string(), "A001");
        assert_eq!(next(&tickets, &[Service::RESULTS]).unwrap().number.to_string(), "B001");
        assert_eq!(ahead(&tickets, tickets[2].number), 1);
        tickets[0].call(3, &UserName::new("a"), at(5)).unwrap();
        assert_eq!(next(&tickets, &[]).unwrap().number.to_string(), "B001");
        assert_eq!(ahead(&tickets, tickets[2].number), 0);
        assert!(next(&tickets, &[Service::ADVICE]).is_none());
        let full = taken(&["A999"]);
        assert!(following(&full, Service::FILING).is_err());
    }

    #[test]
    fn only_who_called_it_goes_on_with_it() {
        let (one, other) = (UserName::new("a"), UserName::new("b"));
        let mut ticket = taken(&["A1"]).remove(0);
        assert!(ticket.end(Turn::Served, &one, at(1)).is_err(), "nobody called it");
        ticket.call(3, &one, at(4)).unwrap();
        assert!(ticket.call(4, &other, at(5)).is_err() && ticket.counter == Some(3));
        ticket.call(3, &one, at(6)).unwrap();
        assert_eq!(ticket.calls, 2);
        assert!(ticket.end(Turn::Absent, &other, at(7)).is_err());
        ticket.end(Turn::Absent, &one, at(7)).unwrap();
        // Who comes back late is called once more, by whoever is free.
        ticket.call(4, &other, at(9)).unwrap();
        ticket.end(Turn::Served, &other, at(12)).unwrap();
        assert_eq!((ticket.state, ticket.counter), (TicketState::Served, Some(4)));
        assert!(ticket.call(4, &other, at(13)).is_err());
    }

    #[test]
    fn the_figures_of_a_day_add_up() {
        let mut tickets = taken(&["A1", "A2", "B1", "B2"]);
        let by = UserName::new("a");
        tickets[0].call(1, &by, at(10)).unwrap();
        tickets[0].end(Turn::Served, &by, at(14)).unwrap();
        tickets[1].call(1, &by, at(15)).unwrap();
        tickets[1].end(Turn::Absent, &by, at(16)).unwrap();
        tickets[2].call(1, &by, at(17)).unwrap();
        let day = figures(tickets.iter());
        assert_eq!((day.taken, day.waiting, day.called, day.served, day.absent), (4, 1, 1, 1, 1));
        assert_eq!((day.wait_minutes, day.serve_minutes), (Some(13), Some(4)));
        assert_eq!(figures([].iter()).wait_minutes, None);
        assert!(counter(0).is_err() && counter(100).is_err() && counter(1).is_ok());
    }
}
