//! Looking dossiers up at the desk by anything that is written on the paper, with how many there are by
//! status, field, procedure and way in.

use std::collections::BTreeMap;

use super::catalogue::wire::{channel, channel_id};
use super::lists::{List, ListQuery, list_mark, read_place, write_place};
use super::{Caller, Office, words};
use crate::domain::catalogue::Channel;
use crate::domain::dossier::{Dossier, Status, entries};
use crate::domain::ids::ProcedureCode;
use crate::domain::refusal::Refusal;
use crate::search::dossiers::{Cursor, DossierQuery, Facet, Filters, Tally};
use crate::store::ledger::Failure;
use crate::store::reader::Reader;

/// Most dossiers that one request looks at before it answers with what it has.
const MAX_LOOKED: usize = 2_000;

/// How many dossiers a search finds: those of each status, field, procedure and way in are counted
/// under the other filters, so that each says what choosing it would find.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundCounts {
    /// On all pages.
    pub total: u64,
    /// By status, in the order of their numbers.
    pub statuses: BTreeMap<Status, u64>,
    /// By field of procedures.
    pub fields: BTreeMap<String, u64>,
    /// By procedure.
    pub procedures: BTreeMap<ProcedureCode, u64>,
    /// By way in.
    pub channels: BTreeMap<Channel, u64>,
}

impl FoundCounts {
    fn new(total: u64, mut tally: Tally) -> Self {
        let mut of = |facet| tally.remove(&facet).unwrap_or_default().into_iter();
        let status = |code: String| code.parse().ok().and_then(Status::from_code);
        Self {
            total,
            statuses: of(Facet::Status).filter_map(|(s, n)| Some((status(s)?, n))).collect(),
            fields: of(Facet::Field).collect(),
            procedures: of(Facet::Procedure).map(|(p, n)| (ProcedureCode::new(p), n)).collect(),
            channels: of(Facet::Channel).filter_map(|(c, n)| Some((channel(&c)?, n))).collect(),
        }
    }
}

impl Office {
    /// A page of what an account finds by words, newest first.
    pub(super) fn look_up(
        &self,
        reader: &Reader,
        caller: &Caller,
        text: &str,
        query: &ListQuery,
    ) -> Result<List, Failure> {
        let Some(staff) = caller.staff() else { return Ok(List::default()) };
        let (actor, limit) = (caller.actor(), query.limit.clamp(1, 200));
        let mark = list_mark(&format!("q\0{text}"));
        let mut after = match query.cursor.as_deref() {
            Some(cursor) => Some(read_cursor(cursor, mark)?),
            None => None,
        };
        let in_list = |dossier: &Dossier| {
            query.queue.is_none_or(|queue| {
                entries(dossier).iter().any(|e| e.queue == queue && e.agency == staff.agency)
            })
        };
        let status = query.status.map(|status| status.code().to_string());
        let filters = filters(query, status.as_deref());
        let (mut list, mut looked) = (List::default(), 0);
        loop {
            let agencies = std::slice::from_ref(&staff.agency);
            let page =
                self.dossiers.search(&DossierQuery { text, agencies, filters, limit, after })?;
            looked += page.ids.len();
            for id in page.ids {
                let Some(stored) = reader.dossier(id)? else { continue };
                // The index may be a second behind.
                if actor.sees(&stored.dossier)
                    && query.matches(&stored.dossier)
                    && in_list(&stored.dossier)
                {
                    list.dossiers.push(stored.dossier.seen_by(&actor));
                }
            }
            // The index knows of no lists: what stands in one is not counted.
            if query.queue.is_none() {
                list.found = list.found.or_else(|| Some(FoundCounts::new(page.total, page.tally)));
            }
            after = page.next;
            if after.is_none() || !list.dossiers.is_empty() || looked >= MAX_LOOKED {
                break;
            }
        }
        list.next = after.map(|cursor| write_place(mark, &cursor.to_bytes()));
        if list.dossiers.is_empty() && query.cursor.is_none() {
            let known = self.by_code(reader, text)?.filter(|dossier| {
                actor.sees(dossier) && query.matches(dossier) && in_list(dossier)
            });
            list.dossiers.extend(known.map(|dossier| dossier.seen_by(&actor)));
        }
        Ok(list)
    }

    /// The dossier whose code was typed: also one that the index does not know yet, or that the
    /// agency was only asked about.
    fn by_code(&self, reader: &Reader, text: &str) -> Result<Option<Dossier>, Failure> {
        let Some(code) = self.code_as_typed(text) else { return Ok(None) };
        let Some(id) = reader.find(&code)? else { return Ok(None) };
        Ok(reader.dossier(id)?.map(|stored| stored.dossier))
    }
}

fn filters<'a>(query: &'a ListQuery, status: Option<&'a str>) -> Filters<'a> {
    Filters {
        facets: Facet::ALL.map(|facet| match facet {
            Facet::Status => status,
            Facet::Field => query.field.as_deref(),
            Facet::Procedure => query.procedure.as_deref(),
            Facet::Channel => query.channel.map(channel_id),
        }),
        holder: query.assignee.as_ref().map(|user| user.as_str()),
        received_from: query.received_from,
        received_to: query.received_to,
        due_from: query.due_from,
        due_before: query.due_before,
    }
}

fn read_cursor(text: &str, mark: [u8; 4]) -> Result<Cursor, Refusal> {
    let place = read_place(text, mark)?;
    Cursor::from_bytes(&place).ok_or_else(|| Refusal::field("cursor", words::CURSOR_WRONG))
}
