//! For whom a citizen acts.

crate::messages! {
    TITLE: "Ủy quyền và tổ chức" / "Mandates and organisations";
    ABOUT: "Nộp hồ sơ thay cha mẹ, người thân hoặc tổ chức: ghi một lần, các lần nộp sau được điền sẵn. Người tiếp nhận vẫn kiểm tra giấy khi nhận hồ sơ." / "File for parents, relatives or an organisation: say it once, and later filings are filled in. The receptionist still checks the paper.";
    NONE: "Chưa ghi ủy quyền nào." / "No mandate yet.";
    ADD: "Thêm ủy quyền" / "Add a mandate";
    PAPER: "Giấy chứng minh, trong Giấy tờ của tôi" / "The paper that shows it, among My papers";
    PAPER_MISSING: "Chọn giấy ủy quyền hoặc giấy chứng minh là đại diện." / "Choose the mandate, or the paper that shows the representative.";
    PAPER_FIRST: "Trước hết tải giấy ủy quyền, giấy khai sinh của con hoặc giấy đăng ký của tổ chức vào Giấy tờ của tôi." / "First keep the mandate, the child's birth certificate or the organisation's registration among My papers.";
    KEEP_PAPER: "Thêm giấy vào Giấy tờ của tôi" / "Keep a paper among My papers";
    KIND: "Làm thay với tư cách" / "Acting as";
    AUTHORISED: "Người được ủy quyền" / "Holder of a mandate";
    BY_LAW: "Cha, mẹ, người giám hộ hoặc người đại diện của tổ chức" / "Parent, guardian, or an organisation's representative";
    KIND_MISSING: "Chọn tư cách làm thay." / "Choose in which capacity.";
    FOR: "Họ tên hoặc tên tổ chức" / "Name of the person or organisation";
    NUMBER: "Số định danh cá nhân hoặc mã số thuế" / "Identity number or tax code";
    PHONE: "Số điện thoại" / "Telephone";
    ADDRESS: "Địa chỉ" / "Address";
    SCOPE: "Chỉ cho lĩnh vực" / "Only for the field";
    SCOPE_HINT: "Để trống nếu giấy cho phép mọi thủ tục" / "Leave it empty when the paper allows every procedure";
    EVERYTHING: "mọi thủ tục" / "every procedure";
    ONLY: "lĩnh vực {field}" / "the field {field}";
    UNTIL: "đến hết {date}" / "until the end of {date}";
    OPEN_END: "không ghi thời hạn" / "without an end";
    OVER: "đã hết hạn" / "over";
    SAVE: "Ghi ủy quyền" / "Save the mandate";
    SAVED: "Đã ghi ủy quyền." / "The mandate is saved.";
    REVOKE: "Thu hồi" / "Take back";
    REVOKED: "Đã thu hồi. Giấy vẫn còn trong Giấy tờ của tôi; hồ sơ đã nộp không đổi." / "Taken back. The paper stays among My papers; what was filed does not change.";
    FILE_FOR: "Nộp hồ sơ thay" / "File for them";
    FILE_TITLE: "Nộp hồ sơ thay {name}" / "File for {name}";
    FIND: "Thủ tục cần nộp" / "The procedure to file";
    FOUND_NONE: "Không có thủ tục nào trong phạm vi ủy quyền." / "No procedure within the mandate.";
    BEGIN: "Bắt đầu nộp" / "Begin";
}
