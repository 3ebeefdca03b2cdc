//! What a person reads when a command on a dossier is refused.

use crate::domain::refusal::{Refusal, RefusalKind};

crate::messages! {
    NOT_YOURS: "Không có hồ sơ này." / "There is no such dossier.";
    ROLE_MAY_NOT: "Tài khoản này không có quyền thực hiện “{action}” với hồ sơ này." / "This account may not do “{action}” to this dossier.";
    CHANGED: "Hồ sơ vừa có thay đổi: hiện ở phiên bản {now}, bản vừa xem là phiên bản {seen}. Xem lại trước khi thực hiện." / "The dossier has changed: it is at version {now}, you saw version {seen}. Look again, then go on.";
    IMPOSSIBLE: "Hồ sơ đang ở trạng thái “{status}” nên không thể thực hiện “{action}”." / "The dossier is “{status}”, so “{action}” is impossible.";
    REASON_MISSING: "Nhập lý do." / "Give the reason.";
    ITEMS_MISSING: "Nêu ít nhất một giấy tờ hoặc điều cần bổ sung." / "Name at least one paper or thing to add.";
    PAPERS_MISSING: "Nêu ít nhất một giấy tờ trả lại." / "Name at least one paper that goes back.";
    ITEM_REASON_MISSING: "Nhập điều cần sửa hoặc bổ sung cho mục này." / "Say what to repair or add for this item.";
    UNKNOWN_COMPONENT: "Thủ tục không có thành phần hồ sơ “{component}”." / "The procedure has no component “{component}”.";
    COMPONENT_MISSING: "Còn thiếu “{component}”." / "“{component}” is missing.";
    SUPPLEMENT_ONCE: "Đã yêu cầu bổ sung {n} lần ở giai đoạn này; quy định chỉ cho phép {limit} lần." / "Times that a supplement was asked in this phase: {n}; the rule allows {limit}.";
    DATE_PAST: "Hạn phải sau thời điểm hiện tại." / "The date must lie ahead.";
    SAME_AGENCY: "Hồ sơ đang ở chính cơ quan này." / "The dossier is at this agency already.";
    UNKNOWN_AGENCY: "Không có cơ quan mang mã “{agency}”." / "There is no agency with the code “{agency}”.";
    UNKNOWN_UNIT: "Cơ quan không có đơn vị “{unit}”." / "The agency has no unit “{unit}”.";
    UNKNOWN_USER: "Cơ quan không có tài khoản “{user}” đang hoạt động." / "The agency has no active account “{user}”.";
    ASSIGNEE_MISSING: "Chọn người hoặc đơn vị nhận." / "Choose a person or a unit.";
    UNKNOWN_PROCEDURE: "Không có thủ tục mang mã “{procedure}”." / "There is no procedure with the code “{procedure}”.";
    SAME_PROCEDURE: "Hồ sơ đang theo chính thủ tục này." / "The dossier is under this procedure already.";
    NO_DURATION: "Cơ quan chưa công bố thời hạn giải quyết thủ tục này nên chưa tiếp nhận hồ sơ." / "The agency has not published a duration for this procedure, so it takes no dossiers yet.";
    NOT_ONLINE: "Thủ tục này nộp tại quầy, không nộp trực tuyến." / "This procedure is filed at the counter, not online.";
    QUESTION_MISSING: "Nhập nội dung cần lấy ý kiến." / "Enter the question.";
    ASKED_MISSING: "Chọn cơ quan hoặc đơn vị được lấy ý kiến." / "Choose the agency or unit to ask.";
    ASK_A_UNIT: "Chọn đơn vị được lấy ý kiến trong cơ quan mình." / "Choose the unit of your own agency to ask.";
    ANSWER_MISSING: "Nhập nội dung trả lời." / "Enter the answer.";
    NO_CONSULTATION: "Không có nội dung lấy ý kiến số {number} nào đang chờ trả lời." / "No consultation {number} is waiting for an answer.";
    NOT_ASKED: "Chỉ cơ quan, đơn vị được lấy ý kiến mới được trả lời." / "Only the agency or unit asked may answer.";
    NOTHING_ASKED: "Không có nội dung nào đang chờ cơ quan, đơn vị này trả lời." / "Nothing is waiting for an answer from this agency or unit.";
    NOT_LAPSED: "Chưa hết hạn bổ sung nên hệ thống không tự dừng hồ sơ." / "The time for the supplement has not lapsed, so the system does not stop the dossier.";
    STAGE_NOT_WORK: "Hồ sơ đã được trình duyệt hoặc đã được phê duyệt." / "The dossier is already before the approver or approved.";
    STAGE_NOT_SUBMITTED: "Hồ sơ chưa được trình duyệt." / "The dossier has not been submitted for approval.";
    STAGE_NOT_APPROVED: "Hồ sơ chưa được phê duyệt." / "The dossier has not been approved.";
    NO_STEP_TO_COMPLETE: "Không có bước nào đang chờ xác nhận xong: bước hiện tại kết thúc bằng việc khác." / "No open step waits to be completed: the present one ends with another action.";
    STEP_UNKNOWN: "Không có bước “{step}” đang chờ xác nhận xong." / "No open step “{step}” waits to be completed.";
    STEP_WHICH: "Có nhiều bước đang mở; chọn bước đã xong: {steps}." / "Several steps are open; name the one that is done: {steps}.";
    STEP_NOT_YOURS: "Bước này do vai trò hoặc đơn vị khác thực hiện." / "Another role or unit does this step.";
    NUMBER_AHEAD: "Ngày văn bản không được sau hôm nay." / "The date may not lie after today.";
    NUMBER_MISSING: "Nhập số văn bản." / "Enter the number.";
    FEES_MISSING: "Nhập ít nhất một khoản thu." / "Enter at least one fee line.";
    FEE_NAME_MISSING: "Nhập tên khoản thu." / "Enter the fee's name.";
    FEE_AMOUNT_WRONG: "Số tiền phải lớn hơn 0 và không quá {max} đồng." / "The amount must be over 0 and at most {max} đồng.";
    OBLIGATION_NOT_NOW: "Nghĩa vụ tài chính chỉ yêu cầu khi hồ sơ đã tiếp nhận hoặc đang xử lý." / "A financial obligation can only be asked when the dossier is received or in process.";
    NOTHING_TO_PAY: "Hồ sơ không có khoản nào chưa thu." / "The dossier has nothing unpaid.";
    UNPAID: "Còn {amount} đồng chưa thu." / "{amount} đồng are still unpaid.";
    EXTENDED_ONCE: "Hồ sơ đã được hẹn lại {n} lần; quy định chỉ cho phép {limit} lần." / "Times that the dossier was put off: {n}; the rule allows {limit}.";
    EXTEND_TOO_LATE: "Văn bản xin lỗi và hẹn lại phải gửi chậm nhất {days} ngày trước ngày hẹn cũ." / "The apology must go out before the old due date, at the latest by so many days: {days}.";
    EXTEND_EARLIER: "Ngày hẹn mới phải sau ngày hẹn cũ." / "The new date must be after the old one.";
    NO_DUE_DATE: "Hồ sơ không có ngày hẹn đang tính." / "The dossier has no due date running.";
    RESULT_MISSING: "Nhập tên kết quả." / "Enter the result's name.";
    RESULT_FILE_MISSING: "Tải tệp kết quả lên, hoặc chọn kết quả giấy." / "Upload the result's file, or choose a result on paper.";
    RESULT_NUMBER_MISSING: "Nhập số của kết quả giấy." / "Enter the number of the paper.";
    COLLECT_REASON_MISSING: "Người nộp chọn nhận trực tuyến: tải tệp kết quả lên, hoặc nêu vì sao phải nhận tại quầy." / "The applicant wants it online: upload the file, or say why it must be fetched at the counter.";
    NOT_THE_OWNER: "Người nhận khác chủ hồ sơ: chọn “Người được ủy quyền”." / "Somebody else than the owner takes it: choose “A person with a mandate”.";
    TAKING_MANDATE_MISSING: "Nhập giấy ủy quyền hoặc giấy tờ chứng minh là người đại diện." / "Enter the mandate, or the paper that shows the representative.";
    RECEIVED_BY_MISSING: "Nhập họ tên người nhận." / "Enter who took it.";
    SUPPLEMENT_EMPTY: "Gửi ít nhất một tệp, hoặc ghi nội dung bổ sung." / "Send at least one file, or write what you add.";
    CHANGES_MISSING: "Nêu ít nhất một trường cần sửa." / "Name at least one field to correct.";
    CHANGE_UNKNOWN: "Không sửa được trường “{field}”." / "The field “{field}” cannot be corrected.";
    NAME_MISSING: "Nhập họ và tên." / "Enter the full name.";
    BIRTH_AHEAD: "Ngày sinh phải trước hôm nay." / "The date of birth must lie before today.";
    DATE_WRONG: "Ngày không hợp lệ; nhập theo dạng 2026-11-27." / "The date must be real, such as 2026-11-27.";
    NOTE_MISSING: "Nhập ghi chú." / "Enter the note.";
    TOO_LONG: "Quá dài: tối đa {max} ký tự." / "Too long: at most {max} characters.";
    TOO_MANY: "Quá nhiều: tối đa {max}." / "Too many: at most {max}.";
    NESTED_TOO_DEEP: "Câu trả lời lồng quá sâu: tối đa {max} tầng." / "The answer is nested too deep: at most {max} levels.";
    EXTERNAL_CODE_WRONG: "Mã của hệ thống khác gồm 1 đến {max} ký tự ASCII, không có dấu cách." / "Another system's code has 1 to {max} ASCII characters without blanks.";
    ALREADY_AT_SECTION: "Bộ phận Một cửa đã nhận kết quả này." / "The section already has this result.";
    FILING_NOT_YOURS: "Chỉ công chức, viên chức tiếp nhận tại nơi nộp mới được nhận hồ sơ." / "Only a receptionist of the receiving agency takes dossiers in.";
    COUNTER_NEEDS_RECEPTIONIST: "Hồ sơ nộp tại quầy hoặc qua bưu chính do công chức, viên chức tiếp nhận nhập vào hệ thống." / "Dossiers from the counter or by post are entered by a receptionist.";
    ID_NUMBER_WRONG: "Số định danh phải có 12 chữ số; hoặc nhập số hộ chiếu, mã số thuế." / "The identity number has 12 digits; or enter a passport or tax number.";
    MANDATE_MISSING: "Nhập giấy ủy quyền: số, ngày, nơi cấp." / "Enter the mandate: number, date, issuer.";
    COMPONENT_TWICE: "“{component}” được nêu hai lần." / "“{component}” is named twice.";
    ATTACH_NOT_YOURS: "Chỉ người đang giải quyết hồ sơ mới được thêm tệp." / "Only those who work on the dossier add files.";
    NOT_A_CERTIFICATION: "Thủ tục này không ghi vào sổ chứng thực." / "This procedure stands in no book of certification.";
    NOTHING_TO_CERTIFY: "Nhập ít nhất một giấy tờ cần chứng thực." / "Enter at least one paper to certify.";
    PAPER_NAME_MISSING: "Nhập tên giấy tờ." / "Enter the name of the paper.";
    COUNT_WRONG: "Nhập số từ 1 đến {max}." / "Enter a number from 1 to {max}.";
    FEE_OF_PAPER: "{kind}: {name}, {pages} trang × {copies} bản" / "{kind}: {name}, {pages} pages × {copies} copies";
    FORM_ORIGINAL: "Bản chính" / "Original";
    FORM_CERTIFIED_COPY: "Bản sao có chứng thực" / "Certified copy";
    FORM_SHOWN: "Bản chụp, đối chiếu bản chính" / "Copy, compared with the original";
    FORM_VNEID: "Từ VNeID" / "From VNeID";
    FORM_STORE: "Từ kho dữ liệu điện tử" / "From the document store";
    FORM_DATABASE: "Từ cơ sở dữ liệu" / "From a database";
    PAPER_AHEAD: "Ngày của giấy tờ không được sau hôm nay." / "The date of a paper may not lie after today.";
    NOTHING_TO_DIGITISE: "Chọn ít nhất một tệp, hoặc đánh dấu tệp đã đối chiếu." / "Choose at least one file, or tick one that was compared.";
    NOT_HANDED_TO_YOU: "Hồ sơ này không giao cho tài khoản hoặc đơn vị này." / "This dossier was not handed to this account or its unit.";
    NOT_IN_PROCESS: "Hồ sơ không còn ở giai đoạn xử lý." / "The dossier is no longer in process.";
    TAKEN_ALREADY: "{name} đã ký nhận hồ sơ này." / "{name} has taken this dossier over already.";
    TRACKING_WRONG: "Số vận đơn gồm 1 đến {max} chữ, số." / "A tracking number has 1 to {max} letters and digits.";
    SIGNER_WRONG: "Chọn người ký chứng thực của cơ quan." / "Choose who signs at the agency.";
    NO_NUMBER: "Sổ chứng thực chưa cấp số cho giấy này." / "The book has given no number for this paper.";
    ATTACH_ENDED: "Hồ sơ đã kết thúc nên không thêm tệp được." / "The dossier has ended, so no file can be added.";
}

/// The dossier is at another version than the one seen.
pub fn changed(now: u64, seen: u64) -> Refusal {
    let text = CHANGED.text(&[("now", &now.to_string()), ("seen", &seen.to_string())]);
    Refusal::new(RefusalKind::Conflict, text)
}
