//! Requests of the persons whom data are about: to see, to get a copy, to correct, to restrict, to
//! object, to take consent back, to erase; with the decree's periods, and who decides what and when.

use jiff::Timestamp;

use super::Way;
use super::words;
use crate::domain::calendar::Calendar;
use crate::domain::deadline::{self, DeadlineError, Duration, PausePolicy};
use crate::domain::ids::{AgencyCode, DossierCode};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::{Message, Text};

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RequestKind {
    /// To see what is kept, and what it is used for.
    Access,
    /// To get a copy.
    Copy,
    /// To have it corrected.
    Rectify,
    /// To have its use restricted.
    Restrict,
    /// To object to a use.
    Object,
    /// To take consent back.
    Withdraw,
    /// To have it erased.
    Erase,
}

impl RequestKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Access,
        Self::Copy,
        Self::Rectify,
        Self::Restrict,
        Self::Object,
        Self::Withdraw,
        Self::Erase,
    ];

    /// The name in files and forms.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Copy => "copy",
            Self::Rectify => "rectify",
            Self::Restrict => "restrict",
            Self::Object => "object",
            Self::Withdraw => "withdraw",
            Self::Erase => "erase",
        }
    }

    /// The kind with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// Its words.
    pub const fn name(self) -> Message {
        match self {
            Self::Access => words::ACCESS,
            Self::Copy => words::COPY,
            Self::Rectify => words::RECTIFY,
            Self::Restrict => words::RESTRICT,
            Self::Object => words::OBJECT,
            Self::Withdraw => words::WITHDRAW,
            Self::Erase => words::ERASE,
        }
    }

    /// Whether the program does it by itself once it is granted; else the official does and says so.
    pub const fn is_automatic(self) -> bool {
        matches!(self, Self::Restrict | Self::Object | Self::Withdraw | Self::Erase)
    }

    /// Whether granting it deletes what nobody can bring back.
    pub const fn destroys(self) -> bool {
        matches!(self, Self::Withdraw | Self::Erase)
    }
}

/// Within which time requests of some kinds are carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// Which kinds.
    pub kinds: Vec<RequestKind>,
    /// By the agency alone.
    pub alone: Duration,
    /// When somebody processes the data for it; as alone when the law says nothing else.
    pub with_processor: Option<Duration>,
    /// By how many of the same units it may be extended, once; none when the law allows none.
    pub extension: Option<u32>,
    /// The legal source.
    pub source: String,
}

/// Why the law lets a request be refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// The name in forms.
    pub id: String,
    /// For which kinds.
    pub kinds: Vec<RequestKind>,
    /// In words.
    pub name: Text,
    /// The legal source.
    pub source: String,
}

/// The periods and grounds of the law in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Periods {
    /// Within which every request is answered with how it goes on.
    pub answer: Duration,
    /// The legal source of that.
    pub answer_source: String,
    /// Until when requests are carried out.
    pub rows: Vec<Period>,
    /// Grounds of refusals.
    pub grounds: Vec<Ground>,
    /// Where all of it is from.
    pub sources: Vec<String>,
    /// Parts that are to be compared with the official text.
    pub to_verify: Vec<String>,
}

impl Periods {
    /// The period of a kind.
    pub fn of(&self, kind: RequestKind) -> Option<&Period> {
        self.rows.iter().find(|row| row.kinds.contains(&kind))
    }

    /// The grounds on which a kind may be refused.
    pub fn grounds_of(&self, kind: RequestKind) -> impl Iterator<Item = &Ground> {
        self.grounds.iter().filter(move |ground| ground.kinds.contains(&kind))
    }
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Nobody has answered yet.
    Received,
    /// The person knows how it goes on.
    Told,
    /// It is granted and not carried out yet.
    Granted,
    /// It is carried out.
    Done,
    /// It is refused.
    Refused,
    /// The person has taken it back.
    TakenBack,
    /// The account that it was about is gone.
    Closed,
}

impl State {
    /// Whether it still waits for a decision.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::Told)
    }

    /// Whether nothing more is to be done.
    pub const fn is_ended(self) -> bool {
        matches!(self, Self::Done | Self::Refused | Self::TakenBack | Self::Closed)
    }

    /// Its words.
    pub const fn name(self) -> Message {
        match self {
            Self::Received => words::RECEIVED,
            Self::Told => words::TOLD,
            Self::Granted => words::GRANTED,
            Self::Done => words::DONE,
            Self::Refused => words::REFUSED,
            Self::TakenBack => words::TAKEN_BACK,
            Self::Closed => words::CLOSED,
        }
    }
}

/// What was done about a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deed {
    /// It came in.
    Asked,
    /// The person was told how it goes on.
    Told,
    /// It takes longer, once.
    Extended,
    /// It was granted.
    Granted,
    /// It was carried out.
    Done,
    /// It was refused.
    Refused,
    /// The person took it back.
    TookBack,
    /// It ended with the account.
    Closed,
}

/// A step of a request's course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// When.
    pub at: Timestamp,
    /// Who: an account, or `applicant`.
    pub by: String,
    /// What.
    pub deed: Deed,
    /// What was said.
    pub text: String,
    /// The ground of a refusal.
    pub ground: String,
}

/// What a request says of its person; sealed where it is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// The person's name.
    pub name: String,
    /// Their telephone number or email address; or empty.
    pub contact: String,
    /// Their identity number, as the counter saw it; or empty.
    pub id_number: String,
    /// What they ask for.
    pub text: String,
    /// The dossier that it is about.
    pub dossier: Option<DossierCode>,
    /// What has happened, the first step first.
    pub course: Vec<Passage>,
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its number in the instance, from 1.
    pub number: u64,
    /// The agency that answers.
    pub agency: AgencyCode,
    /// What is asked for.
    pub kind: RequestKind,
    /// How it came in.
    pub way: Way,
    /// Whose data: a keyed digest of the contact; of a random number when there is none.
    pub person: [u8; 32],
    /// When it came in.
    pub received_at: Timestamp,
    /// Whether somebody processes the data for the agency.
    pub with_processor: bool,
    /// Where it stands.
    pub state: State,
    /// Until when the person is told how it goes on.
    pub answer_by: Timestamp,
    /// Until when it is carried out.
    pub due_at: Timestamp,
    /// Whether that was extended.
    pub is_extended: bool,
    /// What it says of its person.
    pub details: Details,
}

/// What an official or the person does about a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Tells the person how it goes on.
    Tell(String),
    /// Says why it takes longer.
    Extend(String),
    /// Grants it.
    Grant(String),
    /// Says that it is carried out, and how.
    Carry(String),
    /// Refuses it on a ground of the law.
    Refuse {
        /// The ground's name.
        ground: String,
        /// Why it applies.
        text: String,
    },
    /// The person takes it back.
    TakeBack,
    /// Ends it with the account that it was about.
    Close,
}

/// What a decision reads.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The law's periods.
    pub periods: &'a Periods,
    /// The agency's calendar.
    pub calendar: &'a Calendar,
    /// The present instant.
    pub now: Timestamp,
    /// Who does it: an account, or `applicant`.
    pub by: &'a str,
}

/// The date after a duration from a receipt, in the agency's calendar.
fn after(
    calendar: &Calendar,
    received: Timestamp,
    duration: Duration,
) -> Result<Timestamp, DeadlineError> {
    let rules = deadline::Rules::default();
    let found = deadline::due(calendar, received, duration, &[], PausePolicy::Resume, &rules)?;
    found.due_at.ok_or(DeadlineError::TooFar)
}

/// Until when a request is answered, and until when it is carried out. Both are computed anew from the
/// receipt, never patched.
///
/// # Errors
/// The law sets no period for the kind, or the calendar has no such day.
pub fn dates(
    periods: &Periods,
    calendar: &Calendar,
    kind: RequestKind,
    (with_processor, is_extended): (bool, bool),
    received: Timestamp,
) -> Result<(Timestamp, Timestamp), Refusal> {
    let none = || Refusal::new(RefusalKind::Impossible, words::NO_PERIOD);
    let period = periods.of(kind).ok_or_else(none)?;
    let own = period.with_processor.filter(|_| with_processor).unwrap_or(period.alone);
    let more = period.extension.filter(|_| is_extended).unwrap_or(0);
    let whole = Duration::new(own.amount.saturating_add(more), own.unit);
    let due_at = after(calendar, received, whole)?;
    // Two working days over a long holiday are more than some days of the calendar.
    Ok((after(calendar, received, periods.answer)?.min(due_at), due_at))
}

impl Request {
    /// The request after a command; nothing changes when it is refused.
    ///
    /// # Errors
    /// It is not possible where the request stands, or something is missing.
    pub fn decide(&self, command: &Command, context: &Context<'_>) -> Result<Self, Refusal> {
        let mut next = self.clone();
        let (deed, text, ground) = match command {
            Command::Tell(text) => {
                self.needs(self.state == State::Received)?;
                next.state = State::Told;
                (Deed::Told, said("text", text)?, "")
            }
            Command::Extend(text) => {
                self.needs(self.state.is_open() && self.may_extend(context))?;
                let flags = (self.with_processor, true);
                let found =
                    dates(context.periods, context.calendar, self.kind, flags, self.received_at)?;
                (next.due_at, next.is_extended) = (found.1, true);
                // Who is told of a later date is told how it goes on.
                next.state = State::Told;
                (Deed::Extended, said("text", text)?, "")
            }
            Command::Grant(text) => {
                self.needs(self.state.is_open())?;
                if self.needs_another(context.by) {
                    return Err(Refusal::field("deed", words::ANOTHER_PERSON));
                }
                next.state = State::Granted;
                (Deed::Granted, text.trim(), "")
            }
            Command::Carry(text) => {
                self.needs(self.state == State::Granted)?;
                next.state = State::Done;
                (Deed::Done, text.trim(), "")
            }
            Command::Refuse { ground, text } => {
                self.needs(self.state.is_open())?;
                let known = context.periods.grounds_of(self.kind).any(|one| one.id == *ground);
                if !known {
                    return Err(Refusal::field("ground", words::GROUND_MISSING));
                }
                next.state = State::Refused;
                (Deed::Refused, said("text", text)?, ground.as_str())
            }
            Command::TakeBack => {
                self.needs(self.state.is_open())?;
                next.state = State::TakenBack;
                (Deed::TookBack, "", "")
            }
            Command::Close => {
                self.needs(!self.state.is_ended())?;
                next.state = State::Closed;
                (Deed::Closed, "", "")
            }
        };
        next.details.course.push(Passage {
            at: context.now,
            by: context.by.to_owned(),
            deed,
            text: text.to_owned(),
            ground: ground.to_owned(),
        });
        Ok(next)
    }

    fn needs(&self, is_possible: bool) -> Result<(), Refusal> {
        let refusal = || Refusal::new(RefusalKind::Impossible, words::NOT_NOW);
        is_possible.then_some(()).ok_or_else(refusal)
    }

    /// Whether somebody else has to grant it: what an official recorded at the counter proves nothing of
    /// the person's will by itself, and is not that official's to grant when it destroys something.
    pub fn needs_another(&self, by: &str) -> bool {
        let recorded = self.details.course.first().map(|asked| asked.by.as_str());
        self.kind.destroys() && self.way == Way::Counter && recorded == Some(by)
    }

    /// Whether the law lets it take longer: once, before the date has passed.
    pub fn may_extend(&self, context: &Context<'_>) -> bool {
        let period = context.periods.of(self.kind);
        !self.is_extended
            && context.now <= self.due_at
            && period.is_some_and(|period| period.extension.is_some())
    }

    /// The date that counts now; none once nothing more is to be done.
    pub fn next_date(&self) -> Option<Timestamp> {
        match self.state {
            State::Received => Some(self.answer_by),
            State::Told | State::Granted => Some(self.due_at),
            _ => None,
        }
    }
}

fn said<'a>(field: &str, text: &'a str) -> Result<&'a str, Refusal> {
    let text = text.trim();
    match text.is_empty() {
        true => Err(Refusal::field(field, words::TEXT_MISSING)),
        false => Ok(text),
    }
}

#[cfg(test)]
mod laws;
