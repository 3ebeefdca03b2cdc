//! Administration.

crate::messages! {
    TITLE: "Quản trị" / "Administration";
    GROUP_PROCEDURES: "Thủ tục, tờ khai" / "Procedures and forms";
    GROUP_PROCESSING: "Tiếp nhận, giải quyết" / "Reception and processing";
    GROUP_PAPERS: "Giấy tờ in" / "Papers";
    GROUP_MONEY: "Phí, lệ phí" / "Money";
    GROUP_PEOPLE: "Người và quyền" / "People and rights";
    GROUP_PROOF: "Lưu vết, hủy hồ sơ" / "Records and proof";
    GROUP_SYSTEM: "Hệ thống" / "System";
    HEALTH: "Tình trạng hệ thống" / "System health";
    CATALOGUE: "Danh mục thủ tục" / "Procedures";
    CALENDAR: "Lịch làm việc" / "Calendar";
    ACCOUNTS: "Tài khoản" / "Accounts";
    AGENCIES: "Cơ quan" / "Agencies";
    COMPONENTS: "Thành phần giao diện" / "Components";

    VERSION: "Phiên bản" / "Version";
    CLOCK: "Giờ hệ thống" / "System time";
    FOLDER: "Thư mục dữ liệu" / "Data folder";
    STORE_SIZE: "Dung lượng kho hồ sơ" / "Size of the store";
    DOSSIERS: "Số hồ sơ" / "Dossiers";
    PROCEDURES: "Số thủ tục" / "Procedures";
    COMMITS: "Số lần ghi" / "Commits";
    INDEX: "Chỉ mục tìm kiếm" / "Search index";
    INDEX_FRESH: "đầy đủ" / "up to date";
    INDEX_BEHIND: "chậm {n} lần ghi; sẽ tự cập nhật" / "{n} commits behind; it catches up by itself";
    CERTIFICATE_ENDS: "Chứng thư TLS của máy chủ hết hạn lúc {at}. Xin chứng thư mới và chép đè vào tệp đã khai; không cần khởi động lại." / "The server's TLS certificate ends at {at}. Have it renewed and put the new one in the place of the file; no restart is needed.";
    QUEUE: "Đang chờ ghi" / "Waiting to be written";
    RULES: "Quy tắc đang áp dụng" / "Rules in force";

    CODE: "Mã" / "Code";
    NAME: "Tên" / "Name";
    FIELD: "Lĩnh vực" / "Field";
    STATE: "Tình trạng" / "State";
    SECTION: "Bộ phận Một cửa" / "One-stop section";
    UNITS: "Đơn vị" / "Units";
    PHONE: "Điện thoại" / "Telephone";
    AGENCIES_ABOUT: "Cơ quan của hệ thống và các đơn vị của cơ quan. Tài khoản của cơ quan thêm ở mục Tài khoản." / "The agencies of this instance and their units. Their accounts are added under Accounts.";

    FIND: "Tìm theo tên hoặc mã" / "Find by name or code";
    FIND_NOW: "Tìm" / "Find";
    COUNTED: "{n} thủ tục" / "{n} procedures";
    NOT_OPEN: "Chưa mở: chưa có thời hạn" / "Not open: no duration yet";
    IMPORT: "Nhập từ tệp" / "Import from a file";
    FILE: "Tệp danh mục" / "Catalogue file";
    FILE_HINT: "XLSX xuất từ Cơ sở dữ liệu quốc gia về thủ tục hành chính, hoặc JSON lines" / "XLSX as the national procedure database exports it, or JSON lines";
    FILE_MISSING: "Chọn tệp danh mục." / "Choose the catalogue file.";
    FILE_TOO_LARGE: "Tệp quá lớn, tối đa 32 MB." / "The file is too large; the limit is 32 MB.";
    FILE_GONE: "Tệp đã hết hạn chờ. Chọn lại tệp." / "The file has waited too long. Choose it again.";
    COMPARE: "So sánh" / "Compare";
    REPORT: "{new} mới, {changed} đổi, {same} giữ nguyên, {wrong} lỗi" / "{new} new, {changed} changed, {same} unchanged, {wrong} rejected";
    CHANGED: "Thủ tục thay đổi" / "Changed procedures";
    REJECTED: "Dòng bị loại" / "Rejected rows";
    REMARKS: "Dòng cần xem lại" / "Rows to look at";
    ROW: "Dòng {n}" / "Row {n}";
    NOTHING_NEW: "Tệp không có gì mới." / "The file has nothing new.";
    WRITE: "Ghi vào danh mục" / "Write to the catalogue";
    WRITTEN: "Đã ghi vào danh mục." / "The catalogue was written.";
    BACK: "Quay lại" / "Back";

    ROLES: "Vai trò" / "Roles";
    ROLE_MISSING: "Chọn ít nhất một vai trò." / "Choose at least one role.";
    PLACE: "Cơ quan, đơn vị" / "Agency, unit";
    ACTIONS: "Việc" / "Actions";
    ADD: "Thêm tài khoản" / "Add an account";
    USER_HINT: "Chữ thường không dấu, số, dấu chấm, gạch ngang" / "Lower-case letters, digits, dots, dashes";
    PASSWORD_HINT: "Ít nhất 8 ký tự" / "At least 8 characters";
    SAVED: "Đã lưu." / "Saved.";
    DISABLE: "Khóa" / "Disable";
    DISABLED: "Đã khóa" / "Disabled";
    DISABLE_TITLE: "Khóa tài khoản {name}" / "Disable the account {name}";
    DISABLE_ABOUT: "Tài khoản không đăng nhập được nữa; mọi phiên đang mở và mã truy cập của tài khoản kết thúc ngay." / "The account can no longer sign in; its sessions and tokens end at once.";
    ENABLE: "Mở khóa" / "Enable";
    ENABLE_TITLE: "Mở khóa tài khoản {name}" / "Enable the account {name}";
    ENABLE_ABOUT: "Tài khoản đăng nhập lại được bằng mật khẩu trước khi khóa." / "The account can sign in again with the password that it had.";
    NOT_YOURSELF: "Không thể tự khóa tài khoản của mình." / "You cannot disable your own account.";
    EDIT_TITLE: "Sửa tài khoản {name}" / "Change the account {name}";
    EDIT_ABOUT: "Đổi vai trò hoặc cơ quan thì mọi phiên đang mở của tài khoản kết thúc. Hồ sơ đang giữ vẫn ở tài khoản: phân công lại nếu cần." / "With other roles or another agency the account's sessions end. Dossiers that it holds stay with it: assign them anew where needed.";
    RESET: "Đặt lại mật khẩu" / "Reset the password";
    RESET_TITLE: "Đặt lại mật khẩu của {name}" / "Reset the password of {name}";
    RESET_ABOUT: "Mọi phiên đang mở của tài khoản kết thúc ngay." / "The account's sessions end at once.";
    NEW_PASSWORD: "Mật khẩu mới" / "New password";
}
