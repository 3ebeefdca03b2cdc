//! Words of declared forms: filling them in, and administering them.

crate::messages! {
    UPDATE: "Cập nhật các câu hỏi" / "Update the questions";
    MORE: "Theo câu trả lời, còn câu hỏi cần trả lời thêm bên dưới." / "Your answers bring more questions below.";
    PROVINCE: "Tỉnh, thành phố" / "Province or city";
    COMMUNE: "Xã, phường, đặc khu" / "Commune, ward or special zone";
    PLACE_DETAIL: "Số nhà, đường, thôn, tổ dân phố" / "House, street, hamlet";
    ROW: "dòng" / "row";
    YES: "Có" / "Yes";
    NO: "Không" / "No";

    TITLE: "Tờ khai điện tử" / "Declared forms";
    ABOUT: "Tờ khai hỏi người dân từng mục theo thủ tục. Hồ sơ và bản nháp giữ phiên bản lúc bắt đầu." / "A form asks people section by section. Dossiers and drafts keep the version that they began with.";
    PROCEDURE: "Thủ tục" / "Procedure";
    VERSION: "Phiên bản" / "Version";
    NONE_YET: "Chưa công bố; có mẫu kèm theo" / "Not published; a form is supplied";
    QUESTIONS: "Số trường" / "Questions";
    CASES: "Trường hợp kiểm tra" / "Test cases";
    CASE_OK: "Đúng" / "Comes out";
    CASE_WRONG: "Sai" / "Does not come out";
    RESULT: "Kết quả" / "Result";
    OF: "Tờ khai: {procedure}" / "Form: {procedure}";
    KEY: "Mã trường" / "Key";
    LABEL: "Nhãn" / "Label";
    KIND: "Loại" / "Kind";
    REQUIRED: "Bắt buộc" / "Required";
    ONLY_IF: "Chỉ hỏi khi" / "Asked only if";
    USE_SHIPPED: "Công bố mẫu kèm theo" / "Publish the supplied form";
    EXPORT: "Tải tờ khai (JSON)" / "Download the form (JSON)";
    IMPORT: "Nội dung tờ khai (JSON)" / "The form (JSON)";
    IMPORT_HINT: "Sửa nội dung đã tải về hoặc dán từ máy khác. Hệ thống kiểm tra từng chỗ và chạy mọi trường hợp kiểm tra trước khi công bố." / "Change it, or paste one from another office. Every place is checked and every test case is run before it is published.";
    CHECK: "Kiểm tra" / "Check";
    CHECKED: "Tờ khai dùng được, mọi trường hợp kiểm tra đều đúng. Chưa công bố." / "The form can be used and every test case comes out. It is not published yet.";
    PUBLISH: "Công bố phiên bản {n}" / "Publish version {n}";
    PUBLISHED: "Đã công bố phiên bản {n}." / "Version {n} is published.";
    HISTORY: "Các phiên bản" / "Versions";
    WHEN: "Lúc" / "When";
    BY_WHOM: "Người công bố" / "By";
    AGAIN: "Công bố lại phiên bản {from} thành phiên bản {to}" / "Publish version {from} again as version {to}";
    DIFFERENCE: "Khác phiên bản {n}" / "Different from version {n}";
    DIFF_NONE: "Không khác." / "No difference.";
    DIFF_ADDED: "Thêm “{label}” ({key})" / "Added “{label}” ({key})";
    DIFF_REMOVED: "Bỏ “{label}” ({key})" / "Removed “{label}” ({key})";
    DIFF_CHANGED: "Sửa “{label}” ({key})" / "Changed “{label}” ({key})";
    BACK: "Tất cả tờ khai" / "All forms";
}
