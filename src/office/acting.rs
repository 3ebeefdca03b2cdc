//! Actions on dossiers, by the desk and by the applicant, and files added to them.

use std::sync::Arc;

use super::certifying::draw_numbers;
use super::repeat::{self, Answer, Once};
use super::uploads::check_unclaimed;
use super::{Caller, Office, no_dossier};
use crate::domain::dossier::{
    Action, Actor, Attachment, Command, Context, Directory, Dossier, Request, check_possible,
    decide, words,
};
use crate::domain::ids::{AttachmentId, ComponentId, DossierCode};
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
    /// The dossier with this code, if this desk caller may see it.
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
        let sees = match caller {
            Caller::Staff(_) => caller.actor().sees(&dossier),
            Caller::Program(_) => true,
            Caller::Citizen(_) | Caller::Anybody => false,
        };
        if sees { Ok(dossier) } else { Err(no_dossier().into()) }
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
        let id = seen.id;
        let claimed: Vec<AttachmentId> = attachments.iter().map(|a| a.id).collect();
        let world = self.world();
        let done = self
            .ledger
            .run(move |txn| {
                if let Some(answer) = repeat::recall(txn, once.as_ref())? {
                    return Ok(answer);
                }
                let stored = txn.dossier(id)?.ok_or_else(no_dossier)?;
                check_unclaimed(txn, &attachments)?;
                let now = txn.now();
                let rules = world.rules_of(&stored.dossier, now);
                let ctx = Context { now, actor: &actor, rules, directory: world.as_ref() };
                number_certified(txn, &stored.dossier, &mut request, &ctx);
                let events = decide(&stored.dossier, &request, &ctx)?;
                let dossier = txn.append(stored, &events, actor.label())?;
                let answer = answer(&dossier);
                repeat::remember(txn, once.as_ref(), answer);
                Ok(answer)
            })
            .await?;
        self.forget_uploads(&claimed)?;
        self.as_answered(done.value)
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

    /// A file of a dossier that this desk caller may see.
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
        dossier.desk_file(id).cloned().ok_or_else(|| {
            Refusal::new(RefusalKind::NotFound, super::words::ATTACHMENT_NONE).into()
        })
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
        | Command::SubmitForApproval { attachments, .. }
        | Command::Finish { attachments, .. } => *attachments = files.to_vec(),
        _ => {}
    }
}

fn answer(dossier: &Dossier) -> Answer {
    Answer {
        dossier: dossier.id,
        version: dossier.version,
        status: dossier.status,
        due_at: dossier.clock.due_at,
    }
}
