//! Printing many papers, and the register.

crate::messages! {
    PRINT_ONE: "In {paper}" / "Print: {paper}";
    PRINT_BEFORE: "Giấy cần ký khi làm việc này:" / "Papers that are signed here:";
    NONE_HAS: "Không hồ sơ nào đã chọn có giấy này." / "None of the chosen dossiers has this paper.";
    SOME_LACK: "{n} hồ sơ không có giấy này:" / "{n} dossiers have no such paper:";
    PRINT_REST: "In {n} hồ sơ còn lại" / "Print the other {n}";
    CHOOSE_PAPER: "Chọn giấy cần in." / "Choose the paper to print.";

    REGISTER: "Sổ theo dõi hồ sơ" / "Register of dossiers";
    REGISTER_ABOUT: "Hồ sơ cơ quan đã tiếp nhận, theo thứ tự tiếp nhận." / "The dossiers that the agency received, in the order of reception.";
    FROM: "Từ ngày" / "From";
    TO: "Đến ngày" / "To";
    SHOW: "Xem" / "Show";
    DATE_WRONG: "{label} phải là ngày có thật, ví dụ 27/11/2026." / "{label} must be a real date, such as 27/11/2026.";
    TOTAL: "{n} hồ sơ" / "{n} dossiers";
    BOOK: "In sổ (PDF)" / "Print the book (PDF)";
    SPREADSHEET: "Tải bảng tính (XLSX)" / "Download the spreadsheet (XLSX)";
    ALL_RECEIPTS: "In giấy tiếp nhận cả kỳ" / "Print all receipts of the period";
    POSTER: "In tờ niêm yết có mã QR" / "Print the poster with a QR code";
    RECEIVED: "Tiếp nhận" / "Received";
    DUE: "Hẹn trả" / "Due";
    SENT: "Chuyển đi" / "Sent on";
    BACK: "Nhận kết quả" / "Result in";
    RETURNED: "Trả kết quả" / "Delivered";
    STATUS: "Tình trạng" / "Status";
    EMPTY: "Kỳ này chưa tiếp nhận hồ sơ nào." / "No dossier was received in this period.";
    WIDEN: "Xem từ đầu năm" / "Show the whole year";
}
