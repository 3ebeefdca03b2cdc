//! The queue before the counters: the numbers of a day, in the relaxed store. No person stands in
//! them, and no dossier depends on them.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::SignedDuration;
use jiff::civil::Date;

use super::{Caller, Office, words};
use crate::domain::agency::{Agency, Staff};
use crate::domain::dossier::Directory;
use crate::domain::ids::{AgencyCode, DossierCode};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::ticket::{self, Service, Ticket, TicketNumber, TicketState, Turn};
use crate::store::codec::wire::Wire;
use crate::store::engine::{Batch, Direction, scan_prefix};
use crate::store::ledger::Failure;
use crate::store::tables::{Key, TICKETS};

/// How long numbers are kept, for the figures of past days.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 800);
/// Most numbers of a day, of all services.
const MOST: usize = ticket::MOST_SERVICES * ticket::MOST as usize;

/// Numbers are given and called one after the other.
static CHANGING: Mutex<()> = Mutex::new(());

fn changing() -> MutexGuard<'static, ()> {
    CHANGING.lock().unwrap_or_else(PoisonError::into_inner)
}

fn of_day(agency: &AgencyCode, day: Date) -> Key {
    Key::new().agency(agency).fixed(&day.to_bytes())
}

fn place(agency: &AgencyCode, day: Date, number: TicketNumber) -> Key {
    let mut letter = [0; 4];
    let letter = number.service.letter().encode_utf8(&mut letter);
    of_day(agency, day).text(letter).number(u64::from(number.number))
}

impl Office {
    /// The agency at which numbers are taken: the one named, or the one that speaks for the
    /// instance.
    ///
    /// # Errors
    /// There is no such agency.
    pub fn ticket_agency(&self, named: &str) -> Result<Agency, Failure> {
        let world = self.world();
        let agency = match named.trim() {
            "" => world.home(),
            code => world.agency(&AgencyCode::new(code.to_uppercase())),
        };
        agency.cloned().ok_or_else(|| {
            Refusal::field("agency", words::AGENCY_UNKNOWN.text(&[("code", named)])).into()
        })
    }

    /// The numbers of a day, by letter and number.
    ///
    /// # Errors
    /// The relaxed store cannot be read.
    pub fn tickets(&self, agency: &AgencyCode, day: Date) -> Result<Vec<Ticket>, Failure> {
        let prefix = of_day(agency, day);
        let snapshot = self.relaxed.snapshot()?;
        let (forward, from) = (Direction::Forward, prefix.bytes());
        let rows = scan_prefix(snapshot.as_ref(), TICKETS, from, None, forward, MOST)?;
        Ok(rows.iter().map(|(_, row)| Ticket::from_bytes(row)).collect::<Result<_, _>>()?)
    }

    /// The numbers of today.
    ///
    /// # Errors
    /// The relaxed store cannot be read.
    pub fn tickets_today(&self, agency: &AgencyCode) -> Result<Vec<Ticket>, Failure> {
        self.tickets(agency, self.today())
    }

    /// Takes the next number of a service. Under the same `key` it is taken once.
    ///
    /// # Errors
    /// The agency does not offer the service, the day's numbers are used up, or the store cannot be
    /// written.
    pub fn take_ticket(
        &self,
        agency: &AgencyCode,
        service: Service,
        key: &str,
    ) -> Result<Ticket, Failure> {
        if !self.world().queue_services(agency).iter().any(|offer| offer.service == service) {
            return Err(Refusal::field("service", words::SERVICE_NONE).into());
        }
        let _held = changing();
        let tickets = self.tickets_today(agency)?;
        let before = tickets.iter().find(|ticket| !key.is_empty() && ticket.key == key);
        if let Some(before) = before {
            return Ok(before.clone());
        }
        let number = ticket::following(&tickets, service)?;
        let ticket = Ticket::new(number, self.now(), key);
        self.put_ticket(agency, &ticket)?;
        Ok(ticket)
    }

    /// A number of today.
    ///
    /// # Errors
    /// It was not given.
    pub fn ticket(&self, agency: &AgencyCode, number: TicketNumber) -> Result<Ticket, Failure> {
        let key = place(agency, self.today(), number);
        let row = self.relaxed.snapshot()?.get(TICKETS, key.bytes())?;
        let ticket = row.map(|bytes| Ticket::from_bytes(&bytes)).transpose()?;
        ticket.ok_or_else(|| Refusal::new(RefusalKind::NotFound, words::TICKET_NONE).into())
    }

    fn put_ticket(&self, agency: &AgencyCode, ticket: &Ticket) -> Result<(), Failure> {
        let mut batch = Batch::new();
        batch.put(TICKETS, place(agency, self.today(), ticket.number), ticket.to_bytes());
        Ok(self.relaxed.commit(batch)?)
    }

    /// Calls whoever has waited longest for one of these services (any, when none is named) to a
    /// counter; whom this account called before is served. None when nobody waits.
    ///
    /// # Errors
    /// The caller works at no desk, or the counter's number is none.
    pub fn call_next(
        &self,
        caller: &Caller,
        counter: u32,
        services: &[Service],
    ) -> Result<Option<Ticket>, Failure> {
        let staff = at_desk(caller)?;
        let counter = ticket::counter(counter)?;
        let _held = changing();
        let tickets = self.tickets_today(&staff.agency)?;
        for open in tickets.iter().filter(|ticket| is_at(ticket, staff)) {
            let mut open = open.clone();
            open.end(Turn::Served, &staff.name, self.now())?;
            self.put_ticket(&staff.agency, &open)?;
        }
        let Some(next) = ticket::next(&tickets, services) else { return Ok(None) };
        let mut next = next.clone();
        next.call(counter, &staff.name, self.now())?;
        self.put_ticket(&staff.agency, &next)?;
        Ok(Some(next))
    }

    /// Calls a number again, or ends its turn.
    ///
    /// # Errors
    /// The caller works at no desk, or the number is another counter's.
    pub fn turn_ticket(
        &self,
        caller: &Caller,
        number: TicketNumber,
        turn: Turn,
        counter: u32,
    ) -> Result<Ticket, Failure> {
        let staff = at_desk(caller)?;
        let _held = changing();
        let mut ticket = self.ticket(&staff.agency, number)?;
        match turn {
            Turn::Again => ticket.call(ticket::counter(counter)?, &staff.name, self.now())?,
            Turn::Served | Turn::Absent => ticket.end(turn, &staff.name, self.now())?,
        }
        self.put_ticket(&staff.agency, &ticket)?;
        Ok(ticket)
    }

    /// The number that an account has at its counter now.
    ///
    /// # Errors
    /// The relaxed store cannot be read.
    pub fn ticket_at(&self, staff: &Staff) -> Result<Option<Ticket>, Failure> {
        let tickets = self.tickets_today(&staff.agency)?;
        Ok(tickets.into_iter().find(|ticket| is_at(ticket, staff)))
    }

    /// Writes a dossier down at the number whose person stands at this caller's counter, if there is
    /// one. The dossier is filed: what fails here changes nothing about that.
    pub(super) fn note_at_ticket(&self, caller: &Caller, code: &DossierCode) {
        let Some(staff) = caller.staff() else { return };
        if let Err(failure) = self.attach_to_ticket(staff, code) {
            tracing::warn!("a dossier was not written down at its number: {failure}");
        }
    }

    fn attach_to_ticket(&self, staff: &Staff, code: &DossierCode) -> Result<(), Failure> {
        let _held = changing();
        let Some(mut ticket) = self.ticket_at(staff)? else { return Ok(()) };
        if ticket.dossiers.contains(code) {
            return Ok(());
        }
        ticket.dossiers.push(code.clone());
        self.put_ticket(&staff.agency, &ticket)
    }

    /// Forgets numbers that no figure needs any more.
    pub(super) fn sweep_tickets(&self) -> Result<(), Failure> {
        let now = self.now();
        self.sweep_relaxed(TICKETS, &|_, bytes| {
            Ok(now.duration_since(Ticket::from_bytes(bytes)?.taken_at) > KEPT)
        })
    }
}

fn is_at(ticket: &Ticket, staff: &Staff) -> bool {
    ticket.state == TicketState::Called && ticket.by.as_ref() == Some(&staff.name)
}

/// The account, when it works at a desk.
fn at_desk(caller: &Caller) -> Result<&Staff, Refusal> {
    let staff = caller.staff().filter(|staff| staff.roles.iter().any(|role| role.is_desk()));
    staff.ok_or_else(|| Refusal::new(RefusalKind::Forbidden, words::ROLE_MAY_NOT))
}
