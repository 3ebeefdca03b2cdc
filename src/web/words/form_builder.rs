//! Forms in the hands of administrators: the list, the versions, the builder.

crate::messages! {
    TITLE: "Tờ khai" / "Forms";
    ABOUT: "Mỗi thủ tục có thể có một tờ khai điện tử: các mục và các trường mà người nộp trả lời. Hồ sơ và bản nháp giữ bản tờ khai lúc bắt đầu." / "Each procedure may have a declared form: sections and questions that applicants answer. Dossiers and drafts keep the version that they began with.";
    OF: "Tờ khai: {procedure}" / "Form: {procedure}";
    FIND: "Tìm thủ tục" / "Find a procedure";
    ONLY_OWN: "Chỉ thủ tục đã có tờ khai" / "Only procedures that have one";
    SHOW: "Xem" / "Show";
    CODE: "Mã" / "Code";
    PROCEDURE: "Thủ tục" / "Procedure";
    NOW: "Đang áp dụng" / "In use";
    FIELDS: "Số trường" / "Questions";
    NONE: "Chưa có tờ khai" / "No form yet";
    SHIPPED: "có mẫu sẵn" / "one is supplied";
    VERSION_OF: "{title}, bản {n}" / "{title}, version {n}";
    BACK: "Về danh sách tờ khai" / "Back to the forms";
    BACK_FORM: "Về tờ khai" / "Back to the form";
    NO_FORM: "Thủ tục này chưa có tờ khai điện tử: người nộp điền tự do hoặc đính kèm tờ khai giấy." / "This procedure has no declared form yet: applicants answer freely or attach the paper form.";
    PUBLISHED: "Đã phát hành bản {n}. Hồ sơ nộp từ nay theo bản này." / "Version {n} was published. What is filed from now on follows it.";
    CURRENT: "Bản đang áp dụng: bản {n}" / "Version in use: {n}";

    HISTORY: "Các bản đã phát hành" / "Published versions";
    VERSION: "Bản {n}" / "Version {n}";
    VERSION_COLUMN: "Bản" / "Version";
    COMPARE: "So với bản {n}" / "Compare with version {n}";
    WHEN: "Phát hành lúc" / "Published at";
    BY_WHOM: "Người phát hành" / "Published by";
    NOTE: "Ghi chú" / "Note";
    AGAIN: "Dùng lại: phát hành thành bản {n}" / "Use again: publish as version {n}";
    AGAIN_ABOUT: "Quay về bản này bằng cách phát hành lại; các bản mới hơn vẫn được giữ." / "Goes back to this version by publishing it again; newer ones are kept.";
    AGAIN_NOTE: "Quay về bản {n}" / "Back to version {n}";

    DIFFERENCE: "Bản {from} và bản {to}" / "Version {from} and version {to}";
    DIFF_TITLE: "Những chỗ khác nhau" / "What differs";
    DIFF_NONE: "Hai bản giống nhau." / "The two versions are the same.";
    DIFF_NAME: "Tên tờ khai: {from} → {to}" / "The form's title: {from} → {to}";
    DIFF_SECTION_ADDED: "Thêm mục “{what}”" / "Section “{what}” added";
    DIFF_SECTION_REMOVED: "Xóa mục “{what}”" / "Section “{what}” removed";
    DIFF_SECTION_CHANGED: "Sửa mục “{what}”" / "Section “{what}” changed";
    DIFF_ADDED: "Thêm trường “{what}”" / "Question “{what}” added";
    DIFF_REMOVED: "Xóa trường “{what}”" / "Question “{what}” removed";
    DIFF_MOVED: "Đổi chỗ trường “{what}”" / "Question “{what}” moved";
    DIFF_CHANGED: "Sửa trường “{what}”" / "Question “{what}” changed";
    DIFF_CASES: "Sửa các trường hợp kiểm tra" / "The test cases changed";
    DIFF_FIELD: "{field}: {from} → {to}" / "{field}: {from} → {to}";
    DIFF_EMPTY: "(trống)" / "(empty)";

    YES: "có" / "yes";
    NO: "không" / "no";
    ASKED_ONLY: "Chỉ hỏi khi {when}" / "Asked only when {when}";
    AND: " và " / " and ";
    OPTIONAL: "không bắt buộc" / "optional";
    IS: "{field} là “{value}”" / "{field} is “{value}”";
    IS_NOT: "{field} không phải “{value}”" / "{field} is not “{value}”";
    TICKED: "{field}: có đánh dấu" / "{field} is ticked";
    UNTICKED: "{field}: không đánh dấu" / "{field} is not ticked";
    GIVEN: "{field} có khai" / "{field} is filled in";
    MISSING: "{field} không khai" / "{field} is left empty";
    COLUMNS: "Cột" / "Columns";

    KIND_TEXT: "Chữ" / "Text";
    KIND_TEXT_LINES: "Chữ, {n} dòng" / "Text, {n} lines";
    KIND_NAME: "Họ tên hoặc tên tổ chức" / "Name of a person or an organisation";
    KIND_NUMBER: "Số" / "Number";
    KIND_MONEY: "Số tiền (đồng)" / "Money (đồng)";
    KIND_DATE: "Ngày" / "Date";
    KIND_CHOICE: "Chọn một" / "Choice";
    KIND_TICK: "Ô đánh dấu" / "Tick box";
    KIND_ID_NUMBER: "Số định danh cá nhân" / "Personal identity number";
    KIND_PHONE: "Số điện thoại" / "Telephone";
    KIND_EMAIL: "Thư điện tử" / "Email";
    KIND_TAX_CODE: "Mã số thuế" / "Tax code";
    KIND_PLACE: "Địa chỉ (tỉnh, xã, chi tiết)" / "Address (province, commune, detail)";
    KIND_TABLE: "Bảng nhiều dòng" / "Table of rows";
    KIND_CALCULATED: "Tính tự động" / "Calculated";
    WHEN_PAST: "hôm nay trở về trước" / "today or earlier";
    WHEN_FUTURE: "hôm nay trở đi" / "today or later";
    FROM: "từ {n}" / "from {n}";
    UP_TO: "đến {n}" / "up to {n}";
    PLACES: "{n} chữ số sau dấu phẩy" / "{n} decimal places";
    ROWS: "{min} đến {max} dòng" / "{min} to {max} rows";

    CALC_TOTAL: "tổng cột “{column}” của “{table}”" / "the sum of “{column}” of “{table}”";
    CALC_ROWS: "số dòng của “{table}”" / "the number of rows of “{table}”";
    MUST_AT_LEAST: "không nhỏ hơn {than}" / "at least {than}";
    MUST_AT_MOST: "không lớn hơn {than}" / "at most {than}";
    MUST_NOT_BEFORE: "không trước {than}" / "not before {than}";
    MUST_NOT_AFTER: "không sau {than}" / "not after {than}";
    MUST_SAME: "bằng {than}" / "the same as {than}";
    MUST_DIFFER: "khác {than}" / "other than {than}";
    CHECK: "{must}, nếu không: {message}" / "{must}, otherwise: {message}";

    OF_APPLICANT: "người nộp: {part}" / "who files: {part}";
    OF_OWNER: "chủ hồ sơ: {part}" / "whose matter it is: {part}";
    PART_NAME: "họ tên" / "name";
    PART_BIRTH_DATE: "ngày sinh" / "date of birth";
    PART_ID_NUMBER: "số định danh" / "identity number";
    PART_PHONE: "điện thoại" / "telephone";
    PART_EMAIL: "thư điện tử" / "email";
    PART_ADDRESS: "địa chỉ" / "address";
}
