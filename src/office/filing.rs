//! Filing a dossier: by a citizen online, by a receptionist over the counter, by a program.

use std::sync::Arc;

use jiff::Timestamp;

use super::linking::{Copies, Follow, going};
use super::repeat::{self, Answer, Once};
use super::uploads::check_unclaimed;
use super::{Caller, Office, words};
use crate::domain::calendar::local;
use crate::domain::catalogue::Channel;
use crate::domain::dossier::linking::{Follower, Opens};
use crate::domain::dossier::{
    Attachment, Context, Directory, Dossier, Evidence, Form, Link, Names, Status, Submission,
    SubmittedPaper, lookup_secret, submit,
};
use crate::domain::ids::{AgencyCode, AttachmentId, DossierCode, DossierId, ProcedureCode};
use crate::domain::person::{Mandate, Person};
use crate::domain::refusal::Refusal;
use crate::domain::rules::RulePack;
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
    /// Who decides, when that is said; else the receiving agency, or the first that settles it.
    pub competent: Option<String>,
    /// Who decides the procedures that follow, where that is left to the filing: codes of procedure
    /// and agency.
    pub linked: Vec<(String, String)>,
    /// The desk helped to file it on the national portal.
    pub is_assisted: bool,
    /// The version of the declared form that was filled in; the newest when none is named.
    pub form_version: Option<u32>,
}

impl Filing {
    /// A filing of which no more is said than what, how and by whom.
    pub fn of(procedure: impl Into<String>, channel: Channel, applicant: Person) -> Self {
        Self {
            procedure: procedure.into(),
            agency: None,
            channel,
            return_channel: Channel::Counter,
            owner: None,
            applicant,
            mandate: None,
            form: Form::default(),
            papers: Vec::new(),
            external_codes: Vec::new(),
            competent: None,
            linked: Vec::new(),
            is_assisted: false,
            form_version: None,
        }
    }
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
    /// Its parts in other agencies.
    pub links: Vec<Link>,
}

impl Filed {
    fn of(dossier: Dossier, answer: Answer) -> Self {
        Self {
            id: dossier.id,
            code: dossier.code,
            lookup_secret: dossier.lookup_secret,
            version: answer.version,
            status: answer.status,
            due_at: answer.due_at,
            links: dossier.links,
        }
    }
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
        let copies = self.copies_for_filing(caller, &submission, &attachments).await?;
        let along = copies.clone();
        let new = self.ledger.new_key(new_id(self.env.now(), self.env.bytes()));
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
                let rules = world.pack_for(agency, now);
                let secret = lookup_secret(txn.env().bytes());
                let names = new_names(txn, new.id, agency, rules, secret)?;
                let ctx = Context { now, actor: &actor, rules, directory: world.as_ref() };
                let events = submit(&submission, names, &ctx)?;
                let dossier = txn.create(new, &events, &actor.label())?;
                let follow = Follow { world: &world, actor: &actor, copies: &along };
                let dossier = follow.up(txn, dossier, &events)?;
                let answer = Answer::of(&dossier);
                repeat::remember(txn, once.as_ref(), answer);
                Ok(Done::Now(Filed::of(dossier, answer)))
            })
            .await;
        let done = match done {
            Ok(done) => done.value,
            Err(failure) => {
                self.discard_copies(caller, &copies);
                return Err(failure);
            }
        };
        self.forget_uploads(&[claimed, copies.ids()].concat())?;
        match done {
            Done::Now(filed) => {
                self.note_at_ticket(caller, &filed.code);
                Ok(filed)
            }
            Done::Before(answer) => self.filed(answer),
        }
    }

    /// Copies what goes along to the parts that open with a filing.
    async fn copies_for_filing(
        &self,
        caller: &Caller,
        submission: &Submission,
        files: &[Attachment],
    ) -> Result<Copies, Failure> {
        let world = self.world();
        let is_received = submission.channel != Channel::Online || submission.is_assisted;
        let opens = |follower: &Follower| match follower.opens {
            Opens::WithSubmission => true,
            Opens::AtReception => is_received,
            Opens::AfterResult => false,
        };
        let followers = (1..).zip(world.followers(&submission.procedure));
        let along = followers.filter(|(_, follower)| opens(follower));
        let along = along.flat_map(|(number, f)| going(number, &f.papers, files)).collect();
        self.copies(caller, along).await
    }

    fn filed(&self, answer: Answer) -> Result<Filed, Failure> {
        let stored = self.ledger.reader()?.dossier(answer.dossier)?;
        Ok(Filed::of(stored.ok_or_else(super::no_dossier)?.dossier, answer))
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
                let taker = world
                    .takers(&procedure, self.today())
                    .first()
                    .map(|agency| agency.code.clone());
                taker.ok_or_else(|| Refusal::field("agency", words::NO_AGENCY))?
            }
        };
        let competent_agency = match filing.competent.as_deref().map(str::trim) {
            Some(code) if !code.is_empty() => AgencyCode::new(code.to_uppercase()),
            _ => world.competent(&receiving, &procedure),
        };
        let linked = filing.linked.into_iter().map(|(procedure, agency)| {
            let agency = AgencyCode::new(agency.trim().to_uppercase());
            (ProcedureCode::new(procedure.trim()), agency)
        });
        let linked = linked.collect();
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
            linked,
            is_assisted: filing.is_assisted,
            form_version: filing.form_version,
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

/// The names of a dossier that is opened now.
pub(super) fn new_names(
    txn: &mut Txn<'_>,
    id: DossierId,
    agency: &AgencyCode,
    rules: &RulePack,
    lookup_secret: String,
) -> Result<Names, Failure> {
    let day = local(txn.now()).date();
    let code = rules.code_format.code(agency, day, txn.next_number(agency, day)?);
    Ok(Names { id, code, lookup_secret })
}

/// A time-ordered id (UUID version 7).
pub(crate) fn new_id(now: Timestamp, random: [u8; 10]) -> DossierId {
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    DossierId(*uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid().as_bytes())
}
