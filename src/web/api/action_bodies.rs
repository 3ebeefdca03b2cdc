//! What each action carries: one body an action, read into the command of the domain.

use std::num::NonZeroU64;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;

use super::action_parts::{
    CheckedBody, DraftBody, FeeBody, MissingBody, PaperToCertify, ResultBody, UploadBody,
};
use super::body::{from_value, wrong_value};
use super::filing::{component, upload_id};
use super::moment::read_deadline;
use super::money::CountBody;
use super::names::{ChannelName, MethodName, TakerName};
use crate::domain::calendar::Calendar;
use crate::domain::dossier::{
    Action, Asking, CertificationOrder, CheckedPaper, Command, Delivery, FeeLine, FormValue,
    Instead, MissingItem, Paying, PaymentMethod, Request,
};
use crate::domain::ids::{
    AgencyCode, AttachmentId, ComponentId, ProcedureCode, StepId, UnitCode, UserName,
};
use crate::domain::refusal::{FieldError, Refusal};
use crate::office::acting::Files;
use crate::office::answers;
use crate::web::words::api as words;

/// What a body is read with, and what is wrong in it.
struct Reading<'a> {
    calendar: &'a Calendar,
    errors: Vec<FieldError>,
    files: Files,
}

impl Reading<'_> {
    fn deadline(&mut self, text: &str) -> Timestamp {
        read_deadline(text, self.calendar).unwrap_or_else(|| {
            let text = wrong_value(words::A_TIME);
            self.errors.push(FieldError { field: "due_at".to_owned(), text });
            Timestamp::UNIX_EPOCH
        })
    }

    fn upload(&mut self, field: &str, component: Option<String>, id: &str) {
        let id = upload_id(field, id, &mut self.errors);
        self.files.0.extend(id.map(|id| (component, id)));
    }

    fn files_of_dossier(&mut self, ids: Vec<String>) -> Vec<AttachmentId> {
        let read = |(at, id): (usize, &String)| {
            upload_id(&format!("attachments[{at}]"), id, &mut self.errors)
        };
        ids.iter().enumerate().filter_map(read).collect()
    }

    fn uploads(&mut self, uploads: Vec<UploadBody>) {
        for (at, upload) in uploads.into_iter().enumerate() {
            self.upload(&format!("uploads[{at}].id"), upload.component, &upload.id);
        }
    }

    fn checked(&mut self, papers: Vec<CheckedBody>) -> Vec<CheckedPaper> {
        let mut checked = Vec::with_capacity(papers.len());
        for (at, paper) in papers.into_iter().enumerate() {
            let field = format!("components[{at}]");
            checked.push(CheckedPaper {
                component: component(&field, paper.id, paper.name, &mut self.errors),
                originals: paper.originals,
                copies: paper.copies,
                evidence: paper.evidence.into(),
            });
        }
        checked
    }

    fn changes(changes: Map<String, Value>) -> Vec<(String, FormValue)> {
        answers::form(changes).iter().map(|(path, value)| (path.clone(), value.clone())).collect()
    }

    fn result(&mut self, favourable: bool, result: Option<ResultBody>) -> ResultBody {
        let empty = ResultBody {
            name: String::new(),
            number: None,
            uploads: Vec::new(),
            form: None,
            collect_reason: None,
        };
        if favourable && result.is_none() {
            let text = words::RESULT_MISSING.into();
            self.errors.push(FieldError { field: "result".to_owned(), text });
        }
        let result = result.unwrap_or(empty);
        for (at, id) in result.uploads.iter().enumerate() {
            self.upload(&format!("result.uploads[{at}]"), None, id);
        }
        result
    }
}

trait Body: DeserializeOwned {
    fn read(self, reading: &mut Reading<'_>) -> Request;
}

fn read_as<B: Body>(object: Value, mut reading: Reading<'_>) -> Result<(Request, Files), Refusal> {
    let request = from_value::<B>(object)?.read(&mut reading);
    match reading.errors.is_empty() {
        true => Ok((request, reading.files)),
        false => Err(Refusal::fields(reading.errors)),
    }
}

/// Declares the bodies: each action with its schema's name, its fields beside `version` and `note`,
/// and its command.
macro_rules! bodies {
    ($(
        $(#[$doc:meta])*
        $action:ident as $name:ident {
            $($(#[$field_doc:meta])* $field:ident: $type:ty,)*
        } => |$it:ident, $reading:ident| $command:expr;
    )*) => {
        $(
            $(#[$doc])*
            #[derive(Deserialize, ToSchema)]
            #[serde(deny_unknown_fields)]
            pub struct $name {
                /// The version that the sender saw.
                #[schema(value_type = u64, minimum = 1)]
                pub version: NonZeroU64,
                /// A note for colleagues.
                pub note: Option<String>,
                $($(#[$field_doc])* pub $field: $type,)*
            }

            impl Body for $name {
                fn read(self, $reading: &mut Reading<'_>) -> Request {
                    let mut $it = self;
                    let (version, note) = ($it.version.get(), $it.note.take());
                    let _ = &$reading;
                    Request { version, note, command: $command }
                }
            }
        )*

        /// Reads the body of an action, without its `action`.
        ///
        /// # Errors
        /// Names the fields that are missing or wrong.
        pub fn read(
            action: Action,
            object: Value,
            calendar: &Calendar,
        ) -> Result<(Request, Files), Refusal> {
            let reading = Reading { calendar, errors: Vec::new(), files: Files::default() };
            match action {
                $(Action::$action => read_as::<$name>(object, reading),)*
            }
        }

        /// The schemas of all bodies, without their `action`, by the schema's name.
        pub fn schemas() -> Vec<(Action, String, RefOr<Schema>)> {
            use utoipa::PartialSchema;
            vec![$((Action::$action, stringify!($name).to_owned(), $name::schema()),)*]
        }

        /// The schemas that those of the bodies name.
        pub fn named_schemas(named: &mut Vec<(String, RefOr<Schema>)>) {
            $(<$name as ToSchema>::schemas(named);)*
        }
    };
}

bodies! {
    /// Takes an online or postal dossier in: the clock starts. Without `components` all that were
    /// handed in or promised are checked off; with them, each one that the procedure demands must be
    /// among them.
    Accept as AcceptAction {
        /// Papers as checked off.
        components: Option<Vec<CheckedBody>>,
    } => |it, reading| Command::Accept {
        components: reading.checked(it.components.unwrap_or_default()),
    };

    /// Does not take it in.
    Refuse as RefuseAction {
        /// Why; the applicant reads it.
        reason: String,
    } => |it, reading| Command::Refuse { reason: it.reason };

    /// Asks for everything that is missing, once: the clock stops.
    RequestSupplement as RequestSupplementAction {
        /// Every missing thing.
        items: Vec<MissingBody>,
        /// Until when; an instant or a date.
        due_at: Option<String>,
    } => |it, reading| Command::RequestSupplement {
        items: it.items.into_iter()
            .map(|item| MissingItem { component: item.component, reason: item.reason })
            .collect(),
        due_at: it.due_at.map(|text| reading.deadline(&text)),
    };

    /// Adds what was missing: the clock goes on or starts again. An applicant adds a file or a note.
    Supplement as SupplementAction {
        /// Files.
        uploads: Option<Vec<UploadBody>>,
        /// Components that will be brought on paper: the dossier waits for them.
        promised: Option<Vec<String>>,
    } => |it, reading| {
        reading.uploads(it.uploads.unwrap_or_default());
        let promised = it.promised.unwrap_or_default();
        let promised = promised.iter().map(|id| ComponentId::from(id.trim())).collect();
        Command::Supplement { attachments: Vec::new(), text: None, promised }
    };

    /// Adds papers before reception, though nobody asked for them. An applicant's.
    AddPapers as AddPapersAction {
        /// Files.
        uploads: Vec<UploadBody>,
    } => |it, reading| {
        reading.uploads(it.uploads);
        Command::AddPapers { attachments: Vec::new() }
    };

    /// Sends it to the agency that is competent.
    Transfer as TransferAction {
        /// The agency's code.
        agency: String,
        /// Why; the applicant reads it.
        reason: String,
    } => |it, reading| Command::Transfer {
        agency: AgencyCode::new(it.agency.trim()), reason: it.reason,
    };

    /// Puts it under the right procedure, with a new due date.
    ChangeProcedure as ChangeProcedureAction {
        /// The right procedure's code.
        procedure: String,
        /// Why.
        reason: String,
    } => |it, reading| Command::ChangeProcedure {
        procedure: ProcedureCode::new(it.procedure.trim()), reason: it.reason,
    };

    /// Gives it to a person or a unit, not to both.
    Assign as AssignAction {
        /// An account's name.
        to: Option<String>,
        /// Or a unit's code.
        unit: Option<String>,
    } => |it, reading| Command::Assign {
        to: it.to.map(UserName::new), unit: it.unit.map(UnitCode::new),
    };

    /// Passes it on to a person or a unit, not to both.
    Forward as ForwardAction {
        /// An account's name.
        to: Option<String>,
        /// Or a unit's code.
        unit: Option<String>,
    } => |it, reading| Command::Forward {
        to: it.to.map(UserName::new), unit: it.unit.map(UnitCode::new),
    };

    /// Asks another agency or unit; the clock does not stop.
    Consult as ConsultAction {
        /// The agency's code.
        agency: Option<String>,
        /// Or a unit's code.
        unit: Option<String>,
        /// The question.
        question: String,
        /// Until when; an instant or a date.
        due_at: String,
        /// Ids of the dossier's files that the agency asked may see.
        attachments: Option<Vec<String>>,
    } => |it, reading| Command::Consult {
        agency: it.agency.map(AgencyCode::new),
        unit: it.unit.map(UnitCode::new),
        question: it.question,
        due_at: reading.deadline(&it.due_at),
        shares: reading.files_of_dossier(it.attachments.unwrap_or_default()),
    };

    /// Answers a consultation, at the agency that was asked.
    AnswerConsultation as AnswerConsultationAction {
        /// The consultation's number.
        #[schema(minimum = 1)]
        consultation: u32,
        /// The answer.
        answer: String,
        /// Ids of uploads: only the desk sees these files.
        uploads: Option<Vec<String>>,
    } => |it, reading| {
        for (at, id) in it.uploads.unwrap_or_default().iter().enumerate() {
            reading.upload(&format!("uploads[{at}]"), None, id);
        }
        let (number, answer) = (it.consultation, it.answer);
        Command::AnswerConsultation { number, answer, attachments: Vec::new() }
    };

    /// Lays it before the approver.
    SubmitForApproval as SubmitForApprovalAction {
        /// The draft decision, which only the desk sees.
        draft: Option<DraftBody>,
    } => |it, reading| {
        let draft = it.draft.unwrap_or(DraftBody { text: None, uploads: Vec::new() });
        for (at, id) in draft.uploads.iter().enumerate() {
            reading.upload(&format!("draft.uploads[{at}]"), None, id);
        }
        Command::SubmitForApproval { draft: draft.text, attachments: Vec::new() }
    };

    /// Approves.
    Approve as ApproveAction {} => |it, reading| Command::Approve;

    /// Sends it back to the processor.
    ReturnForRework as ReturnForReworkAction {
        /// Why.
        reason: String,
    } => |it, reading| Command::ReturnForRework { reason: it.reason };

    /// Gives the decision the clerk's number and stamp.
    IssueNumber as IssueNumberAction {
        /// The number.
        number: String,
        /// Its date.
        #[schema(value_type = String, format = Date)]
        date: Date,
    } => |it, reading| Command::IssueNumber { number: it.number, date: it.date };

    /// Says that a step of the procedure's process is done, which no other action ends.
    CompleteStep as CompleteStepAction {
        /// The step's id; when absent, the only open one of the caller's.
        step: Option<String>,
    } => |it, reading| Command::CompleteStep { step: it.step.map(StepId::new) };

    /// Asks for money. An obligation makes the status 6 and stops the clock.
    /// Without `fees`, or with `counts` or an `exemption`, the fee rules of the procedure say how
    /// much.
    RequestPayment as RequestPaymentAction {
        /// Lines that somebody wrote.
        fees: Option<Vec<FeeBody>>,
        /// What is counted, for the fee rules.
        counts: Option<Vec<CountBody>>,
        /// The id of the exemption that is granted.
        exemption: Option<String>,
        /// What shows that it is due, such as a certificate's number.
        exemption_proof: Option<String>,
    } => |it, reading| Command::RequestPayment(Asking {
        fees: it.fees.into_iter().flatten()
            .map(|fee| FeeLine::free(fee.name, fee.amount, fee.kind.into()))
            .collect(),
        counts: it.counts.into_iter().flatten().map(Into::into).collect(),
        exemption: it.exemption,
        exemption_proof: it.exemption_proof,
    });

    /// Records that everything open was paid, or one request. Never a part: an `amount` that is not
    /// what is to be paid is refused.
    RecordPayment as RecordPaymentAction {
        /// How.
        method: MethodName,
        /// Serial and number of the official receipt.
        receipt_number: Option<String>,
        /// The payment request that was paid; every open one when absent.
        request: Option<u32>,
        /// How much, for comparison.
        amount: Option<u64>,
    } => |it, reading| Command::RecordPayment(Paying {
        method: it.method.into(),
        receipt_number: it.receipt_number,
        request: it.request,
        amount: it.amount,
    });

    /// Takes a payment back: an open dossier owes it again, an ended one does not. With a `method`
    /// the money was paid and only recorded wrongly: it is recorded anew.
    ReversePayment as ReversePaymentAction {
        /// The payment; the only one when absent.
        payment: Option<u32>,
        /// Why.
        reason: String,
        /// How it was paid in truth.
        method: Option<MethodName>,
        /// Serial and number of the official receipt, beside `method`.
        receipt_number: Option<String>,
    } => |it, reading| {
        let receipt_number = it.receipt_number;
        if it.method.is_none() && receipt_number.is_some() {
            let text = words::MISSING.into();
            reading.errors.push(FieldError { field: "method".to_owned(), text });
        }
        let instead = it.method.map(|method| Instead { method: method.into(), receipt_number });
        Command::ReversePayment { payment: it.payment, reason: it.reason, instead }
    };

    /// No longer asks for what is unpaid of a request; an obligation's pause ends with it.
    CancelPaymentRequest as CancelPaymentRequestAction {
        /// The request; the only open one when absent.
        request: Option<u32>,
        /// Why; the applicant reads it.
        reason: String,
    } => |it, reading| Command::CancelPaymentRequest { request: it.request, reason: it.reason };

    /// The applicant says to have transferred what is unpaid; the cashier confirms it with
    /// `record_payment`, or rejects it.
    DeclareTransfer as DeclareTransferAction {
        /// How much, for comparison.
        amount: Option<u64>,
    } => |it, reading| Command::DeclareTransfer { amount: it.amount };

    /// The declared transfer is not on the account.
    RejectTransfer as RejectTransferAction {
        /// Why; the applicant reads it.
        reason: String,
    } => |it, reading| Command::RejectTransfer { reason: it.reason };

    /// Apologises and gives a new date.
    Extend as ExtendAction {
        /// The new date; an instant or a date.
        due_at: String,
        /// Why; the applicant reads it.
        reason: String,
    } => |it, reading| Command::Extend { due_at: reading.deadline(&it.due_at), reason: it.reason };

    /// Asks for the dossier back.
    RequestWithdrawal as RequestWithdrawalAction {
        /// Why.
        reason: String,
    } => |it, reading| Command::RequestWithdrawal { reason: it.reason };

    /// Gives the dossier back.
    ApproveWithdrawal as ApproveWithdrawalAction {} => |it, reading| Command::ApproveWithdrawal;

    /// Keeps the dossier.
    RejectWithdrawal as RejectWithdrawalAction {
        /// Why; the applicant reads it.
        reason: String,
    } => |it, reading| Command::RejectWithdrawal { reason: it.reason };

    /// Stops the settlement.
    Stop as StopAction {
        /// Why; the applicant reads it.
        reason: String,
        /// The decision's number.
        decision_number: Option<String>,
    } => |it, reading| Command::Stop { reason: it.reason, decision_number: it.decision_number };

    /// Records the result, or a refusal with its reason.
    Finish as FinishAction {
        /// Whether what was asked for is granted.
        favourable: bool,
        /// The result document; needed when it is favourable.
        result: Option<ResultBody>,
        /// Why not; needed when it is not.
        reason: Option<String>,
    } => |it, reading| {
        let result = reading.result(it.favourable, it.result);
        Command::Finish {
            favourable: it.favourable,
            name: result.name,
            number: result.number,
            reason: it.reason,
            form: result.form.map(Into::into),
            collect_reason: result.collect_reason,
            attachments: Vec::new(),
        }
    };

    /// Takes the paper result from the settling unit.
    ReceiveResult as ReceiveResultAction {} => |it, reading| Command::ReceiveResult;

    /// Hands the result over.
    Deliver as DeliverAction {
        /// The way out.
        channel: ChannelName,
        /// Who took it; the owner when absent.
        received_by: Option<String>,
        /// In what capacity: `mandated` needs `received_by` and `mandate_paper`; `representative` is
        /// the submitter who filed as the legal representative, without a further paper.
        taker: Option<TakerName>,
        /// The mandate, or the paper that shows the representative: number, date, issuer.
        mandate_paper: Option<String>,
        /// The receipt was lost.
        receipt_lost: Option<bool>,
        /// The postal operator's number, when it goes by post.
        tracking_number: Option<String>,
    } => |it, reading| Command::Deliver(Delivery {
        channel: it.channel.into(),
        received_by: it.received_by,
        taker: it.taker.map(Into::into),
        mandate_paper: it.mandate_paper,
        receipt_lost: it.receipt_lost.unwrap_or(false),
        tracking_number: it.tracking_number,
    });

    /// Certifies the papers that were asked for, or these, and hands them over: numbers of the year's
    /// books, fees and delivery in one go.
    Certify as CertifyAction {
        /// The papers; those that were asked for when absent.
        papers: Option<Vec<PaperToCertify>>,
        /// Who signs, by account; needed with `papers`.
        signer: Option<String>,
        /// The exemption that is granted, by its id; only with `papers`.
        exemption: Option<String>,
        /// How the fee is paid; cash when absent.
        method: Option<MethodName>,
        /// Serial and number of the official receipt.
        receipt_number: Option<String>,
    } => |it, reading| Command::Certify {
        order: it.papers.map(|papers| CertificationOrder {
            papers: papers.into_iter().map(Into::into).collect(),
            signer: UserName::new(it.signer.unwrap_or_default()),
            exemption: it.exemption,
            payment: Some((
                it.method.map_or(PaymentMethod::Cash, Into::into),
                it.receipt_number,
            )),
        }),
        numbers: Vec::new(),
    };

    /// Hands originals back, against a signature.
    ReturnPapers as ReturnPapersAction {
        /// Which papers.
        items: Vec<String>,
        /// To whom.
        received_by: String,
    } => |it, reading| Command::ReturnPapers { items: it.items, received_by: it.received_by };

    /// Puts a typing error in applicant data right; both values are kept. What an applicant asked to
    /// have corrected is answered by it, field by field.
    Correct as CorrectAction {
        /// New values by path: `owner.name`, `applicant.phone`, `form.…`. An answer of a declared form is
        /// given whole, as in a submission, and refused where that form refuses it.
        #[schema(value_type = Object)]
        changes: Map<String, Value>,
        /// Why.
        reason: String,
    } => |it, _reading| Command::Correct {
        changes: Reading::changes(it.changes), reason: it.reason,
    };

    /// Names typing errors in the applicant's own data. Before reception they are put right at once;
    /// after it the section answers, by `correct` or `reject_correction`. An applicant's.
    RequestCorrection as RequestCorrectionAction {
        /// The right values by path, as in `correct`.
        #[schema(value_type = Object)]
        changes: Map<String, Value>,
        /// Why.
        reason: String,
    } => |it, _reading| Command::RequestCorrection {
        changes: Reading::changes(it.changes), reason: it.reason,
    };

    /// Leaves what the applicant asked to have corrected as it is.
    RejectCorrection as RejectCorrectionAction {
        /// Why; the applicant reads it.
        reason: String,
    } => |it, reading| Command::RejectCorrection { reason: it.reason };

    /// Puts the result right, by a decision.
    CorrectResult as CorrectResultAction {
        /// New values by path: `result.name`, `result.number`, and those of `correct`.
        #[schema(value_type = Object)]
        changes: Map<String, Value>,
        /// Why, and by which decision.
        reason: String,
    } => |it, _reading| Command::CorrectResult {
        changes: Reading::changes(it.changes), reason: it.reason,
    };

    /// Ends what was entered by mistake; its number stays used.
    Void as VoidAction {
        /// Why.
        reason: String,
    } => |it, reading| Command::Void { reason: it.reason };

    /// Says something among colleagues: the `note`.
    Note as NoteAction {} => |it, reading| Command::Note;
}
