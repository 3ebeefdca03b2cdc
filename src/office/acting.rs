//! Actions on dossiers, by the desk and by the applicant, and files added to them.

use std::sync::Arc;

use super::certifying::draw_numbers;
use super::linking::{Copies, Follow};
use super::repeat::{self, Answer, Once};
use super::uploads::check_unclaimed;
use super::world::World;
use super::{Caller, Office, no_dossier};
use crate::domain::dossier::{
    Action, Actor, Attachment, Command, Context, Directory, Dossier, Request, check_possible,
    decide, words,
};
use crate::domain::ids::{AttachmentId, ComponentId, DossierCode, DossierId};
use crate::domain::look::Part;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::store::ledger::Failure;
use crate::store::txn::Txn;

/// The files of a command, still to be claimed: by component id or name, or none for results.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(pub Vec<(Option<String>, AttachmentId)>);

/// An action with whether the caller may do it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Possible {
    /// The action.
    pub action: Action,
    /// Why not, if not.
    pub refusal: Option<Refusal>,
}

impl Office {
    /// The dossier with this code, if this desk caller may see it, and as far as they may. Its code is
    /// its own, or one that another system gave it.
    ///
    /// # Errors
    /// There is none, or it is not the caller's to see.
    pub fn dossier(&self, caller: &Caller, code: &DossierCode) -> Result<Dossier, Failure> {
        let reader = self.ledger.reader()?;
        let stored = match reader.find(code)? {
            Some(id) => reader.dossier(id)?,
            None => None,
        };
        let dossier = stored.ok_or_else(no_dossier)?.dossier;
        let actor = caller.actor();
        let sees = match caller {
            Caller::Staff(_) => actor.sees(&dossier),
            Caller::Program(_) => true,
            Caller::Citizen(_) | Caller::Draft(_) | Caller::Anybody => false,
        };
        if sees { Ok(dossier.seen_by(&actor)) } else { Err(no_dossier().into()) }
    }

    /// As [`Office::dossier`], for who is shown a page about it: noted as a look.
    ///
    /// # Errors
    /// As for [`Office::dossier`].
    pub fn look_at(&self, caller: &Caller, code: &DossierCode) -> Result<Dossier, Failure> {
        let dossier = self.dossier(caller, code)?;
        self.note_look(caller, &dossier, Part::Dossier);
        Ok(dossier)
    }

    /// As [`Office::dossier`], for what is only done where the dossier is worked on.
    pub(super) fn whole_dossier(
        &self,
        caller: &Caller,
        code: &DossierCode,
    ) -> Result<Dossier, Failure> {
        let dossier = self.dossier(caller, code)?;
        match dossier.is_whole_to(&caller.actor()) {
            true => Ok(dossier),
            false => Err(no_dossier().into()),
        }
    }

    /// Every action with whether this caller may do it to the dossier now.
    pub fn possible(&self, caller: &Caller, dossier: &Dossier) -> Vec<Possible> {
        let (actor, world) = (caller.actor(), self.world());
        let rules = world.rules_of(dossier, self.now());
        let check = |action: &Action| Possible {
            action: *action,
            refusal: check_possible(dossier, *action, &actor, rules).err(),
        };
        Action::ALL.iter().map(check).collect()
    }

    /// Does an action for somebody at a desk. Sent twice under the same [`Once`], it is done once.
    ///
    /// # Errors
    /// A refusal, or a fault; nothing has changed then.
    pub async fn act(
        &self,
        caller: &Caller,
        code: &DossierCode,
        request: Request,
        files: Files,
        once: Option<Once>,
    ) -> Result<Dossier, Failure> {
        let dossier = self.dossier(caller, code)?;
        self.act_as(caller, caller.actor(), &dossier, request, files, once).await
    }

    pub(super) async fn act_as(
        &self,
        caller: &Caller,
        actor: Actor,
        seen: &Dossier,
        mut request: Request,
        files: Files,
        once: Option<Once>,
    ) -> Result<Dossier, Failure> {
        let attachments = match self.claim_files(caller, seen, &files, &request.command) {
            Ok(attachments) => attachments,
            // Its files may be gone into the dossier because the request came before.
            Err(failure) => {
                let answered = self.answered(once.as_ref())?;
                return answered.map_or(Err(failure), |answer| self.as_answered(answer));
            }
        };
        put_files(&mut request.command, &attachments);
        if let Command::Certify { order: Some(order), .. } = &mut request.command {
            self.price(&seen.competent_agency, order)?;
        }
        let copies = self.copies_for(caller, seen, &request.command, &attachments).await?;
        let claimed: Vec<AttachmentId> = attachments.iter().map(|a| a.id).collect();
        let deed = Deed { world: self.world(), actor, id: seen.id, request, attachments, once };
        let along = copies.clone();
        let done = match self.ledger.run(move |txn| deed.done(txn, &along)).await {
            Ok(done) => done.value,
            Err(failure) => {
                self.discard_copies(caller, &copies);
                return Err(failure);
            }
        };
        self.forget_uploads(&[claimed, copies.ids()].concat())?;
        self.as_answered(done)
    }

    /// Does an action to each of many dossiers, without files, in one commit. Each has its own
    /// outcome: a refused one takes no other down.
    ///
    /// # Errors
    /// The store fails; what was done then is not known.
    pub async fn act_on_each(
        &self,
        caller: &Caller,
        requests: Vec<(DossierCode, Request)>,
        once: impl Fn(&DossierCode) -> Option<Once>,
    ) -> Result<Vec<Result<Dossier, Failure>>, Failure> {
        let (actor, world) = (caller.actor(), self.world());
        let mut outcomes: Vec<Result<Dossier, Failure>> = Vec::with_capacity(requests.len());
        let (mut deeds, mut places, mut all_copies) = (Vec::new(), Vec::new(), Vec::new());
        for (place, (code, request)) in requests.into_iter().enumerate() {
            let seen = match self.dossier(caller, &code) {
                Ok(seen) => seen,
                Err(failure) => {
                    outcomes.push(Err(failure));
                    continue;
                }
            };
            let copies = self.copies_for(caller, &seen, &request.command, &[]).await?;
            let deed = Deed::new(world.clone(), actor.clone(), seen.id, request);
            let deed = Deed { once: once(&code), ..deed };
            all_copies.push(copies.clone());
            deeds.push(move |txn: &mut Txn<'_>| deed.done(txn, &copies));
            places.push(place);
            outcomes.push(Ok(seen));
        }
        let done = self.ledger.run_each(deeds).await?;
        for ((place, done), copies) in places.into_iter().zip(done).zip(all_copies) {
            outcomes[place] = match done {
                Ok(done) => {
                    self.forget_uploads(&copies.ids())?;
                    self.as_answered(done.value)
                }
                Err(failure) => {
                    self.discard_copies(caller, &copies);
                    Err(failure)
                }
            };
        }
        Ok(outcomes)
    }

    /// The dossier as an answer describes it: a repeated request is told what the first one was.
    pub(super) fn as_answered(&self, answer: Answer) -> Result<Dossier, Failure> {
        let stored = self.ledger.reader()?.dossier(answer.dossier)?;
        let mut dossier = stored.ok_or_else(no_dossier)?.dossier;
        dossier.version = answer.version;
        dossier.status = answer.status;
        dossier.clock.due_at = answer.due_at;
        Ok(dossier)
    }

    pub(super) fn claim_files(
        &self,
        caller: &Caller,
        dossier: &Dossier,
        files: &Files,
        command: &Command,
    ) -> Result<Arc<[Attachment]>, Failure> {
        let field = |position: usize| match command {
            Command::Finish { .. } => "result.uploads".to_owned(),
            Command::SubmitForApproval { .. } => "draft.uploads".to_owned(),
            _ => format!("uploads[{position}].id"),
        };
        let named = files.0.iter().enumerate();
        let wanted: Vec<_> = named.map(|(i, (_, id))| (field(i), *id)).collect();
        let uploads = self.claim_uploads(&wanted, caller)?;
        let now = self.env.now();
        let is_result = matches!(command, Command::Finish { .. });
        let mut attachments = Vec::with_capacity(uploads.len());
        for (position, (upload, (component, _))) in uploads.into_iter().zip(&files.0).enumerate() {
            let component = match component {
                Some(named) => Some(self.component_of(dossier, named).ok_or_else(|| {
                    let text = words::UNKNOWN_COMPONENT.text(&[("component", named)]);
                    Refusal::field(format!("uploads[{position}].component"), text)
                })?),
                None => None,
            };
            attachments.push(upload.attachment(component, is_result, now));
        }
        Ok(attachments.into())
    }

    pub(super) fn component_of(&self, dossier: &Dossier, named: &str) -> Option<ComponentId> {
        let world = self.world();
        let of_procedure = world.procedure(&dossier.procedure).and_then(|p| p.component(named));
        let handed_in = dossier
            .components
            .iter()
            .find(|paper| paper.component.as_str() == named || paper.name == named);
        of_procedure
            .map(|component| component.id.clone())
            .or_else(|| handed_in.map(|paper| paper.component.clone()))
    }

    /// A file of a dossier that this desk caller may see. It is noted as a look.
    ///
    /// # Errors
    /// The dossier or the file is not there, or not the caller's to see.
    pub fn attachment(
        &self,
        caller: &Caller,
        code: &DossierCode,
        id: AttachmentId,
    ) -> Result<Attachment, Failure> {
        let dossier = self.dossier(caller, code)?;
        let file = dossier
            .desk_file(id)
            .cloned()
            .ok_or_else(|| Refusal::new(RefusalKind::NotFound, super::words::ATTACHMENT_NONE))?;
        self.note_look(caller, &dossier, Part::File);
        Ok(file)
    }
}

/// Draws the numbers that a certification needs. When it is refused, they are not used; why, is said
/// by the rule itself.
fn number_certified(
    txn: &mut Txn<'_>,
    dossier: &Dossier,
    request: &mut Request,
    ctx: &Context<'_>,
) {
    if let Command::Certify { order, numbers } = &mut request.command {
        *numbers = draw_numbers(txn, dossier, order.as_ref(), ctx).unwrap_or_default();
    }
}

/// Puts claimed files into the command that they came with.
pub(super) fn put_files(command: &mut Command, files: &[Attachment]) {
    match command {
        Command::Supplement { attachments, .. }
        | Command::AddPapers { attachments }
        | Command::SubmitForApproval { attachments, .. }
        | Command::AnswerConsultation { attachments, .. }
        | Command::Finish { attachments, .. } => *attachments = files.to_vec(),
        _ => {}
    }
}

/// A request on a dossier on its way to the writer.
pub(super) struct Deed {
    world: Arc<World>,
    actor: Actor,
    id: DossierId,
    request: Request,
    attachments: Arc<[Attachment]>,
    once: Option<Once>,
}

impl Deed {
    /// A request that brings no files and is sent once.
    pub fn new(world: Arc<World>, actor: Actor, id: DossierId, request: Request) -> Self {
        Self { world, actor, id, request, attachments: Arc::default(), once: None }
    }

    /// Decides and writes it, with what it brings along for linked dossiers.
    pub fn done(&self, txn: &mut Txn<'_>, copies: &Copies) -> Result<Answer, Failure> {
        if let Some(answer) = repeat::recall(txn, self.once.as_ref())? {
            return Ok(answer);
        }
        let stored = txn.dossier(self.id)?.ok_or_else(no_dossier)?;
        check_unclaimed(txn, &self.attachments)?;
        let (now, world, actor) = (txn.now(), self.world.as_ref(), &self.actor);
        let rules = world.rules_of(&stored.dossier, now);
        let ctx = Context { now, actor, rules, directory: world };
        let mut request = self.request.clone();
        number_certified(txn, &stored.dossier, &mut request, &ctx);
        let events = decide(&stored.dossier, &request, &ctx)?;
        let dossier = txn.append(stored, &events, &actor.label())?;
        let dossier = Follow { world, actor, copies }.up(txn, dossier, &events)?;
        let answer = Answer::of(&dossier);
        repeat::remember(txn, self.once.as_ref(), answer);
        Ok(answer)
    }
}
