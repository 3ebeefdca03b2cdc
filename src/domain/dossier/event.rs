//! What happened to a dossier. Events are facts: they carry everything that [`super::apply`] needs,
//! so that replaying them asks neither the catalogue nor a calendar.

use jiff::Timestamp;
use jiff::civil::Date;

use super::certification::CertifiedLine;
use super::link::{Leader, Link};
use super::money::{FeeLine, Instead, PaymentMethod};
use super::state::{
    Attachment, Delivery, Form, FormValue, Holder, Paper, Settlement, SupplementItem,
};
use crate::domain::catalogue::Channel;
use crate::domain::deadline::{Duration, PausePolicy};
use crate::domain::form::FormVersion;
use crate::domain::ids::{
    AgencyCode, AttachmentId, ComponentId, DossierCode, DossierId, ProcedureCode, StepId, UnitCode,
};
use crate::domain::person::{Mandate, Person};
use crate::domain::process::{Process, StepDue};

/// The first event of a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submitted {
    /// Immutable internal id.
    pub id: DossierId,
    /// The code on paper.
    pub code: DossierCode,
    /// Numbers that other systems gave it.
    pub external_codes: Vec<String>,
    /// The applicant's secret.
    pub lookup_secret: String,
    /// The procedure.
    pub procedure: ProcedureCode,
    /// Its name at that time.
    pub procedure_name: String,
    /// Its field.
    pub field: String,
    /// Takes it in.
    pub receiving_agency: AgencyCode,
    /// Decides.
    pub competent_agency: AgencyCode,
    /// The way in.
    pub channel: Channel,
    /// The way out.
    pub return_channel: Channel,
    /// Whose matter it is.
    pub owner: Person,
    /// Who files.
    pub submitter: Person,
    /// By what right.
    pub mandate: Option<Mandate>,
    /// The answers.
    pub form: Form,
    /// The papers.
    pub components: Vec<Paper>,
    /// The files.
    pub attachments: Vec<Attachment>,
    /// The rule pack in force, which holds until reception.
    pub rule_pack: String,
    /// Until when the section answers.
    pub answer_due_at: Option<Timestamp>,
    /// The dossier whose part it is, when it was opened by another one.
    pub led_by: Option<Leader>,
    /// The desk helped to file it online.
    pub is_assisted: bool,
    /// The declared form that the answers belong to.
    pub form_version: Option<FormVersion>,
}

/// Reception: the clock starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Papers as checked off.
    pub components: Vec<Paper>,
    /// The published duration.
    pub duration: Option<Duration>,
    /// What a pause will do to the deadline.
    pub policy: PausePolicy,
    /// When the result is due.
    pub due_at: Option<Timestamp>,
    /// The rule pack in force at reception: the dossier keeps it.
    pub rule_pack: String,
}

/// Something that happened to a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Filed.
    Submitted(Box<Submitted>),
    /// Received, at the counter or after the check of an online dossier.
    Received(Receipt),
    /// Not received.
    Refused {
        /// Why; the applicant reads it.
        reason: String,
    },
    /// Papers are missing: the clock stops.
    SupplementRequested {
        /// Every missing thing.
        items: Vec<SupplementItem>,
        /// Until when.
        due_at: Option<Timestamp>,
    },
    /// Papers were added: the clock goes on or starts again.
    Supplemented {
        /// The new files.
        attachments: Vec<Attachment>,
        /// What was answered in words; the applicant reads it.
        text: Option<String>,
        /// The new due date.
        due_at: Option<Timestamp>,
    },
    /// A part of what was missing came in; the rest will be brought on paper, and is waited for.
    SupplementPromised {
        /// The new files.
        attachments: Vec<Attachment>,
        /// What was answered in words.
        text: Option<String>,
        /// What will be brought.
        components: Vec<ComponentId>,
    },
    /// Sent to the agency that is competent.
    Transferred {
        /// The agency.
        agency: AgencyCode,
        /// Why.
        reason: String,
        /// The due date there.
        due_at: Option<Timestamp>,
    },
    /// Filed under the wrong procedure.
    ProcedureChanged {
        /// The right one.
        procedure: ProcedureCode,
        /// Its name.
        procedure_name: String,
        /// Its field.
        field: String,
        /// Why.
        reason: String,
        /// Its duration.
        duration: Option<Duration>,
        /// The new due date.
        due_at: Option<Timestamp>,
    },
    /// Given to a unit or person.
    Assigned {
        /// To whom.
        to: Holder,
    },
    /// Passed on.
    Forwarded {
        /// To whom.
        to: Holder,
    },
    /// Another agency or unit was asked.
    Consulted {
        /// The agency.
        agency: AgencyCode,
        /// The unit.
        unit: Option<UnitCode>,
        /// The question.
        question: String,
        /// Until when.
        due_at: Timestamp,
        /// The dossier's files that go with the question.
        shares: Vec<AttachmentId>,
    },
    /// It answered.
    ConsultationAnswered {
        /// The consultation's number.
        number: u32,
        /// The answer.
        answer: String,
        /// The answer's files: only the desk sees them.
        attachments: Vec<Attachment>,
    },
    /// Laid before the approver.
    SubmittedForApproval {
        /// The draft decision's words.
        draft: Option<String>,
        /// Its files.
        attachments: Vec<Attachment>,
    },
    /// Approved.
    Approved,
    /// Sent back to the processor.
    ReturnedForRework {
        /// Why.
        reason: String,
    },
    /// Numbered by the clerk.
    NumberIssued {
        /// The number.
        number: String,
        /// Its date.
        date: Date,
    },
    /// The process of the procedure began: the dossier keeps this version.
    ProcessBegun {
        /// The version.
        process: Box<Process>,
    },
    /// A step of it is done that no other action ends.
    StepCompleted {
        /// The step.
        step: StepId,
    },
    /// Until when open steps are to be done.
    StepsDue {
        /// Each with its date.
        due: Vec<StepDue>,
    },
    /// Money is asked for.
    PaymentRequested {
        /// The lines.
        fees: Vec<FeeLine>,
    },
    /// All open lines were paid, or those of a request.
    PaymentRecorded {
        /// How.
        method: PaymentMethod,
        /// Serial and number of the official receipt.
        receipt_number: Option<String>,
        /// The due date, when a pause ends with it.
        due_at: Option<Timestamp>,
        /// The request that was paid; every one when none is named.
        request: Option<u32>,
    },
    /// A payment was taken back, or was recorded wrongly and stands differently now.
    PaymentReversed {
        /// The taking.
        number: u32,
        /// Why.
        reason: String,
        /// How it was paid in truth, when it was only recorded wrongly.
        instead: Option<Instead>,
    },
    /// Money is no longer asked for.
    PaymentRequestCancelled {
        /// The request.
        request: u32,
        /// Why.
        reason: String,
        /// The due date, when a pause ends with it.
        due_at: Option<Timestamp>,
    },
    /// The applicant says to have transferred what is to be paid.
    TransferDeclared {
        /// How much.
        amount: u64,
    },
    /// The cashier did not find it on the account.
    TransferRejected {
        /// Why; the applicant reads it.
        reason: String,
    },
    /// A new date, with an apology.
    Extended {
        /// The new due date.
        due_at: Timestamp,
        /// Why.
        reason: String,
    },
    /// The calendar changed, and the due date with it.
    DueDateMoved {
        /// The new due date.
        due_at: Timestamp,
        /// What changed.
        reason: String,
    },
    /// The applicant asks for the dossier back.
    WithdrawalRequested {
        /// Why.
        reason: String,
    },
    /// The dossier is given back.
    WithdrawalApproved,
    /// The dossier stays.
    WithdrawalRejected {
        /// Why.
        reason: String,
        /// The due date after the pause.
        due_at: Option<Timestamp>,
    },
    /// Stopped.
    Stopped {
        /// Why.
        reason: String,
        /// The decision's number.
        decision_number: Option<String>,
    },
    /// Settled.
    Finished {
        /// How.
        outcome: Settlement,
        /// The result's files.
        attachments: Vec<Attachment>,
    },
    /// The section has the paper result.
    ResultReceived,
    /// Handed over.
    Delivered(Delivery),
    /// Originals were handed back.
    PapersReturned {
        /// Which.
        items: Vec<String>,
        /// To whom.
        received_by: String,
    },
    /// A typing error in applicant data was put right.
    Corrected {
        /// Field, old value, new value.
        changes: Vec<Change>,
        /// Why.
        reason: String,
    },
    /// The applicant asks to have typing errors put right, after reception.
    CorrectionRequested {
        /// Field, value now, value wanted.
        changes: Vec<Change>,
        /// Why.
        reason: String,
    },
    /// What was asked for stays as it is.
    CorrectionRejected {
        /// Why; the applicant reads it.
        reason: String,
    },
    /// The applicant added papers of their own accord, before reception.
    PapersAdded {
        /// The components concerned, as they stand with them.
        papers: Vec<Paper>,
        /// The new files.
        attachments: Vec<Attachment>,
    },
    /// The result was put right, by a decision.
    ResultCorrected {
        /// Field, old value, new value.
        changes: Vec<Change>,
        /// Why, and by which decision.
        reason: String,
    },
    /// Entered by mistake.
    Voided {
        /// Why.
        reason: String,
    },
    /// Said among colleagues.
    Noted {
        /// What.
        text: String,
    },
    /// A file was added.
    AttachmentAdded {
        /// The file.
        attachment: Attachment,
    },
    /// Other procedures follow: their dossiers open with this one, or later.
    LinksPlanned {
        /// The parts.
        links: Vec<Link>,
    },
    /// The dossier of a part was opened.
    LinkOpened {
        /// The part's number.
        number: u32,
        /// Its dossier's internal id.
        dossier: DossierId,
        /// Its dossier's code.
        code: DossierCode,
    },
    /// Files were compared with their papers: they are the officer's electronic copies.
    FilesConfirmed {
        /// Which.
        files: Vec<AttachmentId>,
        /// By whom, by full name.
        by: String,
    },
    /// The unit has the dossier that the section handed over.
    TakenOver {
        /// Who took it, by full name.
        by: String,
    },
    /// Papers are to be certified.
    CertificationAsked {
        /// The papers, without numbers.
        lines: Vec<CertifiedLine>,
        /// Who will sign.
        signer: String,
    },
    /// They were.
    Certified {
        /// The papers with their numbers.
        lines: Vec<CertifiedLine>,
        /// Who signed.
        signer: String,
        /// The day, which says in which year's books they stand.
        on: Date,
    },
}

/// A field that changed, both values kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The field's path, such as `owner.name`.
    pub field: String,
    /// What stood there.
    pub old: String,
    /// What stands there now.
    pub new: String,
    /// The whole answer of a declared form that stands there now, [`FormValue::Null`] when none does;
    /// nothing of other fields, whose `new` is all there is.
    pub answer: Option<FormValue>,
}

impl Event {
    /// The name of the event, the same in store, API and docs.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Submitted(_) => "submitted",
            Self::Received(_) => "received",
            Self::Refused { .. } => "refused",
            Self::SupplementRequested { .. } => "supplement_requested",
            Self::Supplemented { .. } => "supplemented",
            Self::SupplementPromised { .. } => "supplement_promised",
            Self::Transferred { .. } => "transferred",
            Self::ProcedureChanged { .. } => "procedure_changed",
            Self::Assigned { .. } => "assigned",
            Self::Forwarded { .. } => "forwarded",
            Self::Consulted { .. } => "consulted",
            Self::ConsultationAnswered { .. } => "consultation_answered",
            Self::SubmittedForApproval { .. } => "submitted_for_approval",
            Self::Approved => "approved",
            Self::ReturnedForRework { .. } => "returned_for_rework",
            Self::NumberIssued { .. } => "number_issued",
            Self::ProcessBegun { .. } => "process_begun",
            Self::StepCompleted { .. } => "step_completed",
            Self::StepsDue { .. } => "steps_due",
            Self::PaymentRequested { .. } => "payment_requested",
            Self::PaymentRecorded { .. } => "payment_recorded",
            Self::PaymentReversed { .. } => "payment_reversed",
            Self::PaymentRequestCancelled { .. } => "payment_request_cancelled",
            Self::TransferDeclared { .. } => "transfer_declared",
            Self::TransferRejected { .. } => "transfer_rejected",
            Self::Extended { .. } => "extended",
            Self::DueDateMoved { .. } => "due_date_moved",
            Self::WithdrawalRequested { .. } => "withdrawal_requested",
            Self::WithdrawalApproved => "withdrawal_approved",
            Self::WithdrawalRejected { .. } => "withdrawal_rejected",
            Self::Stopped { .. } => "stopped",
            Self::Finished { .. } => "finished",
            Self::ResultReceived => "result_received",
            Self::Delivered(_) => "delivered",
            Self::PapersReturned { .. } => "papers_returned",
            Self::Corrected { .. } => "corrected",
            Self::CorrectionRequested { .. } => "correction_requested",
            Self::CorrectionRejected { .. } => "correction_rejected",
            Self::PapersAdded { .. } => "papers_added",
            Self::ResultCorrected { .. } => "result_corrected",
            Self::Voided { .. } => "voided",
            Self::Noted { .. } => "noted",
            Self::AttachmentAdded { .. } => "attachment_added",
            Self::LinksPlanned { .. } => "links_planned",
            Self::LinkOpened { .. } => "link_opened",
            Self::FilesConfirmed { .. } => "files_confirmed",
            Self::TakenOver { .. } => "taken_over",
            Self::CertificationAsked { .. } => "certification_asked",
            Self::Certified { .. } => "certified",
        }
    }

    /// Whether its files are for the desk alone.
    pub const fn is_internal(&self) -> bool {
        matches!(self, Self::SubmittedForApproval { .. } | Self::ConsultationAnswered { .. })
    }

    /// Files that this event makes part of the dossier.
    pub fn attachments(&self) -> &[Attachment] {
        match self {
            Self::Submitted(submitted) => &submitted.attachments,
            Self::Supplemented { attachments, .. }
            | Self::SupplementPromised { attachments, .. }
            | Self::PapersAdded { attachments, .. }
            | Self::SubmittedForApproval { attachments, .. }
            | Self::ConsultationAnswered { attachments, .. }
            | Self::Finished { attachments, .. } => attachments,
            Self::AttachmentAdded { attachment } => std::slice::from_ref(attachment),
            _ => &[],
        }
    }
}
