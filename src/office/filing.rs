//! Filing a dossier: by a citizen online, by a receptionist over the counter, by a program.

use std::sync::Arc;

use jiff::Timestamp;

use super::repeat::{self, Answer, Once};
use super::uploads::check_unclaimed;
use super::{Caller, Office, words};
use crate::domain::calendar::local;
use crate::domain::catalogue::Channel;
use crate::domain::dossier::{
    Attachment, Context, Directory, Event, Evidence, Form, Names, Status, Submission,
    SubmittedPaper, lookup_secret, submit,
};
use crate::domain::ids::{AgencyCode, AttachmentId, DossierCode, DossierId, ProcedureCode};
use crate::domain::person::{Mandate, Person};
use crate::domain::refusal::Refusal;
use crate::store::ledger::Failure;
use crate::store::txn::Txn;

/// What somebody files, before files are claimed and agencies chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filing {
    /// The procedure's code.
    pub procedure: String,
    /// Where it is handed in; the caller's own agency, or the one that takes the procedure.
    pub agency: Option<String>,
    /// The way in.
    pub channel: Channel,
    /// The way out.
    pub return_channel: Channel,
    /// Whose matter it is, when it is not the applicant's.
    pub owner: Option<Person>,
    /// Who files.
    pub applicant: Person,
    /// By what right.
    pub mandate: Option<Mandate>,
    /// The answers.
    pub form: Form,
    /// The papers.
    pub papers: Vec<FiledPaper>,
    /// Numbers that other systems gave it.
    pub external_codes: Vec<String>,
}

/// A paper and its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiledPaper {
    /// The component's id or exact name.
    pub component: String,
    /// Originals.
    pub originals: u32,
    /// Copies.
    pub copies: u32,
    /// Will be brought on paper.
    pub on_paper: bool,
    /// Uploads.
    pub uploads: Vec<AttachmentId>,
    /// Its form, number, date and issuer; kept when the desk says so.
    pub evidence: Evidence,
}

/// What the sender learns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    /// Internal id.
    pub id: DossierId,
    /// The code on paper.
    pub code: DossierCode,
    /// The secret that opens it.
    pub lookup_secret: String,
    /// Its version.
    pub version: u64,
    /// Its status.
    pub status: Status,
    /// When the answer or result is due.
    pub due_at: Option<Timestamp>,
}

/// Whether a dossier was filed now, or by the same request before.
enum Done {
    Now(Filed),
    Before(Answer),
}

impl Office {
    /// Files a dossier. Sent twice under the same [`Once`], it is filed once.
    ///
    /// # Errors
    /// A refusal that names every field to repair, or a fault; nothing was filed then.
    pub async fn file(
        &self,
        caller: &Caller,
        filing: Filing,
        once: Option<Once>,
    ) -> Result<Filed, Failure> {
        let world = self.world();
        let submission = match self.submission(caller, filing) {
            Ok(submission) => submission,
            // Its files may be gone into the dossier because the request came before.
            Err(failure) => {
                let answered = self.answered(once.as_ref())?;
                return answered.map_or(Err(failure), |answer| self.filed(answer));
            }
        };
        let attachments: Arc<[Attachment]> =
            submission.papers.iter().flat_map(|paper| paper.attachments.clone()).collect();
        let claimed: Vec<AttachmentId> = attachments.iter().map(|a| a.id).collect();
        let actor = caller.actor();
        let done = self
            .ledger
            .run(move |txn| {
                if let Some(answer) = repeat::recall(txn, once.as_ref())? {
                    return Ok(Done::Before(answer));
                }
                check_unclaimed(txn, &attachments)?;
                check_codes(txn, &submission.external_codes)?;
                let now = txn.now();
                let agency = &submission.receiving_agency;
                let (day, rules) = (local(now).date(), world.pack_for(agency, now));
                let names = Names {
                    id: new_id(now, txn.env().bytes()),
                    code: rules.code_format.code(agency, day, txn.next_number(agency, day)?),
                    lookup_secret: lookup_secret(txn.env().bytes()),
                };
                let ctx = Context { now, actor: &actor, rules, directory: world.as_ref() };
                let mut events = submit(&submission, names, &ctx)?.into_iter();
                let Some(Event::Submitted(first)) = events.next() else {
                    return Err(Refusal::field("procedure", words::PROCEDURE_UNKNOWN).into());
                };
                let later: Vec<Event> = events.collect();
                let dossier = txn.create(*first, &later, actor.label())?;
                let answer = Answer {
                    dossier: dossier.id,
                    version: dossier.version,
                    status: dossier.status,
                    due_at: dossier.clock.due_at,
                };
                repeat::remember(txn, once.as_ref(), answer);
                Ok(Done::Now(Filed {
                    id: dossier.id,
                    code: dossier.code,
                    lookup_secret: dossier.lookup_secret,
                    version: answer.version,
                    status: answer.status,
                    due_at: answer.due_at,
                }))
            })
            .await?;
        self.forget_uploads(&claimed)?;
        match done.value {
            Done::Now(filed) => {
                self.note_at_ticket(caller, &filed.code);
                Ok(filed)
            }
            Done::Before(answer) => self.filed(answer),
        }
    }

    fn filed(&self, answer: Answer) -> Result<Filed, Failure> {
        let stored = self.ledger.reader()?.dossier(answer.dossier)?;
        let dossier = stored.ok_or_else(super::no_dossier)?.dossier;
        Ok(Filed {
            id: dossier.id,
            code: dossier.code,
            lookup_secret: dossier.lookup_secret,
            version: answer.version,
            status: answer.status,
            due_at: answer.due_at,
        })
    }

    pub(super) fn submission(
        &self,
        caller: &Caller,
        filing: Filing,
    ) -> Result<Submission, Failure> {
        let world = self.world();
        let procedure_code = ProcedureCode::new(filing.procedure.trim());
        let procedure = world.shared_procedure(&procedure_code).ok_or_else(|| {
            let values = [("procedure", procedure_code.as_str())];
            let text = crate::domain::dossier::words::UNKNOWN_PROCEDURE.text(&values);
            Refusal::field("procedure", text)
        })?;
        let receiving = match (&filing.agency, caller.staff()) {
            (Some(agency), _) => {
                let code = AgencyCode::new(agency.trim().to_uppercase());
                world.agency(&code).map(|agency| agency.code.clone()).ok_or_else(|| {
                    let text = words::AGENCY_UNKNOWN.text(&[("code", agency)]);
                    Refusal::field("agency", text)
                })?
            }
            (None, Some(staff)) => staff.agency.clone(),
            (None, None) => {
                let taker = world.takers(&procedure).first().map(|agency| agency.code.clone());
                taker.ok_or_else(|| Refusal::field("agency", words::NO_AGENCY))?
            }
        };
        let competent_agency = world.competent(&receiving, &procedure);
        let papers = self.claim_papers(caller, filing.papers, &procedure)?;
        Ok(Submission {
            procedure: procedure_code,
            receiving_agency: receiving,
            competent_agency,
            channel: filing.channel,
            return_channel: filing.return_channel,
            owner: filing.owner,
            applicant: filing.applicant,
            mandate: filing.mandate,
            form: filing.form,
            papers,
            external_codes: filing.external_codes,
        })
    }

    fn claim_papers(
        &self,
        caller: &Caller,
        papers: Vec<FiledPaper>,
        procedure: &crate::domain::catalogue::Procedure,
    ) -> Result<Vec<SubmittedPaper>, Failure> {
        let wanted: Vec<(String, AttachmentId)> = papers
            .iter()
            .enumerate()
            .flat_map(|(position, paper)| {
                let field = format!("components[{position}].uploads");
                paper.uploads.iter().map(move |id| (field.clone(), *id))
            })
            .collect();
        let mut uploads = self.claim_uploads(&wanted, caller)?.into_iter();
        let now = self.env.now();
        let claimed = papers.into_iter().map(|paper| {
            let component = procedure.component(&paper.component).map(|c| c.id.clone());
            let files = uploads.by_ref().take(paper.uploads.len());
            SubmittedPaper {
                attachments: files.map(|u| u.attachment(component.clone(), false, now)).collect(),
                component: paper.component,
                originals: paper.originals,
                copies: paper.copies,
                on_paper: paper.on_paper,
                evidence: paper.evidence,
            }
        });
        Ok(claimed.collect())
    }
}

/// Refuses another system's code under which a dossier is found already.
fn check_codes(txn: &Txn<'_>, codes: &[String]) -> Result<(), Failure> {
    for (position, code) in codes.iter().enumerate() {
        if txn.find(&DossierCode::new(code.clone()))?.is_some() {
            let field = format!("external_codes[{position}]");
            return Err(Refusal::field(field, words::CODE_TAKEN).into());
        }
    }
    Ok(())
}

/// A time-ordered id (UUID version 7).
pub(crate) fn new_id(now: Timestamp, random: [u8; 10]) -> DossierId {
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    DossierId(*uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid().as_bytes())
}
