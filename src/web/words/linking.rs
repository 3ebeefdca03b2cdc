//! Words of linked dossiers, and of where things are filed online.

crate::messages! {
    PARTS: "Hồ sơ liên thông" / "Linked dossiers";
    PARTS_ABOUT: "Một lần nộp, nhiều cơ quan giải quyết. Mã tra cứu này xem được tất cả." / "Filed once, settled by several agencies. This lookup secret shows all of it.";
    LED_BY: "Thuộc hồ sơ liên thông" / "Part of a linked dossier";
    PROCEDURE: "Thủ tục" / "Procedure";
    AGENCY: "Cơ quan giải quyết" / "Competent agency";
    DOSSIER: "Mã hồ sơ" / "Dossier";
    STATE: "Tình trạng" / "State";
    NOT_YET: "chưa mở" / "not open yet";
    OPENS: "Sẽ mở {when}." / "Opens {when}.";
    DUE: "hẹn trả {date}" / "due {date}";
    DROPPED: "Không mở nữa: thủ tục trước không có kết quả." / "Does not open any more: the procedure before it had no result.";
    AGENCY_GONE: "Cơ quan này không còn." / "This agency is gone.";
    PLANNED_EVENT: "Sẽ mở liên thông: {names}" / "Linked procedures: {names}";
    OPENED_EVENT: "Đã mở hồ sơ liên thông {code}: {name}" / "The linked dossier {code} was opened: {name}";
    PART_OF: "{procedure}: {what}" / "{procedure}: {what}";
    WHOLE_TIME_LINE: "Toàn bộ diễn biến nằm ở hồ sơ đầu mối {code}" / "The whole time line is at the leading dossier {code}";
    CHOOSE_AGENCY: "Nơi giải quyết: {procedure}" / "Where it is settled: {procedure}";
    CHOOSE_AGENCY_HINT: "Thủ tục này được mở liên thông; chọn cơ quan nơi thực hiện." / "This procedure follows; choose the agency where it is done.";
    FOLLOW_TITLE: "Thủ tục được giải quyết liên thông" / "Procedures that follow";
    FOLLOW_FEE: "Phí, lệ phí: {fee}" / "Fee: {fee}";
    FOLLOW_ABOUT: "Nộp một lần, các thủ tục sau được mở theo:" / "File once; these procedures follow:";

    FILE_NATIONAL: "Nộp tại Cổng Dịch vụ công quốc gia" / "File at the National Public Service Portal";
    FILE_NATIONAL_HINT: "Mở trang khác; vẫn tra cứu được tại đây." / "Opens another site; the dossier can still be followed here.";
    SOME_NATIONAL: "Nộp trực tuyến cho {agencies}: tại Cổng Dịch vụ công quốc gia." / "For {agencies}, file online at the National Public Service Portal.";

    ADMIN_TITLE: "Liên thông" / "Linked procedures";
    ADMIN_ABOUT: "Nộp một thủ tục, hệ thống mở hồ sơ của các thủ tục sau ở cơ quan khác, trong cùng một lần ghi. Hồ sơ đã nộp giữ cách liên thông lúc nộp." / "When a procedure is filed, dossiers of those that follow open in other agencies, in the same commit. Dossiers that were filed keep the plan that they began with.";
    ADMIN_NONE: "Chưa khai báo thủ tục liên thông nào." / "No linked procedures are declared yet.";
    ADMIN_ADD: "Khai báo thủ tục đứng đầu" / "Declare a leading procedure";
    ADMIN_CODE: "Mã thủ tục" / "The procedure's code";
    ADMIN_CODE_HINT: "Ví dụ 2.000986" / "Such as 2.000986";
    ADMIN_OPEN: "Mở" / "Open";
    ADMIN_FOLLOWERS: "Mở theo" / "Followed by";
    ADMIN_EDIT: "Sửa" / "Change";
    ADMIN_FOLLOWER: "Thủ tục liên thông {n}" / "Following procedure {n}";
    ADMIN_DROP: "Bỏ thủ tục này" / "Drop this procedure";
    ADMIN_MORE: "Thêm thủ tục liên thông" / "Add a following procedure";
    ADMIN_MORE_HINT: "Nhập mã rồi bấm Thêm để chọn giấy tờ chuyển theo." / "Enter its code and press Add to choose the papers that go along.";
    ADMIN_ADD_ONE: "Thêm" / "Add";
    ADMIN_OPENS: "Mở khi nào" / "When it opens";
    ADMIN_DECIDES: "Cơ quan giải quyết" / "Who decides";
    DECIDES_RECEIVING: "Cơ quan tiếp nhận hồ sơ đầu mối" / "The agency that takes the leading dossier in";
    DECIDES_COMPETENT: "Cơ quan giải quyết hồ sơ đầu mối" / "The agency that decides the leading dossier";
    DECIDES_CHOSEN: "Người nộp chọn khi nộp" / "Chosen when it is filed";
    ADMIN_PAPERS: "Giấy tờ chuyển theo" / "Papers that go along";
    ADMIN_PAPERS_HINT: "Mỗi giấy tờ của thủ tục này lấy từ đâu." / "Where each paper of this procedure comes from.";
    FROM_NOWHERE: "Không chuyển" / "Does not go along";
    FROM_RESULT: "Kết quả của thủ tục đứng đầu" / "The result of the leading procedure";
    ADMIN_ANSWERS: "Nội dung khai chuyển theo" / "Answers that go along";
    ADMIN_ANSWERS_HINT: "Mỗi dòng: tên trường = tên trường mới. Để trống: chuyển tất cả, giữ tên." / "A line each: field = new field. Empty: all go along under their names.";
    ADMIN_SAVE: "Lưu khai báo" / "Save the declaration";
    ADMIN_DELETE: "Bỏ liên thông của thủ tục này" / "Take the declaration back";

    INTAKE_TITLE: "Nơi nộp trực tuyến" / "Where to file online";
    INTAKE_ABOUT: "“Cổng quốc gia”: trang thủ tục dẫn sang Cổng Dịch vụ công quốc gia; hồ sơ đến qua kết nối hoặc được nhập tại quầy và giữ mã quốc gia." / "“National portal”: the procedure's page leads to the National Public Service Portal; dossiers come over the connection or are entered at the counter, and keep their national number.";
    INTAKE_ADDRESS: "Địa chỉ Cổng Dịch vụ công quốc gia" / "Address of the national portal";
    INTAKE_ADDRESS_HINT: "Có thể chứa {slot} ở chỗ của mã thủ tục." / "It may hold {slot} in the place of the procedure's code.";
    INTAKE_SAVE: "Lưu" / "Save";
    INTAKE_OWN: "Cổng này" / "This portal";
    INTAKE_NATIONAL: "Cổng quốc gia" / "National portal";
    INTAKE_AS_AGENCY: "Như các thủ tục khác" / "As the other procedures";
    INTAKE_OF: "Các thủ tục của {agency}" / "The procedures of {agency}";
    INTAKE_EXCEPTION: "Riêng thủ tục" / "One procedure alone";
    INTAKE_EXCEPTIONS: "Riêng: {list}" / "Apart: {list}";
    CLOSE_AGENCY: "Ngừng hoạt động" / "Close";
    CLOSE_TITLE: "Ngừng hoạt động: {agency}" / "Close {agency}";
    CLOSE_ABOUT: "Từ nay không nộp, không chuyển hồ sơ và không xin ý kiến cơ quan này được nữa. Hồ sơ đang có vẫn được giải quyết tiếp; có thể mở lại bất cứ lúc nào." / "From now on nothing is filed with it, handed on to it or asked of it. What it has goes on; it can be opened again at any time.";
    OPEN_AGENCY: "Mở lại" / "Open again";
    CLOSED: "đã ngừng hoạt động" / "closed";

    NATIONAL_CODE: "Mã hồ sơ trên Cổng Dịch vụ công quốc gia" / "The number at the National Public Service Portal";
    NATIONAL_CODE_HINT: "Khi đã hỗ trợ nộp trực tuyến tại quầy. Hồ sơ tra cứu được bằng mã này." / "When the desk helped to file online. The dossier is found by this number too.";
    ASSISTED: "Trực tuyến trên Cổng quốc gia, có cán bộ hỗ trợ" / "Online at the national portal, with the desk's help";
    WAS_ASSISTED: "cán bộ hỗ trợ nộp trực tuyến" / "filed online with the desk's help";
    COMPETENT_CHOICE: "Cơ quan giải quyết" / "Competent agency";
    COMPETENT_HINT: "Nơi tiếp nhận chuyển hồ sơ đến và trả kết quả lại cho người nộp." / "The section passes the dossier on and hands the result back.";
    RECEIVED_FOR: "tiếp nhận hộ, {agency} giải quyết" / "taken in for {agency}, which decides";
    RECEIVED_BY: "{agency} tiếp nhận" / "taken in by {agency}";
    SHARES: "Tệp gửi kèm câu hỏi" / "Files that go with the question";
    SHARES_HINT: "Cơ quan được hỏi chỉ xem được các tệp này, câu hỏi và tên chủ hồ sơ." / "The agency asked sees only these files, the question and the owner's name.";
    ANSWER_FILES: "Tệp kèm câu trả lời" / "Files of the answer";
    LATE_ANSWER: "Trả lời sau hạn." / "The answer came late.";

    BULK_ACCEPT: "Tiếp nhận {n} hồ sơ" / "Accept {n} dossiers";
    BULK_FORWARD: "Chuyển xử lý {n} hồ sơ cho {who}" / "Forward {n} dossiers to {who}";
    BULK_NUMBER: "Cấp số cho {n} hồ sơ" / "Issue numbers to {n} dossiers";
    BULK_RECEIVE: "Nhận {n} kết quả từ đơn vị" / "Take {n} results from the unit";
    BULK_DELIVER: "Trả {n} kết quả tại quầy cho chủ hồ sơ" / "Hand {n} results to their owners at the counter";
    BULK_ACCEPT_ABOUT: "Giấy tờ đã nộp hoặc hẹn nộp được ghi là đã kiểm tra." / "The papers that were handed in or promised are noted as checked.";
    BULK_NUMBER_OF: "Số của {code}" / "The number of {code}";
    BULK_DATE: "Ngày văn bản" / "Date";
}
