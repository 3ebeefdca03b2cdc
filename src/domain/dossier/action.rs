//! The table of domain section 3: which action is possible in which status, for whom.

use super::actor::{Actor, Side};
use super::complete_step;
use super::state::Dossier;
use super::status::Status;
use crate::domain::agency::Role;
use crate::domain::words::Message;

macro_rules! actions {
    ($($variant:ident $id:literal $vi:literal $en:literal;)*) => {
        /// Something that can be done to a dossier.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action { $(#[doc = $en] $variant,)* }

        impl Action {
            /// Every action, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name in the API.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// The words on its button.
            pub const fn name(self) -> Message {
                match self { $(Self::$variant => Message { vi: $vi, en: $en },)* }
            }
        }
    };
}

actions! {
    Accept "accept" "Tiếp nhận" "Accept";
    Refuse "refuse" "Không tiếp nhận" "Refuse";
    RequestSupplement "request_supplement" "Yêu cầu bổ sung" "Request a supplement";
    Supplement "supplement" "Bổ sung hồ sơ" "Supplement";
    AddPapers "add_papers" "Gửi thêm giấy tờ" "Add papers";
    Transfer "transfer" "Chuyển cơ quan có thẩm quyền" "Transfer to the competent agency";
    ChangeProcedure "change_procedure" "Đổi thủ tục" "Change the procedure";
    Assign "assign" "Phân công" "Assign";
    Forward "forward" "Chuyển xử lý" "Forward";
    Consult "consult" "Lấy ý kiến phối hợp" "Consult";
    AnswerConsultation "answer_consultation" "Trả lời ý kiến" "Answer the consultation";
    SubmitForApproval "submit_for_approval" "Trình duyệt" "Submit for approval";
    Approve "approve" "Phê duyệt" "Approve";
    ReturnForRework "return_for_rework" "Trả lại xử lý" "Return for rework";
    IssueNumber "issue_number" "Cấp số" "Issue the number";
    CompleteStep "complete_step" "Xong bước" "Complete the step";
    RequestPayment "request_payment" "Yêu cầu nộp tiền" "Request payment";
    RecordPayment "record_payment" "Ghi nhận đã thu" "Record the payment";
    ReversePayment "reverse_payment" "Hủy khoản đã thu" "Reverse the payment";
    CancelPaymentRequest "cancel_payment_request" "Hủy yêu cầu nộp tiền" "Cancel the payment request";
    DeclareTransfer "declare_transfer" "Báo đã chuyển khoản" "Declare the transfer";
    RejectTransfer "reject_transfer" "Chưa thấy tiền về" "Transfer not found";
    Extend "extend" "Xin lỗi và hẹn lại" "Apologise and give a new date";
    RequestWithdrawal "request_withdrawal" "Yêu cầu rút hồ sơ" "Request withdrawal";
    ApproveWithdrawal "approve_withdrawal" "Đồng ý cho rút" "Approve the withdrawal";
    RejectWithdrawal "reject_withdrawal" "Không đồng ý cho rút" "Reject the withdrawal";
    Stop "stop" "Dừng giải quyết" "Stop";
    Finish "finish" "Ghi kết quả" "Record the result";
    ReceiveResult "receive_result" "Nhận kết quả từ đơn vị" "Take the result from the unit";
    Deliver "deliver" "Trả kết quả" "Deliver";
    Certify "certify" "Chứng thực và trả" "Certify and deliver";
    ReturnPapers "return_papers" "Trả lại giấy tờ" "Return papers";
    Correct "correct" "Sửa lỗi ghi" "Correct";
    RequestCorrection "request_correction" "Đề nghị sửa thông tin" "Ask for a correction";
    RejectCorrection "reject_correction" "Không đồng ý sửa" "Reject the correction";
    CorrectResult "correct_result" "Đính chính kết quả" "Correct the result";
    Void "void" "Hủy do ghi nhầm" "Void";
    Note "note" "Ghi chú" "Note";
}

use Status::{
    Finished, NotReceived, PaymentRequired, Processing, Received, Registered, ResultReturned,
    Stopped, SupplementRequired, WithdrawalRequested,
};

/// Who may, as the table names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// The citizen, with the dossier's secret or an account of theirs.
    Applicant,
    /// The instance itself.
    System,
    /// This role at this side.
    Desk(Role, Side),
    /// Whoever does an open step of its process.
    StepDoer,
    /// Anybody at a desk that the dossier concerns.
    AnyDesk,
}

const RECEPTIONIST: Who = Who::Desk(Role::Receptionist, Side::Receiving);
const COORDINATOR: Who = Who::Desk(Role::Coordinator, Side::Either);
const PROCESSOR: Who = Who::Desk(Role::Processor, Side::Competent);
const APPROVER: Who = Who::Desk(Role::Approver, Side::Competent);
const CASHIER: Who = Who::Desk(Role::Cashier, Side::Either);

impl Action {
    /// The action with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.id() == id)
    }

    /// The statuses in which it is possible.
    pub const fn from(self) -> &'static [Status] {
        match self {
            Self::Accept => &[Registered],
            Self::Refuse => &[Registered, SupplementRequired],
            Self::RequestSupplement => &[Registered, Received, Processing],
            Self::Supplement => &[SupplementRequired],
            Self::AddPapers => &[Registered],
            Self::Transfer | Self::ChangeProcedure | Self::Void => &[Registered, Received],
            Self::Assign | Self::Forward | Self::CompleteStep | Self::Certify => {
                &[Received, Processing]
            }
            Self::Consult
            | Self::AnswerConsultation
            | Self::SubmitForApproval
            | Self::Approve
            | Self::ReturnForRework
            | Self::IssueNumber
            | Self::Finish => &[Processing],
            Self::RequestPayment => &[Registered, Received, Processing, Finished],
            Self::RecordPayment
            | Self::CancelPaymentRequest
            | Self::DeclareTransfer
            | Self::RejectTransfer => {
                &[Registered, Received, Processing, PaymentRequired, Finished]
            }
            Self::ReversePayment => &[
                Registered,
                Received,
                NotReceived,
                Processing,
                PaymentRequired,
                Stopped,
                Finished,
                ResultReturned,
            ],
            Self::Extend => &[Received, Processing],
            Self::RequestWithdrawal => {
                &[Registered, Received, Processing, SupplementRequired, PaymentRequired]
            }
            Self::ApproveWithdrawal | Self::RejectWithdrawal => &[WithdrawalRequested],
            Self::Stop => &[Received, Processing, SupplementRequired, PaymentRequired],
            Self::ReceiveResult | Self::Deliver => &[Finished],
            Self::ReturnPapers => &[NotReceived, Stopped, ResultReturned],
            Self::Correct | Self::RequestCorrection => &[
                Registered,
                Received,
                Processing,
                SupplementRequired,
                PaymentRequired,
                WithdrawalRequested,
            ],
            Self::RejectCorrection => {
                &[Received, Processing, SupplementRequired, PaymentRequired, WithdrawalRequested]
            }
            Self::CorrectResult => &[Finished, ResultReturned],
            Self::Note => &Status::ALL,
        }
    }

    /// Who may do it.
    pub const fn who(self) -> &'static [Who] {
        match self {
            Self::Accept
            | Self::Refuse
            | Self::Transfer
            | Self::ChangeProcedure
            | Self::ReceiveResult
            | Self::ReturnPapers
            | Self::Correct
            | Self::RejectCorrection
            | Self::CorrectResult => &[RECEPTIONIST],
            Self::AddPapers | Self::RequestCorrection => &[Who::Applicant],
            Self::RequestSupplement => &[RECEPTIONIST, PROCESSOR],
            Self::Supplement | Self::RequestWithdrawal => &[Who::Applicant, RECEPTIONIST],
            Self::Assign | Self::Forward => &[RECEPTIONIST, COORDINATOR, PROCESSOR],
            Self::Consult
            | Self::SubmitForApproval
            | Self::ApproveWithdrawal
            | Self::RejectWithdrawal
            | Self::Finish => &[PROCESSOR],
            Self::AnswerConsultation => &[Who::Desk(Role::Processor, Side::Consulted)],
            Self::Approve | Self::ReturnForRework | Self::Extend => &[APPROVER],
            Self::IssueNumber => &[Who::Desk(Role::Clerk, Side::Competent)],
            Self::CompleteStep => {
                &[PROCESSOR, Who::Desk(Role::Head, Side::Competent), Who::StepDoer]
            }
            Self::RequestPayment | Self::RecordPayment | Self::CancelPaymentRequest => {
                &[PROCESSOR, CASHIER]
            }
            Self::ReversePayment | Self::RejectTransfer => &[CASHIER],
            Self::DeclareTransfer => &[Who::Applicant],
            Self::Stop => &[APPROVER, Who::System],
            Self::Deliver => &[RECEPTIONIST, Who::System],
            Self::Certify => &[Who::Desk(Role::Receptionist, Side::Competent)],
            Self::Void => &[Who::Desk(Role::Head, Side::Either)],
            Self::Note => &[Who::AnyDesk],
        }
    }

    /// Whether this actor may do it to this dossier, in whatever status.
    pub fn allows(self, actor: &Actor, dossier: &Dossier) -> bool {
        self.who().iter().any(|who| match (who, actor) {
            (Who::Applicant, Actor::Applicant) | (Who::System, Actor::System) => true,
            (Who::Desk(role, side), Actor::Staff(staff)) => {
                staff.is(*role) && side.is(staff, dossier)
            }
            (Who::StepDoer, Actor::Staff(staff)) => complete_step::does_one(dossier, staff),
            (Who::AnyDesk, Actor::Staff(staff)) => {
                dossier.concerns(&staff.agency) && staff.roles.iter().any(|role| role.is_desk())
            }
            _ => false,
        })
    }

    /// Whether the table allows it in the dossier's status.
    pub fn fits(self, dossier: &Dossier) -> bool {
        // Refusal after a supplement is only for what was never received.
        let too_late = self == Self::Refuse && !dossier.is_before_reception();
        // Before reception a correction is done at once, so that none waits for an answer.
        let too_early = self == Self::RejectCorrection && dossier.is_before_reception();
        self.from().contains(&dossier.status) && !too_late && !too_early
    }
}

#[cfg(test)]
mod tests {
    use super::Action;

    #[test]
    fn every_action_has_a_name_of_its_own() {
        let mut ids: Vec<_> = Action::ALL.iter().map(|action| action.id()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), Action::ALL.len());
        for action in Action::ALL {
            assert_eq!(Action::from_id(action.id()), Some(*action));
            assert!(!action.from().is_empty() && !action.who().is_empty());
        }
    }
}
