//! What happened to a dossier, as the time line says it.

use crate::domain::dossier::Event;
use crate::domain::words::Message;

crate::messages! {
    SUBMITTED: "Nộp hồ sơ" / "Filed";
    RECEIVED: "Tiếp nhận" / "Received";
    REFUSED: "Không tiếp nhận" / "Not received";
    SUPPLEMENT_REQUESTED: "Yêu cầu bổ sung" / "Supplement requested";
    SUPPLEMENTED: "Đã bổ sung" / "Supplemented";
    SUPPLEMENT_PROMISED: "Hẹn mang bản giấy đến quầy" / "Will be brought on paper";
    TRANSFERRED: "Chuyển cơ quan có thẩm quyền" / "Transferred";
    PROCEDURE_CHANGED: "Đổi thủ tục" / "Procedure changed";
    ASSIGNED: "Phân công" / "Assigned";
    FORWARDED: "Chuyển xử lý" / "Forwarded";
    CONSULTED: "Lấy ý kiến phối hợp" / "Consulted";
    CONSULTATION_ANSWERED: "Trả lời ý kiến" / "Consultation answered";
    SUBMITTED_FOR_APPROVAL: "Trình duyệt" / "Submitted for approval";
    APPROVED: "Phê duyệt" / "Approved";
    RETURNED: "Trả lại xử lý" / "Returned for rework";
    NUMBERED: "Cấp số" / "Number issued";
    PROCESS_BEGUN: "Bắt đầu quy trình" / "Process begun";
    STEP_COMPLETED: "Xong bước" / "Step completed";
    STEPS_DUE: "Hạn của bước" / "Step due";
    PAYMENT_REQUESTED: "Yêu cầu nộp tiền" / "Payment requested";
    PAYMENT_RECORDED: "Đã thu tiền" / "Payment recorded";
    PAYMENT_REVERSED: "Hủy khoản đã thu" / "Payment reversed";
    REQUEST_CANCELLED: "Hủy yêu cầu nộp tiền" / "Payment request cancelled";
    TRANSFER_DECLARED: "Người nộp báo đã chuyển khoản" / "Transfer declared by the applicant";
    TRANSFER_REJECTED: "Chưa thấy tiền về" / "Transfer not found";
    EXTENDED: "Xin lỗi và hẹn lại" / "New date with an apology";
    DUE_DATE_MOVED: "Đổi ngày hẹn trả theo lịch làm việc" / "Due date moved with the calendar";
    WITHDRAWAL_REQUESTED: "Yêu cầu rút hồ sơ" / "Withdrawal requested";
    WITHDRAWAL_APPROVED: "Đồng ý cho rút" / "Withdrawal approved";
    WITHDRAWAL_REJECTED: "Không đồng ý cho rút" / "Withdrawal rejected";
    STOPPED: "Dừng giải quyết" / "Stopped";
    FINISHED: "Có kết quả" / "Finished";
    RESULT_RECEIVED: "Nhận kết quả từ đơn vị" / "Result taken in";
    DELIVERED: "Trả kết quả" / "Delivered";
    PAPERS_RETURNED: "Trả lại giấy tờ" / "Papers returned";
    CORRECTED: "Sửa lỗi ghi" / "Corrected";
    CORRECTION_REQUESTED: "Người nộp đề nghị sửa thông tin" / "Correction asked for";
    CORRECTION_REJECTED: "Không đồng ý sửa thông tin" / "Correction rejected";
    PAPERS_ADDED: "Người nộp gửi thêm giấy tờ" / "Papers added by the applicant";
    RESULT_CORRECTED: "Đính chính kết quả" / "Result corrected";
    VOIDED: "Hủy do ghi nhầm" / "Voided";
    NOTED: "Ghi chú nội bộ" / "Internal note";
    FILES_CONFIRMED: "Đối chiếu bản số hóa" / "Scans compared with the papers";
    TAKEN_OVER: "Ký nhận bàn giao" / "Hand-over acknowledged";
    CERTIFICATION_ASKED: "Yêu cầu chứng thực" / "Certification asked for";
    CERTIFIED: "Chứng thực, vào sổ" / "Certified and entered in the books";
    ATTACHMENT_ADDED: "Thêm tệp" / "File added";
    LINKS_PLANNED: "Sẽ mở liên thông" / "Procedures that will follow";
    LINK_OPENED: "Mở hồ sơ liên thông" / "Linked dossier opened";
}

/// The name of what happened.
pub const fn name(event: &Event) -> Message {
    match event {
        Event::Submitted(_) => SUBMITTED,
        Event::Received(_) => RECEIVED,
        Event::Refused { .. } => REFUSED,
        Event::SupplementRequested { .. } => SUPPLEMENT_REQUESTED,
        Event::Supplemented { .. } => SUPPLEMENTED,
        Event::SupplementPromised { .. } => SUPPLEMENT_PROMISED,
        Event::Transferred { .. } => TRANSFERRED,
        Event::ProcedureChanged { .. } => PROCEDURE_CHANGED,
        Event::Assigned { .. } => ASSIGNED,
        Event::Forwarded { .. } => FORWARDED,
        Event::Consulted { .. } => CONSULTED,
        Event::ConsultationAnswered { .. } => CONSULTATION_ANSWERED,
        Event::SubmittedForApproval { .. } => SUBMITTED_FOR_APPROVAL,
        Event::Approved => APPROVED,
        Event::ReturnedForRework { .. } => RETURNED,
        Event::NumberIssued { .. } => NUMBERED,
        Event::ProcessBegun { .. } => PROCESS_BEGUN,
        Event::StepCompleted { .. } => STEP_COMPLETED,
        Event::StepsDue { .. } => STEPS_DUE,
        Event::PaymentRequested { .. } => PAYMENT_REQUESTED,
        Event::PaymentRecorded { .. } => PAYMENT_RECORDED,
        Event::PaymentReversed { .. } => PAYMENT_REVERSED,
        Event::PaymentRequestCancelled { .. } => REQUEST_CANCELLED,
        Event::TransferDeclared { .. } => TRANSFER_DECLARED,
        Event::TransferRejected { .. } => TRANSFER_REJECTED,
        Event::Extended { .. } => EXTENDED,
        Event::DueDateMoved { .. } => DUE_DATE_MOVED,
        Event::WithdrawalRequested { .. } => WITHDRAWAL_REQUESTED,
        Event::WithdrawalApproved => WITHDRAWAL_APPROVED,
        Event::WithdrawalRejected { .. } => WITHDRAWAL_REJECTED,
        Event::Stopped { .. } => STOPPED,
        Event::Finished { .. } => FINISHED,
        Event::ResultReceived => RESULT_RECEIVED,
        Event::Delivered(_) => DELIVERED,
        Event::PapersReturned { .. } => PAPERS_RETURNED,
        Event::Corrected { .. } => CORRECTED,
        Event::CorrectionRequested { .. } => CORRECTION_REQUESTED,
        Event::CorrectionRejected { .. } => CORRECTION_REJECTED,
        Event::PapersAdded { .. } => PAPERS_ADDED,
        Event::ResultCorrected { .. } => RESULT_CORRECTED,
        Event::Voided { .. } => VOIDED,
        Event::Noted { .. } => NOTED,
        Event::AttachmentAdded { .. } => ATTACHMENT_ADDED,
        Event::LinksPlanned { .. } => LINKS_PLANNED,
        Event::LinkOpened { .. } => LINK_OPENED,
        Event::FilesConfirmed { .. } => FILES_CONFIRMED,
        Event::TakenOver { .. } => TAKEN_OVER,
        Event::CertificationAsked { .. } => CERTIFICATION_ASKED,
        Event::Certified { .. } => CERTIFIED,
    }
}
