//! What programs read: a dossier's events with their place in the chain, an agency's feed, and the
//! numbers filed each day.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Caller, Office, no_dossier};
use crate::domain::dossier::{Dossier, Event, Status, seen_events};
use crate::domain::ids::{AgencyCode, DossierCode, ProcedureCode};
use crate::domain::look::Part;
use crate::store::codec::event::variant;
use crate::store::codec::wire::{Reader as Bytes, Wire};
use crate::store::event_log::Logged;
use crate::store::ledger::Failure;
use crate::store::reader::Reader;
use crate::store::tables::COUNTS;
use crate::store::views;

/// Counters read at once.
const COUNTERS: usize = 1_000;

/// How many dossiers of a procedure were filed on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedIn {
    /// The day.
    pub day: Date,
    /// The procedure.
    pub procedure: ProcedureCode,
    /// How many.
    pub number: u64,
}

/// An event of a dossier with its place in its agency's chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainedEvent {
    /// Its place.
    pub link: Link,
    /// What happened.
    pub event: Event,
}

/// An event's place in the chain of an agency's log, and what its clear header says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The agency whose log it is.
    pub agency: AgencyCode,
    /// Its place in that log, from 1 without gaps.
    pub sequence: u64,
    /// The commit that made it durable.
    pub commit: u64,
    /// When.
    pub at: Timestamp,
    /// Who: an account's name, `applicant`, `system` or a program's name.
    pub actor: String,
    /// What, by the event's name; none when a later version wrote it.
    pub kind: Option<String>,
    /// The dossier's status after it.
    pub status: Status,
    /// The dossier's version after it.
    pub version: u64,
    /// The dossier.
    pub code: DossierCode,
    /// Its procedure.
    pub procedure: ProcedureCode,
    /// When it is due after it.
    pub due_at: Option<Timestamp>,
    /// SHA-256 of the sealed part.
    pub sealed_sha256: [u8; 32],
    /// The header's bytes, as they are hashed.
    pub header: Vec<u8>,
    /// The chain's hash before it.
    pub prev_hash: [u8; 32],
    /// The chain's hash at it: SHA-256 of `prev_hash` and `header`.
    pub hash: [u8; 32],
}

impl Link {
    fn new(agency: AgencyCode, logged: Logged, prev_hash: [u8; 32]) -> Self {
        let header = logged.header;
        Self {
            agency,
            sequence: header.sequence,
            commit: header.commit,
            at: header.at,
            actor: header.actor,
            kind: variant(header.tag).map(snake_case),
            status: header.status,
            version: header.version,
            code: header.code,
            procedure: header.procedure,
            due_at: header.due_at,
            sealed_sha256: header.sealed_sha256,
            header: logged.header_bytes,
            prev_hash,
            hash: logged.hash,
        }
    }
}

/// The spelling of an event's name in the API.
fn snake_case(variant: &str) -> String {
    let mut out = String::with_capacity(variant.len() + 4);
    for (position, letter) in variant.chars().enumerate() {
        if letter.is_ascii_uppercase() && position > 0 {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

impl Office {
    /// A dossier with its events, as far as this desk caller may see them. It is noted as a look.
    ///
    /// # Errors
    /// There is none, or it is not the caller's to see.
    pub fn history(
        &self,
        caller: &Caller,
        code: &DossierCode,
    ) -> Result<(Dossier, Vec<ChainedEvent>), Failure> {
        let id = self.dossier(caller, code)?.id;
        let reader = self.ledger.reader()?;
        let stored = reader.dossier(id)?.ok_or_else(no_dossier)?;
        let history = reader.history(&stored)?;
        self.note_look(caller, &stored.dossier, Part::Dossier);
        let actor = caller.actor();
        let all = history.iter().map(|(_, _, event)| event);
        let visible = seen_events(&stored.dossier, &actor, all);
        let logged = history.into_iter().zip(&stored.refs).zip(visible).filter(|(_, seen)| *seen);
        let events = logged.map(|(((logged, before, event), place), _)| ChainedEvent {
            link: Link::new(place.agency.clone(), logged, before),
            event,
        });
        let events = events.collect();
        Ok((stored.dossier.seen_by(&actor), events))
    }

    /// The event that brought a dossier to a version.
    pub(super) fn event_at(
        &self,
        dossier: &Dossier,
        version: u64,
    ) -> Result<Option<Event>, Failure> {
        let reader = self.ledger.reader()?;
        let stored = reader.dossier(dossier.id)?.ok_or_else(no_dossier)?;
        let position = usize::try_from(version.saturating_sub(1)).unwrap_or(usize::MAX);
        Ok(reader.history(&stored)?.into_iter().nth(position).map(|(_, _, event)| event))
    }

    /// Events of an agency's log after a sequence, oldest first. The caller's right to them was
    /// checked.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn feed(
        &self,
        agency: &AgencyCode,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Link>, Failure> {
        let reader = self.ledger.reader()?;
        let mut before = hash_at(&reader, agency, after)?;
        let mut links = Vec::new();
        for logged in reader.log_after(agency, after, limit)? {
            let hash = logged.hash;
            links.push(Link::new(agency.clone(), logged, before));
            before = hash;
        }
        Ok(links)
    }

    /// How many dossiers were filed with an agency, by day and procedure, without those that were
    /// voided. Read from counters: no dossier is looked at.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn handed_in(
        &self,
        agency: &AgencyCode,
        from: Date,
        to: Date,
    ) -> Result<Vec<HandedIn>, Failure> {
        let reader = self.ledger.reader()?;
        let prefix = views::filed_prefix(agency);
        let mut after: Vec<u8> = views::filed_on(agency, from).into();
        let mut found = Vec::new();
        loop {
            let rows = reader.scan(COUNTS, prefix.bytes(), Some(&after), COUNTERS)?;
            for (key, value) in &rows {
                let mut input = Bytes::new(&key[prefix.bytes().len()..]);
                let day = Date::take(&mut input)?;
                if day > to {
                    return Ok(found);
                }
                let procedure = ProcedureCode::new(String::take(&mut input)?);
                found.push(HandedIn { day, procedure, number: views::count_from(value) });
            }
            match rows.into_iter().last() {
                Some((key, _)) => after = key,
                None => return Ok(found),
            }
        }
    }
}

fn hash_at(reader: &Reader, agency: &AgencyCode, sequence: u64) -> Result<[u8; 32], Failure> {
    if sequence == 0 {
        return Ok([0; 32]);
    }
    Ok(reader.logged(agency, sequence)?.map_or([0; 32], |logged| logged.hash))
}

#[cfg(test)]
mod tests {
    use super::snake_case;
    use crate::domain::dossier::Event;
    use crate::store::codec::event::{tag, variant};

    #[test]
    fn the_name_of_a_tag_is_the_event_s_own() {
        let reason = String::new();
        for event in [
            Event::Refused { reason: reason.clone() },
            Event::SubmittedForApproval { draft: None, attachments: Vec::new() },
            Event::ReturnedForRework { reason },
            Event::Noted { text: String::new() },
        ] {
            assert_eq!(variant(tag(&event)).map(snake_case).as_deref(), Some(event.kind()));
        }
        assert_eq!(variant(0), None);
    }
}
