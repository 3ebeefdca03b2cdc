//! The queue before the counters of the demo's communes, as it stands this minute.

use jiff::{SignedDuration, Timestamp};

use super::cast::Cast;
use super::clock::DemoClock;
use crate::domain::agency::Role;
use crate::domain::calendar::{instant, local};
use crate::domain::catalogue::Level;
use crate::domain::ticket::{Service, Turn};
use crate::office::{Caller, Failure, Office};

/// Who came, in how many minutes before now, and for what.
const CAME: [(i64, Service); 11] = [
    (52, Service::FILING),
    (50, Service::CERTIFICATION),
    (47, Service::RESULTS),
    (41, Service::CERTIFICATION),
    (33, Service::FILING),
    (24, Service::ADVICE),
    (18, Service::FILING),
    (14, Service::CERTIFICATION),
    (9, Service::RESULTS),
    (5, Service::FILING),
    (2, Service::CERTIFICATION),
];

/// Minutes before now at which the first and the second counter call.
const CALLS: [(i64, usize); 7] = [(45, 0), (43, 1), (37, 0), (35, 1), (28, 0), (12, 1), (6, 0)];

/// Takes and calls the numbers of today.
pub(super) fn fill(
    office: &Office,
    cast: &Cast<'_>,
    clock: &DemoClock,
    now: Timestamp,
) -> Result<(), Failure> {
    let morning = instant(local(now).date().at(0, 0, 0, 0)).unwrap_or(now);
    let before = |minutes: i64| {
        let at = now.saturating_sub(SignedDuration::from_mins(minutes)).unwrap_or(now);
        at.max(morning)
    };
    for commune in cast.agencies(Level::Commune) {
        let desk = cast.data.staff.iter().filter(|staff| {
            staff.agency == commune.code
                && (staff.is(Role::Receptionist) || staff.is(Role::Cashier))
        });
        let desk: Vec<Caller> = desk.cloned().map(Caller::Staff).collect();
        let mut calls = CALLS.iter().peekable();
        for (came, service) in CAME {
            while let Some((at, who)) = calls.next_if(|(at, _)| *at > came) {
                clock.set(before(*at));
                call(office, &desk, *who)?;
            }
            clock.set(before(came));
            office.take_ticket(&commune.code, service, "")?;
        }
    }
    clock.set(now);
    Ok(())
}

/// The next number at a counter; the third one does not come.
fn call(office: &Office, desk: &[Caller], who: usize) -> Result<(), Failure> {
    let Some(caller) = desk.get(who) else { return Ok(()) };
    let counter = u32::try_from(who + 1).unwrap_or(1);
    let called = office.call_next(caller, counter, &[])?;
    if let Some(ticket) = called.filter(|ticket| ticket.number.number == 2 && who == 1) {
        office.turn_ticket(caller, ticket.number, Turn::Absent, counter)?;
    }
    Ok(())
}
