//! The words around every page: header, navigation, footer, bands.

crate::messages! {
    SKIP: "Đến nội dung chính" / "Skip to content";
    NAV_LABEL: "Chính" / "Main";
    PROCEDURES: "Thủ tục" / "Procedures";
    TRACK: "Tra cứu" / "Track";
    ACCOUNT: "Tài khoản" / "Account";
    OTHER_LANGUAGE: "English" / "Tiếng Việt";
    OWN_ACCOUNT: "Tài khoản của tôi: mật khẩu, mã xác thực, thiết bị" / "My account: password, second factor, devices";
    SIGN_OUT: "Đăng xuất" / "Sign out";
    SIGNED_IN_AS: "Người dùng" / "Signed in as";

    INBOX: "Hồ sơ" / "Dossiers";
    CALLING: "Gọi số" / "Queue";
    COUNTER: "Tiếp nhận" / "Counter";
    CERTIFICATION: "Chứng thực" / "Certification";
    DELIVERY: "Trả kết quả" / "Delivery";
    HAND_OVER: "Bàn giao" / "Hand-over";
    REGISTER: "Sổ theo dõi" / "Register";
    BOARD: "Bảng theo dõi" / "Board";
    NOTICES: "Thông báo" / "Notices";
    ADMINISTRATION: "Quản trị" / "Administration";

    CATALOGUE: "Thủ tục" / "Procedures";
    CALENDAR: "Lịch làm việc" / "Calendar";
    STAFF: "Tài khoản" / "Accounts";
    HEALTH: "Tình trạng hệ thống" / "System health";
    TO_DESK: "Một cửa" / "One-stop desk";

    FEEDBACK: "Phản ánh, kiến nghị" / "Feedback";
    QUESTIONS: "Hỏi đáp" / "Questions and answers";
    FIGURES: "Số liệu công khai" / "Public figures";
    ACCESSIBILITY: "Hỗ trợ tiếp cận" / "Accessibility";
    RULES: "Quy tắc đang áp dụng" / "Rules in force";
    FOOTER_LABEL: "Cuối trang" / "Footer";
    CALL: "Điện thoại" / "Telephone";

    ERROR_PREFIX: "Lỗi: {title}" / "Error: {title}";
    TITLE: "{page} – {agency}" / "{page} – {agency}";

    READ_ONLY: "Tạm thời chỉ xem được: {reason}. Quầy ghi sổ giấy."
        / "Read-only for now: {reason}. The counter writes on paper.";

    LOOK: "Giao diện" / "Appearance";
    LOOK_SYSTEM: "Theo thiết bị" / "As the device";
    LOOK_LIGHT: "Sáng" / "Light";
    LOOK_DARK: "Tối" / "Dark";
    APPLY_LOOK: "Áp dụng" / "Apply";
}
