//! Requests of persons about their data: filed by themselves or at the counter, answered by the head of
//! the agency or an administrator, carried out by the program where it can. Every step is a line of the
//! chained record.

use crate::domain::agency::{Role, Staff};
use crate::domain::dossier::Directory;
use crate::domain::identity::{self, IdentityNumber};
use crate::domain::ids::{AgencyCode, DossierCode};
use crate::domain::privacy::request::{Command, Context, Deed, Details, Passage, State, dates};
use crate::domain::privacy::{Act, Entry, Purpose, Request, RequestKind, Way};
use crate::domain::refusal::{FieldError, Refusal, RefusalKind};
use crate::office::sessions::clean_contact;
use crate::office::{Caller, Failure, Office, words};

use super::consents::APPLICANT;

/// Open requests that one person may have.
const MOST_OPEN: usize = 10;
/// Longest text.
const LONGEST: usize = 2_000;
/// Requests that a list reads.
const MOST_READ: usize = 2_000;

/// A new request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRequest {
    /// The agency that answers.
    pub agency: AgencyCode,
    /// What is asked for.
    pub kind: RequestKind,
    /// Who asks.
    pub name: String,
    /// Their identity number, as the counter saw it; or empty.
    pub id_number: String,
    /// Their telephone number or email address; or empty.
    pub contact: String,
    /// What they ask for, in their words.
    pub text: String,
    /// The dossier that it is about.
    pub dossier: Option<DossierCode>,
    /// Whether the counter has compared who asks with their identity paper.
    pub is_identified: bool,
}

/// Who may see requests.
fn reader_of(caller: &Caller) -> Result<&Staff, Refusal> {
    may(caller, &[Role::Receptionist, Role::Head, Role::Admin, Role::Auditor])
}

fn may<'a>(caller: &'a Caller, roles: &[Role]) -> Result<&'a Staff, Refusal> {
    let refusal = || Refusal::new(RefusalKind::Forbidden, words::ROLE_MAY_NOT);
    let has = |staff: &&Staff| roles.iter().any(|role| staff.is(*role));
    caller.staff().filter(has).ok_or_else(refusal)
}

fn no_request() -> Refusal {
    Refusal::new(RefusalKind::NotFound, words::REQUEST_NONE)
}

impl Office {
    /// Files a request of a contact about their own data.
    ///
    /// # Errors
    /// A field is wrong, too many are open, or the store fails.
    pub async fn ask_about_data(&self, contact: &str, new: NewRequest) -> Result<Request, Failure> {
        let new = NewRequest { contact: contact.to_owned(), id_number: String::new(), ..new };
        if let Some(code) = &new.dossier {
            self.own_dossier(contact, code)?;
        }
        let open =
            self.data_requests_of(contact)?.iter().filter(|one| !one.state.is_ended()).count();
        if open >= MOST_OPEN {
            let text = words::REQUESTS_MANY.text(&[("n", &MOST_OPEN.to_string())]);
            return Err(Refusal::new(RefusalKind::TooMany, text).into());
        }
        self.file_request(new, (Way::Account, APPLICANT)).await
    }

    /// Files a request at the counter, for somebody who was identified there.
    ///
    /// # Errors
    /// The caller may not, a field is wrong, or the store fails.
    pub async fn take_data_request(
        &self,
        caller: &Caller,
        new: NewRequest,
    ) -> Result<Request, Failure> {
        let staff = may(caller, &[Role::Receptionist, Role::Head, Role::Admin])?;
        let mut errors = Vec::new();
        let mut refuse = |field: &str, text: crate::domain::words::Text| {
            errors.push(FieldError { field: field.to_owned(), text });
        };
        if let Err(wrong) = identity::name(&new.name) {
            refuse("name", wrong.into());
        }
        if let Err(wrong) = IdentityNumber::parse(new.id_number.trim()) {
            refuse("id_number", wrong.into());
        }
        let contact = clean_contact(&new.contact);
        if contact.is_none() && !new.contact.trim().is_empty() {
            refuse("contact", words::CONTACT_MISSING.into());
        }
        if !new.is_identified {
            refuse("identified", words::REQUEST_UNIDENTIFIED.into());
        }
        if !errors.is_empty() {
            return Err(Refusal::fields(errors).into());
        }
        let agency = staff.agency.clone();
        let new = NewRequest { agency, contact: contact.unwrap_or_default(), ..new };
        let actor = staff.name.to_string();
        self.file_request(new, (Way::Counter, &actor)).await
    }

    async fn file_request(
        &self,
        new: NewRequest,
        (way, actor): (Way, &str),
    ) -> Result<Request, Failure> {
        let world = self.world();
        if world.agency(&new.agency).is_none() {
            return Err(Refusal::field("agency", words::REQUEST_AGENCY).into());
        }
        let text = new.text.trim().to_owned();
        if text.is_empty() || text.chars().count() > LONGEST {
            let said = words::REQUEST_TEXT.text(&[("max", &LONGEST.to_string())]);
            return Err(Refusal::field("text", said).into());
        }
        let now = self.now();
        let (periods, calendar) = (&self.privacy().periods, world.calendar(&new.agency));
        let (answer_by, due_at) = dates(periods, calendar, new.kind, (false, false), now)?;
        let person = match new.contact.as_str() {
            "" => self.env().bytes(),
            contact => self.person(contact).0,
        };
        let asked = Passage {
            at: now,
            by: actor.to_owned(),
            deed: Deed::Asked,
            text: String::new(),
            ground: String::new(),
        };
        let request = Request {
            number: 0,
            agency: new.agency,
            kind: new.kind,
            way,
            person,
            received_at: now,
            with_processor: false,
            state: State::Received,
            answer_by,
            due_at,
            is_extended: false,
            details: Details {
                name: new.name.trim().to_owned(),
                contact: new.contact,
                id_number: new.id_number.trim().to_owned(),
                text,
                dossier: new.dossier,
                course: vec![asked],
            },
        };
        let done = self.ledger().run(move |txn| {
            let request = txn.add_data_request(request)?;
            txn.note_privacy(&entry_of(&request, Act::Asked))?;
            Ok(request)
        });
        let request = done.await?.value;
        tracing::info!(
            number = request.number,
            kind = request.kind.id(),
            "a request about data came in"
        );
        Ok(request)
    }

    /// The requests of a contact, the last one first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn data_requests_of(&self, contact: &str) -> Result<Vec<Request>, Failure> {
        self.ledger().reader()?.data_requests_of(self.person(contact).0)
    }

    /// The requests that the caller's agency answers, the last one first; an administrator's are those of
    /// every agency.
    ///
    /// # Errors
    /// The caller may not see them, or the store cannot be read.
    pub fn data_requests(&self, caller: &Caller) -> Result<Vec<Request>, Failure> {
        let staff = reader_of(caller)?;
        let reader = self.ledger().reader()?;
        let (mut found, mut before) = (Vec::new(), u64::MAX);
        // Those of other agencies take no room away.
        while found.len() < MOST_READ {
            let page = reader.data_requests(before, MOST_READ)?;
            let Some(last) = page.last() else { break };
            before = last.number;
            let theirs = page.into_iter().filter(|one| is_theirs(staff, one));
            found.extend(theirs.take(MOST_READ - found.len()));
        }
        // What is still to be answered comes first, however much was taken back since.
        found.sort_by_key(|one| (one.state.is_ended(), std::cmp::Reverse(one.number)));
        Ok(found)
    }

    /// A request that the caller may see.
    ///
    /// # Errors
    /// There is none, or it is another agency's.
    pub fn data_request(&self, caller: &Caller, number: u64) -> Result<Request, Failure> {
        let staff = reader_of(caller)?;
        let found = self.ledger().reader()?.data_request(number)?;
        Ok(found.filter(|one| is_theirs(staff, one)).ok_or_else(no_request)?)
    }

    /// Takes a request of one's own back.
    ///
    /// # Errors
    /// There is none, it has ended, or the store fails.
    pub async fn take_request_back(&self, contact: &str, number: u64) -> Result<Request, Failure> {
        let own = self.data_requests_of(contact)?.into_iter().find(|one| one.number == number);
        let seen = own.ok_or_else(no_request)?.details.course.len();
        self.decide_request(number, seen, Command::TakeBack, APPLICANT).await
    }

    /// Does something about a request; what is granted and the program can do is done at once.
    /// `seen` is how many steps the caller saw.
    ///
    /// # Errors
    /// The caller may not, it has changed since, it is not possible, or a store fails.
    pub async fn act_on_request(
        &self,
        caller: &Caller,
        (number, seen): (u64, usize),
        command: Command,
    ) -> Result<Request, Failure> {
        let staff = may(caller, &[Role::Head, Role::Admin])?;
        let known = self.data_request(caller, number)?;
        let actor = staff.name.to_string();
        let is_granted = matches!(command, Command::Grant(_));
        // What was granted and cut off is carried out again; nothing is that nobody granted.
        let again = matches!(command, Command::Carry(_)) && known.kind.is_automatic();
        if again && known.state == State::Granted {
            return self.carry_out(known, &actor).await;
        }
        let request = self.decide_request(number, seen, command, &actor).await?;
        match is_granted && request.kind.is_automatic() {
            true => self.carry_out(request, &actor).await,
            false => Ok(request),
        }
    }

    /// Ends what a person still asks for, when their account goes: its answers stood on the account's
    /// pages. All at once, but the request that is being carried out.
    pub(in crate::office) async fn close_requests(
        &self,
        contact: &str,
        erased: &Entry,
    ) -> Result<(), Failure> {
        let numbers: Vec<u64> = self
            .data_requests_of(contact)?
            .iter()
            .filter(|one| !one.state.is_ended() && one.number != erased.request)
            .map(|one| one.number)
            .collect();
        if numbers.is_empty() {
            return Ok(());
        }
        let (world, periods) = (self.world(), self.privacy().periods.clone());
        let (at, actor, way) = (erased.at, erased.actor.clone(), erased.way);
        let done = self.ledger().run(move |txn| {
            for number in numbers {
                let known = txn.data_request(number)?.ok_or_else(no_request)?;
                if known.state.is_ended() {
                    continue;
                }
                let calendar = world.calendar(&known.agency);
                let context = Context { periods: &periods, calendar, now: at, by: &actor };
                let next = known.decide(&Command::Close, &context)?;
                txn.change_data_request(&next)?;
                let entry = entry_of(&next, Act::Closed);
                txn.note_privacy(&Entry { at, actor: actor.clone(), way, ..entry })?;
            }
            Ok(())
        });
        done.await?;
        Ok(())
    }

    async fn decide_request(
        &self,
        number: u64,
        seen: usize,
        command: Command,
        actor: &str,
    ) -> Result<Request, Failure> {
        let (world, periods) = (self.world(), self.privacy().periods.clone());
        let (now, actor) = (self.now(), actor.to_owned());
        let done = self.ledger().run(move |txn| {
            let known = txn.data_request(number)?.ok_or_else(no_request)?;
            if known.details.course.len() != seen {
                return Err(Refusal::new(RefusalKind::Conflict, words::REQUEST_CHANGED).into());
            }
            let calendar = world.calendar(&known.agency);
            let context = Context { periods: &periods, calendar, now, by: &actor };
            let next = known.decide(&command, &context)?;
            txn.change_data_request(&next)?;
            let act = act_of(&command);
            act.map_or(Ok(()), |act| {
                txn.note_privacy(&Entry { at: now, actor, ..entry_of(&next, act) })
            })?;
            Ok(next)
        });
        Ok(done.await?.value)
    }

    /// Carries out what was granted; done again after an interruption it does no harm.
    async fn carry_out(&self, request: Request, actor: &str) -> Result<Request, Failure> {
        let contact = request.details.contact.clone();
        let entry = |act| Entry {
            at: self.now(),
            actor: actor.to_owned(),
            way: Way::Office,
            ..entry_of(&request, act)
        };
        match request.kind {
            _ if contact.is_empty() => {}
            RequestKind::Erase => self.erase_account(&contact, entry(Act::Erased)).await?,
            RequestKind::Restrict | RequestKind::Object => {
                self.note_privacy(vec![entry(Act::Restricted)]).await?;
            }
            RequestKind::Withdraw => {
                for purpose in Purpose::ALL {
                    self.withdraw(&contact, purpose, Way::Office).await?;
                }
            }
            RequestKind::Access | RequestKind::Copy | RequestKind::Rectify => {}
        }
        let seen = request.details.course.len();
        self.decide_request(request.number, seen, Command::Carry(String::new()), actor).await
    }
}

fn is_theirs(staff: &Staff, request: &Request) -> bool {
    staff.is(Role::Admin) || staff.agency == request.agency
}

/// The line of the record for what is done about a request; what is carried out has lines of its own.
fn act_of(command: &Command) -> Option<Act> {
    Some(match command {
        Command::Tell(_) => Act::Told,
        Command::Extend(_) => Act::Extended,
        Command::Grant(_) => Act::Granted,
        Command::Refuse { .. } => Act::Refused,
        Command::TakeBack => Act::TookBack,
        Command::Close => Act::Closed,
        Command::Carry(_) => return None,
    })
}

fn entry_of(request: &Request, act: Act) -> Entry {
    let actor = request.details.course.first().map_or(APPLICANT, |asked| asked.by.as_str());
    Entry {
        at: request.received_at,
        person: request.person,
        actor: actor.to_owned(),
        act,
        purpose: None,
        version: 0,
        text: [0; 32],
        way: request.way,
        request: request.number,
    }
}
