//! Passkeys.

crate::messages! {
    TITLE: "Khóa truy cập (passkey)" / "Passkeys";
    WHY: "Đăng nhập bằng vân tay, khuôn mặt hoặc mã PIN của thiết bị, không cần mật khẩu và mã. Trang giả mạo không dùng được khóa này." / "Sign in with the device's finger, face or PIN, without password and code. A forged page cannot use it.";
    NO_NAME: "Máy chủ đang được mở bằng địa chỉ số (IP). Khóa truy cập cần tên miền: nhờ người quản trị đặt tên cho máy chủ." / "The server is opened by a number (IP address). Passkeys need a name: ask the administrator to give the server one.";
    NO_TLS: "Kết nối chưa mã hóa (https). Khóa truy cập cần https." / "The connection is not encrypted (https). Passkeys need https.";
    SECOND_FIRST: "Cài mã xác thực trước: mã dự phòng của nó giúp đăng nhập khi mất thiết bị." / "Set up the second factor first: its recovery codes help when the device is lost.";
    SCRIPT: "Cần bật JavaScript để tạo khóa truy cập." / "Passkeys need JavaScript.";
    UNABLE: "Trình duyệt này chưa dùng được khóa truy cập." / "This browser cannot use passkeys yet.";
    STOPPED: "Chưa xong: thiết bị từ chối, hết giờ, hoặc không có khóa phù hợp." / "Not done: the device refused, took too long, or has no key that fits.";
    NAME: "Tên gợi nhớ, như “máy ở quầy 2”" / "A name to know it by, such as “computer at counter 2”";
    NAMELESS: "Khóa không tên" / "A passkey without a name";
    ADD: "Tạo khóa truy cập" / "Make a passkey";
    ADDED: "Đã tạo khóa truy cập." / "The passkey is made.";
    LINE: "{name}, tạo lúc {since}" / "{name}, made at {since}";
    USED: "dùng lần cuối {at}" / "last used {at}";
    REMOVE: "Xóa" / "Remove";
    REMOVED: "Đã xóa khóa truy cập." / "The passkey is removed.";
    SIGN_IN: "Đăng nhập bằng khóa truy cập" / "Sign in with a passkey";
    OTHER: "Khóa này thuộc tài khoản khác." / "This passkey belongs to another account.";
    SLOWER: "Thử quá nhiều lần. Chờ một phút." / "Too many tries. Wait a minute.";
}
