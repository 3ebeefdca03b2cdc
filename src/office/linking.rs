//! Linked dossiers (liên thông): the parts that a command opens in other agencies, in the same commit
//! as the command itself, each with copies of the files that go along; and what is seen of them.

use std::sync::Arc;

use jiff::Timestamp;

use super::filing::{new_id, new_names};
use super::uploads::{Upload, check_unclaimed};
use super::world::World;
use super::{Caller, Office, no_dossier};
use crate::domain::dossier::linking::{Carried, Opens, Source};
use crate::domain::dossier::{
    Actor, Attachment, Command, Context, Dossier, Event, Link, Status, open, void_with,
};
use crate::domain::ids::{AttachmentId, ComponentId, DossierCode, DossierId};
use crate::store::engine::{Fault, FaultKind};
use crate::store::ledger::Failure;
use crate::store::reader::Reader;
use crate::store::txn::Txn;

/// Copies of files for parts that may open, by the part's number: a file belongs to one dossier.
#[derive(Clone, Debug, Default)]
pub(super) struct Copies {
    of: Vec<(u32, Attachment)>,
}

impl Copies {
    /// The files themselves.
    pub fn files(&self) -> Arc<[Attachment]> {
        self.of.iter().map(|(_, file)| file.clone()).collect()
    }

    /// Their ids.
    pub fn ids(&self) -> Vec<AttachmentId> {
        self.of.iter().map(|(_, file)| file.id).collect()
    }

    fn of(&self, number: u32) -> Vec<Attachment> {
        let own = self.of.iter().filter(|(part, _)| *part == number);
        own.map(|(_, file)| file.clone()).collect()
    }
}

/// A part of a dossier as others see it: no more than that it is there, and how far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkSeen {
    /// The part.
    pub link: Link,
    /// How far it is.
    pub state: LinkState,
    /// Its status, once it is open.
    pub status: Option<Status>,
    /// When it is due, while its clock runs.
    pub due_at: Option<Timestamp>,
}

/// How far a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkState {
    /// It opens later.
    Planned,
    /// Its dossier is open.
    Open,
    /// Its dossier has ended.
    Ended,
    /// What it waited for did not come.
    Dropped,
}

impl LinkState {
    /// The name in the API.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Open => "open",
            Self::Ended => "ended",
            Self::Dropped => "dropped",
        }
    }
}

/// A file that goes along, as which component, to which part.
type Going = (u32, ComponentId, Attachment);

/// The files among `files` that go along to a part.
pub(super) fn going(number: u32, papers: &[Carried], files: &[Attachment]) -> Vec<Going> {
    let goes = |carried: &Carried, file: &Attachment| match &carried.from {
        Source::Result => file.is_result,
        Source::Paper(id) => !file.is_result && file.component.as_ref() == Some(id),
    };
    let of_paper = |carried: &Carried| {
        let goes_there = files.iter().filter(|file| goes(carried, file));
        goes_there.map(|file| (number, carried.to.clone(), file.clone())).collect::<Vec<_>>()
    };
    papers.iter().flat_map(of_paper).collect()
}

impl Office {
    /// Copies what goes along to the parts that a command on a dossier will open.
    pub(super) async fn copies_for(
        &self,
        caller: &Caller,
        seen: &Dossier,
        command: &Command,
        sent: &[Attachment],
    ) -> Result<Copies, Failure> {
        let opens = match command {
            Command::Accept { .. } => Opens::AtReception,
            Command::Finish { favourable: true, .. } => Opens::AfterResult,
            _ => return Ok(Copies::default()),
        };
        if seen.links_opening(opens).next().is_none() {
            return Ok(Copies::default());
        }
        let files: Vec<Attachment> = seen.attachments.iter().chain(sent).cloned().collect();
        let along = seen.links_opening(opens);
        let along = along.flat_map(|link| going(link.number, &link.papers, &files)).collect();
        self.copies(caller, along).await
    }

    /// Copies files, off the async threads. They wait as uploads do, so that what nobody takes goes.
    pub(super) async fn copies(
        &self,
        caller: &Caller,
        along: Vec<Going>,
    ) -> Result<Copies, Failure> {
        let (blobs, max_size) = (self.blobs.clone(), self.max_upload);
        let named: Vec<(AttachmentId, Attachment)> = along
            .iter()
            .map(|(_, _, file)| (AttachmentId(self.env.bytes()), file.clone()))
            .collect();
        if named.is_empty() {
            return Ok(Copies::default());
        }
        let copying = tokio::task::spawn_blocking(move || {
            named.iter().map(|(id, file)| blobs.copy(*id, file, max_size)).collect()
        });
        let copied: Result<Vec<_>, _> = copying
            .await
            .map_err(|error| Fault::caused(FaultKind::Interrupted, "copying files", error))?;
        let (mut copies, now) = (Copies::default(), self.env.now());
        for (blob, (number, component, _)) in copied?.into_iter().zip(along) {
            let upload: Upload = self.keep_blob(blob, caller)?;
            copies.of.push((number, upload.attachment(Some(component), false, now)));
        }
        Ok(copies)
    }

    /// Takes back copies of which nothing came.
    pub(super) fn discard_copies(&self, caller: &Caller, copies: &Copies) {
        for id in copies.ids() {
            if let Err(failure) = self.discard_upload(id, caller) {
                // They go with the next sweep.
                tracing::warn!(%failure, "a copied file stays for now");
            }
        }
    }

    /// The parts of a dossier as others see them.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn links(&self, dossier: &Dossier) -> Result<Vec<LinkSeen>, Failure> {
        if dossier.links.is_empty() {
            return Ok(Vec::new());
        }
        let reader = self.ledger.reader()?;
        dossier.links.iter().map(|link| seen(&reader, dossier, link)).collect()
    }

    /// The status of the dossier that leads a part.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn leader_status(&self, part: &Dossier) -> Result<Option<Status>, Failure> {
        let Some(leader) = &part.led_by else { return Ok(None) };
        Ok(self.ledger.reader()?.head(leader.id)?.map(|head| head.status))
    }
}

fn seen(reader: &Reader, leader: &Dossier, link: &Link) -> Result<LinkSeen, Failure> {
    let head = match &link.dossier {
        Some((id, _)) => reader.head(*id)?,
        None => None,
    };
    let state = match &head {
        Some(head) if head.status.is_ended() && head.status != Status::Finished => LinkState::Ended,
        Some(_) => LinkState::Open,
        // A dossier that ended has opened everything that it was to open.
        None if leader.status.is_ended() => LinkState::Dropped,
        None => LinkState::Planned,
    };
    let (status, due_at) = head.map_or((None, None), |head| (Some(head.status), head.due_at));
    Ok(LinkSeen { link: link.clone(), state, status, due_at })
}

/// What a command on a leading dossier brings with it, inside the writer.
pub(super) struct Follow<'a> {
    /// What rules look up.
    pub world: &'a World,
    /// Who acts.
    pub actor: &'a Actor,
    /// Copies of what goes along.
    pub copies: &'a Copies,
}

impl Follow<'_> {
    /// Opens the parts that these events are the moment for, and voids those of a voided dossier.
    /// Returns the leading dossier as it is then.
    pub fn up(
        &self,
        txn: &mut Txn<'_>,
        leader: Dossier,
        events: &[Event],
    ) -> Result<Dossier, Failure> {
        for event in events {
            if let Event::Voided { reason } = event {
                self.void_parts(txn, &leader, reason)?;
            }
        }
        if leader.links.iter().all(|link| link.dossier.is_some()) {
            return Ok(leader);
        }
        check_unclaimed(txn, &self.copies.files())?;
        let moments: Vec<Opens> =
            events.iter().flat_map(|event| leader.moments_of(event)).copied().collect();
        let mut leader = leader;
        for moment in moments {
            let due: Vec<Link> = leader.links_opening(moment).cloned().collect();
            for link in due {
                leader = self.open_part(txn, leader.id, &link)?;
            }
        }
        Ok(leader)
    }

    fn open_part(
        &self,
        txn: &mut Txn<'_>,
        leader: DossierId,
        link: &Link,
    ) -> Result<Dossier, Failure> {
        let stored = txn.dossier(leader)?.ok_or_else(no_dossier)?;
        let now = txn.now();
        let receiving = stored.dossier.receiving_agency.clone();
        let rules = self.world.pack_for(&receiving, now);
        // One secret opens all of it.
        let secret = stored.dossier.lookup_secret.clone();
        let new = txn.new_key(new_id(now, txn.env().bytes()));
        let names = new_names(txn, new.id, &receiving, rules, secret)?;
        let ctx = Context { now, actor: self.actor, rules, directory: self.world };
        let files = self.copies.of(link.number);
        let events = open(&stored.dossier, link, names, files, &ctx)?;
        let part = txn.create(new, &events, &self.actor.label())?;
        let (number, dossier, code) = (link.number, part.id, part.code);
        let opened = Event::LinkOpened { number, dossier, code };
        txn.append(stored, &[opened], &self.actor.label())
    }

    fn void_parts(&self, txn: &mut Txn<'_>, leader: &Dossier, reason: &str) -> Result<(), Failure> {
        let open: Vec<(DossierId, DossierCode)> =
            leader.links.iter().filter_map(|link| link.dossier.clone()).collect();
        for (id, _) in open {
            let Some(part) = txn.dossier(id)? else { continue };
            if let Some(event) = void_with(leader, &part.dossier, reason)? {
                txn.append(part, &[event], &self.actor.label())?;
            }
        }
        Ok(())
    }
}
