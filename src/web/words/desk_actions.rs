//! The forms of the actions: labels, hints, what follows, what was done.

use crate::domain::dossier::Action;
use crate::domain::words::Message;

crate::messages! {
    REASON: "Lý do (người nộp sẽ đọc)" / "Reason (the applicant reads it)";
    REASON_INSIDE: "Lý do" / "Reason";
    NOTE: "Ghi chú nội bộ" / "Internal note";
    DUE_AT: "Hạn" / "Until";
    NEW_DATE: "Ngày hẹn trả mới" / "The new date";
    DUE_HINT: "Ví dụ 27/11/2026; tính đến hết giờ làm việc ngày đó" / "For example 27/11/2026; until the office closes on that day";
    ITEMS: "Giấy tờ và điều cần sửa" / "Papers and things to repair";
    ITEMS_HINT: "Nêu hết một lần. Đánh dấu giấy tờ và ghi rõ phải sửa hoặc bổ sung gì." / "Say everything at once. Tick the papers and say what to repair or add.";
    ITEM_REASON: "Phải sửa, bổ sung gì" / "What to repair or add";
    OTHER_ITEM: "điều khác" / "other thing";
    PAPERS_CHECKED: "Giấy tờ đã đối chiếu" / "Papers checked";
    PAPERS_HINT: "Đánh dấu từng giấy tờ đã nhận và đối chiếu." / "Tick each paper that was received and checked.";
    PAPER_ABOUT: "{needed} · {came}" / "{needed} · {came}";
    NEEDED: "bắt buộc" / "required";
    NOT_NEEDED: "khi có" / "where it applies";
    CAME_AS_FILE: "đã gửi tệp" / "sent as a file";
    PROMISED_ON_PAPER: "sẽ nộp bản giấy" / "promised on paper";
    NOT_HANDED_IN: "không nộp" / "not handed in";
    PAPERS_UNCHECKED: "Đánh dấu ít nhất một giấy tờ đã đối chiếu." / "Tick at least one paper that was checked.";
    COUNT_WRONG: "Số bản là số từ 0 đến 99." / "The number of papers is from 0 to 99.";
    SUPPLEMENT_TEXT: "Nội dung bổ sung" / "What was added";
    SUPPLEMENT_FILES: "Tệp bổ sung" / "Files added";
    AGENCY: "Cơ quan có thẩm quyền" / "Competent agency";
    PROCEDURE_FIND: "Tìm thủ tục đúng" / "Find the right procedure";
    PROCEDURE_HINT: "Gõ tên hoặc mã; không dấu cũng được" / "Type its name or its code";
    PROCEDURE_CHOOSE: "Chọn thủ tục trong kết quả tìm." / "Choose the procedure among those found.";
    PROCEDURE_NONE: "Chưa tìm thấy thủ tục. Thử ít từ hơn." / "No procedure was found. Try fewer words.";
    WHOM: "Hỏi cơ quan, đơn vị" / "Ask the agency or unit";
    WHOM_MISSING: "Chọn cơ quan hoặc đơn vị được hỏi." / "Choose the agency or unit to ask.";
    QUESTION: "Nội dung cần lấy ý kiến" / "The question";
    CLOCK_RUNS: "Thời hạn không dừng." / "The deadline goes on running.";
    WHICH_QUESTION: "Câu hỏi" / "The question";
    ANSWER: "Nội dung trả lời" / "The answer";
    NUMBER: "Số văn bản" / "The number";
    DATE: "Ngày văn bản" / "The date";
    DATE_NOT_REAL: "Ngày văn bản phải là ngày có thật." / "The date must be a real date.";
    DUE_NOT_REAL: "Hạn phải là ngày có thật." / "It must be a real date.";
    DUE_MISSING: "Nhập ngày." / "Enter the date.";
    FEE_LINE: "khoản thu" / "fee";
    FEE_NAME: "Tên khoản thu" / "What for";
    FEE_AMOUNT: "Số tiền" / "Amount";
    FEE_KIND: "Loại" / "Kind";
    FEE_PAUSES: "Nghĩa vụ tài chính: thời hạn tạm dừng đến khi nộp" / "Financial obligation: the deadline is paused until it is paid";
    AMOUNT_WRONG: "Số tiền chỉ gồm chữ số, ví dụ 2.000.000." / "The amount has digits only, for example 2.000.000.";
    UNPAID: "Còn phải thu: {amount} đồng" / "To be paid: {amount} đồng";
    METHOD: "Cách thu" / "How it was paid";
    METHOD_MISSING: "Chọn cách thu." / "Choose how it was paid.";
    RECEIPT_NUMBER: "Ký hiệu, số biên lai" / "Serial and number of the official receipt";
    ONCE_ONLY: "Chỉ một lần." / "Only once.";
    DECISION_NUMBER: "Số quyết định" / "Number of the decision";
    FAVOURABLE: "Kết quả" / "Result";
    GRANTED: "Đồng ý giải quyết" / "Granted";
    DENIED: "Từ chối" / "Denied";
    RESULT_NAME: "Tên kết quả" / "The result's name";
    RESULT_NUMBER: "Số của kết quả" / "The result's number";
    RESULT_FILES: "Tệp kết quả" / "Files of the result";
    RESULT_FORM: "Kết quả là" / "The result is";
    RESULT_FILE: "Tệp điện tử" / "A file";
    RESULT_PAPER: "Bản giấy" / "A paper";
    RESULT_PAPER_HINT: "Phải có số; người nộp nhận tại quầy hoặc qua bưu chính" / "It must have a number; the applicant gets it at the counter or by post";
    WANTED_ONLINE: "Người nộp chọn nhận kết quả trực tuyến." / "The applicant chose to get the result online.";
    COLLECT_REASON: "Vì sao phải nhận tại quầy (người nộp sẽ đọc)" / "Why it must be fetched at the counter (the applicant reads it)";
    COLLECT_HINT: "Ví dụ: bản chính chỉ cấp một lần" / "For example: the original is issued only once";
    DRAFT: "Dự thảo quyết định" / "Draft decision";
    DRAFT_HINT: "Người phê duyệt sẽ đọc; người nộp không thấy" / "The approver reads it; the applicant does not see it";
    DRAFT_FILES: "Tệp dự thảo" / "Files of the draft";
    NO_DRAFT: "Hồ sơ trình không kèm dự thảo." / "It was submitted without a draft.";
    CHANNEL: "Cách trả" / "How it was handed over";
    RECEIVED_BY: "Họ tên người nhận" / "Who took it";
    WHO_TAKES: "Người nhận" / "Who takes it";
    TAKES_OWNER: "Chủ hồ sơ" / "The owner";
    TAKES_SUBMITTER: "Người nộp (đại diện theo pháp luật)" / "The submitter (legal representative)";
    TAKES_MANDATE: "Người được ủy quyền" / "A person with a mandate";
    MANDATE_PAPER: "Giấy ủy quyền hoặc giấy tờ chứng minh đại diện" / "Mandate, or paper that shows the representative";
    MANDATE_PAPER_HINT: "Số, ngày, nơi cấp" / "Number, date, issuer";
    TRACKING: "Số vận đơn bưu chính" / "Tracking number";
    TRACKING_HINT: "Quét mã vạch trên phiếu gửi" / "Scan the barcode on the postal slip";
    TAKES_LOST: "Mất giấy tiếp nhận" / "The receipt was lost";
    PAPERS_TO_RETURN: "Giấy tờ trả lại" / "Papers handed back";
    OTHER_PAPER: "Giấy tờ khác" / "Another paper";
    CORRECTION_IN_FORM: "Tờ khai dưới đây đã điền theo đề nghị của người nộp:" / "The form below is filled in as the applicant asks:";
    CORRECT_HINT: "Sửa ngay trong ô. Giá trị cũ vẫn được lưu. Câu trong tờ khai ghi giống người nộp hoặc chủ hồ sơ thì sửa một nơi, nơi kia được sửa theo." / "Change it in the box. The old value is kept. What the form repeats of a person is corrected in both places.";
    CORRECT_RESULT_HINT: "Ghi rõ quyết định đính chính ở phần lý do." / "Name the decision in the reason.";
    EXTENDED_TO: "Đã xin lỗi và hẹn lại: {date}." / "Put off with an apology to {date}.";

    TITLE: "{action} {code}" / "{action}: {code}";
    CONFIRM: "{action}" / "{action}";
    SUPPLEMENT_UNTIL: "Hạn bổ sung" / "To be added until";
    RIGHT_PROCEDURE: "Thủ tục đúng" / "The right procedure";
    AFTER_STATUS: "Hồ sơ chuyển sang tình trạng “{status}”." / "The dossier becomes “{status}”.";
    AFTER_SAME: "Tình trạng hồ sơ không đổi." / "The dossier's status does not change.";
    AFTER_DUE: "Hẹn trả: {date}." / "Due: {date}.";
    AFTER_DUE_NEW: "Hẹn trả mới: {date} (trước đây: {old})." / "New due date: {date} (before: {old}).";
    AFTER_PAUSED: "Thời hạn {left} cho đến khi người nộp làm xong." / "The deadline is {left} until the applicant has acted.";
    AFTER_NO_DUE: "Không còn tính thời hạn." / "No deadline runs any more.";
    AFTER_FINAL: "Việc này không lấy lại được." / "This cannot be taken back.";
    AFTER_TOLD: "Người nộp sẽ đọc:" / "The applicant will read:";
    AFTER_PAPER: "Sẽ in được: {paper}." / "It can then be printed: {paper}.";

    TAKE_SUPPLEMENT: "Nhận giấy bổ sung" / "Take in the supplement";
    RECORD_WITHDRAWAL: "Ghi yêu cầu rút" / "Record a withdrawal";
    DONE_ACCEPT: "tiếp nhận" / "accepted";
    DONE_REFUSE: "ghi không tiếp nhận" / "refused";
    DONE_REQUEST_SUPPLEMENT: "yêu cầu bổ sung" / "a supplement requested";
    DONE_SUPPLEMENT: "nhận giấy bổ sung" / "the supplement taken in";
    DONE_TRANSFER: "chuyển cơ quan có thẩm quyền" / "transferred";
    DONE_CHANGE_PROCEDURE: "đổi thủ tục" / "the procedure changed";
    DONE_ASSIGN: "phân công" / "assigned";
    DONE_FORWARD: "chuyển xử lý" / "forwarded";
    DONE_CONSULT: "gửi lấy ý kiến phối hợp" / "consulted";
    DONE_ANSWER: "trả lời ý kiến" / "answered";
    DONE_SUBMIT: "trình duyệt" / "submitted for approval";
    DONE_APPROVE: "phê duyệt" / "approved";
    DONE_RETURN: "trả lại xử lý" / "returned for rework";
    DONE_NUMBER: "cấp số" / "numbered";
    DONE_COMPLETE_STEP: "ghi xong bước" / "the step completed";
    STEP: "Bước đã xong" / "The step that is done";
    STEP_DOES: "{does} Văn bản: {document}." / "{does} Document: {document}.";
    DONE_REQUEST_PAYMENT: "yêu cầu nộp tiền" / "payment requested";
    DONE_RECORD_PAYMENT: "ghi thu tiền" / "payment recorded";
    DONE_REVERSE_PAYMENT: "hủy khoản đã thu" / "payment reversed";
    DONE_CANCEL_REQUEST: "hủy yêu cầu nộp tiền" / "payment request cancelled";
    DONE_DECLARE: "ghi đã chuyển khoản" / "transfer declared";
    DONE_REJECT_TRANSFER: "báo chưa thấy tiền về" / "transfer reported as not found";
    DONE_EXTEND: "xin lỗi và hẹn lại" / "put off with an apology";
    DONE_REQUEST_WITHDRAWAL: "ghi yêu cầu rút" / "withdrawal requested";
    DONE_APPROVE_WITHDRAWAL: "đồng ý cho rút" / "withdrawal approved";
    DONE_REJECT_WITHDRAWAL: "ghi không đồng ý cho rút" / "withdrawal rejected";
    DONE_STOP: "dừng giải quyết" / "stopped";
    DONE_FINISH: "ghi kết quả" / "finished";
    DONE_RECEIVE_RESULT: "nhận kết quả từ đơn vị" / "the result taken in";
    DONE_DELIVER: "trả kết quả" / "delivered";
    DONE_CERTIFY: "chứng thực và trả" / "certified and delivered";
    DONE_RETURN_PAPERS: "trả lại giấy tờ" / "papers returned";
    DONE_CORRECT: "sửa lỗi ghi" / "corrected";
    DONE_ASK_CORRECTION: "ghi đề nghị sửa thông tin" / "a correction asked for";
    DONE_REJECT_CORRECTION: "ghi không đồng ý sửa" / "the correction rejected";
    DONE_ADD_PAPERS: "nhận thêm giấy tờ" / "papers added";
    CORRECTION_ASKED: "Người nộp đề nghị sửa thông tin ({when})" / "The applicant asks for a correction ({when})";
    CORRECTION_WHY: "Lý do: {reason}" / "Reason: {reason}";
    CORRECTION_DO: "Sửa theo đề nghị" / "Correct it";
    CORRECTION_NOW: "Đang ghi: {value}" / "Now: {value}";
    CORRECTION_HINT: "Các ô đã điền sẵn nội dung người nộp đề nghị. Đối chiếu với giấy tờ trước khi sửa." / "The boxes hold what the applicant asks for. Compare it with the papers first.";
    DONE_CORRECT_RESULT: "đính chính kết quả" / "the result corrected";
    DONE_VOID: "hủy do ghi nhầm" / "voided";
    DONE_NOTE: "ghi chú" / "noted";
}

/// The words on an action's button at the desk: there the applicant's own actions are recorded.
pub const fn name(action: Action) -> Message {
    match action {
        Action::Supplement => TAKE_SUPPLEMENT,
        Action::RequestWithdrawal => RECORD_WITHDRAWAL,
        other => other.name(),
    }
}

/// What was done, after "Đã".
pub const fn done(action: Action) -> Message {
    match action {
        Action::Accept => DONE_ACCEPT,
        Action::Refuse => DONE_REFUSE,
        Action::RequestSupplement => DONE_REQUEST_SUPPLEMENT,
        Action::Supplement => DONE_SUPPLEMENT,
        Action::Transfer => DONE_TRANSFER,
        Action::ChangeProcedure => DONE_CHANGE_PROCEDURE,
        Action::Assign => DONE_ASSIGN,
        Action::Forward => DONE_FORWARD,
        Action::Consult => DONE_CONSULT,
        Action::AnswerConsultation => DONE_ANSWER,
        Action::SubmitForApproval => DONE_SUBMIT,
        Action::Approve => DONE_APPROVE,
        Action::ReturnForRework => DONE_RETURN,
        Action::IssueNumber => DONE_NUMBER,
        Action::CompleteStep => DONE_COMPLETE_STEP,
        Action::RequestPayment => DONE_REQUEST_PAYMENT,
        Action::RecordPayment => DONE_RECORD_PAYMENT,
        Action::ReversePayment => DONE_REVERSE_PAYMENT,
        Action::CancelPaymentRequest => DONE_CANCEL_REQUEST,
        Action::DeclareTransfer => DONE_DECLARE,
        Action::RejectTransfer => DONE_REJECT_TRANSFER,
        Action::Extend => DONE_EXTEND,
        Action::RequestWithdrawal => DONE_REQUEST_WITHDRAWAL,
        Action::ApproveWithdrawal => DONE_APPROVE_WITHDRAWAL,
        Action::RejectWithdrawal => DONE_REJECT_WITHDRAWAL,
        Action::Stop => DONE_STOP,
        Action::Finish => DONE_FINISH,
        Action::ReceiveResult => DONE_RECEIVE_RESULT,
        Action::Deliver => DONE_DELIVER,
        Action::Certify => DONE_CERTIFY,
        Action::ReturnPapers => DONE_RETURN_PAPERS,
        Action::Correct => DONE_CORRECT,
        Action::RequestCorrection => DONE_ASK_CORRECTION,
        Action::RejectCorrection => DONE_REJECT_CORRECTION,
        Action::AddPapers => DONE_ADD_PAPERS,
        Action::CorrectResult => DONE_CORRECT_RESULT,
        Action::Void => DONE_VOID,
        Action::Note => DONE_NOTE,
    }
}
