//! The applicant's view: by code alone the status and no more; with the secret, or a proof of the
//! dossier's phone or email, everything (Circular 01/2018/TT-VPCP art. 16).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use subtle::ConstantTimeEq;

use super::acting::Files;
use super::linking::LinkSeen;
use super::repeat::Once;
use super::sessions::clean_contact;
use super::{Caller, Office, no_dossier, words};
use crate::domain::dossier::{
    Actor, Attachment, Dossier, Event, Request, Status, find_dossier_code, parse_secret,
};
use crate::domain::ids::{AttachmentId, DossierCode, DossierId};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::store::ledger::Failure;
use crate::store::reader::{Reader, Stored};

/// Wrong secrets after which a dossier's look-up rests.
const MAX_TRIES: u32 = 5;
/// Wrong tries of a dossier from all addresses together before nobody may try for a while.
const MAX_OF_ALL: u32 = 200;
/// How long it rests.
const REST: SignedDuration = SignedDuration::from_mins(15);

/// How an applicant shows that a dossier is theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The secret of the receipt.
    Secret {
        /// As typed.
        typed: String,
        /// The network address that it came from: wrong tries count against it.
        from: String,
    },
    /// A phone or email that was proved with a one-time code, or by an account.
    Contact(String),
    /// The session had opened it before.
    Opened(Vec<DossierId>),
}

/// What everybody may know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicStatus {
    /// The code.
    pub code: DossierCode,
    /// The status.
    pub status: Status,
}

/// One thing that happened, as the time line shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// When.
    pub at: Timestamp,
    /// Its place in the agency's log.
    pub sequence: u64,
    /// The dossier's version with it.
    pub version: u64,
    /// Who: an account's name, `applicant`, `system`.
    pub actor: String,
    /// The status after it.
    pub status: Status,
    /// When the dossier was due after it.
    pub due_at: Option<Timestamp>,
    /// What.
    pub event: Event,
}

/// Everything that the applicant may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tracked {
    /// The dossier. Internal notes are not in its state.
    pub dossier: Dossier,
    /// Its time line, oldest first, without what is internal.
    pub history: Vec<Happened>,
    /// Its parts in other agencies, in the order of their numbers.
    pub parts: Vec<TrackedPart>,
}

/// A part of a dossier as its applicant sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackedPart {
    /// The part, and how far it is.
    pub seen: LinkSeen,
    /// Its dossier with its time line, once it is open.
    pub open: Option<(Dossier, Vec<Happened>)>,
}

/// Wrong tries of secrets, in memory: some for each address, so that nobody locks out the applicant,
/// and more for a dossier as a whole, so that nobody guesses from many addresses.
#[derive(Default)]
pub(super) struct Tries(Mutex<HashMap<TriedBy, (u32, Timestamp)>>);

/// A dossier and an address; or a dossier and all of them.
type TriedBy = (DossierId, Option<String>);

impl Tries {
    fn map(&self) -> std::sync::MutexGuard<'_, HashMap<TriedBy, (u32, Timestamp)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn check(&self, id: DossierId, from: &str, now: Timestamp) -> Result<(), Refusal> {
        let map = self.map();
        for (by, most) in [((id, Some(from.to_owned())), MAX_TRIES), ((id, None), MAX_OF_ALL)] {
            match map.get(&by) {
                Some((tries, since)) if *tries >= most && now.duration_since(*since) < REST => {
                    let minutes = (REST - now.duration_since(*since)).as_mins().max(1).to_string();
                    let text = words::LOCKED.text(&[("minutes", &minutes)]);
                    return Err(Refusal::new(RefusalKind::TooMany, text));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Counts a wrong try; how many are left for this address.
    fn count(&self, id: DossierId, from: &str, now: Timestamp) -> u32 {
        let mut map = self.map();
        map.retain(|_, (_, since)| now.duration_since(*since) < REST);
        let mut more = |by: TriedBy| {
            let entry = map.entry(by).or_insert((0, now));
            *entry = (entry.0 + 1, now);
            entry.0
        };
        more((id, None));
        MAX_TRIES.saturating_sub(more((id, Some(from.to_owned()))))
    }
}

impl Office {
    /// The code of a dossier as somebody typed it, if it can be one: its own, or the number that
    /// another system gave it.
    pub fn code_as_typed(&self, typed: &str) -> Option<DossierCode> {
        let world = self.world();
        match find_dossier_code(typed, world.agencies().map(|agency| &agency.code)) {
            Some(code) if self.has_code(&code) => Some(code),
            unknown => self.foreign_code(typed).or(unknown),
        }
    }

    fn has_code(&self, code: &DossierCode) -> bool {
        let reader = self.ledger.reader();
        reader.is_ok_and(|reader| matches!(reader.find(code), Ok(Some(_))))
    }

    /// The own code of the dossier to which another system gave this number.
    fn foreign_code(&self, typed: &str) -> Option<DossierCode> {
        let reader = self.ledger.reader().ok()?;
        let spellings = [typed.trim().to_owned(), typed.trim().to_uppercase()];
        let id = spellings
            .into_iter()
            .find_map(|spelt| reader.find(&DossierCode::new(spelt)).ok().flatten())?;
        reader.head(id).ok().flatten().map(|head| head.code)
    }

    /// What everybody may know of a dossier.
    ///
    /// # Errors
    /// There is none with this code.
    pub fn public_status(&self, code: &DossierCode) -> Result<PublicStatus, Failure> {
        let reader = self.ledger.reader()?;
        let id = reader.find(code)?.ok_or_else(no_dossier)?;
        let head = reader.head(id)?.ok_or_else(no_dossier)?;
        Ok(PublicStatus { code: head.code, status: head.status })
    }

    /// Everything that the applicant may see, to whoever proves to be one.
    ///
    /// # Errors
    /// There is no such dossier, the proof is wrong, or it was tried too often.
    pub fn track(&self, code: &DossierCode, proof: &Proof) -> Result<Tracked, Failure> {
        let reader = self.ledger.reader()?;
        let id = reader.find(code)?.ok_or_else(no_dossier)?;
        let stored = reader.dossier(id)?.ok_or_else(no_dossier)?;
        self.check_proof_of(&stored.dossier, proof)?;
        let history = told(&reader, &stored)?;
        let mut parts = Vec::with_capacity(stored.dossier.links.len());
        for seen in self.links(&stored.dossier)? {
            let part = match &seen.link.dossier {
                Some((id, _)) => reader.dossier(*id)?,
                None => None,
            };
            let open = match part {
                Some(part) => Some((told(&reader, &part)?, part.dossier)),
                None => None,
            };
            parts.push(TrackedPart { seen, open: open.map(|(history, part)| (part, history)) });
        }
        Ok(Tracked { dossier: stored.dossier, history, parts })
    }

    fn check_proof_of(&self, dossier: &Dossier, proof: &Proof) -> Result<(), Failure> {
        let now = self.env.now();
        match proof {
            Proof::Secret { typed, from } => {
                self.tries.check(dossier.id, from, now)?;
                let typed = parse_secret(typed);
                let fits = typed.as_bytes().ct_eq(dossier.lookup_secret.as_bytes());
                if bool::from(fits) {
                    return Ok(());
                }
                let left = self.tries.count(dossier.id, from, now).to_string();
                let text = words::SECRET_WRONG.text(&[("n", &left)]);
                let refusal = Refusal::field("secret", text);
                Err(Refusal { kind: RefusalKind::Unauthenticated, ..refusal }.into())
            }
            Proof::Contact(contact) => {
                let known = [&dossier.submitter, &dossier.owner]
                    .into_iter()
                    .flat_map(|person| [person.phone.as_deref(), person.email.as_deref()])
                    .flatten()
                    .filter_map(clean_contact)
                    .any(|known| known == *contact);
                // Who filed for somebody else with another telephone follows it too.
                let filed = || Ok::<_, Failure>(self.account(contact)?.dossiers);
                if known || filed()?.iter().any(|id| dossier.is_one_with(*id)) {
                    Ok(())
                } else {
                    Err(no_dossier().into())
                }
            }
            // Whoever opened one part has opened the whole.
            Proof::Opened(opened) if opened.iter().any(|id| dossier.is_one_with(*id)) => Ok(()),
            Proof::Opened(_) => Err(no_dossier().into()),
        }
    }

    /// Does one of the applicant's own actions.
    ///
    /// # Errors
    /// The proof is wrong, or the action is refused; nothing has changed then.
    pub async fn act_as_applicant(
        &self,
        caller: &Caller,
        code: &DossierCode,
        proof: &Proof,
        request: Request,
        files: Files,
        once: Option<Once>,
    ) -> Result<Dossier, Failure> {
        let tracked = self.track(code, proof)?;
        self.act_as(caller, Actor::Applicant, &tracked.dossier, request, files, once).await
    }

    /// A file that the applicant may open: their own papers, and the result once it is there.
    ///
    /// # Errors
    /// The proof is wrong, or there is no such file.
    pub fn tracked_attachment(
        &self,
        code: &DossierCode,
        proof: &Proof,
        id: AttachmentId,
    ) -> Result<Attachment, Failure> {
        let tracked = self.track(code, proof)?;
        let found = tracked.dossier.attachment(id).cloned();
        found.ok_or_else(|| Refusal::new(RefusalKind::NotFound, words::ATTACHMENT_NONE).into())
    }
}

/// What the applicant is told of a dossier's events, oldest first.
fn told(reader: &Reader, stored: &Stored) -> Result<Vec<Happened>, Failure> {
    let mut history = Vec::with_capacity(stored.refs.len());
    for (version, (logged, _, event)) in (1..).zip(reader.history(stored)?) {
        if matches!(event, Event::Noted { .. }) {
            continue;
        }
        history.push(Happened {
            at: logged.header.at,
            sequence: logged.header.sequence,
            version,
            actor: logged.header.actor,
            status: logged.header.status,
            due_at: logged.header.due_at,
            event,
        });
    }
    Ok(history)
}
