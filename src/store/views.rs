//! Projections that are written with the events: the queues of the inbox and their counts.

use jiff::civil::Date;

use super::codec::wire::{Reader as Bytes, Wire, instant_bytes, instant_from};
use super::engine::Fault;
use super::tables::{COUNTS, Key, QUEUES};
use super::txn::Txn;
use crate::domain::calendar::local;
use crate::domain::dossier::{Dossier, Entry, Queue, entries, parts_of};
use crate::domain::ids::{AgencyCode, DossierId};

/// The prefix of a queue's rows.
pub fn queue_prefix(agency: &AgencyCode, queue: Queue, holder: &str) -> Key {
    Key::new().agency(agency).text(queue.id()).text(holder)
}

/// The row of a dossier in a queue.
pub fn queue_key(entry: &Entry, id: DossierId) -> Key {
    queue_prefix(&entry.agency, entry.queue, &entry.holder)
        .fixed(&instant_bytes(entry.instant))
        .dossier(id)
}

/// The counter of a queue.
pub fn count_key(agency: &AgencyCode, queue: Queue, holder: &str) -> Key {
    queue_prefix(agency, queue, holder)
}

/// The counter of open dossiers that are due on a day in Vietnam.
pub fn due_key(agency: &AgencyCode, day: Date) -> Key {
    due_prefix(agency).fixed(&Wire::to_bytes(&day))
}

/// The prefix of the per-day due counters of an agency.
pub fn due_prefix(agency: &AgencyCode) -> Key {
    Key::new().agency(agency).text("due")
}

/// The counter of what an agency was handed in of a procedure on the day of a dossier. One that was
/// written by mistake is in none: its number stays given, figures leave it out.
pub fn filed_key(dossier: &Dossier) -> Option<Key> {
    if dossier.voided {
        return None;
    }
    let (agency, _) = parts_of(&dossier.code)?;
    let day = local(dossier.submitted_at).date();
    Some(filed_on(&agency, day).text(dossier.procedure.as_str()))
}

/// The prefix of what an agency was handed in on a day, by procedure.
pub fn filed_on(agency: &AgencyCode, day: Date) -> Key {
    filed_prefix(agency).fixed(&Wire::to_bytes(&day))
}

/// The prefix of the counters of what an agency was handed in, by day and procedure.
pub fn filed_prefix(agency: &AgencyCode) -> Key {
    Key::new().agency(agency).text("filed")
}

/// Counts a dossier where it stands after a command, and no longer where it stood before.
pub(super) fn count_filed(
    txn: &mut Txn<'_>,
    before: Option<Key>,
    after: Option<Key>,
) -> Result<(), Fault> {
    if before.as_ref().map(Key::bytes) == after.as_ref().map(Key::bytes) {
        return Ok(());
    }
    before.map_or(Ok(()), |key| add(txn, key, -1))?;
    after.map_or(Ok(()), |key| add(txn, key, 1))
}

/// The place that a row of the queues is, and whose.
pub(super) fn entry_of(key: &[u8]) -> Option<(Entry, DossierId)> {
    let mut input = Bytes::new(key);
    let agency = AgencyCode::take(&mut input).ok()?;
    let queue = Queue::from_id(&String::take(&mut input).ok()?)?;
    let holder = String::take(&mut input).ok()?;
    let instant = instant_from(input.array().ok()?).ok()?;
    let id = DossierId::take(&mut input).ok()?;
    input.is_empty().then_some((Entry { agency, queue, holder, instant }, id))
}

/// Takes a dossier out of its places.
pub(super) fn withdraw(txn: &mut Txn<'_>, id: DossierId, places: &[Entry]) -> Result<(), Fault> {
    for entry in places {
        txn.delete(QUEUES, queue_key(entry, id));
        count(txn, entry, -1)?;
    }
    Ok(())
}

/// The number in a counter's row.
pub fn count_from(bytes: &[u8]) -> u64 {
    u64::from_bytes(bytes).unwrap_or(0)
}

/// Moves a dossier from the places where it stood to those of its new state.
pub(super) fn project(txn: &mut Txn<'_>, before: &[Entry], new: &Dossier) -> Result<(), Fault> {
    let after = entries(new);
    for entry in before.iter().filter(|entry| !after.contains(entry)) {
        txn.delete(QUEUES, queue_key(entry, new.id));
        count(txn, entry, -1)?;
    }
    for entry in after.iter().filter(|entry| !before.contains(entry)) {
        txn.put(QUEUES, queue_key(entry, new.id), Vec::new());
        count(txn, entry, 1)?;
    }
    Ok(())
}

fn count(txn: &mut Txn<'_>, entry: &Entry, by: i64) -> Result<(), Fault> {
    add(txn, count_key(&entry.agency, entry.queue, &entry.holder), by)?;
    if entry.queue == Queue::Open {
        add(txn, due_key(&entry.agency, local(entry.instant).date()), by)?;
    }
    Ok(())
}

fn add(txn: &mut Txn<'_>, key: Key, by: i64) -> Result<(), Fault> {
    let now = txn.get(COUNTS, key.bytes())?.map_or(0, |bytes| count_from(&bytes));
    match now.saturating_add_signed(by) {
        0 => txn.delete(COUNTS, key),
        count => txn.put(COUNTS, key, count.to_bytes()),
    }
    Ok(())
}
