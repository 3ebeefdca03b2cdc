//! Words of what is the same on every page.

crate::messages! {
    FORM_TOO_OLD: "Trang mở đã lâu hoặc phiên đã hết. Tải lại trang rồi gửi lại; nội dung đã nhập vẫn còn." / "The page was open for long, or the session has ended. Reload it and send again; what was typed is kept.";
    FORM_UNREADABLE: "Không đọc được nội dung gửi lên. Tải lại trang rồi gửi lại." / "What was sent cannot be read. Reload the page and send again.";
    FORM_TOO_LONG: "Nội dung gửi lên quá nhiều: tối đa {max} MB chữ và 200 tệp mỗi lần." / "Too much was sent at once: at most {max} MB of text and 200 files.";
    BUSY: "Hệ thống đang bận. Thử lại sau ít giây." / "The system is busy. Try again in a few seconds.";
    DEMO: "Bản dùng thử: dữ liệu không thật, mật khẩu công khai, không gửi tin." / "Demo: the data is not real, passwords are public, no message is sent.";
    TRAINING: "Tập huấn: dữ liệu không thật, không gửi tin. Giờ hệ thống {now}" / "Training: the data is not real, no message is sent. System time {now}";
}
