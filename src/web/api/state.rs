//! A dossier's state as the desk and its applicant read it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::documents::OriginState;
use super::evidence::EvidenceBody;
use super::money::{DeclaredState, FeeState, PaymentState, TransferState};
use super::names::{ChannelName, DeadlineStateName, StageName, TakerName};
use super::person::{MandateBody, PersonBody};
use crate::domain::calendar::written;
use crate::domain::deadline;
use crate::domain::dossier::{
    Attachment, Certification, CertifiedLine, Change, Consultation, Directory, Dossier, Paper,
    Settlement, Status, Supplement, book_number, clock_agency,
};
use crate::office::answers::form_json;
use crate::office::linking::LinkSeen;
use crate::office::world::World;

/// A dossier.
#[derive(Serialize, ToSchema)]
pub struct DossierState {
    /// The code on paper.
    #[schema(example = "H40.12-261123-0001")]
    pub code: String,
    /// Numbers that other systems gave it.
    pub external_codes: Vec<String>,
    /// Number of events; each action names the version that it saw.
    #[schema(minimum = 1)]
    pub version: u64,
    /// The national status, 1 to 10.
    #[schema(minimum = 1, maximum = 10)]
    pub status: u8,
    /// The national words of the status.
    #[schema(example = "Đang xử lý")]
    pub status_name: &'static str,
    /// Where it stands inside Processing; null in other statuses.
    pub stage: Option<StageName>,
    /// The procedure's national code.
    pub procedure: String,
    /// The procedure's name when it was filed.
    pub procedure_name: String,
    /// The procedure's field.
    pub field: String,
    /// The agency that takes it in and hands it back.
    pub receiving_agency: String,
    /// The agency that decides.
    pub competent_agency: String,
    /// The way in.
    pub channel: ChannelName,
    /// The way out that the applicant chose.
    pub return_channel: ChannelName,
    /// Whose matter it is.
    pub owner: PersonBody,
    /// Who filed it.
    pub applicant: PersonBody,
    /// By what right.
    pub mandate: Option<MandateBody>,
    /// The answers of the form.
    #[schema(value_type = Object)]
    pub form: Value,
    /// The papers that were handed in.
    pub components: Vec<PaperState>,
    /// The files.
    pub attachments: Vec<AttachmentState>,
    /// Who holds it at the desk.
    pub holder: HolderState,
    /// When it was filed.
    #[schema(format = DateTime)]
    pub submitted_at: String,
    /// When it was received.
    #[schema(format = DateTime)]
    pub received_at: Option<String>,
    /// When it is due, or was when it was settled; null while paused.
    #[schema(format = DateTime)]
    pub due_at: Option<String>,
    /// How it stands against that; null when nothing was settled.
    pub deadline_state: Option<DeadlineStateName>,
    /// When its settlement ended.
    #[schema(format = DateTime)]
    pub ended_at: Option<String>,
    /// When its result was handed over.
    #[schema(format = DateTime)]
    pub returned_at: Option<String>,
    /// What must be added, while a supplement is required.
    pub supplement: Option<SupplementState>,
    /// Fees and obligations.
    pub fees: Vec<FeeState>,
    /// What of them is still to be paid, in whole VND.
    pub unpaid: u64,
    /// Money that came in, reversed payments too.
    pub payments: Vec<PaymentState>,
    /// A transfer that the applicant declared and nobody has confirmed.
    pub declared: Option<DeclaredState>,
    /// How what is unpaid can be transferred; null when nothing is, or the agency has no account.
    pub transfer: Option<TransferState>,
    /// Questions to other agencies and units; empty for applicants.
    pub consultations: Vec<ConsultationState>,
    /// Number and date that the clerk gave the decision.
    pub number: Option<NumberState>,
    /// The result, once there is one.
    pub result: Option<ResultState>,
    /// Why it was refused, stopped, voided or asked back.
    pub reason: Option<String>,
    /// How many times the due date was put off with an apology.
    pub extensions: u32,
    /// How the result was handed over.
    pub delivery: Option<DeliveryState>,
    /// The rule pack that it lives under.
    pub rule_pack: String,
    /// The code of the dossier whose part it is.
    pub led_by: Option<String>,
    /// Whether the desk helped to file it online.
    pub assisted: bool,
    /// What is certified, or to be.
    pub certification: Option<CertificationState>,
    /// What the applicant asked to have corrected, until the section has answered.
    pub correction: Option<CorrectionState>,
}

/// What an applicant asked to have corrected.
#[derive(Serialize, ToSchema)]
pub struct CorrectionState {
    /// Each field with what stands there and what is to stand there.
    pub changes: Vec<ChangeState>,
    /// Why.
    pub reason: String,
    /// When it was asked for.
    #[schema(format = DateTime)]
    pub at: String,
}

/// A field and its two values.
#[derive(Serialize, ToSchema)]
pub struct ChangeState {
    /// Its path.
    #[schema(example = "owner.name")]
    pub field: String,
    /// What stood there.
    pub old: String,
    /// What stands or is to stand there.
    pub new: String,
}

/// A part of a dossier in another agency (liên thông), as far as others see it.
#[derive(Serialize, ToSchema)]
pub struct LinkItem {
    /// Counts from 1 within the leading dossier.
    pub link: u32,
    /// The procedure that follows.
    pub procedure: String,
    /// Its name.
    pub procedure_name: String,
    /// Who decides it.
    pub agency: String,
    /// When it opens: `with_submission`, `at_reception` or `after_result`.
    #[schema(example = "at_reception")]
    pub opens: &'static str,
    /// `planned`, `open`, `ended`, or `dropped` when what it waited for did not come.
    #[schema(example = "open")]
    pub state: &'static str,
    /// Its dossier's code, once it is open.
    pub code: Option<String>,
    /// Its national status.
    pub status: Option<u8>,
    /// Its national words.
    pub status_name: Option<&'static str>,
    /// When it is due, while its clock runs.
    #[schema(format = DateTime)]
    pub due_at: Option<String>,
}

impl From<&LinkSeen> for LinkItem {
    fn from(seen: &LinkSeen) -> Self {
        let link = &seen.link;
        Self {
            link: link.number,
            procedure: link.procedure.to_string(),
            procedure_name: link.procedure_name.clone(),
            agency: link.agency.to_string(),
            opens: link.opens.id(),
            state: seen.state.id(),
            code: link.dossier.as_ref().map(|(_, code)| code.to_string()),
            status: seen.status.map(Status::code),
            status_name: seen.status.map(|status| status.name().vi),
            due_at: seen.due_at.map(written),
        }
    }
}

/// What is certified in a dossier, or to be.
#[derive(Serialize, ToSchema)]
pub struct CertificationState {
    /// The papers.
    pub papers: Vec<CertifiedState>,
    /// Who signs.
    pub signer: String,
    /// When it was certified; null while it is only asked for.
    #[schema(value_type = Option<String>, format = Date)]
    pub date: Option<Date>,
}

impl From<&Certification> for CertificationState {
    fn from(certification: &Certification) -> Self {
        let Certification { lines, signer, on } = certification;
        let papers = lines.iter().map(|line| CertifiedState::of(line, *on)).collect();
        Self { papers, signer: signer.clone(), date: *on }
    }
}

/// A paper that is certified, or to be.
#[derive(Serialize, ToSchema)]
pub struct CertifiedState {
    /// The procedure's code.
    pub procedure: String,
    /// What the paper is called.
    pub name: String,
    /// Pages of the original.
    pub pages: u32,
    /// Copies.
    pub copies: u32,
    /// Its fee, in đồng.
    pub fee: u64,
    /// The book's sign.
    #[schema(example = "SCT/BS")]
    pub book: String,
    /// Its number in the year's book; null until it is certified.
    pub number: Option<u32>,
    /// The number as it stands on the stamp.
    #[schema(example = "1234, quyển số 01/2026-SCT/BS")]
    pub book_number: Option<String>,
}

impl CertifiedState {
    /// A line, certified on a day or not yet.
    pub fn of(line: &CertifiedLine, on: Option<Date>) -> Self {
        let numbered = line.number.zip(on);
        Self {
            procedure: line.procedure.to_string(),
            name: line.name.clone(),
            pages: line.pages,
            copies: line.copies,
            fee: line.fee,
            book: line.book.clone(),
            number: line.number,
            book_number: numbered.map(|(number, on)| book_number(number, on.year(), &line.book)),
        }
    }
}

/// A paper as it was handed in.
#[derive(Serialize, ToSchema)]
pub struct PaperState {
    /// The component's id.
    pub id: String,
    /// The component's name when it was handed in.
    pub name: String,
    /// Originals.
    pub originals: u32,
    /// Copies.
    pub copies: u32,
    /// Promised or handed in on paper.
    pub on_paper: bool,
    /// Checked off at the counter.
    pub checked: bool,
    /// What the desk wrote down of it.
    pub evidence: EvidenceBody,
}

/// A file of a dossier.
#[derive(Serialize, ToSchema)]
pub struct AttachmentState {
    /// Its id.
    pub id: String,
    /// The component that it belongs to.
    pub component: Option<String>,
    /// Its name.
    pub name: String,
    /// What its content is.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of its content, hexadecimal.
    pub sha256: String,
    /// Whether it belongs to the result.
    pub is_result: bool,
    /// When it was added.
    #[schema(format = DateTime)]
    pub added_at: String,
    /// Where it comes from, when it is a copy of one of the applicant's own papers.
    pub origin: Option<OriginState>,
}

/// Who holds a dossier at the desk.
#[derive(Serialize, ToSchema)]
pub struct HolderState {
    /// The unit.
    pub unit: Option<String>,
    /// The account; null for applicants.
    pub user: Option<String>,
}

/// What must be added.
#[derive(Serialize, ToSchema)]
pub struct SupplementState {
    /// Every missing thing.
    pub items: Vec<MissingState>,
    /// Until when.
    #[schema(format = DateTime)]
    pub due_at: Option<String>,
    /// The applicant will bring it on paper to the counter.
    pub is_promised: bool,
}

/// One missing thing.
#[derive(Serialize, ToSchema)]
pub struct MissingState {
    /// The component, when it is about one.
    pub component: Option<String>,
    /// What is wrong.
    pub reason: String,
}

/// A question to another agency or unit.
#[derive(Serialize, ToSchema)]
pub struct ConsultationState {
    /// Counts from 1 within the dossier.
    pub number: u32,
    /// The agency asked.
    pub agency: String,
    /// The unit asked.
    pub unit: Option<String>,
    /// The question.
    pub question: String,
    /// Until when.
    #[schema(format = DateTime)]
    pub due_at: String,
    /// The answer.
    pub answer: Option<String>,
    /// When it came.
    #[schema(format = DateTime)]
    pub answered_at: Option<String>,
    /// Whether it is or was late.
    pub late: bool,
    /// Ids of the dossier's files that go with the question.
    pub attachments: Vec<String>,
    /// The answer's files.
    pub answer_attachments: Vec<AttachmentState>,
}

/// Number and date of a decision.
#[derive(Serialize, ToSchema)]
pub struct NumberState {
    /// The number.
    pub number: String,
    /// Its date.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
}

/// The result.
#[derive(Serialize, ToSchema)]
pub struct ResultState {
    /// Granted, or refused with a reason.
    pub favourable: bool,
    /// The document's name.
    pub name: String,
    /// Its number.
    pub number: Option<String>,
    /// Why it was refused.
    pub reason: Option<String>,
    /// Why it must be fetched on paper, when the applicant wanted it online.
    pub collect_reason: Option<String>,
    /// Whether the receiving section has the paper.
    pub at_section: bool,
}

/// How a result was handed over.
#[derive(Serialize, ToSchema)]
pub struct DeliveryState {
    /// The way out.
    pub channel: ChannelName,
    /// Who took it.
    pub received_by: Option<String>,
    /// In what capacity, when it was said.
    pub taker: Option<TakerName>,
    /// The paper that gave the right to take it.
    pub mandate_paper: Option<String>,
    /// Whether the receipt was lost.
    pub receipt_lost: bool,
    /// The postal operator's number.
    pub tracking_number: Option<String>,
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// When a dossier is due, or was when it ended.
pub fn due_at(dossier: &Dossier) -> Option<Timestamp> {
    let ended = dossier.clock.ended_due_at.filter(|_| dossier.received_at.is_some());
    dossier.clock.due_at.or(ended)
}

/// How a dossier stands against its due date.
pub fn deadline_state(
    dossier: &Dossier,
    world: &World,
    now: Timestamp,
) -> Option<DeadlineStateName> {
    let due = due_at(dossier);
    if dossier.status.is_paused() {
        return Some(DeadlineStateName::Paused);
    }
    if !dossier.status.is_ended() {
        let calendar = world.calendar(clock_agency(dossier));
        let margin = world.rules(&dossier.rule_pack).due_soon_working_days;
        return due.map(|due| deadline::state(calendar, Some(due), now, margin).into());
    }
    Some(deadline::outcome(due?, dossier.ended_at?).into())
}

impl DossierState {
    /// As the desk sees it.
    pub fn new(dossier: &Dossier, world: &World, now: Timestamp) -> Self {
        let consulted = |c: &Consultation| ConsultationState::new(c, now);
        Self {
            code: dossier.code.to_string(),
            external_codes: dossier.external_codes.clone(),
            version: dossier.version,
            status: dossier.status.code(),
            status_name: dossier.status.name().vi,
            stage: (dossier.status == Status::Processing).then(|| dossier.stage.into()),
            procedure: dossier.procedure.to_string(),
            procedure_name: dossier.procedure_name.clone(),
            field: dossier.field.clone(),
            receiving_agency: dossier.receiving_agency.to_string(),
            competent_agency: dossier.competent_agency.to_string(),
            channel: dossier.channel.into(),
            return_channel: dossier.return_channel.into(),
            owner: (&dossier.owner).into(),
            applicant: (&dossier.submitter).into(),
            mandate: dossier.mandate.as_ref().map(Into::into),
            form: form_json(&dossier.form),
            components: dossier.components.iter().map(PaperState::from).collect(),
            attachments: dossier.attachments.iter().map(AttachmentState::from).collect(),
            holder: HolderState {
                unit: dossier.holder.unit.as_ref().map(ToString::to_string),
                user: dossier.holder.user.as_ref().map(ToString::to_string),
            },
            submitted_at: written(dossier.submitted_at),
            received_at: dossier.received_at.map(written),
            due_at: due_at(dossier).map(written),
            deadline_state: deadline_state(dossier, world, now),
            ended_at: dossier.ended_at.map(written),
            returned_at: dossier.returned_at.map(written),
            supplement: dossier.supplement.as_ref().map(SupplementState::from),
            fees: dossier.fees.iter().map(FeeState::from).collect(),
            unpaid: dossier.unpaid(),
            payments: dossier.takings.iter().map(PaymentState::from).collect(),
            declared: dossier.declared.as_ref().map(DeclaredState::from),
            transfer: world.transfer_of(dossier).map(TransferState::from),
            consultations: dossier.consultations.iter().map(consulted).collect(),
            number: dossier
                .number
                .as_ref()
                .map(|(number, date)| NumberState { number: number.clone(), date: *date }),
            result: dossier.outcome.as_ref().map(ResultState::from),
            reason: dossier.reason.clone(),
            extensions: dossier.extensions,
            delivery: dossier.delivery.as_ref().map(|delivery| DeliveryState {
                channel: delivery.channel.into(),
                received_by: delivery.received_by.clone(),
                taker: delivery.taker.map(TakerName::from),
                mandate_paper: delivery.mandate_paper.clone(),
                receipt_lost: delivery.receipt_lost,
                tracking_number: delivery.tracking_number.clone(),
            }),
            rule_pack: dossier.rule_pack.clone(),
            led_by: dossier.led_by.as_ref().map(|leader| leader.code.to_string()),
            assisted: dossier.is_assisted,
            certification: dossier.certification.as_ref().map(Into::into),
            correction: dossier.correction.as_ref().map(|asked| CorrectionState {
                changes: asked.changes.iter().map(ChangeState::from).collect(),
                reason: asked.reason.clone(),
                at: written(asked.at),
            }),
        }
    }

    /// As its applicant sees it: without names of officials and what they ask each other.
    pub fn for_applicant(dossier: &Dossier, world: &World, now: Timestamp) -> Self {
        let mut state = Self::new(dossier, world, now);
        state.holder.user = None;
        state.consultations.clear();
        state
    }
}

impl From<&Change> for ChangeState {
    fn from(change: &Change) -> Self {
        let Change { field, old, new, .. } = change.clone();
        Self { field, old, new }
    }
}

impl From<&Paper> for PaperState {
    fn from(paper: &Paper) -> Self {
        Self {
            id: paper.component.to_string(),
            name: paper.name.clone(),
            originals: paper.originals,
            copies: paper.copies,
            on_paper: paper.on_paper,
            checked: paper.checked,
            evidence: EvidenceBody::from(&paper.evidence),
        }
    }
}

impl From<&Attachment> for AttachmentState {
    fn from(file: &Attachment) -> Self {
        Self {
            id: file.id.to_string(),
            component: file.component.as_ref().map(ToString::to_string),
            name: file.name.clone(),
            media_type: file.media_type.clone(),
            size: file.size,
            sha256: hex(&file.sha256),
            is_result: file.is_result,
            added_at: written(file.added_at),
            origin: file.origin.as_ref().map(OriginState::from),
        }
    }
}

impl From<&Supplement> for SupplementState {
    fn from(supplement: &Supplement) -> Self {
        let items = supplement.items.iter().map(|item| MissingState {
            component: item.component.as_ref().map(ToString::to_string),
            reason: item.reason.clone(),
        });
        Self {
            items: items.collect(),
            due_at: supplement.due_at.map(written),
            is_promised: supplement.is_promised,
        }
    }
}

impl ConsultationState {
    fn new(asked: &Consultation, now: Timestamp) -> Self {
        Self {
            number: asked.number,
            agency: asked.agency.to_string(),
            unit: asked.unit.as_ref().map(ToString::to_string),
            question: asked.question.clone(),
            due_at: written(asked.due_at),
            answer: asked.answer.as_ref().map(|(answer, _)| answer.clone()),
            answered_at: asked.answer.as_ref().map(|(_, at)| written(*at)),
            late: asked.is_late(now),
            attachments: asked.shares.iter().map(ToString::to_string).collect(),
            answer_attachments: asked.files.iter().map(AttachmentState::from).collect(),
        }
    }
}

impl From<&Settlement> for ResultState {
    fn from(outcome: &Settlement) -> Self {
        Self {
            favourable: outcome.favourable,
            name: outcome.name.clone(),
            number: outcome.number.clone(),
            reason: outcome.reason.clone(),
            collect_reason: outcome.collect_reason.clone(),
            at_section: outcome.at_section,
        }
    }
}
