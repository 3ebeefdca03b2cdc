//! The sentences that papers take from the dossier. Papers are Vietnamese; the twins are for lists.

crate::messages! {
    RECEIPT: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả" / "Receipt with the appointment";
    SLIP: "Phiếu xác nhận nộp hồ sơ trực tuyến" / "Slip of the online submission";
    SUPPLEMENT: "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ" / "Request to supplement the dossier";
    REFUSAL: "Phiếu từ chối tiếp nhận giải quyết hồ sơ" / "Refusal to take the dossier";
    APOLOGY: "Văn bản xin lỗi và hẹn lại ngày trả kết quả" / "Apology with the new date";
    STOP_NOTICE: "Thông báo dừng giải quyết hồ sơ" / "Notice that the settlement stops";
    CONTROL_SHEET: "Phiếu kiểm soát quá trình giải quyết hồ sơ" / "Control sheet";
    REGISTER: "Sổ theo dõi hồ sơ" / "Register of dossiers";
    HAND_OVER: "Biên bản bàn giao hồ sơ" / "Hand-over list of dossiers";
    RESULT_HAND_OVER: "Biên bản bàn giao kết quả" / "Hand-over list of results";
    RESULT_SLIP: "Phiếu trả kết quả" / "Result delivery slip";
    PROXY_SLIP: "Giấy đề nghị nhận kết quả thay" / "Collection by another person";
    TAKEN_BY_LAW: "người đại diện theo pháp luật nhận" / "taken by the legal representative";
    TAKEN_BY: "theo {paper}" / "by {paper}";
    RECEIPT_LOST: "mất giấy tiếp nhận" / "the receipt was lost";
    LOST_RECEIPT: "Giấy cam kết mất giấy tiếp nhận" / "Declaration of a lost receipt";
    RETURN_SLIP: "Phiếu trả lại giấy tờ" / "Return of originals";
    FEE_SLIP: "Phiếu nộp phí, lệ phí" / "Fee slip";
    CASH_CLOSING: "Bảng kê thu phí, lệ phí trong ngày" / "Closing sheet of a cashier's day";
    CASH_LIST: "Danh sách thu phí, lệ phí" / "List of fees taken in";
    CASH_SHEET_NAME: "Thu phí" / "Fees";
    CLOSED_AT: "Đã chốt sổ lúc {when}." / "Closed at {when}.";
    NOT_CLOSED: "Chưa chốt sổ." / "Not closed.";
    REVERSAL: "Hủy" / "Reversal";
    COLUMN_DAY: "Ngày sổ" / "Day";
    COLUMN_AT: "Lúc" / "At";
    COLUMN_FEE: "Khoản thu" / "Fee";
    COLUMN_METHOD: "Cách thu" / "Method";
    COLUMN_RECEIPT: "Ký hiệu, số biên lai" / "Receipt";
    COLUMN_AMOUNT: "Số tiền (đồng)" / "Amount";
    COLUMN_CASHIER: "Người thu" / "Cashier";
    COLUMN_SUM: "Cộng" / "Total";
    FEE_EXEMPT: "được miễn" / "exempt";
    ENVELOPE: "Nhãn phong bì" / "Envelope label";
    POSTER: "Tờ niêm yết có mã QR" / "Poster with a QR code";
    ATTESTATION: "Lời chứng" / "Attestations";
    CERTIFICATION_BOOK: "Sổ chứng thực" / "Book of certification";
    DECLARED_FORM: "Tờ khai" / "Declared form";
    FORM_NAMED: "Tờ khai {procedure}, bản {version}" / "Form {procedure}, version {version}";
    DATE_BY_HAND: "......................, ngày ...... tháng ...... năm ............" / "......................, date ......";
    WHO_DECLARES: "Người khai" / "Who declares";
    BOOK_MONTH: "Tháng {month} năm {year}" / "Month {month}, {year}";
    BOOK_YEAR: "Năm {year}" / "{year}";
    BOOK_SIGN: "Quyển số 01/{year}-{book}" / "Volume 01/{year}-{book}";
    BOOK_SHEET: "Sổ chứng thực" / "Book of certification";
    BOOK_NUMBER: "Số chứng thực" / "Number";
    BOOK_DATE: "Ngày" / "Date";
    BOOK_PERSON: "Người yêu cầu chứng thực" / "Who asked";
    BOOK_IDENTITY: "Số giấy tờ tùy thân" / "Identity paper";
    BOOK_PAPER: "Giấy tờ, văn bản, giao dịch" / "Paper";
    BOOK_SIGNER: "Người ký chứng thực" / "Signed by";
    BOOK_COPIES: "Số bản" / "Copies";
    BOOK_FEE: "Phí (đồng)" / "Fee (đồng)";
    BOOK_NOTE: "Ghi chú" / "Remarks";
    BOOK_TOTAL: "Cộng" / "Total";
    QUEUE_TICKET: "Phiếu số thứ tự" / "Queue ticket";
    TICKET_AHEAD: "Trước Ông/Bà còn {n} người" / "{n} people before you";
    TICKET_NEXT: "Ông/Bà là người tiếp theo" / "You are next";
    PARTS: "Phần dùng chung của các giấy" / "What all papers share";

    HEAD_SIGNS: "Thủ trưởng cơ quan, đơn vị" / "Head of the agency";
    TO_ABOVE: "- Như trên;" / "- As above;";
    TO_SECTION: "- {section};" / "- {section};";
    TO_FILES: "- Lưu: VT, hồ sơ." / "- Files.";
    BY_DECISION: "Văn bản số {number}" / "Decision no. {number}";
    BY_REQUEST: "Yêu cầu rút hồ sơ của Ông/Bà" / "The applicant's request";
    REFUSAL_NOTICE: "Văn bản từ chối giải quyết hồ sơ" / "Reasoned refusal";
    RESULT_DATED: "{name}, số {number}, ngày {date}" / "{name}, no. {number}, {date}";
    RESULT_NUMBERED: "{name}, số {number}" / "{name}, no. {number}";
    ENVELOPE_CONTENT: "Kết quả giải quyết thủ tục hành chính" / "Result of an administrative procedure";
    FEE_OPEN: "chưa thu" / "unpaid";
    FEE_PAID: "đã thu {date}, {how}" / "paid {date}, {how}";
    CASH: "tiền mặt" / "cash";
    CARD: "thẻ" / "card";
    TRANSFER: "chuyển khoản" / "bank transfer";
    PLATFORM: "nền tảng thanh toán quốc gia" / "national payment platform";

    APPLICANT: "Người nộp hồ sơ" / "The applicant";
    SYSTEM: "Hệ thống" / "The system";
    APPROVER: "Lãnh đạo phê duyệt" / "The approver";
    DID_SUBMIT: "Nộp hồ sơ" / "Filed";
    DID_RECEIVE: "Tiếp nhận" / "Received";
    DID_ASK_SUPPLEMENT: "Yêu cầu bổ sung" / "Supplement asked for";
    DID_SUPPLEMENT: "Bổ sung giấy tờ" / "Supplemented";
    DID_TRANSFER: "Chuyển cơ quan có thẩm quyền" / "Transferred";
    DID_ASSIGN: "Phân công" / "Assigned";
    DID_FORWARD: "Chuyển xử lý" / "Forwarded";
    DID_CONSULT: "Lấy ý kiến phối hợp" / "Consulted";
    DID_ANSWER: "Trả lời ý kiến" / "Consultation answered";
    DID_SUBMIT_FOR_APPROVAL: "Trình duyệt" / "Submitted for approval";
    DID_APPROVE: "Phê duyệt" / "Approved";
    DID_RETURN: "Trả lại xử lý" / "Returned for rework";
    DID_NUMBER: "Cấp số" / "Numbered";
    DID_COMPLETE_STEP: "Xong bước" / "Step completed";
    STEP_OF: "Bước {n}/{all}: {step}" / "Step {n} of {all}: {step}";
    STEP_SKIPPED: "Bước {n}/{all}: {step} (bỏ qua theo điều kiện)" / "Step {n} of {all}: {step} (left out)";
    STEP_PASSED: "Bước {n}/{all}: {step} (không chờ)" / "Step {n} of {all}: {step} (not waited for)";
    EARLY: "Trước hạn {time}" / "{time} early";
    IN_TIME: "Đúng hạn" / "In time";
    LATE: "Quá hạn {time}" / "{time} late";
    DID_EXTEND: "Xin lỗi và hẹn lại" / "New date with an apology";
    DID_STOP: "Dừng giải quyết" / "Stopped";
    DID_FINISH: "Ghi kết quả" / "Finished";
    DID_TAKE_RESULT: "Nhận kết quả từ đơn vị" / "Result taken in";
    DID_DELIVER: "Trả kết quả" / "Delivered";
    DID_RETURN_PAPERS: "Trả lại giấy tờ" / "Papers handed back";

    TOO_MANY: "Mỗi lần in tối đa {max} giấy. Chọn ít hồ sơ hơn." / "At most {max} papers are printed at once. Choose fewer dossiers.";
    BOOK_TOO_LONG: "Kỳ này có hơn {max} hồ sơ. Chọn kỳ ngắn hơn." / "This period has more than {max} dossiers. Choose a shorter one.";
    PERIOD_WRONG: "Ngày cuối kỳ phải sau ngày đầu kỳ, tối đa {max} ngày." / "The last day must follow the first, by {max} days at most.";
    PERIOD: "Từ ngày {from} đến ngày {to}" / "From {from} to {to}";
    ORIGINALS: "{n} bản chính" / "{n} originals";
    COPIES: "{n} bản sao" / "{n} copies";
    NO_PAPERS: "Hồ sơ điện tử" / "Electronic dossier";
    NUMBER_BY_HAND: "……/{mark}" / "……/{mark}";
    POSTER_TRACK: "Tra cứu hồ sơ" / "Track a dossier";
    POSTER_TRACK_ABOUT: "Quét mã để tìm thủ tục, nộp và tra cứu hồ sơ" / "Scan to find procedures, file and track";
    POSTER_ABOUT: "Quét mã để xem giấy tờ cần có, thời gian, phí và cách nộp" / "Scan for papers, duration, fees and how to file";
    POSTER_DURATION: "Thời gian giải quyết" / "Duration";
    POSTER_FEE: "Phí, lệ phí" / "Fee";
    POSTER_PHONE: "Điện thoại: {phone}" / "Telephone: {phone}";

    SHEET_NAME: "Sổ theo dõi" / "Register";
    COLUMN_CODE: "Mã hồ sơ" / "Dossier";
    COLUMN_PROCEDURE: "Tên thủ tục hành chính" / "Procedure";
    COLUMN_PERSON: "Cá nhân, tổ chức" / "Person";
    COLUMN_ADDRESS: "Địa chỉ, số điện thoại" / "Address, telephone";
    COLUMN_COMPETENT: "Cơ quan giải quyết" / "Competent agency";
    COLUMN_RECEIVED: "Nhận hồ sơ" / "Received";
    COLUMN_DUE: "Hẹn trả kết quả" / "Due";
    COLUMN_SENT: "Chuyển đến cơ quan giải quyết" / "Sent to the settling unit";
    COLUMN_BACK: "Nhận kết quả" / "Result taken in";
    COLUMN_RETURNED: "Trả kết quả" / "Delivered";
    COLUMN_WAY: "Cách nhận kết quả" / "Way out";
    COLUMN_TAKER: "Người nhận" / "Taken by";
    COLUMN_NOTE: "Tình trạng, ghi chú" / "Status, remarks";

    LAYOUT_EMPTY: "Mẫu giấy trống thì in ra tờ giấy trắng. Muốn về mẫu gốc, chọn khôi phục." / "An empty layout prints an empty sheet. To go back to the layout that ships, reset it.";
    LAYOUT_LONG: "Mẫu dài hơn {max} ký tự." / "The layout is longer than {max} characters.";
    LAYOUT_BROKEN: "Dòng {line}, cột {column}: {why}" / "Line {line}, column {column}: {why}";
    LAYOUT_BROKEN_IN: "Giấy “{paper}”, {place}: {why}" / "Paper “{paper}”, {place}: {why}";

    FORM_NUMBER: "Mẫu số {number}, {source}" / "Form {number}, {source}";
    TRAINING: "Bản dùng thử: dữ liệu không thật." / "Demo: the data are not real.";
    NOT_A_RECEIPT: "Phiếu này chưa thay cho Giấy tiếp nhận hồ sơ và hẹn trả kết quả."
        / "This slip does not stand for the receipt with the appointment.";
    ANSWER: "{section}, trước {when}" / "{section}, before {when}";
    UNTIL: "Trước {when}" / "Before {when}";
    DUE_NOW: "Ngày hẹn trả hiện nay: {date}." / "The date that holds now: {date}.";
    PAUSED: "Tạm dừng đến khi nhận đủ giấy tờ bổ sung"
        / "Paused until the papers have come";
    PAUSED_WITH: "{left}, tính từ khi nhận đủ giấy tờ bổ sung"
        / "{left}, from when the papers have come";
    OTHER_ITEM: "Nội dung khác" / "Something else";

    ON_PAPER: "Bản giấy" / "On paper";
    WITH_LEADER: "Tại hồ sơ đầu mối" / "With the leading dossier";
    LED: "Hồ sơ liên thông, mở theo hồ sơ đầu mối {code}; giấy tờ nộp một lần tại hồ sơ đó." / "Opened with the leading dossier {code}; papers were handed in once, there.";
    FILE: "Tệp điện tử" / "File";
    PAPER_AND_FILE: "Bản giấy, tệp điện tử" / "On paper, and a file";

    AT_COUNTER: "Tại quầy, {section}" / "At the counter, {section}";
    COUNTER: "Tại quầy" / "At the counter";
    BY_POST: "Qua dịch vụ bưu chính, đến {address}" / "By post, to {address}";
    BY_POST_BARE: "Qua dịch vụ bưu chính" / "By post";
    ONLINE: "Trực tuyến" / "Online";

    FREE: "Không" / "None";
    PAID: "{amount} đồng, đã thu" / "{amount} đồng, paid";
    PARTLY_PAID: "{amount} đồng, đã thu {paid} đồng" / "{amount} đồng, {paid} đồng paid";
    LINK_FEES: "{fee}. Thủ tục liên thông thu riêng" / "{fee}. What follows is charged apart";
    LEADS: "Mở liên thông: {parts}." / "Opens: {parts}.";
    UNPAID: "{amount} đồng, chưa thu" / "{amount} đồng, not paid yet";
    AMOUNT: "{amount} đồng" / "{amount} đồng";
    AS_PUBLISHED: "Theo mức đã công bố của thủ tục" / "As published for the procedure";

    SAME_DAY: "Trong ngày làm việc" / "The same working day";
    WORKING_HOURS: "{n} giờ làm việc" / "{n} working hours";
    HOURS: "{n} giờ" / "{n} hours";
    WORKING_DAYS: "{n} ngày làm việc" / "{n} working days";
    DAYS: "{n} ngày" / "{n} days";
    MONTHS: "{n} tháng" / "{n} months";

    MEGABYTES: "{n} MB" / "{n} MB";
    KILOBYTES: "{n} KB" / "{n} KB";
}
