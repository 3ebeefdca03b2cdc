//! Lists of the desk: queues by cursor, filters over a bounded scan, counts that are kept.

use jiff::Timestamp;

use super::looking_up::FoundCounts;
use super::{Caller, Office, words};
use crate::domain::calendar::local;
use crate::domain::catalogue::Channel;
use crate::domain::dossier::{Dossier, Queue, Status};
use crate::domain::ids::{AgencyCode, UserName};
use crate::domain::refusal::Refusal;
use crate::store::engine::Direction;
use crate::store::event_log::sha256;
use crate::store::ledger::Failure;
use crate::store::reader::{Cursor, Reader};

/// Most rows that one request looks at before it answers with what it has.
const MAX_SCAN: usize = 2_000;
/// Rows read at once.
const CHUNK: usize = 200;

/// What a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListQuery {
    /// The queue; all dossiers, newest first, when none is named.
    pub queue: Option<Queue>,
    /// For a person, in the work queue.
    pub assignee: Option<UserName>,
    /// Only the caller's own unit, in the work queue.
    pub my_unit: bool,
    /// Only this status.
    pub status: Option<Status>,
    /// Only this field of procedures.
    pub field: Option<String>,
    /// Only this procedure.
    pub procedure: Option<String>,
    /// Only due before.
    pub due_before: Option<Timestamp>,
    /// Only due at or after.
    pub due_from: Option<Timestamp>,
    /// Only what came in this way.
    pub channel: Option<Channel>,
    /// Only received at or after.
    pub received_from: Option<Timestamp>,
    /// Only received before.
    pub received_to: Option<Timestamp>,
    /// Words of the paper: code, name, number, phone.
    pub text: Option<String>,
    /// Where the page begins.
    pub cursor: Option<String>,
    /// Most rows, up to 200.
    pub limit: usize,
}

/// A page of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The dossiers, in order.
    pub dossiers: Vec<Dossier>,
    /// Where the next page begins, if there may be one; a page cut short has one too.
    pub next: Option<String>,
    /// How many there are in all, of a search by words.
    pub found: Option<FoundCounts>,
}

/// How many dossiers stand where, for the inbox.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// By queue, in the order of [`Queue::ALL`].
    pub queues: Vec<(Queue, u64)>,
    /// The caller's own work.
    pub mine: u64,
    /// The caller's unit's work.
    pub my_unit: u64,
    /// Open dossiers past their due date.
    pub overdue: u64,
    /// Open dossiers due soon.
    pub due_soon: u64,
}

impl ListQuery {
    pub(super) fn matches(&self, dossier: &Dossier) -> bool {
        // An ended dossier keeps the date that it was measured against.
        let due = dossier.clock.due_at.or(dossier.clock.ended_due_at);
        let received = dossier.received_at;
        self.status.is_none_or(|status| dossier.status == status)
            && self.field.as_ref().is_none_or(|field| dossier.field == *field)
            && self.procedure.as_ref().is_none_or(|code| dossier.procedure.as_str() == code)
            && self.channel.is_none_or(|channel| dossier.channel == channel)
            && self.due_before.is_none_or(|at| due.is_some_and(|due| due < at))
            && self.due_from.is_none_or(|at| due.is_some_and(|due| due >= at))
            && self.received_from.is_none_or(|at| received.is_some_and(|r| r >= at))
            && self.received_to.is_none_or(|at| received.is_some_and(|r| r < at))
            && self.assignee.as_ref().is_none_or(|user| dossier.holder.user.as_ref() == Some(user))
    }

    /// The queue that serves the query with the fewest rows.
    fn scan(&self, caller: &Caller) -> (Queue, String, Direction) {
        let staff = caller.staff();
        let is_ended = self.status.is_some_and(Status::is_ended);
        let is_in_work = self.status.is_none_or(|status| status == Status::Processing);
        if let Some(user) = self.assignee.as_ref().filter(|_| is_in_work && self.queue.is_none()) {
            return (Queue::Work, format!("p:{user}"), Direction::Forward);
        }
        if self.my_unit {
            let unit = staff.and_then(|staff| staff.unit.as_ref());
            let holder = unit.map(|unit| format!("u:{unit}")).unwrap_or_default();
            return (Queue::Work, holder, Direction::Forward);
        }
        if let Some(queue) = self.queue {
            let newest_first = matches!(queue, Queue::All | Queue::Ended);
            let direction = if newest_first { Direction::Backward } else { Direction::Forward };
            return (queue, String::new(), direction);
        }
        if (self.due_before.is_some() || self.due_from.is_some()) && !is_ended {
            return (Queue::Open, String::new(), Direction::Forward);
        }
        (Queue::All, String::new(), Direction::Backward)
    }
}

impl Office {
    /// A page of dossiers that concern the caller's agency.
    ///
    /// # Errors
    /// The caller has no agency, or the cursor is not one of this list's.
    pub fn list(&self, caller: &Caller, query: &ListQuery) -> Result<List, Failure> {
        let Some(staff) = caller.staff() else { return Ok(List::default()) };
        let agency = staff.agency.clone();
        let limit = query.limit.clamp(1, 200);
        let reader = self.ledger.reader()?;
        let actor = caller.actor();
        if let Some(text) = query.text.as_deref().filter(|text| !text.trim().is_empty()) {
            return self.look_up(&reader, caller, text, query);
        }
        let (queue, holder, direction) = query.scan(caller);
        let list_of = (queue, holder.as_str());
        let mut after =
            query.cursor.as_deref().map(|text| decode_cursor(text, list_of)).transpose()?;
        if after.is_none() && queue == Queue::Open && direction == Direction::Forward {
            after = query.due_from.map(|at| Reader::cursor_at(&agency, queue, &holder, at));
        }
        let mut list = List::default();
        let mut scanned = 0;
        loop {
            let chunk = CHUNK.min(limit.max(50));
            let page = reader.queue(&agency, queue, &holder, direction, after.as_ref(), chunk)?;
            for (id, place) in page.ids {
                scanned += 1;
                let Some(stored) = reader.dossier(id)? else { continue };
                let dossier = stored.dossier;
                let past = queue == Queue::Open
                    && query.due_before.is_some_and(|at| dossier.clock.due_at >= Some(at));
                if past {
                    return Ok(list);
                }
                if query.matches(&dossier) && actor.sees(&dossier) {
                    if list.dossiers.len() == limit {
                        list.next = after.as_ref().map(|at| encode_cursor(at, list_of));
                        return Ok(list);
                    }
                    list.dossiers.push(dossier.seen_by(&actor));
                }
                after = Some(place);
            }
            if page.next.is_none() {
                return Ok(list);
            }
            if scanned >= MAX_SCAN {
                list.next = after.as_ref().map(|at| encode_cursor(at, list_of));
                return Ok(list);
            }
        }
    }

    /// How many dossiers stand where, from the caller's point of view.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn counts(&self, caller: &Caller) -> Result<Counts, Failure> {
        let Some(staff) = caller.staff() else { return Ok(Counts::default()) };
        let reader = self.ledger.reader()?;
        let agency = &staff.agency;
        let queues = Queue::ALL.into_iter().map(|queue| {
            let count = reader.count(agency, queue, "")?;
            Ok((queue, count))
        });
        let unit = staff.unit.as_ref().map(|unit| format!("u:{unit}"));
        let now = self.env.now();
        let soon = self.due_soon_until(agency, now);
        let (overdue, due_soon) = (
            self.open_due_before(&reader, agency, now)?,
            self.open_due_before(&reader, agency, soon)?,
        );
        Ok(Counts {
            queues: queues.collect::<Result<_, Failure>>()?,
            mine: reader.count(agency, Queue::Work, &format!("p:{}", staff.desk()))?,
            my_unit: match unit {
                Some(unit) => reader.count(agency, Queue::Work, &unit)?,
                None => 0,
            },
            overdue,
            due_soon: due_soon.saturating_sub(overdue),
        })
    }

    /// The days before are summed from their counters, the day itself is scanned.
    fn open_due_before(
        &self,
        reader: &Reader,
        agency: &AgencyCode,
        at: Timestamp,
    ) -> Result<u64, Failure> {
        let day = local(at).date();
        let before = reader.due_before(agency, day)?;
        let midnight = crate::domain::calendar::instant(day.at(0, 0, 0, 0)).unwrap_or(at);
        let start = Reader::cursor_at(agency, Queue::Open, "", midnight);
        let end = Reader::cursor_at(agency, Queue::Open, "", at);
        Ok(before + reader.count_between(&start, &end)?)
    }
}

/// A place of a list for its next page; the mark before it names the list.
fn encode_cursor(cursor: &Cursor, list: (Queue, &str)) -> String {
    write_place(mark(list), &cursor.0)
}

fn decode_cursor(text: &str, list: (Queue, &str)) -> Result<Cursor, Refusal> {
    read_place(text, mark(list)).map(Cursor)
}

/// A place of a list and the list's mark, as a cursor of the API.
pub(super) fn write_place(mark: [u8; 4], place: &[u8]) -> String {
    mark.iter().chain(place).map(|byte| format!("{byte:02x}")).collect()
}

/// The place in a cursor that was written with this mark.
///
/// # Errors
/// It is none of this list's.
pub(super) fn read_place(text: &str, mark: [u8; 4]) -> Result<Vec<u8>, Refusal> {
    let pairs = (0..text.len()).step_by(2).map(|i| text.get(i..i + 2));
    let bytes = pairs
        .map(|pair| pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()))
        .collect::<Option<Vec<u8>>>();
    let place = bytes.as_deref().and_then(|bytes| bytes.strip_prefix(mark.as_slice()));
    place
        .filter(|place| !place.is_empty())
        .map(<[u8]>::to_vec)
        .ok_or_else(|| Refusal::field("cursor", words::CURSOR_WRONG))
}

fn mark((queue, holder): (Queue, &str)) -> [u8; 4] {
    list_mark(&format!("{}\0{holder}", queue.id()))
}

/// The mark of the list with this name.
pub(super) fn list_mark(name: &str) -> [u8; 4] {
    let digest = sha256(name.as_bytes());
    [digest[0], digest[1], digest[2], digest[3]]
}
