//! What can be asked of a dossier, with everything that the table of domain section 3 lets it carry.

use jiff::Timestamp;
use jiff::civil::Date;

use super::action::Action;
use super::certification::CertificationOrder;
use super::evidence::Evidence;
use super::money::{FeeLine, Instead, PaymentMethod};
use super::state::{Attachment, Delivery, FormValue, ResultForm};
use crate::domain::fee::Count;
use crate::domain::ids::{
    AgencyCode, AttachmentId, ComponentId, ProcedureCode, StepId, UnitCode, UserName,
};

/// A component as checked off by a receptionist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedPaper {
    /// The component's id or exact name.
    pub component: String,
    /// Originals handed in.
    pub originals: u32,
    /// Copies handed in.
    pub copies: u32,
    /// Its form, number, date and issuer.
    pub evidence: Evidence,
}

/// One missing thing, as a sender names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingItem {
    /// The component's id or exact name, when it is about one.
    pub component: Option<String>,
    /// What is wrong.
    pub reason: String,
}

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asking {
    /// Lines that somebody wrote.
    pub fees: Vec<FeeLine>,
    /// What is counted, for the fee rules of the procedure. The rules are applied when there is a
    /// count or an exemption, and when there are no lines.
    pub counts: Vec<Count>,
    /// The exemption of the fee rules that is granted, by its id.
    pub exemption: Option<String>,
    /// What shows that it is due, such as the number of a certificate.
    pub exemption_proof: Option<String>,
}

/// What was paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paying {
    /// How.
    pub method: PaymentMethod,
    /// Serial and number of the official receipt.
    pub receipt_number: Option<String>,
    /// The request that was paid; every open one when none is named.
    pub request: Option<u32>,
    /// How much, for comparison with what is to be paid.
    pub amount: Option<u64>,
}

impl Paying {
    /// Everything was paid in this way.
    pub const fn all(method: PaymentMethod) -> Self {
        Self { method, receipt_number: None, request: None, amount: None }
    }
}

/// A command on a dossier that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of the contract's table of actions")]
pub enum Command {
    Accept {
        components: Vec<CheckedPaper>,
    },
    Refuse {
        reason: String,
    },
    RequestSupplement {
        items: Vec<MissingItem>,
        due_at: Option<Timestamp>,
    },
    Supplement {
        attachments: Vec<Attachment>,
        text: Option<String>,
        /// What the applicant will bring on paper: until then the dossier waits.
        promised: Vec<ComponentId>,
    },
    AddPapers {
        attachments: Vec<Attachment>,
    },
    Transfer {
        agency: AgencyCode,
        reason: String,
    },
    ChangeProcedure {
        procedure: ProcedureCode,
        reason: String,
    },
    Assign {
        to: Option<UserName>,
        unit: Option<UnitCode>,
    },
    Forward {
        to: Option<UserName>,
        unit: Option<UnitCode>,
    },
    Consult {
        agency: Option<AgencyCode>,
        unit: Option<UnitCode>,
        question: String,
        due_at: Timestamp,
        shares: Vec<AttachmentId>,
    },
    AnswerConsultation {
        number: u32,
        answer: String,
        attachments: Vec<Attachment>,
    },
    SubmitForApproval {
        draft: Option<String>,
        attachments: Vec<Attachment>,
    },
    Approve,
    ReturnForRework {
        reason: String,
    },
    IssueNumber {
        number: String,
        date: Date,
    },
    CompleteStep {
        step: Option<StepId>,
    },
    RequestPayment(Asking),
    RecordPayment(Paying),
    ReversePayment {
        payment: Option<u32>,
        reason: String,
        instead: Option<Instead>,
    },
    CancelPaymentRequest {
        request: Option<u32>,
        reason: String,
    },
    DeclareTransfer {
        amount: Option<u64>,
    },
    RejectTransfer {
        reason: String,
    },
    Extend {
        due_at: Timestamp,
        reason: String,
    },
    RequestWithdrawal {
        reason: String,
    },
    ApproveWithdrawal,
    RejectWithdrawal {
        reason: String,
    },
    Stop {
        reason: String,
        decision_number: Option<String>,
    },
    Finish {
        favourable: bool,
        name: String,
        number: Option<String>,
        reason: Option<String>,
        form: Option<ResultForm>,
        collect_reason: Option<String>,
        attachments: Vec<Attachment>,
    },
    ReceiveResult,
    Deliver(Delivery),
    Certify {
        order: Option<CertificationOrder>,
        numbers: Vec<u32>,
    },
    ReturnPapers {
        items: Vec<String>,
        received_by: String,
    },
    Correct {
        changes: Vec<(String, FormValue)>,
        reason: String,
    },
    RequestCorrection {
        changes: Vec<(String, FormValue)>,
        reason: String,
    },
    RejectCorrection {
        reason: String,
    },
    CorrectResult {
        changes: Vec<(String, FormValue)>,
        reason: String,
    },
    Void {
        reason: String,
    },
    Note,
}

impl Command {
    /// The action that this command performs.
    pub const fn action(&self) -> Action {
        match self {
            Self::Accept { .. } => Action::Accept,
            Self::Refuse { .. } => Action::Refuse,
            Self::RequestSupplement { .. } => Action::RequestSupplement,
            Self::Supplement { .. } => Action::Supplement,
            Self::AddPapers { .. } => Action::AddPapers,
            Self::Transfer { .. } => Action::Transfer,
            Self::ChangeProcedure { .. } => Action::ChangeProcedure,
            Self::Assign { .. } => Action::Assign,
            Self::Forward { .. } => Action::Forward,
            Self::Consult { .. } => Action::Consult,
            Self::AnswerConsultation { .. } => Action::AnswerConsultation,
            Self::SubmitForApproval { .. } => Action::SubmitForApproval,
            Self::Approve => Action::Approve,
            Self::ReturnForRework { .. } => Action::ReturnForRework,
            Self::IssueNumber { .. } => Action::IssueNumber,
            Self::CompleteStep { .. } => Action::CompleteStep,
            Self::RequestPayment(_) => Action::RequestPayment,
            Self::RecordPayment(_) => Action::RecordPayment,
            Self::ReversePayment { .. } => Action::ReversePayment,
            Self::CancelPaymentRequest { .. } => Action::CancelPaymentRequest,
            Self::DeclareTransfer { .. } => Action::DeclareTransfer,
            Self::RejectTransfer { .. } => Action::RejectTransfer,
            Self::Extend { .. } => Action::Extend,
            Self::RequestWithdrawal { .. } => Action::RequestWithdrawal,
            Self::ApproveWithdrawal => Action::ApproveWithdrawal,
            Self::RejectWithdrawal { .. } => Action::RejectWithdrawal,
            Self::Stop { .. } => Action::Stop,
            Self::Finish { .. } => Action::Finish,
            Self::ReceiveResult => Action::ReceiveResult,
            Self::Deliver(_) => Action::Deliver,
            Self::Certify { .. } => Action::Certify,
            Self::ReturnPapers { .. } => Action::ReturnPapers,
            Self::Correct { .. } => Action::Correct,
            Self::RequestCorrection { .. } => Action::RequestCorrection,
            Self::RejectCorrection { .. } => Action::RejectCorrection,
            Self::CorrectResult { .. } => Action::CorrectResult,
            Self::Void { .. } => Action::Void,
            Self::Note => Action::Note,
        }
    }
}

/// A command with what every one of them carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The version that the sender saw.
    pub version: u64,
    /// What to do.
    pub command: Command,
    /// A note for colleagues.
    pub note: Option<String>,
}
