//! The words of the components: labels, hints, errors and states that every page shares.

crate::messages! {
    HOME: "Trang chủ" / "Home";
    BREADCRUMB: "Vị trí" / "Breadcrumb";
    BACK: "Quay lại" / "Back";
    STEP: "Bước {n} / {of}" / "Step {n} of {of}";
    STEPS: "Các bước" / "Steps";
    STEP_DONE: "đã xong" / "done";

    FIND_PROCEDURE: "Tìm thủ tục" / "Find a procedure";
    SUGGESTIONS: "Gợi ý" / "Suggestions";
    SUGGESTIONS_COUNT: "{n} gợi ý, dùng phím mũi tên để chọn"
        / "{n} suggestions, use the arrow keys to choose";

    OPTIONAL: "(không bắt buộc)" / "(optional)";
    ERROR: "Lỗi:" / "Error:";
    WARNING: "Lưu ý:" / "Note:";
    PREFILLED: "Lấy từ tài khoản" / "From your account";
    ENTER: "Nhập {label}" / "Enter {label}";
    CHOOSE: "Chọn {label}" / "Choose {label}";
    CHOOSE_ONE: "Chọn" / "Choose";

    DAY: "Ngày" / "Day";
    MONTH: "Tháng" / "Month";
    YEAR: "Năm" / "Year";
    DATE_HINT: "Ví dụ 27/11/2026" / "For example 27/11/2026";
    YEAR_ONLY: "Nếu chỉ nhớ năm sinh, để trống ngày và tháng."
        / "If only the year of birth is known, leave day and month empty.";
    DATE_REAL: "{label} phải là ngày có thật" / "{label} must be a real date";

    ID_NUMBER: "Số định danh cá nhân (CCCD)" / "Personal identification number (CCCD)";
    ID_HINT: "12 chữ số, in trên thẻ căn cước" / "12 digits, printed on the identity card";
    ID_LENGTH: "Số định danh phải có 12 chữ số; ở đây có {n}"
        / "The identification number must have 12 digits; this one has {n}";
    ID_YEAR: "Số này cho biết năm sinh {year}, khác ngày sinh đã nhập. Nếu đúng, cứ tiếp tục."
        / "This number tells the year of birth {year}, unlike the date entered. If it is right, continue.";
    USE_PASSPORT: "Dùng hộ chiếu" / "Use a passport";

    PHONE: "Số điện thoại" / "Telephone number";
    PHONE_WRONG: "Số điện thoại chưa đúng, ví dụ 0912 345 678"
        / "The telephone number is not right; an example is 0912 345 678";
    NO_PHONE: "Không có điện thoại" / "No telephone";
    MONEY_UNIT: "{label} (đồng)" / "{label} (đồng)";
    MONEY_WRONG: "{label} chỉ gồm chữ số, ví dụ 2.000.000"
        / "{label} has digits only, for example 2.000.000";

    PROVINCE: "Tỉnh, thành phố" / "Province or city";
    COMMUNE: "Xã, phường, đặc khu" / "Commune, ward or special zone";
    STREET: "Số nhà, đường, thôn, tổ dân phố" / "House number, street, hamlet or neighbourhood";
    SHOW_COMMUNES: "Hiện danh sách xã" / "Show the communes";
    ELSEWHERE: "Ngoài danh sách, ở nước ngoài" / "Not in the list, abroad";
    ADDRESS_MAPPED: "Trước đây: {was}; nay là {now}." / "Formerly {was}; now {now}.";
    ADDRESS_SPLIT: "Trước đây: {was}; nay thuộc {now}. Chọn đúng nơi đang ở."
        / "Formerly {was}; now part of {now}. Choose the right one.";
    ADDRESS_OPEN: "Có thể là {now}. Chọn đúng nơi đang ở." / "It may be {now}. Choose the right one.";
    PROVINCE_MISSING: "Chọn tỉnh, thành phố." / "Choose the province or city.";
    COMMUNE_MISSING: "Chọn xã, phường, đặc khu." / "Choose the commune, ward or special zone.";
    ADDRESS_LOOK: "Địa chỉ đã nhập được đổi sang tên đơn vị mới. Xem lại rồi tiếp tục."
        / "The address was put into the new names. Look at it, then continue.";

    UPLOAD: "Tải lên" / "Upload";
    UPLOAD_HINT: "Ảnh hoặc PDF, tối đa {max} MB. Chụp đủ bốn góc, không lóa."
        / "Photo or PDF, at most {max} MB. All four corners in the picture, no glare.";
    UPLOADED: "Tệp đã tải lên" / "Uploaded files";
    UPLOAD_PROGRESS: "Đã tải {n} %" / "{n} % uploaded";
    UPLOAD_DONE: "Đã tải xong {name}" / "{name} is uploaded";
    UPLOAD_OFFLINE: "Mất mạng, sẽ tải tiếp" / "No network; the upload will go on";
    UPLOAD_FAILED: "Chưa tải được {name}. Thử lại hoặc bấm Tải lên."
        / "{name} was not uploaded. Try again or press Upload.";
    TOO_LARGE: "{name} nặng {size} MB, tối đa {max} MB. Chụp lại nhỏ hơn hoặc tách ra."
        / "{name} has {size} MB, at most {max} MB. Take a smaller picture or split it.";
    CANNOT_OPEN: "Không mở được {name}: hỏng hoặc có mật khẩu."
        / "{name} cannot be opened: it is damaged or has a password.";
    WRONG_TYPE: "Dùng ảnh JPG, PNG, HEIC hoặc PDF." / "Use a JPG, PNG or HEIC photo, or a PDF.";
    PAGES: "{n} trang" / "{n} pages";
    MADE_SMALLER: "Đã thu nhỏ từ {from} MB còn {to} MB" / "Made smaller, from {from} MB to {to} MB";
    MAKE_SMALLER: "Thu nhỏ ảnh lớn trước khi gửi" / "Make large photos smaller before sending";
    TAKE_PHOTO: "Chụp ảnh" / "Take a photo";
    VIEW: "Xem" / "View";
    REMOVE: "Bỏ" / "Remove";
    REMOVE_THIS: "Bỏ {what}" / "Remove {what}";
    ADD: "Thêm {what}" / "Add {what}";
    NTH: "{what} thứ {n}" / "{what} {n}";

    FIX: "Cần sửa {n} chỗ" / "Fix {n} things";
    FIX_ONE: "Cần sửa 1 chỗ" / "Fix 1 thing";
    BASIS: "Căn cứ" / "Legal basis";
    DONE: "Xong" / "Done";
    NOTE: "Lưu ý" / "Note";
    REFUSED: "Không làm được" / "Not possible";

    CHANGE: "Sửa" / "Change";
    NONE_YET: "Chưa có" / "None yet";
    DURATION: "Thời gian giải quyết" / "Duration";
    FEES: "Phí, lệ phí" / "Fees";
    HOW_COUNTED: "Cách tính" / "How it is counted";
    WHY: "Vì sao?" / "Why?";
    WHY_LABEL: "Vì sao có hạn này?" / "Why this due date?";
    EXPECTED: "Dự kiến" / "Expected";
    STATUS: "Tình trạng" / "Status";

    DROP_FILTER: "Bỏ lọc: {what}" / "Remove filter: {what}";
    FILTERS: "Đang lọc" / "Filters in use";
    APPLY_FILTERS: "Lọc" / "Filter";
    NEWER: "Mới hơn" / "Newer";
    OLDER: "Cũ hơn" / "Older";
    PAGE_BEFORE: "Trang trước" / "Previous page";
    PAGE_AFTER: "Trang sau" / "Next page";
    MORE: "Xem tiếp" / "Show more";
    PAGING: "Trang" / "Pages";
    CHOOSE_ROW: "Chọn {what}" / "Select {what}";
    CHOOSE_ALL: "Chọn tất cả" / "Select all";
    SELECTION: "Chọn" / "Selection";
    CHOSEN: "Đã chọn {n}" / "{n} selected";
    ON_CHOSEN: "Với hồ sơ đã chọn" / "With the selected dossiers";

    ACTIONS_NOW: "Việc làm được ngay" / "What can be done now";
    NOT_YET: "Chưa làm được" / "Not yet possible";
    BECAUSE: "{reason} ({basis})" / "{reason} ({basis})";
    NO_ACTION: "Không có việc nào cần làm lúc này." / "Nothing to do at this time.";
    NO_GO_BACK: "Không, quay lại" / "No, go back";
    PRINT: "In" / "Print";

    CONTINUE: "Tiếp tục" / "Continue";
    LATER: "Để sau" / "Later";
    DRAFT_SAVED: "Đã lưu nháp lúc {time}" / "Draft saved at {time}";
    DRAFT_LOCAL: "Bản nháp còn trên máy này." / "A draft is kept on this device.";
    DRAFT_RESTORE: "Làm tiếp" / "Go on";
    DRAFT_FORGET: "Bắt đầu lại" / "Start again";
    OFFLINE: "Mất kết nối. Bản nháp còn trên máy này."
        / "No connection. The draft is kept on this device.";
    UNSAVED: "Nội dung chưa lưu sẽ mất." / "What is not saved will be lost.";
    SENDING: "Đang gửi" / "Sending";
    NEW_DOSSIERS: "Có {n} hồ sơ mới." / "{n} new dossiers.";
    RELOAD: "Tải lại" / "Reload";

    REFERENCE: "Mã tham chiếu {code}" / "Reference {code}";

    STATUS_1: "Mới đăng ký" / "Registered";
    STATUS_2: "Được tiếp nhận" / "Received";
    STATUS_3: "Không được tiếp nhận" / "Not received";
    STATUS_4: "Đang xử lý" / "Processing";
    STATUS_5: "Yêu cầu bổ sung giấy tờ" / "Supplement required";
    STATUS_6: "Yêu cầu thực hiện nghĩa vụ tài chính" / "Payment required";
    STATUS_7: "Công dân yêu cầu rút hồ sơ" / "Withdrawal requested";
    STATUS_8: "Dừng xử lý" / "Stopped";
    STATUS_9: "Đã xử lý xong" / "Finished";
    STATUS_10: "Đã trả kết quả" / "Result returned";

    MONTH_NAME: "Tháng {n}" / "Month {n}";
    WEEKDAY_1: "T2" / "Mon";
    WEEKDAY_2: "T3" / "Tue";
    WEEKDAY_3: "T4" / "Wed";
    WEEKDAY_4: "T5" / "Thu";
    WEEKDAY_5: "T6" / "Fri";
    WEEKDAY_6: "T7" / "Sat";
    WEEKDAY_7: "CN" / "Sun";
    DAY_OFF_LETTER: "N" / "O";
    DAY_OFF: "Nghỉ" / "Off";
    DAY_WORKED_LETTER: "L" / "W";
    DAY_WORKED: "Làm bù" / "Worked";
    DAY_EXTRA_LETTER: "T" / "E";
    DAY_EXTRA: "Thêm buổi" / "Extra session";
    FLOW_STEP: "Bước" / "Step";
    FLOW_WHO: "Đơn vị" / "Unit";
    FLOW_HOURS: "Số giờ" / "Hours";
    FLOW_BESIDE: "song song với bước trên" / "beside the step above";
}
